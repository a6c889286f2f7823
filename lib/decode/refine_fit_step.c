/* SPDX-License-Identifier: Apache-2.0
 * The Gaussian A exp(-(x-a)^2 / 2 sx^2 - (y-b)^2 / 2 sy^2) that fits samples best in the sense of least squares.
 *
 * The model is g = gx(x) gy(y). With u = (x-a)/sx, its derivatives by a and by log sx are g u / sx and g u^2, and every sum
 * over the window of g^2 times powers of u and v is a product of two sums along the axes. Eliminating A therefore leaves two
 * systems of two unknowns, one an axis, in which the weighted covariance of (u, u^2) meets what the samples see beyond the
 * model:
 *
 *     | <u u> - <u><u>      <u u^2> - <u><u^2>     |  | da / sx   |     | {u}   - <u>   |
 *     | <u u^2> - <u><u^2>  <u^2 u^2> - <u^2><u^2> |  | d log sx  |  =  | {u^2} - <u^2> |
 *
 * with <p> = sum g^2 p / sum g^2 over the axis and {p} = sum f g p / sum f g over the window's samples f. That is a
 * Gauss-Newton step, and independent of the amplitude. One width for both axes couples the two systems by a single unknown. */
#include "decode/refine_fit_step.h"

#include "gaussian/kernel.h"

static const double NARROWEST = 0.25;    /* width in pixels: one pixel, or a plateau of two, has no width of its own */
static const double LONGEST_STEP = 1;    /* pixels */
static const double LARGEST_RATIO = 0.5; /* of a width's change to the width */
static const double FARTHEST = 4;        /* pixels from the peak's: lost */
static const double STEADY_RATIO = 0.02; /* the widths matter only as far as they move the centre */

/* A step this short is followed by one that is shorter by a factor of 10 or more; with holes in the window, which the steps
 * close slowly, by one that may be nearly as long. */
static const double CLOSE_ENOUGH = 1e-4, CLOSE_ENOUGH_WITH_HOLES = 1e-6; /* pixels */
enum { MOST_STEPS = 20, MOST_STEPS_WITH_HOLES = 100 };

/* NaN where the divisor is 0: a width so small that one sample alone has weight. The fit then ends. */
static double quotient(double dividend, double divisor)
{
    return divisor != 0 ? dividend / divisor : NAN;
}

/* g at neighbouring pixels differs by a factor that itself changes by a constant factor, so that two exponentials serve the
 * whole axis; g is 1 at the pixel nearest to the centre, as its scale does not matter. */
static void profile(cvh_fit_axis *axis)
{
    double *g = axis->weight[0], inverse = 1 / axis->sigma, half = 0.5 * inverse * inverse;
    int nearest = (int)floor(axis->centre + 0.5) - axis->first;
    nearest = nearest < 0 ? 0 : nearest >= axis->count ? axis->count - 1 : nearest;
    double distance = axis->first + nearest - axis->centre;
    double change = cvh_exp(-2 * half), up = cvh_exp(-(2 * distance + 1) * half), down = change / up;
    g[nearest] = 1;
    for (int i = nearest + 1; i < axis->count; i++) {
        g[i] = g[i - 1] * up;
        up *= change;
    }
    for (int i = nearest - 1; i >= 0; i--) {
        g[i] = g[i + 1] * down;
        down *= change;
    }
    for (int i = 0; i < axis->count; i++) {
        double u = (axis->first + i - axis->centre) * inverse;
        axis->weight[1][i] = g[i] * u;
        axis->weight[2][i] = g[i] * u * u;
    }
    for (int i = axis->count; i < axis->padded; i++) axis->weight[0][i] = 0;
}

static void take_means(cvh_fit_axis *axis)
{
    const double *g = axis->weight[0], *gu = axis->weight[1], *guu = axis->weight[2];
    double sum[5] = {0, 0, 0, 0, 0};
    for (int i = 0; i < axis->count; i++) {
        sum[0] += g[i] * g[i];
        sum[1] += g[i] * gu[i];
        sum[2] += gu[i] * gu[i];
        sum[3] += gu[i] * guu[i];
        sum[4] += guu[i] * guu[i];
    }
    for (int k = 4; k >= 0; k--) axis->mean[k] = k ? sum[k] / sum[0] : sum[0];
}

static double product(const double *a, const double *b, int count)
{
    double sum = 0;
    /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): take_samples sets padded, at least count, of them */
    for (int i = 0; i < count; i++) sum += a[i] * b[i];
    return sum;
}

/* Sums the samples times g, g u, g u^2, g v and g v^2: downwards, which runs along rows, then across. */
static void take_samples(cvh_fit_window *window)
{
    cvh_fit_axis *x = &window->x, *y = &window->y;
    double down[3][CVH_BLOCK_STRIDE];
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < x->padded; i++) down[k][i] = 0;
    for (int j = 0; j < y->count; j++) {
        const double *row = window->samples[j], g = y->weight[0][j], gv = y->weight[1][j], gvv = y->weight[2][j];
        for (int i = 0; i < x->padded; i++) {
            down[0][i] += g * row[i];
            down[1][i] += gv * row[i];
            down[2][i] += gvv * row[i];
        }
    }
    for (int k = 0; k < 3; k++) {
        x->seen[k] = product(down[0], x->weight[k], x->count);
        y->seen[k] = product(down[k], x->weight[0], x->count);
    }
}

