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

/* Literal sizes, so that a sample moves as one load and one store. */
#define COPY_SAMPLES(size)                                                                                                     \
  for (size_t i = 0; i < count; i++) memcpy(target + i * to_step, source + i * from_step, size)

void cvh_copy_run(const void *from, size_t from_step, size_t size, size_t count, void *to, size_t to_step)
{
    const unsigned char *source = from;
    unsigned char *restrict target = to;
    if (from_step == size && to_step == size) {
        memcpy(target, source, count * size);
        return;
    }
    switch (size) {
    case 1: COPY_SAMPLES(1); break;
    case 2: COPY_SAMPLES(2); break;
    case 4: COPY_SAMPLES(4); break;
    default: COPY_SAMPLES(8); break;
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
        cvh_copy_run(cvh_sample_at(view, map, row, col), view->col_step, size, part, to, size);
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
