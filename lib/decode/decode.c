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
    int times = decoding->decoder.enlarge;
    cvh_position given =
        cvh_frame_from_map(&decoding->frame, cvh_enlarged_back(at.x + shift, times), cvh_enlarged_back(at.y + shift, times));
    peak->x = given.x;
    peak->y = given.y;
    peak->sigma_x = at.sigma_x / times;
    peak->sigma_y = at.sigma_y / times;
}

static void blur_view(const cvh_decoding *decoding, double *blurred, cvh_view_of_map *view)
{
    int rows = view->raw.rows, cols = view->raw.cols;
    const cvh_coding doubles = {CVH_64F, 1, 0};
    view->blurred = (cvh_plane){
        (const unsigned char *)blurred, rows, cols, (size_t)cols * sizeof *blurred, sizeof *blurred, doubles, false};
    view->scene.plane = &view->blurred;
    cvh_plane_blur(&view->raw, decoding, blurred);
}

cvh_status cvh_view_map(const cvh_maps *maps, int map, const cvh_decoding *decoding, const cvh_offset_maps *offsets,
                        const cvh_scratch *scratch, cvh_view_of_map *view)
{
    bool enlarges = scratch->enlarger.map.data != NULL;
    cvh_status status = enlarges ? cvh_enlarge(&scratch->enlarger, maps, map) : CVH_OK;
    if (status) return status;
    view->raw = enlarges ? cvh_plane_of(&scratch->enlarger.enlarged, 0) : cvh_plane_of(maps, map);
    view->raw.sigmoid = decoding->decoder.activation == CVH_ACTIVATION_SIGMOID;
    view->scene = (cvh_scene){decoding, &view->raw, decoding->blur_radius > 0 && !scratch->blurred};
    view->offsets = offsets;
    view->map = map;
    if (scratch->blurred) blur_view(decoding, scratch->blurred, view);
    return CVH_OK;
}

double cvh_searched_threshold(const cvh_view_of_map *view)
{
    double threshold = view->scene.decoding->decoder.threshold;
    return view->scene.plane->sigmoid ? cvh_logit(threshold) : threshold;
}

static cvh_status decode_map(const cvh_maps *maps, int map, const cvh_decoding *decoding, const cvh_offset_maps *offsets,
                             const cvh_scratch *scratch, cvh_peak *peak)
{
    cvh_view_of_map view;
    cvh_pixel pixel;
    cvh_status status = cvh_view_map(maps, map, decoding, offsets, scratch, &view);
    if (status) return status;
    *peak = CVH_NO_PEAK(map);
    if (!cvh_plane_maximum(view.scene.plane, &pixel)) return CVH_OK;
    if (pixel.value > cvh_searched_threshold(&view)) {
        cvh_report_peak(&view, pixel, peak);
    } else {
        peak->found = CVH_FOUND_WEAK;
        peak->score = score_at(&view, pixel, pixel_of(&view, pixel));
    }
    return CVH_OK;
}

static double *take_blurred(const cvh_maps *view)
{
    size_t doubles = cvh_plane_blur_size(view);
    if (doubles > SIZE_MAX / sizeof(double)) /* GCOVR_EXCL_BR_LINE: never beyond where size_t has 64 bits */
        return NULL;                         /* GCOVR_EXCL_LINE: as above */
    return malloc(doubles * sizeof(double));
}

cvh_status cvh_scratch_start(const cvh_maps *view, const cvh_decoding *decoding, cvh_scratch *scratch)
{
    const cvh_decoder *decoder = &decoding->decoder;
    scratch->blurred = NULL;
    cvh_status status = cvh_enlarger_start(view, decoder->enlarge, &scratch->enlarger);
    if (status || !decoder->blur_search || !decoding->blur_radius) return status;
    cvh_maps searched = cvh_enlarged_size(view, decoder->enlarge);
    scratch->blurred = take_blurred(&searched);
    if (scratch->blurred) return CVH_OK;
    cvh_enlarger_end(&scratch->enlarger);
    return cvh_fail(CVH_ERR_MEMORY, "decoder: blur_search needs a blurred map of %dx%d; out of memory", searched.rows,
                    searched.cols);
}

void cvh_scratch_end(cvh_scratch *scratch)
{
    cvh_enlarger_end(&scratch->enlarger);
    free(scratch->blurred);
}

/* dx and dy: offset maps, or NULL for none. */
static cvh_status decode(const cvh_maps *maps, const cvh_maps *const *dx, const cvh_maps *const *dy,
                         const cvh_convention *convention, cvh_peak *peaks)
{
    cvh_maps view;
    cvh_decoding decoding;
    cvh_offset_maps offsets;
    cvh_scratch scratch;
    if (cvh_maps_check("maps", maps, CVH_DEPTHS_ALL, &view) || (convention && cvh_fit_check("maps", convention, &view)))
        return CVH_ERR_ARGUMENT;
    if (!peaks) return cvh_fail(CVH_ERR_ARGUMENT, "peaks is NULL; it must have room for %d", view.count);
    if (cvh_decoding_start(convention, &decoding) || cvh_enlarge_check(&view, decoding.decoder.enlarge))
        return CVH_ERR_ARGUMENT;
    if (dx && cvh_offset_maps_start(*dx, *dy, &view, convention, &offsets)) return CVH_ERR_ARGUMENT;
    cvh_status status = cvh_scratch_start(&view, &decoding, &scratch);
    if (status) return status;
    for (int map = 0; map < view.count && !status; map++)
        status = decode_map(&view, map, &decoding, dx ? &offsets : NULL, &scratch, &peaks[map]);
    cvh_scratch_end(&scratch);
    return status;
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
