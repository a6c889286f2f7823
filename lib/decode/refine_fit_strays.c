/* SPDX-License-Identifier: Apache-2.0
 * Another peak covers a few samples of a window, of which a fit leaves far more over than of the others. No more than one in
 * twelve can stand out at a time, so that there are always enough others. */
#include "decode/refine_fit_strays.h"

#include <math.h>
#include <stdlib.h>

/* Standard deviations: of white noise one sample in 2,000 lies beyond them, which is one window in 26. */
static const double STANDS_OUT = 3.5;

typedef bool window_marks[CVH_FIT_SIDE][CVH_FIT_SIDE];

static void mark_exceptions(const cvh_fit_window *window, window_marks out)
{
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) out[j][i] = false;
    for (int e = 0; e < window->exception_count; e++) out[window->exceptions[e].row][window->exceptions[e].col] = true;
}

/* The peak's pixel and those about it. */
static bool at_the_top(const cvh_fit_window *window, int row, int col)
{
    return abs(row + window->y.first) <= 1 && abs(col + window->x.first) <= 1;
}

/* Marks the samples that stand above, and what is left out already; returns the sum of the squares by which they do. 0 where
 * the fit is another peak's, so that this one's top stands above it. */
static double mark_strays(const cvh_fit_window *window, double most, window_marks out)
{
    double squares = 0;
    mark_exceptions(window, out);
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) {
            double left = window->rests[j][i + 1];
            if (out[j][i] || !(left > most)) continue;
            if (at_the_top(window, j, i)) return 0;
            out[j][i] = true;
            squares += left * left;
        }
    return squares;
}

bool cvh_fit_leave_out_strays(cvh_fit_window *window, const cvh_fit_rest *rest, double least)
{
    window_marks out;
    if (!(window->amplitude < INFINITY)) return false; /* the model was set, and its rests were not looked at */
    if (!(mark_strays(window, STANDS_OUT * sqrt(rest->squares / rest->count), out) > least * rest->squares)) return false;
    window->exception_count = 0;
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) {
            if (!out[j][i]) continue;
            window->samples[j][i] = 0;
            window->exceptions[window->exception_count++] = (cvh_fit_exception){(unsigned char)j, (unsigned char)i, false};
        }
    return true;
}
