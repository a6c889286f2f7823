/* SPDX-License-Identifier: Apache-2.0
 * What offset maps hold, checked: drawing and reading understand it alike. */
#ifndef CVH_LIB_OFFSETS_H
#define CVH_LIB_OFFSETS_H

#include "base/depth.h"
#include "base/frame.h"

cvh_status cvh_offsets_check(const cvh_offsets *offsets);

/* Checks an offset map's view, of one map or as many as `view` has, each of its size. */
cvh_status cvh_offset_view_check(const char *argument, const cvh_maps *maps, cvh_depths takers, const cvh_maps *view,
                                 cvh_maps *checked);

/* Heatmap pixels of one unit, and of a value of 1, on each axis. */
cvh_position cvh_offsets_unit(const cvh_offsets *offsets, const cvh_frame *frame, const cvh_maps *view);
cvh_position cvh_offsets_length(const cvh_offsets *offsets, const cvh_frame *frame, const cvh_maps *view);

#endif
