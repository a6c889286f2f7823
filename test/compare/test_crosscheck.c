/* SPDX-License-Identifier: Apache-2.0
 * cvh_crosscheck with methods written here, so that what it passes on is known exactly. */
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

#if SIZE_MAX > UINT32_MAX
#  define LARGEST_SIZE "18446744073709551615"
#else
#  define LARGEST_SIZE "4294967295"
#endif

/* What the methods below saw; tests run one at a time. */
static int calls;
static cvh_maps seen[2];
static const void *seen_points, *seen_user;
static size_t seen_count;
static cvh_arithmetic seen_arithmetic;

static void note(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    if (calls < 2) seen[calls] = *maps;
    calls++;
    seen_points = points;
    seen_count = count;
    seen_user = convention->user;
    seen_arithmetic = convention->arithmetic;
}

static cvh_status ramp(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    note(maps, points, count, convention);
    size_t samples = (size_t)maps->count * (size_t)maps->rows * (size_t)maps->cols;
    for (size_t i = 0; i < samples; i++) {
        if (maps->depth == CVH_32F)
            ((float *)maps->data)[i] = (float)i;
        else
            ((double *)maps->data)[i] = (double)i;
    }
    return CVH_OK;
}

static cvh_status ramp_with_a_dent(const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                                   const cvh_convention *convention)
{
    ramp(maps, points, count, convention);
    if (maps->depth == CVH_32F)
        ((float *)maps->data)[7] += 0.5F;
    else
        ((double *)maps->data)[7] += 0.5;
    return CVH_OK;
}

static cvh_status draws_nothing(const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                                const cvh_convention *convention)
{
    note(maps, points, count, convention);
    return CVH_OK;
}

/* Fails as a library function does, with a text of its own. */
static cvh_status fails(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    note(maps, points, count, convention);
    return cvh_compare(NULL, maps, NULL, NULL) ? CVH_ERR_OPENCV : CVH_OK;
}

static const cvh_convention convention = {.gaussian = {.sigma_x = 2, .ksize_x = 15}};

START_TEST(differences_are_reported)
{
    cvh_maps shape = {
        .count = 2, .rows = 3, .cols = 4, .depth = _i ? CVH_64F : CVH_32F, .map_step = 1, .row_step = 7, .col_step = 3};
    cvh_keypoint points[2] = {{.x = 1}, {.x = 2}};
    cvh_convention mine = convention;
    mine.user = &mine;
    cvh_report report;
    calls = 0;
    ck_assert_int_eq(cvh_crosscheck(ramp, ramp_with_a_dent, &shape, points, 2, &mine, NULL, &report), CVH_OK);
    ck_assert(report.compared == 24 && report.differing == 1 && report.max_abs == 0.5);
    ck_assert(report.map == 0 && report.row == 1 && report.col == 3 && report.expected == 7 && report.actual == 7.5);
    ck_assert(calls == 2 && seen_points == points && seen_count == 2 && seen_user == &mine);
    ck_assert_ptr_ne(seen[0].data, seen[1].data);
    for (int k = 0; k < 2; k++)
        ck_assert(seen[k].count == 2 && seen[k].rows == 3 && seen[k].cols == 4 && seen[k].depth == shape.depth);

    ck_assert_int_eq(cvh_crosscheck(ramp_with_a_dent, ramp, &shape, points, 2, &mine, NULL, &report), CVH_OK);
    ck_assert(report.expected == 7.5 && report.actual == 7);
    cvh_tolerance tolerance = {.absolute = 0.5};
    ck_assert_int_eq(cvh_crosscheck(ramp, ramp_with_a_dent, &shape, points, 2, &mine, &tolerance, &report), CVH_OK);
    ck_assert_uint_eq(report.differing, 0);
}
END_TEST

/* A method that leaves samples alone is compared as if they were 0, not as what lay in memory. */
START_TEST(scratch_maps_start_at_zero)
{
    cvh_maps shape = cvh_maps_view(NULL, 3, 64, 48, CVH_32F);
    cvh_report report;
    for (int k = 0; k < 3; k++) {
        ck_assert_int_eq(cvh_crosscheck(ramp, draws_nothing, &shape, NULL, 0, &convention, NULL, &report), CVH_OK);
        ck_assert_uint_eq(report.differing, 3 * 64 * 48 - 1);
        ck_assert(report.expected == 3 * 64 * 48 - 1 && report.actual == 0);
    }
}
END_TEST

