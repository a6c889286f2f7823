/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/stamp.h"

#include <math.h>
#include <string.h>

typedef float sample;

#include "encode/block.inc"

enum { DIVIDED = 16 }; /* floats at a time */

/* ----------------------------------------------------------------------------------------------------------------- start */

static bool fits(const cvh_stamp *stamp, const cvh_maps *view)
{
    bool dense = view->depth == CVH_32F && view->col_step == sizeof(float);
    return dense && stamp->cols <= CVH_STAMP_COLS && stamp->rows <= 2 * CVH_STAMP_RADIUS + 1 && stamp->cols <= view->cols
           && stamp->rows <= view->rows;
}

/* A copy of an axis' taps. */
static const float *copy_taps(const cvh_painter_axis *axis, int radius, float taps[CVH_STAMP_TAPS])
{
    memcpy(taps, axis->taps.f, (CVH_TAPS_PAD + 2 * (size_t)radius + 1 + CVH_TAPS_PAD) * sizeof *taps);
    return taps + CVH_TAPS_PAD + radius;
}

static bool take_profiles(cvh_stamp *stamp, const cvh_painter *painter)
{
    const cvh_axis_placer *x = &stamp->placer->x, *y = &stamp->placer->y;
    if (painter->product) {
        stamp->x = copy_taps(&painter->x, x->radius, stamp->x_taps);
        stamp->y = painter->y == &painter->x ? stamp->x : copy_taps(painter->y, y->radius, stamp->y_taps);
        return true;
    }
    if (stamp->kind != CVH_STAMP_SUBPIXEL || painter->convention->norm != CVH_NORM_NONE) return false;
    bool alike = x->sigma == y->sigma && x->radius == y->radius;
    stamp->y_profile = alike ? &stamp->x_profile : &stamp->own_y_profile;
    return cvh_subpixel_start(&stamp->x_profile, x->sigma, x->radius)
           && (alike || cvh_subpixel_start(&stamp->own_y_profile, y->sigma, y->radius));
}

void cvh_stamp_start(cvh_stamp *stamp, const cvh_painter *painter, const cvh_placer *placer)
{
    stamp->view = painter->view;
    stamp->placer = placer;
    stamp->lit = painter->lit;
    stamp->peak = painter->shape.peak;
    stamp->kind = placer->subpixel                            ? CVH_STAMP_SUBPIXEL
                  : painter->convention->norm == CVH_NORM_MAX ? CVH_STAMP_RESCALED
                                                              : CVH_STAMP_PRODUCT;
    stamp->rows = 2 * placer->y.radius + 1;
    stamp->cols = 2 * placer->x.radius + 1;
    if (stamp->kind == CVH_STAMP_RESCALED) stamp->cols = (stamp->cols + DIVIDED - 1) / DIVIDED * DIVIDED;
    bool stamps = placer->direct && fits(stamp, painter->view) && take_profiles(stamp, painter);
    if (!stamps) stamp->kind = CVH_STAMP_NONE;
}

/* ----------------------------------------------------------------------------------------------------------------- place */

/* Where the block of a window begins: with the window, moved to lie on the map. The last block begins at `last`. */
static inline int begin_of(int pixel, int radius, int last)
{
    int first = pixel - radius;
    first = first < last ? first : last;
    return first > 0 ? first : 0;
}

/* The keypoint's weight, where it is not drawn. */
static float weight_of(const cvh_stamp *stamp, const cvh_keypoint *point)
{
    cvh_placement ignored;
    return cvh_place_directly(stamp->placer, point, &ignored) >= CVH_FATE_EMPTY ? 1 : 0;
}

/* Inlined with a literal kind. */
static inline size_t place(cvh_stamp_kind kind, const cvh_stamp *stamp, const cvh_points *points, size_t first, int *touched,
                           int map_end, float *weights, cvh_stamp_batch *batch)
{
    const cvh_axis_placer x_axis = stamp->placer->x, y_axis = stamp->placer->y;
    const int last_col = x_axis.size - stamp->cols, last_row = y_axis.size - stamp->rows;
    const cvh_frame frame = stamp->placer->frame;
    const bool floors = stamp->placer->floors;
    const cvh_maps view = *stamp->view;
    const cvh_keypoint *point = points->at + first, *end = points->at + points->count;
    int next = *touched, count = 0;
    for (; point < end && count < CVH_STAMP_BATCH; point++) {
        if (point->gaussian || point->map < next || point->map >= map_end) break;
        if (kind == CVH_STAMP_RESCALED && point + 1 < end && point[1].map == point->map) break;
        cvh_position at = cvh_frame_to_map(&frame, point->x, point->y);
        double biased_x = at.x + x_axis.bias, biased_y = at.y + y_axis.bias;
        bool drawn = cvh_axis_draws(&x_axis, biased_x) && cvh_axis_draws(&y_axis, biased_y);
        if (weights) weights[point - points->at] = drawn ? 1 : weight_of(stamp, point);
        if (!drawn) continue;
        int x = cvh_pixel_of(floors, biased_x), y = cvh_pixel_of(floors, biased_y);
        int col = begin_of(x, x_axis.radius, last_col), row = begin_of(y, y_axis.radius, last_row);
        batch->corners[count] = cvh_sample_at(&view, point->map, row, col);
        batch->x.first[count] = col - x;
        batch->y.first[count] = row - y;
        if (kind != CVH_STAMP_PRODUCT) {
            batch->x.pixel[count] = x;
            batch->y.pixel[count] = y;
            batch->x.centre[count] = at.x;
            batch->y.centre[count] = at.y;
        }
        next = point->map + 1;
        count++;
    }
    batch->count = count;
    *touched = next;
    return (size_t)(point - points->at);
}

