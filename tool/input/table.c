/* SPDX-License-Identifier: Apache-2.0
 * Keypoints out of a table's rows. */
#include "input/table.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/parse.h"
#include "base/progress.h"
#include "input/table_header.h"
#include "input/table_rows.h"

static void table_free(table *from)
{
    columns_free(&from->columns);
    table_close(&from->text);
    words_free(&from->labels);
    free(from->given);
    free(from->points);
    free(from->gaussians);
    free(from->owner);
    free(from->group);
    free(from);
}

static void table_source_close(source *from)
{
    table_free((table *)from);
}

/* ------------------------------------------------------------------------------------------------------ a row a keypoint */

static int add_row(table *from, list *points)
{
    int owner = -1;
    if (row_numbers(from)) return EXIT_TROUBLE;
    row_point said = row_keypoint(from, 0);
    points->base.below_score += said.below;
    if (row_label(from, &points->labels, &said.point.map)) return EXIT_TROUBLE;
    if (from->grouped && (row_owner(from) || words_number(&points->groups, from->owner, &owner))) return EXIT_TROUBLE;
    return list_add(points, &said.point, rows_have_own(from) ? &said.own : NULL, owner);
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

static bool has_sigma(const table *from)
{
    return from->columns.has[ROLE_SIGMA_X] || from->columns.has[ROLE_SIGMA_Y];
}

/* All rows into the list, which sorts them. */
static int read_list(table *from, list *points)
{
    points->base.boxes = from->how->boxes;
    points->base.has_sigma = points->base.has_sigma || has_sigma(from);
    snprintf(points->base.unknown, sizeof points->base.unknown, "%s", from->columns.unknown);
    progress bar = progress_start("MB of the table");
    int status = EXIT_FINE;
    for (bool more = true; !status && more;) {
        status = add_row(from, points) || table_next(&from->text, &from->row, &more);
        if (from->text.file_size) progress_show(&bar, from->text.file_read >> 20, from->text.file_size >> 20);
    }
    progress_end(&bar);
    return status;
}

/* A file can be read twice, so that no more than a group of it is in memory; a pipe, or a table among others, cannot. */
static int read_narrow(table *from, bool alone, list *points, bool *sorted)
{
    const bool *has = from->columns.has;
    settle_label(from);
    if (check_narrow(from)) return EXIT_TROUBLE;
    from->grouped = has[ROLE_IMAGE] || (has[ROLE_PERSON] && !from->how->whole_image);
    const bool maps = has[ROLE_MAP] || has[ROLE_LABEL], loose = !from->how->together;
    *sorted = alone && from->text.file_size && (from->grouped || (maps && loose));
    if (*sorted && table_sort_source(from, sorted)) return EXIT_TROUBLE;
    if (!*sorted) return read_list(from, points);
    from->base.close = table_source_close;
    from->base.boxes = from->how->boxes;
    from->base.has_sigma = has_sigma(from);
    return EXIT_FINE;
}

/* ----------------------------------------------------------------------------------------------------- a row an instance */

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
    if (row_numbers(from)) return EXIT_TROUBLE;
    for (int k = 0; k < from->columns.keypoints; ++k) {
        const row_point said = row_keypoint(from, k);
        from->points[k] = said.point;
        from->points[k].map = k;
        base->below_score += said.below;
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
                             from->how->boxes ? "box: columns x, y, w, h" : "keypoint and a column that names the frame");
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
                          .close = table_source_close};
    return EXIT_FINE;
}

/* --------------------------------------------------------------------------------------------------------------- opening */

static int check_scores(const table *from)
{
    if (from->how->min_score != from->how->min_score) return EXIT_FINE;
    for (int i = 0; i < from->columns.count; ++i)
        if (from->columns.all[i].holds == ROLE_SCORE) return EXIT_FINE;
    return table_trouble(&from->text, 1, "--min-score takes a table with a column score, likelihood or confidence");
}

static int read_opened(table *from, bool alone, list *points, bool *kept)
{
    bool more;
    if (columns_read(&from->columns, &from->text, from->how, &from->row, &more)) return EXIT_TROUBLE;
    if (!from->columns.count || !more) return table_trouble(&from->text, from->text.line, "the file holds no keypoints");
    if (check_scores(from)) return EXIT_TROUBLE;
    from->given = calloc((size_t)from->columns.keypoints, sizeof *from->given);
    if (!from->given) return trouble("no memory for rows of %d keypoints", from->columns.keypoints);
    *kept = from->columns.wide;
    if (from->columns.wide ? make_wide(from) : read_narrow(from, alone, points, kept)) return EXIT_TROUBLE;
    snprintf(from->base.unknown, sizeof from->base.unknown, "%s", from->columns.unknown);
    return EXIT_FINE;
}

int table_read(const char *path, const reading *how, bool alone, list *points, source **own)
{
    bool kept = false;
    table *from = calloc(1, sizeof *from);
    if (!from) return trouble("no memory for a table");
    from->how = how;
    const int status = table_open(&from->text, path) ? EXIT_TROUBLE : read_opened(from, alone, points, &kept);
    if (status || !kept)
        table_free(from);
    else
        *own = &from->base;
    return status;
}
