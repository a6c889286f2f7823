/* SPDX-License-Identifier: Apache-2.0 */
#include "crop/warp.h"

#include <math.h>

#include "base/maps.h"
#include "base/overlap.h"
#include "base/status.h"
#include "crop/affine.h"
#include "crop/warp_kind.h"
#include "crop/warp_opencv.h"

static cvh_status check_view(const char *argument, const cvh_maps *view)
{
    if (view->count > CVH_WARP_MAX_COUNT)
        return cvh_fail(CVH_ERR_ARGUMENT, "%s: count is %d; a warp takes 1..%d channels, OpenCV's own limit", argument,
                        view->count, CVH_WARP_MAX_COUNT);
    if (view->rows > CVH_WARP_MAX_SIDE || view->cols > CVH_WARP_MAX_SIDE)
        return cvh_fail(CVH_ERR_ARGUMENT, "%s is %dx%d; a warp takes sides of 1..%d, OpenCV's own limit", argument, view->rows,
                        view->cols, CVH_WARP_MAX_SIDE);
    return CVH_OK;
}

/* cv::saturate_cast<T>(double). */
static double saturated(double value, cvh_depth depth)
{
    double least = 0, most = 255;
    if (depth == CVH_64F) return value;
    if (depth == CVH_32F) return (double)(float)value;
    if (depth == CVH_16U) most = UINT16_MAX;
    if (depth == CVH_16S) least = INT16_MIN, most = INT16_MAX;
    double whole = rint(value);
    return whole < least ? least : whole > most ? most : whole;
}

cvh_status cvh_warp_check(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside,
                          cvh_warp_job *job)
{
    if (cvh_maps_check("photo", photo, CVH_DEPTHS_OPENCV, &job->photo)
        || cvh_maps_check("input", input, CVH_DEPTHS_OPENCV, &job->input) || check_view("photo", &job->photo)
        || check_view("input", &job->input) || cvh_affine_check("to_input", to_input))
        return CVH_ERR_ARGUMENT;
    if (job->photo.count != job->input.count || job->photo.depth != job->input.depth)
        return cvh_fail(CVH_ERR_ARGUMENT, "input has %d channels of depth %d; it must be as photo, %d of depth %d",
                        job->input.count, (int)job->input.depth, job->photo.count, (int)job->photo.depth);
    if (job->photo.scale != job->input.scale || job->photo.zero != job->input.zero)
        return cvh_fail(CVH_ERR_ARGUMENT, "input: scale is %g and zero %g; they must be photo's, %g and %g", job->input.scale,
                        job->input.zero, job->photo.scale, job->photo.zero);
    if (!cvh_maps_apart(&job->photo, &job->input))
        return cvh_fail(CVH_ERR_ARGUMENT, "input overlaps photo; they must share no memory");
    if (!(fabs(outside) <= 1e300))
        return cvh_fail(CVH_ERR_ARGUMENT, "outside is %g; it must be finite, -1e300..1e300", outside);
    job->to_photo = cvh_affine_inverted(to_input);
    job->outside = saturated(outside, job->input.depth);
    return CVH_OK;
}

static cvh_status warp_native(const cvh_warp_job *job)
{
    cvh_warp_kind kind;
    cvh_status status = cvh_warp_ask(job, &kind);
    if (status) return status;
    if (kind.by_float)
        cvh_warp_float(job, &kind);
    else
        cvh_warp_fixed(job, &kind);
    return CVH_OK;
}

cvh_status cvh_warp_as(const cvh_warp_job *job, cvh_arithmetic arithmetic)
{
    static const cvh_warp_kind portable = {.by_float = false};
    if (arithmetic == CVH_ARITHMETIC_OPENCV) return warp_native(job);
    cvh_warp_fixed(job, &portable);
    return CVH_OK;
}

cvh_status cvh_warp(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside)
{
    cvh_warp_job job;
    cvh_status status = cvh_warp_check(photo, input, to_input, outside, &job);
    return status ? status : cvh_warp_opencv(&job, to_input);
}

cvh_status cvh_warp_native(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside)
{
    cvh_warp_job job;
    cvh_status status = cvh_warp_check(photo, input, to_input, outside, &job);
    return status ? status : warp_native(&job);
}
