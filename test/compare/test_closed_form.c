/* SPDX-License-Identifier: Apache-2.0
 * The formula in long double against the patch, which shares no code with it, for every named convention; and against a bug. */
#include <math.h>
#include <string.h>

#include "support/support.h"

enum { CASES = 40, MOST_POINTS = 3, MOST_ROWS = 48, MOST_COLS = 40 };

typedef struct drawing {
    cvh_convention convention;
    cvh_keypoint points[MOST_POINTS];
    size_t count;
    int rows, cols;
} drawing;

/* A convention as its project has it, and every second time with another sigma; keypoints on and around the map. */
static drawing random_drawing(random_state *random, const char *name)
{
    drawing made = {.rows = random_int(random, 5, MOST_ROWS), .cols = random_int(random, 5, MOST_COLS)};
    ck_assert_msg(cvh_convention_find(name, &made.convention) == CVH_OK, "%s", cvh_last_error());
    cvh_convention *c = &made.convention;
    c->method = CVH_METHOD_PATCH;
    if (c->gaussian.sigma_x == 0 || random_int(random, 0, 1)) c->gaussian.sigma_x = 0.6 + 3 * random_real(random);
    c->scale_x = random_int(random, 0, 1) ? 0.25 : 0;
    c->offset_y = random_int(random, 0, 1) ? -0.5 : 0;
    made.count = c->norm == CVH_NORM_CENTRE ? 1 : (size_t)random_int(random, 1, MOST_POINTS);
    for (size_t i = 0; i < made.count; i++) {
        double x = random_real(random) * (made.cols + 8) - 4, y = random_real(random) * (made.rows + 8) - 4;
        made.points[i] = (cvh_keypoint){.x = c->scale_x != 0 ? 4 * x : x, .y = y, .map = 0};
        if (random_int(random, 0, 4) == 0) made.points[i].x = (double)NAN;
    }
    return made;
}

static void hold(const char *name, const drawing *made, cvh_depth depth)
{
    static double formula[MOST_ROWS * MOST_COLS], patch[MOST_ROWS * MOST_COLS];
    cvh_maps expected = cvh_maps_view(formula, 1, made->rows, made->cols, depth);
    cvh_maps actual = cvh_maps_view(patch, 1, made->rows, made->cols, depth);
    double peak = made->convention.gaussian.peak != 0 ? made->convention.gaussian.peak : 1;
    const cvh_tolerance tolerance = {
        .absolute = 1e-30 * peak, .relative = depth == CVH_64F ? 1e-13 : 0, .ulps = depth == CVH_32F ? 4 : 0};
    cvh_report report;
    memset(formula, 0x7f, sizeof formula);
    ck_assert_msg(!cvh_crosscheck_into(cvh_closed_form, cvh_patch, &expected, &actual, made->points, made->count,
                                       &made->convention, &tolerance, &report),
                  "%s: %s", name, cvh_last_error());
    ck_assert_msg(!report.differing, "%s, %dx%d: %d samples differ, by up to %g at row %d, column %d: %.17g and %.17g", name,
                  made->rows, made->cols, (int)report.differing, report.max_abs, report.row, report.col, report.expected,
                  report.actual);
}

START_TEST(every_convention_is_its_formula)
{
    random_state random = {0xC105ED + (uint64_t)_i};
    const char *name = cvh_convention_name(_i);
    for (int i = 0; i < CASES; i++) {
        drawing made = random_drawing(&random, name);
        hold(name, &made, i % 2 ? CVH_64F : CVH_32F);
    }
}
END_TEST

/* A code of somebody's that is UDP but for one slip, which the formula shows. */
static cvh_status udp_rounded(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    cvh_convention slipped = *convention;
    slipped.centre = CVH_CENTRE_SNAPPED;
    return cvh_patch(maps, points, count, &slipped);
}

