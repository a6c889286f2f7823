/* SPDX-License-Identifier: Apache-2.0
 * What must be known of a list of keypoints before anything is drawn. */
#ifndef CVH_LIB_POINTS_H
#define CVH_LIB_POINTS_H

#include <stdbool.h>

#include "gaussian/shape.h"

typedef struct cvh_points {
    const cvh_keypoint *at;
    size_t count;
    cvh_shape shared; /* the convention's own Gaussian, or the first keypoint's where every one brings its own */
    bool sorted;      /* by map: the keypoints of a map are neighbours */
    bool one_peak;    /* all have the same */
    int width;        /* no profile along x is wider, before clipping */
} cvh_points;

/* Checks the list against the view and the convention, and resolves the convention's Gaussian. Norm CENTRE takes one keypoint a
 * map; with `single` norm MAX does so too. */
cvh_status cvh_points_check(const cvh_keypoint *points, size_t count, const cvh_convention *convention, cvh_method method,
                            const cvh_maps *view, bool single, cvh_points *checked);

/* The Gaussian of one keypoint of a checked list. */
const cvh_shape *cvh_points_shape(const cvh_points *points, size_t index, const cvh_convention *convention, cvh_method method,
                                  cvh_shape *own);

#endif
