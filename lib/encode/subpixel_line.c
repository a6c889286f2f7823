/* SPDX-License-Identifier: Apache-2.0
 * With n the pixel nearest to the centre, u the distance of the centre from it, |u| <= 1/2, i that of a pixel from it, f where
 * the stretch begins, and k = 1 / (2 sigma^2):
 *     exp(-(i - u)^2 k) = exp(-i^2 k) Q E^(i - f),    Q = exp(-(u^2 - 2 f u) k),    E = exp(2 u k)
 * The first factor is the same for every keypoint; a keypoint costs two exponentials an axis, those of many keypoints at once,
 * and products.
 *
 * The result is a float. Where the double that is found here, made a little smaller and a little larger, rounds to the same
 * float, cvh_bell's does, which lies between the two; elsewhere cvh_bell is asked. This holds for subnormal floats too. Q is
 * what is made smaller.
 *
 * How far the two can differ, in units of 2^-52 of the value: an exponential of an argument a is off by 5/2, and by 3 |a| for
 * what rounding did to a (subpixel.c). With 1 <= sigma, the radius R <= 14.5 sigma + 2 and R <= 256, |a| is at most
 * R^2 k <= 136 for the bells, (R + 1/2)^2 k <= 145 for cvh_bell's, (R + 13/4) k <= 10 for Q's, as f >= -R - 3, and k <= 1/2 for
 * E's. That gives 411, 438 and 33; 5/2 + 3 k for E, times 2 R + 3 for its power: 1288 + 53; and 1/2 for each of at most 80
 * products. Together it is less than 2300; MARGIN is 8192. */
#include "encode/subpixel_line.h"

#include <math.h>
#include <stdbool.h>

#include "gaussian/kernel.h"
#include "gaussian/products.h"

/* In sigmas: exp(-14.5^2 / 2) is less than 2^-151, which as a float is 0. */
static const double REACH = 14.5, LEAST_SIGMA = 1;

#define MARGIN (8192 * 0x1p-52)

enum { LANES = CVH_LINE_LANES, VECTOR = 4, NEAR = 1 << 26 };

void cvh_subpixel_line_start(cvh_subpixel_line *line, double sigma)
{
    double c = -0.125 / (sigma * sigma), half[CVH_LINE_RADIUS + CVH_BELLS];
    line->sigma = sigma;
    line->k = 0.5 / (sigma * sigma);
    line->radius = -1;
    if (!(sigma >= LEAST_SIGMA && REACH * sigma + 2 <= CVH_LINE_RADIUS)) return;
    int radius = line->radius = (int)(REACH * sigma) + 2;
    for (int done = 0; done <= radius; done += CVH_BELLS) cvh_bells(c, 0, done, CVH_BELLS, half + done);
    for (int i = 0; i <= radius; i++) line->bells[LANES + radius - i] = line->bells[LANES + radius + i] = half[i];
    for (int i = 0; i < LANES; i++) line->bells[i] = line->bells[LANES + 2 * radius + 1 + i] = 0;
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

/* A stretch as zeros, lanes of values, and zeros. */
typedef struct partition {
    bool served;
    double u;
    int f;                /* the pixel where the lanes begin, from the nearest one */
    int before, in_lanes; /* values */
} partition;

/* The zeros in front are whole vectors of 4 floats: a load of a vector that two stores have written waits until both are in the
 * cache, behind all of the map that was drawn before. */
static partition divide(const cvh_line_stretch *stretch)
{
    const int radius = stretch->line->radius;
    if (radius < 0 || !(fabs(stretch->centre) < NEAR)) return (partition){.served = false};
    const int nearest = nearest_to(stretch->centre), begin = stretch->first - nearest, end = begin + stretch->count;
    const int lo = begin > -radius ? begin : -radius, hi = end < radius + 1 ? end : radius + 1;
    partition parts = {.served = true, .u = stretch->centre - nearest};
    if (lo >= hi) return parts;
    parts.before = (lo - begin) / VECTOR * VECTOR;
    parts.f = begin + parts.before;
    parts.in_lanes = (hi - parts.f + LANES - 1) / LANES * LANES;
    return parts;
}

/* False where products cannot tell. */
static bool write_profile(const cvh_line_stretch *stretch, const partition *parts, double Q, double E,
                          cvh_products_in_doubt *products)
{
    const cvh_subpixel_line *line = stretch->line;
    const double *bells = line->bells + LANES + line->radius + parts->f, least = Q * (1 - MARGIN);
    float *out = stretch->out;
    double powers[LANES] = {least, least * E}, E2 = E * E, E4 = E2 * E2;
    for (int j = 0; j < 2; j++) powers[2 + j] = powers[j] * E2;
    for (int j = 0; j < 4; j++) powers[4 + j] = powers[j] * E4;
    clear(out, parts->before);
    if (products(bells, powers, E4 * E4, 1 + 2 * MARGIN, parts->in_lanes, out + parts->before)) return false;
    clear(out + parts->before + parts->in_lanes, stretch->count - parts->before - parts->in_lanes);
    for (int i = 0; stretch->factor != 1 && i < stretch->count; i++) out[i] *= stretch->factor;
    return true;
}

static void ask(const cvh_line_stretch *stretch)
{
    const double sigma = stretch->line->sigma, c = -0.125 / (sigma * sigma);
    for (int done = 0; done < stretch->count; done += CVH_BELLS) {
        double bells[CVH_BELLS];
        int some = stretch->count - done < CVH_BELLS ? stretch->count - done : CVH_BELLS;
        cvh_bells(c, stretch->centre, stretch->first + done, some, bells);
        for (int i = 0; i < some; i++) stretch->out[done + i] = (float)bells[i] * stretch->factor;
    }
}

int cvh_subpixel_line_profiles(const cvh_line_stretch *stretches, int count)
{
    enum { ROOM = (2 * CVH_LINE_STRETCHES + CVH_EXPS - 1) / CVH_EXPS * CVH_EXPS };
    partition parts[CVH_LINE_STRETCHES];
    double QE[ROOM]; /* of a stretch, side by side */
    const int whole = (2 * count + CVH_EXPS - 1) / CVH_EXPS * CVH_EXPS;
    cvh_products_in_doubt *products = cvh_products_in_doubt_here();
    int left = 0;
    for (int i = 0; i < count; i++) {
        parts[i] = divide(&stretches[i]);
        const double u = parts[i].u, k = stretches[i].line->k * CVH_64_PER_LN2;
        QE[2 * i] = u * (2 * parts[i].f - u) * k;
        QE[2 * i + 1] = 2 * u * k;
    }
    for (int i = 2 * count; i < whole; i++) QE[i] = 0;
    cvh_exps(QE, whole);
    for (int i = 0; i < count; i++) {
        if (parts[i].served && write_profile(&stretches[i], &parts[i], QE[2 * i], QE[2 * i + 1], products)) continue;
        ask(&stretches[i]);
        left++;
    }
    return left;
}
