/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "world.h"

/* ------------------------------------------------------------------------------------------------------------------- crops */

static cvh_status invert(world *w)
{
    static const cvh_affine affine = {2, 0.5, 3, -0.25, 2, 1};
    return cvh_affine_invert(&affine, &w->affine);
}

static cvh_status find_crop(world *w)
{
    return cvh_crop_find("hrnet", &w->rule);
}

static cvh_status find_no_crop(world *w)
{
    return cvh_crop_find("hrnt", &w->rule) == CVH_ERR_ARGUMENT ? CVH_OK : CVH_ERR_OPENCV;
}

static const cvh_crop_rule cutting = {.padding = 1.25, .boxes = CVH_CROP_BOXES_HRNET};
static const cvh_rect person = {-3.5, 8, 20, 41};

static cvh_status clean_box(world *w)
{
    return cvh_crop_clean(&cutting, &person, 40, 40, &w->box, &w->kept);
}

static cvh_status fit_crop(world *w)
{
    return cvh_crop_fit(&cutting, &person, 40, 40, 64, 48, 30, &w->crop);
}

static cvh_status flip_merge(world *w)
{
    static const int partner[2] = {1, 0};
    cvh_maps maps = world_packed(w->samples, CVH_32F), flipped = world_interleaved(w->samples),
             out = world_packed(w->results, CVH_32F);
    return cvh_flip_merge(&maps, &flipped, partner, CVH_FLIP_SHIFT, &out);
}

/* The samples are maps, and beside them offsets that are samples too. */
static cvh_status encode_offsets(world *w)
{
    static const cvh_offsets rules[] = {{.disc = 4, .area = CVH_OFFSET_DISC}, {.length = 2}, {.area = CVH_OFFSET_CELL}};
    for (int i = 0; i < 3; i++) {
        cvh_maps maps = cvh_maps_view(w->results, 2, 20, 20, CVH_32F), dx = cvh_maps_view(w->results + 400, 2, 20, 20, CVH_32F);
        cvh_maps dy = cvh_maps_view(w->results + 800, 1, 20, 20, CVH_64F);
        cvh_convention convention = {.scale_x = 0.5, .scale_y = 0.5, .gaussian = {.sigma_x = 1}, .offsets = rules[i]};
        cvh_status status = cvh_encode_offsets(&maps, &dx, &dy, world_points, WORLD_POINTS, &convention, w->weights);
        if (status) return status;
    }
    return CVH_OK;
}

static cvh_status encode_offsets_by_blur(world *w)
{
    cvh_maps maps = world_packed(w->results, CVH_32F), dx = cvh_maps_view(w->results + 1600, 1, 40, 40, CVH_32F);
    cvh_maps dy = cvh_maps_view(w->results + 2400, 1, 40, 40, CVH_32F);
    return cvh_encode_offsets(&maps, &dx, &dy, world_points, WORLD_POINTS, &world_blurred, w->weights);
}

static cvh_status encode_offsets_asking(world *w)
{
    cvh_maps maps = world_packed(w->results, CVH_32F), dx = cvh_maps_view(w->results + 1600, 1, 40, 40, CVH_32F);
    cvh_maps dy = cvh_maps_view(w->results + 2400, 1, 40, 40, CVH_32F);
    return world_done_or_untouched(w,
                                   cvh_encode_offsets(&maps, &dx, &dy, world_points, WORLD_POINTS, &world_asking, w->weights));
}

static cvh_status decode_offsets(world *w)
{
    cvh_maps maps = world_packed(w->samples, CVH_32F);
    cvh_convention convention = {.offsets = {.blur_ksize = 7}};
    return cvh_decode_offsets(&maps, &maps, &maps, &convention, w->peaks);
}

static cvh_status find_offsets(world *w)
{
    cvh_maps maps = world_packed(w->samples, CVH_32F);
    return cvh_find_peaks_offsets(&maps, &maps, &maps, NULL, w->peaks, WORLD_PEAKS, &w->count);
}

static cvh_status decode_offsets_by_search(world *w)
{
    cvh_maps maps = world_packed(w->samples, CVH_32F);
    return cvh_decode_offsets(&maps, &maps, &maps, &world_by_search, w->peaks);
}

