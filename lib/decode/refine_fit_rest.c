/* SPDX-License-Identifier: Apache-2.0
 * What a fit leaves over. White noise leaves neighbours that have nothing to do with one another: the mean product of
 * neighbours, in units of the mean square, is 0 then, with a variance of 1/n on each axis (Bartlett's formula for the first
 * correlation of a white series). A shape that is no Gaussian, a neighbour's flank, a background leave neighbours alike. */
#include "decode/refine_fit_rest.h"

static void take_row(const double *restrict samples, double of_a, const double *restrict a, double of_g,
                     const double *restrict g, int count, double *restrict rests)
{
    for (int i = 0; i < count; i++) rests[i] = samples[i] - (of_a * a[i] + of_g * g[i]);
}

/* The linear model is gy(j) a(i) + b(j) gx(i). Of columns up to an even number. */
static void take_rows(cvh_fit_window *window)
{
    const cvh_fit_axis *x = &window->x, *y = &window->y;
    const double *g = x->weight[0], *gu = x->weight[1], *guu = x->weight[2];
    const cvh_fit_solution *s = &window->solution;
    double a[CVH_BLOCK_STRIDE];
    int even = (x->count + 1) & ~1;
    for (int i = 0; i < even; i++) a[i] = s->height * g[i] + s->centre_x * gu[i] + s->width_x * guu[i];
    for (int j = 0; j < y->count; j++) {
        double b = s->centre_y * y->weight[1][j] + s->width_y * y->weight[2][j], *rests = window->rests[j];
        rests[0] = 0;
        take_row(window->samples[j], window->amplitude * y->weight[0][j], a, window->amplitude * b, g, even, rests + 1);
    }
}

/* Returns how many of the exceptions do not count. */
static int take_exceptions(cvh_fit_window *window)
{
    int satisfied = 0;
    for (int e = 0; e < window->exception_count; e++) {
        const cvh_fit_exception *at = &window->exceptions[e];
        double *rest = &window->rests[at->row][at->col + 1];
        bool says_nothing = cvh_fit_satisfied(window, at);
        *rest = says_nothing ? 0 : *rest + window->ceiling;
        satisfied += says_nothing;
    }
    return satisfied;
}

/* Sums down two columns, which stay in registers: of the squares, and of the products with the neighbours. */
static void sum_columns(const cvh_fit_window *window, int i, double across, double down, double *square, double *product)
{
    double s0 = 0, s1 = 0, p0 = 0, p1 = 0, above0 = 0, above1 = 0;
    for (int j = 0; j < window->y.count; j++) {
        const double *left = &window->rests[j][i], *here = left + 1;
        double h0 = here[0], h1 = here[1];
        s0 += h0 * h0, s1 += h1 * h1;
        p0 += h0 * (across * left[0] + down * above0), p1 += h1 * (across * left[1] + down * above1);
        above0 = h0, above1 = h1;
    }
    square[i] = s0, square[i + 1] = s1;
    product[i] = p0, product[i + 1] = p1;
}

cvh_fit_rest cvh_fit_rest_of(cvh_fit_window *window)
{
    const cvh_fit_axis *x = &window->x, *y = &window->y;
    take_rows(window);
    cvh_fit_rest rest = {.amplitude = window->amplitude, .count = x->count * y->count - take_exceptions(window)};
    double across = x->count > 1 ? 1.0 / ((x->count - 1) * y->count) : 0;
    double down = y->count > 1 ? 1.0 / ((y->count - 1) * x->count) : 0;
    double square[CVH_BLOCK_STRIDE], product[CVH_BLOCK_STRIDE], products = 0;
    for (int i = 0; i < x->count; i += 2) sum_columns(window, i, across, down, square, product);
    for (int i = 0; i < x->count; i++) {
        rest.squares += square[i];
        products += product[i];
    }
    if (rest.squares > 0) rest.likeness = 0.5 * products * rest.count / rest.squares * sqrt(2.0 * rest.count);
    return rest;
}
