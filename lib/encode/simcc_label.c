/* SPDX-License-Identifier: Apache-2.0
 * A label is exp(-d^2 / 2 sigma^2) at each bin, d its distance from the centre: mmpose mmpose/codecs/simcc_label.py,
 * SimCCLabel._generate_gaussian; or a single bin and a constant, _generate_standard.
 *
 * Between bins, with n the bin nearest to the centre, f = centre - n, i the distance of a bin from n, k = 1 / (2 sigma^2):
 *     exp(-(i - f)^2 k) = exp(-i^2 k) exp((2 f i - f^2) k)
 * The first factor is the same for every keypoint, the second a power of one number: a keypoint costs two exponentials an axis
 * and two products a bin, in an order that is the same for every view of floats. The products are off by less than 2^-40 of the
 * value (radius 255: 511 factors, each off by 5 units of 2^-53), so that one float in 50,000 is not the one next to the
 * exponential, but its neighbour. */
#include "encode/simcc_label.h"

#include <string.h>

#include "gaussian/kernel.h"
#include "gaussian/products.h"

/* In sigmas: exp(-13.2^2 / 2) is above the least normal float, 2^-126, and little is between. */
static const double REACH = 13.2;
static const double LEAST_QUICK = 1, THREE = 3;
static const double ROOT_2_PI = 2.50662827463100050242;

static bool is_dense(const cvh_maps *view)
{
    return view->col_step == sizeof(float);
}

/* A float's value where the view holds floats. */
static double lit(const cvh_label *label, double bell)
{
    if (label->view->depth == CVH_64F) return bell * label->lit;
    return (double)((float)bell * (float)label->lit);
}

static double value_at(const cvh_label *label, double distance)
{
    if (label->simcc->label == CVH_SIMCC_ONE_HOT) return distance == 0 ? label->top : label->rest;
    return fabs(distance) <= label->reach ? lit(label, cvh_bell(label->c, distance)) : 0;
}

/* exp(-i^2 k) at out[i], i = 0..radius. */
static void take_bells(const cvh_label *label, double out[CVH_LABEL_RADIUS + 1 + CVH_BELLS])
{
    int radius = label->radius;
    for (int done = 0; done <= radius; done += CVH_BELLS) cvh_bells(label->c, 0, done, radius + 1 - done, out + done);
}

static void make_ready(cvh_label *label)
{
    int radius = label->radius, room = label->middle + label->view->cols + radius;
    float *ready = label->of.ready, *middle = ready + label->middle;
    double bells[CVH_LABEL_RADIUS + 1 + CVH_BELLS];
    float rest = label->simcc->label == CVH_SIMCC_ONE_HOT ? (float)label->rest : 0;
    for (int i = 0; i < room; i++) ready[i] = rest;
    *middle = (float)value_at(label, 0);
    if (label->simcc->label == CVH_SIMCC_ONE_HOT) return;
    take_bells(label, bells);
    for (int i = 1; i <= label->reach; i++) middle[-i] = middle[i] = (float)lit(label, bells[i]);
}

static void make_bells(cvh_label *label)
{
    int radius = label->radius;
    double bells[CVH_LABEL_RADIUS + 1 + CVH_BELLS];
    take_bells(label, bells);
    for (int i = 0; i <= radius; i++) label->of.bells[radius - i] = label->of.bells[radius + i] = bells[i];
    for (int i = 1; i <= CVH_BELL_LANES; i++) label->of.bells[2 * radius + i] = 0;
}

static void start_one_hot(cvh_label *label)
{
    int bins = label->view->cols;
    double smoothing = label->simcc->smoothing;
    label->top = 1 - smoothing;
    label->rest = bins > 1 ? smoothing / (bins - 1) : 0;
    label->least = 0;
    label->most = bins;
    label->radius = 0;
}

static void start_gaussian(cvh_label *label, double sigma)
{
    label->c = -0.125 / (sigma * sigma);
    label->k = 0.5 / (sigma * sigma);
    label->reach = REACH * sigma;
    label->lit = label->simcc->normalize ? 1 / (sigma * ROOT_2_PI) : 1;
    label->least = -THREE * sigma - 1;
    label->most = label->view->cols + THREE * sigma;
    label->radius = label->reach < CVH_LABEL_RADIUS ? (int)label->reach + 1 : CVH_LABEL_RADIUS + 1;
}

/* A ready label reaches over the whole vector from a centre as far off it as any that is drawn. */
static bool can_be_ready(const cvh_label *label)
{
    return label->view->cols <= CVH_LABEL_BINS && label->radius <= CVH_LABEL_RADIUS;
}

