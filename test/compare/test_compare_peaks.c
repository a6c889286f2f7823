/* SPDX-License-Identifier: Apache-2.0
 * Lists of peaks that differ by a known slip: what is counted, which pair is the worst, which slip is told. */
#include <string.h>

#include "support/support.h"

enum { PEAKS = 40 };

static void fill(cvh_peak *peaks, random_state *random)
{
    for (int i = 0; i < PEAKS; i++)
        peaks[i] = (cvh_peak){
            .x = 190 * random_real(random), .y = 10 + 240 * random_real(random), .score = random_real(random), .map = i % 17};
}

/* x = a_x e_x + b_x (or of e_y where exchanged), likewise y; `strays` of the peaks lie somewhere else altogether. */
typedef struct slip_case {
    const char *name;
    double a_x, b_x, a_y, b_y;
    bool exchanged;
    int strays;
    cvh_slip slip;
    double slip_x, slip_y;
} slip_case;

static const slip_case slips[] = {
    {"half a pixel", 1, 0.5, 1, 0.5, false, 0, CVH_SLIP_HALF_PIXEL, 0.5, 0.5},
    {"half a pixel low in x", 1, -0.5, 1, 0, false, 0, CVH_SLIP_HALF_PIXEL, -0.5, 0},
    {"half a pixel, strays", 1, 0.5, 1, 0, false, 9, CVH_SLIP_HALF_PIXEL, 0.5, 0},
    {"half a pixel of stride 4", 1, 1.5, 1, 1.5, false, 0, CVH_SLIP_SHIFT, 1.5, 1.5},
    {"a flip's column", 1, 4, 1, 0, false, 5, CVH_SLIP_SHIFT, 4, 0},
    {"axes exchanged", 1, 0, 1, 0, true, 0, CVH_SLIP_EXCHANGED, 0, 0},
    {"axes exchanged, strays", 1, 0, 1, 0, true, 8, CVH_SLIP_EXCHANGED, 0, 0},
    {"(w-1)/w", 191.0 / 192, 0, 255.0 / 256, 0, false, 0, CVH_SLIP_SCALE, 191.0 / 192, 255.0 / 256},
    {"another input size", 2, 0, 2, 0, false, 10, CVH_SLIP_SCALE, 2, 2},
    {"scale and shift", 1.1, 7, 0.9, -3, false, 0, CVH_SLIP_NONE, 0, 0},
    {"strays alone", 1, 0, 1, 0, false, PEAKS, CVH_SLIP_NONE, 0, 0},
    {"more strays than a slip explains", 1, 0.5, 1, 0.5, false, 20, CVH_SLIP_NONE, 0, 0},
};

static void slip_by(const slip_case *c, const cvh_peak *expected, cvh_peak *actual, random_state *random)
{
    for (int i = 0; i < PEAKS; i++) {
        const cvh_peak *e = &expected[i];
        actual[i] = *e;
        actual[i].x = c->a_x * (c->exchanged ? e->y : e->x) + c->b_x;
        actual[i].y = c->a_y * (c->exchanged ? e->x : e->y) + c->b_y;
    }
    for (int i = 0; i < c->strays; i++) {
        cvh_peak *stray = &actual[(7 * i) % PEAKS];
        stray->x += 20 + 30 * random_real(random);
        stray->y -= 20 + 30 * random_real(random);
    }
}

START_TEST(slips_are_told)
{
    const slip_case *c = &slips[_i];
    cvh_peak expected[PEAKS], actual[PEAKS];
    cvh_peak_report report;
    random_state start = random_start(2026), random = start;
    fill(expected, &random);
    slip_by(c, expected, actual, &random);
    ck_assert_int_eq(cvh_compare_peaks(expected, actual, PEAKS, 0.05, &report), CVH_OK);
    ck_assert_msg(report.slip == c->slip, "%s, random state %llu: told %s, %zu of %zu explained", c->name,
                  (unsigned long long)start.state, cvh_slip_text((int)report.slip), report.explained, report.differing);
    ck_assert_msg(fabs(report.slip_x - c->slip_x) < 1e-9 && fabs(report.slip_y - c->slip_y) < 1e-9, "%s: by %g, %g", c->name,
                  report.slip_x, report.slip_y);
    ck_assert_msg(report.explained == (c->slip ? report.differing - (size_t)c->strays : 0), "%s: %zu of %zu explained", c->name,
                  report.explained, report.differing);
}
END_TEST

/* Two pairs that part by the same shift are a coincidence, three a slip. */
START_TEST(slips_need_three)
{
    cvh_peak expected[5], actual[5];
    cvh_peak_report report;
    for (int i = 0; i < 5; i++) expected[i] = actual[i] = (cvh_peak){.x = 10 * i, .y = 5 * i + 1};
    for (int differing = 1; differing <= 3; differing++) {
        actual[differing].x += 0.5;
        ck_assert_int_eq(cvh_compare_peaks(expected, actual, 5, 0.1, &report), CVH_OK);
        ck_assert_uint_eq(report.differing, (size_t)differing);
        ck_assert_int_eq((int)report.slip, (int)(differing < 3 ? CVH_SLIP_NONE : CVH_SLIP_HALF_PIXEL));
    }
}
END_TEST

