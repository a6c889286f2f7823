/* SPDX-License-Identifier: Apache-2.0
 * Many maps seen as one. */
#include "output/image.h"

#include <stdlib.h>
#include <string.h>

#include "base/layout.h"

int image_open(image *seen, int rows, int cols)
{
    const size_t samples = (size_t)rows * (size_t)cols;
    *seen = (image){rows, cols, malloc(samples * sizeof(double)), malloc(2 * samples * sizeof(double))};
    if (!seen->values || !seen->room) return trouble("no memory for a picture of %dx%d samples", rows, cols);
    for (size_t i = 0; i < samples; ++i) seen->values[i] = -INFINITY;
    return EXIT_FINE;
}

void image_close(image *seen)
{
    free(seen->values);
    free(seen->room);
    memset(seen, 0, sizeof *seen);
}

static void add(double *seen, double value)
{
    if (value > *seen || value != value) *seen = value; /* nothing is larger than a NaN: it stays */
}

/* The values of one map, whatever its depth, layout and scale, in the half of the room that `half` says. */
static const double *values_of(const image *seen, const cvh_maps *maps, int map, int half)
{
    const size_t samples = (size_t)seen->rows * (size_t)seen->cols;
    double *values = seen->room + (size_t)half * samples;
    const cvh_maps to = cvh_maps_view(values, 1, seen->rows, seen->cols, CVH_64F);
    cvh_maps one = with_steps(*maps);
    one.data = (char *)one.data + (size_t)map * one.map_step;
    one.count = 1;
    return cvh_convert(&one, &to) ? NULL : values;
}

int image_add(image *seen, const cvh_maps *maps)
{
    const size_t samples = (size_t)seen->rows * (size_t)seen->cols;
    for (int map = 0; map < maps->count; ++map) {
        const double *values = values_of(seen, maps, map, 0);
        if (!values) return library_trouble();
        for (size_t i = 0; i < samples; ++i) add(&seen->values[i], values[i]);
    }
    return EXIT_FINE;
}

static double difference(double expected, double actual)
{
    const bool same = expected == actual || (expected != expected && actual != actual);
    return same ? 0 : fabs(actual - expected);
}

int image_add_difference(image *seen, const cvh_maps *expected, const cvh_maps *actual)
{
    const size_t samples = (size_t)seen->rows * (size_t)seen->cols;
    for (int map = 0; map < expected->count; ++map) {
        const double *wanted = values_of(seen, expected, map, 0), *got = wanted ? values_of(seen, actual, map, 1) : NULL;
        if (!got) return library_trouble();
        for (size_t i = 0; i < samples; ++i) add(&seen->values[i], difference(wanted[i], got[i]));
    }
    return EXIT_FINE;
}

int image_least(const image *room, const cvh_maps *maps, double *least)
{
    const size_t samples = (size_t)room->rows * (size_t)room->cols;
    for (int map = 0; map < maps->count; ++map) {
        const double *values = values_of(room, maps, map, 0);
        if (!values) return library_trouble();
        for (size_t i = 0; i < samples; ++i)
            if (isfinite(values[i]) && values[i] < *least) *least = values[i];
    }
    return EXIT_FINE;
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
