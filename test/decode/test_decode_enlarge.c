/* SPDX-License-Identifier: Apache-2.0
 * Decoders that search the map enlarged: OpenPose's round trip, positions and values against a bicubic enlargement of the
 * test's own, the units of the decoder's lengths, and an enlargement that fails. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "shim/resize.h"
#include "support/support.h"

/* The call of cv::resize that fails, counted from 1 (0: none), and how. */
static int calls, failing;
static cvh_shim_result failure;

cvh_shim_result __real_cvh_shim_resize_cubic(const cvh_shim_image *source, const cvh_shim_image *target, char *message,
                                             size_t size);
cvh_shim_result __wrap_cvh_shim_resize_cubic(const cvh_shim_image *source, const cvh_shim_image *target, char *message,
                                             size_t size);

cvh_shim_result __wrap_cvh_shim_resize_cubic(const cvh_shim_image *source, const cvh_shim_image *target, char *message,
                                             size_t size)
{
    if (++calls != failing) return __real_cvh_shim_resize_cubic(source, target, message, size);
    snprintf(message, size, "as it was told");
    return failure;
}

/* ---------------------------------------------------------------------------------------------------------------- OpenPose */

/* Keys' cubic with a = -3/4, OpenCV's. */
static double weight(double distance)
{
    const double a = -0.75, t = fabs(distance);
    if (t <= 1) return ((a + 2) * t - (a + 3)) * t * t + 1;
    return t < 2 ? ((a * t - 5 * a) * t + 8 * a) * t - 4 * a : 0;
}

/* OpenPose's own geometry: input of 368x368, maps of 46x46; another decoder than its own where one is given. */
static cvh_peak round_trip(double x, double y, const cvh_decoder *decoder)
{
    static float samples[46 * 46];
    cvh_maps maps = cvh_maps_view(samples, 1, 46, 46, CVH_32F);
    cvh_convention openpose;
    cvh_keypoint point = {.x = x, .y = y};
    cvh_peak peak;
    ck_assert_int_eq(cvh_convention_find("openpose", &openpose), CVH_OK);
    ck_assert_int_eq(cvh_convention_fit(&openpose, 368, 368, 46, 46), CVH_OK);
    ck_assert_msg(cvh_encode(&maps, &point, 1, &openpose, NULL) == CVH_OK, "%s", cvh_last_error());
    if (decoder) openpose.decoder = decoder;
    ck_assert_msg(cvh_decode(&maps, &openpose, &peak) == CVH_OK, "%s", cvh_last_error());
    ck_assert_msg(peak.found == CVH_FOUND_REFINED, "(%g, %g): found %d", x, y, (int)peak.found);
    return peak;
}

/* On the pixels of the input the answer is the keypoint. Between them the enlargement's own largest sample lies up to a pixel
 * beside it: cv::resize's cubic is no Gaussian. */
START_TEST(openpose_gives_back_what_it_drew)
{
    enum { COUNT = 500 };
    random_state random = random_start(12);
    double mean = 0, bias = 0, worst = 0, worst_whole = 0;
    for (int k = 0; k < COUNT; k++) {
        uint64_t state = random.state;
        double x = 16 + 336 * random_real(&random), y = 16 + 336 * random_real(&random);
        cvh_peak peak = round_trip(x, y, NULL), whole = round_trip(floor(x), floor(y), NULL);
        double dx = peak.x - x, dy = peak.y - y;
        double off_whole = fmax(fabs(whole.x - floor(x)), fabs(whole.y - floor(y)));
        mean += (fabs(dx) + fabs(dy)) / (2 * COUNT);
        bias += (dx + dy) / (2 * COUNT);
        worst = fmax(worst, fmax(fabs(dx), fabs(dy)));
        worst_whole = fmax(worst_whole, off_whole);
        ck_assert_msg(fabs(dx) < 1 && fabs(dy) < 1 && off_whole < 0.05, "state %llu: (%g, %g) comes back as (%g, %g)",
                      (unsigned long long)state, x, y, peak.x, peak.y);
    }
    printf("openpose, 46x46 of 368x368, an axis, input pixels: mean %.3f, bias %.3f, worst %.3f; on whole pixels worst %.3f\n",
           mean, bias, worst, worst_whole);
    ck_assert_msg(mean < 0.5 && fabs(bias) < 0.03, "mean %g, bias %g", mean, bias);
    cvh_peak peak = round_trip(100.3, 120.7, NULL);
    ck_assert_msg(fabs(peak.x - 100.3) < 0.5 && fabs(peak.y - 120.7) < 0.5, "(%g, %g)", peak.x, peak.y);
}
END_TEST

