/* SPDX-License-Identifier: Apache-2.0
 * The border between C and C++: cv::warpAffine as a plain C function. */
#ifndef CVH_SHIM_WARP_H
#define CVH_SHIM_WARP_H

#include "shim.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bilinear, with a constant border of `outside` in every channel; `matrix` leads from source to target, row by row. Both images
 * have `channels` interleaved channels of one depth, at most 512, and share no memory. On failure `message`, of `size` bytes,
 * receives OpenCV's text. */
cvh_shim_result cvh_shim_warp_affine(const cvh_shim_image *source, const cvh_shim_image *target, int channels,
                                     const double matrix[6], double outside, char *message, size_t size) CVH_SHIM_NOEXCEPT;

/* 1; 0 in a build without OpenCV. */
int cvh_shim_warp_present(void) CVH_SHIM_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
