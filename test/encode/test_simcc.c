/* SPDX-License-Identifier: Apache-2.0
 * SimCC's labels: the bits of a patch on a map of one row, against closed forms in long double, in any layout, and which are
 * left out. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

enum { VECTORS = 3, MOST_BINS = 1500 };

/* The views of a call, packed, with memory of their own. */
typedef struct vectors {
    guarded_maps x, y;
} vectors;

static vectors make(int count, int bins_x, int bins_y, cvh_depth depth)
{
    return (vectors){guarded_new(count, 1, bins_x, depth), guarded_new(count, 1, bins_y, depth)};
}

static void release(vectors *v)
{
    ck_assert(guarded_intact(&v->x) && guarded_intact(&v->y));
    guarded_free(&v->x);
    guarded_free(&v->y);
}

static void encode(const vectors *v, const cvh_keypoint *points, size_t count, const cvh_simcc *simcc, float *weights)
{
    ck_assert_msg(cvh_simcc_encode(&v->x.maps, &v->y.maps, points, count, simcc, weights) == CVH_OK, "%s", cvh_last_error());
}

/* ----------------------------------------------------------------------------------------------------- the bits of a patch */

/* A vector as cvh_patch draws it: one row, the whole map, 0 farther than 13.2 sigma from the centre. */
static void patch_of(double centre, double sigma, const cvh_maps *row)
{
    cvh_convention c = {
        .snap = CVH_SNAP_NONE, .centre = CVH_CENTRE_SUBPIXEL, .gaussian = {.sigma_x = sigma, .ksize_x = CVH_WHOLE_MAP}};
    cvh_keypoint point = {.x = centre};
    ck_assert_msg(cvh_patch(row, &point, 1, &c) == CVH_OK, "%s", cvh_last_error());
    for (int i = 0; i < row->cols; i++) {
        if (fabs(i - centre) <= 13.2 * sigma) continue;
        if (row->depth == CVH_64F)
            ((double *)row->data)[i] = 0;
        else
            ((float *)row->data)[i] = 0;
    }
}

/* Returns how many bins hold the float beside the patch's, as few do between bins; every other bin holds its bits. */
static int assert_bits(const cvh_maps *labels, int vector, double centre, double sigma, const char *which, uint64_t state)
{
    int beside = 0;
    static double memory[MOST_BINS];
    cvh_maps expected = cvh_maps_view(memory, 1, 1, labels->cols, labels->depth);
    patch_of(centre, sigma, &expected);
    for (int i = 0; i < labels->cols; i++) {
        double e = sample(&expected, 0, 0, i), a = sample(labels, vector, 0, i);
        bool neighbours =
            e != a && labels->depth == CVH_32F && centre != rint(centre) && (float)a == nextafterf((float)e, a > e ? 1 : 0);
        beside += neighbours;
        ck_assert_msg(e == a || neighbours,
                      "%s, centre %.17g, sigma %g, bin %d of %d: patch %.17g, label %.17g (random state %llx)", which, centre,
                      sigma, i, labels->cols, e, a, (unsigned long long)state);
    }
    return beside;
}

