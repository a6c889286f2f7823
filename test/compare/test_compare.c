/* SPDX-License-Identifier: Apache-2.0
 * cvh_compare: pairs of samples whose answer is known, order and precision, bad input. */
#include <float.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

static void store(const cvh_maps *maps, size_t i, double value)
{
    if (maps->depth == CVH_8U)
        ((unsigned char *)maps->data)[i] = (unsigned char)value;
    else if (maps->depth == CVH_32F)
        ((float *)maps->data)[i] = (float)value;
    else
        ((double *)maps->data)[i] = value;
}

/* ------------------------------------------------------------------------------------------------------------------ pairs */

#define SUBNORMAL32 1.401298464324817e-45
#define SUBNORMAL64 4.9406564584124654e-324

static const struct pair {
    const char *name;
    cvh_depth depth;
    double e, a;
    cvh_tolerance tolerance;
    uint64_t differing, ulps;
    double distance;
} pairs[] = {
    {"equal", CVH_32F, 1, 1, {0, 0, 0}, 0, 0, 0},
    {"zeros of both signs, 32F", CVH_32F, 0, -0.0, {0, 0, 0}, 0, 0, 0},
    {"zeros of both signs, 64F", CVH_64F, -0.0, 0, {0, 0, 0}, 0, 0, 0},
    {"both NaN", CVH_32F, NAN, NAN, {0, 0, 0}, 0, 0, 0},
    {"both NaN, of two signs", CVH_64F, NAN, -NAN, {0, 0, 0}, 0, 0, 0},
    {"NaN against a number", CVH_32F, NAN, 1, {0, 0, 0}, 1, UINT64_MAX, INFINITY},
    {"a number against NaN, whatever the tolerance", CVH_64F, 1, NAN, {1e308, 1e308, UINT64_MAX}, 1, UINT64_MAX, INFINITY},
    {"NaN against infinity", CVH_32F, NAN, INFINITY, {1, 1, 1}, 1, UINT64_MAX, INFINITY},
    {"the same infinity", CVH_32F, INFINITY, INFINITY, {0, 0, 0}, 0, 0, 0},
    {"infinities of both signs", CVH_32F, INFINITY, -INFINITY, {1e9, 1e9, 9}, 1, UINT64_C(0xff000000), INFINITY},
    {"infinities of both signs, 64F", CVH_64F, -INFINITY, INFINITY, {0, 0, 0}, 1, UINT64_C(0xffe0000000000000), INFINITY},
    {"infinity against a number is not excused by relative", CVH_32F, INFINITY, 1, {0, 0.5, 0}, 1, 0x40000000, INFINITY},
    {"infinity and the largest number are neighbours", CVH_32F, INFINITY, (double)FLT_MAX, {0, 0, 1}, 0, 1, INFINITY},
    {"infinity and the largest double are neighbours", CVH_64F, DBL_MAX, INFINITY, {0, 0, 1}, 0, 1, INFINITY},
    {"a difference that overflows", CVH_64F, DBL_MAX, -DBL_MAX, {1e308, 1e308, 0}, 1, UINT64_C(0xffdffffffffffffe), INFINITY},
    {"largest floats of both signs", CVH_32F, (double)FLT_MAX, -(double)FLT_MAX, {0, 0, 0}, 1, 0xfefffffe, 2 * (double)FLT_MAX},
    {"1 and its neighbour, 0 ULP", CVH_32F, 1, 1.00000011920928955, {0, 0, 0}, 1, 1, 0x1p-23},
    {"1 and its neighbour, 1 ULP", CVH_32F, 1, 1.00000011920928955, {0, 0, 1}, 0, 1, 0x1p-23},
    {"1 and the neighbour below", CVH_64F, 1, 1 - 0x1p-53, {0, 0, 1}, 0, 1, 0x1p-53},
    {"smallest numbers of both signs are 2 apart, limit 1",
     CVH_32F,
     SUBNORMAL32,
     -SUBNORMAL32,
     {0, 0, 1},
     1,
     2,
     2 * SUBNORMAL32},
    {"smallest numbers of both signs are 2 apart, limit 2",
     CVH_32F,
     SUBNORMAL32,
     -SUBNORMAL32,
     {0, 0, 2},
     0,
     2,
     2 * SUBNORMAL32},
    {"smallest doubles of both signs", CVH_64F, -SUBNORMAL64, SUBNORMAL64, {0, 0, 1}, 1, 2, 2 * SUBNORMAL64},
    {"absolute, reached", CVH_64F, 1, 1.5, {0.5, 0, 0}, 0, UINT64_C(1) << 51, 0.5},
    {"absolute, just missed", CVH_64F, 1, 1.5, {0.49999999999999994, 0, 0}, 1, UINT64_C(1) << 51, 0.5},
    {"relative to expected, reached", CVH_32F, 2, 3, {0, 0.5, 0}, 0, 1 << 22, 1},
    {"relative to expected, not to actual", CVH_32F, 3, 4.6, {0, 0.5, 0}, 1, 5452595, 1.5999999046325684},
    {"relative to a negative number", CVH_32F, -2, -3, {0, 0.5, 0}, 0, 1 << 22, 1},
    {"relative to 0 excuses nothing", CVH_32F, 0, 1e-30, {0, 1, 0}, 1, 228737632, (double)1e-30F},
    {"grey levels, 0", CVH_8U, 7, 9, {0, 0, 0}, 1, 2, 2},
    {"grey levels, 1", CVH_8U, 7, 9, {0, 0, 1}, 1, 2, 2},
    {"grey levels, 2", CVH_8U, 9, 7, {0, 0, 2}, 0, 2, 2},
    {"grey levels, absolute", CVH_8U, 255, 0, {255, 0, 0}, 0, 255, 255},
    {"grey levels, relative", CVH_8U, 200, 100, {0, 0.5, 0}, 0, 100, 100},
};

