/* SPDX-License-Identifier: Apache-2.0
 * The background's map: what no keypoint covers. */
#ifndef CVHEATMAP_TOOL_BACKGROUND_H
#define CVHEATMAP_TOOL_BACKGROUND_H

#include "base/tool.h"

/* Refuses conventions whose peak is not 1. */
int background_check(const cvh_convention *convention);

/* Writes the last map of 32F or 64F maps: 1 - the largest of the others at each pixel, 0 at least. */
void draw_background(const cvh_maps *maps);

#endif
