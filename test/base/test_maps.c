/* SPDX-License-Identifier: Apache-2.0
 * Views: what is made, what is accepted and refused, what cvh_maps_clear touches.
 *
 * lib/base/maps.h is not public: views are checked through cvh_compare, and clearing through cvh_patch without keypoints. */
#include <float.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

static double memory[4096];

START_TEST(views_hold_what_they_are_given)
{
    cvh_maps maps = cvh_maps_view(memory, 3, 4, 5, CVH_64F);
    ck_assert(maps.data == memory && maps.count == 3 && maps.rows == 4 && maps.cols == 5 && maps.depth == CVH_64F);
    ck_assert(maps.map_step == 0 && maps.row_step == 0 && maps.col_step == 0);
    maps = cvh_maps_interleaved(memory, 3, 4, 5, CVH_32F, 64);
    ck_assert(maps.data == memory && maps.count == 3 && maps.rows == 4 && maps.cols == 5 && maps.depth == CVH_32F);
    ck_assert(maps.map_step == 4 && maps.row_step == 64 && maps.col_step == 12);
    maps = cvh_maps_interleaved(memory, 3, 4, 5, CVH_8U, 0);
    ck_assert(maps.map_step == 1 && maps.row_step == 0 && maps.col_step == 3);
    maps = cvh_maps_interleaved(NULL, -1, INT_MIN, INT_MAX, (cvh_depth)99, SIZE_MAX); /* nothing is checked here */
    ck_assert(maps.count == -1 && maps.rows == INT_MIN && maps.cols == INT_MAX);
}
END_TEST

typedef struct view_case {
    const char *text; /* "" : accepted; else what the message holds */
    cvh_maps maps;
} view_case;

#define V(count, rows, cols, depth, map_step, row_step, col_step)                                                              \
  {                                                                                                                            \
    memory, count, rows, cols, depth, map_step, row_step, col_step, 0, 0                                                       \
  }

/* Maps of 3x4 samples that stand for (sample - zero) * scale. */
#define CODED(depth, scale, zero)                                                                                              \
  {                                                                                                                            \
    memory, 2, 3, 4, depth, 0, 0, 0, scale, zero                                                                               \
  }

/* The largest steps that a multiple of 8 can be, half of them, and steps with which CVH_MAX_COUNT maps are more than memory. */
#if SIZE_MAX > UINT32_MAX
#  define LARGEST "18446744073709551608"
#  define HALF "9223372036854775800"
enum { APART = 36 };
#else
#  define LARGEST "4294967288"
#  define HALF "2147483640"
enum { APART = 16 };
#endif
#define HALF_STEP ((size_t)(SIZE_MAX / 2 / 8 * 8))

