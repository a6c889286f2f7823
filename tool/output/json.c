/* SPDX-License-Identifier: Apache-2.0
 * What JSON lacks, and how it goes to stdout. */
#include "output/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

json_t *json_of_real(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *json_of_count(uint64_t value)
{
    return value <= INT64_MAX ? json_integer((json_int_t)value) : json_null();
}

json_t *json_of_text(const char *value)
{
    json_t *text = json_string(value);
    char *copy = text ? NULL : strdup(value);
    if (!copy) return text;
    for (char *at = copy; *at; ++at)
        if ((unsigned char)*at >= 0x80) *at = '?';
    text = json_string(copy);
    free(copy);
    return text;
}

/* The text at once, so that memory that runs out leaves no half of it. json_dumps, which lets its buffer grow, loses a key
 * where that fails (jansson 2.14); json_dumpb is told the room. */
static char *text_of(const json_t *tree, size_t *size)
{
    const size_t flags = JSON_INDENT(2) | JSON_REAL_PRECISION(17);
    *size = json_dumpb(tree, NULL, 0, flags);
    char *text = *size ? malloc(*size) : NULL;
    if (text && json_dumpb(tree, text, *size, flags) == *size) return text;
    free(text);
    return NULL;
}

int json_print(json_t *tree)
{
    size_t size;
    char *text = text_of(tree, &size);
    json_decref(tree);
    if (!text) return trouble("no memory for the report");
    fwrite(text, 1, size, stdout); /* a failed write shows in finish_stdout */
    putchar('\n');
    free(text);
    return EXIT_FINE;
}
