/* SPDX-License-Identifier: Apache-2.0 */
#include "base/depth.h"

typedef int16_t sample;
typedef int16_t rank;
enum { LEAST = INT16_MIN, MOST = INT16_MAX, FLIP = 0 };

#include "base/depth_whole.inc"

extern const cvh_depth_loops cvh_loops_16s;
const cvh_depth_loops cvh_loops_16s = {number, load, load_floats, store, largest, first, place};
