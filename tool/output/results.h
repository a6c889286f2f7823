/* SPDX-License-Identifier: Apache-2.0
 * COCO results (cocodataset.org, "Results format", keypoint detection). */
#ifndef CVHEATMAP_TOOL_RESULTS_H
#define CVHEATMAP_TOOL_RESULTS_H

#include <jansson.h>

#include "base/tool.h"

/* Adds one person: x, y and score of each keypoint, 0,0,0 where nothing was found; the person's score is their mean. */
int results_add(json_t *list, const json_t *image_id, const json_t *category_id, const cvh_peak *peaks, size_t count);

/* Writes the list to a file. */
int results_save(const json_t *list, const char *path);

#endif
