/* SPDX-License-Identifier: Apache-2.0
 * Another peak covers a few samples of a window, of which a fit leaves far more over than of the others. */
#include "decode/refine_fit_strays.h"

#include <math.h>

/* Standard deviations: of white noise one sample in 2,000 lies beyond them, which is one window in 26. */
static const double STANDS_OUT = 3.5;

typedef bool window_marks[CVH_FIT_SIDE][CVH_FIT_SIDE];

static void mark_exceptions(const cvh_fit_window *window, window_marks out)
{
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) out[j][i] = false;
    for (int e = 0; e < window->exception_count; e++) out[window->exceptions[e].row][window->exceptions[e].col] = true;
}

static double left_of(const cvh_fit_window *window, int row, int col)
{
    return window->samples[row][col] - window->amplitude * window->y.weight[0][row] * window->x.weight[0][col];
}

/* Marks what is left out already too. False where a sample stands out below, or none above. */
static bool mark_strays(const cvh_fit_window *window, double most, window_marks out)
{
    bool any = false;
    mark_exceptions(window, out);
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) {
            if (out[j][i]) continue;
            double left = left_of(window, j, i);
            if (left < -most) return false;
            any |= left > most;
            out[j][i] = left > most;
        }
    return any;
}

/* Whether a sample stands out, on whichever side, in a window where all count. */
static bool none_stands_out(const cvh_fit_window *window, double most)
{
    double square[4] = {0, 0, 0, 0};
    for (int j = 0; j < window->y.count; j++) {
        double factor = window->amplitude * window->y.weight[0][j];
        for (int i = 0; i < window->x.padded; i += 4)
            for (int l = 0; l < 4; l++) {
                double left = window->samples[j][i + l] - factor * window->x.weight[0][i + l];
                square[l] = left * left > square[l] ? left * left : square[l];
            }
    }
    double largest = 0;
    for (int l = 0; l < 4; l++) largest = square[l] > largest ? square[l] : largest;
    return !window->exception_count && largest <= most * most;
}

int cvh_fit_leave_out_strays(cvh_fit_window *window, const cvh_fit_rest *rest)
{
    window_marks out;
    const int before = window->exception_count;
    const double most = STANDS_OUT * sqrt(rest->squares / rest->count);
    if (none_stands_out(window, most) || !mark_strays(window, most, out)) return 0;
    window->exception_count = 0;
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) {
            if (!out[j][i]) continue;
            window->samples[j][i] = 0;
            window->exceptions[window->exception_count++] = (cvh_fit_exception){(unsigned char)j, (unsigned char)i, false};
        }
    return window->exception_count - before;
}
