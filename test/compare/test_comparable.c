/* SPDX-License-Identifier: Apache-2.0
 * Which settings cvh_crosscheck refuses for blur and patch, and what cvh_convention_comparable makes of a convention. */
#include <math.h>
#include <string.h>

#include "support/support.h"

enum { ROWS = 33, COLS = 31 };

static cvh_convention found(const char *name)
{
    cvh_convention convention;
    ck_assert_msg(cvh_convention_find(name, &convention) == CVH_OK, "%s", cvh_last_error());
    return convention;
}

static cvh_status check(const cvh_convention *c, const cvh_keypoint *points, size_t count, cvh_report *report)
{
    const cvh_maps shape = cvh_maps_view(NULL, 2, ROWS, COLS, CVH_32F);
    return cvh_crosscheck(cvh_blur, cvh_patch, &shape, points, count, c, NULL, report);
}

static const cvh_keypoint one[] = {{.x = 14, .y = 15}}, two[] = {{.x = 14, .y = 15}, {.x = 3, .y = 4}};

/* Every obstacle alone, and all at once in one message. */
static const struct {
    const char *said;
    cvh_convention convention;
    int count;
} OBSTACLES[] = {
    {"by border CVH_BORDER_METHOD (CVH_BORDER_REFLECT_101);",
     {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .norm = CVH_NORM_MAX},
     1},
    {"by norm CVH_NORM_NONE (CVH_NORM_KERNEL);", {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .border = CVH_BORDER_REFLECT}, 1},
    {"by norm CVH_NORM_SUM (CVH_NORM_KERNEL);",
     {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .border = CVH_BORDER_REFLECT, .norm = CVH_NORM_SUM},
     1},
    {"by gaussian.ksize_x 0 (13);", {.gaussian = {.sigma_x = 2}, .border = CVH_BORDER_REFLECT, .norm = CVH_NORM_MAX}, 1},
    {"by gaussian.ksize_x 0 (13), gaussian.ksize_y 0 (7);",
     {.gaussian = {.sigma_x = 2, .sigma_y = 1}, .border = CVH_BORDER_REFLECT, .norm = CVH_NORM_MAX},
     1},
    {"by gaussian.ksize_x 0 (17);",
     {.method = CVH_METHOD_BLUR, .gaussian = {.sigma_x = 2}, .border = CVH_BORDER_REFLECT, .norm = CVH_NORM_MAX},
     1},
    {"by gaussian.ksize_x inf (17);",
     {.gaussian = {.sigma_x = 2, .ksize_x = CVH_WHOLE_MAP}, .border = CVH_BORDER_REFLECT, .norm = CVH_NORM_MAX},
     1},
    {"by gaussian.ksize_x inf (17), gaussian.ksize_y inf (0, as ksize_x);",
     {.gaussian = {.sigma_x = 2, .ksize_x = CVH_WHOLE_MAP, .ksize_y = CVH_WHOLE_MAP},
      .border = CVH_BORDER_REFLECT,
      .norm = CVH_NORM_MAX},
     1},
    {"by gaussian.ksize_y inf (17);",
     {.gaussian = {.sigma_x = 2, .ksize_x = 15, .ksize_y = CVH_WHOLE_MAP}, .border = CVH_BORDER_REFLECT, .norm = CVH_NORM_MAX},
     1},
    {"by gaussian.ksize_x 0 (a width of your own);", {.border = CVH_BORDER_REFLECT, .norm = CVH_NORM_MAX}, 1},
    {"by overlap CVH_OVERLAP_REPLACE (CVH_OVERLAP_ADD);",
     {.gaussian = {.sigma_x = 2, .ksize_x = 15},
      .border = CVH_BORDER_REFLECT,
      .norm = CVH_NORM_MAX,
      .overlap = CVH_OVERLAP_REPLACE},
     1},
    {"by overlap CVH_OVERLAP_MAX where windows meet (CVH_OVERLAP_ADD);",
     {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .border = CVH_BORDER_REFLECT, .norm = CVH_NORM_MAX},
     2},
    {"by max_exponent 4.5 (0);",
     {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .border = CVH_BORDER_CONSTANT, .norm = CVH_NORM_MAX, .max_exponent = 4.5},
     1},
    {"by border CVH_BORDER_METHOD (CVH_BORDER_REFLECT_101), norm CVH_NORM_NONE (CVH_NORM_KERNEL), gaussian.ksize_x 0 (13), "
     "overlap CVH_OVERLAP_REPLACE (CVH_OVERLAP_ADD), max_exponent 3 (0);",
     {.gaussian = {.sigma_x = 2}, .overlap = CVH_OVERLAP_REPLACE, .max_exponent = 3},
     1},
    {"snap is CVH_SNAP_NONE; cvh_blur cannot draw between pixels", {.snap = CVH_SNAP_NONE, .gaussian = {.sigma_x = 2}}, 1},
    {"centre is CVH_CENTRE_SUBPIXEL; cvh_blur cannot draw between pixels: hold cvh_patch against cvh_closed_form",
     {.centre = CVH_CENTRE_SUBPIXEL, .gaussian = {.sigma_x = 2}},
     1},
};

