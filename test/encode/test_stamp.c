/* SPDX-License-Identifier: Apache-2.0
 * Stamps against the painter, bit for bit. A view of every second sample is never stamped, so it says what a dense one must
 * hold; and so does cvh_draw, keypoint by keypoint. */
#include "encode/stamp.h"

#include <math.h>
#include <stdio.h>

#include "encode/points.h"
#include "encode/stamp_crowd.h"
#include "support/layouts.h"

/* ------------------------------------------------------------------------------------------------------- what is stamped */

static void must(const char *name, cvh_status status)
{
    if (status) ck_abort_msg("%s: %s", name, cvh_last_error());
}

/* What cvh_patch prepares before it draws. */
typedef struct prepared {
    cvh_maps view;
    cvh_points points;
    cvh_placer placer;
    cvh_painter painter;
    cvh_stamp stamp;
} prepared;

static void prepare(const char *name, prepared *made, const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                    const cvh_convention *convention)
{
    must(name, cvh_maps_check("maps", maps, CVH_DEPTHS_DRAWN, &made->view));
    must(name, cvh_points_check(points, count, convention, CVH_METHOD_PATCH, &made->view, false, &made->points));
    cvh_placer_start(&made->placer, convention, &made->points.shared, &made->view);
    cvh_painter_start(&made->painter, &made->view, convention);
    cvh_painter_take(&made->painter, &made->points.shared);
    cvh_stamp_start(&made->stamp, &made->painter, &made->placer);
}

static cvh_convention named(const char *name)
{
    cvh_convention convention;
    must(name, cvh_convention_find(name, &convention));
    return convention;
}

typedef struct kind_case {
    const char *name, *convention;
    cvh_stamp_kind kind;
    int rows, cols;
    cvh_depth depth;
    layout maps;
    cvh_convention change; /* its fields that are not 0 */
} kind_case;

