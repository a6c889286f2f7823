/* SPDX-License-Identifier: Apache-2.0
 * Ranges that more than one wing holds a field to; cvheatmap.h has them in words. */
#ifndef CVH_LIB_LIMITS_H
#define CVH_LIB_LIMITS_H

#define CVH_MIN_SIGMA 1e-6
#define CVH_MAX_SIGMA 1e6

#endif
