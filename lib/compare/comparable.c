/* SPDX-License-Identifier: Apache-2.0
 * What the two methods do where a convention leaves it to them differs (cvheatmap.h, "A field left 0 is what that method does
 * in the field"), and some settings one of them does not have. The nearest settings that both have:
 *
 *     border METHOD             REFLECT_101, which blur does of itself
 *     norm NONE, SUM            KERNEL, which blur does of itself
 *     ksize 0, the whole map    the width that the convention's own method takes by itself; 4 sigma each way for the whole map
 *     overlap                   ADD: what a linear filter does with two keypoints on a map
 *     max_exponent              0 */
#include "compare/comparable.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "encode/place.h"
#include "encode/points.h"
#include "encode/rules.h"

static bool snapped(const cvh_convention *c)
{
    return c->snap != CVH_SNAP_NONE && c->centre != CVH_CENTRE_SUBPIXEL;
}

static double width_of(const cvh_convention *c, double sigma, double given)
{
    if (isinf(given) || c->method == CVH_METHOD_BLUR) return cvh_ksize_from_sigma(sigma);
    return 2 * ceil(3 * sigma) + 1;
}

/* A width that depends on the method, or that only one has; where there is no sigma to take it from, the keypoints bring it. */
static bool wants_width(const cvh_convention *c, double sigma, double ksize)
{
    return sigma != 0 && (isinf(ksize) || (ksize == 0 && c->window == CVH_WINDOW_METHOD));
}

static void make_widths(const cvh_convention *c, cvh_gaussian *g)
{
    const cvh_gaussian given = *g;
    double sigma_y = given.sigma_y != 0 ? given.sigma_y : given.sigma_x;
    double ksize_y = given.ksize_y != 0 ? given.ksize_y : given.ksize_x;
    if (wants_width(c, given.sigma_x, given.ksize_x)) g->ksize_x = width_of(c, given.sigma_x, given.ksize_x);
    if (wants_width(c, sigma_y, ksize_y)) {
        double width = width_of(c, sigma_y, ksize_y);
        g->ksize_y = width == g->ksize_x ? 0 : width;
    }
}

static cvh_convention comparable_of(const cvh_convention *given)
{
    cvh_convention c = *given;
    if (c.border == CVH_BORDER_METHOD) c.border = CVH_BORDER_REFLECT_101;
    if (c.norm == CVH_NORM_NONE || c.norm == CVH_NORM_SUM) c.norm = CVH_NORM_KERNEL;
    c.overlap = CVH_OVERLAP_ADD;
    c.max_exponent = 0;
    make_widths(&c, &c.gaussian);
    return c;
}

/* --------------------------------------------------------------------------------------------------------- obstacles */

typedef struct obstacles {
    char text[400];
    size_t used;
} obstacles;

static void add(obstacles *found, const char *format, ...) CVH_PRINTF(2, 3);

static void add(obstacles *found, const char *format, ...)
{
    va_list values;
    size_t left = sizeof found->text - found->used;
    va_start(values, format);
    vsnprintf(found->text + found->used, left, format, values);
    va_end(values);
    found->used += strlen(found->text + found->used);
}

static const char *const borders[] = {"METHOD", "CONSTANT", "REPLICATE", "REFLECT", "REFLECT_101"};
static const char *const norms[] = {"NONE", "MAX", "CENTRE", "KERNEL", "SUM"};
static const char *const overlaps[] = {"MAX", "REPLACE", "ADD", "ADD_CLAMP"};

static void compare_width(obstacles *found, const char *axis, double given, double comparable)
{
    if (given == comparable) return;
    if (comparable != 0)
        add(found, ", gaussian.ksize_%s %g (%g)", axis, given, comparable);
    else
        add(found, ", gaussian.ksize_%s %g (0, as ksize_x)", axis, given);
}

/* Whether a keypoint leaves its window to a convention that has none. */
static bool leaves_width(const cvh_convention *c, const cvh_keypoint *points, size_t count)
{
    if (c->gaussian.ksize_x != 0 || c->window != CVH_WINDOW_METHOD) return false;
    for (size_t i = 0; i < count; i++)
        if (!points[i].gaussian || points[i].gaussian->ksize_x == 0) return true;
    return count == 0;
}

/* Where a keypoint lies, and the one before it on its map. */
typedef struct footprint {
    cvh_placement at;
    long long before; /* -1: none */
} footprint;

static bool spans_meet(const cvh_span *a, const cvh_span *b)
{
    return a->lo < b->hi && b->lo < a->hi;
}

/* Two keypoints on one pixel are one to both methods: the larger value is either's, and a pixel is lit once. */
static bool meets(const footprint *a, const footprint *b)
{
    if (a->at.x.pixel == b->at.x.pixel && a->at.y.pixel == b->at.y.pixel) return false;
    return spans_meet(&a->at.x, &b->at.x) && spans_meet(&a->at.y, &b->at.y);
}

/* Lists the keypoints of each map, newest first, and looks for two whose windows meet. What reflects stays in its window. */
static bool any_meet(const cvh_convention *c, const cvh_points *points, const cvh_maps *view, long long *last,
                     footprint *footprints)
{
    for (size_t i = 0; i < (size_t)view->count; i++) last[i] = -1;
    for (size_t i = 0; i < points->count; i++) {
        const cvh_keypoint *point = &points->at[i];
        cvh_shape own;
        cvh_placer placer;
        cvh_placer_start(&placer, c, cvh_points_shape(points, i, c, CVH_METHOD_PATCH, &own), view);
        if (cvh_place(&placer, point, &footprints[i].at) != CVH_FATE_DRAWN) continue;
        footprints[i].before = last[point->map];
        for (long long k = footprints[i].before; k >= 0; k = footprints[k].before)
            if (meets(&footprints[i], &footprints[k])) return true;
        last[point->map] = (long long)i;
    }
    return false;
}