static const kind_case kind_cases[] = {
    {"hrnet", "hrnet", CVH_STAMP_PRODUCT, 64, 48, CVH_32F, LAYOUT_PACKED, {0}},
    {"mmpose_msra", "mmpose_msra", CVH_STAMP_PRODUCT, 64, 48, CVH_32F, LAYOUT_PACKED, {0}},
    {"udp", "udp", CVH_STAMP_SUBPIXEL, 64, 48, CVH_32F, LAYOUT_PACKED, {0}},
    {"mmpose_udp", "mmpose_udp", CVH_STAMP_SUBPIXEL, 64, 48, CVH_32F, LAYOUT_PACKED, {0}},
    {"tutorial_patch", "tutorial_patch", CVH_STAMP_RESCALED, 64, 48, CVH_32F, LAYOUT_PACKED, {0}},
    {"padded", "hrnet", CVH_STAMP_PRODUCT, 64, 48, CVH_32F, LAYOUT_PADDED, {0}},
    {"rows first", "udp", CVH_STAMP_SUBPIXEL, 64, 48, CVH_32F, LAYOUT_ROWS_FIRST, {0}},
    {"doubles", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_64F, LAYOUT_PACKED, {0}},
    {"every second sample", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_SPARSE, {0}},
    {"interleaved", "udp", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_INTERLEAVED, {0}},
    {"a map of the block", "hrnet", CVH_STAMP_PRODUCT, 13, 13, CVH_32F, LAYOUT_PACKED, {0}},
    {"a row less", "hrnet", CVH_STAMP_NONE, 12, 13, CVH_32F, LAYOUT_PACKED, {0}},
    {"a column less", "hrnet", CVH_STAMP_NONE, 13, 12, CVH_32F, LAYOUT_PACKED, {0}},
    {"a map of the lanes", "tutorial_patch", CVH_STAMP_RESCALED, 13, 16, CVH_32F, LAYOUT_PACKED, {0}},
    {"a lane less", "tutorial_patch", CVH_STAMP_NONE, 13, 15, CVH_32F, LAYOUT_PACKED, {0}},
    {"the widest", "hrnet", CVH_STAMP_PRODUCT, 64, 48, CVH_32F, LAYOUT_PACKED, {.gaussian = {.ksize_x = 31}}},
    {"too wide", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.gaussian = {.ksize_x = 33, .ksize_y = 3}}},
    {"too high", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.gaussian = {.ksize_x = 3, .ksize_y = 33}}},
    {"too wide to rescale", "tutorial_patch", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.gaussian = {.ksize_x = 33}}},
    {"the widest between pixels", "udp", CVH_STAMP_SUBPIXEL, 64, 48, CVH_32F, LAYOUT_PACKED, {.gaussian = {.ksize_x = 31}}},
    {"narrow along x", "udp", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.gaussian = {.sigma_x = 0.3, .sigma_y = 2}}},
    {"narrow along y", "udp", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.gaussian = {.sigma_y = 0.3}}},
    {"between pixels, rescaled", "udp", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.norm = CVH_NORM_MAX}},
    {"between pixels, to a sum", "udp", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.norm = CVH_NORM_SUM}},
    {"to a sum", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.norm = CVH_NORM_SUM}},
    {"to the centre", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.norm = CVH_NORM_CENTRE}},
    {"a border", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.border = CVH_BORDER_CONSTANT}},
    {"reflected", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.border = CVH_BORDER_REFLECT}},
    {"cut", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.max_exponent = 3}},
    {"not snapped", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.snap = CVH_SNAP_NONE}},
    {"dropped by sigma", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.drop = CVH_DROP_THREE_SIGMA}},
    {"the whole map", "hrnet", CVH_STAMP_NONE, 64, 48, CVH_32F, LAYOUT_PACKED, {.gaussian = {.ksize_x = CVH_WHOLE_MAP}}},
    {"clamped to its peak",
     "hrnet",
     CVH_STAMP_PRODUCT,
     64,
     48,
     CVH_32F,
     LAYOUT_PACKED,
     {.overlap = CVH_OVERLAP_ADD_CLAMP, .gaussian = {.peak = 0.25}}},
    {"clamped to a low peak, then rescaled",
     "tutorial_patch",
     CVH_STAMP_RESCALED,
     64,
     48,
     CVH_32F,
     LAYOUT_PACKED,
     {.overlap = CVH_OVERLAP_ADD_CLAMP, .gaussian = {.peak = 0.25}}},
    {"clamped to a peak of 1, then rescaled",
     "tutorial_patch",
     CVH_STAMP_RESCALED,
     64,
     48,
     CVH_32F,
     LAYOUT_PACKED,
     {.overlap = CVH_OVERLAP_ADD_CLAMP, .gaussian = {.peak = 1}}},
};

static cvh_convention changed(const kind_case *each)
{
    cvh_convention made = named(each->convention);
    const cvh_convention *change = &each->change;
    const cvh_gaussian *shape = &change->gaussian;
    if (change->norm) made.norm = change->norm;
    if (change->border) made.border = change->border;
    if (change->snap) made.snap = change->snap;
    if (change->drop) made.drop = change->drop;
    if (change->overlap) made.overlap = change->overlap;
    if (change->max_exponent > 0) made.max_exponent = change->max_exponent;
    if (shape->sigma_x > 0) made.gaussian.sigma_x = shape->sigma_x;
    if (shape->sigma_y > 0) made.gaussian.sigma_y = shape->sigma_y;
    if (shape->ksize_x > 0) made.gaussian.ksize_x = shape->ksize_x;
    if (shape->ksize_y > 0) made.gaussian.ksize_y = shape->ksize_y;
    if (shape->peak > 0) made.gaussian.peak = shape->peak;
    return made;
}

START_TEST(what_is_stamped)
{
    for (size_t i = 0; i < sizeof kind_cases / sizeof *kind_cases; i++) {
        const kind_case *each = &kind_cases[i];
        static prepared made;
        const cvh_convention convention = changed(each);
        const cvh_keypoint point = {.x = 5, .y = 5};
        laid_out maps = laid_out_new(each->maps, 2, each->rows, each->cols, each->depth);
        prepare(each->name, &made, &maps.maps, &point, 1, &convention);
        ck_assert_msg(made.stamp.kind == each->kind, "%s: kind %d, expected %d", each->name, (int)made.stamp.kind,
                      (int)each->kind);
        laid_out_free(&maps);
    }
}
END_TEST

