/* SPDX-License-Identifier: Apache-2.0
 * With u the distance of the centre from its window's pixel, |u| <= 3/2, i that of a pixel from it, f where the stretch begins,
 * and k = 1 / (2 sigma^2):
 *     exp(-(i - u)^2 k) = exp(-i^2 k) Q E^(i - f),    Q = exp(-(u^2 - 2 f u) k),    E = exp(2 u k)
 * The first factor is the same for every keypoint; a keypoint costs two exponentials and products.
 *
 * The result is a float. Where the double that is found here lies farther from the middle between two floats than it and
 * cvh_bell's can differ, both round to the same float; elsewhere, in one of a thousand profiles, cvh_bell is asked.
 *
 * How far they can differ, in units of 2^-52 of the value: an exponential of an argument a is off by 5/2 (the table's entry, S,
 * the last coefficient, the last sum and product, half a unit each), and by 3 |a| for what rounding did to a.
 * cvh_subpixel_start sees to (r + 3/2)^2 k <= 64 and (3 r + 96) k <= 256; |i| <= r, |f| <= r + 31 and i - f <= 31. That gives
 * 194.5 for exp(-i^2 k), where |a| <= 64;
 * 770.5 for Q, where |a| <= (9/4 + 3 |f|) k <= 256;
 * 768 for E^(i - f), where |a| <= 93 k <= 256 for all of it, and 77.5 + 16 for its factors' exponentials and products;
 * 1 for the products, and 194.5 for cvh_bell.
 * Together it is less than 2048; in units of the last place, of which one is at least half of 2^-52, less than 4096. MARGIN is
 * twice that. The most that test_subpixel has met is 398. */
#include "encode/subpixel.h"

#include <stdint.h>
#include <string.h>

#include "gaussian/kernel.h"

/* FEW lanes are enough for the usual window, 3 sigma of 2; without them encode udp takes 1.07 times as long. */
enum { MARGIN = 8192, FEW = 14 };

bool cvh_subpixel_start(cvh_subpixel *axis, double sigma, int radius)
{
    axis->radius = radius;
    axis->lanes = 2 * radius < FEW ? FEW : CVH_SUBPIXEL_LANES;
    axis->c = -0.125 / (sigma * sigma);
    axis->k = 0.5 / (sigma * sigma);
    double reach = radius + 1.5;
    if (radius > CVH_SUBPIXEL_RADIUS || reach * reach * axis->k > 64 || (3 * radius + 96) * axis->k > 256) return false;
    const int width = 2 * radius + 1;
    double *bells = axis->bells + CVH_SUBPIXEL_LANES;
    memset(axis->bells, 0, CVH_SUBPIXEL_LANES * sizeof *bells);
    for (int done = 0; done < width; done += CVH_BELLS) cvh_bells(axis->c, 0, done - radius, width - done, bells + done);
    memset(bells + width, 0, (size_t)(2 * CVH_SUBPIXEL_LANES - width) * sizeof *bells);
    return true;
}

/* Q and E of the stretches. */
typedef struct exponentials {
    double Q[CVH_STRETCHES], E[CVH_STRETCHES];
} exponentials;

static void prepare(const cvh_subpixel *axis, const cvh_stretches *stretches, int count, exponentials *out)
{
    const int whole = (count + CVH_EXPS - 1) / CVH_EXPS * CVH_EXPS;
    const double k = axis->k * CVH_64_PER_LN2;
    for (int i = 0; i < count; i++) {
        double u = stretches->centre[i] - stretches->pixel[i];
        out->Q[i] = u * (2 * stretches->first[i] - u) * k;
        out->E[i] = 2 * u * k;
    }
    for (int i = count; i < whole; i++) out->Q[i] = out->E[i] = 0;
    cvh_exps(out->Q, whole);
    cvh_exps(out->E, whole);
}

