/* SPDX-License-Identifier: Apache-2.0
 * Which arithmetic the installed OpenCV has. */
#ifndef CVH_LIB_WARP_KIND_H
#define CVH_LIB_WARP_KIND_H

#include "crop/warp_job.h"

/* The kind of the installed OpenCV for a job like this, by a small picture that it warps: of one channel, or, without a kernel
 * in float, of two. Errors: CVH_ERR_MEMORY, CVH_ERR_OPENCV, also for a kind that is not known here. */
cvh_status cvh_warp_ask(const cvh_warp_job *asked, cvh_warp_kind *kind);

#endif
