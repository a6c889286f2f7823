/* SPDX-License-Identifier: Apache-2.0
 * Ranges that more than one wing holds a field to; cvheatmap.h has them in words. */
#ifndef CVH_LIB_LIMITS_H
#define CVH_LIB_LIMITS_H

#include <stdbool.h>

#define CVH_MIN_SIGMA 1e-6
#define CVH_MAX_SIGMA 1e6

/* False for NaN. */
static inline bool cvh_sigma_fits(double sigma)
{
    return sigma >= CVH_MIN_SIGMA && sigma <= CVH_MAX_SIGMA;
}

/* A sigma as it is given: 0 stands for a rule. */
static inline bool cvh_sigma_fits_or_rule(double sigma)
{
    return sigma == 0 || cvh_sigma_fits(sigma);
}

#endif
