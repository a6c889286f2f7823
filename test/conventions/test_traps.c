/* SPDX-License-Identifier: Apache-2.0
 * The figures of docs/traps.md. */
#include <math.h>

#include "support/support.h"

enum { ROWS = 64, COLS = 48 };

static cvh_convention named(const char *name)
{
    cvh_convention convention;
    ck_assert_msg(cvh_convention_find(name, &convention) == CVH_OK, "%s", cvh_last_error());
    return convention;
}

/* The first largest sample. */
static cvh_peak maximum(const cvh_maps *maps)
{
    static const cvh_decoder pixel = {.refine = CVH_REFINE_NONE};
    const cvh_convention reading = {.decoder = &pixel};
    cvh_peak peak;
    ck_assert_msg(cvh_decode(maps, &reading, &peak) == CVH_OK, "%s", cvh_last_error());
    return peak;
}

static cvh_peak drawn(const cvh_convention *convention, double x, double y)
{
    static float data[ROWS * COLS];
    cvh_maps maps = cvh_maps_view(data, 1, ROWS, COLS, CVH_32F);
    cvh_keypoint point = {.x = x, .y = y};
    float weight;
    ck_assert_msg(cvh_encode(&maps, &point, 1, convention, &weight) == CVH_OK, "%s", cvh_last_error());
    ck_assert_float_eq(weight, 1);
    return maximum(&maps);
}

static void expect(const cvh_convention *convention, double x, double y, double col, double row, double score)
{
    cvh_peak peak = drawn(convention, x, y);
    ck_assert_msg(peak.x == col && peak.y == row && fabs(peak.score - score) <= 5e-4 * score,
                  "%s (%g, %g): maximum %g at (%g, %g), expected %g at (%g, %g)", convention->name, x, y, peak.score, peak.x,
                  peak.y, score, col, row);
}

static int displaced(const cvh_convention *convention)
{
    int count = 0;
    for (int i = 0; i < ROWS * COLS; i++) {
        cvh_peak peak = drawn(convention, i % COLS, i / COLS);
        count += peak.x != i % COLS || peak.y != i / COLS;
    }
    return count;
}

START_TEST(blur_moves_the_maximum)
{
    cvh_convention blur = named("tutorial_blur"), patch = blur;
    expect(&blur, 1, 1, 0, 0, 255);
    ck_assert_int_eq(displaced(&blur), 432);
    patch.method = CVH_METHOD_PATCH;
    ck_assert_int_eq(displaced(&patch), 0);
    blur.gaussian.sigma_x = 0;
    ck_assert_int_eq(displaced(&blur), 636);
    blur.border = CVH_BORDER_CONSTANT;
    ck_assert_int_eq(displaced(&blur), 0);
}
END_TEST

START_TEST(borders_differ_more_than_methods)
{
    cvh_convention raw = {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .norm = CVH_NORM_KERNEL};
    static float samples[2][ROWS * COLS];
    cvh_maps blurred = cvh_maps_view(samples[0], 1, ROWS, COLS, CVH_32F), patched = blurred;
    cvh_keypoint point = {.x = 1, .y = 1};
    cvh_report report;
    patched.data = samples[1];
    ck_assert_int_eq(cvh_blur(&blurred, &point, 1, &raw), CVH_OK);
    ck_assert_int_eq(cvh_patch(&patched, &point, 1, &raw), CVH_OK);
    ck_assert_int_eq(cvh_compare(&blurred, &patched, NULL, &report), CVH_OK);
    ck_assert_uint_eq(report.differing, 77);
    ck_assert_double_eq_tol(report.expected, 0.124, 5e-5);
    ck_assert_double_eq_tol(report.actual, 0.031, 5e-5);
    raw.border = CVH_BORDER_REFLECT_101;
    bool known;
    ck_assert_int_eq(crosscheck_or_report("sigma 2 at (1, 1)", &blurred, &point, 1, &raw, &report, &known), CVH_OK);
    ck_assert_uint_eq(report.compared, ROWS * COLS);
    ck_assert(report.differing == 0 || !known);
}
END_TEST

START_TEST(rounding_windows_and_rescaling_mislead)
{
    cvh_convention msra = named("hrnet"), pose = named("pytorch_pose"), megvii = named("mmpose_megvii");
    cvh_convention tutorial = named("tutorial_patch"), udp = named("udp");
    expect(&msra, -1.25, 30, 0, 30, 1);
    expect(&msra, 48.25, 30, 47, 30, 0.8825);
    ck_assert_int_eq(drawn(&msra, -7.75, 30).found, CVH_FOUND_WEAK); /* nothing drawn, and `drawn` found the weight 1 */
    expect(&pose, 2.3, 20, 3, 20, 1);
    pose.gaussian.sigma_x = 1.1;
    expect(&pose, 20, 20, 19, 19, 1);
    pose.gaussian.sigma_x = 1.5;
    expect(&pose, 2, 2, 3, 3, 1);
    megvii.gaussian.ksize_x = 5;
    expect(&megvii, 1, 1, 0, 0, 333.06);
    expect(&tutorial, -6, 20, 0, 20, 255);
    expect(&udp, 20.5, 20.5, 20, 20, 0.939413);
}
END_TEST

/* What an 8-bit map keeps of a pixel of 255. */
static void count_grey(double sigma, double ksize, int peak, int lit)
{
    static unsigned char from[ROWS * COLS], onto[ROWS * COLS];
    cvh_maps source = cvh_maps_view(from, 1, ROWS, COLS, CVH_8U), target = cvh_maps_view(onto, 1, ROWS, COLS, CVH_8U);
    cvh_gaussian gaussian = {.sigma_x = sigma, .ksize_x = ksize};
    int most = 0, count = 0;
    from[32 * COLS + 24] = 255;
    ck_assert_int_eq(cvh_gaussian_blur(&source, &target, &gaussian, CVH_BORDER_METHOD), CVH_OK);
    for (int i = 0; i < ROWS * COLS; i++) {
        most = onto[i] > most ? onto[i] : most;
        count += onto[i] > 0;
    }
    ck_assert_msg(most == peak && count == lit, "sigma %g: peak %d, %d samples", sigma, most, count);
}

START_TEST(blur_in_8_bits_loses_the_map)
{
    count_grey(2, 15, 11, 69);
    count_grey(9, 55, 1, 13);
    count_grey(10, 61, 0, 0);
    cvh_convention raw = named("tutorial_blur");
    raw.norm = CVH_NORM_KERNEL;
    expect(&raw, 24, 32, 24, 32, 10.149);
}
END_TEST

START_TEST(projects_place_an_input_pixel_differently)
{
    static const struct {
        const char *name;
        double x;
    } cases[] = {{"sleap", 25}, {"openpose", 24.5625}, {"deeplabcut", 24.5}, {"udp", 24.5431}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cvh_convention convention = named(cases[i].name);
        ck_assert_int_eq(cvh_convention_fit(&convention, 512, 384, ROWS, COLS), CVH_OK);
        ck_assert_double_eq_tol(convention.scale_x * 200 + convention.offset_x, cases[i].x, 5e-5);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("traps");
    TCase *figures = tcase_create("figures");
    tcase_set_timeout(figures, 60);
    tcase_add_test(figures, blur_moves_the_maximum);
    tcase_add_test(figures, borders_differ_more_than_methods);
    tcase_add_test(figures, rounding_windows_and_rescaling_mislead);
    tcase_add_test(figures, blur_in_8_bits_loses_the_map);
    tcase_add_test(figures, projects_place_an_input_pixel_differently);
    suite_add_tcase(suite, figures);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
