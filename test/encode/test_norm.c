/* SPDX-License-Identifier: Apache-2.0
 * How keypoints of one map combine, and what `peak` is the value of. */
#include <float.h>

#include "support/scenes.h"

/* ----------------------------------------------------------------------------------------------------------------- overlap */

static double combined(cvh_overlap overlap, double old, double value, bool inside, double peak, cvh_depth depth)
{
    double sum = depth == CVH_32F ? (double)((float)old + (float)value) : old + value;
    switch (overlap) {
    case CVH_OVERLAP_MAX: return value > old ? value : old;
    case CVH_OVERLAP_REPLACE: return inside ? value : old;
    case CVH_OVERLAP_ADD: return sum;
    case CVH_OVERLAP_ADD_CLAMP: return inside && sum > peak ? peak : sum;
    }
    return NAN;
}

/* Each keypoint drawn alone, combined by the rule. */
static void check_overlap(random_state *random, cvh_overlap overlap, cvh_depth depth)
{
    enum { SIDE = 15, CROWD = 5, RADIUS = 3 };
    uint64_t state = random->state;
    double together[SIDE * SIDE] = {0}, alone[SIDE * SIDE] = {0}, expected[SIDE * SIDE] = {0};
    cvh_keypoint points[CROWD];
    cvh_gaussian own[CROWD];
    cvh_maps all = cvh_maps_view(together, 1, SIDE, SIDE, depth), one = cvh_maps_view(alone, 1, SIDE, SIDE, depth);
    cvh_convention convention = {.gaussian = {.sigma_x = 2, .ksize_x = 2 * RADIUS + 1, .peak = 2}, .overlap = overlap};
    for (int k = 0; k < CROWD; k++) {
        own[k] = (cvh_gaussian){.peak = 0.5 + random_real(random)};
        points[k] = (cvh_keypoint){.x = random_int(random, 0, SIDE - 1), .y = random_int(random, 0, SIDE - 1)};
        if (k % 2) points[k].gaussian = &own[k];
        ck_assert_int_eq(cvh_patch(&one, &points[k], 1, &convention), CVH_OK);
        double peak = k % 2 ? own[k].peak : 2;
        if (depth == CVH_32F) peak = (double)(float)peak;
        for (int i = 0; i < SIDE * SIDE; i++) {
            bool inside = fabs(i % SIDE - points[k].x) <= RADIUS && fabs(i / SIDE - points[k].y) <= RADIUS;
            expected[i] = combined(overlap, expected[i], sample(&one, 0, i / SIDE, i % SIDE), inside, peak, depth);
        }
    }
    ck_assert_int_eq(cvh_patch(&all, points, CROWD, &convention), CVH_OK);
    for (int i = 0; i < SIDE * SIDE; i++)
        if (sample(&all, 0, i / SIDE, i % SIDE) != expected[i])
            ck_abort_msg("overlap %d, depth %d (state %llu): sample %d: %.17g, expected %.17g", (int)overlap, (int)depth,
                         (unsigned long long)state, i, sample(&all, 0, i / SIDE, i % SIDE), expected[i]);
}

START_TEST(overlap_rules)
{
    random_state random = random_start(45);
    for (int i = 0; i < 1000; i++)
        check_overlap(&random, (cvh_overlap)(i % (CVH_OVERLAP_ADD_CLAMP + 1)), i / 4 % 2 ? CVH_64F : CVH_32F);
}
END_TEST

/* -------------------------------------------------------------------------------------------------------------------- norm */

static double largest(const cvh_maps *maps, int map)
{
    double most = -INFINITY;
    for (int row = 0; row < maps->rows; row++)
        for (int col = 0; col < maps->cols; col++) most = fmax(most, sample(maps, map, row, col));
    return most;
}

static bool within_an_ulp(cvh_depth depth, double value, double of)
{
    if (depth == CVH_64F) return value >= nextafter(of, 0) && value <= nextafter(of, INFINITY);
    float f = (float)of;
    return value >= (double)nextafterf(f, 0) && value <= (double)nextafterf(f, INFINITY);
}

