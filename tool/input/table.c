/* SPDX-License-Identifier: Apache-2.0
 * Keypoints out of a table's rows. */
#include "input/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/parse.h"
#include "input/table_columns.h"
#include "output/progress.h"

typedef struct table {
    source base; /* of a row an instance */
    table_text text;
    table_columns columns;
    const reading *how;
    table_row row; /* that is read next, once it has been looked at */
    bool waits;
    double (*given)[ROLE_NUMBERS]; /* what the row says of each of its keypoints */
    cvh_keypoint *points;
    cvh_gaussian *gaussians;
    char *owner; /* of a row a keypoint: the texts of its group's columns, one behind the other */
} table;

static void table_free(table *from)
{
    columns_free(&from->columns);
    table_close(&from->text);
    free(from->given);
    free(from->points);
    free(from->gaussians);
    free(from->owner);
    free(from);
}

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

static int read_number(const table *from, int index, double *value)
{
    const column *at = &from->columns.all[index];
    const char *field = from->row.fields[index];
    const range *allowed = &ranges[at->holds];
    const bool number = parse_field(field, value), unknown = number && *value != *value;
    const bool whole = at->holds != ROLE_MAP || (number && floor(*value) == *value);
    if (number && whole && ((*value >= allowed->least && *value <= allowed->most) || (unknown && at->holds != ROLE_MAP)))
        return EXIT_FINE;
    const char *owner = from->columns.names ? from->columns.names[at->keypoint] : NULL;
    return table_trouble(&from->text, from->row.line, "%s%s%s must be %s, not '%.80s'", role_name(at->holds),
                         owner ? " of " : "", owner ? owner : "", allowed->text, field);
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

/* Reads the row's numbers into `given`. */
static int read_numbers(table *from)
{
    static const double nothing[ROLE_NUMBERS] = {NAN, NAN, 0, 1, NAN, NAN, NAN, 1, NAN, NAN, NAN};
    if (check_count(from)) return EXIT_TROUBLE;
    for (int k = 0; k < from->columns.keypoints; ++k) memcpy(from->given[k], nothing, sizeof nothing);
    for (int i = 0; i < from->columns.count; ++i) {
        const column *at = &from->columns.all[i];
        if (at->holds < ROLE_NUMBERS && read_number(from, i, &from->given[at->keypoint][at->holds])) return EXIT_TROUBLE;
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

/* What the row says of keypoint `index`; *below is set where only its score leaves it out. */
static void make_point(const table *from, int index, cvh_keypoint *point, cvh_gaussian *own, bool *below)
{
    const double *given = from->given[index];
    *point = (cvh_keypoint){.x = given[ROLE_X], .y = given[ROLE_Y], .map = (int)given[ROLE_MAP]};
    *own = (cvh_gaussian){
        .sigma_x = or_zero(given[ROLE_SIGMA_X]), .sigma_y = or_zero(given[ROLE_SIGMA_Y]), .peak = or_zero(given[ROLE_PEAK])};
    if (from->columns.has[ROLE_WEIGHT]) own->peak = or_zero(given[ROLE_WEIGHT]) * from->how->peak;
    const bool labelled =
        given[ROLE_VISIBLE] > 0 && given[ROLE_WEIGHT] > 0 && !reading_is_absent(from->how, point->x, point->y);
    *below = labelled && from->how->min_score == from->how->min_score && !(given[ROLE_SCORE] >= from->how->min_score);
    if (!labelled || *below) point->x = point->y = NAN;
    if (from->how->boxes) centre_box(given, point, own);
}

static bool has_own(const table *from)
{
    const bool *has = from->columns.has;
    return has[ROLE_SIGMA_X] || has[ROLE_SIGMA_Y] || has[ROLE_PEAK] || has[ROLE_WEIGHT] || from->how->boxes;
}

/* ------------------------------------------------------------------------------------------------------ a row a keypoint */

/* The texts that say which group the row belongs to, as one; "" where no column does. */
static int read_owner(table *from)
{
    size_t size = 1, length = 0;
    for (int i = 0; i < from->columns.count; ++i) size += strlen(from->row.fields[i]) + 1;
    char *owner = realloc(from->owner, size);
    if (!owner) return trouble("no memory for a row's group");
    from->owner = owner;
    *owner = '\0';
    for (int i = 0; i < from->columns.count; ++i) {
        const role holds = from->columns.all[i].holds;
        if (holds != ROLE_IMAGE && (holds != ROLE_PERSON || from->how->whole_image)) continue;
        length += (size_t)snprintf(owner + length, size - length, "%s%s", length ? "/" : "", from->row.fields[i]);
    }
    return EXIT_FINE;
}

static int read_label(table *from, list *points, int *map)
{
    for (int i = 0; i < from->columns.count; ++i)
        if (from->columns.all[i].holds == ROLE_LABEL) return words_number(&points->labels, from->row.fields[i], map);
    return EXIT_FINE;
}

static int add_row(table *from, list *points, bool grouped)
{
    cvh_keypoint point;
    cvh_gaussian own;
    bool below;
    int owner = -1;
    if (read_numbers(from)) return EXIT_TROUBLE;
    make_point(from, 0, &point, &own, &below);
    points->base.below_score += below;
    if (read_label(from, points, &point.map)) return EXIT_TROUBLE;
    if (grouped && (read_owner(from) || words_number(&points->groups, from->owner, &owner))) return EXIT_TROUBLE;
    return list_add(points, &point, has_own(from) ? &own : NULL, owner);
}

/* A column of names that holds numbers holds the maps' own. */
static void settle_label(table *from)
{
    for (int i = 0; i < from->columns.count && i < from->row.count; ++i) {
        column *at = &from->columns.all[i];
        double value;
        if (at->holds != ROLE_LABEL || !parse_field(from->row.fields[i], &value) || value != value) continue;
        at->holds = from->columns.has[ROLE_MAP] ? ROLE_SKIPPED : ROLE_MAP;
        from->columns.has[ROLE_MAP] = true;
    }
}

static int check_narrow(const table *from)
{
    const bool *has = from->columns.has;
    if (has[ROLE_PEAK] && has[ROLE_WEIGHT])
        return table_trouble(&from->text, 1,
                             "both a peak and a weight are given; a weight is a factor of the convention's peak");
    if (from->how->boxes && !(has[ROLE_WIDTH] && has[ROLE_HEIGHT]))
        return table_trouble(&from->text, 1, "--boxes wants the columns x, y, w, h: a box's corner and its extent");
    return EXIT_FINE;
}

static int read_narrow(table *from, list *points, bool more)
{
    const size_t before = points->count;
    settle_label(from);
    if (check_narrow(from)) return EXIT_TROUBLE;
    const bool grouped = from->columns.has[ROLE_IMAGE] || (from->columns.has[ROLE_PERSON] && !from->how->whole_image);
    points->base.boxes = from->how->boxes;
    points->base.has_sigma = points->base.has_sigma || from->columns.has[ROLE_SIGMA_X] || from->columns.has[ROLE_SIGMA_Y];
    progress bar = progress_start("MB of the table");
    int status = EXIT_FINE;
    while (!status && more) {
        status = add_row(from, points, grouped) || table_next(&from->text, &from->row, &more);
        if (from->text.file_size) progress_show(&bar, from->text.file_read >> 20, from->text.file_size >> 20);
    }
    progress_end(&bar);
    if (status) return EXIT_TROUBLE;
    return points->count > before ? EXIT_FINE : table_trouble(&from->text, from->text.line, "the file holds no keypoints");
}

/* ----------------------------------------------------------------------------------------------------- a row an instance */

static void wide_close(source *from)
{
    table_free((table *)from);
}

/* The first text of the row that is no keypoint's. */
static const char *row_name(const table *from)
{
    for (int i = 0; i < from->columns.count; ++i)
        if (from->columns.all[i].holds >= ROLE_NUMBERS && from->row.fields[i][0]) return from->row.fields[i];
    return NULL;
}

static int wide_next(source *base, keypoint_group *out)
{
    table *from = (table *)base;
    bool more = true;
    if (!from->waits && table_next(&from->text, &from->row, &more)) return EXIT_TROUBLE;
    from->waits = false;
    if (!more) return table_trouble(&from->text, from->text.line, "the file changed while it was read");
    if (read_numbers(from)) return EXIT_TROUBLE;
    for (int k = 0; k < from->columns.keypoints; ++k) {
        bool below;
        make_point(from, k, &from->points[k], &from->gaussians[k], &below);
        from->points[k].map = k;
        base->below_score += below;
    }
    *out = (keypoint_group){.points = from->points, .count = (size_t)from->columns.keypoints, .name = row_name(from)};
    return EXIT_FINE;
}

static int make_wide(table *from)
{
    int64_t rest;
    const size_t keypoints = (size_t)from->columns.keypoints;
    if (from->how->whole_image || from->how->boxes)
        return table_trouble(&from->text, 1, "--%s takes a table with a row a %s", from->how->boxes ? "boxes" : "whole-image",
                             from->how->boxes ? "box" : "keypoint and a column that names the frame");
    from->points = calloc(keypoints, sizeof *from->points);
    from->gaussians = calloc(keypoints, sizeof *from->gaussians);
    if (!from->points || !from->gaussians) return trouble("no memory for rows of %zu keypoints", keypoints);
    if (table_count(&from->text, &rest)) return EXIT_TROUBLE;
    from->waits = true;
    from->base = (source){.what = "rows",
                          .groups = rest + 1,
                          .maps = from->columns.keypoints,
                          .points = (rest + 1) * from->columns.keypoints,
                          .instance = from->columns.keypoints,
                          .names = from->columns.names,
                          .next = wide_next,
                          .close = wide_close};
    return EXIT_FINE;
}

/* --------------------------------------------------------------------------------------------------------------- opening */

static int read_opened(table *from, list *points, source **wide, bool *kept)
{
    bool more;
    if (columns_read(&from->columns, &from->text, from->how, &from->row, &more)) return EXIT_TROUBLE;
    if (!from->columns.count || (!more && from->columns.wide))
        return table_trouble(&from->text, from->text.line, "the file holds no keypoints");
    from->given = calloc((size_t)from->columns.keypoints, sizeof *from->given);
    if (!from->given) return trouble("no memory for rows of %d keypoints", from->columns.keypoints);
    if (!from->columns.wide) {
        snprintf(points->base.unknown, sizeof points->base.unknown, "%s", from->columns.unknown);
        return read_narrow(from, points, more);
    }
    if (make_wide(from)) return EXIT_TROUBLE;
    snprintf(from->base.unknown, sizeof from->base.unknown, "%s", from->columns.unknown);
    *wide = &from->base;
    *kept = true;
    return EXIT_FINE;
}

int table_read(const char *path, const reading *how, list *points, source **wide)
{
    bool kept = false;
    table *from = calloc(1, sizeof *from);
    if (!from) return trouble("no memory for a table");
    from->how = how;
    const int status = table_open(&from->text, path) ? EXIT_TROUBLE : read_opened(from, points, wide, &kept);
    if (!kept) table_free(from);
    return status;
}
