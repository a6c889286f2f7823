/* SPDX-License-Identifier: Apache-2.0
 * Where drawing takes its rarer ways: windows and batches larger than the arrays on the stack, and axes that nearly agree. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

enum { LONG = 1500, SHORT = 5 };

static const cvh_convention tall = {.gaussian = {.sigma_x = 1, .ksize_x = 5, .sigma_y = 200, .ksize_y = 1401}};
static const cvh_convention broad = {.gaussian = {.sigma_x = 200, .ksize_x = 1401, .sigma_y = 1, .ksize_y = 5}};

/* A window of 1401 rows is that of 1401 columns turned over, but for the order of two factors. */
START_TEST(tall_windows_are_broad_ones_turned)
{
    guarded_maps down = guarded_new(1, LONG, SHORT, CVH_64F), across = guarded_new(1, SHORT, LONG, CVH_64F);
    const cvh_keypoint low = {.x = 2, .y = 700}, right = {.x = 700, .y = 2};
    const cvh_tolerance tolerance = {.relative = 1e-15};
    ck_assert_msg(cvh_patch(&down.maps, &low, 1, &tall) == CVH_OK, "%s", cvh_last_error());
    ck_assert_msg(cvh_patch(&across.maps, &right, 1, &broad) == CVH_OK, "%s", cvh_last_error());
    ck_assert(sample(&down.maps, 0, 700, 2) == 1 && sample(&down.maps, 0, 0, 2) > 0);
    cvh_maps turned = across.maps;
    turned.rows = LONG, turned.cols = SHORT;
    turned.row_step = sizeof(double), turned.col_step = LONG * sizeof(double);
    assert_maps_agree("turned", &turned, &down.maps, &tolerance);
    ck_assert_int_eq(cvh_erase(&down.maps, &low, 1, &tall), CVH_OK);
    for (int i = 0; i < LONG * SHORT; i++)
        ck_assert_msg(sample(&down.maps, 0, i / SHORT, i % SHORT) == 0, "row %d is not erased", i / SHORT);
    ck_assert(guarded_intact(&down) && guarded_intact(&across));
    guarded_free(&down);
    guarded_free(&across);
}
END_TEST

/* Where a whole map has more rows than a profile on the stack holds; it is the broad one turned over, bit for bit. */
START_TEST(tall_maps_are_broad_ones_turned)
{
    enum { MAPS = 6 };
    const cvh_convention whole = {
        .snap = CVH_SNAP_NONE, .centre = CVH_CENTRE_SUBPIXEL, .gaussian = {.sigma_x = 2, .ksize_x = CVH_WHOLE_MAP}};
    guarded_maps down = guarded_new(MAPS, LONG, SHORT, CVH_32F), across = guarded_new(MAPS, SHORT, LONG, CVH_32F);
    cvh_keypoint low[MAPS], right[MAPS];
    for (int i = 0; i < MAPS; i++) {
        low[i] = (cvh_keypoint){.x = 1.3 + 0.21 * i, .y = 250.7 * i, .map = i};
        right[i] = (cvh_keypoint){.x = low[i].y, .y = low[i].x, .map = i};
    }
    ck_assert_msg(cvh_patch(&down.maps, low, MAPS, &whole) == CVH_OK, "%s", cvh_last_error());
    ck_assert_msg(cvh_patch(&across.maps, right, MAPS, &whole) == CVH_OK, "%s", cvh_last_error());
    cvh_maps turned = across.maps;
    turned.rows = LONG, turned.cols = SHORT;
    turned.map_step = LONG * SHORT * sizeof(float), turned.row_step = sizeof(float), turned.col_step = LONG * sizeof(float);
    ck_assert(sample(&down.maps, 1, 251, 2) > 0.8);
    assert_maps_agree("turned", &turned, &down.maps, NULL);
    ck_assert(guarded_intact(&down) && guarded_intact(&across));
    guarded_free(&down);
    guarded_free(&across);
}
END_TEST

/* Keypoints that draw nothing change nothing where windows are wide. */
START_TEST(absent_keypoints_beside_wide_windows)
{
    guarded_maps alone = guarded_new(1, SHORT, LONG, CVH_32F), among = guarded_new(1, SHORT, LONG, CVH_32F);
    const cvh_keypoint points[] = {{.x = NAN, .y = 2}, {.x = 700, .y = 2}, {.x = -5000, .y = 2}, {.x = 3, .y = NAN}};
    ck_assert_int_eq(cvh_patch(&alone.maps, points + 1, 1, &broad), CVH_OK);
    ck_assert_int_eq(cvh_patch(&among.maps, points, 4, &broad), CVH_OK);
    assert_maps_agree("among absent ones", &alone.maps, &among.maps, NULL);
    guarded_free(&alone);
    guarded_free(&among);
}
END_TEST