/* OpenPose's rule without the library: putGaussianMaps' Gaussian of 7 input pixels at a stride of 8, resizeAndMergeCpu's cubic,
 * the largest sample and the centroid of the 7x7 about it, nmsAccuratePeakPosition's. Far from the borders, around the keypoint
 * alone. False where two samples are the largest to within what floats tell. */
enum { REACH = 10, STRIDE = 8 };

static double drawn(int row, int col, double x, double y)
{
    double dx = STRIDE * col + 3.5 - x, dy = STRIDE * row + 3.5 - y, exponent = (dx * dx + dy * dy) / (2 * 7 * 7);
    return exponent > 4.6052 ? 0 : exp(-exponent);
}

static double drawn_and_enlarged(int row, int col, double x, double y)
{
    double at_x = (col + 0.5) / STRIDE - 0.5, at_y = (row + 0.5) / STRIDE - 0.5, sum = 0;
    int i0 = (int)floor(at_x), j0 = (int)floor(at_y);
    for (int j = j0 - 1; j <= j0 + 2; j++)
        for (int i = i0 - 1; i <= i0 + 2; i++) sum += weight(at_x - i) * weight(at_y - j) * drawn(j, i, x, y);
    return sum;
}

static bool rule_as_published(double x, double y, double *to_x, double *to_y)
{
    enum { SIDE = 2 * REACH + 1 };
    double map[SIDE][SIDE], largest = -1, second = -1, sum = 0, sum_x = 0, sum_y = 0;
    int first_row = (int)y - REACH, first_col = (int)x - REACH, row = 0, col = 0;
    for (int j = 0; j < SIDE; j++)
        for (int i = 0; i < SIDE; i++) {
            double value = map[j][i] = drawn_and_enlarged(first_row + j, first_col + i, x, y);
            second = fmax(second, fmin(value, largest));
            if (value <= largest) continue;
            largest = value;
            row = j, col = i;
        }
    for (int j = row - 3; j <= row + 3; j++)
        for (int i = col - 3; i <= col + 3; i++) {
            if (map[j][i] <= 0) continue;
            sum += map[j][i];
            sum_x += map[j][i] * (first_col + i);
            sum_y += map[j][i] * (first_row + j);
        }
    *to_x = sum_x / sum;
    *to_y = sum_y / sum;
    return largest - second > 1e-6;
}

/* The round trip's error is the rule's: the library's answer is the one worked out here, and that one is up to 0.9 off. A 7x7
 * window says little of a Gaussian 7 pixels wide, so that the answer stays near the largest sample: a whole pixel, which the
 * cubic moreover has beside the Gaussian's. */
START_TEST(openpose_is_off_by_what_its_rule_is)
{
    enum { COUNT = 400 };
    random_state random = random_start(21);
    double mean = 0, worst = 0, apart = 0;
    int told = 0;
    for (int k = 0; k < COUNT; k++) {
        uint64_t state = random.state;
        double x = 40 + 288 * random_real(&random), y = 40 + 288 * random_real(&random), to_x, to_y;
        if (!rule_as_published(x, y, &to_x, &to_y)) continue;
        cvh_peak peak = round_trip(x, y, NULL);
        told++;
        mean += fabs(to_x - x) + fabs(to_y - y);
        worst = fmax(worst, fmax(fabs(to_x - x), fabs(to_y - y)));
        apart = fmax(apart, fmax(fabs(peak.x - to_x), fabs(peak.y - to_y)));
        ck_assert_msg(apart < 0.001, "state %llu: (%g, %g) comes back as (%g, %g), the rule says (%g, %g)",
                      (unsigned long long)state, x, y, peak.x, peak.y, to_x, to_y);
    }
    printf("openpose's rule alone, %d of %d, an axis, input pixels: mean %.3f, worst %.3f; the library's answer %.5f from it\n",
           told, COUNT, mean / (2 * told), worst, apart);
    ck_assert_int_gt(told, COUNT * 9 / 10);
    ck_assert_msg(worst > 0.5 && worst < 1, "the rule's worst is %g; README says 0.87", worst);
}
END_TEST

