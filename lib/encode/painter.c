/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/painter.h"

#include <string.h>

#include "base/border.h"
#include "base/maps.h"

/* ------------------------------------------------------------------------------------------------ what has no depth */

static bool reflects(cvh_border border)
{
    return border > CVH_BORDER_CONSTANT;
}

/* The radius of the window. cv::GaussianBlur takes 1 tap along an axis of length 1, unless what lies beyond it is 0. */
static int radius_of(const cvh_painter *painter, const cvh_axis_shape *shape, int length)
{
    if (length == 1 && reflects(painter->convention->border)) return 0;
    return isinf(shape->ksize) ? INT_MAX : (int)(shape->ksize / 2);
}

/* True where a window of the span sees more than one copy of the keypoint. */
static bool axis_folds(const cvh_painter *painter, int radius, int length, const cvh_span *span)
{
    cvh_border border = painter->convention->border;
    if (!reflects(border)) return false;
    return cvh_copy_from(border, length, span->pixel, span->pixel + 1) < span->hi + radius
           || cvh_copy_to(border, length, span->pixel, span->pixel - 1) >= span->lo - radius;
}

bool cvh_painter_folds(const cvh_painter *painter, const cvh_shape *shape, const cvh_placement *placement)
{
    int rows = painter->view->rows, cols = painter->view->cols;
    return axis_folds(painter, radius_of(painter, &shape->x, cols), cols, &placement->x)
           || axis_folds(painter, radius_of(painter, &shape->y, rows), rows, &placement->y);
}

/* The copies met going outwards from a row: the next at or above it, and the next below. */
typedef struct copy_walk {
    int above, below;
} copy_walk;

static copy_walk walk_from(const cvh_painter *painter, int pixel, int y)
{
    cvh_border border = painter->convention->border;
    int length = painter->view->rows;
    return (copy_walk){cvh_copy_from(border, length, pixel, y), cvh_copy_to(border, length, pixel, y - 1)};
}

/* dx^2 / 2 sx^2 + dy^2 / 2 sy^2 */
static bool beyond(const cvh_painter *painter, const cvh_placement *placement, int x, double exponent_y)
{
    double dx = x - placement->x.centre, sigma = painter->shape.x.sigma;
    return dx * dx / (2 * sigma * sigma) + exponent_y > painter->convention->max_exponent;
}

/* The part of a row of the window where the exponent is within max_exponent: all of it where there is no limit. */
static cvh_span drawn_columns(const cvh_painter *painter, const cvh_placement *placement, int y)
{
    cvh_span drawn = placement->x;
    if (!(painter->convention->max_exponent > 0)) return drawn;
    double dy = y - placement->y.centre, sigma = painter->shape.y.sigma;
    double exponent_y = dy * dy / (2 * sigma * sigma);
    while (drawn.lo < drawn.hi && beyond(painter, placement, drawn.lo, exponent_y)) drawn.lo++;
    while (drawn.lo < drawn.hi && beyond(painter, placement, drawn.hi - 1, exponent_y)) drawn.hi--;
    return drawn;
}

/* ---------------------------------------------------------------------------------------------- the arithmetic, twice */

static const cvh_profile zeros;

#define SAMPLE float
#define FMA fmaf
#define NAME(x) x##_32f
#define PART f
#include "encode/block.inc"
#include "encode/painter_depth.inc"
#undef SAMPLE
#undef FMA
#undef NAME
#undef PART

#define SAMPLE double
#define FMA fma
#define NAME(x) x##_64f
#define PART d
#include "encode/block.inc"
#include "encode/painter_depth.inc"
#undef SAMPLE
#undef FMA
#undef NAME
#undef PART

/* ------------------------------------------------------------------------------------------------------------ painter */

int cvh_painter_width(const cvh_shape *shape, const cvh_maps *view)
{
    return shape->x.ksize < view->cols ? (int)shape->x.ksize + 1 : view->cols;
}

void cvh_painter_start(cvh_painter *painter, const cvh_maps *view, const cvh_convention *convention)
{
    painter->view = view;
    painter->convention = convention;
    painter->sums = CVH_SUMS_PLAIN;
    painter->shape = (cvh_shape){.peak = 0};
    painter->values = &painter->stack_values;
    painter->row = &painter->stack_row;
}