START_TEST(all_obstacles_are_named)
{
    cvh_report report, before;
    memset(&report, 0x55, sizeof report);
    before = report;
    assert_refused(OBSTACLES[_i].said, check(&OBSTACLES[_i].convention, two, (size_t)OBSTACLES[_i].count, &report),
                   OBSTACLES[_i].said);
    ck_assert_msg(!memcmp(&report, &before, sizeof report), "the report is written");
    ck_assert_uint_lt(strlen(cvh_last_error()), 511);
}
END_TEST

/* Drawn, and to the same bits where OpenCV's are known. */
static bool drawn_alike(const cvh_convention *c, const cvh_keypoint *points, size_t count)
{
    const cvh_maps shape = cvh_maps_view(NULL, 2, ROWS, COLS, CVH_32F);
    cvh_report report;
    bool known;
    cvh_status status = crosscheck_or_report(c->name ? c->name : "a convention", &shape, points, count, c, &report, &known);
    return !status && report.compared == 2 * ROWS * COLS && (!report.differing || !known);
}

/* A keypoint that brings its own width, and others that are absent, on another map, on the same pixel, off the map or just out
 * of reach, are no obstacles. */
START_TEST(what_means_the_same_is_drawn)
{
    const cvh_gaussian own = {.ksize_x = 9};
    const cvh_keypoint brings[] = {{.x = 14, .y = 15, .gaussian = &own}};
    const cvh_keypoint apart[] = {{.x = 14, .y = 15},     {.x = (double)NAN, .y = 4}, {.x = 3, .y = 4, .map = 1},
                                  {.x = 14.2, .y = 14.9}, {.x = 29, .y = 15},         {.x = 14, .y = 40}};
    cvh_convention c = {.gaussian = {.sigma_x = 2}, .border = CVH_BORDER_REFLECT_101, .norm = CVH_NORM_MAX};
    ck_assert_msg(drawn_alike(&c, brings, 1), "%s", cvh_last_error());
    c.window = CVH_WINDOW_THREE_SIGMA_1;
    ck_assert_msg(drawn_alike(&c, one, 1), "%s", cvh_last_error());
    c.gaussian.ksize_x = 15;
    ck_assert_msg(drawn_alike(&c, apart, 6), "%s", cvh_last_error());
}
END_TEST

/* Of keypoints that bring a Gaussian, those that leave its width open are an obstacle too. */
START_TEST(a_keypoint_that_leaves_its_width_open)
{
    const cvh_gaussian wide = {.ksize_x = 9}, open = {.peak = 2};
    const cvh_keypoint points[] = {{.x = 14, .y = 15, .gaussian = &wide}, {.x = 3, .y = 4, .map = 1, .gaussian = &open}};
    const cvh_convention c = {.gaussian = {.sigma_x = 2}, .border = CVH_BORDER_REFLECT_101, .norm = CVH_NORM_MAX};
    cvh_report report;
    ck_assert_msg(!check(&c, points, 1, &report) && !report.differing, "%s", cvh_last_error());
    assert_refused("an open width", check(&c, points, 2, &report), "gaussian.ksize_x 0 (13)");
}
END_TEST

/* Windows of 9x9 around (14, 15) and another: they meet where both axes do, on whichever side. */
START_TEST(windows_that_meet)
{
    static const struct {
        double x, y;
        bool meet;
    } cases[] = {{22, 15, true},  {23, 15, false}, {6, 15, true},  {5, 15, false},  {14, 23, true},
                 {14, 24, false}, {14, 7, true},   {14, 6, false}, {14, 15, false}, {22, 24, false}};
    const cvh_convention c = {.gaussian = {.sigma_x = 2, .ksize_x = 9}, .border = CVH_BORDER_REFLECT_101, .norm = CVH_NORM_MAX};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const cvh_keypoint points[] = {{.x = 14, .y = 15}, {.x = cases[i].x, .y = cases[i].y}};
        cvh_report report;
        cvh_status status = check(&c, points, 2, &report);
        ck_assert_msg((status != CVH_OK) == cases[i].meet, "%g, %g: %s", cases[i].x, cases[i].y, cvh_last_error());
        if (status) assert_refused("meet", status, "overlap CVH_OVERLAP_MAX where windows meet");
    }
}
END_TEST

