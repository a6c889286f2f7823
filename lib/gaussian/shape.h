/* SPDX-License-Identifier: Apache-2.0
 * A keypoint's Gaussian with nothing left open: its own fields over the convention's, then the rules for what is 0. */
#ifndef CVH_LIB_SHAPE_H
#define CVH_LIB_SHAPE_H

#include <stdbool.h>

#include "cvheatmap.h"

/* All doubles, so that two shapes can be compared as they stand. */
typedef struct cvh_axis_shape {
    double sigma;        /* > 0 */
    double kernel_sigma; /* sigma as given: 0 asks for OpenCV's fixed tables where there is one */
    double ksize;        /* the window's width; INFINITY for the whole map */
} cvh_axis_shape;

typedef struct cvh_shape {
    cvh_axis_shape x, y;
    double peak;
} cvh_shape;

/* Resolves `own` (NULL: none) over the convention's Gaussian, for the method given. `point` is the keypoint's index for the
 * message, or -1 for the convention itself. */
cvh_status cvh_shape_resolve(const cvh_convention *convention, cvh_method method, const cvh_gaussian *own, long long point,
                             cvh_shape *shape);

bool cvh_shape_same(const cvh_shape *a, const cvh_shape *b);

#endif
