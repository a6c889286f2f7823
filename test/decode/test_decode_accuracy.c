/* SPDX-License-Identifier: Apache-2.0
 * How far decoded keypoints are from the truth, in heatmap pixels, on 64x48 maps drawn in closed form with independent normal
 * noise: 10,000 points at least 3 sigma from every edge, 2,000 nearer, for three seeds. The Cramer-Rao bound at noise 0.01 is
 * 0.0100 inside for any sigma, 0.0110 at the edge for sigma 2 and 0.0113 for sigma 3. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/support.h"

enum { ROWS = 64, COLS = 48, INSIDE = 10000, EDGE = 2000, BATCH = 200 };

static const uint64_t SEEDS[] = {20240611, 20240612, 20240613};
enum { SEED_COUNT = sizeof SEEDS / sizeof *SEEDS };

/* What is on a map beside the peak. */
typedef struct surroundings {
    double sigma_x, sigma_y, amplitude, noise, background;
    double second, distance; /* a second peak of this part of the amplitude, at a random angle; 0: none */
} surroundings;

typedef struct bar {
    const char *name, *decoder;
    surroundings around;
    double told;         /* the convention's sigma */
    double ksize;        /* of the Newton step's blur */
    double inside, edge; /* mean errors allowed */
} bar;

#define CLEAN(sigma)                                                                                                           \
  {                                                                                                                            \
    sigma, sigma, 1, 0, 0, 0, 0                                                                                                \
  }

/* The first rows are what a user gets who tells sigma, and one who gives no convention; then maps that the decoder was not told
 * the truth about, where the bars are what free widths can do plus a tenth. */
static const bar BARS[] = {
    {"clean, sigma 2", "fit", CLEAN(2), 2, 0, 0.00005, 0.00005},
    {"clean, sigma 3", "fit", CLEAN(3), 3, 0, 0.00005, 0.00005},
    {"clean, sigma 3, not told", "fit", CLEAN(3), 0, 0, 0.00005, 0.00005},
    {"clean, sigma 2, tied", "fit_tied", CLEAN(2), 2, 0, 0.00005, 0.00005},
    {"sigma 1", "fit", {1, 1, 1, 0.01, 0, 0, 0}, 0, 0, 0.0105, 0.0124},
    {"sigma 1.5", "fit", {1.5, 1.5, 1, 0.01, 0, 0, 0}, 0, 0, 0.0105, 0.0124},
    {"sigma 2", "fit", {2, 2, 1, 0.01, 0, 0, 0}, 2, 0, 0.0104, 0.0124},
    {"sigma 2, not told", "fit", {2, 2, 1, 0.01, 0, 0, 0}, 0, 0, 0.0104, 0.0124},
    {"sigma 2, tied", "fit_tied", {2, 2, 1, 0.01, 0, 0, 0}, 2, 0, 0.0103, 0.0120},
    {"sigma 3", "fit", {3, 3, 1, 0.01, 0, 0, 0}, 3, 0, 0.0105, 0.0125},
    {"sigma 3, not told", "fit", {3, 3, 1, 0.01, 0, 0, 0}, 0, 0, 0.0105, 0.0125},
    {"sigma 3, tied", "fit_tied", {3, 3, 1, 0.01, 0, 0, 0}, 3, 0, 0.0105, 0.0125},
    {"sigma 2.5, told 2", "fit", {2.5, 2.5, 1, 0.01, 0, 0, 0}, 2, 0, 0.0105, 0.0125},
    {"sigma 1.6, told 2", "fit", {1.6, 1.6, 1, 0.01, 0, 0, 0}, 2, 0, 0.0106, 0.0124},
    {"sigma 2.6 x 1.8, told 2", "fit", {2.6, 1.8, 1, 0.01, 0, 0, 0}, 2, 0, 0.0110, 0.0143},
    {"background 0.05", "fit", {2, 2, 1, 0.01, 0.05, 0, 0}, 2, 0, 0.0105, 0.0135},
    {"second peak 0.6 at 8 px", "fit", {2, 2, 1, 0.01, 0, 0.6, 8}, 2, 0, 0.0106, 0.0122},
    {"second peak 0.6 at 5 px", "fit", {2, 2, 1, 0.01, 0, 0.6, 5}, 2, 0, 0.0240, 0.0325},
    {"amplitude 0.3, noise 0.03", "fit", {2, 2, 0.3, 0.03, 0, 0, 0}, 2, 0, 0.1050, 0.1250},
    {"clean, sigma 2, Newton", "newton", CLEAN(2), 2, 11, 0.0002, 0.0003},
    {"sigma 2, Newton", "newton", {2, 2, 1, 0.01, 0, 0, 0}, 2, 11, 0.0103, 0.0180},
};
enum { BAR_COUNT = sizeof BARS / sizeof *BARS };

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* exp(-(i - centre)^2 / 2 sigma^2) for every column or row. */
static void axis_profile(double centre, double sigma, int count, double *profile)
{
    for (int i = 0; i < count; i++) profile[i] = exp(-(i - centre) * (i - centre) / (2 * sigma * sigma));
}

/* Standard normal numbers, made once; a map takes a stretch of them from a random place on. */
enum { NORMALS = 1 << 22 };
static float normals[NORMALS];

static void make_normals(void)
{
    random_state random = random_start(1);
    for (int i = 0; i < NORMALS; i++) normals[i] = (float)random_normal(&random);
}

