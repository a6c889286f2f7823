/* SPDX-License-Identifier: Apache-2.0
 * The Gaussian by its formula, in long double, for codes to be held against.
 *
 *     value = peak exp(-(p - cx)^2 / 2 sx^2 - (q - cy)^2 / 2 sy^2)
 *
 * Nothing here is shared with the methods but the checks of the arguments: what cvheatmap.h says of snap, window, centre, drop,
 * overlap and norm is written out once more, each sample is computed for itself by the C library's expl, and it is rounded to
 * the depth once, where it is stored. */
#include <float.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/maps.h"
#include "base/status.h"
#include "encode/points.h"
#include "encode/rules.h"

/* One axis of a keypoint's Gaussian: the window [lo, hi) before clipping, and where the Gaussian sits. */
typedef struct form_axis {
    double u, sigma, ksize;
    double pixel, lo, hi; /* whole numbers; infinite ends where the window is the map */
    long double centre;
} form_axis;

typedef struct form {
    form_axis x, y;
    long double peak;
} form;

static double first_of(double own, double otherwise)
{
    return own != 0 ? own : otherwise;
}

/* ------------------------------------------------------------------------------------------------------- one keypoint */

static double snapped(cvh_snap snap, double u)
{
    switch (snap) {
    case CVH_SNAP_HALF_UP: return trunc(u + 0.5);
    case CVH_SNAP_TRUNC: return trunc(u);
    case CVH_SNAP_NEAREST:
    case CVH_SNAP_NONE: return floor(u + 0.5);
    case CVH_SNAP_FLOOR: break;
    }
    return floor(u);
}

static double ksize_from_sigma(const cvh_convention *c, double sigma)
{
    switch (c->window) {
    case CVH_WINDOW_THREE_SIGMA_1: return 2 * (ceil(3 * sigma) + 1) + 1;
    case CVH_WINDOW_SIX_SIGMA: return 2 * ceil(fmax(3 * sigma - 0.5, 0)) + 1;
    case CVH_WINDOW_METHOD: break;
    }
    return c->snap == CVH_SNAP_NONE ? 6 * sigma + 1 : 2 * ceil(3 * sigma) + 1;
}

static double sigma_from_ksize(const cvh_convention *c, double ksize)
{
    return c->window == CVH_WINDOW_SIX_SIGMA ? ksize / 6 : 0.15 * ksize + 0.35;
}

static form_axis axis_of(const cvh_convention *c, double u, double sigma, double ksize)
{
    form_axis axis = {.u = u,
                      .sigma = sigma != 0 ? sigma : sigma_from_ksize(c, ksize),
                      .ksize = ksize != 0 ? ksize : ksize_from_sigma(c, sigma),
                      .pixel = snapped(c->snap, u)};
    double r = (axis.ksize - 1) / 2;
    bool free = c->snap == CVH_SNAP_NONE;
    axis.lo = isinf(r) ? (double)-INFINITY : free ? trunc(u - r) : axis.pixel - r;
    axis.hi = isinf(r) ? (double)INFINITY : free ? trunc(u + r + 1) : axis.pixel + r + 1;
    axis.centre = (long double)(free || c->centre == CVH_CENTRE_SUBPIXEL ? u : axis.pixel);
    if (free && c->centre == CVH_CENTRE_WINDOW && !isinf(r)) axis.centre = (long double)(axis.lo + floor(r + 0.5));
    return axis;
}

/* The keypoint's place and Gaussian; a field of its own that is not 0 comes before the convention's. */
static form form_of(const cvh_convention *c, const cvh_keypoint *point)
{
    const cvh_gaussian none = {.peak = 0}, *own = point->gaussian ? point->gaussian : &none, *shared = &c->gaussian;
    double sigma_x = first_of(own->sigma_x, shared->sigma_x), ksize_x = first_of(own->ksize_x, shared->ksize_x);
    double sigma_y = first_of(first_of(own->sigma_y, shared->sigma_y), sigma_x);
    double ksize_y = first_of(first_of(own->ksize_y, shared->ksize_y), ksize_x);
    double x = point->x, y = point->y;
    if (c->crop) {
        const cvh_affine *a = &c->crop->to_input;
        x = a->xx * point->x + a->xy * point->y + a->x0;
        y = a->yx * point->x + a->yy * point->y + a->y0;
    }
    return (form){.x = axis_of(c, first_of(c->scale_x, 1) * x + c->offset_x, sigma_x, ksize_x),
                  .y = axis_of(c, first_of(c->scale_y, 1) * y + c->offset_y, sigma_y, ksize_y),
                  .peak = (long double)first_of(first_of(own->peak, shared->peak), 1)};
}

