/* SPDX-License-Identifier: Apache-2.0
 * Affine maps of the plane: checked, and applied. */
#ifndef CVH_LIB_AFFINE_H
#define CVH_LIB_AFFINE_H

#include "cvheatmap.h"

#define CVH_AFFINE_MOST 1e15

typedef struct cvh_vector {
    double x, y;
} cvh_vector;

/* Finite, and within cvh_affine's range. `argument` is its name, for the message. */
cvh_status cvh_affine_check(const char *argument, const cvh_affine *affine);

static inline cvh_vector cvh_affine_apply(const cvh_affine *a, cvh_vector p)
{
    return (cvh_vector){a->xx * p.x + a->xy * p.y + a->x0, a->yx * p.x + a->yy * p.y + a->y0};
}

/* cos and sin of an angle in degrees, by plain double arithmetic: the same bits on every machine, within 1 ULP or so, and exact
 * at multiples of 90 degrees. */
cvh_vector cvh_turn(double degrees);

#endif
