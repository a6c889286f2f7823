/* SPDX-License-Identifier: Apache-2.0 */
#include "support/golden_arrays.h"

static double *flatten(const json_t *value, double *out)
{
    if (!json_is_array(value)) {
        *out = golden_value(value);
        return out + 1;
    }
    for (size_t i = 0; i < json_array_size(value); i++) out = flatten(json_array_get(value, i), out);
    return out;
}

static void read_file(const char *file, golden_array *array)
{
    cvh_maps maps = golden_load(file);
    ck_assert_uint_eq((size_t)maps.count * (size_t)maps.rows * (size_t)maps.cols, array->size);
    size_t next = 0;
    for (int map = 0; map < maps.count; map++)
        for (int row = 0; row < maps.rows; row++)
            for (int col = 0; col < maps.cols; col++) array->values[next++] = sample(&maps, map, row, col);
    cvh_npy_free(&maps);
}

static golden_array read_array(const json_t *entry, const char *which, const char *name)
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
        read_file(file, &array);
    else
        ck_assert_ptr_eq(flatten(json_object_get(from, "values"), array.values), array.values + array.size);
    return array;
}

golden_array golden_input(const json_t *entry, const char *name)
{
    return read_array(entry, "inputs", name);
}

golden_array golden_output(const json_t *entry, const char *name)
{
    return read_array(entry, "outputs", name);
}

bool golden_has(const json_t *entry, const char *which, const char *name)
{
    return json_object_get(json_object_get(entry, which), name) != NULL;
}

double golden_param(const json_t *entry, const char *key, int index, double absent)
{
    const json_t *value = json_object_get(json_object_get(entry, "params"), key);
    if (json_is_array(value)) value = json_array_get(value, (size_t)index);
    if (json_is_boolean(value)) return json_is_true(value);
    return json_is_number(value) ? json_number_value(value) : absent;
}

const char *golden_flag(const json_t *entry, int joint)
{
    const json_t *flags = json_object_get(entry, "joint_flags");
    for (size_t i = 0; i < json_array_size(flags); i++) {
        const json_t *each = json_array_get(flags, i), *which = json_object_get(each, "joint");
        if (json_is_integer(which) && json_integer_value(which) == joint) return golden_word(each, "flag");
    }
    return golden_word(entry, "flag");
}
