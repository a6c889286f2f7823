/* SPDX-License-Identifier: Apache-2.0
 * Which annotations of a COCO file are people that can be drawn, and with which boxes. */
#include <stdlib.h>

#include "input/coco_people.h"

const json_t *annotation_at(const coco *people, size_t index)
{
    return json_array_get(people->file.annotations, index);
}

/* Annotation `index`: what is wrong with it. */
static int bad(const coco *people, size_t index, const char *what)
{
    return trouble("%s: annotations[%zu]%s", people->file.path, index, what);
}

/* What is wrong ends the run where --strict is given; else it is counted, and *taken is false. */
static int lenient(coco *people, size_t index, const char *strictly, const char *otherwise, bool *taken)
{
    if (people->how->strict) return bad(people, index, strictly);
    source_skip(&people->base, "annotations[%zu]%s", index, otherwise);
    *taken = false;
    return EXIT_FINE;
}

double number_at(const json_t *array, size_t index)
{
    const json_t *value = json_array_get(array, index);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static bool is_labelled(const json_t *keypoints)
{
    const size_t size = json_array_size(keypoints);
    for (size_t i = 2; i < size; i += 3)
        if (number_at(keypoints, i) > 0) return true;
    return false;
}

static bool is_crowd(const json_t *annotation)
{
    const json_t *crowd = json_object_get(annotation, "iscrowd");
    return json_is_true(crowd) || json_number_value(crowd) > 0;
}

/* null is what NaN has become: no number is known there. */
static int check_numbers(const coco *people, size_t index, const char *name, const json_t *array, bool null_too)
{
    for (size_t i = 0; i < json_array_size(array); ++i) {
        const json_t *value = json_array_get(array, i);
        if (!json_is_number(value) && !(null_too && json_is_null(value)))
            return trouble("%s: annotations[%zu].%s[%zu] must be a number", people->file.path, index, name, i);
    }
    return EXIT_FINE;
}

static int refuse_count(const coco *people, size_t index, size_t count)
{
    return trouble("%s: annotations[%zu] has %zu keypoints; the first person has %d%s", people->file.path, index, count,
                   people->keypoints, people->how->category ? "" : ". --category NAME takes the people of one category");
}

static int check_keypoints(coco *people, size_t index, bool *taken)
{
    const json_t *keypoints = json_object_get(annotation_at(people, index), "keypoints");
    const size_t size = json_array_size(keypoints);
    if (!keypoints || json_is_null(keypoints) || (json_is_array(keypoints) && !size))
        return lenient(people, index, ".keypoints must be an array", " has no keypoints", taken);
    if (!json_is_array(keypoints)) return bad(people, index, ".keypoints must be an array");
    if (json_is_array(json_array_get(keypoints, 0)))
        return bad(people, index, ".keypoints is a list of lists; COCO's is flat: x, y, v for each keypoint");
    if (size % 3) return bad(people, index, ".keypoints must hold x, y, v for each keypoint; its length is no multiple of 3");
    if (check_numbers(people, index, "keypoints", keypoints, true)) return EXIT_TROUBLE;
    if (!is_labelled(keypoints)) {
        source_skip(&people->base, "annotations[%zu] has no labelled keypoint", index);
        *taken = false;
        return EXIT_FINE;
    }
    /* GCOVR_EXCL_START: takes a file of a gigabyte */
    if (size / 3 > CVH_MAX_COUNT) return bad(people, index, ".keypoints is too long");
    /* GCOVR_EXCL_STOP */
    if (people->keypoints == 0) people->keypoints = (int)(size / 3);
    return (int)(size / 3) == people->keypoints ? EXIT_FINE : refuse_count(people, index, size / 3);
}

/* The labelled keypoints' bounding box, a tenth of its larger side wider on each side; false where it has no extent. */
static bool box_of_keypoints(const json_t *keypoints, cvh_rect *box)
{
    double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i + 2 < json_array_size(keypoints); i += 3) {
        const double x = number_at(keypoints, i), y = number_at(keypoints, i + 1);
        if (!(number_at(keypoints, i + 2) > 0) || x != x || y != y) continue;
        left = fmin(left, x);
        right = fmax(right, x);
        top = fmin(top, y);
        bottom = fmax(bottom, y);
    }
    const double room = 0.1 * fmax(right - left, bottom - top);
    *box = (cvh_rect){left - room, top - room, right - left + 2 * room, bottom - top + 2 * room};
    return room > 0 && fmax(box->width, box->height) <= 1e9;
}

