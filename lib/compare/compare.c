/* SPDX-License-Identifier: Apache-2.0
 * Two views, sample by sample.
 *
 * Samples are taken in blocks of 512, in order of map, row and column whatever the steps are, so nothing here depends on
 * steps or alignment. A block whose bytes are equal says nothing new. Any other is screened by loops without branches that
 * compilers turn into vectors; only where the screen finds a difference that may be the largest so far, a NaN, or samples
 * that their ULPs alone can excuse, is the block looked at more closely.
 *
 * Differences are doubles: e - a of two floats is rounded once, there and nowhere else. rmse = sqrt(sum / n): sample i of a
 * block is summed in lane i mod 8, the lanes are added as ((0+1)+(2+3)) + ((4+5)+(6+7)), the blocks in order; so it has the
 * same bits at any vector width. */
#include "compare/compare.h"

#include <float.h>
#include <stdbool.h>
#include <string.h>

#include "base/maps.h"
#include "base/samples.h"
#include "base/status.h"
#include "base/ulps.h"
#include "compare/differences.h"

enum { BLOCK = 512, LANES = 8 };

/* One of the two views, and its samples of the block at hand: as they are stored, as values. */
typedef struct side {
    const cvh_maps *view;
    cvh_coding coding;
    const void *stored;
    const double *values;
    union {
        double align;
        unsigned char bytes[BLOCK * sizeof(double)];
    } copy;             /* room for `stored` */
    double room[BLOCK]; /* and for `values` */
} side;

/* `count` pairs, and zeros behind them, which agree, up to `padded`, a multiple of LANES. Values and differences are there once
 * subtract() ran. */
typedef struct block {
    uint64_t first;
    int count, padded;
    double difference[BLOCK]; /* e - a */
} block;

typedef struct comparison {
    cvh_tolerance tolerance;
    side e, a;
    bool alike;  /* both sides store their values in the same way */
    bool single; /* namely as floats */
    bool exact;  /* no tolerance */
    uint64_t differing, max_ulps, worst;
    double max_abs, sum;
    uint64_t missing, extra;
    cvh_differences seen;
} comparison;

/* What the screen says of a block; meaningless where sum is not finite. */
typedef struct screen {
    double sum;   /* of the squares of all differences */
    int unequal;  /* pairs with e != a */
    bool larger;  /* a difference may be larger than any so far */
    bool farther; /* a pair may be farther apart in ULPs than any so far */
} screen;

/* --------------------------------------------------------------------------------------------------------- differences */

/* Doubles that are values themselves are read where they lie. */
static void load_values(side *s, const block *b)
{
    bool doubles = s->coding.depth == CVH_64F && cvh_coding_is_value(&s->coding);
    s->values = doubles && b->count == b->padded ? s->stored : s->room;
    if (s->values == s->stored) return;
    cvh_load_run(&s->coding, s->stored, cvh_sample_size(s->view), (size_t)b->count, s->room);
    for (int i = b->count; i < b->padded; i++) s->room[i] = 0;
}

static void subtract(comparison *c, block *b)
{
    load_values(&c->e, b);
    load_values(&c->a, b);
    const double *e = c->e.values, *a = c->a.values;
    for (int i = 0; i < b->padded; i++) b->difference[i] = e[i] - a[i];
}

