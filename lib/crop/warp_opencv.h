/* SPDX-License-Identifier: Apache-2.0
 * cv::warpAffine itself. */
#ifndef CVH_LIB_WARP_OPENCV_H
#define CVH_LIB_WARP_OPENCV_H

#include "crop/warp_job.h"

/* Errors: CVH_ERR_MEMORY, CVH_ERR_OPENCV. */
cvh_status cvh_warp_opencv(const cvh_warp_job *job, const cvh_affine *to_input);

#endif
