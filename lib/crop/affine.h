/* SPDX-License-Identifier: Apache-2.0
 * Affine maps inverted as OpenCV inverts them, and turned. */
#ifndef CVH_LIB_CROP_AFFINE_H
#define CVH_LIB_CROP_AFFINE_H

#include "base/affine.h"

/* As cv::warpAffine inverts: a singular map becomes one whose linear part is zero. */
cvh_affine cvh_affine_inverted(const cvh_affine *affine);

/* cos and sin of an angle in degrees, by plain double arithmetic: the same bits on every machine, within 1 ULP or so, and exact
 * at multiples of 90 degrees. */
cvh_position cvh_turn(double degrees);

#endif
