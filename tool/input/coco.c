/* SPDX-License-Identifier: Apache-2.0
 * People, or boxes, out of a COCO file. */
#include "input/coco.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/coco_people.h"

static void coco_free(coco *people)
{
    coco_file_close(&people->file);
    words_free(&people->images);
    free(people->people);
    free(people->points);
    free(people->windows);
    free((void *)people->base.names);
    free(people);
}

static void coco_close(source *from)
{
    coco_free((coco *)from);
}

static int by_image(const void *left, const void *right)
{
    const person *a = left, *b = right;
    if (a->image != b->image) return a->image < b->image ? -1 : 1;
    return (a->annotation > b->annotation) - (a->annotation < b->annotation);
}

/* The names of the keypoints, from the first person's category, or those of the categories. */
static int find_names(coco *people)
{
    const json_t *first = annotation_at(people, people->people[0].annotation);
    const json_t *category = coco_category(&people->file, json_object_get(first, "category_id"));
    const json_t *from = people->how->boxes ? people->file.categories : json_object_get(category, "keypoints");
    if (json_array_size(from) != (size_t)people->base.maps) return EXIT_FINE;
    const char **names = calloc((size_t)people->base.maps, sizeof *names);
    if (!names) return trouble("no memory for %d names", people->base.maps);
    people->base.names = names;
    for (int i = 0; i < people->base.maps; ++i) {
        const json_t *at = json_array_get(from, (size_t)i);
        names[i] = json_string_value(people->how->boxes ? json_object_get(at, "name") : at);
        if (!names[i]) names[i] = "";
    }
    return EXIT_FINE;
}

/* The map of a box: its category's place in the file's list. */
static int map_of_box(const coco *people, const json_t *annotation)
{
    const json_t *id = json_object_get(annotation, "category_id");
    for (size_t i = 0; !people->wanted && id && i < json_array_size(people->file.categories); ++i)
        if (json_equal(json_object_get(json_array_get(people->file.categories, i), "id"), id)) return (int)i;
    return 0;
}

static void read_person(const coco *people, const json_t *annotation, cvh_keypoint *points)
{
    const json_t *keypoints = json_object_get(annotation, "keypoints");
    for (int k = 0; k < people->keypoints; ++k) {
        const double x = number_at(keypoints, 3 * (size_t)k), y = number_at(keypoints, 3 * (size_t)k + 1);
        const bool labelled = number_at(keypoints, 3 * (size_t)k + 2) > 0 && !reading_is_absent(people->how, x, y);
        points[k] = (cvh_keypoint){.x = labelled ? x : NAN, .y = labelled ? y : NAN, .map = k};
    }
}

static void read_boxed(const coco *people, const person *boxed, cvh_keypoint *point, cvh_gaussian *window)
{
    const cvh_rect *box = &boxed->box;
    *window = (cvh_gaussian){.ksize_x = box->width, .ksize_y = box->height};
    *point = (cvh_keypoint){
        .x = box->x + box->width / 2,
        .y = box->y + box->height / 2,
        .map = map_of_box(people, annotation_at(people, boxed->annotation)),
        .gaussian = window,
    };
}

static int grow(coco *people, size_t count)
{
    if (count <= people->capacity) return EXIT_FINE;
    cvh_keypoint *points = realloc(people->points, 2 * count * sizeof *points);
    if (points) people->points = points;
    cvh_gaussian *windows = points ? realloc(people->windows, 2 * count * sizeof *windows) : NULL;
    if (!windows) return trouble("no memory for %zu keypoints", 2 * count);
    people->windows = windows;
    people->capacity = 2 * count;
    return EXIT_FINE;
}

/* "photograph.jpg/12": the file's name and the annotation's id, as far as the file says them. */
static void make_name(coco *people, const json_t *annotation, const char *file_name)
{
    const id_text id = id_of(people->how->whole_image ? NULL : json_object_get(annotation, "id"));
    snprintf(people->name, sizeof people->name, "%.400s%s%s", file_name ? file_name : "", file_name && id.text[0] ? "/" : "",
             id.text);
}

static int coco_next(source *from, keypoint_group *out)
{
    coco *people = (coco *)from;
    const size_t first = people->next, keypoints = (size_t)people->keypoints;
    const json_t *annotation = annotation_at(people, people->people[first].annotation);
    const char *file_name;
    size_t end = first + 1;
    while (people->how->whole_image && end < people->count && people->people[end].image == people->people[first].image) ++end;
    *out = (keypoint_group){.count = (end - first) * keypoints, .box = people->people[first].box};
    if (grow(people, out->count)) return EXIT_TROUBLE;
    for (size_t i = first; i < end; ++i) {
        if (people->how->boxes)
            read_boxed(people, &people->people[i], people->points + (i - first), people->windows + (i - first));
        else
            read_person(people, annotation_at(people, people->people[i].annotation), people->points + (i - first) * keypoints);
    }
    out->boxed = !people->how->whole_image;
    coco_image(&people->file, json_object_get(annotation, "image_id"), &out->photo_rows, &out->photo_cols, &file_name);
    make_name(people, annotation, file_name);
    out->points = people->points;
    out->name = people->name;
    people->next = end;
    return EXIT_FINE;
}

/* ---------------------------------------------------------------------------------------------------------------- opening */

static int make_source(coco *people)
{
    source *base = &people->base;
    const bool images = people->how->whole_image;
    const size_t categories = json_array_size(people->file.categories);
    if (images) qsort(people->people, people->count, sizeof *people->people, by_image);
    base->what = images ? "images" : "people";
    base->groups = images ? people->images.count : (int64_t)people->count;
    base->maps = people->keypoints;
    if (people->how->boxes && !people->wanted && categories > 1) base->maps = (int)categories;
    base->points = (int64_t)people->count * people->keypoints;
    base->instance = people->how->boxes ? 0 : people->keypoints;
    base->in_photo = true;
    base->boxes = people->how->boxes;
    base->next = coco_next;
    base->close = coco_close;
    return find_names(people);
}

static int read_file(coco *people, const char *path)
{
    if (coco_file_open(&people->file, path)) return EXIT_TROUBLE;
    if (people->how->category) {
        people->wanted = coco_category_named(&people->file, people->how->category);
        if (!people->wanted) return trouble("%s: no category is named '%s' or has that id", path, people->how->category);
    }
    return coco_check(people) || make_source(people) ? EXIT_TROUBLE : EXIT_FINE;
}

int coco_open(const char *path, const reading *how, source **out)
{
    coco *people = calloc(1, sizeof *people);
    if (!people) return trouble("no memory for people");
    people->how = how;
    if (read_file(people, path)) {
        coco_free(people);
        return EXIT_TROUBLE;
    }
    *out = &people->base;
    return EXIT_FINE;
}

const json_t *coco_image_id(const source *from)
{
    const coco *people = (const coco *)from;
    return json_object_get(annotation_at(people, people->people[people->next - 1].annotation), "image_id");
}

const json_t *coco_category_id(const source *from)
{
    const coco *people = (const coco *)from;
    return json_object_get(annotation_at(people, people->people[people->next - 1].annotation), "category_id");
}
