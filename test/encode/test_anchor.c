/* SPDX-License-Identifier: Apache-2.0
 * The third anchor: closed forms in long double, worked here from the mathematics alone. They share no code, no order of
 * summation and no exponential with the patch or with OpenCV, so a mistake that both made would show. */
#include <float.h>
#include <math.h>

#include "support/support.h"

enum { ROWS = 19, COLS = 23 };

typedef struct drawing {
    const char *name;
    cvh_method_fn method;
    cvh_norm norm;
    cvh_border border;
} drawing;

typedef struct gaussian_case {
    double x, y, sigma_x, sigma_y;
    int ksize_x, ksize_y;
    double peak;
} gaussian_case;

/* The pixel that the extended coordinate q shows; -1: none. Closed forms: the remainder modulo the border's period. */
static int shown(cvh_border border, int length, int q)
{
    if (q >= 0 && q < length) return q;
    if (border == CVH_BORDER_CONSTANT || border == CVH_BORDER_METHOD) return -1;
    if (border == CVH_BORDER_REPLICATE) return q < 0 ? 0 : length - 1;
    int period = border == CVH_BORDER_REFLECT ? 2 * length : 2 * (length - 1);
    int rest = ((q % period) + period) % period;
    if (rest < length) return rest;
    return border == CVH_BORDER_REFLECT ? period - 1 - rest : period - rest;
}

static long double bell(long double d, long double sigma)
{
    return expl(-d * d / (2 * sigma * sigma));
}

/* What pixel p sees of the pixel at c through a window of ksize: the sum over the copies in it; normalised: divided by the sum
 * of the whole window. */
static long double profile(cvh_border border, int length, int p, int c, int ksize, double sigma, bool normalised)
{
    long double value = 0, sum = 0;
    for (int k = -(ksize / 2); k <= ksize / 2; k++) {
        sum += bell(k, sigma);
        if (shown(border, length, p + k) == c) value += bell(k, sigma);
    }
    return normalised ? value / sum : value;
}

static long double closed_form(const drawing *how, const gaussian_case *g, int row, int col)
{
    bool normalised = how->norm != CVH_NORM_NONE;
    return profile(how->border, COLS, col, (int)g->x, g->ksize_x, g->sigma_x, normalised)
           * profile(how->border, ROWS, row, (int)g->y, g->ksize_y, g->sigma_y, normalised);
}

/* The factor by which `norm` scales the closed form. */
static long double scale_of(const drawing *how, const gaussian_case *g)
{
    long double largest = 0;
    if (how->norm == CVH_NORM_NONE || how->norm == CVH_NORM_KERNEL) return g->peak;
    if (how->norm == CVH_NORM_CENTRE) return g->peak / closed_form(how, g, (int)g->y, (int)g->x);
    for (int i = 0; i < ROWS * COLS; i++) largest = fmaxl(largest, closed_form(how, g, i / COLS, i % COLS));
    return g->peak / largest;
}

/* Rounding: the argument of exp carries 3 roundings, so exp carries 3 times its argument, at most 2 (r/sigma)^2; sums, products
 * and the rescaling add a dozen. Floats round the finished taps, so their argument does not matter, but taps below FLT_MIN lose
 * bits. */
static long double allowed(cvh_depth depth, const gaussian_case *g, long double expected)
{
    long double ex = powl(g->ksize_x / 2 / (long double)g->sigma_x, 2), ey = powl(g->ksize_y / 2 / (long double)g->sigma_y, 2);
    if (depth == CVH_64F) return expected * DBL_EPSILON * (12 + 3 * (ex + ey));
    return expected * FLT_EPSILON * 12 + FLT_TRUE_MIN * fmaxl(1, g->peak) * 64;
}

static void check_drawing(const drawing *how, const gaussian_case *g, cvh_depth depth)
{
    guarded_maps drawn = guarded_new(1, ROWS, COLS, depth);
    cvh_keypoint point = {.x = g->x, .y = g->y};
    cvh_convention convention = {
        .gaussian = {g->sigma_x, g->sigma_y, g->ksize_x, g->ksize_y, g->peak}, .norm = how->norm, .border = how->border};
    ck_assert_msg(how->method(&drawn.maps, &point, 1, &convention) == CVH_OK, "%s: %s", how->name, cvh_last_error());
    ck_assert(guarded_intact(&drawn));
    long double scale = scale_of(how, g);
    for (int i = 0; i < ROWS * COLS; i++) {
        long double expected = closed_form(how, g, i / COLS, i % COLS) * scale;
        double actual = sample(&drawn.maps, 0, i / COLS, i % COLS);
        if (fabsl(actual - expected) <= allowed(depth, g, expected)) continue;
        ck_abort_msg(
            "%s, norm %d, border %d, depth %d, keypoint %g, %g, ksize %dx%d, sigma %g, %g: row %d col %d: %.17g, closed "
            "form %.20Lg",
            how->name, (int)how->norm, (int)how->border, (int)depth, g->x, g->y, g->ksize_x, g->ksize_y, g->sigma_x, g->sigma_y,
            i / COLS, i % COLS, actual, expected);
    }
    guarded_free(&drawn);
}

