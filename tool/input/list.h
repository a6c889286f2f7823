/* SPDX-License-Identifier: Apache-2.0
 * Keypoints in memory, in any order, each on a map of its own choice: those of --point, and of tables with a row a keypoint. */
#ifndef CVHEATMAP_TOOL_LIST_H
#define CVHEATMAP_TOOL_LIST_H

#include "base/words.h"
#include "input/source.h"

typedef struct list {
    source base;
    cvh_keypoint *points;
    cvh_gaussian *gaussians; /* one a point, or NULL where no point has any of its own */
    int *owners;             /* the group of each point, or NULL where no point has one */
    uint32_t *numbers;       /* each point's place before they were sorted; NULL: they were in order */
    size_t count, capacity;
    words groups, labels; /* the names of the groups, and of the maps where they have any */
    size_t next_point;
    int64_t next_group;
} list;

/* An empty list; NULL, reported, where there is no memory. */
list *list_new(void);

/* Adds a point; own NULL: it has no gaussian of its own; owner: its group's number, or -1. */
int list_add(list *points, const cvh_keypoint *point, const cvh_gaussian *own, int owner);

/* Sorts the points by group and map, keeping the order within a map, and makes the list a source; together: where no point has
 * a group, all maps are one. */
int list_ready(list *points, bool together);

#endif
