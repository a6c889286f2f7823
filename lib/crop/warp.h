/* SPDX-License-Identifier: Apache-2.0
 * cv::warpAffine with INTER_LINEAR and BORDER_CONSTANT, in C: its two arithmetics. */
#ifndef CVH_LIB_WARP_H
#define CVH_LIB_WARP_H

#include <stdbool.h>

#include "base/affine.h"

enum { CVH_WARP_MAX_SIDE = 32766, CVH_WARP_MAX_COUNT = 512 }; /* OpenCV's limits: sides below SHRT_MAX, and CV_CN_MAX */

/* A checked call. */
typedef struct cvh_warp_job {
    cvh_maps photo, input;
    cvh_affine to_photo; /* inverted as OpenCV inverts: from the input's pixels to the photograph's */
    double outside;
} cvh_warp_job;

cvh_status cvh_warp_check(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside,
                          cvh_warp_job *job);

/* As cv::warpAffine inverts: a singular map becomes one whose linear part is zero. */
cvh_affine cvh_warp_inverted(const cvh_affine *to_input);

/* How an OpenCV calculates. */
typedef struct cvh_warp_kind {
    bool by_float; /* coordinates in float, as OpenCV 5 where it has a kernel; else in 1/32 pixels, by whole numbers, as OpenCV
                      4 */
    bool fused;    /* products of floats are not rounded before they are added */
    int block;     /* by_float: columns that its vector loop takes at a time */
    bool wraps;    /* not by_float: of a coordinate beyond 32 bits the low ones are kept, where it is else the least int */
} cvh_warp_kind;

void cvh_warp_fixed(const cvh_warp_job *job, const cvh_warp_kind *kind);
void cvh_warp_float(const cvh_warp_job *job, const cvh_warp_kind *kind);

/* Whether OpenCV 5 has a kernel in float for this photograph. */
bool cvh_warp_has_float(const cvh_maps *photo);

/* The kind of the installed OpenCV for a job like this, by a small picture that it warps: of one channel, or, without a kernel
 * in float, of two. Errors: CVH_ERR_MEMORY, CVH_ERR_OPENCV, also for a kind that is not known here. */
cvh_status cvh_warp_ask(const cvh_warp_job *asked, cvh_warp_kind *kind);

/* The warp by one arithmetic or the other. */
cvh_status cvh_warp_as(const cvh_warp_job *job, cvh_arithmetic arithmetic);

#endif
