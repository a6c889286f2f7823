/* SPDX-License-Identifier: Apache-2.0
 * The refinements: from the pixel of a peak to where it really is. */
#ifndef CVH_LIB_REFINE_H
#define CVH_LIB_REFINE_H

#include "decode/scene.h"

/* A peak as it is read: where it is, the value that CVH_SCORE_PEAK reports, and the fitted widths, else NaN. */
typedef struct cvh_reading {
    double x, y, value, sigma_x, sigma_y;
} cvh_reading;

/* A refinement: *at holds the peak's pixel and the map's value there, and keeps them unless the answer is CVH_FOUND_REFINED or
 * CVH_FOUND_PLATEAU. */
typedef cvh_found (*cvh_refine_fn)(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at);

cvh_found cvh_refine_fit(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at);         /* FIT, FIT_TIED */
cvh_found cvh_refine_newton(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at);      /* DARK, UDP */
cvh_found cvh_refine_sign(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at);        /* SIGN */
cvh_found cvh_refine_second_peak(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at); /* SECOND_PEAK */
cvh_found cvh_refine_centroid(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at);    /* CENTROID, CENTROID_POSITIVE */
cvh_found cvh_refine_soft_argmax(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at); /* SOFT_ARGMAX */

/* Whether `guard` lets an axis be refined: `own` of n_own on the axis itself, `other` of n_other across it. */
bool cvh_guard_allows(cvh_guard guard, int own, int n_own, int other, int n_other);

/* Takes `refined` where it is finite and, if steps are checked, within max_step of the peak's pixel. */
cvh_found cvh_refined(const cvh_decoding *decoding, cvh_pixel peak, cvh_position refined, cvh_reading *at);

/* Refines as the decoder asks, where its guard lets it. */
cvh_found cvh_refine_peak(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at);

#endif
