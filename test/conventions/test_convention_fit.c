/* SPDX-License-Identifier: Apache-2.0
 * Conventions by name, what they need of a keypoint, and how they are fitted to an input. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/closed_form.h"
#include "support/support.h"

static cvh_convention found(const char *name)
{
    cvh_convention convention;
    ck_assert_msg(cvh_convention_find(name, &convention) == CVH_OK, "%s: %s", name, cvh_last_error());
    return convention;
}

/* --------------------------------------------------------------------------------------------------------------- the names */

START_TEST(every_convention_has_a_closed_form)
{
    int count = 0;
    for (const char *name; (name = cvh_convention_name(count)); count++) {
        ck_assert_msg(count < FORMS, "%s has no closed form here", name);
        ck_assert_str_eq(name, forms[count].name);
        ck_assert_str_eq(found(name).name, name);
        for (int i = 0; i < count; i++) ck_assert_str_ne(name, cvh_convention_name(i));
    }
    ck_assert_int_eq(count, FORMS);
    ck_assert_ptr_null(cvh_convention_name(-1));
    ck_assert_ptr_null(cvh_convention_name(count + 1));
    ck_assert_ptr_null(cvh_convention_name(INT32_MAX));
}
END_TEST

START_TEST(an_unknown_name_is_refused_with_near_ones)
{
    static const struct {
        const char *name, *near;
    } cases[] = {{"msr", "hrnet"},
                 {"MSRA", "hrnet"},
                 {"udp-mmpose", "mmpose_udp"},
                 {"centrenet", "centernet"},
                 {"open_pose", "openpose"},
                 {"deeplabcat", "deeplabcut"},
                 {"", "\"\""},
                 {"nothing like it", "nothing"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cvh_convention out = {.max_exponent = 7};
        assert_refused(cases[i].name, cvh_convention_find(cases[i].name, &out), cases[i].near);
        ck_assert_msg(out.max_exponent == 7 && !out.name, "%s: out was written", cases[i].name);
    }
    cvh_convention out;
    assert_refused("NULL", cvh_convention_find(NULL, &out), "name");
    assert_refused("NULL", cvh_convention_find("hrnet", NULL), "out");
}
END_TEST

/* Where a project takes sigma as an argument or from a box, a keypoint that does not bring it is refused, by name. */
START_TEST(a_keypoint_that_lacks_what_the_convention_needs_is_refused)
{
    const closed_form *form = &forms[_i];
    guarded_maps target = guarded_new(1, 9, 9, CVH_32F);
    cvh_convention convention = found(form->name);
    cvh_keypoint point = {.x = 4, .y = 4};
    float weight = 7;
    cvh_status status = cvh_encode(&target.maps, &point, 1, &convention, &weight);
    if (needs_own(form)) {
        assert_refused(form->name, status, "sigma_x");
        ck_assert_msg(strstr(cvh_last_error(), form->name) || form->value == kornia, "%s: the message is \"%s\"", form->name,
                      cvh_last_error());
        ck_assert(guarded_untouched(&target) && weight == 7);
    } else {
        ck_assert_msg(status == CVH_OK, "%s: %s", form->name, cvh_last_error());
    }
    guarded_free(&target);
}
END_TEST

/* ----------------------------------------------------------------------------------------------------------------- fitting
 *
 * Each geometry as its project writes it: where pixel (0, 0) and the last one of a 24 x 40 map lie in an input of 192 x 160. */

typedef struct grid_case {
    const char *name;
    double first_x, first_y, last_x, last_y; /* input coordinates of the map's corners */
} grid_case;

static const grid_case grids[] = {
    {"hrnet", 0, 0, 39 * 4, 23 * 8}, /* s g */
    {"mmpose_msra", 0, 0, 39 * 4, 23 * 8},
    {"mspn", 0, 0, 39 * 4, 23 * 8},
    {"mmpose_megvii", 0, 0, 39 * 4, 23 * 8},
    {"udp", 0, 0, 159, 191}, /* (w-1)/(W-1) g */
    {"mmpose_udp", 0, 0, 159, 191},
    {"darkpose", 0, 0, 39 * 4, 23 * 8},
    {"mmpose_dark", 0, 0, 39 * 4, 23 * 8},
    {"centernet", 0, 0, 39 * 4, 23 * 8},
    {"centernet_msra", 0, 0, 39 * 4, 23 * 8},
    {"ttfnet", 0, 0, 39 * 4, 23 * 8},
    {"higherhrnet", 0, 0, 39 * 4, 23 * 8},
    {"pytorch_pose", 0, 0, 39 * 4, 23 * 8},
    {"openpose", 1.5, 3.5, 39 * 4 + 1.5, 23 * 8 + 3.5}, /* s g + s/2 - 1/2 */
    {"openpose_add", 1.5, 3.5, 39 * 4 + 1.5, 23 * 8 + 3.5},
    {"sleap", 0, 0, 39 * 4, 23 * 8},
    {"deeplabcut", 2, 4, 39 * 4 + 2, 23 * 8 + 4}, /* s g + s/2 */
    {"posec3d", 0, 0, 39 * 4, 23 * 8},
    {"kornia", 0, 0, 39 * 4, 23 * 8},
    {"density", 0, 0, 39 * 4, 23 * 8},
    {"udp_combined", 0, 0, 159, 191},
    {"mmpose_combined", 0, 0, 159, 191},
    {"posenet", 0, 0, 159, 191},
};

START_TEST(fit_places_the_map_on_the_input)
{
    const grid_case *grid = &grids[_i];
    cvh_convention convention = found(grid->name);
    ck_assert_msg(cvh_convention_fit(&convention, 192, 160, 24, 40) == CVH_OK, "%s: %s", grid->name, cvh_last_error());
    ck_assert_double_eq_tol(convention.scale_x * grid->first_x + convention.offset_x, 0, 1e-15);
    ck_assert_double_eq_tol(convention.scale_y * grid->first_y + convention.offset_y, 0, 1e-15);
    ck_assert_double_eq_tol(convention.scale_x * grid->last_x + convention.offset_x, 39, 1e-13);
    ck_assert_double_eq_tol(convention.scale_y * grid->last_y + convention.offset_y, 23, 1e-13);
}
END_TEST

/* OpenPose and DeepLabCut as they write it, in input pixels: exp(-|s g + shift - x|^2 / 2 sigma^2). */
static void hold_in_input_pixels(const char *name, int stride, double shift, long double sigma, long double most)
{
    guarded_maps target = guarded_new(1, 12, 16, CVH_64F);
    cvh_convention convention = found(name);
    ck_assert_int_eq(cvh_convention_fit(&convention, 12 * stride, 16 * stride, 12, 16), CVH_OK);
    cvh_keypoint point = {.x = 7.25 * stride + 0.3, .y = 4.5 * stride + 0.9};
    ck_assert_msg(cvh_encode(&target.maps, &point, 1, &convention, NULL) == CVH_OK, "%s: %s", name, cvh_last_error());
    for (int q = 0; q < 12; q++)
        for (int p = 0; p < 16; p++) {
            long double dx = stride * p + shift - point.x, dy = stride * q + shift - point.y;
            long double exponent = (dx * dx + dy * dy) / (2 * sigma * sigma), value = exponent <= most ? expl(-exponent) : 0;
            double actual = sample(&target.maps, 0, q, p);
            ck_assert_msg(fabsl(value - actual) <= 2e-15, "%s stride %d row %d col %d: expected %.17Lg, actual %.17g", name,
                          stride, q, p, value, actual);
        }
    guarded_free(&target);
}

START_TEST(sigma_in_input_pixels_follows_the_fit)
{
    for (int stride = 1; stride <= 8; stride *= 2) {
        hold_in_input_pixels("openpose", stride, stride / 2.0 - 0.5, 7, 4.6052L);
        hold_in_input_pixels("openpose_add", stride, stride / 2.0 - 0.5, 7, 4.6052L);
        hold_in_input_pixels("deeplabcut", stride, stride / 2.0, 34.0L / 3, INFINITY);
    }
    cvh_convention convention = found("openpose");
    ck_assert_int_eq(cvh_convention_fit(&convention, 192, 160, 24, 40), CVH_OK);
    ck_assert_double_eq(convention.gaussian.sigma_x, 7.0 / 4);
    ck_assert_double_eq(convention.gaussian.sigma_y, 7.0 / 8);
    ck_assert_int_eq(cvh_convention_fit(&convention, 184, 368, 23, 46), CVH_OK);
    ck_assert_double_eq(convention.gaussian.sigma_x, 7.0 / 8);
    ck_assert_double_eq(convention.gaussian.sigma_y, 0); /* as sigma_x, so that a sigma_x set after it is no ellipse's */
}
END_TEST

/* Every call that takes a convention, on maps that it was fitted for and on others. */
static cvh_status draws(const cvh_maps *maps, const cvh_convention *convention, int call)
{
    static const cvh_keypoint point = {.x = 3, .y = 3};
    cvh_peak peaks[4];
    cvh_report report;
    cvh_convention sized = *convention;
    size_t count;
    sized.gaussian.ksize_x = 3;
    switch (call) {
    case 0: return cvh_encode(maps, &point, 1, convention, NULL);
    case 1: return cvh_patch(maps, &point, 1, convention);
    case 2: return cvh_draw(maps, &point, 1, convention);
    case 3: return cvh_erase(maps, &point, 1, convention);
    case 4: return cvh_decode(maps, convention, peaks);
    case 5: return cvh_find_peaks(maps, convention, peaks, 4, &count);
    case 6: return cvh_crosscheck(cvh_patch, cvh_patch, maps, &point, 1, &sized, NULL, &report);
    default: sized.overlap = CVH_OVERLAP_MAX; return cvh_blur(maps, &point, 1, &sized);
    }
}

START_TEST(a_fitted_convention_refuses_other_maps)
{
    guarded_maps right = guarded_new(1, 8, 6, CVH_32F), wrong = guarded_new(1, 6, 8, CVH_32F);
    cvh_convention convention = found("hrnet");
    ck_assert_int_eq(draws(&wrong.maps, &convention, _i), CVH_OK); /* not fitted: any maps */
    ck_assert_int_eq(cvh_convention_fit(&convention, 32, 24, 8, 6), CVH_OK);
    ck_assert_msg(draws(&right.maps, &convention, _i) == CVH_OK, "%s", cvh_last_error());
    assert_refused("other maps", draws(&wrong.maps, &convention, _i),
                   "is 6x8, and the convention was fitted for maps of 8x6 (an input of 32x24)");
    convention.map_rows = convention.map_cols = 0;
    ck_assert_msg(draws(&wrong.maps, &convention, _i) == CVH_OK, "%s", cvh_last_error());
    cvh_crop crop = {.to_input = {.xx = 1, .yy = 1}, .to_photo = {.xx = 1, .yy = 1}, .input_rows = 32, .input_cols = 25};
    convention.crop = &crop;
    assert_refused("another crop", draws(&wrong.maps, &convention, _i),
                   "its crop is for an input of 32x25, and it was fitted for");
    crop.input_rows = 31, crop.input_cols = 24;
    assert_refused("another crop", draws(&wrong.maps, &convention, _i),
                   "its crop is for an input of 31x24, and it was fitted for");
    assert_refused("another crop", cvh_convention_fit(&convention, 32, 24, 8, 6), "input is 32x24; it must be 31x24");
    assert_refused("another crop", cvh_convention_fit(&convention, 31, 25, 8, 6), "input is 31x25; it must be 31x24");
    crop.input_rows = 32;
    convention.input_rows = 0; /* one side alone is no fit */
    ck_assert_msg(draws(&wrong.maps, &convention, _i) == CVH_OK, "%s", cvh_last_error());
    convention.input_rows = 32, convention.input_cols = 0;
    ck_assert_msg(draws(&wrong.maps, &convention, _i) == CVH_OK, "%s", cvh_last_error());
    ck_assert_int_eq(cvh_convention_fit(&convention, 32, 24, 8, 6), CVH_OK);
    ck_assert_msg(draws(&right.maps, &convention, _i) == CVH_OK, "%s", cvh_last_error());
    convention.crop = NULL;
    convention.map_cols = -1;
    assert_refused("negative", draws(&right.maps, &convention, _i), "convention: map_cols is -1");
    guarded_free(&right);
    guarded_free(&wrong);
}
END_TEST

START_TEST(higherhrnet_takes_a_64th_of_the_map)
{
    cvh_convention convention = found("higherhrnet");
    ck_assert_int_eq(cvh_convention_fit(&convention, 512, 512, 256, 256), CVH_OK);
    ck_assert_double_eq(convention.gaussian.sigma_x, 4);
    ck_assert_double_eq(convention.gaussian.sigma_y, 0);
    ck_assert_double_eq(convention.scale_x, 0.5);
}
END_TEST

START_TEST(fit_leaves_what_it_does_not_set)
{
    cvh_convention convention = found("hrnet"), before = convention;
    ck_assert_int_eq(cvh_convention_fit(&convention, 256, 192, 64, 48), CVH_OK);
    before.scale_x = before.scale_y = 0.25;
    ck_assert_mem_eq(&convention.gaussian, &before.gaussian, sizeof before.gaussian);
    ck_assert_double_eq(convention.scale_x, 0.25);
    ck_assert_double_eq(convention.scale_y, 0.25);
    ck_assert_double_eq(convention.offset_x, 0);
    ck_assert_int_eq(convention.snap, before.snap);
    ck_assert_int_eq(cvh_convention_fit(&convention, 64, 48, 64, 48), CVH_OK); /* again: the last fit holds */
    ck_assert_double_eq(convention.scale_x, 1);
}
END_TEST

START_TEST(fit_refuses_what_is_out_of_range)
{
    static const struct {
        const char *name;
        cvh_geometry geometry;
        double input_sigma;
        int sides[4];
        const char *text;
    } cases[] = {
        {"no rows", CVH_GEOMETRY_STRIDE, 0, {0, 4, 4, 4}, "input_rows is 0"},
        {"negative", CVH_GEOMETRY_STRIDE, 0, {4, -1, 4, 4}, "input_cols is -1"},
        {"too many", CVH_GEOMETRY_STRIDE, 0, {4, 4, CVH_MAX_SIDE + 1, 4}, "map_rows is 32769"},
        {"none", CVH_GEOMETRY_STRIDE, 0, {4, 4, 4, 0}, "map_cols is 0"},
        {"corners", CVH_GEOMETRY_CORNERS, 0, {4, 1, 4, 4}, "input_cols is 1"},
        {"corners", CVH_GEOMETRY_CORNERS, 0, {4, 4, 4, 1}, "map_cols is 1"},
        {"geometry", (cvh_geometry)5, 0, {4, 4, 4, 4}, "geometry is 5"},
        {"negative sigma", CVH_GEOMETRY_STRIDE, -1, {4, 4, 4, 4}, "input_sigma is -1"},
        {"NaN sigma", CVH_GEOMETRY_STRIDE, NAN, {4, 4, 4, 4}, "input_sigma"},
        {"infinite sigma", CVH_GEOMETRY_STRIDE, INFINITY, {4, 4, 4, 4}, "input_sigma is inf"},
        {"sigma too small on the map", CVH_GEOMETRY_STRIDE, 1e-4, {4096, 4096, 4, 4}, "input_sigma is 0.0001"},
        {"sigma too large on the map", CVH_GEOMETRY_STRIDE, 1e6, {4, 4, 4, 8}, "input_sigma is 1e+06"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cvh_convention convention = {.geometry = cases[i].geometry, .input_sigma = cases[i].input_sigma}, before = convention;
        const int *sides = cases[i].sides;
        assert_refused(cases[i].name, cvh_convention_fit(&convention, sides[0], sides[1], sides[2], sides[3]), cases[i].text);
        ck_assert_msg(memcmp(&convention, &before, sizeof before) == 0, "%s: the convention was written", cases[i].name);
    }
    assert_refused("NULL", cvh_convention_fit(NULL, 4, 4, 4, 4), "convention");
}
END_TEST

/* A crop is for inputs of its own size: what a convention is fitted to, and what it says it was fitted for. 0 says nothing. */
START_TEST(a_crop_of_another_input_is_refused)
{
    static const struct {
        int rows, cols;
        bool fits, agrees;
    } cases[] = {{64, 48, true, true},   {64, 49, false, false}, {63, 48, false, false},
                 {63, 49, false, false}, {64, 0, false, true},   {0, 49, false, true}};
    const cvh_crop crop = {.to_input = {1, 0, 0, 0, 1, 0}, .to_photo = {1, 0, 0, 0, 1, 0}, .input_rows = 64, .input_cols = 48};
    float samples[16 * 12] = {0};
    cvh_maps maps = cvh_maps_view(samples, 1, 16, 12, CVH_32F);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cvh_convention fitted = {.crop = &crop}, told = fitted;
        char name[40];
        cvh_peak peak;
        snprintf(name, sizeof name, "an input of %dx%d", cases[i].rows, cases[i].cols);
        cvh_status status = cvh_convention_fit(&fitted, cases[i].rows, cases[i].cols, 16, 12);
        if (!cases[i].fits) assert_refused(name, status, "it must be 64x48, the input of the convention's crop");
        ck_assert_msg((status == CVH_OK) == cases[i].fits, "%s: %s", name, cvh_last_error());
        told.input_rows = cases[i].rows, told.input_cols = cases[i].cols;
        status = cvh_decode(&maps, &told, &peak);
        if (!cases[i].agrees) assert_refused(name, status, "its crop is for an input of 64x48");
        ck_assert_msg((status == CVH_OK) == cases[i].agrees, "%s: %s", name, cvh_last_error());
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("convention names and fitting");
    TCase *names = tcase_create("names"), *fitting = tcase_create("fitting");
    tcase_add_test(names, every_convention_has_a_closed_form);
    tcase_add_test(names, an_unknown_name_is_refused_with_near_ones);
    tcase_add_loop_test(names, a_keypoint_that_lacks_what_the_convention_needs_is_refused, 0, FORMS);
    tcase_add_loop_test(fitting, fit_places_the_map_on_the_input, 0, sizeof grids / sizeof grids[0]);
    tcase_add_test(fitting, sigma_in_input_pixels_follows_the_fit);
    tcase_add_loop_test(fitting, a_fitted_convention_refuses_other_maps, 0, 8);
    tcase_add_test(fitting, higherhrnet_takes_a_64th_of_the_map);
    tcase_add_test(fitting, fit_leaves_what_it_does_not_set);
    tcase_add_test(fitting, fit_refuses_what_is_out_of_range);
    tcase_add_test(fitting, a_crop_of_another_input_is_refused);
    suite_add_tcase(suite, names);
    suite_add_tcase(suite, fitting);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