/* Each pair is put first, in the middle and last among samples that are equal, so that every part of a block sees it. */
START_TEST(pairs_of_samples)
{
    const struct pair *p = &pairs[_i];
    for (int cols = 1; cols <= 1100; cols = cols < 24 ? cols + 1 : cols * 3) {
        for (int at = 0; at < cols; at += cols / 3 + 1) {
            guarded_maps e = guarded_new(1, 1, cols, p->depth), a = guarded_new(1, 1, cols, p->depth);
            for (int i = 0; i < cols; i++) {
                store(&e.maps, (size_t)i, i == at ? p->e : 3);
                store(&a.maps, (size_t)i, i == at ? p->a : 3);
            }
            cvh_report r;
            ck_assert_int_eq(cvh_compare(&e.maps, &a.maps, &p->tolerance, &r), CVH_OK);
            ck_assert_msg(r.differing == p->differing, "%s at %d of %d: differing %" PRIu64, p->name, at, cols, r.differing);
            ck_assert_msg(r.max_ulps == p->ulps, "%s at %d of %d: max_ulps %" PRIu64 ", not %" PRIu64, p->name, at, cols,
                          r.max_ulps, p->ulps);
            ck_assert_msg(r.max_abs == p->distance, "%s at %d of %d: max_abs %.17g", p->name, at, cols, r.max_abs);
            ck_assert_msg(r.col == (p->distance > 0 ? at : 0), "%s at %d of %d: column %d", p->name, at, cols, r.col);
            double rmse = p->distance / sqrt(cols);
            ck_assert_msg(r.rmse == rmse || fabs(r.rmse - rmse) <= 4e-16 * rmse + SUBNORMAL64,
                          "%s at %d of %d: rmse %.17g, not %.17g", p->name, at, cols, r.rmse, rmse);
            guarded_free(&e);
            guarded_free(&a);
        }
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------------ others */

/* Two ways to store values. e and a are what is stored. */
typedef struct stored {
    cvh_depth depth;
    double scale, zero, sample;
} stored;

static const struct mixed {
    const char *name;
    stored e, a;
    uint64_t tolerated; /* ulps */
    uint64_t differing, ulps;
    double distance;
} mixed[] = {
    {"signed bytes", {CVH_8S, 0, 0, -3}, {CVH_8S, 0, 0, 4}, 6, 1, 7, 7},
    {"signed bytes, tolerated", {CVH_8S, 0, 0, -3}, {CVH_8S, 0, 0, 4}, 7, 0, 7, 7},
    {"unsigned words, all apart", {CVH_16U, 0, 0, 65535}, {CVH_16U, 0, 0, 0}, 65534, 1, 65535, 65535},
    {"signed words, all apart", {CVH_16S, 0, 0, -32768}, {CVH_16S, 0, 0, 32767}, 65535, 0, 65535, 65535},
    {"quantised alike, a step of the samples", {CVH_8U, 0.25, 128, 7}, {CVH_8U, 0.25, 128, 9}, 1, 1, 2, 0.5},
    {"quantised alike, by no power of 2",
     {CVH_8U, 1. / 255, 0, 7},
     {CVH_8U, 1. / 255, 0, 9},
     2,
     0,
     2,
     9 * (1. / 255) - 7 * (1. / 255)},
    {"halves, neighbours", {CVH_16F, 0, 0, 1}, {CVH_16F, 0, 0, 1 + 0x1p-10}, 0, 1, 1, 0x1p-10},
    {"halves, least of both signs", {CVH_16F, 0, 0, -0x1p-24}, {CVH_16F, 0, 0, 0x1p-24}, 2, 0, 2, 0x1p-23},
    {"halves, the largest and infinity", {CVH_16F, 0, 0, 65504}, {CVH_16F, 0, 0, INFINITY}, 0, 1, 1, INFINITY},
    {"a half and a number", {CVH_16F, 0, 0, NAN}, {CVH_16F, 0, 0, 1}, 9, 1, UINT64_MAX, INFINITY},
    {"scale 1 is scale 0", {CVH_8U, 1, 0, 9}, {CVH_8U, 0, 0, 9}, 0, 0, 0, 0},
    {"floats with a scale", {CVH_32F, 2, 0, 1}, {CVH_32F, 2, 0, 1.00000011920928955}, 1, 0, 1, 0x1p-22},
    {"float and double, equal", {CVH_32F, 0, 0, 0.5}, {CVH_64F, 0, 0, 0.5}, 0, 0, 0, 0},
    {"float and double, less than a step", {CVH_32F, 0, 0, 1}, {CVH_64F, 0, 0, 1 + 0x1p-40}, 0, 1, 1, 0x1p-40},
    {"float and double, tolerated", {CVH_32F, 0, 0, 1}, {CVH_64F, 0, 0, 1 + 0x1p-40}, 1, 0, 1, 0x1p-40},
    {"double and float, in steps of doubles", {CVH_64F, 0, 0, 1 + 0x1p-40}, {CVH_32F, 0, 0, 1}, 1, 1, 4096, 0x1p-40},
    {"bytes over 0..1 and float", {CVH_8U, 0.0078125, 0, 64}, {CVH_32F, 0, 0, 0.5}, 0, 0, 0, 0},
    {"bytes and float, less than half a step", {CVH_8U, 1, 0, 64}, {CVH_32F, 0, 0, 64.25}, 0, 1, 1, 0.25},
    {"bytes and float, nearer to the second", {CVH_8U, 0.5, 0, 64}, {CVH_32F, 0, 0, 32.9}, 0, 1, 2, 0.9000015258789062},
    {"bytes do not end at 255", {CVH_8U, 0, 0, 255}, {CVH_64F, 0, 0, 1000}, 1, 1, 745, 745},
    {"bytes and far above", {CVH_8U, 0, 0, 0}, {CVH_64F, 0, 0, 1e300}, 1, 1, UINT64_C(1) << 60, 1e300},
    {"bytes and far below", {CVH_8U, 0, 0, 0}, {CVH_64F, 0, 0, -1e300}, 1, 1, UINT64_C(1) << 60, 1e300},
    {"bytes and NaN", {CVH_8U, 0, 0, 255}, {CVH_64F, 0, 0, NAN}, 9, 1, UINT64_MAX, INFINITY},
    {"two zeros", {CVH_8S, 0.5, -128, -128}, {CVH_8U, 1, 3, 3}, 0, 0, 0, 0},
};

static void fill_stored(guarded_maps *made, const stored *from, int at)
{
    static double numbers[2000];
    cvh_maps raw = cvh_maps_view(numbers, 1, 1, made->maps.cols, CVH_64F);
    for (int i = 0; i < made->maps.cols; i++) numbers[i] = i == at ? from->sample : from->zero; /* value 0 */
    ck_assert_msg(cvh_convert(&raw, &made->maps) == CVH_OK, "%s", cvh_last_error());
    made->maps.scale = from->scale;
    made->maps.zero = from->zero;
}

START_TEST(samples_stored_in_two_ways)
{
    const struct mixed *m = &mixed[_i];
    for (int cols = 1; cols <= 1100; cols = cols < 20 ? cols + 3 : cols * 3)
        for (int at = 0; at < cols; at += cols / 3 + 1) {
            guarded_maps e = guarded_new(1, 1, cols, m->e.depth), a = guarded_new(1, 1, cols, m->a.depth);
            fill_stored(&e, &m->e, at);
            fill_stored(&a, &m->a, at);
            cvh_tolerance tolerance = {.ulps = m->tolerated};
            cvh_report r;
            ck_assert_int_eq(cvh_compare(&e.maps, &a.maps, &tolerance, &r), CVH_OK);
            ck_assert_msg(r.differing == m->differing && r.max_ulps == m->ulps && r.max_abs == m->distance,
                          "%s at %d of %d: %" PRIu64 " differ, by %" PRIu64 " ulps, %.17g", m->name, at, cols, r.differing,
                          r.max_ulps, r.max_abs);
            ck_assert_msg(r.col == (m->distance > 0 ? at : 0), "%s: column %d", m->name, r.col);
            guarded_free(&e);
            guarded_free(&a);
        }
}
END_TEST

START_TEST(first_of_equal_differences_is_the_worst)
{
    float e[2 * 30 * 40] = {0}, a[2 * 30 * 40] = {0};
    a[700] = -2, a[701] = 2, a[1900] = 2, a[30] = 1;
    cvh_maps expected = cvh_maps_view(e, 2, 30, 40, CVH_32F), actual = cvh_maps_view(a, 2, 30, 40, CVH_32F);
    cvh_report r;
    ck_assert_int_eq(cvh_compare(&expected, &actual, NULL, &r), CVH_OK);
    ck_assert_uint_eq(r.differing, 4);
    ck_assert_int_eq(r.map * 1200 + r.row * 40 + r.col, 700);
    ck_assert_double_eq(r.actual, -2);
    ck_assert_double_eq(r.rmse, sqrt(13.0 / 2400));
}
END_TEST

/* Differences of floats are doubles, so that two that round to the same float are still told apart. */
START_TEST(differences_are_not_rounded_to_float)
{
    static const struct {
        float e, first, larger;
    } cases[] = {
        {1, 0x1p-30F, 0x1p-40F},            /* both are the float 1 */
        {FLT_MAX, -0x1p+77F, -0x1p+80F},    /* both are the float FLT_MAX, and beyond it as doubles */
        {FLT_MAX, -0x1p+100F, -0x1p+104F},  /* the second is infinite as a float */
        {0x1p-126F, 0x1p-149F, -0x1p-149F}, /* subnormal */
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        float e[600] = {0}, a[600] = {0};
        e[0] = e[599] = cases[k].e, a[0] = cases[k].first, a[599] = cases[k].larger;
        cvh_maps expected = cvh_maps_view(e, 1, 1, 600, CVH_32F), actual = cvh_maps_view(a, 1, 1, 600, CVH_32F);
        cvh_report r;
        ck_assert_int_eq(cvh_compare(&expected, &actual, NULL, &r), CVH_OK);
        ck_assert_msg(r.col == 599, "%g: column %d", (double)cases[k].e, r.col);
        ck_assert_double_eq(r.max_abs, (double)cases[k].e - (double)cases[k].larger);
    }
}
END_TEST

START_TEST(rmse_neither_overflows_nor_vanishes)
{
    static const double sizes[] = {1e-320, 1e-300, 1e-160, 1e-140, 1e140, 1e160, 1e308};
    enum { N = 1000 };
    double e[N], a[N];
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        for (int i = 0; i < N; i++) e[i] = 0, a[i] = i % 2 ? sizes[k] : -sizes[k];
        cvh_maps expected = cvh_maps_view(e, 1, 10, 100, CVH_64F), actual = cvh_maps_view(a, 1, 10, 100, CVH_64F);
        cvh_report r;
        ck_assert_int_eq(cvh_compare(&expected, &actual, NULL, &r), CVH_OK);
        ck_assert_msg(fabs(r.rmse - sizes[k]) <= 1e-14 * sizes[k], "%g: rmse %.17g", sizes[k], r.rmse);
    }
}
END_TEST

/* The documented order of summation, written out: no other order gives these bits. */
START_TEST(rmse_is_summed_in_one_order)
{
    enum { N = 1237 };
    static double e[N], a[N];
    random_state random = random_start(77);
    for (int i = 0; i < N; i++) e[i] = random_normal(&random), a[i] = random_normal(&random);
    double sum = 0;
    for (int from = 0; from < N; from += 512) {
        double lane[8] = {0};
        for (int i = from; i < from + 512 && i < N; i++) {
            volatile double square = (e[i] - a[i]) * (e[i] - a[i]);
            lane[i % 8] += square;
        }
        sum += ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
    }
    cvh_maps expected = cvh_maps_view(e, 1, 1, N, CVH_64F), actual = cvh_maps_view(a, 1, 1, N, CVH_64F);
    cvh_report r;
    ck_assert_int_eq(cvh_compare(&expected, &actual, NULL, &r), CVH_OK);
    ck_assert_double_eq(r.rmse, sqrt(sum / N));
}
END_TEST

/* Samples are compared as values: of doubles with a scale or a zero too, on either side. */
START_TEST(doubles_with_a_scale)
{
    static const struct {
        double e_scale, e_zero, a_scale, a_zero;
        int differing;
    } cases[] = {{2, 0, 2, 0, 0}, {2, 0, 1, 0, 10}, {2, 1, 2, 0, 11}, {1, 0, 1, 3, 11}, {0, 0, 1, 0, 0}};
    double samples[11];
    for (int i = 0; i < 11; i++) samples[i] = i;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_maps e = cvh_maps_view(samples, 1, 1, 11, CVH_64F), a = e;
        cvh_report report;
        e.scale = cases[i].e_scale, e.zero = cases[i].e_zero;
        a.scale = cases[i].a_scale, a.zero = cases[i].a_zero;
        ck_assert_msg(!cvh_compare(&e, &a, NULL, &report), "%s", cvh_last_error());
        ck_assert_msg((int)report.differing == cases[i].differing, "case %d: %d differ", (int)i, (int)report.differing);
    }
}
END_TEST

