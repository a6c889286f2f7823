/* SPDX-License-Identifier: Apache-2.0
 * Every depth, with and without a scale, in every layout, through every function that reads maps: as the same values in double
 * are read. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/layouts.h"

enum { MAPS = 3, MOST_ROWS = 40, MOST_COLS = 70, CAPACITY = 4000, SAMPLES = MAPS * MOST_ROWS * MOST_COLS };

typedef struct coding {
    const char *name;
    cvh_depth depth;
    double scale, zero;
} coding;

/* Scales are as quantisers find them, or powers of 2. */
static const coding codings[] = {
    {"8U", CVH_8U, 0, 0},
    {"8U over 0..1", CVH_8U, 1. / 255, 0},
    {"8U over -4..4", CVH_8U, 8. / 255, 127},
    {"8S over 0..1", CVH_8S, 1. / 255, -128},
    {"8S, steps of 2^-7", CVH_8S, 0x1p-7, 0},
    {"16U over 0..1", CVH_16U, 1. / 65535, 0},
    {"16S, steps of 2^-15", CVH_16S, 0x1p-15, 0},
    {"16S, zero between samples", CVH_16S, 3e-5, -1000.25},
    {"16F", CVH_16F, 0, 0},
    {"16F with a scale", CVH_16F, 0.125, 0.5},
    {"32F with a scale", CVH_32F, 0.3, -1},
    {"64F with a scale", CVH_64F, 3, 0.25},
};
enum { CODINGS = sizeof codings / sizeof *codings };

/* Gaussians and noise, coarse enough for plateaus now and then. */
static void draw(cvh_maps *maps, random_state *random)
{
    static double values[SAMPLES];
    double sigma = 0.8 + 2 * random_real(random), noise = random_int(random, 0, 1) * 0.05;
    for (int map = 0, at = 0; map < maps->count; map++) {
        double x = maps->cols * random_real(random), y = maps->rows * random_real(random);
        for (int row = 0; row < maps->rows; row++)
            for (int col = 0; col < maps->cols; col++) {
                double d = (col - x) * (col - x) + (row - y) * (row - y);
                values[at++] = exp(-0.5 * d / (sigma * sigma)) + noise * random_normal(random);
            }
    }
    cvh_maps packed = cvh_maps_view(values, maps->count, maps->rows, maps->cols, CVH_64F);
    ck_assert_msg(cvh_convert(&packed, maps) == CVH_OK, "%s", cvh_last_error());
}

/* The values that the samples stand for, in double. */
static cvh_maps values_of(const cvh_maps *maps, double *values)
{
    for (int map = 0, at = 0; map < maps->count; map++)
        for (int row = 0; row < maps->rows; row++)
            for (int col = 0; col < maps->cols; col++) values[at++] = sample(maps, map, row, col);
    return cvh_maps_view(values, maps->count, maps->rows, maps->cols, CVH_64F);
}

static bool same_number(double e, double a)
{
    return e == a || (isnan(e) && isnan(a));
}

static void assert_same_peaks(const char *name, const cvh_peak *expected, const cvh_peak *actual, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const cvh_peak *e = &expected[i], *a = &actual[i];
        ck_assert_msg(same_number(e->x, a->x) && same_number(e->y, a->y) && same_number(e->score, a->score) && e->map == a->map
                          && e->found == a->found,
                      "%s, peak %zu: map %d (%.17g, %.17g) score %.17g found %d; in double map %d (%.17g, %.17g) %.17g %d",
                      name, i, a->map, a->x, a->y, a->score, (int)a->found, e->map, e->x, e->y, e->score, (int)e->found);
    }
}

static cvh_decoder random_decoder(random_state *random)
{
    static const double thresholds[] = {0, 0.3, -INFINITY, -1, 0.9};
    cvh_decoder decoder = {
        .threshold = thresholds[random_int(random, 0, 4)],
        .radius = random_int(random, 0, 4),
        .ties = (cvh_ties)random_int(random, 0, 1),
        .order = (cvh_order)random_int(random, 0, 1),
        .refine = (cvh_refine)random_int(random, CVH_REFINE_FIT, CVH_REFINE_SOFT_ARGMAX),
        .outside = (cvh_border)random_int(random, CVH_BORDER_METHOD, CVH_BORDER_REFLECT_101),
        .score = (cvh_score)random_int(random, CVH_SCORE_PEAK, CVH_SCORE_ROUNDED),
        .activation = random_int(random, 0, 3) ? CVH_ACTIVATION_NONE : CVH_ACTIVATION_SIGMOID,
    };
    if (random_int(random, 0, 2) == 0) decoder.blur_ksize = 5;
    if (decoder.blur_ksize > 0) decoder.blur_search = random_int(random, 0, 1);
    return decoder;
}

