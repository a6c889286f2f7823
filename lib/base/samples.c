/* SPDX-License-Identifier: Apache-2.0 */
#include "base/samples.h"

#include <stdbool.h>
#include <string.h>

#include "base/maps.h"

uint64_t cvh_sample_count(const cvh_maps *view)
{
    return (uint64_t)view->count * (uint64_t)view->rows * (uint64_t)view->cols;
}

static bool packed(const cvh_maps *view)
{
    size_t size = cvh_sample_size(view);
    size_t row = (size_t)view->cols * size, map = (size_t)view->rows * row;
    return view->col_step == size && view->row_step == row && view->map_step == map;
}

/* One loop for each sample size, so that a sample moves as one load and one store. */
static void copy_row_part(const unsigned char *from, size_t step, size_t size, size_t count, unsigned char *to)
{
    if (step == size || count == 1) {
        memcpy(to, from, count * size);
    } else if (size == sizeof(uint16_t)) {
        for (size_t i = 0; i < count; i++) memcpy(to + i * sizeof(uint16_t), from + i * step, sizeof(uint16_t));
    } else if (size == sizeof(uint32_t)) {
        for (size_t i = 0; i < count; i++) memcpy(to + i * sizeof(uint32_t), from + i * step, sizeof(uint32_t));
    } else if (size == sizeof(uint64_t)) {
        for (size_t i = 0; i < count; i++) memcpy(to + i * sizeof(uint64_t), from + i * step, sizeof(uint64_t));
    } else {
        for (size_t i = 0; i < count; i++) to[i] = from[i * step];
    }
}

const void *cvh_samples_in_order(const cvh_maps *view, uint64_t first, size_t count, void *buffer)
{
    size_t size = cvh_sample_size(view);
    if (packed(view)) return (const unsigned char *)view->data + (size_t)first * size;

    uint64_t cols = (uint64_t)view->cols, rows = (uint64_t)view->rows;
    int col = (int)(first % cols), row = (int)(first / cols % rows), map = (int)(first / cols / rows);
    unsigned char *to = buffer;
    while (count > 0) {
        size_t part = (size_t)(view->cols - col);
        if (part > count) part = count;
        copy_row_part(cvh_sample_at(view, map, row, col), view->col_step, size, part, to);
        to += part * size;
        count -= part;
        col = 0;
        if (++row == view->rows) {
            row = 0;
            map++;
        }
    }
    return buffer;
}
