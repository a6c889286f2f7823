/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap, whether two maps, or two methods, agree. */
#ifndef CVHEATMAP_COMPARE_H
#define CVHEATMAP_COMPARE_H

#include "encode.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -------------------------------------------------------------------------------------------------------------- comparing */

typedef struct cvh_tolerance {
    double absolute, relative; /* >= 0 */
    uint64_t ulps;             /* in the maps' own depth; 8U: grey levels */
} cvh_tolerance;               /* all 0: exact equality */

typedef struct cvh_report {
    uint64_t compared, differing; /* samples; how many do not agree */
    double max_abs, rmse; /* largest |e-a| and root of the mean (e-a)^2, over all samples; INFINITY for NaN against a number */
    uint64_t max_ulps;    /* UINT64_MAX for NaN against a number */
    int map, row, col;    /* the worst sample: the first with |e-a| = max_abs, in order of map, row, column */
    double expected, actual; /* its values */
} cvh_report;

/* Compares two views of the same count, rows, cols and depth (8U, 32F, 64F), each with its own steps; both are read. A sample
 * agrees if |e-a| <= absolute, or |e-a| <= relative * |e|, or e and a are within `ulps` steps of each other, or they are
 * equal (+0 = -0), or both are NaN; NaN against a number never agrees, nor an infinite |e-a| but within `ulps`. CVH_OK also
 * when they differ: report->differing says so. tolerance NULL: exact. */
CVH_API cvh_status cvh_compare(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance,
                               cvh_report *report);

/* Draws the same keypoints by two methods into scratch maps of `shape` (its count, rows, cols and depth alone are read) and
 * compares them. The convention's ksize_x must be set: the methods' defaults differ. Errors: those of the methods and of
 * cvh_compare, and CVH_ERR_MEMORY. */
CVH_API cvh_status cvh_crosscheck(cvh_method_fn expected, cvh_method_fn actual, const cvh_maps *shape,
                                  const cvh_keypoint *points, size_t count, const cvh_convention *convention,
                                  const cvh_tolerance *tolerance, cvh_report *report);

#ifdef __cplusplus
}
#endif

#endif
