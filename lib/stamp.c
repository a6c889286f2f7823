/* SPDX-License-Identifier: Apache-2.0 */
#include "stamp.h"

#include <stdlib.h>
#include <string.h>

#define SAMPLE float
#define NAME(x) x##_32f
#include "block_depth.inc"

enum { LANES = 8, MOST_COLS = 32, MOST_RADIUS = 15 };

/* ----------------------------------------------------------------------------------------------------------------- start */

/* True where what is painted does not depend on what it meets, if that is 0: it is at least 0, and the clamp leaves it. */
static bool leaves_zero(const cvh_painter *painter)
{
    return painter->convention->overlap != CVH_OVERLAP_ADD_CLAMP || painter->lit <= painter->shape.peak;
}

static bool fits(const cvh_stamp *stamp, const cvh_maps *view)
{
    bool dense = view->depth == CVH_32F && view->col_step == sizeof(float);
    return dense && stamp->cols <= MOST_COLS && stamp->rows <= 2 * MOST_RADIUS + 1 && stamp->cols <= view->cols
           && stamp->rows <= view->rows;
}

static bool take_profiles(cvh_stamp *stamp)
{
    const cvh_painter *painter = stamp->painter;
    const cvh_axis_placer *x = &stamp->placer->x, *y = &stamp->placer->y;
    stamp->x = painter->x.taps.f + CVH_TAPS_PAD + x->radius;
    stamp->y = painter->y->taps.f + CVH_TAPS_PAD + y->radius;
    if (painter->plain) return true;
    return stamp->kind == CVH_STAMP_SUBPIXEL && painter->convention->norm == CVH_NORM_NONE
           && cvh_subpixel_start(&stamp->x_profile, x->sigma, x->radius)
           && cvh_subpixel_start(&stamp->y_profile, y->sigma, y->radius);
}

static cvh_stamp_axis axis_of(const cvh_axis_placer *axis, int block)
{
    int least = axis->least > -axis->radius ? axis->least : -axis->radius;
    int end = axis->most < axis->size + axis->radius ? axis->most : axis->size + axis->radius;
    return (cvh_stamp_axis){axis->scale,  axis->offset,      axis->bias, least, (unsigned)(end - least),
                            axis->radius, axis->size - block};
}

void cvh_stamp_start(cvh_stamp *stamp, const cvh_painter *painter, const cvh_placer *placer)
{
    stamp->painter = painter;
    stamp->placer = placer;
    stamp->kind = placer->subpixel                            ? CVH_STAMP_SUBPIXEL
                  : painter->convention->norm == CVH_NORM_MAX ? CVH_STAMP_RESCALED
                                                              : CVH_STAMP_PLAIN;
    stamp->rows = 2 * placer->y.radius + 1;
    stamp->cols = 2 * placer->x.radius + 1;
    if (stamp->kind == CVH_STAMP_RESCALED)
        stamp->cols = (stamp->cols + LANES - 1) / LANES * LANES; /* a block is copied LANES at a time */
    stamp->x_axis = axis_of(&placer->x, stamp->cols);
    stamp->y_axis = axis_of(&placer->y, stamp->rows);
    bool stamps = placer->plain && fits(stamp, painter->view) && leaves_zero(painter) && take_profiles(stamp);
    if (!stamps) stamp->kind = CVH_STAMP_NONE;
}

/* ----------------------------------------------------------------------------------------------------------------- place */

/* Keypoints are placed many at a time, and then written: writing is as fast as the memory as long as it reads little. */
enum { BATCH = CVH_STRETCHES };

/* Blocks: where each begins, on its map and from the centre of its window, and, but for CVH_STAMP_PLAIN, these centres. */
typedef struct batch {
    int count;
    float *corners[BATCH];
    cvh_stretches x, y;
} batch;

/* The pixel of a map coordinate, as cvh_snapped has it. */
static inline int pixel_of(const cvh_stamp_axis *axis, bool floors, double u)
{
    u = u > -CVH_FAR ? u : -CVH_FAR;
    u = (u < CVH_FAR ? u : CVH_FAR) + axis->bias;
    int pixel = (int)u;
    return floors ? pixel - (pixel > u) : pixel;
}

static inline bool draws(const cvh_stamp_axis *axis, int pixel)
{
    return (unsigned)(pixel - axis->least) < axis->count;
}

/* Where the block of a window begins: with the window, moved to lie on the map. */
static inline int begin_of(const cvh_stamp_axis *axis, int pixel)
{
    int first = pixel - axis->radius;
    first = first < axis->last ? first : axis->last;
    return first > 0 ? first : 0;
}

/* ----------------------------------------------------------------------------------------------------------------- write */

/* What all blocks have in common. */
static inline block_32f block_of(const cvh_stamp *stamp)
{
    return (block_32f){.row_step = stamp->painter->view->row_step / sizeof(float),
                       .col_step = 1,
                       .rows = (size_t)stamp->rows,
                       .cols = (size_t)stamp->cols};
}

static void write_plain(const cvh_stamp *stamp, const batch *from)
{
    block_32f block = block_of(stamp);
    for (int i = 0; i < from->count; i++) {
        block.target = from->corners[i];
        block.values = stamp->x + from->x.first[i];
        block.factors = stamp->y + from->y.first[i];
        meet_block_32f(CVH_OVERLAP_REPLACE, &block);
    }
}

