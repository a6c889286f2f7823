/* SPDX-License-Identifier: Apache-2.0 */
#include "decode/refine.h"

static const cvh_refine_fn REFINEMENTS[] = {
    [CVH_REFINE_FIT] = cvh_refine_fit,
    [CVH_REFINE_FIT_TIED] = cvh_refine_fit,
    [CVH_REFINE_NONE] = NULL,
    [CVH_REFINE_SIGN] = cvh_refine_sign,
    [CVH_REFINE_DARK] = cvh_refine_newton,
    [CVH_REFINE_UDP] = cvh_refine_newton,
    [CVH_REFINE_CENTROID] = cvh_refine_centroid,
    [CVH_REFINE_CENTROID_POSITIVE] = cvh_refine_centroid,
    [CVH_REFINE_SECOND_PEAK] = cvh_refine_second_peak,
    [CVH_REFINE_SOFT_ARGMAX] = cvh_refine_soft_argmax,
};

bool cvh_guard_allows(cvh_guard guard, int own, int n_own, int other, int n_other)
{
    switch (guard) {
    case CVH_GUARD_DARK: return own >= 2 && own <= n_own - 3 && other >= 2 && other <= n_other - 3;
    case CVH_GUARD_HRNET: return own >= 2 && own <= n_own - 2 && other >= 2 && other <= n_other - 2;
    case CVH_GUARD_MMPOSE: return own >= 2 && own <= n_own - 2 && other >= 1;
    default: return true;
    }
}

cvh_found cvh_refined(const cvh_decoding *decoding, cvh_pixel peak, cvh_position refined, cvh_reading *at)
{
    double dx = refined.x - peak.col, dy = refined.y - peak.row, most = decoding->decoder.max_step;
    if (!isfinite(dx) || !isfinite(dy)) return CVH_FOUND_PIXEL_SHAPE;
    if (decoding->decoder.step == CVH_STEP_CHECKED && !(dx * dx + dy * dy <= most * most)) return CVH_FOUND_PIXEL_SHAPE;
    at->x = refined.x;
    at->y = refined.y;
    return CVH_FOUND_REFINED;
}

/* SIGN refines its axes one by one, the others both or none. */
static bool guarded(const cvh_scene *scene, cvh_pixel peak)
{
    const cvh_decoder *decoder = &scene->decoding->decoder;
    int rows = scene->plane->rows, cols = scene->plane->cols;
    return decoder->refine != CVH_REFINE_SIGN
           && !(cvh_guard_allows(decoder->guard, peak.col, cols, peak.row, rows)
                && cvh_guard_allows(decoder->guard, peak.row, rows, peak.col, cols));
}

cvh_found cvh_refine_peak(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at)
{
    cvh_refine_fn refinement = REFINEMENTS[scene->decoding->decoder.refine];
    if (!refinement) return CVH_FOUND_PIXEL;
    if (guarded(scene, peak)) return CVH_FOUND_PIXEL_EDGE;
    if (isinf(peak.value)) return CVH_FOUND_PIXEL_VALUE;
    return refinement(scene, peak, at);
}
