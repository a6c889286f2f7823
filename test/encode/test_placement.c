/* SPDX-License-Identifier: Apache-2.0
 * Where keypoints land and which are left out: scale and offset, snapping, windows, drop rules and weights, by cvh_encode.
 * Every expectation is worked by hand from the rule that cvheatmap.h states. */
#include <math.h>

#include "support/support.h"

enum { ROWS = 10, COLS = 8, OFF = -1 };

typedef struct drawn_box {
    int col_lo, col_hi, row_lo, row_hi; /* of the samples that are not 0; lo OFF where there is none */
} drawn_box;

static drawn_box drawn_by(const cvh_convention *convention, double x, double y, float *weight)
{
    guarded_maps drawn = guarded_new(1, ROWS, COLS, CVH_64F);
    cvh_keypoint point = {.x = x, .y = y};
    ck_assert_msg(cvh_encode(&drawn.maps, &point, 1, convention, weight) == CVH_OK, "x %g y %g: %s", x, y, cvh_last_error());
    ck_assert(guarded_intact(&drawn));
    drawn_box box = {OFF, OFF, OFF, OFF};
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLS; col++) {
            if (sample(&drawn.maps, 0, row, col) == 0) continue;
            if (box.row_lo == OFF) box = (drawn_box){col, col + 1, row, row + 1};
            if (col < box.col_lo) box.col_lo = col;
            if (col >= box.col_hi) box.col_hi = col + 1;
            box.row_hi = row + 1;
        }
    guarded_free(&drawn);
    return box;
}

/* -------------------------------------------------------------------------------------------------------------- snapping */

typedef struct snap_case {
    cvh_snap snap;
    double u;
    int pixel;
} snap_case;

static const snap_case snaps[] = {
    {CVH_SNAP_NEAREST, 0, 0},
    {CVH_SNAP_NEAREST, -0.5, 0},
    {CVH_SNAP_NEAREST, -0.51, OFF},
    {CVH_SNAP_NEAREST, 0.49, 0},
    {CVH_SNAP_NEAREST, 0.5, 1},
    {CVH_SNAP_NEAREST, 1.5, 2},
    {CVH_SNAP_NEAREST, 2.5, 3},
    {CVH_SNAP_NEAREST, 7.49, 7},
    {CVH_SNAP_HALF_UP, -1.5, OFF},
    {CVH_SNAP_HALF_UP, -1.49, 0},
    {CVH_SNAP_HALF_UP, -0.6, 0},
    {CVH_SNAP_HALF_UP, 0.5, 1},
    {CVH_SNAP_HALF_UP, 2.49, 2},
    {CVH_SNAP_HALF_UP, 7.49, 7},
    {CVH_SNAP_TRUNC, -1, OFF},
    {CVH_SNAP_TRUNC, -0.99, 0},
    {CVH_SNAP_TRUNC, 3.99, 3},
    {CVH_SNAP_TRUNC, 7.99, 7},
    {CVH_SNAP_FLOOR, -0.01, OFF},
    {CVH_SNAP_FLOOR, 3.99, 3},
    {CVH_SNAP_FLOOR, 7.99, 7},
    {CVH_SNAP_NEAREST, 1e300, OFF},
    {CVH_SNAP_NEAREST, -1e300, OFF},
    {CVH_SNAP_HALF_UP, INFINITY, OFF},
    {CVH_SNAP_TRUNC, -INFINITY, OFF},
    {CVH_SNAP_FLOOR, -2147483648.0, OFF},
    {CVH_SNAP_NEAREST, 2147483647.0, OFF},
};

