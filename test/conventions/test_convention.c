/* SPDX-License-Identifier: Apache-2.0
 * What every named convention draws: its closed form, alone and combined, in batches and in every layout. */
#include <math.h>
#include <string.h>

#include "support/closed_form.h"
#include "support/support.h"

/* ------------------------------------------------------------------------------------------------------- holding them to it */

static cvh_convention found(const char *name)
{
    cvh_convention convention;
    ck_assert_msg(cvh_convention_find(name, &convention) == CVH_OK, "%s: %s", name, cvh_last_error());
    return convention;
}

/* Rounding, in units of the map's largest value. 64F: two exponentials, their product and a division, 1.1e-16 each. 32F: blur
 * rounds every product and sum of its two passes, 6.0e-8 of a value below the largest each, and the division adds one. The
 * worst measured are 1.2e-15 and 2.1e-7. A map that holds only the tail e^-t of a keypoint outside has the rounding of t, too.
 */
static double rounding(cvh_depth depth, double most)
{
    return (depth == CVH_64F ? 2e-15 : 4e-7) * most * (most > 0 && most < 1 ? 1 - log(most) : 1);
}

/* Below this a result is 0, or has too few digits to be held to `rounding`. */
static double smallest(cvh_depth depth)
{
    return depth == CVH_64F ? 1e-307 : 1e-44;
}

static long double largest(const long double *values, int count)
{
    long double most = 0;
    for (int i = 0; i < count; i++) most = fmaxl(most, values[i]);
    return most;
}

static void hold(const closed_form *form, const cvh_convention *convention, const guarded_maps *target, const place *places,
                 int count)
{
    static long double values[64 * 48];
    map_size map = {target->maps.rows, target->maps.cols};
    cvh_keypoint points[MAX_POINTS];
    float weights[MAX_POINTS];
    for (int i = 0; i < count; i++) points[i] = (cvh_keypoint){places[i].x, places[i].y, 0, own_of(form)};
    ck_assert_msg(cvh_encode(&target->maps, points, (size_t)count, convention, weights) == CVH_OK, "%s (%g, %g) on %dx%d: %s",
                  form->name, places[0].x, places[0].y, map.rows, map.cols, cvh_last_error());
    expect_map(form, map, places, count, values);
    double most = (double)largest(values, map.rows * map.cols),
           bound = rounding(target->maps.depth, most) + smallest(target->maps.depth);
    for (int i = 0; i < map.rows * map.cols; i++) {
        double actual = sample(&target->maps, 0, i / map.cols, i % map.cols);
        if (fabsl(values[i] - actual) <= bound) continue;
        ck_abort_msg("%s (%.17g, %.17g), %d keypoints on %dx%d, depth %d, row %d col %d: expected %.17Lg, actual %.17g",
                     form->name, places[0].x, places[0].y, count, map.rows, map.cols, (int)target->maps.depth, i / map.cols,
                     i % map.cols, values[i], actual);
    }
    for (int i = 0; i < count; i++) {
        float weight = !absent(places[i]) && form->kept(map, places[i].x, places[i].y) ? 1 : 0;
        if (weights[i] == weight) continue;
        ck_abort_msg("%s (%.17g, %.17g) on %dx%d: weight %g, expected %g", form->name, places[i].x, places[i].y, map.rows,
                     map.cols, (double)weights[i], (double)weight);
    }
}

/* Coordinates along an axis of `size`: beyond both ends, at every edge, on ties, between. */
static int interesting(int size, double *at)
{
    static const double before[] = {-40, -9,   -8.5, -8.25, -8,    -7.75, -7.5,  -7, -6.5,  -4.5, -4,   -3.75,
                                    -3,  -2.5, -2.3, -2,    -1.75, -1.5,  -1.25, -1, -0.75, -0.5, -0.25};
    static const double inside[] = {0, 0.25, 0.5, 0.6, 1, 1.3, 1.5, 2.5};
    int count = 0;
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) at[count++] = before[i];
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) at[count++] = inside[i];
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) at[count++] = size - 1 - inside[i];
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) at[count++] = size - 1 - before[i];
    return count;
}

/* The kornia sums underflow far outside, where the closed form is 0/0. */
static bool defined_for(const closed_form *form, map_size map, place at)
{
    if (form->value != kornia) return true;
    return at.x > -30 && at.x < map.cols + 30 && at.y > -30 && at.y < map.rows + 30;
}

