/* SPDX-License-Identifier: Apache-2.0
 * IEEE half precision. A half's place among all halves compares as its number does, in 16-bit lanes. */
#include "base/depth.h"
#include "base/half.h"

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

#include "base/depth_loops.inc"

/* Halves that are not negative compare as signed words do and lie above all that are, so that the usual map takes one pass of
 * packed maxima; one that holds nothing but negative halves, or NaN, takes another. */
static double largest_half(const void *samples, size_t count)
{
    const int16_t *words = samples;
    int16_t most = INT16_MIN;
    for (size_t i = 0; i < count; i++) most = words[i] > most ? words[i] : most;
    return most >= 0 && most <= 0x7c00 ? (double)cvh_half_number((uint16_t)most) : largest(samples, count);
}

/* A CPU that has an instruction for it takes eight halves at a time, with the same bits. gcc before its version 11 and clang
 * before its version 19 cannot ask for that one while the program runs. */
#if defined(__GNUC__) && (__GNUC__ >= 11 || __clang_major__ >= 19) && (defined(__x86_64__) || defined(__i386__))
#  include <immintrin.h>

__attribute__((target("avx,f16c"))) static size_t load_eights(const sample *halves, size_t count, float *restrict numbers)
{
    size_t i = 0;
    for (; i + 8 <= count; i += 8)
        _mm256_storeu_ps(numbers + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)(halves + i))));
    return i;
}

static void load_floats_here(const void *samples, size_t step, size_t count, double scale, double zero, float *restrict values)
{
    size_t done = 0;
    bool eights = step == sizeof(sample) && scale == 1 && zero == 0;
    if (eights && __builtin_cpu_supports("f16c")) /* GCOVR_EXCL_BR_LINE: a CPU has the instruction or has it not */
        done = load_eights(samples, count, values);
    load_floats((const sample *)samples + done, step, count - done, scale, zero, values + done);
}
#else
#  define load_floats_here load_floats
#endif

extern const cvh_depth_loops cvh_loops_16f;
const cvh_depth_loops cvh_loops_16f = {number, load, load_floats_here, store, largest_half, first, place};
