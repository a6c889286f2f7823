/* SPDX-License-Identifier: Apache-2.0
 * Offset targets against what they are by definition, sample by sample, in any layout. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

enum { MAPS = 3, ROWS = 17, COLS = 23, PLANE = ROWS * COLS };

static const cvh_keypoint points[] = {{.x = 7.3, .y = 5.9},
                                      {.x = 20.5, .y = 16.2, .map = 1},
                                      {.x = NAN, .y = 3, .map = 1},
                                      {.x = -1.25, .y = 8, .map = 2},
                                      {.x = 9.5, .y = 11.5}};
enum { POINTS = sizeof points / sizeof *points };

typedef struct targets {
    guarded_maps maps, dx, dy;
} targets;

static targets make(int offset_maps, cvh_depth depth)
{
    return (targets){guarded_new(MAPS, ROWS, COLS, depth), guarded_new(offset_maps, ROWS, COLS, depth),
                     guarded_new(offset_maps, ROWS, COLS, CVH_64F)};
}

static void release(targets *t)
{
    ck_assert(guarded_intact(&t->maps) && guarded_intact(&t->dx) && guarded_intact(&t->dy));
    guarded_free(&t->maps);
    guarded_free(&t->dx);
    guarded_free(&t->dy);
}

/* The definition, for the last keypoint of the list whose offsets stand at a cell; x and y NaN where none do. */
typedef struct expectation {
    double map, dx, dy;
} expectation;

static bool covers(const cvh_offsets *rule, double unit, const cvh_keypoint *point, int row, int col)
{
    double x = point->x - col, y = point->y - row;
    switch (rule->area) {
    case CVH_OFFSET_DISC: return hypot(x, y) <= rule->disc * unit;
    case CVH_OFFSET_CELL: return floor(point->x + 0.5) == col && floor(point->y + 0.5) == row;
    case CVH_OFFSET_EVERYWHERE: break;
    }
    return true;
}

static expectation expect(const cvh_offsets *rule, double unit, int map, bool shared, int row, int col)
{
    expectation e = {0, 0, 0};
    double length = (rule->length == 0 ? 1 : rule->length) * unit;
    for (int i = 0; i < POINTS; i++) {
        if (isnan(points[i].x)) continue;
        double x = points[i].x - col, y = points[i].y - row;
        if (points[i].map == map) {
            double value = rule->disc > 0 ? hypot(x, y) <= rule->disc * unit
                                          : exp(-(pow(round(points[i].x) - col, 2) + pow(round(points[i].y) - row, 2)) / 8);
            e.map = fmax(e.map, value);
        }
        if ((shared || points[i].map == map) && covers(rule, unit, &points[i], row, col)) e.dx = x / length, e.dy = y / length;
    }
    return e;
}

