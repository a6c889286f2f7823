/* SPDX-License-Identifier: Apache-2.0
 * What a report says of where two sets of maps differ, and of the usual slips of codes that draw them. */
#include <math.h>
#include <string.h>

#include "support/support.h"

enum { MAPS = 17, ROWS = 64, COLS = 48 };

static cvh_keypoint points[MAPS];

/* Somewhere on the map, and one in a corner. */
static void make_points(void)
{
    random_state random = {0x511B5};
    for (int i = 0; i < MAPS; i++)
        points[i] = (cvh_keypoint){
            .x = i ? random_real(&random) * (COLS - 1) : 0.3, .y = i ? random_real(&random) * (ROWS - 1) : 1.2, .map = i};
}

/* ------------------------------------------------------------------------------------- codes with one mistake each */

static cvh_status with(const cvh_maps *maps, const cvh_keypoint *given, size_t count, const cvh_convention *convention,
                       cvh_keypoint (*slip)(cvh_keypoint))
{
    cvh_keypoint moved[MAPS];
    for (size_t i = 0; i < count; i++) moved[i] = slip(given[i]);
    return cvh_patch(maps, moved, count, convention);
}

#define METHOD(name, ...)                                                                                                      \
  static cvh_keypoint move_##name(cvh_keypoint p)                                                                              \
  {                                                                                                                            \
    __VA_ARGS__;                                                                                                               \
    return p;                                                                                                                  \
  }                                                                                                                            \
  static cvh_status name(const cvh_maps *maps, const cvh_keypoint *given, size_t count, const cvh_convention *convention)      \
  {                                                                                                                            \
    return with(maps, given, count, convention, move_##name);                                                                  \
  }
METHOD(exchanges, double x = p.x; p.x = p.y; p.y = x)
METHOD(one_right, p.x += 1)
METHOD(one_up_left, p.x -= 1; p.y -= 1)
METHOD(five_down, p.y += 5)
METHOD(half_right, p.x += 0.5)
METHOD(half_up_left, p.x -= 0.5; p.y -= 0.5)
METHOD(half_down, p.y += 0.5)
METHOD(a_third_down, p.y += 0.3)
METHOD(half_apart, p.x += p.map % 2 ? 0.5 : -0.5)
METHOD(half_apart_on_one_axis, p.x += 0.5; p.y += p.map % 2 ? 0.5 : 0)
METHOD(as_it_is, (void)p)
METHOD(scatters, p.x = fmod(p.x * 7.3 + 11, COLS - 1); p.y = fmod(p.y * 5.1 + 7, ROWS - 1))

static cvh_status nothing(const cvh_maps *maps, const cvh_keypoint *given, size_t count, const cvh_convention *convention)
{
    (void)given, (void)count;
    return cvh_patch(maps, NULL, 0, convention);
}

/* The window's last row is left out, as by range(lo, hi - 1). */
static cvh_status last_row_missing(const cvh_maps *maps, const cvh_keypoint *given, size_t count,
                                   const cvh_convention *convention)
{
    cvh_status status = cvh_patch(maps, given, count, convention);
    for (int map = 0; !status && map < maps->count; map++) {
        float *samples = (float *)maps->data + (size_t)map * ROWS * COLS;
        int row = ROWS - 1, any = 0;
        for (; row >= 0 && !any; row--)
            for (int col = 0; col < COLS; col++) any |= samples[row * COLS + col] != 0;
        for (int col = 0; any && col < COLS; col++) samples[(row + 1) * COLS + col] = 0;
    }
    return status;
}

/* Another sigma, and another peak: differences that are no slip. */
static cvh_status wider(const cvh_maps *maps, const cvh_keypoint *given, size_t count, const cvh_convention *convention)
{
    cvh_convention other = *convention;
    other.gaussian.sigma_x = 2.2;
    return cvh_patch(maps, given, count, &other);
}

static const struct {
    const char *name, *convention;
    cvh_method_fn actual;
    int count;
    cvh_slip slip;
    double x, y;
} CASES[] = {
    {"exchanged", "hrnet", exchanges, MAPS, CVH_SLIP_EXCHANGED, 0, 0},
    {"exchanged, one map", "hrnet", exchanges, 2, CVH_SLIP_EXCHANGED, 0, 0},
    {"exchanged between pixels", "darkpose", exchanges, MAPS, CVH_SLIP_EXCHANGED, 0, 0},
    {"one to the right", "hrnet", one_right, MAPS, CVH_SLIP_SHIFT, 1, 0},
    {"one up and left", "udp", one_up_left, MAPS, CVH_SLIP_SHIFT, -1, -1},
    {"five down", "mmpose_msra", five_down, 3, CVH_SLIP_SHIFT, 0, 5},
    {"one to the right, whole maps", "darkpose", one_right, MAPS, CVH_SLIP_SHIFT, 1, 0},
    {"half a pixel", "darkpose", half_right, MAPS, CVH_SLIP_HALF_PIXEL, 0.5, 0},
    {"half a pixel down", "darkpose", half_down, MAPS, CVH_SLIP_HALF_PIXEL, 0, 0.5},
    {"a third of a pixel down", "darkpose", a_third_down, MAPS, CVH_SLIP_NONE, 0, 0},
    {"half a pixel, either way", "darkpose", half_apart, MAPS, CVH_SLIP_NONE, 0, 0},
    {"half a pixel, down on some maps", "darkpose", half_apart_on_one_axis, MAPS, CVH_SLIP_NONE, 0, 0},
    {"half a pixel on both axes", "sleap", half_up_left, MAPS, CVH_SLIP_HALF_PIXEL, -0.5, -0.5},
    {"half a pixel, one map", "darkpose", half_right, 2, CVH_SLIP_HALF_PIXEL, 0.5, 0},
    {"the window's last row", "hrnet", last_row_missing, MAPS, CVH_SLIP_LINE, 0, 0},
    {"nothing drawn", "hrnet", nothing, MAPS, CVH_SLIP_NONE, 0, 0},
    {"nothing drawn, whole maps", "darkpose", nothing, MAPS, CVH_SLIP_NONE, 0, 0},
    {"elsewhere", "hrnet", scatters, MAPS, CVH_SLIP_NONE, 0, 0},
    {"another sigma", "hrnet", wider, MAPS, CVH_SLIP_NONE, 0, 0},
    {"another sigma, whole maps", "darkpose", wider, MAPS, CVH_SLIP_NONE, 0, 0},
};

/* The corner's keypoint goes off the map where the code slips; with others in their place the slip is told all the same. */
START_TEST(the_usual_slips_are_told)
{
    cvh_convention convention;
    cvh_report report;
    const int count = CASES[_i].count;
    cvh_maps shape = cvh_maps_view(NULL, count, ROWS, COLS, CVH_32F);
    make_points();
    ck_assert_int_eq(cvh_convention_find(CASES[_i].convention, &convention), CVH_OK);
    ck_assert_msg(!cvh_crosscheck(cvh_patch, CASES[_i].actual, &shape, points, (size_t)count, &convention, NULL, &report),
                  "%s: %s", CASES[_i].name, cvh_last_error());
    ck_assert_msg(report.differing > 0 && report.slip == CASES[_i].slip && report.slip_x == CASES[_i].x
                      && report.slip_y == CASES[_i].y,
                  "%s: slip %d (%g, %g): %s", CASES[_i].name, (int)report.slip, report.slip_x, report.slip_y,
                  cvh_slip_text((int)report.slip));
    ck_assert_int_eq(cvh_crosscheck(cvh_patch, as_it_is, &shape, points, (size_t)count, &convention, NULL, &report), CVH_OK);
    ck_assert(report.differing == 0 && report.slip == CVH_SLIP_NONE && report.row_hi == 0 && report.missing == 0);
}
END_TEST

/* Rounding is no slip: 64F maps stored as 32F against the same in 64F, and the formula against the patch. */
START_TEST(rounding_is_no_slip)
{
    cvh_convention convention;
    cvh_report report;
    cvh_maps shape = cvh_maps_view(NULL, MAPS, ROWS, COLS, CVH_32F);
    make_points();
    ck_assert_int_eq(cvh_convention_find("darkpose", &convention), CVH_OK);
    ck_assert_int_eq(cvh_crosscheck(cvh_closed_form, cvh_patch, &shape, points, MAPS, &convention, NULL, &report), CVH_OK);
    ck_assert_uint_gt(report.differing, 1000);
    ck_assert_int_eq(report.slip, CVH_SLIP_NONE);
}
END_TEST

/* Counted by hand: box, zeros on either side, with and without a tolerance, in every depth that is stored. */
START_TEST(box_and_counts)
{
    static const cvh_tolerance none = {0}, some = {.absolute = 0.25}, steps = {.ulps = 1};
    const cvh_tolerance *tolerances[] = {&none, &some, &steps};
    double e[2 * 5 * 7] = {0}, a[2 * 5 * 7] = {0};
    float e32[2 * 5 * 7], a32[2 * 5 * 7];
    cvh_report report, single;
    e[1 * 7 + 2] = 3;      /* missing: map 0, row 1, column 2 */
    a[3 * 7 + 4] = 5;      /* too many: map 0, row 3, column 4 */
    e[35 + 2 * 7 + 6] = 1; /* changed: map 1, row 2, column 6 */
    a[35 + 2 * 7 + 6] = 2;
    e[35 + 0 * 7 + 0] = a[35] = 9; /* equal */
    for (int i = 0; i < 70; i++) e32[i] = (float)e[i], a32[i] = (float)a[i];
    const cvh_maps expected = cvh_maps_view(e, 2, 5, 7, CVH_64F), actual = cvh_maps_view(a, 2, 5, 7, CVH_64F);
    const cvh_maps expected32 = cvh_maps_view(e32, 2, 5, 7, CVH_32F), actual32 = cvh_maps_view(a32, 2, 5, 7, CVH_32F);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(cvh_compare(&expected, &actual, tolerances[i], &report), CVH_OK);
        ck_assert_int_eq(cvh_compare(&expected32, &actual32, tolerances[i], &single), CVH_OK);
        ck_assert(report.differing == 3 && report.missing == 1 && report.extra == 1);
        ck_assert(report.row_lo == 1 && report.row_hi == 4 && report.col_lo == 2 && report.col_hi == 7);
        ck_assert(single.differing == 3 && single.missing == 1 && single.extra == 1 && single.row_lo == 1
                  && single.col_hi == 7);
    }
    const cvh_tolerance all = {.absolute = 6};
    ck_assert_int_eq(cvh_compare(&expected, &actual, &all, &report), CVH_OK);
    ck_assert(report.differing == 0 && report.missing == 0 && report.extra == 0 && report.row_hi == 0 && report.col_hi == 0);
    e[8] = (double)NAN;
    ck_assert_int_eq(cvh_compare(&expected, &actual, NULL, &report), CVH_OK);
    ck_assert(report.differing == 4 && report.missing == 2 && report.col_lo == 1);
}
END_TEST