/* The maximum of each map is `peak` to 1 ULP, whatever lies on it, and a map without keypoints stays 0. */
START_TEST(norm_max)
{
    random_state random = random_start(46);
    for (int i = 0; i < 1500; i++) {
        scene made = random_scene(&random);
        made.convention.norm = CVH_NORM_MAX;
        made.convention.gaussian.peak = exp(10 * random_real(&random) - 5);
        use_own_gaussians(&made);
        laid_out drawn = laid_out_new(LAYOUT_PADDED, made.count, made.rows, made.cols, made.depth);
        draw_by(cvh_patch, &made, &drawn.maps);
        made.convention.norm = CVH_NORM_NONE;
        laid_out plain = laid_out_new(LAYOUT_PADDED, made.count, made.rows, made.cols, made.depth);
        draw_by(cvh_patch, &made, &plain.maps);
        for (int map = 0; map < made.count; map++) {
            double most = largest(&drawn.maps, map), before = largest(&plain.maps, map);
            if (before > 0 && before < 1e-25) continue; /* a far tail that a float holds to a few bits only */
            bool right = before > 0 ? within_an_ulp(made.depth, most, made.convention.gaussian.peak) : most == 0;
            ck_assert_msg(right, "%s: map %d: the maximum is %.17g, peak %.17g", described(&made), map, most,
                          made.convention.gaussian.peak);
        }
        laid_out_free(&drawn);
        laid_out_free(&plain);
    }
}
END_TEST

/* A keypoint off the map whose tail is a float's last bits: nothing is divided by a divisor that underflowed to 0. */
START_TEST(norm_max_of_a_vanishing_tail)
{
    float data[20 * 20] = {0};
    cvh_maps maps = cvh_maps_view(data, 1, 20, 20, CVH_32F);
    for (double sigma = 0.3; sigma < 0.7; sigma += 0.0005) {
        cvh_keypoint point = {.x = -7, .y = 10};
        cvh_convention convention = {.gaussian = {.sigma_x = sigma, .ksize_x = 15, .peak = 255}, .norm = CVH_NORM_MAX};
        ck_assert_int_eq(cvh_patch(&maps, &point, 1, &convention), CVH_OK);
        for (int i = 0; i < 400; i++) ck_assert_msg(isfinite(data[i]), "sigma %g: sample %d is %g", sigma, i, (double)data[i]);
    }
}
END_TEST

/* Heads of different heights, in order of maps or not: each is as high as its peak says, beside the others of its map, and the
 * maximum is the largest of those that are drawn there. A head that is dropped does not count. */
START_TEST(norm_max_of_different_peaks)
{
    enum { MAPS = 3, SIDE = 40, HEADS = 6 };
    static const struct {
        double x, peak;
        int map;
    } heads[HEADS] = {{8, 3, 0}, {30, 1.5, 0}, {8, 0.25, 1}, {30, 5, 1}, {-50, 9, 1}, {20, 7, 2}};
    static const int orders[2][HEADS] = {{0, 1, 2, 3, 4, 5}, {5, 3, 0, 4, 1, 2}};
    double samples[MAPS * SIDE * SIDE];
    cvh_gaussian own[HEADS] = {{0}};
    cvh_keypoint points[HEADS];
    cvh_maps maps = cvh_maps_view(samples, MAPS, SIDE, SIDE, _i / 2 % 2 ? CVH_64F : CVH_32F);
    cvh_convention convention = {.gaussian = {.sigma_x = 1.5, .ksize_x = 11}, .norm = CVH_NORM_MAX, .drop = CVH_DROP_CENTRE};
    for (int i = 0; i < HEADS; i++) {
        int head = orders[_i % 2][i];
        own[i].peak = heads[head].peak;
        points[i] = (cvh_keypoint){heads[head].x, 20, heads[head].map, &own[i]};
    }
    ck_assert_msg((_i / 4 ? cvh_blur : cvh_patch)(&maps, points, HEADS, &convention) == CVH_OK, "%s", cvh_last_error());
    for (int head = 0; head < HEADS; head++) {
        if (heads[head].x < 0) continue;
        double at = sample(&maps, heads[head].map, 20, (int)heads[head].x), peak = heads[head].peak;
        ck_assert_msg(fabs(at - peak) < 1e-6 * peak, "head %d: %.17g, peak %g", head, at, peak);
    }
    ck_assert(within_an_ulp(maps.depth, largest(&maps, 0), 3) && within_an_ulp(maps.depth, largest(&maps, 1), 5));
    ck_assert(within_an_ulp(maps.depth, largest(&maps, 2), 7));
}
END_TEST

