/* SPDX-License-Identifier: Apache-2.0
 * The keypoints that a command draws: a list from the command line or a CSV, or the people of a COCO file. They are handed
 * out in slices of maps, so that no more than a slice of maps is ever in memory. */
#ifndef CVHEATMAP_TOOL_KEYPOINTS_H
#define CVHEATMAP_TOOL_KEYPOINTS_H

#include "tool.h"

struct coco;

typedef struct keypoints {
    cvh_keypoint *points; /* the list; with `people`, room for one slice */
    size_t count, capacity;
    struct coco *people; /* not NULL: they come from there */
    int64_t maps;        /* that they are drawn on */
    int group;           /* maps that belong together: a person's keypoints, else 1 */
    size_t next;         /* the first point that no slice has handed out */
} keypoints;

int keypoints_add(keypoints *list, const cvh_keypoint *point);
int keypoints_read_csv(keypoints *list, const char *path);

/* Sorts the list, which holds a keypoint, by map, keeping the order within a map, and counts its maps. */
int keypoints_ready(keypoints *list);

/* Makes the people the source, for slices of at most most_maps maps (a multiple of the group). */
int keypoints_from_people(keypoints *list, struct coco *people, int most_maps);

/* The points of the next `maps` maps, from map `first` on, with maps counted from 0: a slice follows the one before. */
const cvh_keypoint *keypoints_slice(keypoints *list, int64_t first, int maps, size_t *count);

void keypoints_free(keypoints *list);

#endif