/* What the methods refuse is refused in their words, also where two windows would have to be looked at. */
START_TEST(what_the_methods_refuse)
{
    static const struct {
        const char *said;
        cvh_convention convention;
        int map;
    } cases[] = {
        {"sigma_x is -1", {.gaussian = {.sigma_x = -1, .ksize_x = 15}}, 0},
        {"scale_x is nan", {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .scale_x = (double)NAN}, 0},
        {"map is 7", {.gaussian = {.sigma_x = 2, .ksize_x = 15}}, 7},
        {"border is 9", {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .border = (cvh_border)9}, 0},
        {"norm is 9", {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .norm = (cvh_norm)9}, 0},
        {"overlap is 9", {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .overlap = (cvh_overlap)9}, 0},
        {"window is 9", {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .window = (cvh_window)9}, 0},
        {"snap is 9", {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .snap = (cvh_snap)9}, 0},
        {"centre is 9", {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .centre = (cvh_centre)9}, 0},
        {"method is 9", {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .method = (cvh_method)9}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const cvh_keypoint points[] = {{.x = 14, .y = 15}, {.x = 15, .y = 15, .map = cases[i].map}};
        cvh_convention c = cases[i].convention;
        cvh_report report;
        if (c.border == CVH_BORDER_METHOD) c.border = CVH_BORDER_REFLECT_101;
        if (c.norm == CVH_NORM_NONE) c.norm = CVH_NORM_MAX;
        assert_refused(cases[i].said, check(&c, points, 2, &report), cases[i].said);
    }
}
END_TEST

/* A method of the caller's is given what the two would be refused. */
static cvh_status own_method(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    return cvh_patch(maps, points, count, convention);
}

START_TEST(a_method_of_ones_own_takes_any_setting)
{
    cvh_maps shape = cvh_maps_view(NULL, 1, ROWS, COLS, CVH_32F);
    const cvh_method_fn methods[] = {cvh_patch, cvh_closed_form};
    for (int i = 0; cvh_convention_name(i); i++)
        for (int k = 0; k < 2; k++) {
            cvh_convention c = found(cvh_convention_name(i));
            const cvh_tolerance few = {.absolute = 1e-28, .ulps = 4};
            cvh_report report;
            if (c.gaussian.sigma_x == 0) c.gaussian.sigma_x = 2;
            ck_assert_msg(!cvh_crosscheck(methods[k], own_method, &shape, one, 1, &c, &few, &report), "%s", cvh_last_error());
            ck_assert_msg(!report.differing, "%s: %g", c.name, report.max_abs);
        }
}
END_TEST

/* What it makes of every named convention that snaps is drawn alike: one keypoint a map to the bit, several to 4 + K/8 ULP. */
START_TEST(comparable_conventions_agree)
{
    const cvh_maps shape = cvh_maps_view(NULL, 2, ROWS, COLS, CVH_32F);
    int made = 0, refused = 0;
    bool known;
    for (int i = 0; cvh_convention_name(i); i++) {
        cvh_convention c = found(cvh_convention_name(i)), before;
        if (c.gaussian.sigma_x == 0) c.gaussian.sigma_x = 1.7;
        before = c;
        cvh_report report;
        if (c.snap == CVH_SNAP_NONE || c.centre == CVH_CENTRE_SUBPIXEL) {
            assert_refused(c.name, cvh_convention_comparable(&c), "cvh_closed_form");
            ck_assert_msg(!memcmp(&c, &before, sizeof c), "%s: refused, but written", c.name);
            refused++;
            continue;
        }
        ck_assert_msg(!cvh_convention_comparable(&c), "%s: %s", c.name, cvh_last_error());
        ck_assert_msg(drawn_alike(&c, one, 1), "%s: %s", c.name, cvh_last_error());
        if (c.norm != CVH_NORM_CENTRE) {
            const double peak = c.gaussian.peak != 0 ? c.gaussian.peak : 1;
            const cvh_status status = crosscheck_or_report(c.name, &shape, two, 2, &c, &report, &known);
            ck_assert_msg(!status && report.max_abs <= 5 * peak * 1.2e-7, "%s: %s", c.name, cvh_last_error());
        }
        before = c;
        ck_assert_int_eq(cvh_convention_comparable(&c), CVH_OK); /* once more: nothing is left to do */
        ck_assert_msg(!memcmp(&c, &before, sizeof c), "%s: changed by a second call", c.name);
        made++;
    }
    ck_assert_msg(made >= 10 && refused >= 8, "%d, %d", made, refused);
}
END_TEST

START_TEST(comparable_refuses_what_it_cannot_make)
{
    cvh_convention wide = {.gaussian = {.sigma_x = 1e6}}, odd = {.norm = (cvh_norm)9},
                   nan = {.gaussian = {.sigma_x = (double)NAN}};
    assert_refused("NULL", cvh_convention_comparable(NULL), "convention is NULL");
    assert_refused("a wide window", cvh_convention_comparable(&wide), "gaussian.sigma is 1e+06");
    cvh_convention tall = {.gaussian = {.sigma_x = 2, .sigma_y = 1e6}};
    assert_refused("a tall window", cvh_convention_comparable(&tall), "gaussian.sigma is 2, 1e+06");
    assert_refused("an enumerator", cvh_convention_comparable(&odd), "none of its enumerators");
    assert_refused("NaN", cvh_convention_comparable(&nan), "gaussian.sigma is nan");
}
END_TEST

/* Maps of the caller's hold what was drawn. */
START_TEST(crosscheck_keeps_its_maps)
{
    guarded_maps e = guarded_new(2, ROWS, COLS, CVH_32F), a = guarded_new(2, ROWS, COLS, CVH_32F);
    guarded_maps other = guarded_new(2, COLS, ROWS, CVH_32F), deeper = guarded_new(2, ROWS, COLS, CVH_64F);
    cvh_convention c = found("tutorial_blur");
    cvh_report report;
    ck_assert_int_eq(cvh_convention_comparable(&c), CVH_OK);
    ck_assert_int_eq(cvh_crosscheck_into(cvh_blur, cvh_patch, &e.maps, &a.maps, one, 1, &c, NULL, &report), CVH_OK);
    ck_assert(report.differing == 0 && fabs(sample(&e.maps, 0, 15, 14) - 255) < 1e-4);
    ck_assert_double_eq(sample(&a.maps, 0, 15, 14), sample(&e.maps, 0, 15, 14));
    assert_refused("a size", cvh_crosscheck_into(cvh_blur, cvh_patch, &e.maps, &other.maps, one, 1, &c, NULL, &report),
                   "actual_maps is 2 maps of 31x33, float; it must be 2 maps of 33x31, float");
    assert_refused("a depth", cvh_crosscheck_into(cvh_blur, cvh_patch, &e.maps, &deeper.maps, one, 1, &c, NULL, &report),
                   "actual_maps is 2 maps of 33x31, double");
    assert_refused("NULL", cvh_crosscheck_into(cvh_blur, cvh_patch, NULL, &a.maps, one, 1, &c, NULL, &report), "expected_maps");
    assert_refused("NULL", cvh_crosscheck_into(cvh_blur, cvh_patch, &e.maps, NULL, one, 1, &c, NULL, &report), "actual_maps");
    assert_refused("NULL", cvh_crosscheck_into(cvh_blur, cvh_patch, &e.maps, &a.maps, one, 1, &c, NULL, NULL), "report");
    assert_refused("NULL", cvh_crosscheck_into(NULL, cvh_patch, &e.maps, &a.maps, one, 1, &c, NULL, &report), "expected is");
    c.map_rows = 9, c.map_cols = 9;
    assert_refused("fitted", cvh_crosscheck_into(cvh_blur, cvh_patch, &e.maps, &a.maps, one, 1, &c, NULL, &report),
                   "fitted for maps of 9x9");
    c.map_rows = c.map_cols = 0;
    c.arithmetic = CVH_ARITHMETIC_OPENCV; /* as the crosscheck would set it */
    ck_assert_int_eq(cvh_crosscheck_into(cvh_blur, cvh_patch, &e.maps, &a.maps, one, 1, &c, NULL, &report), CVH_OK);
    ck_assert_uint_eq(report.differing, 0);
    c.border = CVH_BORDER_METHOD;
    assert_refused("METHOD", cvh_crosscheck_into(cvh_patch, cvh_blur, &e.maps, &a.maps, one, 1, &c, NULL, &report), "border");
    guarded_free(&e);
    guarded_free(&a);
    guarded_free(&other);
    guarded_free(&deeper);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("comparable");
    TCase *tests = tcase_create("comparable");
    tcase_add_loop_test(tests, all_obstacles_are_named, 0, sizeof OBSTACLES / sizeof *OBSTACLES);
    tcase_add_test(tests, what_means_the_same_is_drawn);
    tcase_add_test(tests, a_keypoint_that_leaves_its_width_open);
    tcase_add_test(tests, windows_that_meet);
    tcase_add_test(tests, what_the_methods_refuse);
    tcase_add_test(tests, a_method_of_ones_own_takes_any_setting);
    tcase_add_test(tests, comparable_conventions_agree);
    tcase_add_test(tests, comparable_refuses_what_it_cannot_make);
    tcase_add_test(tests, crosscheck_keeps_its_maps);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
