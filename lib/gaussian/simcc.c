/* SPDX-License-Identifier: Apache-2.0 */
#include "gaussian/simcc.h"

#include "base/status.h"
#include "gaussian/kernel.h"

static const double USUAL_RATIO = 2, LEAST_RATIO = 1e-3, MOST_RATIO = 1e3, MOST_BETA = 1e6;

static cvh_status check_real(const char *field, double value, double least, double most)
{
    if (value >= least && value <= most) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "simcc: %s is %g; it must be %g..%g", field, value, least, most);
}

static cvh_status check_integer(const char *field, int value, int most)
{
    if (value >= 0 && value <= most) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "simcc: %s is %d; it must be 0..%d", field, value, most);
}

static cvh_status check_or_zero(const char *field, double value, double least, double most)
{
    if (value == 0 || (value >= least && value <= most)) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "simcc: %s is %g; it must be 0 (by rule) or %g..%g", field, value, least, most);
}

static cvh_status check_refine(cvh_refine refine)
{
    if (refine == CVH_REFINE_FIT || refine == CVH_REFINE_NONE || refine == CVH_REFINE_DARK) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "simcc: refine is %d; it must be CVH_REFINE_FIT (%d), _NONE (%d) or _DARK (%d)",
                    (int)refine, CVH_REFINE_FIT, CVH_REFINE_NONE, CVH_REFINE_DARK);
}

static cvh_status check_fields(const cvh_simcc *simcc)
{
    if (check_or_zero("ratio", simcc->ratio, LEAST_RATIO, MOST_RATIO)
        || check_integer("input_rows", simcc->input_rows, CVH_MAX_SIDE)
        || check_integer("input_cols", simcc->input_cols, CVH_MAX_SIDE)
        || check_or_zero("sigma_x", simcc->sigma_x, CVH_MIN_SIGMA, CVH_MAX_SIGMA)
        || check_or_zero("sigma_y", simcc->sigma_y, CVH_MIN_SIGMA, CVH_MAX_SIGMA)
        || check_integer("label", (int)simcc->label, CVH_SIMCC_ONE_HOT) || check_integer("whole_bins", simcc->whole_bins, 1)
        || check_integer("normalize", simcc->normalize, 1) || check_real("smoothing", simcc->smoothing, 0, 1)
        || check_refine(simcc->refine) || check_integer("score", (int)simcc->score, CVH_SIMCC_SCORE_MAX)
        || check_real("beta", simcc->beta, 0, MOST_BETA) || check_real("threshold", simcc->threshold, -INFINITY, 1e300))
        return CVH_ERR_ARGUMENT;
    return CVH_OK;
}

static cvh_status check_view(const char *argument, const cvh_maps *maps, cvh_depths depths, cvh_maps *view)
{
    if (cvh_maps_check(argument, maps, depths, view)) return CVH_ERR_ARGUMENT;
    if (view->rows == 1) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "%s: rows is %d; a vector is a map of 1 row", argument, view->rows);
}

static cvh_status check_length(const char *field, int side, double ratio, const char *argument, int bins)
{
    if (rint(side * ratio) == bins) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "simcc: %s is %d; with ratio %g that is %g bins, but %s has %d", field, side, ratio,
                    rint(side * ratio), argument, bins);
}

static cvh_status check_crop(const cvh_simcc_pair *pair)
{
    const cvh_crop *crop = pair->simcc.crop;
    if (!crop) return CVH_OK;
    if (cvh_affine_check("simcc: crop's to_input", &crop->to_input)
        || cvh_affine_check("simcc: crop's to_photo", &crop->to_photo))
        return CVH_ERR_ARGUMENT;
    double ratio = pair->simcc.ratio;
    if (check_length("crop->input_cols", crop->input_cols, ratio, "x", pair->x.cols)
        || check_length("crop->input_rows", crop->input_rows, ratio, "y", pair->y.cols))
        return CVH_ERR_ARGUMENT;
    return CVH_OK;
}

/* sqrt(side / 8) to two digits, as mmpose's configurations write it; 0.01 for a single bin at the largest ratio. */
static double sigma_of(int side, int bins, double ratio)
{
    double pixels = side ? side : bins / ratio;
    return rint(100 * sqrt(pixels / 8)) / 100;
}

static void fill_defaults(cvh_simcc_pair *pair)
{
    cvh_simcc *simcc = &pair->simcc;
    bool by_rule = simcc->sigma_x == 0;
    if (simcc->sigma_y == 0)
        simcc->sigma_y = by_rule ? sigma_of(simcc->input_rows, pair->y.cols, simcc->ratio) : simcc->sigma_x;
    if (by_rule) simcc->sigma_x = sigma_of(simcc->input_cols, pair->x.cols, simcc->ratio);
    if (simcc->beta > 0 && simcc->threshold == 0) simcc->threshold = 1.0 / pair->x.cols;
}

cvh_status cvh_simcc_start(const cvh_maps *x, const cvh_maps *y, cvh_depths depths, const cvh_simcc *simcc,
                           cvh_simcc_pair *pair)
{
    static const cvh_simcc by_default;
    if (check_view("x", x, depths, &pair->x) || check_view("y", y, depths, &pair->y)) return CVH_ERR_ARGUMENT;
    if (pair->x.count != pair->y.count)
        return cvh_fail(CVH_ERR_ARGUMENT, "y: count is %d; it must be that of x, %d", pair->y.count, pair->x.count);
    pair->simcc = simcc ? *simcc : by_default;
    if (check_fields(&pair->simcc)) return CVH_ERR_ARGUMENT;
    cvh_simcc *own = &pair->simcc;
    if (own->ratio == 0) own->ratio = USUAL_RATIO;
    if ((own->input_cols && check_length("input_cols", own->input_cols, own->ratio, "x", pair->x.cols))
        || (own->input_rows && check_length("input_rows", own->input_rows, own->ratio, "y", pair->y.cols)) || check_crop(pair))
        return CVH_ERR_ARGUMENT;
    fill_defaults(pair);
    pair->frame = (cvh_frame){.scale = {own->ratio, own->ratio}, .crop = own->crop};
    return CVH_OK;
}
