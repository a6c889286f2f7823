/* SPDX-License-Identifier: Apache-2.0 */
#include "base/search_avx2.h"

#ifdef CVH_HAS_AVX2
#  include <immintrin.h>
#  include <math.h>

#  define WIDE CVH_FOR_AVX2 static inline

enum { FLOATS = 8, WORDS = 16, LANES = 4 * FLOATS };

WIDE __m256 eight(const float *samples)
{
    return _mm256_loadu_ps(samples);
}

/* A lane keeps what it has where the new sample is NaN: the instruction is `a > b ? a : b`. */
WIDE __m256 larger(__m256 a, __m256 b)
{
    return _mm256_max_ps(a, b);
}

WIDE float largest_lane(__m256 lanes)
{
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps(lanes, 1));
    __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

WIDE float largest_of_stretch(const float *samples)
{
    __m256 a = _mm256_set1_ps(-INFINITY), b = a, c = a, d = a;
    for (size_t i = 0; i < CVH_STRETCH; i += LANES) {
        a = larger(eight(samples + i), a);
        b = larger(eight(samples + i + FLOATS), b);
        c = larger(eight(samples + i + 2 * FLOATS), c);
        d = larger(eight(samples + i + 3 * FLOATS), d);
    }
    return largest_lane(larger(larger(a, b), larger(c, d)));
}

/* The last stretch may lie over the one before. */
CVH_FOR_AVX2 double cvh_largest_avx2(const void *samples, size_t count, size_t *from)
{
    const float *dense = samples;
    float best = -INFINITY;
    size_t best_from = 0;
    for (size_t i = 0; i < count; i += CVH_STRETCH) {
        size_t at = i + CVH_STRETCH <= count ? i : count - CVH_STRETCH;
        float found = largest_of_stretch(dense + at);
        if (!(found > best)) continue;
        best = found;
        best_from = at;
    }
    *from = best_from;
    return (double)best;
}

WIDE __m256i sixteen(const int16_t *words)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)words);
}

WIDE int16_t largest_word_lane(__m256i lanes)
{
    const __m128i flip = _mm_set1_epi16(INT16_MAX); /* the least unsigned word is what there is an instruction for */
    __m128i eight_words = _mm_max_epi16(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
    return (int16_t)(INT16_MAX ^ _mm_cvtsi128_si32(_mm_minpos_epu16(_mm_xor_si128(eight_words, flip))));
}

WIDE int16_t largest_word_of_stretch(const int16_t *words)
{
    __m256i a = sixteen(words), b = sixteen(words + WORDS);
    for (size_t i = 2 * WORDS; i < CVH_STRETCH; i += 2 * WORDS) {
        a = _mm256_max_epi16(sixteen(words + i), a);
        b = _mm256_max_epi16(sixteen(words + i + WORDS), b);
    }
    return largest_word_lane(_mm256_max_epi16(a, b));
}

CVH_FOR_AVX2 int16_t cvh_largest_word_avx2(const void *samples, size_t count, size_t *from)
{
    const int16_t *words = samples;
    int16_t best = INT16_MIN;
    size_t best_from = 0;
    for (size_t i = 0; i < count; i += CVH_STRETCH) {
        size_t at = i + CVH_STRETCH <= count ? i : count - CVH_STRETCH;
        int16_t found = largest_word_of_stretch(words + at);
        if (!(found > best)) continue;
        best = found;
        best_from = at;
    }
    *from = best_from;
    return best;
}

WIDE uint64_t equal_words(const int16_t *words, __m256i wanted)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi16(sixteen(words), wanted));
}

CVH_FOR_AVX2 size_t cvh_first_word_avx2(const void *samples, size_t count, int16_t word)
{
    const int16_t *words = samples;
    const __m256i wanted = _mm256_set1_epi16(word);
    size_t i = 0;
    for (; i + 2 * WORDS <= count; i += 2 * WORDS) {
        uint64_t hits = equal_words(words + i, wanted) | equal_words(words + i + WORDS, wanted) << 2 * WORDS;
        if (hits) return i + (size_t)__builtin_ctzll(hits) / 2;
    }
    while (words[i] != word) i++;
    return i;
}

WIDE unsigned equal(const float *samples, __m256 wanted)
{
    return (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(eight(samples), wanted, _CMP_EQ_OQ));
}

CVH_FOR_AVX2 size_t cvh_first_avx2(const void *samples, size_t count, double number)
{
    const float *dense = samples, sample = (float)number;
    const __m256 wanted = _mm256_set1_ps(sample);
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        unsigned hits = equal(dense + i, wanted) | equal(dense + i + FLOATS, wanted) << FLOATS
                        | equal(dense + i + 2 * FLOATS, wanted) << 2 * FLOATS
                        | equal(dense + i + 3 * FLOATS, wanted) << 3 * FLOATS;
        if (hits) return i + (size_t)__builtin_ctz(hits);
    }
    while (dense[i] != sample) i++;
    return i;
}
#else
typedef int cvh_no_search_avx2; /* a file must not be empty */
#endif
