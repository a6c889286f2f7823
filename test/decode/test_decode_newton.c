/* SPDX-License-Identifier: Apache-2.0
 * The decoders that read a blurred map, against the plain way: blur every sample of the map, then look. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

enum { MOST = 32 };

typedef struct plain_map {
    int rows, cols;
    float samples[MOST * MOST];
    double blurred[MOST * MOST];
} plain_map;

/* Where an extended coordinate is read, one reflection at a time; -1: nowhere. */
static int plain_fold(int at, int n, cvh_border border)
{
    while (at < 0 || at >= n) {
        if (border <= CVH_BORDER_CONSTANT) return -1;
        if (border == CVH_BORDER_REPLICATE || n == 1) return at < 0 ? 0 : n - 1;
        int skip = border == CVH_BORDER_REFLECT_101;
        at = at < 0 ? -1 + skip - at : 2 * n - 1 - skip - at;
    }
    return at;
}

static double plain_sample(const plain_map *map, int row, int col, cvh_border border)
{
    int j = plain_fold(row, map->rows, border), i = plain_fold(col, map->cols, border);
    return j < 0 || i < 0 ? 0 : (double)map->samples[j * map->cols + i];
}

/* METHOD: with the part of the kernel that stays on the map when the whole stencil of this reach is blurred alike. */
static double plain_blur(const plain_map *map, int row, int col, const cvh_decoder *decoder, int left, int right, int up,
                         int down)
{
    double taps[64], sum = 0, weight = 0;
    int ksize = (int)decoder->blur_ksize, radius = ksize / 2, rx = radius, ry = radius;
    if (ksize == 0) return plain_sample(map, row, col, CVH_BORDER_CONSTANT);
    ck_assert_int_eq(cvh_gaussian_kernel(ksize, decoder->blur_sigma, CVH_64F, taps), CVH_OK);
    if (decoder->blur_border == CVH_BORDER_METHOD) {
        rx = left < rx ? left : rx;
        rx = right < rx ? right : rx;
        ry = up < ry ? up : ry;
        ry = down < ry ? down : ry;
    }
    for (int dy = -ry; dy <= ry; dy++)
        for (int dx = -rx; dx <= rx; dx++) {
            double tap = taps[radius + dy] * taps[radius + dx];
            sum += tap * plain_sample(map, row + dy, col + dx, decoder->blur_border);
            weight += tap;
        }
    return sum / weight;
}

/* The logarithm of the clamped blurred sample at (row, col), which may lie beyond the map. */
static double plain_log(const plain_map *map, int row, int col, const cvh_decoder *decoder)
{
    int j = plain_fold(row, map->rows, decoder->outside), i = plain_fold(col, map->cols, decoder->outside);
    double value = j < 0 || i < 0 ? 0 : map->blurred[j * map->cols + i];
    if (decoder->refine == CVH_REFINE_DARK) return log(fmax(value, 1e-10));
    return log(fmin(fmax(value, 1e-3), 50));
}

#define L(dx, dy) plain_log(map, row + (dy), col + (dx), decoder)

/* The published step; false where it is not defined well enough to compare. */
static bool plain_step(const plain_map *map, int row, int col, const cvh_decoder *decoder, double *x, double *y)
{
    int s = decoder->refine == CVH_REFINE_DARK ? 2 : 1;
    double gx = (L(1, 0) - L(-1, 0)) / 2, gy = (L(0, 1) - L(0, -1)) / 2, ridge = s == 1 ? 0x1p-23 : 0;
    double hxx = (L(s, 0) - 2 * L(0, 0) + L(-s, 0)) / (s * s) + ridge;
    double hyy = (L(0, s) - 2 * L(0, 0) + L(0, -s)) / (s * s) + ridge;
    double hxy = (L(1, 1) - L(1, -1) - L(-1, 1) + L(-1, -1)) / 4;
    if (s == 1) hxy = (L(1, 1) - L(1, 0) - L(0, 1) + 2 * L(0, 0) - L(-1, 0) - L(0, -1) + L(-1, -1)) / 2;
    double determinant = hxx * hyy - hxy * hxy;
    if (!(fabs(determinant) > 1e-4)) return false;
    *x = col - (hyy * gx - hxy * gy) / determinant;
    *y = row - (hxx * gy - hxy * gx) / determinant;
    return true;
}

