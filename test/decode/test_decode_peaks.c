/* SPDX-License-Identifier: Apache-2.0
 * cvh_find_peaks against the plainest search there is. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/layouts.h"

enum { CAPACITY = 2000 };

static bool plain_is_peak(const cvh_maps *maps, int map, int row, int col, const cvh_decoder *decoder)
{
    double value = sample(maps, map, row, col);
    int radius = decoder->radius ? decoder->radius : 1, margin = decoder->margin;
    if (!(value > decoder->threshold) || value == -INFINITY) return false;
    if (row < margin || col < margin || row >= maps->rows - margin || col >= maps->cols - margin) return false;
    for (int j = row - radius; j <= row + radius; j++)
        for (int i = col - radius; i <= col + radius; i++) {
            if (j < 0 || i < 0 || j >= maps->rows || i >= maps->cols || (j == row && i == col)) continue;
            double other = sample(maps, map, j, i);
            if (other > value || (other == value && decoder->ties == CVH_TIES_DROP)) return false;
        }
    return true;
}

/* Peaks of one map: higher scores first; equal ones in raster order. */
static int by_score(const void *a, const void *b)
{
    const cvh_peak *one = a, *two = b;
    if (one->score != two->score) return one->score > two->score ? -1 : 1;
    if (one->y != two->y) return one->y < two->y ? -1 : 1;
    return one->x < two->x ? -1 : one->x > two->x;
}

static size_t plain_find(const cvh_maps *maps, const cvh_decoder *decoder, cvh_peak *peaks)
{
    size_t count = 0;
    for (int map = 0; map < maps->count; map++) {
        size_t first = count;
        for (int row = 0; row < maps->rows; row++)
            for (int col = 0; col < maps->cols; col++)
                if (plain_is_peak(maps, map, row, col, decoder))
                    peaks[count++] = (cvh_peak){.x = col, .y = row, .score = sample(maps, map, row, col), .map = map};
        if (decoder->order == CVH_ORDER_SCORE) qsort(peaks + first, count - first, sizeof *peaks, by_score);
        if (decoder->max_peaks && count > first + (size_t)decoder->max_peaks) count = first + (size_t)decoder->max_peaks;
    }
    return count;
}

static cvh_decoder random_decoder(random_state *random)
{
    static const double thresholds[] = {0, 2, 5, -3, -INFINITY, 100};
    return (cvh_decoder){
        .threshold = thresholds[random_int(random, 0, 5)],
        .radius = random_int(random, 0, 3) ? random_int(random, 0, 4) : random_int(random, 0, 64),
        .margin = random_int(random, 0, 3) ? 0 : random_int(random, 0, 5),
        .ties = (cvh_ties)random_int(random, 0, 1),
        .order = (cvh_order)random_int(random, 0, 1),
        .max_peaks = random_int(random, 0, 1) ? 0 : random_int(random, 1, 20),
        .refine = CVH_REFINE_NONE,
    };
}

static void draw_random(const laid_out *made, random_state *random)
{
    int values = random_int(random, 0, 2) ? random_int(random, 0, 30) : 1000;
    for (int map = 0; map < made->maps.count; map++)
        for (int row = 0; row < made->maps.rows; row++)
            for (int col = 0; col < made->maps.cols; col++) {
                int kind = random_int(random, 0, 199);
                float value = kind == 0 ? NAN : kind == 1 ? -INFINITY : (float)random_int(random, -3, values);
                memcpy(layout_at(&made->maps, map, row, col), &value, sizeof value);
            }
}

START_TEST(test_lists_are_the_plain_ones)
{
    static cvh_peak expected[CAPACITY], actual[CAPACITY];
    random_state random = random_start(3 + (uint64_t)_i), first = random;
    for (int i = 0; i < 150; i++) {
        laid_out made = laid_out_new((layout)_i, random_int(&random, 1, 3), random_int(&random, 1, 24),
                                     random_int(&random, 1, 24), CVH_32F);
        cvh_decoder decoder = random_decoder(&random);
        cvh_convention convention = {.decoder = &decoder};
        draw_random(&made, &random);
        size_t wanted = plain_find(&made.maps, &decoder, expected), count;
        ck_assert_msg(cvh_find_peaks(&made.maps, &convention, actual, CAPACITY, &count) == CVH_OK, "%s", cvh_last_error());
        ck_assert_msg(count == wanted, "%s, maps %d of generator state %llu: %zu peaks, expected %zu", layout_names[_i], i,
                      (unsigned long long)first.state, count, wanted);
        for (size_t k = 0; k < count; k++)
            ck_assert_msg(
                actual[k].x == expected[k].x && actual[k].y == expected[k].y && actual[k].score == expected[k].score
                    && actual[k].map == expected[k].map && actual[k].found == CVH_FOUND_PIXEL,
                "%s, maps %d of generator state %llu: peak %zu is (%g, %g) score %g on map %d, expected (%g, %g) score "
                "%g on map %d",
                layout_names[_i], i, (unsigned long long)first.state, k, actual[k].x, actual[k].y, actual[k].score,
                actual[k].map, expected[k].x, expected[k].y, expected[k].score, expected[k].map);
        laid_out_free(&made);
    }
}
END_TEST

