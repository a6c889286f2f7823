/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/painter.h"

#include <limits.h>
#include <string.h>

extern const cvh_painter_loops cvh_painter_32f, cvh_painter_64f;

const cvh_painter_loops *cvh_painter_loops_of(cvh_depth depth)
{
    static const cvh_painter_loops *const loops[CVH_DEPTH_NUMBERS] = {
        [CVH_32F] = &cvh_painter_32f, [CVH_64F] = &cvh_painter_64f};
    return loops[depth];
}

/* ------------------------------------------------------------------------------------------------------------- windows */

static int radius_of(const cvh_painter *painter, const cvh_axis_shape *shape, int length)
{
    if (cvh_takes_one_tap(painter->convention->border, length)) return 0;
    return isinf(shape->ksize) ? INT_MAX : (int)(shape->ksize / 2);
}

bool cvh_painter_folds(const cvh_painter *painter, const cvh_shape *shape, const cvh_placement *placement)
{
    const cvh_line row = cvh_row_of(painter, placement), column = cvh_column_of(painter, placement);
    return cvh_line_folds(&row, radius_of(painter, &shape->x, row.length))
           || cvh_line_folds(&column, radius_of(painter, &shape->y, column.length));
}

/* dx^2 / 2 sx^2 + dy^2 / 2 sy^2 */
static bool beyond(const cvh_painter *painter, const cvh_placement *placement, int x, double exponent_y)
{
    double dx = x - placement->x.centre, sigma = painter->shape.x.sigma;
    return dx * dx / (2 * sigma * sigma) + exponent_y > painter->convention->max_exponent;
}

cvh_span cvh_drawn_columns(const cvh_painter *painter, const cvh_placement *placement, int y)
{
    cvh_span drawn = placement->x;
    if (!(painter->convention->max_exponent > 0)) return drawn;
    double dy = y - placement->y.centre, sigma = painter->shape.y.sigma;
    double exponent_y = dy * dy / (2 * sigma * sigma);
    while (drawn.lo < drawn.hi && beyond(painter, placement, drawn.lo, exponent_y)) drawn.lo++;
    while (drawn.lo < drawn.hi && beyond(painter, placement, drawn.hi - 1, exponent_y)) drawn.hi--;
    return drawn;
}

/* ------------------------------------------------------------------------------------------------------------ painter */

int cvh_painter_width(const cvh_shape *shape, const cvh_maps *view)
{
    return shape->x.ksize < view->cols ? (int)shape->x.ksize + 1 : view->cols;
}

void cvh_painter_start(cvh_painter *painter, const cvh_maps *view, const cvh_convention *convention)
{
    painter->view = view;
    painter->convention = convention;
    painter->overlap = convention->overlap;
    painter->sums = CVH_SUMS_PLAIN;
    painter->one_peak = true;
    painter->shape = (cvh_shape){.peak = 0};
    painter->values = &painter->stack_values;
    painter->row = &painter->stack_row;
    painter->lines[0].radius = painter->lines[1].radius = -1;
}

static bool sits_on_grid(const cvh_convention *convention, const cvh_axis_shape *shape)
{
    return cvh_ksize_is_odd(shape->ksize) && convention->snap != CVH_SNAP_NONE && convention->centre != CVH_CENTRE_SUBPIXEL;
}

void cvh_painter_share(cvh_painter *painter, const cvh_shape *shape)
{
    if (painter->view->depth != CVH_32F) return;
    if (!sits_on_grid(painter->convention, &shape->x)) cvh_subpixel_line_start(&painter->lines[0], shape->x.sigma);
    if (!sits_on_grid(painter->convention, &shape->y) && shape->y.sigma != shape->x.sigma)
        cvh_subpixel_line_start(&painter->lines[1], shape->y.sigma);
}

static const cvh_subpixel_line *line_of(const cvh_painter *painter, double sigma)
{
    for (int i = 0; i < 2; i++)
        if (painter->lines[i].radius >= 0 && painter->lines[i].sigma == sigma) return &painter->lines[i];
    return NULL;
}

static void prepare_axis(const cvh_painter *painter, cvh_painter_axis *axis, const cvh_axis_shape *shape, int length)
{
    const cvh_convention *convention = painter->convention;
    axis->c = -0.125 / (shape->sigma * shape->sigma);
    axis->on_grid = sits_on_grid(convention, shape);
    axis->line = axis->on_grid ? NULL : line_of(painter, shape->sigma);
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
    cvh_painter_loops_of(painter->view->depth)->cache_taps(axis, half, factor);
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
    bool unit = norm == CVH_NORM_SUM || norm == CVH_NORM_CENTRE || (norm == CVH_NORM_MAX && painter->one_peak);
    painter->shape = *shape;
    painter->lit = unit ? 1 : shape->peak;
    bool alike = axes_alike(painter);
    painter->y = alike ? &painter->x : &painter->own_y;
    prepare_axis(painter, &painter->x, &shape->x, painter->view->cols);
    if (!alike) prepare_axis(painter, &painter->own_y, &shape->y, painter->view->rows);

    bool kernels = painter->x.on_grid && painter->y->on_grid && !cut;
    painter->opencv_taps = norm == CVH_NORM_KERNEL || (rescaled && kernels);
    bool plain = !cvh_border_reflects(convention->border) && !cut && norm != CVH_NORM_SUM;
    painter->product = painter->x.cached && painter->y->cached && plain;
    painter->lined = painter->x.line && painter->y->line && plain && painter->view->rows <= CVH_STACK_WIDTH;
    cache_taps(painter, &painter->x, painter->lit);
    if (!alike) cache_taps(painter, &painter->own_y, 1);
}

void cvh_painter_paint(cvh_painter *painter, int map, const cvh_placement *placement)
{
    cvh_painter_loops_of(painter->view->depth)->paint(painter, map, placement);
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
    bool cut = painter->convention->max_exponent > 0;
    if (!cut && x->hi - x->lo <= CVH_STACK_WIDTH && y->hi - y->lo <= CVH_STACK_WIDTH) {
        cvh_painter_loops_of(painter->view->depth)->wipe(painter, map, placement);
        return;
    }
    for (int row = y->lo; row < y->hi; row++) {
        cvh_span drawn = cvh_drawn_columns(painter, placement, row);
        wipe_row(painter, map, row, &drawn);
    }
}
