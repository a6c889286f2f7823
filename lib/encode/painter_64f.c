/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/painter.h"

#include <math.h>

typedef double sample;

static inline sample fused(sample a, sample b, sample c)
{
    return fma(a, b, c);
}

/* Doubles are what the exponential gives, and nothing else. */
static inline void line_profile(const cvh_subpixel_line *line, const cvh_span *span, double factor, double *values)
{
    (void)line, (void)span, (void)factor, (void)values;
}

static inline void line_profiles(const cvh_painter *painter, const cvh_placement *placement, double *values, double *factors)
{
    (void)painter, (void)placement, (void)values, (void)factors;
}

#include "encode/paint.inc"

extern const cvh_painter_loops cvh_painter_64f;
const cvh_painter_loops cvh_painter_64f = {cache_taps, paint, wipe, rescale};
