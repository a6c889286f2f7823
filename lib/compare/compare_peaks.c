/* SPDX-License-Identifier: Apache-2.0
 * Two lists of peaks: how far they are apart, and whether one slip explains it.
 *
 * A slip is a rule that turns every expected position (x, y) into the actual one:
 *
 *     half a pixel   (x + a, y + b), a and b each 0, 1/2 or -1/2
 *     shift          (x + a, y + b)
 *     exchanged      (y, x)
 *     scale          (a x, b y)
 *
 * a and b are read off one pair of peaks and tried on all, with some pairs taking turns to be that one: a few strays do not
 * spoil such an answer as they would spoil a mean, and nothing needs memory. */
#include "compare/peaks.h"

#include <stdbool.h>
#include <string.h>

#include "base/status.h"

/* Pairs that a and b are read off. 24 of them, spread over the list, miss a slip that explains half of it once in 2^24. */
enum { TURNS = 24 };

/* A rule with its numbers; exchanged ones have a = b = 0. */
typedef struct rule {
    cvh_slip kind;
    double a, b;
} rule;

typedef struct position {
    double x, y;
} position;

static bool both_known(const cvh_peak *e, const cvh_peak *a)
{
    return isfinite(e->x) && isfinite(e->y) && isfinite(a->x) && isfinite(a->y);
}

static bool same(double e, double a)
{
    return e == a || (isnan(e) && isnan(a));
}

/* sqrt(dx^2 + dy^2), which no large distance overflows and no small one loses; INFINITY where only one of them is known. */
static double distance(double dx, double dy)
{
    double large = fabs(dx) > fabs(dy) ? fabs(dx) : fabs(dy), small = fabs(dx) > fabs(dy) ? fabs(dy) : fabs(dx);
    if (large == 0 || isinf(large)) return large;
    double ratio = small / large;
    return large * sqrt(1 + ratio * ratio);
}

static double apart(const cvh_peak *e, const cvh_peak *a)
{
    if (same(e->x, a->x) && same(e->y, a->y)) return 0;
    if (!both_known(e, a)) return INFINITY;
    return distance(a->x - e->x, a->y - e->y);
}

static position slipped(const rule *by, const cvh_peak *e)
{
    switch (by->kind) {
    case CVH_SLIP_EXCHANGED: return (position){e->y, e->x};
    case CVH_SLIP_SCALE: return (position){by->a * e->x, by->b * e->y};
    case CVH_SLIP_NONE:
    case CVH_SLIP_LINE:
    case CVH_SLIP_HALF_PIXEL:
    case CVH_SLIP_SHIFT: break;
    }
    return (position){e->x + by->a, e->y + by->b};
}

/* How many of the pairs that differ does the slip explain? */
static size_t explained(const rule *by, const cvh_peak *expected, const cvh_peak *actual, size_t count, double tolerance)
{
    double near = tolerance > CVH_SLIP_NEAR ? tolerance : CVH_SLIP_NEAR;
    size_t pairs = 0;
    for (size_t i = 0; i < count; i++) {
        if (!both_known(&expected[i], &actual[i]) || apart(&expected[i], &actual[i]) <= tolerance) continue;
        position at = slipped(by, &expected[i]);
        pairs += distance(actual[i].x - at.x, actual[i].y - at.y) <= near;
    }
    return pairs;
}

/* 0, 1/2 or -1/2 where the value is that within `near`, else the value. */
static double to_half(double value, double near)
{
    double half = fabs(value) <= near ? 0 : value > 0 ? 0.5 : -0.5;
    return fabs(value - half) <= near ? half : value;
}

/* The shift that one pair shows, as half a pixel where it is that. */
static rule shift_of(const cvh_peak *e, const cvh_peak *a)
{
    rule by = {CVH_SLIP_SHIFT, to_half(a->x - e->x, CVH_SLIP_NEAR), to_half(a->y - e->y, CVH_SLIP_NEAR)};
    bool halves = (by.a == 0 || fabs(by.a) == 0.5) && (by.b == 0 || fabs(by.b) == 0.5);
    if (halves) by.kind = CVH_SLIP_HALF_PIXEL;
    return by;
}

/* The scale that one pair shows. An axis whose coordinate is 0 shows none. */
static rule scale_of(const cvh_peak *e, const cvh_peak *a)
{
    return (rule){CVH_SLIP_SCALE, e->x != 0 ? a->x / e->x : 1, e->y != 0 ? a->y / e->y : 1};
}

