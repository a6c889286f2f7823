/* SPDX-License-Identifier: Apache-2.0
 * Reads a folder of golden cases whose inputs and outputs are arrays in an index.json, small ones in it and large ones beside
 * it: golden_simcc, golden_offset. Their READMEs are the exact meaning of every field. */
#ifndef CVH_TEST_GOLDEN_ARRAYS_H
#define CVH_TEST_GOLDEN_ARRAYS_H

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

static json_t *golden;
static char golden_folder[2048];

/* The folder that `variable` names, else ../shared/`usual` beside the source tree. False where it holds no index. */
static inline bool golden_open(const char *variable, const char *usual)
{
    const char *given = getenv(variable);
    char path[2200];
    json_error_t error;
    if (given)
        snprintf(golden_folder, sizeof golden_folder, "%s", given);
    else
        snprintf(golden_folder, sizeof golden_folder, "%s/../shared/%s", CVHEATMAP_SOURCE_DIR, usual);
    snprintf(path, sizeof path, "%s/index.json", golden_folder);
    golden = json_load_file(path, 0, &error);
    if (!golden) printf("%s: %s; skipped\n", path, error.text);
    return golden != NULL;
}

/* An array as doubles, in C order. */
typedef struct golden_array {
    double *values;
    size_t size;
    int dims[5], rank;
} golden_array;

static inline const char *golden_word(const json_t *object, const char *key)
{
    const char *word = json_string_value(json_object_get(object, key));
    return word ? word : "";
}

static inline bool golden_says(const json_t *object, const char *key, const char *word)
{
    return !strcmp(golden_word(object, key), word);
}

static inline double golden_value(const json_t *value)
{
    if (json_is_number(value)) return json_number_value(value);
    if (!json_is_string(value)) return NAN;
    return json_string_value(value)[0] == '-' ? -(double)INFINITY : (double)INFINITY;
}

static inline double *golden_flatten(const json_t *value, double *out)
{
    if (!json_is_array(value)) {
        *out = golden_value(value);
        return out + 1;
    }
    for (size_t i = 0; i < json_array_size(value); i++) out = golden_flatten(json_array_get(value, i), out);
    return out;
}

static inline void golden_read_file(const char *file, golden_array *array)
{
    char path[2400];
    cvh_maps maps;
    snprintf(path, sizeof path, "%s/%s", golden_folder, file);
    ck_assert_msg(cvh_npy_load(path, &maps) == CVH_OK, "%s", cvh_last_error());
    ck_assert_uint_eq((size_t)maps.count * (size_t)maps.rows * (size_t)maps.cols, array->size);
    size_t next = 0;
    for (int map = 0; map < maps.count; map++)
        for (int row = 0; row < maps.rows; row++)
            for (int col = 0; col < maps.cols; col++) array->values[next++] = sample(&maps, map, row, col);
    cvh_npy_free(&maps);
}

/* An input or output of a case, in memory that the caller frees; size 0 where there is none of that name. */
static inline golden_array golden_read(const json_t *entry, const char *which, const char *name)
{
    golden_array array = {NULL, 0, {1, 1, 1, 1, 1}, 0};
    const json_t *from = json_object_get(json_object_get(entry, which), name), *shape = json_object_get(from, "shape");
    if (!from) return array;
    array.size = 1;
    array.rank = (int)json_array_size(shape);
    ck_assert_int_le(array.rank, 5);
    for (int i = 0; i < array.rank; i++) {
        array.dims[i] = (int)json_integer_value(json_array_get(shape, (size_t)i));
        array.size *= (size_t)array.dims[i];
    }
    array.values = calloc(array.size + 1, sizeof *array.values);
    ck_assert_ptr_nonnull(array.values);
    const char *file = json_string_value(json_object_get(from, "npy"));
    if (file)
        golden_read_file(file, &array);
    else
        ck_assert_ptr_eq(golden_flatten(json_object_get(from, "values"), array.values), array.values + array.size);
    return array;
}

static inline golden_array golden_input(const json_t *entry, const char *name)
{
    return golden_read(entry, "inputs", name);
}

static inline golden_array golden_output(const json_t *entry, const char *name)
{
    return golden_read(entry, "outputs", name);
}

static inline bool golden_has(const json_t *entry, const char *which, const char *name)
{
    return json_object_get(json_object_get(entry, which), name) != NULL;
}

/* A parameter, or one of a pair; `absent` where there is none. */
static inline double golden_param(const json_t *entry, const char *key, int index, double absent)
{
    const json_t *value = json_object_get(json_object_get(entry, "params"), key);
    if (json_is_array(value)) value = json_array_get(value, (size_t)index);
    if (json_is_boolean(value)) return json_is_true(value);
    return json_is_number(value) ? json_number_value(value) : absent;
}

static inline double golden_tolerance(const char *output)
{
    const json_t *tolerance = json_object_get(json_object_get(golden, "tolerance"), output);
    ck_assert_msg(tolerance != NULL, "no tolerance for %s", output);
    return json_number_value(tolerance);
}

/* The flag that holds for a joint of a case. */
static inline const char *golden_flag(const json_t *entry, int joint)
{
    const json_t *flags = json_object_get(entry, "joint_flags");
    for (size_t i = 0; i < json_array_size(flags); i++) {
        const json_t *each = json_array_get(flags, i), *which = json_object_get(each, "joint");
        if (json_is_integer(which) && json_integer_value(which) == joint) return golden_word(each, "flag");
    }
    return golden_word(entry, "flag");
}

static inline bool golden_close(double expected, double actual, double tolerance)
{
    return (isnan(expected) && isnan(actual)) || expected == actual || fabs(expected - actual) <= tolerance;
}

/* What became of the cases: matched of those that must be, and what is only told. */
typedef struct golden_tally {
    int matched, must, told, left_out;
    char failures[4000];
} golden_tally;

/* Counts one comparison of a case. A flagged one is told with both answers, and never a failure. */
static inline void golden_count(golden_tally *tally, const json_t *entry, const char *flag, bool agrees, const char *answer)
{
    if (strcmp(flag, "core") != 0) {
        tally->told++;
        printf("  %s %s: %s%s\n", flag, golden_word(entry, "name"), answer, agrees ? " (the same)" : "");
        return;
    }
    tally->must++;
    tally->matched += agrees;
    size_t used = strlen(tally->failures);
    if (!agrees && used < sizeof tally->failures - 1)
        snprintf(tally->failures + used, sizeof tally->failures - used, "\n%s: %s", golden_word(entry, "name"), answer);
}

/* Data of another kind: one line a kind, the first time it is met. */
static inline void golden_leave_out(golden_tally *tally, const char *kind)
{
    static const char *seen[40];
    int i = 0;
    tally->left_out++;
    for (; i < 40 && seen[i]; i++)
        if (!strcmp(seen[i], kind)) return;
    if (i < 40) seen[i] = kind;
    printf("  not in scope: %s\n", kind);
}

static inline void golden_finish(const golden_tally *tally, const char *what)
{
    printf("%s: %d of %d %s matched, %d flagged ones told, %d of other kinds left out\n", golden_folder, tally->matched,
           tally->must, what, tally->told, tally->left_out);
    ck_assert_msg(tally->matched == tally->must && tally->must > 0, "%d of %d differ:%s", tally->must - tally->matched,
                  tally->must, tally->failures);
}

#endif