/* Samples that a zero makes one value are no steps apart, whatever they are as stored. */
START_TEST(one_value_of_many_samples)
{
    static const cvh_depth depths[] = {CVH_32F, CVH_64F};
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
        double doubles[2][3] = {{0, 0x1p-1000, 1}, {0x1p-1070, 0, 1}};
        float floats[2][3] = {{0, 0x1p-100f, 1}, {0x1p-140f, 0, 1}};
        void *const e = depths[i] == CVH_64F ? (void *)doubles[0] : floats[0];
        void *const a = depths[i] == CVH_64F ? (void *)doubles[1] : floats[1];
        cvh_maps expected = cvh_maps_view(e, 1, 1, 3, depths[i]), actual = cvh_maps_view(a, 1, 1, 3, depths[i]);
        cvh_report report;
        expected.zero = actual.zero = 2;
        ck_assert_msg(!cvh_compare(&expected, &actual, NULL, &report), "%s", cvh_last_error());
        ck_assert_msg(report.differing == 0 && report.max_ulps == 0, "depth %d: %llu differ, %llu steps", (int)depths[i],
                      (unsigned long long)report.differing, (unsigned long long)report.max_ulps);
    }
}
END_TEST

/* 3 and 3.5 are 2^50 doubles apart, 2^21 floats; they are stored as such, whatever they stand for. */
START_TEST(steps_are_those_of_what_is_stored)
{
    double doubles[2][2] = {{3, 7}, {3.5, 7}};
    float floats[2][2] = {{3, 7}, {3.5F, 7}};
    for (int i = 0; i < 4; i++) {
        int d = i % 2;
        cvh_maps expected = cvh_maps_view(d ? (void *)doubles[0] : floats[0], 1, 1, 2, d ? CVH_64F : CVH_32F), actual;
        cvh_report report;
        if (i < 2)
            expected.zero = 2;
        else
            expected.scale = 0.5;
        actual = expected;
        actual.data = d ? (void *)doubles[1] : floats[1];
        ck_assert_msg(!cvh_compare(&expected, &actual, NULL, &report), "%s", cvh_last_error());
        ck_assert_msg(report.max_ulps == UINT64_C(1) << (d ? 50 : 21), "%llu", (unsigned long long)report.max_ulps);
    }
}
END_TEST

