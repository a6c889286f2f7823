/* SPDX-License-Identifier: Apache-2.0
 * One Newton step on the logarithm L of the (blurred) map, whose Gaussian peak is a parabola there:
 *     x = p - H^-1 g,   g = (L(+1) - L(-1)) / 2 on each axis.
 * DARK (Zhang et al., "Distribution-Aware Coordinate Representation for Human Pose Estimation", CVPR 2020) takes the pure
 * second derivatives at distance 2, UDP (Huang et al., "The Devil Is in the Details", CVPR 2020) at distance 1 and the mixed
 * one along the diagonal; both clamp the samples first. */
#include <float.h>

#include "decode/refine.h"
#include "gaussian/logarithm.h"

typedef struct newton_step {
    double gx, gy, hxx, hyy, hxy;
} newton_step;

/* What a rule reads and how. A step that is not checked is as published: samples are clamped, any Hessian is inverted. */
typedef struct newton_rule {
    cvh_stencil stencil; /* its reach is the distance of the pure second derivatives */
    int count;           /* of its samples */
    double least, most;  /* of a sample, before the logarithm */
    newton_step (*derivatives)(const double *samples);
    double ridge; /* added to the diagonal, as published */
} newton_rule;

enum { MOST_SAMPLES = 13 };

/* Differences of logarithms are logarithms of quotients: five of them instead of thirteen. Samples are named by where they lie;
 * they come in raster order. */
static newton_step dark_derivatives(const double *f)
{
    enum { UP2, UP_LEFT, UP, UP_RIGHT, LEFT2, LEFT, HERE, RIGHT, RIGHT2, DOWN_LEFT, DOWN, DOWN_RIGHT, DOWN2 };
    return (newton_step){
        .gx = 0.5 * cvh_log(f[RIGHT] / f[LEFT]),
        .gy = 0.5 * cvh_log(f[DOWN] / f[UP]),
        .hxx = 0.25 * cvh_log(f[RIGHT2] / f[HERE] * (f[LEFT2] / f[HERE])),
        .hyy = 0.25 * cvh_log(f[DOWN2] / f[HERE] * (f[UP2] / f[HERE])),
        .hxy = 0.25 * cvh_log(f[DOWN_RIGHT] / f[DOWN_LEFT] * (f[UP_LEFT] / f[UP_RIGHT])),
    };
}

static newton_step udp_derivatives(const double *f)
{
    enum { UP_LEFT, UP, LEFT, HERE, RIGHT, DOWN, DOWN_RIGHT };
    return (newton_step){
        .gx = 0.5 * cvh_log(f[RIGHT] / f[LEFT]),
        .gy = 0.5 * cvh_log(f[DOWN] / f[UP]),
        .hxx = cvh_log(f[RIGHT] / f[HERE] * (f[LEFT] / f[HERE])),
        .hyy = cvh_log(f[DOWN] / f[HERE] * (f[UP] / f[HERE])),
        .hxy = 0.5 * cvh_log(f[DOWN_RIGHT] / f[RIGHT] * (f[UP_LEFT] / f[LEFT]) * (f[HERE] / f[DOWN]) * (f[HERE] / f[UP])),
    };
}

static const newton_rule DARK = {{2, {0, -1, -2, -1, 0}, {1, 3, 5, 3, 1}}, 13, 1e-10, DBL_MAX, dark_derivatives, 0};
static const newton_rule UDP = {{1, {-1, -1, 0}, {2, 3, 2}}, 7, 1e-3, 50, udp_derivatives, 0x1p-23};

typedef enum newton_values { SOUND, CLAMPED, UNSOUND } newton_values;

/* A logarithm wants positive samples, normal ones so that their quotients are exact. */
static newton_values check_samples(double *samples, const newton_rule *rule, bool checked)
{
    double least = checked ? DBL_MIN : rule->least, most = checked ? DBL_MAX : rule->most;
    newton_values worst = SOUND;
    for (int i = 0; i < rule->count; i++) {
        if (samples[i] >= least && samples[i] <= most) continue;
        if (checked || !isfinite(samples[i])) return UNSOUND;
        samples[i] = samples[i] < least ? least : most;
        worst = CLAMPED;
    }
    return worst;
}

/* Keeps a stencil of this reach on an axis of n pixels; -1 where there is no room. */
static int kept_inside(int at, int reach, int n)
{
    if (n < 2 * reach + 1) return -1;
    return at < reach ? reach : at > n - 1 - reach ? n - 1 - reach : at;
}

cvh_found cvh_refine_newton(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at)
{
    const cvh_decoder *decoder = &scene->decoding->decoder;
    const newton_rule *rule = decoder->refine == CVH_REFINE_DARK ? &DARK : &UDP;
    bool checked = decoder->step == CVH_STEP_CHECKED;
    int row = peak.row, col = peak.col;
    if (decoder->outside == CVH_BORDER_METHOD) {
        row = kept_inside(row, rule->stencil.reach, scene->plane->rows);
        col = kept_inside(col, rule->stencil.reach, scene->plane->cols);
        if (row < 0 || col < 0) return CVH_FOUND_PIXEL_EDGE;
    }
    double samples[MOST_SAMPLES];
    cvh_scene_stencil(scene, row, col, &rule->stencil, samples);
    newton_values values = check_samples(samples, rule, checked);
    if (values == UNSOUND) return CVH_FOUND_PIXEL_VALUE;
    newton_step step = rule->derivatives(samples);
    cvh_found flat = values == CLAMPED ? CVH_FOUND_PIXEL_VALUE : CVH_FOUND_PIXEL_SHAPE;
    if (step.hxx == 0 && step.hyy == 0 && step.hxy == 0) return flat;
    if (!checked) step.hxx += rule->ridge, step.hyy += rule->ridge;
    double determinant = step.hxx * step.hyy - step.hxy * step.hxy;
    if (checked && !(step.hxx < 0 && determinant > 0)) return CVH_FOUND_PIXEL_SHAPE;
    if (determinant == 0) return flat;
    cvh_position refined = {col - (step.hyy * step.gx - step.hxy * step.gy) / determinant,
                            row - (step.hxx * step.gy - step.hxy * step.gx) / determinant};
    return cvh_refined(scene->decoding, peak, refined, at);
}
