/* SPDX-License-Identifier: Apache-2.0
 * The functions without a status, abused. */
#ifndef CVH_TEST_ABUSE_VALUES_H
#define CVH_TEST_ABUSE_VALUES_H

void abuse_cvh_status_text(void);
void abuse_cvh_fail(void);
void abuse_cvh_keypoints_from(void);
void abuse_cvh_last_error(void);
void abuse_cvh_version(void);
void abuse_cvh_opencv_version(void);
void abuse_cvh_opencv_arithmetic(void);
void abuse_cvh_convention_name(void);
void abuse_cvh_decoder_name(void);
void abuse_cvh_sigma_from_ksize(void);
void abuse_cvh_ksize_from_sigma(void);
void abuse_cvh_radius_cornernet(void);
void abuse_cvh_radius_centernet(void);
void abuse_cvh_maps_view(void);
void abuse_cvh_maps_interleaved(void);
void abuse_cvh_depth_text(void);
void abuse_cvh_arithmetic_text(void);
void abuse_cvh_border_text(void);
void abuse_cvh_method_text(void);
void abuse_cvh_geometry_text(void);
void abuse_cvh_snap_text(void);
void abuse_cvh_centre_text(void);
void abuse_cvh_overlap_text(void);
void abuse_cvh_norm_text(void);
void abuse_cvh_drop_text(void);
void abuse_cvh_window_text(void);
void abuse_cvh_refine_text(void);
void abuse_cvh_guard_text(void);
void abuse_cvh_step_text(void);
void abuse_cvh_ties_text(void);
void abuse_cvh_order_text(void);
void abuse_cvh_score_text(void);
void abuse_cvh_activation_text(void);
void abuse_cvh_offset_unit_text(void);
void abuse_cvh_offset_area_text(void);
void abuse_cvh_found_text(void);
void abuse_cvh_crop_family_text(void);
void abuse_cvh_crop_size_text(void);
void abuse_cvh_crop_boxes_text(void);
void abuse_cvh_crop_pad_text(void);
void abuse_cvh_flip_text(void);
void abuse_cvh_simcc_label_text(void);
void abuse_cvh_simcc_score_text(void);

#endif
