/* SPDX-License-Identifier: Apache-2.0
 * With n the pixel nearest to the centre, u the distance of the centre from it, |u| <= 1/2, i that of a pixel from it, f where
 * the stretch begins, and k = 1 / (2 sigma^2):
 *     exp(-(i - u)^2 k) = exp(-i^2 k) Q E^(i - f),    Q = exp(-(u^2 - 2 f u) k),    E = exp(2 u k)
 * The first factor is the same for every keypoint; a keypoint costs two exponentials an axis, those of many keypoints at once,
 * and products.
 *
 * The result is a float. Where the double that is found here is not in doubt (products.h), cvh_bell's, which is as near as
 * that, rounds to the same one; elsewhere cvh_bell is asked.
 *
 * How far the two can differ, in units of 2^-52 of the value: an exponential of an argument a is off by 5/2, and by 3 |a| for
 * what rounding did to a (subpixel.c). With 1 <= sigma, the radius R <= 14.5 sigma + 2 and R <= 256, and the reach L = R or, if
 * that is more, 128, |a| is at most R^2 k <= 136 for the bells, (R + 1/2)^2 k <= 145 for cvh_bell's, (L + 13/4) k <= 66 for
 * Q's, as f >= -L - 3, and k <= 1/2 for E's. That gives 411, 438 and 201; 5/2 + 3 k for E, times R + L + 3 for its power: 1288
 * + 222; and for products 7/2 in E^8 and 1/2 in each power, times at most 65, and 2: 262. Together it is less than 3000,
 * at most twice as many units in the last place; CVH_PRODUCT_MARGIN is 8192. */
#include "encode/subpixel_line.h"

#include <math.h>

#include "gaussian/kernel.h"
#include "gaussian/products.h"

/* In sigmas: exp(-14.5^2 / 2) is less than 2^-151, which as a float is 0; exp(-13^2 / 2) is no subnormal float. */
static const double REACH = 14.5, NORMAL_REACH = 13, LEAST_SIGMA = 1;

/* Usual maps are not longer: all of a stretch on them is lanes of values, and the loops over them take the same turns for every
 * keypoint. */
enum { LEAST_REACH = 128 };

enum { LANES = CVH_LINE_LANES, VECTOR = 4, NEAR = 1 << 26 };

void cvh_subpixel_line_start(cvh_subpixel_line *line, double sigma)
{
    double c = -0.125 / (sigma * sigma), half[CVH_LINE_RADIUS + CVH_BELLS];
    line->sigma = sigma;
    line->k = 0.5 / (sigma * sigma);
    line->radius = -1;
    if (!(sigma >= LEAST_SIGMA && REACH * sigma + 2 <= CVH_LINE_RADIUS)) return;
    const int radius = line->radius = (int)(REACH * sigma) + 2, normal = (int)(NORMAL_REACH * sigma) - 1;
    const int reach = line->reach = radius > LEAST_REACH ? radius : LEAST_REACH;
    double *bell = line->bells + cvh_line_index(line, 0);
    uint32_t *mask = line->masks + cvh_line_index(line, 0);
    for (int done = 0; done <= radius; done += CVH_BELLS) cvh_bells(c, 0, done, CVH_BELLS, half + done);
    for (int i = 0; i <= 2 * (reach + LANES); i++) line->bells[i] = 0;
    for (int i = 0; i <= 2 * (reach + LANES); i++) line->masks[i] = CVH_DOUBT_NORMAL;
    for (int i = 0; i <= radius; i++) bell[i] = bell[-i] = half[i];
    for (int i = normal + 1; i <= radius; i++) mask[i] = mask[-i] = CVH_DOUBT_ANY;
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

static int in_lanes(int count)
{
    return (count + LANES - 1) & -LANES;
}

/* The zeros in front are whole vectors of 4 floats: a load of a vector that two stores have written waits until both are in the
 * cache, behind all of the map that was drawn before. */
static void cut_tails(cvh_line_parts *parts, int end, int reach)
{
    const int begin = parts->first, lo = begin > -reach ? begin : -reach, hi = end < reach + 1 ? end : reach + 1;
    parts->usual = false;
    if (lo >= hi) {
        parts->first = parts->in_lanes = 0;
        return;
    }
    parts->before = (lo - begin) / VECTOR * VECTOR;
    parts->first = begin + parts->before;
    parts->in_lanes = in_lanes(hi - parts->first);
}

static cvh_line_parts divide(const cvh_line_stretch *stretch, double *u)
{
    const cvh_subpixel_line *line = stretch->line;
    *u = 0;
    if (line->radius < 0 || !(fabs(stretch->centre) < NEAR)) return (cvh_line_parts){.served = false};
    const int nearest = nearest_to(stretch->centre), begin = stretch->first - nearest, end = begin + stretch->count;
    cvh_line_parts parts = {true, stretch->factor == 1, begin, 0, in_lanes(stretch->count), 0, 0};
    if (begin < -line->reach || end > line->reach + 1) cut_tails(&parts, end, line->reach);
    *u = stretch->centre - nearest;
    return parts;
}

void cvh_subpixel_line_divide(const cvh_line_stretch *stretches, int count, cvh_line_parts *parts)
{
    enum { ROOM = (2 * CVH_LINE_STRETCHES + CVH_EXPS - 1) / CVH_EXPS * CVH_EXPS };
    double QE[ROOM]; /* of a stretch, side by side */
    const int whole = (2 * count + CVH_EXPS - 1) / CVH_EXPS * CVH_EXPS;
    for (int i = 0; i < count; i++) {
        double u, k = stretches[i].line->k * CVH_64_PER_LN2;
        parts[i] = divide(&stretches[i], &u);
        QE[2 * i] = u * (2 * parts[i].first - u) * k;
        QE[2 * i + 1] = 2 * u * k;
    }
    for (int i = 2 * count; i < whole; i++) QE[i] = 0;
    cvh_exps(QE, whole);
    for (int i = 0; i < count; i++) {
        parts[i].Q = QE[2 * i];
        parts[i].E = QE[2 * i + 1];
    }
}

/* False where products cannot tell. */
static bool write_profile(const cvh_line_stretch *stretch, const cvh_line_parts *parts)
{
    const cvh_subpixel_line *line = stretch->line;
    const int at = cvh_line_index(line, parts->first), behind = parts->before + parts->in_lanes;
    float *out = stretch->out;
    double powers[LANES] = {parts->Q, parts->Q * parts->E}, E2 = parts->E * parts->E, E4 = E2 * E2;
    for (int j = 0; j < 2; j++) powers[2 + j] = powers[j] * E2;
    for (int j = 0; j < 4; j++) powers[4 + j] = powers[j] * E4;
    clear(out, parts->before);
    if (cvh_bell_products_in_doubt(line->bells + at, line->masks + at, powers, E4 * E4, parts->in_lanes, out + parts->before))
        return false;
    clear(out + behind, stretch->count - behind);
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

int cvh_subpixel_line_write(const cvh_line_stretch *stretches, int count, const cvh_line_parts *parts)
{
    int left = 0;
    for (int i = 0; i < count; i++) {
        if (parts[i].served && write_profile(&stretches[i], &parts[i])) continue;
        ask(&stretches[i]);
        left++;
    }
    return left;
}

int cvh_subpixel_line_profiles(const cvh_line_stretch *stretches, int count)
{
    cvh_line_parts parts[CVH_LINE_STRETCHES];
    cvh_subpixel_line_divide(stretches, count, parts);
    return cvh_subpixel_line_write(stretches, count, parts);
}
