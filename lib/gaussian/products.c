/* SPDX-License-Identifier: Apache-2.0
 * In a file of its own: where they are inlined, compilers forget that the arrays are apart, and make no vectors (gcc 12: 1.3
 * times the time of cvh_simcc_encode). */
#include "gaussian/products.h"

#include <string.h>

#ifdef CVH_HAS_AVX2
#  include <immintrin.h>
#endif

void cvh_bell_products(const double *restrict bells, double start, double E, int count, float *restrict out)
{
    double powers[CVH_BELL_LANES] = {start}, E2 = E * E, E4 = E2 * E2, E8 = E4 * E4;
    for (int j = 1; j < CVH_BELL_LANES; j++) powers[j] = powers[j - 1] * E;
    for (int i = 0; i < count; i += CVH_BELL_LANES) {
        for (int j = 0; j < CVH_BELL_LANES; j++) out[i + j] = (float)(bells[i + j] * powers[j]);
        for (int j = 0; j < CVH_BELL_LANES; j++) powers[j] *= E8;
    }
}

static inline uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Floats are compared as bits, since operations on subnormal ones are slow. */
uint32_t cvh_bell_products_in_doubt(const double *restrict bells, double powers[restrict CVH_BELL_LANES], double E8,
                                    double larger, int count, float *restrict out)
{
    uint32_t doubt[CVH_BELL_LANES] = {0}, any = 0;
    for (int i = 0; i < count; i += CVH_BELL_LANES) {
        for (int j = 0; j < CVH_BELL_LANES; j++) {
            double product = bells[i + j] * powers[j];
            float less = (float)product, more = (float)(product * larger);
            doubt[j] |= bits_of(less) ^ bits_of(more);
            out[i + j] = less;
        }
        for (int j = 0; j < CVH_BELL_LANES; j++) powers[j] *= E8;
    }
    for (int j = 0; j < CVH_BELL_LANES; j++) any |= doubt[j];
    return any;
}

#ifdef CVH_HAS_AVX2

/* A load of all four would wait for two stores of two. */
CVH_FOR_AVX2 static inline __m256d four(const double *from)
{
    return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_loadu_pd(from)), _mm_loadu_pd(from + 2), 1);
}

CVH_FOR_AVX2 static inline __m256 rounded(__m256d low, __m256d high)
{
    return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm256_cvtpd_ps(low)), _mm256_cvtpd_ps(high), 1);
}

/* 0.7 of the time. */
CVH_FOR_AVX2 uint32_t cvh_bell_products_in_doubt_avx2(const double *restrict bells, double powers[restrict CVH_BELL_LANES],
                                                      double E8, double larger, int count, float *restrict out)
{
    const __m256d step = _mm256_set1_pd(E8), more = _mm256_set1_pd(larger);
    __m256d low = four(powers), high = four(powers + 4);
    __m256 doubt = _mm256_setzero_ps();
    for (int i = 0; i < count; i += CVH_BELL_LANES) {
        __m256d a = _mm256_mul_pd(_mm256_loadu_pd(bells + i), low), b = _mm256_mul_pd(_mm256_loadu_pd(bells + i + 4), high);
        __m256 less = rounded(a, b);
        _mm256_storeu_ps(out + i, less);
        doubt = _mm256_or_ps(doubt, _mm256_xor_ps(less, rounded(_mm256_mul_pd(a, more), _mm256_mul_pd(b, more))));
        low = _mm256_mul_pd(low, step);
        high = _mm256_mul_pd(high, step);
    }
    const __m256i bits = _mm256_castps_si256(doubt);
    return !_mm256_testz_si256(bits, bits);
}

#endif

cvh_products_in_doubt *cvh_products_in_doubt_here(void)
{
#ifdef CVH_HAS_AVX2
    if (cvh_avx2_runs()) return cvh_bell_products_in_doubt_avx2; /* GCOVR_EXCL_BR_LINE: a CPU has AVX2 or has it not */
#endif
    return cvh_bell_products_in_doubt; /* GCOVR_EXCL_LINE: as above */
}
