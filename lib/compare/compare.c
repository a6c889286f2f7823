/* SPDX-License-Identifier: Apache-2.0
 * Two views, sample by sample.
 *
 * Samples are taken in blocks, in order of map, row and column whatever the steps are, so nothing here depends on steps or
 * alignment. A block whose bytes are equal says nothing new. Any other is screened; only where the screen finds a difference
 * that may be the largest so far, a NaN, or samples that their ULPs alone can excuse, is the block looked at more closely.
 *
 * rmse = sqrt(sum / n), where the sums of the blocks are added in order. */
#include "compare/compare.h"

#include "base/maps.h"
#include "base/status.h"
#include "compare/differences.h"
#include "compare/pairs.h"
#include "compare/screen.h"
#include "compare/steps.h"

typedef struct comparison {
    cvh_tolerance tolerance;
    bool exact; /* no tolerance */
    cvh_pairs pairs;
    uint64_t differing, max_ulps, worst;
    double max_abs, sum;
    uint64_t missing, extra;
    cvh_differences seen;
} comparison;

/* -------------------------------------------------------------------------------------------------------- a closer look */

/* An infinite difference agrees within ULPs or not at all; NaN and a number never do. */
static bool agrees(const cvh_tolerance *t, double e, double difference, uint64_t ulps)
{
    if (ulps == UINT64_MAX) return false;
    double d = fabs(difference);
    return ulps <= t->ulps || (d < INFINITY && (d <= t->absolute || d <= t->relative * fabs(e)));
}

static void count_by_sample(comparison *c)
{
    for (int i = 0; i < c->pairs.count; i++) {
        uint64_t ulps = cvh_steps_at(&c->pairs, i);
        if (ulps > c->max_ulps) c->max_ulps = ulps;
        if (!agrees(&c->tolerance, c->pairs.e.values[i], c->pairs.difference[i], ulps)) c->differing++;
    }
}

static void find_worst(comparison *c)
{
    if (cvh_pairs_above(&c->pairs, c->max_abs) == 0) return;
    for (int i = 0; i < c->pairs.count; i++)
        if (fabs(c->pairs.difference[i]) > c->max_abs) {
            c->max_abs = fabs(c->pairs.difference[i]);
            c->worst = c->pairs.first + (uint64_t)i;
        }
}

/* --------------------------------------------------------------------------------------------------------- block by block */

static void compare_special(comparison *c)
{
    cvh_pairs_subtract(&c->pairs);
    cvh_pairs_define(&c->pairs);
    c->sum += cvh_pairs_squares(&c->pairs, 1);
    count_by_sample(c);
    find_worst(c);
}

/* True where no pair of a block is farther apart than `ulps` allow: as no pair so far is, or none of this block. */
static bool within_ulps(const comparison *c)
{
    uint64_t most = c->tolerance.ulps;
    return most > 0 && (c->max_ulps <= most || cvh_steps_most(&c->pairs) <= most);
}

/* |d| <= absolute or |d| <= relative * |e|: one limit, the larger. */
static int count_beyond_relative(const comparison *c)
{
    double limit[CVH_PAIRS];
    for (int i = 0; i < c->pairs.padded; i++) {
        limit[i] = c->tolerance.relative * fabs(c->pairs.e.values[i]);
        limit[i] = limit[i] < c->tolerance.absolute ? c->tolerance.absolute : limit[i];
    }
    return cvh_pairs_above_each(&c->pairs, limit);
}

/* Counts what a tolerance other than exact equality leaves over. Needs the differences. */
static void count_with_tolerance(comparison *c)
{
    const cvh_tolerance *t = &c->tolerance;
    int beyond = t->relative > 0 ? count_beyond_relative(c) : cvh_pairs_above(&c->pairs, t->absolute);
    if (beyond == 0) return;
    if (t->ulps > 0)
        count_by_sample(c);
    else
        c->differing += (uint64_t)beyond;
}

