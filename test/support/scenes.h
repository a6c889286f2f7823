/* SPDX-License-Identifier: Apache-2.0
 * Random scenes for the patch: any convention that it takes, keypoints on and off the maps, some with Gaussians of their own.
 */
#ifndef CVH_TEST_SCENES_H
#define CVH_TEST_SCENES_H

#include <math.h>
#include <stdio.h>

#include "support/layouts.h"

enum { MOST_POINTS = 24 };

typedef struct scene {
    int count, rows, cols;
    cvh_depth depth;
    cvh_convention convention;
    cvh_gaussian own[MOST_POINTS];
    cvh_keypoint points[MOST_POINTS];
    size_t crowd;
    uint64_t state;
} scene;

static inline const char *described(const scene *drawn)
{
    static char text[400];
    const cvh_convention *c = &drawn->convention;
    snprintf(
        text, sizeof text,
        "%zu points, %d maps of %dx%d, depth %d, snap %d, centre %d, border %d, overlap %d, norm %d, max_exponent %g, ksize "
        "%gx%g, sigma %g, %g (state %llu)",
        drawn->crowd, drawn->count, drawn->rows, drawn->cols, (int)drawn->depth, (int)c->snap, (int)c->centre, (int)c->border,
        (int)c->overlap, (int)c->norm, c->max_exponent, c->gaussian.ksize_x, c->gaussian.ksize_y, c->gaussian.sigma_x,
        c->gaussian.sigma_y, (unsigned long long)drawn->state);
    return text;
}

/* ------------------------------------------------------------------------------------------------------------ random scenes */

static inline double random_ksize(random_state *random, const cvh_convention *convention)
{
    if (random_int(random, 0, 5) == 0) return 0;
    if (convention->border == CVH_BORDER_METHOD && convention->norm != CVH_NORM_KERNEL && random_int(random, 0, 5) == 0)
        return CVH_WHOLE_MAP;
    if (convention->snap == CVH_SNAP_NONE) return 1 + 20 * random_real(random);
    return 2 * random_int(random, 0, 12) + 1;
}

static inline cvh_gaussian random_shape(random_state *random, const cvh_convention *convention, double peak)
{
    return (cvh_gaussian){.sigma_x = 0.4 + 3 * random_real(random),
                          .sigma_y = random_int(random, 0, 1) ? 0 : 0.4 + 3 * random_real(random),
                          .ksize_x = random_ksize(random, convention),
                          .ksize_y = random_int(random, 0, 1) ? 0 : random_ksize(random, convention),
                          .peak = peak};
}

/* Any convention that the patch takes. */
static inline cvh_convention random_convention(random_state *random)
{
    cvh_convention made = {.snap = (cvh_snap)random_int(random, 0, CVH_SNAP_NONE),
                           .centre = (cvh_centre)random_int(random, 0, CVH_CENTRE_WINDOW),
                           .overlap = (cvh_overlap)random_int(random, 0, CVH_OVERLAP_ADD_CLAMP),
                           .norm = (cvh_norm)random_int(random, 0, CVH_NORM_SUM),
                           .drop = (cvh_drop)random_int(random, 0, CVH_DROP_THREE_SIGMA_TRUNC)};
    if (made.snap != CVH_SNAP_NONE) made.border = (cvh_border)random_int(random, 0, CVH_BORDER_REFLECT_101);
    if (made.border <= CVH_BORDER_CONSTANT && random_int(random, 0, 2) == 0) made.max_exponent = 0.5 + 6 * random_real(random);
    bool on_pixel = made.snap != CVH_SNAP_NONE && made.centre != CVH_CENTRE_SUBPIXEL;
    if (made.norm == CVH_NORM_KERNEL && (!on_pixel || made.max_exponent > 0)) made.norm = CVH_NORM_NONE;
    if (made.norm == CVH_NORM_CENTRE) made.norm = CVH_NORM_MAX; /* it takes one keypoint a map, and has its own test */
    made.gaussian = random_shape(random, &made, random_int(random, 0, 1) ? 255 : 0);
    return made;
}

static inline scene random_scene(random_state *random)
{
    scene made = {.count = random_int(random, 1, 4),
                  .rows = random_int(random, 1, 30),
                  .cols = random_int(random, 1, 30),
                  .depth = random_int(random, 0, 1) ? CVH_32F : CVH_64F,
                  .convention = random_convention(random),
                  .crowd = (size_t)random_int(random, 0, MOST_POINTS),
                  .state = random->state};
    for (size_t i = 0; i < made.crowd; i++) {
        cvh_keypoint *point = &made.points[i];
        point->x = (made.cols + 12) * random_real(random) - 6;
        point->y = (made.rows + 12) * random_real(random) - 6;
        point->map = random_int(random, 0, made.count - 1);
        if (random_int(random, 0, 9) == 0) point->x = NAN;
        made.own[i] = random_shape(random, &made.convention, 0);
    }
    return made;
}

/* The keypoints' own Gaussians lie in the scene, so they are pointed to once it has its place. */
static inline void use_own_gaussians(scene *made)
{
    for (size_t i = 0; i < made->crowd; i += 3) made->points[i].gaussian = &made->own[i];
}

static inline void draw_by(cvh_method_fn method, const scene *drawn, const cvh_maps *maps)
{
    if (method(maps, drawn->points, drawn->crowd, &drawn->convention))
        ck_abort_msg("%s: %s", described(drawn), cvh_last_error());
}

#endif
