/* SPDX-License-Identifier: Apache-2.0
 * cv::warpAffine with INTER_LINEAR and BORDER_CONSTANT, in C: a checked call, and its two arithmetics. */
#ifndef CVH_LIB_WARP_JOB_H
#define CVH_LIB_WARP_JOB_H

#include <stdbool.h>

#include "base/affine.h"

/* A checked call. */
typedef struct cvh_warp_job {
    cvh_maps photo, input;
    cvh_affine to_photo; /* inverted as OpenCV inverts: from the input's pixels to the photograph's */
    double outside;      /* as the depth stores it */
} cvh_warp_job;

/* How an OpenCV calculates. */
typedef struct cvh_warp_kind {
    bool by_float; /* coordinates are floats, as in OpenCV 5 where it has a kernel; else whole 32nds of a pixel, as in OpenCV 4
                    */
    bool fused;    /* products of floats are not rounded before they are added */
    bool paired;   /* fused, and not by_float: of two or three channels of doubles the first two are added up at once, in an
                    * order of their own */
    int block;     /* by_float: columns that its vector loop takes at a time */
    bool wraps;    /* not by_float: of a coordinate beyond 32 bits the low ones are kept, where it is else the least int */
} cvh_warp_kind;

void cvh_warp_fixed(const cvh_warp_job *job, const cvh_warp_kind *kind);
void cvh_warp_float(const cvh_warp_job *job, const cvh_warp_kind *kind);

/* Whether OpenCV 5 has a kernel in float for this photograph; whether the photograph is one of those that may be paired. */
bool cvh_warp_has_float(const cvh_maps *photo);
bool cvh_warp_has_pairs(const cvh_maps *photo);

#endif