/* --------------------------------------------------------------------------------------------------- where a batch ends */

static const cvh_gaussian wide = {.sigma_x = 3};

typedef struct batch_case {
    const char *name;
    cvh_keypoint points[6];
    int first, touched, end; /* as the batch begins; 6 points, 9 maps */
    int left[2], touches[2]; /* the index of the first point that is left, and *touched; norm NONE, and MAX */
} batch_case;

static const batch_case batch_cases[] = {
    {"all",
     {{5, 5, 0, 0}, {5, 5, 1, 0}, {5, 5, 3, 0}, {5, 5, 4, 0}, {5, 5, 7, 0}, {5, 5, 8, 0}},
     .end = 9,
     .left = {6, 6},
     .touches = {9, 9}},
    {"from the middle on",
     {{5, 5, 0, 0}, {5, 5, 1, 0}, {5, 5, 3, 0}, {5, 5, 4, 0}, {5, 5, 5, 0}, {5, 5, 6, 0}},
     .first = 2,
     .touched = 3,
     .end = 9,
     .left = {6, 6},
     .touches = {7, 7}},
    {"touched already", {{5, 5, 2, 0}}, .touched = 3, .end = 9, .touches = {3, 3}},
    {"up to its end",
     {{5, 5, 0, 0}, {5, 5, 1, 0}, {5, 5, 4, 0}, {5, 5, 5, 0}, {5, 5, 6, 0}, {5, 5, 7, 0}},
     .end = 5,
     .left = {3, 3},
     .touches = {5, 5}},
    {"its own Gaussian", {{5, 5, 0, 0}, {5, 5, 1, &wide}, {5, 5, 2, 0}}, .end = 9, .left = {1, 1}, .touches = {1, 1}},
    {"two on a map", {{5, 5, 0, 0}, {5, 5, 1, 0}, {6, 5, 1, 0}, {5, 5, 2, 0}}, .end = 9, .left = {2, 1}, .touches = {2, 1}},
    {"absent, then one",
     {{NAN, 5, 1, 0}, {5, 5, 1, 0}, {5, 5, 2, 0}, {5, 5, 0, 0}},
     .end = 9,
     .left = {3, 0},
     .touches = {3, 0}},
    {"descending", {{5, 5, 4, 0}, {5, 5, 2, 0}, {5, 5, 5, 0}}, .end = 9, .left = {1, 1}, .touches = {5, 5}},
    {"absent ones touch nothing",
     {{5, 5, 0, 0}, {NAN, 5, 1, 0}, {5, NAN, 2, 0}, {99, 5, 3, 0}, {5, -99, 4, 0}, {-INFINITY, 5, 6, 0}},
     .end = 9,
     .left = {6, 6},
     .touches = {1, 1}},
};

/* Nothing is drawn on maps that the batch does not touch. */
START_TEST(where_a_batch_ends)
{
    static const char *const conventions[] = {"hrnet", "udp", "tutorial_patch"};
    for (size_t i = 0; i < 3 * sizeof batch_cases / sizeof *batch_cases; i++) {
        const batch_case *each = &batch_cases[i / 3];
        static prepared made;
        static cvh_stamp_batch batch;
        float weights[6] = {-7, -7, -7, -7, -7, -7}, samples[9 * 16 * 16] = {0};
        const cvh_convention convention = named(conventions[i % 3]);
        const cvh_maps maps = cvh_maps_view(samples, 9, 16, 16, CVH_32F);
        int touched = each->touched, max = i % 3 == 2;
        prepare(each->name, &made, &maps, each->points, 6, &convention);
        int left = (int)cvh_stamp_place(&made.stamp, &made.points, (size_t)each->first, &touched, each->end, weights, &batch);
        cvh_stamp_write(&made.stamp, &batch);
        ck_assert_msg(left == each->left[max], "%s by %s: ends at %d", each->name, convention.name, left);
        ck_assert_msg(touched == each->touches[max], "%s by %s: touched %d", each->name, convention.name, touched);
        for (int k = 0; k < 6; k++)
            ck_assert_msg((weights[k] != -7) == (k >= each->first && k < left), "%s by %s: weight %d is %g", each->name,
                          convention.name, k, (double)weights[k]);
        for (int k = touched * 256; k < 9 * 256; k++)
            if (samples[k] != 0) ck_abort_msg("%s by %s: drawn behind %d", each->name, convention.name, touched);
    }
}
END_TEST

