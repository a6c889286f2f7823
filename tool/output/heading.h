/* SPDX-License-Identifier: Apache-2.0
 * What was drawn, in words: for pictures and reports. */
#ifndef CVHEATMAP_TOOL_HEADING_H
#define CVHEATMAP_TOOL_HEADING_H

#include <jansson.h>

#include "input/drawing.h"

/* Size, method, lengths and rules in one line; of a named convention also what the options replaced in it. */
void describe_drawing(const drawing *draw, const char *method, char *text, size_t size);

/* The same for JSON: the convention's name and numbers, and "overrides": what was replaced, as "sigma: 2 -> 3". */
json_t *drawing_json(const drawing *draw);

#endif
