/* SPDX-License-Identifier: Apache-2.0
 * cvh_decode: the arg-max, the frame, the score, any layout, and what it refuses. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/layouts.h"

static void put(const cvh_maps *maps, int map, int row, int col, double value)
{
    unsigned char *at = layout_at(maps, map, row, col);
    float single = (float)value;
    memcpy(at, maps->depth == CVH_32F ? (void *)&single : (void *)&value,
           maps->depth == CVH_32F ? sizeof single : sizeof value);
}

static cvh_peak decode_by(const cvh_maps *maps, const cvh_decoder *decoder)
{
    cvh_convention convention = {.decoder = decoder};
    cvh_peak peak;
    ck_assert_msg(cvh_decode(maps, &convention, &peak) == CVH_OK, "%s", cvh_last_error());
    return peak;
}

static const cvh_decoder PIXEL = {.threshold = -INFINITY, .refine = CVH_REFINE_NONE};

/* ---------------------------------------------------------------------------------------------------------------- arg-max */

/* The plainest search there is. */
static bool naive_maximum(const cvh_maps *maps, int *best_row, int *best_col)
{
    double best = -INFINITY;
    for (int row = 0; row < maps->rows; row++)
        for (int col = 0; col < maps->cols; col++)
            if (sample(maps, 0, row, col) > best) {
                best = sample(maps, 0, row, col);
                *best_row = row;
                *best_col = col;
            }
    return best > -INFINITY;
}

/* Few different values, so that most maxima are shared; now and then NaN, infinities and zeros of both signs. */
static double random_sample(random_state *random)
{
    static const double special[] = {NAN, -INFINITY, 0.0, -0.0, INFINITY};
    int kind = random_int(random, 0, 999);
    return kind < 5 ? special[kind] : random_int(random, -20, kind % 40);
}

START_TEST(test_maximum_is_the_first_in_raster_order)
{
    random_state random = random_start(5 + (uint64_t)_i), first = random;
    for (int i = 0; i < 400; i++) {
        int rows = random_int(&random, 1, i % 8 ? 20 : 90), cols = random_int(&random, 1, i % 8 ? 20 : 90);
        laid_out made = laid_out_new((layout)_i, 1, rows, cols, random_int(&random, 0, 1) ? CVH_32F : CVH_64F);
        for (int row = 0; row < rows; row++)
            for (int col = 0; col < cols; col++) put(&made.maps, 0, row, col, random_sample(&random));
        int row = 0, col = 0;
        bool any = naive_maximum(&made.maps, &row, &col);
        cvh_peak peak = decode_by(&made.maps, &PIXEL);
        ck_assert_msg(any ? peak.x == col && peak.y == row && peak.found == CVH_FOUND_PIXEL : peak.found == CVH_FOUND_NOTHING,
                      "%s, map %d (%dx%d) of generator state %llu: (%g, %g), expected (%d, %d)", layout_names[_i], i, rows,
                      cols, (unsigned long long)first.state, peak.x, peak.y, col, row);
        laid_out_free(&made);
    }
}
END_TEST

