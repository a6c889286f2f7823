/* SPDX-License-Identifier: Apache-2.0
 * People out of a COCO keypoints file (cocodataset.org, "Data format", keypoint detection). */
#include "input/coco.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

/* jansson asks for the text piece by piece, so that the file is never in memory beside its tree. */
static size_t read_piece(void *piece, size_t size, void *descriptor)
{
    return (size_t)read(*(int *)descriptor, piece, size); /* -1 is jansson's word for failure too */
}

static int parse(coco *people, const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return trouble("cannot read %s: %s", path, strerror(errno));
    json_error_t error;
    errno = 0;
    people->tree = json_load_callback(read_piece, &descriptor, 0, &error);
    const int reason = errno;
    close(descriptor);
    if (people->tree) return EXIT_FINE;
    if (reason == EISDIR || reason == EIO || reason == ENOMEM) return trouble("cannot read %s: %s", path, strerror(reason));
    return trouble("%s:%d:%d: %s", path, error.line, error.column, error.text);
}

/* Annotation `index` of `path`: what is wrong with it. */
static int bad(const char *path, size_t index, const char *what)
{
    return trouble("%s: annotations[%zu]%s", path, index, what);
}

static bool is_labelled(const json_t *keypoints)
{
    const size_t size = json_array_size(keypoints);
    for (size_t i = 2; i < size; i += 3)
        if (json_number_value(json_array_get(keypoints, i)) > 0) return true;
    return false;
}

static int check_numbers(const char *path, size_t index, const char *name, const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); ++i)
        if (!json_is_number(json_array_get(array, i)))
            return trouble("%s: annotations[%zu].%s[%zu] must be a number", path, index, name, i);
    return EXIT_FINE;
}

static int check_box(const char *path, size_t index, const json_t *box)
{
    if (json_array_size(box) != 4) return bad(path, index, ".bbox must be an array of 4 numbers: x, y, width, height");
    if (check_numbers(path, index, "bbox", box)) return EXIT_TROUBLE;
    double value[4];
    for (size_t i = 0; i < 4; ++i) {
        value[i] = json_number_value(json_array_get(box, i));
        if (fabs(value[i]) > 1e9) return bad(path, index, ".bbox is out of range; its numbers must be within 1e9");
    }
    const bool has_extent = value[2] >= 0 && value[3] >= 0 && fmax(value[2], value[3]) >= 1e-6;
    return has_extent ? EXIT_FINE : bad(path, index, ".bbox has no extent; width and height must be >= 0, and one of them > 0");
}

/* Checks one annotation, and counts it where it is a person. */
static int check_annotation(coco *people, const char *path, size_t index)
{
    const json_t *annotation = json_array_get(people->annotations, index);
    if (!json_is_object(annotation)) return bad(path, index, " must be an object");
    const json_t *keypoints = json_object_get(annotation, "keypoints");
    const size_t size = json_array_size(keypoints);
    if (!json_is_array(keypoints)) return bad(path, index, ".keypoints must be an array");
    if (size % 3) return bad(path, index, ".keypoints must hold x, y, v for each keypoint; its length is no multiple of 3");
    if (check_numbers(path, index, "keypoints", keypoints)) return EXIT_TROUBLE;
    if (!is_labelled(keypoints)) return EXIT_FINE;
    /* GCOVR_EXCL_START: takes a file of a gigabyte */
    if (size / 3 > CVH_MAX_COUNT) return bad(path, index, ".keypoints is too long");
    /* GCOVR_EXCL_STOP */
    if (people->count++ == 0) people->keypoints = (int)(size / 3);
    if ((int)(size / 3) != people->keypoints)
        return trouble("%s: annotations[%zu] has %zu keypoints; the first person has %d", path, index, size / 3,
                       people->keypoints);
    return check_box(path, index, json_object_get(annotation, "bbox"));
}

static int check(coco *people, const char *path)
{
    if (!json_is_object(people->tree)) return trouble("%s: must be an object with \"annotations\"", path);
    people->annotations = json_object_get(people->tree, "annotations");
    if (!json_is_array(people->annotations)) return trouble("%s: annotations must be an array", path);
    for (size_t i = 0; i < json_array_size(people->annotations); ++i)
        if (check_annotation(people, path, i)) return EXIT_TROUBLE;
    if (people->count == 0) return trouble("%s: annotations: none has a labelled keypoint (v > 0)", path);
    return EXIT_FINE;
}

int coco_open(coco *people, const char *path)
{
    memset(people, 0, sizeof *people);
    if (!parse(people, path) && !check(people, path)) return EXIT_FINE;
    coco_close(people);
    return EXIT_TROUBLE;
}

void coco_set_input(coco *people, int rows, int cols, cvh_geometry geometry)
{
    people->input_rows = rows;
    people->input_cols = cols;
    people->geometry = geometry;
}

/* input = (image - centre) * scale + middle, on each axis */
typedef struct crop {
    double centre_x, centre_y, scale_x, scale_y, middle_x, middle_y;
} crop;

/* HRNet lib/dataset/coco.py _xywh2cs with lib/utils/transforms.py get_affine_transform:
 *     w, h grown to the input's aspect ratio, then times 1.25;  input = (image - centre) * cols/w + cols/2
 * UDP (mmpose get_udp_warp_matrix):
 *     input = (image - centre + w/2) * (cols-1)/w */
static crop crop_of(const coco *people, const json_t *box)
{
    double value[4];
    for (size_t i = 0; i < 4; ++i) value[i] = json_number_value(json_array_get(box, i));
    const double aspect = (double)people->input_cols / people->input_rows;
    double width = value[2], height = value[3];
    if (width > aspect * height)
        height = width / aspect;
    else
        width = height * aspect;
    width *= 1.25;
    height *= 1.25;
    const int less = people->geometry == CVH_GEOMETRY_CORNERS;
    return (crop){
        .centre_x = value[0] + value[2] / 2,
        .centre_y = value[1] + value[3] / 2,
        .scale_x = (people->input_cols - less) / width,
        .scale_y = (people->input_rows - less) / height,
        .middle_x = (people->input_cols - less) / 2.0,
        .middle_y = (people->input_rows - less) / 2.0,
    };
}

static const json_t *next_person(coco *people)
{
    for (;;) {
        const json_t *annotation = json_array_get(people->annotations, people->next++);
        if (!annotation || is_labelled(json_object_get(annotation, "keypoints"))) return annotation;
    }
}

void coco_next_person(coco *people, cvh_keypoint *points, int first_map)
{
    const json_t *person = next_person(people), *keypoints = json_object_get(person, "keypoints");
    const crop made = crop_of(people, json_object_get(person, "bbox"));
    for (int i = 0; i < people->keypoints; ++i) {
        const size_t at = 3 * (size_t)i;
        const bool labelled = json_number_value(json_array_get(keypoints, at + 2)) > 0;
        const double x = json_number_value(json_array_get(keypoints, at)),
                     y = json_number_value(json_array_get(keypoints, at + 1));
        points[i] = (cvh_keypoint){
            .x = labelled ? (x - made.centre_x) * made.scale_x + made.middle_x : NAN,
            .y = labelled ? (y - made.centre_y) * made.scale_y + made.middle_y : NAN,
            .map = first_map + i,
        };
    }
}

void coco_close(coco *people)
{
    json_decref(people->tree);
    memset(people, 0, sizeof *people);
}
