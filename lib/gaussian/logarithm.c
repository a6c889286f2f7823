/* SPDX-License-Identifier: Apache-2.0 */
#include "gaussian/logarithm.h"

#include <stdint.h>
#include <string.h>

static const uint64_t MANTISSA = UINT64_C(0x000fffffffffffff);
static const uint64_t HALF_ROOT = UINT64_C(0x3fe6a09e667f3bcd); /* the bits of 1/sqrt(2) */

/* x = m 2^e with m in [1/sqrt 2, sqrt 2). With z = (m-1)/(m+1), |z| < 0.172:
 *     log m = 2 artanh z = 2 (z + z^3/3 + z^5/5 + ... + z^19/19),
 * in plain arithmetic; the first term left out is below 2^-54 of the sum. */
double cvh_log(double x)
{
    int subnormal = x < 0x1p-1022;
    if (subnormal) x *= 0x1p54;
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits -= HALF_ROOT;
    int exponent = (int)((int64_t)bits >> 52) - (subnormal ? 54 : 0);
    bits = (bits & MANTISSA) + HALF_ROOT;
    memcpy(&x, &bits, sizeof x);
    double z = (x - 1) / (x + 1), z2 = z * z, z4 = z2 * z2;
    double odd = 1.0 / 3 + z4 * (1.0 / 7 + z4 * (1.0 / 11 + z4 * (1.0 / 15 + z4 * (1.0 / 19))));
    double even = 1.0 / 5 + z4 * (1.0 / 9 + z4 * (1.0 / 13 + z4 * (1.0 / 17)));
    return exponent * 0.693147180559945309417 + 2 * (z + z * z2 * (odd + z2 * even));
}