/* A Gaussian somewhere, also beyond the edge, with noise that keeps samples positive here and negative there. */
static void draw_random(plain_map *map, random_state *random)
{
    map->rows = random_int(random, 1, MOST);
    map->cols = random_int(random, 1, MOST);
    double x = random_real(random) * (map->cols + 3) - 2, y = random_real(random) * (map->rows + 3) - 2;
    double sigma = 0.7 + 3 * random_real(random), noise = 0.05 * random_real(random);
    for (int i = 0; i < map->rows * map->cols; i++) {
        double dx = i % map->cols - x, dy = i / map->cols - y;
        map->samples[i] = (float)(exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)) + noise * random_normal(random));
    }
}

static void blur_all(plain_map *map, const cvh_decoder *decoder)
{
    for (int i = 0; i < map->rows * map->cols; i++)
        map->blurred[i] = plain_blur(map, i / map->cols, i % map->cols, decoder, 0, 0, 0, 0);
}

static cvh_decoder random_decoder(random_state *random, cvh_refine refine)
{
    static const int ksizes[] = {0, 1, 3, 5, 7, 9, 11, 13, 17, 23, 63};
    return (cvh_decoder){
        .threshold = -INFINITY,
        .blur_ksize = ksizes[random_int(random, 0, 10)],
        .blur_sigma = random_int(random, 0, 1) ? 0 : 0.5 + 3 * random_real(random),
        .blur_border = (cvh_border)random_int(random, CVH_BORDER_CONSTANT, CVH_BORDER_REFLECT_101),
        .refine = refine,
        .outside = (cvh_border)random_int(random, CVH_BORDER_CONSTANT, CVH_BORDER_REFLECT_101),
        .step = CVH_STEP_PUBLISHED,
    };
}

static cvh_peak decode(const plain_map *map, const cvh_decoder *decoder)
{
    cvh_maps maps = cvh_maps_view(map->samples, 1, map->rows, map->cols, CVH_32F);
    cvh_convention convention = {.decoder = decoder};
    cvh_peak peak;
    ck_assert_msg(cvh_decode(&maps, &convention, &peak) == CVH_OK, "%s", cvh_last_error());
    return peak;
}

/* As published, with any border of the blur and of the stencil: to 1e-6 of a pixel where the Hessian is not degenerate. */
START_TEST(test_published_steps)
{
    cvh_refine refine = _i ? CVH_REFINE_DARK : CVH_REFINE_UDP;
    random_state random = random_start(11 + (uint64_t)_i), first = random;
    int compared = 0;
    for (int i = 0; i < 1500; i++) {
        static plain_map map;
        cvh_decoder decoder = random_decoder(&random, refine), pixel_decoder = decoder;
        pixel_decoder.refine = CVH_REFINE_NONE;
        draw_random(&map, &random);
        blur_all(&map, &decoder);
        cvh_peak pixel = decode(&map, &pixel_decoder), peak = decode(&map, &decoder);
        double x, y;
        if (!plain_step(&map, (int)pixel.y, (int)pixel.x, &decoder, &x, &y)) continue;
        compared++;
        double tolerance = 1e-6 * (1 + hypot(x - pixel.x, y - pixel.y));
        ck_assert_msg(
            fabs(peak.x - x) < tolerance && fabs(peak.y - y) < tolerance && peak.found == CVH_FOUND_REFINED,
            "map %d (%dx%d) of generator state %llu, ksize %g border %d outside %d, pixel (%g, %g): (%.9g, %.9g) found "
            "%d, expected (%.9g, %.9g)",
            i, map.rows, map.cols, (unsigned long long)first.state, decoder.blur_ksize, (int)decoder.blur_border,
            (int)decoder.outside, pixel.x, pixel.y, peak.x, peak.y, (int)peak.found, x, y);
    }
    ck_assert_int_ge(compared, 700);
}
END_TEST

