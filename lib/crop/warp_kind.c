/* SPDX-License-Identifier: Apache-2.0
 * Which arithmetic the installed OpenCV has: it warps a small picture of floats, turned, whose samples differ by kind. */
#include <string.h>

#include "base/status.h"
#include "crop/warp_opencv.h"
#include "shim/warp.h"

/* 30 columns are one block of 16 and 14 left over, or three blocks of 8 and 6. */
enum { ROWS = 12, COLS = 30, CHANNELS = 2, SAMPLES = ROWS * COLS * CHANNELS };

static const cvh_warp_kind kinds[] = {
    {.by_float = false},                /* OpenCV 4 */
    {.by_float = false, .fused = true}, /* OpenCV 4, built for a machine where compilers fuse: arm64, ppc64el, s390x */
    {.by_float = true, .fused = true, .block = 16}, /* OpenCV 5 with AVX2 */
    {.by_float = true, .block = 8},                 /* without */
    {.by_float = true, .fused = true, .block = 8},  /* arm64 */
    {.by_float = true, .fused = true, .block = 32},
    {.by_float = true, .fused = true, .block = 64},
};

static cvh_maps picture(float *samples, int channels)
{
    cvh_maps view = cvh_maps_interleaved(samples, channels, ROWS, COLS, CVH_32F, 0);
    view.row_step = COLS * view.col_step;
    return view;
}

static void warp_as(const cvh_warp_job *job, const cvh_warp_kind *kind)
{
    if (kind->by_float)
        cvh_warp_float(job, kind);
    else
        cvh_warp_fixed(job, kind);
}

cvh_status cvh_warp_ask(bool has_float, cvh_warp_kind *kind)
{
    static const cvh_affine turned = {0.731, 0.212, 1.37, -0.187, 0.659, 3.11};
    const int channels = has_float ? 1 : CHANNELS;
    float photo[SAMPLES], expected[SAMPLES] = {0}, actual[SAMPLES] = {0};
    for (int i = 0; i < SAMPLES; i++) photo[i] = (float)(i * i % 251) / 7;
    if (!cvh_shim_warp_present()) {
        *kind = kinds[0];
        return CVH_OK;
    }
    cvh_warp_job job = {
        .photo = picture(photo, channels), .input = picture(expected, channels), .to_photo = cvh_warp_inverted(&turned)};
    cvh_status status = cvh_warp_opencv(&job, &turned);
    if (status) return status;
    job.input = picture(actual, channels);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        warp_as(&job, &kinds[i]);
        if (memcmp(expected, actual, sizeof actual) != 0) continue;
        *kind = kinds[i];
        return CVH_OK;
    }
    return cvh_fail(CVH_ERR_OPENCV,
                    "OpenCV %s warps a picture in a way that cvh_warp_native does not know; cvh_warp, or a crop with "
                    "CVH_ARITHMETIC_PORTABLE, will do",
                    cvh_opencv_version());
}
