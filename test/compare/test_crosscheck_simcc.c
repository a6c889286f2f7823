/* SPDX-License-Identifier: Apache-2.0
 * cvh_crosscheck_simcc and cvh_crosscheck_simcc_decode: SimCC by the library and by ports with the slips of the field. */
#include <math.h>
#include <string.h>

#include "support/support.h"

enum { POINTS = 9, BINS_X = 384, BINS_Y = 512 };

static cvh_keypoint points[POINTS];
static cvh_maps shape_x, shape_y;
static cvh_report report_x, report_y;

/* Every x lies between bins, every y on one. */
static void make_points(void)
{
    for (int i = 0; i < POINTS; i++) points[i] = (cvh_keypoint){.x = 20.2 + 17 * i, .y = 30.5 + 21 * i, .map = i};
    shape_x = cvh_maps_view(NULL, POINTS, 1, BINS_X, CVH_32F);
    shape_y = cvh_maps_view(NULL, POINTS, 1, BINS_Y, CVH_64F);
}

/* ----------------------------------------------------------------------------------------------------------------- labels */

static cvh_status on_whole_bins(const cvh_maps *x, const cvh_maps *y, const cvh_keypoint *given, size_t count,
                                const cvh_simcc *simcc, float *weights)
{
    cvh_simcc whole = simcc ? *simcc : (cvh_simcc){0};
    whole.whole_bins = 1;
    return cvh_simcc_encode(x, y, given, count, &whole, weights);
}

/* A port that counts y's bins from 1, as reversing without mmpose's one bin back does to x. */
static cvh_status one_bin_on(const cvh_maps *x, const cvh_maps *y, const cvh_keypoint *given, size_t count,
                             const cvh_simcc *simcc, float *weights)
{
    cvh_status status = cvh_simcc_encode(x, y, given, count, simcc, weights);
    double *labels = y->data;
    for (int i = 0; i < y->count && !status; i++, labels += y->cols) {
        memmove(labels + 1, labels, ((size_t)y->cols - 1) * sizeof *labels);
        labels[0] = 0;
    }
    return status;
}

static cvh_status crosscheck(cvh_simcc_encode_fn expected, cvh_simcc_encode_fn actual, const cvh_simcc *simcc)
{
    return cvh_crosscheck_simcc(expected, actual, &shape_x, &shape_y, points, POINTS, simcc, NULL, &report_x, &report_y);
}

START_TEST(labels_are_compared)
{
    make_points();
    ck_assert_int_eq(crosscheck(cvh_simcc_encode, cvh_simcc_encode, NULL), CVH_OK);
    ck_assert_uint_eq(report_x.compared, POINTS * BINS_X);
    ck_assert_uint_eq(report_y.compared, POINTS * BINS_Y);
    ck_assert_uint_eq(report_x.differing + report_y.differing, 0);
    ck_assert_int_eq(crosscheck(cvh_simcc_encode, on_whole_bins, NULL), CVH_OK);
    ck_assert_uint_gt(report_x.differing, POINTS * 20);
    ck_assert_double_gt(report_x.max_abs, 0.01);
    ck_assert_uint_eq(report_y.differing, 0);
    ck_assert_int_eq(crosscheck(cvh_simcc_encode, one_bin_on, NULL), CVH_OK);
    ck_assert_uint_eq(report_x.differing, 0);
    ck_assert_int_eq((int)report_y.slip, (int)CVH_SLIP_SHIFT);
    ck_assert_double_eq(report_y.slip_x, 1);
    ck_assert_double_eq(report_y.slip_y, 0);
}
END_TEST

static const cvh_simcc *expected_simcc;

/* What a function of one's own is given: packed vectors of zeros, every argument as it is. */
static cvh_status looks(const cvh_maps *x, const cvh_maps *y, const cvh_keypoint *given, size_t count, const cvh_simcc *simcc,
                        float *weights)
{
    double sum = 0;
    for (int i = 0; i < POINTS * BINS_X; i++) sum += fabs((double)((const float *)x->data)[i]);
    for (int i = 0; i < POINTS * BINS_Y; i++) sum += fabs(((const double *)y->data)[i]);
    bool same = given == points && count == POINTS && simcc == expected_simcc && !weights && sum == 0;
    return same && x->count == POINTS && y->cols == BINS_Y ? CVH_OK : CVH_ERR_IO;
}

START_TEST(the_arguments_are_handed_on)
{
    const cvh_simcc simcc = {.sigma_x = 3, .normalize = 1};
    make_points();
    expected_simcc = &simcc;
    ck_assert_int_eq(crosscheck(looks, looks, &simcc), CVH_OK);
    ck_assert_uint_eq(report_x.differing, 0);
    expected_simcc = NULL;
    ck_assert_int_eq(crosscheck(looks, looks, NULL), CVH_OK);
}
END_TEST

