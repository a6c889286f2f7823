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
#include "compare/ulps.h"

enum { BLOCK = 512, LANES = 8 };

/* A block's samples, where they are copied. */
typedef union samples {
    unsigned char grey[BLOCK];
    float single[BLOCK];
    double real[BLOCK];
} samples;

/* `count` pairs, a multiple of LANES: the last block is filled up with zeros, which agree. */
typedef struct block {
    cvh_depth depth;
    uint64_t first;
    int count;
    const void *e, *a;
    double difference[BLOCK]; /* e - a, once subtract() ran */
} block;

typedef struct comparison {
    cvh_tolerance tolerance;
    uint64_t differing, max_ulps, worst;
    double max_abs, sum;
} comparison;

/* What the screen says of a block; meaningless where sum is not finite. */
typedef struct screen {
    double sum;   /* of the squares of all differences */
    int unequal;  /* pairs with e != a */
    bool larger;  /* a difference may be larger than any so far */
    bool farther; /* a pair may be farther apart in ULPs than any so far */
} screen;

/* --------------------------------------------------------------------------------------------------------- differences */

#define SUBTRACT(type)                                                                                                         \
  do {                                                                                                                         \
    const type *e = b->e, *a = b->a;                                                                                           \
    for (int i = 0; i < b->count; i++) b->difference[i] = (double)e[i] - (double)a[i];                                         \
  } while (0)

static void subtract(block *b)
{
    switch (b->depth) {
    case CVH_8U: SUBTRACT(unsigned char); break;
    case CVH_32F: SUBTRACT(float); break;
    default: SUBTRACT(double); break;
    }
}