/* A distance of 3, 4, 5 triangles; the tolerance belongs to what agrees. */
START_TEST(distances_and_the_worst)
{
    cvh_peak expected[4] = {{.x = 1, .y = 1, .map = 0}, {.x = 2, .y = 2, .map = 1}, {.x = 3, .y = 3, .map = 2}, {.map = 3}};
    cvh_peak actual[4];
    cvh_peak_report report;
    memcpy(actual, expected, sizeof actual);
    actual[1].x += 3, actual[1].y -= 4;
    actual[2].x -= 3, actual[2].y += 4;
    actual[3].score = 7, actual[3].found = CVH_FOUND_REFINED; /* not looked at */
    ck_assert_int_eq(cvh_compare_peaks(expected, actual, 4, 5, &report), CVH_OK);
    ck_assert_uint_eq(report.compared, 4);
    ck_assert_uint_eq(report.differing, 0);
    ck_assert_double_eq(report.max_distance, 5);
    ck_assert_double_eq(report.mean_distance, 2.5);
    ck_assert_uint_eq(report.index, 1);
    ck_assert_int_eq(report.expected.map, 1);
    ck_assert_double_eq(report.actual.x, 5);
    ck_assert_int_eq(cvh_compare_peaks(expected, actual, 4, nextafter(5, 0), &report), CVH_OK);
    ck_assert_uint_eq(report.differing, 2);
    ck_assert_int_eq(cvh_compare_peaks(NULL, NULL, 0, 0, &report), CVH_OK);
    ck_assert_uint_eq(report.compared + report.differing + report.index, 0);
    ck_assert_double_eq(report.mean_distance, 0);
}
END_TEST

/* NaN equals NaN; against a number it is infinitely far; +0 is -0; infinities equal themselves. */
static const struct {
    double e_x, e_y, a_x, a_y, distance;
} unusual[] = {
    {NAN, NAN, NAN, NAN, 0},
    {NAN, 1, NAN, 1, 0},
    {NAN, 1, NAN, 2, (double)INFINITY},
    {NAN, NAN, 3, 4, (double)INFINITY},
    {3, 4, NAN, NAN, (double)INFINITY},
    {0.0, -0.0, -0.0, 0.0, 0},
    {(double)INFINITY, 1, (double)INFINITY, 1, 0},
    {(double)INFINITY, 1, (double)-INFINITY, 1, (double)INFINITY},
    {-1e308, -1e308, 1e308, 1e308, (double)INFINITY},
    {0, 0, 3e200, 4e200, 5e200},
    {0, 0, 3e-200, 4e-200, 5e-200},
};

START_TEST(unusual_positions)
{
    cvh_peak expected = {.x = unusual[_i].e_x, .y = unusual[_i].e_y}, actual = {.x = unusual[_i].a_x, .y = unusual[_i].a_y};
    cvh_peak_report report;
    double distance = unusual[_i].distance;
    ck_assert_int_eq(cvh_compare_peaks(&expected, &actual, 1, 0, &report), CVH_OK);
    ck_assert_msg(report.max_distance == distance || fabs(report.max_distance / distance - 1) < 1e-15, "case %d: %g, not %g",
                  _i, report.max_distance, distance);
    ck_assert_uint_eq(report.differing, distance > 0 ? 1 : 0);
}
END_TEST

/* The pairs that a slip is read off are spread: one that explains 3 of 4, the first quarter aside, is found in long lists. */
START_TEST(slips_behind_strays)
{
    static cvh_peak expected[1000], actual[1000];
    cvh_peak_report report;
    random_state random = random_start(7);
    for (int i = 0; i < 1000; i++) {
        expected[i] = actual[i] = (cvh_peak){.x = 100 * random_real(&random), .y = 100 * random_real(&random)};
        actual[i].x += i < 250 ? 5 + 20 * random_real(&random) : -2;
    }
    ck_assert_int_eq(cvh_compare_peaks(expected, actual, 1000, 0.01, &report), CVH_OK);
    ck_assert_int_eq((int)report.slip, (int)CVH_SLIP_SHIFT);
    ck_assert_double_eq_tol(report.slip_x, -2, 1e-9);
    ck_assert_uint_eq(report.explained, 750);
}
END_TEST

START_TEST(texts)
{
    for (int slip = CVH_SLIP_NONE; slip <= CVH_SLIP_SCALE; slip++) {
        ck_assert_str_ne(cvh_slip_text(slip), cvh_slip_text(-1));
        for (int other = 0; other < slip; other++) ck_assert_str_ne(cvh_slip_text(slip), cvh_slip_text(other));
    }
    ck_assert_str_eq(cvh_slip_text(CVH_SLIP_LINE + 1), cvh_slip_text(-1));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("compare_peaks");
    TCase *c = tcase_create("compare_peaks");
    tcase_add_loop_test(c, slips_are_told, 0, (int)(sizeof slips / sizeof *slips));
    tcase_add_test(c, slips_need_three);
    tcase_add_test(c, distances_and_the_worst);
    tcase_add_loop_test(c, unusual_positions, 0, (int)(sizeof unusual / sizeof *unusual));
    tcase_add_test(c, slips_behind_strays);
    tcase_add_test(c, texts);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
