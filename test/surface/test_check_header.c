/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap_check.h on purpose-made failures: a suite of its own runs first, then what it said and left is looked at. */
#define _XOPEN_SOURCE 700
#include "cvheatmap_check.h"

#include "support/folder.h"

/* ------------------------------------------------------------------------------------------------------ purpose-made tests */

static float expected_data[2 * 3 * 4], actual_data[2 * 3 * 4];
static cvh_maps expected, actual;
static char golden_path[160];

/* Two maps of 3x4, 100 + i; those of `actual` interleaved, so that steps matter. */
static void set_up(void)
{
    setenv("CVHEATMAP_CHECK_DIR", folder, 1);
    unsetenv("CVHEATMAP_UPDATE_GOLDEN");
    expected = cvh_maps_view(expected_data, 2, 3, 4, CVH_32F);
    actual = cvh_maps_interleaved(actual_data, 2, 3, 4, CVH_32F, 0);
    for (int i = 0; i < 24; i++) {
        expected_data[i] = 100 + (float)i;
        actual_data[i % 12 * 2 + i / 12] = 100 + (float)i;
    }
}

static float *actual_at(int map, int row, int col)
{
    return &actual_data[(row * 4 + col) * 2 + map];
}

static int calls;
static const cvh_maps *counted(const cvh_maps *maps)
{
    calls++;
    return maps;
}

START_TEST(equal_passes)
{
    *actual_at(0, 0, 0) = *actual_at(1, 1, 1) = NAN;
    expected_data[0] = expected_data[12 + 5] = NAN;
    expected_data[1] = 0, *actual_at(0, 0, 1) = -0.0F;
    ck_assert_maps_equal(&expected, &actual);
    calls = 0;
    ck_assert_maps_equal(counted(&expected), counted(&actual));
    ck_assert_int_eq(calls, 2);
}
END_TEST

START_TEST(close_passes)
{
    *actual_at(1, 2, 3) += 0.5F;
    ck_assert_maps_close(&expected, &actual, 0.5, 0);
    ck_assert_maps_close(&expected, &actual, 0, 0.01);
}
END_TEST

START_TEST(equal_fails)
{
    *actual_at(1, 2, 3) = 123.5F;
    *actual_at(0, 1, 0) = 104.25F;
    ck_assert_maps_equal(&expected, &actual);
}
END_TEST

/* The largest difference is within the relative tolerance: it is not the one to name. */
START_TEST(close_fails)
{
    expected_data[0] = 1e6F, *actual_at(0, 0, 0) = 1e6F + 500;
    *actual_at(0, 2, 1) += 10;
    ck_assert_maps_close(&expected, &actual, 0, 1e-3);
}
END_TEST

START_TEST(ulps_passes)
{
    for (int i = 0; i < 4; i++) *actual_at(0, 0, 2) = nextafterf(*actual_at(0, 0, 2), 200);
    ck_assert_maps_ulps(&expected, &actual, 4);
}
END_TEST

START_TEST(ulps_fail)
{
    for (int i = 0; i < 5; i++) *actual_at(0, 0, 2) = nextafterf(*actual_at(0, 0, 2), 200);
    ck_assert_maps_ulps(&expected, &actual, 4);
}
END_TEST

/* Half floats against floats: values are compared. */
START_TEST(depths_passes)
{
    uint16_t half[24];
    cvh_maps halves = cvh_maps_view(half, 2, 3, 4, CVH_16F);
    ck_assert_int_eq(cvh_convert(&expected, &halves), CVH_OK);
    ck_assert_maps_close(&halves, &actual, 0.05, 0);
}
END_TEST

START_TEST(nan_fails)
{
    *actual_at(0, 0, 3) = NAN;
    ck_assert_maps_close(&expected, &actual, 1e9, 1e9);
}
END_TEST

START_TEST(shape_fails)
{
    actual.rows = 2;
    ck_assert_maps_equal(&expected, &actual);
}
END_TEST

