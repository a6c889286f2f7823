/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../support/unknown.h"
#include "world.h"

/* --------------------------------------------------------------------------------------------- what can run out of memory */

static cvh_status blur_packed(world *w)
{
    cvh_maps maps = world_packed(w->results, CVH_64F);
    return cvh_blur(&maps, world_points, WORLD_POINTS, &world_plain);
}

static cvh_status blur_interleaved(world *w)
{
    cvh_maps maps = world_interleaved(w->results);
    return cvh_blur(&maps, world_points, WORLD_POINTS, &world_plain);
}

static cvh_status encode_by_blur(world *w)
{
    cvh_maps maps = world_packed(w->results, CVH_32F);
    return cvh_encode(&maps, world_points, WORLD_POINTS, &world_blurred, w->weights);
}

static cvh_status patch_asking(world *w)
{
    cvh_maps maps = world_packed(w->results, CVH_32F);
    return world_done_or_untouched(w, cvh_patch(&maps, world_points, WORLD_POINTS, &world_asking));
}

static cvh_status encode_asking(world *w)
{
    cvh_maps maps = world_packed(w->results, CVH_64F);
    return world_done_or_untouched(w, cvh_encode(&maps, world_points, WORLD_POINTS, &world_asking, w->weights));
}

static cvh_status draw_asking(world *w)
{
    cvh_maps maps = world_packed(w->results, CVH_64F);
    return world_done_or_untouched(w, cvh_draw(&maps, world_points, WORLD_POINTS, &world_asking));
}

/* In the middle of the maps there is nothing to ask. */
static cvh_status patch_not_asking(world *w)
{
    static const cvh_keypoint middle[] = {{.x = 20, .y = 20}, {.x = 17, .y = 22, .map = 1}};
    cvh_maps maps = world_packed(w->results, CVH_32F);
    return cvh_patch(&maps, middle, 2, &world_asking);
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
    return plain_blur(w, world_packed(w->samples, CVH_32F), world_packed(w->results, CVH_32F));
}

static cvh_status gaussian_blur_interleaved(world *w)
{
    return plain_blur(w, world_interleaved(w->samples), world_interleaved(w->results));
}

static cvh_status gaussian_blur_8u(world *w)
{
    return plain_blur(w, world_packed(w->samples, CVH_8U), world_packed(w->results, CVH_8U));
}

static cvh_status crosscheck(world *w)
{
    cvh_maps shape = cvh_maps_view(NULL, 2, 40, 40, CVH_32F);
    return world_done_or_untouched(
        w, cvh_crosscheck(cvh_blur, cvh_patch, &shape, world_points, WORLD_POINTS, &world_plain, NULL, &w->report));
}

static cvh_status crosscheck_into(world *w)
{
    cvh_maps expected = world_packed(w->results, CVH_32F), actual = world_packed(w->samples, CVH_32F);
    cvh_status status = cvh_crosscheck_into(cvh_blur, cvh_patch, &expected, &actual, world_points, WORLD_POINTS, &world_plain,
                                            NULL, &w->report);
    return opencv_is_unknown(status) ? CVH_OK : status; /* the blur is drawn by then */
}

static cvh_status closed_form(world *w)
{
    static const cvh_convention clipped = {.gaussian = {.sigma_x = 2}};
    cvh_maps maps = world_packed(w->results, CVH_32F);
    return cvh_closed_form(&maps, world_points, WORLD_POINTS, &clipped);
}

static cvh_status comparable(world *w)
{
    w->convention = (cvh_convention){.gaussian = {.sigma_x = 2}};
    return cvh_convention_comparable(&w->convention);
}

static const cvh_decoder searching = {.blur_ksize = 7, .blur_search = 1};
const cvh_convention world_by_search = {.decoder = &searching};
static const cvh_decoder wide = {.radius = 20};
static const cvh_decoder enlarging = {.enlarge = 3, .blur_ksize = 7, .blur_search = 1, .radius = 9};
static const cvh_convention by_enlarging = {.decoder = &enlarging};
static const cvh_convention widely = {.decoder = &wide};

static cvh_status decode_by_search(world *w)
{
    cvh_maps maps = world_packed(w->samples, CVH_32F);
    return cvh_decode(&maps, &world_by_search, w->peaks);
}

static cvh_status find_by_search(world *w)
{
    cvh_maps maps = world_packed(w->samples, CVH_32F);
    return cvh_find_peaks(&maps, &world_by_search, w->peaks, WORLD_PEAKS, &w->count);
}

static cvh_status find_widely(world *w)
{
    cvh_maps maps = world_packed(w->samples, CVH_32F);
    return cvh_find_peaks(&maps, &widely, w->peaks, WORLD_PEAKS, &w->count);
}

static cvh_status decode_enlarged(world *w)
{
    cvh_maps maps = world_packed(w->samples, CVH_32F);
    return cvh_decode(&maps, &by_enlarging, w->peaks);
}

/* Where it fails, *count is as it was, however far it came. */
static cvh_status find_enlarged(world *w)
{
    cvh_maps maps = world_packed(w->samples, CVH_32F);
    size_t before = w->count;
    cvh_status status = cvh_find_peaks(&maps, &by_enlarging, w->peaks, WORLD_PEAKS, &w->count);
    return status && w->count != before ? CVH_ERR_FORMAT : status;
}

/* A file that is there afterwards is removed again, whatever the status. */
static cvh_status save(world *w)
{
    cvh_maps maps = world_packed(w->samples, CVH_32F);
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
    cvh_maps maps = world_packed(w->results, CVH_64F);
    return cvh_patch(&maps, world_points, WORLD_POINTS, &world_plain);
}

static cvh_status encode_by_patch(world *w)
{
    cvh_maps maps = world_interleaved(w->results);
    return cvh_encode(&maps, world_points, WORLD_POINTS, &world_plain, w->weights);
}

static const cvh_convention summed = {.gaussian = {.sigma_x = 2}, .border = CVH_BORDER_REFLECT, .overlap = CVH_OVERLAP_ADD};

static cvh_status draw_narrow(world *w)
{
    cvh_maps maps = world_packed(w->results, CVH_32F);
    return cvh_draw(&maps, world_points, WORLD_POINTS, &summed);
}

static cvh_status erase_narrow(world *w)
{
    cvh_maps maps = world_packed(w->results, CVH_32F);
    return cvh_erase(&maps, world_points, WORLD_POINTS, &summed);
}

static cvh_status compare(world *w)
{
    cvh_maps expected = world_packed(w->samples, CVH_32F), actual = world_interleaved(w->samples);
    return cvh_compare(&expected, &actual, NULL, &w->report);
}

static cvh_status convert(world *w)
{
    cvh_maps floats = world_packed(w->samples, CVH_32F), halves = world_packed(w->results, CVH_16F);
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
    cvh_maps maps = world_packed(w->samples, CVH_32F);
    return cvh_crosscheck_decode(cvh_decode, cvh_decode, &maps, NULL, 0, &w->peak_report);
}

/* Every refinement without a blurred search. */
static cvh_status decode_plain(world *w)
{
    cvh_maps maps = world_packed(w->samples, CVH_32F);
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
    cvh_maps maps = world_packed(w->samples, CVH_32F);
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
    w->convention = world_plain;
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

const world_case world_maps[] = {
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
    {"cvh_decode", "an enlarged map", true, true, decode_enlarged, false},
    {"cvh_find_peaks", "an enlarged map", true, true, find_enlarged, false},
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
    {.function = NULL},
};
