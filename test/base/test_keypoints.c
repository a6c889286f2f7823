/* SPDX-License-Identifier: Apache-2.0
 * Keypoints from arrays of x, y and visibility, and the words for what a function found. */
#include <math.h>
#include <string.h>

#include "support/support.h"

START_TEST(each_takes_a_map_of_its_own)
{
    const float xyv[] = {1.5F, 2.25F, 2, 7, 8, 0, 3, 4, 1, -1, -1, NAN, 9, 10, 0.5F};
    cvh_keypoint points[6];
    memset(points, 0x55, sizeof points);
    ck_assert_int_eq(cvh_keypoints_from(xyv, 5, 17, 0.5F, points), CVH_OK);
    for (int i = 0; i < 5; i++) {
        bool labelled = i != 1 && i != 3;
        ck_assert_msg(points[i].map == 17 + i && !points[i].gaussian, "point %d", i);
        ck_assert_msg(labelled ? points[i].x == (double)xyv[3 * i] && points[i].y == (double)xyv[3 * i + 1]
                               : isnan(points[i].x) && isnan(points[i].y),
                      "point %d is %g,%g", i, points[i].x, points[i].y);
    }
    ck_assert_int_eq(points[5].map, 0x55555555);
}
END_TEST

/* What they are for: a list that is drawn as it is. */
START_TEST(they_are_drawn_as_they_are)
{
    float data[2 * 9 * 9], xyv[] = {4, 4, 2, 4, 4, 0}, weights[2];
    cvh_maps maps = cvh_maps_view(data, 2, 9, 9, CVH_32F);
    cvh_convention convention = {.gaussian = {.sigma_x = 1}};
    cvh_keypoint points[2];
    ck_assert_int_eq(cvh_keypoints_from(xyv, 2, 0, 1, points), CVH_OK);
    ck_assert_int_eq(cvh_encode(&maps, points, 2, &convention, weights), CVH_OK);
    ck_assert(weights[0] == 1 && weights[1] == 0 && data[40] == 1 && data[121] == 0);
}
END_TEST

START_TEST(bad_arguments_are_refused)
{
    const float xyv[] = {1, 2, 3};
    cvh_keypoint out = {.map = 7};
    assert_refused("xyv", cvh_keypoints_from(NULL, 1, 0, 1, &out), "xyv is NULL; with count 1");
    assert_refused("out", cvh_keypoints_from(xyv, 1, 0, 1, NULL), "out is NULL");
    assert_refused("first_map", cvh_keypoints_from(xyv, 1, -1, 1, &out), "first_map is -1; it must be 0..268435455");
    assert_refused("count", cvh_keypoints_from(xyv, 2, CVH_MAX_COUNT - 1, 1, &out), "count is 2; from first_map 268435455");
    assert_refused("visible_min", cvh_keypoints_from(xyv, 1, 0, NAN, &out), "visible_min is nan");
    ck_assert_int_eq(out.map, 7);
    ck_assert_int_eq(cvh_keypoints_from(NULL, 0, 0, 1, NULL), CVH_OK);
}
END_TEST

/* A method of the caller's that fails with a text of its own, as seen through cvh_crosscheck. */
static cvh_status fails_in_words(const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                                 const cvh_convention *convention)
{
    (void)points, (void)convention;
    return cvh_fail(CVH_ERR_IO, "%zu keypoints on %d maps: the weights' file is gone", count, maps->count);
}

START_TEST(a_callers_own_text_is_the_last_error)
{
    cvh_maps shape = cvh_maps_view(NULL, 3, 4, 4, CVH_32F);
    cvh_convention convention = {.gaussian = {.sigma_x = 2, .ksize_x = 15}};
    cvh_report report;
    ck_assert_int_eq(cvh_crosscheck(fails_in_words, cvh_patch, &shape, NULL, 0, &convention, NULL, &report), CVH_ERR_IO);
    ck_assert_str_eq(cvh_last_error(), "0 keypoints on 3 maps: the weights' file is gone");
    ck_assert_int_eq(cvh_fail(CVH_ERR_MEMORY, NULL), CVH_ERR_MEMORY);
    ck_assert_str_eq(cvh_last_error(), "out of memory");
}
END_TEST

START_TEST(words_differ_and_the_unknown_is_said)
{
    static const char *(*const texts[])(int) = {
        cvh_depth_text,       cvh_arithmetic_text,  cvh_border_text,     cvh_method_text,      cvh_geometry_text,
        cvh_snap_text,        cvh_centre_text,      cvh_overlap_text,    cvh_norm_text,        cvh_drop_text,
        cvh_window_text,      cvh_refine_text,      cvh_guard_text,      cvh_step_text,        cvh_ties_text,
        cvh_order_text,       cvh_score_text,       cvh_activation_text, cvh_offset_unit_text, cvh_offset_area_text,
        cvh_found_text,       cvh_crop_family_text, cvh_crop_size_text,  cvh_crop_boxes_text,  cvh_flip_text,
        cvh_simcc_label_text, cvh_simcc_score_text, cvh_crop_pad_text,
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int known = 0;
        for (int value = -1; value < 40; value++) {
            const char *text = texts[i](value);
            bool unknown = !strncmp(text, "unknown ", 8);
            known += !unknown;
            for (int other = -1; other < value && !unknown; other++)
                ck_assert_msg(strcmp(text, texts[i](other)) != 0, "%s: the words of both %d and %d", text, other, value);
        }
        ck_assert_msg(known >= 2 && !strncmp(texts[i](-1), "unknown ", 8), "enum %zu", i);
    }
    ck_assert_str_eq(cvh_found_text(CVH_FOUND_REFINED), "refined");
    ck_assert_str_eq(cvh_found_text(99), "unknown outcome");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("keypoints");
    TCase *tests = tcase_create("keypoints");
    tcase_add_test(tests, each_takes_a_map_of_its_own);
    tcase_add_test(tests, they_are_drawn_as_they_are);
    tcase_add_test(tests, bad_arguments_are_refused);
    tcase_add_test(tests, a_callers_own_text_is_the_last_error);
    tcase_add_test(tests, words_differ_and_the_unknown_is_said);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
