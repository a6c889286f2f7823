/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/painter.h"

#include <math.h>

typedef float sample;

static inline sample fused(sample a, sample b, sample c)
{
    return fmaf(a, b, c);
}

static inline cvh_line_stretch stretch_of(const cvh_subpixel_line *line, const cvh_span *span, float factor, float *out)
{
    return (cvh_line_stretch){line, span->centre, span->lo, span->hi - span->lo, factor, out};
}

static inline void line_profile(const cvh_subpixel_line *line, const cvh_span *span, float factor, float *values)
{
    const cvh_line_stretch stretch = stretch_of(line, span, factor, values);
    cvh_subpixel_line_profiles(&stretch, 1);
}

static inline void line_profiles(const cvh_painter *painter, const cvh_placement *placement, float *values, float *factors)
{
    const cvh_line_stretch stretches[] = {stretch_of(painter->x.line, &placement->x, (float)painter->lit, values),
                                          stretch_of(painter->y->line, &placement->y, 1, factors)};
    cvh_subpixel_line_profiles(stretches, 2);
}

#include "encode/paint.inc"

void cvh_painter_cover(cvh_painter *painter, int map, const float *values, const float *factors)
{
    painter->overlap = CVH_OVERLAP_REPLACE;
    combine(painter, map, 0, 0, factors, painter->view->rows, values, painter->view->cols);
}

extern const cvh_painter_loops cvh_painter_32f;
const cvh_painter_loops cvh_painter_32f = {cache_taps, paint, wipe, rescale};
