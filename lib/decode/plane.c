/* SPDX-License-Identifier: Apache-2.0
 * The largest sample of a map, in one pass. */
#include "decode/plane.h"

static bool side_by_side(const cvh_plane *plane)
{
    return plane->col_step == cvh_depth_rows[plane->coding.depth].size;
}

/* Samples that lie apart are searched as numbers, a piece at a time. */
enum { PIECE = 128 };

/* The largest of a run of numbers; the first one that large is *from behind (row, col), or further on. */
static double largest_of_run(const cvh_plane *plane, const cvh_depth_loops *loops, int row, int col, int count, size_t *from)
{
    double numbers[PIECE], best = -INFINITY;
    *from = 0;
    if (side_by_side(plane)) return loops->largest(cvh_plane_address(plane, row, col), (size_t)count, from);
    for (int i = 0; i < count; i += PIECE) {
        size_t piece = (size_t)(count - i < PIECE ? count - i : PIECE), ignored;
        loops->load(cvh_plane_address(plane, row, col + i), plane->col_step, piece, 1, 0, numbers);
        double number = cvh_depth_rows[CVH_64F].loops->largest(numbers, piece, &ignored);
        if (!(number > best)) continue;
        best = number;
        *from = (size_t)i;
    }
    return best;
}

double cvh_plane_run_maximum(const cvh_plane *plane, int row, int col, int count)
{
    size_t ignored;
    return largest_of_run(plane, cvh_depth_rows[plane->coding.depth].loops, row, col, count, &ignored);
}

/* How far behind (row, col) the first sample of this number is; there is one. */
static int first_in_run(const cvh_plane *plane, const cvh_depth_loops *loops, int row, int col, int count, double number)
{
    if (side_by_side(plane)) return (int)loops->first(cvh_plane_address(plane, row, col), (size_t)count, number);
    int i = 0;
    while (cvh_plane_number(plane, row, col + i) != number) i++;
    return i;
}

bool cvh_plane_maximum(const cvh_plane *plane, cvh_pixel *maximum)
{
    const cvh_depth_loops *loops = cvh_depth_search(plane->coding.depth);
    bool packed = plane->row_step == (size_t)plane->cols * plane->col_step; /* one row for the search */
    int rows = packed ? 1 : plane->rows, cols = packed ? plane->rows * plane->cols : plane->cols;
    double best = -INFINITY;
    int best_row = 0, best_col = 0;
    for (int row = 0; row < rows; row++) {
        size_t from;
        double number = largest_of_run(plane, loops, row, 0, cols, &from);
        if (!(number > best)) continue;
        best = number;
        best_row = row;
        best_col = (int)from;
    }
    if (best == -INFINITY) return false;
    best_col += first_in_run(plane, loops, best_row, best_col, cols - best_col, best);
    int at = best_row * cols + best_col; /* < 2^30 */
    *maximum = (cvh_pixel){at / plane->cols, at % plane->cols, cvh_value_of(&plane->coding, best)};
    return true;
}
