/* SPDX-License-Identifier: Apache-2.0
 * SimCC's vectors read: how far off each decoder is on noisy vectors and on such as real networks give, what is said of odd
 * ones, and the scores. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

enum { BINS_X = 384, BINS_Y = 512 };

static const char *const DECODERS[] = {"largest bin", "whole pixel", "DARK", "fit"};
enum { LARGEST, WHOLE_PIXEL, DARK, FIT, DECODER_COUNT };

/* The whole pixel is what the C++ examples print: the largest bin, its half cut off. */
static cvh_simcc simcc_of(int decoder)
{
    static const cvh_refine refines[] = {CVH_REFINE_NONE, CVH_REFINE_NONE, CVH_REFINE_DARK, CVH_REFINE_FIT};
    return (cvh_simcc){.refine = refines[decoder]};
}

static cvh_peak decode(int decoder, const float *x, const float *y)
{
    cvh_maps along_x = cvh_maps_view(x, 1, 1, BINS_X, CVH_32F), along_y = cvh_maps_view(y, 1, 1, BINS_Y, CVH_32F);
    cvh_simcc simcc = simcc_of(decoder);
    cvh_peak peak;
    ck_assert_msg(cvh_simcc_decode(&along_x, &along_y, &simcc, &peak) == CVH_OK, "%s", cvh_last_error());
    if (decoder == WHOLE_PIXEL) peak.x = trunc(peak.x), peak.y = trunc(peak.y);
    return peak;
}

/* ---------------------------------------------------------------------------------------------------- vectors of all kinds */

/* What a vector is made of: a bump that may be wider, lopsided or flat-topped, a second one, a background, noise. */
typedef struct shape {
    const char *name;
    double width;   /* of the bump, in the labels' sigmas */
    double tail;    /* its right side is wider by this factor */
    double ceiling; /* what is above it is cut off; 0: nothing */
    double second;  /* the height of a bump 4 sigma to the right */
    double floor;   /* a slope from it down to 0 */
    double noise;
    double most; /* mean error in pixels that the fit may have */
} shape;

static void draw(const shape *of, double bin, double sigma, int bins, random_state *random, float *out)
{
    double s = of->width * sigma;
    for (int i = 0; i < bins; i++) {
        double d = (i - bin) / (i > bin ? s * of->tail : s), value = exp(-d * d / 2);
        double e = (i - bin - 4 * sigma) / s;
        value += of->second * exp(-e * e / 2) + of->floor * (1 - (double)i / bins);
        if (of->ceiling > 0 && value > of->ceiling) value = of->ceiling;
        out[i] = (float)(value + of->noise * random_normal(random));
    }
}

/* The mean error on an axis, in pixels, over places within the vectors. */
static void errors_of(const shape *of, int count, double margin, double error[DECODER_COUNT])
{
    static float x[BINS_X], y[BINS_Y];
    random_state random = random_start(0x517C);
    memset(error, 0, DECODER_COUNT * sizeof *error);
    for (int i = 0; i < count; i++) {
        double u = margin + random_real(&random) * (BINS_X - 1 - 2 * margin);
        double v = margin + random_real(&random) * (BINS_Y - 1 - 2 * margin);
        draw(of, u, 4.9, BINS_X, &random, x);
        draw(of, v, 5.66, BINS_Y, &random, y);
        for (int k = 0; k < DECODER_COUNT; k++) {
            cvh_peak peak = decode(k, x, y);
            error[k] += (fabs(peak.x - u / 2) + fabs(peak.y - v / 2)) / (2 * count);
        }
    }
}

static void print_errors(const char *name, const double error[DECODER_COUNT])
{
    printf("  %-36s", name);
    for (int k = 0; k < DECODER_COUNT; k++) printf(" %s %.4f", DECODERS[k], error[k]);
    printf("\n");
}

