/* SPDX-License-Identifier: Apache-2.0
 * The columns of a table with a row an instance: pairs of x and y whose names share a stem, and DeepLabCut's header rows. */
#include "input/table_wide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static role part_role(const char *part)
{
    if (!strcmp(part, "x")) return ROLE_X;
    if (!strcmp(part, "y")) return ROLE_Y;
    if (is_named(part, ROLE_VISIBLE)) return ROLE_VISIBLE;
    if (is_named(part, ROLE_SCORE)) return ROLE_SCORE;
    return ROLE_SKIPPED;
}

/* "nose_x", "x_nose", "x12": the role, and *stem is what is left, cut out of `plain`. */
static role split_name(char *plain, const char **stem)
{
    char *last = strrchr(plain, '_'), *first = strchr(plain, '_');
    *stem = plain;
    if (last) {
        const role holds = part_role(last + 1);
        if (holds != ROLE_SKIPPED) {
            *last = '\0';
            return holds;
        }
        *first = '\0';
        *stem = first + 1;
        return part_role(plain);
    }
    if (!plain[0] || !plain[1] || plain[1 + strspn(plain + 1, "0123456789")]) return ROLE_SKIPPED;
    *stem = plain + 1;
    const char part[] = {plain[0], '\0'};
    return part_role(part);
}

/* Which of x and y a stem has been seen with, or its keypoint's number. */
typedef struct pairing {
    unsigned char *seen; /* bit 0: x, bit 1: y */
    int *keypoint;       /* -1: not both */
} pairing;

static int number_keypoints(table_columns *columns, pairing *pairs)
{
    const size_t stems = (size_t)columns->stems.count;
    pairs->seen = calloc(stems + 1, 1);
    pairs->keypoint = malloc((stems + 1) * sizeof *pairs->keypoint);
    columns->names = malloc((stems + 1) * sizeof *columns->names);
    if (!pairs->seen || !pairs->keypoint || !columns->names) return trouble("no memory for %zu columns", stems);
    for (int i = 0; i < columns->count; ++i) {
        const column *at = &columns->all[i];
        if (at->holds <= ROLE_Y) pairs->seen[at->keypoint] |= (unsigned char)(1 << at->holds);
    }
    for (size_t i = 0; i < stems; ++i) {
        pairs->keypoint[i] = pairs->seen[i] == 3 ? columns->keypoints : -1;
        if (pairs->seen[i] == 3) columns->names[columns->keypoints++] = columns->stems.all[i];
    }
    return EXIT_FINE;
}

/* A column without a pair: what the row is called, or whether all of it is seen, where no keypoint says that for itself. */
static void take_alone(table_columns *columns, int index, const char *name)
{
    char plain[LONGEST_NAME];
    plain_name(plain, name);
    role holds = role_of(plain);
    const bool of_row = holds == ROLE_PERSON || holds == ROLE_IMAGE,
               of_all = (holds == ROLE_VISIBLE || holds == ROLE_SCORE) && !columns->has[holds];
    if (!of_row && !of_all) holds = ROLE_SKIPPED;
    take_role(columns, index, holds, of_all ? EVERY_KEYPOINT : 0);
    if (holds == ROLE_SKIPPED && !is_quiet(plain)) name_unknown(columns, name);
}

/* The columns hold a stem's number so far: it becomes its keypoint's. */
static int pair_columns(table_columns *columns, const table_row *header)
{
    enum { ALONE = -2 };
    pairing pairs = {0};
    const int status = number_keypoints(columns, &pairs);
    memset(columns->has, 0, sizeof columns->has);
    for (int i = 0; !status && i < columns->count; ++i) {
        column *at = &columns->all[i];
        const int keypoint = at->holds < ROLE_NUMBERS ? pairs.keypoint[at->keypoint] : -1;
        if (keypoint >= 0)
            take_role(columns, i, at->holds, keypoint);
        else
            at->keypoint = ALONE;
    }
    for (int i = 0; !status && i < columns->count; ++i)
        if (columns->all[i].keypoint == ALONE) take_alone(columns, i, header ? header->fields[i] : "");
    free(pairs.seen);
    free(pairs.keypoint);
    columns->wide = true;
    return status;
}

int read_wide(table_columns *columns, const table_row *header)
{
    for (int i = 0; i < header->count; ++i) {
        char plain[LONGEST_NAME];
        const char *stem;
        plain_name(plain, header->fields[i]);
        columns->all[i] = (column){split_name(plain, &stem), 0};
        if (columns->all[i].holds != ROLE_SKIPPED && words_number(&columns->stems, stem, &columns->all[i].keypoint))
            return EXIT_TROUBLE;
    }
    return pair_columns(columns, header);
}

/* DeepLabCut: rows "scorer", "individuals" (of several animals), "bodyparts", "coords"; the last says x, y, likelihood. A
 * column under another word than those holds the row's index. The names gather in `names`, one a column. */
int read_deeplabcut(table_columns *columns, table_text *table, const table_row *scorer)
{
    char **names = calloc((size_t)columns->count, sizeof *names);
    if (!names) return trouble("no memory for %d columns", columns->count);
    int status = EXIT_FINE;
    table_row row = *scorer;
    for (bool more = true, coords = false; !status && !coords;) {
        status = table_next(table, &row, &more);
        if (!status && (!more || row.count != columns->count))
            status =
                table_trouble(table, row.line, "DeepLabCut's header has a row \"coords\" with as many columns as \"scorer\"");
        coords = !status && !strcasecmp(row.fields[0], "coords");
        for (int i = 0; !status && i < row.count; ++i) {
            if (coords) {
                columns->all[i] = (column){part_role(row.fields[i]), 0};
                const bool named = columns->all[i].holds != ROLE_SKIPPED && names[i];
                if (named) status = words_number(&columns->stems, names[i], &columns->all[i].keypoint);
                continue;
            }
            const size_t length = names[i] ? strlen(names[i]) : 0, size = length + strlen(row.fields[i]) + 2;
            char *name = realloc(names[i], size);
            if (!name) {
                status = trouble("no memory for %d columns", columns->count);
                break;
            }
            snprintf(name + length, size - length, "%s%s", length ? "." : "", row.fields[i]);
            names[i] = name;
        }
    }
    for (int i = 0; i < columns->count; ++i) free(names[i]);
    free(names);
    return status ? status : pair_columns(columns, NULL);
}
