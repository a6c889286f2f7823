/* SPDX-License-Identifier: Apache-2.0 */
#include "base/depth.h"

typedef int8_t sample;
typedef uint8_t rank;
enum { LEAST = INT8_MIN, MOST = INT8_MAX, FLIP = 0x80 };

#include "base/depth_whole.inc"

extern const cvh_depth_loops cvh_loops_8s;
const cvh_depth_loops cvh_loops_8s = {number, load, load_floats, store, largest, first, place};
