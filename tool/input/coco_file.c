/* SPDX-License-Identifier: Apache-2.0
 * What a COCO file holds beside its people. */
#include "input/coco_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/inputs.h"
#include "input/json_text.h"

/* --------------------------------------------------------------------------------------------- which kind of JSON it is */

static int refuse(const coco_file *file, const char *what)
{
    return trouble("%s: %s", file->path, what);
}

/* A list: of COCO results, or of Label Studio's tasks. */
static int refuse_list(const coco_file *file)
{
    const json_t *first = json_array_get(file->tree, 0);
    if (json_object_get(first, "image_id") && json_object_get(first, "keypoints"))
        return refuse(file,
                      "a list of COCO results (detections); annotations are wanted: an object with \"annotations\", each with "
                      "keypoints and bbox");
    if (json_object_get(first, "data") && (json_object_get(first, "annotations") || json_object_get(first, "completions")))
        return refuse(file, "Label Studio's own JSON; export it as COCO there, or as CSV for --points");
    return refuse(file, "a list; COCO keypoints are an object with \"annotations\"");
}

static int refuse_object(const coco_file *file)
{
    if (json_object_get(file->tree, "shapes"))
        return refuse(file,
                      "labelme's JSON of one picture; convert the folder to COCO (labelme2coco), or its points to a table for "
                      "--points");
    if (json_object_get(file->tree, "_via_img_metadata"))
        return refuse(file, "VIA's project; export its annotations as COCO there");
    if (json_object_get(file->tree, "people"))
        return refuse(file, "OpenPose's JSON of one picture; write its pose_keypoints_2d as a table for --points");
    return refuse(file, "annotations must be an array");
}

/* Numbers the images by their ids, so that none is searched for. */
static int number_images(coco_file *file)
{
    const size_t count = json_array_size(file->images);
    file->places = calloc(count + 1, sizeof *file->places);
    if (!file->places) return trouble("no memory for %zu images", count);
    for (size_t i = 0; i < count; ++i) {
        int number;
        const int before = file->image_ids.count;
        if (words_number(&file->image_ids, id_of(json_object_get(json_array_get(file->images, i), "id")).text, &number))
            return EXIT_TROUBLE;
        if (number == before) file->places[number] = i;
    }
    return EXIT_FINE;
}

int coco_file_open(coco_file *file, const char *path)
{
    *file = (coco_file){.path = path, .tree = json_read(path)};
    if (!file->tree) return EXIT_TROUBLE;
    input_note(path);
    file->annotations = json_object_get(file->tree, "annotations");
    file->categories = json_object_get(file->tree, "categories");
    file->images = json_object_get(file->tree, "images");
    if (json_is_array(file->tree)) return refuse_list(file);
    if (!json_is_array(file->annotations)) return refuse_object(file);
    return number_images(file);
}

void coco_file_close(coco_file *file)
{
    json_decref(file->tree);
    words_free(&file->image_ids);
    free(file->places);
    memset(file, 0, sizeof *file);
}

/* ------------------------------------------------------------------------------------------------- images and categories */

id_text id_of(const json_t *id)
{
    id_text made = {""};
    if (json_is_string(id)) snprintf(made.text, sizeof made.text, "%s", json_string_value(id));
    if (json_is_integer(id)) snprintf(made.text, sizeof made.text, "%" JSON_INTEGER_FORMAT, json_integer_value(id));
    if (json_is_real(id)) snprintf(made.text, sizeof made.text, "%.17g", json_real_value(id));
    return made;
}

static int side_of(const json_t *image, const char *name)
{
    const double side = json_number_value(json_object_get(image, name));
    return side >= 1 && side <= 1e9 ? (int)side : 0;
}

void coco_image(const coco_file *file, const json_t *id, int *rows, int *cols, const char **name)
{
    const int number = words_find(&file->image_ids, id_of(id).text);
    const json_t *image = number >= 0 ? json_array_get(file->images, file->places[number]) : NULL;
    *rows = side_of(image, "height");
    *cols = side_of(image, "width");
    *name = json_string_value(json_object_get(image, "file_name"));
}

const json_t *coco_category(const coco_file *file, const json_t *id)
{
    size_t i;
    const json_t *category;
    json_array_foreach(file->categories, i,
                       category) if (id && json_equal(json_object_get(category, "id"), id)) return category;
    return NULL;
}

const json_t *coco_category_named(const coco_file *file, const char *name)
{
    size_t i;
    const json_t *category;
    json_array_foreach(file->categories, i, category)
    {
        const char *own = json_string_value(json_object_get(category, "name"));
        if ((own && !strcmp(own, name)) || !strcmp(id_of(json_object_get(category, "id")).text, name)) return category;
    }
    return NULL;
}