static bool dropped(cvh_drop drop, const form_axis *axis, int size)
{
    double R = 3 * axis->sigma;
    switch (drop) {
    case CVH_DROP_CENTRE: return axis->pixel < 0 || axis->pixel >= size;
    case CVH_DROP_WINDOW: return axis->lo >= size || axis->hi < 0;
    case CVH_DROP_THREE_SIGMA: return axis->u - R >= size || axis->u + R + 1 < 0;
    case CVH_DROP_THREE_SIGMA_TRUNC: return trunc(axis->u - R) >= size || trunc(axis->u + R + 1) < 0;
    case CVH_DROP_NONE: break;
    }
    return false;
}

static int clipped(double end, int size)
{
    return !(end > 0) ? 0 : end < size ? (int)end : size;
}

static long double exponent_along(const form_axis *axis, int p)
{
    long double d = (p - axis->centre) / (long double)axis->sigma;
    return d * d / 2;
}

/* What the Gaussian is at (p, q), its peak left out; below 0: nothing is drawn there. */
static long double value_at(const cvh_convention *c, const form *f, int p, int q)
{
    long double exponent = exponent_along(&f->x, p) + exponent_along(&f->y, q);
    return c->max_exponent > 0 && exponent > (long double)c->max_exponent ? -1 : expl(-exponent);
}

/* ------------------------------------------------------------------------------------------------------------ one map */

typedef struct sheet {
    long double *values;
    int rows, cols;
    long double largest; /* what the depth holds */
} sheet;

/* What the keypoint's Gaussian sums to on the map. */
static long double sum_of(const sheet *s, const cvh_convention *c, const form *f)
{
    long double sum = 0;
    for (int q = clipped(f->y.lo, s->rows); q < clipped(f->y.hi, s->rows); q++)
        for (int p = clipped(f->x.lo, s->cols); p < clipped(f->x.hi, s->cols); p++) sum += fmaxl(value_at(c, f, p, q), 0);
    return sum;
}

static long double combined(cvh_overlap overlap, long double before, long double value, long double peak)
{
    switch (overlap) {
    case CVH_OVERLAP_MAX: return fmaxl(before, value);
    case CVH_OVERLAP_ADD: return before + value;
    case CVH_OVERLAP_ADD_CLAMP: return fminl(before + value, peak);
    case CVH_OVERLAP_REPLACE: break;
    }
    return value;
}

static bool on_map(const sheet *s, const form *f)
{
    return f->x.pixel >= 0 && f->x.pixel < s->cols && f->y.pixel >= 0 && f->y.pixel < s->rows;
}

static bool off_map(const form_axis *axis, int size)
{
    return clipped(axis->lo, size) >= clipped(axis->hi, size);
}

/* False where nothing of it is drawn. */
static bool draw(const sheet *s, const cvh_convention *c, const form *f)
{
    if (dropped(c->drop, &f->x, s->cols) || dropped(c->drop, &f->y, s->rows)) return false;
    if (off_map(&f->x, s->cols) || off_map(&f->y, s->rows) || (c->norm == CVH_NORM_CENTRE && !on_map(s, f))) return false;
    long double factor = f->peak;
    if (c->norm == CVH_NORM_SUM) {
        long double sum = sum_of(s, c, f);
        if (!(f->peak <= s->largest * sum)) return false;
        factor = f->peak / sum;
    }
    for (int q = clipped(f->y.lo, s->rows); q < clipped(f->y.hi, s->rows); q++)
        for (int p = clipped(f->x.lo, s->cols); p < clipped(f->x.hi, s->cols); p++) {
            long double value = value_at(c, f, p, q), *at = &s->values[(size_t)q * (size_t)s->cols + (size_t)p];
            if (value >= 0) *at = combined(c->overlap, *at, factor * value, f->peak);
        }
    return true;
}

/* What becomes `peak` under MAX and CENTRE: the largest value, and that at the only keypoint's pixel. */
static long double reference(const sheet *s, const cvh_convention *c, const form *only)
{
    long double most = 0;
    if (c->norm == CVH_NORM_CENTRE) return s->values[(size_t)only->y.pixel * (size_t)s->cols + (size_t)only->x.pixel];
    for (size_t i = 0; i < (size_t)s->rows * (size_t)s->cols; i++) most = fmaxl(most, s->values[i]);
    return most;
}

