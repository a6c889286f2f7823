/* SPDX-License-Identifier: Apache-2.0
 * The quick way through warp_fixed.c, of the same bits: photographs of 8 bits, either of three interleaved channels or of
 * planes (grey ones too). The input may lie in any way. */
#ifndef CVH_LIB_WARP_PIXELS_H
#define CVH_LIB_WARP_PIXELS_H

#include "crop/warp_places.h"

/* Places from..end. */
typedef struct cvh_span {
    int from, end;
} cvh_span;

enum { CVH_PIXELS_MIXED = 3 * 2048 };

/* What a row is worked on with. */
typedef struct cvh_pixels {
    bool started;                                                /* across is the tile's: rows of a straight warp share it */
    uint16_t upper[2 * CVH_WARP_TILE], lower[2 * CVH_WARP_TILE]; /* weights of p00, p01 and of p10, p11 */
    uint16_t across[8 * CVH_WARP_TILE];   /* of the left and the right sample, four times, for a straight row */
    uint16_t mixed[CVH_PIXELS_MIXED + 8]; /* a straight row: the mean of two rows of the photograph */
} cvh_pixels;

bool cvh_pixels_take(const cvh_warp_job *job);

/* Writes a run of places that all lie inside the photograph, in every channel, and returns it; empty where there is none. */
cvh_span cvh_pixels_row(cvh_pixels *pixels, const cvh_warp_job *job, const cvh_places *places, int y);

#endif
