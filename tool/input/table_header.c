/* SPDX-License-Identifier: Apache-2.0
 * A table's header rows. */
#include "input/table_header.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/parse.h"
#include "input/table_wide.h"

/* --column-x or --column-y names this column, to the letter or without case. */
static bool is_asked_for(const char *asked, const char *name)
{
    return asked && !strcasecmp(asked, name);
}

/* What decode printed holds the widths that it found, which are no wish. */
static bool is_decoded(const table_row *header)
{
    for (int i = 0; i < header->count; ++i)
        if (!strcmp(header->fields[i], "found")) return true;
    return false;
}

static int read_narrow(table_columns *columns, const table_text *table, const table_row *header, const reading *how)
{
    const bool decoded = is_decoded(header);
    columns->keypoints = 1;
    for (int i = 0; i < header->count; ++i) {
        char plain[LONGEST_NAME];
        plain_name(plain, header->fields[i]);
        role holds = role_of(plain);
        const bool fitted = decoded && (holds == ROLE_SIGMA_X || holds == ROLE_SIGMA_Y);
        if (how->column_x && (holds == ROLE_X || is_asked_for(how->column_x, header->fields[i])))
            holds = is_asked_for(how->column_x, header->fields[i]) ? ROLE_X : ROLE_SKIPPED;
        if (how->column_y && (holds == ROLE_Y || is_asked_for(how->column_y, header->fields[i])))
            holds = is_asked_for(how->column_y, header->fields[i]) ? ROLE_Y : ROLE_SKIPPED;
        if (fitted || ((holds == ROLE_WIDTH || holds == ROLE_HEIGHT) && !how->boxes)) holds = ROLE_SKIPPED;
        if (holds < ROLE_PERSON && columns->has[holds])
            return table_trouble(table, header->line, "column %d, '%s', is a second '%s'", i + 1, header->fields[i],
                                 role_name(holds));
        take_role(columns, i, holds, 0);
        if (holds == ROLE_SKIPPED && !fitted && !is_quiet(plain)) name_unknown(columns, header->fields[i]);
    }
    return EXIT_FINE;
}

static bool is_header(const table_row *row)
{
    for (int i = 0; i < row->count; ++i) {
        double value;
        if (!parse_field(row->fields[i], &value)) return true;
    }
    return false;
}

static int read_numbers(table_columns *columns, const table_text *table, const table_row *row, const reading *how)
{
    static const role box[] = {ROLE_X, ROLE_Y, ROLE_WIDTH, ROLE_HEIGHT};
    const int count = row->count;
    if (how->boxes && count == 4) {
        columns->keypoints = 1;
        for (int i = 0; i < count; ++i) take_role(columns, i, box[i], 0);
        return EXIT_FINE;
    }
    if (count < 2 || (count > 3 && count % 2))
        return table_trouble(table, row->line,
                             "%d number%s a row and no header; a row is x,y or x,y,map or x0,y0,x1,y1,..., else a header names "
                             "the columns",
                             count, count == 1 ? "" : "s");
    columns->wide = count > 3;
    columns->keypoints = columns->wide ? count / 2 : 1;
    for (int i = 0; i < count; ++i) take_role(columns, i, columns->wide ? (role)(i % 2) : (role)i, columns->wide ? i / 2 : 0);
    return EXIT_FINE;
}

static bool names_both(const table_row *header, const reading *how)
{
    bool x = false, y = false;
    for (int i = 0; i < header->count; ++i) {
        char plain[LONGEST_NAME];
        plain_name(plain, header->fields[i]);
        x = x || (how->column_x ? is_asked_for(how->column_x, header->fields[i]) : is_named(plain, ROLE_X));
        y = y || (how->column_y ? is_asked_for(how->column_y, header->fields[i]) : is_named(plain, ROLE_Y));
    }
    return x && y;
}

static int refuse_header(const table_text *table, const table_row *header, const reading *how)
{
    char found[512] = "";
    for (int i = 0; i < header->count && strlen(found) < sizeof found - 70; ++i)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.60s", i ? ", " : "", header->fields[i]);
    if (how->column_x || how->column_y)
        return table_trouble(table, header->line, "no columns '%s' and '%s'; the header names: %s",
                             how->column_x ? how->column_x : "x", how->column_y ? how->column_y : "y", found);
    return table_trouble(table, header->line,
                         "no x and y among the columns: %s. A header names x and y, or pairs such as nose.x,nose.y or "
                         "nose_x,nose_y, or is DeepLabCut's; --column-x NAME and --column-y NAME say which they are",
                         found);
}

static int read_header(table_columns *columns, table_text *table, const table_row *header, const reading *how)
{
    if (!strcasecmp(header->fields[0], "scorer")) return read_deeplabcut(columns, table, header);
    if (names_both(header, how)) return read_narrow(columns, table, header, how);
    if (!how->column_x && !how->column_y && read_wide(columns, header)) return EXIT_TROUBLE;
    return columns->keypoints ? EXIT_FINE : refuse_header(table, header, how);
}

/* R writes a header without a name for the rows' own names: then it is one column shorter than the rows. */
static int shift_columns(table_columns *columns, int count)
{
    if (count != columns->count + 1) return EXIT_FINE;
    column *all = realloc(columns->all, (size_t)count * sizeof *all);
    if (!all) return trouble("no memory for %d columns", count);
    memmove(all + 1, all, (size_t)columns->count * sizeof *all);
    all[0] = (column){ROLE_SKIPPED, 0};
    columns->all = all;
    columns->count = count;
    return EXIT_FINE;
}

int columns_read(table_columns *columns, table_text *table, const reading *how, table_row *first, bool *more)
{
    memset(columns, 0, sizeof *columns);
    if (table_next(table, first, more)) return EXIT_TROUBLE;
    if (!*more) return EXIT_FINE;
    columns->count = first->count;
    columns->all = calloc((size_t)first->count, sizeof *columns->all);
    if (!columns->all) return trouble("no memory for %d columns", first->count);
    if (!is_header(first)) return read_numbers(columns, table, first, how);
    if (read_header(columns, table, first, how) || table_next(table, first, more)) return EXIT_TROUBLE;
    return *more ? shift_columns(columns, first->count) : EXIT_FINE;
}