/* Two maps with three keypoints and one, refined by the default decoder and mapped to the network's input. */
static cvh_maps four_keypoints(float *samples)
{
    static const double truth[4][3] = {{10.3, 8.4, 0}, {30.7, 20.2, 0}, {40, 45.4, 0}, {20.1, 33.9, 1}};
    for (int i = 0; i < 2 * 64 * 48; i++) samples[i] = 0;
    for (int k = 0; k < 4; k++)
        for (int i = 0; i < 64 * 48; i++) {
            double dx = i % 48 - truth[k][0], dy = i / 48 - truth[k][1];
            samples[(int)truth[k][2] * 64 * 48 + i] += (float)((1 - 0.1 * k) * exp(-(dx * dx + dy * dy) / 8));
        }
    return cvh_maps_view(samples, 2, 64, 48, CVH_32F);
}

START_TEST(test_peaks_are_refined_and_mapped)
{
    static float samples[2 * 64 * 48];
    static const double expected[4][2] = {{41.2, 33.6}, {122.8, 80.8}, {160, 181.6}, {80.4, 135.6}};
    cvh_maps maps = four_keypoints(samples);
    cvh_decoder decoder = {.threshold = 0.1};
    cvh_convention convention = {.scale_x = 0.25, .scale_y = 0.25, .decoder = &decoder};
    cvh_peak peaks[4];
    size_t count;
    ck_assert_msg(cvh_find_peaks(&maps, &convention, peaks, 4, &count) == CVH_OK, "%s", cvh_last_error());
    ck_assert_uint_eq(count, 4);
    for (int k = 0; k < 4; k++)
        ck_assert_msg(peaks[k].map == (k == 3) && fabs(peaks[k].x - expected[k][0]) < 0.01
                          && fabs(peaks[k].y - expected[k][1]) < 0.01 && peaks[k].found == CVH_FOUND_REFINED,
                      "peak %d: (%g, %g) on map %d, found %d", k, peaks[k].x, peaks[k].y, peaks[k].map, (int)peaks[k].found);
}
END_TEST

START_TEST(test_too_small_a_capacity_says_what_is_needed)
{
    static float samples[2 * 64 * 48];
    cvh_maps maps = four_keypoints(samples);
    cvh_decoder decoder = {.threshold = 0.1};
    cvh_convention convention = {.decoder = &decoder};
    cvh_peak peaks[4] = {{.x = 5, .map = 9}}, same[4];
    memcpy(same, peaks, sizeof same);
    for (size_t capacity = 0; capacity < 4; capacity++) {
        size_t count = 99;
        assert_refused("capacity", cvh_find_peaks(&maps, &convention, peaks, capacity, &count), "there are 4 peaks");
        ck_assert_uint_eq(count, 4);
        ck_assert_mem_eq(peaks, same, sizeof peaks);
    }
    size_t count = 99;
    assert_refused("no room", cvh_find_peaks(&maps, &convention, NULL, 0, &count), "capacity is 0; there are 4 peaks");
    ck_assert_uint_eq(count, 4);
}
END_TEST

START_TEST(test_nothing_to_find)
{
    float samples[12] = {0};
    cvh_maps maps = cvh_maps_view(samples, 1, 3, 4, CVH_32F);
    size_t count = 99;
    ck_assert_int_eq(cvh_find_peaks(&maps, NULL, NULL, 0, &count), CVH_OK);
    ck_assert_uint_eq(count, 0);
    samples[5] = 1;
    cvh_decoder decoder = {.margin = CVH_MAX_SIDE};
    cvh_convention convention = {.decoder = &decoder};
    ck_assert_int_eq(cvh_find_peaks(&maps, &convention, NULL, 0, &count), CVH_OK);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(test_null)
{
    float samples[4] = {0, 1, 0, 0};
    cvh_maps maps = cvh_maps_view(samples, 1, 2, 2, CVH_32F);
    cvh_peak peak;
    size_t count = 99;
    assert_refused("peaks", cvh_find_peaks(&maps, NULL, NULL, 1, &count), "peaks is NULL");
    assert_refused("count", cvh_find_peaks(&maps, NULL, &peak, 1, NULL), "count is NULL");
    assert_refused("maps", cvh_find_peaks(NULL, NULL, &peak, 1, &count), "maps is NULL");
    ck_assert_uint_eq(count, 99);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decode_peaks");
    TCase *tests = tcase_create("decode_peaks");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, test_lists_are_the_plain_ones, 0, LAYOUTS);
    tcase_add_test(tests, test_peaks_are_refined_and_mapped);
    tcase_add_test(tests, test_too_small_a_capacity_says_what_is_needed);
    tcase_add_test(tests, test_nothing_to_find);
    tcase_add_test(tests, test_null);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