/* -1 if the value may round to another float than cvh_bell's, else 0. A float drops 29 bits of a double, and rounds up from
 * 2^28 on: the value is doubtful if they are within MARGIN of that. (A value in a window is at least exp(-64), a normal float.)
 * Shifted up by 3, 2^28 is the least int32_t. */
static inline int32_t is_doubtful(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    int32_t dropped = (int32_t)(((uint32_t)bits << 3) + 8u * MARGIN);
    return -(dropped < INT32_MIN + 16 * MARGIN);
}

/* powers[done..] = E^done powers[0..], up to `lanes` or twice as many. Inlined with literals. */
static inline void extend(int done, int lanes, double to_the_done, double *powers)
{
    int count = lanes < 2 * done ? lanes - done : done;
    for (int j = 0; j < count; j++) powers[done + j] = powers[j] * to_the_done;
}

/* values[j] = Q E^j bells[j]. Inlined with a literal number of lanes. */
static inline void multiply(int lanes, double Q, double E, const double *bells, double *values)
{
    double E2 = E * E, E4 = E2 * E2, E8 = E4 * E4;
    double powers[CVH_SUBPIXEL_LANES] = {Q, Q * E, Q * E2, Q * E * E2};
    extend(4, lanes, E4, powers);
    extend(8, lanes, E8, powers);
    if (lanes > 16) extend(16, lanes, E8 * E8, powers);
    for (int j = 0; j < lanes; j++) values[j] = powers[j] * bells[j];
}

/* Two profiles, one behind the other: so many lanes that compilers make vectors of all of them. True where a value is doubtful.
 * Inlined with a literal number of lanes. */
static inline bool multiply_two(int lanes, const double *Q, const double *E, const double *const bells[2], float lit,
                                float *restrict out)
{
    double values[2 * CVH_SUBPIXEL_LANES];
    multiply(lanes, Q[0], E[0], bells[0], values);
    multiply(lanes, Q[1], E[1], bells[1], values + lanes);
    int32_t doubtful = 0;
    for (int j = 0; j < 2 * lanes; j++) {
        doubtful |= is_doubtful(values[j]);
        out[j] = (float)values[j] * lit;
    }
    return doubtful;
}

/* The value by cvh_bell where a profile has a doubtful one. */
static void ask(const cvh_subpixel *axis, const cvh_stretches *stretches, int i, const double *bells, float lit, float *out)
{
    int first = stretches->pixel[i] + stretches->first[i];
    for (int j = 0; j < axis->lanes; j++)
        if (bells[j] > 0) out[j] = (float)cvh_bell(axis->c, first + j - stretches->centre[i]) * lit;
}

static bool multiply_few(const double *Q, const double *E, const double *const bells[2], float lit, float *out)
{
    return multiply_two(FEW, Q, E, bells, lit, out);
}

static bool multiply_all(const double *Q, const double *E, const double *const bells[2], float lit, float *out)
{
    return multiply_two(CVH_SUBPIXEL_LANES, Q, E, bells, lit, out);
}

void cvh_subpixel_profiles(const cvh_subpixel *axis, const cvh_stretches *stretches, int count, float lit,
                           float out[CVH_STRETCHES * CVH_SUBPIXEL_LANES])
{
    const double *centre = axis->bells + CVH_SUBPIXEL_LANES + axis->radius;
    const size_t lanes = (size_t)axis->lanes;
    exponentials of;
    prepare(axis, stretches, count, &of);
    for (int i = 0; i < count; i += 2, out += 2 * lanes) {
        int second = i + 1 < count ? i + 1 : i;
        const double *const bells[] = {centre + stretches->first[i], centre + stretches->first[second]};
        if (!(axis->lanes == FEW ? multiply_few : multiply_all)(of.Q + i, of.E + i, bells, lit, out)) continue;
        ask(axis, stretches, i, bells[0], lit, out);
        ask(axis, stretches, second, bells[1], lit, out + (size_t)(second - i) * lanes);
    }
}
