/* SPDX-License-Identifier: Apache-2.0
 * Folds: where a window sees several copies of its keypoint beyond the map's edges. What has no depth. */
#ifndef CVH_LIB_FOLD_H
#define CVH_LIB_FOLD_H

#include "base/border.h"
#include "encode/place.h"

/* A line of samples, a row or a column, as one keypoint is seen on it. */
typedef struct cvh_line {
    cvh_border border;
    int length;
    const cvh_span *span;
} cvh_line;

/* True where a window of this radius, around a sample that is drawn, sees more than one copy of the keypoint. */
bool cvh_line_folds(const cvh_line *line, int radius);

/* Where the copy at q of a Gaussian is centred: shifted with its pixel, or mirrored. */
double cvh_copy_centre(const cvh_line *line, int q);

/* The copies met going outwards from a sample: the next at or above it, and the next below. */
typedef struct cvh_copy_walk {
    int above, below;
} cvh_copy_walk;

cvh_copy_walk cvh_walk_from(const cvh_line *line, int at);

/* A step of the walk. */
typedef struct cvh_copies {
    int count;       /* 1, or 2 for a pair at equal distances */
    double distance; /* of a copy's centre from the sample */
} cvh_copies;

/* The next copies within `radius` of sample `at`; pairs are met together if `pairs` says so. False at the walk's end. */
bool cvh_walk_next(const cvh_line *line, int at, int radius, bool pairs, cvh_copy_walk *walk, cvh_copies *met);

#endif
