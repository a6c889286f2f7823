/* SPDX-License-Identifier: Apache-2.0
 * cv::GaussianBlur itself, for any image, from C. */
#include <stdbool.h>
#include <stdlib.h>

#include "base/maps.h"
#include "base/overlap.h"
#include "base/status.h"
#include "gaussian/filter.h"
#include "gaussian/kernel.h"

static cvh_status check_sigma(const char *field, double sigma)
{
    if (cvh_sigma_fits_or_rule(sigma)) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "gaussian: %s is %g; it must be 0 (by rule) or %g..%g", field, sigma, CVH_MIN_SIGMA,
                    CVH_MAX_SIGMA);
}

/* The window as OpenCV would choose it: named here, so that it can be bounded before OpenCV can hang on it. */
static cvh_status resolve_ksize(const char *field, double ksize, double sigma, cvh_depth depth, int *resolved)
{
    if (ksize != 0 && !cvh_ksize_is_odd(ksize))
        return cvh_fail(CVH_ERR_ARGUMENT, "gaussian: %s is %.17g; it must be 0 (by rule) or an odd width, 1..%d", field, ksize,
                        CVH_MAX_KSIZE);
    double width = ksize != 0 ? ksize : cvh_ksize_rule(sigma, depth == CVH_8U ? 3 : 4);
    if (isnan(width))
        return cvh_fail(CVH_ERR_ARGUMENT, "gaussian: %s is 0 with sigma %g; one must be set, and the window at most %d wide",
                        field, sigma, CVH_MAX_KSIZE);
    *resolved = (int)width;
    return CVH_OK;
}

/* OpenCV's order: sigma_y 0 is sigma_x, ksize_y 0 follows ksize_x where that is given. */
static cvh_status resolve(const cvh_gaussian *gaussian, cvh_border border, cvh_depth depth, cvh_shim_blur *blur)
{
    if (!gaussian) return cvh_fail(CVH_ERR_ARGUMENT, "gaussian is NULL; it must point to one");
    if (check_sigma("sigma_x", gaussian->sigma_x) || check_sigma("sigma_y", gaussian->sigma_y)) return CVH_ERR_ARGUMENT;
    if (!(gaussian->peak == 0 || gaussian->peak == 1))
        return cvh_fail(CVH_ERR_ARGUMENT, "gaussian: peak is %g; a plain blur takes 0 or 1", gaussian->peak);
    if ((int)border < 0 || border > CVH_BORDER_REFLECT_101)
        return cvh_fail(CVH_ERR_ARGUMENT, "border is %d; it must be 0..%d (CVH_BORDER_REFLECT_101)", (int)border,
                        CVH_BORDER_REFLECT_101);
    double sigma_y = gaussian->sigma_y != 0 ? gaussian->sigma_y : gaussian->sigma_x;
    double ksize_y = gaussian->ksize_y != 0 ? gaussian->ksize_y : gaussian->ksize_x;
    *blur = (cvh_shim_blur){.sigma_x = gaussian->sigma_x, .sigma_y = sigma_y, .border = cvh_filter_border(border)};
    if (resolve_ksize("ksize_x", gaussian->ksize_x, gaussian->sigma_x, depth, &blur->ksize_x)) return CVH_ERR_ARGUMENT;
    return resolve_ksize("ksize_y", ksize_y, sigma_y, depth, &blur->ksize_y);
}

static cvh_status check_pair(const cvh_maps *src, const cvh_maps *dst)
{
    if (src->count != dst->count || src->rows != dst->rows || src->cols != dst->cols || src->depth != dst->depth)
        return cvh_fail(CVH_ERR_ARGUMENT, "dst is %d maps of %dx%d, depth %d; it must be as src, %d of %dx%d, depth %d",
                        dst->count, dst->rows, dst->cols, (int)dst->depth, src->count, src->rows, src->cols, (int)src->depth);
    if (src->scale != dst->scale || src->zero != dst->zero)
        return cvh_fail(
            CVH_ERR_ARGUMENT,
            "dst: scale is %g and zero %g; they must be as in src, %g and %g: samples are blurred as they are stored",
            dst->scale, dst->zero, src->scale, src->zero);
    if (cvh_maps_same(src, dst) || cvh_maps_apart(src, dst)) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "dst overlaps src; it must be the same view, or share no memory");
}

/* A map that OpenCV cannot take as it lies goes through packed scratch memory; a multi-channel cv::Mat would not do, because
 * OpenCV's vector loops round its last samples differently. */
static cvh_status blur_map(const cvh_maps *src, const cvh_maps *dst, int map, const cvh_shim_blur *blur, void *scratch)
{
    bool direct = cvh_filter_takes(src) && cvh_filter_takes(dst);
    if (direct) {
        cvh_shim_image from = cvh_filter_image(src, map), to = cvh_filter_image(dst, map);
        return cvh_filter(&from, &to, blur);
    }
    cvh_box whole = {0, src->rows, 0, src->cols};
    cvh_filter_move(src, map, &whole, scratch, CVH_MOVE_IN);
    cvh_shim_image packed = cvh_filter_scratch(src, scratch);
    cvh_status status = cvh_filter(&packed, &packed, blur);
    if (!status) cvh_filter_move(dst, map, &whole, scratch, CVH_MOVE_OUT);
    return status;
}

cvh_status cvh_gaussian_blur(const cvh_maps *src, const cvh_maps *dst, const cvh_gaussian *gaussian, cvh_border border)
{
    cvh_maps from, to;
    cvh_shim_blur blur;
    if (cvh_maps_check("src", src, CVH_DEPTHS_OPENCV, &from) || cvh_maps_check("dst", dst, CVH_DEPTHS_OPENCV, &to)
        || check_pair(&from, &to) || resolve(gaussian, border, from.depth, &blur))
        return CVH_ERR_ARGUMENT;
    blur.width = from.cols;
    blur.height = from.rows;
    size_t bytes = (size_t)from.rows * (size_t)from.cols * cvh_sample_size(&from);
    bool direct = cvh_filter_takes(&from) && cvh_filter_takes(&to);
    void *scratch = direct ? NULL : malloc(bytes);
    if (!direct && !scratch) return cvh_fail(CVH_ERR_MEMORY, "out of memory: a packed map of %zu bytes", bytes);
    cvh_status status = CVH_OK;
    for (int map = 0; map < from.count && !status; map++) status = blur_map(&from, &to, map, &blur, scratch);
    free(scratch);
    return status;
}
