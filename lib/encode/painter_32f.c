/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/painter.h"

#include <math.h>

typedef float sample;

static inline sample fused(sample a, sample b, sample c)
{
    return fmaf(a, b, c);
}

static inline bool line_profile(const cvh_subpixel_line *line, const cvh_span *span, float factor, float *values)
{
    return cvh_subpixel_line_profile(line, span->centre, span->lo, span->hi - span->lo, factor, values);
}

#include "encode/paint.inc"

extern const cvh_painter_loops cvh_painter_32f;
const cvh_painter_loops cvh_painter_32f = {cache_taps, paint, wipe, rescale};