START_TEST(null_fails)
{
    ck_assert_maps_equal(&expected, NULL);
}
END_TEST

START_TEST(golden_is_missing)
{
    ck_assert_maps_golden(golden_path, &actual, 0, 0);
}
END_TEST

START_TEST(golden_is_written_then_passes)
{
    setenv("CVHEATMAP_UPDATE_GOLDEN", "1", 1);
    ck_assert_maps_golden(golden_path, &actual, 0, 0);
    unsetenv("CVHEATMAP_UPDATE_GOLDEN");
    ck_assert_maps_golden(golden_path, &actual, 0, 0);
    setenv("CVHEATMAP_UPDATE_GOLDEN", "0", 1);
    ck_assert_maps_golden(golden_path, &expected, 0, 0);
    unsetenv("CVHEATMAP_UPDATE_GOLDEN");
}
END_TEST

START_TEST(golden_fails)
{
    *actual_at(0, 0, 2) += 1;
    ck_assert_maps_golden(golden_path, &actual, 0, 0);
}
END_TEST

START_TEST(golden_cannot_be_written)
{
    setenv("CVHEATMAP_UPDATE_GOLDEN", "1", 1);
    ck_assert_maps_golden("/no/such/folder/golden.npy", &actual, 0, 0);
}
END_TEST

START_TEST(folder_is_missing)
{
    setenv("CVHEATMAP_CHECK_DIR", "/no/such/folder", 1);
    *actual_at(1, 2, 3) = 0;
    ck_assert_maps_equal(&expected, &actual);
}
END_TEST

/* Peaks on a diagonal, and the same half a pixel low in x. */
static cvh_peak expected_peaks[5], actual_peaks[5];

static void set_up_peaks(double low)
{
    for (int i = 0; i < 5; i++) {
        expected_peaks[i] = (cvh_peak){.x = 10.25 + i, .y = 20.5 + 3 * i, .map = i};
        actual_peaks[i] = expected_peaks[i];
        actual_peaks[i].x -= low;
    }
    expected_peaks[4].x = expected_peaks[4].y = actual_peaks[4].x = actual_peaks[4].y = NAN;
}

START_TEST(peaks_pass)
{
    set_up_peaks(0.125);
    ck_assert_peaks_close(expected_peaks, actual_peaks, 5, 0.125);
    ck_assert_peaks_close(NULL, NULL, 0, 0);
}
END_TEST

START_TEST(peaks_fail)
{
    set_up_peaks(0.5);
    ck_assert_peaks_close(expected_peaks, actual_peaks, 5, 0.01);
}
END_TEST

START_TEST(one_peak_fails)
{
    set_up_peaks(0);
    actual_peaks[2].y = 30;
    ck_assert_peaks_close(expected_peaks, actual_peaks, 5, 0.01);
}
END_TEST