/* Counts go on where nothing more is listed: all samples of many maps differ, on maps of one row (which scatter nothing) too.
 */
START_TEST(many_maps_that_differ_all_over)
{
    enum { MANY = 12, SIDE = 40 };
    static double e[MANY * SIDE * SIDE], a[MANY * SIDE * SIDE];
    static const int rows[] = {SIDE, 1};
    for (int i = 0; i < MANY * SIDE * SIDE; i++) e[i] = i % 3, a[i] = e[i] + (i % 2 ? 1 : -1);
    for (int k = 0; k < 2; k++) {
        const int cols = SIDE * SIDE / rows[k];
        const cvh_maps expected = cvh_maps_view(e, MANY, rows[k], cols, CVH_64F);
        const cvh_maps actual = cvh_maps_view(a, MANY, rows[k], cols, CVH_64F);
        cvh_report report;
        uint64_t missing = 0, extra = 0;
        for (int i = 0; i < MANY * SIDE * SIDE; i++) missing += a[i] == 0, extra += e[i] == 0;
        ck_assert_int_eq(cvh_compare(&expected, &actual, NULL, &report), CVH_OK);
        ck_assert_uint_eq(report.differing, MANY * SIDE * SIDE);
        ck_assert(report.missing == missing && report.extra == extra);
        ck_assert(report.row_lo == 0 && report.row_hi == rows[k] && report.col_lo == 0 && report.col_hi == cols);
    }
}
END_TEST

