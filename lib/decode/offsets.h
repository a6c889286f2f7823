/* SPDX-License-Identifier: Apache-2.0
 * Offset maps beside the maps that are searched: they say where in its cell a peak lies. */
#ifndef CVH_LIB_DECODE_OFFSETS_H
#define CVH_LIB_DECODE_OFFSETS_H

#include "decode/refine.h"

enum { CVH_OFFSET_MAX_KSIZE = 31 };

typedef struct cvh_offset_maps {
    cvh_maps dx, dy;                           /* checked; one map is every map's */
    cvh_position length;                       /* heatmap pixels that a value of 1 is */
    int radius;                                /* of a blur, 0: none */
    double taps[CVH_OFFSET_MAX_KSIZE / 2 + 1]; /* from the centre on */
} cvh_offset_maps;

/* Checks dx and dy against the view that is searched, and the convention's offsets (NULL: all 0). */
cvh_status cvh_offset_maps_start(const cvh_maps *dx, const cvh_maps *dy, const cvh_maps *view, const cvh_convention *convention,
                                 cvh_offset_maps *offsets);

/* A refinement: the pixel plus its offset. */
cvh_found cvh_offset_at(const cvh_offset_maps *offsets, int map, cvh_pixel pixel, cvh_reading *at);

#endif