static const view_case views[] = {
    {"", V(2, 3, 4, CVH_32F, 0, 0, 0)},
    {"", V(2, 3, 4, CVH_32F, 48, 16, 4)},
    {"", V(2, 3, 4, CVH_32F, 0, 20, 0)},    /* padded rows */
    {"", V(2, 3, 4, CVH_32F, 4, 32, 8)},    /* interleaved */
    {"", V(2, 3, 4, CVH_32F, 48, 4, 12)},   /* rows and columns exchanged */
    {"", V(2, 3, 4, CVH_32F, 16, 32, 4)},   /* the maps' rows alternate */
    {"", V(2, 3, 4, CVH_32F, 4, 8, 24)},    /* all three turned around */
    {"", V(2, 3, 4, CVH_32F, 400, 100, 8)}, /* gaps everywhere */
    {"", V(1, 1, 1, CVH_64F, 1, 2, 3)},     /* steps of dimensions of length 1 are not used */
    {"", V(1, 3, 4, CVH_32F, SIZE_MAX, 0, 0)},
    {"", V(1, 1, 4, CVH_32F, 0, SIZE_MAX, 0)},
    {"", V(1, 3, 1, CVH_32F, 0, 4, SIZE_MAX)},
    {"", V(2, 1, 4, CVH_32F, 16, 3, 0)},
    {"", V(3, 1, 1, CVH_8U, 1, 7, 9)},
    {"", V(1, 5, 3, CVH_8U, 0, 7, 2)},
    {"maps: map_step is 44 bytes; at least 48", V(2, 3, 4, CVH_32F, 44, 0, 0)},
    {"maps: row_step is 12 bytes; at least 16", V(2, 3, 4, CVH_32F, 0, 12, 0)},
    {"maps: row_step is 20 bytes; at least 32", V(2, 3, 4, CVH_32F, 4, 20, 8)},
    {"maps: map_step is 4 bytes; at least ", V(2, 3, 4, CVH_32F, 4, 16, 4)},
    {"maps: row_step is 8 bytes; at least 32", V(1, 3, 4, CVH_64F, 0, 8, 8)},
    {"maps: row_step is 18 bytes; it must be a multiple of the sample's 4", V(2, 3, 4, CVH_32F, 0, 18, 0)},
    {"maps: col_step is 6 bytes; it must be a multiple of the sample's 4", V(2, 3, 4, CVH_32F, 0, 0, 6)},
    {"maps: map_step is 52 bytes; it must be a multiple of the sample's 8", V(2, 3, 2, CVH_64F, 52, 0, 0)},
    {"maps: col_step is " HALF " bytes", V(1, 1, 2, CVH_64F, 0, 0, HALF_STEP)},
    {"maps: row_step is " HALF " bytes", V(1, 2, 1, CVH_64F, 0, HALF_STEP, 0)},
    {"maps: map_step is " HALF " bytes", V(2, 1, 1, CVH_64F, HALF_STEP, 0, 0)},
    {"maps: row_step is " LARGEST " bytes", V(1, 2, 2, CVH_64F, 0, SIZE_MAX / 8 * 8, 0)},
    {"view is larger than memory", V(CVH_MAX_COUNT, 2, 2, CVH_64F, (size_t)1 << APART, 0, 0)},
    {"maps: count is 0; it must be 1..268435456", V(0, 3, 4, CVH_32F, 0, 0, 0)},
    {"maps: count is -1;", V(-1, 3, 4, CVH_32F, 0, 0, 0)},
    {"maps: count is 268435457;", V(CVH_MAX_COUNT + 1, 3, 4, CVH_32F, 0, 0, 0)},
    {"maps: count is 2147483647;", V(INT_MAX, 3, 4, CVH_32F, 0, 0, 0)},
    {"maps: rows is 0; it must be 1..32768", V(2, 0, 4, CVH_32F, 0, 0, 0)},
    {"maps: rows is 32769;", V(2, 32769, 4, CVH_32F, 0, 0, 0)},
    {"maps: rows is -2147483648;", V(2, INT_MIN, 4, CVH_32F, 0, 0, 0)},
    {"maps: cols is 0; it must be 1..32768", V(2, 3, 0, CVH_32F, 0, 0, 0)},
    {"maps: cols is 2147483647;", V(2, 3, INT_MAX, CVH_32F, 0, 0, 0)},
    {"maps: depth is 4; it must be CVH_8U (0), CVH_8S (1), CVH_16U (2), CVH_16S (3), CVH_32F (5), CVH_64F (6) or CVH_16F (7)",
     V(2, 3, 4, (cvh_depth)4, 0, 0, 0)},
    {"maps: depth is 8;", V(2, 3, 4, (cvh_depth)8, 0, 0, 0)},
    {"maps: depth is -1;", V(2, 3, 4, (cvh_depth)-1, 0, 0, 0)},
    {"", V(2, 3, 4, CVH_8S, 0, 0, 0)},
    {"", V(2, 3, 4, CVH_16U, 0, 0, 0)},
    {"", V(2, 3, 4, CVH_16S, 0, 0, 0)},
    {"", V(2, 3, 4, CVH_16F, 0, 0, 0)},
    {"maps: row_step is 9 bytes; it must be a multiple of the sample's 2", V(2, 3, 4, CVH_16F, 0, 9, 0)},
    {"", CODED(CVH_8U, 1. / 255, 0)},
    {"", CODED(CVH_8S, 0x1p-1074, -128)},
    {"", CODED(CVH_64F, DBL_MAX, -DBL_MAX)},
    {"maps: scale is nan; it must be above 0 and finite, or 0 for 1", CODED(CVH_8U, NAN, 0)},
    {"maps: scale is inf;", CODED(CVH_8U, INFINITY, 0)},
    {"maps: scale is -1;", CODED(CVH_8U, -1, 0)},
    {"maps: scale is -inf;", CODED(CVH_32F, -INFINITY, 0)},
    {"maps: zero is nan; it must be finite", CODED(CVH_8U, 1, NAN)},
    {"maps: zero is inf;", CODED(CVH_16F, 0, INFINITY)},
    {"maps: zero is -inf;", CODED(CVH_16F, 0, -INFINITY)},
    {"maps: depth is ", V(2, 3, 4, (cvh_depth)INT_MAX, 0, 0, 0)},
    {"maps: data is NULL; it must point to the samples", {NULL, 2, 3, 4, CVH_32F, 0, 0, 0, 0, 0}},
    {"it must be aligned to the sample's 4 bytes", {(char *)memory + 2, 2, 3, 4, CVH_32F, 0, 0, 0, 0, 0}},
    {"it must be aligned to the sample's 8 bytes", {(char *)memory + 4, 2, 3, 4, CVH_64F, 0, 0, 0, 0, 0}},
    {"", {(char *)memory + 4, 2, 3, 4, CVH_32F, 0, 0, 0, 0, 0}},
    {"", {(char *)memory + 1, 2, 3, 4, CVH_8U, 0, 0, 0, 0, 0}},
};

