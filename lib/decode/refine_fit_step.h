/* SPDX-License-Identifier: Apache-2.0
 * A Gaussian fitted to a window's samples: the window, and one step of the fit. */
#ifndef CVH_LIB_REFINE_FIT_STEP_H
#define CVH_LIB_REFINE_FIT_STEP_H

#include "decode/refine.h"

enum { CVH_FIT_SIDE = 2 * CVH_DECODE_MAX_WINDOW + 1, CVH_FIT_MOST_HOLES = 512 };

/* One axis. Coordinates are relative to the peak's pixel: the samples are at first..first+count-1. */
typedef struct cvh_fit_axis {
    int first, count, padded; /* padded: count up to a multiple of 4, with weights and samples of 0 */
    double centre, sigma, widest;
    double weight[3][CVH_FIT_SIDE + 3]; /* g, g u, g u^2 */
    double mean[5];                     /* <1>, <u>, ... <u^4> */
    double seen[3];                     /* {1}, {u}, {u^2} */
} cvh_fit_axis;

/* A sample that the fit leaves out. */
typedef struct cvh_fit_hole {
    short row, col; /* in the window */
} cvh_fit_hole;

typedef struct cvh_fit_window {
    double samples[CVH_BLOCK_SIDE][CVH_BLOCK_STRIDE]; /* holes are 0 */
    cvh_fit_axis x, y;
    cvh_fit_hole holes[CVH_FIT_MOST_HOLES];
    int hole_count;
    double amplitude; /* of the model before the last step, whose weights are still there */
} cvh_fit_window;

/* An axis of fewer than three samples is not fitted: its centre and width stay. */
static inline bool cvh_fitted(const cvh_fit_axis *axis)
{
    return axis->count >= 3;
}

/* Steps until the centre and the widths rest. False where there is no maximum: the samples see nothing of the model, they are
 * flat, or the centre is lost. */
bool cvh_fit(cvh_fit_window *window, bool tied);

#endif
