/* SPDX-License-Identifier: Apache-2.0
 * SimCC's labels along one axis: the library's 1-D profile over a whole vector. */
#ifndef CVH_LIB_SIMCC_LABEL_H
#define CVH_LIB_SIMCC_LABEL_H

#include <string.h>

#include "base/maps.h"
#include "gaussian/products.h"

enum {
    CVH_LABEL_BINS = 1024, /* vectors up to here are copied from one that is ready */
    CVH_LABEL_RADIUS = 255 /* Gaussians up to here are products of ready ones */
};

/* How the labels of one axis are made. */
typedef enum cvh_label_kind {
    CVH_LABEL_READY,    /* on whole bins: all labels are stretches of one */
    CVH_LABEL_PRODUCTS, /* floats between bins */
    CVH_LABEL_PLAIN     /* sample by sample: doubles, long vectors, widths of less than a bin or far more */
} cvh_label_kind;

typedef struct cvh_label {
    const cvh_simcc *simcc; /* its defaults filled in */
    const cvh_maps *view;   /* of vectors */
    cvh_label_kind kind;
    bool whole_bins;
    double sigma, c, k; /* c = -1 / (8 sigma^2), k = 1 / (2 sigma^2) */
    double least, most; /* a label is drawn where least <= centre < most */
    double reach;       /* what is farther from the centre is 0 */
    double lit;         /* times this */
    double top, rest;   /* ONE_HOT's */
    int radius, middle; /* of a ready label; where its centre stands in `ready` */
    union {
        float ready[2 * CVH_LABEL_BINS + 2 * CVH_LABEL_RADIUS];
        double bells[2 * CVH_LABEL_RADIUS + 1 + CVH_BELL_LANES]; /* exp(-i^2 k) at radius + i */
    } of;
} cvh_label;

/* `sigma` in bins. The label keeps pointers to what it is given. */
void cvh_label_start(cvh_label *label, const cvh_simcc *simcc, const cvh_maps *view, double sigma);

/* The centre of a label, in bins, of a keypoint at `bin`. rint() may be a call; what is beyond 2^51 is beyond every vector. */
static inline double cvh_label_centre(const cvh_label *label, double bin)
{
    return label->whole_bins ? (bin + 0x1.8p52) - 0x1.8p52 : bin;
}

/* Whether it is drawn, by its own axis. */
static inline bool cvh_label_draws(const cvh_label *label, double centre)
{
    return centre >= label->least && centre < label->most;
}

/* Whether vectors must be clear before labels are written: else all of a vector is written. */
static inline bool cvh_label_wants_clear(const cvh_label *label)
{
    return label->kind == CVH_LABEL_PRODUCTS;
}

/* Writes one that is READY. */
static inline void cvh_label_copy(const cvh_label *label, int vector, double centre)
{
    const float *from = label->of.ready + label->middle - (int)centre;
    memcpy(cvh_row_at(label->view, vector, 0), from, (size_t)label->view->cols * sizeof *from);
}

/* Labels that are drawn, of one axis. */
enum { CVH_LABEL_BATCH = 16 };

typedef struct cvh_label_batch {
    int count;
    int vectors[CVH_LABEL_BATCH];
    double centres[CVH_LABEL_BATCH];
} cvh_label_batch;

/* Writes them, in order; they are not READY. */
void cvh_label_write(const cvh_label *label, const cvh_label_batch *batch);

#endif