START_TEST(null_peaks_fail)
{
    ck_assert_peaks_close(NULL, actual_peaks, 5, 0.01);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------- what they said */

enum { TESTS = 19 };

typedef struct outcome {
    char name[40], message[2200], file[256];
    int result, line;
} outcome;

static outcome outcomes[TESTS];
static int outcome_count;

static void run_purpose_made_tests(void)
{
    const struct {
        const char *name;
        const TTest *test;
    } tests[TESTS] = {
        {"equal_passes", equal_passes},
        {"close_passes", close_passes},
        {"equal_fails", equal_fails},
        {"close_fails", close_fails},
        {"ulps_passes", ulps_passes},
        {"ulps_fail", ulps_fail},
        {"depths_passes", depths_passes},
        {"nan_fails", nan_fails},
        {"shape_fails", shape_fails},
        {"null_fails", null_fails},
        {"golden_is_missing", golden_is_missing},
        {"golden_is_written_then_passes", golden_is_written_then_passes},
        {"golden_fails", golden_fails},
        {"golden_cannot_be_written", golden_cannot_be_written},
        {"folder_is_missing", folder_is_missing},
        {"peaks_passes", peaks_pass},
        {"peaks_fail", peaks_fail},
        {"one_peak_fails", one_peak_fails},
        {"null_peaks_fail", null_peaks_fail},
    };
    Suite *s = suite_create("purpose-made");
    for (int i = 0; i < TESTS; i++) {
        TCase *c = tcase_create(tests[i].name);
        tcase_add_checked_fixture(c, set_up, NULL);
        tcase_add_test(c, tests[i].test);
        suite_add_tcase(s, c);
    }
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_SILENT);
    outcome_count = srunner_ntests_run(runner);
    TestResult **results = srunner_results(runner);
    for (int i = 0; i < outcome_count && i < TESTS; i++) {
        outcome *o = &outcomes[i];
        snprintf(o->name, sizeof o->name, "%s", tr_tcname(results[i]));
        snprintf(o->message, sizeof o->message, "%s", tr_msg(results[i]) ? tr_msg(results[i]) : "");
        snprintf(o->file, sizeof o->file, "%s", tr_lfile(results[i]) ? tr_lfile(results[i]) : "");
        o->result = tr_rtype(results[i]);
        o->line = tr_lno(results[i]);
    }
    free(results);
    srunner_free(runner);
}

static const outcome *find(const char *name)
{
    for (int i = 0; i < outcome_count && i < TESTS; i++)
        if (!strcmp(outcomes[i].name, name)) return &outcomes[i];
    ck_abort_msg("%s did not run", name);
    return NULL;
}

/* What was left beside the log, in the folder that is named. */
static cvh_maps left_behind(const outcome *o, const char *kind)
{
    char name[160];
    cvh_maps maps;
    snprintf(name, sizeof name, "%s/test_check_header.c-%d-%s.npy", folder, o->line, kind);
    ck_assert_msg(strstr(o->message, name), "%s: \"%s\" does not name %s", o->name, o->message, name);
    ck_assert_msg(cvh_npy_load(name, &maps) == CVH_OK, "%s: %s", o->name, cvh_last_error());
    return maps;
}

START_TEST(every_test_ran_and_the_right_ones_passed)
{
    ck_assert_int_eq(outcome_count, TESTS);
    for (int i = 0; i < TESTS; i++) {
        const outcome *o = &outcomes[i];
        bool passes = strstr(o->name, "passes") != NULL;
        ck_assert_msg(o->result == (passes ? CK_PASS : CK_FAILURE), "%s: result %d: %s", o->name, o->result, o->message);
        if (passes) continue;
        const char *end = strrchr(o->file, '/');
        ck_assert_msg(!strcmp(end ? end + 1 : o->file, "test_check_header.c"), "%s: reported in %s", o->name, o->file);
        ck_assert_msg(o->line > 0 && o->line < __LINE__, "%s: reported in line %d", o->name, o->line);
    }
}
END_TEST

