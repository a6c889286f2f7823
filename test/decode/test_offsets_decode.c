/* SPDX-License-Identifier: Apache-2.0
 * Offset maps read: there and back by every project's convention, and what is said of odd ones; and maps of logits. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

enum { ROWS = 64, COLS = 48, PLANE = ROWS * COLS, STRIDE = 4 };

static float map[PLANE], dx[PLANE], dy[PLANE];

static cvh_maps view_of(float *samples)
{
    return cvh_maps_view(samples, 1, ROWS, COLS, CVH_32F);
}

static cvh_convention fitted(const char *name)
{
    cvh_convention c;
    ck_assert_msg(cvh_convention_find(name, &c) == CVH_OK, "%s", cvh_last_error());
    bool corners = c.geometry == CVH_GEOMETRY_CORNERS && !strcmp(name, "posenet");
    int rows = corners ? (ROWS - 1) * STRIDE + 1 : ROWS * STRIDE, cols = corners ? (COLS - 1) * STRIDE + 1 : COLS * STRIDE;
    ck_assert_msg(cvh_convention_fit(&c, rows, cols, ROWS, COLS) == CVH_OK, "%s", cvh_last_error());
    return c;
}

/* ---------------------------------------------------------------------------------------------------------- there and back */

/* The error in input pixels. */
static double there_and_back(const char *name, double x, double y)
{
    static const cvh_gaussian shape = {.ksize_x = 9};
    cvh_convention c = fitted(name);
    cvh_maps maps = view_of(map), along_x = view_of(dx), along_y = view_of(dy);
    cvh_keypoint point = {.x = x, .y = y, .gaussian = !strcmp(name, "centernet") ? &shape : NULL};
    cvh_decoder largest = {.threshold = -INFINITY, .refine = CVH_REFINE_NONE};
    cvh_peak peak;
    ck_assert_msg(cvh_encode_offsets(&maps, &along_x, &along_y, &point, 1, &c, NULL) == CVH_OK, "%s", cvh_last_error());
    if (!c.decoder) c.decoder = &largest;
    ck_assert_msg(cvh_decode_offsets(&maps, &along_x, &along_y, &c, &peak) == CVH_OK, "%s", cvh_last_error());
    ck_assert_msg(peak.found == CVH_FOUND_REFINED, "%s at (%g, %g): %s", name, x, y, cvh_found_text((int)peak.found));
    return hypot(peak.x - x, peak.y - y);
}

/* Every project finds its own targets again, but UDP-Pose, whose decoder blurs the offsets: reflected at the upper and lower
 * edge they keep their sign, and pull the point outwards. */
START_TEST(test_there_and_back)
{
    static const char *const names[] = {"centernet", "mmpose_combined", "deeplabcut", "posenet", "udp_combined"};
    random_state random = random_start(0x0FF5);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        double within = 0, edge = 0;
        for (int i = 0; i < 60; i++) {
            double x = 40 + random_real(&random) * 100, y = 60 + random_real(&random) * 120;
            within = fmax(within, there_and_back(names[k], x, y));
            edge = fmax(edge, there_and_back(names[k], x, random_real(&random) * 4));
        }
        bool blurs = !strcmp(names[k], "udp_combined");
        ck_assert_msg(within < (blurs ? 0.2 : 2e-4), "%s: off by %g input pixels within", names[k], within);
        ck_assert_msg(blurs ? edge > 4 && edge < 6.5 : edge < 2e-4, "%s: off by %g input pixels at the edge", names[k], edge);
    }
}
END_TEST