/* Against cvh_blur, which has OpenCV's bits, the other method is given OpenCV's arithmetic; the caller's convention keeps its
 * own. Between two methods of the caller's nothing changes. */
START_TEST(opencv_is_met_with_its_own_arithmetic)
{
    cvh_maps shape = cvh_maps_view(NULL, 1, 9, 9, CVH_32F);
    cvh_keypoint point = {.x = 4, .y = 4};
    cvh_convention mine = convention;
    cvh_report report;
    ck_assert_int_eq(cvh_crosscheck(cvh_blur, ramp, &shape, &point, 1, &mine, NULL, &report), CVH_OK);
    ck_assert_int_eq(seen_arithmetic, CVH_ARITHMETIC_OPENCV);
    ck_assert_int_eq(cvh_crosscheck(ramp, cvh_patch, &shape, &point, 1, &mine, NULL, &report), CVH_OK);
    ck_assert_int_eq(seen_arithmetic, CVH_ARITHMETIC_PORTABLE);
    ck_assert_int_eq(cvh_crosscheck(ramp, cvh_blur, &shape, &point, 1, &mine, NULL, &report), CVH_OK);
    ck_assert_int_eq(seen_arithmetic, CVH_ARITHMETIC_OPENCV);
    ck_assert_int_eq(mine.arithmetic, CVH_ARITHMETIC_PORTABLE);
    mine.arithmetic = CVH_ARITHMETIC_OPENCV;
    ck_assert_int_eq(cvh_crosscheck(ramp, ramp, &shape, &point, 1, &mine, NULL, &report), CVH_OK);
    ck_assert_int_eq(seen_arithmetic, CVH_ARITHMETIC_OPENCV);
}
END_TEST

START_TEST(a_failing_method_is_passed_on)
{
    cvh_maps shape = cvh_maps_view(NULL, 1, 4, 4, CVH_32F);
    cvh_report report, before;
    memset(&report, 0x55, sizeof report);
    before = report;
    calls = 0;
    ck_assert_int_eq(cvh_crosscheck(fails, ramp, &shape, NULL, 0, &convention, NULL, &report), CVH_ERR_OPENCV);
    ck_assert_str_eq(cvh_last_error(), "expected is NULL; it must point to a view");
    ck_assert_int_eq(calls, 1);
    ck_assert_int_eq(cvh_crosscheck(ramp, fails, &shape, NULL, 0, &convention, NULL, &report), CVH_ERR_OPENCV);
    ck_assert_int_eq(calls, 3);
    ck_assert_msg(!memcmp(&report, &before, sizeof report), "the report is written");
}
END_TEST

