/* SPDX-License-Identifier: Apache-2.0 */
#include "base/depth.h"

typedef int8_t sample;
enum { LEAST = INT8_MIN, MOST = INT8_MAX };

#include "base/depth_whole.inc"

extern const cvh_depth_loops cvh_loops_8s;
const cvh_depth_loops cvh_loops_8s = {load, load_floats, store, largest, first, place};
