/* SPDX-License-Identifier: Apache-2.0
 * cvh_crosscheck_decode: the same maps by the library and by a port that forgets half a pixel. */
#include <string.h>

#include "support/support.h"

enum { MAPS = 17, ROWS = 24, COLS = 20 };

static float samples[MAPS * ROWS * COLS];

static cvh_maps drawn(void)
{
    cvh_maps maps = cvh_maps_view(samples, MAPS, ROWS, COLS, CVH_32F);
    cvh_keypoint points[MAPS];
    cvh_convention convention = {.gaussian = {.sigma_x = 2}, .centre = CVH_CENTRE_SUBPIXEL};
    for (int i = 0; i < MAPS; i++) points[i] = (cvh_keypoint){.x = 3.3 + 0.8 * i, .y = 5.1 + 0.7 * i, .map = i};
    ck_assert_int_eq(cvh_patch(&maps, points, MAPS, &convention), CVH_OK);
    return maps;
}

/* What a port does that takes pixel centres to be at halves. */
static cvh_status half_a_pixel_high(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks)
{
    cvh_status status = cvh_decode(maps, convention, peaks);
    for (int i = 0; i < maps->count && !status; i++) peaks[i].x += 0.5, peaks[i].y += 0.5;
    return status;
}

static cvh_status fails(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks)
{
    (void)convention;
    return cvh_decode(maps, NULL, peaks) ? CVH_OK : CVH_ERR_IO;
}

START_TEST(a_port_is_compared)
{
    cvh_maps maps = drawn();
    cvh_peak_report report;
    ck_assert_int_eq(cvh_crosscheck_decode(cvh_decode, cvh_decode, &maps, NULL, 0, &report), CVH_OK);
    ck_assert_uint_eq(report.compared, MAPS);
    ck_assert_uint_eq(report.differing, 0);
    ck_assert_int_eq(cvh_crosscheck_decode(cvh_decode, half_a_pixel_high, &maps, NULL, 0.1, &report), CVH_OK);
    ck_assert_uint_eq(report.differing, MAPS);
    ck_assert_int_eq((int)report.slip, (int)CVH_SLIP_HALF_PIXEL);
    ck_assert_double_eq(report.slip_x, 0.5);
    ck_assert_double_eq_tol(report.actual.y - report.expected.y, 0.5, 1e-12);
}
END_TEST

/* The convention reaches both functions as it is: in pixels of an input four times as large, half a pixel is half of those. */
START_TEST(the_convention_is_handed_on)
{
    cvh_maps maps = drawn();
    cvh_convention convention = {.scale_x = 0.25, .scale_y = 0.25};
    cvh_peak peaks[MAPS];
    cvh_peak_report report;
    ck_assert_int_eq(cvh_decode(&maps, &convention, peaks), CVH_OK);
    ck_assert_int_eq(cvh_crosscheck_decode(half_a_pixel_high, cvh_decode, &maps, &convention, 0.1, &report), CVH_OK);
    ck_assert_double_eq(report.actual.x, peaks[report.index].x);
    ck_assert_double_eq(report.slip_x, -0.5);
}
END_TEST

START_TEST(a_failing_function_is_passed_on)
{
    cvh_maps maps = drawn();
    cvh_peak_report report, before;
    memset(&report, 0x5A, sizeof report);
    before = report;
    ck_assert_int_eq(cvh_crosscheck_decode(fails, cvh_decode, &maps, NULL, 0, &report), CVH_ERR_IO);
    ck_assert_int_eq(cvh_crosscheck_decode(cvh_decode, fails, &maps, NULL, 0, &report), CVH_ERR_IO);
    ck_assert_msg(!memcmp(&report, &before, sizeof report), "the report is written");
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("crosscheck_decode");
    TCase *c = tcase_create("crosscheck_decode");
    tcase_add_test(c, a_port_is_compared);
    tcase_add_test(c, the_convention_is_handed_on);
    tcase_add_test(c, a_failing_function_is_passed_on);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
