/* SPDX-License-Identifier: Apache-2.0
 * Detectors' heatmaps: a keypoint at each box's centre, with a window as wide as the box asks for. */
#ifndef CVHEATMAP_TOOL_BOXES_H
#define CVHEATMAP_TOOL_BOXES_H

#include "base/tool.h"

/* Refuses conventions that draw no boxes. */
int boxes_check(const cvh_convention *convention);

/* Turns boxes (x, y: the centre; the gaussian's ksize: width and height; absent ones NaN) from the convention's frame into
 * keypoints on the map, each with its window, and the convention's frame into the map's. */
void boxes_to_keypoints(cvh_convention *convention, const cvh_keypoint *boxes, size_t count, int rows, int cols,
                        cvh_keypoint *points, cvh_gaussian *windows);

#endif
