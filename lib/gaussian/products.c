/* SPDX-License-Identifier: Apache-2.0
 * In a file of its own: where they are inlined, compilers forget that the arrays are apart, and make no vectors (gcc 12: 1.3
 * times the time of cvh_simcc_encode). */
#include "gaussian/products.h"

#include <string.h>

void cvh_bell_products(const double *restrict bells, double start, double E, int count, float *restrict out)
{
    double powers[CVH_BELL_LANES] = {start}, E2 = E * E, E4 = E2 * E2, E8 = E4 * E4;
    for (int j = 1; j < CVH_BELL_LANES; j++) powers[j] = powers[j - 1] * E;
    for (int i = 0; i < count; i += CVH_BELL_LANES) {
        for (int j = 0; j < CVH_BELL_LANES; j++) out[i + j] = (float)(bells[i + j] * powers[j]);
        for (int j = 0; j < CVH_BELL_LANES; j++) powers[j] *= E8;
    }
}

static inline uint32_t lower_half(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (uint32_t)bits;
}

/* No other float is asked for, since operations on subnormal ones are slow. */
uint32_t cvh_bell_products_in_doubt(const double *restrict bells, const uint32_t *restrict masks,
                                    double powers[restrict CVH_BELL_LANES], double E8, int count, float *restrict out)
{
    uint32_t doubt[CVH_BELL_LANES] = {0}, any = 0; /* in the highest bit */
    for (int i = 0; i < count; i += CVH_BELL_LANES) {
        for (int j = 0; j < CVH_BELL_LANES; j++) {
            double product = bells[i + j] * powers[j];
            uint32_t from_halfway = (lower_half(product) + CVH_HALF_FLOAT + CVH_PRODUCT_MARGIN) & masks[i + j];
            doubt[j] |= from_halfway - 2 * CVH_PRODUCT_MARGIN;
            out[i + j] = (float)product;
        }
        for (int j = 0; j < CVH_BELL_LANES; j++) powers[j] *= E8;
    }
    for (int j = 0; j < CVH_BELL_LANES; j++) any |= doubt[j] >> 31;
    return any;
}