static const struct {
    const char *name, *message;
} messages[] = {
    {"equal_fails",
     "&expected and &actual: 2 of 24 samples differ; worst at map 1, row 2, column 3: expected 123, actual 123.5 "
     "(difference 0.5, 65536 ULP); no tolerance; all in rows 1..2, columns 0..3; "},
    {"ulps_fail",
     "&expected and &actual: 1 of 24 samples differ; worst at map 0, row 0, column 2: expected 102, actual 102.000038 "
     "(difference 3.8147e-05, 5 ULP); tolerance absolute 0, relative 0, 4 ULP; all in rows 0..0, columns 2..2; "},
    {"close_fails", "&expected and &actual: 1 of 24 samples differ; worst at map 0, row 2, column 1: expected 109, actual 119 "
                    "(difference 10, 1310720 ULP); "},
    {"nan_fails", "&expected and &actual: 1 of 24 samples differ; worst at map 0, row 0, column 3: expected 103, actual nan "
                  "(NaN against a number); "},
    {"shape_fails", "&expected and &actual: actual: rows is 2; it must be 3 as in expected; "},
    {"null_fails", "&expected and NULL: actual is NULL; it must point to a view; "},
    {"golden_is_missing", "golden_path and &actual: no golden file (CVHEATMAP_UPDATE_GOLDEN=1 writes it): "},
    {"golden_fails",
     "golden_path and &actual: 1 of 24 samples differ; worst at map 0, row 0, column 2: expected 102, actual 103 "
     "(difference 1, 131072 ULP); "},
    {"golden_cannot_be_written", "\"/no/such/folder/golden.npy\" and &actual: the golden file is not written: "
                                 "/no/such/folder/golden.npy: "},
    {"peaks_fail",
     "expected_peaks and actual_peaks: 4 of 5 keypoints are further apart than 0.01; worst is number 0, map 0: expected "
     "10.25,20.5, actual 9.75,20.5, 0.5 apart; 4 of them are explained by (-0.5, 0): "},
    {"one_peak_fails",
     "expected_peaks and actual_peaks: 1 of 5 keypoints are further apart than 0.01; worst is number 2, map 2: "
     "expected 12.25,26.5, actual 12.25,30, 3.5 apart"},
    {"null_peaks_fail", "NULL and actual_peaks: expected is NULL; "},
    {"folder_is_missing",
     "&expected and &actual: 1 of 24 samples differ; worst at map 1, row 2, column 3: expected 123, actual 0 "
     "(difference 123, 1123418112 ULP); no tolerance; all in rows 2..2, columns 3..3; 1 are 0 where expected is not; not "
     "saved: "
     "/no/such/folder/test_check_header.c-"},
};

START_TEST(failures_say_what_differs)
{
    const outcome *o = find(messages[_i].name);
    ck_assert_msg(!strncmp(o->message, messages[_i].message, strlen(messages[_i].message)),
                  "%s says\n%s\nand should start with\n%s", o->name, o->message, messages[_i].message);
}
END_TEST

START_TEST(failures_leave_their_maps)
{
    const outcome *o = find("equal_fails");
    set_up();
    cvh_maps e = left_behind(o, "expected"), a = left_behind(o, "actual"), d = left_behind(o, "difference");
    ck_assert(d.depth == CVH_64F && d.count == 2 && d.rows == 3 && d.cols == 4);
    assert_maps_agree("expected", &expected, &e, NULL);
    *actual_at(1, 2, 3) = 123.5F;
    *actual_at(0, 1, 0) = 104.25F;
    assert_maps_agree("actual", &actual, &a, NULL);
    for (int i = 0; i < 24; i++) {
        double difference = i == 23 ? 0.5 : i == 4 ? 0.25 : 0;
        ck_assert_msg(((double *)d.data)[i] == difference, "difference %d is %g, not %g", i, ((double *)d.data)[i], difference);
    }
    cvh_npy_free(&e);
    cvh_npy_free(&a);
    cvh_npy_free(&d);
}
END_TEST

START_TEST(other_shapes_are_left_too)
{
    const outcome *o = find("shape_fails");
    cvh_maps e = left_behind(o, "expected"), a = left_behind(o, "actual");
    ck_assert(e.rows == 3 && a.rows == 2);
    ck_assert_ptr_null(strstr(o->message, "difference.npy"));
    cvh_npy_free(&e);
    cvh_npy_free(&a);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("check_header");
    TCase *c = tcase_create("check_header");
    tcase_add_test(c, every_test_ran_and_the_right_ones_passed);
    tcase_add_loop_test(c, failures_say_what_differs, 0, (int)(sizeof messages / sizeof *messages));
    tcase_add_test(c, failures_leave_their_maps);
    tcase_add_test(c, other_shapes_are_left_too);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    make_folder();
    snprintf(golden_path, sizeof golden_path, "%s/golden.npy", folder);
    run_purpose_made_tests();
    int status = run_suite(suite());
    remove_folder();
    return status;
}
