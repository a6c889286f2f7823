/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/painter.h"

#include <math.h>

typedef float sample;

static inline sample fused(sample a, sample b, sample c)
{
    return fmaf(a, b, c);
}

#include "encode/paint.inc"

extern const cvh_painter_loops cvh_painter_32f;
const cvh_painter_loops cvh_painter_32f = {cache_taps, paint, wipe, rescale};
