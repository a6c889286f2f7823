/* SPDX-License-Identifier: Apache-2.0
 * A float's place among all floats, and how many two of them are apart. */
#ifndef CVH_LIB_ULPS_H
#define CVH_LIB_ULPS_H

#include <string.h>

#include "cvheatmap.h"

/* The distance from 0 to infinity, larger than any other between floats of one sign. */
#define CVH_ULPS_INFINITY32 UINT32_C(0x7f800000)

static inline int32_t cvh_bits32(float value)
{
    int32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline int64_t cvh_bits64(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* A number's place among all of its type: neighbours are 1 apart, +0 and -0 coincide. */
static inline int32_t cvh_place32(float value)
{
    int32_t bits = cvh_bits32(value), sign = bits < 0 ? -1 : 0;
    return ((bits & INT32_MAX) ^ sign) - sign;
}

static inline int64_t cvh_place64(double value)
{
    int64_t bits = cvh_bits64(value), sign = bits < 0 ? -1 : 0;
    return ((bits & INT64_MAX) ^ sign) - sign;
}

/* Neither is NaN. */
static inline uint32_t cvh_ulps32(float e, float a)
{
    int32_t p = cvh_place32(e), q = cvh_place32(a);
    return p > q ? (uint32_t)p - (uint32_t)q : (uint32_t)q - (uint32_t)p;
}

static inline uint64_t cvh_ulps64(double e, double a)
{
    int64_t p = cvh_place64(e), q = cvh_place64(a);
    return p > q ? (uint64_t)p - (uint64_t)q : (uint64_t)q - (uint64_t)p;
}

#endif