/* Both axes, on whole bins and between them, vectors short and longer than those that are kept ready, widths of every kind. */
START_TEST(test_labels_are_the_bits_of_a_patch)
{
    random_state random = random_start(0x51CC);
    for (int round = 0; round < 1500; round++) {
        uint64_t state = random.state;
        cvh_depth depth = random_int(&random, 0, 5) ? CVH_32F : CVH_64F;
        int bins_x = random_int(&random, 1, round % 50 ? 400 : MOST_BINS), bins_y = random_int(&random, 1, 400);
        double ratio = 1 + random_int(&random, 0, 3) * 0.5;
        double sigma_x = exp(random_real(&random) * 6 - 2), sigma_y = random_int(&random, 0, 3) ? 5.66 : sigma_x;
        cvh_simcc simcc = {.ratio = ratio, .sigma_x = sigma_x, .sigma_y = sigma_y, .whole_bins = random_int(&random, 0, 1)};
        cvh_keypoint point = {.x = (random_real(&random) * (bins_x + 4) - 2) / ratio,
                              .y = (random_real(&random) * (bins_y + 4) - 2) / ratio,
                              .map = random_int(&random, 0, VECTORS - 1)};
        double u = point.x * ratio, v = point.y * ratio;
        if (simcc.whole_bins) u = rint(u), v = rint(v);
        float weight;
        vectors labels = make(VECTORS, bins_x, bins_y, depth);
        encode(&labels, &point, 1, &simcc, &weight);
        bool drawn = u >= -3 * sigma_x - 1 && u < bins_x + 3 * sigma_x && v >= -3 * sigma_y - 1 && v < bins_y + 3 * sigma_y;
        ck_assert_msg(weight == (drawn ? 1.0F : 0.0F), "weight %g (random state %llx)", (double)weight,
                      (unsigned long long)state);
        if (drawn) assert_bits(&labels.x.maps, point.map, u, sigma_x, "x", state);
        if (drawn) assert_bits(&labels.y.maps, point.map, v, sigma_y, "y", state);
        for (int k = 0; k < VECTORS; k++)
            for (int i = 0; i < bins_x && (k != point.map || !drawn); i++) ck_assert(sample(&labels.x.maps, k, 0, i) == 0);
        release(&labels);
    }
}
END_TEST

/* Very many places: of 3 million floats few are not the exponential's own. */
START_TEST(test_products_round_as_the_exponential)
{
    enum { LABELS = 8000, BINS = 384 };
    static float x[LABELS][BINS], y[LABELS][8];
    static cvh_keypoint points[LABELS];
    random_state random = random_start(0xD0B7);
    for (int round = 0; round < 3; round++) {
        static const double sigmas[] = {4.9, 1, 19.2};
        cvh_maps along_x = cvh_maps_view(x, LABELS, 1, BINS, CVH_32F), along_y = cvh_maps_view(y, LABELS, 1, 8, CVH_32F);
        cvh_simcc simcc = {.ratio = 1, .sigma_x = sigmas[round], .sigma_y = 3};
        for (int i = 0; i < LABELS; i++) points[i] = (cvh_keypoint){.x = random_real(&random) * (BINS - 1), .y = 3, .map = i};
        ck_assert_int_eq(cvh_simcc_encode(&along_x, &along_y, points, LABELS, &simcc, NULL), CVH_OK);
        int beside = 0;
        for (int i = 0; i < LABELS; i++) beside += assert_bits(&along_x, i, points[i].x, sigmas[round], "x", random.state);
        ck_assert_msg(beside < LABELS * BINS / 50000, "sigma %g: %d of %d floats are not the exponential's", sigmas[round],
                      beside, LABELS * BINS);
    }
}
END_TEST

/* ----------------------------------------------------------------------------------------------------------- closed forms */

START_TEST(test_labels_are_their_closed_forms)
{
    const long double pi = 3.14159265358979323846264L;
    static const double sigmas[] = {0.3, 2, 4.9, 6.93, 25};
    for (int k = 0; k < 5 * 2; k++) {
        double sigma = sigmas[k / 2];
        int normalize = k % 2;
        vectors labels = make(1, 101, 64, CVH_32F);
        cvh_simcc simcc = {.sigma_x = sigma, .normalize = normalize};
        cvh_keypoint point = {.x = 23.7, .y = 11.05};
        encode(&labels, &point, 1, &simcc, NULL);
        for (int i = 0; i < 101; i++) {
            long double d = i - 2 * (long double)point.x, s = sigma;
            long double expected = fabsl(d) > 13.2L * s ? 0 : expl(-d * d / (2 * s * s)) / (normalize ? s * sqrtl(2 * pi) : 1);
            double actual = sample(&labels.x.maps, 0, 0, i);
            ck_assert_msg(fabsl(expected - (long double)actual) <= 1.3e-7L * expected + 1e-45L,
                          "sigma %g, normalize %d, bin %d: expected %.10Lg, label %.10g", sigma, normalize, i, expected,
                          actual);
        }
        release(&labels);
    }
}
END_TEST

