/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/rules.h"

#include <stdbool.h>

#include "base/frame.h"
#include "base/status.h"

static cvh_status check_enumerators(const cvh_convention *c)
{
    static const struct {
        const char *name, *last_name;
        int last;
    } fields[] = {
        {"method", "CVH_METHOD_BLUR", CVH_METHOD_BLUR},
        {"geometry", "CVH_GEOMETRY_HIGHERHRNET", CVH_GEOMETRY_HIGHERHRNET},
        {"snap", "CVH_SNAP_NONE", CVH_SNAP_NONE},
        {"centre", "CVH_CENTRE_WINDOW", CVH_CENTRE_WINDOW},
        {"border", "CVH_BORDER_REFLECT_101", CVH_BORDER_REFLECT_101},
        {"overlap", "CVH_OVERLAP_ADD_CLAMP", CVH_OVERLAP_ADD_CLAMP},
        {"norm", "CVH_NORM_SUM", CVH_NORM_SUM},
        {"arithmetic", "CVH_ARITHMETIC_OPENCV", CVH_ARITHMETIC_OPENCV},
        {"drop", "CVH_DROP_THREE_SIGMA_TRUNC", CVH_DROP_THREE_SIGMA_TRUNC},
        {"window", "CVH_WINDOW_SIX_SIGMA", CVH_WINDOW_SIX_SIGMA},
    };
    const int values[] = {(int)c->method, (int)c->geometry,   (int)c->snap, (int)c->centre, (int)c->border, (int)c->overlap,
                          (int)c->norm,   (int)c->arithmetic, (int)c->drop, (int)c->window}; /* in the order of fields */
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (values[i] < 0 || values[i] > fields[i].last)
            return cvh_fail(CVH_ERR_ARGUMENT, "convention: %s is %d; it must be 0..%d (%s)", fields[i].name, values[i],
                            fields[i].last, fields[i].last_name);
    return CVH_OK;
}

static cvh_status check_numbers(const cvh_convention *c)
{
    static const char *const names[] = {"scale_x", "scale_y", "offset_x", "offset_y"};
    const double values[] = {c->scale_x, c->scale_y, c->offset_x, c->offset_y};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (!isfinite(values[i]))
            return cvh_fail(CVH_ERR_ARGUMENT, "convention: %s is %g; it must be finite", names[i], values[i]);
    if (!(c->max_exponent >= 0) || isinf(c->max_exponent))
        return cvh_fail(CVH_ERR_ARGUMENT, "convention: max_exponent is %g; it must be finite, and > 0 or 0 for no limit",
                        c->max_exponent);
    return CVH_OK;
}

static cvh_status refuse(const char *field, const char *value, const char *instead)
{
    return cvh_fail(CVH_ERR_ARGUMENT, "convention: %s is %s; %s", field, value, instead);
}

static bool snapped(const cvh_convention *c)
{
    return c->snap != CVH_SNAP_NONE && c->centre != CVH_CENTRE_SUBPIXEL;
}

static cvh_status check_blur(const cvh_convention *c)
{
    if (c->snap == CVH_SNAP_NONE) return refuse("snap", "CVH_SNAP_NONE", "blur lights a pixel and takes any other");
    if (c->centre == CVH_CENTRE_SUBPIXEL)
        return refuse("centre", "CVH_CENTRE_SUBPIXEL", "blur lights a pixel and takes CVH_CENTRE_SNAPPED");
    if (c->max_exponent > 0) return cvh_fail(CVH_ERR_ARGUMENT, "convention: max_exponent is %g; blur takes 0", c->max_exponent);
    if (c->overlap == CVH_OVERLAP_REPLACE || c->overlap == CVH_OVERLAP_ADD_CLAMP)
        return refuse("overlap", c->overlap == CVH_OVERLAP_REPLACE ? "CVH_OVERLAP_REPLACE" : "CVH_OVERLAP_ADD_CLAMP",
                      "blur is linear and takes CVH_OVERLAP_MAX or _ADD");
    if (c->norm == CVH_NORM_SUM) return refuse("norm", "CVH_NORM_SUM", "blur takes CVH_NORM_NONE, _KERNEL, _MAX or _CENTRE");
    return CVH_OK;
}

static cvh_status check_patch(const cvh_convention *c)
{
    bool reflects = c->border > CVH_BORDER_CONSTANT;
    if (c->border != CVH_BORDER_METHOD && c->snap == CVH_SNAP_NONE)
        return refuse("border", "explicit with snap CVH_SNAP_NONE", "an explicit border needs a snapped keypoint");
    if (reflects && c->max_exponent > 0)
        return refuse("max_exponent", "set with a border that reflects", "it takes CVH_BORDER_METHOD or _CONSTANT");
    if (c->norm == CVH_NORM_KERNEL && (!snapped(c) || c->max_exponent > 0))
        return refuse("norm", "CVH_NORM_KERNEL", "it needs a keypoint on a pixel (snap and centre) and no max_exponent");
    if (c->norm == CVH_NORM_CENTRE && c->snap == CVH_SNAP_NONE)
        return refuse("norm", "CVH_NORM_CENTRE with snap CVH_SNAP_NONE", "it needs a snapped keypoint");
    return CVH_OK;
}

cvh_status cvh_rules_check(const cvh_convention *convention, cvh_method method)
{
    if (!convention) return cvh_fail(CVH_ERR_ARGUMENT, "convention is NULL; it must point to one");
    if (check_enumerators(convention) || check_numbers(convention) || cvh_frame_check(convention)) return CVH_ERR_ARGUMENT;
    return method == CVH_METHOD_BLUR ? check_blur(convention) : check_patch(convention);
}
