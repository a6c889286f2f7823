/* SPDX-License-Identifier: Apache-2.0
 * How maps lie in an array: which side comes first. */
#ifndef CVHEATMAP_TOOL_LAYOUT_H
#define CVHEATMAP_TOOL_LAYOUT_H

#include "base/tool.h"

/* C: the maps of a group, or of all groups where there is no N; H: rows; W: columns. */
typedef enum layout { LAYOUT_CHW = 0, LAYOUT_HWC, LAYOUT_NCHW, LAYOUT_NHWC } layout;

extern const char *const layout_names[];

/* The sides of an array of `groups` times `maps` maps; returns how many they are. one_group: all are the maps of one group, a
 * side of 1, in the order that CHW and HWC give them. */
int layout_sides(layout order, int64_t groups, int maps, int rows, int cols, bool one_group, uint64_t shape[4]);

/* The same view with every step said: a packed one's are 0 so far. */
cvh_maps with_steps(cvh_maps maps);

/* True where the maps of different groups lie interleaved, so that they have to be drawn all at once. */
bool layout_interleaves(layout order, int64_t groups);

/* Group `index` of the `groups` that a packed array holds in this order. */
cvh_maps layout_view(layout order, void *data, int64_t groups, int64_t index, int maps, int rows, int cols, cvh_depth depth);

/* True where an input of rows x cols is as high as the maps are wide: it is lengthwise where they lie, or the other way
 * (input_rows 0: none). */
bool layout_lies_across(int input_rows, int input_cols, int rows, int cols);

#endif
