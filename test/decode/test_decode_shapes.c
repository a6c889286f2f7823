/* SPDX-License-Identifier: Apache-2.0
 * Maps that no Gaussian was drawn on, or only a part of one: what each refinement makes of them is a table. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/support.h"

enum { ROWS = 16, COLS = 20 };

typedef void (*drawing)(float *samples);

static void fill(float *samples, float value)
{
    for (int i = 0; i < ROWS * COLS; i++) samples[i] = value;
}

static void gaussian(float *samples, double x, double y, double sigma)
{
    for (int i = 0; i < ROWS * COLS; i++)
        samples[i] = (float)exp(-(pow(i % COLS - x, 2) + pow(i / COLS - y, 2)) / (2 * sigma * sigma));
}

#define AT(col, row) samples[(row)*COLS + (col)]

static void draw_zeros(float *samples)
{
    fill(samples, 0);
}

static void draw_constant(float *samples)
{
    fill(samples, 0.5F);
}

static void draw_negative(float *samples)
{
    gaussian(samples, 7.3, 5.2, 2);
    for (int i = 0; i < ROWS * COLS; i++) samples[i] -= 2;
}

static void draw_nan(float *samples)
{
    fill(samples, NAN);
}

static void draw_minus_infinity(float *samples)
{
    fill(samples, -INFINITY);
    AT(3, 3) = NAN;
}

static void draw_one_pixel(float *samples)
{
    fill(samples, 0);
    AT(7, 5) = 1;
}

static void draw_plateau_of_two(float *samples)
{
    draw_one_pixel(samples);
    AT(8, 5) = 1;
}

static void draw_plateau_of_four(float *samples)
{
    draw_plateau_of_two(samples);
    AT(7, 6) = AT(8, 6) = 1;
}

static void draw_two_equal_peaks(float *samples)
{
    float other[ROWS * COLS];
    gaussian(samples, 14, 3, 1);
    gaussian(other, 4, 11, 1);
    for (int i = 0; i < ROWS * COLS; i++) samples[i] = samples[i] > other[i] ? samples[i] : other[i];
}

static void draw_peak(float *samples)
{
    gaussian(samples, 7.3, 5.2, 2);
}

static void draw_nan_beside(float *samples)
{
    draw_peak(samples);
    AT(8, 6) = NAN;
}

static void draw_nan_at_the_peak(float *samples)
{
    draw_peak(samples);
    AT(7, 5) = NAN;
}

static void draw_scattered_nan(float *samples)
{
    draw_peak(samples);
    for (int i = 0; i < ROWS * COLS; i += 5) samples[i] = NAN;
}

/* As a network's mask leaves it. */
static void draw_masked(float *samples)
{
    draw_peak(samples);
    for (int i = 0; i < ROWS * COLS; i++) samples[i] = samples[i] < 0.2F ? -INFINITY : samples[i];
}

static void draw_infinity_at_the_peak(float *samples)
{
    draw_peak(samples);
    AT(7, 5) = INFINITY;
}

static void draw_infinity_beside(float *samples)
{
    draw_peak(samples);
    AT(9, 9) = INFINITY;
}

static void draw_ramp(float *samples)
{
    for (int i = 0; i < ROWS * COLS; i++) samples[i] = (float)(0.01 * (i % COLS));
}

static void draw_tiny_values(float *samples)
{
    gaussian(samples, 7.3, 5.2, 2);
    for (int i = 0; i < ROWS * COLS; i++) samples[i] *= 1e-30F;
}

static void draw_huge_values(float *samples)
{
    gaussian(samples, 7.3, 5.2, 2);
    for (int i = 0; i < ROWS * COLS; i++) samples[i] *= 1e30F;
}

static void draw_beyond_the_edge(float *samples)
{
    gaussian(samples, -1.2, 7.6, 2);
}

typedef struct expectation {
    const char *map;
    drawing draw;
    const char *decoder;
    cvh_found found;
    double x, y;
} expectation;

#define NOTHING CVH_FOUND_NOTHING, NAN, NAN
#define WEAK CVH_FOUND_WEAK, NAN, NAN
#define EDGE(x, y) CVH_FOUND_PIXEL_EDGE, x, y
#define SHAPE(x, y) CVH_FOUND_PIXEL_SHAPE, x, y
#define VALUE(x, y) CVH_FOUND_PIXEL_VALUE, x, y
#define PLATEAU(x, y) CVH_FOUND_PLATEAU, x, y
#define REFINED(x, y) CVH_FOUND_REFINED, x, y

