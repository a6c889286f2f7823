/* SPDX-License-Identifier: Apache-2.0
 * In a file of its own: where it is inlined, compilers forget that the arrays are apart, and make no vectors (gcc 12: 1.3 times
 * the time of cvh_simcc_encode). */
#include "gaussian/products.h"

void cvh_bell_products(const double *restrict bells, double start, double E, int count, float *restrict out)
{
    double powers[CVH_BELL_LANES] = {start}, E2 = E * E, E4 = E2 * E2, E8 = E4 * E4;
    for (int j = 1; j < CVH_BELL_LANES; j++) powers[j] = powers[j - 1] * E;
    for (int i = 0; i < count; i += CVH_BELL_LANES) {
        for (int j = 0; j < CVH_BELL_LANES; j++) out[i + j] = (float)(bells[i + j] * powers[j]);
        for (int j = 0; j < CVH_BELL_LANES; j++) powers[j] *= E8;
    }
}
