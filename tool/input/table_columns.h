/* SPDX-License-Identifier: Apache-2.0
 * What a table's columns hold, found from its header rows, or from how many numbers a row has. */
#ifndef CVHEATMAP_TOOL_TABLE_COLUMNS_H
#define CVHEATMAP_TOOL_TABLE_COLUMNS_H

#include "input/source.h"
#include "input/table_text.h"
#include "input/words.h"

/* What a field says; the first ones are numbers. */
typedef enum role {
    ROLE_X,
    ROLE_Y,
    ROLE_MAP,
    ROLE_VISIBLE,
    ROLE_SIGMA_X,
    ROLE_SIGMA_Y,
    ROLE_PEAK,
    ROLE_WEIGHT,
    ROLE_SCORE,
    ROLE_WIDTH,
    ROLE_HEIGHT,
    ROLE_NUMBERS,              /* how many those are */
    ROLE_LABEL = ROLE_NUMBERS, /* the keypoint's name: a number for each name */
    ROLE_PERSON,               /* with ROLE_IMAGE: which group the row belongs to */
    ROLE_IMAGE,
    ROLE_SKIPPED
} role;

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

/* Reads the header rows, if there are any, and the row after them, which is *first unless *more is false. */
int columns_read(table_columns *columns, table_text *table, const reading *how, table_row *first, bool *more);

/* What a role is called in messages. */
const char *role_name(role holds);

void columns_free(table_columns *columns);

#endif
