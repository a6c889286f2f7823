/* SPDX-License-Identifier: Apache-2.0
 *
 * The border between C and C++: cv::GaussianBlur as a plain C function. No OpenCV type crosses it, no exception either. */
#ifndef CVH_SHIM_H
#define CVH_SHIM_H

#include <stddef.h>

#ifdef __cplusplus
#  define CVH_SHIM_NOEXCEPT noexcept
extern "C" {
#else
#  define CVH_SHIM_NOEXCEPT
#endif

typedef enum cvh_shim_result {
    CVH_SHIM_OK = 0,
    CVH_SHIM_MEMORY,
    CVH_SHIM_OPENCV,
    CVH_SHIM_ABSENT /* built without OpenCV */
} cvh_shim_result;

/* One image of one channel; rows `step` bytes apart, depth in OpenCV's numbers. */
typedef struct cvh_shim_image {
    void *data;
    int rows, cols, depth;
    size_t step;
} cvh_shim_image;

typedef struct cvh_shim_blur {
    int x, y, width, height; /* the region of the image to filter; what lies beside it in the image is read, not written */
    int ksize_x, ksize_y;
    double sigma_x, sigma_y;
    int border; /* cv::BorderTypes */
} cvh_shim_blur;

/* cv::GaussianBlur of the region of `source` into the same region of `target`; the two may be one image. On failure
 * `message`, of `size` bytes, receives OpenCV's text. */
cvh_shim_result cvh_shim_gaussian_blur(const cvh_shim_image *source, const cvh_shim_image *target, const cvh_shim_blur *blur,
                                       char *message, size_t size) CVH_SHIM_NOEXCEPT;

const char *cvh_shim_opencv_version(void) CVH_SHIM_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