START_TEST(test_targets_are_their_definition)
{
    static const struct {
        const char *name;
        cvh_offsets rule;
        double unit; /* heatmap pixels */
    } cases[] = {{"everywhere", {.length = 0}, 1},
                 {"everywhere, by length", {.length = 4}, 1},
                 {"a disc and all of its plane", {.length = 3, .disc = 3}, 1},
                 {"a disc, within it", {.length = 3, .disc = 2.5, .area = CVH_OFFSET_DISC}, 1},
                 {"the cell", {.length = 2, .area = CVH_OFFSET_CELL}, 1},
                 {"a disc, at the cell", {.disc = 4, .area = CVH_OFFSET_CELL}, 1},
                 {"in sides", {.unit = CVH_OFFSET_SIDES, .length = 0.125, .disc = 0.125, .area = CVH_OFFSET_DISC}, COLS}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        for (int shared = 0; shared < 2; shared++) {
            targets t = make(shared ? 1 : MAPS, k % 2 ? CVH_64F : CVH_32F);
            cvh_convention c = {.gaussian = {.sigma_x = 2, .ksize_x = CVH_WHOLE_MAP}, .offsets = cases[k].rule};
            float weights[POINTS];
            ck_assert_msg(cvh_encode_offsets(&t.maps.maps, &t.dx.maps, &t.dy.maps, points, POINTS, &c, weights) == CVH_OK, "%s",
                          cvh_last_error());
            for (int i = 0; i < POINTS; i++) ck_assert(weights[i] == (isnan(points[i].x) ? 0.0F : 1.0F));
            for (int map = 0; map < MAPS; map++)
                for (int i = 0; i < PLANE; i++) {
                    expectation e = expect(&cases[k].rule, cases[k].unit, map, shared, i / COLS, i % COLS);
                    double a = sample(&t.maps.maps, map, i / COLS, i % COLS);
                    double dx = sample(&t.dx.maps, shared ? 0 : map, i / COLS, i % COLS);
                    double dy = sample(&t.dy.maps, shared ? 0 : map, i / COLS, i % COLS);
                    ck_assert_msg(fabs(a - e.map) < 1e-6 && fabs(dx - e.dx) < 1e-6 && fabs(dy - e.dy) < 1e-12,
                                  "%s, %d offset maps, map %d at (%d, %d): (%g, %g, %g), expected (%g, %g, %g)", cases[k].name,
                                  shared ? 1 : MAPS, map, i % COLS, i / COLS, a, dx, dy, e.map, e.dx, e.dy);
                }
            release(&t);
        }
}
END_TEST

/* Equality belongs to the disc; a disc may hold no cell. */
START_TEST(test_discs)
{
    float map[25], dx[25], dy[25];
    cvh_maps maps = cvh_maps_view(map, 1, 5, 5, CVH_32F), x = cvh_maps_view(dx, 1, 5, 5, CVH_32F),
             y = cvh_maps_view(dy, 1, 5, 5, CVH_32F);
    static const struct {
        double x, y, disc;
        int cells;
    } cases[] = {{2, 2, 1, 5},  {2, 2, 0.999, 1}, {2, 2, 2, 13},    {1.5, 1.5, 0.5, 0}, {0, 0, 1, 3},
                 {-3, 2, 3, 1}, {-4, 2, 3, 0},    {1e300, 2, 3, 0}, {2, 2, 1e6, 25}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_keypoint point = {.x = cases[i].x, .y = cases[i].y};
        cvh_convention c = {.offsets = {.disc = cases[i].disc, .area = CVH_OFFSET_DISC}};
        float weight, sum = 0;
        ck_assert_msg(cvh_encode_offsets(&maps, &x, &y, &point, 1, &c, &weight) == CVH_OK, "%s", cvh_last_error());
        for (int k = 0; k < 25; k++) sum += map[k];
        ck_assert_msg(sum == (float)cases[i].cells && weight == 1, "case %zu: %g cells", i, (double)sum);
        c.drop = CVH_DROP_CENTRE;
        ck_assert_int_eq(cvh_encode_offsets(&maps, &x, &y, &point, 1, &c, &weight), CVH_OK);
        bool inside = cases[i].x >= 0 && cases[i].x < 5;
        ck_assert_msg(weight == (inside ? 1.0F : 0.0F), "case %zu: weight %g", i, (double)weight);
    }
}
END_TEST

/* In input pixels, fitted: the same offsets whatever the stride, which the unit turns into heatmap pixels. */
START_TEST(test_input_pixels)
{
    double map[PLANE], dx[PLANE], dy[PLANE];
    cvh_maps maps = cvh_maps_view(map, 1, ROWS, COLS, CVH_64F), x = cvh_maps_view(dx, 1, ROWS, COLS, CVH_64F),
             y = cvh_maps_view(dy, 1, ROWS, COLS, CVH_64F);
    for (int stride = 1; stride <= 16; stride *= 4) {
        cvh_convention c;
        ck_assert_int_eq(cvh_convention_find("deeplabcut", &c), CVH_OK);
        ck_assert_int_eq(cvh_convention_fit(&c, ROWS * stride, COLS * stride, ROWS, COLS), CVH_OK);
        cvh_keypoint point = {.x = 7.25 * stride, .y = 3.5 * stride};
        ck_assert_int_eq(cvh_encode_offsets(&maps, &x, &y, &point, 1, &c, NULL), CVH_OK);
        for (int i = 0; i < PLANE; i++) {
            double cell_x = (i % COLS + 0.5) * stride, cell_y = (i / COLS + 0.5) * stride; /* input pixels */
            ck_assert_msg(fabs(dx[i] * 7.2801 - (point.x - cell_x)) < 1e-9 && fabs(dy[i] * 7.2801 - (point.y - cell_y)) < 1e-9,
                          "stride %d, cell %d: (%g, %g)", stride, i, dx[i], dy[i]);
        }
    }
}
END_TEST

/* class, x, y interleaved plane by plane, sample by sample, y first: the same numbers. */
START_TEST(test_layouts)
{
    static float planes[MAPS][3][PLANE], samples[PLANE][3 * MAPS];
    targets packed = make(MAPS, CVH_32F);
    cvh_convention c = {.offsets = {.length = 2, .disc = 3}};
    ck_assert_int_eq(cvh_encode_offsets(&packed.maps.maps, &packed.dx.maps, &packed.dy.maps, points, POINTS, &c, NULL), CVH_OK);
    cvh_maps views[2][3];
    for (int k = 0; k < 3; k++) {
        views[0][k] = cvh_maps_view(planes[0][k], MAPS, ROWS, COLS, CVH_32F);
        views[0][k].map_step = sizeof planes[0];
        views[1][k] = cvh_maps_interleaved(&samples[0][k], MAPS, ROWS, COLS, CVH_32F, 0);
        views[1][k].map_step = 3 * sizeof(float);
        views[1][k].col_step = sizeof samples[0];
        views[1][k].row_step = COLS * sizeof samples[0];
    }
    for (int k = 0; k < 2; k++) {
        ck_assert_msg(cvh_encode_offsets(&views[k][0], &views[k][2], &views[k][1], points, POINTS, &c, NULL) == CVH_OK, "%s",
                      cvh_last_error());
        assert_maps_agree("class", &packed.maps.maps, &views[k][0], NULL);
        assert_maps_agree("x", &packed.dx.maps, &views[k][2], NULL);
        for (int map = 0; map < MAPS; map++)
            for (int i = 0; i < PLANE; i++)
                ck_assert((float)sample(&packed.dy.maps, map, i / COLS, i % COLS)
                          == (float)sample(&views[k][1], map, i / COLS, i % COLS));
    }
    release(&packed);
}
END_TEST

/* Several windows of their own: a keypoint that its own Gaussian's window drops has no offsets. */
START_TEST(test_own_gaussians)
{
    double map[PLANE], dx[PLANE], dy[PLANE];
    static const cvh_gaussian wide = {.sigma_x = 4};
    cvh_maps maps = cvh_maps_view(map, 1, ROWS, COLS, CVH_64F), x = cvh_maps_view(dx, 1, ROWS, COLS, CVH_64F),
             y = cvh_maps_view(dy, 1, ROWS, COLS, CVH_64F);
    cvh_convention c = {.gaussian = {.sigma_x = 1}, .drop = CVH_DROP_WINDOW};
    const cvh_keypoint off[] = {{.x = -8, .y = 5}, {.x = -8, .y = 6, .gaussian = &wide}};
    float weights[2];
    ck_assert_int_eq(cvh_encode_offsets(&maps, &x, &y, off, 1, &c, weights), CVH_OK);
    ck_assert(weights[0] == 0 && dx[0] == 0);
    ck_assert_int_eq(cvh_encode_offsets(&maps, &x, &y, off, 2, &c, weights), CVH_OK);
    ck_assert(weights[0] == 0 && weights[1] == 1 && dx[0] == -8 && dy[0] == 6);
}
END_TEST

/* A disc has the keypoint's cells whatever Gaussian it brings. */
START_TEST(test_own_gaussians_leave_discs_alone)
{
    double map[2][PLANE], offsets[2][PLANE], rest[PLANE];
    static const cvh_gaussian own = {.sigma_x = 4, .peak = 0.5};
    cvh_convention c = {.offsets = {.disc = 3, .area = CVH_OFFSET_DISC}, .drop = CVH_DROP_CENTRE};
    for (int k = 0; k < 2; k++) {
        cvh_maps maps = cvh_maps_view(map[k], 1, ROWS, COLS, CVH_64F), x = cvh_maps_view(offsets[k], 1, ROWS, COLS, CVH_64F),
                 y = cvh_maps_view(rest, 1, ROWS, COLS, CVH_64F);
        const cvh_keypoint given[] = {{.x = 7.3, .y = 5.9, .gaussian = k ? &own : NULL},
                                      {.x = -2, .y = 5.9, .gaussian = k ? &own : NULL}};
        float weights[2];
        ck_assert_msg(cvh_encode_offsets(&maps, &x, &y, given, 2, &c, weights) == CVH_OK, "%s", cvh_last_error());
        ck_assert(weights[0] == 1 && weights[1] == 0 && map[k][6 * COLS + 7] == 1);
    }
    for (int i = 0; i < PLANE; i++) ck_assert(map[0][i] == map[1][i] && offsets[0][i] == offsets[1][i]);
}
END_TEST

/* Three views, each of samples of its own, of the maps that the convention was fitted for. */
START_TEST(test_other_views_are_refused)
{
    double memory[3][PLANE] = {{0}};
    static const int at[][3] = {{0, 0, 1}, {0, 1, 1}, {0, 1, 0}};
    cvh_convention c = {.gaussian = {.sigma_x = 1}};
    cvh_maps maps, x, y;
    for (int i = 0; i < 3; i++) {
        maps = cvh_maps_view(memory[at[i][0]], 1, ROWS, COLS, CVH_64F);
        x = cvh_maps_view(memory[at[i][1]], 1, ROWS, COLS, CVH_64F);
        y = cvh_maps_view(memory[at[i][2]], 1, ROWS, COLS, CVH_64F);
        assert_refused("shared samples", cvh_encode_offsets(&maps, &x, &y, points, 1, &c, NULL), "two begin at the same");
    }
    y.data = memory[2];
    ck_assert_int_eq(cvh_convention_fit(&c, COLS, ROWS, COLS, ROWS), CVH_OK);
    memset(memory, 0, sizeof memory);
    assert_refused("other maps", cvh_encode_offsets(&maps, &x, &y, points, 1, &c, NULL), "was fitted for maps of 23x17");
    for (int i = 0; i < PLANE; i++) ck_assert(memory[0][i] == 0 && memory[1][i] == 0 && memory[2][i] == 0);
}
END_TEST

static Suite *offsets_suite(void)
{
    Suite *suite = suite_create("offsets");
    TCase *tests = tcase_create("targets");
    tcase_add_test(tests, test_targets_are_their_definition);
    tcase_add_test(tests, test_discs);
    tcase_add_test(tests, test_input_pixels);
    tcase_add_test(tests, test_layouts);
    tcase_add_test(tests, test_own_gaussians);
    tcase_add_test(tests, test_own_gaussians_leave_discs_alone);
    tcase_add_test(tests, test_other_views_are_refused);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return run_suite(offsets_suite());
}
