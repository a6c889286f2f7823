/* SPDX-License-Identifier: Apache-2.0
 * IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of significand. In integers, so that neither a machine's
 * rounding mode for halves nor its treatment of subnormal floats can change a bit. */
#ifndef CVH_LIB_HALF_H
#define CVH_LIB_HALF_H

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

/* Exact. A float has 13 bits more behind and a bias that is 112 larger. A subnormal half h is h * 2^-24: put behind a leading
 * one, as 2^-14 + h * 2^-24, it is a normal float, of which 2^-14 is taken away. NaN keeps its payload and is quiet.
 * No branches, so that a loop over halves becomes vectors. */
static inline float cvh_half_number(uint16_t half)
{
    const uint32_t exponents = UINT32_C(0x7c00) << 13, one = UINT32_C(1) << 23;
    uint32_t magnitude = (uint32_t)(half & 0x7fff) << 13, exponent = magnitude & exponents,
             sign = (uint32_t)(half & 0x8000) << 16;
    uint32_t normal = magnitude + 112 * one;
    uint32_t subnormal = cvh_bits_of_float(cvh_float_of_bits(normal + one) - 0x1p-14f);
    uint32_t quiet = (uint32_t)(magnitude > exponents) << 22;
    uint32_t special = (normal + 112 * one) | quiet;
    uint32_t is_special = 0u - (exponent == exponents), is_subnormal = 0u - (exponent == 0);
    uint32_t bits = (special & is_special) | (subnormal & is_subnormal) | (normal & ~(is_special | is_subnormal));
    return cvh_float_of_bits(bits | sign);
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

#endif
