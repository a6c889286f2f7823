/* SPDX-License-Identifier: Apache-2.0
 * Two warps of one photograph: the library's two agree, and a port's usual slips are seen. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/support.h"
#include "support/unknown.h"

enum { ROWS = 40, COLS = 50, CHANNELS = 3 };

static unsigned char samples[ROWS * COLS * CHANNELS];
static const cvh_affine turned = {0.8, 0.3, 2, -0.3, 0.8, 9};

static cvh_maps photograph(void)
{
    for (size_t i = 0; i < sizeof samples; i++) samples[i] = (unsigned char)(i * i / 7);
    return cvh_maps_interleaved(samples, CHANNELS, ROWS, COLS, CVH_8U, 0);
}

static const cvh_maps shape = {.rows = 24, .cols = 32};

START_TEST(the_twins_agree)
{
    cvh_maps photo = photograph();
    cvh_report report, before;
    memset(&report, 0x5A, sizeof report);
    memcpy(&before, &report, sizeof before);
    cvh_status status = cvh_crosscheck_warp(cvh_warp, cvh_warp_native, &photo, &shape, &turned, 114, NULL, &report);
    if (opencv_is_unknown(status)) {
        printf("%s\n", cvh_last_error());
        ck_assert_mem_eq(&report, &before, sizeof before);
        return;
    }
    ck_assert_msg(!status, "%s", cvh_last_error());
    ck_assert_uint_eq(report.compared, 24 * 32 * CHANNELS);
    ck_assert_uint_eq(report.differing, 0);
}
END_TEST

/* A port that forgets to invert. */
static cvh_status not_inverted(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside)
{
    cvh_affine inverse;
    cvh_status status = cvh_affine_invert(to_input, &inverse);
    return status ? status : cvh_warp(photo, input, &inverse, outside);
}

static cvh_status fails(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside)
{
    (void)photo, (void)input, (void)to_input, (void)outside;
    return CVH_ERR_IO;
}

START_TEST(a_slip_is_seen)
{
    cvh_maps photo = photograph();
    cvh_report report;
    ck_assert_int_eq(cvh_crosscheck_warp(cvh_warp, not_inverted, &photo, &shape, &turned, 0, NULL, &report), CVH_OK);
    ck_assert_uint_gt(report.differing, 24 * 32);
    memset(&report, 0x5A, sizeof report);
    cvh_report same = report;
    ck_assert_int_eq(cvh_crosscheck_warp(cvh_warp, fails, &photo, &shape, &turned, 0, NULL, &report), CVH_ERR_IO);
    ck_assert_mem_eq(&report, &same, sizeof same);
}
END_TEST

START_TEST(refused)
{
    cvh_maps photo = photograph(), none = {.rows = 0, .cols = 32}, nothing = photo;
    cvh_report report;
    cvh_tolerance negative = {.absolute = -1};
    nothing.data = NULL;
    assert_refused("expected", cvh_crosscheck_warp(NULL, cvh_warp, &photo, &shape, &turned, 0, NULL, &report),
                   "expected is NULL");
    assert_refused("actual", cvh_crosscheck_warp(cvh_warp, NULL, &photo, &shape, &turned, 0, NULL, &report), "actual is NULL");
    assert_refused("photo", cvh_crosscheck_warp(cvh_warp, cvh_warp, &nothing, &shape, &turned, 0, NULL, &report),
                   "photo: data");
    assert_refused("shape", cvh_crosscheck_warp(cvh_warp, cvh_warp, &photo, NULL, &turned, 0, NULL, &report), "shape is NULL");
    assert_refused("shape", cvh_crosscheck_warp(cvh_warp, cvh_warp, &photo, &none, &turned, 0, NULL, &report),
                   "shape: rows is 0");
    assert_refused("to_input", cvh_crosscheck_warp(cvh_warp, cvh_warp, &photo, &shape, NULL, 0, NULL, &report), "to_input");
    assert_refused("tolerance", cvh_crosscheck_warp(cvh_warp, cvh_warp, &photo, &shape, &turned, 0, &negative, &report),
                   "absolute");
    assert_refused("report", cvh_crosscheck_warp(cvh_warp, cvh_warp, &photo, &shape, &turned, 0, NULL, NULL), "report is NULL");
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("crosscheck_warp");
    TCase *tcase = tcase_create("crosscheck"), *opencv = tcase_create("opencv");
    tcase_add_test(tcase, refused);
    suite_add_tcase(suite, tcase);
    tcase_set_tags(opencv, "opencv");
    tcase_add_test(opencv, the_twins_agree);
    tcase_add_test(opencv, a_slip_is_seen);
    suite_add_tcase(suite, opencv);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
