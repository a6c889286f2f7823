/* SPDX-License-Identifier: Apache-2.0
 * Which slip explains why two views differ.
 *
 * A slip is a place T(p) of the expected map for every place p of the actual one: exchanged, T(x, y) = (y, x); shifted by (a,
 * b), T(x, y) = (x - a, y - b). It explains a sample that differs where it leaves at most a 16th of the difference, both at p
 * (what is drawn there belongs at T(p)) and the other way round (what belongs at p is drawn at its image), so that a map of
 * which nothing was drawn is no slip of anything. Rounding errors are explained by none of them.
 *
 * A shift that is no whole number of pixels leaves other samples: there the peaks of both maps are fitted and compared. */
#include "compare/differences.h"

#include <string.h>

#include "base/depth.h"

enum { LEFT_OVER = 16, DIRECTIONS = 8 };

#define NEAR_HALF 0.01 /* how near to half a pixel a fitted shift is one */

/* ------------------------------------------------------------------------------------------------- what was seen */

static void widen(cvh_box *box, int row, int col)
{
    if (box->row_lo >= box->row_hi) *box = (cvh_box){row, row + 1, col, col + 1};
    if (row < box->row_lo) box->row_lo = row;
    if (row >= box->row_hi) box->row_hi = row + 1;
    if (col < box->col_lo) box->col_lo = col;
    if (col >= box->col_hi) box->col_hi = col + 1;
}

void cvh_difference_add(cvh_differences *seen, int map, int row, int col)
{
    bool same_map = seen->listed > 0 && seen->at[seen->listed - 1].map == map;
    if (!same_map) {
        seen->of_map = 0;
        seen->last = (cvh_box){0, 0, 0, 0};
    }
    widen(&seen->box, row, col);
    widen(&seen->last, row, col);
    if (seen->last.row_hi - seen->last.row_lo > 1 && seen->last.col_hi - seen->last.col_lo > 1) seen->scattered = true;
    if (seen->of_map++ >= CVH_DIFFERENCES_A_MAP || seen->listed == CVH_DIFFERENCES_LISTED) return;
    seen->at[seen->listed++] = (cvh_difference){map, row, col};
}

/* ---------------------------------------------------------------------------------------------- slips of samples */

typedef struct pair {
    const cvh_maps *e, *a;
    cvh_coding e_coding, a_coding;
} pair;

static double value_at(const cvh_maps *view, const cvh_coding *coding, int map, int row, int col)
{
    return cvh_value_of(coding, cvh_load_number(coding->depth, cvh_sample_at(view, map, row, col)));
}

static bool on_map(const pair *p, int row, int col)
{
    return row >= 0 && row < p->e->rows && col >= 0 && col < p->e->cols;
}

typedef struct slip {
    cvh_slip kind;
    int x, y;
} slip;

/* Where the expected value of (row, col) comes from, and where it went to; `back` is the way round. */
static cvh_difference moved(const slip *by, const cvh_difference *at, bool back)
{
    if (by->kind == CVH_SLIP_EXCHANGED) return (cvh_difference){at->map, at->col, at->row};
    return (cvh_difference){at->map, back ? at->row + by->y : at->row - by->y, back ? at->col + by->x : at->col - by->x};
}

/* 1: explained; 0: not; -1: it lies where the slip says nothing. */
static int explains(const pair *p, const slip *by, const cvh_difference *at)
{
    const cvh_difference from = moved(by, at, false), to = moved(by, at, true);
    double e = value_at(p->e, &p->e_coding, at->map, at->row, at->col);
    double a = value_at(p->a, &p->a_coding, at->map, at->row, at->col), left = fabs(e - a) / LEFT_OVER;
    bool comes = on_map(p, from.row, from.col), goes = on_map(p, to.row, to.col);
    if (!comes && !goes) return -1;
    if (comes && !(fabs(a - value_at(p->e, &p->e_coding, from.map, from.row, from.col)) <= left)) return 0;
    return !goes || fabs(e - value_at(p->a, &p->a_coding, to.map, to.row, to.col)) <= left;
}

/* Three quarters of the listed samples of which it says something, and at least three. */
static bool holds(const pair *p, const slip *by, const cvh_differences *seen)
{
    int said = 0, explained = 0;
    for (int i = 0; i < seen->listed; i++) {
        int answer = explains(p, by, &seen->at[i]);
        said += answer >= 0;
        explained += answer > 0;
        if (said - explained > seen->listed / 4) return false;
    }
    return explained >= 3 && explained * 4 >= said * 3;
}

