/* SPDX-License-Identifier: Apache-2.0
 * cvh_bell_products_in_doubt for AVX2. It is there to be inlined: what a call puts on the stack waits behind a map's stores. */
#ifndef CVH_LIB_PRODUCTS_AVX2_H
#define CVH_LIB_PRODUCTS_AVX2_H

#include "base/avx2.h"
#include "gaussian/products.h"

#ifdef CVH_HAS_AVX2

#  include <immintrin.h>

CVH_FOR_AVX2 static inline __m256 cvh_rounded(__m256d low, __m256d high)
{
    return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm256_cvtpd_ps(low)), _mm256_cvtpd_ps(high), 1);
}

CVH_FOR_AVX2 static inline __m256i cvh_lower_halves(__m256d low, __m256d high)
{
    const __m256 mixed = _mm256_shuffle_ps(_mm256_castpd_ps(low), _mm256_castpd_ps(high), 0x88);
    return _mm256_permute4x64_epi64(_mm256_castps_si256(mixed), 0xd8);
}

CVH_FOR_AVX2 static inline uint32_t cvh_bell_products_in_doubt_avx2(const double *restrict bells,
                                                                    const uint32_t *restrict masks, double start, double E,
                                                                    int count, float *restrict out)
{
    const double E2 = E * E, E4 = E2 * E2;
    const __m256d step = _mm256_set1_pd(E4 * E4);
    const __m256i halfway = _mm256_set1_epi32(CVH_HALF_FLOAT + CVH_PRODUCT_MARGIN);
    __m256d low = _mm256_mul_pd(_mm256_set_pd(start * E, start, start * E, start), _mm256_set_pd(E2, E2, 1, 1));
    __m256d high = _mm256_mul_pd(low, _mm256_set1_pd(E4));
    __m256i nearest = halfway;
    for (int i = 0; i < count; i += CVH_BELL_LANES) {
        const __m256d a = _mm256_mul_pd(_mm256_loadu_pd(bells + i), low),
                      b = _mm256_mul_pd(_mm256_loadu_pd(bells + i + 4), high);
        const __m256i mask = _mm256_loadu_si256((const __m256i *)(const void *)(masks + i));
        nearest = _mm256_min_epi32(nearest, _mm256_and_si256(_mm256_add_epi32(cvh_lower_halves(a, b), halfway), mask));
        _mm256_storeu_ps(out + i, cvh_rounded(a, b));
        low = _mm256_mul_pd(low, step);
        high = _mm256_mul_pd(high, step);
    }
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi32(_mm256_set1_epi32(2 * CVH_PRODUCT_MARGIN), nearest));
}

#endif
#endif
