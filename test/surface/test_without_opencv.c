/* SPDX-License-Identifier: Apache-2.0
 * A build without OpenCV: what is native works, and what needs OpenCV says that it is not there and writes nothing it owns. */
#include <string.h>

#include "support/support.h"

enum { ROWS = 24, COLS = 20 };

static const cvh_convention tutorial = {
    .gaussian = {.ksize_x = 15, .sigma_x = 2, .peak = 255}, .border = CVH_BORDER_REFLECT_101, .norm = CVH_NORM_MAX};
static const cvh_keypoint middle = {.x = 9, .y = 12};

static void assert_needs_opencv(const char *name, cvh_status status)
{
    ck_assert_msg(status == CVH_ERR_OPENCV, "%s: status %d", name, (int)status);
    ck_assert_msg(strstr(cvh_last_error(), "built without OpenCV") != NULL, "%s says: %s", name, cvh_last_error());
}

START_TEST(the_version_says_so)
{
    ck_assert_str_eq(cvh_opencv_version(), "none");
    ck_assert_str_eq(cvh_opencv_arithmetic(), "built without OpenCV");
    ck_assert_str_eq(cvh_opencv_arithmetic(), "built without OpenCV");
}
END_TEST

START_TEST(what_needs_opencv_says_so)
{
    guarded_maps a = guarded_new(1, ROWS, COLS, CVH_32F), b = guarded_new(1, ROWS, COLS, CVH_32F);
    cvh_gaussian gaussian = {.ksize_x = 5, .sigma_x = 1};
    cvh_report report;
    assert_needs_opencv("cvh_blur", cvh_blur(&a.maps, &middle, 1, &tutorial));
    assert_needs_opencv("cvh_gaussian_blur", cvh_gaussian_blur(&a.maps, &b.maps, &gaussian, CVH_BORDER_METHOD));
    assert_needs_opencv("cvh_warp", cvh_warp(&a.maps, &b.maps, &(cvh_affine){.xx = 1, .yy = 1}, 0));
    assert_needs_opencv("cvh_crosscheck", cvh_crosscheck(cvh_blur, cvh_patch, &a.maps, &middle, 1, &tutorial, NULL, &report));
    cvh_convention reflected = {.gaussian = {.ksize_x = 15}, .border = CVH_BORDER_REFLECT, .arithmetic = CVH_ARITHMETIC_OPENCV};
    cvh_keypoint corner = {.x = 1, .y = 1};
    assert_needs_opencv("cvh_patch", cvh_patch(&b.maps, &corner, 1, &reflected));
    cvh_decoder enlarging = {.enlarge = 8};
    cvh_convention enlarged = {.decoder = &enlarging};
    cvh_peak peak = {.map = 7};
    size_t count = 99;
    assert_needs_opencv("cvh_decode, enlarge 8", cvh_decode(&a.maps, &enlarged, &peak));
    assert_needs_opencv("cvh_find_peaks, enlarge 8", cvh_find_peaks(&a.maps, &enlarged, &peak, 1, &count));
    ck_assert(peak.map == 7 && count == 99);
    ck_assert(guarded_untouched(&b));
    guarded_free(&a);
    guarded_free(&b);
}
END_TEST

/* A window that meets a fold sums as the installed OpenCV does, and there is none to ask. */
START_TEST(opencv_s_arithmetic_is_not_there)
{
    guarded_maps maps = guarded_new(1, ROWS, COLS, CVH_64F);
    cvh_convention convention = tutorial;
    convention.arithmetic = CVH_ARITHMETIC_OPENCV;
    assert_needs_opencv("cvh_patch at a corner", cvh_patch(&maps.maps, &(cvh_keypoint){.x = 2, .y = 1}, 1, &convention));
    ck_assert(guarded_untouched(&maps));
    guarded_free(&maps);
}
END_TEST

START_TEST(bad_arguments_are_still_refused_first)
{
    assert_refused("cvh_blur", cvh_blur(NULL, &middle, 1, &tutorial), "maps is NULL");
}
END_TEST

START_TEST(what_is_native_works)
{
    guarded_maps drawn = guarded_new(1, ROWS, COLS, CVH_32F);
    cvh_convention convention = tutorial;
    cvh_peak peak;
    ck_assert_msg(cvh_patch(&drawn.maps, &middle, 1, &convention) == CVH_OK, "%s", cvh_last_error());
    ck_assert(sample(&drawn.maps, 0, 12, 9) > 0);
    ck_assert_msg(cvh_decode(&drawn.maps, &convention, &peak) == CVH_OK, "%s", cvh_last_error());
    ck_assert_double_eq_tol(peak.x, 9, 1e-3);
    ck_assert_double_eq_tol(peak.y, 12, 1e-3);
    guarded_maps moved = guarded_new(1, ROWS, COLS, CVH_32F);
    ck_assert_msg(cvh_warp_native(&drawn.maps, &moved.maps, &(cvh_affine){.xx = 1, .x0 = 3, .yy = 1, .y0 = -2}, 0) == CVH_OK,
                  "%s", cvh_last_error());
    ck_assert(sample(&moved.maps, 0, 10, 12) == sample(&drawn.maps, 0, 12, 9));
    guarded_free(&moved);
    guarded_free(&drawn);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("without_opencv");
    TCase *tcase = tcase_create("without_opencv");
    tcase_add_test(tcase, the_version_says_so);
    tcase_add_test(tcase, what_needs_opencv_says_so);
    tcase_add_test(tcase, opencv_s_arithmetic_is_not_there);
    tcase_add_test(tcase, bad_arguments_are_still_refused_first);
    tcase_add_test(tcase, what_is_native_works);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