START_TEST(snapping)
{
    snap_case each = snaps[_i];
    cvh_convention convention = {.snap = each.snap, .gaussian = {.sigma_x = 1, .ksize_x = 1}};
    for (int method = CVH_METHOD_PATCH; method <= CVH_METHOD_BLUR; method++) {
        convention.method = (cvh_method)method;
        drawn_box x = drawn_by(&convention, each.u, 4, NULL), y = drawn_by(&convention, 4, each.u, NULL);
        ck_assert_msg(x.col_lo == each.pixel && (each.pixel == OFF || (x.row_lo == 4 && x.col_hi == each.pixel + 1)),
                      "snap %d, x %g: column %d, expected %d", (int)each.snap, each.u, x.col_lo, each.pixel);
        ck_assert_msg(y.row_lo == each.pixel && (each.pixel == OFF || (y.col_lo == 4 && y.row_hi == each.pixel + 1)),
                      "snap %d, y %g: row %d, expected %d", (int)each.snap, each.u, y.row_lo, each.pixel);
    }
}
END_TEST

/* One pixel off each edge, both axes. */
START_TEST(beside_the_map)
{
    const double points[][2] = {{-1, 4}, {COLS, 4}, {4, -1}, {4, ROWS}};
    for (int border = CVH_BORDER_METHOD; border <= CVH_BORDER_REFLECT_101; border++)
        for (int i = 0; i < 4; i++) {
            cvh_convention convention = {.gaussian = {.sigma_x = 1, .ksize_x = 5}, .border = (cvh_border)border};
            float weight = -1;
            drawn_box box = drawn_by(&convention, points[i][0], points[i][1], &weight);
            bool clips = border == CVH_BORDER_METHOD;
            ck_assert_msg(clips ? box.row_lo != OFF : box.row_lo == OFF, "border %d, %g, %g: row %d", border, points[i][0],
                          points[i][1], box.row_lo);
            ck_assert_msg(weight == 1, "border %d, %g, %g: weight %g", border, points[i][0], points[i][1], (double)weight);
        }
}
END_TEST

/* -------------------------------------------------------------------------------------------------------- scale and offset */