START_TEST(a_view_agrees_with_itself)
{
    double data[50];
    for (int i = 0; i < 50; i++) data[i] = i % 7 ? i : (double)NAN;
    cvh_maps view = cvh_maps_view(data, 2, 5, 5, CVH_64F);
    cvh_report r;
    ck_assert_int_eq(cvh_compare(&view, &view, NULL, &r), CVH_OK);
    ck_assert(r.compared == 50 && r.differing == 0 && r.max_abs == 0 && r.rmse == 0 && r.max_ulps == 0);
    ck_assert(r.map == 0 && r.row == 0 && r.col == 0 && isnan(r.expected) && isnan(r.actual));
}
END_TEST

/* --------------------------------------------------------------------------------------------------------------- bad input */

static float samples_e[8 * 8], samples_a[8 * 8];
#define VIEW(...)                                                                                                              \
  (cvh_maps)                                                                                                                   \
  {                                                                                                                            \
    .data = samples_e, .count = 1, .rows = 8, .cols = 8, .depth = CVH_32F, __VA_ARGS__                                         \
  }

#if defined(__GNUC__)
#  pragma GCC diagnostic ignored "-Woverride-init"
#endif
#if defined(__clang__)
#  pragma clang diagnostic ignored "-Winitializer-overrides"
#endif

