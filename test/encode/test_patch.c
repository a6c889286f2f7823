/* SPDX-License-Identifier: Apache-2.0
 * What the patch promises beyond its arithmetic: that memory layout, alignment, slices and the order of maps do not matter,
 * that drawing and erasing touch their windows alone, and which shapes are the same. */
#include "support/scenes.h"

/* --------------------------------------------------------------------------------------- layouts, alignment, slices, order */

START_TEST(layouts_do_not_matter)
{
    random_state random = random_start(41);
    for (int i = 0; i < 1500; i++) {
        scene made = random_scene(&random);
        use_own_gaussians(&made);
        laid_out drawn[LAYOUTS];
        for (int kind = 0; kind < LAYOUTS; kind++) {
            drawn[kind] = laid_out_new((layout)kind, made.count, made.rows, made.cols, made.depth);
            draw_by(cvh_patch, &made, &drawn[kind].maps);
            if (!laid_out_gaps_intact(&drawn[kind]))
                ck_abort_msg("%s: %s: written between the samples", described(&made), layout_names[kind]);
            int differing = laid_out_differing(&drawn[0].maps, &drawn[kind].maps);
            if (differing)
                ck_abort_msg("%s: %s: %d samples differ from packed", described(&made), layout_names[kind], differing);
        }
        for (int kind = 0; kind < LAYOUTS; kind++) laid_out_free(&drawn[kind]);
    }
}
END_TEST

/* Every alignment to the sample's size, against every position in a vector register. */
START_TEST(alignment_does_not_matter)
{
    random_state random = random_start(42);
    for (int i = 0; i < 400; i++) {
        scene made = random_scene(&random);
        use_own_gaussians(&made);
        size_t size = made.depth == CVH_32F ? 4 : 8, bytes = (size_t)(made.count * made.rows * made.cols) * size;
        unsigned char *memory = malloc(bytes + 9 * size), *first = malloc(bytes);
        ck_assert(memory && first);
        for (size_t shift = 0; shift <= 8; shift++) {
            cvh_maps maps = cvh_maps_view(memory + shift * size, made.count, made.rows, made.cols, made.depth);
            draw_by(cvh_patch, &made, &maps);
            if (shift == 0) memcpy(first, maps.data, bytes);
            if (memcmp(first, maps.data, bytes))
                ck_abort_msg("%s: %zu samples further on: other bits", described(&made), shift);
        }
        free(memory);
        free(first);
    }
}
END_TEST

/* Windows of each width, by vectors and by the plain loop of samples that lie apart. */
START_TEST(width_does_not_matter)
{
    random_state random = random_start(45);
    for (int cols = 1; cols <= 160; cols++)
        for (int kind = 0; kind < 8; kind++) {
            scene made = {.count = 1, .rows = 7, .cols = cols, .depth = kind < 4 ? CVH_32F : CVH_64F, .crowd = 3};
            for (int k = 0; k < 3; k++)
                made.points[k] = (cvh_keypoint){.x = cols * random_real(&random), .y = 7 * random_real(&random)};
            made.convention = (cvh_convention){.gaussian = {.sigma_x = 30, .ksize_x = 401}, .overlap = (cvh_overlap)(kind % 4)};
            laid_out dense = laid_out_new(LAYOUT_PADDED, 1, 7, cols, made.depth);
            laid_out apart = laid_out_new(LAYOUT_SPARSE, 1, 7, cols, made.depth);
            draw_by(cvh_patch, &made, &dense.maps);
            draw_by(cvh_patch, &made, &apart.maps);
            ck_assert_msg(laid_out_gaps_intact(&dense), "%s: written between the samples", described(&made));
            ck_assert_msg(laid_out_differing(&apart.maps, &dense.maps) == 0, "%s: other bits", described(&made));
            laid_out_free(&dense);
            laid_out_free(&apart);
        }
}
END_TEST

