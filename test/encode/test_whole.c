/* SPDX-License-Identifier: Apache-2.0
 * Gaussians that cover maps, many at once, against the same drawn one by one; and what AVX2 computes against the loop. */
#include "encode/whole.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gaussian/products.h"
#include "support/layouts.h"
#include "support/support.h"

enum { MAPS = 40, POINTS = 60 };

typedef struct drawing {
    cvh_convention convention;
    cvh_gaussian own;
    cvh_keypoint points[POINTS];
    size_t count;
    int rows, cols;
    layout layout;
} drawing;

/* Maps as wide as vectors of 8 and others, some without room for a batch; sigmas that no line serves among them. */
static drawing random_drawing(random_state *random)
{
    static const int sizes[] = {1, 5, 8, 16, 40, 48, 56, 64, 72, 96, 100, 130};
    static const double sigmas[] = {0.7, 1, 17. / 12, 2, 3.3, 5, 17, 40};
    drawing made = {.own = {.sigma_x = 3}};
    made.rows = sizes[random_int(random, 0, 11)];
    made.cols = sizes[random_int(random, 0, 11)];
    if (!random_int(random, 0, 20)) made.rows = 2, made.cols = random_int(random, 1000, 2100);
    if (!random_int(random, 0, 20)) made.rows = random_int(random, 1000, 2100), made.cols = 2;
    made.layout = random_int(random, 0, 2) ? LAYOUT_PADDED : (layout)random_int(random, 0, LAYOUTS - 1);
    made.convention = (cvh_convention){.snap = random_int(random, 0, 3) ? CVH_SNAP_NONE : CVH_SNAP_HALF_UP,
                                       .centre = CVH_CENTRE_SUBPIXEL,
                                       .overlap = (cvh_overlap)random_int(random, 0, 3),
                                       .drop = random_int(random, 0, 1) ? CVH_DROP_NONE : CVH_DROP_THREE_SIGMA};
    cvh_gaussian *gaussian = &made.convention.gaussian;
    gaussian->sigma_x = sigmas[random_int(random, 0, 7)];
    gaussian->sigma_y = random_int(random, 0, 2) ? 0 : sigmas[random_int(random, 0, 7)];
    gaussian->ksize_x = CVH_WHOLE_MAP;
    gaussian->peak = random_int(random, 0, 1) ? 0 : 255;
    made.count = (size_t)random_int(random, 5, POINTS);
    return made;
}

/* A keypoint a map, often; some maps without, some with two, some keypoints in no order, with a Gaussian of their own, far
 * away or not labelled. */
static void add_points(drawing *made, random_state *random)
{
    int map = random_int(random, 0, 2);
    for (size_t i = 0; i < made->count; i++) {
        double x = made->cols * random_real(random), y = made->rows * random_real(random);
        if (!random_int(random, 0, 20)) x += 1000 * random_normal(random);
        if (!random_int(random, 0, 20)) y = NAN;
        made->points[i] = (cvh_keypoint){x, y, map % MAPS, random_int(random, 0, 20) ? NULL : &made->own};
        map += random_int(random, 0, 9) ? 1 : random_int(random, 0, 3);
    }
}

/* The weight of a keypoint alone. */
static float weight_of(const drawing *made, size_t i, float *scratch)
{
    const cvh_maps map = cvh_maps_view(scratch, 1, made->rows, made->cols, CVH_32F);
    cvh_keypoint point = made->points[i];
    float weight = -1;
    point.map = 0;
    ck_assert(cvh_encode(&map, &point, 1, &made->convention, &weight) == CVH_OK);
    return weight;
}

static void assert_drawn(const drawing *made, int trial)
{
    laid_out many = laid_out_new(made->layout, MAPS, made->rows, made->cols, CVH_32F);
    laid_out one = laid_out_new(made->layout, MAPS, made->rows, made->cols, CVH_32F);
    float weights[POINTS], *scratch = malloc(sizeof(float) * (size_t)made->rows * (size_t)made->cols);
    ck_assert_ptr_nonnull(scratch);
    ck_assert_msg(cvh_encode(&many.maps, made->points, made->count, &made->convention, weights) == CVH_OK, "%s",
                  cvh_last_error());
    ck_assert(cvh_encode(&one.maps, NULL, 0, &made->convention, NULL) == CVH_OK);
    for (size_t i = 0; i < made->count; i++) {
        ck_assert(cvh_draw(&one.maps, &made->points[i], 1, &made->convention) == CVH_OK);
        ck_assert_msg(weights[i] == weight_of(made, i, scratch), "trial %d: keypoint %zu has weight %g", trial, i,
                      (double)weights[i]);
    }
    ck_assert_msg(laid_out_differing(&many.maps, &one.maps) == 0, "trial %d: %zu keypoints on maps %dx%d, %s: other bits",
                  trial, made->count, made->rows, made->cols, layout_names[made->layout]);
    ck_assert_msg(laid_out_gaps_intact(&many), "trial %d: written between the samples", trial);
    free(scratch);
    laid_out_free(&many);
    laid_out_free(&one);
}

/* One by one, no line is made ready: each value is the exponential's own. */
START_TEST(many_at_once_are_one_by_one)
{
    random_state random = random_start(321);
    for (int trial = 0; trial < 250; trial++) {
        drawing made = random_drawing(&random);
        add_points(&made, &random);
        assert_drawn(&made, trial);
    }
}
END_TEST

#ifdef CVH_HAS_AVX2

/* As loops for every machine have them: floats of every size, subnormal ones and 0 among them, and whether one is in doubt. */
START_TEST(products_by_avx2)
{
    enum { MOST = 80 };
    random_state random = random_start(322);
    int doubtful = 0;
    if (!cvh_avx2_runs()) return;
    for (int trial = 0; trial < 20000; trial++) {
        double bells[MOST], powers[2][CVH_BELL_LANES], scale = ldexp(1, random_int(&random, -150, 0));
        double E8 = 0.5 + random_real(&random), larger = 1 + ldexp(random_real(&random), random_int(&random, -40, -28));
        float out[2][MOST + 1];
        int count = CVH_BELL_LANES * random_int(&random, 0, MOST / CVH_BELL_LANES);
        for (int i = 0; i < MOST; i++) bells[i] = random_int(&random, 0, 20) ? scale * random_real(&random) : 0;
        for (int j = 0; j < CVH_BELL_LANES; j++) powers[0][j] = powers[1][j] = random_real(&random);
        for (int i = 0; i <= MOST; i++) out[0][i] = out[1][i] = -7;
        bool doubt = cvh_bell_products_in_doubt(bells, powers[0], E8, larger, count, out[0]) != 0;
        bool too = cvh_bell_products_in_doubt_avx2(bells, powers[1], E8, larger, count, out[1]) != 0;
        ck_assert_msg(doubt == too && !memcmp(out[0], out[1], sizeof out[0]), "trial %d, %d products", trial, count);
        doubtful += doubt;
    }
    ck_assert_msg(doubtful > 1000 && doubtful < 19000, "%d of 20000 are in doubt", doubtful);
}
END_TEST

#endif

static Suite *suite(void)
{
    Suite *s = suite_create("whole");
    TCase *c = tcase_create("whole");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, many_at_once_are_one_by_one);
#ifdef CVH_HAS_AVX2
    tcase_add_test(c, products_by_avx2);
#endif
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
