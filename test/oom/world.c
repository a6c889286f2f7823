/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "world.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATTERN = 0xA5 };

static const cvh_keypoint points[] = {{.x = 11, .y = 7}, {.x = 3.4, .y = 30.6, .map = 1}, {.x = 38, .y = 39, .map = 1}};
enum { POINTS = sizeof points / sizeof *points };

static const cvh_convention plain = {
    .gaussian = {.sigma_x = 2, .ksize_x = 15, .peak = 255}, .norm = CVH_NORM_MAX, .border = CVH_BORDER_REFLECT_101};
static const cvh_convention blurred = {
    .method = CVH_METHOD_BLUR, .gaussian = {.sigma_x = 2, .ksize_x = 15, .peak = 255}, .norm = CVH_NORM_MAX};

static cvh_maps packed(double *samples, cvh_depth depth)
{
    return cvh_maps_view(samples, 2, 40, 40, depth);
}

/* Two interleaved channels of 40x40 floats: no view that OpenCV takes as it lies. */
static cvh_maps interleaved(double *samples)
{
    return cvh_maps_interleaved(samples, 2, 40, 40, CVH_32F, 0);
}

void world_fill(world *w, const char *path)
{
    memset(w, PATTERN, sizeof *w);
    memset(w->samples, 0, sizeof w->samples);
    float *samples = (float *)w->samples;
    for (int map = 0; map < 2; map++)
        for (int row = 0; row < 40; row++)
            for (int col = 0; col < 40; col++)
                samples[(map * 40 + row) * 40 + col] =
                    (float)exp(-((row - 9) * (row - 9) + (col - 21 - map) * (col - 21 - map)) / 8.0);
    memset(w->results, 0, sizeof w->results);
    memset(w->wide, 0, sizeof w->wide);
    w->text = NULL;
    snprintf(w->path, sizeof w->path, "%s", path);
}

static bool all_pattern(const unsigned char *bytes)
{
    for (int i = 0; i < WORLD_GUARD; i++)
        if (bytes[i] != PATTERN) return false;
    return true;
}

bool world_guards_intact(const world *w)
{
    return all_pattern(w->before) && all_pattern(w->behind_samples) && all_pattern(w->behind_results)
           && all_pattern(w->behind_wide) && all_pattern(w->behind);
}

bool world_same(const world *a, const world *b)
{
    return memcmp(a, b, offsetof(world, path)) == 0;
}

/* --------------------------------------------------------------------------------------------- what can run out of memory */

static cvh_status blur_packed(world *w)
{
    cvh_maps maps = packed(w->results, CVH_64F);
    return cvh_blur(&maps, points, POINTS, &plain);
}

static cvh_status blur_interleaved(world *w)
{
    cvh_maps maps = interleaved(w->results);
    return cvh_blur(&maps, points, POINTS, &plain);
}

static cvh_status encode_by_blur(world *w)
{
    cvh_maps maps = packed(w->results, CVH_32F);
    return cvh_encode(&maps, points, POINTS, &blurred, w->weights);
}

/* Near edges that reflect: OpenCV is asked how it adds up, and where that fails, nothing has been written. */
static const cvh_convention asking = {.gaussian = {.sigma_x = 3, .ksize_x = 17},
                                      .border = CVH_BORDER_REFLECT,
                                      .norm = CVH_NORM_KERNEL,
                                      .arithmetic = CVH_ARITHMETIC_OPENCV};

static cvh_status untouched_or_done(const world *w, cvh_status status)
{
    for (int i = 0; status && i < WORLD_SAMPLES; i++)
        if (w->results[i] != 0) return CVH_ERR_FORMAT;
    return status;
}

static cvh_status patch_asking(world *w)
{
    cvh_maps maps = packed(w->results, CVH_32F);
    return untouched_or_done(w, cvh_patch(&maps, points, POINTS, &asking));
}

static cvh_status encode_asking(world *w)
{
    cvh_maps maps = packed(w->results, CVH_64F);
    return untouched_or_done(w, cvh_encode(&maps, points, POINTS, &asking, w->weights));
}

static cvh_status draw_asking(world *w)
{
    cvh_maps maps = packed(w->results, CVH_64F);
    return untouched_or_done(w, cvh_draw(&maps, points, POINTS, &asking));
}

/* In the middle of the maps there is nothing to ask. */
static cvh_status patch_not_asking(world *w)
{
    static const cvh_keypoint middle[] = {{.x = 20, .y = 20}, {.x = 17, .y = 22, .map = 1}};
    cvh_maps maps = packed(w->results, CVH_32F);
    return cvh_patch(&maps, middle, 2, &asking);
}

