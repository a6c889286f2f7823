/* SPDX-License-Identifier: Apache-2.0
 * How many steps of the expected view's depth (ULPs) the samples of a pair are apart. */
#ifndef CVH_LIB_STEPS_H
#define CVH_LIB_STEPS_H

#include "compare/pairs.h"

/* `actual` is rounded to a step where it is stored otherwise; at least 1 between values that differ. NaN is 0 from NaN and
 * UINT64_MAX from a number. Needs the values. */
uint64_t cvh_steps_at(const cvh_pairs *pairs, int i);

/* The most of a block without NaN; needs values and differences, but for floats. */
uint64_t cvh_steps_most(const cvh_pairs *pairs);

#endif
