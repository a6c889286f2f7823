/* SPDX-License-Identifier: Apache-2.0
 * The settings of one call on SimCC's vectors: what encoding and decoding check alike. */
#ifndef CVH_LIB_SIMCC_H
#define CVH_LIB_SIMCC_H

#include "base/frame.h"
#include "base/maps.h"

typedef struct cvh_simcc_pair {
    cvh_simcc simcc; /* its defaults filled in: ratio, sigmas, threshold */
    cvh_maps x, y;   /* checked */
    cvh_frame frame; /* from the caller's pixels to bins, and back */
} cvh_simcc_pair;

/* Checks the vectors and the settings (NULL: all 0) as cvheatmap.h documents them. */
cvh_status cvh_simcc_start(const cvh_maps *x, const cvh_maps *y, cvh_depths depths, const cvh_simcc *simcc,
                           cvh_simcc_pair *pair);

#endif