/* A window of 1401 columns on maps of 2048. */
static cvh_maps wide_maps(world *w)
{
    return cvh_maps_view(w->wide, 1, 3, 2048, CVH_32F);
}

static const cvh_keypoint wide_point = {.x = 1000, .y = 1};
static const cvh_convention wide_convention = {.gaussian = {.sigma_x = 200, .ksize_x = 1401, .ksize_y = 5}};

static cvh_status patch_wide(world *w)
{
    cvh_maps maps = wide_maps(w);
    return cvh_patch(&maps, &wide_point, 1, &wide_convention);
}

static cvh_status encode_wide(world *w)
{
    cvh_maps maps = wide_maps(w);
    return cvh_encode(&maps, &wide_point, 1, &wide_convention, w->weights);
}

static cvh_status draw_wide(world *w)
{
    cvh_maps maps = wide_maps(w);
    return cvh_draw(&maps, &wide_point, 1, &wide_convention);
}

static cvh_status erase_wide(world *w)
{
    cvh_maps maps = wide_maps(w);
    return cvh_erase(&maps, &wide_point, 1, &wide_convention);
}

static cvh_status plain_blur(world *w, cvh_maps from, cvh_maps to)
{
    static const cvh_gaussian gaussian = {.sigma_x = 2, .ksize_x = 9};
    (void)w;
    return cvh_gaussian_blur(&from, &to, &gaussian, CVH_BORDER_REFLECT);
}

static cvh_status gaussian_blur_packed(world *w)
{
    return plain_blur(w, packed(w->samples, CVH_32F), packed(w->results, CVH_32F));
}

static cvh_status gaussian_blur_interleaved(world *w)
{
    return plain_blur(w, interleaved(w->samples), interleaved(w->results));
}

static cvh_status gaussian_blur_8u(world *w)
{
    return plain_blur(w, packed(w->samples, CVH_8U), packed(w->results, CVH_8U));
}

static cvh_status crosscheck(world *w)
{
    cvh_maps shape = cvh_maps_view(NULL, 2, 40, 40, CVH_32F);
    return cvh_crosscheck(cvh_blur, cvh_patch, &shape, points, POINTS, &plain, NULL, &w->report);
}

static cvh_status crosscheck_into(world *w)
{
    cvh_maps expected = packed(w->results, CVH_32F), actual = packed(w->samples, CVH_32F);
    return cvh_crosscheck_into(cvh_blur, cvh_patch, &expected, &actual, points, POINTS, &plain, NULL, &w->report);
}

static cvh_status closed_form(world *w)
{
    static const cvh_convention clipped = {.gaussian = {.sigma_x = 2}};
    cvh_maps maps = packed(w->results, CVH_32F);
    return cvh_closed_form(&maps, points, POINTS, &clipped);
}

static cvh_status comparable(world *w)
{
    w->convention = (cvh_convention){.gaussian = {.sigma_x = 2}};
    return cvh_convention_comparable(&w->convention);
}

static const cvh_decoder searching = {.blur_ksize = 7, .blur_search = 1};
static const cvh_convention by_search = {.decoder = &searching};
static const cvh_decoder wide = {.radius = 20};
static const cvh_convention widely = {.decoder = &wide};

static cvh_status decode_by_search(world *w)
{
    cvh_maps maps = packed(w->samples, CVH_32F);
    return cvh_decode(&maps, &by_search, w->peaks);
}

static cvh_status find_by_search(world *w)
{
    cvh_maps maps = packed(w->samples, CVH_32F);
    return cvh_find_peaks(&maps, &by_search, w->peaks, WORLD_PEAKS, &w->count);
}

static cvh_status find_widely(world *w)
{
    cvh_maps maps = packed(w->samples, CVH_32F);
    return cvh_find_peaks(&maps, &widely, w->peaks, WORLD_PEAKS, &w->count);
}

/* A file that is there afterwards is removed again, whatever the status. */
static cvh_status save(world *w)
{
    cvh_maps maps = packed(w->samples, CVH_32F);
    cvh_status status = cvh_npy_save(w->path, &maps);
    if (!status && unlink(w->path) != 0) return CVH_ERR_IO;
    return status;
}