/* Of more maps than are looked at in one go. */
START_TEST(norm_max_of_different_peaks_on_many_maps)
{
    enum { MAPS = 9000, SIDE = 3, HEADS = 6 };
    static const int at[HEADS] = {8999, 0, 4095, 4096, 8191, 8192};
    static float samples[MAPS * SIDE * SIDE];
    cvh_gaussian own[HEADS] = {{0}};
    cvh_keypoint points[HEADS];
    cvh_maps maps = cvh_maps_view(samples, MAPS, SIDE, SIDE, CVH_32F);
    cvh_convention convention = {.gaussian = {.sigma_x = 1.5, .ksize_x = 11}, .norm = CVH_NORM_MAX};
    for (int i = 0; i < HEADS; i++) {
        own[i].peak = i + 2;
        points[i] = (cvh_keypoint){1, 1, at[i], &own[i]};
    }
    ck_assert_msg(cvh_encode(&maps, points, HEADS, &convention, NULL) == CVH_OK, "%s", cvh_last_error());
    double sum = 0;
    for (int map = 0; map < MAPS; map++) sum += largest(&maps, map);
    for (int i = 0; i < HEADS; i++) ck_assert(within_an_ulp(CVH_32F, largest(&maps, at[i]), i + 2));
    ck_assert_msg(fabs(sum - 27) < 1e-5, "the maps' peaks sum up to %g", sum);
}
END_TEST

/* The keypoint's own pixel is `peak` to 1 ULP, at any border, for a Gaussian between pixels too. */
START_TEST(norm_centre)
{
    random_state random = random_start(47);
    for (int i = 0; i < 1500; i++) {
        scene made = random_scene(&random);
        cvh_convention *c = &made.convention;
        c->norm = CVH_NORM_CENTRE;
        c->drop = CVH_DROP_NONE;
        c->gaussian.peak = exp(10 * random_real(&random) - 5);
        if (c->snap == CVH_SNAP_NONE) continue;
        made.crowd = 1;
        made.points[0] = (cvh_keypoint){.x = random_int(&random, 0, made.cols - 1) + 0.4 * random_real(&random),
                                        .y = random_int(&random, 0, made.rows - 1) + 0.4 * random_real(&random)};
        laid_out drawn = laid_out_new(LAYOUT_PADDED, made.count, made.rows, made.cols, made.depth);
        draw_by(cvh_patch, &made, &drawn.maps);
        double centre = sample(&drawn.maps, 0, (int)made.points[0].y, (int)made.points[0].x);
        bool far = c->max_exponent > 0 && c->max_exponent < 1; /* the pixel itself may be cut away */
        ck_assert_msg(within_an_ulp(made.depth, centre, c->gaussian.peak) || (far && centre == 0),
                      "%s: the pixel is %.17g, peak %.17g", described(&made), centre, c->gaussian.peak);
        laid_out_free(&drawn);
    }
}
END_TEST

/* The Gaussian between pixels gets narrower until its value at the snapped pixel is subnormal and then 0: it is divided as long
 * as what lies nearer to it stays finite, and is then left as drawn. */
