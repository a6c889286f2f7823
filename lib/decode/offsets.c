/* SPDX-License-Identifier: Apache-2.0
 * CenterNet src/lib/models/decode.py; mmpose mmpose/codecs/udp_heatmap.py, UDPHeatmap.decode with heatmap_type combined;
 * UDP-Pose lib/core/inference.py, get_final_preds; DeepLabCut predictors/single_predictor.py, HeatmapPredictor; tfjs-models
 * posenet/src/singlePose/decodeSinglePose.ts: position = cell + length * offset there. */
#include "decode/offsets.h"

#include "base/border.h"
#include "base/fit.h"
#include "base/maps.h"
#include "base/offsets.h"
#include "base/status.h"
#include "decode/decode.h"
#include "gaussian/kernel.h"

/* Farther from the map's corner than any offset may lead: mapped back, the position would soon be no number. */
static const double FARTHEST = 1e9;

static double blurred_at(const cvh_offset_maps *offsets, const cvh_plane *plane, cvh_pixel pixel)
{
    double sum = 0;
    for (int j = -offsets->radius; j <= offsets->radius; j++) {
        int row = cvh_border_fold(CVH_BORDER_REFLECT_101, plane->rows, pixel.row + j);
        double across = 0;
        for (int i = -offsets->radius; i <= offsets->radius; i++) {
            int col = cvh_border_fold(CVH_BORDER_REFLECT_101, plane->cols, pixel.col + i);
            across += offsets->taps[i < 0 ? -i : i] * cvh_plane_at(plane, row, col);
        }
        sum += offsets->taps[j < 0 ? -j : j] * across;
    }
    return sum;
}

static double offset_of(const cvh_offset_maps *offsets, const cvh_maps *view, int map, cvh_pixel pixel)
{
    cvh_plane plane = cvh_plane_of(view, view->count == 1 ? 0 : map);
    return offsets->radius ? blurred_at(offsets, &plane, pixel) : cvh_plane_at(&plane, pixel.row, pixel.col);
}

cvh_found cvh_offset_at(const cvh_offset_maps *offsets, int map, cvh_pixel pixel, cvh_reading *at)
{
    double x = pixel.col + offsets->length.x * offset_of(offsets, &offsets->dx, map, pixel);
    double y = pixel.row + offsets->length.y * offset_of(offsets, &offsets->dy, map, pixel);
    if (!(fabs(x) <= FARTHEST && fabs(y) <= FARTHEST)) return CVH_FOUND_PIXEL_VALUE;
    at->x = x;
    at->y = y;
    return CVH_FOUND_REFINED;
}

static void take_taps(const cvh_offsets *rule, cvh_offset_maps *offsets)
{
    double taps[CVH_OFFSET_MAX_KSIZE];
    offsets->radius = (int)rule->blur_ksize / 2;
    if (offsets->radius == 0) return;
    if (cvh_gaussian_kernel(rule->blur_ksize, 0, CVH_64F, taps)) /* GCOVR_EXCL_BR_LINE: it was checked */
        return;                                                  /* GCOVR_EXCL_LINE: as above, it was checked */
    for (int k = 0; k <= offsets->radius; k++) offsets->taps[k] = taps[offsets->radius + k];
}

cvh_status cvh_offset_maps_start(const cvh_maps *dx, const cvh_maps *dy, const cvh_maps *view, const cvh_convention *convention,
                                 cvh_offset_maps *offsets)
{
    static const cvh_convention heatmap_pixels;
    if (!convention) convention = &heatmap_pixels;
    if (convention->decoder && convention->decoder->enlarge > 1)
        return cvh_fail(CVH_ERR_ARGUMENT,
                        "decoder: enlarge is %d; with offset maps, which have a pixel for each of the maps', it "
                        "must be 0 or 1",
                        convention->decoder->enlarge);
    if (cvh_offsets_check(&convention->offsets) || cvh_offset_view_check("dx", dx, CVH_DEPTHS_ALL, view, &offsets->dx)
        || cvh_offset_view_check("dy", dy, CVH_DEPTHS_ALL, view, &offsets->dy))
        return CVH_ERR_ARGUMENT;
    cvh_frame frame = cvh_frame_of(convention);
    offsets->length = cvh_offsets_length(&convention->offsets, &frame, view);
    take_taps(&convention->offsets, offsets);
    return CVH_OK;
}
