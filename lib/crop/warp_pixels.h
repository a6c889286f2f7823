/* SPDX-License-Identifier: Apache-2.0
 * The quick way through warp_fixed.c, of the same bits: colour photographs of 8 bits, whose pixels are three bytes side by
 * side. The input may be planes or pixels. */
#ifndef CVH_LIB_WARP_PIXELS_H
#define CVH_LIB_WARP_PIXELS_H

#include "crop/warp_places.h"

/* Places from..end. */
typedef struct cvh_span {
    int from, end;
} cvh_span;

/* Room for one row: weights of the four samples, and a straight row's mean of two rows of the photograph. */
enum { CVH_PIXELS_MIXED = 3 * 2048 };
typedef struct cvh_pixels {
    uint16_t upper[2 * CVH_WARP_TILE], lower[2 * CVH_WARP_TILE];
    uint16_t mixed[CVH_PIXELS_MIXED + 8];
} cvh_pixels;

bool cvh_pixels_take(const cvh_warp_job *job);

/* Writes a run of places that all lie inside the photograph, and returns it; empty where there is none. */
cvh_span cvh_pixels_row(cvh_pixels *pixels, const cvh_warp_job *job, const cvh_places *places, int y);

#endif
