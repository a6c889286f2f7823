/* SPDX-License-Identifier: Apache-2.0 */
#include "compare/steps.h"

#include "base/ulps.h"

uint64_t cvh_steps_at(const cvh_pairs *pairs, int i)
{
    double e = pairs->e.values[i], a = pairs->a.values[i];
    if (isnan(e) || isnan(a)) return isnan(e) && isnan(a) ? 0 : UINT64_MAX;
    if (e == a) return 0;
    const cvh_coding *coding = &pairs->e.coding;
    const cvh_depth_row *row = &cvh_depth_rows[coding->depth];
    size_t at = (size_t)i * row->size;
    double expected = cvh_load_number(coding->depth, (const unsigned char *)pairs->e.stored + at);
    double actual =
        pairs->alike ? cvh_load_number(coding->depth, (const unsigned char *)pairs->a.stored + at) : cvh_number_of(coding, a);
    int64_t p = row->loops->place(expected), q = row->loops->place(actual);
    uint64_t ulps = p > q ? (uint64_t)p - (uint64_t)q : (uint64_t)q - (uint64_t)p;
    return ulps > 0 ? ulps : 1;
}

/* The largest is kept as a signed number, 2^31 lower: baseline x86-64 compares only those in vectors. */
static uint64_t most_of_floats(const float *e, const float *a, int count)
{
    int32_t largest = INT32_MIN;
    for (int i = 0; i < count; i++) {
        int32_t lowered = (int32_t)(cvh_ulps32(e[i], a[i]) - 0x80000000u);
        largest = largest < lowered ? lowered : largest;
    }
    return (uint32_t)largest + 0x80000000u;
}

/* Doubles that are values themselves. With a zero, samples of one value may be many steps apart. */
static uint64_t most_of_doubles(const double *e, const double *a, int count)
{
    uint64_t largest = 0;
    for (int i = 0; i < count; i++) {
        uint64_t ulps = cvh_ulps64(e[i], a[i]);
        largest = largest < ulps ? ulps : largest;
    }
    return largest;
}

static uint64_t most_of_any(const cvh_pairs *pairs)
{
    uint64_t largest = 0;
    for (int i = 0; i < pairs->count; i++) {
        uint64_t ulps = cvh_steps_at(pairs, i);
        largest = largest < ulps ? ulps : largest;
    }
    return largest;
}

/* Whole numbers are as many steps apart as they differ by. */
static uint64_t most_of_whole(const cvh_pairs *pairs)
{
    double largest = 0;
    for (int i = 0; i < pairs->count; i++) {
        double apart = fabs(pairs->difference[i]);
        largest = largest < apart ? apart : largest;
    }
    return (uint64_t)rint(largest / pairs->e.coding.scale);
}

uint64_t cvh_steps_most(const cvh_pairs *pairs)
{
    if (pairs->single) return most_of_floats(pairs->e.stored, pairs->a.stored, pairs->count);
    if (pairs->alike && pairs->e.coding.depth == CVH_64F && cvh_coding_is_value(&pairs->e.coding))
        return most_of_doubles(pairs->e.stored, pairs->a.stored, pairs->count);
    if (pairs->alike && cvh_depth_rows[pairs->e.coding.depth].whole) return most_of_whole(pairs);
    return most_of_any(pairs);
}
