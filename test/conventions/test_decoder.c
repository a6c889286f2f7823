/* SPDX-License-Identifier: Apache-2.0
 * The decoders by name. */
#include <math.h>
#include <string.h>

#include "support/support.h"

enum { ROWS = 24, COLS = 30 };

/* A peak of this height and sigma 2 at (17.3, 11.6). */
static cvh_maps peak_of(float height)
{
    static float samples[ROWS * COLS];
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLS; col++)
            samples[row * COLS + col] = height * (float)exp(-(pow(col - 17.3, 2) + pow(row - 11.6, 2)) / 8);
    return cvh_maps_view(samples, 1, ROWS, COLS, CVH_32F);
}

START_TEST(test_names_are_found_and_differ)
{
    int count = 0;
    for (; cvh_decoder_name(count); count++) {
        cvh_decoder decoder;
        ck_assert_msg(cvh_decoder_find(cvh_decoder_name(count), &decoder) == CVH_OK, "%s", cvh_last_error());
        for (int i = 0; i < count; i++) ck_assert_str_ne(cvh_decoder_name(i), cvh_decoder_name(count));
    }
    ck_assert_int_ge(count, 28);
    ck_assert_ptr_null(cvh_decoder_name(-1));
    ck_assert_ptr_null(cvh_decoder_name(count + 1000));
}
END_TEST

/* How far from the peak a decoder may answer. Those of Megvii and CenterNet report the middle of the pixel's other corner; MSPN
 * blurs a 0..255 map; the mean over the map of a map that is no logit is the map's centre. */
START_TEST(test_each_reads_a_peak)
{
    for (int i = 0; cvh_decoder_name(i); i++) {
        const char *name = cvh_decoder_name(i);
        cvh_decoder decoder;
        cvh_maps maps = peak_of(1);
        cvh_peak peak;
        ck_assert_int_eq(cvh_decoder_find(name, &decoder), CVH_OK);
        if (!decoder_runs(&decoder)) continue;
        cvh_convention convention = {.decoder = &decoder};
        ck_assert_msg(cvh_decode(&maps, &convention, &peak) == CVH_OK, "%s: %s", name, cvh_last_error());
        ck_assert_msg(peak.found >= CVH_FOUND_PIXEL, "%s: found %d", name, (int)peak.found);
        double away = hypot(peak.x - decoder.shift - 17.3, peak.y - decoder.shift - 11.6);
        double most = decoder.refine == CVH_REFINE_SOFT_ARGMAX ? 4 : decoder.refine <= CVH_REFINE_FIT_TIED ? 1e-5 : 0.71;
        ck_assert_msg(away <= most, "%s: (%g, %g) is %g from the peak", name, peak.x, peak.y, away);
    }
}
END_TEST

START_TEST(test_the_first_is_the_default)
{
    cvh_decoder first, zero = {.threshold = 0};
    cvh_convention named = {.decoder = &first}, plain = {.decoder = &zero}, none = {.name = "no decoder"};
    const cvh_convention *conventions[] = {&named, &plain, &none, NULL};
    cvh_maps maps = peak_of(3);
    cvh_peak expected, actual;
    ck_assert_int_eq(cvh_decoder_find(cvh_decoder_name(0), &first), CVH_OK);
    ck_assert_int_eq(cvh_decode(&maps, &named, &expected), CVH_OK);
    for (int i = 1; i < 4; i++) {
        ck_assert_int_eq(cvh_decode(&maps, conventions[i], &actual), CVH_OK);
        ck_assert_msg(actual.x == expected.x && actual.y == expected.y && actual.score == expected.score, "convention %d", i);
    }
}
END_TEST

static const struct {
    const char *given, *said;
} UNKNOWN[] = {
    {"darkpos", "near: darkpose"},        {"Megvii", "near: megvii"},     {"mmpose udp", "mmpose_udp"},
    {"sleep-local", "near: sleap_local"}, {"soft argmax", "soft_argmax"}, {"fitt", "near: fit"},
    {"zzzzzzzzzzzz", "there are: fit, "}, {"", "there are: fit, "},       {"hrnett", "near: hrnet"},
};

START_TEST(test_unknown_names_are_told_what_is_near)
{
    cvh_decoder out = {.threshold = 7}, same = out;
    assert_refused(UNKNOWN[_i].given, cvh_decoder_find(UNKNOWN[_i].given, &out), UNKNOWN[_i].said);
    ck_assert_mem_eq(&out, &same, sizeof out);
}
END_TEST

START_TEST(test_long_names_are_refused_too)
{
    char name[5000];
    cvh_decoder out;
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = 0;
    assert_refused("5,000 characters", cvh_decoder_find(name, &out), "no decoder is named \"xxxx");
    ck_assert_uint_lt(strlen(cvh_last_error()), 512);
}
END_TEST

START_TEST(test_null)
{
    cvh_decoder out;
    assert_refused("name", cvh_decoder_find(NULL, &out), "name is NULL");
    assert_refused("out", cvh_decoder_find("hrnet", NULL), "out is NULL");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decoder");
    TCase *tests = tcase_create("decoder");
    tcase_add_test(tests, test_names_are_found_and_differ);
    tcase_add_test(tests, test_each_reads_a_peak);
    tcase_add_test(tests, test_the_first_is_the_default);
    tcase_add_loop_test(tests, test_unknown_names_are_told_what_is_near, 0, sizeof UNKNOWN / sizeof *UNKNOWN);
    tcase_add_test(tests, test_long_names_are_refused_too);
    tcase_add_test(tests, test_null);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
