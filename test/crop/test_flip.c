/* SPDX-License-Identifier: Apache-2.0
 * The flip test's modes by hand, and what they are for: a keypoint of the mirrored photograph comes back where it was. */
#include <math.h>

#include "support/support.h"

static void merge_row(cvh_flip flip, const double expected[5])
{
    const double maps[5] = {1, 2, 4, 8, 16}, flipped[5] = {100, 200, 300, 400, 500};
    static const int partner[1] = {0};
    double out[5];
    cvh_maps m = cvh_maps_view(maps, 1, 1, 5, CVH_64F), f = cvh_maps_view(flipped, 1, 1, 5, CVH_64F);
    cvh_maps o = cvh_maps_view(out, 1, 1, 5, CVH_64F);
    ck_assert_msg(!cvh_flip_merge(&m, &f, partner, flip, &o), "%s", cvh_last_error());
    for (int i = 0; i < 5; i++)
        ck_assert_msg(out[i] == expected[i], "mode %d, column %d: %g, not %g", (int)flip, i, out[i], expected[i]);
}

START_TEST(each_mode)
{
    merge_row(CVH_FLIP_MIRROR, (const double[]){250.5, 201, 152, 104, 58});
    merge_row(CVH_FLIP_SHIFT, (const double[]){250.5, 251, 202, 154, 108});
    merge_row(CVH_FLIP_NEGATE, (const double[]){-249.5, -199, -148, -96, -42});
    merge_row(CVH_FLIP_NEGATE_SHIFT, (const double[]){-249.5, -249, -198, -146, -92});
    merge_row(CVH_FLIP_PARTNER, (const double[]){50.5, 101, 152, 204, 258});
    merge_row(CVH_FLIP_BIN, (const double[]){200.5, 151, 102, 54, 16});
}
END_TEST

/* A keypoint at x on maps of either photograph; the two answers' distance after the flip test's way back. */
static double apart(cvh_geometry geometry, cvh_flip flip)
{
    enum { INPUT = 96, MAP = 24 };
    static double maps[MAP * MAP], flipped[MAP * MAP], nothing[MAP * MAP], back[MAP * MAP];
    static const int partner[1] = {0};
    cvh_convention convention = {
        .geometry = geometry, .gaussian = {.sigma_x = 2, .ksize_x = CVH_WHOLE_MAP}, .snap = CVH_SNAP_NONE};
    ck_assert_int_eq(cvh_convention_fit(&convention, INPUT, INPUT, MAP, MAP), CVH_OK);
    cvh_maps m = cvh_maps_view(maps, 1, MAP, MAP, CVH_64F), f = cvh_maps_view(flipped, 1, MAP, MAP, CVH_64F);
    cvh_maps n = cvh_maps_view(nothing, 1, MAP, MAP, CVH_64F), b = cvh_maps_view(back, 1, MAP, MAP, CVH_64F);
    const cvh_keypoint point = {.x = 41, .y = 50}, mirrored = {.x = INPUT - 1 - 41, .y = 50};
    cvh_peak straight, returned;
    ck_assert_int_eq(cvh_encode(&m, &point, 1, &convention, NULL), CVH_OK);
    ck_assert_int_eq(cvh_encode(&f, &mirrored, 1, &convention, NULL), CVH_OK);
    ck_assert_int_eq(cvh_flip_merge(&n, &f, partner, flip, &b), CVH_OK);
    ck_assert_int_eq(cvh_decode(&m, &convention, &straight), CVH_OK);
    ck_assert_int_eq(cvh_decode(&b, &convention, &returned), CVH_OK);
    return (returned.x - straight.x) * MAP / INPUT;
}