START_TEST(bad_views_are_refused)
{
    const struct {
        cvh_maps maps;
        const char *text;
    } cases[] = {
        {VIEW(.data = NULL), "data is NULL"},
        {VIEW(.data = (char *)samples_e + 1), "aligned"},
        {VIEW(.count = 0), "count is 0; it must be 1..268435456"},
        {VIEW(.count = -1), "count is -1"},
        {VIEW(.count = INT_MAX), "count is 2147483647"},
        {VIEW(.rows = 0), "rows is 0; it must be 1..32768"},
        {VIEW(.rows = INT_MIN), "rows is -2147483648"},
        {VIEW(.cols = INT_MAX), "cols is 2147483647"},
        {VIEW(.depth = (cvh_depth)4), "depth is 4"},
        {VIEW(.depth = (cvh_depth)-1), "depth is"},
        {VIEW(.col_step = 2), "col_step is 2 bytes; it must be a multiple"},
        {VIEW(.row_step = 30), "row_step is 30 bytes; it must be a multiple"},
        {VIEW(.row_step = 28), "row_step is 28 bytes; at least 32"},
        {VIEW(.row_step = SIZE_MAX - 3), "larger than memory"},
        {VIEW(.rows = 7), "rows is "},
        {VIEW(.cols = 4, .row_step = 32), "cols is "},
        {VIEW(.count = 2, .rows = 4), "count is "},
        {VIEW(.scale = -1), "scale is -1; it must be above 0 and finite, or 0 for 1"},
        {VIEW(.scale = NAN), "scale is nan"},
        {VIEW(.zero = INFINITY), "zero is inf; it must be finite"},
    };
    cvh_maps good = cvh_maps_view(samples_a, 1, 8, 8, CVH_32F);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_report report, before;
        memset(&report, 0x55, sizeof report);
        before = report;
        assert_refused(cases[i].text, cvh_compare(&cases[i].maps, &good, NULL, &report), cases[i].text);
        assert_refused(cases[i].text, cvh_compare(&good, &cases[i].maps, NULL, &report), cases[i].text);
        ck_assert_msg(strstr(cvh_last_error(), "actual: "), "%s", cvh_last_error());
        ck_assert_msg(!memcmp(&report, &before, sizeof report), "%s: the report is written", cases[i].text);
    }
}
END_TEST

