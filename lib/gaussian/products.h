/* SPDX-License-Identifier: Apache-2.0
 * A Gaussian between pixels from one on a pixel. */
#ifndef CVH_LIB_PRODUCTS_H
#define CVH_LIB_PRODUCTS_H

#include <stdint.h>

enum { CVH_BELL_LANES = 8 };

/* out[i] = bells[i] start E^i, i = 0..count-1, each product rounded, always in the same order. There is room for whole lanes in
 * bells and out, which hold no memory in common. */
void cvh_bell_products(const double *restrict bells, double start, double E, int count, float *restrict out);

/* A product of doubles is in doubt where a number that is off by less than CVH_PRODUCT_MARGIN units in its last place may round
 * to another float. A float has 29 bits less than a double: halfway between two floats these are 2^28. A subnormal float has j
 * bits less than that, and halfway the last 29 + j bits are 2^(28 + j): the last 28 are 0. What is so near is in doubt, by the
 * bits that a mask leaves of the product's lower half: 29 where the product is 0 or no subnormal float; 28 where it may be any
 * float but 0, some of which are in doubt for being near a float, for nothing. */
#define CVH_PRODUCT_MARGIN 8192
#define CVH_HALF_FLOAT (UINT32_C(1) << 28)
#define CVH_DOUBT_NORMAL (2 * CVH_HALF_FLOAT - 1)
#define CVH_DOUBT_ANY (CVH_HALF_FLOAT - 1)

/* out[i] = bells[i] powers[i % 8] E8^(i / 8) for whole lanes; `powers` is of no use then. Not 0 where a product is in doubt. */
uint32_t cvh_bell_products_in_doubt(const double *restrict bells, const uint32_t *restrict masks,
                                    double powers[restrict CVH_BELL_LANES], double E8, int count, float *restrict out);

#endif
