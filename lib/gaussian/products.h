/* SPDX-License-Identifier: Apache-2.0
 * A Gaussian between pixels from one on a pixel. */
#ifndef CVH_LIB_PRODUCTS_H
#define CVH_LIB_PRODUCTS_H

#include <stdint.h>

#include "base/avx2.h"

enum { CVH_BELL_LANES = 8 };

/* out[i] = bells[i] start E^i, i = 0..count-1, each product rounded, always in the same order. There is room for whole lanes in
 * bells and out, which hold no memory in common. */
void cvh_bell_products(const double *restrict bells, double start, double E, int count, float *restrict out);

/* out[i] = bells[i] powers[i % 8] E8^(i / 8) for whole lanes; `powers` is of no use then. Not 0 where a product `larger` times
 * as large rounds to another float. */
typedef uint32_t cvh_products_in_doubt(const double *restrict bells, double powers[restrict CVH_BELL_LANES], double E8,
                                       double larger, int count, float *restrict out);
cvh_products_in_doubt cvh_bell_products_in_doubt;

#ifdef CVH_HAS_AVX2
cvh_products_in_doubt cvh_bell_products_in_doubt_avx2;
#endif

/* The faster one that this CPU runs. */
cvh_products_in_doubt *cvh_products_in_doubt_here(void);

#endif