START_TEST(the_default_gives_back_what_openpose_drew)
{
    enum { COUNT = 2000 };
    cvh_decoder plain = {0};
    random_state random = random_start(22);
    double worst = 0;
    for (int k = 0; k < COUNT; k++) {
        uint64_t state = random.state;
        double x = 16 + 336 * random_real(&random), y = 16 + 336 * random_real(&random);
        cvh_peak peak = round_trip(x, y, &plain);
        worst = fmax(worst, fmax(fabs(peak.x - x), fabs(peak.y - y)));
        ck_assert_msg(worst < 0.02, "state %llu: (%g, %g) comes back as (%g, %g)", (unsigned long long)state, x, y, peak.x,
                      peak.y);
    }
    printf("openpose drawn, the default decoder, an axis, input pixels: worst %.4f\n", worst);
}
END_TEST

/* ------------------------------------------------------------------------------------------ against another way of doing it */

enum { ROWS = 9, COLS = 13, MOST = 8 };

static double source[ROWS][COLS], enlarged[ROWS * MOST][COLS * MOST];

static int clamped(int at, int n)
{
    return at < 0 ? 0 : at < n ? at : n - 1;
}

static double enlarged_at(double x, double y)
{
    double sum = 0;
    int col = (int)floor(x), row = (int)floor(y);
    for (int j = row - 1; j <= row + 2; j++)
        for (int i = col - 1; i <= col + 2; i++)
            sum += weight(x - i) * weight(y - j) * source[clamped(j, ROWS)][clamped(i, COLS)];
    return sum;
}

/* The largest sample of the map times n, at (x, y) of the map. */
static double enlarge_plainly(int n, double *x, double *y)
{
    double best = -INFINITY;
    for (int row = 0; row < ROWS * n; row++)
        for (int col = 0; col < COLS * n; col++) {
            double at_x = (col + 0.5) / n - 0.5, at_y = (row + 0.5) / n - 0.5;
            enlarged[row][col] = enlarged_at(at_x, at_y);
            if (enlarged[row][col] <= best) continue;
            best = enlarged[row][col];
            *x = at_x;
            *y = at_y;
        }
    return best;
}

/* Every depth is enlarged as floats of the values it stands for. */
START_TEST(the_enlarged_map_is_the_bicubic_one)
{
    static double doubles[ROWS * COLS];
    static uint16_t words[ROWS * COLS];
    random_state random = random_start(5 + (uint64_t)_i);
    int n = 2 + _i;
    for (int k = 0; k < 20; k++) {
        for (int i = 0; i < ROWS * COLS; i++) {
            words[i] = (uint16_t)random_int(&random, 0, 4000);
            doubles[i] = source[i / COLS][i % COLS] = (words[i] - 100) * 0.25;
        }
        cvh_maps views[] = {cvh_maps_view(doubles, 1, ROWS, COLS, CVH_64F), cvh_maps_view(words, 1, ROWS, COLS, CVH_16U)};
        views[1].scale = 0.25, views[1].zero = 100;
        double x = NAN, y = NAN, largest = enlarge_plainly(n, &x, &y);
        for (int v = 0; v < 2; v++) {
            cvh_decoder decoder = {.refine = CVH_REFINE_NONE, .enlarge = n};
            cvh_convention convention = {.scale_x = 0.5, .offset_y = 3, .decoder = &decoder};
            cvh_peak peak;
            ck_assert_msg(cvh_decode(&views[v], &convention, &peak) == CVH_OK, "%s", cvh_last_error());
            ck_assert_msg(fabs(peak.x - 2 * x) < 1e-12 && fabs(peak.y + 3 - y) < 1e-12
                              && fabs(peak.score - largest) < 1e-3 * fabs(largest),
                          "%d times, view %d, map %d: (%g, %g) score %g, expected (%g, %g) score %g", n, v, k, peak.x, peak.y,
                          peak.score, 2 * x, y - 3, largest);
        }
    }
}
END_TEST

/* A Gaussian in the middle of a map of 40x40. */
static cvh_maps gaussian_at(double x, double y, double sigma)
{
    static float samples[40 * 40];
    for (int i = 0; i < 40 * 40; i++) samples[i] = (float)exp(-(pow(i % 40 - x, 2) + pow(i / 40 - y, 2)) / (2 * sigma * sigma));
    return cvh_maps_view(samples, 1, 40, 40, CVH_32F);
}