static const expectation EXPECTATIONS[] = {
    {"zeros", draw_zeros, "fit", WEAK},
    {"zeros", draw_zeros, "newton", WEAK},
    {"zeros", draw_zeros, "mmpose_udp", WEAK},
    {"zeros, no threshold", draw_zeros, "paddle_dark", EDGE(0, 0)},
    {"zeros, no threshold", draw_zeros, "mspn", SHAPE(0, 0)},
    {"zeros, no threshold", draw_zeros, "soft_argmax", REFINED(9.5, 7.5)},
    {"constant", draw_constant, "fit", SHAPE(0, 0)},
    {"constant", draw_constant, "fit_tied", SHAPE(0, 0)},
    {"constant", draw_constant, "newton", SHAPE(0, 0)},
    {"constant", draw_constant, "hrnet", EDGE(0, 0)},
    {"constant", draw_constant, "soft_argmax", REFINED(9.5, 7.5)},
    {"negative", draw_negative, "fit", WEAK},
    {"negative, no threshold", draw_negative, "paddle_dark", VALUE(7, 5)},
    {"negative, no threshold", draw_negative, "mspn", SHAPE(0, 0)},
    {"NaN", draw_nan, "fit", NOTHING},
    {"NaN", draw_nan, "mmpose_megvii", NOTHING},
    {"NaN", draw_nan, "soft_argmax", NOTHING},
    {"-inf and NaN", draw_minus_infinity, "fit", NOTHING},
    {"-inf and NaN", draw_minus_infinity, "soft_argmax", NOTHING},
    {"one pixel", draw_one_pixel, "fit", REFINED(7, 5)},
    {"one pixel", draw_one_pixel, "fit_tied", REFINED(7, 5)},
    {"one pixel", draw_one_pixel, "newton", REFINED(7, 5)},
    {"one pixel", draw_one_pixel, "sleap_integral", REFINED(7, 5)},
    {"plateau of two", draw_plateau_of_two, "fit", REFINED(7.5, 5)},
    {"plateau of two", draw_plateau_of_two, "newton", REFINED(7.5, 5)},
    {"plateau of two", draw_plateau_of_two, "hrnet", REFINED(7.25, 5)},
    {"plateau of four", draw_plateau_of_four, "fit", PLATEAU(7.5, 5.5)},
    {"plateau of four", draw_plateau_of_four, "fit_tied", PLATEAU(7.5, 5.5)},
    {"plateau of four", draw_plateau_of_four, "newton", REFINED(7.5, 5.5)},
    {"plateau of four", draw_plateau_of_four, "sleap_integral", REFINED(7.5, 5.5)},
    {"two equal peaks", draw_two_equal_peaks, "fit", REFINED(14, 3)},
    {"two equal peaks", draw_two_equal_peaks, "newton", REFINED(14, 3)},
    {"two equal peaks", draw_two_equal_peaks, "argmax", CVH_FOUND_PIXEL, 14, 3},
    {"NaN beside", draw_nan_beside, "fit", REFINED(7.3, 5.2)},
    {"NaN beside", draw_nan_beside, "newton", VALUE(7, 5)},
    {"NaN beside", draw_nan_beside, "mmpose_dark", VALUE(7, 5)},
    {"NaN beside", draw_nan_beside, "hrnet", REFINED(7.25, 5.25)},
    {"NaN beside", draw_nan_beside, "sleap_integral", VALUE(7, 5)},
    {"NaN beside", draw_nan_beside, "soft_argmax", VALUE(7, 5)},
    {"NaN at the peak", draw_nan_at_the_peak, "fit", REFINED(7.3, 5.2)},
    {"NaN at the peak", draw_nan_at_the_peak, "hrnet", VALUE(8, 5)},
    {"scattered NaN", draw_scattered_nan, "fit", REFINED(7.3, 5.2)},
    {"scattered NaN", draw_scattered_nan, "fit_tied", REFINED(7.3, 5.2)},
    {"masked", draw_masked, "fit", REFINED(7.3, 5.2)},
    {"masked", draw_masked, "mmpose_udp", VALUE(7, 5)},
    {"+inf at the peak", draw_infinity_at_the_peak, "fit", VALUE(7, 5)},
    {"+inf at the peak", draw_infinity_at_the_peak, "hrnet", VALUE(7, 5)},
    {"+inf at the peak", draw_infinity_at_the_peak, "mspn", VALUE(5, 3)},
    {"+inf at the peak", draw_infinity_at_the_peak, "argmax", CVH_FOUND_PIXEL, 7, 5},
    {"+inf beside", draw_infinity_beside, "fit", VALUE(9, 9)},
    {"ramp", draw_ramp, "fit", SHAPE(19, 0)},
    {"ramp", draw_ramp, "newton", SHAPE(19, 0)},
    {"ramp", draw_ramp, "mmpose_dark", EDGE(19, 0)},
    {"values of 1e-30", draw_tiny_values, "fit", REFINED(7.3, 5.2)},
    {"values of 1e-30", draw_tiny_values, "newton", REFINED(7.3, 5.2)},
    {"values of 1e-30, clamped", draw_tiny_values, "mmpose_udp", VALUE(7, 5)},
    {"values of 1e30", draw_huge_values, "fit", REFINED(7.3, 5.2)},
    {"values of 1e30", draw_huge_values, "newton", REFINED(7.3, 5.2)},
    {"values of 1e30, clamped", draw_huge_values, "mmpose_udp", VALUE(7, 5)},
    {"beyond the edge", draw_beyond_the_edge, "fit", REFINED(-1.2, 7.6)},
    {"beyond the edge", draw_beyond_the_edge, "mmpose_dark", EDGE(0, 8)},
};