static cvh_status load(world *w)
{
    cvh_maps maps = {0};
    cvh_status status = cvh_npy_load(w->path, &maps);
    if (status) return maps.data ? CVH_ERR_ARGUMENT : status;
    memcpy(w->results, maps.data, sizeof(float) * WORLD_SAMPLES);
    cvh_npy_free(&maps);
    return CVH_OK;
}

/* ------------------------------------------------------------------------------------------------------ what must not ask */

static cvh_status patch_narrow(world *w)
{
    cvh_maps maps = packed(w->results, CVH_64F);
    return cvh_patch(&maps, points, POINTS, &plain);
}

static cvh_status encode_by_patch(world *w)
{
    cvh_maps maps = interleaved(w->results);
    return cvh_encode(&maps, points, POINTS, &plain, w->weights);
}

static const cvh_convention summed = {.gaussian = {.sigma_x = 2}, .border = CVH_BORDER_REFLECT, .overlap = CVH_OVERLAP_ADD};

static cvh_status draw_narrow(world *w)
{
    cvh_maps maps = packed(w->results, CVH_32F);
    return cvh_draw(&maps, points, POINTS, &summed);
}

static cvh_status erase_narrow(world *w)
{
    cvh_maps maps = packed(w->results, CVH_32F);
    return cvh_erase(&maps, points, POINTS, &summed);
}

static cvh_status compare(world *w)
{
    cvh_maps expected = packed(w->samples, CVH_32F), actual = interleaved(w->samples);
    return cvh_compare(&expected, &actual, NULL, &w->report);
}

static cvh_status convert(world *w)
{
    cvh_maps floats = packed(w->samples, CVH_32F), halves = packed(w->results, CVH_16F);
    return cvh_convert(&floats, &halves);
}

static cvh_status compare_peaks(world *w)
{
    cvh_peak peaks[4] = {{.x = 1, .y = 2}, {.x = 3, .y = 5}, {.x = 8, .y = 13}, {.x = 21, .y = 34}}, moved[4];
    for (int i = 0; i < 4; i++) moved[i] = (cvh_peak){.x = peaks[i].x + 0.5, .y = peaks[i].y};
    return cvh_compare_peaks(peaks, moved, 4, 0.1, &w->peak_report);
}

static cvh_status crosscheck_decode(world *w)
{
    cvh_maps maps = packed(w->samples, CVH_32F);
    return cvh_crosscheck_decode(cvh_decode, cvh_decode, &maps, NULL, 0, &w->peak_report);
}

/* Every refinement without a blurred search. */
static cvh_status decode_plain(world *w)
{
    cvh_maps maps = packed(w->samples, CVH_32F);
    for (int refine = CVH_REFINE_FIT; refine <= CVH_REFINE_SOFT_ARGMAX; refine++) {
        cvh_decoder decoder = {.refine = (cvh_refine)refine, .blur_ksize = 11};
        cvh_convention convention = {.decoder = &decoder};
        cvh_status status = cvh_decode(&maps, &convention, w->peaks);
        if (status) return status;
    }
    return CVH_OK;
}

static cvh_status find_plain(world *w)
{
    cvh_maps maps = packed(w->samples, CVH_32F);
    return cvh_find_peaks(&maps, NULL, w->peaks, WORLD_PEAKS, &w->count);
}

static cvh_status kernel(world *w)
{
    return cvh_gaussian_kernel(0, 2, CVH_64F, w->taps);
}

static cvh_status find_convention(world *w)
{
    return cvh_convention_find(cvh_convention_name(0), &w->convention);
}

/* The message that names near ones is made without memory too. */
static cvh_status find_no_convention(world *w)
{
    return cvh_convention_find("mrsa", &w->convention) == CVH_ERR_ARGUMENT ? CVH_OK : CVH_ERR_OPENCV;
}

static cvh_status fit(world *w)
{
    w->convention = plain;
    return cvh_convention_fit(&w->convention, 256, 192, 64, 48);
}

static cvh_status find_decoder(world *w)
{
    return cvh_decoder_find(cvh_decoder_name(0), &w->decoder);
}

static cvh_status find_no_decoder(world *w)
{
    return cvh_decoder_find("drak", &w->decoder) == CVH_ERR_ARGUMENT ? CVH_OK : CVH_ERR_OPENCV;
}

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
    cvh_maps maps = packed(w->samples, CVH_32F), flipped = interleaved(w->samples), out = packed(w->results, CVH_32F);
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
        cvh_status status = cvh_encode_offsets(&maps, &dx, &dy, points, POINTS, &convention, w->weights);
        if (status) return status;
    }
    return CVH_OK;
}

