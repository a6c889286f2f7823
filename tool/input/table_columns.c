/* SPDX-License-Identifier: Apache-2.0
 * What a table's columns hold. Names are compared without case, with every run of other characters than letters and digits
 * as one '_': "x-coordinate" and "X coordinate" are one name. */
#include "input/table_header.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "input/parse.h"

static const char *const role_names[] = {"x",     "y",     "map",    "visible", "sigma_x",  "sigma_y", "peak", "weight",
                                         "score", "width", "height", "label",   "instance", "frame",   ""};

const char *role_name(role holds)
{
    return role_names[holds];
}

void plain_name(char plain[LONGEST_NAME], const char *name)
{
    size_t length = 0;
    for (; *name && length < LONGEST_NAME - 1; ++name) {
        const unsigned char byte = (unsigned char)*name;
        if (isalnum(byte) || byte >= 0x80)
            plain[length++] = (char)tolower(byte);
        else if (length > 0 && plain[length - 1] != '_')
            plain[length++] = '_';
    }
    while (length > 0 && plain[length - 1] == '_') --length;
    plain[length] = '\0';
}

bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; ++list)
        if (!strcmp(name, *list)) return true;
    return false;
}

static const char *const x_names[] = {"x",       "x_coordinate", "x_coord", "x_px",   "x_pos", "x_position",
                                      "coord_x", "pos_x",        "col",     "column", NULL};
static const char *const y_names[] = {"y",          "y_coordinate", "y_coord", "y_px", "y_pos",
                                      "y_position", "coord_y",      "pos_y",   "row",  NULL};
static const char *const map_names[] = {"map", "channel", NULL};
const char *const visible_names[] = {"visible", "visibility", "vis", "v", NULL};
static const char *const sigma_names[] = {"sigma", "sigma_x", NULL};
static const char *const sigma_y_names[] = {"sigma_y", NULL};
static const char *const peak_names[] = {"peak", "amplitude", NULL};
static const char *const weight_names[] = {"weight", "duration", "count", "dwell_time", "fixation_duration", NULL};
const char *const score_names_of[] = {"score", "likelihood", "confidence", "conf", "probability", "prob", "p", NULL};
static const char *const width_names[] = {"w", "width", NULL};
static const char *const height_names[] = {"h", "height", NULL};
static const char *const label_names[] = {"keypoint", "joint", "bodypart", "landmark", "part",
                                          "label",    "class", "category", NULL};
static const char *const person_names[] = {"person",     "person_id", "instance", "instance_id",
                                           "individual", "track",     "track_id", NULL};
static const char *const image_names[] = {"frame",    "frame_idx", "frame_index", "frame_number", "frame_id", "image",
                                          "image_id", "img",       "file",        "file_name",    "filename", "image_name",
                                          "path",     NULL};
static const char *const quiet_names[] = {"", "found", "index", "row_names", "instance_score", NULL}; /* known, and of no use */

static const char *const *const names_of_role[] = {
    x_names,      y_names,        map_names,   visible_names, sigma_names, sigma_y_names, peak_names,
    weight_names, score_names_of, width_names, height_names,  label_names, person_names,  image_names,
};

role role_of(const char *plain)
{
    for (int i = 0; i < ROLE_SKIPPED; ++i)
        if (is_one_of(plain, names_of_role[i])) return (role)i;
    return ROLE_SKIPPED;
}

bool is_quiet(const char *plain)
{
    return is_one_of(plain, quiet_names) || !strncmp(plain, "unnamed_", 8); /* pandas' name for a column without one */
}

void name_unknown(table_columns *columns, const char *name)
{
    const size_t length = strlen(columns->unknown);
    if (length + strlen(name) + 8 < sizeof columns->unknown)
        snprintf(columns->unknown + length, sizeof columns->unknown - length, "%s%s", length ? ", " : "", name);
    else if (length > 3 && strcmp(columns->unknown + length - 3, "..."))
        strcat(columns->unknown, ", ...");
}

/* --column-x or --column-y names this column, to the letter or without case. */
static bool is_asked_for(const char *asked, const char *name)
{
    return asked && !strcasecmp(asked, name);
}

void take_role(table_columns *columns, int index, role holds, int keypoint)
{
    columns->all[index] = (column){holds, keypoint};
    columns->has[holds] = true;
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
                                 role_names[holds]);
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
        x = x || (how->column_x ? is_asked_for(how->column_x, header->fields[i]) : is_one_of(plain, x_names));
        y = y || (how->column_y ? is_asked_for(how->column_y, header->fields[i]) : is_one_of(plain, y_names));
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

void columns_free(table_columns *columns)
{
    free(columns->all);
    free((void *)columns->names);
    words_free(&columns->stems);
    memset(columns, 0, sizeof *columns);
}
