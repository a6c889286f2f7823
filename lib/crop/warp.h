/* SPDX-License-Identifier: Apache-2.0
 * Warping a photograph: the call checked, and run by one arithmetic or the other. */
#ifndef CVH_LIB_WARP_H
#define CVH_LIB_WARP_H

#include "crop/warp_job.h"

enum { CVH_WARP_MAX_SIDE = 32766, CVH_WARP_MAX_COUNT = 512 }; /* OpenCV's limits: sides below SHRT_MAX, and CV_CN_MAX */

cvh_status cvh_warp_check(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside,
                          cvh_warp_job *job);

cvh_status cvh_warp_as(const cvh_warp_job *job, cvh_arithmetic arithmetic);

#endif