/* A shift by many pixels is found from the largest samples, on maps that are soon searched for them. */
START_TEST(a_far_shift_of_a_large_map)
{
    enum { SMALL = 512, LARGE = 513 };
    static float e[LARGE * LARGE], a[LARGE * LARGE];
    for (int side = SMALL; side <= LARGE; side++) {
        cvh_report report;
        memset(e, 0, sizeof e);
        memset(a, 0, sizeof a);
        for (int i = 0; i < 9; i++) e[(10 + i) * side + 20] = a[(40 + i) * side + 70] = (float)(100 + i * i);
        const cvh_maps expected = cvh_maps_view(e, 1, side, side, CVH_32F), actual = cvh_maps_view(a, 1, side, side, CVH_32F);
        ck_assert_int_eq(cvh_compare(&expected, &actual, NULL, &report), CVH_OK);
        ck_assert_msg(report.slip == (side == SMALL ? CVH_SLIP_SHIFT : CVH_SLIP_NONE), "%d: slip %d", side, (int)report.slip);
        ck_assert(side == LARGE || (report.slip_x == 50 && report.slip_y == 30));
    }
}
END_TEST

/* Against counting sample by sample: random maps, depths and tolerances. */
START_TEST(random_maps_are_counted_right)
{
    random_state random = {0xB0C5 + (uint64_t)_i};
    static float e[3 * 40 * 33], a[3 * 40 * 33];
    int rows = random_int(&random, 1, 40), cols = random_int(&random, 1, 33), maps = random_int(&random, 1, 3);
    int seldom = random_int(&random, 1, 400), lo_row = rows, hi_row = 0, lo_col = cols, hi_col = 0;
    uint64_t differing = 0, missing = 0, extra = 0;
    const cvh_tolerance tolerance = {.absolute = random_int(&random, 0, 1) ? 0.3 : 0};
    for (int i = 0; i < maps * rows * cols; i++) {
        e[i] = a[i] = (float)random_int(&random, 0, 3) / 4;
        if (random_int(&random, 1, seldom) == 1) a[i] = (float)random_int(&random, 0, 3) / 4;
        if (fabs((double)e[i] - (double)a[i]) <= tolerance.absolute) continue;
        int row = i / cols % rows, col = i % cols;
        differing++;
        missing += a[i] == 0;
        extra += e[i] == 0;
        lo_row = row < lo_row ? row : lo_row, hi_row = row >= hi_row ? row + 1 : hi_row;
        lo_col = col < lo_col ? col : lo_col, hi_col = col >= hi_col ? col + 1 : hi_col;
    }
    const cvh_maps expected = cvh_maps_view(e, maps, rows, cols, CVH_32F), actual = cvh_maps_view(a, maps, rows, cols, CVH_32F);
    cvh_report report;
    ck_assert_int_eq(cvh_compare(&expected, &actual, &tolerance, &report), CVH_OK);
    ck_assert_msg(report.differing == differing && report.missing == missing && report.extra == extra, "%dx%dx%d: %d, %d, %d",
                  maps, rows, cols, (int)report.differing, (int)report.missing, (int)report.extra);
    if (!differing) lo_row = lo_col = 0;
    ck_assert_msg(report.row_lo == lo_row && report.row_hi == hi_row && report.col_lo == lo_col && report.col_hi == hi_col,
                  "%dx%dx%d: rows %d..%d, columns %d..%d", maps, rows, cols, report.row_lo, report.row_hi, report.col_lo,
                  report.col_hi);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("differences");
    TCase *tests = tcase_create("differences");
    tcase_add_loop_test(tests, the_usual_slips_are_told, 0, sizeof CASES / sizeof *CASES);
    tcase_add_test(tests, rounding_is_no_slip);
    tcase_add_test(tests, box_and_counts);
    tcase_add_test(tests, many_maps_that_differ_all_over);
    tcase_add_test(tests, a_far_shift_of_a_large_map);
    tcase_add_loop_test(tests, random_maps_are_counted_right, 0, 40);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