typedef struct search {
    const cvh_peak *expected, *actual;
    size_t count;
    double tolerance;
    rule best;
    size_t explained;
} search;

/* A later slip has to explain more: where an exchange and a shift explain the same pairs, the first one tried is told. */
static void try_slip(search *found, rule by)
{
    size_t pairs = explained(&by, found->expected, found->actual, found->count, found->tolerance);
    if (pairs <= found->explained) return;
    found->best = by;
    found->explained = pairs;
}

/* The differing pair of turn `turn`: the first one from there on, so that the turns are spread over the list. */
static bool pair_of(const search *found, size_t turn, size_t *pair)
{
    for (size_t i = found->count / TURNS * turn + found->count % TURNS * turn / TURNS; i < found->count; i++) {
        const cvh_peak *e = &found->expected[i], *a = &found->actual[i];
        if (!both_known(e, a) || apart(e, a) <= found->tolerance) continue;
        *pair = i;
        return true;
    }
    return false;
}

static void look_for_slips(search *found)
{
    size_t pair;
    try_slip(found, (rule){CVH_SLIP_EXCHANGED, 0, 0});
    for (size_t turn = 0; turn < TURNS && pair_of(found, turn, &pair); turn++)
        try_slip(found, shift_of(&found->expected[pair], &found->actual[pair]));
    for (size_t turn = 0; turn < TURNS && pair_of(found, turn, &pair); turn++)
        try_slip(found, scale_of(&found->expected[pair], &found->actual[pair]));
}

/* Whatever differs can be explained by a shift of its own: a slip is one that explains most, and more than two. */
static void tell_slip(search *found, cvh_peak_report *report)
{
    look_for_slips(found);
    if (found->explained < 3 || found->explained * 4 < report->differing * 3) return;
    report->slip = found->best.kind;
    report->slip_x = found->best.a;
    report->slip_y = found->best.b;
    report->explained = found->explained;
}

static void take_worst(cvh_peak_report *report, const cvh_peak *expected, const cvh_peak *actual, size_t index, double far)
{
    report->max_distance = far;
    report->index = index;
    report->expected = *expected;
    report->actual = *actual;
}

cvh_status cvh_compare_peaks_check(double tolerance, const cvh_peak_report *report)
{
    if (!(tolerance >= 0) || isinf(tolerance))
        return cvh_fail(CVH_ERR_ARGUMENT, "tolerance is %g; it must be 0 or more, in pixels of the peaks' frame", tolerance);
    if (!report) return cvh_fail(CVH_ERR_ARGUMENT, "report is NULL; it must point to a report");
    return CVH_OK;
}

static cvh_status check_list(const char *name, const cvh_peak *peaks, size_t count)
{
    if (peaks || count == 0) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "%s is NULL; with count %zu it must not be", name, count);
}

cvh_status cvh_compare_peaks(const cvh_peak *expected, const cvh_peak *actual, size_t count, double tolerance,
                             cvh_peak_report *report)
{
    if (check_list("expected", expected, count) || check_list("actual", actual, count)
        || cvh_compare_peaks_check(tolerance, report))
        return CVH_ERR_ARGUMENT;
    cvh_peak_report told = {.compared = count};
    if (count > 0) take_worst(&told, &expected[0], &actual[0], 0, 0);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double far = apart(&expected[i], &actual[i]);
        sum += far;
        told.differing += far > tolerance;
        if (far > told.max_distance) take_worst(&told, &expected[i], &actual[i], i, far);
    }
    told.mean_distance = count > 0 ? sum / (double)count : 0;
    if (told.differing > 0)
        tell_slip(&(search){.expected = expected, .actual = actual, .count = count, .tolerance = tolerance}, &told);
    *report = told;
    return CVH_OK;
}

const char *cvh_slip_text(int slip)
{
    switch ((cvh_slip)slip) {
    case CVH_SLIP_NONE: return "no slip explains the differences";
    case CVH_SLIP_HALF_PIXEL: return "off by half a pixel: pixel centres at integers here, at halves there?";
    case CVH_SLIP_SHIFT: return "off by one shift: half a pixel at another scale, a flip's column, a crop's corner?";
    case CVH_SLIP_EXCHANGED: return "x and y exchanged: rows x cols here, width x height there?";
    case CVH_SLIP_LINE: return "one row or column missing or too many: an end that is counted here and not there?";
    case CVH_SLIP_SCALE: return "off by one scale: w/W here, (w-1)/(W-1) there, or another input size?";
    }
    return "unknown slip";
}
