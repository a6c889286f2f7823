/* SPDX-License-Identifier: Apache-2.0
 * SimCC's vectors read: the largest bin of each axis, refined, and one score of the two. mmpose mmpose/codecs/simcc_label.py,
 * SimCCLabel.decode; rtmlib tools/pose_estimation/post_processings.py; DeepLabCut SimCCPredictor. */
#include "gaussian/simcc.h"
#include "base/status.h"
#include "decode/simcc_axis.h"
#include "gaussian/kernel.h"

/* The largest of softmax(gain * bin). What is no number weighs nothing. */
static double softmax_of(const cvh_plane *vector, double largest, double gain)
{
    double sum = 0;
    if (isinf(largest)) return 1;
    for (int i = 0; i < vector->cols; i++) {
        double bin = cvh_plane_at(vector, 0, i);
        if (!isnan(bin)) sum += cvh_exp(gain * (bin - largest));
    }
    return 1 / sum;
}

static double score_of(const cvh_simcc *simcc, const cvh_plane *vector, double largest, double sigma)
{
    return simcc->beta > 0 ? softmax_of(vector, largest, simcc->beta * sigma) : largest;
}

static double merged(cvh_simcc_score rule, double x, double y)
{
    switch (rule) {
    case CVH_SIMCC_SCORE_MEAN: return 0.5 * (x + y);
    case CVH_SIMCC_SCORE_MAX: return x > y ? x : y;
    case CVH_SIMCC_SCORE_MIN: break;
    }
    return x < y ? x : y;
}

static cvh_found refine(cvh_refine rule, const cvh_plane *vector, double sigma, cvh_axis_reading *reading)
{
    switch (rule) {
    case CVH_REFINE_FIT: return cvh_axis_fit(vector, sigma, reading);
    case CVH_REFINE_DARK: return cvh_axis_dark(vector, sigma, reading);
    default: return CVH_FOUND_PIXEL;
    }
}

static void decode_pair(const cvh_simcc_pair *pair, int map, cvh_peak *peak)
{
    const cvh_simcc *simcc = &pair->simcc;
    cvh_plane x = cvh_plane_of(&pair->x, map), y = cvh_plane_of(&pair->y, map);
    cvh_pixel top_x, top_y;
    *peak = CVH_NO_PEAK(map);
    if (!cvh_plane_maximum(&x, &top_x) || !cvh_plane_maximum(&y, &top_y)) return;
    peak->score = merged(simcc->score, score_of(simcc, &x, top_x.value, simcc->sigma_x),
                         score_of(simcc, &y, top_y.value, simcc->sigma_y));
    peak->found = CVH_FOUND_WEAK;
    if (!(peak->score > simcc->threshold)) return;
    cvh_axis_reading at_x = {top_x.col, NAN}, at_y = {top_y.col, NAN};
    cvh_found found_x = refine(simcc->refine, &x, simcc->sigma_x, &at_x);
    cvh_found found_y = refine(simcc->refine, &y, simcc->sigma_y, &at_y);
    cvh_position at = cvh_frame_from_map(&pair->frame, at_x.at, at_y.at);
    peak->x = at.x;
    peak->y = at.y;
    peak->sigma_x = at_x.sigma;
    peak->sigma_y = at_y.sigma;
    peak->found = found_x == CVH_FOUND_REFINED ? found_y : found_x;
}

static cvh_status check_dark(const cvh_simcc *simcc)
{
    const double sigmas[] = {simcc->sigma_x, simcc->sigma_y};
    for (int i = 0; i < 2 && simcc->refine == CVH_REFINE_DARK; i++)
        if (!(sigmas[i] >= CVH_DARK_LEAST_SIGMA && sigmas[i] <= CVH_DARK_MOST_SIGMA))
            return cvh_fail(CVH_ERR_ARGUMENT, "simcc: %s is %g; refine CVH_REFINE_DARK takes %g..%g, CVH_REFINE_FIT any",
                            i ? "sigma_y" : "sigma_x", sigmas[i], CVH_DARK_LEAST_SIGMA, CVH_DARK_MOST_SIGMA);
    return CVH_OK;
}

cvh_status cvh_simcc_decode(const cvh_maps *x, const cvh_maps *y, const cvh_simcc *simcc, cvh_peak *peaks)
{
    cvh_simcc_pair pair;
    if (cvh_simcc_start(x, y, CVH_DEPTHS_ALL, simcc, &pair) || check_dark(&pair.simcc)) return CVH_ERR_ARGUMENT;
    if (!peaks) return cvh_fail(CVH_ERR_ARGUMENT, "peaks is NULL; it must have room for %d", pair.x.count);
    for (int map = 0; map < pair.x.count; map++) decode_pair(&pair, map, &peaks[map]);
    return CVH_OK;
}