static cvh_status encode_offsets_by_blur(world *w)
{
    cvh_maps maps = packed(w->results, CVH_32F), dx = cvh_maps_view(w->results + 1600, 1, 40, 40, CVH_32F);
    cvh_maps dy = cvh_maps_view(w->results + 2400, 1, 40, 40, CVH_32F);
    return cvh_encode_offsets(&maps, &dx, &dy, points, POINTS, &blurred, w->weights);
}

static cvh_status decode_offsets(world *w)
{
    cvh_maps maps = packed(w->samples, CVH_32F);
    cvh_convention convention = {.offsets = {.blur_ksize = 7}};
    return cvh_decode_offsets(&maps, &maps, &maps, &convention, w->peaks);
}

static cvh_status find_offsets(world *w)
{
    cvh_maps maps = packed(w->samples, CVH_32F);
    return cvh_find_peaks_offsets(&maps, &maps, &maps, NULL, w->peaks, WORLD_PEAKS, &w->count);
}

static cvh_status decode_offsets_by_search(world *w)
{
    cvh_maps maps = packed(w->samples, CVH_32F);
    return cvh_decode_offsets(&maps, &maps, &maps, &by_search, w->peaks);
}

static cvh_status find_offsets_by_search(world *w)
{
    cvh_maps maps = packed(w->samples, CVH_32F);
    return cvh_find_peaks_offsets(&maps, &maps, &maps, &by_search, w->peaks, WORLD_PEAKS, &w->count);
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
        cvh_status status = cvh_simcc_encode(&x, &y, points, POINTS, &simccs[i % 3], w->weights);
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
    cvh_maps photo = interleaved(w->samples), input = interleaved(w->results);
    return cvh_warp(&photo, &input, &turned, 0);
}

static cvh_status warp_planes(world *w)
{
    cvh_maps photo = packed(w->samples, CVH_32F), input = packed(w->results, CVH_32F);
    return cvh_warp(&photo, &input, &turned, 0);
}

static cvh_status warp_natively(world *w)
{
    cvh_maps photo = packed(w->samples, CVH_32F), input = packed(w->results, CVH_32F);
    return cvh_warp_native(&photo, &input, &turned, 0);
}

static cvh_status crosscheck_warp(world *w)
{
    cvh_maps photo = packed(w->samples, CVH_32F);
    return cvh_crosscheck_warp(cvh_warp, cvh_warp_native, &photo, &photo, &turned, 0, NULL, &w->report);
}

