/* SPDX-License-Identifier: Apache-2.0
 * A crop rule, a photograph and a box: checked. */
#ifndef CVH_LIB_CROP_RULE_H
#define CVH_LIB_CROP_RULE_H

#include "cvheatmap.h"

cvh_status cvh_crop_rule_check(const cvh_crop_rule *rule);
cvh_status cvh_crop_side_check(const char *argument, int side, int least);

/* Finite, within the range of boxes; width and height at least `least`. */
cvh_status cvh_rect_check(const char *argument, const cvh_rect *rect, double least);

#endif