static void compare_block(comparison *c)
{
    cvh_pairs *pairs = &c->pairs;
    if (cvh_pairs_same(pairs)) return;
    cvh_screen screen = pairs->single ? cvh_screen_floats(pairs, c->max_abs, c->max_ulps, c->exact)
                                      : cvh_screen_values(pairs, c->max_abs, c->exact);
    c->missing += (uint64_t)screen.missing;
    c->extra += (uint64_t)screen.extra;
    if (!isfinite(screen.sum)) {
        compare_special(c);
        return;
    }
    c->sum += screen.sum;
    if (screen.farther) {
        uint64_t ulps = cvh_steps_most(pairs);
        if (ulps > c->max_ulps) c->max_ulps = ulps;
    }
    bool counted = c->exact || within_ulps(c);
    if (pairs->single && (screen.larger || !counted)) cvh_pairs_subtract(pairs);
    if (screen.larger) find_worst(c);
    if (c->exact)
        c->differing += (uint64_t)screen.unequal;
    else if (!counted)
        count_with_tolerance(c);
}

/* --------------------------------------------------------------------------------------- where, and what is missing */

static bool differs_at(const comparison *c, int i)
{
    double e = c->pairs.e.values[i], a = c->pairs.a.values[i], d = fabs(e - a);
    if (e == a || (isnan(e) && isnan(a))) return false;
    return c->exact || !agrees(&c->tolerance, e, isfinite(d) ? d : INFINITY, cvh_steps_at(&c->pairs, i));
}

static void look_at_each(comparison *c)
{
    uint64_t rows = (uint64_t)c->pairs.e.view->rows, cols = (uint64_t)c->pairs.e.view->cols;
    for (int i = 0; i < c->pairs.count; i++) {
        if (!differs_at(c, i)) continue;
        uint64_t at = c->pairs.first + (uint64_t)i;
        if (!c->exact) c->missing += c->pairs.a.values[i] == 0;
        if (!c->exact) c->extra += c->pairs.e.values[i] == 0;
        cvh_difference_add(&c->seen, (int)(at / cols / rows), (int)(at / cols % rows), (int)(at % cols));
    }
}

/* A block in which samples differ. Most of what there is to see is seen in the first ones. Samples that are 0 on one side alone
 * differ where nothing is tolerated, so that the screen has counted them. */
static void note_block(comparison *c)
{
    if (c->exact && !cvh_differences_wanted(&c->seen, c->pairs.e.view)) return;
    if (c->pairs.single) cvh_pairs_subtract(&c->pairs);
    look_at_each(c);
}

/* For differences whose squares leave the range of double: the sum of (difference * scale)^2. */
static void add_scaled(comparison *c, double scale)
{
    cvh_pairs_subtract(&c->pairs);
    cvh_pairs_define(&c->pairs);
    c->sum += cvh_pairs_squares(&c->pairs, scale);
}

/* scale 0: everything; else the scaled sum alone. */
static void compare_all(comparison *c, double scale)
{
    for (uint64_t first = 0; first < c->pairs.total; first += CVH_PAIRS) {
        cvh_pairs_open(&c->pairs, first);
        uint64_t before = c->differing;
        if (scale > 0)
            add_scaled(c, scale);
        else
            compare_block(c);
        if (c->differing > before) note_block(c);
    }
}

/* Between 2^-460 and 2^460 the largest square, times any number of samples, is a normal double. */
static double root_of_mean(comparison *c)
{
    double count = (double)c->pairs.total;
    bool in_range = c->max_abs >= 0x1p-460 && c->max_abs <= 0x1p460;
    if (in_range || c->max_abs == 0 || isinf(c->max_abs)) return sqrt(c->sum / count);
    int exponent;
    frexp(c->max_abs, &exponent);
    /* 2^-exponent itself may be subnormal or infinite; 2^1000 is far enough. */
    double scale = ldexp(1, exponent < -1000 ? 1000 : exponent > 1000 ? -1000 : -exponent);
    c->sum = 0;
    compare_all(c, scale);
    return sqrt(c->sum / count) / scale;
}

