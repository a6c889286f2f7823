/* SPDX-License-Identifier: Apache-2.0
 * One row of a table: its numbers, its keypoints, and what it belongs to. */
#include "input/table_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/parse.h"

/* ------------------------------------------------------------------------------------------------------------- one field */

typedef struct range {
    double least, most;
    const char *text;
} range;

/* What a number may be, in the order of `role`; NaN passes everywhere but as a map. */
static const range ranges[ROLE_NUMBERS] = {
    [ROLE_X] = {-INFINITY, INFINITY, "a number"},
    [ROLE_Y] = {-INFINITY, INFINITY, "a number"},
    [ROLE_MAP] = {0, CVH_MAX_COUNT - 1, "a whole number 0..268435455"},
    [ROLE_VISIBLE] = {-INFINITY, INFINITY, "a number"},
    [ROLE_SIGMA_X] = {1e-6, 1e6, "a number 1e-6..1e6"},
    [ROLE_SIGMA_Y] = {1e-6, 1e6, "a number 1e-6..1e6"},
    [ROLE_PEAK] = {1e-30, 1e30, "a number 1e-30..1e30"},
    [ROLE_WEIGHT] = {0, 1e30, "a number 0..1e30"},
    [ROLE_SCORE] = {-INFINITY, INFINITY, "a number"},
    [ROLE_WIDTH] = {-INFINITY, INFINITY, "a number"},
    [ROLE_HEIGHT] = {-INFINITY, INFINITY, "a number"},
};

/* 1,234 between commas, in quotes: a thousand for one program, 1.234 for the next. Between semicolons and tabs the comma is the
 * decimal one. */
static bool is_two_numbers(const table *from, const char *field)
{
    const size_t sign = strspn(field, "+-"), digits = strspn(field + sign, "0123456789");
    return from->text.separator == ',' && digits >= 1 && digits <= 3 && field[sign] != '0' && field[sign + digits] == ','
           && strspn(field + sign + digits + 1, "0123456789") == 3 && !field[sign + digits + 4];
}

static int read_number(const table *from, int index, double *value)
{
    const column *at = &from->columns.all[index];
    const char *field = from->row.fields[index];
    const range *allowed = &ranges[at->holds];
    const bool two = is_two_numbers(from, field), number = !two && parse_field(field, value),
               unknown = number && *value != *value;
    const bool whole = at->holds != ROLE_MAP || (number && floor(*value) == *value);
    if (number && whole && ((*value >= allowed->least && *value <= allowed->most) || (unknown && at->holds != ROLE_MAP)))
        return EXIT_FINE;
    const char *owner = from->columns.names && at->keypoint >= 0 ? from->columns.names[at->keypoint] : NULL;
    return table_trouble(&from->text, from->row.line, "%s%s%s must be %s, not '%.80s'", role_name(at->holds),
                         owner ? " of " : "", owner ? owner : "",
                         two ? "a number with a point, since its comma may stand before thousands" : allowed->text, field);
}

static int check_count(const table *from)
{
    for (int i = from->columns.count; i < from->row.count; ++i)
        if (from->row.fields[i][0])
            return table_trouble(&from->text, from->row.line, "%d columns; the first row has %d", from->row.count,
                                 from->columns.count);
    if (from->row.count >= from->columns.count) return EXIT_FINE;
    return table_trouble(&from->text, from->row.line, "%d column%s; the first row has %d", from->row.count,
                         from->row.count == 1 ? "" : "s", from->columns.count);
}

int row_numbers(table *from)
{
    static const double nothing[ROLE_NUMBERS] = {NAN, NAN, 0, 1, NAN, NAN, NAN, 1, NAN, NAN, NAN};
    if (check_count(from)) return EXIT_TROUBLE;
    for (int k = 0; k < from->columns.keypoints; ++k) memcpy(from->given[k], nothing, sizeof nothing);
    for (int i = 0; i < from->columns.count; ++i) {
        const column *at = &from->columns.all[i];
        double value;
        if (at->holds >= ROLE_NUMBERS) continue;
        if (read_number(from, i, &value)) return EXIT_TROUBLE;
        const int first = at->keypoint < 0 ? 0 : at->keypoint, end = at->keypoint < 0 ? from->columns.keypoints : first + 1;
        for (int k = first; k < end; ++k) from->given[k][at->holds] = value;
    }
    return EXIT_FINE;
}

