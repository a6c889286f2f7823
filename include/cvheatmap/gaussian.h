/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap, Gaussians: their shape, their taps, what surrounds a map, and cv::GaussianBlur itself. */
#ifndef CVHEATMAP_GAUSSIAN_H
#define CVHEATMAP_GAUSSIAN_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --------------------------------------------------------------------------------------------------------------- Gaussians */

#define CVH_WHOLE_MAP ((double)INFINITY)

/* The shape of a Gaussian. Lengths in heatmap pixels.
 *   sigma_x, sigma_y   1e-6..1e6. sigma_y 0: as sigma_x
 *                      sigma_x 0: from ksize_x, as the convention's `window` says; by itself OpenCV's rule 0.15 ksize + 0.35,
 *                      and its fixed tables for ksize 1, 3, 5, 7, 9
 *   ksize_x, ksize_y   the width 2r+1 of what is drawn, odd, 1..CVH_MAX_KSIZE. Patch alone also takes CVH_WHOLE_MAP, and with
 *                      CVH_SNAP_NONE any real width >= 1. ksize_y 0: as ksize_x, or from sigma_y where ksize_x is 0 too
 *                      ksize_x 0: from sigma_x, as the convention's `window` says; by itself
 *                          blur                    cvh_ksize_from_sigma(sigma)
 *                          patch                   2 ceil(3 sigma) + 1
 *                          patch, CVH_SNAP_NONE    6 sigma + 1
 *   peak               the value at the keypoint, as `norm` says, 1e-30..1e30. 0: 1 */
typedef struct cvh_gaussian {
    double sigma_x, sigma_y;
    double ksize_x, ksize_y;
    double peak;
} cvh_gaussian;

/* What lies outside the map. Explicit borders are OpenCV's, mean the same to both methods, need a snapped keypoint and a
 * finite window, and light nothing for a keypoint whose pixel is off the map. */
typedef enum cvh_border {
    CVH_BORDER_METHOD = 0, /* what the method does in the field: blur reflects (101), patch clips its window */
    CVH_BORDER_CONSTANT,   /* 000|abcd|000 */
    CVH_BORDER_REPLICATE,  /* aaa|abcd|ddd */
    CVH_BORDER_REFLECT,    /* cba|abcd|dcb */
    CVH_BORDER_REFLECT_101 /* dcb|abcd|cba */
} cvh_border;

/* ------------------------------------------------------------------------------------------------------------- arithmetic */

/* How the OpenCV that is installed adds up, for reports: "32F fused, its tails plain; 64F plain", or "unknown" in place of what
 * is none of the known ways; "unknown: out of memory" where OpenCV could not be asked, or "built without OpenCV". Asked anew at
 * each call. A constant text; never NULL. */
CVH_API const char *cvh_opencv_arithmetic(void);

/* --------------------------------------------------------------------------------------------- kernels, rules, plain blur */

/* cv::getGaussianKernel's bits, computed natively: `ksize` taps (odd, 1..CVH_MAX_KSIZE) that sum to 1, as floats or doubles.
 *   ksize   0: cvh_ksize_from_sigma(sigma) taps; call that first to size the buffer
 *   sigma   1e-6..1e6, or 0: cvh_sigma_from_ksize, and OpenCV's fixed tables for ksize 1, 3, 5, 7, 9
 *   depth   CVH_32F or CVH_64F */
CVH_API cvh_status cvh_gaussian_kernel(double ksize, double sigma, cvh_depth depth, void *taps);

/* OpenCV's rules (imgproc, smooth.dispatch.cpp): sigma = 0.15 * ksize + 0.35 rounded once, and, for every depth but 8U,
 * ksize = round(8 sigma + 1) | 1, ties to even. NaN where the argument is NaN, infinite or not > 0, or the result is beyond
 * the ranges of cvh_gaussian. */
CVH_API double cvh_sigma_from_ksize(double ksize);
CVH_API double cvh_ksize_from_sigma(double sigma);

/* The radius that CornerNet-like detectors draw for a box of rows x cols such that any box within it keeps an overlap (IoU)
 * of min_overlap with it, before truncation. cornernet: the corrected roots of princeton-vl/CornerNet sample/utils.py;
 * centernet: xingyizhou/CenterNet src/lib/utils/image.py gaussian_radius as published (4 * min_overlap times the third root).
 * rows, cols > 0 and finite, min_overlap in (0, 1); else NaN. */
CVH_API double cvh_radius_cornernet(double rows, double cols, double min_overlap);
CVH_API double cvh_radius_centernet(double rows, double cols, double min_overlap);

/* cv::GaussianBlur itself, from C, map by map. src is read, dst written: same count, rows, cols and depth (8U, 16U,
 * 16S, 32F, 64F: what OpenCV takes; cvh_convert makes one of them of the others), same scale and zero, for samples are
 * blurred as they are stored; the same view or no memory in common. ksize and sigma as in cvh_gaussian, with OpenCV's rule for
 * ksize 0 (3 sigma for 8U, 4 sigma else); peak must be 0 or 1. border METHOD is OpenCV's default, REFLECT_101. gaussian not
 * NULL. Errors: CVH_ERR_ARGUMENT, CVH_ERR_MEMORY, CVH_ERR_OPENCV. */
CVH_API cvh_status cvh_gaussian_blur(const cvh_maps *src, const cvh_maps *dst, const cvh_gaussian *gaussian, cvh_border border);

#ifdef __cplusplus
}
#endif

#endif