static cvh_status fails(const cvh_maps *x, const cvh_maps *y, const cvh_keypoint *given, size_t count, const cvh_simcc *simcc,
                        float *weights)
{
    return cvh_simcc_encode(x, y, given, count, simcc, weights) ? CVH_OK : CVH_ERR_IO;
}

static void assert_untouched(void)
{
    cvh_report pattern;
    memset(&pattern, 0x5A, sizeof pattern);
    ck_assert_msg(!memcmp(&report_x, &pattern, sizeof pattern), "report_x is written");
    ck_assert_msg(!memcmp(&report_y, &pattern, sizeof pattern), "report_y is written");
}

START_TEST(a_failing_encoder_is_passed_on)
{
    make_points();
    memset(&report_x, 0x5A, sizeof report_x);
    memset(&report_y, 0x5A, sizeof report_y);
    ck_assert_int_eq(crosscheck(fails, cvh_simcc_encode, NULL), CVH_ERR_IO);
    ck_assert_int_eq(crosscheck(cvh_simcc_encode, fails, NULL), CVH_ERR_IO);
    assert_untouched();
}
END_TEST

START_TEST(bad_encodings_are_refused)
{
    const cvh_simcc wrong = {.input_cols = 190};
    const cvh_tolerance negative = {.absolute = -1};
    cvh_maps bad;
    make_points();
    memset(&report_x, 0x5A, sizeof report_x);
    memset(&report_y, 0x5A, sizeof report_y);
    assert_refused("expected", crosscheck(NULL, cvh_simcc_encode, NULL), "expected is NULL; it must draw labels");
    assert_refused("actual", crosscheck(cvh_simcc_encode, NULL, NULL), "actual is NULL; it must draw labels");
    assert_refused("simcc", crosscheck(looks, looks, &wrong), "simcc: input_cols is 190; with ratio 2 that is 380 bins");
    bad = shape_x, bad.rows = 2;
    assert_refused("rows", cvh_crosscheck_simcc(looks, looks, &bad, &shape_y, points, POINTS, NULL, NULL, &report_x, &report_y),
                   "x: rows is 2; a vector is a map of 1 row");
    bad = shape_y, bad.count = 3;
    assert_refused("count",
                   cvh_crosscheck_simcc(looks, looks, &shape_x, &bad, points, POINTS, NULL, NULL, &report_x, &report_y),
                   "y: count is 3; it must be that of x, 9");
    bad = shape_y, bad.depth = CVH_16F;
    assert_refused("depth",
                   cvh_crosscheck_simcc(looks, looks, &shape_x, &bad, points, POINTS, NULL, NULL, &report_x, &report_y),
                   "y: depth is 7 (CVH_16F)");
    assert_refused("shape_x",
                   cvh_crosscheck_simcc(looks, looks, NULL, &shape_y, points, POINTS, NULL, NULL, &report_x, &report_y),
                   "shape_x is NULL");
    assert_refused("shape_y",
                   cvh_crosscheck_simcc(looks, looks, &shape_x, NULL, points, POINTS, NULL, NULL, &report_x, &report_y),
                   "shape_y is NULL");
    assert_refused("points", cvh_crosscheck_simcc(looks, looks, &shape_x, &shape_y, NULL, 2, NULL, NULL, &report_x, &report_y),
                   "points is NULL; with count 2");
    assert_refused("tolerance",
                   cvh_crosscheck_simcc(looks, looks, &shape_x, &shape_y, points, 1, NULL, &negative, &report_x, &report_y),
                   "absolute is -1");
    assert_refused("report", cvh_crosscheck_simcc(looks, looks, &shape_x, &shape_y, points, 1, NULL, NULL, &report_x, NULL),
                   "report is NULL");
    assert_untouched();
}
END_TEST

/* ----------------------------------------------------------------------------------------------------------------- reading */

static float labels_x[POINTS * BINS_X], labels_y[POINTS * BINS_Y];

static void draw(cvh_maps *x, cvh_maps *y)
{
    make_points();
    *x = cvh_maps_view(labels_x, POINTS, 1, BINS_X, CVH_32F);
    *y = cvh_maps_view(labels_y, POINTS, 1, BINS_Y, CVH_32F);
    ck_assert_int_eq(cvh_simcc_encode(x, y, points, POINTS, &(cvh_simcc){.whole_bins = 1}, NULL), CVH_OK);
}