START_TEST(what_is_not_stamped_is_left)
{
    static prepared made;
    static cvh_stamp_batch batch;
    double samples[16 * 16] = {0};
    float weight = -7;
    int touched = 0;
    const cvh_convention msra = named("hrnet");
    const cvh_maps maps = cvh_maps_view(samples, 1, 16, 16, CVH_64F);
    const cvh_keypoint point = {.x = 5, .y = 5};
    prepare("doubles", &made, &maps, &point, 1, &msra);
    batch.count = 1;
    ck_assert_uint_eq(cvh_stamp_place(&made.stamp, &made.points, 0, &touched, 1, &weight, &batch), 0);
    ck_assert(touched == 0 && weight == -7 && batch.count == 0);
    cvh_stamp_write(&made.stamp, &batch);
    for (int i = 0; i < 256; i++) ck_assert_msg(samples[i] == 0, "sample %d is %g", i, samples[i]);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------ comparing */

static void assert_same(const crowd *made, const char *by, const laid_out *expected, const laid_out *actual)
{
    if (!laid_out_gaps_intact(actual)) ck_abort_msg("%s: written between the samples or beyond", described(made));
    if (laid_out_differing(&expected->maps, &actual->maps) == 0) return;
    char name[600];
    snprintf(name, sizeof name, "%s: %s", described(made), by);
    assert_maps_agree(name, &expected->maps, &actual->maps, NULL);
    ck_abort_msg("%s: a zero's sign", name);
}

static void assert_weights(const crowd *made, const float *expected, const float *actual)
{
    for (size_t i = 0; i < made->size; i++)
        if (expected[i] != actual[i])
            ck_abort_msg("%s: weight %zu of (%g, %g) is %g, expected %g", described(made), i, made->points[i].x,
                         made->points[i].y, (double)actual[i], (double)expected[i]);
    for (size_t i = made->size; i <= MOST; i++)
        if (actual[i] != -7) ck_abort_msg("%s: wrote weight %zu", described(made), i);
}

static void clear(laid_out *maps)
{
    for (size_t i = 0; i < maps->bytes; i++)
        if (maps->samples[i]) maps->block[i] = 0;
}

/* Against cvh_patch of sparse maps and, where it takes the norm, cvh_draw of one keypoint after the other. */
static void assert_stamped(const crowd *made)
{
    laid_out dense = laid_out_new(made->maps, made->count, made->rows, made->cols, CVH_32F);
    laid_out sparse = laid_out_new(LAYOUT_SPARSE, made->count, made->rows, made->cols, CVH_32F);
    float weights[MOST + 1], expected[MOST + 1];
    for (int i = 0; i <= MOST; i++) weights[i] = expected[i] = -7;
    must(described(made), cvh_encode(&sparse.maps, made->points, made->size, &made->convention, expected));
    must(described(made),
         cvh_encode(&dense.maps, made->points, made->size, &made->convention, made->weighted ? weights : NULL));
    assert_same(made, "not as every second sample", &sparse, &dense);
    if (made->weighted) assert_weights(made, expected, weights);
    if (made->alone || made->convention.norm != CVH_NORM_MAX) {
        laid_out drawn = laid_out_new(LAYOUT_PACKED, made->count, made->rows, made->cols, CVH_32F);
        clear(&drawn);
        for (size_t i = 0; i < made->size; i++)
            must(described(made), cvh_draw(&drawn.maps, &made->points[i], 1, &made->convention));
        assert_same(made, "not as drawn one by one", &drawn, &dense);
        laid_out_free(&drawn);
    }
    laid_out_free(&dense);
    laid_out_free(&sparse);
}

/* Every kind is among them, and more keypoints than are placed at a time. */
START_TEST(stamps_are_painted)
{
    static prepared prepared_for;
    static crowd made;
    random_state random = random_start(311);
    int kinds[CVH_STAMP_SUBPIXEL + 1] = {0}, trials = 1200;
    for (int trial = 0; trial < trials; trial++) {
        random_crowd(&random, &made);
        laid_out maps = laid_out_new(made.maps, 1, made.rows, made.cols, CVH_32F);
        cvh_keypoint point = {0};
        prepare(described(&made), &prepared_for, &maps.maps, &point, 1, &made.convention);
        laid_out_free(&maps);
        kinds[prepared_for.stamp.kind] += made.size > CVH_STAMP_BATCH;
        assert_stamped(&made);
    }
    for (int kind = CVH_STAMP_NONE; kind <= CVH_STAMP_SUBPIXEL; kind++)
        ck_assert_msg(kinds[kind] >= trials / 100, "kind %d: %d of %d", kind, kinds[kind], trials);
}
END_TEST

/* The field's sizes, on more maps than are cleared at a time. */
START_TEST(the_fields_conventions)
{
    static const char *const conventions[] = {"hrnet", "mmpose_msra", "udp", "mmpose_udp", "tutorial_patch"};
    static crowd made;
    random_state random = random_start(312);
    for (size_t i = 0; i < 4 * sizeof conventions / sizeof *conventions; i++) {
        made.state = random.state;
        made.convention = named(conventions[i / 4]);
        made.maps = i % 4 == 1 ? LAYOUT_PADDED : LAYOUT_PACKED;
        made.rows = 64, made.cols = 48;
        made.count = 136;
        made.size = 136;
        made.alone = true;
        made.weighted = i % 2;
        for (int k = 0; k < 136; k++)
            made.points[k] = (cvh_keypoint){.x = random_place(&random, 48), .y = random_place(&random, 64), .map = k};
        if (i % 4 == 3) random_maps(&random, &made);
        assert_stamped(&made);
    }
}
END_TEST

/* Every pixel that a window reaches the map from, for every window. */
START_TEST(every_pixel_and_window)
{
    static crowd made;
    const cvh_norm norms[] = {CVH_NORM_NONE, CVH_NORM_MAX, CVH_NORM_NONE};
    made.weighted = true;
    made.alone = true;
    for (int radius = 0; radius <= 15; radius++)
        for (int kind = 0; kind < 3; kind++) {
            double sigma = radius / 3.0 + 0.34;
            made.convention = (cvh_convention){.centre = kind == 2 ? CVH_CENTRE_SUBPIXEL : CVH_CENTRE_SNAPPED,
                                               .norm = norms[kind],
                                               .gaussian = {.sigma_x = fmax(sigma, 0.6), .ksize_x = 2 * radius + 1}};
            int size = kind == 1 ? (2 * radius + 16) / 16 * 16 : 2 * radius + 1;
            made.cols = size + radius % 3;
            made.rows = 2 * radius + 1 + radius % 2;
            made.count = 2 * radius + made.cols + 4;
            made.size = (size_t)made.count;
            for (int along = 0; along < 2; along++) {
                for (int i = 0; i < made.count; i++) {
                    double at = i - radius - 2 + 0.3, across = radius + 0.1;
                    made.points[i] = (cvh_keypoint){.x = along ? across : at, .y = along ? at : across, .map = i};
                }
                assert_stamped(&made);
            }
        }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("stamp");
    TCase *c = tcase_create("stamp");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, what_is_stamped);
    tcase_add_test(c, where_a_batch_ends);
    tcase_add_test(c, what_is_not_stamped_is_left);
    tcase_add_test(c, stamps_are_painted);
    tcase_add_test(c, the_fields_conventions);
    tcase_add_test(c, every_pixel_and_window);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
