/* SPDX-License-Identifier: Apache-2.0
 * Affine maps of the plane: checked, and applied. */
#ifndef CVH_LIB_AFFINE_H
#define CVH_LIB_AFFINE_H

#include "cvheatmap.h"

typedef struct cvh_position {
    double x, y;
} cvh_position;

/* Finite, and within cvh_affine's range. `argument` is its name, for the message. */
cvh_status cvh_affine_check(const char *argument, const cvh_affine *affine);

static inline cvh_position cvh_affine_apply(const cvh_affine *a, double x, double y)
{
    return (cvh_position){a->xx * x + a->xy * y + a->x0, a->yx * x + a->yy * y + a->y0};
}

#endif
