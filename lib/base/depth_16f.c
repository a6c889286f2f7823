/* SPDX-License-Identifier: Apache-2.0
 * IEEE half precision. A half's place among all halves compares as its number does, in 16-bit lanes. */
#include "base/depth.h"
#include "base/half.h"
#include "base/search_avx2.h"

typedef uint16_t sample;
typedef int16_t rank;
static const rank lowest = -0x7c00; /* -inf */

static float number_of(sample stored)
{
    return cvh_half_number(stored);
}

static float number_at(rank place)
{
    return cvh_half_number((uint16_t)(place < 0 ? 0x8000 - place : place));
}

static rank rank_of(sample stored)
{
    int16_t magnitude = (int16_t)(stored & 0x7fff), sign = (int16_t)((int16_t)stored >> 15);
    int16_t place = (int16_t)((magnitude ^ sign) - sign);
    return magnitude > 0x7c00 ? lowest : place;
}

static sample sample_of(double number, double nothing)
{
    (void)nothing; /* NaN stays NaN */
    return cvh_half_of(number);
}

static int64_t place(double number)
{
    return rank_of(cvh_half_of(number));
}

#define CVH_STRETCH_BELOW
#include "base/depth_loops.inc"

/* Halves that are not negative compare as signed words do and lie above all that are, so that the usual map takes one pass of
 * packed maxima. Another pass, by rank, follows where the largest word is negative, for then all are, and where it is NaN,
 * whose words without a sign lie above infinity's. */
static rank largest_half(const sample *halves, size_t count)
{
    int16_t most = INT16_MIN;
    for (size_t i = 0; i < count; i++) most = (int16_t)halves[i] > most ? (int16_t)halves[i] : most;
    return most >= 0 && most <= 0x7c00 ? most : largest_of_run(halves, count);
}

static rank largest_of_stretch(const sample *halves)
{
    return largest_half(halves, CVH_STRETCH);
}

static double largest_of_halves(const void *samples, size_t count, size_t *from)
{
    if (count >= CVH_STRETCH) return largest(samples, count, from);
    *from = 0;
    return (double)number_at(largest_half(samples, count));
}

static void load_half_floats(const void *samples, size_t step, size_t count, double scale, double zero, float *restrict values)
{
    size_t done = 0;
    if (step == sizeof(sample) && scale == 1 && zero == 0) {
        done = cvh_half_numbers_f16c(samples, count, values);
        if (!done) done = cvh_half_numbers_sse2(samples, count, values); /* GCOVR_EXCL_BR_LINE: by what the CPU has */
    }
    load_floats((const unsigned char *)samples + done * step, step, count - done, scale, zero, values + done);
}

extern const cvh_depth_loops cvh_loops_16f;
const cvh_depth_loops cvh_loops_16f = {number, load, load_half_floats, store, largest_of_halves, first, place};

#ifdef CVH_HAS_AVX2
/* -0 is as large as +0, and no word tells. */
static double largest_avx2(const void *samples, size_t count, size_t *from)
{
    int16_t most = count < CVH_STRETCH ? 0 : cvh_largest_word_avx2(samples, count, from);
    return most > 0 && most <= 0x7c00 ? (double)number_at(most) : largest_of_halves(samples, count, from);
}

static size_t first_avx2(const void *samples, size_t count, double wanted)
{
    return wanted > 0 ? cvh_first_word_avx2(samples, count, (int16_t)cvh_half_of(wanted)) : first(samples, count, wanted);
}

const cvh_depth_loops cvh_loops_16f_avx2 = {number, load, load_half_floats, store, largest_avx2, first_avx2, place};
#endif
