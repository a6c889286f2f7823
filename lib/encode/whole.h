/* SPDX-License-Identifier: Apache-2.0
 * Gaussians that cover a map each: the exponentials of many are made at once, so that none waits for another one, nor for the
 * map before it to be written. */
#ifndef CVH_LIB_WHOLE_H
#define CVH_LIB_WHOLE_H

#include "encode/painter.h"

enum { CVH_WHOLE_MOST = CVH_LINE_STRETCHES / 2, CVH_WHOLE_ROOM = 128 * CVH_WHOLE_MOST };

typedef struct cvh_whole_batch {
    int count;
    int map[CVH_WHOLE_MOST];
    cvh_line_stretch profiles[2 * CVH_WHOLE_MOST]; /* along x, and along y */
    cvh_line_parts parts[2 * CVH_WHOLE_MOST];
    float room[CVH_WHOLE_ROOM]; /* for all of them; a usual map's 64x48 take 128 with what is added */
} cvh_whole_batch;

/* How many maps a batch takes; 0 where a Gaussian that the painter is prepared for, placed by `placer`, is not the product of
 * two lines over all of a map, which it replaces, whatever the overlap, if it is the first there. */
int cvh_whole_most(const cvh_painter *painter, const cvh_placer *placer);

/* Adds a placed keypoint to a batch with less than cvh_whole_most(). */
void cvh_whole_add(cvh_whole_batch *batch, const cvh_painter *painter, int map, const cvh_placement *placement);

/* Covers the maps of a batch. */
void cvh_whole_write(cvh_whole_batch *batch, cvh_painter *painter);

#endif
