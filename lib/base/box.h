/* SPDX-License-Identifier: Apache-2.0
 * Boxes of samples: parts of a map. */
#ifndef CVH_LIB_BOX_H
#define CVH_LIB_BOX_H

#include <stdbool.h>

/* Rows [row_lo, row_hi), columns [col_lo, col_hi). */
typedef struct cvh_box {
    int row_lo, row_hi, col_lo, col_hi;
} cvh_box;

static inline bool cvh_box_empty(const cvh_box *box)
{
    return box->row_lo >= box->row_hi;
}

/* The smallest box that holds both; *by is not empty. */
static inline void cvh_box_widen(cvh_box *box, const cvh_box *by)
{
    if (cvh_box_empty(box)) {
        *box = *by;
        return;
    }
    if (by->row_lo < box->row_lo) box->row_lo = by->row_lo;
    if (by->row_hi > box->row_hi) box->row_hi = by->row_hi;
    if (by->col_lo < box->col_lo) box->col_lo = by->col_lo;
    if (by->col_hi > box->col_hi) box->col_hi = by->col_hi;
}

#endif