static void write_subpixel(const cvh_stamp *stamp, const batch *from)
{
    float x[BATCH * CVH_SUBPIXEL_LANES], y[BATCH * CVH_SUBPIXEL_LANES];
    block_32f block = block_of(stamp);
    cvh_subpixel_profiles(&stamp->x_profile, &from->x, from->count, (float)stamp->painter->lit, x);
    cvh_subpixel_profiles(&stamp->y_profile, &from->y, from->count, 1, y);
    block.values = x;
    block.factors = y;
    for (int i = 0; i < from->count; i++, block.values += stamp->x_profile.lanes, block.factors += stamp->y_profile.lanes) {
        block.target = from->corners[i];
        meet_block_32f(CVH_OVERLAP_REPLACE, &block);
    }
}

/* How far from the centre the pixel nearest to it is, of those of its window that lie on the map. */
static inline int nearest(int pixel, int size)
{
    return pixel < 0 ? -pixel : pixel >= size ? size - 1 - pixel : 0;
}

/* The products divided by the largest of them and times the peak, as cvh_rescale_maximum has it. The profiles fall from the
 * centre outwards, and rounding keeps the order of products, so the largest is the one nearest to the centre. Rows equally far
 * from it are equal, and are divided once; the one beyond the radius is 0. */
static void write_rescaled(const cvh_stamp *stamp, const batch *from, int i)
{
    const cvh_maps *view = stamp->painter->view;
    const float *x = stamp->x + from->x.first[i];
    float largest = stamp->y[nearest(from->y.pixel[i], view->rows)] * stamp->x[nearest(from->x.pixel[i], view->cols)];
    float divisor = largest / (float)stamp->painter->shape.peak, quotients[MOST_RADIUS + 2][MOST_COLS];
    if (!(divisor > 0)) divisor = 1; /* a far tail underflowed it */
    int beyond = stamp->placer->y.radius + 1, cols = stamp->cols;
    for (int distance = 0; distance <= beyond; distance++)
        for (int part = 0; part < cols; part += LANES)
            for (int lane = part; lane < part + LANES; lane++)
                quotients[distance][lane] = stamp->y[distance] * x[lane] / divisor;
    float *target = from->corners[i];
    for (int row = 0; row < stamp->rows; row++, target += view->row_step / sizeof(float)) {
        int distance = abs(from->y.first[i] + row);
        const float *quotient = quotients[distance < beyond ? distance : beyond];
        for (int part = 0; part < cols; part += LANES) memcpy(target + part, quotient + part, LANES * sizeof(float));
    }
}

static void write(const cvh_stamp *stamp, const batch *from)
{
    switch (stamp->kind) {
    case CVH_STAMP_PLAIN: write_plain(stamp, from); break;
    case CVH_STAMP_SUBPIXEL: write_subpixel(stamp, from); break;
    case CVH_STAMP_RESCALED:
        for (int i = 0; i < from->count; i++) write_rescaled(stamp, from, i);
        break;
    case CVH_STAMP_NONE: break;
    }
}

/* ------------------------------------------------------------------------------------------------------------------- run */

/* The keypoint's weight, where it is not drawn. */
static float weight_of(const cvh_stamp *stamp, const cvh_keypoint *point)
{
    cvh_placement ignored;
    return cvh_place_plainly(stamp->placer, point, &ignored) >= CVH_FATE_EMPTY ? 1 : 0;
}

/* What is read for every keypoint is copied, so that it need not be read again after every sample that is written. Inlined with
 * a literal kind. */
static inline size_t run(cvh_stamp_kind kind, const cvh_stamp *stamp, const cvh_points *points, size_t first, int *touched,
                         int cleared, float *weights)
{
    const cvh_stamp_axis x_axis = stamp->x_axis, y_axis = stamp->y_axis;
    const bool floors = stamp->placer->floors;
    const cvh_maps view = *stamp->painter->view;
    const cvh_keypoint *point = points->at + first, *end = points->at + points->count;
    batch blocks;
    int next = *touched, count = 0;
    for (; point < end; point++) {
        if (point->gaussian || point->map < next || point->map >= cleared) break;
        if (kind == CVH_STAMP_RESCALED && point + 1 < end && point[1].map == point->map) break;
        double u = x_axis.scale * point->x + x_axis.offset, v = y_axis.scale * point->y + y_axis.offset;
        int x = pixel_of(&x_axis, floors, u), y = pixel_of(&y_axis, floors, v);
        bool drawn = draws(&x_axis, x) && draws(&y_axis, y);
        if (weights) weights[point - points->at] = drawn ? 1 : weight_of(stamp, point);
        if (!drawn) continue;
        int col = begin_of(&x_axis, x), row = begin_of(&y_axis, y);
        blocks.corners[count] = cvh_sample_at(&view, point->map, row, col);
        blocks.x.first[count] = col - x;
        blocks.y.first[count] = row - y;
        if (kind != CVH_STAMP_PLAIN) {
            blocks.x.pixel[count] = x;
            blocks.y.pixel[count] = y;
            blocks.x.centre[count] = u;
            blocks.y.centre[count] = v;
        }
        next = point->map + 1;
        if (++count < BATCH) continue;
        blocks.count = count;
        write(stamp, &blocks);
        count = 0;
    }
    blocks.count = count;
    write(stamp, &blocks);
    *touched = next;
    return (size_t)(point - points->at);
}

size_t cvh_stamp_run(const cvh_stamp *stamp, const cvh_points *points, size_t first, int *touched, int cleared, float *weights)
{
    switch (stamp->kind) {
    case CVH_STAMP_PLAIN: return run(CVH_STAMP_PLAIN, stamp, points, first, touched, cleared, weights);
    case CVH_STAMP_SUBPIXEL: return run(CVH_STAMP_SUBPIXEL, stamp, points, first, touched, cleared, weights);
    case CVH_STAMP_RESCALED: return run(CVH_STAMP_RESCALED, stamp, points, first, touched, cleared, weights);
    case CVH_STAMP_NONE: break;
    }
    return first;
}
