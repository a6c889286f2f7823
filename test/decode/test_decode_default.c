/* SPDX-License-Identifier: Apache-2.0
 * The default decoder where a map is not the usual noisy Gaussian: clean ones of any width anywhere, clipped at a ceiling,
 * blobs without flanks, few grey levels, neighbours. Errors are in heatmap pixels; maps are 64x48. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/support.h"

enum { ROWS = 64, COLS = 48 };

/* What is drawn; the kind of map says what becomes of it. */
typedef struct bell {
    double x, y, sigma_x, sigma_y;
} bell;

static float samples[ROWS * COLS];
static random_state random;

static double gaussian(const bell *s, int row, int col)
{
    double u = (col - s->x) / s->sigma_x, v = (row - s->y) / s->sigma_y;
    return exp(-(u * u + v * v) / 2);
}

static cvh_peak decoded(const cvh_convention *convention)
{
    cvh_maps maps = cvh_maps_view(samples, 1, ROWS, COLS, CVH_32F);
    cvh_peak peak;
    ck_assert_msg(cvh_decode(&maps, convention, &peak) == CVH_OK, "%s", cvh_last_error());
    return peak;
}

static double between(double least, double most)
{
    return least + (most - least) * random_real(&random);
}

/* Every third is on or beside an edge. */
static double anywhere(int n)
{
    if (random_int(&random, 0, 2)) return between(0, n - 1);
    double from = between(0, 2);
    return random_int(&random, 0, 1) ? from : n - 1 - from;
}

typedef struct tally {
    double mean, largest;
    int refined, count;
} tally;

static void take(tally *t, const cvh_peak *peak, double x, double y)
{
    double error = hypot(peak->x - x, peak->y - y);
    t->mean += error;
    if (error > t->largest) t->largest = error;
    t->refined += peak->found == CVH_FOUND_REFINED;
    t->count++;
}

static void print_tally(const char *name, const tally *t)
{
    printf("%-40s mean %.4f, largest %.4f, refined %d of %d\n", name, t->mean / t->count, t->largest, t->refined, t->count);
}

/* -------------------------------------------------------------------------------------------------------------- clean maps */

/* Whatever widths the convention tells, right or wrong. */
static double told(void)
{
    static const double widths[] = {0, 0.6, 1, 2, 3, 5};
    return widths[random_int(&random, 0, 5)];
}

static void hold_clean(const char *decoder_name, bool round, int count)
{
    cvh_decoder decoder;
    int others = 0;
    double worst = 0;
    ck_assert_int_eq(cvh_decoder_find(decoder_name, &decoder), CVH_OK);
    for (int k = 0; k < count; k++) {
        uint64_t state = random.state;
        bell s = {.x = anywhere(COLS), .y = anywhere(ROWS), .sigma_x = between(0.6, 3)};
        s.sigma_y = round ? s.sigma_x : between(0.6, 3);
        for (int i = 0; i < ROWS * COLS; i++) samples[i] = (float)gaussian(&s, i / COLS, i % COLS);
        cvh_convention convention = {.gaussian = {.sigma_x = told(), .sigma_y = told()}, .decoder = &decoder};
        cvh_peak peak = decoded(&convention);
        double error = hypot(peak.x - s.x, peak.y - s.y);
        others += peak.found != CVH_FOUND_REFINED;
        if (peak.found != CVH_FOUND_REFINED) continue;
        if (error > worst) worst = error;
        ck_assert_msg(error <= 0.02, "%s, state %llu: (%g, %g), sigma %g x %g, is found at (%g, %g)", decoder_name,
                      (unsigned long long)state, s.x, s.y, s.sigma_x, s.sigma_y, peak.x, peak.y);
        ck_assert_msg(fabs(peak.sigma_x / s.sigma_x - 1) < 0.02 && fabs(peak.sigma_y / s.sigma_y - 1) < 0.02,
                      "%s, state %llu: sigma %g x %g is found to be %g x %g", decoder_name, (unsigned long long)state,
                      s.sigma_x, s.sigma_y, peak.sigma_x, peak.sigma_y);
    }
    printf("%s, %s: worst %.4f, not refined %d of %d\n", decoder_name, round ? "round" : "any widths", worst, others, count);
    ck_assert_msg(others <= count / 200, "%s: %d of %d are not refined", decoder_name, others, count);
}