/* Whether the larger of two values is not their sum anywhere, as the comparable convention places them. What the methods refuse
 * is theirs to refuse. */
static cvh_status find_meeting(const cvh_convention *c, const cvh_keypoint *points, size_t count, const cvh_maps *view,
                               bool *found)
{
    cvh_points checked;
    *found = false;
    if (count < 2 || cvh_rules_check(c, CVH_METHOD_PATCH)
        || cvh_points_check(points, count, c, CVH_METHOD_PATCH, view, false, &checked))
        return CVH_OK;
    long long *last = calloc((size_t)view->count, sizeof *last);
    footprint *footprints = calloc(count, sizeof *footprints);
    if (last && footprints) *found = any_meet(c, &checked, view, last, footprints);
    bool short_of_memory = !last || !footprints;
    free(last);
    free(footprints);
    if (!short_of_memory) return CVH_OK;
    return cvh_fail(CVH_ERR_MEMORY, "points: where %zu keypoints lie on %d maps does not fit in memory", count, view->count);
}

static cvh_status refuse_free(const cvh_convention *c)
{
    const char *field = c->snap == CVH_SNAP_NONE ? "snap is CVH_SNAP_NONE" : "centre is CVH_CENTRE_SUBPIXEL";
    return cvh_fail(CVH_ERR_ARGUMENT,
                    "convention: %s; cvh_blur cannot draw between pixels: hold cvh_patch against cvh_closed_form instead",
                    field);
}

/* Enumerators beyond their range are the methods' to refuse. */
static bool known(const cvh_convention *c)
{
    return (unsigned)c->border <= CVH_BORDER_REFLECT_101 && (unsigned)c->norm <= CVH_NORM_SUM
           && (unsigned)c->overlap <= CVH_OVERLAP_ADD_CLAMP && (unsigned)c->window <= CVH_WINDOW_SIX_SIGMA
           && (unsigned)c->snap <= CVH_SNAP_NONE && (unsigned)c->centre <= CVH_CENTRE_WINDOW
           && (unsigned)c->method <= CVH_METHOD_BLUR;
}

cvh_status cvh_comparable_check(const cvh_convention *convention, const cvh_keypoint *points, size_t count,
                                const cvh_maps *view)
{
    const cvh_convention *given = convention, comparable = comparable_of(given);
    obstacles found = {.used = 0};
    bool meeting = false;
    if (!known(given)) return CVH_OK;
    if (!snapped(given)) return refuse_free(given);
    if (given->overlap == CVH_OVERLAP_MAX && find_meeting(&comparable, points, count, view, &meeting)) return CVH_ERR_MEMORY;
    if (given->border != comparable.border)
        add(&found, ", border CVH_BORDER_%s (CVH_BORDER_%s)", borders[given->border], borders[comparable.border]);
    if (given->norm != comparable.norm)
        add(&found, ", norm CVH_NORM_%s (CVH_NORM_%s)", norms[given->norm], norms[comparable.norm]);
    if (leaves_width(given, points, count) && given->gaussian.sigma_x == 0)
        add(&found, ", gaussian.ksize_x 0 (a width of your own)");
    else if (isinf(given->gaussian.ksize_x) || isinf(given->gaussian.ksize_y) || leaves_width(given, points, count)) {
        compare_width(&found, "x", given->gaussian.ksize_x, comparable.gaussian.ksize_x);
        compare_width(&found, "y", given->gaussian.ksize_y, comparable.gaussian.ksize_y);
    }
    if (given->overlap != CVH_OVERLAP_ADD && (given->overlap != CVH_OVERLAP_MAX || meeting))
        add(&found, ", overlap CVH_OVERLAP_%s%s (CVH_OVERLAP_ADD)", overlaps[given->overlap],
            meeting ? " where windows meet" : "");
    if (given->max_exponent > 0) add(&found, ", max_exponent %g (0)", given->max_exponent);
    if (!found.used) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT,
                    "convention: cvh_blur and cvh_patch mean two things by%s; in brackets what is the same to both, and "
                    "cvh_convention_comparable sets it",
                    found.text + 1);
}

cvh_status cvh_convention_comparable(cvh_convention *convention)
{
    if (!convention) return cvh_fail(CVH_ERR_ARGUMENT, "convention is NULL; it must point to a cvh_convention");
    if (!known(convention))
        return cvh_fail(CVH_ERR_ARGUMENT,
                        "convention: method, snap, centre, window, border, norm or overlap is none of its enumerators");
    if (!snapped(convention)) return refuse_free(convention);
    cvh_convention made = comparable_of(convention);
    if (!(made.gaussian.ksize_x <= CVH_MAX_KSIZE && made.gaussian.ksize_y <= CVH_MAX_KSIZE))
        return cvh_fail(CVH_ERR_ARGUMENT, "convention: gaussian.sigma is %g, %g; a window of at most %d must follow from it",
                        convention->gaussian.sigma_x, convention->gaussian.sigma_y, CVH_MAX_KSIZE);
    *convention = made;
    return CVH_OK;
}