static cvh_status image_of_crop(world *w)
{
    cvh_crop crop = {.to_input = turned, .input_rows = 40, .input_cols = 40};
    cvh_maps photo = cvh_maps_interleaved(w->samples, 3, 40, 40, CVH_8U, 0),
             input = cvh_maps_view(w->results, 3, 40, 40, CVH_8U);
    return cvh_crop_image(&crop, &photo, &input);
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

#define TELLS(name, expression)                                                                                                \
  static cvh_status name(world *w)                                                                                             \
  {                                                                                                                            \
    w->text = NULL;                                                                                                            \
    return (expression) ? CVH_OK : CVH_ERR_OPENCV;                                                                             \
  }
TELLS(status_text, cvh_status_text(7))
TELLS(slip_text, cvh_slip_text(CVH_SLIP_SHIFT))
TELLS(last_error, cvh_last_error())
TELLS(own_failure, cvh_fail(CVH_ERR_IO, "%d", 7) == CVH_ERR_IO)
TELLS(depth_text, cvh_depth_text(1))
TELLS(arithmetic_text, cvh_arithmetic_text(1))
TELLS(border_text, cvh_border_text(1))
TELLS(method_text, cvh_method_text(1))
TELLS(geometry_text, cvh_geometry_text(1))
TELLS(snap_text, cvh_snap_text(1))
TELLS(centre_text, cvh_centre_text(1))
TELLS(overlap_text, cvh_overlap_text(1))
TELLS(norm_text, cvh_norm_text(1))
TELLS(drop_text, cvh_drop_text(1))
TELLS(window_text, cvh_window_text(1))
TELLS(refine_text, cvh_refine_text(1))
TELLS(guard_text, cvh_guard_text(1))
TELLS(step_text, cvh_step_text(1))
TELLS(ties_text, cvh_ties_text(1))
TELLS(order_text, cvh_order_text(1))
TELLS(score_text, cvh_score_text(1))
TELLS(activation_text, cvh_activation_text(1))
TELLS(offset_unit_text, cvh_offset_unit_text(1))
TELLS(offset_area_text, cvh_offset_area_text(1))
TELLS(found_text, cvh_found_text(1))
TELLS(crop_family_text, cvh_crop_family_text(1))
TELLS(crop_size_text, cvh_crop_size_text(1))
TELLS(crop_boxes_text, cvh_crop_boxes_text(1))
TELLS(crop_pad_text, cvh_crop_pad_text(1))
TELLS(flip_text, cvh_flip_text(1))
TELLS(simcc_label_text, cvh_simcc_label_text(1))
TELLS(simcc_score_text, cvh_simcc_score_text(1))
TELLS(version, cvh_version())
TELLS(opencv_version, cvh_opencv_version())
TELLS(opencv_arithmetic, cvh_opencv_arithmetic())
TELLS(view, cvh_maps_view(w, 1, 1, 1, CVH_8U).data)
TELLS(interleaved_view, cvh_maps_interleaved(w, 1, 1, 1, CVH_8U, 0).data)
TELLS(convention_name, cvh_convention_name(0))
TELLS(decoder_name, cvh_decoder_name(0))
TELLS(crop_name, cvh_crop_name(0))
TELLS(sigma, cvh_sigma_from_ksize(15) > 2)
TELLS(ksize, cvh_ksize_from_sigma(2) > 2)
TELLS(cornernet, cvh_radius_cornernet(20, 30, 0.7) > 0)
TELLS(centernet, cvh_radius_centernet(20, 30, 0.7) > 0)
TELLS(simcc_name, cvh_simcc_name(0))
TELLS(free_nothing, (cvh_npy_free(NULL), true))

const world_case world_cases[] = {
    {"cvh_blur", "packed", true, true, blur_packed, false},
    {"cvh_blur", "interleaved", true, true, blur_interleaved, false},
    {"cvh_encode", "by blur", true, true, encode_by_blur, false},
    {"cvh_patch", "a window beyond 1024", true, false, patch_wide, false},
    {"cvh_encode", "a window beyond 1024", true, false, encode_wide, false},
    {"cvh_draw", "a window beyond 1024", true, false, draw_wide, false},
    {"cvh_erase", "a window beyond 1024", false, false, erase_wide, false},
    {"cvh_patch", "arithmetic OPENCV at edges", true, true, patch_asking, false},
    {"cvh_encode", "arithmetic OPENCV at edges", true, true, encode_asking, false},
    {"cvh_draw", "arithmetic OPENCV at edges", true, true, draw_asking, false},
    {"cvh_opencv_arithmetic", "", true, true, opencv_arithmetic, false},
    {"cvh_gaussian_blur", "packed", true, true, gaussian_blur_packed, false},
    {"cvh_gaussian_blur", "interleaved", true, true, gaussian_blur_interleaved, false},
    {"cvh_gaussian_blur", "8U", true, true, gaussian_blur_8u, true},
    {"cvh_crosscheck", "", true, true, crosscheck, false},
    {"cvh_crosscheck_into", "", true, true, crosscheck_into, false},
    {"cvh_closed_form", "", true, false, closed_form, false},
    {"cvh_convention_comparable", "", false, false, comparable, false},
    {"cvh_crosscheck_decode", "", true, false, crosscheck_decode, false},
    {"cvh_decode", "a search of the blurred map", true, false, decode_by_search, false},
    {"cvh_find_peaks", "a search of the blurred map", true, false, find_by_search, false},
    {"cvh_find_peaks", "a wide radius", true, false, find_widely, false},
    {"cvh_npy_save", "", true, false, save, false},
    {"cvh_npy_load", "", true, false, load, false},
    {"cvh_patch", "", false, false, patch_narrow, false},
    {"cvh_patch", "arithmetic OPENCV off the edges", false, false, patch_not_asking, false},
    {"cvh_encode", "by patch", false, false, encode_by_patch, false},
    {"cvh_draw", "", false, false, draw_narrow, false},
    {"cvh_erase", "", false, false, erase_narrow, false},
    {"cvh_compare", "", false, false, compare, false},
    {"cvh_convert", "", false, false, convert, false},
    {"cvh_compare_peaks", "", false, false, compare_peaks, false},
    {"cvh_decode", "every refinement", false, false, decode_plain, false},
    {"cvh_find_peaks", "", false, false, find_plain, false},
    {"cvh_gaussian_kernel", "", false, false, kernel, false},
    {"cvh_convention_find", "", false, false, find_convention, false},
    {"cvh_convention_find", "no such name", false, false, find_no_convention, false},
    {"cvh_convention_fit", "", false, false, fit, false},
    {"cvh_decoder_find", "", false, false, find_decoder, false},
    {"cvh_decoder_find", "no such name", false, false, find_no_decoder, false},
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
    {"cvh_crop_image", "resized", false, false, image_resized, false},
    {"cvh_encode_offsets", "by blur", true, true, encode_offsets_by_blur, false},
    {"cvh_decode_offsets", "a search of the blurred map", true, false, decode_offsets_by_search, false},
    {"cvh_find_peaks_offsets", "a search of the blurred map", true, false, find_offsets_by_search, false},
    {"cvh_encode_offsets", "by patch and discs", false, false, encode_offsets, false},
    {"cvh_decode_offsets", "", false, false, decode_offsets, false},
    {"cvh_find_peaks_offsets", "", false, false, find_offsets, false},
    {"cvh_simcc_find", "", false, false, find_simcc, false},
    {"cvh_simcc_find", "no such name", false, false, find_no_simcc, false},
    {"cvh_simcc_name", "", false, false, simcc_name, false},
    {"cvh_simcc_encode", "", false, false, encode_vectors, false},
    {"cvh_simcc_decode", "every refinement", false, false, decode_vectors, false},
    {"cvh_crop_name", "", false, false, crop_name, false},
    {"cvh_status_text", "", false, false, status_text, false},
    {"cvh_slip_text", "", false, false, slip_text, false},
    {"cvh_fail", "", false, false, own_failure, false},
    {"cvh_keypoints_from", "", false, false, keypoints_from, false},
    {"cvh_depth_text", "", false, false, depth_text, false},
    {"cvh_arithmetic_text", "", false, false, arithmetic_text, false},
    {"cvh_border_text", "", false, false, border_text, false},
    {"cvh_method_text", "", false, false, method_text, false},
    {"cvh_geometry_text", "", false, false, geometry_text, false},
    {"cvh_snap_text", "", false, false, snap_text, false},
    {"cvh_centre_text", "", false, false, centre_text, false},
    {"cvh_overlap_text", "", false, false, overlap_text, false},
    {"cvh_norm_text", "", false, false, norm_text, false},
    {"cvh_drop_text", "", false, false, drop_text, false},
    {"cvh_window_text", "", false, false, window_text, false},
    {"cvh_refine_text", "", false, false, refine_text, false},
    {"cvh_guard_text", "", false, false, guard_text, false},
    {"cvh_step_text", "", false, false, step_text, false},
    {"cvh_ties_text", "", false, false, ties_text, false},
    {"cvh_order_text", "", false, false, order_text, false},
    {"cvh_score_text", "", false, false, score_text, false},
    {"cvh_activation_text", "", false, false, activation_text, false},
    {"cvh_offset_unit_text", "", false, false, offset_unit_text, false},
    {"cvh_offset_area_text", "", false, false, offset_area_text, false},
    {"cvh_found_text", "", false, false, found_text, false},
    {"cvh_crop_family_text", "", false, false, crop_family_text, false},
    {"cvh_crop_size_text", "", false, false, crop_size_text, false},
    {"cvh_crop_boxes_text", "", false, false, crop_boxes_text, false},
    {"cvh_crop_pad_text", "", false, false, crop_pad_text, false},
    {"cvh_flip_text", "", false, false, flip_text, false},
    {"cvh_simcc_label_text", "", false, false, simcc_label_text, false},
    {"cvh_simcc_score_text", "", false, false, simcc_score_text, false},
    {"cvh_last_error", "", false, false, last_error, false},
    {"cvh_version", "", false, false, version, false},
    {"cvh_opencv_version", "", false, false, opencv_version, false},
    {"cvh_maps_view", "", false, false, view, false},
    {"cvh_maps_interleaved", "", false, false, interleaved_view, false},
    {"cvh_convention_name", "", false, false, convention_name, false},
    {"cvh_decoder_name", "", false, false, decoder_name, false},
    {"cvh_sigma_from_ksize", "", false, false, sigma, false},
    {"cvh_ksize_from_sigma", "", false, false, ksize, false},
    {"cvh_radius_cornernet", "", false, false, cornernet, false},
    {"cvh_radius_centernet", "", false, false, centernet, false},
    {"cvh_npy_free", "", false, false, free_nothing, false},
    {.function = NULL},
};
