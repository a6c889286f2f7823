/* SPDX-License-Identifier: Apache-2.0 */
#include "base/depth.h"
#include "base/search_avx2.h"
#include "base/ulps.h"

typedef float sample;

static int64_t place(double number)
{
    return cvh_place32((float)number);
}

#ifdef __SSE2__
#  include <emmintrin.h>
#  define CVH_LANES_BELOW
#endif

#include "base/depth_real.inc"

#ifdef __SSE2__
/* SSE2 has an instruction for the larger of two floats, `a > b ? a : b` for NaN too. gcc 15 and later do not find it: with the
 * plain loop their search takes 1.7 times as long (cvheatmap_bench, "the search alone"). */
static size_t take_lanes(const float *dense, size_t count, float lane[LANES])
{
    enum { FLOATS = 4, VECTORS = LANES / FLOATS };
    __m128 most[VECTORS];
    size_t i = 0;
    for (size_t k = 0; k < VECTORS; k++) most[k] = _mm_set1_ps(lowest);
    for (; i + LANES <= count; i += LANES)
        for (size_t k = 0; k < VECTORS; k++) most[k] = _mm_max_ps(_mm_loadu_ps(dense + i + k * FLOATS), most[k]);
    for (size_t k = 0; k < VECTORS; k++) _mm_storeu_ps(lane + k * FLOATS, most[k]);
    return i;
}
#endif

extern const cvh_depth_loops cvh_loops_32f;
const cvh_depth_loops cvh_loops_32f = {number, load, load_floats, store, largest, first, place};

#ifdef CVH_HAS_AVX2
static double largest_avx2(const void *samples, size_t count, size_t *from)
{
    return count < CVH_STRETCH ? largest(samples, count, from) : cvh_largest_avx2(samples, count, from);
}

const cvh_depth_loops cvh_loops_32f_avx2 = {number, load, load_floats, store, largest_avx2, cvh_first_avx2, place};
#endif