static const gaussian_case cases[] = {
    {11, 9, 2, 2, 15, 15, 1},     {11, 9, 2, 2, 15, 15, 255},  {0, 0, 2, 2, 15, 15, 255},        {22, 18, 2, 2, 15, 15, 255},
    {0, 18, 1, 3, 7, 19, 1},      {22, 0, 3, 1, 19, 7, 0.5},   {3, 4, 5, 0.7, 31, 5, 1},         {1, 17, 0.3, 8, 3, 61, 1},
    {20, 2, 8, 8, 61, 61, 1e3},   {5, 5, 100, 100, 9, 9, 1},   {12, 3, 1.25, 2.5, 11, 21, 1e-3}, {21, 10, 4, 4, 1, 33, 1},
    {7, 16, 0.5, 0.5, 13, 13, 1}, {2, 2, 1.5, 1.5, 99, 99, 2}, {10, 10, 1e3, 1e3, 45, 37, 1},
};

static void check_cases(const drawing *how)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_drawing(how, &cases[i], CVH_32F);
        check_drawing(how, &cases[i], CVH_64F);
    }
}

enum { NORMS = 3, BORDERS = 4 };

/* One test a norm and border, since Check cannot tell of a test that takes 36 minutes, as all of them do in an emulator. */
START_TEST(both_methods_at_every_border)
{
    static const cvh_norm norms[NORMS] = {CVH_NORM_KERNEL, CVH_NORM_MAX, CVH_NORM_CENTRE};
    const cvh_norm norm = norms[_i / BORDERS];
    const cvh_border border = (cvh_border)(CVH_BORDER_CONSTANT + _i % BORDERS);
    const drawing patch = {"patch", cvh_patch, norm, border}, blur = {"blur", cvh_blur, norm, border};
    check_cases(&patch);
    check_cases(&blur);
}
END_TEST

START_TEST(plain_patch)
{
    for (int border = CVH_BORDER_METHOD; border <= CVH_BORDER_REFLECT_101; border++) {
        drawing patch = {"patch", cvh_patch, CVH_NORM_NONE, (cvh_border)border};
        check_cases(&patch);
    }
}
END_TEST

/* Sub-pixel Gaussians, clipped: exp(-d^2 / 2 sigma^2) in the window of the snapped pixel, 0 outside, cut at max_exponent. */
static void check_subpixel(random_state *random, cvh_depth depth)
{
    uint64_t state = random->state;
    double x = 30 * random_real(random) - 4, y = 26 * random_real(random) - 4, sigma = 0.5 + 3 * random_real(random);
    int radius = random_int(random, 0, 9);
    double limit = random_int(random, 0, 1) ? 1 + 6 * random_real(random) : 0;
    double data[ROWS * COLS] = {0};
    cvh_maps maps = cvh_maps_view(data, 1, ROWS, COLS, depth);
    cvh_keypoint point = {.x = x, .y = y};
    cvh_convention convention = {.gaussian = {.sigma_x = sigma, .ksize_x = 2 * radius + 1, .peak = 3},
                                 .centre = CVH_CENTRE_SUBPIXEL,
                                 .max_exponent = limit};
    ck_assert_int_eq(cvh_patch(&maps, &point, 1, &convention), CVH_OK);
    for (int i = 0; i < ROWS * COLS; i++) {
        int col = i % COLS, row = i / COLS;
        long double dx = col - (long double)x, dy = row - (long double)y;
        long double exponent = (dx * dx + dy * dy) / (2 * (long double)sigma * sigma);
        bool inside = fabs(col - floor(x + 0.5)) <= radius && fabs(row - floor(y + 0.5)) <= radius;
        long double expected = inside && !(limit > 0 && exponent > limit) ? 3 * expl(-exponent) : 0;
        long double room =
            depth == CVH_64F ? (8 + 6 * exponent) * DBL_EPSILON * expected : 8 * FLT_EPSILON * expected + 64 * FLT_TRUE_MIN;
        double actual = sample(&maps, 0, row, col);
        if (!(fabsl(actual - expected) <= room))
            ck_abort_msg(
                "depth %d, x %.17g y %.17g sigma %g radius %d limit %g (state %llu): row %d col %d: %.17g, closed form "
                "%.20Lg",
                (int)depth, x, y, sigma, radius, limit, (unsigned long long)state, row, col, actual, expected);
    }
}

START_TEST(subpixel_patches)
{
    random_state random = random_start(31);
    for (int i = 0; i < 2000; i++) check_subpixel(&random, i % 2 ? CVH_64F : CVH_32F);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("anchor");
    TCase *tcase = tcase_create("anchor");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, both_methods_at_every_border, 0, NORMS * BORDERS);
    tcase_add_test(tcase, plain_patch);
    tcase_add_test(tcase, subpixel_patches);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