/* Every place of a 64x48 map, alone and followed by an equal one. */
START_TEST(test_every_pixel_can_win)
{
    static float samples[64 * 48];
    cvh_maps maps = cvh_maps_view(samples, 1, 64, 48, CVH_32F);
    for (int i = 0; i < 64 * 48; i++) {
        for (int later = i; later < 64 * 48; later += 611) {
            samples[i] = samples[later] = 2;
            cvh_peak peak = decode_by(&maps, &PIXEL);
            ck_assert_msg(peak.x == i % 48 && peak.y == i / 48 && peak.score == 2, "pixel %d: (%g, %g)", i, peak.x, peak.y);
            samples[later] = samples[i] = 0;
        }
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- layouts and depths */

/* Three noisy maps with a peak each. */
static void draw_maps(const cvh_maps *maps, uint64_t seed)
{
    random_state random = random_start(seed);
    for (int map = 0; map < maps->count; map++)
        for (int row = 0; row < maps->rows; row++)
            for (int col = 0; col < maps->cols; col++) {
                double dx = col - 4.3 - 7 * map, dy = row - 3.6 - 4 * map;
                put(maps, map, row, col, (float)(exp(-(dx * dx + dy * dy) / 8) + 0.01 * random_normal(&random)));
            }
}

START_TEST(test_layout_and_depth_change_no_bit)
{
    laid_out packed = laid_out_new(LAYOUT_PACKED, 3, 19, 26, CVH_32F),
             other = laid_out_new((layout)(_i / 2), 3, 19, 26, _i % 2 ? CVH_64F : CVH_32F);
    draw_maps(&packed.maps, 9);
    draw_maps(&other.maps, 9);
    for (int i = 0; cvh_decoder_name(i); i++) {
        cvh_decoder decoder;
        cvh_peak expected[3], actual[3];
        ck_assert_int_eq(cvh_decoder_find(cvh_decoder_name(i), &decoder), CVH_OK);
        if (!decoder_runs(&decoder)) continue;
        cvh_convention convention = {.scale_x = 0.3, .offset_x = -2, .scale_y = 0.7, .decoder = &decoder};
        ck_assert_int_eq(cvh_decode(&packed.maps, &convention, expected), CVH_OK);
        ck_assert_int_eq(cvh_decode(&other.maps, &convention, actual), CVH_OK);
        for (int map = 0; map < 3; map++)
            ck_assert_msg(memcmp(&expected[map].x, &actual[map].x, 3 * sizeof(double)) == 0 && actual[map].map == map
                              && expected[map].found == actual[map].found,
                          "%s, %s, %s, map %d: (%.17g, %.17g) score %.17g, packed (%.17g, %.17g) score %.17g",
                          cvh_decoder_name(i), layout_names[_i / 2], _i % 2 ? "64F" : "32F", map, actual[map].x, actual[map].y,
                          actual[map].score, expected[map].x, expected[map].y, expected[map].score);
    }
    ck_assert(laid_out_gaps_intact(&other));
    laid_out_free(&packed);
    laid_out_free(&other);
}
END_TEST

/* --------------------------------------------------------------------------------------------------------- frame and score */

/* Keypoints come back in the frame that they were given in. */
START_TEST(test_frame_is_the_conventions)
{
    const cvh_convention frames[] = {
        {.scale_x = 0},
        {.scale_x = 0.25, .scale_y = 0.25},
        {.scale_x = 0.25, .scale_y = 0.5, .offset_x = -0.375, .offset_y = 3},
        {.scale_x = -1, .scale_y = 2, .offset_x = 47},
    };
    static float samples[64 * 48];
    cvh_maps maps = cvh_maps_view(samples, 1, 64, 48, CVH_32F);
    for (int i = 0; i < 64 * 48; i++) samples[i] = (float)exp(-(pow(i % 48 - 20.3, 2) + pow(i / 48 - 31.6, 2)) / 8);
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        double sx = frames[i].scale_x == 0 ? 1 : frames[i].scale_x, sy = frames[i].scale_y == 0 ? 1 : frames[i].scale_y;
        cvh_peak peak;
        ck_assert_int_eq(cvh_decode(&maps, &frames[i], &peak), CVH_OK);
        ck_assert_msg(fabs(peak.x - (20.3 - frames[i].offset_x) / sx) < 1e-5 / fabs(sx)
                          && fabs(peak.y - (31.6 - frames[i].offset_y) / sy) < 1e-5 / fabs(sy),
                      "frame %zu: (%.9g, %.9g)", i, peak.x, peak.y);
    }
}
END_TEST

/* A map whose peak of 200 is at (6, 4), with 100 to its right and 150 below. */
static const struct {
    const char *name;
    cvh_decoder decoder;
    double x, y, score;
} REPORTS[] = {
    {"value", {.refine = CVH_REFINE_NONE}, 6, 4, 200},
    {"scale and bias", {.refine = CVH_REFINE_NONE, .score_scale = 0.5, .score_bias = -3}, 6, 4, 97},
    {"shift moves pixels too", {.refine = CVH_REFINE_NONE, .shift = 0.5}, 6.5, 4.5, 200},
    {"shift moves refined ones", {.refine = CVH_REFINE_SIGN, .shift = -1}, 5.25, 3.25, 200},
    {"of the maximum, as of the peak", {.refine = CVH_REFINE_SIGN, .score = CVH_SCORE_MAXIMUM}, 6.25, 4.25, 200},
    {"rounded position",
     {.refine = CVH_REFINE_CENTROID, .window = 1, .score = CVH_SCORE_ROUNDED},
     6 + 100. / 450,
     4 + 150. / 450,
     200},
};

START_TEST(test_reports)
{
    float samples[10 * 12] = {0};
    samples[4 * 12 + 6] = 200;
    samples[4 * 12 + 7] = 100;
    samples[5 * 12 + 6] = 150;
    cvh_maps maps = cvh_maps_view(samples, 1, 10, 12, CVH_32F);
    cvh_peak peak = decode_by(&maps, &REPORTS[_i].decoder);
    ck_assert_msg(fabs(peak.x - REPORTS[_i].x) < 1e-12 && fabs(peak.y - REPORTS[_i].y) < 1e-12
                      && fabs(peak.score - REPORTS[_i].score) < 1e-12,
                  "%s: (%g, %g) score %g", REPORTS[_i].name, peak.x, peak.y, peak.score);
}
END_TEST

/* The search on the blurred map finds the broad peak, the score tells the raw map's values. */
START_TEST(test_blurred_search)
{
    static float samples[40 * 40];
    for (int i = 0; i < 40 * 40; i++) samples[i] = (float)exp(-(pow(i % 40 - 25, 2) + pow(i / 40 - 12, 2)) / 18);
    samples[30 * 40 + 5] = 1.5F;
    cvh_maps maps = cvh_maps_view(samples, 1, 40, 40, CVH_32F);
    cvh_decoder decoder = {.refine = CVH_REFINE_NONE, .blur_ksize = 7};
    cvh_peak spike = decode_by(&maps, &decoder);
    decoder.blur_search = 1;
    cvh_peak broad = decode_by(&maps, &decoder);
    decoder.score = CVH_SCORE_MAXIMUM;
    cvh_peak maximum = decode_by(&maps, &decoder);
    ck_assert(spike.x == 5 && spike.y == 30 && spike.score == 1.5);
    ck_assert(broad.x == 25 && broad.y == 12 && broad.score == 1);
    ck_assert(maximum.x == 25 && maximum.score == 1.5);
}
END_TEST

/* --------------------------------------------------------------------------------------------------------------- bad input */

static const struct {
    const char *said;
    cvh_decoder decoder;
} BAD_DECODERS[] = {
    {"decoder: threshold is nan", {.threshold = NAN}},
    {"decoder: threshold is inf", {.threshold = INFINITY}},
    {"decoder: radius is -1; it must be 0..64", {.radius = -1}},
    {"decoder: radius is 65; it must be 0..64", {.radius = 65}},
    {"decoder: margin is -1", {.margin = -1}},
    {"decoder: margin is 32769; it must be 0..32768", {.margin = 32769}},
    {"decoder: ties is 2", {.ties = (cvh_ties)2}},
    {"decoder: order is 7", {.order = (cvh_order)7}},
    {"decoder: max_peaks is -5", {.max_peaks = -5}},
    {"decoder: blur_ksize is 4; it must be 0 or odd, 1..63", {.blur_ksize = 4}},
    {"decoder: blur_ksize is 65", {.blur_ksize = 65}},
    {"decoder: blur_ksize is -3", {.blur_ksize = -3}},
    {"decoder: blur_ksize is 3.5", {.blur_ksize = 3.5}},
    {"decoder: blur_ksize is nan", {.blur_ksize = NAN}},
    {"decoder: blur_sigma is -1; it must be 0 or 1e-06..1e+06", {.blur_sigma = -1}},
    {"decoder: blur_sigma is inf", {.blur_sigma = INFINITY}},
    {"decoder: blur_border is 5; it must be 0..4", {.blur_border = (cvh_border)5}},
    {"decoder: blur_search is 2", {.blur_search = 2}},
    {"decoder: refine is 10; it must be 0..9", {.refine = (cvh_refine)10}},
    {"decoder: refine is 4294967", {.refine = (cvh_refine)4294967}},
    {"decoder: window is 33; it must be 0..32", {.window = 33}},
    {"decoder: window is -1", {.window = -1}},
    {"decoder: gain is nan", {.gain = NAN}},
    {"decoder: gain is -1", {.gain = -1}},
    {"decoder: outside is 9", {.outside = (cvh_border)9}},
    {"decoder: guard is 4; it must be 0..3", {.guard = (cvh_guard)4}},
    {"decoder: max_step is -1", {.max_step = -1}},
    {"decoder: step is 2; it must be 0..1", {.step = (cvh_step)2}},
    {"decoder: max_step is nan", {.max_step = NAN}},
    {"decoder: shift is inf", {.shift = INFINITY}},
    {"decoder: score is 4; it must be 0..3", {.score = (cvh_score)4}},
    {"decoder: activation is 2; it must be 0..1", {.activation = (cvh_activation)2}},
    {"decoder: score_scale is nan", {.score_scale = NAN}},
    {"decoder: score_bias is -inf", {.score_bias = -INFINITY}},
    {"decoder: enlarge is -1", {.enlarge = -1}},
    {"decoder: enlarge is 65; it must be 0..64", {.enlarge = 65}},
};

static const struct {
    const char *said;
    cvh_convention convention;
} BAD_CONVENTIONS[] = {
    {"convention: scale_x is nan", {.scale_x = NAN}},
    {"convention: scale_y is inf", {.scale_y = INFINITY}},
    {"convention: offset_x is -inf", {.offset_x = -INFINITY}},
    {"convention: offset_y is nan", {.offset_y = NAN}},
    {"convention: gaussian.sigma_x is -2; it must be 0 or 1e-06..1e+06", {.gaussian.sigma_x = -2}},
    {"convention: gaussian.sigma_y is nan", {.gaussian.sigma_y = NAN}},
};

/* Both functions refuse it alike, and leave what they were to write. */
static void refuse(const char *said, const cvh_maps *maps, const cvh_convention *convention)
{
    cvh_peak peaks[2] = {{.x = 7, .map = 3}, {.x = 8}}, same[2];
    size_t count = 77;
    memcpy(same, peaks, sizeof same);
    assert_refused(said, cvh_decode(maps, convention, peaks), said);
    assert_refused(said, cvh_find_peaks(maps, convention, peaks, 2, &count), said);
    ck_assert_mem_eq(peaks, same, sizeof peaks);
    ck_assert_uint_eq(count, 77);
}

START_TEST(test_bad_decoders_are_refused)
{
    float samples[4] = {0, 1, 0, 0};
    cvh_maps maps = cvh_maps_view(samples, 1, 2, 2, CVH_32F);
    cvh_convention convention = {.decoder = &BAD_DECODERS[_i].decoder};
    refuse(BAD_DECODERS[_i].said, &maps, &convention);
}
END_TEST

START_TEST(test_bad_conventions_are_refused)
{
    float samples[4] = {0, 1, 0, 0};
    cvh_maps maps = cvh_maps_view(samples, 1, 2, 2, CVH_32F);
    refuse(BAD_CONVENTIONS[_i].said, &maps, &BAD_CONVENTIONS[_i].convention);
}
END_TEST

START_TEST(test_bad_maps_are_refused)
{
    float samples[4] = {0, 1, 0, 0};
    cvh_maps integers = cvh_maps_view(samples, 1, 2, 2, (cvh_depth)4), nowhere = cvh_maps_view(NULL, 1, 2, 2, CVH_32F);
    cvh_maps good = cvh_maps_view(samples, 1, 2, 2, CVH_32F), none = cvh_maps_view(samples, 0, 2, 2, CVH_32F);
    refuse("maps is NULL", NULL, NULL);
    refuse("maps: depth is 4", &integers, NULL);
    refuse("maps: data is NULL", &nowhere, NULL);
    refuse("maps: count is 0", &none, NULL);
    assert_refused("peaks", cvh_decode(&good, NULL, NULL), "peaks is NULL");
}
END_TEST

/* Fields that only drawing reads may hold anything. */
START_TEST(test_other_fields_are_not_looked_at)
{
    float samples[4] = {0, 1, 0, 0};
    cvh_maps maps = cvh_maps_view(samples, 1, 2, 2, CVH_32F);
    cvh_convention convention = {.method = (cvh_method)9, .gaussian.ksize_x = NAN, .gaussian.peak = -1, .snap = (cvh_snap)77};
    cvh_peak peak;
    ck_assert_msg(cvh_decode(&maps, &convention, &peak) == CVH_OK, "%s", cvh_last_error());
}
END_TEST

#define LENGTH(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("decode");
    TCase *tests = tcase_create("decode");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, test_maximum_is_the_first_in_raster_order, 0, LAYOUTS);
    tcase_add_test(tests, test_every_pixel_can_win);
    tcase_add_loop_test(tests, test_layout_and_depth_change_no_bit, 0, 2 * LAYOUTS);
    tcase_add_test(tests, test_frame_is_the_conventions);
    tcase_add_loop_test(tests, test_reports, 0, LENGTH(REPORTS));
    tcase_add_test(tests, test_blurred_search);
    tcase_add_loop_test(tests, test_bad_decoders_are_refused, 0, LENGTH(BAD_DECODERS));
    tcase_add_loop_test(tests, test_bad_conventions_are_refused, 0, LENGTH(BAD_CONVENTIONS));
    tcase_add_test(tests, test_bad_maps_are_refused);
    tcase_add_test(tests, test_other_fields_are_not_looked_at);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
