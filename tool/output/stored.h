/* SPDX-License-Identifier: Apache-2.0
 * What a depth of few steps loses of the maps that are stored in it. */
#ifndef CVHEATMAP_TOOL_STORED_H
#define CVHEATMAP_TOOL_STORED_H

#include "base/tool.h"

typedef struct stored_tally {
    int64_t beyond;    /* samples whose value the depth does not reach */
    double most_steps; /* the largest distance of a sample from zero, in steps */
} stored_tally;

/* Counts `count` samples, drawn in 32F or 64F, that are stored as value / scale + zero (scale 0: 1). */
void stored_count(stored_tally *tally, const void *drawn, cvh_depth drawn_depth, size_t count, const cvh_maps *stored);

/* Says what was cut off, or rounded to a handful of steps. */
void stored_remark(const stored_tally *tally, cvh_depth depth);

#endif