/* RTMPose's example in C++: a bin is divided by the ratio as a whole number. */
static cvh_status by_whole_numbers(const cvh_maps *x, const cvh_maps *y, const cvh_simcc *simcc, cvh_peak *peaks)
{
    cvh_status status = cvh_simcc_decode(x, y, simcc, peaks);
    for (int i = 0; i < x->count && !status; i++) peaks[i].x = floor(peaks[i].x), peaks[i].y = floor(peaks[i].y);
    return status;
}

static cvh_status fails_to_read(const cvh_maps *x, const cvh_maps *y, const cvh_simcc *simcc, cvh_peak *peaks)
{
    return cvh_simcc_decode(x, y, simcc, peaks) ? CVH_OK : CVH_ERR_FORMAT;
}

/* 20.2 lies on bin 40, that of 20; 30.5 is bin 61, an odd one. */
START_TEST(decoders_are_compared)
{
    const cvh_simcc bins = {.refine = CVH_REFINE_NONE};
    cvh_maps x, y;
    cvh_peak_report report;
    draw(&x, &y);
    ck_assert_int_eq(cvh_crosscheck_simcc_decode(cvh_simcc_decode, cvh_simcc_decode, &x, &y, &bins, 0, &report), CVH_OK);
    ck_assert_uint_eq(report.compared, POINTS);
    ck_assert_uint_eq(report.differing, 0);
    ck_assert_int_eq(cvh_crosscheck_simcc_decode(cvh_simcc_decode, by_whole_numbers, &x, &y, &bins, 0.1, &report), CVH_OK);
    ck_assert_uint_eq(report.differing, POINTS);
    ck_assert_int_eq((int)report.slip, (int)CVH_SLIP_HALF_PIXEL);
    ck_assert_double_eq(report.slip_x, 0);
    ck_assert_double_eq(report.slip_y, -0.5);
}
END_TEST

START_TEST(a_failing_decoder_is_passed_on)
{
    cvh_maps x, y;
    cvh_peak_report report, before;
    draw(&x, &y);
    memset(&report, 0x5A, sizeof report);
    before = report;
    ck_assert_int_eq(cvh_crosscheck_simcc_decode(fails_to_read, cvh_simcc_decode, &x, &y, NULL, 0, &report), CVH_ERR_FORMAT);
    ck_assert_int_eq(cvh_crosscheck_simcc_decode(cvh_simcc_decode, fails_to_read, &x, &y, NULL, 0, &report), CVH_ERR_FORMAT);
    ck_assert_msg(!memcmp(&report, &before, sizeof report), "the report is written");
}
END_TEST

START_TEST(bad_readings_are_refused)
{
    const cvh_simcc wrong = {.beta = NAN};
    const cvh_simcc_decode_fn own = cvh_simcc_decode;
    cvh_maps x, y, bad;
    cvh_peak_report report;
    draw(&x, &y);
    bad = y, bad.count = 4;
    assert_refused("expected", cvh_crosscheck_simcc_decode(NULL, own, &x, &y, NULL, 0, &report), "expected is NULL");
    assert_refused("actual", cvh_crosscheck_simcc_decode(own, NULL, &x, &y, NULL, 0, &report), "actual is NULL");
    assert_refused("x", cvh_crosscheck_simcc_decode(own, own, NULL, &y, NULL, 0, &report), "x is NULL");
    assert_refused("y", cvh_crosscheck_simcc_decode(own, own, &x, NULL, NULL, 0, &report), "y is NULL");
    assert_refused("count", cvh_crosscheck_simcc_decode(own, own, &x, &bad, NULL, 0, &report), "y: count is 4");
    assert_refused("simcc", cvh_crosscheck_simcc_decode(own, own, &x, &y, &wrong, 0, &report), "beta is nan");
    assert_refused("tolerance", cvh_crosscheck_simcc_decode(own, own, &x, &y, NULL, -1, &report), "tolerance is -1");
    assert_refused("report", cvh_crosscheck_simcc_decode(own, own, &x, &y, NULL, 0, NULL), "report is NULL");
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("crosscheck_simcc");
    TCase *c = tcase_create("labels");
    tcase_add_test(c, labels_are_compared);
    tcase_add_test(c, the_arguments_are_handed_on);
    tcase_add_test(c, a_failing_encoder_is_passed_on);
    tcase_add_test(c, bad_encodings_are_refused);
    suite_add_tcase(s, c);
    c = tcase_create("decoders");
    tcase_add_test(c, decoders_are_compared);
    tcase_add_test(c, a_failing_decoder_is_passed_on);
    tcase_add_test(c, bad_readings_are_refused);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
