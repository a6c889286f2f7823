/* SPDX-License-Identifier: Apache-2.0 */
#include "base/depth.h"

typedef uint8_t sample;
typedef uint8_t rank;
enum { LEAST = 0, MOST = UINT8_MAX, FLIP = 0 };

#include "base/depth_whole.inc"

extern const cvh_depth_loops cvh_loops_8u;
const cvh_depth_loops cvh_loops_8u = {number, load, load_floats, store, largest, first, place};
