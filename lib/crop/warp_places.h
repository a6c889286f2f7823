/* SPDX-License-Identifier: Apache-2.0
 * Where the pixels of a tile's row lie in the photograph: OpenCV 4's fixed-point coordinates. */
#ifndef CVH_LIB_WARP_PLACES_H
#define CVH_LIB_WARP_PLACES_H

#include <stdbool.h>
#include <stdint.h>

#include "crop/warp_job.h"

enum { CVH_WARP_TILE = 256 }; /* columns of the input that are worked on at a time */

typedef struct cvh_places {
    int first, count;                                       /* columns of the input */
    int32_t along_x[CVH_WARP_TILE], along_y[CVH_WARP_TILE]; /* a column's share of the coordinates, in 1/1024 pixels */
    int32_t col[CVH_WARP_TILE], row[CVH_WARP_TILE];         /* the photograph's pixel */
    int16_t right[CVH_WARP_TILE], below[CVH_WARP_TILE];     /* and 32nds of a pixel beyond it */
    bool wraps;                                             /* what does not fit 32 bits: see cvh_warp_kind */
    bool ordered;                                           /* no sum wrapped: col and row rise, or fall, from first to last */
} cvh_places;

/* A tile's columns, and then each of its rows, in order from 0. */
void cvh_places_start(cvh_places *places, const cvh_affine *to_photo, bool wraps, int first, int count);
void cvh_places_row(cvh_places *places, const cvh_affine *to_photo, int y);

#endif
