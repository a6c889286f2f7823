/* SPDX-License-Identifier: Apache-2.0
 * How maps lie in an array. */
#include "base/layout.h"

#include <string.h>

#include "base/names.h"

const char *const layout_names[] = {"chw", "hwc", "nchw", "nhwc", NULL};

int layout_sides(layout order, int64_t groups, int maps, int rows, int cols, bool one_group, uint64_t shape[4])
{
    const uint64_t n = (uint64_t)groups, c = (uint64_t)maps, h = (uint64_t)rows, w = (uint64_t)cols;
    const uint64_t shapes[][4] = {{n * c, h, w}, {h, w, n * c}, {n, c, h, w}, {n, h, w, c}};
    const uint64_t one[][4] = {{1, n * c, h, w}, {1, h, w, n * c}};
    memcpy(shape, one_group ? one[order == LAYOUT_HWC] : shapes[order], sizeof *shapes);
    return one_group || order >= LAYOUT_NCHW ? 4 : 3;
}

cvh_maps with_steps(cvh_maps maps)
{
    if (!maps.col_step) maps.col_step = sample_size(maps.depth);
    if (!maps.row_step) maps.row_step = (size_t)maps.cols * maps.col_step;
    if (!maps.map_step) maps.map_step = (size_t)maps.rows * maps.row_step;
    return maps;
}

bool layout_interleaves(layout order, int64_t groups)
{
    return order == LAYOUT_HWC && groups > 1;
}

cvh_maps layout_view(layout order, void *data, int64_t groups, int64_t index, int maps, int rows, int cols, cvh_depth depth)
{
    const size_t sample = sample_size(depth), map = (size_t)rows * (size_t)cols * sample, before = (size_t)index * (size_t)maps;
    const size_t channels = (order == LAYOUT_HWC ? (size_t)groups : 1) * (size_t)maps;
    if (order == LAYOUT_CHW || order == LAYOUT_NCHW) return cvh_maps_view((char *)data + before * map, maps, rows, cols, depth);
    char *first = (char *)data + before * (order == LAYOUT_HWC ? sample : map);
    return (cvh_maps){.data = first,
                      .count = maps,
                      .rows = rows,
                      .cols = cols,
                      .depth = depth,
                      .map_step = sample,
                      .row_step = (size_t)cols * channels * sample,
                      .col_step = channels * sample};
}

bool layout_lies_across(int input_rows, int input_cols, int rows, int cols)
{
    return input_rows && rows != cols && (int64_t)input_rows * rows == (int64_t)input_cols * cols;
}
