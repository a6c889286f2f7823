/* SPDX-License-Identifier: Apache-2.0
 * Refinements by mean position: the centroid of a window (SLEAP, trt_pose; OpenPose with positive samples alone) and that of
 * softmax over the map (integral regression: Sun et al., "Integral Human Pose Regression", ECCV 2018). */
#include "decode/refine.h"
#include "gaussian/kernel.h"

typedef struct mass {
    double sum, x, y; /* of weight, and of weight times the distance from the peak's pixel */
} mass;

static void add(mass *total, double weight, int dx, int dy)
{
    total->sum += weight;
    total->x += weight * dx;
    total->y += weight * dy;
}

static cvh_found mean_position(const cvh_scene *scene, cvh_pixel peak, mass total, cvh_reading *at)
{
    if (!isfinite(total.sum)) return CVH_FOUND_PIXEL_VALUE;
    if (total.sum == 0) return CVH_FOUND_PIXEL_SHAPE;
    return cvh_refined(scene->decoding, peak, (cvh_position){peak.col + total.x / total.sum, peak.row + total.y / total.sum},
                       at);
}

static bool on_map(const cvh_plane *plane, int row, int col)
{
    return row >= 0 && row < plane->rows && col >= 0 && col < plane->cols;
}

/* A mirrored sample counts where it is seen, beyond the edge, so that a peak on the edge is not pulled inwards. */
cvh_found cvh_refine_centroid(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at)
{
    const cvh_decoder *decoder = &scene->decoding->decoder;
    bool clipped = decoder->outside <= CVH_BORDER_CONSTANT, positive = decoder->refine == CVH_REFINE_CENTROID_POSITIVE;
    int radius = decoder->window;
    mass total = {0, 0, 0};
    for (int dy = -radius; dy <= radius; dy++)
        for (int dx = -radius; dx <= radius; dx++) {
            if (clipped && !on_map(scene->plane, peak.row + dy, peak.col + dx)) continue;
            double weight = cvh_scene_beyond(scene, peak.row + dy, peak.col + dx);
            if (!isfinite(weight)) return CVH_FOUND_PIXEL_VALUE;
            if (!positive || weight > 0) add(&total, weight, dx, dy);
        }
    return mean_position(scene, peak, total, at);
}

static double scene_maximum(const cvh_scene *scene)
{
    double most = -INFINITY;
    for (int row = 0; row < scene->plane->rows; row++)
        for (int col = 0; col < scene->plane->cols; col++) {
            double value = cvh_scene_at(scene, row, col);
            if (value > most || isnan(value)) most = value;
            if (isnan(most)) return most;
        }
    return most;
}

/* exp(gain * (h - maximum)), so that nothing overflows. A masked sample, -inf, weighs nothing; neither does one that is below
 * e^-45 of the largest: 2^30 of them would move the mean by less than 3e-11 of their distance. The value is the largest
 * sample's probability. */
cvh_found cvh_refine_soft_argmax(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at)
{
    double most = scene_maximum(scene), gain = scene->decoding->decoder.gain;
    if (!isfinite(most)) return CVH_FOUND_PIXEL_VALUE;
    mass total = {0, 0, 0};
    for (int row = 0; row < scene->plane->rows; row++)
        for (int col = 0; col < scene->plane->cols; col++) {
            double exponent = gain * (cvh_scene_at(scene, row, col) - most);
            if (exponent >= -45) add(&total, cvh_exp(exponent), col - peak.col, row - peak.row);
        }
    cvh_found found = mean_position(scene, peak, total, at);
    if (found == CVH_FOUND_REFINED) at->value = 1 / total.sum;
    return found;
}
