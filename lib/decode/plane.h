/* SPDX-License-Identifier: Apache-2.0
 * One map as decoding reads it: its samples and the largest of them. */
#ifndef CVH_LIB_PLANE_H
#define CVH_LIB_PLANE_H

#include <stdbool.h>

#include "cvheatmap.h"

/* One map. */
typedef struct cvh_plane {
    const unsigned char *data;
    int rows, cols;
    cvh_depth depth;
    size_t row_step, col_step;
} cvh_plane;

static inline double cvh_plane_at(const cvh_plane *plane, int row, int col)
{
    const unsigned char *at = plane->data + (size_t)row * plane->row_step + (size_t)col * plane->col_step;
    return plane->depth == CVH_32F ? (double)*(const float *)(const void *)at : *(const double *)(const void *)at;
}

typedef struct cvh_pixel {
    int row, col;
    double value;
} cvh_pixel;

/* The largest sample, the first in raster order; false if there is nothing but NaN and -inf. */
bool cvh_plane_maximum(const cvh_plane *plane, cvh_pixel *maximum);

/* The largest of count samples from (row, col) on, within the row; -INFINITY if there is none. */
double cvh_plane_run_maximum(const cvh_plane *plane, int row, int col, int count);

#endif