static void store(const sheet *s, const cvh_maps *view, int map, long double factor)
{
    for (int row = 0; row < s->rows; row++)
        for (int col = 0; col < s->cols; col++) {
            long double value = factor * s->values[(size_t)row * (size_t)s->cols + (size_t)col];
            void *at = cvh_sample_at(view, map, row, col);
            if (view->depth == CVH_32F)
                *(float *)at = (float)value;
            else
                *(double *)at = (double)value;
        }
}

static void draw_map(const sheet *s, const cvh_maps *view, int map, const cvh_points *points, const cvh_convention *c)
{
    bool rescales = c->norm == CVH_NORM_MAX || c->norm == CVH_NORM_CENTRE;
    long double peak = 0, factor = 1;
    form last = {.peak = 0};
    memset(s->values, 0, (size_t)s->rows * (size_t)s->cols * sizeof *s->values);
    for (size_t i = 0; i < points->count; i++) {
        const cvh_keypoint *point = &points->at[i];
        if (point->map != map || isnan(point->x) || isnan(point->y)) continue;
        form f = form_of(c, point);
        if (!draw(s, c, &f)) continue;
        peak = fmaxl(peak, f.peak);
        last = f;
    }
    if (rescales && peak > 0) {
        long double most = reference(s, c, &last);
        if (most > 0 && peak / most <= s->largest) factor = peak / most;
    }
    store(s, view, map, factor);
}

/* ------------------------------------------------------------------------------------------------------------- public */

/* Fixed tables are OpenCV's, no formula: a snapped keypoint of ksize 1..9 without a sigma takes them. */
static bool takes_tables(const cvh_convention *c, const cvh_gaussian *own)
{
    const cvh_gaussian none = {.peak = 0}, *g = own ? own : &none;
    double ksize = fmin(first_of(g->ksize_x, c->gaussian.ksize_x),
                        first_of(first_of(g->ksize_y, c->gaussian.ksize_y), first_of(g->ksize_x, c->gaussian.ksize_x)));
    bool on_pixel = c->snap != CVH_SNAP_NONE && c->centre != CVH_CENTRE_SUBPIXEL;
    return on_pixel && c->window != CVH_WINDOW_SIX_SIGMA && first_of(g->sigma_x, c->gaussian.sigma_x) == 0 && ksize <= 9;
}

static cvh_status check_formula(const cvh_keypoint *points, size_t count, const cvh_convention *c)
{
    if (c->border != CVH_BORDER_METHOD)
        return cvh_fail(CVH_ERR_ARGUMENT,
                        "convention: border is set (%s); the closed form takes CVH_BORDER_METHOD alone, and "
                        "cvh_blur draws the others",
                        cvh_border_text((int)c->border));
    if (c->norm == CVH_NORM_KERNEL)
        return cvh_fail(CVH_ERR_ARGUMENT,
                        "convention: norm is CVH_NORM_KERNEL, OpenCV's taps; the closed form takes the others, "
                        "and cvh_blur draws these");
    for (size_t i = 0; i < count; i++)
        if (takes_tables(c, points[i].gaussian))
            return cvh_fail(CVH_ERR_ARGUMENT,
                            "points[%zu]: sigma is 0 with a ksize of at most 9, which are OpenCV's tables; "
                            "sigma_x must be set for the closed form",
                            i);
    return CVH_OK;
}

cvh_status cvh_closed_form(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    cvh_maps view;
    cvh_points checked;
    if (cvh_maps_check("maps", maps, CVH_DEPTHS_DRAWN, &view) || cvh_rules_check(convention, CVH_METHOD_PATCH)
        || cvh_points_check(points, count, convention, CVH_METHOD_PATCH, &view, false, &checked)
        || check_formula(points, count, convention))
        return CVH_ERR_ARGUMENT;
    sheet s = {
        .rows = view.rows, .cols = view.cols, .largest = view.depth == CVH_32F ? (long double)FLT_MAX : (long double)DBL_MAX};
    /* At most 2^30 samples of 16 bytes: only a size_t of 32 bits overflows; calloc sees to that. */
    s.values = calloc((size_t)s.rows, (size_t)s.cols * sizeof *s.values);
    if (!s.values)
        return cvh_fail(CVH_ERR_MEMORY, "maps: one map of %dx%d in long double does not fit in memory", s.rows, s.cols);
    for (int map = 0; map < view.count; map++) draw_map(&s, &view, map, &checked, convention);
    free(s.values);
    return CVH_OK;
}
