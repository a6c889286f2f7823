/* SPDX-License-Identifier: Apache-2.0
 * The largest sample of a map, in one pass. */
#include "decode/plane.h"

/* Only the block that holds the maximum is looked at twice. */
enum { BLOCK = 1024 };

static const cvh_depth_loops *loops_of(const cvh_plane *plane)
{
    return cvh_depth_rows[plane->coding.depth].loops;
}

static bool side_by_side(const cvh_plane *plane)
{
    return plane->col_step == cvh_depth_rows[plane->coding.depth].size;
}

/* Samples that lie apart are searched as numbers, a piece at a time. */
enum { PIECE = 128 };

static int load_piece(const cvh_plane *plane, int row, int col, int left, double numbers[PIECE])
{
    int count = left < PIECE ? left : PIECE;
    loops_of(plane)->load(cvh_plane_address(plane, row, col), plane->col_step, (size_t)count, 1, 0, numbers);
    return count;
}

double cvh_plane_run_maximum(const cvh_plane *plane, int row, int col, int count)
{
    if (side_by_side(plane)) return loops_of(plane)->largest(cvh_plane_address(plane, row, col), (size_t)count);
    double numbers[PIECE], best = -INFINITY;
    for (int i = 0; i < count; i += PIECE) {
        int piece = load_piece(plane, row, col + i, count - i, numbers);
        double number = cvh_depth_rows[CVH_64F].loops->largest(numbers, (size_t)piece);
        best = number > best ? number : best;
    }
    return best;
}

/* How far behind (row, col) the first sample of this number is; there is one. */
static int first_in_run(const cvh_plane *plane, int row, int col, int count, double number)
{
    if (side_by_side(plane)) return (int)loops_of(plane)->first(cvh_plane_address(plane, row, col), (size_t)count, number);
    int i = 0;
    while (cvh_plane_number(plane, row, col + i) != number) i++;
    return i;
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
            double number = cvh_plane_run_maximum(&flat, row, col, flat.cols - col < BLOCK ? flat.cols - col : BLOCK);
            if (!(number > best)) continue;
            best = number;
            best_row = row;
            best_col = col;
        }
    if (best == -INFINITY) return false;
    best_col += first_in_run(&flat, best_row, best_col, flat.cols - best_col < BLOCK ? flat.cols - best_col : BLOCK, best);
    int at = best_row * flat.cols + best_col; /* < 2^30 */
    *maximum = (cvh_pixel){at / plane->cols, at % plane->cols, cvh_value_of(&plane->coding, best)};
    return true;
}
