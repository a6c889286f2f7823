/* SPDX-License-Identifier: Apache-2.0
 * Refinements by a quarter of a pixel: towards the larger neighbour on each axis (Xiao et al., "Simple Baselines for Human Pose
 * Estimation", ECCV 2018; HRNet, mmpose, SLEAP), or towards the second largest sample of the map (Li et al., "Rethinking on
 * Multi-Stage Networks", MSPN). */
#include "decode/refine.h"

static const double QUARTER = 0.25;

/* The move along one axis, from the samples before and after the pixel; *found tells where one of them is no number. */
static double nudge(const cvh_scene *scene, cvh_pixel peak, int dx, int dy, cvh_found *found)
{
    double before = cvh_scene_beyond(scene, peak.row - dy, peak.col - dx);
    double after = cvh_scene_beyond(scene, peak.row + dy, peak.col + dx);
    if (!isfinite(before) || !isfinite(after)) *found = CVH_FOUND_PIXEL_VALUE;
    return after > before ? QUARTER : after < before ? -QUARTER : 0;
}

/* An axis that the guard or the map's edge leaves out is not moved; if that is both, there is no refinement. */
cvh_found cvh_refine_sign(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at)
{
    const cvh_decoder *decoder = &scene->decoding->decoder;
    int rows = scene->plane->rows, cols = scene->plane->cols, row = peak.row, col = peak.col;
    bool inside = decoder->outside == CVH_BORDER_METHOD;
    bool along_x = cvh_guard_allows(decoder->guard, col, cols, row, rows) && !(inside && (col < 1 || col > cols - 2));
    bool along_y = cvh_guard_allows(decoder->guard, row, rows, col, cols) && !(inside && (row < 1 || row > rows - 2));
    if (!along_x && !along_y) return CVH_FOUND_PIXEL_EDGE;
    cvh_found found = CVH_FOUND_REFINED;
    cvh_reading moved = *at;
    if (along_x) moved.x += nudge(scene, peak, 1, 0, &found);
    if (along_y) moved.y += nudge(scene, peak, 0, 1, &found);
    if (found == CVH_FOUND_REFINED) *at = moved;
    return found;
}

/* As published, a second peak is positive: where nothing else is, the peak's pixel, set to 0, is found again. */
cvh_found cvh_refine_second_peak(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at)
{
    double most = 0;
    int dx = 0, dy = 0;
    for (int row = 0; row < scene->plane->rows; row++)
        for (int col = 0; col < scene->plane->cols; col++) {
            double value = cvh_scene_at(scene, row, col);
            if (!(value > most) || (row == peak.row && col == peak.col)) continue;
            most = value;
            dx = col - peak.col;
            dy = row - peak.row;
        }
    if (most == 0) return CVH_FOUND_PIXEL_SHAPE;
    if (isinf(most)) return CVH_FOUND_PIXEL_VALUE;
    double distance = sqrt((double)dx * dx + (double)dy * dy);
    at->x += QUARTER * dx / distance;
    at->y += QUARTER * dy / distance;
    return CVH_FOUND_REFINED;
}