static void draw(const surroundings *s, double x, double y, double angle, random_state *random, float *samples)
{
    const float *noise = normals + random_int(random, 0, NORMALS - ROWS * COLS);
    double gx[COLS], gy[ROWS], hx[COLS], hy[ROWS];
    axis_profile(x, s->sigma_x, COLS, gx);
    axis_profile(y, s->sigma_y, ROWS, gy);
    axis_profile(x + s->distance * cos(angle), s->sigma_x, COLS, hx);
    axis_profile(y + s->distance * sin(angle), s->sigma_y, ROWS, hy);
    for (int j = 0; j < ROWS; j++)
        for (int i = 0; i < COLS; i++) {
            double value = s->second > 0 ? larger(gx[i] * gy[j], s->second * hx[i] * hy[j]) : gx[i] * gy[j];
            samples[j * COLS + i] = (float)(s->amplitude * value + s->background + s->noise * (double)noise[j * COLS + i]);
        }
}

/* A point at least 3 sigma from every edge, or one that is not. */
static void choose(const surroundings *s, bool edge, random_state *random, double *x, double *y)
{
    double margin = 3 * larger(s->sigma_x, s->sigma_y);
    bool inside;
    do {
        *x = random_real(random) * (COLS - 1);
        *y = random_real(random) * (ROWS - 1);
        inside = *x >= margin && *x <= COLS - 1 - margin && *y >= margin && *y <= ROWS - 1 - margin;
    } while (inside == edge);
}

typedef struct outcome {
    double mean, largest;
    int refined;
} outcome;

static outcome measure(const bar *b, bool edge, int count, random_state *random)
{
    static float samples[BATCH][ROWS * COLS];
    double x[BATCH], y[BATCH];
    cvh_peak peaks[BATCH];
    cvh_decoder decoder;
    cvh_convention convention = {.gaussian.sigma_x = b->told, .decoder = &decoder};
    outcome errors = {0, 0, 0};
    ck_assert_int_eq(cvh_decoder_find(b->decoder, &decoder), CVH_OK);
    if (b->ksize > 0) decoder.blur_ksize = b->ksize;
    for (int done = 0; done < count; done += BATCH) {
        for (int k = 0; k < BATCH; k++) {
            choose(&b->around, edge, random, &x[k], &y[k]);
            draw(&b->around, x[k], y[k], random_real(random) * 2 * 3.14159265358979323846, random, samples[k]);
        }
        cvh_maps maps = cvh_maps_view(samples, BATCH, ROWS, COLS, CVH_32F);
        ck_assert_msg(cvh_decode(&maps, &convention, peaks) == CVH_OK, "%s: %s", b->name, cvh_last_error());
        for (int k = 0; k < BATCH; k++) {
            double error = hypot(peaks[k].x - x[k], peaks[k].y - y[k]);
            errors.mean += error / count;
            errors.largest = larger(errors.largest, error);
            errors.refined += peaks[k].found == CVH_FOUND_REFINED;
        }
    }
    return errors;
}

/* Where `edge` is false the points inside are measured. */
static void hold(const bar *b, uint64_t seed, bool edge)
{
    random_state random = random_start(seed), first = random;
    int count = edge ? EDGE : INSIDE;
    outcome errors = measure(b, edge, count, &random);
    double most = edge ? b->edge : b->inside;
    printf("%-26s %-9s seed %llu  %-6s mean %.5f (bar %.4f)  largest %.4f  refined %d of %d\n", b->name, b->decoder,
           (unsigned long long)seed, edge ? "edge" : "inside", errors.mean, most, errors.largest, errors.refined, count);
    ck_assert_msg(errors.mean <= most, "%s, %s, generator state %llu: mean error %.5f px, allowed %.4f; the largest %.4f",
                  b->name, edge ? "edge" : "inside", (unsigned long long)first.state, errors.mean, most, errors.largest);
}

START_TEST(test_errors_stay_below_the_bars)
{
    const bar *b = &BARS[_i / SEED_COUNT];
    uint64_t seed = SEEDS[_i % SEED_COUNT];
    hold(b, seed, false);
    hold(b, seed, true);
}
END_TEST

/* The fit stays within two pixels of the arg-max, whatever the map: here noise alone. */
START_TEST(test_no_answer_is_far_from_the_pixel)
{
    static float samples[ROWS * COLS];
    random_state random = random_start(77), first = random;
    cvh_maps maps = cvh_maps_view(samples, 1, ROWS, COLS, CVH_32F);
    cvh_decoder pixel_decoder = {.refine = CVH_REFINE_NONE};
    cvh_convention pixel_convention = {.decoder = &pixel_decoder};
    int refined = 0;
    for (int i = 0; i < 2000; i++) {
        const float *noise = normals + random_int(&random, 0, NORMALS - ROWS * COLS);
        for (int k = 0; k < ROWS * COLS; k++) samples[k] = noise[k];
        cvh_peak peak, pixel;
        ck_assert_int_eq(cvh_decode(&maps, NULL, &peak), CVH_OK);
        ck_assert_int_eq(cvh_decode(&maps, &pixel_convention, &pixel), CVH_OK);
        double away = hypot(peak.x - pixel.x, peak.y - pixel.y);
        refined += peak.found == CVH_FOUND_REFINED;
        ck_assert_msg(away <= 2, "map %d of generator state %llu: %g px from the pixel", i, (unsigned long long)first.state,
                      away);
        ck_assert_msg(peak.found >= CVH_FOUND_PIXEL, "map %d: found %d", i, (int)peak.found);
    }
    printf("noise alone: %d of 2000 maps refined\n", refined);
}
END_TEST

int main(void)
{
    make_normals();
    Suite *suite = suite_create("decode_accuracy");
    TCase *tests = tcase_create("decode_accuracy");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, test_errors_stay_below_the_bars, 0, (int)BAR_COUNT * (int)SEED_COUNT);
    tcase_add_test(tests, test_no_answer_is_far_from_the_pixel);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