void cvh_label_start(cvh_label *label, const cvh_simcc *simcc, const cvh_maps *view, double sigma)
{
    label->simcc = simcc;
    label->view = view;
    label->sigma = sigma;
    label->kind = CVH_LABEL_PLAIN;
    label->whole_bins = simcc->whole_bins || simcc->label == CVH_SIMCC_ONE_HOT;
    if (simcc->label == CVH_SIMCC_ONE_HOT)
        start_one_hot(label);
    else
        start_gaussian(label, sigma);
    label->middle = view->cols + label->radius;
    if (view->depth != CVH_32F) return;
    if (label->whole_bins) {
        if (!is_dense(view) || !can_be_ready(label)) return;
        label->kind = CVH_LABEL_READY;
        make_ready(label);
    } else if (label->radius <= CVH_LABEL_RADIUS && sigma >= LEAST_QUICK) {
        label->kind = CVH_LABEL_PRODUCTS;
        make_bells(label);
    }
}

/* -------------------------------------------------------------------------------------------------------------- writing */

/* For values that an int holds; floor() may be a call. */
static inline int floor_of(double value)
{
    int whole = (int)value;
    return whole - (whole > value);
}

/* Bins [lo, hi) are within reach of the centre, on the vector; `nearest` is the bin next to the centre. */
typedef struct label_span {
    int lo, hi, nearest;
} label_span;

static inline label_span span_of(const cvh_label *label, double centre)
{
    int lo = -floor_of(label->reach - centre), hi = floor_of(centre + label->reach) + 1, bins = label->view->cols;
    return (label_span){lo > 0 ? lo : 0, hi < bins ? hi : bins, floor_of(centre + 0.5)};
}

/* Where the powers of each label start, and what they are powers of: arguments, then exponentials. */
typedef struct label_powers {
    double start[CVH_LABEL_BATCH], E[CVH_LABEL_BATCH];
} label_powers;

static void take_powers(const cvh_label *label, const cvh_label_batch *batch, const label_span *spans, label_powers *powers)
{
    const double k = label->k * CVH_64_PER_LN2;
    const int whole = (batch->count + CVH_EXPS - 1) / CVH_EXPS * CVH_EXPS;
    for (int i = 0; i < batch->count; i++) {
        double f = batch->centres[i] - spans[i].nearest;
        powers->start[i] = f * (2 * (spans[i].lo - spans[i].nearest) - f) * k;
        powers->E[i] = 2 * f * k;
    }
    for (int i = batch->count; i < whole; i++) powers->start[i] = powers->E[i] = 0;
    cvh_exps(powers->start, whole);
    cvh_exps(powers->E, whole);
}

/* The vector is clear. Whole lanes may go past the label's end, which is 0 again then; where there is no room for that, or
 * samples lie apart, the label is made elsewhere. */
static void write_product(const cvh_label *label, int vector, const label_span *span, double start, double E)
{
    float elsewhere[2 * CVH_LABEL_RADIUS + 1 + CVH_BELL_LANES];
    int count = span->hi - span->lo, first = span->lo - span->nearest;
    bool direct = is_dense(label->view) && span->hi + CVH_BELL_LANES <= label->view->cols;
    float *out = direct ? (float *)cvh_sample_at(label->view, vector, 0, span->lo) : elsewhere;
    cvh_bell_products(label->of.bells + label->radius + first, start, E, count, out);
    for (int i = 0; label->lit != 1 && i < count; i++) out[i] *= (float)label->lit;
    if (direct) memset(out + count, 0, CVH_BELL_LANES * sizeof *out);
    for (int i = 0; !direct && i < count; i++) *(float *)cvh_sample_at(label->view, vector, 0, span->lo + i) = out[i];
}

static void write_products(const cvh_label *label, const cvh_label_batch *batch)
{
    label_span spans[CVH_LABEL_BATCH];
    label_powers powers;
    for (int i = 0; i < batch->count; i++) spans[i] = span_of(label, batch->centres[i]);
    take_powers(label, batch, spans, &powers);
    for (int i = 0; i < batch->count; i++) write_product(label, batch->vectors[i], &spans[i], powers.start[i], powers.E[i]);
}

static void write_plain(const cvh_label *label, int vector, double centre)
{
    const cvh_maps *view = label->view;
    for (int i = 0; i < view->cols; i++) {
        double value = value_at(label, i - centre);
        if (view->depth == CVH_64F)
            *(double *)cvh_sample_at(view, vector, 0, i) = value;
        else
            *(float *)cvh_sample_at(view, vector, 0, i) = (float)value;
    }
}

void cvh_label_write(const cvh_label *label, const cvh_label_batch *batch)
{
    if (label->kind == CVH_LABEL_PRODUCTS) {
        write_products(label, batch);
        return;
    }
    for (int i = 0; i < batch->count; i++) write_plain(label, batch->vectors[i], batch->centres[i]);
}