/* The bounded step: stencil and kernel stay on the map, the Hessian is negative definite, the step is short. */
START_TEST(test_bounded_steps)
{
    random_state random = random_start(31), first = random;
    int refined = 0;
    for (int i = 0; i < 3000; i++) {
        static plain_map map;
        cvh_decoder decoder = random_decoder(&random, i % 2 ? CVH_REFINE_DARK : CVH_REFINE_UDP);
        int s = i % 2 ? 2 : 1;
        decoder.blur_border = decoder.outside = CVH_BORDER_METHOD;
        decoder.step = CVH_STEP_CHECKED;
        cvh_decoder pixel_decoder = {.threshold = -INFINITY, .refine = CVH_REFINE_NONE};
        draw_random(&map, &random);
        cvh_peak pixel = decode(&map, &pixel_decoder), peak = decode(&map, &decoder);
        if (map.rows < 2 * s + 1 || map.cols < 2 * s + 1) {
            ck_assert_int_eq(peak.found, CVH_FOUND_PIXEL_EDGE);
            continue;
        }
        int row = (int)fmin(fmax(pixel.y, s), map.rows - 1 - s), col = (int)fmin(fmax(pixel.x, s), map.cols - 1 - s);
        for (int dy = -s; dy <= s; dy++)
            for (int dx = -s; dx <= s; dx++)
                map.blurred[(row + dy) * map.cols + col + dx] = plain_blur(
                    &map, row + dy, col + dx, &decoder, col - s, map.cols - 1 - col - s, row - s, map.rows - 1 - row - s);
        double x, y;
        if (peak.found != CVH_FOUND_REFINED) {
            ck_assert(peak.x == pixel.x && peak.y == pixel.y);
            ck_assert(peak.found == CVH_FOUND_PIXEL_SHAPE || peak.found == CVH_FOUND_PIXEL_VALUE);
            continue;
        }
        ck_assert_double_le(hypot(peak.x - pixel.x, peak.y - pixel.y), 1);
        if (s == 1) decoder.outside = CVH_BORDER_REPLICATE; /* not looked at: the stencil is inside */
        bool clamps = false;
        for (int dy = -s; dy <= s; dy++)
            for (int dx = -s; dx <= s; dx++) clamps |= map.blurred[(row + dy) * map.cols + col + dx] < 2e-3;
        if (clamps || !plain_step(&map, row, col, &decoder, &x, &y)) continue;
        refined++;
        ck_assert_msg(hypot(peak.x - x, peak.y - y) < 2e-5,
                      "map %d (%dx%d) of generator state %llu, ksize %g, pixel (%g, %g): (%.9g, %.9g), expected (%.9g, %.9g)",
                      i, map.rows, map.cols, (unsigned long long)first.state, decoder.blur_ksize, pixel.x, pixel.y, peak.x,
                      peak.y, x, y);
    }
    ck_assert_int_ge(refined, 800);
}
END_TEST

/* A search on the blurred map gives the plain blur's maximum, for every border. */
START_TEST(test_blurred_search)
{
    random_state random = random_start(41), first = random;
    for (int i = 0; i < 400; i++) {
        static plain_map map;
        cvh_decoder decoder = random_decoder(&random, CVH_REFINE_NONE);
        decoder.blur_search = 1;
        draw_random(&map, &random);
        blur_all(&map, &decoder);
        double most = -INFINITY;
        for (int k = 0; k < map.rows * map.cols; k++) most = fmax(most, map.blurred[k]);
        cvh_peak peak = decode(&map, &decoder);
        double here = map.blurred[(int)peak.y * map.cols + (int)peak.x];
        ck_assert_msg(here >= most - 1e-12, "map %d of generator state %llu: %.17g at (%g, %g), the maximum is %.17g", i,
                      (unsigned long long)first.state, here, peak.x, peak.y, most);
    }
}
END_TEST

/* Whatever refinement reads a blurred map reads the same samples whether the search saw them or not. */
START_TEST(test_blur_where_it_is_read)
{
    static const cvh_refine refinements[] = {CVH_REFINE_FIT,         CVH_REFINE_SIGN,        CVH_REFINE_CENTROID,
                                             CVH_REFINE_SOFT_ARGMAX, CVH_REFINE_SECOND_PEAK, CVH_REFINE_DARK};
    plain_map map = {.rows = 20, .cols = 24};
    for (int i = 0; i < 20 * 24; i++) map.samples[i] = (float)exp(-(pow(i % 24 - 9.2, 2) + pow(i / 24 - 7.7, 2)) / 8);
    cvh_decoder decoder = {.blur_ksize = 5, .blur_border = CVH_BORDER_REPLICATE, .refine = refinements[_i]};
    cvh_peak one = decode(&map, &decoder);
    decoder.blur_search = 1;
    cvh_peak two = decode(&map, &decoder);
    ck_assert_msg(fabs(one.x - two.x) < 1e-9 && fabs(one.y - two.y) < 1e-9 && one.found == two.found,
                  "refinement %d: (%.12g, %.12g) found %d and (%.12g, %.12g) found %d", (int)refinements[_i], one.x, one.y,
                  (int)one.found, two.x, two.y, (int)two.found);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_newton");
    TCase *tests = tcase_create("decode_newton");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, test_published_steps, 0, 2);
    tcase_add_test(tests, test_bounded_steps);
    tcase_add_test(tests, test_blurred_search);
    tcase_add_loop_test(tests, test_blur_where_it_is_read, 0, 6);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