/* Labels between bins, ratio 2, 192x256: everywhere on the vectors, and within. The bars are 5 % above what was measured. */
START_TEST(test_noisy_labels)
{
    static const struct {
        shape of;
        double margin;
    } cases[] = {
        {{"within, clean", 1, 1, 0, 0, 0, 0, 1e-5}, 20},
        {{"within, noise 0.01", 1, 1, 0, 0, 0, 0.01, 0.0103}, 20},
        {{"within, noise 0.02", 1, 1, 0, 0, 0, 0.02, 0.0205}, 20},
        {{"within, noise 0.05", 1, 1, 0, 0, 0, 0.05, 0.0515}, 20},
        {{"everywhere, clean", 1, 1, 0, 0, 0, 0, 1e-4}, 0},
        {{"everywhere, noise 0.01", 1, 1, 0, 0, 0, 0.01, 0.0108}, 0},
        {{"everywhere, noise 0.02", 1, 1, 0, 0, 0, 0.02, 0.0216}, 0},
        {{"everywhere, noise 0.05", 1, 1, 0, 0, 0, 0.05, 0.054}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double error[DECODER_COUNT];
        errors_of(&cases[i].of, 2000, cases[i].margin, error);
        print_errors(cases[i].of.name, error);
        ck_assert_msg(error[FIT] <= cases[i].of.most, "%s: %g", cases[i].of.name, error[FIT]);
        ck_assert_msg(error[FIT] < error[LARGEST] && error[FIT] < error[WHOLE_PIXEL], "%s: %g", cases[i].of.name, error[FIT]);
        if (i == 0) ck_assert_msg(error[DARK] < 1e-4, "DARK on clean labels: %g", error[DARK]);
        double beside =
            cases[i].of.noise > 0 ? error[DARK] * 1.003 : error[DARK] + 1e-5; /* a matched filter is as good within */
        ck_assert_msg(error[FIT] <= beside, "%s: fit %g, DARK %g", cases[i].of.name, error[FIT], error[DARK]);
    }
}
END_TEST

/* What networks make of labels: wider, narrower, lopsided, cut off, beside another, on a slope. The bars are 5 % above what was
 * measured. Where the width is twice the told one, DARK is a tenth nearer. */
START_TEST(test_bumps_that_are_no_labels)
{
    static const shape shapes[] = {
        {"half as wide", 0.5, 1, 0, 0, 0, 0.01, 0.0099},
        {"1.3 times as wide", 1.3, 1, 0, 0, 0, 0.01, 0.0122},
        {"twice as wide", 2, 1, 0, 0, 0, 0.01, 0.023},
        {"right side 1.1 times as wide", 1, 1.1, 0, 0, 0, 0.01, 0.152},
        {"cut off at 0.8", 1, 1, 0.8, 0, 0, 0.005, 0.0066},
        {"cut off at 0.5", 1, 1, 0.5, 0, 0, 0.005, 0.0128},
        {"another, 0.3 high, 4 sigma away", 1, 1, 0, 0.3, 0, 0.01, 0.049},
        {"on a slope of 0.2", 1, 1, 0, 0, 0.2, 0.01, 0.0186},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        double error[DECODER_COUNT];
        errors_of(&shapes[i], 1000, 60, error);
        print_errors(shapes[i].name, error);
        ck_assert_msg(error[FIT] <= shapes[i].most, "%s: %g", shapes[i].name, error[FIT]);
        ck_assert_msg(error[FIT] < error[LARGEST], "%s: %g", shapes[i].name, error[FIT]);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------- vectors of real networks */

/* A row and a column of maxima of each map of ../shared/real are vectors as a network would give them, moved by known amounts:
 * the root mean square over keypoints and axes of the standard deviation of (answer - amount). */
typedef struct real_set {
    const char *name;
    double sigma; /* of its peaks, the median */
} real_set;

static bool load_real(const char *folder, const char *name, const char *what, cvh_maps *maps)
{
    char path[2300];
    snprintf(path, sizeof path, "%s/%s%s.npy", folder, name, what);
    return cvh_npy_load(path, maps) == CVH_OK;
}

static void project(const cvh_maps *maps, int map, float *x, float *y)
{
    for (int i = 0; i < maps->cols; i++) x[i] = -INFINITY;
    for (int j = 0; j < maps->rows; j++) y[j] = -INFINITY;
    for (int j = 0; j < maps->rows; j++)
        for (int i = 0; i < maps->cols; i++) {
            float value = (float)sample(maps, map, j, i);
            x[i] = fmaxf(x[i], value);
            y[j] = fmaxf(y[j], value);
        }
}

static double spread_of(int decoder, const cvh_maps *maps, const cvh_maps *shifts, double sigma)
{
    enum { MOST_SIDE = 128 };
    float x[MOST_SIDE], y[MOST_SIDE];
    int per = shifts->rows, keypoints = maps->count / per;
    double sum = 0;
    for (int k = 0; k < keypoints; k++) {
        double mean[2] = {0}, square[2] = {0};
        for (int s = 0; s < per; s++) {
            project(maps, k * per + s, x, y);
            cvh_maps along_x = cvh_maps_view(x, 1, 1, maps->cols, CVH_32F),
                     along_y = cvh_maps_view(y, 1, 1, maps->rows, CVH_32F);
            cvh_simcc simcc = simcc_of(decoder);
            simcc.ratio = 1;
            simcc.sigma_x = sigma;
            cvh_peak peak;
            ck_assert_msg(cvh_simcc_decode(&along_x, &along_y, &simcc, &peak) == CVH_OK, "%s", cvh_last_error());
            const double off[2] = {peak.x - sample(shifts, 0, s, 0), peak.y - sample(shifts, 0, s, 1)};
            for (int a = 0; a < 2; a++) mean[a] += off[a] / per, square[a] += off[a] * off[a] / per;
        }
        for (int a = 0; a < 2; a++) sum += (square[a] - mean[a] * mean[a]) / (2 * keypoints);
    }
    return sqrt(sum);
}

START_TEST(test_real_networks)
{
    static const real_set sets[] = {{"hourglass", 2.4}, {"cpm", 3.3}, {"posenet", 1.05}};
    const char *given = getenv("CVHEATMAP_REAL"), *folder = given ? given : CVHEATMAP_SOURCE_DIR "/../shared/real";
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        cvh_maps maps, shifts;
        if (!load_real(folder, sets[i].name, "", &maps) || !load_real(folder, sets[i].name, ".shifts", &shifts)) {
            printf("  %s: not there; skipped\n", folder);
            return;
        }
        double spread[DECODER_COUNT];
        for (int k = 0; k < DECODER_COUNT; k++)
            spread[k] = k == WHOLE_PIXEL ? NAN : spread_of(k, &maps, &shifts, sets[i].sigma);
        printf("  %-36s largest bin %.4f DARK %.4f fit %.4f (bins, spread under shifts)\n", sets[i].name, spread[LARGEST],
               spread[DARK], spread[FIT]);
        ck_assert_msg(spread[FIT] <= spread[DARK] * 1.005 && spread[FIT] < spread[LARGEST], "%s: fit %g, DARK %g", sets[i].name,
                      spread[FIT], spread[DARK]);
        cvh_npy_free(&maps);
        cvh_npy_free(&shifts);
    }
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------- what is said */

static const float BUMP[12] = {0, 0.1F, 0.4F, 0.8F, 1, 0.8F, 0.4F, 0.1F, 0, 0, 0, 0};

static cvh_peak read_bump(cvh_simcc simcc, const float x[12], const float y[12])
{
    cvh_maps along_x = cvh_maps_view(x, 1, 1, 12, CVH_32F), along_y = cvh_maps_view(y, 1, 1, 12, CVH_32F);
    cvh_peak peak;
    simcc.ratio = 1;
    if (simcc.sigma_x == 0) simcc.sigma_x = 1.5;
    ck_assert_msg(cvh_simcc_decode(&along_x, &along_y, &simcc, &peak) == CVH_OK, "%s", cvh_last_error());
    return peak;
}

START_TEST(test_what_is_found)
{
    const float zero[12] = {0}, uncurved[12] = {1000, -1560, 1000}; /* blurred and clamped: 50, 1e-3, 50 */
    float nothing[12], infinite[12], holed[12], negative[12], lonely[12];
    for (int i = 0; i < 12; i++) nothing[i] = i % 2 ? (float)NAN : -(float)INFINITY, negative[i] = BUMP[i] - 2;
    memcpy(infinite, BUMP, sizeof infinite);
    memcpy(holed, BUMP, sizeof holed);
    for (int i = 0; i < 12; i++) lonely[i] = i == 5 ? 1 : (float)NAN;
    infinite[6] = (float)INFINITY;
    holed[5] = (float)NAN, holed[3] = -(float)INFINITY;
    const struct {
        const char *name;
        const float *x, *y;
        cvh_refine refine;
        double threshold;
        cvh_found found;
        double at_x, at_y;
    } cases[] = {
        {"a bump", BUMP, BUMP, CVH_REFINE_FIT, 0, CVH_FOUND_REFINED, 4, 4},
        {"its bin", BUMP, BUMP, CVH_REFINE_NONE, 0, CVH_FOUND_PIXEL, 4, 4},
        {"by DARK", BUMP, BUMP, CVH_REFINE_DARK, 0, CVH_FOUND_REFINED, 4, 4},
        {"two samples short", holed, BUMP, CVH_REFINE_FIT, 0, CVH_FOUND_REFINED, 4, 4},
        {"NaN and -inf", nothing, BUMP, CVH_REFINE_FIT, 0, CVH_FOUND_NOTHING, NAN, NAN},
        {"NaN and -inf in y", BUMP, nothing, CVH_REFINE_FIT, -1, CVH_FOUND_NOTHING, NAN, NAN},
        {"0", zero, BUMP, CVH_REFINE_FIT, 0, CVH_FOUND_WEAK, NAN, NAN},
        {"0 in y, any threshold", BUMP, zero, CVH_REFINE_FIT, -INFINITY, CVH_FOUND_PIXEL_SHAPE, 4, 0},
        {"below the threshold", BUMP, BUMP, CVH_REFINE_FIT, 1, CVH_FOUND_WEAK, NAN, NAN},
        {"negative", negative, BUMP, CVH_REFINE_FIT, -3, CVH_FOUND_PIXEL_SHAPE, 4, 4},
        {"one number in a window of NaN", BUMP, lonely, CVH_REFINE_FIT, 0, CVH_FOUND_PIXEL_VALUE, 4, 5},
        {"infinite", infinite, BUMP, CVH_REFINE_FIT, 0, CVH_FOUND_PIXEL_VALUE, 6, 4},
        {"no curvature, by DARK", BUMP, uncurved, CVH_REFINE_DARK, 0, CVH_FOUND_PIXEL_SHAPE, 4, 0},
        {"infinite, by DARK", BUMP, infinite, CVH_REFINE_DARK, 0, CVH_FOUND_PIXEL_VALUE, 4, 6},
        {"0 in y, by DARK", BUMP, zero, CVH_REFINE_DARK, -INFINITY, CVH_FOUND_PIXEL_VALUE, 4, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_peak peak =
            read_bump((cvh_simcc){.refine = cases[i].refine, .threshold = cases[i].threshold}, cases[i].x, cases[i].y);
        bool there = (isnan(cases[i].at_x) && isnan(peak.x)) || fabs(peak.x - cases[i].at_x) < 0.3;
        there = there && ((isnan(cases[i].at_y) && isnan(peak.y)) || fabs(peak.y - cases[i].at_y) < 0.3);
        if (peak.found != CVH_FOUND_REFINED && !isnan(peak.x)) there = there && peak.x == rint(peak.x);
        ck_assert_msg(peak.found == cases[i].found && there, "%s: (%g, %g) found %d (%s)", cases[i].name, peak.x, peak.y,
                      (int)peak.found, cvh_found_text((int)peak.found));
        ck_assert_msg((peak.found == CVH_FOUND_NOTHING) == isnan(peak.score), "%s: score %g", cases[i].name, peak.score);
    }
}
END_TEST

/* Labels so narrow that one bin or two alone have weight: there is no slope to move along, or no width to tell. Two bins tell
 * the place, since the width is known. */
START_TEST(test_bins_without_weight)
{
    static const float middle[3] = {0, 1, 0};
    static const struct {
        const char *name;
        double sigma;
        float bins[5];
        cvh_found found;
        double least, most;
    } cases[] = {
        {"one bin", 0.36, {(float)NAN, 0.75F, 0, 0, 0.875F}, CVH_FOUND_PIXEL_SHAPE, 4, 4},
        {"two bins", 0.2, {0, 1, (float)NAN, 0, 0}, CVH_FOUND_REFINED, 1, 1.5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_maps x = cvh_maps_view(cases[i].bins, 1, 1, 5, CVH_32F), y = cvh_maps_view(middle, 1, 1, 3, CVH_32F);
        cvh_simcc simcc = {.ratio = 1, .sigma_x = cases[i].sigma, .sigma_y = 1};
        cvh_peak peak;
        ck_assert_msg(cvh_simcc_decode(&x, &y, &simcc, &peak) == CVH_OK, "%s", cvh_last_error());
        ck_assert_msg(peak.found == cases[i].found && peak.x >= cases[i].least && peak.x <= cases[i].most && peak.y == 1,
                      "%s: (%.9g, %.9g) found %d", cases[i].name, peak.x, peak.y, (int)peak.found);
        ck_assert_msg(isnan(peak.sigma_x), "%s: width %g", cases[i].name, peak.sigma_x);
    }
    cvh_maps two = cvh_maps_view(middle, 1, 1, 2, CVH_32F), y = cvh_maps_view(middle, 1, 1, 3, CVH_32F);
    cvh_simcc simcc = {.ratio = 1, .sigma_x = 1, .sigma_y = 1};
    cvh_peak peak;
    ck_assert_msg(cvh_simcc_decode(&two, &y, &simcc, &peak) == CVH_OK, "%s", cvh_last_error());
    ck_assert_msg(peak.found == CVH_FOUND_PIXEL_EDGE && peak.x == 1 && peak.y == 1, "a vector of two: (%g, %g) found %d",
                  peak.x, peak.y, (int)peak.found);
}
END_TEST

/* The widths that are told are the vectors' own, by the fit alone. */
START_TEST(test_widths)
{
    static float x[BINS_X], y[BINS_Y];
    random_state random = random_start(0x51D);
    const shape wide = {"", 1.25, 1, 0, 0, 0, 0, 0};
    for (int i = 0; i < 60; i++) {
        draw(&wide, i * 6.5, 4.9, BINS_X, &random, x);
        draw(&wide, 510 - i * 8.3, 5.66, BINS_Y, &random, y);
        cvh_peak peak = decode(FIT, x, y);
        ck_assert_msg(fabs(peak.sigma_x - 1.25 * 4.9) < 0.01 && fabs(peak.sigma_y - 1.25 * 5.66) < 0.01,
                      "at bin %g and %g: widths %g and %g", i * 6.5, 510 - i * 8.3, peak.sigma_x, peak.sigma_y);
        peak = decode(DARK, x, y);
        ck_assert(isnan(peak.sigma_x) && isnan(peak.sigma_y));
    }
}
END_TEST

START_TEST(test_scores)
{
    float x[12], y[12];
    for (int i = 0; i < 12; i++) x[i] = BUMP[i] * 0.75F, y[i] = BUMP[i] * 0.25F;
    static const double expected[] = {0.25, 0.5, 0.75};
    for (int rule = CVH_SIMCC_SCORE_MIN; rule <= CVH_SIMCC_SCORE_MAX; rule++) {
        ck_assert_double_eq(read_bump((cvh_simcc){.score = (cvh_simcc_score)rule}, x, y).score, expected[rule]);
        ck_assert_double_eq(read_bump((cvh_simcc){.score = (cvh_simcc_score)rule}, y, x).score, expected[rule]);
    }
    double sum = 0;
    for (int i = 0; i < 12; i++) sum += exp(3 * 1.5 * ((double)y[i] - 0.25));
    cvh_peak peak = read_bump((cvh_simcc){.beta = 3}, x, y);
    ck_assert_msg(fabs(peak.score - 1 / sum) < 1e-12, "softmax: %.15g, expected %.15g", peak.score, 1 / sum);
    y[2] = (float)NAN; /* it weighs nothing */
    sum -= exp(3 * 1.5 * ((double)BUMP[2] * 0.25 - 0.25));
    peak = read_bump((cvh_simcc){.beta = 3}, x, y);
    ck_assert_msg(fabs(peak.score - 1 / sum) < 1e-6, "softmax beside NaN: %.15g, expected %.15g", peak.score, 1 / sum);
    y[2] = (float)INFINITY; /* all the weight there is */
    ck_assert_double_eq(read_bump((cvh_simcc){.beta = 3, .score = CVH_SIMCC_SCORE_MAX}, x, y).score, 1);
    const float flat[12] = {0};
    ck_assert_int_eq(read_bump((cvh_simcc){.beta = 3}, flat, flat).found, CVH_FOUND_WEAK); /* 1 / bins is no more than that */
}
END_TEST

/* Strides, doubles, and a photograph, rotated. */
START_TEST(test_frames_and_layouts)
{
    enum { COUNT = 4 };
    static double block[BINS_Y][2 * COUNT];
    static float x[COUNT][BINS_X], y[COUNT][BINS_Y];
    random_state random = random_start(0xF4A3);
    const shape plain = {"", 1, 1, 0, 0, 0, 0.01, 0};
    cvh_crop crop = {
        .to_input = {1, 0, 0, 0, 1, 0}, .to_photo = {2, 0.5, -3, -0.25, 1.5, 9}, .input_rows = 256, .input_cols = 192};
    cvh_simcc photo = {.crop = &crop};
    cvh_peak expected[COUNT], actual[COUNT], mapped[COUNT];
    for (int k = 0; k < COUNT; k++) {
        draw(&plain, 30.3 + 70 * k, 4.9, BINS_X, &random, x[k]);
        draw(&plain, 440.7 - 99 * k, 5.66, BINS_Y, &random, y[k]);
        for (int i = 0; i < BINS_X; i++) block[i][2 * k] = (double)x[k][i];
        for (int i = 0; i < BINS_Y; i++) block[i][2 * k + 1] = (double)y[k][i];
    }
    cvh_maps along_x = cvh_maps_view(x, COUNT, 1, BINS_X, CVH_32F), along_y = cvh_maps_view(y, COUNT, 1, BINS_Y, CVH_32F);
    cvh_maps wide_x = cvh_maps_view(block, COUNT, 1, BINS_X, CVH_64F),
             wide_y = cvh_maps_view(&block[0][1], COUNT, 1, BINS_Y, CVH_64F);
    wide_x.col_step = wide_y.col_step = sizeof block[0];
    wide_x.map_step = wide_y.map_step = 2 * sizeof(double);
    wide_x.row_step = wide_y.row_step = 0;
    for (int refine = 0; refine < 3; refine++) {
        static const cvh_refine refines[] = {CVH_REFINE_FIT, CVH_REFINE_NONE, CVH_REFINE_DARK};
        cvh_simcc simcc = {.refine = refines[refine]};
        ck_assert_int_eq(cvh_simcc_decode(&along_x, &along_y, &simcc, expected), CVH_OK);
        ck_assert_msg(cvh_simcc_decode(&wide_x, &wide_y, &simcc, actual) == CVH_OK, "%s", cvh_last_error());
        ck_assert_msg(!memcmp(expected, actual, sizeof expected), "refinement %d: another answer from another layout", refine);
        photo.refine = simcc.refine;
        ck_assert_msg(cvh_simcc_decode(&along_x, &along_y, &photo, mapped) == CVH_OK, "%s", cvh_last_error());
        for (int k = 0; k < COUNT; k++) {
            ck_assert(mapped[k].x == 2 * expected[k].x + 0.5 * expected[k].y + -3);
            ck_assert(mapped[k].y == -0.25 * expected[k].x + 1.5 * expected[k].y + 9);
        }
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------- flip tests */

/* The mean error in x, with its sign, where the vectors of a photograph and of the mirrored one are merged. */
static double bias_of_flip(cvh_flip flip, int decoder, double noise)
{
    enum { COUNT = 400 };
    static float x[BINS_X], y[BINS_Y], back[BINS_X];
    static const int alone[1] = {0};
    random_state random = random_start(0xF11F);
    const shape plain = {"", 1, 1, 0, 0, 0, noise, 0};
    double bias = 0;
    for (int i = 0; i < COUNT; i++) {
        double at = 30 + random_real(&random) * 130; /* pixel; mirrored w - 1 - at */
        draw(&plain, 2 * at, 4.9, BINS_X, &random, x);
        draw(&plain, 2 * (191 - at), 4.9, BINS_X, &random, back);
        draw(&plain, 256, 5.66, BINS_Y, &random, y);
        cvh_maps own = cvh_maps_view(x, 1, 1, BINS_X, CVH_32F), mirrored = cvh_maps_view(back, 1, 1, BINS_X, CVH_32F);
        ck_assert_int_eq(cvh_flip_merge(&own, &mirrored, alone, flip, &own), CVH_OK);
        bias += (decode(decoder, x, y).x - at) / COUNT;
    }
    return bias;
}

/* mmpose reverses the vector, which is one bin off: a quarter of a pixel in the mean of both. */
START_TEST(test_flip_tests)
{
    for (int noisy = 0; noisy < 2; noisy++)
        for (int decoder = DARK; decoder <= FIT; decoder++) {
            double mirror = bias_of_flip(CVH_FLIP_MIRROR, decoder, noisy * 0.02);
            double bin = bias_of_flip(CVH_FLIP_BIN, decoder, noisy * 0.02);
            ck_assert_msg(fabs(mirror - 0.25) < 0.01 && fabs(bin) < 0.01, "%s, noise %g: MIRROR %+.4f, BIN %+.4f pixels",
                          DECODERS[decoder], noisy * 0.02, mirror, bin);
        }
}
END_TEST

static Suite *simcc_suite(void)
{
    Suite *suite = suite_create("simcc_decode");
    TCase *tests = tcase_create("vectors");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_noisy_labels);
    tcase_add_test(tests, test_bumps_that_are_no_labels);
    tcase_add_test(tests, test_real_networks);
    tcase_add_test(tests, test_what_is_found);
    tcase_add_test(tests, test_bins_without_weight);
    tcase_add_test(tests, test_widths);
    tcase_add_test(tests, test_scores);
    tcase_add_test(tests, test_frames_and_layouts);
    tcase_add_test(tests, test_flip_tests);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return run_suite(simcc_suite());
}
