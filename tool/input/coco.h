/* SPDX-License-Identifier: Apache-2.0
 * People out of a COCO keypoints file, each in the pixels of the network's input that is cropped around it. */
#ifndef CVHEATMAP_TOOL_COCO_H
#define CVHEATMAP_TOOL_COCO_H

#include "tool.h"

struct json_t;

/* An open file. A person is an annotation that has a labelled keypoint (v > 0), in file order. */
typedef struct coco {
    struct json_t *tree, *annotations;
    int64_t count; /* people */
    int keypoints; /* of each */
    int input_rows, input_cols;
    cvh_geometry geometry;
    size_t next; /* the annotation after the last person handed out */
} coco;

/* Parses `path` and checks every field that is used later, so that nothing fails half way through. */
int coco_open(coco *people, const char *path);

/* The network's input. HRNet's and mmpose's crop: the box's centre becomes the input's, the box grows to the input's aspect
 * ratio and by 1.25, nothing turns. Under CVH_GEOMETRY_CORNERS it is UDP's, which maps the box onto cols - 1 pixels. */
void coco_set_input(coco *people, int rows, int cols, cvh_geometry geometry);

/* Writes the next person's keypoints, NaN where not labelled, on maps first_map, first_map + 1, ... */
void coco_next_person(coco *people, cvh_keypoint *points, int first_map);

void coco_close(coco *people);

#endif
