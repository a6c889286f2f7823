/* SPDX-License-Identifier: Apache-2.0
 * The samples of two views side by side, a block of them at a time, in order of map, row and column whatever the steps are. */
#ifndef CVH_LIB_PAIRS_H
#define CVH_LIB_PAIRS_H

#include <stdbool.h>

#include "base/depth.h"
#include "cvheatmap.h"

enum { CVH_PAIRS = 512, CVH_PAIRS_LANES = 8 };

/* One of the two views, and its samples of the block at hand: as they are stored, as values. */
typedef struct cvh_side {
    const cvh_maps *view;
    cvh_coding coding;
    const void *stored;
    const double *values;
    union {
        double align;
        unsigned char bytes[CVH_PAIRS * sizeof(double)];
    } copy;                 /* room for `stored` */
    double room[CVH_PAIRS]; /* and for `values` */
} cvh_side;

/* `count` pairs, and zeros behind them, which agree, up to `padded`, a multiple of the lanes. Values and differences are there
 * once cvh_pairs_subtract ran. */
typedef struct cvh_pairs {
    cvh_side e, a; /* expected and actual */
    bool alike;    /* both sides store their values in the same way, */
    bool single;   /* namely as floats */
    uint64_t first, total;
    int count, padded;
    double difference[CVH_PAIRS]; /* e - a */
} cvh_pairs;

/* Checked views of the same shape. The first block is opened by cvh_pairs_open, the next ones after a step of CVH_PAIRS. */
void cvh_pairs_start(cvh_pairs *pairs, const cvh_maps *expected, const cvh_maps *actual);

/* The block from sample `first` on. */
void cvh_pairs_open(cvh_pairs *pairs, uint64_t first);

/* True where both sides are the same bytes. */
bool cvh_pairs_same(const cvh_pairs *pairs);

/* Differences are doubles: e - a of two floats is rounded once, there and nowhere else. */
void cvh_pairs_subtract(cvh_pairs *pairs);

/* Gives an infinite or undefined difference its meaning: 0 where both are NaN or the same infinity, INFINITY otherwise. */
void cvh_pairs_define(cvh_pairs *pairs);

/* The sum of (difference * scale)^2: sample i in lane i mod 8, the lanes added as below, so that it has the same bits at any
 * vector width. */
double cvh_pairs_squares(const cvh_pairs *pairs, double scale);

/* How many |difference| are above the limit, or each above a limit of its own. */
int cvh_pairs_above(const cvh_pairs *pairs, double limit);
int cvh_pairs_above_each(const cvh_pairs *pairs, const double *limit);

static inline double cvh_sum_of_lanes(const double lane[CVH_PAIRS_LANES])
{
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

#endif