static void hold_everywhere(const closed_form *form, map_size map, cvh_depth depth)
{
    guarded_maps target = guarded_new(1, map.rows, map.cols, depth);
    cvh_convention convention = found(form->name);
    double xs[64], ys[64];
    int across = interesting(map.cols, xs), down = interesting(map.rows, ys);
    for (int i = 0; i < across; i++)
        for (int j = i % 3; j < down; j += 3) {
            place at = {xs[i], ys[j]};
            if (defined_for(form, map, at)) hold(form, &convention, &target, &at, 1);
        }
    ck_assert(guarded_intact(&target));
    guarded_free(&target);
}

START_TEST(draws_its_closed_form)
{
    const closed_form *form = &forms[_i];
    hold_everywhere(form, (map_size){11, 9}, CVH_64F);
    hold_everywhere(form, (map_size){5, 14}, CVH_32F);
    hold_everywhere(form, (map_size){1, 1}, CVH_64F);
    hold_everywhere(form, (map_size){2, 3}, CVH_32F);
}
END_TEST

START_TEST(draws_a_full_size_map)
{
    const closed_form *form = &forms[_i];
    static const place places[] = {{24, 32}, {0, 0}, {47, 63}, {12.5, 40.5}, {3.3, 60.7}, {46.9, 1.2}, {-1, 30}, {NAN, 3}};
    cvh_convention convention = found(form->name);
    for (int depth = CVH_32F; depth <= CVH_64F; depth++) {
        guarded_maps target = guarded_new(1, 64, 48, (cvh_depth)depth);
        for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) hold(form, &convention, &target, &places[i], 1);
        guarded_free(&target);
    }
}
END_TEST

/* Keypoints that share a map, overlapping, twice in one pixel, one absent, one outside. */
START_TEST(combines_keypoints_as_its_project_does)
{
    const closed_form *form = &forms[_i];
    if (form->norm == TO_CENTRE) return; /* one keypoint a map */
    static const place places[] = {{10.3, 8.6}, {13.1, 9.4}, {10.4, 8.7}, {NAN, 4}, {-3, 10}, {2, 15.5}};
    cvh_convention convention = found(form->name);
    for (int depth = CVH_32F; depth <= CVH_64F; depth++) {
        guarded_maps target = guarded_new(1, 19, 21, (cvh_depth)depth);
        hold(form, &convention, &target, places, sizeof places / sizeof places[0]);
        guarded_free(&target);
    }
}
END_TEST

/* A keypoint whose window ends in (-1, 0) is the one place where PoseC3D draws what its row does not: its last column is
 * trunc(u + 3 sigma), which is 0 there. */
