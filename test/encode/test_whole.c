/* SPDX-License-Identifier: Apache-2.0
 * Gaussians that cover maps, many at once, against the same drawn one by one; and what AVX2 computes against the loop. */
#include "encode/whole.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gaussian/products_avx2.h"
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

/* ------------------------------------------------------------------------------------------------------------- products */

enum { MOST = 80 };

typedef struct factors {
    double bells[MOST], start, E;
    uint32_t masks[MOST];
    int count;
} factors;

/* start E^i, as many as there are lanes, and E^8: each made of those before it. */
static double powers_of(const factors *f, double powers[CVH_BELL_LANES])
{
    const double E2 = f->E * f->E, E4 = E2 * E2;
    for (int i = 0; i < CVH_BELL_LANES; i++) {
        powers[i] = f->start;
        if (i & 1) powers[i] *= f->E;
        if (i & 2) powers[i] *= E2;
        if (i & 4) powers[i] *= E4;
    }
    return E4 * E4;
}

static bool in_doubt(const factors *f, float *out)
{
    double powers[CVH_BELL_LANES], E8 = powers_of(f, powers);
    return cvh_bell_products_in_doubt(f->bells, f->masks, powers, E8, f->count, out) != 0;
}

static double product_of(const factors *f, int i)
{
    double powers[CVH_BELL_LANES], E8 = powers_of(f, powers), power = powers[i % CVH_BELL_LANES];
    for (int k = 0; k < i / CVH_BELL_LANES; k++) power *= E8;
    return f->bells[i] * power;
}

/* Near halfway between two floats, subnormal ones too, about as far as is in doubt. */
static double near_halfway(random_state *random, double value)
{
    const float below = (float)value, above = nextafterf(below, INFINITY);
    const double halfway = ((double)below + (double)above) / 2;
    return halfway + random_int(random, -9000, 9000) * (nextafter(halfway, INFINITY) - halfway);
}

/* Products round to floats of every size, subnormal ones and 0 among them. One in some is near halfway, if it is by 1. */
static factors random_factors(random_state *random)
{
    const double scale = ldexp(1, random_int(random, -152, 0));
    factors made = {.start = 1, .E = 1, .count = CVH_BELL_LANES * random_int(random, 0, MOST / CVH_BELL_LANES)};
    for (int i = 0; i < MOST; i++) made.bells[i] = random_int(random, 0, 20) ? scale * random_real(random) : 0;
    if (random_int(random, 0, 1)) {
        double *bell = &made.bells[random_int(random, 0, MOST - 1)];
        *bell = near_halfway(random, *bell);
    } else {
        made.start = random_real(random);
        made.E = 0.9 + 0.2 * random_real(random);
    }
    for (int i = 0; i < MOST; i++) {
        const double product = product_of(&made, i);
        const bool any = product > 0 && (product < 0x1.01p-126 || !random_int(random, 0, 9));
        made.masks[i] = any ? CVH_DOUBT_ANY : CVH_DOUBT_NORMAL;
    }
    return made;
}

/* Whether what is off by less than the margin may round to another float. */
static bool may_round_otherwise(double product)
{
    const double off = (CVH_PRODUCT_MARGIN - 1) * (nextafter(product, INFINITY) - product);
    return product > 0 && (float)(product - off) != (float)(product + off);
}

START_TEST(products_in_doubt)
{
    random_state random = random_start(322);
    int doubtful = 0, certain = 0;
    for (int trial = 0; trial < 20000; trial++) {
        const factors f = random_factors(&random);
        float out[MOST + 1];
        bool may = false;
        for (int i = 0; i <= MOST; i++) out[i] = -7;
        const bool doubt = in_doubt(&f, out);
        for (int i = 0; i < f.count; i++) {
            const double product = product_of(&f, i);
            may |= may_round_otherwise(product);
            ck_assert_msg(out[i] == (float)product, "trial %d: product %d is %a, not %a", trial, i, (double)out[i], product);
        }
        ck_assert_msg(out[f.count] == -7, "trial %d, %d products: wrote behind them", trial, f.count);
        ck_assert_msg(doubt || !may, "trial %d, %d products: none is in doubt", trial, f.count);
        doubtful += may;
        certain += !doubt;
    }
    ck_assert_msg(doubtful > 3000 && certain > 10000, "%d must be in doubt, %d are not", doubtful, certain);
}
END_TEST

#ifdef CVH_HAS_AVX2

CVH_FOR_AVX2 static bool in_doubt_by_avx2(const factors *f, float *out)
{
    return cvh_bell_products_in_doubt_avx2(f->bells, f->masks, f->start, f->E, f->count, out) != 0;
}

/* As loops for every machine have them, and whether one is in doubt. */
START_TEST(products_by_avx2)
{
    random_state random = random_start(323);
    int doubtful = 0;
    if (!cvh_avx2_runs()) return;
    for (int trial = 0; trial < 20000; trial++) {
        const factors f = random_factors(&random);
        float out[2][MOST + 1];
        for (int i = 0; i <= MOST; i++) out[0][i] = out[1][i] = -7;
        const bool doubt = in_doubt(&f, out[0]), too = in_doubt_by_avx2(&f, out[1]);
        ck_assert_msg(doubt == too && !memcmp(out[0], out[1], sizeof out[0]), "trial %d, %d products", trial, f.count);
        doubtful += doubt;
    }
    ck_assert_msg(doubtful > 3000 && doubtful < 17000, "%d of 20000 are in doubt", doubtful);
}
END_TEST

#endif

static Suite *suite(void)
{
    Suite *s = suite_create("whole");
    TCase *c = tcase_create("whole");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, many_at_once_are_one_by_one);
    tcase_add_test(c, products_in_doubt);
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