static double sum_of_lanes(const double lane[LANES])
{
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

static double sum_of_squares(const block *b, double scale)
{
    double lane[LANES] = {0};
    for (int i = 0; i < b->count; i += LANES)
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
    for (int i = 0; i < b->count; i += LANES)
        for (int j = 0; j < LANES; j++) lane[j] += fabs(b->difference[i + j]) > limit ? 1.0 : 0.0;
    return (int)sum_of_lanes(lane);
}

/* The same with a limit for each pair. */
static int count_above_each(const block *b, const double *limit)
{
    double lane[LANES] = {0};
    for (int i = 0; i < b->count; i += LANES)
        for (int j = 0; j < LANES; j++) lane[j] += fabs(b->difference[i + j]) > limit[i + j] ? 1.0 : 0.0;
    return (int)sum_of_lanes(lane);
}

#define LIMITS(type)                                                                                                           \
  do {                                                                                                                         \
    const type *e = b->e;                                                                                                      \
    for (int i = 0; i < b->count; i++) limit[i] = t->relative * fabs((double)e[i]);                                            \
  } while (0)

/* |d| <= absolute or |d| <= relative * |e|: one limit, the larger. */
static int count_beyond_relative(const block *b, const cvh_tolerance *t)
{
    double limit[BLOCK];
    switch (b->depth) {
    case CVH_8U: LIMITS(unsigned char); break;
    case CVH_32F: LIMITS(float); break;
    default: LIMITS(double); break;
    }
    for (int i = 0; i < b->count; i++) limit[i] = limit[i] < t->absolute ? t->absolute : limit[i];
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

/* All in 32-bit lanes.
 * larger: rounding is monotone, so |d| > max_abs implies that float(|d|) >= float(max_abs).
 * farther: floats of one sign are |p - q| ULPs apart, p and q their bits; that is above the limit where the unsigned
 * p - q + limit is above 2 limit (compared as signed numbers, 2^31 lower). Other pairs are always looked at. */
static screen screen32(const comparison *c, const block *b)
{
    const float *e = b->e, *a = b->a;
    const float largest = c->max_abs < FLT_MAX ? (float)c->max_abs : FLT_MAX;
    const uint32_t limit = c->max_ulps < CVH_ULPS_INFINITY32 ? (uint32_t)c->max_ulps : CVH_ULPS_INFINITY32;
    const uint32_t low = limit - 0x80000000u;
    const int32_t high = (int32_t)(2 * limit - 0x80000000u);
    int32_t unequal = 0, larger = 0, farther = 0, signs = 0;
    for (int i = 0; i < b->count; i++) {
        int32_t p = cvh_bits32(e[i]), q = cvh_bits32(a[i]);
        unequal += e[i] != a[i];
        larger += fabsf(e[i] - a[i]) >= largest;
        farther += (int32_t)((uint32_t)p - (uint32_t)q + low) > high;
        signs |= p ^ q;
    }
    return (screen){sum_of_squares32(e, a, b->count), unequal, larger > 0, farther > 0 || signs < 0};
}

/* Any depth; leaves the differences behind. */
static screen screen_any(const comparison *c, block *b)
{
    subtract(b);
    return (screen){sum_of_squares(b, 1), count_above(b, 0), count_above(b, c->max_abs) > 0, true};
}

/* -------------------------------------------------------------------------------------------------------- a closer look */

static double value_at(cvh_depth depth, const void *values, int i)
{
    switch (depth) {
    case CVH_8U: return ((const unsigned char *)values)[i];
    case CVH_32F: return (double)((const float *)values)[i];
    default: return ((const double *)values)[i];
    }
}

static uint64_t max_ulps8(const unsigned char *e, const unsigned char *a, int count)
{
    int largest = 0;
    for (int i = 0; i < count; i++) {
        int apart = e[i] > a[i] ? e[i] - a[i] : a[i] - e[i];
        largest = largest < apart ? apart : largest;
    }
    return (uint64_t)largest;
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

static uint64_t block_max_ulps(const block *b)
{
    switch (b->depth) {
    case CVH_8U: return max_ulps8(b->e, b->a, b->count);
    case CVH_32F: return max_ulps32(b->e, b->a, b->count);
    default: return max_ulps64(b->e, b->a, b->count);
    }
}

/* Gives an infinite or undefined difference its meaning: 0 where both are NaN or the same infinity, INFINITY otherwise. */
static void define_differences(block *b)
{
    for (int i = 0; i < b->count; i++) {
        if (isfinite(b->difference[i])) continue;
        double e = value_at(b->depth, b->e, i), a = value_at(b->depth, b->a, i);
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
        double e = value_at(b->depth, b->e, i);
        uint64_t ulps = cvh_ulps_between(b->depth, e, value_at(b->depth, b->a, i));
        if (ulps > c->max_ulps) c->max_ulps = ulps;
        if (!agrees(&c->tolerance, e, b->difference[i], ulps)) c->differing++;
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
    subtract(b);
    define_differences(b);
    c->sum += sum_of_squares(b, 1);
    count_by_sample(c, b);
    find_worst(c, b);
}

/* Counts what a tolerance other than exact equality leaves over. Needs the differences. */
static void count_with_tolerance(comparison *c, const block *b)
{
    const cvh_tolerance *t = &c->tolerance;
    int beyond = t->relative > 0 ? count_beyond_relative(b, t) : count_above(b, t->absolute);
    if (beyond == 0 || (t->ulps > 0 && block_max_ulps(b) <= t->ulps)) return;
    if (t->ulps > 0)
        count_by_sample(c, b);
    else
        c->differing += (uint64_t)beyond;
}

static void compare_block(comparison *c, block *b)
{
    if (!memcmp(b->e, b->a, (size_t)b->count * cvh_depth_size(b->depth))) return;
    screen s = b->depth == CVH_32F ? screen32(c, b) : screen_any(c, b);
    if (!isfinite(s.sum)) {
        compare_special(c, b);
        return;
    }
    c->sum += s.sum;
    if (s.farther) {
        uint64_t ulps = block_max_ulps(b);
        if (ulps > c->max_ulps) c->max_ulps = ulps;
    }
    bool exact = c->tolerance.absolute == 0 && c->tolerance.relative == 0 && c->tolerance.ulps == 0;
    if (b->depth == CVH_32F && (s.larger || !exact)) subtract(b);
    if (s.larger) find_worst(c, b);
    if (exact)
        c->differing += (uint64_t)s.unequal;
    else
        count_with_tolerance(c, b);
}

/* For differences whose squares leave the range of double: the sum of (difference * scale)^2. */
static void add_scaled(comparison *c, block *b, double scale)
{
    subtract(b);
    define_differences(b);
    c->sum += sum_of_squares(b, scale);
}

/* The view's samples first..first+count-1 and zeros behind them. */
static const void *fill_block(const cvh_maps *view, uint64_t first, int count, samples *copy)
{
    size_t bytes = (size_t)count * cvh_sample_size(view);
    const void *found = cvh_samples_in_order(view, first, (size_t)count, copy);
    if (count % LANES == 0) return found;
    if (found != copy) memcpy(copy, found, bytes);
    memset((unsigned char *)copy + bytes, 0, sizeof *copy - bytes);
    return copy;
}

/* scale 0: everything; else the scaled sum alone. */
static void compare_all(comparison *c, const cvh_maps *expected, const cvh_maps *actual, double scale)
{
    samples e, a;
    block b = {.depth = expected->depth};
    uint64_t total = cvh_sample_count(expected);
    for (b.first = 0; b.first < total; b.first += BLOCK) {
        int count = total - b.first < BLOCK ? (int)(total - b.first) : BLOCK;
        b.e = fill_block(expected, b.first, count, &e);
        b.a = fill_block(actual, b.first, count, &a);
        b.count = (count + LANES - 1) / LANES * LANES;
        if (scale > 0)
            add_scaled(c, &b, scale);
        else
            compare_block(c, &b);
    }
}

/* Between 2^-460 and 2^460 the largest square, times any number of samples, is a normal double. */
static double root_of_mean(comparison *c, const cvh_maps *expected, const cvh_maps *actual)
{
    double count = (double)cvh_sample_count(expected);
    bool in_range = c->max_abs >= 0x1p-460 && c->max_abs <= 0x1p460;
    if (in_range || c->max_abs == 0 || isinf(c->max_abs)) return sqrt(c->sum / count);
    int exponent;
    frexp(c->max_abs, &exponent);
    /* 2^-exponent itself may be subnormal or infinite; 2^1000 is far enough. */
    double scale = ldexp(1, exponent < -1000 ? 1000 : exponent > 1000 ? -1000 : -exponent);
    c->sum = 0;
    compare_all(c, expected, actual, scale);
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

static void write_report(const comparison *c, const cvh_maps *e, const cvh_maps *a, cvh_report *report)
{
    uint64_t cols = (uint64_t)e->cols, rows = (uint64_t)e->rows;
    report->compared = cvh_sample_count(e);
    report->differing = c->differing;
    report->max_abs = c->max_abs;
    report->max_ulps = c->max_ulps;
    report->map = (int)(c->worst / cols / rows);
    report->row = (int)(c->worst / cols % rows);
    report->col = (int)(c->worst % cols);
    report->expected = value_at(e->depth, cvh_sample_at(e, report->map, report->row, report->col), 0);
    report->actual = value_at(a->depth, cvh_sample_at(a, report->map, report->row, report->col), 0);
}

cvh_status cvh_compare(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance, cvh_report *report)
{
    cvh_maps e, a;
    if (cvh_maps_check("expected", expected, CVH_DEPTHS_ALL, &e) || cvh_maps_check("actual", actual, CVH_DEPTHS_ALL, &a)
        || cvh_compare_check(tolerance, report) || check_same("count", e.count, a.count) || check_same("rows", e.rows, a.rows)
        || check_same("cols", e.cols, a.cols) || check_same("depth", (int)e.depth, (int)a.depth))
        return CVH_ERR_ARGUMENT;

    comparison c = {.tolerance = tolerance ? *tolerance : (cvh_tolerance){0}};
    compare_all(&c, &e, &a, 0);
    double rmse = root_of_mean(&c, &e, &a);
    write_report(&c, &e, &a, report);
    report->rmse = rmse;
    return CVH_OK;
}