/* ---------------------------------------------------------------------------------------------------------------- public */

cvh_status cvh_compare_check(const cvh_tolerance *tolerance, const cvh_report *report)
{
    if (!report) return cvh_fail(CVH_ERR_ARGUMENT, "report is NULL; it must point to a report");
    if (!tolerance) return CVH_OK;
    if (!(tolerance->absolute >= 0 && tolerance->absolute < INFINITY))
        return cvh_fail(CVH_ERR_ARGUMENT, "tolerance: absolute is %g; it must be 0 or more, and finite", tolerance->absolute);
    if (!(tolerance->relative >= 0 && tolerance->relative < INFINITY))
        return cvh_fail(CVH_ERR_ARGUMENT, "tolerance: relative is %g; it must be 0 or more, and finite", tolerance->relative);
    return CVH_OK;
}

static cvh_status check_same(const char *field, int expected, int actual)
{
    if (expected == actual) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "actual: %s is %d; it must be %d as in expected", field, actual, expected);
}

static double value_at(const cvh_side *s, int map, int row, int col)
{
    return cvh_value_of(&s->coding, cvh_load_number(s->coding.depth, cvh_sample_at(s->view, map, row, col)));
}

static void write_report(const comparison *c, cvh_report *report)
{
    uint64_t cols = (uint64_t)c->pairs.e.view->cols, rows = (uint64_t)c->pairs.e.view->rows;
    report->compared = c->pairs.total;
    report->differing = c->differing;
    report->max_abs = c->max_abs;
    report->max_ulps = c->max_ulps;
    report->map = (int)(c->worst / cols / rows);
    report->row = (int)(c->worst / cols % rows);
    report->col = (int)(c->worst % cols);
    report->expected = value_at(&c->pairs.e, report->map, report->row, report->col);
    report->actual = value_at(&c->pairs.a, report->map, report->row, report->col);
    report->row_lo = c->seen.box.row_lo;
    report->row_hi = c->seen.box.row_hi;
    report->col_lo = c->seen.box.col_lo;
    report->col_hi = c->seen.box.col_hi;
    report->missing = c->missing;
    report->extra = c->extra;
    report->slip = CVH_SLIP_NONE;
    report->slip_x = report->slip_y = 0;
    if (c->differing > 0) cvh_differences_explain(c->pairs.e.view, c->pairs.a.view, &c->seen, report);
}

static void start(comparison *c, const cvh_maps *e, const cvh_maps *a, const cvh_tolerance *tolerance)
{
    cvh_pairs_start(&c->pairs, e, a);
    c->tolerance = tolerance ? *tolerance : (cvh_tolerance){0};
    c->exact = c->tolerance.absolute == 0 && c->tolerance.relative == 0 && c->tolerance.ulps == 0;
    c->differing = c->max_ulps = c->worst = c->missing = c->extra = 0;
    c->seen = (cvh_differences){.listed = 0};
    c->max_abs = c->sum = 0;
}

cvh_status cvh_compare(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance, cvh_report *report)
{
    cvh_maps e, a;
    if (cvh_maps_check("expected", expected, CVH_DEPTHS_ALL, &e) || cvh_maps_check("actual", actual, CVH_DEPTHS_ALL, &a)
        || cvh_compare_check(tolerance, report) || check_same("count", e.count, a.count) || check_same("rows", e.rows, a.rows)
        || check_same("cols", e.cols, a.cols))
        return CVH_ERR_ARGUMENT;

    comparison c;
    start(&c, &e, &a, tolerance);
    compare_all(&c, 0);
    double rmse = root_of_mean(&c);
    write_report(&c, report);
    report->rmse = rmse;
    return CVH_OK;
}