/* The header's table: stride 4 returns 3/4 of a map's pixel low, and one column later a quarter high; the others return. */
START_TEST(which_geometry_wants_which)
{
    ck_assert_double_eq_tol(apart(CVH_GEOMETRY_STRIDE, CVH_FLIP_MIRROR), -0.75, 1e-3);
    ck_assert_double_eq_tol(apart(CVH_GEOMETRY_STRIDE, CVH_FLIP_SHIFT), 0.25, 1e-3);
    ck_assert_double_eq_tol(apart(CVH_GEOMETRY_HALF_PIXEL, CVH_FLIP_MIRROR), 0, 1e-3);
    ck_assert_double_eq_tol(apart(CVH_GEOMETRY_CORNERS, CVH_FLIP_MIRROR), 0, 1e-3);
    ck_assert_double_eq_tol(apart(CVH_GEOMETRY_CORNERS, CVH_FLIP_SHIFT) / (24.0 / 96) * (23.0 / 95), 1, 1e-3);
}
END_TEST

/* SimCC of mmpose: bin 2x of a width of 2w; the mirrored photograph's keypoint is in bin 2 (w-1-x). */
START_TEST(simcc_comes_back_by_a_bin)
{
    enum { WIDTH = 30, BINS = 2 * WIDTH, X = 7 };
    double vector[BINS] = {0}, mirrored[BINS] = {0}, out[BINS];
    static const int partner[1] = {0};
    vector[2 * X] = mirrored[2 * (WIDTH - 1 - X)] = 1;
    cvh_maps v = cvh_maps_view(vector, 1, 1, BINS, CVH_64F), m = cvh_maps_view(mirrored, 1, 1, BINS, CVH_64F);
    cvh_maps o = cvh_maps_view(out, 1, 1, BINS, CVH_64F);
    ck_assert_int_eq(cvh_flip_merge(&v, &m, partner, CVH_FLIP_BIN, &o), CVH_OK);
    for (int i = 0; i < BINS; i++) ck_assert_msg(out[i] == (i == 2 * X), "bin %d: %g", i, out[i]);
    ck_assert_int_eq(cvh_flip_merge(&v, &m, partner, CVH_FLIP_MIRROR, &o), CVH_OK);
    ck_assert_msg(out[2 * X] == 0.5 && out[2 * X + 1] == 0.5, "mmpose's own is half a bin to the right");
}
END_TEST

/* Interleaved and packed views, and partners that change places. */
START_TEST(layouts_and_partners)
{
    enum { MAPS = 3, ROWS = 4, COLS = 5, SAMPLES = MAPS * ROWS * COLS };
    static const int partner[MAPS] = {2, 1, 0};
    float a[SAMPLES], b[SAMPLES], packed[SAMPLES], mixed[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) a[i] = (float)(i * 7 % 31), b[i] = (float)(i * 11 % 37);
    cvh_maps m = cvh_maps_view(a, MAPS, ROWS, COLS, CVH_32F), f = cvh_maps_interleaved(b, MAPS, ROWS, COLS, CVH_32F, 0);
    cvh_maps o = cvh_maps_view(packed, MAPS, ROWS, COLS, CVH_32F),
             p = cvh_maps_interleaved(mixed, MAPS, ROWS, COLS, CVH_32F, 0);
    ck_assert_int_eq(cvh_flip_merge(&m, &f, partner, CVH_FLIP_MIRROR, &o), CVH_OK);
    ck_assert_int_eq(cvh_flip_merge(&m, &f, partner, CVH_FLIP_MIRROR, &p), CVH_OK);
    assert_maps_agree("interleaved", &o, &p, NULL);
    for (int map = 0; map < MAPS; map++)
        for (int row = 0; row < ROWS; row++)
            for (int col = 0; col < COLS; col++) {
                double expected = (sample(&m, map, row, col) + sample(&f, MAPS - 1 - map, row, COLS - 1 - col)) / 2;
                ck_assert_double_eq(sample(&o, map, row, col), expected);
            }
}
END_TEST

