/* SPDX-License-Identifier: Apache-2.0
 * What a COCO file holds beside its people: which kind of JSON it is, its categories, its images. */
#ifndef CVHEATMAP_TOOL_COCO_FILE_H
#define CVHEATMAP_TOOL_COCO_FILE_H

#include <jansson.h>

#include "base/words.h"

typedef struct coco_file {
    const char *path;
    json_t *tree, *annotations, *categories, *images;
    words image_ids; /* the ids as texts, numbered as in image_places */
    size_t *places;  /* in `images`, of each id */
} coco_file;

/* Reads a file; other JSON that people have is refused by its name. */
int coco_file_open(coco_file *file, const char *path);
void coco_file_close(coco_file *file);

/* An id (a number or a text) as a word. */
typedef struct id_text {
    char text[64];
} id_text;
id_text id_of(const json_t *id);

/* The photograph's size, 0 where the file does not say it, and its name, or NULL. */
void coco_image(const coco_file *file, const json_t *id, int *rows, int *cols, const char **name);

/* The category of this id or name; NULL: there is none. */
const json_t *coco_category(const coco_file *file, const json_t *id);
const json_t *coco_category_named(const coco_file *file, const char *name);

#endif