static cvh_status find_offsets_by_search(world *w)
{
    cvh_maps maps = world_packed(w->samples, CVH_32F);
    return cvh_find_peaks_offsets(&maps, &maps, &maps, &world_by_search, w->peaks, WORLD_PEAKS, &w->count);
}

static cvh_status find_simcc(world *w)
{
    return cvh_simcc_find("rtmpose", &w->simcc);
}

static cvh_status find_no_simcc(world *w)
{
    return cvh_simcc_find("simc", &w->simcc) == CVH_ERR_ARGUMENT ? CVH_OK : CVH_ERR_OPENCV;
}

/* Between bins, on whole bins, and in doubles. */
static cvh_status encode_vectors(world *w)
{
    static const cvh_simcc simccs[] = {{.sigma_x = 3}, {.sigma_x = 3, .whole_bins = 1}, {.label = CVH_SIMCC_ONE_HOT}};
    for (int i = 0; i < 4; i++) {
        cvh_depth depth = i < 3 ? CVH_32F : CVH_64F;
        cvh_maps x = cvh_maps_view(w->results, 2, 1, 40, depth), y = cvh_maps_view(w->results + 100, 2, 1, 60, depth);
        cvh_status status = cvh_simcc_encode(&x, &y, world_points, WORLD_POINTS, &simccs[i % 3], w->weights);
        if (status) return status;
    }
    return CVH_OK;
}

/* A row and a column through each peak, by every refinement. */
static cvh_status decode_vectors(world *w)
{
    static const cvh_refine refines[] = {CVH_REFINE_FIT, CVH_REFINE_NONE, CVH_REFINE_DARK};
    const float *samples = (const float *)w->samples;
    cvh_maps x = cvh_maps_view(samples + 9 * 40, 2, 1, 40, CVH_32F), y = cvh_maps_view(samples + 21, 2, 1, 40, CVH_32F);
    x.map_step = y.map_step = sizeof(float) * 40 * 40;
    y.col_step = sizeof(float) * 40;
    for (int i = 0; i < 3; i++) {
        cvh_simcc simcc = {.sigma_x = 2, .refine = refines[i], .beta = i};
        cvh_status status = cvh_simcc_decode(&x, &y, &simcc, w->peaks + 2 * i);
        if (status) return status;
    }
    return CVH_OK;
}

static cvh_status crosscheck_labels(world *w)
{
    cvh_maps x = cvh_maps_view(NULL, 2, 1, 40, CVH_32F), y = cvh_maps_view(NULL, 2, 1, 60, CVH_64F);
    return cvh_crosscheck_simcc(cvh_simcc_encode, cvh_simcc_encode, &x, &y, world_points, WORLD_POINTS, NULL, NULL, &w->report,
                                &w->report_y);
}

static cvh_status crosscheck_vectors(world *w)
{
    cvh_maps x = cvh_maps_view((const float *)w->samples + 9 * 40, 2, 1, 40, CVH_32F);
    return cvh_crosscheck_simcc_decode(cvh_simcc_decode, cvh_simcc_decode, &x, &x, NULL, 0, &w->peak_report);
}

static cvh_status keypoints_from(world *w)
{
    static const float xyv[6] = {1, 2, 2, 3, 4, 0};
    cvh_keypoint made[2];
    cvh_status status = cvh_keypoints_from(xyv, 2, 1, 1, made);
    w->box = (cvh_rect){made[0].x, made[0].y, made[0].map, made[1].map};
    return status;
}

static const cvh_affine turned = {0.7, 0.2, 3, -0.2, 0.7, 5};

static cvh_status warp_floats(world *w)
{
    cvh_maps photo = world_interleaved(w->samples), input = world_interleaved(w->results);
    return cvh_warp(&photo, &input, &turned, 0);
}

static cvh_status warp_planes(world *w)
{
    cvh_maps photo = world_packed(w->samples, CVH_32F), input = world_packed(w->results, CVH_32F);
    return cvh_warp(&photo, &input, &turned, 0);
}

