/* SPDX-License-Identifier: Apache-2.0
 * A map's samples as the refinements read them: beyond its edges, and through a Gaussian blur that is computed only where it is
 * read. Symmetric samples are added before they are multiplied, as OpenCV does, so that a symmetric map stays symmetric. */
#include <string.h>

#include "base/border.h"
#include "base/maps.h"
#include "decode/scene.h"

static bool dense_floats(const cvh_plane *plane)
{
    return plane->coding.depth == CVH_32F && plane->col_step == sizeof(float) && cvh_coding_is_value(&plane->coding)
           && !plane->sigmoid;
}

static const float *floats_at(const cvh_plane *plane, int row, int col)
{
    return (const float *)(const void *)(plane->data + (size_t)row * plane->row_step) + col;
}

/* A row's samples col..col+cols-1, all on the map. */
static void copy_row(const cvh_plane *plane, int row, int col, int cols, double *out)
{
    cvh_load_run(&plane->coding, cvh_plane_address(plane, row, col), plane->col_step, (size_t)cols, out);
    for (int i = 0; plane->sigmoid && i < cols; i++) out[i] = cvh_sigmoid(out[i]);
}

static void copy_floats(const float *samples, int cols, double *restrict out)
{
    for (int i = 0; i < cols; i++) out[i] = (double)samples[i];
}

/* The usual block. Where there are samples to the right of it, rows of floats are copied in steps of 4. */
static void copy_inside(const cvh_plane *plane, int row, int col, int rows, int cols, double out[][CVH_BLOCK_STRIDE])
{
    const bool floats = dense_floats(plane);
    const int wide = (cols + 3) & ~3;
    if (floats && col + wide <= plane->cols) cols = wide;
    for (int j = 0; j < rows; j++)
        if (floats)
            copy_floats(floats_at(plane, row + j, col), cols, out[j]);
        else
            copy_row(plane, row + j, col, cols, out[j]);
}

static void copy_folded(const cvh_plane *plane, int row, int col, int cols, cvh_border border, double *out)
{
    for (int i = 0; i < cols; i++) {
        int at = cvh_border_fold(border, plane->cols, col + i);
        out[i] = at < 0 ? 0 : cvh_plane_at(plane, row, at);
    }
}

/* Columns col..col+cols-1, of which those beyond the map are folded. */
static void copy_folded_row(const cvh_plane *plane, int row, int col, int cols, cvh_border border, double *out)
{
    int left = col >= 0 ? 0 : -col < cols ? -col : cols, right = col + cols - plane->cols;
    right = right < 0 ? 0 : right < cols - left ? right : cols - left;
    copy_folded(plane, row, col, left, border, out);
    if (dense_floats(plane))
        copy_floats(floats_at(plane, row, col + left), cols - left - right, out + left);
    else
        copy_row(plane, row, col + left, cols - left - right, out + left);
    copy_folded(plane, row, col + cols - right, right, border, out + cols - right);
}

