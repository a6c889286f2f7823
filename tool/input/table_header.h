/* SPDX-License-Identifier: Apache-2.0
 * What a table's columns hold, found from its header rows, or from how many numbers a row has. */
#ifndef CVHEATMAP_TOOL_TABLE_HEADER_H
#define CVHEATMAP_TOOL_TABLE_HEADER_H

#include "input/source.h"
#include "input/table_columns.h"
#include "input/table_text.h"

/* Reads the header rows, if there are any, and the row after them, which is *first unless *more is false. */
int columns_read(table_columns *columns, table_text *table, const reading *how, table_row *first, bool *more);

#endif