/* The fit included, everything is equal to the last bit: both sides compute with the same doubles. */
START_TEST(decoded_as_in_double)
{
    const coding *as = &codings[_i];
    random_state random = random_start(77 + (uint64_t)_i);
    static double values[SAMPLES];
    static cvh_peak expected[CAPACITY], actual[CAPACITY];
    for (int k = 0; k < 60; k++) {
        char name[160];
        uint64_t state = random.state;
        layout kind = (layout)random_int(&random, 0, LAYOUTS - 1);
        int rows = random_int(&random, 1, MOST_ROWS), cols = random_int(&random, 1, MOST_COLS);
        laid_out stored = laid_out_new(kind, MAPS, rows, cols, as->depth);
        stored.maps.scale = as->scale;
        stored.maps.zero = as->zero;
        draw(&stored.maps, &random);
        cvh_maps real = values_of(&stored.maps, values);
        cvh_decoder decoder = random_decoder(&random);
        cvh_convention convention = {.decoder = &decoder};
        snprintf(name, sizeof name, "%s, %s, case %d, state 0x%" PRIx64 ", refinement %d", as->name, layout_names[kind], k,
                 state, (int)decoder.refine);
        ck_assert_msg(cvh_decode(&real, &convention, expected) == CVH_OK, "%s: %s", name, cvh_last_error());
        ck_assert_msg(cvh_decode(&stored.maps, &convention, actual) == CVH_OK, "%s: %s", name, cvh_last_error());
        assert_same_peaks(name, expected, actual, MAPS);
        size_t known, found;
        decoder.max_peaks = 50;
        ck_assert_msg(cvh_find_peaks(&real, &convention, expected, CAPACITY, &known) == CVH_OK, "%s: %s", name,
                      cvh_last_error());
        ck_assert_msg(cvh_find_peaks(&stored.maps, &convention, actual, CAPACITY, &found) == CVH_OK, "%s: %s", name,
                      cvh_last_error());
        ck_assert_msg(known == found, "%s: %zu peaks, %zu in double", name, found, known);
        assert_same_peaks(name, expected, actual, known);
        laid_out_free(&stored);
    }
}
END_TEST

START_TEST(simcc_decoded_as_in_double)
{
    const coding *as = &codings[_i];
    random_state random = random_start(78 + (uint64_t)_i);
    static double values[2][MAPS * MOST_COLS * 4];
    for (int k = 0; k < 10; k++) {
        laid_out axes[2];
        cvh_maps real[2];
        for (int a = 0; a < 2; a++) {
            axes[a] = laid_out_new(LAYOUT_INTERLEAVED, MAPS, 1, random_int(&random, 20, MOST_COLS), as->depth);
            axes[a].maps.scale = as->scale;
            axes[a].maps.zero = as->zero;
            draw(&axes[a].maps, &random);
            real[a] = values_of(&axes[a].maps, values[a]);
        }
        cvh_peak expected[MAPS], actual[MAPS];
        ck_assert_msg(cvh_simcc_decode(&real[0], &real[1], NULL, expected) == CVH_OK, "%s", cvh_last_error());
        ck_assert_msg(cvh_simcc_decode(&axes[0].maps, &axes[1].maps, NULL, actual) == CVH_OK, "%s", cvh_last_error());
        assert_same_peaks(as->name, expected, actual, MAPS);
        laid_out_free(&axes[0]);
        laid_out_free(&axes[1]);
    }
}
END_TEST

/* A scale so small that 200 and 201 stand for one value: samples are searched as they are stored, in one run and row by row. */
START_TEST(samples_are_searched_as_stored)
{
    static unsigned char samples[40 * 60];
    cvh_maps maps = cvh_maps_view(samples, 1, 40, 60, CVH_8U);
    maps.cols -= _i;
    maps.row_step = 60;
    maps.scale = 0x1p-1074;
    maps.zero = 300.5;
    samples[14] = 200, samples[15 + 30 * 60] = 201, samples[16 + 30 * 60] = 201;
    cvh_decoder decoder = {.threshold = -INFINITY, .refine = CVH_REFINE_NONE};
    cvh_convention convention = {.decoder = &decoder};
    cvh_peak peak;
    ck_assert_msg(cvh_decode(&maps, &convention, &peak) == CVH_OK, "%s", cvh_last_error());
    ck_assert_msg(peak.x == 15 && peak.y == 30 && peak.score == (201 - 300.5) * 0x1p-1074, "(%g, %g), %g", peak.x, peak.y,
                  peak.score);
}
END_TEST