static void prepare_axis(const cvh_painter *painter, cvh_painter_axis *axis, const cvh_axis_shape *shape, int length)
{
    const cvh_convention *convention = painter->convention;
    axis->c = -0.125 / (shape->sigma * shape->sigma);
    axis->on_grid =
        cvh_ksize_is_odd(shape->ksize) && convention->snap != CVH_SNAP_NONE && convention->centre != CVH_CENTRE_SUBPIXEL;
    axis->radius = radius_of(painter, shape, length);
    axis->cached = axis->on_grid && axis->radius < CVH_STACK_WIDTH / 2;
    if (axis->cached)
        axis->kernel = cvh_kernel_without_m(2 * axis->radius + 1, shape->kernel_sigma);
    else if (axis->on_grid)
        axis->kernel = cvh_kernel_of(2 * axis->radius + 1, shape->kernel_sigma);
}

static void cache_taps(const cvh_painter *painter, cvh_painter_axis *axis, double factor)
{
    double half[CVH_STACK_WIDTH / 2];
    if (!axis->cached) return;
    cvh_kernel_half(&axis->kernel, !painter->opencv_taps, half);
    if (painter->view->depth == CVH_64F)
        cache_taps_64f(axis, half, factor);
    else
        cache_taps_32f(axis, half, (float)factor);
}

/* True where y's profile is x's: the same shape, and no lit value in x's taps. */
static bool axes_alike(const cvh_painter *painter)
{
    const cvh_maps *view = painter->view;
    const cvh_axis_shape *x = &painter->shape.x, *y = &painter->shape.y;
    bool same = x->sigma == y->sigma && x->kernel_sigma == y->kernel_sigma && x->ksize == y->ksize;
    return same && painter->lit == 1 && view->rows > 1 && view->cols > 1;
}

void cvh_painter_take(cvh_painter *painter, const cvh_shape *shape)
{
    if (cvh_shape_same(&painter->shape, shape)) return;
    const cvh_convention *convention = painter->convention;
    cvh_norm norm = convention->norm;
    bool rescaled = norm == CVH_NORM_MAX || norm == CVH_NORM_CENTRE, cut = convention->max_exponent > 0;
    painter->shape = *shape;
    painter->lit = rescaled || norm == CVH_NORM_SUM ? 1 : shape->peak;
    bool alike = axes_alike(painter);
    painter->y = alike ? &painter->x : &painter->own_y;
    prepare_axis(painter, &painter->x, &shape->x, painter->view->cols);
    if (!alike) prepare_axis(painter, &painter->own_y, &shape->y, painter->view->rows);

    bool kernels = painter->x.on_grid && painter->y->on_grid && !cut;
    painter->opencv_taps = norm == CVH_NORM_KERNEL || (rescaled && kernels);
    painter->plain = painter->x.cached && painter->y->cached && !reflects(convention->border) && !cut && norm != CVH_NORM_SUM;
    cache_taps(painter, &painter->x, painter->lit);
    if (!alike) cache_taps(painter, &painter->own_y, 1);
}

void cvh_painter_paint(cvh_painter *painter, int map, const cvh_placement *placement)
{
    if (painter->view->depth == CVH_32F)
        paint_32f(painter, map, placement);
    else
        paint_64f(painter, map, placement);
}

/* A row of what was painted. */
static void wipe_row(const cvh_painter *painter, int map, int y, const cvh_span *drawn)
{
    const cvh_maps *view = painter->view;
    size_t size = cvh_sample_size(view);
    if (view->col_step == size) {
        memset(cvh_sample_at(view, map, y, drawn->lo), 0, (size_t)(drawn->hi - drawn->lo) * size);
        return;
    }
    for (int x = drawn->lo; x < drawn->hi; x++) memset(cvh_sample_at(view, map, y, x), 0, size);
}

void cvh_painter_wipe(const cvh_painter *painter, int map, const cvh_placement *placement)
{
    const cvh_span *x = &placement->x, *y = &placement->y;
    bool cut = painter->convention->max_exponent > 0, wide = painter->view->depth == CVH_64F;
    if (!cut && x->hi - x->lo <= CVH_STACK_WIDTH && y->hi - y->lo <= CVH_STACK_WIDTH) {
        if (wide)
            wipe_64f(painter, map, placement);
        else
            wipe_32f(painter, map, placement);
        return;
    }
    for (int row = y->lo; row < y->hi; row++) {
        cvh_span drawn = drawn_columns(painter, placement, row);
        wipe_row(painter, map, row, &drawn);
    }
}

void cvh_rescale_maximum(const cvh_maps *view, int map, const cvh_box *box, double peak)
{
    if (view->depth == CVH_32F)
        rescale_32f(view, map, box, NULL, peak);
    else
        rescale_64f(view, map, box, NULL, peak);
}

void cvh_rescale_sample(const cvh_maps *view, int map, const cvh_box *box, int row, int col, double peak)
{
    if (view->depth == CVH_32F)
        rescale_32f(view, map, box, row_start_32f(view, map, row, col), peak);
    else
        rescale_64f(view, map, box, row_start_64f(view, map, row, col), peak);
}