START_TEST(scale_and_offset)
{
    const struct {
        double scale_x, scale_y, offset_x, offset_y, x, y;
        int col, row;
    } cases[] = {
        {0, 0, 0, 0, 3, 5, 3, 5},   {0.25, 0.5, 0, 0, 12, 10, 3, 5},      {0, 0, 2, -1, 3, 5, 5, 4},
        {-1, -1, 7, 9, 1, 2, 6, 7}, {1e-3, 1e3, 0, 0, 3000, 0.005, 3, 5}, {0.25, 0.25, -0.5, -0.5, 14, 22, 3, 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_convention convention = {.scale_x = cases[i].scale_x,
                                     .scale_y = cases[i].scale_y,
                                     .offset_x = cases[i].offset_x,
                                     .offset_y = cases[i].offset_y,
                                     .gaussian = {.sigma_x = 1, .ksize_x = 1}};
        drawn_box box = drawn_by(&convention, cases[i].x, cases[i].y, NULL);
        ck_assert_msg(box.col_lo == cases[i].col && box.row_lo == cases[i].row, "case %zu: column %d row %d", i, box.col_lo,
                      box.row_lo);
    }
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------------- windows */

/* SNAP_NONE: [trunc(u - r), trunc(u + r + 1)), r = (ksize - 1) / 2, ksize any width, 0: 6 sigma + 1. Width 8 along x. */
START_TEST(real_windows)
{
    const struct {
        double u, ksize, sigma;
        int lo, hi;
    } cases[] = {
        {3, 3, 1, 2, 5},   {3.5, 3, 1, 2, 5},   {3.9, 3, 1, 2, 5}, {3.5, 4, 1, 2, 6}, {3.25, 2.5, 1, 2, 5},
        {0.5, 3, 1, 0, 2}, {-0.75, 3, 1, 0, 1}, {-2, 3, 1, 0, 0},  {7.5, 3, 1, 6, 8}, {8.6, 3, 1, 7, 8},
        {9.2, 3, 1, 0, 0}, {3.5, 0, 0.5, 2, 6}, {3.5, 0, 1, 0, 7}, {3.2, 1, 1, 3, 4}, {3.2, INFINITY, 1, 0, 8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_convention convention = {.snap = CVH_SNAP_NONE,
                                     .gaussian = {.sigma_x = cases[i].sigma, .ksize_x = cases[i].ksize, .ksize_y = 5}};
        drawn_box box = drawn_by(&convention, cases[i].u, 4, NULL);
        bool none = cases[i].lo == cases[i].hi;
        ck_assert_msg(none ? box.col_lo == OFF : box.col_lo == cases[i].lo && box.col_hi == cases[i].hi,
                      "u %g ksize %g sigma %g: columns [%d, %d), expected [%d, %d)", cases[i].u, cases[i].ksize, cases[i].sigma,
                      box.col_lo, box.col_hi, cases[i].lo, cases[i].hi);
    }
}
END_TEST

/* ksize 0: patch 2 ceil(3 sigma) + 1, or as `window` says. In the middle of 8 columns, along x. */
START_TEST(windows_from_sigma)
{
    const struct {
        cvh_window window;
        double sigma;
        int radius;
    } cases[] = {
        {CVH_WINDOW_METHOD, 0.3, 1},    {CVH_WINDOW_METHOD, 1.0 / 3, 1},    {CVH_WINDOW_METHOD, 0.34, 2},
        {CVH_WINDOW_METHOD, 1, 3},      {CVH_WINDOW_THREE_SIGMA_1, 0.3, 2}, {CVH_WINDOW_THREE_SIGMA_1, 0.6, 3},
        {CVH_WINDOW_SIX_SIGMA, 0.5, 1}, {CVH_WINDOW_SIX_SIGMA, 0.51, 2},    {CVH_WINDOW_SIX_SIGMA, 0.1, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_convention convention = {.window = cases[i].window, .gaussian = {.sigma_x = cases[i].sigma}};
        drawn_box box = drawn_by(&convention, 4, 5, NULL);
        int r = cases[i].radius;
        ck_assert_msg(box.col_lo == 4 - r && box.col_hi == (4 + r + 1 < COLS ? 4 + r + 1 : COLS), "case %zu: columns [%d, %d)",
                      i, box.col_lo, box.col_hi);
        ck_assert_msg(box.row_lo == 5 - r && box.row_hi == 5 + r + 1, "case %zu: rows [%d, %d)", i, box.row_lo, box.row_hi);
    }
}
END_TEST

/* -------------------------------------------------------------------------------------------------------- dropping, weights */

typedef struct drop_case {
    cvh_drop drop;
    double u; /* along x on 8 columns, and, with 2 added where it is beyond, along y on 10 rows */
    float weight;
} drop_case;

/* ksize 5, so that the window is [u - 2, u + 3); sigma 2, so that R is 6. */
static const drop_case drops[] = {
    {CVH_DROP_NONE, 4, 1},
    {CVH_DROP_NONE, -100, 1},
    {CVH_DROP_NONE, 1e300, 1},
    {CVH_DROP_NONE, -INFINITY, 1},
    {CVH_DROP_NONE, NAN, 0},
    {CVH_DROP_CENTRE, 0, 1},
    {CVH_DROP_CENTRE, -0.5, 1},
    {CVH_DROP_CENTRE, -0.6, 0},
    {CVH_DROP_CENTRE, 7.4, 1},
    {CVH_DROP_CENTRE, 7.5, 0},
    {CVH_DROP_CENTRE, 1e300, 0},
    {CVH_DROP_CENTRE, -2147483648.0, 0},
    {CVH_DROP_CENTRE, INFINITY, 0},
    {CVH_DROP_CENTRE, NAN, 0},
    {CVH_DROP_WINDOW, -2, 1},
    {CVH_DROP_WINDOW, -3, 1}, /* the window ends just at 0: nothing is drawn, but the test is hi < 0 */
    {CVH_DROP_WINDOW, -4, 0},
    {CVH_DROP_WINDOW, 9, 1},
    {CVH_DROP_WINDOW, 10, 0},
    {CVH_DROP_WINDOW, -1e300, 0},
    {CVH_DROP_WINDOW, NAN, 0},
    {CVH_DROP_THREE_SIGMA, 13.99, 1},
    {CVH_DROP_THREE_SIGMA, 14, 0},
    {CVH_DROP_THREE_SIGMA, -7, 1},
    {CVH_DROP_THREE_SIGMA, -7.01, 0},
    {CVH_DROP_THREE_SIGMA, INFINITY, 0},
    {CVH_DROP_THREE_SIGMA_TRUNC, 13.99, 1},
    {CVH_DROP_THREE_SIGMA_TRUNC, 14, 0},
    {CVH_DROP_THREE_SIGMA_TRUNC, -7.99, 1},
    {CVH_DROP_THREE_SIGMA_TRUNC, -8, 0},
    {CVH_DROP_THREE_SIGMA_TRUNC, -INFINITY, 0},
};

START_TEST(dropping)
{
    drop_case each = drops[_i];
    for (int method = CVH_METHOD_PATCH; method <= CVH_METHOD_BLUR; method++) {
        cvh_convention convention = {.method = (cvh_method)method, .drop = each.drop, .gaussian = {.sigma_x = 2, .ksize_x = 5}};
        float along_x = -1, along_y = -1;
        double y = each.u > 4 ? each.u + ROWS - COLS : each.u;
        drawn_box box_x = drawn_by(&convention, each.u, 4, &along_x), box_y = drawn_by(&convention, 4, y, &along_y);
        ck_assert_msg(along_x == each.weight, "drop %d, x %g: weight %g", (int)each.drop, each.u, (double)along_x);
        ck_assert_msg(along_y == each.weight, "drop %d, y %g: weight %g", (int)each.drop, y, (double)along_y);
        if (each.weight == 0)
            ck_assert_msg(box_x.row_lo == OFF && box_y.row_lo == OFF, "drop %d, %g: drawn", (int)each.drop, y);
    }
}
END_TEST

/* Each keypoint's own window and sigma decide; weights stand in the keypoints' order, for maps in any order. */
START_TEST(weights_of_a_batch)
{
    static const cvh_gaussian wide = {.sigma_x = 4, .ksize_x = 13};
    const cvh_keypoint points[] = {
        {4, 4, 2, NULL},   {-4, 4, 0, NULL},  {-4, 4, 0, &wide}, {NAN, 4, 1, NULL},
        {4, NAN, 1, NULL}, {4, 14, 2, &wide}, {4, 14, 0, NULL},
    };
    const float expected[] = {1, 0, 1, 0, 0, 1, 0};
    enum { POINTS = sizeof points / sizeof *points };
    float weights[POINTS + 1];
    for (int i = 0; i <= POINTS; i++) weights[i] = -7;
    guarded_maps drawn = guarded_new(3, ROWS, COLS, CVH_32F);
    cvh_convention convention = {.drop = CVH_DROP_WINDOW, .gaussian = {.sigma_x = 2, .ksize_x = 5}};
    ck_assert_int_eq(cvh_encode(&drawn.maps, points, POINTS, &convention, weights), CVH_OK);
    for (int i = 0; i < POINTS; i++) ck_assert_msg(weights[i] == expected[i], "point %d: weight %g", i, (double)weights[i]);
    ck_assert_msg(weights[POINTS] == -7, "written behind the weights");
    guarded_maps again = guarded_new(3, ROWS, COLS, CVH_32F);
    ck_assert_int_eq(cvh_encode(&again.maps, points, POINTS, &convention, NULL), CVH_OK);
    assert_maps_agree("without weights", &drawn.maps, &again.maps, NULL);
    guarded_free(&drawn);
    guarded_free(&again);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("placement");
    TCase *tcase = tcase_create("placement");
    tcase_add_loop_test(tcase, snapping, 0, sizeof snaps / sizeof *snaps);
    tcase_add_test(tcase, beside_the_map);
    tcase_add_test(tcase, scale_and_offset);
    tcase_add_test(tcase, real_windows);
    tcase_add_test(tcase, windows_from_sigma);
    tcase_add_loop_test(tcase, dropping, 0, sizeof drops / sizeof *drops);
    tcase_add_test(tcase, weights_of_a_batch);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