START_TEST(a_slip_between_pixels_shows)
{
    cvh_convention udp;
    const cvh_keypoint point = {.x = 20.3, .y = 30.8};
    const cvh_tolerance tolerance = {.absolute = 1e-30, .ulps = 4};
    cvh_maps shape = cvh_maps_view(NULL, 1, 64, 48, CVH_32F);
    cvh_report report;
    ck_assert_int_eq(cvh_convention_find("udp", &udp), CVH_OK);
    ck_assert_int_eq(cvh_crosscheck(cvh_closed_form, cvh_patch, &shape, &point, 1, &udp, &tolerance, &report), CVH_OK);
    ck_assert_uint_eq(report.differing, 0);
    ck_assert_int_eq(cvh_crosscheck(cvh_closed_form, udp_rounded, &shape, &point, 1, &udp, &tolerance, &report), CVH_OK);
    ck_assert_uint_eq(report.differing, 169);
}
END_TEST

START_TEST(what_it_does_not_take_is_refused)
{
    static const struct {
        const char *text;
        cvh_convention convention;
    } cases[] = {
        {"border is set", {.gaussian = {.sigma_x = 2}, .border = CVH_BORDER_REFLECT}},
        {"norm is CVH_NORM_KERNEL", {.gaussian = {.sigma_x = 2}, .norm = CVH_NORM_KERNEL}},
        {"OpenCV's tables", {.gaussian = {.ksize_x = 9}}},
        {"OpenCV's tables", {.gaussian = {.ksize_x = 15, .ksize_y = 5}}},
        {"sigma_x is -1", {.gaussian = {.sigma_x = -1}}},
        {"snap is 9", {.gaussian = {.sigma_x = 1}, .snap = (cvh_snap)9}},
        {"fitted for maps of 9x9", {.gaussian = {.sigma_x = 1}, .map_rows = 9, .map_cols = 9}},
    };
    guarded_maps target = guarded_new(1, 8, 8, CVH_32F);
    const cvh_keypoint point = {.x = 4, .y = 4};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(cases[i].text, cvh_closed_form(&target.maps, &point, 1, &cases[i].convention), cases[i].text);
        ck_assert_msg(guarded_untouched(&target), "%s: the maps were written", cases[i].text);
    }
    const cvh_convention good = {.gaussian = {.sigma_x = 1}};
    assert_refused("maps", cvh_closed_form(NULL, &point, 1, &good), "maps");
    assert_refused("points", cvh_closed_form(&target.maps, NULL, 1, &good), "points");
    assert_refused("convention", cvh_closed_form(&target.maps, &point, 1, NULL), "convention");
    guarded_free(&target);
}
END_TEST

/* Any steps; what lies between the samples stays. */
START_TEST(steps_are_followed)
{
    float samples[6 * 7 * 2];
    for (int i = 0; i < 84; i++) samples[i] = 7;
    cvh_maps maps = {.data = samples, .count = 1, .rows = 6, .cols = 7, .depth = CVH_32F, .row_step = 56, .col_step = 8};
    const cvh_convention convention = {.gaussian = {.sigma_x = 1}};
    const cvh_keypoint point = {.x = 3, .y = 2};
    ck_assert_int_eq(cvh_closed_form(&maps, &point, 1, &convention), CVH_OK);
    for (int i = 0; i < 42; i++) ck_assert(samples[2 * i + 1] == 7 && samples[2 * i] >= 0 && samples[2 * i] <= 1);
    ck_assert(samples[2 * (2 * 7 + 3)] == 1);
}
END_TEST

int main(void)
{
    int conventions = 0;
    while (cvh_convention_name(conventions)) conventions++;
    Suite *suite = suite_create("closed form");
    TCase *tests = tcase_create("closed form");
    tcase_add_loop_test(tests, every_convention_is_its_formula, 0, conventions);
    tcase_add_test(tests, a_slip_between_pixels_shows);
    tcase_add_test(tests, what_it_does_not_take_is_refused);
    tcase_add_test(tests, steps_are_followed);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