/* A batch drawn at once, map by map in slices, and with its keypoints sorted by map: the same bits. */
START_TEST(slices_and_order_do_not_matter)
{
    random_state random = random_start(43);
    for (int i = 0; i < 1000; i++) {
        scene made = random_scene(&random);
        use_own_gaussians(&made);
        scene sorted = made, slice = made;
        sorted.crowd = 0;
        laid_out whole = laid_out_new(LAYOUT_PACKED, made.count, made.rows, made.cols, made.depth);
        laid_out other = laid_out_new(LAYOUT_PACKED, made.count, made.rows, made.cols, made.depth);
        draw_by(cvh_patch, &made, &whole.maps);
        for (int map = 0; map < made.count; map++) {
            slice.crowd = 0;
            for (size_t k = 0; k < made.crowd; k++) {
                if (made.points[k].map != map) continue;
                sorted.points[sorted.crowd++] = slice.points[slice.crowd++] = made.points[k];
                slice.points[slice.crowd - 1].map = 0;
            }
            cvh_maps one = cvh_maps_view(layout_at(&other.maps, map, 0, 0), 1, made.rows, made.cols, made.depth);
            draw_by(cvh_patch, &slice, &one);
        }
        ck_assert_msg(laid_out_differing(&whole.maps, &other.maps) == 0, "%s: slices differ", described(&made));
        draw_by(cvh_patch, &sorted, &other.maps);
        ck_assert_msg(laid_out_differing(&whole.maps, &other.maps) == 0, "%s: sorted differs", described(&made));
        laid_out_free(&whole);
        laid_out_free(&other);
    }
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------- draw and erase */

static void clear(laid_out *made)
{
    for (size_t i = 0; i < made->bytes; i++)
        if (made->samples[i]) made->block[i] = 0;
}

/* cvh_draw onto cleared maps is cvh_patch; cvh_erase leaves every byte as clearing did. NORM_MAX takes one keypoint a map. */
START_TEST(draw_and_erase)
{
    random_state random = random_start(44);
    for (int i = 0; i < 2000; i++) {
        scene made = random_scene(&random);
        use_own_gaussians(&made);
        if (made.convention.norm == CVH_NORM_MAX) {
            made.crowd = made.crowd < (size_t)made.count ? made.crowd : (size_t)made.count;
            for (size_t k = 0; k < made.crowd; k++) made.points[k].map = (int)(made.crowd - 1 - k);
        }
        layout kind = (layout)random_int(&random, 0, LAYOUTS - 1);
        laid_out patched = laid_out_new(kind, made.count, made.rows, made.cols, made.depth);
        laid_out drawn = laid_out_new(kind, made.count, made.rows, made.cols, made.depth);
        laid_out cleared = laid_out_new(kind, made.count, made.rows, made.cols, made.depth);
        clear(&drawn);
        clear(&cleared);
        draw_by(cvh_patch, &made, &patched.maps);
        draw_by(cvh_draw, &made, &drawn.maps);
        ck_assert_msg(memcmp(patched.block, drawn.block, drawn.bytes) == 0, "%s: draw differs from patch", described(&made));
        draw_by(cvh_erase, &made, &drawn.maps);
        ck_assert_msg(memcmp(cleared.block, drawn.block, drawn.bytes) == 0, "%s: erase left something", described(&made));
        laid_out_free(&patched);
        laid_out_free(&drawn);
        laid_out_free(&cleared);
    }
}
END_TEST

/* Erasing touches the windows alone: what lies elsewhere, drawn or not, stays. */
START_TEST(erase_leaves_the_rest)
{
    double data[20 * 30];
    for (int i = 0; i < 600; i++) data[i] = i + 1;
    cvh_maps maps = cvh_maps_view(data, 1, 20, 30, CVH_64F);
    cvh_keypoint points[] = {{.x = 7, .y = 5}, {.x = 28, .y = 19}, {.x = NAN, .y = 3}, {.x = 60, .y = 3}};
    cvh_convention convention = {.gaussian = {.sigma_x = 1, .ksize_x = 5, .ksize_y = 3}};
    ck_assert_int_eq(cvh_erase(&maps, points, 4, &convention), CVH_OK);
    for (int row = 0; row < 20; row++)
        for (int col = 0; col < 30; col++) {
            bool erased = (abs(col - 7) <= 2 && abs(row - 5) <= 1) || (abs(col - 28) <= 2 && abs(row - 19) <= 1);
            double expected = erased ? 0 : row * 30 + col + 1;
            ck_assert_msg(data[row * 30 + col] == expected, "row %d col %d: %g", row, col, data[row * 30 + col]);
        }
}
END_TEST

/* ----------------------------------------------------------------------------------------------- shapes that equal another */

static void same_bits(const char *name, const scene *a, const scene *b)
{
    laid_out drawn = laid_out_new(LAYOUT_PACKED, a->count, a->rows, a->cols, a->depth);
    laid_out other = laid_out_new(LAYOUT_PACKED, a->count, a->rows, a->cols, a->depth);
    draw_by(cvh_patch, a, &drawn.maps);
    draw_by(cvh_patch, b, &other.maps);
    ck_assert_msg(laid_out_differing(&drawn.maps, &other.maps) == 0, "%s: %s", name, described(a));
    laid_out_free(&drawn);
    laid_out_free(&other);
}

/* Fields of a keypoint's own Gaussian that are 0 take the convention's; the others replace it. */
START_TEST(own_gaussians)
{
    random_state random = random_start(49);
    for (int i = 0; i < 500; i++) {
        scene by_convention = random_scene(&random), by_keypoint = by_convention;
        cvh_gaussian full = by_convention.convention.gaussian, own = full, *shared = &by_keypoint.convention.gaussian;
        full.sigma_y = own.sigma_y = 1.5;
        by_convention.convention.gaussian = full;
        *shared = full;
        switch (i % 4) {
        case 0: own = (cvh_gaussian){0}; break;
        case 1: own = (cvh_gaussian){.sigma_x = full.sigma_x}, shared->sigma_x = 9; break;
        case 2: own = (cvh_gaussian){.sigma_y = full.sigma_y}, shared->sigma_y = 9; break;
        default: *shared = (cvh_gaussian){0}; break;
        }
        for (size_t k = 0; k < by_keypoint.crowd; k++) by_keypoint.points[k].gaussian = &own;
        same_bits("own Gaussians", &by_convention, &by_keypoint);
    }
}
END_TEST

/* CVH_WHOLE_MAP is a window that covers the map from anywhere. */
START_TEST(whole_map_window)
{
    random_state random = random_start(50);
    for (int i = 0; i < 500; i++) {
        scene whole = random_scene(&random);
        cvh_convention *c = &whole.convention;
        c->border = CVH_BORDER_METHOD;
        c->drop = CVH_DROP_NONE;
        if (c->snap == CVH_SNAP_NONE) c->centre = CVH_CENTRE_SNAPPED;
        if (c->norm != CVH_NORM_SUM) c->norm = CVH_NORM_NONE;
        c->gaussian.ksize_x = CVH_WHOLE_MAP;
        c->gaussian.ksize_y = 0;
        scene wide = whole;
        wide.convention.gaussian.ksize_x = 1001;
        same_bits("whole map", &whole, &wide);
    }
}
END_TEST

/* With CVH_SNAP_NONE on a pixel, an odd width is the snapped window. */
START_TEST(real_width_on_a_pixel)
{
    random_state random = random_start(51);
    for (int i = 0; i < 500; i++) {
        scene snapped = random_scene(&random);
        cvh_convention *c = &snapped.convention;
        *c = (cvh_convention){
            .gaussian = {.sigma_x = 0.4 + 3 * random_real(&random), .ksize_x = 2 * random_int(&random, 0, 9) + 1},
            .overlap = c->overlap,
            .max_exponent = c->max_exponent};
        for (size_t k = 0; k < snapped.crowd; k++) {
            snapped.points[k].x =
                fmax(floor(snapped.points[k].x), (c->gaussian.ksize_x - 1) / 2); /* trunc is floor from 0 on */
            snapped.points[k].y = fmax(floor(snapped.points[k].y), (c->gaussian.ksize_x - 1) / 2);
        }
        scene real = snapped;
        real.convention.snap = CVH_SNAP_NONE;
        same_bits("a real width", &snapped, &real);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("patch");
    TCase *tcase = tcase_create("patch");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, layouts_do_not_matter);
    tcase_add_test(tcase, alignment_does_not_matter);
    tcase_add_test(tcase, width_does_not_matter);
    tcase_add_test(tcase, slices_and_order_do_not_matter);
    tcase_add_test(tcase, draw_and_erase);
    tcase_add_test(tcase, erase_leaves_the_rest);
    tcase_add_test(tcase, own_gaussians);
    tcase_add_test(tcase, whole_map_window);
    tcase_add_test(tcase, real_width_on_a_pixel);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
