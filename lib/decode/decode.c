/* SPDX-License-Identifier: Apache-2.0
 * Reading keypoints back out of maps: search, refine, score, and the way back to the caller's frame. */
#include "decode/decode.h"

#include <stdlib.h>

#include "base/fit.h"
#include "base/maps.h"
#include "base/status.h"

/* Half to even, kept on the axis. */
static int rounded(double at, int n)
{
    double whole = floor(at), part = at - whole;
    if (part > 0.5 || (part == 0.5 && fmod(whole, 2) != 0)) whole += 1;
    return whole < 0 ? 0 : whole > n - 1 ? n - 1 : (int)whole;
}

static cvh_reading pixel_of(const cvh_view_of_map *view, cvh_pixel pixel)
{
    return (cvh_reading){pixel.col, pixel.row, cvh_plane_at(&view->raw, pixel.row, pixel.col), NAN, NAN};
}

static double score_at(const cvh_view_of_map *view, cvh_pixel pixel, cvh_reading at)
{
    const cvh_decoder *decoder = &view->scene.decoding->decoder;
    const cvh_plane *raw = &view->raw;
    double value = at.value;
    cvh_pixel maximum = {0, 0, NAN};
    if (decoder->score == CVH_SCORE_MAXIMUM) {
        (void)cvh_plane_maximum(raw, &maximum);
        value = cvh_plane_activated(raw, maximum.value);
    }
    if (decoder->score == CVH_SCORE_ROUNDED) value = cvh_plane_at(raw, rounded(at.y, raw->rows), rounded(at.x, raw->cols));
    if (decoder->score == CVH_SCORE_SEARCHED) value = cvh_plane_activated(view->scene.plane, pixel.value);
    return value * decoder->score_scale + decoder->score_bias;
}

void cvh_report_peak(const cvh_view_of_map *view, cvh_pixel pixel, cvh_peak *peak)
{
    const cvh_decoding *decoding = view->scene.decoding;
    cvh_reading at = pixel_of(view, pixel);
    double shift = view->offsets ? 0 : decoding->decoder.shift;
    peak->found =
        view->offsets ? cvh_offset_at(view->offsets, view->map, pixel, &at) : cvh_refine_peak(&view->scene, pixel, &at);
    peak->score = score_at(view, pixel, at);
    cvh_position given = cvh_frame_from_map(&decoding->frame, at.x + shift, at.y + shift);
    peak->x = given.x;
    peak->y = given.y;
    peak->sigma_x = at.sigma_x;
    peak->sigma_y = at.sigma_y;
}

void cvh_view_map(const cvh_maps *maps, int map, const cvh_decoding *decoding, const cvh_offset_maps *offsets, double *scratch,
                  cvh_view_of_map *view)
{
    view->raw = cvh_plane_of(maps, map);
    view->raw.sigmoid = decoding->decoder.activation == CVH_ACTIVATION_SIGMOID;
    view->scene = (cvh_scene){decoding, &view->raw, decoding->blur_radius > 0 && !scratch};
    view->offsets = offsets;
    view->map = map;
    if (!scratch) return;
    size_t row_step = (size_t)maps->cols * sizeof *scratch;
    const cvh_coding doubles = {CVH_64F, 1, 0};
    view->blurred =
        (cvh_plane){(const unsigned char *)scratch, maps->rows, maps->cols, row_step, sizeof *scratch, doubles, false};
    view->scene.plane = &view->blurred;
    cvh_plane_blur(&view->raw, decoding, scratch);
}

double cvh_searched_threshold(const cvh_view_of_map *view)
{
    double threshold = view->scene.decoding->decoder.threshold;
    return view->scene.plane->sigmoid ? cvh_logit(threshold) : threshold;
}

static void decode_map(const cvh_maps *maps, int map, const cvh_decoding *decoding, const cvh_offset_maps *offsets,
                       double *scratch, cvh_peak *peak)
{
    cvh_view_of_map view;
    cvh_pixel pixel;
    cvh_view_map(maps, map, decoding, offsets, scratch, &view);
    *peak = CVH_NO_PEAK(map);
    if (!cvh_plane_maximum(view.scene.plane, &pixel)) return;
    if (pixel.value > cvh_searched_threshold(&view)) {
        cvh_report_peak(&view, pixel, peak);
    } else {
        peak->found = CVH_FOUND_WEAK;
        peak->score = score_at(&view, pixel, pixel_of(&view, pixel));
    }
}

cvh_status cvh_decoding_scratch(const cvh_maps *view, const cvh_decoding *decoding, double **scratch)
{
    *scratch = NULL;
    if (!decoding->decoder.blur_search || !decoding->blur_radius) return CVH_OK;
    size_t size = cvh_plane_blur_size(view);
    if (size <= SIZE_MAX / sizeof **scratch) /* GCOVR_EXCL_BR_LINE: never beyond where size_t has 64 bits */
        *scratch = malloc(size * sizeof **scratch);
    if (*scratch) return CVH_OK;
    return cvh_fail(CVH_ERR_MEMORY, "decoder: blur_search needs a blurred map of %dx%d; out of memory", view->rows, view->cols);
}

/* dx and dy: offset maps, or NULL for none. */
static cvh_status decode(const cvh_maps *maps, const cvh_maps *const *dx, const cvh_maps *const *dy,
                         const cvh_convention *convention, cvh_peak *peaks)
{
    cvh_maps view;
    cvh_decoding decoding;
    cvh_offset_maps offsets;
    double *scratch;
    if (cvh_maps_check("maps", maps, CVH_DEPTHS_ALL, &view) || (convention && cvh_fit_check("maps", convention, &view)))
        return CVH_ERR_ARGUMENT;
    if (!peaks) return cvh_fail(CVH_ERR_ARGUMENT, "peaks is NULL; it must have room for %d", view.count);
    if (cvh_decoding_start(convention, &decoding)) return CVH_ERR_ARGUMENT;
    if (dx && cvh_offset_maps_start(*dx, *dy, &view, convention, &offsets)) return CVH_ERR_ARGUMENT;
    if (cvh_decoding_scratch(&view, &decoding, &scratch)) return CVH_ERR_MEMORY;
    for (int map = 0; map < view.count; map++) decode_map(&view, map, &decoding, dx ? &offsets : NULL, scratch, &peaks[map]);
    free(scratch);
    return CVH_OK;
}

cvh_status cvh_decode(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks)
{
    return decode(maps, NULL, NULL, convention, peaks);
}

cvh_status cvh_decode_offsets(const cvh_maps *maps, const cvh_maps *dx, const cvh_maps *dy, const cvh_convention *convention,
                              cvh_peak *peaks)
{
    return decode(maps, &dx, &dy, convention, peaks);
}
