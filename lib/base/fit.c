/* SPDX-License-Identifier: Apache-2.0
 * How a network's input lies on its maps: what cvh_convention_fit makes of a convention's geometry. */
#include "base/fit.h"

#include <stdbool.h>

#include "base/limits.h"
#include "base/status.h"

typedef struct fitted_axis {
    double scale, offset;
} fitted_axis;

/* How `input` pixels lie on `map` pixels along one axis; the formulas are those of cvh_geometry in cvheatmap.h. */
static fitted_axis fit_axis(cvh_geometry geometry, int input, int map)
{
    double ratio = (double)map / input;
    switch (geometry) {
    case CVH_GEOMETRY_HALF_PIXEL: return (fitted_axis){ratio, ratio / 2 - 0.5};
    case CVH_GEOMETRY_CORNERS: return (fitted_axis){(map - 1.0) / (input - 1.0), 0};
    case CVH_GEOMETRY_DEEPLABCUT: return (fitted_axis){ratio, -0.5};
    case CVH_GEOMETRY_STRIDE:
    case CVH_GEOMETRY_HIGHERHRNET: break;
    }
    return (fitted_axis){ratio, 0};
}

static cvh_status check_side(const char *argument, int side, cvh_geometry geometry)
{
    int least = geometry == CVH_GEOMETRY_CORNERS ? 2 : 1;
    if (side >= least && side <= CVH_MAX_SIDE) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "%s is %d; it must be %d..%d", argument, side, least, CVH_MAX_SIDE);
}

static cvh_status check_fit(const cvh_convention *convention, int input_rows, int input_cols, int map_rows, int map_cols)
{
    if (!convention) return cvh_fail(CVH_ERR_ARGUMENT, "convention is NULL; it must point to a cvh_convention");
    cvh_geometry geometry = convention->geometry;
    if ((int)geometry < CVH_GEOMETRY_STRIDE || (int)geometry > CVH_GEOMETRY_HIGHERHRNET)
        return cvh_fail(CVH_ERR_ARGUMENT, "convention: geometry is %d; it must be %d..%d", (int)geometry, CVH_GEOMETRY_STRIDE,
                        CVH_GEOMETRY_HIGHERHRNET);
    if (!(convention->input_sigma >= 0 && convention->input_sigma <= CVH_MAX_SIGMA))
        return cvh_fail(CVH_ERR_ARGUMENT, "convention: input_sigma is %g; it must be 0..%g", convention->input_sigma,
                        CVH_MAX_SIGMA);
    const cvh_crop *crop = convention->crop;
    if (crop && (crop->input_rows != input_rows || crop->input_cols != input_cols))
        return cvh_fail(CVH_ERR_ARGUMENT, "input is %dx%d; it must be %dx%d, the input of the convention's crop", input_rows,
                        input_cols, crop->input_rows, crop->input_cols);
    cvh_status status = check_side("input_rows", input_rows, geometry);
    if (!status) status = check_side("input_cols", input_cols, geometry);
    if (!status) status = check_side("map_rows", map_rows, geometry);
    if (!status) status = check_side("map_cols", map_cols, geometry);
    return status;
}

/* A scaled sigma must be one that the drawing functions take. */
static cvh_status check_fitted_sigma(double input_sigma, double sigma)
{
    if (cvh_sigma_fits(sigma)) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "convention: input_sigma is %g, which is %g heatmap pixels here; that must be %g..%g",
                    input_sigma, sigma, CVH_MIN_SIGMA, CVH_MAX_SIGMA);
}

/* The sigmas that the project ties to the input; others stay as they are. */
static cvh_status fit_sigma(const cvh_convention *convention, double scale_x, double scale_y, int map_cols,
                            cvh_gaussian *gaussian)
{
    if (convention->geometry == CVH_GEOMETRY_HIGHERHRNET) {
        gaussian->sigma_x = map_cols / 64.0;
        gaussian->sigma_y = 0;
    } else if (convention->input_sigma > 0) {
        double sigma_x = convention->input_sigma * scale_x, sigma_y = convention->input_sigma * scale_y;
        if (check_fitted_sigma(convention->input_sigma, sigma_x) || check_fitted_sigma(convention->input_sigma, sigma_y))
            return CVH_ERR_ARGUMENT;
        gaussian->sigma_x = sigma_x;
        gaussian->sigma_y = sigma_y == sigma_x ? 0 : sigma_y;
    }
    return CVH_OK;
}

cvh_status cvh_convention_fit(cvh_convention *convention, int input_rows, int input_cols, int map_rows, int map_cols)
{
    if (check_fit(convention, input_rows, input_cols, map_rows, map_cols)) return CVH_ERR_ARGUMENT;
    fitted_axis x = fit_axis(convention->geometry, input_cols, map_cols);
    fitted_axis y = fit_axis(convention->geometry, input_rows, map_rows);
    if (fit_sigma(convention, x.scale, y.scale, map_cols, &convention->gaussian)) return CVH_ERR_ARGUMENT;
    convention->scale_x = x.scale;
    convention->offset_x = x.offset;
    convention->scale_y = y.scale;
    convention->offset_y = y.offset;
    convention->input_rows = input_rows;
    convention->input_cols = input_cols;
    convention->map_rows = map_rows;
    convention->map_cols = map_cols;
    return CVH_OK;
}

cvh_status cvh_fit_check(const char *argument, const cvh_convention *convention, const cvh_maps *view)
{
    const struct {
        const char *name;
        int side;
    } sides[] = {{"input_rows", convention->input_rows},
                 {"input_cols", convention->input_cols},
                 {"map_rows", convention->map_rows},
                 {"map_cols", convention->map_cols}};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (sides[i].side < 0 || sides[i].side > CVH_MAX_SIDE)
            return cvh_fail(CVH_ERR_ARGUMENT, "convention: %s is %d; it must be 0 (not fitted)..%d", sides[i].name,
                            sides[i].side, CVH_MAX_SIDE);
    const cvh_crop *crop = convention->crop;
    if (crop && convention->input_rows && convention->input_cols
        && (crop->input_rows != convention->input_rows || crop->input_cols != convention->input_cols))
        return cvh_fail(
            CVH_ERR_ARGUMENT,
            "convention: its crop is for an input of %dx%d, and it was fitted for one of %dx%d; they must be the same",
            crop->input_rows, crop->input_cols, convention->input_rows, convention->input_cols);
    bool fits = (!convention->map_rows || convention->map_rows == view->rows)
                && (!convention->map_cols || convention->map_cols == view->cols);
    if (fits) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT,
                    "%s is %dx%d, and the convention was fitted for maps of %dx%d (an input of %dx%d); fit it for these",
                    argument, view->rows, view->cols, convention->map_rows, convention->map_cols, convention->input_rows,
                    convention->input_cols);
}
