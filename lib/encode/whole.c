/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/whole.h"

#include <math.h>

#include "base/avx2.h"

#ifdef CVH_HAS_AVX2
#  include <immintrin.h>
#endif

/* What a profile takes, with the lanes that are added to it. */
static int room_for(int length)
{
    return (length + 2 * CVH_LINE_LANES - 1) / CVH_LINE_LANES * CVH_LINE_LANES;
}

int cvh_whole_most(const cvh_painter *painter, const cvh_placer *placer)
{
    const cvh_maps *view = painter->view;
    bool whole = isinf(placer->x.ksize) && isinf(placer->y.ksize);
    if (!painter->lined || !whole || view->cols > CVH_WHOLE_ROOM) return 0;
    int most = CVH_WHOLE_ROOM / (room_for(view->cols) + room_for(view->rows));
    return most < CVH_WHOLE_MOST ? most : CVH_WHOLE_MOST;
}

void cvh_whole_add(cvh_whole_batch *batch, const cvh_painter *painter, int map, const cvh_placement *placement)
{
    const int cols = painter->view->cols, rows = painter->view->rows, i = batch->count++;
    float *x = batch->room + i * (room_for(cols) + room_for(rows)), *y = x + room_for(cols);
    batch->map[i] = map;
    batch->profiles[2 * i] = (cvh_line_stretch){painter->x.line, placement->x.centre, 0, cols, (float)painter->lit, x};
    batch->profiles[2 * i + 1] = (cvh_line_stretch){painter->y->line, placement->y.centre, 0, rows, 1, y};
}

void cvh_whole_make_profiles(cvh_whole_batch *batch)
{
    cvh_subpixel_line_profiles(batch->profiles, 2 * batch->count);
}

/* ----------------------------------------------------------------------------------------------------------------- write */

#ifdef CVH_HAS_AVX2

enum { FLOATS = 8, WIDE = 6 }; /* of a vector; vectors of a wide strip, a usual map's 48 columns */

/* `vectors` is a literal. */
CVH_FOR_AVX2 static inline void cover_strip(int vectors, const cvh_maps *view, float *target, const float *values,
                                            const float *factors)
{
    const size_t row_step = view->row_step / sizeof(float);
    const int rows = view->rows;
    __m256 v[WIDE];
    for (int k = 0; k < vectors; k++) v[k] = _mm256_loadu_ps(values + FLOATS * k);
    for (int row = 0; row < rows; row++, target += row_step) {
        const __m256 factor = _mm256_set1_ps(factors[row]);
        for (int k = 0; k < vectors; k++) _mm256_storeu_ps(target + FLOATS * k, _mm256_mul_ps(factor, v[k]));
    }
}

CVH_FOR_AVX2 static void cover_avx2(const cvh_maps *view, float *target, const float *values, const float *factors)
{
    int col = 0;
    for (; col + WIDE * FLOATS <= view->cols; col += WIDE * FLOATS)
        cover_strip(WIDE, view, target + col, values + col, factors);
    for (; col < view->cols; col += FLOATS) cover_strip(1, view, target + col, values + col, factors);
}

/* False where it is left to the loop for every machine. A whole map's products take 0.7 to 0.9 of that one's time: with half
 * the instructions, waiting for those that underflow costs less as well. */
static bool covers(const cvh_maps *view, int map, const float *values, const float *factors)
{
    bool fits = view->cols % FLOATS == 0 && view->col_step == sizeof(float);
    if (!fits || !cvh_avx2_runs()) return false; /* GCOVR_EXCL_BR_LINE: a CPU has AVX2 or has it not */
    cover_avx2(view, cvh_sample_at(view, map, 0, 0), values, factors);
    return true;
}

#else

static bool covers(const cvh_maps *view, int map, const float *values, const float *factors)
{
    (void)view, (void)map, (void)values, (void)factors;
    return false;
}

#endif

void cvh_whole_write(const cvh_whole_batch *batch, int i, cvh_painter *painter)
{
    const float *values = batch->profiles[2 * i].out, *factors = batch->profiles[2 * i + 1].out;
    if (!covers(painter->view, batch->map[i], values, factors)) cvh_painter_cover(painter, batch->map[i], values, factors);
}
