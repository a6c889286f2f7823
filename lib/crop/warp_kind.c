/* SPDX-License-Identifier: Apache-2.0
 * The installed OpenCV warps a small picture of floats, turned, whose samples differ by kind; where it fuses, and pairs of
 * doubles are asked for, one of doubles too. */
#include "crop/warp_kind.h"

#include <math.h>

#include "base/status.h"
#include "base/ulps.h"
#include "crop/affine.h"
#include "crop/warp_opencv.h"
#include "shim/warp.h"

/* Of 126 columns, 64 + 32 + 16 + 8 + 6, every length of block leaves another number over. */
enum { ROWS = 4, COLS = 126, CHANNELS = 2, SAMPLES = ROWS * COLS * CHANNELS };

static const cvh_warp_kind kinds[] = {
    {.by_float = false},                /* OpenCV 4 */
    {.by_float = false, .fused = true}, /* OpenCV 4, built for a machine where compilers fuse: arm64, ppc64el, s390x */
    {.by_float = true, .fused = true, .block = 16}, /* OpenCV 5 with AVX2 */
    {.by_float = true, .block = 8},                 /* without */
    {.by_float = true, .fused = true, .block = 8},  /* arm64 */
    {.by_float = true, .fused = true, .block = 32},
    {.by_float = true, .fused = true, .block = 64},
};

static cvh_maps view_of(float *samples, int channels)
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

static bool same_bits(const float *expected, const float *actual)
{
    int differing = 0;
    for (int i = 0; i < SAMPLES; i++) differing += cvh_bits32(expected[i]) != cvh_bits32(actual[i]);
    return !differing;
}

static cvh_status unknown(void)
{
    return cvh_fail(CVH_ERR_OPENCV,
                    "OpenCV %s warps a picture in a way that cvh_warp_native does not know; cvh_warp, or a crop with "
                    "CVH_ARITHMETIC_PORTABLE, will do",
                    cvh_opencv_version());
}

/* Which kind gives what OpenCV gave. */
static cvh_status find_kind(cvh_warp_job *job, const float *expected, const float *actual, cvh_warp_kind *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        warp_as(job, &kinds[i]);
        if (!same_bits(expected, actual)) continue;
        *kind = kinds[i];
        return CVH_OK;
    }
    return unknown();
}

static const cvh_affine turned = {1.031, 0.212, 0.37, -0.0137, 0.859, 1.11};

static cvh_status ask(bool has_float, cvh_warp_kind *kind)
{
    const int channels = has_float ? 1 : CHANNELS;
    float photo[SAMPLES], expected[SAMPLES] = {0}, actual[SAMPLES] = {0};
    for (int i = 0; i < SAMPLES; i++) photo[i] = (float)(i * i % 251) / 7;
    cvh_warp_job job = {
        .photo = view_of(photo, channels), .input = view_of(expected, channels), .to_photo = cvh_affine_inverted(&turned)};
    cvh_status status = cvh_warp_opencv(&job, &turned);
    if (status) return status;
    job.input = view_of(actual, channels);
    return find_kind(&job, expected, actual, kind);
}

/* OpenCV 4.10 by GCC 14 for arm64 and 4.6 by GCC 12 for ppc64el do so. */
static cvh_status ask_pairs(cvh_warp_kind *kind)
{
    enum { PAIRS = ROWS * 16 * CHANNELS };
    double photo[PAIRS], expected[PAIRS] = {0}, actual[PAIRS] = {0};
    for (int i = 0; i < PAIRS; i++) photo[i] = i * i % 251 / 7.0;
    cvh_maps from = cvh_maps_interleaved(photo, CHANNELS, ROWS, 16, CVH_64F, 0), to = from;
    from.row_step = to.row_step = 16 * from.col_step;
    to.data = expected;
    cvh_warp_job job = {.photo = from, .input = to, .to_photo = cvh_affine_inverted(&turned)};
    cvh_status status = cvh_warp_opencv(&job, &turned);
    if (status) return status;
    job.input.data = actual;
    for (int paired = 0; paired < 2; paired++) {
        kind->paired = paired;
        cvh_warp_fixed(&job, kind);
        int differing = 0;
        for (int i = 0; i < PAIRS; i++) differing += cvh_bits64(expected[i]) != cvh_bits64(actual[i]);
        if (!differing) return CVH_OK;
    }
    return unknown();
}

/* Column j is column j (2^22 + 1) of the photograph: j again where only the low bits of 1024ths are kept, else far off. */
static cvh_status ask_wraps(bool *wraps)
{
    static const cvh_affine tight = {1 / 4194305.0, 0, 0, 0, 1, 0};
    float photo[SAMPLES], warped[SAMPLES] = {0};
    for (int i = 0; i < SAMPLES; i++) photo[i] = 1;
    cvh_warp_job job = {.photo = view_of(photo, CHANNELS), .input = view_of(warped, CHANNELS)};
    cvh_status status = cvh_warp_opencv(&job, &tight);
    *wraps = warped[2 * CHANNELS] == 1;
    return status;
}

static bool is_beyond(double a, double b, double c)
{
    return !(fabs(a) + fabs(b) + fabs(c) < INT32_MAX / 1024);
}

cvh_status cvh_warp_ask(const cvh_warp_job *asked, cvh_warp_kind *kind)
{
    *kind = kinds[0];
    if (!cvh_shim_warp_present()) return CVH_OK;
    cvh_status status = ask(cvh_warp_has_float(&asked->photo), kind);
    const cvh_affine *m = &asked->to_photo;
    double cols = asked->input.cols, rows = asked->input.rows;
    bool beyond = is_beyond(m->xx * cols, m->xy * rows, m->x0) || is_beyond(m->yx * cols, m->yy * rows, m->y0);
    if (!status && kind->fused && cvh_warp_has_pairs(&asked->photo)) status = ask_pairs(kind);
    if (!status && beyond && !kind->by_float) status = ask_wraps(&kind->wraps);
    return status;
}
