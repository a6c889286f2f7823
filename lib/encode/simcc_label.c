/* SPDX-License-Identifier: Apache-2.0
 * A label is exp(-d^2 / 2 sigma^2) at each bin, d its distance from the centre: mmpose mmpose/codecs/simcc_label.py,
 * SimCCLabel._generate_gaussian; or a single bin and a constant, _generate_standard.
 *
 * With n the bin nearest to the centre, f = centre - n, and i the distance of a bin from n, k = 1 / (2 sigma^2):
 *     exp(-(i - f)^2 k) = exp(-i^2 k) exp((2 f i - f^2) k)
 * The first factor is the same for every keypoint, the second a power of one number: a keypoint costs three exponentials and
 * two products a bin. The result is a float. Where the double that is found here lies farther from the middle between two
 * floats than it and cvh_bell's can differ, both round to the same float; elsewhere, in one of a hundred labels, cvh_bell is
 * asked.
 *
 * How far they can differ, in units of 2^-53 of the value: an exponential of an argument a is off by 5 + 6 |a|
 * (encode/subpixel.c says why). Arguments are at most 13.2^2 / 2 + 13.2 / sigma < 101, sigma being at least 1, and a power E^j
 * has j <= 2 radius + 1
 * <= 511 and |2 f k| <= 1/2:
 *     611 for exp(-i^2 k) and as much for cvh_bell; 611 for where the powers start; 511 (5 + 3) = 4088 for E^j; 70 products.
 * That is less than 6000, and a unit of the last place is at least one of these units. MARGIN is more. */
#include "encode/simcc_label.h"

#include <float.h>
#include <string.h>

#include "gaussian/kernel.h"

enum { MARGIN = 8192 };

static const double REACH =
    13.2; /* in sigmas: exp(-13.2^2 / 2) is above the least normal float, 2^-126, and little is between */
static const double LEAST_QUICK = 1, THREE = 3;
static const double ROOT_2_PI = 2.50662827463100050242;

static bool is_dense(const cvh_maps *view)
{
    return view->depth == CVH_32F && view->col_step == sizeof(float);
}

static bool on_whole_bins(const cvh_simcc *simcc)
{
    return simcc->whole_bins || simcc->label == CVH_SIMCC_ONE_HOT;
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
    for (int i = 1; i <= CVH_LABEL_LANES; i++) label->of.bells[2 * radius + i] = 0;
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
    if (simcc->label == CVH_SIMCC_ONE_HOT)
        start_one_hot(label);
    else
        start_gaussian(label, sigma);
    label->middle = view->cols + label->radius;
    if (!is_dense(view)) return;
    if (on_whole_bins(simcc)) {
        if (!can_be_ready(label)) return;
        label->kind = CVH_LABEL_READY;
        make_ready(label);
    } else if (label->radius <= CVH_LABEL_RADIUS && sigma >= LEAST_QUICK) {
        label->kind = CVH_LABEL_PRODUCTS;
        make_bells(label);
    }
}

double cvh_label_centre(const cvh_label *label, double bin)
{
    return on_whole_bins(label->simcc) ? rint(bin) : bin;
}

bool cvh_label_draws(const cvh_label *label, double centre)
{
    return centre >= label->least && centre < label->most;
}

/* -------------------------------------------------------------------------------------------------------------- writing */

/* -1 where a value may round to another float than cvh_bell's: where the 29 bits that a float drops are within MARGIN of 2^28;
 * else 0. Every value is at least 2^-127, so that a float has nearly all its bits. */
static inline int32_t is_doubtful(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    int32_t dropped = (int32_t)(((uint32_t)bits << 3) + 8u * MARGIN);
    return -(dropped < INT32_MIN + 16 * MARGIN);
}

/* out[i] = bells[i] start E^i, in whole lanes. True where a value is doubtful. */
static bool multiply(const double *restrict bells, double start, double E, int count, float *restrict out)
{
    double powers[CVH_LABEL_LANES] = {start}, E2 = E * E, E4 = E2 * E2, E8 = E4 * E4;
    int32_t doubtful[CVH_LABEL_LANES] = {0}, any = 0;
    for (int j = 1; j < CVH_LABEL_LANES; j++) powers[j] = powers[j - 1] * E;
    for (int i = 0; i < count; i += CVH_LABEL_LANES) {
        double values[CVH_LABEL_LANES];
        for (int j = 0; j < CVH_LABEL_LANES; j++) values[j] = bells[i + j] * powers[j];
        for (int j = 0; j < CVH_LABEL_LANES; j++) out[i + j] = (float)values[j];
        for (int j = 0; j < CVH_LABEL_LANES; j++) doubtful[j] |= is_doubtful(values[j]);
        for (int j = 0; j < CVH_LABEL_LANES; j++) powers[j] *= E8;
    }
    for (int j = 0; j < CVH_LABEL_LANES; j++) any |= doubtful[j];
    return any != 0;
}

/* Bins [lo, hi) are within reach of the centre, on the vector. */
typedef struct label_span {
    int lo, hi;
} label_span;

static label_span span_of(const cvh_label *label, double centre)
{
    double lo = ceil(centre - label->reach), hi = floor(centre + label->reach) + 1;
    int bins = label->view->cols;
    label_span span = {lo > 0 ? (int)lo : 0, hi < bins ? (int)hi : bins};
    return span;
}

static void write_products(const cvh_label *label, float *row, double centre)
{
    float values[2 * CVH_LABEL_RADIUS + 1 + CVH_LABEL_LANES];
    label_span span = span_of(label, centre);
    int nearest = (int)floor(centre + 0.5), first = span.lo - nearest, count = span.hi - span.lo;
    double f = centre - nearest;
    double start = cvh_exp(f * (2 * first - f) * label->k), E = cvh_exp(2 * f * label->k);
    bool doubtful = multiply(label->of.bells + label->radius + first, start, E, count, values);
    for (int i = 0; doubtful && i < count; i++) values[i] = (float)cvh_bell(label->c, span.lo + i - centre);
    for (int i = 0; label->lit != 1 && i < count; i++) values[i] *= (float)label->lit;
    memset(row, 0, (size_t)span.lo * sizeof *row);
    memcpy(row + span.lo, values, (size_t)count * sizeof *row);
    memset(row + span.hi, 0, (size_t)(label->view->cols - span.hi) * sizeof *row);
}

static void write_plain(const cvh_label *label, int map, double centre)
{
    const cvh_maps *view = label->view;
    for (int i = 0; i < view->cols; i++) {
        double value = value_at(label, i - centre);
        if (view->depth == CVH_64F)
            *(double *)cvh_sample_at(view, map, 0, i) = value;
        else
            *(float *)cvh_sample_at(view, map, 0, i) = (float)value;
    }
}

void cvh_label_write(const cvh_label *label, int map, double centre)
{
    float *row = (float *)cvh_sample_at(label->view, map, 0, 0);
    switch (label->kind) {
    case CVH_LABEL_READY:
        memcpy(row, label->of.ready + label->middle - (int)centre, (size_t)label->view->cols * sizeof *row);
        break;
    case CVH_LABEL_PRODUCTS: write_products(label, row, centre); break;
    case CVH_LABEL_PLAIN: write_plain(label, map, centre); break;
    }
}
