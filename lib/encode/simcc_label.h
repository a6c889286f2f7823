/* SPDX-License-Identifier: Apache-2.0
 * SimCC's labels along one axis: the library's 1-D profile over a whole vector. */
#ifndef CVH_LIB_SIMCC_LABEL_H
#define CVH_LIB_SIMCC_LABEL_H

#include "base/maps.h"

enum {
    CVH_LABEL_BINS = 1024,  /* vectors up to here are copied from one that is ready */
    CVH_LABEL_RADIUS = 255, /* Gaussians up to here are products of ready ones */
    CVH_LABEL_LANES = 8
};

/* How the labels of one axis are made. */
typedef enum cvh_label_kind {
    CVH_LABEL_READY,    /* on whole bins: all labels are stretches of one */
    CVH_LABEL_PRODUCTS, /* between bins, float by float, quickly */
    CVH_LABEL_PLAIN     /* sample by sample, whatever the view */
} cvh_label_kind;

typedef struct cvh_label {
    const cvh_simcc *simcc; /* its defaults filled in */
    const cvh_maps *view;   /* of vectors */
    cvh_label_kind kind;
    double sigma, c, k; /* c = -1 / (8 sigma^2), k = 1 / (2 sigma^2) */
    double least, most; /* a label is drawn where least < its centre (or =) and centre < most */
    double reach;       /* what is farther from the centre is 0 */
    double lit;         /* times this */
    double top, rest;   /* ONE_HOT's */
    int radius, middle; /* of a ready label; where its centre stands in `ready` */
    union {
        float ready[2 * CVH_LABEL_BINS + 2 * CVH_LABEL_RADIUS];
        double bells[2 * CVH_LABEL_RADIUS + 1 + CVH_LABEL_LANES]; /* exp(-i^2 k) at radius + i */
    } of;
} cvh_label;

/* `sigma` in bins. The label keeps pointers to what it is given. */
void cvh_label_start(cvh_label *label, const cvh_simcc *simcc, const cvh_maps *view, double sigma);

/* The centre of a label, in bins, of a keypoint at `bin`. */
double cvh_label_centre(const cvh_label *label, double bin);

/* Whether it is drawn, by its own axis. */
bool cvh_label_draws(const cvh_label *label, double centre);

/* Writes vector `map`, all of it. The label is drawn. */
void cvh_label_write(const cvh_label *label, int map, double centre);

#endif