/* Which keypoints share a map is known for 2^18 maps at a time. */
START_TEST(second_keypoints_are_seen_on_any_map)
{
    enum { MAPS = (1 << 18) + 10 };
    float *samples = calloc(MAPS, sizeof *samples);
    cvh_maps maps = cvh_maps_view(samples, MAPS, 1, 1, CVH_32F);
    cvh_keypoint points[] = {{.map = MAPS - 3}, {.map = 5}, {.y = NAN, .map = 5}, {.x = NAN, .map = 5}, {.map = MAPS - 3}};
    const cvh_convention centred = {.gaussian = {.sigma_x = 1, .ksize_x = 3}, .norm = CVH_NORM_CENTRE};
    assert_refused("twice", cvh_patch(&maps, points, 5, &centred), "points[4]");
    points[4].map = MAPS - 1;
    ck_assert_msg(cvh_patch(&maps, points, 5, &centred) == CVH_OK, "%s", cvh_last_error());
    for (int i = 0; i < MAPS; i++)
        ck_assert_msg(samples[i] == (i == 5 || i == MAPS - 3 || i == MAPS - 1), "map %d holds %g", i, samples[i]);
    free(samples);
}
END_TEST

/* OpenCV's rule gives sigma 2 for ksize 11; given, it is the same width, and so are the taps but for their rounding. */
START_TEST(axes_of_one_sigma_told_and_derived)
{
    guarded_maps told = guarded_new(1, 21, 21, CVH_64F), derived = guarded_new(1, 21, 21, CVH_64F);
    const cvh_keypoint point = {.x = 10, .y = 10};
    const double sigma = cvh_sigma_from_ksize(11);
    const cvh_gaussian both = {.sigma_x = sigma, .ksize_x = 11}, one = {.ksize_x = 11, .sigma_y = sigma};
    const cvh_tolerance tolerance = {.relative = 1e-14};
    const cvh_convention convention = {.gaussian = one, .norm = CVH_NORM_KERNEL};
    const cvh_keypoint points[] = {point, {.x = 10, .y = 10, .gaussian = &both}};
    ck_assert_int_eq(cvh_patch(&derived.maps, &point, 1, &convention), CVH_OK);
    ck_assert_msg(cvh_patch(&told.maps, points, 2, &convention) == CVH_OK, "%s", cvh_last_error());
    assert_maps_agree("told and derived", &told.maps, &derived.maps, &tolerance);
    guarded_free(&told);
    guarded_free(&derived);
}
END_TEST

/* A far tail that cannot be scaled to the peak within a float is not drawn. */
START_TEST(tails_beyond_a_floats_scale)
{
    float samples[81] = {0};
    cvh_maps maps = cvh_maps_view(samples, 1, 9, 9, CVH_32F);
    const cvh_keypoint point = {.x = -12, .y = 4};
    const cvh_convention convention = {.gaussian = {.sigma_x = 1, .ksize_x = 31, .peak = 1e30}, .norm = CVH_NORM_SUM};
    ck_assert_msg(cvh_patch(&maps, &point, 1, &convention) == CVH_OK, "%s", cvh_last_error());
    for (int i = 0; i < 81; i++) ck_assert_msg(samples[i] == 0, "sample %d is %g", i, samples[i]);
}
END_TEST

START_TEST(whole_maps_have_no_sigma)
{
    float samples[81] = {0};
    cvh_maps maps = cvh_maps_view(samples, 1, 9, 9, CVH_32F);
    const cvh_keypoint point = {.x = 4, .y = 4};
    const cvh_convention convention = {.gaussian = {.ksize_x = CVH_WHOLE_MAP}, .window = CVH_WINDOW_SIX_SIGMA};
    assert_refused("six sigma", cvh_patch(&maps, &point, 1, &convention), "a window of that width has no sigma");
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("draw_limits");
    TCase *c = tcase_create("draw_limits");
    tcase_add_test(c, tall_windows_are_broad_ones_turned);
    tcase_add_test(c, tall_maps_are_broad_ones_turned);
    tcase_add_test(c, absent_keypoints_beside_wide_windows);
    tcase_add_test(c, second_keypoints_are_seen_on_any_map);
    tcase_add_test(c, axes_of_one_sigma_told_and_derived);
    tcase_add_test(c, tails_beyond_a_floats_scale);
    tcase_add_test(c, whole_maps_have_no_sigma);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
