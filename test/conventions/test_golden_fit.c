/* SPDX-License-Identifier: Apache-2.0
 * cvh_convention_fit and the radii of boxes against what the projects computed for their golden heatmaps; the folder is that of
 * test_golden. */
#include "support/golden_rows.h"

static const json_t *golden_cases(void)
{
    return json_object_get(golden_index, "cases");
}

/* The input that a case was drawn for, where its parameters say: a stride, or a size [width, height]. */
static bool input_of(const golden_case *golden, int *rows, int *cols)
{
    golden_pair size = {0, 0}, stride = {0, 0};
    if (golden_pair_at(golden->params, "input_size", &size)) {
        *rows = (int)size.y;
        *cols = (int)size.x;
        return true;
    }
    if (!golden_pair_at(golden->params, "stride", &stride) && !golden_pair_at(golden->params, "output_stride", &stride))
        return false;
    *rows = golden->rows * (int)stride.y;
    *cols = golden->cols * (int)stride.x;
    return true;
}

/* mmpose's UDP codec computes its scale in float; all others are exact. */
static void check_near(const golden_case *golden, const char *what, double actual, double expected)
{
    double bound = golden_made_by(golden, "mmpose") ? 1e-7 * fabs(expected) : 1e-16;
    ck_assert_msg(fabs(actual - expected) <= bound, "%s: %s is %.17g, the project's %.17g", golden->name, what, actual,
                  expected);
}

/* Sigma in input pixels is a parameter of these projects. */
static void set_input_sigma(const golden_case *golden, cvh_convention *row)
{
    if (row->input_sigma > 0 && json_is_number(json_object_get(golden->params, "sigma")))
        row->input_sigma = golden_number(golden->params, "sigma");
}

static bool fits(const golden_case *golden)
{
    int rows, cols;
    cvh_convention row;
    if (!input_of(golden, &rows, &cols)) return false;
    golden_pair scale = own_or(golden->model, "scale", (golden_pair){1, 1}), sigma = {0, 0};
    golden_pair offset = own_or(golden->model, "offset", (golden_pair){0, 0});
    ck_assert_int_eq(cvh_convention_find(set_of(golden)->row, &row), CVH_OK);
    set_input_sigma(golden, &row);
    ck_assert_msg(cvh_convention_fit(&row, rows, cols, golden->rows, golden->cols) == CVH_OK, "%s: %s", golden->name,
                  cvh_last_error());
    check_near(golden, "scale_x", row.scale_x, scale.x);
    check_near(golden, "scale_y", row.scale_y, scale.y);
    check_near(golden, "offset_x", row.offset_x, offset.x);
    check_near(golden, "offset_y", row.offset_y, offset.y);
    ck_assert(golden_pair_at(golden->model, "sigma", &sigma));
    if (row.input_sigma > 0) check_near(golden, "sigma_x", row.gaussian.sigma_x, sigma.x);
    double sigma_y = row.gaussian.sigma_y == 0 ? row.gaussian.sigma_x : row.gaussian.sigma_y;
    if (row.input_sigma > 0) check_near(golden, "sigma_y", sigma_y, sigma.y);
    return true;
}

START_TEST(fit_reproduces_the_projects_scale_and_offset)
{
    int fitted = 0;
    for (size_t i = 0; i < json_array_size(golden_cases()); i++) {
        golden_case golden = golden_case_of(json_array_get(golden_cases(), i));
        fitted += fits(&golden);
    }
    printf("cvh_convention_fit: %d cases say their input, all reproduced\n", fitted);
    fflush(stdout);
    ck_assert_int_gt(fitted, 0);
}
END_TEST

/* HigherHRNet with its sigma left at -1 takes a 64th of the map. */
START_TEST(fit_derives_higherhrnets_sigma)
{
    int derived = 0;
    for (size_t i = 0; i < json_array_size(golden_cases()); i++) {
        golden_case golden = golden_case_of(json_array_get(golden_cases(), i));
        if (strcmp(golden.convention, "higherhrnet") != 0 || !json_object_get(golden.params, "sigma")) continue;
        if (golden_number(golden.params, "sigma") != -1) continue;
        cvh_convention row;
        ck_assert_int_eq(cvh_convention_find("higherhrnet", &row), CVH_OK);
        ck_assert_int_eq(cvh_convention_fit(&row, golden.rows, golden.cols, golden.rows, golden.cols), CVH_OK);
        ck_assert_double_eq(row.gaussian.sigma_x, golden_number(golden.params, "sigma_used"));
        derived++;
    }
    ck_assert_int_gt(derived, 0);
}
END_TEST

START_TEST(radii_are_the_projects_to_the_bit)
{
    const json_t *golden_radii = json_object_get(golden_index, "gaussian_radius");
    ck_assert_uint_gt(json_array_size(golden_radii), 0);
    for (size_t i = 0; i < json_array_size(golden_radii); i++) {
        const json_t *row = json_array_get(golden_radii, i);
        double rows = golden_number(row, "height"), cols = golden_number(row, "width");
        double overlap = golden_number(row, "min_overlap");
        double centernet = cvh_radius_centernet(rows, cols, overlap), cornernet = cvh_radius_cornernet(rows, cols, overlap);
        ck_assert_msg(centernet == golden_number(row, "centernet"), "%gx%g, %g: centernet %.17g", rows, cols, overlap,
                      centernet);
        ck_assert_msg(cornernet == golden_number(row, "cornernet"), "%gx%g, %g: cornernet %.17g", rows, cols, overlap,
                      cornernet);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {fit_reproduces_the_projects_scale_and_offset, fit_derives_higherhrnets_sigma,
                                  radii_are_the_projects_to_the_bit, NULL};
    return golden_main("CVHEATMAP_GOLDEN", "golden", 60, tests);
}
