/* SPDX-License-Identifier: Apache-2.0
 * What a fit leaves over of the samples. */
#ifndef CVH_LIB_REFINE_FIT_REST_H
#define CVH_LIB_REFINE_FIT_REST_H

#include "decode/refine_fit_step.h"

typedef struct cvh_fit_rest {
    double squares;   /* the sum over the samples that count */
    double amplitude; /* of the model */
    int count;        /* of those */
    double likeness;  /* of neighbours, in standard deviations of what white noise has */
} cvh_fit_rest;

/* Of the model that the last step ends with, where it is as linear as the step takes it to be; sample by sample in the
 * window's rests. */
cvh_fit_rest cvh_fit_rest_of(cvh_fit_window *window);

#endif
