/* SPDX-License-Identifier: Apache-2.0
 * The formula in long double against the patch, which shares no code with it, for every named convention; and against a bug. */
#include <math.h>
#include <stdio.h>
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

/* Any value that a field can have, which no named convention may have; keypoints from a photograph now and then. Under MAX
 * patch draws OpenCV's taps, which are not as high as the Gaussian: keypoints of one width, and no clamp. */
static drawing any_drawing(random_state *random, const cvh_crop *crop, cvh_gaussian own[MOST_POINTS])
{
    static const cvh_norm norms[] = {CVH_NORM_NONE, CVH_NORM_MAX, CVH_NORM_CENTRE, CVH_NORM_SUM};
    drawing made = {.rows = random_int(random, 3, MOST_ROWS), .cols = random_int(random, 3, MOST_COLS)};
    cvh_convention *c = &made.convention;
    c->snap = (cvh_snap)random_int(random, CVH_SNAP_FLOOR, CVH_SNAP_NONE);
    c->centre = (cvh_centre)random_int(random, 0, CVH_CENTRE_WINDOW);
    c->window = (cvh_window)random_int(random, 0, CVH_WINDOW_SIX_SIGMA);
    c->drop = (cvh_drop)random_int(random, 0, CVH_DROP_THREE_SIGMA_TRUNC);
    c->norm = norms[random_int(random, 0, 3)];
    if (c->norm == CVH_NORM_CENTRE && c->snap == CVH_SNAP_NONE) c->norm = CVH_NORM_MAX; /* refused */
    c->overlap = (cvh_overlap)random_int(random, 0, CVH_OVERLAP_ADD_CLAMP);
    c->max_exponent = random_int(random, 0, 3) ? 0 : 4.6052;
    if (c->norm == CVH_NORM_MAX && c->overlap == CVH_OVERLAP_ADD_CLAMP) c->overlap = CVH_OVERLAP_ADD;
    const bool scales = c->norm == CVH_NORM_SUM || c->norm == CVH_NORM_MAX; /* a tail that is scaled up keeps its error */
    c->crop = random_int(random, 0, 2) || scales ? NULL : crop;
    switch (random_int(random, 0, 3)) {
    case 0: c->gaussian = (cvh_gaussian){.sigma_x = 0.6 + 3 * random_real(random)}; break;
    case 1: c->gaussian = (cvh_gaussian){.ksize_x = 2 * random_int(random, 5, 9) + 1}; break;
    case 2: c->gaussian = (cvh_gaussian){.sigma_x = 1.5, .sigma_y = 2.5, .peak = 255}; break;
    default: c->gaussian = (cvh_gaussian){.sigma_x = 2, .ksize_x = CVH_WHOLE_MAP, .ksize_y = 7}; break;
    }
    made.count = c->norm == CVH_NORM_CENTRE ? 1 : (size_t)random_int(random, 1, MOST_POINTS);
    for (size_t i = 0; i < made.count; i++) {
        const int beside = scales ? 0 : 20;
        made.points[i].x = random_real(random) * (made.cols + 2 * beside) - beside;
        made.points[i].y = random_real(random) * (made.rows + 2 * beside) - beside;
        own[i] = (cvh_gaussian){.sigma_x = 1 + random_real(random), .peak = random_int(random, 0, 1) ? 0 : 3};
        if (c->norm == CVH_NORM_MAX) own[i].sigma_x = 0;
        if (random_int(random, 0, 3) == 0) made.points[i].gaussian = &own[i];
        if (random_int(random, 0, 9) == 0) made.points[i].y = (double)NAN;
    }
    return made;
}

START_TEST(any_setting_is_its_formula)
{
    random_state random = random_start(0xA27 + (uint64_t)_i);
    const cvh_crop crop = {.to_input = {0.9, 0.2, 3, -0.2, 0.9, 5}, .to_photo = {1, 0, 0, 0, 1, 0}};
    for (int i = 0; i < 500; i++) {
        cvh_gaussian own[MOST_POINTS];
        char name[200];
        unsigned long long state = random.state;
        drawing made = any_drawing(&random, &crop, own);
        const cvh_convention *c = &made.convention;
        snprintf(name, sizeof name,
                 "state %llu: snap %d, centre %d, window %d, drop %d, norm %d, overlap %d, ksize %g, crop %d", state,
                 (int)c->snap, (int)c->centre, (int)c->window, (int)c->drop, (int)c->norm, (int)c->overlap, c->gaussian.ksize_x,
                 c->crop != NULL);
        hold(name, &made, i % 2 ? CVH_64F : CVH_32F);
    }
}
END_TEST

/* Keypoints are drawn on the map that they name. */
START_TEST(several_maps)
{
    const cvh_convention c = {.gaussian = {.sigma_x = 1.5}};
    const cvh_keypoint points[] = {{.x = 4, .y = 3, .map = 2}, {.x = 2, .y = 6}, {.x = 9, .y = 1, .map = 2}};
    const cvh_tolerance few = {.absolute = 1e-30, .ulps = 4};
    cvh_maps shape = cvh_maps_view(NULL, 3, 11, 12, CVH_32F);
    cvh_report report;
    ck_assert_int_eq(cvh_crosscheck(cvh_closed_form, cvh_patch, &shape, points, 3, &c, &few, &report), CVH_OK);
    ck_assert_uint_eq(report.differing, 0);
}
END_TEST

/* Tails that a long double holds and a double does not, and tails that neither holds: nothing is made of them. */
START_TEST(what_is_too_faint_is_left)
{
    static const cvh_norm norms[] = {CVH_NORM_MAX, CVH_NORM_SUM};
    static const double far[] = {80, 1000};
    for (int i = 0; i < 4; i++) {
        const cvh_convention c = {.gaussian = {.sigma_x = 0.6, .ksize_x = CVH_WHOLE_MAP}, .norm = norms[i / 2]};
        const cvh_keypoint point = {.x = 4 + far[i % 2], .y = 3};
        cvh_maps shape = cvh_maps_view(NULL, 1, 7, 5, CVH_64F);
        cvh_report report;
        ck_assert_msg(!cvh_crosscheck(cvh_closed_form, cvh_patch, &shape, &point, 1, &c, NULL, &report), "%s",
                      cvh_last_error());
        ck_assert_msg(!report.differing, "norm %d, %g away: %d differ", (int)norms[i / 2], far[i % 2], (int)report.differing);
        ck_assert_double_eq(report.expected, 0);
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
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, every_convention_is_its_formula, 0, conventions);
    tcase_add_loop_test(tests, any_setting_is_its_formula, 0, 4);
    tcase_add_test(tests, several_maps);
    tcase_add_test(tests, what_is_too_faint_is_left);
    tcase_add_test(tests, a_slip_between_pixels_shows);
    tcase_add_test(tests, what_it_does_not_take_is_refused);
    tcase_add_test(tests, steps_are_followed);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
