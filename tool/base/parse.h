/* SPDX-License-Identifier: Apache-2.0
 * Numbers out of text: all of the text or nothing, in range or nothing. */
#ifndef CVHEATMAP_TOOL_PARSE_H
#define CVHEATMAP_TOOL_PARSE_H

#include "base/tool.h"

/* A number as strtod reads it, "nan" and "inf" included; 1e999, which no double holds, is refused. */
bool parse_real(const char *text, double *value);

/* A table's field: a number, with a decimal comma where it has no point; true and false as 1 and 0; NaN where it is empty or
 * says that nothing is known (nan, na, n/a, null, none, -). */
bool parse_field(const char *text, double *value);

/* A whole number in decimal, least..most. */
bool parse_whole(const char *text, int64_t least, int64_t most, int64_t *value);

/* X,Y[,MAP] with map 0 where it is left out. */
bool parse_point(const char *text, cvh_keypoint *point);

/* A,B, or A alone, which leaves *second as it is. */
bool parse_pair(const char *text, double *first, double *second);

/* ROWSxCOLS, each 1..CVH_MAX_SIDE. */
bool parse_size(const char *text, int *rows, int *cols);

#endif
