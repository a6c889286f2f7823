/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/place.h"

#include <limits.h>

static double clamped(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

/* One axis before clipping: the map coordinate, the pixel next to the window's centre, and the window [first, end). */
typedef struct window_on_axis {
    double u;
    int pixel, first, end;
} window_on_axis;

/* Without a snap the window is [trunc(u - r), trunc(u + r + 1)). */
static inline window_on_axis window_of(const cvh_placer *placer, const cvh_axis_placer *axis, double u)
{
    window_on_axis at = {.u = u};
    at.pixel = cvh_snapped(placer, axis, at.u);
    at.first = at.pixel - axis->radius;
    at.end = at.pixel + axis->radius + 1;
    double r = (axis->ksize - 1) / 2;
    if (isinf(r)) {
        at.first = (int)-CVH_FAR;
        at.end = (int)CVH_FAR;
    } else if (placer->convention->snap == CVH_SNAP_NONE) {
        at.first = (int)clamped(at.u - r, -CVH_FAR, CVH_FAR);
        at.end = (int)clamped(at.u + r + 1, -CVH_FAR, CVH_FAR);
    }
    return at;
}

static bool on_map(const window_on_axis *at, int size)
{
    return at->pixel >= 0 && at->pixel < size;
}

/* The field's tests, R = 3 sigma (HRNet JointsDataset.generate_target, mmpose gaussian_heatmap.py, DarkPose). */
static inline bool dropped(cvh_drop drop, const window_on_axis *at, const cvh_axis_placer *axis)
{
    double R = 3 * axis->sigma;
    int size = axis->size;
    switch (drop) {
    case CVH_DROP_CENTRE: return !on_map(at, size);
    case CVH_DROP_WINDOW: return at->first >= size || at->end < 0;
    case CVH_DROP_THREE_SIGMA: return at->u - R >= size || at->u + R + 1 < 0;
    /* trunc() of both sides: what is cut off, and trunc(v) < 0 only from v = -1 on */
    case CVH_DROP_THREE_SIGMA_TRUNC: return at->u - R >= size || at->u + R + 1 <= -1;
    case CVH_DROP_NONE: break;
    }
    return false;
}

/* Snapped, a finite window is centred on its pixel: CVH_CENTRE_WINDOW makes no difference. */
static double centre_of(const cvh_placer *placer, const window_on_axis *at, double ksize)
{
    const cvh_convention *convention = placer->convention;
    bool snaps = convention->snap != CVH_SNAP_NONE;
    if (!snaps && convention->centre == CVH_CENTRE_WINDOW && !isinf(ksize)) return at->first + floor(ksize / 2);
    return snaps && !placer->subpixel ? at->pixel : at->u;
}

static cvh_span clipped(double centre, const window_on_axis *at, int size)
{
    cvh_span span = {.centre = centre, .pixel = at->pixel};
    span.lo = at->first < 0 ? 0 : at->first > size ? size : at->first;
    span.hi = at->end < span.lo ? span.lo : at->end > size ? size : at->end;
    return span;
}

/* Narrows the window to where max_exponent leaves something to draw: |d| <= sigma sqrt(2 max_exponent). */
static void narrow(double max_exponent, double centre, double sigma, window_on_axis *at)
{
    if (!(max_exponent > 0)) return;
    double reach = sigma * sqrt(2 * max_exponent) + 1;
    at->first = (int)clamped(floor(centre - reach), at->first, CVH_FAR);
    at->end = (int)clamped(ceil(centre + reach) + 1, -CVH_FAR, at->end);
}

/* False where the keypoint is dropped. What the steps of any window give, where it is all of the map. */
static inline bool place_everywhere(const cvh_placer *placer, const cvh_axis_placer *axis, double u, cvh_span *span)
{
    const window_on_axis at = {u, cvh_snapped(placer, axis, u), (int)-CVH_FAR, (int)CVH_FAR};
    span->centre = placer->subpixel || placer->convention->snap == CVH_SNAP_NONE ? u : at.pixel;
    span->pixel = at.pixel;
    span->lo = 0;
    span->hi = axis->size;
    return !dropped(placer->convention->drop, &at, axis);
}

cvh_fate cvh_place_freely(const cvh_placer *placer, const cvh_keypoint *point, cvh_placement *placement)
{
    if (isnan(point->x) || isnan(point->y)) return CVH_FATE_ABSENT;
    const cvh_convention *convention = placer->convention;
    cvh_position at = cvh_frame_to_map(&placer->frame, point->x, point->y);
    if (placer->everywhere) {
        bool kept = place_everywhere(placer, &placer->x, at.x, &placement->x);
        return kept && place_everywhere(placer, &placer->y, at.y, &placement->y) ? CVH_FATE_DRAWN : CVH_FATE_DROPPED;
    }
    window_on_axis x = window_of(placer, &placer->x, at.x), y = window_of(placer, &placer->y, at.y);
    if (dropped(convention->drop, &x, &placer->x) || dropped(convention->drop, &y, &placer->y)) return CVH_FATE_DROPPED;
    double centre_x = centre_of(placer, &x, placer->x.ksize), centre_y = centre_of(placer, &y, placer->y.ksize);
    narrow(convention->max_exponent, centre_x, placer->x.sigma, &x);
    narrow(convention->max_exponent, centre_y, placer->y.sigma, &y);
    placement->x = clipped(centre_x, &x, placer->x.size);
    placement->y = clipped(centre_y, &y, placer->y.size);
    bool has_pixel = on_map(&x, placer->x.size) && on_map(&y, placer->y.size);
    if (placer->needs_pixel && !has_pixel) return CVH_FATE_EMPTY;
    bool empty = placement->x.lo >= placement->x.hi || placement->y.lo >= placement->y.hi;
    return empty ? CVH_FATE_EMPTY : CVH_FATE_DRAWN;
}

/* The pixels that CVH_DROP_CENTRE and CVH_DROP_WINDOW keep, as dropped() has it. */
static void take_kept(cvh_drop drop, cvh_axis_placer *axis)
{
    int reach = drop == CVH_DROP_CENTRE ? 0 : drop == CVH_DROP_WINDOW ? axis->radius : INT_MAX / 2;
    axis->least = drop == CVH_DROP_WINDOW ? -reach - 1 : -reach;
    axis->most = axis->size + reach;
}

/* An integer's neighbour on the side of 0: what nextafter gives, which is a call, once a keypoint with a Gaussian of its own.
 */
static double towards_0(double whole)
{
    return whole * (1 - 0x1p-53);
}

/* A window meets the map if its pixel is one of -radius..size + radius - 1. If fractions are cut off towards 0, the first of
 * these has everything above the pixel before it. */
static void take_range(cvh_axis_placer *axis, bool floors)
{
    int least = axis->least > -axis->radius ? axis->least : -axis->radius, end = axis->size + axis->radius;
    axis->low = floors ? least : towards_0(least - 1);
    axis->high = axis->most < end ? axis->most : end;
}

static void start_axis(cvh_axis_placer *axis, const cvh_convention *convention, const cvh_axis_shape *shape, int size,
                       bool floors)
{
    cvh_snap snap = convention->snap;
    axis->bias = snap == CVH_SNAP_TRUNC || snap == CVH_SNAP_FLOOR ? 0 : 0.5;
    axis->radius = isinf(shape->ksize) ? 0 : ((int)shape->ksize - 1) / 2;
    axis->size = size;
    axis->ksize = shape->ksize;
    axis->sigma = shape->sigma;
    take_kept(convention->drop, axis);
    take_range(axis, floors);
}

void cvh_placer_start(cvh_placer *placer, const cvh_convention *convention, const cvh_shape *shape, const cvh_maps *view)
{
    cvh_snap snap = convention->snap;
    bool whole = isinf(shape->x.ksize) || isinf(shape->y.ksize), cut = convention->max_exponent > 0;
    placer->convention = convention;
    placer->needs_pixel = convention->border != CVH_BORDER_METHOD || convention->norm == CVH_NORM_CENTRE;
    placer->direct =
        snap != CVH_SNAP_NONE && !whole && !cut && !placer->needs_pixel && (int)convention->drop <= CVH_DROP_WINDOW;
    placer->everywhere = isinf(shape->x.ksize) && isinf(shape->y.ksize) && !cut && !placer->needs_pixel;
    placer->floors = snap != CVH_SNAP_HALF_UP && snap != CVH_SNAP_TRUNC;
    placer->subpixel = convention->centre == CVH_CENTRE_SUBPIXEL;
    placer->frame = cvh_frame_of(convention);
    start_axis(&placer->x, convention, &shape->x, view->cols, placer->floors);
    start_axis(&placer->y, convention, &shape->y, view->rows, placer->floors);
}