static cvh_status warp_natively(world *w)
{
    cvh_maps photo = world_packed(w->samples, CVH_32F), input = world_packed(w->results, CVH_32F);
    return world_done_or_untouched(w, cvh_warp_native(&photo, &input, &turned, 0));
}

static cvh_status crosscheck_warp(world *w)
{
    cvh_maps photo = world_packed(w->samples, CVH_32F);
    return world_done_or_untouched(
        w, cvh_crosscheck_warp(cvh_warp, cvh_warp_native, &photo, &photo, &turned, 0, NULL, &w->report));
}

static cvh_status image_of_crop(world *w)
{
    cvh_crop crop = {.to_input = turned, .input_rows = 40, .input_cols = 40};
    cvh_maps photo = cvh_maps_interleaved(w->samples, 3, 40, 40, CVH_8U, 0),
             input = cvh_maps_view(w->results, 3, 40, 40, CVH_8U);
    return cvh_crop_image(&crop, &photo, &input);
}

static cvh_status image_asking(world *w)
{
    cvh_crop crop = {.to_input = turned, .input_rows = 40, .input_cols = 40, .arithmetic = CVH_ARITHMETIC_OPENCV};
    cvh_maps photo = world_packed(w->samples, CVH_32F), input = world_packed(w->results, CVH_32F);
    return world_done_or_untouched(w, cvh_crop_image(&crop, &photo, &input));
}

static cvh_status image_resized(world *w)
{
    cvh_crop_rule rule;
    cvh_maps photo = cvh_maps_interleaved(w->samples, 3, 40, 30, CVH_8U, 0),
             input = cvh_maps_view(w->results, 3, 28, 28, CVH_8U);
    cvh_status status = cvh_crop_find("letterbox", &rule);
    if (!status) status = cvh_crop_fit(&rule, NULL, 40, 30, 28, 28, 0, &w->crop);
    return status ? status : cvh_crop_image(&w->crop, &photo, &input);
}

const world_case world_crops[] = {
    {"cvh_affine_invert", "", false, false, invert, false},
    {"cvh_crop_find", "", false, false, find_crop, false},
    {"cvh_crop_find", "no such name", false, false, find_no_crop, false},
    {"cvh_crop_clean", "", false, false, clean_box, false},
    {"cvh_crop_fit", "", false, false, fit_crop, false},
    {"cvh_flip_merge", "", false, false, flip_merge, false},
    {"cvh_warp", "interleaved", true, true, warp_floats, false},
    {"cvh_warp", "planes", true, true, warp_planes, false},
    {"cvh_warp_native", "", true, true, warp_natively, false},
    {"cvh_crosscheck_warp", "", true, true, crosscheck_warp, false},
    {"cvh_crop_image", "warped", false, false, image_of_crop, false},
    {"cvh_crop_image", "arithmetic OPENCV", true, true, image_asking, false},
    {"cvh_crop_image", "resized", false, false, image_resized, false},
    {"cvh_encode_offsets", "by blur", true, true, encode_offsets_by_blur, false},
    {"cvh_encode_offsets", "arithmetic OPENCV at edges", true, true, encode_offsets_asking, false},
    {"cvh_decode_offsets", "a search of the blurred map", true, false, decode_offsets_by_search, false},
    {"cvh_find_peaks_offsets", "a search of the blurred map", true, false, find_offsets_by_search, false},
    {"cvh_encode_offsets", "by patch and discs", false, false, encode_offsets, false},
    {"cvh_decode_offsets", "", false, false, decode_offsets, false},
    {"cvh_find_peaks_offsets", "", false, false, find_offsets, false},
    {"cvh_simcc_find", "", false, false, find_simcc, false},
    {"cvh_simcc_find", "no such name", false, false, find_no_simcc, false},
    {"cvh_simcc_encode", "", false, false, encode_vectors, false},
    {"cvh_simcc_decode", "every refinement", false, false, decode_vectors, false},
    {"cvh_crosscheck_simcc", "", true, false, crosscheck_labels, false},
    {"cvh_crosscheck_simcc_decode", "", true, false, crosscheck_vectors, false},
    {"cvh_keypoints_from", "", false, false, keypoints_from, false},
    {.function = NULL},
};