/* /dev/null takes any view: that the samples of an accepted one can be read is then the sanitizers' affair. */
START_TEST(views_are_accepted_or_refused)
{
    const view_case *v = &views[_i];
    cvh_status status = cvh_npy_save("/dev/null", &v->maps);
    if (*v->text)
        assert_refused(v->text, status, v->text);
    else
        ck_assert_msg(status == CVH_OK, "case %d: %s", _i, cvh_last_error());
}
END_TEST

START_TEST(what_draws_refuses_what_it_cannot_write)
{
    static const view_case cases[] = {
        {"maps: depth is 0 (CVH_8U); it must be CVH_32F (5) or CVH_64F (6), which cvh_convert makes of it",
         CODED(CVH_8U, 0, 0)},
        {"maps: depth is 7 (CVH_16F); it must be CVH_32F (5) or CVH_64F (6)", CODED(CVH_16F, 0, 0)},
        {"maps: scale is 0.5 and zero 0; what draws writes values: they must be 0 (or 1) and 0", CODED(CVH_32F, 0.5, 0)},
        {"maps: scale is 0 and zero 1; what draws writes values", CODED(CVH_64F, 0, 1)},
        {"maps: scale is nan;", CODED(CVH_64F, NAN, 0)},
    };
    cvh_convention convention = {.gaussian = {.sigma_x = 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i].text, cvh_patch(&cases[i].maps, NULL, 0, &convention), cases[i].text);
    assert_refused("NULL", cvh_patch(NULL, NULL, 0, &convention), "maps is NULL; it must point to a view");
    cvh_maps fine = CODED(CVH_32F, 1, 0);
    ck_assert_msg(cvh_patch(&fine, NULL, 0, &convention) == CVH_OK, "%s", cvh_last_error());
}
END_TEST

/* Drawing no keypoint clears the samples and nothing between them, for any order and size of steps. */
START_TEST(clearing_touches_the_samples_alone)
{
    random_state random = random_start(90210);
    cvh_convention convention = {.gaussian = {.sigma_x = 2}};
    for (int k = 0; k < 2000; k++) {
        cvh_depth depth = random_int(&random, 0, 1) ? CVH_32F : CVH_64F;
        size_t size = depth == CVH_32F ? 4 : 8, extent = size, *steps[3];
        cvh_maps maps = {.data = memory, .depth = depth};
        maps.count = random_int(&random, 1, 4), maps.rows = random_int(&random, 1, 5), maps.cols = random_int(&random, 1, 5);
        int lengths[3] = {maps.count, maps.rows, maps.cols}, order = random_int(&random, 0, 5);
        static const int orders[6][3] = {{2, 1, 0}, {2, 0, 1}, {1, 2, 0}, {1, 0, 2}, {0, 1, 2}, {0, 2, 1}};
        steps[0] = &maps.map_step, steps[1] = &maps.row_step, steps[2] = &maps.col_step;
        for (int i = 0; i < 3; i++) {
            int which = orders[order][i];
            *steps[which] = extent + size * (size_t)(random_int(&random, 0, 2) / 2 * random_int(&random, 0, 3));
            extent = *steps[which] * (size_t)lengths[which];
        }
        ck_assert_uint_le(extent, sizeof memory);
        unsigned char expected[sizeof memory];
        memset(memory, 0x5A, sizeof memory);
        memset(expected, 0x5A, sizeof memory);
        for (int m = 0; m < maps.count; m++)
            for (int r = 0; r < maps.rows; r++)
                for (int c = 0; c < maps.cols; c++)
                    memset(expected + (size_t)m * maps.map_step + (size_t)r * maps.row_step + (size_t)c * maps.col_step, 0,
                           size);
        ck_assert_msg(cvh_patch(&maps, NULL, 0, &convention) == CVH_OK, "%s", cvh_last_error());
        ck_assert_msg(!memcmp(memory, expected, sizeof memory), "case %d: %dx%dx%d, steps %zu %zu %zu", k, maps.count,
                      maps.rows, maps.cols, maps.map_step, maps.row_step, maps.col_step);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("maps");
    TCase *c = tcase_create("maps");
    tcase_add_test(c, views_hold_what_they_are_given);
    tcase_add_loop_test(c, views_are_accepted_or_refused, 0, (int)(sizeof views / sizeof *views));
    tcase_add_test(c, what_draws_refuses_what_it_cannot_write);
    tcase_add_test(c, clearing_touches_the_samples_alone);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
