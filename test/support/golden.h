/* SPDX-License-Identifier: Apache-2.0
 * Reads a folder of golden heatmaps: index.json and one .npy a case. Its README is the exact meaning of every field. */
#ifndef CVH_TEST_GOLDEN_H
#define CVH_TEST_GOLDEN_H

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

typedef struct golden_case {
    const char *name, *file, *convention, *produced_by;
    bool quirk;
    int rows, cols, channels;
    cvh_depth depth;
    double atol;
    json_t *model, *params, *points, *weights;
} golden_case;

static inline double golden_number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    ck_assert_msg(json_is_number(value), "%s is not a number", key);
    return json_number_value(value);
}

static inline const char *golden_text(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    ck_assert_msg(json_is_string(value), "%s is not a string", key);
    return json_string_value(value);
}

static inline bool golden_is(const json_t *object, const char *key, const char *text)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value && strcmp(value, text) == 0;
}

typedef struct golden_pair {
    double x, y;
} golden_pair;

/* A number stands for both axes; false where the key is absent or null. */
static inline bool golden_pair_at(const json_t *object, const char *key, golden_pair *pair)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_number(value)) *pair = (golden_pair){json_number_value(value), json_number_value(value)};
    if (json_is_array(value))
        *pair = (golden_pair){json_number_value(json_array_get(value, 0)), json_number_value(json_array_get(value, 1))};
    return json_is_number(value) || json_is_array(value);
}

static inline golden_case golden_read(const json_t *entry)
{
    return (golden_case){
        .name = golden_text(entry, "name"),
        .file = golden_text(entry, "file"),
        .convention = golden_text(entry, "convention"),
        .produced_by = golden_text(entry, "produced_by"),
        .quirk = golden_is(entry, "class", "quirk"),
        .rows = (int)golden_number(entry, "rows"),
        .cols = (int)golden_number(entry, "cols"),
        .channels = (int)golden_number(entry, "channels"),
        .depth = golden_is(entry, "dtype", "float64") ? CVH_64F : CVH_32F,
        .atol = golden_number(entry, "atol"),
        .model = json_object_get(entry, "model"),
        .params = json_object_get(entry, "params"),
        .points = json_object_get(entry, "points"),
        .weights = json_object_get(entry, "weights"),
    };
}

static inline bool golden_made_by(const golden_case *golden, const char *project)
{
    return strncmp(golden->produced_by, project, strlen(project)) == 0;
}

/* $CVHEATMAP_GOLDEN, else the folder beside the source tree. */
static inline const char *golden_folder(void)
{
    const char *given = getenv("CVHEATMAP_GOLDEN");
    return given && *given ? given : CVHEATMAP_SOURCE_DIR "/../shared/golden";
}

/* A path too long is cut, and then not found. */
static inline void golden_path(const char *file, char *path, size_t size)
{
    snprintf(path, size, "%s/%s", golden_folder(), file);
}

/* NULL, with the reason on stderr, where there is no index or it is no JSON. */
static inline json_t *golden_index(void)
{
    char path[4096];
    json_error_t error;
    golden_path("index.json", path, sizeof path);
    json_t *index = json_load_file(path, 0, &error);
    if (!index) fprintf(stderr, "%s: %s\n", path, error.text);
    return index;
}

#endif
