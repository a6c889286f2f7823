/* SPDX-License-Identifier: Apache-2.0
 * A Gaussian fitted to a window's samples: the window, and one step of the fit. */
#ifndef CVH_LIB_REFINE_FIT_STEP_H
#define CVH_LIB_REFINE_FIT_STEP_H

#include "decode/scene.h"

/* As much padding as there may be is cleared at a time, which takes no call of memset. */
enum { CVH_FIT_SIDE = 2 * CVH_DECODE_MAX_WINDOW + 1, CVH_FIT_PADDING = 3 };

/* The unknowns of a step: the height, the centre on both axes, the logarithm of the width on both axes. */
enum { CVH_FIT_HEIGHT, CVH_FIT_X, CVH_FIT_Y, CVH_FIT_WIDTH_X, CVH_FIT_WIDTH_Y, CVH_FIT_UNKNOWNS };

/* One axis. Coordinates are relative to the window's origin: the samples are at first..first+count-1. */
typedef struct cvh_fit_axis {
    int first, count, padded; /* padded: count up to a multiple of 4, with weights and samples of 0 */
    double centre, sigma;
    double weight[3][CVH_FIT_SIDE + CVH_FIT_PADDING]; /* g, g u, g u^2 */
    double moment[5];                                 /* sums of g^2, g^2 u, ... g^2 u^4 */
} cvh_fit_axis;

/* A sample that does not count as it stands: it is left out, or it is known to be the ceiling at least. */
typedef struct cvh_fit_exception {
    unsigned char row, col; /* in the window */
    bool at_least;
} cvh_fit_exception;

/* What a step found: the height as a part of the amplitude before, da / sx, db / sy, d log sx, d log sy. */
typedef struct cvh_fit_solution {
    double height, centre_x, centre_y, width_x, width_y;
} cvh_fit_solution;

typedef struct cvh_fit_window {
    double samples[CVH_BLOCK_SIDE][CVH_BLOCK_STRIDE]; /* exceptions are 0 */
    cvh_fit_axis x, y;
    cvh_fit_exception exceptions[CVH_FIT_SIDE * CVH_FIT_SIDE]; /* in raster order */
    int exception_count;
    double ceiling;            /* of the exceptions that are known to reach it */
    double amplitude;          /* of the model before the last step, whose weights are still there */
    cvh_fit_solution solution; /* of the last step */
    double last_step;          /* how far it moved the centre, 0 if there was none */
    double left, left_ratio;   /* how far the centre still is from where it tends to, and the widths, as a part of them */
    double rests[CVH_FIT_SIDE][CVH_BLOCK_STRIDE + 2]; /* row by row, each with a 0 before it; 0 for what does not count */
    double normal[CVH_FIT_UNKNOWNS][CVH_FIT_UNKNOWNS], seen[CVH_FIT_UNKNOWNS]; /* of the last step */
} cvh_fit_window;

/* An axis of fewer than three samples is not fitted: its centre and width stay. */
static inline bool cvh_fitted(const cvh_fit_axis *axis)
{
    return axis->count >= 3;
}

/* Puts the model where a fit is to start. */
void cvh_fit_start(cvh_fit_window *window, double centre_x, double centre_y, double sigma_x, double sigma_y);

/* One step from a start that is thought to be good, so that it may be close enough already. False where the samples see
 * nothing of the model, they are flat, or the centre is lost. */
bool cvh_fit_first_step(cvh_fit_window *window, bool tied);

/* Steps, or goes on stepping, until the centre is within about `close` pixels of where it tends to, and the widths rest too;
 * `tied` gives both axes one width. False where that does not come, as for a first step. */
bool cvh_fit(cvh_fit_window *window, bool tied, double close);

/* Tells a fit how much noise there is, a part of the amplitude, once it is known that there is nothing else. */
void cvh_fit_in_white_noise(cvh_fit_window *window, double noise);

/* By how much the next step lessens the sum of squares, with one width for both axes and with two; both axes are fitted. */
typedef struct cvh_fit_gain {
    double tied, free;
} cvh_fit_gain;

cvh_fit_gain cvh_fit_gain_of(const cvh_fit_window *window);

/* The constant that the next step, with one width for both axes, would find under the peak if it looked for one, and by how
 * much that lessens the sum of squares beyond what the step does without. Both axes are fitted; there is no ceiling. */
typedef struct cvh_fit_background {
    double value, gain;
} cvh_fit_background;

cvh_fit_background cvh_fit_background_of(cvh_fit_window *window);

/* Takes a constant from every sample that counts. */
void cvh_fit_take_background(cvh_fit_window *window, double value);

/* Whether a sample that is known to reach the ceiling says nothing, since the model is above it too. */
static inline bool cvh_fit_satisfied(const cvh_fit_window *window, const cvh_fit_exception *exception)
{
    double g = window->y.weight[0][exception->row] * window->x.weight[0][exception->col];
    return !exception->at_least || !(window->amplitude * g < window->ceiling);
}

#endif