/* A sample that is missing is taken to be what the model says, which leaves it out of the fit. */
static void fill_holes(cvh_fit_window *window)
{
    cvh_fit_axis *x = &window->x, *y = &window->y;
    double sum[5] = {0, 0, 0, 0, 0};
    for (int h = 0; h < window->hole_count; h++) {
        int i = window->holes[h].col, j = window->holes[h].row;
        double gx = x->weight[0][i], gy = y->weight[0][j];
        sum[0] += gx * gx * gy * gy;
        sum[1] += gx * x->weight[1][i] * gy * gy;
        sum[2] += gx * x->weight[2][i] * gy * gy;
        sum[3] += gy * y->weight[1][j] * gx * gx;
        sum[4] += gy * y->weight[2][j] * gx * gx;
    }
    double amplitude = quotient(x->seen[0], x->mean[0] * y->mean[0] - sum[0]);
    for (int k = 0; k < 3; k++) {
        x->seen[k] += amplitude * sum[k];
        y->seen[k] += amplitude * sum[k ? k + 2 : 0];
    }
}

/* One axis's part of a step, with the centre eliminated from the width's equation. */
typedef struct fit_system {
    double c11, c12, r1; /* c11 * da/s + c12 * dlog s = r1 */
    double c22, r2;      /* c22 * dlog s = r2 */
} fit_system;

static fit_system axis_system(const cvh_fit_axis *axis)
{
    const double *m = axis->mean;
    fit_system s = {.c11 = m[2] - m[1] * m[1], .c12 = m[3] - m[1] * m[2], .r1 = axis->seen[1] / axis->seen[0] - m[1]};
    double slope = quotient(s.c12, s.c11);
    s.c22 = m[4] - m[2] * m[2] - slope * s.c12;
    s.r2 = axis->seen[2] / axis->seen[0] - m[2] - slope * s.r1;
    return s;
}

static double within(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

/* How long a step was: the centre's in pixels, the width's as a part of the width. */
typedef struct fit_change {
    double centre, ratio;
} fit_change;

/* Moves an axis by its solution, each unknown within its bounds. */
static fit_change move(cvh_fit_axis *axis, const fit_system *system, double ratio)
{
    if (!cvh_fitted(axis)) return (fit_change){0, 0};
    ratio = within(ratio, -LARGEST_RATIO, LARGEST_RATIO);
    double centre = quotient(system->r1 - system->c12 * ratio, system->c11) * axis->sigma;
    centre = within(centre, -LONGEST_STEP, LONGEST_STEP);
    double sigma = within(axis->sigma + axis->sigma * ratio, NARROWEST, axis->widest);
    fit_change change = {fabs(centre), fabs(sigma - axis->sigma) / axis->sigma};
    axis->centre += centre;
    axis->sigma = sigma;
    return change;
}

static fit_change step(cvh_fit_window *window, bool tied)
{
    cvh_fit_axis *x = &window->x, *y = &window->y;
    profile(x);
    profile(y);
    take_means(x);
    take_means(y);
    take_samples(window);
    if (window->hole_count) fill_holes(window);
    if (!(x->seen[0] > 0)) return (fit_change){NAN, NAN};
    window->amplitude = x->seen[0] / (x->mean[0] * y->mean[0]);
    fit_system of_x = axis_system(x), of_y = axis_system(y);
    double ratio_x = quotient(of_x.r2, of_x.c22), ratio_y = quotient(of_y.r2, of_y.c22);
    if (tied && cvh_fitted(x) && cvh_fitted(y)) ratio_x = ratio_y = quotient(of_x.r2 + of_y.r2, of_x.c22 + of_y.c22);
    fit_change change_x = move(x, &of_x, ratio_x), change_y = move(y, &of_y, ratio_y);
    return (fit_change){change_x.centre + change_y.centre, change_x.ratio + change_y.ratio};
}

static bool within_bounds(const cvh_fit_axis *axis)
{
    return !cvh_fitted(axis) || axis->sigma < axis->widest;
}

bool cvh_fit(cvh_fit_window *window, bool tied)
{
    const double close = window->hole_count ? CLOSE_ENOUGH_WITH_HOLES : CLOSE_ENOUGH;
    const int most = window->hole_count ? MOST_STEPS_WITH_HOLES : MOST_STEPS;
    for (int i = 0; i < most; i++) {
        fit_change change = step(window, tied);
        if (!(fabs(window->x.centre) <= FARTHEST && fabs(window->y.centre) <= FARTHEST)) return false;
        if (isnan(change.centre)) return false; /* as it is wherever change.ratio is */
        if (change.centre < close && change.ratio < STEADY_RATIO) break;
    }
    return within_bounds(&window->x) && within_bounds(&window->y);
}
