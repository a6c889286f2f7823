/* SPDX-License-Identifier: Apache-2.0
 * Keypoints in memory, sorted by their maps. */
#include "input/list.h"

#include <stdlib.h>
#include <string.h>

static int list_next(source *from, keypoint_group *out);

static void list_close(source *from)
{
    list *points = (list *)from;
    free(points->points);
    free(points->gaussians);
    free(points->owners);
    free(points->numbers);
    words_free(&points->groups);
    words_free(&points->labels);
    free(points);
}

list *list_new(void)
{
    list *points = calloc(1, sizeof *points);
    if (!points)
        trouble("no memory for a list of keypoints");
    else
        points->base = (source){.what = "maps", .next = list_next, .close = list_close};
    return points;
}

/* Makes *memory `capacity` elements of `size` long. */
static int grow_array(void *memory, size_t capacity, size_t size)
{
    void **place = memory, *grown = realloc(*place, capacity * size);
    if (!grown) return trouble("no memory for %zu keypoints", capacity);
    *place = grown;
    return EXIT_FINE;
}

static int grow(list *points)
{
    const size_t capacity = points->capacity ? 2 * points->capacity : 64;
    if (grow_array(&points->points, capacity, sizeof *points->points)) return EXIT_TROUBLE;
    if (points->gaussians && grow_array(&points->gaussians, capacity, sizeof *points->gaussians)) return EXIT_TROUBLE;
    if (points->owners && grow_array(&points->owners, capacity, sizeof *points->owners)) return EXIT_TROUBLE;
    points->capacity = capacity;
    return EXIT_FINE;
}

/* The arrays that only some lists have begin with what the points before had: nothing. */
static int begin_arrays(list *points, const cvh_gaussian *own, int owner)
{
    if (own && !points->gaussians) {
        points->gaussians = calloc(points->capacity, sizeof *points->gaussians);
        if (!points->gaussians) return trouble("no memory for %zu keypoints", points->capacity);
    }
    if (owner >= 0 && !points->owners) {
        points->owners = calloc(points->capacity, sizeof *points->owners);
        if (!points->owners) return trouble("no memory for %zu keypoints", points->capacity);
    }
    return EXIT_FINE;
}

int list_add(list *points, const cvh_keypoint *point, const cvh_gaussian *own, int owner)
{
    if (points->count == points->capacity && grow(points)) return EXIT_TROUBLE;
    if (begin_arrays(points, own, owner)) return EXIT_TROUBLE;
    points->points[points->count] = *point;
    if (points->gaussians) points->gaussians[points->count] = own ? *own : (cvh_gaussian){0};
    if (points->owners) points->owners[points->count] = owner >= 0 ? owner : 0;
    ++points->count;
    return EXIT_FINE;
}

/* --------------------------------------------------------------------------------------------------------------- sorting */

typedef struct place {
    int map;
    uint32_t number; /* of the point */
} place;

static int by_map_then_number(const void *left, const void *right)
{
    const place *a = left, *b = right;
    if (a->map != b->map) return a->map < b->map ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

static bool is_sorted(const list *points)
{
    for (size_t i = 1; i < points->count; ++i)
        if (points->points[i].map < points->points[i - 1].map) return false;
    return true;
}

/* Moves each point to its place, one round of places that follow from each other after the other. */
static void move_points(cvh_keypoint *points, place *places, size_t count)
{
    enum { MOVED = -1 };
    for (size_t start = 0; start < count; ++start) {
        if (places[start].map == MOVED) continue;
        const cvh_keypoint first = points[start];
        size_t at = start;
        for (; places[at].number != start; at = places[at].number) {
            points[at] = points[places[at].number];
            places[at].map = MOVED;
        }
        points[at] = first;
        places[at].map = MOVED;
    }
}

static int sort_by_map(list *points)
{
    const size_t count = points->count;
    place *places = count < UINT32_MAX ? malloc(count * sizeof *places) : NULL;
    if (!places) return trouble("no memory to sort %zu keypoints", count);
    for (size_t i = 0; i < count; ++i) places[i] = (place){points->points[i].map, (uint32_t)i};
    qsort(places, count, sizeof *places, by_map_then_number);
    move_points(points->points, places, count);
    points->numbers = (uint32_t *)places; /* the numbers alone, in the first half of their places */
    for (size_t i = 0; i < count; ++i) {
        const uint32_t number = places[i].number;
        memcpy((char *)places + i * sizeof number, &number, sizeof number);
    }
    points->base.unordered = true;
    return EXIT_FINE;
}

int list_ready(list *points, bool together)
{
    source *base = &points->base;
    int maps = 0;
    for (size_t i = 0; i < points->count; ++i)
        if (points->points[i].map >= maps) maps = points->points[i].map + 1;
    base->loose = !points->owners && !together;
    base->groups = base->loose ? maps : points->owners ? points->groups.count : 1;
    base->maps = base->loose ? 1 : maps;
    base->points = (int64_t)points->count;
    if (!base->loose) base->what = "groups";
    if (base->groups * base->maps > INT32_MAX)
        return trouble("%lld groups of %d maps are more than %d", (long long)base->groups, maps, INT32_MAX);
    if (points->labels.count) base->names = (const char *const *)points->labels.all;
    for (size_t i = 0; i < points->count; ++i) {
        if (points->owners) points->points[i].map += points->owners[i] * maps;
        if (points->gaussians) points->points[i].gaussian = &points->gaussians[i];
    }
    return is_sorted(points) ? EXIT_FINE : sort_by_map(points);
}

static int list_next(source *from, keypoint_group *out)
{
    list *points = (list *)from;
    const int first = (int)(points->next_group * from->maps);
    cvh_keypoint *all = points->points;
    size_t end = points->next_point;
    for (; end < points->count && all[end].map < first + from->maps; ++end) all[end].map -= first;
    *out = (keypoint_group){.points = all + points->next_point, .count = end - points->next_point};
    if (from->unordered) out->numbers = points->numbers + points->next_point;
    if (points->owners) out->name = points->groups.all[points->next_group];
    points->next_point = end;
    ++points->next_group;
    return EXIT_FINE;
}
