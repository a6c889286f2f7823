/* SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

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

const world_case world_texts[] = {
    {"cvh_opencv_arithmetic", "", true, true, opencv_arithmetic, false},
    {"cvh_simcc_name", "", false, false, simcc_name, false},
    {"cvh_crop_name", "", false, false, crop_name, false},
    {"cvh_status_text", "", false, false, status_text, false},
    {"cvh_slip_text", "", false, false, slip_text, false},
    {"cvh_fail", "", false, false, own_failure, false},
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