static size_t place_subpixel(const cvh_stamp *stamp, const cvh_points *points, size_t first, int *touched, int end,
                             float *weights, cvh_stamp_batch *batch)
{
    size_t next = place(CVH_STAMP_SUBPIXEL, stamp, points, first, touched, end, weights, batch);
    cvh_subpixel_profiles(&stamp->x_profile, &batch->x, batch->count, (float)stamp->lit, batch->x_values);
    cvh_subpixel_profiles(stamp->y_profile, &batch->y, batch->count, 1, batch->y_values);
    return next;
}

size_t cvh_stamp_place(const cvh_stamp *stamp, const cvh_points *points, size_t first, int *touched, int end, float *weights,
                       cvh_stamp_batch *batch)
{
    switch (stamp->kind) {
    case CVH_STAMP_PRODUCT: return place(CVH_STAMP_PRODUCT, stamp, points, first, touched, end, weights, batch);
    case CVH_STAMP_SUBPIXEL: return place_subpixel(stamp, points, first, touched, end, weights, batch);
    case CVH_STAMP_RESCALED: return place(CVH_STAMP_RESCALED, stamp, points, first, touched, end, weights, batch);
    case CVH_STAMP_NONE: break;
    }
    batch->count = 0;
    return first;
}

/* ----------------------------------------------------------------------------------------------------------------- write */

/* What all blocks have in common. */
static inline block block_of(const cvh_stamp *stamp)
{
    return (block){.row_step = stamp->view->row_step / sizeof(float),
                   .col_step = 1,
                   .rows = (size_t)stamp->rows,
                   .cols = (size_t)stamp->cols};
}

static void write_products(const cvh_stamp *stamp, const cvh_stamp_batch *from)
{
    block each = block_of(stamp);
    for (int i = 0; i < from->count; i++) {
        each.target = from->corners[i];
        each.values = stamp->x + from->x.first[i];
        each.factors = stamp->y + from->y.first[i];
        meet_block(CVH_OVERLAP_REPLACE, &each);
    }
}

static void write_subpixel(const cvh_stamp *stamp, const cvh_stamp_batch *from)
{
    block each = block_of(stamp);
    each.values = from->x_values;
    each.factors = from->y_values;
    for (int i = 0; i < from->count; i++) {
        each.target = from->corners[i];
        meet_block(CVH_OVERLAP_REPLACE, &each);
        each.values += stamp->x_profile.lanes;
        each.factors += stamp->y_profile->lanes;
    }
}

/* The distance from the centre to the nearest pixel of the window that lies on the map. */
static inline int nearest(int pixel, int size)
{
    return pixel < 0 ? -pixel : pixel >= size ? size - 1 - pixel : 0;
}

/* The divisor of cvh_rescale_maximum. The profiles fall from the centre outwards, and rounding keeps the order of products, so
 * the largest is the one nearest to the centre. */
static float divisor_of(const cvh_stamp *stamp, int x, int y)
{
    const cvh_maps *view = stamp->view;
    float largest = stamp->y[nearest(y, view->rows)] * stamp->x[nearest(x, view->cols)];
    float divisor = largest / (float)stamp->peak;
    return divisor > 0 ? divisor : 1; /* a far tail may underflow it */
}

/* factor * x / divisor, to two rows. Where the loop itself stores to both, gcc 14 makes no vectors of it, and tutorial_patch
 * takes 1.3 times as long. */
static inline void divide_rows(float factor, const float *restrict x, float divisor, float *restrict above,
                               float *restrict below)
{
    float row[DIVIDED];
    for (int i = 0; i < DIVIDED; i++) row[i] = factor * x[i] / divisor;
    memcpy(above, row, sizeof row);
    memcpy(below, row, sizeof row);
}

/* DIVIDED columns of a block, divided. Rows equally far from the centre, which is `centre` rows below the corner, are equal,
 * and are divided once; what is not on the map goes to `nowhere`. */
static void write_quotients(const cvh_stamp *stamp, float *corner, int centre, const float *x, float divisor)
{
    const size_t row_step = stamp->view->row_step / sizeof(float);
    const unsigned rows = (unsigned)stamp->rows;
    const int radius = stamp->placer->y.radius;
    const float *factors = stamp->y;
    float nowhere[2][DIVIDED], *below = nowhere[1];
    for (int distance = 0; distance <= radius; distance++) {
        unsigned up = (unsigned)(centre - distance), down = (unsigned)(centre + distance);
        float *above = up < rows ? corner + up * row_step : nowhere[0];
        if (distance > 0) below = down < rows ? corner + down * row_step : nowhere[1];
        divide_rows(factors[distance], x, divisor, above, below);
    }
}

static void write_rescaled(const cvh_stamp *stamp, const cvh_stamp_batch *from)
{
    for (int i = 0; i < from->count; i++) {
        float divisor = divisor_of(stamp, from->x.pixel[i], from->y.pixel[i]);
        for (int part = 0; part < stamp->cols; part += DIVIDED)
            write_quotients(stamp, from->corners[i] + part, -from->y.first[i], stamp->x + from->x.first[i] + part, divisor);
    }
}

void cvh_stamp_write(const cvh_stamp *stamp, const cvh_stamp_batch *batch)
{
    switch (stamp->kind) {
    case CVH_STAMP_PRODUCT: write_products(stamp, batch); break;
    case CVH_STAMP_SUBPIXEL: write_subpixel(stamp, batch); break;
    case CVH_STAMP_RESCALED: write_rescaled(stamp, batch); break;
    case CVH_STAMP_NONE: break;
    }
}
