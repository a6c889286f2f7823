/* SPDX-License-Identifier: Apache-2.0
 * Where two views differ, and which slip explains it. */
#ifndef CVH_LIB_DIFFERENCES_H
#define CVH_LIB_DIFFERENCES_H

#include <stdbool.h>

#include "base/maps.h"
#include "cvheatmap.h"

enum {
    CVH_DIFFERENCES_LISTED = 128, /* samples that a slip is tried on, */
    CVH_DIFFERENCES_A_MAP = 16    /* so many of a map, so that several maps have their say */
};

typedef struct cvh_difference {
    int map, row, col;
} cvh_difference;

/* What has been seen so far of the samples that differ, in order of map, row and column. Start with zeros. */
typedef struct cvh_differences {
    cvh_box box; /* around all of them, over all maps; empty: none yet */
    cvh_difference at[CVH_DIFFERENCES_LISTED];
    int listed, of_map; /* of_map: how many of the last map */
    cvh_box last;       /* around those of the last map */
    bool scattered;     /* those of some map lie on no one row or column */
} cvh_differences;

void cvh_difference_add(cvh_differences *seen, int map, int row, int col);

/* False where another sample would change nothing but the counts. */
static inline bool cvh_differences_wanted(const cvh_differences *seen, const cvh_maps *view)
{
    const cvh_box *box = &seen->box;
    bool whole = box->row_lo == 0 && box->col_lo == 0 && box->row_hi == view->rows && box->col_hi == view->cols;
    return !whole || !seen->scattered || seen->listed < CVH_DIFFERENCES_LISTED;
}

/* Sets report's slip from what differs; report->differing, missing and extra are told already. Both views are checked ones. */
void cvh_differences_explain(const cvh_maps *expected, const cvh_maps *actual, const cvh_differences *seen, cvh_report *report);

#endif
