/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap, what an enumerator means, in words: for logs, reports and messages of your own. Each function takes any int, an
 * unknown one included, and returns a constant English text without a full stop, never NULL. cvh_status_text stands in base.h,
 * cvh_slip_text in compare.h. */
#ifndef CVHEATMAP_TEXTS_H
#define CVHEATMAP_TEXTS_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The enumerator of the enum that the function is named after, in words. */
CVH_API const char *cvh_depth_text(int depth);
CVH_API const char *cvh_arithmetic_text(int arithmetic);
CVH_API const char *cvh_border_text(int border);
CVH_API const char *cvh_method_text(int method);
CVH_API const char *cvh_geometry_text(int geometry);
CVH_API const char *cvh_snap_text(int snap);
CVH_API const char *cvh_centre_text(int centre);
CVH_API const char *cvh_overlap_text(int overlap);
CVH_API const char *cvh_norm_text(int norm);
CVH_API const char *cvh_drop_text(int drop);
CVH_API const char *cvh_window_text(int window);
CVH_API const char *cvh_refine_text(int refine);
CVH_API const char *cvh_guard_text(int guard);
CVH_API const char *cvh_step_text(int step);
CVH_API const char *cvh_ties_text(int ties);
CVH_API const char *cvh_order_text(int order);
CVH_API const char *cvh_score_text(int score);
CVH_API const char *cvh_activation_text(int activation);
CVH_API const char *cvh_offset_unit_text(int unit);
CVH_API const char *cvh_offset_area_text(int area);
CVH_API const char *cvh_found_text(int found);
CVH_API const char *cvh_crop_family_text(int family);
CVH_API const char *cvh_crop_size_text(int size);
CVH_API const char *cvh_crop_boxes_text(int boxes);
CVH_API const char *cvh_crop_pad_text(int pad);
CVH_API const char *cvh_flip_text(int flip);
CVH_API const char *cvh_simcc_label_text(int label);
CVH_API const char *cvh_simcc_score_text(int score);

#ifdef __cplusplus
}
#endif

#endif