/* The place of the largest value of a map; false where there is none. */
static bool largest(const cvh_maps *view, const cvh_coding *coding, int map, cvh_difference *at)
{
    double most = -INFINITY;
    for (int row = 0; row < view->rows; row++)
        for (int col = 0; col < view->cols; col++) {
            double value = value_at(view, coding, map, row, col);
            if (!(value > most)) continue;
            most = value;
            *at = (cvh_difference){map, row, col};
        }
    return isfinite(most);
}

/* Neighbours first; then as far as the largest values of the first map that differs are apart, on a map that is soon searched.
 */
static bool find_shift(const pair *p, const cvh_differences *seen, slip *by)
{
    static const slip near[DIRECTIONS] = {
        {CVH_SLIP_SHIFT, 1, 0}, {CVH_SLIP_SHIFT, -1, 0}, {CVH_SLIP_SHIFT, 0, 1},  {CVH_SLIP_SHIFT, 0, -1},
        {CVH_SLIP_SHIFT, 1, 1}, {CVH_SLIP_SHIFT, 1, -1}, {CVH_SLIP_SHIFT, -1, 1}, {CVH_SLIP_SHIFT, -1, -1},
    };
    for (int i = 0; i < DIRECTIONS; i++)
        if (holds(p, &near[i], seen)) return *by = near[i], true;
    cvh_difference e = {0, 0, 0}, a = {0, 0, 0};
    bool soon = p->e->rows * (long long)p->e->cols <= 1 << 18;
    if (!soon || !largest(p->e, &p->e_coding, seen->at[0].map, &e) || !largest(p->a, &p->a_coding, seen->at[0].map, &a))
        return false;
    *by = (slip){CVH_SLIP_SHIFT, a.col - e.col, a.row - e.row};
    return (by->x != 0 || by->y != 0) && holds(p, by, seen);
}

/* ------------------------------------------------------------------------------------------------ slips of peaks */

/* How far the fitted peaks of one map are apart. Decoding one map of a checked view without a convention does not fail. */
static bool fitted_shift(const pair *p, int map, double *x, double *y)
{
    cvh_maps e = *p->e, a = *p->a;
    cvh_peak expected = {.found = CVH_FOUND_NOTHING}, actual = expected;
    e.data = cvh_row_at(p->e, map, 0);
    a.data = cvh_row_at(p->a, map, 0);
    e.count = a.count = 1;
    cvh_decode(&e, NULL, &expected);
    cvh_decode(&a, NULL, &actual);
    *x = actual.x - expected.x;
    *y = actual.y - expected.y;
    return expected.found == CVH_FOUND_REFINED && actual.found == CVH_FOUND_REFINED;
}

static bool is_half(double shift)
{
    return fabs(fabs(shift) - 0.5) <= NEAR_HALF;
}

static double to_half(double shift)
{
    return is_half(shift) ? (shift > 0 ? 0.5 : -0.5) : 0;
}

/* Half a pixel on one axis or on both, the same in every map that was listed; one is, where samples differ. */
static void find_half_pixel(const pair *p, const cvh_differences *seen, cvh_report *report)
{
    double x = 0, y = 0, first_x = 0, first_y = 0;
    int last = -1, maps = 0;
    for (int i = 0; i < seen->listed; i++) {
        int map = seen->at[i].map;
        if (map == last) continue;
        last = map;
        if (!fitted_shift(p, map, &x, &y)) return;
        bool halves =
            (is_half(x) || fabs(x) <= NEAR_HALF) && (is_half(y) || fabs(y) <= NEAR_HALF) && (is_half(x) || is_half(y));
        if (!halves || (maps > 0 && (to_half(x) != first_x || to_half(y) != first_y))) return;
        first_x = to_half(x);
        first_y = to_half(y);
        maps++;
    }
    report->slip = CVH_SLIP_HALF_PIXEL;
    report->slip_x = first_x;
    report->slip_y = first_y;
}

/* -------------------------------------------------------------------------------------------------------- public */

void cvh_differences_explain(const cvh_maps *expected, const cvh_maps *actual, const cvh_differences *seen, cvh_report *report)
{
    static const slip exchanged = {CVH_SLIP_EXCHANGED, 0, 0};
    const pair p = {expected, actual, cvh_maps_coding(expected), cvh_maps_coding(actual)};
    slip by;
    if (holds(&p, &exchanged, seen)) {
        report->slip = CVH_SLIP_EXCHANGED;
    } else if (find_shift(&p, seen, &by)) {
        report->slip = CVH_SLIP_SHIFT;
        report->slip_x = by.x;
        report->slip_y = by.y;
    } else if (report->differing >= 3 && !seen->scattered
               && (report->missing == report->differing || report->extra == report->differing)) {
        report->slip = CVH_SLIP_LINE;
    } else {
        find_half_pixel(&p, seen, report);
    }
}
