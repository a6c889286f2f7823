/* SPDX-License-Identifier: Apache-2.0
 * The largest sample of a map, in one pass. */
#include "decode/plane.h"
#include "base/maps.h"

/* Only the block that holds the maximum is looked at twice. */
enum { LANES = 32, BLOCK = 1024 };

#define SAMPLE float
#define NAMED(name) name##_float
#include "decode/plane_lanes.inc"

#define SAMPLE double
#define NAMED(name) name##_double
#include "decode/plane_lanes.inc"

static double block_maximum(const cvh_plane *plane, const unsigned char *at, int count)
{
    if (plane->depth == CVH_32F) return (double)maximum_float((const float *)(const void *)at, count);
    return maximum_double((const double *)(const void *)at, count);
}

static double strided_maximum(const cvh_plane *plane, int row, int col, int count)
{
    double best = -INFINITY;
    for (int i = col; i < col + count; i++) {
        double value = cvh_plane_at(plane, row, i);
        best = value > best ? value : best;
    }
    return best;
}

static const unsigned char *address(const cvh_plane *plane, int row, int col)
{
    return plane->data + (size_t)row * plane->row_step + (size_t)col * plane->col_step;
}

double cvh_plane_run_maximum(const cvh_plane *plane, int row, int col, int count)
{
    if (plane->col_step != cvh_depth_size(plane->depth)) return strided_maximum(plane, row, col, count);
    return block_maximum(plane, address(plane, row, col), count);
}

/* How far behind (row, col) the first sample of this value is; there is one. */
static int first_in_run(const cvh_plane *plane, int row, int col, int count, double value)
{
    const void *at = address(plane, row, col);
    if (plane->col_step != cvh_depth_size(plane->depth)) {
        int i = 0;
        while (cvh_plane_at(plane, row, col + i) != value) i++;
        return i;
    }
    return plane->depth == CVH_32F ? first_float(at, count, (float)value) : first_double(at, count, value);
}

/* A packed map is one row for the search. */
static cvh_plane unrolled(const cvh_plane *plane)
{
    cvh_plane flat = *plane;
    if (plane->row_step == (size_t)plane->cols * plane->col_step) {
        flat.cols = plane->rows * plane->cols;
        flat.rows = 1;
    }
    return flat;
}

bool cvh_plane_maximum(const cvh_plane *plane, cvh_pixel *maximum)
{
    cvh_plane flat = unrolled(plane);
    double best = -INFINITY;
    int best_row = 0, best_col = 0;
    for (int row = 0; row < flat.rows; row++)
        for (int col = 0; col < flat.cols; col += BLOCK) {
            double value = cvh_plane_run_maximum(&flat, row, col, flat.cols - col < BLOCK ? flat.cols - col : BLOCK);
            if (!(value > best)) continue;
            best = value;
            best_row = row;
            best_col = col;
        }
    if (best == -INFINITY) return false;
    best_col += first_in_run(&flat, best_row, best_col, flat.cols - best_col < BLOCK ? flat.cols - best_col : BLOCK, best);
    int at = best_row * flat.cols + best_col; /* < 2^30 */
    *maximum = (cvh_pixel){at / plane->cols, at % plane->cols, best};
    return true;
}
