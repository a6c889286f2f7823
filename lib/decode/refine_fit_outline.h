/* SPDX-License-Identifier: Apache-2.0
 * A peak's outline: how wide it looks, and whether it is a plateau. */
#ifndef CVH_LIB_REFINE_FIT_OUTLINE_H
#define CVH_LIB_REFINE_FIT_OUTLINE_H

#include "decode/scene.h"

typedef struct cvh_outline {
    double x, y;               /* the mean position of the samples that share the largest value, in pixels of the map */
    double radius;             /* of a disc of as many samples; 0 where the largest has no equal beside it */
    double ceiling;            /* that value where more than two have it, as a peak between two pixels may; else INFINITY */
    double middle_x, middle_y; /* between the flanks, in pixels of the map */
    double sigma_x, sigma_y;   /* the width along each axis */
    double sigma;              /* one for both */
} cvh_outline;

/* False where there is no outline to see: the value is not positive, or the plateau is larger than any window or goes from edge
 * to edge. */
bool cvh_outline_of(const cvh_scene *scene, cvh_pixel peak, cvh_outline *outline);

#endif
