/* SPDX-License-Identifier: Apache-2.0 */
#include "compare/screen.h"

#include <float.h>

#include "base/ulps.h"

enum { LANES = CVH_PAIRS_LANES };

/* ---------------------------------------------------------------------------------------------------------- any values */

static void count_zeros(const cvh_pairs *pairs, cvh_screen *screen)
{
    const double *e = pairs->e.values, *a = pairs->a.values;
    double missing[LANES] = {0}, extra[LANES] = {0};
    for (int i = 0; i < pairs->padded; i += LANES)
        for (int j = 0; j < LANES; j++) {
            missing[j] += a[i + j] == 0 && e[i + j] != 0 ? 1.0 : 0.0;
            extra[j] += e[i + j] == 0 && a[i + j] != 0 ? 1.0 : 0.0;
        }
    screen->missing = (int)cvh_sum_of_lanes(missing);
    screen->extra = (int)cvh_sum_of_lanes(extra);
}

cvh_screen cvh_screen_values(cvh_pairs *pairs, double max_abs, bool zeros)
{
    cvh_pairs_subtract(pairs);
    cvh_screen screen = {.sum = cvh_pairs_squares(pairs, 1),
                         .unequal = cvh_pairs_above(pairs, 0),
                         .larger = cvh_pairs_above(pairs, max_abs) > 0,
                         .farther = true};
    if (zeros) count_zeros(pairs, &screen);
    return screen;
}

/* -------------------------------------------------------------------------------------------------------------- floats */

/* The sum of cvh_pairs_subtract and cvh_pairs_squares, in one pass. */
static double sum_of_squares(const float *e, const float *a, int count)
{
    double lane[LANES] = {0};
    for (int i = 0; i < count; i += LANES)
        for (int j = 0; j < LANES; j++) {
            double difference = (double)e[i + j] - (double)a[i + j];
            lane[j] += difference * difference;
        }
    return cvh_sum_of_lanes(lane);
}

/* The same of pairs whose differences are floats: half as many numbers are widened. */
static double sum_of_close_squares(const float *e, const float *a, int count)
{
    double lane[LANES] = {0};
    for (int i = 0; i < count; i += LANES) {
        float difference[LANES];
        for (int j = 0; j < LANES; j++) difference[j] = e[i + j] - a[i + j];
        for (int j = 0; j < LANES; j++) lane[j] += (double)difference[j] * (double)difference[j];
    }
    return cvh_sum_of_lanes(lane);
}

/* Whether cvh_pairs_subtract and cvh_pairs_above would find any; in two loops, so that both are vectors. */
static bool any_above(const float *e, const float *a, int count, double limit)
{
    double difference[CVH_PAIRS], lane[LANES] = {0};
    for (int i = 0; i < count; i += LANES)
        for (int j = 0; j < LANES; j++) difference[i + j] = (double)e[i + j] - (double)a[i + j];
    for (int i = 0; i < count; i += LANES)
        for (int j = 0; j < LANES; j++) lane[j] += fabs(difference[i + j]) > limit ? 1.0 : 0.0;
    return cvh_sum_of_lanes(lane) > 0;
}

/* What the pass over a block counts, in 32-bit lanes. */
typedef struct float_counts {
    int32_t unequal, larger, farther, lone_zeros;
} float_counts;

/* Floats of one sign are |p - q| ULPs apart, p and q their bits; that is above the limit where the unsigned p - q + limit is
 * above 2 limit (compared as signed numbers, 2^31 lower). Up to this limit floats of two signs are found as well; and pairs
 * that are not found, as one is at most twice the other, have differences that are floats (Sterbenz). */
static const uint32_t FACTOR_OF_TWO = 0x00800000u;

/* larger: rounding is monotone, so |d| > max_abs implies that float(|d|) >= float(max_abs). */
static inline float_counts count_floats(const float *e, const float *a, int count, double max_abs, uint32_t limit, bool zeros)
{
    const float largest = max_abs < FLT_MAX ? (float)max_abs : FLT_MAX;
    const uint32_t low = limit - 0x80000000u;
    const int32_t high = (int32_t)(2 * limit - 0x80000000u);
    int32_t unequal = 0, larger = 0, farther = 0, lone_zeros = 0;
    for (int i = 0; i < count; i++) {
        int32_t p = cvh_bits32(e[i]), q = cvh_bits32(a[i]);
        unequal += e[i] != a[i];
        larger += fabsf(e[i] - a[i]) >= largest;
        farther += (int32_t)((uint32_t)p - (uint32_t)q + low) > high;
        if (zeros) lone_zeros += (e[i] == 0) != (a[i] == 0);
    }
    return (float_counts){unequal, larger, farther, lone_zeros};
}

/* Whether any floats of two signs are farther apart than the limit. */
static bool any_across(const float *e, const float *a, int count, uint32_t limit)
{
    const int32_t high = (int32_t)(limit - 0x80000000u);
    int32_t farther = 0;
    for (int i = 0; i < count; i++) {
        int32_t p = cvh_bits32(e[i]), q = cvh_bits32(a[i]);
        uint32_t apart = (uint32_t)(p & INT32_MAX) + (uint32_t)(q & INT32_MAX);
        farther |= (int32_t)(apart - 0x80000000u) > high ? p ^ q : 0;
    }
    return farther < 0;
}

static void count_float_zeros(const float *e, const float *a, int count, cvh_screen *screen)
{
    int32_t missing = 0, extra = 0;
    for (int i = 0; i < count; i++) {
        missing += (a[i] == 0) & (e[i] != 0);
        extra += (e[i] == 0) & (a[i] != 0);
    }
    screen->missing = missing;
    screen->extra = extra;
}

/* Where a float of |d| equals that of max_abs, which is the rule for samples a few ULPs apart, doubles decide. */
cvh_screen cvh_screen_floats(const cvh_pairs *pairs, double max_abs, uint64_t max_ulps, bool zeros)
{
    const float *e = pairs->e.stored, *a = pairs->a.stored;
    const uint32_t limit = max_ulps < UINT32_MAX ? (uint32_t)max_ulps : UINT32_MAX;
    const uint32_t of_one_sign = limit < CVH_ULPS_INFINITY32 ? limit : CVH_ULPS_INFINITY32;
    int count = pairs->padded;
    float_counts found =
        zeros ? count_floats(e, a, count, max_abs, of_one_sign, true) : count_floats(e, a, count, max_abs, of_one_sign, false);
    bool close = !found.farther && limit < FACTOR_OF_TWO;
    cvh_screen screen = {.sum = close ? sum_of_close_squares(e, a, count) : sum_of_squares(e, a, count),
                         .unequal = found.unequal,
                         .larger = found.larger && any_above(e, a, count, max_abs),
                         .farther = found.farther || (limit >= FACTOR_OF_TWO && any_across(e, a, count, limit))};
    if (found.lone_zeros) count_float_zeros(e, a, count, &screen);
    return screen;
}
