/* SPDX-License-Identifier: Apache-2.0
 * What the two halves of the COCO reader share: the checking of annotations, and the handing out of people. */
#ifndef CVHEATMAP_TOOL_COCO_PEOPLE_H
#define CVHEATMAP_TOOL_COCO_PEOPLE_H

#include "input/coco_file.h"
#include "input/source.h"

/* An annotation that is drawn. */
typedef struct person {
    size_t annotation;
    int image; /* numbered in order of appearance */
    cvh_rect box;
} person;

typedef struct coco {
    source base;
    coco_file file;
    const reading *how;
    const json_t *wanted; /* the category asked for, or NULL */
    person *people;
    size_t count, next;
    int keypoints; /* of a person; with boxes, 1 */
    words images;
    cvh_keypoint *points; /* of the group that was handed out last */
    cvh_gaussian *windows;
    size_t capacity;
    char name[512];
} coco;

const json_t *annotation_at(const coco *people, size_t index);

/* A number of an array; NaN where it is none. */
double number_at(const json_t *array, size_t index);

/* Checks every annotation, and lists those that are drawn, each with its box. */
int coco_check(coco *people);

#endif
