/* SPDX-License-Identifier: Apache-2.0
 * People, or boxes, out of a COCO file (cocodataset.org, "Data format"), in pixels of their photographs. */
#ifndef CVHEATMAP_TOOL_COCO_H
#define CVHEATMAP_TOOL_COCO_H

#include "input/source.h"

struct json_t;

/* Parses `path` and checks every field that is used later, so that nothing fails half way through. What makes no person is
 * counted as skipped: annotations without keypoints, without a labelled one, or whose box has no extent. A person without a
 * box gets its labelled keypoints' bounding box, a tenth of its larger side wider on each side. */
int coco_open(const char *path, const reading *how, source **out);

/* Of the person that was handed out last: the annotation and image, as the file names them; NULL: it does not. */
const struct json_t *coco_image_id(const source *people);
const struct json_t *coco_category_id(const source *people);

#endif