void cvh_plane_block(const cvh_plane *plane, int row, int col, int rows, int cols, cvh_border border,
                     double out[][CVH_BLOCK_STRIDE])
{
    if (col >= 0 && col + cols <= plane->cols && row >= 0 && row + rows <= plane->rows) {
        copy_inside(plane, row, col, rows, cols, out);
        return;
    }
    for (int j = 0; j < rows; j++) {
        int from = row + j;
        if (from < 0 || from >= plane->rows) from = cvh_border_fold(border, plane->rows, from);
        if (from < 0)
            memset(out[j], 0, (size_t)cols * sizeof **out);
        else
            copy_folded_row(plane, from, col, cols, border, out[j]);
    }
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* The radius of the blur on one axis for samples first..last: METHOD keeps it on the map. */
static int radius_at(const cvh_decoding *decoding, int first, int last, int n)
{
    if (decoding->decoder.blur_border != CVH_BORDER_METHOD) return decoding->blur_radius;
    return least(decoding->blur_radius, least(first, n - 1 - last));
}

/* What the middle 2 * radius + 1 taps add up to: the sum of all is 1. */
static double sum_of_taps(const cvh_decoding *decoding, int radius)
{
    if (radius == decoding->blur_radius) return 1;
    double sum = decoding->taps[0];
    for (int k = 1; k <= radius; k++) sum += 2 * decoding->taps[k];
    return sum;
}

/* out[i] = sum over |k| <= radius of taps[|k|] * at[i + k * stride]. With a literal radius the inner loop is unrolled and the
 * outer one becomes a vector loop that keeps its sums in registers: 3, 11 and 17 are the kernels of DARK and UDP. */
static inline void sum_pairs(const double *at, ptrdiff_t stride, int count, const double *taps, int radius,
                             double *restrict out)
{
    for (ptrdiff_t i = 0; i < count; i++) {
        double sum = taps[0] * at[i];
        for (ptrdiff_t k = 1; k <= radius; k++) sum += taps[k] * (at[i - k * stride] + at[i + k * stride]);
        out[i] = sum;
    }
}

static void blur_down(const double *at, int count, const double *taps, int radius, double *out)
{
    switch (radius) {
    case 1: sum_pairs(at, CVH_BLOCK_STRIDE, count, taps, 1, out); break;
    case 5: sum_pairs(at, CVH_BLOCK_STRIDE, count, taps, 5, out); break;
    case 8: sum_pairs(at, CVH_BLOCK_STRIDE, count, taps, 8, out); break;
    default: sum_pairs(at, CVH_BLOCK_STRIDE, count, taps, radius, out); break;
    }
}

static void blur_across(const double *at, int count, const double *taps, int radius, double *out)
{
    switch (radius) {
    case 1: sum_pairs(at, 1, count, taps, 1, out); break;
    case 5: sum_pairs(at, 1, count, taps, 5, out); break;
    case 8: sum_pairs(at, 1, count, taps, 8, out); break;
    default: sum_pairs(at, 1, count, taps, radius, out); break;
    }
}

/* Blurred samples around a pixel: down first, which runs along rows, then across. */
static void blurred_stencil(const cvh_scene *scene, int row, int col, const cvh_stencil *stencil, double *out)
{
    const cvh_decoding *decoding = scene->decoding;
    const cvh_plane *plane = scene->plane;
    double block[CVH_BLOCK_SIDE][CVH_BLOCK_STRIDE], down[5][CVH_BLOCK_STRIDE];
    int reach = stencil->reach;
    int ry = radius_at(decoding, row - reach, row + reach, plane->rows);
    int rx = radius_at(decoding, col - reach, col + reach, plane->cols);
    double sum = sum_of_taps(decoding, rx) * sum_of_taps(decoding, ry);
    cvh_plane_block(plane, row - ry - reach, col - rx - reach, 2 * (ry + reach) + 1, 2 * (rx + reach) + 1,
                    decoding->decoder.blur_border, block);
    for (int j = 0; j <= 2 * reach; j++)
        blur_down(&block[ry + j][reach + stencil->first[j]], 2 * rx + stencil->count[j], decoding->taps, ry, down[j]);
    for (int j = 0; j <= 2 * reach; j++) {
        blur_across(down[j] + rx, stencil->count[j], decoding->taps, rx, out);
        for (int i = 0; sum != 1 && i < stencil->count[j]; i++) out[i] /= sum;
        out += stencil->count[j];
    }
}

/* The same of the map itself, all on it. */
static void raw_stencil(const cvh_plane *plane, int row, int col, const cvh_stencil *stencil, double *out)
{
    bool dense = dense_floats(plane);
    for (int j = 0; j <= 2 * stencil->reach; j++) {
        int at_row = row + j - stencil->reach, at_col = col + stencil->first[j];
        if (!dense) copy_row(plane, at_row, at_col, stencil->count[j], out);
        for (int i = 0; dense && i < stencil->count[j]; i++) out[i] = (double)floats_at(plane, at_row, at_col)[i];
        out += stencil->count[j];
    }
}

void cvh_scene_stencil(const cvh_scene *scene, int row, int col, const cvh_stencil *stencil, double *out)
{
    const cvh_plane *plane = scene->plane;
    int reach = stencil->reach;
    bool inside = row >= reach && col >= reach && row + reach < plane->rows && col + reach < plane->cols;
    if (inside && scene->blurred) {
        blurred_stencil(scene, row, col, stencil, out);
    } else if (inside) {
        raw_stencil(plane, row, col, stencil, out);
    } else {
        for (int j = 0; j <= 2 * reach; j++)
            for (int i = 0; i < stencil->count[j]; i++)
                *out++ = cvh_scene_beyond(scene, row + j - reach, col + stencil->first[j] + i);
    }
}

double cvh_scene_blurred_at(const cvh_scene *scene, int row, int col)
{
    static const cvh_stencil one = {0, {0}, {1}};
    double out;
    blurred_stencil(scene, row, col, &one, &out);
    return out;
}

double cvh_scene_beyond(const cvh_scene *scene, int row, int col)
{
    int at_row = cvh_border_fold(scene->decoding->decoder.outside, scene->plane->rows, row);
    int at_col = cvh_border_fold(scene->decoding->decoder.outside, scene->plane->cols, col);
    return at_row < 0 || at_col < 0 ? 0 : cvh_scene_at(scene, at_row, at_col);
}

/* Rows of doubles: a map's samples, one of zeros, and one that a blur is working on, with room for its reach on both sides. */
typedef struct blur_rows {
    size_t cols;
    double *samples, *zeros, *line;
} blur_rows;

static blur_rows lay_rows(const cvh_plane *plane, double *scratch)
{
    size_t cols = (size_t)plane->cols, size = (size_t)plane->rows * cols;
    double *samples = scratch + size, *zeros = samples + size;
    return (blur_rows){cols, samples, zeros, zeros + cols + CVH_DECODE_MAX_KSIZE};
}

size_t cvh_plane_blur_size(const cvh_maps *view)
{
    size_t cols = (size_t)view->cols;
    return 2 * (size_t)view->rows * cols + 2 * cols + 2 * (size_t)CVH_DECODE_MAX_KSIZE;
}

/* out[i] += tap * (one[i] + two[i]). */
static void add_pair(const double *one, const double *two, double tap, size_t count, double *restrict out)
{
    for (size_t i = 0; i < count; i++) out[i] += tap * (one[i] + two[i]);
}

static const double *row_beyond(const blur_rows *rows, const cvh_plane *plane, const cvh_decoding *decoding, int row)
{
    int at = cvh_border_fold(decoding->decoder.blur_border, plane->rows, row);
    return at < 0 ? rows->zeros : rows->samples + (size_t)at * rows->cols;
}

static void blur_row_down(const blur_rows *rows, const cvh_plane *plane, const cvh_decoding *decoding, int row)
{
    const double *taps = decoding->taps, *centre = rows->samples + (size_t)row * rows->cols;
    int radius = radius_at(decoding, row, row, plane->rows);
    double sum = sum_of_taps(decoding, radius);
    for (size_t i = 0; i < rows->cols; i++) rows->line[i] = taps[0] * centre[i];
    for (int k = 1; k <= radius; k++)
        add_pair(row_beyond(rows, plane, decoding, row - k), row_beyond(rows, plane, decoding, row + k), taps[k], rows->cols,
                 rows->line);
    for (size_t i = 0; sum != 1 && i < rows->cols; i++) rows->line[i] /= sum;
}

/* The line blurred across. Under METHOD the ends, where the window shrinks, are done again. */
static void blur_row_across(const blur_rows *rows, int cols, const cvh_decoding *decoding, double *out)
{
    double *line = rows->line;
    int reach = decoding->blur_radius;
    for (int k = 1; k <= reach; k++) {
        int left = cvh_border_fold(decoding->decoder.blur_border, cols, -k);
        int right = cvh_border_fold(decoding->decoder.blur_border, cols, cols - 1 + k);
        line[-k] = left < 0 ? 0 : line[left];
        line[cols - 1 + k] = right < 0 ? 0 : line[right];
    }
    blur_across(line, cols, decoding->taps, reach, out);
    if (decoding->decoder.blur_border != CVH_BORDER_METHOD) return;
    for (int i = 0; i < cols; i++) {
        int radius = radius_at(decoding, i, i, cols);
        if (radius == reach) continue;
        blur_across(line + i, 1, decoding->taps, radius, &out[i]);
        out[i] /= sum_of_taps(decoding, radius);
    }
}

void cvh_plane_blur(const cvh_plane *plane, const cvh_decoding *decoding, double *scratch)
{
    blur_rows rows = lay_rows(plane, scratch);
    memset(rows.zeros, 0, rows.cols * sizeof *rows.zeros);
    for (int row = 0; row < plane->rows; row++) copy_row(plane, row, 0, plane->cols, rows.samples + (size_t)row * rows.cols);
    for (int row = 0; row < plane->rows; row++) {
        blur_row_down(&rows, plane, decoding, row);
        blur_row_across(&rows, plane->cols, decoding, scratch + (size_t)row * rows.cols);
    }
}
