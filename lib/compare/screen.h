/* SPDX-License-Identifier: Apache-2.0
 * What loops without branches, which compilers turn into vectors, tell of a block of pairs. */
#ifndef CVH_LIB_SCREEN_H
#define CVH_LIB_SCREEN_H

#include "compare/pairs.h"

typedef struct cvh_screen {
    double sum;         /* of the squares of all differences; where it is not finite, `larger` and `farther` mean nothing */
    int unequal;        /* pairs with e != a */
    int missing, extra; /* 0 on one side alone: a's, e's; told where they are asked for */
    bool larger;        /* a difference is larger than max_abs */
    bool farther;       /* a pair may be farther apart in ULPs than max_ulps */
} cvh_screen;

/* Of any two depths; leaves the differences behind. Counts zeros where `zeros`. */
cvh_screen cvh_screen_values(cvh_pairs *pairs, double max_abs, bool zeros);

/* Of floats, faster and without the differences. */
cvh_screen cvh_screen_floats(const cvh_pairs *pairs, double max_abs, uint64_t max_ulps, bool zeros);

#endif
