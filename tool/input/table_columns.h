/* SPDX-License-Identifier: Apache-2.0
 * What a table's columns hold. */
#ifndef CVHEATMAP_TOOL_TABLE_COLUMNS_H
#define CVHEATMAP_TOOL_TABLE_COLUMNS_H

#include "base/words.h"
#include "input/column_names.h"

enum { EVERY_KEYPOINT = -1 };

typedef struct column {
    role holds;
    int keypoint; /* whose; 0 where a row is one keypoint; EVERY_KEYPOINT: all of the row's */
} column;

typedef struct table_columns {
    column *all;
    int count;
    int keypoints;              /* of a row */
    bool wide;                  /* a row is an instance with all its keypoints */
    bool has[ROLE_SKIPPED + 1]; /* whether some column is of this role */
    words stems;                /* of a wide table: what stands beside x and y in the columns' names */
    const char **names;         /* of the keypoints, in `stems` */
    char unknown[256];          /* the columns that nothing knows, for a remark */
} table_columns;

void take_role(table_columns *columns, int index, role holds, int keypoint);

/* Adds a column to those that nothing knows. */
void name_unknown(table_columns *columns, const char *name);

void columns_free(table_columns *columns);

#endif
