/* SPDX-License-Identifier: Apache-2.0
 * One vector of SimCC: from its largest bin to where the keypoint really is. */
#ifndef CVH_LIB_SIMCC_AXIS_H
#define CVH_LIB_SIMCC_AXIS_H

#include "decode/plane.h"

/* A vector is a plane of one row. */
typedef struct cvh_axis_reading {
    double at;    /* in bins */
    double sigma; /* the fitted width in bins, NaN where nothing was fitted */
} cvh_axis_reading;

/* *reading holds the largest bin, and keeps it unless the answer is CVH_FOUND_REFINED. `sigma` is the labels', in bins. */
cvh_found cvh_axis_fit(const cvh_plane *vector, double sigma, cvh_axis_reading *reading);
cvh_found cvh_axis_dark(const cvh_plane *vector, double sigma, cvh_axis_reading *reading);

/* The widths that cvh_axis_dark has a kernel for. */
#define CVH_DARK_LEAST_SIGMA 0.8
#define CVH_DARK_MOST_SIGMA 19.5

#endif