START_TEST(test_one_hot)
{
    static const struct {
        double x, y, smoothing;
        int bin_x, bin_y;                                                                 /* -1: left out */
    } cases[] = {{3, 4, 0, 6, 8},       {3.24, 4.26, 0.1, 6, 9}, {2.75, 3.25, 0.3, 6, 6}, /* half to even: 5.5 and 6.5 */
                 {-0.25, 0, 0.2, 0, 0}, {-0.26, 0, 0.2, -1, -1}, {9.74, 14.5, 1, 19, 29},  {9.75, 14.5, 0.1, -1, -1},
                 {5, 14.75, 0, -1, -1}, {NAN, 4, 0, -1, -1},     {5, -INFINITY, 0, -1, -1}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        vectors labels = make(1, 20, 30, k % 2 ? CVH_64F : CVH_32F);
        cvh_simcc simcc = {.label = CVH_SIMCC_ONE_HOT, .smoothing = cases[k].smoothing};
        cvh_keypoint point = {.x = cases[k].x, .y = cases[k].y};
        float weight;
        encode(&labels, &point, 1, &simcc, &weight);
        bool drawn = cases[k].bin_x >= 0;
        ck_assert_msg(weight == (drawn ? 1.0F : 0.0F), "case %zu: weight %g", k, (double)weight);
        for (int i = 0; i < 20; i++) {
            double e = !drawn ? 0 : i == cases[k].bin_x ? 1 - cases[k].smoothing : cases[k].smoothing / 19;
            ck_assert_msg(fabs(e - sample(&labels.x.maps, 0, 0, i)) < 1e-7, "case %zu, x bin %d", k, i);
        }
        for (int i = 0; i < 30; i++) {
            double e = !drawn ? 0 : i == cases[k].bin_y ? 1 - cases[k].smoothing : cases[k].smoothing / 29;
            ck_assert_msg(fabs(e - sample(&labels.y.maps, 0, 0, i)) < 1e-7, "case %zu, y bin %d", k, i);
        }
        release(&labels);
    }
}
END_TEST

