/* SPDX-License-Identifier: Apache-2.0
 * What JSON lacks, and how it goes to stdout. */
#ifndef CVHEATMAP_TOOL_JSON_H
#define CVHEATMAP_TOOL_JSON_H

#include <jansson.h>

#include "base/tool.h"

json_t *json_of_real(double value);      /* null for NaN and infinities, which JSON has not */
json_t *json_of_count(uint64_t value);   /* null beyond what a signed 64-bit number holds */
json_t *json_of_text(const char *value); /* bytes that are not UTF-8 (a file's name) as '?' */

/* Prints a tree, which it releases, and a line end. A NULL tree is out of memory. */
int json_print(json_t *tree);

#endif