static double sum_of_lanes(const double lane[LANES])
{
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

static double sum_of_squares(const block *b, double scale)
{
    double lane[LANES] = {0};
    for (int i = 0; i < b->padded; i += LANES)
        for (int j = 0; j < LANES; j++) {
            double scaled = b->difference[i + j] * scale;
            lane[j] += scaled * scaled;
        }
    return sum_of_lanes(lane);
}

/* How many |difference| are above the limit; counted in doubles, which baseline x86-64 compares in vectors. */
static int count_above(const block *b, double limit)
{
    double lane[LANES] = {0};
    for (int i = 0; i < b->padded; i += LANES)
        for (int j = 0; j < LANES; j++) lane[j] += fabs(b->difference[i + j]) > limit ? 1.0 : 0.0;
    return (int)sum_of_lanes(lane);
}

/* The same with a limit for each pair. */
static int count_above_each(const block *b, const double *limit)
{
    double lane[LANES] = {0};
    for (int i = 0; i < b->padded; i += LANES)
        for (int j = 0; j < LANES; j++) lane[j] += fabs(b->difference[i + j]) > limit[i + j] ? 1.0 : 0.0;
    return (int)sum_of_lanes(lane);
}

/* |d| <= absolute or |d| <= relative * |e|: one limit, the larger. */
static int count_beyond_relative(const comparison *c, const block *b)
{
    double limit[BLOCK];
    for (int i = 0; i < b->padded; i++) {
        limit[i] = c->tolerance.relative * fabs(c->e.values[i]);
        limit[i] = limit[i] < c->tolerance.absolute ? c->tolerance.absolute : limit[i];
    }
    return count_above_each(b, limit);
}

/* ---------------------------------------------------------------------------------------------------------- the screen */

/* The sum of squares of subtract() and sum_of_squares(), in one pass. */
static double sum_of_squares32(const float *e, const float *a, int count)
{
    double lane[LANES] = {0};
    for (int i = 0; i < count; i += LANES)
        for (int j = 0; j < LANES; j++) {
            double difference = (double)e[i + j] - (double)a[i + j];
            lane[j] += difference * difference;
        }
    return sum_of_lanes(lane);
}

/* Whether subtract() and count_above() would find any; in two loops, so that both are vectors. */
static bool any_above32(const float *e, const float *a, int count, double limit)
{
    double difference[BLOCK], lane[LANES] = {0};
    for (int i = 0; i < count; i++) difference[i] = (double)e[i] - (double)a[i];
    for (int i = 0; i < count; i += LANES)
        for (int j = 0; j < LANES; j++) lane[j] += fabs(difference[i + j]) > limit ? 1.0 : 0.0;
    return sum_of_lanes(lane) > 0;
}

/* In 32-bit lanes.
 * larger: rounding is monotone, so |d| > max_abs implies that float(|d|) >= float(max_abs). Where they are equal, which is the
 * rule for samples a few ULPs apart, doubles decide.
 * farther: floats of one sign are |p - q| ULPs apart, p and q their bits; that is above the limit where the unsigned
 * p - q + limit is above 2 limit (compared as signed numbers, 2^31 lower). Other pairs are always looked at. */
static screen screen32(const comparison *c, const block *b)
{
    const float *e = c->e.stored, *a = c->a.stored;
    const float largest = c->max_abs < FLT_MAX ? (float)c->max_abs : FLT_MAX;
    const uint32_t limit = c->max_ulps < CVH_ULPS_INFINITY32 ? (uint32_t)c->max_ulps : CVH_ULPS_INFINITY32;
    const uint32_t low = limit - 0x80000000u;
    const int32_t high = (int32_t)(2 * limit - 0x80000000u);
    int32_t unequal = 0, larger = 0, farther = 0, signs = 0;
    for (int i = 0; i < b->padded; i++) {
        int32_t p = cvh_bits32(e[i]), q = cvh_bits32(a[i]);
        unequal += e[i] != a[i];
        larger += fabsf(e[i] - a[i]) >= largest;
        farther += (int32_t)((uint32_t)p - (uint32_t)q + low) > high;
        signs |= p ^ q;
    }
    double sum = sum_of_squares32(e, a, b->padded);
    return (screen){sum, unequal, larger > 0 && any_above32(e, a, b->padded, c->max_abs), farther > 0 || signs < 0};
}

/* Any depth; leaves the differences behind. */
static screen screen_any(comparison *c, block *b)
{
    subtract(c, b);
    return (screen){sum_of_squares(b, 1), count_above(b, 0), count_above(b, c->max_abs) > 0, true};
}

/* -------------------------------------------------------------------------------------------------------- a closer look */

/* Steps between stored samples of the expected view's depth, `actual` rounded to one where it is stored otherwise; at least 1
 * between values that differ. NaN is 0 from NaN and UINT64_MAX from a number. */
static uint64_t ulps_at(const comparison *c, int i)
{
    double e = c->e.values[i], a = c->a.values[i];
    if (isnan(e) || isnan(a)) return isnan(e) && isnan(a) ? 0 : UINT64_MAX;
    if (e == a) return 0;
    const cvh_coding *coding = &c->e.coding;
    const cvh_depth_row *row = &cvh_depth_rows[coding->depth];
    size_t at = (size_t)i * row->size;
    double expected = cvh_load_number(coding->depth, (const unsigned char *)c->e.stored + at);
    double actual =
        c->alike ? cvh_load_number(coding->depth, (const unsigned char *)c->a.stored + at) : cvh_number_of(coding, a);
    int64_t p = row->loops->place(expected), q = row->loops->place(actual);
    uint64_t ulps = p > q ? (uint64_t)p - (uint64_t)q : (uint64_t)q - (uint64_t)p;
    return ulps > 0 ? ulps : 1;
}

/* The largest is kept as a signed number, 2^31 lower: baseline x86-64 compares only those in vectors. */
static uint64_t max_ulps32(const float *e, const float *a, int count)
{
    int32_t largest = INT32_MIN;
    for (int i = 0; i < count; i++) {
        int32_t lowered = (int32_t)(cvh_ulps32(e[i], a[i]) - 0x80000000u);
        largest = largest < lowered ? lowered : largest;
    }
    return (uint32_t)largest + 0x80000000u;
}

static uint64_t max_ulps64(const double *e, const double *a, int count)
{
    uint64_t largest = 0;
    for (int i = 0; i < count; i++) {
        uint64_t ulps = cvh_ulps64(e[i], a[i]);
        largest = largest < ulps ? ulps : largest;
    }
    return largest;
}

static uint64_t max_ulps_any(const comparison *c, const block *b)
{
    uint64_t largest = 0;
    for (int i = 0; i < b->count; i++) {
        uint64_t ulps = ulps_at(c, i);
        largest = largest < ulps ? ulps : largest;
    }
    return largest;
}

/* Whole numbers are as many steps apart as they differ by. */
static uint64_t max_ulps_whole(const comparison *c, const block *b)
{
    double largest = 0;
    for (int i = 0; i < b->count; i++) {
        double apart = fabs(b->difference[i]);
        largest = largest < apart ? apart : largest;
    }
    return (uint64_t)rint(largest / c->e.coding.scale);
}

/* Without NaN; needs the differences, but for floats. */
static uint64_t block_max_ulps(const comparison *c, const block *b)
{
    if (c->single) return max_ulps32(c->e.stored, c->a.stored, b->count);
    if (c->alike && c->e.coding.depth == CVH_64F) return max_ulps64(c->e.stored, c->a.stored, b->count);
    if (c->alike && cvh_depth_rows[c->e.coding.depth].whole) return max_ulps_whole(c, b);
    return max_ulps_any(c, b);
}

/* Gives an infinite or undefined difference its meaning: 0 where both are NaN or the same infinity, INFINITY otherwise. */
static void define_differences(const comparison *c, block *b)
{
    for (int i = 0; i < b->count; i++) {
        if (isfinite(b->difference[i])) continue;
        double e = c->e.values[i], a = c->a.values[i];
        b->difference[i] = e == a || (isnan(e) && isnan(a)) ? 0 : INFINITY;
    }
}

/* An infinite difference agrees within ULPs or not at all; NaN and a number never do. */
static bool agrees(const cvh_tolerance *t, double e, double difference, uint64_t ulps)
{
    if (ulps == UINT64_MAX) return false;
    double d = fabs(difference);
    return ulps <= t->ulps || (d < INFINITY && (d <= t->absolute || d <= t->relative * fabs(e)));
}

static void count_by_sample(comparison *c, const block *b)
{
    for (int i = 0; i < b->count; i++) {
        uint64_t ulps = ulps_at(c, i);
        if (ulps > c->max_ulps) c->max_ulps = ulps;
        if (!agrees(&c->tolerance, c->e.values[i], b->difference[i], ulps)) c->differing++;
    }
}

static void find_worst(comparison *c, const block *b)
{
    if (count_above(b, c->max_abs) == 0) return;
    for (int i = 0; i < b->count; i++)
        if (fabs(b->difference[i]) > c->max_abs) {
            c->max_abs = fabs(b->difference[i]);
            c->worst = b->first + (uint64_t)i;
        }
}

/* --------------------------------------------------------------------------------------------------------- block by block */

static void compare_special(comparison *c, block *b)
{
    subtract(c, b);
    define_differences(c, b);
    c->sum += sum_of_squares(b, 1);
    count_by_sample(c, b);
    find_worst(c, b);
}

/* True where no pair of a block is farther apart than `ulps` allow: as no pair so far is, or none of this block. */
static bool within_ulps(const comparison *c, const block *b)
{
    uint64_t most = c->tolerance.ulps;
    return most > 0 && (c->max_ulps <= most || block_max_ulps(c, b) <= most);
}

/* Counts what a tolerance other than exact equality leaves over. Needs the differences. */
static void count_with_tolerance(comparison *c, const block *b)
{
    const cvh_tolerance *t = &c->tolerance;
    int beyond = t->relative > 0 ? count_beyond_relative(c, b) : count_above(b, t->absolute);
    if (beyond == 0) return;
    if (t->ulps > 0)
        count_by_sample(c, b);
    else
        c->differing += (uint64_t)beyond;
}

static void compare_block(comparison *c, block *b)
{
    if (c->alike && !memcmp(c->e.stored, c->a.stored, (size_t)b->count * cvh_sample_size(c->e.view))) return;
    screen s = c->single ? screen32(c, b) : screen_any(c, b);
    if (!isfinite(s.sum)) {
        compare_special(c, b);
        return;
    }
    c->sum += s.sum;
    if (s.farther) {
        uint64_t ulps = block_max_ulps(c, b);
        if (ulps > c->max_ulps) c->max_ulps = ulps;
    }
    bool counted = c->exact || within_ulps(c, b);
    if (c->single && (s.larger || !counted)) subtract(c, b);
    if (s.larger) find_worst(c, b);
    if (c->exact)
        c->differing += (uint64_t)s.unequal;
    else if (!counted)
        count_with_tolerance(c, b);
}

/* --------------------------------------------------------------------------------------- where, and what is missing */

static bool differs_at(const comparison *c, int i)
{
    double e = c->e.values[i], a = c->a.values[i], d = fabs(e - a);
    if (e == a || (isnan(e) && isnan(a))) return false;
    return c->exact || !agrees(&c->tolerance, e, isfinite(d) ? d : INFINITY, ulps_at(c, i));
}

/* Zeros on one side alone, all of which differ where nothing is tolerated. */
static void count_zeros(comparison *c, const block *b)
{
    const double *e = c->e.values, *a = c->a.values;
    double missing[LANES] = {0}, extra[LANES] = {0};
    for (int i = 0; i < b->padded; i += LANES)
        for (int j = 0; j < LANES; j++) {
            missing[j] += a[i + j] == 0 && e[i + j] != 0 ? 1.0 : 0.0;
            extra[j] += e[i + j] == 0 && a[i + j] != 0 ? 1.0 : 0.0;
        }
    c->missing += (uint64_t)sum_of_lanes(missing);
    c->extra += (uint64_t)sum_of_lanes(extra);
}

/* The same of floats as they are stored. */
static void count_zeros32(comparison *c, const block *b)
{
    const float *e = c->e.stored, *a = c->a.stored;
    int32_t missing = 0, extra = 0;
    for (int i = 0; i < b->padded; i++) {
        missing += (a[i] == 0) & (e[i] != 0);
        extra += (e[i] == 0) & (a[i] != 0);
    }
    c->missing += (uint64_t)missing;
    c->extra += (uint64_t)extra;
}

static void look_at_each(comparison *c, const block *b)
{
    uint64_t rows = (uint64_t)c->e.view->rows, cols = (uint64_t)c->e.view->cols;
    for (int i = 0; i < b->count; i++) {
        if (!differs_at(c, i)) continue;
        uint64_t at = b->first + (uint64_t)i;
        if (!c->exact) c->missing += c->a.values[i] == 0;
        if (!c->exact) c->extra += c->e.values[i] == 0;
        cvh_difference_add(&c->seen, (int)(at / cols / rows), (int)(at / cols % rows), (int)(at % cols));
    }
}

/* A block in which samples differ. Most of what there is to see is seen in the first ones. */
static void note_block(comparison *c, block *b)
{
    bool closely = !c->exact || cvh_differences_wanted(&c->seen, c->e.view);
    if (closely || !c->single) subtract(c, b);
    if (closely) look_at_each(c, b);
    if (!c->exact) return;
    if (c->single)
        count_zeros32(c, b);
    else
        count_zeros(c, b);
}

/* For differences whose squares leave the range of double: the sum of (difference * scale)^2. */
static void add_scaled(comparison *c, block *b, double scale)
{
    subtract(c, b);
    define_differences(c, b);
    c->sum += sum_of_squares(b, scale);
}

/* Zeros behind the samples, for loops over them. */
static void fill_side(side *s, const block *b)
{
    size_t size = cvh_sample_size(s->view), bytes = (size_t)b->count * size;
    s->stored = cvh_samples_in_order(s->view, b->first, (size_t)b->count, s->copy.bytes);
    if (b->count == b->padded) return;
    if (s->stored != s->copy.bytes) memcpy(s->copy.bytes, s->stored, bytes);
    memset(s->copy.bytes + bytes, 0, (size_t)(b->padded - b->count) * size);
    s->stored = s->copy.bytes;
}

/* scale 0: everything; else the scaled sum alone. */
static void compare_all(comparison *c, double scale)
{
    block b = {.count = 0}; /* whole: that what a loop fills is what another reads is beyond gcc's analyzer */
    uint64_t total = cvh_sample_count(c->e.view);
    for (b.first = 0; b.first < total; b.first += BLOCK) {
        b.count = total - b.first < BLOCK ? (int)(total - b.first) : BLOCK;
        b.padded = (b.count + LANES - 1) / LANES * LANES;
        fill_side(&c->e, &b);
        fill_side(&c->a, &b);
        uint64_t before = c->differing;
        if (scale > 0)
            add_scaled(c, &b, scale);
        else
            compare_block(c, &b);
        if (c->differing > before) note_block(c, &b);
    }
}

/* Between 2^-460 and 2^460 the largest square, times any number of samples, is a normal double. */
static double root_of_mean(comparison *c)
{
    double count = (double)cvh_sample_count(c->e.view);
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

static double value_at(const side *s, int map, int row, int col)
{
    return cvh_value_of(&s->coding, cvh_load_number(s->coding.depth, cvh_sample_at(s->view, map, row, col)));
}

static void write_report(const comparison *c, cvh_report *report)
{
    uint64_t cols = (uint64_t)c->e.view->cols, rows = (uint64_t)c->e.view->rows;
    report->compared = cvh_sample_count(c->e.view);
    report->differing = c->differing;
    report->max_abs = c->max_abs;
    report->max_ulps = c->max_ulps;
    report->map = (int)(c->worst / cols / rows);
    report->row = (int)(c->worst / cols % rows);
    report->col = (int)(c->worst % cols);
    report->expected = value_at(&c->e, report->map, report->row, report->col);
    report->actual = value_at(&c->a, report->map, report->row, report->col);
    report->row_lo = c->seen.box.row_lo;
    report->row_hi = c->seen.box.row_hi;
    report->col_lo = c->seen.box.col_lo;
    report->col_hi = c->seen.box.col_hi;
    report->missing = c->missing;
    report->extra = c->extra;
    report->slip = CVH_SLIP_NONE;
    report->slip_x = report->slip_y = 0;
    if (c->differing > 0) cvh_differences_explain(c->e.view, c->a.view, &c->seen, report);
}

static void start(comparison *c, const cvh_maps *e, const cvh_maps *a, const cvh_tolerance *tolerance)
{
    c->tolerance = tolerance ? *tolerance : (cvh_tolerance){0};
    c->e.view = e;
    c->a.view = a;
    c->e.coding = cvh_maps_coding(e);
    c->a.coding = cvh_maps_coding(a);
    c->alike = e->depth == a->depth && e->scale == a->scale && e->zero == a->zero;
    c->single = c->alike && e->depth == CVH_32F && cvh_coding_is_value(&c->e.coding);
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
