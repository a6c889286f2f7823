/* SPDX-License-Identifier: Apache-2.0
 * A map's samples as the refinements read them: beyond its edges, and through the decoder's blur. */
#ifndef CVH_LIB_SCENE_H
#define CVH_LIB_SCENE_H

#include "decode/plane.h"
#include "decode/settings.h"

/* The largest piece of a map that is copied: a blur's and a stencil's reach. */
enum { CVH_BLOCK_SIDE = 2 * CVH_DECODE_MAX_WINDOW + 3, CVH_BLOCK_STRIDE = CVH_BLOCK_SIDE + 1 };

/* Copies rows x cols samples from (row, col) on to out[.][CVH_BLOCK_STRIDE]; the sides are at most CVH_BLOCK_SIDE. What is
 * beyond the map is folded by `border`, METHOD counting as CONSTANT. */
void cvh_plane_block(const cvh_plane *plane, int row, int col, int rows, int cols, cvh_border border,
                     double out[][CVH_BLOCK_STRIDE]);

/* The whole map blurred to scratch[rows][cols]; scratch has room for cvh_plane_blur_size doubles. */
size_t cvh_plane_blur_size(const cvh_maps *view);
void cvh_plane_blur(const cvh_plane *plane, const cvh_decoding *decoding, double *scratch);

/* What a refinement reads: a map, through the blur where `blurred`. */
typedef struct cvh_scene {
    const cvh_decoding *decoding;
    const cvh_plane *plane;
    bool blurred;
} cvh_scene;

double cvh_scene_blurred_at(const cvh_scene *scene, int row, int col);

static inline double cvh_scene_at(const cvh_scene *scene, int row, int col)
{
    return scene->blurred ? cvh_scene_blurred_at(scene, row, col) : cvh_plane_at(scene->plane, row, col);
}

/* The same for a pixel that may lie beyond the map, under `outside` (METHOD counting as CONSTANT). */
double cvh_scene_beyond(const cvh_scene *scene, int row, int col);

/* Which samples around a pixel are wanted: of row j - reach those from first[j] on, count[j] of them. */
typedef struct cvh_stencil {
    int reach; /* 0..2 */
    signed char first[5], count[5];
} cvh_stencil;

/* The samples that are wanted around (row, col), in raster order. */
void cvh_scene_stencil(const cvh_scene *scene, int row, int col, const cvh_stencil *stencil, double *out);

#endif
