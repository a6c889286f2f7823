/* SPDX-License-Identifier: Apache-2.0 */
#include "base/depth.h"
#include "base/ulps.h"

typedef float sample;

static int64_t place(double number)
{
    return cvh_place32((float)number);
}

#include "base/depth_real.inc"

extern const cvh_depth_loops cvh_loops_32f;
const cvh_depth_loops cvh_loops_32f = {number, load, load_floats, store, largest, first, place};
