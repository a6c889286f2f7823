/* SPDX-License-Identifier: Apache-2.0
 * Where a keypoint's copies lie. Beyond its edges a map repeats as cv::BorderTypes say: extended coordinate q shows map
 * coordinate ext(q). Seen from the map, a keypoint at c has a copy at every q with ext(q) = c. */
#ifndef CVH_LIB_BORDER_H
#define CVH_LIB_BORDER_H

#include <limits.h>
#include <stdbool.h>

#include "cvheatmap.h"

enum { CVH_NO_COPY_ABOVE = INT_MAX, CVH_NO_COPY_BELOW = INT_MIN };

static inline bool cvh_border_reflects(cvh_border border)
{
    return border > CVH_BORDER_CONSTANT;
}

/* The copies of coordinate c, 0 <= c < length, next to `from` in both directions: the smallest q >= from, and the largest
 * q <= from, with ext(q) = c; CVH_NO_COPY_ABOVE or _BELOW where there is none. METHOD means CONSTANT here. */
int cvh_copy_from(cvh_border border, int length, int c, int from);
int cvh_copy_to(cvh_border border, int length, int c, int from);

/* True where the copy at q runs the other way round. */
bool cvh_copy_mirrored(cvh_border border, int length, int c, int q);

/* ext(q): where a coordinate beyond 0..length-1 is read; -1: nowhere, the value is 0 (METHOD means CONSTANT here). */
int cvh_border_fold(cvh_border border, int length, int q);

#endif
