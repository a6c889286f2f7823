/* SPDX-License-Identifier: Apache-2.0
 * A Gaussian between pixels from one on a pixel. */
#ifndef CVH_LIB_PRODUCTS_H
#define CVH_LIB_PRODUCTS_H

enum { CVH_BELL_LANES = 8 };

/* out[i] = bells[i] start E^i, i = 0..count-1, each product rounded, always in the same order. There is room for whole lanes in
 * bells and out, which hold no memory in common. */
void cvh_bell_products(const double *restrict bells, double start, double E, int count, float *restrict out);

#endif