/* One bin is the label's own: nothing is left to smooth over. At the largest ratio the rule gives its least sigma. */
START_TEST(test_one_bin)
{
    for (int label = CVH_SIMCC_GAUSSIAN; label <= CVH_SIMCC_ONE_HOT; label++) {
        vectors labels = make(1, 1, 1, CVH_64F);
        cvh_simcc simcc = {.label = (cvh_simcc_label)label, .smoothing = 0.25, .ratio = 1000};
        cvh_keypoint point = {.x = 0, .y = 0};
        float weight;
        encode(&labels, &point, 1, &simcc, &weight);
        double expected = label == CVH_SIMCC_ONE_HOT ? 0.75 : 1;
        ck_assert_msg(weight == 1 && sample(&labels.x.maps, 0, 0, 0) == expected && sample(&labels.y.maps, 0, 0, 0) == expected,
                      "label %d: %g", label, sample(&labels.x.maps, 0, 0, 0));
        release(&labels);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ lists and layouts */

/* Gaps of more vectors than are cleared at a time, 24 of these. */
START_TEST(test_vectors_far_apart)
{
    enum { COUNT = 90, BINS = 8192 };
    static const int at[] = {60, 3, 61, 89, 60};
    enum { LABELS = sizeof at / sizeof *at };
    vectors labels = make(COUNT, BINS, 16, CVH_32F);
    cvh_simcc simcc = {.sigma_x = 2};
    cvh_keypoint points[LABELS];
    for (int i = 0; i < LABELS; i++) points[i] = (cvh_keypoint){.x = 100 + i, .y = 4, .map = at[i]};
    encode(&labels, points, LABELS, &simcc, NULL);
    for (int k = 0; k < COUNT; k++) {
        double drawn = -1;
        for (int i = 0; i < LABELS; i++) drawn = at[i] == k ? points[i].x : drawn;
        for (int i = 0; i < BINS; i++) {
            double e = drawn >= 0 && fabs(i - 2 * drawn) <= 26.4 ? exp(-(i - 2 * drawn) * (i - 2 * drawn) / 8) : 0;
            double a = sample(&labels.x.maps, k, 0, i);
            if (!(fabs(a - e) < 1e-7)) ck_abort_msg("vector %d, bin %d: %g, expected %g", k, i, a, e);
        }
    }
    release(&labels);
}
END_TEST

/* Keypoints in any order, several on one vector, gaps: each vector holds the last keypoint's label, or nothing. */
START_TEST(test_each_vector_holds_its_last_label)
{
    enum { COUNT = 40, POINTS = 60 };
    random_state random = random_start(0x0DE5);
    for (int round = 0; round < 20; round++) {
        cvh_keypoint points[POINTS];
        float weights[POINTS];
        cvh_simcc simcc = {.sigma_x = 4.9, .whole_bins = round % 2};
        vectors labels = make(COUNT, 64, 48, CVH_32F), alone = make(1, 64, 48, CVH_32F);
        for (int i = 0; i < POINTS; i++)
            points[i] = (cvh_keypoint){.x = i % 7 == 3 ? (double)NAN : random_real(&random) * 80 - 20,
                                       .y = random_real(&random) * 24,
                                       .map = random_int(&random, 0, COUNT - 1)};
        encode(&labels, points, POINTS, &simcc, weights);
        for (int k = 0; k < COUNT; k++) {
            int last = POINTS - 1;
            while (last >= 0 && !(points[last].map == k && weights[last] > 0)) last--;
            cvh_keypoint point = last < 0 ? (cvh_keypoint){.x = NAN} : points[last];
            point.map = 0;
            encode(&alone, &point, 1, &simcc, NULL);
            for (int i = 0; i < 64; i++) ck_assert(sample(&labels.x.maps, k, 0, i) == sample(&alone.x.maps, 0, 0, i));
            for (int i = 0; i < 48; i++) ck_assert(sample(&labels.y.maps, k, 0, i) == sample(&alone.y.maps, 0, 0, i));
        }
        release(&labels);
        release(&alone);
    }
}
END_TEST

/* Interleaved, and both axes in one block of memory, as [K][bins of x and y]. */
START_TEST(test_any_layout_holds_the_same_bits)
{
    enum { COUNT = 5, X = 90, Y = 120 };
    static float interleaved[2][Y][COUNT], block[COUNT][X + Y];
    cvh_keypoint points[COUNT];
    for (int i = 0; i < COUNT; i++) points[i] = (cvh_keypoint){.x = 3.3 + 9 * i, .y = 55.5 - 11.25 * i, .map = i};
    for (int whole = 0; whole < 2; whole++) {
        cvh_simcc simcc = {.whole_bins = whole, .normalize = whole};
        vectors packed = make(COUNT, X, Y, CVH_32F);
        encode(&packed, points, COUNT, &simcc, NULL);
        cvh_maps x[] = {cvh_maps_interleaved(interleaved[0], COUNT, 1, X, CVH_32F, 0),
                        cvh_maps_view(block, COUNT, 1, X, CVH_32F)};
        cvh_maps y[] = {cvh_maps_interleaved(interleaved[1], COUNT, 1, Y, CVH_32F, 0),
                        cvh_maps_view(block[0] + X, COUNT, 1, Y, CVH_32F)};
        x[1].map_step = y[1].map_step = sizeof block[0];
        for (int k = 0; k < 2; k++) {
            ck_assert_msg(cvh_simcc_encode(&x[k], &y[k], points, COUNT, &simcc, NULL) == CVH_OK, "%s", cvh_last_error());
            assert_maps_agree(k ? "block, x" : "interleaved, x", &packed.x.maps, &x[k], NULL);
            assert_maps_agree(k ? "block, y" : "interleaved, y", &packed.y.maps, &y[k], NULL);
        }
        release(&packed);
    }
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------------- defaults */

/* sqrt(side / 8) to two digits: what the bins at a distance of that width hold. */
START_TEST(test_sigmas_are_mmposes)
{
    static const struct {
        int side;
        double sigma;
    } cases[] = {{192, 4.9}, {256, 5.66}, {288, 6}, {384, 6.93}};
    for (int i = 0; i < 4; i++) {
        int bins = 2 * cases[i].side;
        vectors by_rule = make(1, bins, bins, CVH_32F), told = make(1, bins, bins, CVH_32F);
        cvh_simcc simcc = {.sigma_x = cases[i].sigma};
        cvh_keypoint point = {.x = 41.3, .y = 60.2};
        encode(&by_rule, &point, 1, NULL, NULL);
        encode(&told, &point, 1, &simcc, NULL);
        assert_maps_agree("x", &told.x.maps, &by_rule.x.maps, NULL);
        assert_maps_agree("y", &told.y.maps, &by_rule.y.maps, NULL);
        release(&by_rule);
        release(&told);
    }
}
END_TEST

/* Keypoints in the photograph are those in the input that the crop makes of them. */
START_TEST(test_the_photograph)
{
    cvh_crop crop = {
        .to_input = {0.5, 0.25, 3, -0.125, 0.75, 7}, .to_photo = {1, 0, 0, 0, 1, 0}, .input_rows = 64, .input_cols = 48};
    cvh_simcc input = {.sigma_x = 4}, photo = {.sigma_x = 4, .crop = &crop};
    vectors expected = make(1, 96, 128, CVH_32F), actual = make(1, 96, 128, CVH_32F);
    cvh_keypoint there = {.x = 40, .y = 24}, here = {.x = 0.5 * 40 + 0.25 * 24 + 3, .y = -0.125 * 40 + 0.75 * 24 + 7};
    encode(&expected, &here, 1, &input, NULL);
    encode(&actual, &there, 1, &photo, NULL);
    assert_maps_agree("x", &expected.x.maps, &actual.x.maps, NULL);
    assert_maps_agree("y", &expected.y.maps, &actual.y.maps, NULL);
    crop.input_cols = 47;
    assert_refused("another input", cvh_simcc_encode(&actual.x.maps, &actual.y.maps, &there, 1, &photo, NULL),
                   "simcc: crop->input_cols is 47; with ratio 2 that is 94 bins, but x has 96");
    release(&expected);
    release(&actual);
}
END_TEST

START_TEST(test_names)
{
    static const char *const same[][2] = {{"mmpose", "simcc_mmpose"},
                                          {"rtmpose", "simcc_mmpose"},
                                          {"dwpose", "simcc_mmpose"},
                                          {"rtmw", "simcc_mmpose"},
                                          {"rtmlib", "simcc_rtmlib"},
                                          {"deeplabcut", "simcc_deeplabcut"},
                                          {"simcc_mmpose_dark", "simcc_mmpose_dark"}};
    cvh_simcc simcc;
    int known = 0;
    for (; cvh_simcc_name(known); known++) {
        ck_assert_int_eq(cvh_simcc_find(cvh_simcc_name(known), &simcc), CVH_OK);
        ck_assert_str_eq(simcc.name, cvh_simcc_name(known));
    }
    ck_assert_int_eq(known, 6);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        ck_assert_msg(cvh_simcc_find(same[i][0], &simcc) == CVH_OK, "%s", cvh_last_error());
        ck_assert_str_eq(simcc.name, same[i][1]);
    }
    assert_refused("hrnet", cvh_simcc_find("hrnet", &simcc), "SimCC is named");
}
END_TEST

static Suite *simcc_suite(void)
{
    Suite *suite = suite_create("simcc");
    TCase *tests = tcase_create("labels");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_labels_are_their_closed_forms);
    tcase_add_test(tests, test_one_hot);
    tcase_add_test(tests, test_one_bin);
    tcase_add_test(tests, test_vectors_far_apart);
    tcase_add_test(tests, test_each_vector_holds_its_last_label);
    tcase_add_test(tests, test_any_layout_holds_the_same_bits);
    tcase_add_test(tests, test_sigmas_are_mmposes);
    tcase_add_test(tests, test_the_photograph);
    tcase_add_test(tests, test_names);
    suite_add_tcase(suite, tests);
    tests = tcase_create("many");
    tcase_set_tags(tests, "statistics");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_labels_are_the_bits_of_a_patch);
    tcase_add_test(tests, test_products_round_as_the_exponential);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return run_suite(simcc_suite());
}
