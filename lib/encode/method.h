/* SPDX-License-Identifier: Apache-2.0
 * The two methods as cvh_encode runs them: with the keypoints' weights. */
#ifndef CVH_LIB_METHOD_H
#define CVH_LIB_METHOD_H

#include "cvheatmap.h"

/* weights: NULL, or a float a keypoint, 1 or 0. */
cvh_status cvh_patch_weighted(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention,
                              float *weights);
cvh_status cvh_blur_weighted(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention,
                             float *weights);

#endif