START_TEST(posec3d_draws_nothing_of_a_window_that_ends_before_the_map)
{
    guarded_maps target = guarded_new(1, 5, 5, CVH_64F);
    cvh_convention convention = found("posec3d");
    cvh_keypoint point = {.x = -2.3, .y = 2};
    ck_assert_int_eq(cvh_encode(&target.maps, &point, 1, &convention, NULL), CVH_OK);
    for (int i = 0; i < 25; i++) ck_assert_double_eq(sample(&target.maps, 0, i / 5, i % 5), 0);
    guarded_free(&target);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------------- batches */

enum { PEOPLE = 3, JOINTS = 4, ROWS = 12, COLS = 10 };

static void scatter(const closed_form *form, cvh_keypoint *points)
{
    random_state random = random_start(20240611);
    for (int i = 0; i < PEOPLE * JOINTS; i++)
        points[i] =
            (cvh_keypoint){.x = 14 * random_real(&random) - 2, .y = 16 * random_real(&random) - 2, .gaussian = own_of(form)};
    points[5].x = NAN;
}

static void encode(const char *name, const cvh_maps *maps, const cvh_keypoint *points, size_t count)
{
    cvh_convention convention = found(name);
    ck_assert_msg(cvh_encode(maps, points, count, &convention, NULL) == CVH_OK, "%s: %s", name, cvh_last_error());
}

/* One call for N x K maps gives what N x K calls give. */
START_TEST(one_call_draws_a_map_for_every_keypoint)
{
    const closed_form *form = &forms[_i];
    cvh_keypoint points[PEOPLE * JOINTS];
    scatter(form, points);
    guarded_maps all = guarded_new(PEOPLE * JOINTS, ROWS, COLS, CVH_32F), one = guarded_new(1, ROWS, COLS, CVH_32F);
    for (int i = 0; i < PEOPLE * JOINTS; i++) points[i].map = i;
    encode(form->name, &all.maps, points, PEOPLE * JOINTS);
    for (int i = 0; i < PEOPLE * JOINTS; i++) {
        cvh_maps slice = cvh_maps_view((float *)all.maps.data + i * ROWS * COLS, 1, ROWS, COLS, CVH_32F);
        cvh_keypoint alone = points[i];
        alone.map = 0;
        encode(form->name, &one.maps, &alone, 1);
        assert_maps_agree(form->name, &one.maps, &slice, NULL);
    }
    ck_assert(guarded_intact(&all));
    guarded_free(&all);
    guarded_free(&one);
}
END_TEST

/* People on shared maps: one call gives what a call for each joint's map gives. */
START_TEST(one_call_draws_many_people_on_shared_maps)
{
    const closed_form *form = &forms[_i];
    if (form->norm == TO_CENTRE) return;
    cvh_keypoint points[PEOPLE * JOINTS];
    scatter(form, points);
    guarded_maps all = guarded_new(JOINTS, ROWS, COLS, CVH_64F), one = guarded_new(1, ROWS, COLS, CVH_64F);
    for (int i = 0; i < PEOPLE * JOINTS; i++) points[i].map = i % JOINTS;
    encode(form->name, &all.maps, points, PEOPLE * JOINTS);
    for (int joint = 0; joint < JOINTS; joint++) {
        cvh_keypoint people[PEOPLE];
        for (int i = 0; i < PEOPLE; i++) people[i] = points[i * JOINTS + joint];
        for (int i = 0; i < PEOPLE; i++) people[i].map = 0;
        encode(form->name, &one.maps, people, PEOPLE);
        cvh_maps slice = cvh_maps_view((double *)all.maps.data + joint * ROWS * COLS, 1, ROWS, COLS, CVH_64F);
        assert_maps_agree(form->name, &one.maps, &slice, NULL);
    }
    guarded_free(&all);
    guarded_free(&one);
}
END_TEST

/* CHW, HWC and padded steps hold the same bits, and what lies between samples is not written. */
START_TEST(every_layout_holds_the_same_bits)
{
    const closed_form *form = &forms[_i];
    cvh_keypoint points[PEOPLE * JOINTS];
    scatter(form, points);
    for (int i = 0; i < JOINTS; i++) points[i].map = i;
    guarded_maps planar = guarded_new(JOINTS, ROWS, COLS, CVH_32F), mixed = guarded_new(JOINTS, ROWS, COLS, CVH_32F);
    guarded_maps padded = guarded_new(JOINTS, ROWS + 1, 2 * COLS + 3, CVH_32F);
    cvh_maps interleaved = cvh_maps_interleaved(mixed.maps.data, JOINTS, ROWS, COLS, CVH_32F, 0), sparse = padded.maps;
    sparse.col_step = 2 * sizeof(float);
    sparse.row_step = (2 * COLS + 3) * sizeof(float);
    sparse.map_step = (ROWS + 1) * sparse.row_step;
    sparse.rows = ROWS;
    sparse.cols = COLS;
    encode(form->name, &planar.maps, points, JOINTS);
    encode(form->name, &interleaved, points, JOINTS);
    encode(form->name, &sparse, points, JOINTS);
    assert_maps_agree(form->name, &planar.maps, &interleaved, NULL);
    assert_maps_agree(form->name, &planar.maps, &sparse, NULL);
    uint32_t between;
    for (int i = 1; i < 2 * COLS; i += 2) {
        memcpy(&between, (float *)padded.maps.data + i, sizeof between);
        ck_assert_msg(between == 0xA5A5A5A5, "%s wrote between two samples", form->name);
    }
    guarded_free(&planar);
    guarded_free(&mixed);
    guarded_free(&padded);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("convention");
    TCase *drawing = tcase_create("drawing"), *batches = tcase_create("batches");
    tcase_set_timeout(drawing, 60);
    tcase_add_loop_test(drawing, draws_its_closed_form, 0, FORMS);
    tcase_add_loop_test(drawing, draws_a_full_size_map, 0, FORMS);
    tcase_add_loop_test(drawing, combines_keypoints_as_its_project_does, 0, FORMS);
    tcase_add_test(drawing, posec3d_draws_nothing_of_a_window_that_ends_before_the_map);
    tcase_add_loop_test(batches, one_call_draws_a_map_for_every_keypoint, 0, FORMS);
    tcase_add_loop_test(batches, one_call_draws_many_people_on_shared_maps, 0, FORMS);
    tcase_add_loop_test(batches, every_layout_holds_the_same_bits, 0, FORMS);
    suite_add_tcase(suite, drawing);
    suite_add_tcase(suite, batches);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