START_TEST(bad_arguments_are_refused)
{
    static const cvh_keypoint point = {.x = 1};
    static const cvh_tolerance exact = {0}, negative = {.absolute = -1}, not_a_number = {.relative = NAN};
    static const cvh_convention unset = {.gaussian = {.sigma_x = 2}};
    static const cvh_maps good = {.count = 1, .rows = 4, .cols = 4, .depth = CVH_32F};
#define SHAPE(count_, rows_, cols_, depth_)                                                                                    \
  &(const cvh_maps)                                                                                                            \
  {                                                                                                                            \
    .count = count_, .rows = rows_, .cols = cols_, .depth = depth_                                                             \
  }
    const struct {
        const char *text;
        cvh_method_fn expected, actual;
        const cvh_maps *shape;
        const cvh_keypoint *points;
        size_t count;
        const cvh_convention *convention;
        const cvh_tolerance *tolerance;
    } cases[] = {
        {"expected is NULL", NULL, ramp, &good, &point, 1, &convention, &exact},
        {"actual is NULL", ramp, NULL, &good, &point, 1, &convention, &exact},
        {"shape is NULL", ramp, ramp, NULL, &point, 1, &convention, &exact},
        {"points is NULL; with count 1", ramp, ramp, &good, NULL, 1, &convention, &exact},
        {"points is NULL; with count " LARGEST_SIZE, ramp, ramp, &good, NULL, SIZE_MAX, &convention, &exact},
        {"convention is NULL", ramp, ramp, &good, &point, 1, NULL, &exact},
        {"gaussian.ksize_x 0 (13)", cvh_patch, cvh_blur, &good, &point, 1, &unset, &exact},
        {"tolerance: absolute is -1", ramp, ramp, &good, &point, 1, &convention, &negative},
        {"tolerance: relative is nan", ramp, ramp, &good, &point, 1, &convention, &not_a_number},
        {"shape: count is 0; it must be 1..", ramp, ramp, SHAPE(0, 4, 4, CVH_32F), &point, 1, &convention, NULL},
        {"shape: count is 2147483647", ramp, ramp, SHAPE(INT_MAX, 4, 4, CVH_32F), &point, 1, &convention, NULL},
        {"shape: rows is -1", ramp, ramp, SHAPE(1, -1, 4, CVH_32F), &point, 1, &convention, NULL},
        {"shape: cols is 32769", ramp, ramp, SHAPE(1, 4, 32769, CVH_32F), &point, 1, &convention, NULL},
        {"shape: depth is 0", ramp, ramp, SHAPE(1, 4, 4, CVH_8U), &point, 1, &convention, NULL},
        {"shape: depth is 7", ramp, ramp, SHAPE(1, 4, 4, (cvh_depth)7), &point, 1, &convention, NULL},
    };
    cvh_report report, before;
    memset(&report, 0x55, sizeof report);
    before = report;
    calls = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i].text,
                       cvh_crosscheck(cases[i].expected, cases[i].actual, cases[i].shape, cases[i].points, cases[i].count,
                                      cases[i].convention, cases[i].tolerance, &report),
                       cases[i].text);
    assert_refused("report", cvh_crosscheck(ramp, ramp, &good, &point, 1, &convention, NULL, NULL), "report is NULL");
    ck_assert_msg(!memcmp(&report, &before, sizeof report), "the report is written");
    ck_assert_int_eq(calls, 0);
}
END_TEST

#if defined(__has_feature)
#  if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#    define ALLOCATOR_ABORTS 1
#  endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#  define ALLOCATOR_ABORTS 1
#endif

/* 2^62 bytes; the sanitizers' allocators end the program rather than say no, unless told otherwise. */
START_TEST(a_shape_beyond_memory)
{
    cvh_maps shape = cvh_maps_view(NULL, CVH_MAX_COUNT, CVH_MAX_SIDE, CVH_MAX_SIDE, CVH_64F);
    cvh_report report, before;
    memset(&report, 0x55, sizeof report);
    before = report;
    calls = 0;
    /* Where a size has 32 bits, no view may be that large. */
    const bool sayable = SIZE_MAX > UINT32_MAX;
    ck_assert_int_eq(cvh_crosscheck(ramp, ramp, &shape, NULL, 0, &convention, NULL, &report),
                     sayable ? CVH_ERR_MEMORY : CVH_ERR_ARGUMENT);
    ck_assert_msg(strstr(cvh_last_error(), sayable ? "268435456 maps of 32768x32768" : "larger than memory"), "%s",
                  cvh_last_error());
    ck_assert_msg(!memcmp(&report, &before, sizeof report), "the report is written");
    ck_assert_int_eq(calls, 0);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("crosscheck");
    TCase *c = tcase_create("crosscheck");
    tcase_add_loop_test(c, differences_are_reported, 0, 2);
    tcase_add_test(c, scratch_maps_start_at_zero);
    tcase_add_test(c, opencv_is_met_with_its_own_arithmetic);
    tcase_add_test(c, a_failing_method_is_passed_on);
    tcase_add_test(c, bad_arguments_are_refused);
#ifndef ALLOCATOR_ABORTS
    tcase_add_test(c, a_shape_beyond_memory);
#else
    (void)a_shape_beyond_memory;
#endif
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
