/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/stamp_crowd.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

const char *described(const crowd *made)
{
    static char text[500];
    const cvh_convention *c = &made->convention;
    snprintf(
        text, sizeof text,
        "%zu points, %d maps of %dx%d, %s, snap %d, centre %d, border %d, overlap %d, norm %d, drop %d, ksize %gx%g, sigma "
        "%g, %g, peak %g (state %" PRIu64 ")",
        made->size, made->count, made->rows, made->cols, layout_names[made->maps], (int)c->snap, (int)c->centre, (int)c->border,
        (int)c->overlap, (int)c->norm, (int)c->drop, c->gaussian.ksize_x, c->gaussian.ksize_y, c->gaussian.sigma_x,
        c->gaussian.sigma_y, c->gaussian.peak, made->state);
    return text;
}

static double random_sigma(random_state *random)
{
    static const double usual[] = {1, 1.5, 2, 2.5, 3};
    return random_int(random, 0, 1) ? usual[random_int(random, 0, 4)] : 0.3 + 4.7 * random_real(random);
}

/* Even widths are for keypoints that are not snapped. */
static double random_ksize(random_state *random, cvh_snap snap)
{
    int radius = random_int(random, 0, 2) ? random_int(random, 0, 8) : random_int(random, 0, 17);
    return random_int(random, 0, 1) ? 0 : 2 * radius + (snap == CVH_SNAP_NONE && radius ? 0 : 1);
}

static cvh_gaussian random_gaussian(random_state *random, cvh_snap snap)
{
    static const double peaks[] = {0, 0, 1, 255, 0.25, 1e30, 1e-30, 0.999};
    cvh_gaussian made = {.sigma_x = random_sigma(random), .ksize_x = random_ksize(random, snap)};
    if (random_int(random, 0, 2) == 0) made.sigma_y = random_sigma(random);
    if (random_int(random, 0, 2) == 0) made.ksize_y = random_ksize(random, snap);
    if (random_int(random, 0, 19) == 0) made.ksize_x = 2 * random_int(random, 0, 15) + 1, made.sigma_x = 1000;
    made.peak = peaks[random_int(random, 0, 7)];
    return made;
}

/* Mostly what is stamped. */
static cvh_convention random_convention(random_state *random)
{
    cvh_convention made = {.snap = (cvh_snap)random_int(random, 0, CVH_SNAP_FLOOR),
                           .centre = (cvh_centre)random_int(random, 0, CVH_CENTRE_WINDOW),
                           .overlap = (cvh_overlap)random_int(random, 0, CVH_OVERLAP_ADD_CLAMP),
                           .drop = (cvh_drop)random_int(random, 0, CVH_DROP_WINDOW)};
    static const cvh_norm norms[] = {CVH_NORM_NONE, CVH_NORM_NONE, CVH_NORM_KERNEL, CVH_NORM_MAX, CVH_NORM_MAX, CVH_NORM_SUM};
    made.norm = norms[random_int(random, 0, random_int(random, 0, 3) ? 4 : 5)];
    if (random_int(random, 0, 19) == 0) made.snap = CVH_SNAP_NONE;
    if (made.centre == CVH_CENTRE_SUBPIXEL && made.norm >= CVH_NORM_MAX && random_int(random, 0, 3)) made.norm = CVH_NORM_NONE;
    if (made.norm == CVH_NORM_KERNEL && (made.snap == CVH_SNAP_NONE || made.centre == CVH_CENTRE_SUBPIXEL))
        made.norm = CVH_NORM_NONE;
    if (random_int(random, 0, 14) == 0 && made.snap != CVH_SNAP_NONE) made.border = CVH_BORDER_CONSTANT;
    if (random_int(random, 0, 14) == 0) made.drop = CVH_DROP_THREE_SIGMA;
    if (random_int(random, 0, 3) == 0) made.scale_x = 0.25, made.offset_x = -0.5;
    if (random_int(random, 0, 3) == 0) made.scale_y = 0.3, made.offset_y = 1.1;
    made.gaussian = random_gaussian(random, made.snap);
    return made;
}

double random_place(random_state *random, int size)
{
    static const double particular[] = {NAN,   INFINITY, -INFINITY, 1e30,  -1e30,  -0.75, -1.25, -0.5,   -1.5,
                                        -0.25, -0.0,     0x1p24,    0.499, -1e300, 32768, -1,    0x1p31, 0.5};
    static const double fractions[] = {0, 0.5, -0.5, 0.25, -0.25, 0.75, 0.49999999999999994, -0.49999999999999994};
    int kind = random_int(random, 0, 9), reach = random_int(random, 0, 17);
    if (kind == 0) return particular[random_int(random, 0, 17)];
    if (kind <= 2) return (random_int(random, 0, 1) ? -reach : size - 1 + reach) + fractions[random_int(random, 0, 7)];
    if (kind <= 4) return random_int(random, 0, size - 1) + fractions[random_int(random, 0, 7)];
    return (size + 20) * random_real(random) - 10;
}

static double before(double scale, double offset, double u)
{
    return (u - offset) / (scale > 0 ? scale : 1);
}

void random_maps(random_state *random, crowd *made)
{
    int kind = random_int(random, 0, 3), map = 0;
    made->alone = kind <= 1;
    for (size_t i = 0; i < made->size; i++) {
        if (kind == 3 && random_int(random, 0, 3) == 0) map = random_int(random, 0, made->count - 1);
        if (map >= made->count) {
            made->size = i;
            return;
        }
        made->points[i].map = map;
        map += kind == 0 ? 1 : kind == 1 ? random_int(random, 1, 3) : random_int(random, 0, 4) ? 1 : 0;
    }
}

void random_crowd(random_state *random, crowd *made)
{
    made->state = random->state;
    made->convention = random_convention(random);
    const cvh_convention *c = &made->convention;
    static const layout layouts[] = {LAYOUT_PACKED, LAYOUT_PACKED, LAYOUT_PADDED, LAYOUT_ROWS_FIRST};
    made->maps = layouts[random_int(random, 0, 3)];
    made->rows = random_int(random, 3, 40);
    made->cols = random_int(random, 3, 40);
    made->count = random_int(random, 0, 3) ? random_int(random, 1, 70) : random_int(random, 70, MOST);
    made->size = (size_t)(random_int(random, 0, 1) ? made->count : random_int(random, 1, made->count));
    made->weighted = random_int(random, 0, 1);
    int own = random_int(random, 0, 2) ? 0 : random_int(random, 1, 4);
    for (size_t i = 0; i < made->size; i++) {
        cvh_keypoint *point = &made->points[i];
        point->x = before(c->scale_x, c->offset_x, random_place(random, made->cols));
        point->y = before(c->scale_y, c->offset_y, random_place(random, made->rows));
        point->gaussian = NULL;
        if (own == 0 || random_int(random, 0, 3 * own)) continue;
        made->own[i] = random_gaussian(random, c->snap);
        if (c->norm == CVH_NORM_MAX) made->own[i].peak = 0;
        if (own == 1) made->own[i] = (cvh_gaussian){0};
        point->gaussian = &made->own[i];
    }
    random_maps(random, made);
    if (made->size == 0) made->alone = false;
}
