/* SPDX-License-Identifier: Apache-2.0
 * The border between C and C++: cv::resize as a plain C function. */
#ifndef CVH_SHIM_RESIZE_H
#define CVH_SHIM_RESIZE_H

#include "shim.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bicubic, the whole of `source` onto the whole of `target`: images of one depth, CV_32F here, that share no memory. On
 * failure `message`, of `size` bytes, receives OpenCV's text. */
cvh_shim_result cvh_shim_resize_cubic(const cvh_shim_image *source, const cvh_shim_image *target, char *message,
                                      size_t size) CVH_SHIM_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
