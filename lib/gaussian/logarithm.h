/* SPDX-License-Identifier: Apache-2.0
 * A logarithm whose bits are the same on every machine. */
#ifndef CVH_LIB_LOGARITHM_H
#define CVH_LIB_LOGARITHM_H

/* log(x) for positive finite x, subnormal ones included. */
double cvh_log(double x);

#endif
