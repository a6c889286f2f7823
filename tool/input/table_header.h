/* SPDX-License-Identifier: Apache-2.0
 * What reading a table's header shares between its two kinds: a row a keypoint, and a row an instance. */
#ifndef CVHEATMAP_TOOL_TABLE_HEADER_H
#define CVHEATMAP_TOOL_TABLE_HEADER_H

#include "input/table_columns.h"

enum { LONGEST_NAME = 256 };

/* Names that end with NULL. */
extern const char *const visible_names[], *const score_names_of[];
bool is_one_of(const char *name, const char *const *list);

/* A column's name as names are compared; which role a plain name has by itself; whether it is known and of no use. */
void plain_name(char plain[LONGEST_NAME], const char *name);
role role_of(const char *plain);
bool is_quiet(const char *plain);

void take_role(table_columns *columns, int index, role holds, int keypoint);

/* Adds a column to those that nothing knows. */
void name_unknown(table_columns *columns, const char *name);

/* Columns in pairs, none where there is no pair; and DeepLabCut's, whose first header row has been read. */
int read_wide(table_columns *columns, const table_row *header);
int read_deeplabcut(table_columns *columns, table_text *table, const table_row *scorer);

#endif
