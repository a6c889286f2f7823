/* SPDX-License-Identifier: Apache-2.0
 * What the readers of a table's rows share: those of a row a keypoint, and of a row an instance. */
#ifndef CVHEATMAP_TOOL_TABLE_ROWS_H
#define CVHEATMAP_TOOL_TABLE_ROWS_H

#include "input/source.h"
#include "input/table_columns.h"
#include "input/table_text.h"

typedef struct table {
    source base; /* of a table that is a source by itself */
    table_text text;
    table_columns columns;
    const reading *how;
    table_row row; /* that is read next, once it has been looked at */
    bool waits;
    double (*given)[ROLE_NUMBERS]; /* what the row says of each of its keypoints */
    cvh_keypoint *points;          /* of the group that was handed out last */
    cvh_gaussian *gaussians;
    size_t capacity;
    /* of a row a keypoint */
    bool grouped; /* columns say what a row belongs to: */
    char *owner;  /* their texts in the row, one behind the other, */
    size_t owner_capacity;
    char *group; /* and in the group that was handed out last */
    size_t group_capacity;
    words labels;             /* the maps' names */
    int64_t next_group, rest; /* groups that have been handed out, and keypoints that have not */
} table;

/* What a row says of a keypoint; below: its score alone leaves it out. */
typedef struct row_point {
    cvh_keypoint point;
    cvh_gaussian own;
    bool below;
} row_point;

/* Reads the row's numbers into `given`, from where keypoint `index` is made. */
int row_numbers(table *from);
row_point row_keypoint(const table *from, int index);

/* Whether the columns say what makes a gaussian of its own. */
bool rows_have_own(const table *from);

/* Sets from->owner to the texts that say which group the row belongs to; "" where no column does. */
int row_owner(table *from);

/* Sets *map where a column names it; and *map whichever way the columns say it, without the row's other numbers. */
int row_label(const table *from, words *labels, int *map);
int row_map(const table *from, words *labels, int *map);

/* Makes a table, whose first row waits, a source that reads it once more, a group at a time. *sorted is false, and the table
 * as before but for where it is read, where its groups, or maps, do not stand one after the other. */
int table_sort_source(table *from, bool *sorted);

#endif
