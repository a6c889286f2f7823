/* SPDX-License-Identifier: Apache-2.0
 * Settings under which cvh_blur and cvh_patch mean the same. */
#ifndef CVH_LIB_COMPARABLE_H
#define CVH_LIB_COMPARABLE_H

#include "cvheatmap.h"

/* Refuses a convention under which the two mean two things for these keypoints: one message that names every such field, its
 * value, and the nearest one that is the same to both. CVH_ERR_MEMORY where it cannot be told whether windows meet. */
cvh_status cvh_comparable_check(const cvh_convention *convention, const cvh_keypoint *points, size_t count,
                                const cvh_maps *view);

#endif
