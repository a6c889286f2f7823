/* SPDX-License-Identifier: Apache-2.0 */
#include "base/depth.h"

typedef uint16_t sample;
typedef int16_t rank;
enum { LEAST = 0, MOST = UINT16_MAX, FLIP = 0x8000 };

#include "base/depth_whole.inc"

extern const cvh_depth_loops cvh_loops_16u;
const cvh_depth_loops cvh_loops_16u = {number, load, load_floats, store, largest, first, place};
