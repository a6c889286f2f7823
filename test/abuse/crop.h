/* SPDX-License-Identifier: Apache-2.0
 * The abuse of what stands around the maps: crops, warps, the flip test. */
#ifndef CVH_TEST_ABUSE_CROP_H
#define CVH_TEST_ABUSE_CROP_H

void abuse_cvh_affine_invert(void);
void abuse_cvh_crop_find(void);
void abuse_cvh_crop_name(void);
void abuse_cvh_crop_clean(void);
void abuse_cvh_crop_fit(void);
void abuse_cvh_flip_merge(void);
void abuse_cvh_warp(void);
void abuse_cvh_warp_native(void);
void abuse_cvh_crop_image(void);
void abuse_cvh_crosscheck_warp(void);

#endif
