/* SPDX-License-Identifier: Apache-2.0
 * Where a keypoint lies on the map. */
#ifndef CVHEATMAP_TOOL_MARK_H
#define CVHEATMAP_TOOL_MARK_H

#include "base/tool.h"

/* A keypoint in heatmap pixels: through the convention's crop and its frame, not snapped. */
cvh_keypoint mark_of(const cvh_convention *convention, const cvh_keypoint *point);

#endif
