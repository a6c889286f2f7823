/* SPDX-License-Identifier: Apache-2.0
 * IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of significand. In integers, so that neither a machine's
 * rounding mode for halves nor its treatment of subnormal floats can change a bit. */
#ifndef CVH_LIB_HALF_H
#define CVH_LIB_HALF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline float cvh_float_of_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline uint32_t cvh_bits_of_float(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Exact. A float has 13 bits more behind and a bias that is 112 larger, so that n below is the number of a half that is normal.
 * A subnormal half h is h * 2^-24, and its n is 2^-15 + h * 2^-25: the number is 2n - 2^-14, which is less than n below 2^-14,
 * where those are, and nowhere else. The last exponent's n is finite; NaN keeps its payload and is quiet. Only normal floats
 * are met, and no branches, so that a loop over halves becomes vectors. */
static inline float cvh_half_number(uint16_t half)
{
    const uint32_t one = UINT32_C(1) << 23, last = UINT32_C(31) << 23;
    uint32_t magnitude = (uint32_t)(half & 0x7fff) << 13, sign = (uint32_t)(half & 0x8000) << 16;
    float n = cvh_float_of_bits(magnitude + 112 * one), twice = n + n - 0x1p-14f;
    uint32_t infinite = (0u - (magnitude >= last)) & (UINT32_C(255) << 23), quiet = (0u - (magnitude > last)) & (one >> 1);
    return cvh_float_of_bits(cvh_bits_of_float(twice < n ? twice : n) | infinite | quiet | sign);
}

/* Rounded once, half to even: beyond 65519.99.. infinite, below 2^-14 a multiple of 2^-24. NaN keeps the front of its payload
 * and is quiet. */
static inline uint16_t cvh_half_of(double value)
{
    const uint64_t infinite = UINT64_C(0x7ff) << 52, least_normal = (uint64_t)(1023 - 14) << 52,
                   too_large = (uint64_t)(1023 + 16) << 52;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint64_t magnitude = bits & INT64_MAX;
    uint16_t sign = (uint16_t)(bits >> 48 & 0x8000);
    if (magnitude > infinite) return (uint16_t)(sign | 0x7e00 | (magnitude >> 42 & 0x3ff));
    if (magnitude >= too_large) return (uint16_t)(sign | 0x7c00);
    if (magnitude < least_normal) {
        /* 2^28 has its last bit at 2^-24: the sum is rounded there, and its last bits count the multiples. */
        double sum;
        memcpy(&sum, &magnitude, sizeof sum);
        sum += 0x1p28;
        memcpy(&magnitude, &sum, sizeof magnitude);
        return (uint16_t)(sign | (magnitude & 0x7ff));
    }
    uint64_t rounded = magnitude + ((UINT64_C(1) << 41) - 1 + (magnitude >> 42 & 1));
    return (uint16_t)(sign | (uint16_t)((rounded >> 42) - ((1023 - 15) << 10)));
}

/* The same for many halves from the front, by the machine's own instructions: how many were done, 0 where this machine or
 * compiler has none. F16C takes eight at a time, SSE2 64. */
size_t cvh_half_numbers_f16c(const uint16_t *halves, size_t count, float *numbers);
size_t cvh_half_numbers_sse2(const uint16_t *halves, size_t count, float *numbers);

/* The other way, as cvh_half_of, eight at a time. */
size_t cvh_halves_of_f16c(const float *numbers, size_t count, uint16_t *halves);

#endif
