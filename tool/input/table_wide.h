/* SPDX-License-Identifier: Apache-2.0
 * The columns of a table with a row an instance. */
#ifndef CVHEATMAP_TOOL_TABLE_WIDE_H
#define CVHEATMAP_TOOL_TABLE_WIDE_H

#include "input/table_columns.h"
#include "input/table_text.h"

/* Columns in pairs, none where there is no pair; and DeepLabCut's, whose first header row has been read. */
int read_wide(table_columns *columns, const table_row *header);
int read_deeplabcut(table_columns *columns, table_text *table, const table_row *scorer);

#endif
