/* SPDX-License-Identifier: Apache-2.0
 * The sigmoid and its inverse, their bits the same on every machine. */
#ifndef CVH_LIB_SIGMOID_H
#define CVH_LIB_SIGMOID_H

#include "gaussian/kernel.h"
#include "gaussian/logarithm.h"

/* 1 / (1 + exp(-x)) */
static inline double cvh_sigmoid(double x)
{
    return 1 / (1 + cvh_exp(-x));
}

/* The x with that sigmoid; -INFINITY for p <= 0, INFINITY for p >= 1. */
static inline double cvh_logit(double p)
{
    if (p <= 0) return -INFINITY;
    return p < 1 ? cvh_log(p / (1 - p)) : INFINITY;
}

#endif