/* Two objects of two classes on shared offset maps, as CenterNet has them; the decoder's half pixel is for maps without. */
START_TEST(test_peaks_of_classes)
{
    static float classes[2 * PLANE];
    static const cvh_gaussian shape = {.ksize_x = 7};
    const cvh_keypoint points[] = {{.x = 41.3, .y = 80.9, .map = 0, .gaussian = &shape},
                                   {.x = 150.1, .y = 33.2, .map = 1, .gaussian = &shape},
                                   {.x = 20.7, .y = 200.4, .map = 1, .gaussian = &shape}};
    cvh_convention c = fitted("centernet");
    cvh_maps maps = cvh_maps_view(classes, 2, ROWS, COLS, CVH_32F), along_x = view_of(dx), along_y = view_of(dy);
    cvh_peak peaks[8];
    size_t count;
    ck_assert_int_eq(cvh_encode_offsets(&maps, &along_x, &along_y, points, 3, &c, NULL), CVH_OK);
    ck_assert_msg(cvh_find_peaks_offsets(&maps, &along_x, &along_y, &c, peaks, 8, &count) == CVH_OK, "%s", cvh_last_error());
    ck_assert_uint_eq(count, 3);
    for (int i = 0; i < 3; i++) {
        int which = i; /* equal scores come in raster order */
        ck_assert_msg(peaks[i].map == points[which].map
                          && hypot(peaks[i].x - points[which].x, peaks[i].y - points[which].y) < 1e-4,
                      "peak %d: (%g, %g) of map %d", i, peaks[i].x, peaks[i].y, peaks[i].map);
    }
    ck_assert_int_eq(cvh_find_peaks(&maps, &c, peaks, 8, &count), CVH_OK);
    ck_assert(peaks[0].x == (10 + 0.5) * STRIDE && peaks[0].y == (20 + 0.5) * STRIDE);
    assert_refused("capacity", cvh_find_peaks_offsets(&maps, &along_x, &along_y, &c, peaks, 2, &count), "capacity is 2");
    ck_assert_uint_eq(count, 3);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------ odd offsets */

START_TEST(test_odd_offsets)
{
    cvh_maps maps = view_of(map), along_x = view_of(dx), along_y = view_of(dy);
    cvh_peak peak;
    memset(map, 0, sizeof map), memset(dx, 0, sizeof dx), memset(dy, 0, sizeof dy);
    map[10 * COLS + 20] = 1;
    dx[10 * COLS + 20] = 100.5F, dy[10 * COLS + 20] = -200;
    ck_assert_int_eq(cvh_decode_offsets(&maps, &along_x, &along_y, NULL, &peak), CVH_OK); /* off the map is where it says */
    ck_assert(peak.found == CVH_FOUND_REFINED && peak.x == 120.5 && peak.y == -190 && peak.score == 1);
    ck_assert(isnan(peak.sigma_x) && isnan(peak.sigma_y));
    dx[10 * COLS + 20] = (float)NAN;
    ck_assert_int_eq(cvh_decode_offsets(&maps, &along_x, &along_y, NULL, &peak), CVH_OK);
    ck_assert(peak.found == CVH_FOUND_PIXEL_VALUE && peak.x == 20 && peak.y == 10);
    dx[10 * COLS + 20] = 0, dy[10 * COLS + 20] = 2e9F;
    ck_assert_int_eq(cvh_decode_offsets(&maps, &along_x, &along_y, NULL, &peak), CVH_OK);
    ck_assert(peak.found == CVH_FOUND_PIXEL_VALUE && peak.x == 20 && peak.y == 10);
    map[10 * COLS + 20] = 0;
    ck_assert_int_eq(cvh_decode_offsets(&maps, &along_x, &along_y, NULL, &peak), CVH_OK);
    ck_assert(peak.found == CVH_FOUND_WEAK && isnan(peak.x) && peak.score == 0);
    cvh_maps smaller = cvh_maps_view(dx, 1, ROWS, COLS - 1, CVH_32F);
    assert_refused("another size", cvh_decode_offsets(&maps, &smaller, &along_y, NULL, &peak),
                   "dx is 1 maps of 64x47; it must be 1 or 1 of 64x48");
}
END_TEST

/* Any depth: offsets as bytes with a scale. */
START_TEST(test_offsets_of_bytes)
{
    static unsigned char bytes[2][PLANE];
    cvh_maps maps = view_of(map), along_x = cvh_maps_view(bytes[0], 1, ROWS, COLS, CVH_8U), along_y = along_x;
    cvh_peak peak;
    memset(map, 0, sizeof map);
    map[7 * COLS + 9] = 1;
    bytes[0][7 * COLS + 9] = 140, bytes[1][7 * COLS + 9] = 96;
    along_x.scale = along_y.scale = 1.0 / 64, along_x.zero = along_y.zero = 128;
    along_y.data = bytes[1];
    ck_assert_msg(cvh_decode_offsets(&maps, &along_x, &along_y, NULL, &peak) == CVH_OK, "%s", cvh_last_error());
    ck_assert(peak.x == 9 + 12.0 / 64 && peak.y == 7 - 0.5);
}
END_TEST

/* ----------------------------------------------------------------------------------------------------------------- logits */

static void draw_logits(double x, double y, double sigma)
{
    for (int i = 0; i < PLANE; i++) {
        double d = hypot(i % COLS - x, i / COLS - y), p = 0.9 * exp(-d * d / (2 * sigma * sigma)) + 1e-6;
        map[i] = (float)log(p / (1 - p));
    }
}

/* Refinements see the activated map: as near as on it. The threshold is a value too. */
START_TEST(test_logits_are_read_through_the_sigmoid)
{
    static float values[PLANE];
    static const cvh_refine refines[] = {CVH_REFINE_FIT,  CVH_REFINE_NONE, CVH_REFINE_SIGN,
                                         CVH_REFINE_DARK, CVH_REFINE_UDP,  CVH_REFINE_CENTROID};
    cvh_maps logits = view_of(map), activated = view_of(values);
    draw_logits(20.3, 31.6, 2);
    for (int i = 0; i < PLANE; i++) values[i] = (float)(1 / (1 + exp(-(double)map[i])));
    for (size_t k = 0; k < sizeof refines / sizeof *refines; k++)
        for (int blur = 0; blur < 3; blur++) {
            cvh_decoder decoder = {.refine = refines[k], .blur_ksize = blur ? 7 : 0, .blur_search = blur == 2};
            cvh_convention c = {.decoder = &decoder};
            cvh_peak expected, actual, peaks[4];
            size_t count;
            ck_assert_int_eq(cvh_decode(&activated, &c, &expected), CVH_OK);
            decoder.activation = CVH_ACTIVATION_SIGMOID;
            ck_assert_int_eq(cvh_decode(&logits, &c, &actual), CVH_OK);
            ck_assert_msg(actual.found == expected.found && hypot(actual.x - expected.x, actual.y - expected.y) < 1e-4
                              && fabs(actual.score - expected.score) < 1e-6,
                          "refinement %d, blur %d: (%g, %g) score %g found %d, activated (%g, %g) score %g found %d",
                          (int)refines[k], blur, actual.x, actual.y, actual.score, (int)actual.found, expected.x, expected.y,
                          expected.score, (int)expected.found);
            decoder.threshold = 0.5;
            ck_assert_int_eq(cvh_find_peaks(&logits, &c, peaks, 4, &count), CVH_OK);
            ck_assert_msg(count == 1 && hypot(peaks[0].x - actual.x, peaks[0].y - actual.y) < 1e-9, "%zu peaks", count);
            decoder.threshold = 0.95;
            ck_assert_int_eq(cvh_decode(&logits, &c, &actual), CVH_OK);
            ck_assert(actual.found == CVH_FOUND_WEAK);
            decoder.threshold = 1;
            ck_assert_int_eq(cvh_decode(&logits, &c, &actual), CVH_OK);
            ck_assert(actual.found == CVH_FOUND_WEAK);
        }
}
END_TEST

/* Where the sigmoid is 1 in float32 the larger logit is still the larger. */
START_TEST(test_saturated_logits)
{
    cvh_decoder decoder = {.refine = CVH_REFINE_NONE, .activation = CVH_ACTIVATION_SIGMOID};
    cvh_convention c = {.decoder = &decoder};
    cvh_maps logits = view_of(map);
    cvh_peak peak;
    for (int i = 0; i < PLANE; i++) map[i] = -9;
    map[100] = 22, map[2000] = 30;
    ck_assert_int_eq(cvh_decode(&logits, &c, &peak), CVH_OK);
    ck_assert(peak.x == 2000 % COLS && peak.y == 2000 / COLS && peak.score > 0.999);
}
END_TEST

static Suite *offsets_suite(void)
{
    Suite *suite = suite_create("offsets_decode");
    TCase *tests = tcase_create("offsets");
    tcase_add_test(tests, test_there_and_back);
    tcase_add_test(tests, test_peaks_of_classes);
    tcase_add_test(tests, test_odd_offsets);
    tcase_add_test(tests, test_offsets_of_bytes);
    tcase_add_test(tests, test_logits_are_read_through_the_sigmoid);
    tcase_add_test(tests, test_saturated_logits);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return run_suite(offsets_suite());
}