START_TEST(clean_maps_are_right_or_not_refined)
{
    enum { CLEAN = 6000 };
    random = random_start(20261125);
    hold_clean("fit", true, CLEAN);
    hold_clean("fit", false, CLEAN);
    hold_clean("fit_tied", true, CLEAN);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------ clipped maps */

static tally clipped(double sigma, double height, double noise, int count)
{
    tally t = {0, 0, 0, 0};
    for (int k = 0; k < count; k++) {
        bell s = {between(3 * sigma, COLS - 1 - 3 * sigma), between(3 * sigma, ROWS - 1 - 3 * sigma), sigma, sigma};
        for (int i = 0; i < ROWS * COLS; i++) {
            double value = height * gaussian(&s, i / COLS, i % COLS) + noise * random_normal(&random);
            samples[i] = (float)(value < 1 ? value : 1);
        }
        cvh_peak peak = decoded(NULL);
        take(&t, &peak, s.x, s.y);
    }
    return t;
}

START_TEST(a_ceiling_bounds_the_fit_from_one_side)
{
    static const double sigmas[] = {2, 3, 4, 6}, heights[] = {1.1, 1.35, 1.5, 2, 3};
    random = random_start(7);
    for (int noisy = 0; noisy < 2; noisy++)
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < 5; k++) {
                tally t = clipped(sigmas[i], heights[k], noisy ? 0.01 : 0, 200);
                double most = !noisy ? 0.02 : sigmas[i] < 6 ? 0.05 : 0.08;
                char name[80];
                snprintf(name, sizeof name, "clipped, sigma %g, height %g, noise %g", sigmas[i], heights[k],
                         noisy ? 0.01 : 0.0);
                print_tally(name, &t);
                ck_assert_msg(t.mean / t.count <= most, "%s: mean %g, allowed %g", name, t.mean / t.count, most);
            }
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------------- blobs */

/* A disc's samples are 1, or the part of the pixel that it covers. */
static double disc(const bell *s, double radius, bool soft, int row, int col)
{
    if (!soft) return hypot(col - s->x, row - s->y) <= radius;
    int within = 0;
    for (int i = 0; i < 64; i++) within += hypot(col - s->x + (i % 8 - 3.5) / 8, row - s->y + (i / 8 - 3.5) / 8) <= radius;
    return within / 64.0;
}

static tally blobs(int radius, bool soft, int count)
{
    tally t = {0, 0, 0, 0};
    for (int k = 0; k < count; k++) {
        bell s = {between(radius + 2, COLS - 3 - radius), between(radius + 2, ROWS - 3 - radius), 1, 1};
        for (int i = 0; i < ROWS * COLS; i++) samples[i] = (float)disc(&s, radius, soft, i / COLS, i % COLS);
        cvh_peak peak = decoded(NULL);
        ck_assert_msg(peak.found >= CVH_FOUND_PLATEAU, "radius %d: found %d", radius, (int)peak.found);
        take(&t, &peak, s.x, s.y);
    }
    return t;
}

START_TEST(a_blob_answers_its_middle)
{
    random = random_start(11);
    for (int soft = 0; soft < 2; soft++)
        for (int radius = 1; radius <= 12; radius = radius < 4 ? radius + 1 : radius + 4) {
            tally t = blobs(radius, soft, 100);
            char name[80];
            snprintf(name, sizeof name, "disc of radius %d%s", radius, soft ? ", soft edge" : "");
            print_tally(name, &t);
            ck_assert_msg(t.mean / t.count <= (radius < 2 ? 0.45 : 0.3), "%s: mean %g", name, t.mean / t.count);
        }
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------- few grey levels */

/* Of 255 / part levels, held against the decoder's answer to the map before it was rounded. */
static tally rounded(double sigma, int part, int count)
{
    tally t = {0, 0, 0, 0};
    double margin = 2 * sigma;
    for (int k = 0; k < count; k++) {
        bell s = {between(margin, COLS - 1 - margin), between(margin, ROWS - 1 - margin), sigma, sigma};
        for (int n = 0; n < ROWS * COLS; n++) samples[n] = (float)gaussian(&s, n / COLS, n % COLS);
        cvh_peak exact = decoded(NULL);
        for (int n = 0; n < ROWS * COLS; n++) samples[n] = (float)floor((double)samples[n] * 255 / part + 0.5);
        cvh_peak peak = decoded(NULL);
        take(&t, &peak, exact.x, exact.y);
    }
    return t;
}

START_TEST(few_grey_levels_cost_little)
{
    static const double sigmas[] = {1, 1.5, 2, 3, 4};
    random = random_start(13);
    for (int part = 1; part <= 8; part *= 2)
        for (int i = 0; i < 5; i++) {
            tally t = rounded(sigmas[i], part, 300);
            char name[80];
            snprintf(name, sizeof name, "8 bits, 1/%d of the range, sigma %g", part, sigmas[i]);
            print_tally(name, &t);
            ck_assert_msg(t.mean / t.count <= 0.02, "%s: mean %g", name, t.mean / t.count);
            ck_assert_int_eq(t.refined, t.count);
        }
}
END_TEST

/* -------------------------------------------------------------------------------------------------------------- neighbours */

/* Draws two peaks so many sigmas apart, the second one lower, of which the larger sample stays. */
static void draw_pair(double sigma, const double apart[2], const double heights[2], bell s[2])
{
    double angle = between(0, 6.28), distance = sigma * between(apart[0], apart[1]), height = between(heights[0], heights[1]);
    s[0] = (bell){between(12, COLS - 13), between(12, ROWS - 13), sigma, sigma};
    s[1] = (bell){s[0].x + distance * cos(angle), s[0].y + distance * sin(angle), sigma, sigma};
    for (int i = 0; i < ROWS * COLS; i++)
        samples[i] = (float)fmax(gaussian(&s[0], i / COLS, i % COLS), height * gaussian(&s[1], i / COLS, i % COLS));
}

/* How many of two peaks 2 to 3 sigma apart have no answer within a pixel. */
static int lost_neighbours(int count, int *seen)
{
    int lost = 0;
    for (int k = 0; k < count; k++) {
        bell s[2];
        draw_pair(2, (const double[]){2, 3}, (const double[]){0.6, 1}, s);
        cvh_maps maps = cvh_maps_view(samples, 1, ROWS, COLS, CVH_32F);
        cvh_decoder decoder = {.threshold = 0.1};
        cvh_convention convention = {.decoder = &decoder};
        cvh_peak peaks[16];
        size_t found;
        ck_assert_msg(cvh_find_peaks(&maps, &convention, peaks, 16, &found) == CVH_OK, "%s", cvh_last_error());
        for (int p = 0; p < 2 && found >= 2; p++) { /* else one of them is no maximum */
            double nearest = INFINITY;
            for (size_t i = 0; i < found; i++) nearest = fmin(nearest, hypot(peaks[i].x - s[p].x, peaks[i].y - s[p].y));
            ++*seen;
            lost += nearest > 1;
        }
    }
    return lost;
}

START_TEST(close_neighbours_are_told_apart)
{
    enum { COUNT = 1000 };
    int seen = 0;
    random = random_start(17);
    int lost = lost_neighbours(COUNT, &seen);
    printf("neighbours 2 to 3 sigma apart: %d of %d lost\n", lost, seen);
    ck_assert_int_gt(seen, COUNT);
    ck_assert_msg(lost * 200 <= seen, "%d of %d lost", lost, seen);
}
END_TEST

/* A background and noise, and up to two samples in the window that are no numbers. */
START_TEST(a_background_is_found_beside_holes)
{
    enum { COUNT = 1000 };
    tally t = {0, 0, 0, 0};
    random = random_start(29);
    for (int k = 0; k < COUNT; k++) {
        bell s = {between(9, COLS - 10), between(9, ROWS - 10), 2, 2};
        for (int i = 0; i < ROWS * COLS; i++)
            samples[i] = (float)(gaussian(&s, i / COLS, i % COLS) + 0.05 + 0.01 * random_normal(&random));
        for (int hole = 0; hole < 2; hole++) {
            int col = (int)(s.x + 0.5) + random_int(&random, -4, 4), row = (int)(s.y + 0.5) + random_int(&random, 1, 4);
            samples[row * COLS + col] = hole ? NAN : -INFINITY;
        }
        cvh_peak peak = decoded(NULL);
        take(&t, &peak, s.x, s.y);
    }
    print_tally("background 0.05, noise 0.01, two holes", &t);
    ck_assert_msg(t.mean / t.count <= 0.0120 && t.refined == t.count, "mean %g", t.mean / t.count);
}
END_TEST

/* The first step that takes it is far from the last where there is little noise, or none. */
static const struct {
    double background, noise, most; /* mean error in pixels */
} QUIETER[] = {
    {0.05, 0, 0.0002}, {0.05, 1e-4, 0.0005}, {0.05, 1e-3, 0.002}, {0.05, 3e-3, 0.005},
    {0.2, 0, 0.0002},  {0.3, 0, 0.0002},     {0.3, 1e-3, 0.0015}, {0.2, 1e-2, 0.0105},
};

START_TEST(a_background_is_found_in_any_noise)
{
    enum { COUNT = 300 };
    tally t = {0, 0, 0, 0};
    random = random_start(31);
    for (int k = 0; k < COUNT; k++) {
        bell s = {between(9, COLS - 10), between(9, ROWS - 10), 2, 2};
        for (int i = 0; i < ROWS * COLS; i++)
            samples[i] =
                (float)(gaussian(&s, i / COLS, i % COLS) + QUIETER[_i].background + QUIETER[_i].noise * random_normal(&random));
        cvh_peak peak = decoded(NULL);
        take(&t, &peak, s.x, s.y);
    }
    char name[64];
    snprintf(name, sizeof name, "background %g, noise %g", QUIETER[_i].background, QUIETER[_i].noise);
    print_tally(name, &t);
    ck_assert_msg(t.mean / t.count <= QUIETER[_i].most && t.refined == t.count, "%s: mean %g", name, t.mean / t.count);
}
END_TEST

/* A narrow peak and a lower neighbour so near that a fit of both may be the neighbour's, of which the peak itself then stands
 * out. Where the peak's pixel is the map's largest, the answer is not the neighbour's. */
START_TEST(a_narrow_peak_is_not_left_out)
{
    enum { COUNT = 4000 };
    int seen = 0, elsewhere = 0;
    random = random_start(37);
    for (int k = 0; k < COUNT; k++) {
        bell s[2];
        draw_pair(0.9, (const double[]){1.5, 3}, (const double[]){0.75, 0.95}, s);
        int largest = 0;
        for (int i = 0; i < ROWS * COLS; i++)
            if (samples[i] > samples[largest]) largest = i;
        if (hypot(largest % COLS - s[0].x, largest / COLS - s[0].y) > 0.75) continue;
        cvh_peak peak = decoded(NULL);
        seen++;
        elsewhere += hypot(peak.x - s[0].x, peak.y - s[0].y) > 1;
    }
    printf("narrow neighbours 1.5 to 3 sigma apart: %d of %d more than a pixel off\n", elsewhere, seen);
    ck_assert_int_gt(seen, COUNT / 2);
    ck_assert_msg(elsewhere * 80 <= seen, "%d of %d", elsewhere, seen);
}
END_TEST

/* A neighbour of which only a few samples on one side are in the window: a width for each axis, which is not proven then, would
 * explain some of them. */
static const struct {
    double sigma, x, y, distance, angle, height, most; /* error in pixels */
} NARROW[] = {
    {0.7, 20.1, 20, 3.75, 3.2, 0.4, 0.002}, {0.7, 20.1, 20, 3.75, 3.2, 1, 0.002},   {0.7, 20.4, 20.4, 3, 3.2, 0.5, 0.02},
    {0.7, 20.4, 20.4, 3, 3.2, 0.6, 0.02},   {0.85, 20, 20.4, 3.5, 4.8, 0.4, 0.015},
};

START_TEST(a_narrow_peak_is_read_beside_another)
{
    const double sigma = NARROW[_i].sigma, distance = NARROW[_i].distance, angle = NARROW[_i].angle;
    bell s[2] = {{NARROW[_i].x, NARROW[_i].y, sigma, sigma}, {NARROW[_i].x, NARROW[_i].y, sigma, sigma}};
    s[1].x += distance * cos(angle), s[1].y += distance * sin(angle);
    for (int i = 0; i < ROWS * COLS; i++)
        samples[i] = (float)(gaussian(&s[0], i / COLS, i % COLS) + NARROW[_i].height * gaussian(&s[1], i / COLS, i % COLS));
    cvh_peak peak = decoded(NULL);
    double error = hypot(peak.x - s[0].x, peak.y - s[0].y);
    ck_assert_int_eq(peak.found, CVH_FOUND_REFINED);
    ck_assert_msg(error <= NARROW[_i].most, "sigma %g, neighbour of %g: %g", sigma, NARROW[_i].height, error);
}
END_TEST

/* What the fit of one width leaves of a peak with two lies above and below it; no part of that is another peak's. */
START_TEST(a_width_for_each_axis_is_no_other_peak)
{
    enum { COUNT = 8000 };
    tally t = {0, 0, 0, 0};
    random = random_start(100);
    for (int k = 0; k < COUNT; k++) {
        uint64_t state = random.state;
        bell s = {between(0, COLS - 1), between(0, ROWS - 1), between(0.6, 3), between(0.6, 3)};
        for (int i = 0; i < ROWS * COLS; i++)
            samples[i] = (float)(gaussian(&s, i / COLS, i % COLS) + 0.01 * random_normal(&random));
        cvh_peak peak = decoded(NULL);
        double error = hypot(peak.x - s.x, peak.y - s.y);
        ck_assert_msg(error < 0.5, "state %llu: (%g, %g), sigma %g x %g, is found at (%g, %g)", (unsigned long long)state, s.x,
                      s.y, s.sigma_x, s.sigma_y, peak.x, peak.y);
        take(&t, &peak, s.x, s.y);
    }
    print_tally("any widths, noise 0.01", &t);
    ck_assert_msg(t.mean / t.count <= 0.0135, "mean %g", t.mean / t.count);
}
END_TEST

/* A streak along an axis: what its one width leaves is so bad a fit that a step foresees only half of what two explain. */
START_TEST(a_streak_has_two_widths)
{
    enum { COUNT = 600 };
    tally t = {0, 0, 0, 0};
    random = random_start(101);
    for (int k = 0; k < COUNT; k++) {
        uint64_t state = random.state;
        double narrow = between(0.8, 1.1), wide = narrow * between(5, 8);
        bell s = {between(12, COLS - 13), between(12, ROWS - 13), k % 2 ? narrow : wide, k % 2 ? wide : narrow};
        for (int i = 0; i < ROWS * COLS; i++) samples[i] = (float)gaussian(&s, i / COLS, i % COLS);
        cvh_peak peak = decoded(NULL);
        ck_assert_msg(peak.found != CVH_FOUND_REFINED || hypot(peak.x - s.x, peak.y - s.y) < 0.02,
                      "state %llu: (%g, %g), sigma %g x %g, is found at (%g, %g)", (unsigned long long)state, s.x, s.y,
                      s.sigma_x, s.sigma_y, peak.x, peak.y);
        take(&t, &peak, s.x, s.y);
    }
    print_tally("streaks, clean", &t);
    ck_assert_msg(t.refined >= 0.995 * COUNT, "%d of %d are refined", t.refined, t.count);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------------- logits
 */

/* Logits as PoseNet's and MoveNet's networks put them out: a paraboloid of this top and curvature on a floor, with noise. The
 * sigmoid makes a disc of the high one, and a bell of the low one. */
static const struct {
    const char *name;
    double top, curvature, floor;
    double most; /* mean error in pixels */
} LOGITS[] = {{"PoseNet-like logits", 4, 1.2, -9, 0.02}, {"MoveNet-like logits", 0.5, 0.4, -9, 0.02}};

START_TEST(logits_are_refined_through_the_sigmoid)
{
    enum { COUNT = 1000 };
    cvh_decoder decoder = {.activation = CVH_ACTIVATION_SIGMOID, .threshold = 0.3}, plain = {.threshold = -INFINITY};
    cvh_convention convention = {.decoder = &decoder}, untold = {.decoder = &plain};
    tally t = {0, 0, 0, 0}, without = {0, 0, 0, 0};
    random = random_start(23);
    for (int k = 0; k < COUNT; k++) {
        double x = between(6, COLS - 7), y = between(6, ROWS - 7);
        for (int i = 0; i < ROWS * COLS; i++) {
            double u = i % COLS - x, v = i / COLS - y, logit = LOGITS[_i].top - LOGITS[_i].curvature * (u * u + v * v);
            samples[i] = (float)(fmax(logit, LOGITS[_i].floor) + 0.05 * random_normal(&random));
        }
        cvh_peak peak = decoded(&convention);
        take(&t, &peak, x, y);
        peak = decoded(&untold);
        take(&without, &peak, x, y);
    }
    print_tally(LOGITS[_i].name, &t);
    print_tally("  without the activation", &without);
    ck_assert_int_eq(t.refined, t.count);
    ck_assert_msg(t.mean / t.count <= LOGITS[_i].most, "%s: mean %g", LOGITS[_i].name, t.mean / t.count);
}
END_TEST

/* What takes a checker of memory seconds. */
START_TEST(a_few_of_each_kind)
{
    int seen = 0;
    random = random_start(23);
    hold_clean("fit", true, 30);
    hold_clean("fit", false, 30);
    hold_clean("fit_tied", true, 30);
    for (int radius = 1; radius <= 8; radius *= 2) {
        tally flat = clipped(radius, 1.5, 0.01, 2), blob = blobs(radius, radius > 2, 2), grey = rounded(1 + radius / 4.0, 8, 2);
        ck_assert_msg(flat.largest < 0.5 && blob.largest < 1 && grey.largest < 0.1, "%d: %g, %g, %g", radius, flat.largest,
                      blob.largest, grey.largest);
    }
    ck_assert_int_eq(lost_neighbours(5, &seen), 0);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ conventions that truncate */

static const char *const TRUNCATING[] = {"megvii",      "mmpose_megvii", "centernet", "ttfnet",
                                         "higherhrnet", "pytorch_pose",  "density"};
enum { TRUNCATING_COUNT = sizeof TRUNCATING / sizeof *TRUNCATING };

/* A keypoint's pixel tells where it is to half a pixel; the mean over many has no bias. */
START_TEST(a_truncated_keypoint_is_in_the_middle_of_its_pixel)
{
    enum { COUNT = 4000 };
    cvh_convention convention;
    double bias_x = 0, bias_y = 0;
    random = random_start(19);
    ck_assert_msg(cvh_convention_find(TRUNCATING[_i], &convention) == CVH_OK, "%s", cvh_last_error());
    bool absent = strcmp(cvh_opencv_arithmetic(), "built without OpenCV") == 0;
    if (absent && convention.method == CVH_METHOD_BLUR) return; /* what draws its maps is not there */
    convention.decoder = NULL;
    if (convention.gaussian.sigma_x == 0 && convention.gaussian.ksize_x == 0) convention.gaussian.sigma_x = 2;
    cvh_maps maps = cvh_maps_view(samples, 1, ROWS, COLS, CVH_32F);
    for (int k = 0; k < COUNT; k++) {
        cvh_keypoint point = {.x = between(12, COLS - 12), .y = between(12, ROWS - 12)};
        ck_assert_msg(cvh_encode(&maps, &point, 1, &convention, NULL) == CVH_OK, "%s: %s", TRUNCATING[_i], cvh_last_error());
        cvh_peak peak = decoded(&convention);
        ck_assert_int_eq(peak.found, CVH_FOUND_REFINED);
        bias_x += (peak.x - point.x) / COUNT;
        bias_y += (peak.y - point.y) / COUNT;
    }
    printf("%-16s bias %.4f, %.4f\n", TRUNCATING[_i], bias_x, bias_y);
    ck_assert_msg(fabs(bias_x) <= 0.02 && fabs(bias_y) <= 0.02, "%s: bias %g, %g", TRUNCATING[_i], bias_x, bias_y);
}
END_TEST

/* Half a pixel is added where the decoder's own shift is 0, and nowhere else. */
START_TEST(a_shift_of_the_callers_stays)
{
    cvh_decoder decoder = {.shift = 0.25};
    cvh_convention drawn = {.gaussian = {.sigma_x = 2}}, read = {.snap = CVH_SNAP_TRUNC, .decoder = &decoder};
    cvh_maps maps = cvh_maps_view(samples, 1, ROWS, COLS, CVH_32F);
    cvh_keypoint point = {.x = 20, .y = 21};
    ck_assert_msg(cvh_patch(&maps, &point, 1, &drawn) == CVH_OK, "%s", cvh_last_error());
    ck_assert_double_eq_tol(decoded(&read).x, 20.25, 1e-4);
    decoder.shift = 0;
    ck_assert_double_eq_tol(decoded(&read).x, 20.5, 1e-4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_default");
    TCase *tests = tcase_create("decode_default");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_few_of_each_kind);
    tcase_add_test(tests, a_shift_of_the_callers_stays);
    suite_add_tcase(suite, tests);
    tests = tcase_create("many");
    tcase_set_tags(tests, "statistics");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, clean_maps_are_right_or_not_refined);
    tcase_add_test(tests, a_ceiling_bounds_the_fit_from_one_side);
    tcase_add_test(tests, a_blob_answers_its_middle);
    tcase_add_test(tests, few_grey_levels_cost_little);
    tcase_add_test(tests, close_neighbours_are_told_apart);
    tcase_add_test(tests, a_background_is_found_beside_holes);
    tcase_add_loop_test(tests, a_background_is_found_in_any_noise, 0, sizeof QUIETER / sizeof *QUIETER);
    tcase_add_test(tests, a_narrow_peak_is_not_left_out);
    tcase_add_loop_test(tests, a_narrow_peak_is_read_beside_another, 0, sizeof NARROW / sizeof *NARROW);
    tcase_add_test(tests, a_width_for_each_axis_is_no_other_peak);
    tcase_add_test(tests, a_streak_has_two_widths);
    tcase_add_loop_test(tests, logits_are_refined_through_the_sigmoid, 0, sizeof LOGITS / sizeof *LOGITS);
    suite_add_tcase(suite, tests);
    tests = tcase_create("opencv");
    tcase_set_tags(tests, "opencv statistics"); /* some conventions draw by cv::GaussianBlur */
    tcase_add_loop_test(tests, a_truncated_keypoint_is_in_the_middle_of_its_pixel, 0, (int)TRUNCATING_COUNT);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
