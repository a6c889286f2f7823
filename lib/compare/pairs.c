/* SPDX-License-Identifier: Apache-2.0 */
#include "compare/pairs.h"

#include <string.h>

#include "base/maps.h"
#include "base/samples.h"

enum { LANES = CVH_PAIRS_LANES };

/* ------------------------------------------------------------------------------------------------------------- samples */

static void start_side(cvh_side *side, const cvh_maps *view)
{
    side->view = view;
    side->coding = cvh_maps_coding(view);
    side->stored = side->values = NULL;
}

void cvh_pairs_start(cvh_pairs *pairs, const cvh_maps *expected, const cvh_maps *actual)
{
    start_side(&pairs->e, expected);
    start_side(&pairs->a, actual);
    pairs->alike = expected->depth == actual->depth && expected->scale == actual->scale && expected->zero == actual->zero;
    pairs->single = pairs->alike && expected->depth == CVH_32F && cvh_coding_is_value(&pairs->e.coding);
    pairs->total = cvh_sample_count(expected);
    pairs->first = 0;
    pairs->count = pairs->padded = 0;
    /* That one loop fills what another reads is beyond gcc's analyzer. */
    memset(pairs->difference, 0, sizeof pairs->difference);
}

/* Zeros behind the samples, for loops over them. */
static void fill_side(cvh_side *side, const cvh_pairs *pairs)
{
    size_t size = cvh_sample_size(side->view), bytes = (size_t)pairs->count * size;
    side->stored = cvh_samples_in_order(side->view, pairs->first, (size_t)pairs->count, side->copy.bytes);
    if (pairs->count == pairs->padded) return;
    if (side->stored != side->copy.bytes) memcpy(side->copy.bytes, side->stored, bytes);
    memset(side->copy.bytes + bytes, 0, (size_t)(pairs->padded - pairs->count) * size);
    side->stored = side->copy.bytes;
}

void cvh_pairs_open(cvh_pairs *pairs, uint64_t first)
{
    uint64_t left = pairs->total - first;
    pairs->first = first;
    pairs->count = left < CVH_PAIRS ? (int)left : CVH_PAIRS;
    pairs->padded = (pairs->count + LANES - 1) / LANES * LANES;
    fill_side(&pairs->e, pairs);
    fill_side(&pairs->a, pairs);
}

bool cvh_pairs_same(const cvh_pairs *pairs)
{
    return pairs->alike && !memcmp(pairs->e.stored, pairs->a.stored, (size_t)pairs->count * cvh_sample_size(pairs->e.view));
}

/* --------------------------------------------------------------------------------------------------------- differences */

/* Doubles that are values themselves are read where they lie. */
static void load_values(cvh_side *side, const cvh_pairs *pairs)
{
    bool doubles = side->coding.depth == CVH_64F && cvh_coding_is_value(&side->coding);
    side->values = doubles && pairs->count == pairs->padded ? side->stored : side->room;
    if (side->values == side->stored) return;
    cvh_load_run(&side->coding, side->stored, cvh_sample_size(side->view), (size_t)pairs->count, side->room);
    for (int i = pairs->count; i < pairs->padded; i++) side->room[i] = 0;
}

void cvh_pairs_subtract(cvh_pairs *pairs)
{
    load_values(&pairs->e, pairs);
    load_values(&pairs->a, pairs);
    const double *e = pairs->e.values, *a = pairs->a.values;
    for (int i = 0; i < pairs->padded; i++) pairs->difference[i] = e[i] - a[i];
}

void cvh_pairs_define(cvh_pairs *pairs)
{
    for (int i = 0; i < pairs->count; i++) {
        if (isfinite(pairs->difference[i])) continue;
        double e = pairs->e.values[i], a = pairs->a.values[i];
        pairs->difference[i] = e == a || (isnan(e) && isnan(a)) ? 0 : INFINITY;
    }
}

double cvh_pairs_squares(const cvh_pairs *pairs, double scale)
{
    double lane[LANES] = {0};
    for (int i = 0; i < pairs->padded; i += LANES)
        for (int j = 0; j < LANES; j++) {
            double scaled = pairs->difference[i + j] * scale;
            lane[j] += scaled * scaled;
        }
    return cvh_sum_of_lanes(lane);
}

/* Counted in doubles, which baseline x86-64 compares in vectors. */
int cvh_pairs_above(const cvh_pairs *pairs, double limit)
{
    double lane[LANES] = {0};
    for (int i = 0; i < pairs->padded; i += LANES)
        for (int j = 0; j < LANES; j++) lane[j] += fabs(pairs->difference[i + j]) > limit ? 1.0 : 0.0;
    return (int)cvh_sum_of_lanes(lane);
}

int cvh_pairs_above_each(const cvh_pairs *pairs, const double *limit)
{
    double lane[LANES] = {0};
    for (int i = 0; i < pairs->padded; i += LANES)
        for (int j = 0; j < LANES; j++) lane[j] += fabs(pairs->difference[i + j]) > limit[i + j] ? 1.0 : 0.0;
    return (int)cvh_sum_of_lanes(lane);
}