/* ------------------------------------------------------------------------------------------------------------- one point */

/* A box's row gives its corner: the keypoint is its centre, and its width and height stand for the window's. */
static void centre_box(const double *given, cvh_keypoint *point, cvh_gaussian *own)
{
    const double width = given[ROLE_WIDTH], height = given[ROLE_HEIGHT];
    const bool extent = width > 0 && height > 0 && isfinite(width) && isfinite(height);
    point->x = extent ? point->x + width / 2 : NAN;
    point->y = extent ? point->y + height / 2 : NAN;
    own->ksize_x = extent ? width : 0;
    own->ksize_y = extent ? height : 0;
}

static double or_zero(double value)
{
    return value != value ? 0 : value;
}

row_point row_keypoint(const table *from, int index)
{
    const double *given = from->given[index];
    row_point said = {
        .point = {.x = given[ROLE_X], .y = given[ROLE_Y], .map = (int)given[ROLE_MAP]},
        .own = {.sigma_x = or_zero(given[ROLE_SIGMA_X]),
                .sigma_y = or_zero(given[ROLE_SIGMA_Y]),
                .peak = or_zero(given[ROLE_PEAK])},
    };
    cvh_keypoint *point = &said.point;
    if (from->columns.has[ROLE_WEIGHT]) said.own.peak = or_zero(given[ROLE_WEIGHT]) * from->how->peak;
    const bool labelled =
        given[ROLE_VISIBLE] > 0 && given[ROLE_WEIGHT] > 0 && !reading_is_absent(from->how, point->x, point->y);
    said.below = labelled && from->how->min_score == from->how->min_score && !(given[ROLE_SCORE] >= from->how->min_score);
    if (!labelled || said.below) point->x = point->y = NAN;
    if (from->how->boxes) centre_box(given, point, &said.own);
    return said;
}

bool rows_have_own(const table *from)
{
    const bool *has = from->columns.has;
    return has[ROLE_SIGMA_X] || has[ROLE_SIGMA_Y] || has[ROLE_PEAK] || has[ROLE_WEIGHT] || from->how->boxes;
}

/* ------------------------------------------------------------------------------------------------ what a row belongs to */

int row_owner(table *from)
{
    size_t size = 1, length = 0;
    for (int i = 0; i < from->columns.count; ++i) size += strlen(from->row.fields[i]) + 1;
    if (size > from->owner_capacity) {
        char *owner = realloc(from->owner, 2 * size);
        if (!owner) return trouble("no memory for a row's group");
        from->owner = owner;
        from->owner_capacity = 2 * size;
    }
    for (int i = 0; i < from->columns.count; ++i) {
        const role holds = from->columns.all[i].holds;
        if (holds != ROLE_IMAGE && (holds != ROLE_PERSON || from->how->whole_image)) continue;
        const size_t more = strlen(from->row.fields[i]);
        if (length) from->owner[length++] = '/';
        memcpy(from->owner + length, from->row.fields[i], more);
        length += more;
    }
    from->owner[length] = '\0';
    return EXIT_FINE;
}

int row_label(const table *from, words *labels, int *map)
{
    for (int i = 0; i < from->columns.count; ++i)
        if (from->columns.all[i].holds == ROLE_LABEL) return words_number(labels, from->row.fields[i], map);
    return EXIT_FINE;
}

int row_map(const table *from, words *labels, int *map)
{
    double number = 0;
    if (check_count(from)) return EXIT_TROUBLE;
    for (int i = 0; i < from->columns.count; ++i)
        if (from->columns.all[i].holds == ROLE_MAP && read_number(from, i, &number)) return EXIT_TROUBLE;
    *map = (int)number;
    return row_label(from, labels, map);
}