START_TEST(norm_centre_of_a_vanishing_pixel)
{
    const cvh_depth depth = _i ? CVH_64F : CVH_32F;
    const double brightest = _i ? 690 : 80, nothing = _i ? 760 : 110; /* -log of the pixel's value */
    const cvh_keypoint point = {.x = 7.9, .y = 8};
    int divided = 0, left = 0;
    for (double exponent = brightest; exponent < nothing; exponent += 0.01) {
        cvh_convention convention = {.snap = CVH_SNAP_TRUNC,
                                     .centre = CVH_CENTRE_SUBPIXEL,
                                     .norm = CVH_NORM_CENTRE,
                                     .gaussian = {.sigma_y = 2, .ksize_x = 7, .ksize_y = 3}};
        convention.gaussian.sigma_x = 0.9 / sqrt(2 * exponent);
        double data[16 * 16];
        cvh_maps maps = cvh_maps_view(data, 1, 16, 16, depth);
        ck_assert_msg(cvh_patch(&maps, &point, 1, &convention) == CVH_OK, "%s", cvh_last_error());
        double pixel = sample(&maps, 0, 8, 7), nearer = sample(&maps, 0, 8, 8);
        ck_assert_msg(isfinite(nearer) && nearer > 0, "exponent %g: %g beside %g", exponent, nearer, pixel);
        ck_assert_msg(nearer < 1 || fabs(pixel - 1) < 0.5, "exponent %g: %g at the pixel", exponent, pixel);
        divided += nearer > 1;
        left += nearer < 1;
    }
    ck_assert_msg(divided > 0 && left > 0, "%d divided, %d left", divided, left);
}
END_TEST

/* A clamp says nothing to a keypoint that is alone on its map, whichever peak it is divided to. */
START_TEST(a_clamp_leaves_one_keypoint)
{
    static const cvh_norm norms[] = {CVH_NORM_NONE, CVH_NORM_MAX, CVH_NORM_CENTRE, CVH_NORM_SUM};
    const cvh_keypoint point = {.x = 7.3, .y = 8.4};
    for (int i = 0; i < 16; i++) {
        double clamped[16 * 16], added[16 * 16];
        cvh_depth depth = i / 4 % 2 ? CVH_64F : CVH_32F;
        cvh_maps one = cvh_maps_view(clamped, 1, 16, 16, depth), other = cvh_maps_view(added, 1, 16, 16, depth);
        cvh_convention convention = {.centre = CVH_CENTRE_SUBPIXEL,
                                     .norm = norms[i % 4],
                                     .overlap = CVH_OVERLAP_ADD_CLAMP,
                                     .gaussian = {.sigma_x = 2, .peak = i / 8 ? 255 : 0.25}};
        ck_assert_int_eq(cvh_patch(&one, &point, 1, &convention), CVH_OK);
        convention.overlap = CVH_OVERLAP_ADD;
        ck_assert_int_eq(cvh_patch(&other, &point, 1, &convention), CVH_OK);
        for (int k = 0; k < 16 * 16; k++)
            ck_assert_msg(sample(&one, 0, k / 16, k % 16) == sample(&other, 0, k / 16, k % 16),
                          "norm %d, depth %d, peak %g: sample %d is %.17g, alone %.17g", (int)convention.norm, (int)depth,
                          convention.gaussian.peak, k, sample(&one, 0, k / 16, k % 16), sample(&other, 0, k / 16, k % 16));
    }
}
END_TEST

/* What lies on the map sums to `peak`, up to the rounding of its samples. */
START_TEST(norm_sum)
{
    random_state random = random_start(48);
    for (int i = 0; i < 1500; i++) {
        scene made = random_scene(&random);
        cvh_convention *c = &made.convention;
        c->norm = CVH_NORM_SUM;
        c->drop = CVH_DROP_NONE;
        c->gaussian.peak = exp(10 * random_real(&random) - 5);
        made.crowd = 1;
        made.points[0] = (cvh_keypoint){.x = random_int(&random, 0, made.cols - 1), .y = random_int(&random, 0, made.rows - 1)};
        laid_out drawn = laid_out_new(LAYOUT_PACKED, made.count, made.rows, made.cols, made.depth);
        draw_by(cvh_patch, &made, &drawn.maps);
        double sum = 0, room = made.depth == CVH_32F ? 4 * (double)FLT_EPSILON : 40 * DBL_EPSILON;
        for (int at = 0; at < made.rows * made.cols; at++) sum += sample(&drawn.maps, 0, at / made.cols, at % made.cols);
        ck_assert_msg(fabs(sum / c->gaussian.peak - 1) <= room, "%s: the sum is %.17g, peak %.17g", described(&made), sum,
                      c->gaussian.peak);
        laid_out_free(&drawn);
    }
}
END_TEST