/* An empty box, or one of which NaN is known, is none. */
static bool has_box(const json_t *box)
{
    if (!json_is_array(box)) return box && !json_is_null(box);
    for (size_t i = 0; i < json_array_size(box); ++i)
        if (json_is_null(json_array_get(box, i))) return false;
    return json_array_size(box) > 0;
}

static int check_box_numbers(const coco *people, size_t index, const json_t *array, cvh_rect *box)
{
    if (json_array_size(array) != 4) return bad(people, index, ".bbox must be an array of 4 numbers: x, y, width, height");
    if (check_numbers(people, index, "bbox", array, false)) return EXIT_TROUBLE;
    for (size_t i = 0; i < 4; ++i)
        if (fabs(number_at(array, i)) > 1e9) return bad(people, index, ".bbox is out of range; its numbers must be within 1e9");
    *box = (cvh_rect){number_at(array, 0), number_at(array, 1), number_at(array, 2), number_at(array, 3)};
    return EXIT_FINE;
}

/* The rule of the project's data set for a ground-truth box, which looks at the photograph's size. */
static int clean_box(coco *people, size_t index, cvh_rect *box, bool *taken)
{
    int rows, cols, kept;
    const char *name;
    const cvh_crop_rule *rule = people->how->rule;
    coco_image(&people->file, json_object_get(annotation_at(people, index), "image_id"), &rows, &cols, &name);
    if (!rule || rule->boxes == CVH_CROP_BOXES_ANY) return EXIT_FINE;
    people->base.uncut += !rows || !cols;
    if (!rows || !cols) return EXIT_FINE;
    if (cvh_crop_clean(rule, box, rows, cols, box, &kept)) return library_trouble();
    *taken = kept && fmax(box->width, box->height) > 0;
    if (!*taken) source_skip(&people->base, "annotations[%zu].bbox is dropped by the rule %s", index, rule->name);
    return EXIT_FINE;
}

static int check_box(coco *people, size_t index, cvh_rect *box, bool *taken)
{
    const json_t *annotation = annotation_at(people, index), *array = json_object_get(annotation, "bbox");
    if (!has_box(array)) {
        if (!people->how->strict && box_of_keypoints(json_object_get(annotation, "keypoints"), box)) return EXIT_FINE;
        return lenient(people, index, ".bbox must be an array of 4 numbers: x, y, width, height",
                       " has no bbox, and its labelled keypoints span none", taken);
    }
    if (check_box_numbers(people, index, array, box)) return EXIT_TROUBLE;
    const double least = fmin(box->width, box->height), largest = fmax(box->width, box->height);
    if (!(least >= 0) || largest < 1e-6 || (people->how->boxes && !(least > 0)))
        return lenient(people, index, ".bbox has no extent; width and height must be >= 0, and one of them > 0",
                       ".bbox has no extent", taken);
    return people->how->boxes ? EXIT_FINE : clean_box(people, index, box, taken);
}

static int check_annotation(coco *people, size_t index, cvh_rect *box, bool *taken)
{
    const json_t *annotation = annotation_at(people, index);
    if (!json_is_object(annotation)) return bad(people, index, " must be an object");
    const json_t *category = json_object_get(annotation, "category_id");
    *taken = !people->wanted || (category && json_equal(category, json_object_get(people->wanted, "id")));
    if (!*taken) return EXIT_FINE;
    if (is_crowd(annotation)) {
        source_skip(&people->base, "annotations[%zu] is a crowd", index);
        *taken = false;
        return EXIT_FINE;
    }
    if (people->how->boxes)
        people->keypoints = 1;
    else if (check_keypoints(people, index, taken))
        return EXIT_TROUBLE;
    const bool boxed = people->how->boxes || !people->how->whole_image;
    return *taken && boxed ? check_box(people, index, box, taken) : EXIT_FINE;
}

int coco_check(coco *people)
{
    const size_t all = json_array_size(people->file.annotations);
    people->people = calloc(all + 1, sizeof *people->people);
    if (!people->people) return trouble("no memory for %zu annotations", all);
    for (size_t i = 0; i < all; ++i) {
        bool taken = false;
        int image;
        cvh_rect box = {0};
        if (check_annotation(people, i, &box, &taken)) return EXIT_TROUBLE;
        if (!taken) continue;
        if (words_number(&people->images, id_of(json_object_get(annotation_at(people, i), "image_id")).text, &image))
            return EXIT_TROUBLE;
        people->people[people->count++] = (person){i, image, box};
    }
    if (people->count) return EXIT_FINE;
    return trouble("%s: annotations: none has a %s%s%s", people->file.path,
                   people->how->boxes ? "box" : "labelled keypoint (v > 0)",
                   people->base.skipped ? " and a box; the first that was skipped: " : "", people->base.reason);
}