static bool same(double expected, double actual)
{
    return isnan(expected) ? isnan(actual) : fabs(expected - actual) < 2e-4;
}

START_TEST(test_every_shape_has_its_answer)
{
    const expectation *e = &EXPECTATIONS[_i];
    float samples[ROWS * COLS];
    cvh_decoder decoder;
    cvh_peak peak;
    e->draw(samples);
    cvh_maps maps = cvh_maps_view(samples, 1, ROWS, COLS, CVH_32F);
    ck_assert_msg(cvh_decoder_find(e->decoder, &decoder) == CVH_OK, "%s", cvh_last_error());
    cvh_convention convention = {.decoder = &decoder};
    ck_assert_msg(cvh_decode(&maps, &convention, &peak) == CVH_OK, "%s", cvh_last_error());
    ck_assert_msg(peak.found == e->found && same(e->x, peak.x) && same(e->y, peak.y),
                  "%s by %s: (%.6g, %.6g) found %d, expected (%.6g, %.6g) found %d", e->map, e->decoder, peak.x, peak.y,
                  (int)peak.found, e->x, e->y, (int)e->found);
    ck_assert_msg((peak.found == CVH_FOUND_NOTHING) == isnan(peak.score), "%s by %s: score %g", e->map, e->decoder, peak.score);
}
END_TEST

/* -------------------------------------------------------------------------------------------------------- borders and sizes */

/* Peaks on every border line and corner, and just inside and outside: the fit and the bounded Newton step find them all. */
START_TEST(test_peaks_along_the_border)
{
    static const double across[] = {-0.4, 0, 0.3, 1, 1.7, 2.5}, along[] = {0, 5.5, 7.2, 15};
    static const char *const decoders[] = {"fit", "fit_tied", "newton"};
    float samples[ROWS * COLS] = {0};
    cvh_maps maps = cvh_maps_view(samples, 1, ROWS, COLS, CVH_32F);
    for (int i = 0; i < 6 * 4 * 4 * 3; i++) {
        double a = across[i % 6], b = along[i / 6 % 4];
        int side = i / 24 % 4;
        double x = side == 0 ? a : side == 1 ? COLS - 1 - a : b, y = side == 2 ? a : side == 3 ? ROWS - 1 - a : b;
        cvh_decoder decoder;
        cvh_convention convention = {.decoder = &decoder};
        cvh_peak peak;
        ck_assert_int_eq(cvh_decoder_find(decoders[i / 96], &decoder), CVH_OK);
        gaussian(samples, x, y, 2);
        ck_assert_int_eq(cvh_decode(&maps, &convention, &peak), CVH_OK);
        ck_assert_msg(peak.found == CVH_FOUND_REFINED && hypot(peak.x - x, peak.y - y) < 0.002,
                      "%s: peak at (%g, %g) decoded to (%.6g, %.6g), found %d", decoders[i / 96], x, y, peak.x, peak.y,
                      (int)peak.found);
    }
}
END_TEST

