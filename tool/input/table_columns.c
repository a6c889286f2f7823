/* SPDX-License-Identifier: Apache-2.0
 * What a table's columns hold. */
#include "input/table_columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void take_role(table_columns *columns, int index, role holds, int keypoint)
{
    columns->all[index] = (column){holds, keypoint};
    columns->has[holds] = true;
}

void name_unknown(table_columns *columns, const char *name)
{
    const size_t length = strlen(columns->unknown);
    if (length + strlen(name) + 8 < sizeof columns->unknown)
        snprintf(columns->unknown + length, sizeof columns->unknown - length, "%s%s", length ? ", " : "", name);
    else if (length > 3 && strcmp(columns->unknown + length - 3, "..."))
        strcat(columns->unknown, ", ...");
}

void columns_free(table_columns *columns)
{
    free(columns->all);
    free((void *)columns->names);
    words_free(&columns->stems);
    memset(columns, 0, sizeof *columns);
}