static cvh_peak decoded(const cvh_maps *maps, const cvh_convention *convention)
{
    cvh_peak peak;
    ck_assert_msg(cvh_decode(maps, convention, &peak) == CVH_OK, "%s", cvh_last_error());
    return peak;
}

/* Widths are told in heatmap pixels; the shift is in enlarged ones, but the half pixel of a convention that truncates. */
START_TEST(lengths_have_their_units)
{
    cvh_maps maps = gaussian_at(19.3, 21.6, 2);
    cvh_decoder decoder = {.enlarge = 4}, shifted = {.enlarge = 4, .shift = 1};
    cvh_convention plain = {.decoder = &decoder}, by_shift = {.decoder = &shifted},
                   truncating = {.decoder = &decoder, .snap = CVH_SNAP_TRUNC};
    cvh_peak peak = decoded(&maps, &plain), one = decoded(&maps, &by_shift), half = decoded(&maps, &truncating);
    ck_assert_int_eq(peak.found, CVH_FOUND_REFINED);
    ck_assert_msg(hypot(peak.x - 19.3, peak.y - 21.6) < 0.05, "(%g, %g)", peak.x, peak.y);
    ck_assert_msg(fabs(peak.sigma_x - 2) < 0.1 && fabs(peak.sigma_y - 2) < 0.1, "%g x %g", peak.sigma_x, peak.sigma_y);
    ck_assert_double_eq_tol(one.x, peak.x + 0.25, 1e-9);
    ck_assert_double_eq_tol(half.x, peak.x + 0.5, 1e-9);
    ck_assert_double_eq_tol(half.y, peak.y + 0.5, 1e-9);
}
END_TEST

/* 0 and 1 are no enlargement, to the bit. */
START_TEST(once_is_as_it_is)
{
    cvh_maps maps = gaussian_at(19.3, 21.6, 2);
    cvh_decoder once = {.enlarge = 1};
    cvh_convention convention = {.decoder = &once};
    calls = 0;
    cvh_peak peak = decoded(&maps, &convention), same = decoded(&maps, NULL);
    ck_assert(memcmp(&peak.x, &same.x, sizeof peak.x) == 0 && memcmp(&peak.y, &same.y, sizeof peak.y) == 0);
    ck_assert_int_eq(calls, 0);
}
END_TEST