/* The smallest maps: every decoder, every size up to 6x6, a peak at each pixel; the answer is usable, near and finite. The
 * largest sample of a blurred map may be any of so few. */
START_TEST(test_small_maps)
{
    cvh_decoder decoder;
    cvh_convention convention = {.decoder = &decoder};
    ck_assert_int_eq(cvh_decoder_find(cvh_decoder_name(_i), &decoder), CVH_OK);
    for (int rows = decoder_runs(&decoder) ? 1 : 7; rows <= 6; rows++)
        for (int cols = 1; cols <= 6; cols++)
            for (int at = 0; at < rows * cols; at++) {
                float samples[36];
                cvh_maps maps = cvh_maps_view(samples, 1, rows, cols, CVH_32F);
                cvh_peak peak;
                for (int i = 0; i < rows * cols; i++)
                    samples[i] = (float)exp(-(pow(i % cols - at % cols, 2) + pow(i / cols - at / cols, 2)) / 4);
                ck_assert_int_eq(cvh_decode(&maps, &convention, &peak), CVH_OK);
                double reach = decoder.blur_search ? hypot(rows, cols) : 4;
                bool near = hypot(peak.x - decoder.shift - at % cols, peak.y - decoder.shift - at / cols) < reach;
                ck_assert_msg(peak.found >= CVH_FOUND_PIXEL && near, "%s on %dx%d, peak at (%d, %d): (%g, %g) found %d",
                              cvh_decoder_name(_i), rows, cols, at % cols, at / cols, peak.x, peak.y, (int)peak.found);
            }
}
END_TEST

/* An axis of one or two samples cannot be fitted; the other one still is. */
START_TEST(test_lines)
{
    float samples[20];
    for (int i = 0; i < 20; i++) samples[i] = (float)exp(-pow(i - 8.3, 2) / 8);
    const cvh_maps lines[] = {cvh_maps_view(samples, 1, 1, 20, CVH_32F), cvh_maps_view(samples, 1, 20, 1, CVH_32F),
                              cvh_maps_view(samples, 1, 1, 1, CVH_32F)};
    cvh_peak peaks[3];
    for (int i = 0; i < 3; i++) ck_assert_int_eq(cvh_decode(&lines[i], NULL, &peaks[i]), CVH_OK);
    ck_assert(peaks[0].found == CVH_FOUND_REFINED && fabs(peaks[0].x - 8.3) < 1e-5 && peaks[0].y == 0);
    ck_assert(peaks[1].found == CVH_FOUND_REFINED && fabs(peaks[1].y - 8.3) < 1e-5 && peaks[1].x == 0);
    ck_assert(peaks[2].found == CVH_FOUND_PIXEL_EDGE && peaks[2].x == 0 && peaks[2].y == 0);
}
END_TEST

/* Samples so few or so odd that the widths cannot be told apart, or a window that follows them has too few. What is left of a
 * Gaussian is still found where it is; of others, beside the largest sample. */