START_TEST(bad_arguments_are_refused)
{
    const struct {
        cvh_tolerance tolerance;
        const char *text;
    } cases[] = {
        {{-1, 0, 0}, "tolerance: absolute is -1; it must be 0 or more"},
        {{NAN, 0, 0}, "tolerance: absolute is nan"},
        {{INFINITY, 0, 0}, "tolerance: absolute is inf"},
        {{0, -1e-300, 0}, "tolerance: relative is -1e-300"},
        {{0, NAN, 0}, "tolerance: relative is nan"},
        {{0, INFINITY, 0}, "tolerance: relative is inf"},
    };
    cvh_maps view = cvh_maps_view(samples_a, 1, 8, 8, CVH_32F);
    cvh_report report, before;
    memset(&report, 0x55, sizeof report);
    before = report;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i].text, cvh_compare(&view, &view, &cases[i].tolerance, &report), cases[i].text);
    assert_refused("expected", cvh_compare(NULL, &view, NULL, &report), "expected is NULL");
    assert_refused("actual", cvh_compare(&view, NULL, NULL, &report), "actual is NULL");
    assert_refused("report", cvh_compare(&view, &view, NULL, NULL), "report is NULL");
    ck_assert_msg(!memcmp(&report, &before, sizeof report), "the report is written");

    cvh_maps other = cvh_maps_view(samples_a, 1, 4, 8, CVH_32F);
    assert_refused("shapes", cvh_compare(&view, &other, NULL, &report), "actual: rows is 4; it must be 8 as in expected");
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("compare");
    TCase *c = tcase_create("compare");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, pairs_of_samples, 0, (int)(sizeof pairs / sizeof *pairs));
    tcase_add_loop_test(c, samples_stored_in_two_ways, 0, (int)(sizeof mixed / sizeof *mixed));
    tcase_add_test(c, first_of_equal_differences_is_the_worst);
    tcase_add_test(c, differences_are_not_rounded_to_float);
    tcase_add_test(c, rmse_neither_overflows_nor_vanishes);
    tcase_add_test(c, rmse_is_summed_in_one_order);
    tcase_add_test(c, doubles_with_a_scale);
    tcase_add_test(c, one_value_of_many_samples);
    tcase_add_test(c, steps_are_those_of_what_is_stored);
    tcase_add_test(c, a_view_agrees_with_itself);
    tcase_add_test(c, bad_views_are_refused);
    tcase_add_test(c, bad_arguments_are_refused);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