/* Radius and margin count enlarged pixels, a wide radius and a blurred search have the enlarged map's memory. */
START_TEST(lists_are_of_the_enlarged_map)
{
    /* Not half-way between enlarged pixels, where OpenCV's rounding, another on each machine, would tell which are equal. */
    cvh_maps maps = gaussian_at(19.1, 21.1, 2);
    for (int i = 0; i < 40 * 40; i++)
        ((float *)maps.data)[i] += 0.5F * (float)exp(-(pow(i % 40 - 31.1, 2) + pow(i / 40 - 21.1, 2)) / 8);
    static const struct {
        int radius, margin, search;
        size_t count;
    } cases[] = {{1, 0, 0, 2}, {12, 0, 0, 2}, {60, 0, 0, 1}, {1, 80, 0, 0}, {12, 40, 1, 1}, {60, 0, 1, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_decoder decoder = {.enlarge = 4,
                               .threshold = 0.1,
                               .radius = cases[i].radius,
                               .margin = cases[i].margin,
                               .blur_ksize = 5,
                               .blur_search = cases[i].search};
        cvh_convention convention = {.decoder = &decoder};
        cvh_peak peaks[4];
        size_t count = 99;
        ck_assert_msg(cvh_find_peaks(&maps, &convention, peaks, 4, &count) == CVH_OK, "%s", cvh_last_error());
        ck_assert_msg(count == cases[i].count, "case %zu: %zu peaks", i, count);
        if (count) ck_assert_msg(hypot(peaks[0].x - 19.1, peaks[0].y - 21.1) < 0.05, "(%g, %g)", peaks[0].x, peaks[0].y);
    }
}
END_TEST

/* --------------------------------------------------------------------------------------------------------- what is refused */

START_TEST(bad_enlargements_are_refused)
{
    static float row[1000];
    cvh_maps maps = gaussian_at(20, 20, 2), wide = cvh_maps_view(row, 1, 1, 1000, CVH_32F);
    static const struct {
        int enlarge;
        const char *said;
    } cases[] = {{-1, "enlarge is -1; it must be 0..64"}, {65, "enlarge is 65; it must be 0..64"}};
    cvh_peak peak = {.map = 7};
    size_t count = 99;
    cvh_decoder decoder = {0};
    cvh_convention convention = {.decoder = &decoder};
    calls = 0;
    for (int i = 0; i < 2; i++) {
        decoder.enlarge = cases[i].enlarge;
        assert_refused("cvh_decode", cvh_decode(&maps, &convention, &peak), cases[i].said);
        assert_refused("cvh_find_peaks", cvh_find_peaks(&maps, &convention, &peak, 1, &count), cases[i].said);
    }
    decoder.enlarge = 33;
    const char *said = "enlarge is 33; for maps of 1x1000 it must be 0..32, since a side is at most 32768";
    assert_refused("cvh_decode", cvh_decode(&wide, &convention, &peak), said);
    assert_refused("cvh_find_peaks", cvh_find_peaks(&wide, &convention, &peak, 1, &count), said);
    decoder.enlarge = 2;
    said = "enlarge is 2; with offset maps";
    assert_refused("cvh_decode_offsets", cvh_decode_offsets(&maps, &maps, &maps, &convention, &peak), said);
    assert_refused("cvh_find_peaks_offsets", cvh_find_peaks_offsets(&maps, &maps, &maps, &convention, &peak, 1, &count), said);
    ck_assert(peak.map == 7 && count == 99);
    ck_assert_int_eq(calls, 0);
}
END_TEST

/* Two maps, of which the list is made twice: to count, and to write. */
START_TEST(failures_are_told)
{
    static float samples[2 * 64];
    cvh_maps maps = cvh_maps_view(samples, 2, 8, 8, CVH_32F);
    static const struct {
        cvh_shim_result result;
        cvh_status status;
        const char *said;
    } cases[] = {
        {CVH_SHIM_MEMORY, CVH_ERR_MEMORY, "cv::resize ran out of memory: as it was told"},
        {CVH_SHIM_OPENCV, CVH_ERR_OPENCV, "cv::resize: as it was told"},
        {CVH_SHIM_ABSENT, CVH_ERR_OPENCV, "cv::resize: as it was told"},
    };
    cvh_decoder decoder = {.enlarge = 3, .threshold = 0.5};
    cvh_convention convention = {.decoder = &decoder};
    samples[20] = samples[64 + 30] = 1;
    for (int i = 0; i < 3; i++)
        for (failing = 1; failing <= 4; failing++) {
            cvh_peak peaks[2] = {{.map = 7}, {.map = 7}};
            size_t count = 99;
            failure = cases[i].result;
            calls = 0;
            cvh_status decoded = failing <= 2 ? cvh_decode(&maps, &convention, peaks) : cases[i].status;
            if (failing == 1) ck_assert_int_eq(peaks[0].map, 7);
            ck_assert_int_eq(peaks[1].map, 7);
            calls = 0;
            cvh_status found = cvh_find_peaks(&maps, &convention, peaks, 2, &count);
            ck_assert_msg(decoded == cases[i].status && found == decoded, "call %d: status %d, %d", failing, (int)decoded,
                          (int)found);
            ck_assert_msg(strstr(cvh_last_error(), cases[i].said) != NULL, "call %d says: %s", failing, cvh_last_error());
            ck_assert_uint_eq(count, 99);
        }
    failing = 0;
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_enlarge");
    TCase *tests = tcase_create("decode_enlarge"), *by_opencv = tcase_create("decode_enlarge_opencv");
    tcase_set_tags(by_opencv, "opencv");
    tcase_set_timeout(by_opencv, 120);
    tcase_add_test(by_opencv, openpose_gives_back_what_it_drew);
    tcase_add_test(by_opencv, openpose_is_off_by_what_its_rule_is);
    tcase_add_test(tests, the_default_gives_back_what_openpose_drew);
    tcase_add_loop_test(by_opencv, the_enlarged_map_is_the_bicubic_one, 0, MOST - 1);
    tcase_add_test(by_opencv, lengths_have_their_units);
    tcase_add_test(by_opencv, lists_are_of_the_enlarged_map);
    tcase_add_test(by_opencv, failures_are_told);
    tcase_add_test(tests, once_is_as_it_is);
    tcase_add_test(tests, bad_enlargements_are_refused);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, by_opencv);
    return run_suite(suite);
}