START_TEST(test_few_samples)
{
#define NA (float)NAN
    static const struct {
        const char *name;
        int rows, cols;
        float samples[30];
        double x, y, reach;
    } cases[] = {
        {"a Gaussian of sigma 1.2 with holes",
         3,
         10,
         {0.005416F, 0.04375F, NA, 0.3521F, NA,      NA,      0.04293F, NA,       0.0003225F, 9.816e-06F,
          0.01215F,  NA,       NA, NA,      NA,      0.3901F, NA,       0.01183F, NA,         2.202e-05F,
          0.01356F,  NA,       NA, NA,      0.8781F, 0.4354F, NA,       0.0132F,  NA,         2.458e-05F},
         3.49455,
         1.65772,
         0.01},
        {"a Gaussian of sigma 2.1 with two holes",
         3,
         6,
         {0.01252F, 0.04171F, 0.11F, 0.23F, 0.3808F, 0.4996F, 0.01926F, 0.06416F, 0.1693F, NA, 0.5859F, NA, 0.02347F, 0.07819F,
          0.2063F, 0.4312F, 0.714F, 0.9365F},
         5.66458,
         2.34876,
         0.01},
        {"two samples at the edge", 3, 5, {0, 0, NA, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.125F, 0.125F}, 3.5, 2, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_maps maps = cvh_maps_view(cases[i].samples, 1, cases[i].rows, cases[i].cols, CVH_32F);
        for (int tied = 0; tied < 2; tied++) {
            cvh_decoder decoder;
            cvh_convention convention = {.decoder = &decoder};
            cvh_peak peak;
            ck_assert_int_eq(cvh_decoder_find(tied ? "fit_tied" : "fit", &decoder), CVH_OK);
            ck_assert_int_eq(cvh_decode(&maps, &convention, &peak), CVH_OK);
            ck_assert_msg(peak.found == CVH_FOUND_REFINED && hypot(peak.x - cases[i].x, peak.y - cases[i].y) < cases[i].reach,
                          "%s: (%.6g, %.6g) found %d", cases[i].name, peak.x, peak.y, (int)peak.found);
        }
    }
#undef NA
}
END_TEST

/* The fitted Gaussian gets so narrow between holes that its squares are 0 at every sample that is left: a sanitizer hears of a
 * division by that, and the answer is the pixel. */
START_TEST(test_nothing_but_holes_is_seen)
{
    const float off = -INFINITY, hole = (float)NAN;
    const float samples[] = {off, hole, hole, hole, 0.001F, 0.002F, 0,   0,    hole, 0.002F, off, hole,
                             0,   0,    hole, hole, hole,   hole,   off, hole, 0,    hole,   off, off};
    const cvh_maps maps = cvh_maps_view(samples, 1, 4, 6, CVH_32F);
    const cvh_decoder decoder = {.refine = CVH_REFINE_FIT_TIED, .window = 6};
    const cvh_convention convention = {.decoder = &decoder};
    cvh_peak peak;
    ck_assert_int_eq(cvh_decode(&maps, &convention, &peak), CVH_OK);
    ck_assert_msg(peak.found == CVH_FOUND_PIXEL_VALUE && peak.x == 5 && peak.y == 0, "(%.6g, %.6g) found %d", peak.x, peak.y,
                  (int)peak.found);
}
END_TEST

/* Plateaus that are wider or taller than any window have no middle that a fit could start from. */
START_TEST(test_plateaus_beyond_every_window)
{
    enum { SIDE = 200 };
    static float samples[SIDE * SIDE];
    cvh_maps maps = cvh_maps_view(samples, 1, SIDE, SIDE, CVH_32F);
    static const struct {
        const char *name;
        int left, right, bottom; /* of the row below the peak at (150, 20), and of the column under it */
    } cases[] = {{"wide", 20, 160, 21}, {"tall", 150, 150, 190}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_peak peak;
        memset(samples, 0, sizeof samples);
        for (int row = 20; row <= cases[i].bottom; row++) samples[row * SIDE + 150] = 1;
        for (int col = cases[i].left; col <= cases[i].right; col++) samples[21 * SIDE + col] = 1;
        ck_assert_int_eq(cvh_decode(&maps, NULL, &peak), CVH_OK);
        ck_assert_msg(peak.found == CVH_FOUND_PIXEL_SHAPE && peak.x == 150 && peak.y == 20, "%s: (%g, %g) found %d",
                      cases[i].name, peak.x, peak.y, (int)peak.found);
    }
}
END_TEST

static int decoder_count(void)
{
    int count = 0;
    while (cvh_decoder_name(count)) count++;
    return count;
}

int main(void)
{
    Suite *suite = suite_create("decode_shapes");
    TCase *tests = tcase_create("decode_shapes");
    tcase_add_loop_test(tests, test_every_shape_has_its_answer, 0, (int)(sizeof EXPECTATIONS / sizeof *EXPECTATIONS));
    tcase_add_test(tests, test_peaks_along_the_border);
    tcase_add_loop_test(tests, test_small_maps, 0, decoder_count());
    tcase_add_test(tests, test_lines);
    tcase_add_test(tests, test_few_samples);
    tcase_add_test(tests, test_nothing_but_holes_is_seen);
    tcase_add_test(tests, test_plateaus_beyond_every_window);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
