/* SPDX-License-Identifier: Apache-2.0
 * Radii derived from a box: roots worked by hand, what the radius promises, and CenterNet's relation to it. */
#include <float.h>
#include <math.h>

#include "support/support.h"

/* A square of side s, overlap o. Moved: (s-r)^2 / s^2 >= 2o/(1+o). Inside: (s-2r)^2 / s^2 >= o. Around: s^2 / (s+2r)^2 >= o. */
static double by_hand(double s, double o)
{
    double moved = s * (1 - sqrt(2 * o / (1 + o))), inside = s / 2 * (1 - sqrt(o)), around = s / 2 * (1 / sqrt(o) - 1);
    return fmin(moved, fmin(inside, around));
}

START_TEST(cornernet_on_squares_is_worked_by_hand)
{
    for (double side = 1; side <= 1024; side *= 2)
        for (double overlap = 0.05; overlap < 1; overlap += 0.05) {
            double expected = by_hand(side, overlap), actual = cvh_radius_cornernet(side, side, overlap);
            ck_assert_msg(fabs(actual - expected) <= 1e-14 * side, "side %g overlap %g: expected %.17g, actual %.17g", side,
                          overlap, expected, actual);
        }
}
END_TEST

static double overlap_of_moved(double rows, double cols, double r)
{
    double common = fmax(0, rows - r) * fmax(0, cols - r);
    return common / (2 * rows * cols - common);
}

/* The least overlap of the three worst positions at radius r. */
static double least_overlap(double rows, double cols, double r)
{
    double inside = fmax(0, rows - 2 * r) * fmax(0, cols - 2 * r) / (rows * cols);
    double around = rows * cols / ((rows + 2 * r) * (cols + 2 * r));
    return fmin(overlap_of_moved(rows, cols, r), fmin(inside, around));
}

/* What the radius is for: at r the overlap is just the one asked for, and it falls with r. */
START_TEST(cornernet_keeps_the_overlap_and_no_more)
{
    random_state random = random_start(7);
    for (int i = 0; i < 20000; i++) {
        uint64_t state = random.state;
        double rows = exp(8 * random_real(&random) - 1), cols = exp(8 * random_real(&random) - 1);
        double overlap = 0.02 + 0.96 * random_real(&random), r = cvh_radius_cornernet(rows, cols, overlap);
        double kept = least_overlap(rows, cols, r);
        ck_assert_msg(r > 0 && fabs(kept - overlap) <= 1e-11, "%g x %g, overlap %g, radius %g keeps %g (state %llu)", rows,
                      cols, overlap, r, kept, (unsigned long long)state);
    }
}
END_TEST

/* CenterNet's three roots, two with a sign that makes them the larger ones, none divided by a: the third is always the
 * smallest, and is 4 o times CornerNet's third. */
START_TEST(centernet_is_the_third_root_undivided)
{
    random_state random = random_start(8);
    for (int i = 0; i < 20000; i++) {
        uint64_t state = random.state;
        double rows = exp(8 * random_real(&random) - 1), cols = exp(8 * random_real(&random) - 1);
        double overlap = 0.02 + 0.96 * random_real(&random), r = cvh_radius_centernet(rows, cols, overlap);
        double third = r / (4 * overlap), kept = rows * cols / ((rows + 2 * third) * (cols + 2 * third));
        ck_assert_msg(fabs(kept - overlap) <= 1e-11, "%g x %g, overlap %g, radius %g (state %llu)", rows, cols, overlap, r,
                      (unsigned long long)state);
    }
}
END_TEST

/* A 30 x 20 box: the published 6.58 and 12.0 against the corrected 1.95 and 5.34. */
START_TEST(published_and_corrected_differ)
{
    ck_assert_double_eq_tol(cvh_radius_centernet(30, 20, 0.7), 6.58, 0.005);
    ck_assert_double_eq_tol(cvh_radius_cornernet(30, 20, 0.7), 1.95, 0.005);
    ck_assert_double_eq_tol(cvh_radius_centernet(30, 20, 0.3), 12.0, 0.05);
    ck_assert_double_eq_tol(cvh_radius_cornernet(30, 20, 0.3), 5.34, 0.005);
}
END_TEST

START_TEST(rows_and_columns_are_alike_and_size_scales)
{
    double (*const radii[])(double, double, double) = {cvh_radius_cornernet, cvh_radius_centernet};
    for (int i = 0; i < 2; i++) {
        double r = radii[i](30, 20, 0.7);
        ck_assert_double_eq(radii[i](20, 30, 0.7), r);
        ck_assert_double_eq(radii[i](30 * 0x1p900, 20 * 0x1p900, 0.7), r * 0x1p900);
        ck_assert_double_eq(radii[i](30 * 0x1p-900, 20 * 0x1p-900, 0.7), r * 0x1p-900);
        ck_assert(radii[i](DBL_MAX, DBL_MAX, 0.7) > 0);
        ck_assert(isfinite(radii[i](10, 10, DBL_MIN)));
        ck_assert(radii[i](10, 10, 1 - DBL_EPSILON) >= 0);
    }
}
END_TEST

START_TEST(no_box_has_no_radius)
{
    static const double bad[][3] = {{0, 4, 0.7},   {4, 0, 0.7},        {-1, 4, 0.7},      {4, -1, 0.7}, {NAN, 4, 0.7},
                                    {4, NAN, 0.7}, {4, 4, NAN},        {4, 4, 0},         {4, 4, 1},    {4, 4, -0.1},
                                    {4, 4, 1.1},   {INFINITY, 4, 0.7}, {4, INFINITY, 0.7}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(isnan(cvh_radius_cornernet(bad[i][0], bad[i][1], bad[i][2])), "cornernet, row %zu", i);
        ck_assert_msg(isnan(cvh_radius_centernet(bad[i][0], bad[i][1], bad[i][2])), "centernet, row %zu", i);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("radius");
    TCase *radii = tcase_create("radii");
    tcase_add_test(radii, cornernet_on_squares_is_worked_by_hand);
    tcase_add_test(radii, cornernet_keeps_the_overlap_and_no_more);
    tcase_add_test(radii, centernet_is_the_third_root_undivided);
    tcase_add_test(radii, published_and_corrected_differ);
    tcase_add_test(radii, rows_and_columns_are_alike_and_size_scales);
    tcase_add_test(radii, no_box_has_no_radius);
    suite_add_tcase(suite, radii);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
