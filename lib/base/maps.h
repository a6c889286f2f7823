/* SPDX-License-Identifier: Apache-2.0
 * Views of maps: checked, with their steps filled in, addressed and cleared. */
#ifndef CVH_LIB_MAPS_H
#define CVH_LIB_MAPS_H

#include <stdbool.h>

#include "base/box.h"
#include "base/depth.h"
#include "base/exact.h"
#include "cvheatmap.h"

/* Checks `maps` as cvheatmap.h documents it, of a depth that `takers` take, and copies it to *view with its scale and every
 * step filled in, those of dimensions of length 1 as if packed, whatever was given. `argument` is the parameter's name, for
 * the message. */
cvh_status cvh_maps_check(const char *argument, const cvh_maps *maps, cvh_depths takers, cvh_maps *view);

/* What follows takes checked views. */

static inline size_t cvh_sample_size(const cvh_maps *view)
{
    return cvh_depth_rows[view->depth].size;
}

static inline cvh_coding cvh_maps_coding(const cvh_maps *view)
{
    cvh_coding coding = {view->depth, view->scale, view->zero};
    return coding;
}

static inline unsigned char *cvh_row_at(const cvh_maps *view, int map, int row)
{
    return (unsigned char *)view->data + (size_t)map * view->map_step + (size_t)row * view->row_step;
}

static inline void *cvh_sample_at(const cvh_maps *view, int map, int row, int col)
{
    return cvh_row_at(view, map, row) + (size_t)col * view->col_step;
}

/* True where the maps lie one behind the other in memory, so that clearing them one by one is as good as all at once. */
bool cvh_maps_planar(const cvh_maps *view);

/* Sets maps first..first+count-1 to zero, and nothing between their samples. */
void cvh_maps_clear(const cvh_maps *view, int first, int count);

#endif
