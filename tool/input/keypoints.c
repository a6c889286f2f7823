/* SPDX-License-Identifier: Apache-2.0
 * The keypoints that a command draws, in slices of maps. */
#include "input/keypoints.h"

#include <stdlib.h>
#include <string.h>

#include "input/coco.h"

int keypoints_add(keypoints *list, const cvh_keypoint *point)
{
    if (list->count == list->capacity) {
        const size_t capacity = list->capacity ? 2 * list->capacity : 64;
        cvh_keypoint *points = realloc(list->points, capacity * sizeof *points);
        if (!points) return trouble("no memory for %zu keypoints", capacity);
        list->points = points;
        list->capacity = capacity;
    }
    list->points[list->count++] = *point;
    return EXIT_FINE;
}

typedef struct numbered_point {
    cvh_keypoint point;
    size_t number;
} numbered_point;

static int by_map_then_number(const void *left, const void *right)
{
    const numbered_point *a = left, *b = right;
    if (a->point.map != b->point.map) return a->point.map < b->point.map ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static bool is_sorted(const keypoints *list)
{
    for (size_t i = 1; i < list->count; ++i)
        if (list->points[i].map < list->points[i - 1].map) return false;
    return true;
}

static int sort_by_map(keypoints *list)
{
    numbered_point *numbered = malloc(list->count * sizeof *numbered);
    if (!numbered) return trouble("no memory to sort %zu keypoints", list->count);
    for (size_t i = 0; i < list->count; ++i) numbered[i] = (numbered_point){list->points[i], i};
    qsort(numbered, list->count, sizeof *numbered, by_map_then_number);
    for (size_t i = 0; i < list->count; ++i) list->points[i] = numbered[i].point;
    free(numbered);
    return EXIT_FINE;
}

int keypoints_ready(keypoints *list)
{
    if (!is_sorted(list) && sort_by_map(list)) return EXIT_TROUBLE;
    list->group = 1;
    list->maps = (int64_t)list->points[list->count - 1].map + 1;
    list->next = 0;
    return EXIT_FINE;
}

int keypoints_from_people(keypoints *list, coco *people, int most_maps)
{
    list->points = calloc((size_t)most_maps, sizeof *list->points);
    if (!list->points) return trouble("no memory for %d keypoints", most_maps);
    list->people = people;
    list->group = people->keypoints;
    list->maps = people->count * people->keypoints;
    return EXIT_FINE;
}

const cvh_keypoint *keypoints_slice(keypoints *list, int64_t first, int maps, size_t *count)
{
    if (list->people) {
        for (int map = 0; map < maps; map += list->group) coco_next_person(list->people, list->points + map, map);
        *count = (size_t)maps;
        return list->points;
    }
    cvh_keypoint *slice = list->points + list->next;
    size_t end = list->next;
    for (; end < list->count && list->points[end].map < first + maps; ++end) list->points[end].map -= (int)first;
    *count = end - list->next;
    list->next = end;
    return slice;
}

void keypoints_free(keypoints *list)
{
    free(list->points);
    memset(list, 0, sizeof *list);
}