/* A Gaussian between rows gets narrower until its sum is subnormal and then 0: it sums to `peak`, or nothing of it is drawn,
 * but no sample is ever infinite. */
START_TEST(norm_sum_of_a_vanishing_row)
{
    const cvh_depth depth = _i ? CVH_64F : CVH_32F;
    const double faintest = _i ? 700 : 80, nothing = _i ? 760 : 110; /* -log of the row's factor */
    const cvh_keypoint point = {.x = 0.4, .y = 2.9};
    int drawn = 0, empty = 0;
    for (double exponent = faintest; exponent < nothing; exponent += 0.01) {
        cvh_convention convention = {.snap = CVH_SNAP_TRUNC,
                                     .centre = CVH_CENTRE_SUBPIXEL,
                                     .border = CVH_BORDER_REFLECT,
                                     .overlap = CVH_OVERLAP_ADD,
                                     .norm = CVH_NORM_SUM,
                                     .gaussian = {.sigma_x = 1.9, .ksize_x = 31, .ksize_y = 31, .peak = 1e-2}};
        convention.gaussian.sigma_y = 0.1 / sqrt(2 * exponent);
        double data[16 * 10], sum = 0;
        cvh_maps maps = cvh_maps_view(data, 1, 16, 10, depth);
        ck_assert_msg(cvh_patch(&maps, &point, 1, &convention) == CVH_OK, "%s", cvh_last_error());
        for (int i = 0; i < 16 * 10; i++) sum += sample(&maps, 0, i / 10, i % 10);
        ck_assert_msg(sum == 0 || fabs(sum / 1e-2 - 1) < 1e-6, "exponent %g: the sum is %.17g", exponent, sum);
        drawn += sum > 0;
        empty += sum == 0;
    }
    ck_assert_msg(drawn > 0 && empty > 0, "%d drawn, %d empty", drawn, empty);
}
END_TEST

/* Where each of a kernel's taps is on the map, NORM_KERNEL sums to `peak`. */
START_TEST(norm_kernel)
{
    double data[64 * 48] = {0};
    cvh_maps maps = cvh_maps_view(data, 1, 64, 48, CVH_64F);
    for (int ksize = 1; ksize <= 31; ksize += 2)
        for (int by_rule = 0; by_rule < 2; by_rule++) {
            cvh_keypoint point = {.x = 24, .y = 32};
            cvh_convention convention = {.gaussian = {.sigma_x = by_rule ? 0 : 2.5, .ksize_x = ksize, .peak = 255},
                                         .norm = CVH_NORM_KERNEL};
            ck_assert_int_eq(cvh_patch(&maps, &point, 1, &convention), CVH_OK);
            double sum = 0;
            for (int i = 0; i < 64 * 48; i++) sum += data[i];
            ck_assert_msg(fabs(sum - 255) < 1e-11, "ksize %d: the sum is %.17g", ksize, sum);
        }
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("norm");
    TCase *tcase = tcase_create("norm");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, overlap_rules);
    tcase_add_test(tcase, norm_max);
    tcase_add_loop_test(tcase, norm_max_of_different_peaks, 0, 4);
    tcase_add_test(tcase, norm_max_of_a_vanishing_tail);
    tcase_add_test(tcase, norm_max_of_different_peaks_on_many_maps);
    tcase_add_test(tcase, norm_centre);
    tcase_add_loop_test(tcase, norm_centre_of_a_vanishing_pixel, 0, 2);
    tcase_add_test(tcase, a_clamp_leaves_one_keypoint);
    tcase_add_test(tcase, norm_sum);
    tcase_add_loop_test(tcase, norm_sum_of_a_vanishing_row, 0, 2);
    tcase_add_test(tcase, norm_kernel);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("by blur");
    tcase_set_tags(tcase, "opencv");
    tcase_add_loop_test(tcase, norm_max_of_different_peaks, 4, 8);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
