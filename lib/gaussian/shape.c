/* SPDX-License-Identifier: Apache-2.0 */
#include "gaussian/shape.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/status.h"
#include "gaussian/kernel.h"

#define MIN_PEAK 1e-30
#define MAX_PEAK 1e30

/* Fails with "convention: gaussian" or "points[3]: gaussian" before the text; point is -1 for the convention. */
static cvh_status refuse(long long point, const char *format, ...) CVH_PRINTF(2, 3);

static cvh_status refuse(long long point, const char *format, ...)
{
    char text[320];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (point < 0) return cvh_fail(CVH_ERR_ARGUMENT, "convention: gaussian%s", text);
    return cvh_fail(CVH_ERR_ARGUMENT, "points[%lld]: gaussian%s", point, text);
}

static double either(double own, double shared)
{
    return own != 0 ? own : shared;
}

static cvh_gaussian merged(const cvh_gaussian *own, const cvh_gaussian *shared)
{
    if (!own) return *shared;
    return (cvh_gaussian){.sigma_x = either(own->sigma_x, shared->sigma_x),
                          .sigma_y = either(own->sigma_y, shared->sigma_y),
                          .ksize_x = either(own->ksize_x, shared->ksize_x),
                          .ksize_y = either(own->ksize_y, shared->ksize_y),
                          .peak = either(own->peak, shared->peak)};
}

static cvh_status check_sigma(long long point, const char *field, double sigma)
{
    if (cvh_sigma_fits_or_rule(sigma)) return CVH_OK;
    return refuse(point, ".%s is %g; it must be 0 (by rule) or %g..%g", field, sigma, CVH_MIN_SIGMA, CVH_MAX_SIGMA);
}

static cvh_status check_ksize(long long point, const char *field, double ksize, const cvh_convention *convention,
                              cvh_method method)
{
    if (ksize == 0 || cvh_ksize_is_odd(ksize)) return CVH_OK;
    if (method == CVH_METHOD_BLUR)
        return refuse(point, ".%s is %.17g; blur takes 0 (by rule) or an odd width, 1..%d", field, ksize, CVH_MAX_KSIZE);
    if (ksize == CVH_WHOLE_MAP) return CVH_OK;
    if (convention->snap == CVH_SNAP_NONE && ksize >= 1 && ksize <= CVH_MAX_KSIZE) return CVH_OK;
    return refuse(point,
                  ".%s is %.17g; it must be 0 (by rule), CVH_WHOLE_MAP or an odd width, 1..%d (CVH_SNAP_NONE: any width)",
                  field, ksize, CVH_MAX_KSIZE);
}

static cvh_status check_fields(long long point, const cvh_gaussian *gaussian, const cvh_convention *convention,
                               cvh_method method)
{
    if (check_sigma(point, "sigma_x", gaussian->sigma_x) || check_sigma(point, "sigma_y", gaussian->sigma_y)
        || check_ksize(point, "ksize_x", gaussian->ksize_x, convention, method)
        || check_ksize(point, "ksize_y", gaussian->ksize_y, convention, method))
        return CVH_ERR_ARGUMENT;
    if (gaussian->peak == 0 || (gaussian->peak >= MIN_PEAK && gaussian->peak <= MAX_PEAK)) return CVH_OK;
    return refuse(point, ".peak is %g; it must be 0 (for 1) or %g..%g", gaussian->peak, MIN_PEAK, MAX_PEAK);
}

/* The window that a sigma asks for where ksize is 0. */
static double ksize_rule(double sigma, const cvh_convention *convention, cvh_method method)
{
    switch (convention->window) {
    case CVH_WINDOW_THREE_SIGMA_1: return 2 * (ceil(3 * sigma) + 1) + 1;
    case CVH_WINDOW_SIX_SIGMA: return 2 * ceil(fmax(3 * sigma - 0.5, 0)) + 1;
    case CVH_WINDOW_METHOD: break;
    }
    if (method == CVH_METHOD_BLUR) return cvh_ksize_from_sigma(sigma);
    if (convention->snap == CVH_SNAP_NONE) return 6 * sigma + 1;
    return 2 * ceil(3 * sigma) + 1;
}

static double sigma_rule(double ksize, const cvh_convention *convention)
{
    return convention->window == CVH_WINDOW_SIX_SIGMA ? ksize / 6 : cvh_sigma_from_ksize(ksize);
}

/* One axis; at least one of sigma and ksize is set. */
static inline cvh_status resolve_axis(long long point, char axis, double sigma, double ksize, const cvh_convention *convention,
                                      cvh_method method, cvh_axis_shape *shape)
{
    bool six_sigma = convention->window == CVH_WINDOW_SIX_SIGMA;
    *shape = (cvh_axis_shape){.sigma = sigma, .kernel_sigma = sigma, .ksize = ksize};
    if (sigma == 0) {
        shape->sigma = sigma_rule(ksize, convention);
        shape->kernel_sigma = six_sigma ? shape->sigma : 0;
        if (isnan(shape->sigma) || isinf(shape->sigma))
            return refuse(point, ".sigma_%c is 0 with ksize_%c %g; a window of that width has no sigma of its own", axis, axis,
                          ksize);
    }
    if (ksize == 0) {
        shape->ksize = ksize_rule(sigma, convention, method);
        if (!(shape->ksize <= CVH_MAX_KSIZE))
            return refuse(point, ".sigma_%c is %g with ksize_%c 0; its window would be wider than %d", axis, sigma, axis,
                          CVH_MAX_KSIZE);
    }
    return CVH_OK;
}

cvh_status cvh_shape_resolve(const cvh_convention *convention, cvh_method method, const cvh_gaussian *own, long long point,
                             cvh_shape *shape)
{
    if (!own) point = -1;
    cvh_gaussian given = merged(own, &convention->gaussian);
    if (check_fields(point, &given, convention, method)) return CVH_ERR_ARGUMENT;
    if (given.sigma_x == 0 && given.ksize_x == 0)
        return refuse(point,
                      ": sigma_x and ksize_x are both 0; one must be set, in the convention%s%s%s or in the keypoint's own "
                      "gaussian%s",
                      convention->name ? " (" : "", convention->name ? convention->name : "", convention->name ? ")" : "",
                      convention->window == CVH_WINDOW_SIX_SIGMA ? ": this one takes ksize = 2 radius + 1 of the object's box"
                                                                 : "");
    if (given.sigma_y == 0) given.sigma_y = given.sigma_x;
    if (given.ksize_y == 0) given.ksize_y = given.ksize_x;
    *shape = (cvh_shape){.peak = given.peak != 0 ? given.peak : 1};
    cvh_axis_shape x;
    if (resolve_axis(point, 'x', given.sigma_x, given.ksize_x, convention, method, &x)) return CVH_ERR_ARGUMENT;
    shape->x = x;
    shape->y = x;
    if (given.sigma_y == given.sigma_x && given.ksize_y == given.ksize_x) return CVH_OK;
    return resolve_axis(point, 'y', given.sigma_y, given.ksize_y, convention, method, &shape->y);
}

static bool same_axis(const cvh_axis_shape *a, const cvh_axis_shape *b)
{
    return a->sigma == b->sigma && a->kernel_sigma == b->kernel_sigma && a->ksize == b->ksize;
}

bool cvh_shape_same(const cvh_shape *a, const cvh_shape *b)
{
    return same_axis(&a->x, &b->x) && same_axis(&a->y, &b->y) && a->peak == b->peak;
}
