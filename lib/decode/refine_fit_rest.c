/* SPDX-License-Identifier: Apache-2.0
 * What a fit leaves over. White noise leaves neighbours that have nothing to do with one another: the mean product of
 * neighbours, in units of the mean square, is 0 then, with a variance of 1/n on each axis (Bartlett's formula for the first
 * correlation of a white series). A shape that is no Gaussian, a neighbour's flank, a background leave neighbours alike. */
#include "decode/refine_fit_rest.h"

/* Row by row, each with a 0 before it. */
typedef double window_rests[CVH_FIT_SIDE][CVH_BLOCK_STRIDE + 2];

/* Of columns up to an even number. */
static void take_rows(const cvh_fit_window *window, window_rests rests)
{
    const cvh_fit_axis *x = &window->x, *y = &window->y;
    for (int j = 0; j < y->count; j++) {
        double factor = window->amplitude * y->weight[0][j];
        rests[j][0] = 0;
        for (int i = 0; i < x->count; i += 2)
            for (int l = i; l < i + 2; l++) rests[j][l + 1] = window->samples[j][l] - factor * x->weight[0][l];
    }
}

/* Returns how many of the exceptions do not count. */
static int take_exceptions(const cvh_fit_window *window, window_rests rests)
{
    int satisfied = 0;
    for (int e = 0; e < window->exception_count; e++) {
        const cvh_fit_exception *at = &window->exceptions[e];
        double *rest = &rests[at->row][at->col + 1];
        bool says_nothing = cvh_fit_satisfied(window, at);
        *rest = says_nothing ? 0 : *rest + window->ceiling;
        satisfied += says_nothing;
    }
    return satisfied;
}

/* Sums down two columns, which stay in registers: of the squares, and of the products with the neighbours. */
static void sum_columns(window_rests rests, int i, int rows, double across, double down, double *square, double *product)
{
    double s0 = 0, s1 = 0, p0 = 0, p1 = 0, above0 = 0, above1 = 0;
    for (int j = 0; j < rows; j++) {
        const double *left = &rests[j][i], *here = left + 1;
        double h0 = here[0], h1 = here[1];
        s0 += h0 * h0, s1 += h1 * h1;
        p0 += h0 * (across * left[0] + down * above0), p1 += h1 * (across * left[1] + down * above1);
        above0 = h0, above1 = h1;
    }
    square[i] = s0, square[i + 1] = s1;
    product[i] = p0, product[i + 1] = p1;
}

cvh_fit_rest cvh_fit_rest_of(const cvh_fit_window *window)
{
    const cvh_fit_axis *x = &window->x, *y = &window->y;
    window_rests rests;
    take_rows(window, rests);
    cvh_fit_rest rest = {.amplitude = window->amplitude, .count = x->count * y->count - take_exceptions(window, rests)};
    double across = x->count > 1 ? 1.0 / ((x->count - 1) * y->count) : 0;
    double down = y->count > 1 ? 1.0 / ((y->count - 1) * x->count) : 0;
    double square[CVH_BLOCK_STRIDE], product[CVH_BLOCK_STRIDE], products = 0;
    for (int i = 0; i < x->count; i += 2) sum_columns(rests, i, y->count, across, down, square, product);
    for (int i = 0; i < x->count; i++) {
        rest.squares += square[i];
        products += product[i];
    }
    if (rest.squares > 0) rest.likeness = 0.5 * products * rest.count / rest.squares * sqrt(2.0 * rest.count);
    return rest;
}
