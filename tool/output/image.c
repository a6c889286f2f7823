/* SPDX-License-Identifier: Apache-2.0
 * Many maps seen as one. */
#include "output/image.h"

#include <stdlib.h>
#include <string.h>

int image_open(image *seen, int rows, int cols)
{
    const size_t samples = (size_t)rows * (size_t)cols;
    *seen = (image){rows, cols, malloc(samples * sizeof(double))};
    if (!seen->values) return trouble("no memory for a picture of %dx%d samples", rows, cols);
    for (size_t i = 0; i < samples; ++i) seen->values[i] = -INFINITY;
    return EXIT_FINE;
}

void image_close(image *seen)
{
    free(seen->values);
    memset(seen, 0, sizeof *seen);
}

static double value_at(const cvh_maps *maps, size_t index)
{
    switch (maps->depth) {
    case CVH_8U: return ((const unsigned char *)maps->data)[index];
    case CVH_32F: return ((const float *)maps->data)[index];
    default: return ((const double *)maps->data)[index];
    }
}

static void add(double *seen, double value)
{
    if (value > *seen || value != value) *seen = value; /* nothing is larger than a NaN: it stays */
}

void image_add(image *seen, const cvh_maps *maps, int first, int count)
{
    const size_t samples = (size_t)seen->rows * (size_t)seen->cols;
    for (int map = first; map < first + count; ++map)
        for (size_t i = 0; i < samples; ++i) add(&seen->values[i], value_at(maps, (size_t)map * samples + i));
}

static double difference(double expected, double actual)
{
    const bool same = expected == actual || (expected != expected && actual != actual);
    return same ? 0 : fabs(actual - expected);
}

void image_add_difference(image *seen, const cvh_maps *expected, const cvh_maps *actual)
{
    const size_t samples = (size_t)seen->rows * (size_t)seen->cols;
    for (int map = 0; map < expected->count; ++map)
        for (size_t i = 0; i < samples; ++i) {
            const size_t index = (size_t)map * samples + i;
            add(&seen->values[i], difference(value_at(expected, index), value_at(actual, index)));
        }
}

void image_range(const image *seen, double *least, double *largest)
{
    const size_t samples = (size_t)seen->rows * (size_t)seen->cols;
    bool any = false;
    *least = *largest = 0;
    for (size_t i = 0; i < samples; ++i) {
        const double value = seen->values[i];
        if (!isfinite(value)) continue;
        if (!any || value < *least) *least = value;
        if (!any || value > *largest) *largest = value;
        any = true;
    }
}
