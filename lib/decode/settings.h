/* SPDX-License-Identifier: Apache-2.0
 * The settings of one call: the decoder with its defaults filled in, and what follows from it and from the convention. */
#ifndef CVH_LIB_SETTINGS_H
#define CVH_LIB_SETTINGS_H

#include <stdbool.h>

#include "base/frame.h"
#include "cvheatmap.h"

enum {
    CVH_DECODE_MAX_KSIZE = 63,  /* of a decoder's blur */
    CVH_DECODE_MAX_WINDOW = 32, /* radius of a refinement's window */
    CVH_DECODE_MAX_RADIUS = 64, /* of the neighbourhood that a peak dominates */
    CVH_DECODE_MAX_ENLARGE = 64
};

/* What holds for every map of a call: the decoder with its defaults filled in, and what follows from it. */
typedef struct cvh_decoding {
    cvh_decoder decoder;
    cvh_frame frame;
    int blur_radius;                           /* 0: no blur */
    double taps[CVH_DECODE_MAX_KSIZE / 2 + 1]; /* from the centre on */
} cvh_decoding;

/* Validates the convention (NULL: all zero) and its decoder, and fills *decoding. */
cvh_status cvh_decoding_start(const cvh_convention *convention, cvh_decoding *decoding);

#endif