/* Halves that a search may stumble over, each pair in front of and behind the other. */
typedef struct half_case {
    const char *name;
    uint16_t background, first, second; /* at 100 and at 4000 of 4096 */
    int at;                             /* where the largest is; -1: nothing */
} half_case;

static const half_case half_cases[] = {
    {"two equal", 0x0000, 0x3c00, 0x3c00, 100},
    {"the later is larger", 0x0000, 0x3c00, 0x3c01, 4000},
    {"NaN never wins", 0x0000, 0x7e00, 0x3c00, 4000},
    {"negative NaN never wins", 0x0000, 0xfe00, 0x0001, 4000},
    {"infinity wins", 0x0000, 0x7bff, 0x7c00, 4000},
    {"infinity beside NaN", 0x7e00, 0x7bff, 0x7c00, 4000},
    {"nothing but -inf and NaN", 0xfc00, 0x7e00, 0xfe00, -1},
    {"all negative", 0xc000, 0xbc00, 0xbbff, 4000},
    {"all negative, two equal", 0xc000, 0xbc00, 0xbc00, 100},
    {"-0 and +0 are equal", 0xc000, 0x8000, 0x0000, 100},
    {"+0 and -0 are equal", 0xc000, 0x0000, 0x8000, 100},
    {"-0 alone", 0xc000, 0xbc00, 0x8000, 4000},
    {"subnormal", 0x0000, 0x0001, 0x0002, 4000},
    {"all negative beside NaN", 0x7e00, 0xc000, 0xbc00, 4000},
};

START_TEST(halves_are_searched)
{
    const half_case *c = &half_cases[_i];
    static uint16_t samples[4096];
    for (int i = 0; i < 4096; i++) samples[i] = c->background;
    samples[100] = c->first, samples[4000] = c->second;
    cvh_maps maps = cvh_maps_view(samples, 1, 64, 64, CVH_16F);
    cvh_decoder decoder = {.threshold = -INFINITY, .refine = CVH_REFINE_NONE};
    cvh_convention convention = {.decoder = &decoder};
    cvh_peak peak;
    ck_assert_msg(cvh_decode(&maps, &convention, &peak) == CVH_OK, "%s", cvh_last_error());
    if (c->at < 0)
        ck_assert_msg(peak.found == CVH_FOUND_NOTHING, "%s: (%g, %g)", c->name, peak.x, peak.y);
    else
        ck_assert_msg(peak.x == c->at % 64 && peak.y == c->at / 64, "%s: (%g, %g)", c->name, peak.x, peak.y);
}
END_TEST

/* Largest samples of each depth of whole numbers, where a search by another sign or width would go wrong. */
START_TEST(extremes_are_found)
{
    static const struct {
        cvh_depth depth;
        int background, largest;
    } cases[] = {{CVH_8U, 0, 255}, {CVH_8U, 127, 128},       {CVH_8S, -128, 127},     {CVH_8S, -128, -127},
                 {CVH_8S, -1, 0},  {CVH_16U, 0, 65535},      {CVH_16U, 32767, 32768}, {CVH_16S, -32768, 32767},
                 {CVH_16S, -1, 0}, {CVH_16S, -32768, -32767}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int at = 0; at < 150; at++) {
            unsigned char bytes[150];
            uint16_t words[150];
            for (int k = 0; k < 150; k++) {
                int number = k == at ? cases[i].largest : cases[i].background;
                bytes[k] = (unsigned char)number;
                words[k] = (uint16_t)number;
            }
            const void *data = size_of(cases[i].depth) == 1 ? (const void *)bytes : (const void *)words;
            cvh_maps maps = cvh_maps_view(data, 1, 1, 150, cases[i].depth);
            cvh_decoder decoder = {.threshold = -INFINITY, .refine = CVH_REFINE_NONE};
            cvh_convention convention = {.decoder = &decoder};
            cvh_peak peak;
            ck_assert_int_eq(cvh_decode(&maps, &convention, &peak), CVH_OK);
            ck_assert_msg(peak.x == at && peak.score == cases[i].largest, "depth %d, %d among %d at %d: found %g at %g",
                          (int)cases[i].depth, cases[i].largest, cases[i].background, at, peak.score, peak.x);
        }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("decode depths");
    TCase *c = tcase_create("depths");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, decoded_as_in_double, 0, CODINGS);
    tcase_add_loop_test(c, simcc_decoded_as_in_double, 0, CODINGS);
    tcase_add_loop_test(c, samples_are_searched_as_stored, 0, 2);
    tcase_add_loop_test(c, halves_are_searched, 0, (int)(sizeof half_cases / sizeof *half_cases));
    tcase_add_test(c, extremes_are_found);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
