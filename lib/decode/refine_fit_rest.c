/* SPDX-License-Identifier: Apache-2.0
 * What a fit leaves over. White noise leaves neighbours that have nothing to do with one another: the mean product of
 * neighbours, in units of the mean square, is 0 then, with a variance of 1/n on each axis (Bartlett's formula for the first
 * correlation of a white series). A shape that is no Gaussian, a neighbour's flank, a background leave neighbours alike. */
#include "decode/refine_fit_rest.h"

/* A row's rests, with a 0 before them. Exceptions are walked through in raster order. */
static void take_row(const cvh_fit_window *window, int j, int *exception, double *rests, int *count)
{
    const cvh_fit_axis *x = &window->x, *y = &window->y;
    double factor = window->amplitude * y->weight[0][j];
    for (int i = 0; i < x->padded; i += 4)
        for (int l = i; l < i + 4; l++) rests[l + 1] = window->samples[j][l] - factor * x->weight[0][l];
    for (; *exception < window->exception_count && window->exceptions[*exception].row == j; ++*exception) {
        const cvh_fit_exception *at = &window->exceptions[*exception];
        bool satisfied = cvh_fit_satisfied(window, at);
        rests[at->col + 1] = satisfied ? 0 : rests[at->col + 1] + window->ceiling;
        *count -= satisfied;
    }
}

/* Column by column, four at a time, which makes vector code. */
cvh_fit_rest cvh_fit_rest_of(const cvh_fit_window *window)
{
    const cvh_fit_axis *x = &window->x, *y = &window->y;
    double square[CVH_BLOCK_STRIDE], product[CVH_BLOCK_STRIDE], rows[2][CVH_BLOCK_STRIDE + 1];
    cvh_fit_rest rest = {.amplitude = window->amplitude, .count = x->count * y->count};
    int exception = 0;
    for (int i = 0; i < x->padded; i += 4)
        for (int l = i; l < i + 4; l++) square[l] = product[l] = rows[0][l + 1] = rows[1][l + 1] = 0;
    rows[0][0] = rows[1][0] = 0;
    double across = x->count > 1 ? 1.0 / ((x->count - 1) * y->count) : 0;
    double down = y->count > 1 ? 1.0 / ((y->count - 1) * x->count) : 0;
    for (int j = 0; j < y->count; j++) {
        double *here = rows[j & 1], *above = rows[(j & 1) ^ 1];
        take_row(window, j, &exception, here, &rest.count);
        for (int i = 0; i < x->padded; i += 4) {
            for (int l = i; l < i + 4; l++) square[l] += here[l + 1] * here[l + 1];
            for (int l = i; l < i + 4; l++) product[l] += here[l + 1] * (across * here[l] + down * above[l + 1]);
        }
    }
    double products = 0;
    for (int i = 0; i < x->count; i++) {
        rest.squares += square[i];
        products += product[i];
    }
    if (rest.squares > 0) rest.likeness = 0.5 * products * rest.count / rest.squares * sqrt(2.0 * rest.count);
    return rest;
}
