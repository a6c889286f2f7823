/* SPDX-License-Identifier: Apache-2.0
 * One map as decoding reads it: its samples and the largest of them. What is searched is compared as it is stored, what is
 * computed with is the value that it stands for. */
#ifndef CVH_LIB_PLANE_H
#define CVH_LIB_PLANE_H

#include <stdbool.h>

#include "base/maps.h"
#include "cvheatmap.h"
#include "gaussian/sigmoid.h"

/* One map. */
typedef struct cvh_plane {
    const unsigned char *data;
    int rows, cols;
    size_t row_step, col_step;
    cvh_coding coding;
    bool sigmoid; /* the values are logits, and are read through the sigmoid */
} cvh_plane;

static inline cvh_plane cvh_plane_of(const cvh_maps *view, int map)
{
    return (cvh_plane){cvh_row_at(view, map, 0), view->rows, view->cols, view->row_step, view->col_step,
                       cvh_maps_coding(view),    false};
}

static inline const void *cvh_plane_address(const cvh_plane *plane, int row, int col)
{
    return plane->data + (size_t)row * plane->row_step + (size_t)col * plane->col_step;
}

/* A sample as it is stored. The two usual depths need no call. */
static inline double cvh_plane_number(const cvh_plane *plane, int row, int col)
{
    const void *at = cvh_plane_address(plane, row, col);
    if (plane->coding.depth == CVH_32F) return (double)*(const float *)at;
    if (plane->coding.depth == CVH_64F) return *(const double *)at;
    return cvh_load_number(plane->coding.depth, at);
}

static inline double cvh_plane_activated(const cvh_plane *plane, double value)
{
    return plane->sigmoid ? cvh_sigmoid(value) : value;
}

/* The value that it stands for, activated. */
static inline double cvh_plane_at(const cvh_plane *plane, int row, int col)
{
    double number = cvh_plane_number(plane, row, col);
    double value = cvh_coding_is_value(&plane->coding) ? number : cvh_value_of(&plane->coding, number);
    return cvh_plane_activated(plane, value);
}

typedef struct cvh_pixel {
    int row, col;
    double value; /* not activated */
} cvh_pixel;

/* A map in which nothing is found. */
#define CVH_NO_PEAK(number)                                                                                                    \
  ((cvh_peak){.x = NAN, .y = NAN, .score = NAN, .map = (number), .found = CVH_FOUND_NOTHING, .sigma_x = NAN, .sigma_y = NAN})

/* The largest sample, the first in raster order; false if there is nothing but NaN and -inf. */
bool cvh_plane_maximum(const cvh_plane *plane, cvh_pixel *maximum);

/* The largest of count samples from (row, col) on, within the row, as it is stored; -INFINITY if there is none. */
double cvh_plane_run_maximum(const cvh_plane *plane, int row, int col, int count);

#endif
