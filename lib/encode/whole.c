/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/whole.h"

#include <math.h>

#include "gaussian/products_avx2.h"

/* What a profile takes, with the lanes that are added to it. */
static int room_for(int length)
{
    return (length + 2 * CVH_LINE_LANES - 1) & -CVH_LINE_LANES;
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

CVH_FOR_AVX2 static inline bool makes_profile(const cvh_line_stretch *stretch, const cvh_line_parts *parts)
{
    const int at = cvh_line_index(stretch->line, parts->first);
    const double *bells = stretch->line->bells + at;
    const uint32_t *masks = stretch->line->masks + at;
    return parts->usual && !cvh_bell_products_in_doubt_avx2(bells, masks, parts->Q, parts->E, parts->in_lanes, stretch->out);
}

CVH_FOR_AVX2 static inline void make_profiles(const cvh_whole_batch *batch, int i)
{
    for (int each = 2 * i; each < 2 * i + 2; each++)
        if (!makes_profile(&batch->profiles[each], &batch->parts[each]))
            cvh_subpixel_line_write(&batch->profiles[each], 1, &batch->parts[each]);
}

/* A map's profiles are made before the map in front of it is written, while the stores of the one before that are on their way:
 * behind its own they would have to wait. Made in a function of their own they cost 1.04 of the time, as a call's stores wait
 * too. */
CVH_FOR_AVX2 static void write_avx2(const cvh_whole_batch *batch, const cvh_maps *view)
{
    for (int i = 0; i <= batch->count; i++) {
        if (i < batch->count) make_profiles(batch, i);
        if (i == 0) continue;
        const float *values = batch->profiles[2 * i - 2].out, *factors = batch->profiles[2 * i - 1].out;
        cover_avx2(view, cvh_sample_at(view, batch->map[i - 1], 0, 0), values, factors);
    }
}

/* False where it is left to the loop for every machine. */
static bool writes(const cvh_whole_batch *batch, const cvh_maps *view)
{
    bool fits = view->cols % FLOATS == 0 && view->col_step == sizeof(float);
    if (!fits || !cvh_avx2_runs()) return false; /* GCOVR_EXCL_BR_LINE: a CPU has AVX2 or has it not */
    write_avx2(batch, view);
    return true;
}

#else

static bool writes(const cvh_whole_batch *batch, const cvh_maps *view)
{
    (void)batch, (void)view;
    return false;
}

#endif

void cvh_whole_write(cvh_whole_batch *batch, cvh_painter *painter)
{
    cvh_subpixel_line_divide(batch->profiles, 2 * batch->count, batch->parts);
    if (writes(batch, painter->view)) return;
    /* in the same order, for the same reason */
    for (int i = 0; i <= batch->count; i++) {
        if (i < batch->count) cvh_subpixel_line_write(&batch->profiles[2 * i], 2, &batch->parts[2 * i]);
        if (i > 0)
            cvh_painter_cover(painter, batch->map[i - 1], batch->profiles[2 * i - 2].out, batch->profiles[2 * i - 1].out);
    }
}
