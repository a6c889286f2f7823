/* SPDX-License-Identifier: Apache-2.0
 * Halves to floats, and back, with the instructions of x86: the bits of cvh_half_number and cvh_half_of. */
#include "base/half.h"

#include <stdbool.h>

/* gcc before its version 11 and clang before its version 19 cannot ask for F16C while the program runs. */
#if defined(__GNUC__) && (__GNUC__ >= 11 || __clang_major__ >= 19) && (defined(__x86_64__) || defined(__i386__))
#  include <immintrin.h>

__attribute__((target("avx,f16c"))) static size_t numbers_f16c(const uint16_t *halves, size_t count, float *restrict numbers)
{
    size_t i = 0;
    for (; i + 8 <= count; i += 8)
        _mm256_storeu_ps(numbers + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)(halves + i))));
    return i;
}

__attribute__((target("avx,f16c"))) static size_t halves_of_f16c(const float *numbers, size_t count, uint16_t *restrict halves)
{
    size_t i = 0;
    for (; i + 8 <= count; i += 8)
        _mm_storeu_si128((__m128i *)(void *)(halves + i),
                         _mm256_cvtps_ph(_mm256_loadu_ps(numbers + i), _MM_FROUND_TO_NEAREST_INT));
    return i;
}

size_t cvh_halves_of_f16c(const float *numbers, size_t count, uint16_t *halves)
{
    if (!__builtin_cpu_supports("f16c")) return 0; /* GCOVR_EXCL_BR_LINE: as below */
    return halves_of_f16c(numbers, count, halves);
}

size_t cvh_half_numbers_f16c(const uint16_t *halves, size_t count, float *numbers)
{
    if (!__builtin_cpu_supports("f16c")) return 0; /* GCOVR_EXCL_BR_LINE: a CPU has the instruction or has it not */
    return numbers_f16c(halves, count, numbers);
}
#else
size_t cvh_half_numbers_f16c(const uint16_t *halves, size_t count, float *numbers)
{
    (void)halves, (void)count, (void)numbers;
    return 0;
}

size_t cvh_halves_of_f16c(const float *numbers, size_t count, uint16_t *halves)
{
    (void)numbers, (void)count, (void)halves;
    return 0;
}
#endif

/* What every x86-64 has. The two words of a float are made eight at a time, in lanes of 16 bits, and put together. That takes
 * half the time of the vectors that compilers make of cvh_half_number, of which gcc 12 and clang 14 take 1.2 and 1.1 ms for
 * 3.2 million halves. */
#ifdef __SSE2__
#  include <emmintrin.h>

enum { BLOCK = 64 };

static inline __m128 signed_number(__m128i bits, __m128i sign)
{
    __m128 n = _mm_castsi128_ps(bits), twice = _mm_sub_ps(_mm_add_ps(n, n), _mm_set1_ps(0x1p-14f));
    return _mm_or_ps(_mm_min_ps(twice, n), _mm_castsi128_ps(sign));
}

/* One block; false where an infinite half or NaN is among them, whose numbers are wrong. */
static bool finite_numbers(const uint16_t *halves, float *restrict numbers)
{
    const __m128i zero = _mm_setzero_si128(), bias = _mm_set1_epi16(112 << 7);
    __m128i most = zero;
    for (int i = 0; i < BLOCK; i += 8) {
        __m128i eight = _mm_loadu_si128((const __m128i *)(const void *)(halves + i));
        __m128i magnitude = _mm_and_si128(eight, _mm_set1_epi16(0x7fff)), sign = _mm_xor_si128(eight, magnitude);
        __m128i back = _mm_slli_epi16(eight, 13), front = _mm_add_epi16(_mm_srli_epi16(magnitude, 3), bias);
        most = _mm_max_epi16(most, magnitude);
        _mm_storeu_ps(numbers + i, signed_number(_mm_unpacklo_epi16(back, front), _mm_unpacklo_epi16(zero, sign)));
        _mm_storeu_ps(numbers + i + 4, signed_number(_mm_unpackhi_epi16(back, front), _mm_unpackhi_epi16(zero, sign)));
    }
    return !_mm_movemask_epi8(_mm_cmpgt_epi16(most, _mm_set1_epi16(0x7bff)));
}

size_t cvh_half_numbers_sse2(const uint16_t *halves, size_t count, float *numbers)
{
    size_t i = 0;
    for (; i + BLOCK <= count; i += BLOCK)
        if (!finite_numbers(halves + i, numbers + i))
            for (size_t k = i; k < i + BLOCK; k++) numbers[k] = cvh_half_number(halves[k]);
    return i;
}
#else
size_t cvh_half_numbers_sse2(const uint16_t *halves, size_t count, float *numbers)
{
    (void)halves, (void)count, (void)numbers;
    return 0;
}
#endif
