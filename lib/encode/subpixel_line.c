/* SPDX-License-Identifier: Apache-2.0
 * With n the pixel nearest to the centre, u the distance of the centre from it, |u| <= 1/2, i that of a pixel from it, f where
 * the stretch begins, and k = 1 / (2 sigma^2):
 *     exp(-(i - u)^2 k) = exp(-i^2 k) Q E^(i - f),    Q = exp(-(u^2 - 2 f u) k),    E = exp(2 u k)
 * The first factor is the same for every keypoint; a keypoint costs two exponentials, and products.
 *
 * The result is a float. Where the double that is found here, made a little smaller and a little larger, rounds to the same
 * float, cvh_bell's does, which lies between the two; elsewhere the caller has to ask cvh_bell. This holds for subnormal floats
 * too.
 *
 * How far the two can differ, in units of 2^-52 of the value: an exponential of an argument a is off by 5/2, and by 3 |a| for
 * what rounding did to a (subpixel.c). With 1 <= sigma, the radius R <= 14.5 sigma + 2 and R <= 256, |a| is at most
 * R^2 k <= 136 for the bells, (R + 1/2)^2 k <= 145 for cvh_bell's, (R + 1/4) k <= 9 for Q's, and k <= 1/2 for E's. That gives
 * 411, 438 and 30; 5/2 + 3 k for E, times 2 R for its power: 1280 + 50; and 1/2 for each of at most 80 products. Together it is
 * less than 2300; MARGIN is 8192. */
#include "encode/subpixel_line.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "gaussian/kernel.h"

/* In sigmas: exp(-14.5^2 / 2) is less than 2^-151, which as a float is 0. */
static const double REACH = 14.5, LEAST_SIGMA = 1;

#define MARGIN (8192 * 0x1p-52)

enum { LANES = CVH_LINE_LANES, NEAR = 1 << 26 };

void cvh_subpixel_line_start(cvh_subpixel_line *line, double sigma)
{
    double c = -0.125 / (sigma * sigma), half[CVH_LINE_RADIUS + CVH_BELLS];
    line->sigma = sigma;
    line->k = 0.5 / (sigma * sigma);
    line->radius = -1;
    if (!(sigma >= LEAST_SIGMA && REACH * sigma + 2 <= CVH_LINE_RADIUS)) return;
    int radius = line->radius = (int)(REACH * sigma) + 2;
    for (int done = 0; done <= radius; done += CVH_BELLS) cvh_bells(c, 0, done, CVH_BELLS, half + done);
    for (int i = 0; i <= radius; i++) line->bells[radius - i] = line->bells[radius + i] = half[i];
    for (int i = 1; i <= LANES; i++) line->bells[2 * radius + i] = 0;
}

/* powers[i] = start E^i for whole lanes. */
static void raise(double start, double E, int count, double *restrict powers)
{
    double block[LANES] = {start, start * E}, E2 = E * E, E4 = E2 * E2, E8 = E4 * E4;
    for (int j = 0; j < 2; j++) block[2 + j] = block[j] * E2;
    for (int j = 0; j < 4; j++) block[4 + j] = block[j] * E4;
    for (int i = 0; i < count; i += LANES) {
        for (int j = 0; j < LANES; j++) powers[i + j] = block[j];
        for (int j = 0; j < LANES; j++) block[j] *= E8;
    }
}

static inline uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* out[i] = (float)(bells[i] powers[i]). Not 0 where one of the floats is in doubt; compared as bits, since operations on
 * subnormal floats are slow. */
static uint32_t multiply(const double *restrict bells, const double *restrict powers, int count, float *restrict out)
{
    uint32_t doubt = 0;
    for (int i = 0; i < count; i++) {
        double value = bells[i] * powers[i];
        float less = (float)(value * (1 - MARGIN)), more = (float)(value * (1 + MARGIN));
        doubt |= bits_of(less) ^ bits_of(more);
        out[i] = less;
    }
    return doubt;
}

static int nearest_to(double centre) /* floor() may be a call */
{
    int whole = (int)(centre + 0.5);
    return whole - (whole > centre + 0.5);
}

static void clear(float *from, int count)
{
    for (int i = 0; i < count; i++) from[i] = 0;
}

bool cvh_subpixel_line_profile(const cvh_subpixel_line *line, double centre, int first, int count, float factor, float *out)
{
    if (line->radius < 0 || !(fabs(centre) < NEAR)) return false;
    const int nearest = nearest_to(centre), radius = line->radius, begin = first - nearest, end = begin + count;
    const int lo = begin > -radius ? begin : -radius, hi = end < radius + 1 ? end : radius + 1;
    if (lo >= hi) {
        clear(out, count);
        return true;
    }
    const double u = centre - nearest, k = line->k * CVH_64_PER_LN2;
    const int whole = (hi - lo + LANES - 1) / LANES * LANES;
    double exponentials[] = {u * (2 * lo - u) * k, 2 * u * k}, powers[2 * CVH_LINE_RADIUS + 1 + LANES];
    cvh_exps_of_two(exponentials);
    clear(out, lo - begin);
    raise(exponentials[0], exponentials[1], whole, powers);
    if (multiply(line->bells + radius + lo, powers, whole, out + (lo - begin))) return false;
    clear(out + (hi - begin), end - hi);
    for (int i = 0; factor != 1 && i < count; i++) out[i] *= factor;
    return true;
}
