/* SPDX-License-Identifier: Apache-2.0
 * JSON as people have it: a byte order mark is passed over, and NaN, Infinity and -Infinity, which Python writes and JSON has
 * not, are read as null. */
#ifndef CVHEATMAP_TOOL_JSON_TEXT_H
#define CVHEATMAP_TOOL_JSON_TEXT_H

#include <jansson.h>

#include "base/tool.h"

/* The tree of a file ("-": standard input), or NULL, reported. The text is never in memory beside its tree. */
json_t *json_read(const char *path);

#endif
