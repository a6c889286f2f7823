/* SPDX-License-Identifier: Apache-2.0
 * Which crop rule a convention's project cuts its people, and its whole photographs, with. */
#ifndef CVHEATMAP_TOOL_CROPS_H
#define CVHEATMAP_TOOL_CROPS_H

#include "input/source.h"

/* The rule called `asked`, or, where that is NULL, the project's own. */
int crop_rule_wanted(const char *asked, const char *convention, bool whole_image, cvh_crop_rule *rule);

/* The crop of one group of a source whose points are in photographs. */
int crop_of_group(const cvh_crop_rule *rule, const keypoint_group *cut, int input_rows, int input_cols, cvh_crop *crop);

#endif
