/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/painter.h"

#include <math.h>

typedef double sample;

static inline sample fused(sample a, sample b, sample c)
{
    return fma(a, b, c);
}

#include "encode/paint.inc"

extern const cvh_painter_loops cvh_painter_64f;
const cvh_painter_loops cvh_painter_64f = {cache_taps, paint, wipe, rescale};