/* Each in its words, and nothing is written. */
START_TEST(refused)
{
    enum { SAMPLES = 3 * 4 * 5 };
    static float a[2 * SAMPLES], b[SAMPLES];
    static const int partner[3] = {2, 1, 0}, low[3] = {-1, 1, 0}, high[3] = {2, 3, 0}, one_way[3] = {1, 2, 0};
    static const int low_behind[3] = {2, 1, -5}, high_behind[3] = {2, 1, 7};
    const cvh_maps good = cvh_maps_view(a, 3, 4, 5, CVH_32F), same = cvh_maps_view(b, 3, 4, 5, CVH_32F);
    const cvh_maps fewer = cvh_maps_view(b, 2, 4, 5, CVH_32F), lower = cvh_maps_view(b, 3, 3, 5, CVH_32F);
    const cvh_maps narrower = cvh_maps_view(b, 3, 4, 4, CVH_32F), shifted = cvh_maps_view(a + 1, 3, 4, 5, CVH_32F);
    static double deep[SAMPLES];
    const cvh_maps deeper = cvh_maps_view(deep, 3, 4, 5, CVH_64F);
    static unsigned char bytes[SAMPLES];
    const cvh_maps eight = cvh_maps_view(bytes, 3, 4, 5, CVH_8U);
    static float c[SAMPLES];
    const cvh_maps out = cvh_maps_view(c, 3, 4, 5, CVH_32F);
    const struct {
        const char *said;
        const cvh_maps *maps, *flipped, *out;
        const int *partner;
        int flip;
    } cases[] = {
        {"maps is NULL", NULL, &same, &out, partner, 0},
        {"maps: depth is 0", &eight, &same, &out, partner, 0},
        {"flipped is NULL", &good, NULL, &out, partner, 0},
        {"out is NULL", &good, &same, NULL, partner, 0},
        {"flipped is 2 maps of 4x5", &good, &fewer, &out, partner, 0},
        {"flipped is 3 maps of 3x5", &good, &lower, &out, partner, 0},
        {"flipped is 3 maps of 4x4", &good, &narrower, &out, partner, 0},
        {"flipped is 3 maps of 4x5, depth 6", &good, &deeper, &out, partner, 0},
        {"out is 3 maps of 3x5", &good, &same, &lower, partner, 0},
        {"partner is NULL", &good, &same, &out, NULL, 0},
        {"partner[0] is -1", &good, &same, &out, low, 0},
        {"partner[1] is 3", &good, &same, &out, high, 0},
        {"partner[0] is 1, but partner[1] is 2", &good, &same, &out, one_way, 0},
        {"partner[2] is -5", &good, &same, &out, low_behind, 0},
        {"partner[2] is 7", &good, &same, &out, high_behind, 0},
        {"flip is -1", &good, &same, &out, partner, -1},
        {"flip is 6", &good, &same, &out, partner, 6},
        {"out overlaps flipped", &good, &same, &same, partner, 0},
        {"out overlaps maps", &good, &same, &shifted, partner, 0},
    };
    for (int i = 0; i < SAMPLES; i++) c[i] = 7;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i].said,
                       cvh_flip_merge(cases[i].maps, cases[i].flipped, cases[i].partner, (cvh_flip)cases[i].flip, cases[i].out),
                       cases[i].said);
    for (int i = 0; i < SAMPLES; i++) ck_assert(c[i] == 7);
    a[4] = 3; /* the last column, to which no bin comes back; into the maps themselves */
    ck_assert_int_eq(cvh_flip_merge(&good, &same, partner, CVH_FLIP_BIN, &good), CVH_OK);
    ck_assert(a[4] == 3);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("flip");
    TCase *tcase = tcase_create("flip");
    tcase_add_test(tcase, each_mode);
    tcase_add_test(tcase, which_geometry_wants_which);
    tcase_add_test(tcase, simcc_comes_back_by_a_bin);
    tcase_add_test(tcase, layouts_and_partners);
    tcase_add_test(tcase, refused);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
