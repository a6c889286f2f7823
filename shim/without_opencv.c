/* SPDX-License-Identifier: Apache-2.0
 * The shim of a build without OpenCV (-DCVHEATMAP_OPENCV=OFF): every function of shim/ says that it cannot. */
#include <stdio.h>

#include "resize.h"
#include "shim.h"
#include "warp.h"

static cvh_shim_result refuse(char *message, size_t size)
{
    snprintf(message, size, "built without OpenCV");
    return CVH_SHIM_ABSENT;
}

cvh_shim_result cvh_shim_gaussian_blur(const cvh_shim_image *source, const cvh_shim_image *target, const cvh_shim_blur *blur,
                                       char *message, size_t size)
{
    (void)source, (void)target, (void)blur;
    return refuse(message, size);
}

const char *cvh_shim_opencv_version(void)
{
    return "none";
}

cvh_shim_result cvh_shim_warp_affine(const cvh_shim_image *source, const cvh_shim_image *target, int channels,
                                     const double matrix[6], double outside, char *message, size_t size)
{
    (void)source, (void)target, (void)channels, (void)matrix, (void)outside;
    return refuse(message, size);
}

int cvh_shim_warp_present(void)
{
    return 0;
}

cvh_shim_result cvh_shim_resize_cubic(const cvh_shim_image *source, const cvh_shim_image *target, char *message, size_t size)
{
    (void)source, (void)target;
    return refuse(message, size);
}
