/* SPDX-License-Identifier: Apache-2.0
 * Keypoints from a CSV file: x,y or x,y,map on each line, or a header line that names the columns. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "input/keypoints.h"
#include "input/parse.h"

enum { MOST_LINE = 1024, MOST_FIELDS = 16 };

typedef enum column { COLUMN_X, COLUMN_Y, COLUMN_MAP, COLUMN_SKIPPED } column;

typedef struct reader {
    const char *path;
    FILE *file;
    int64_t line;
    char text[MOST_LINE];
    char *fields[MOST_FIELDS];
    int count;                   /* of the fields of this line */
    column columns[MOST_FIELDS]; /* what they are, once the first line has been seen */
    int expected;
} reader;

static int bad(const reader *in, const char *at, const char *what, const char *text)
{
    return trouble("%s:%lld:%lld: %s%s%s%s", in->path, (long long)in->line, (long long)(at - in->text) + 1, what,
                   text ? " '" : "", text ? text : "", text ? "'" : "");
}

/* Reads a line without its end. *more is false when the file has no further line. */
static int read_line(reader *in, bool *more)
{
    size_t length = 0;
    int byte;
    ++in->line;
    while ((byte = getc(in->file)) != EOF && byte != '\n') {
        in->text[length] = (char)byte;
        if (byte == '\0') return bad(in, in->text + length, "a zero byte is no text", NULL);
        if (++length == MOST_LINE) return bad(in, in->text, "the line is longer than 1023 bytes", NULL);
    }
    if (byte == EOF && ferror(in->file)) return trouble("cannot read %s: %s", in->path, strerror(errno));
    *more = byte != EOF || length > 0;
    while (length > 0 && strchr("\r \t", in->text[length - 1])) --length;
    in->text[length] = '\0';
    return EXIT_FINE;
}

/* Cuts the line at its commas; blanks around a field do not count. */
static int split_line(reader *in)
{
    in->count = 0;
    for (char *at = in->text; at;) {
        if (in->count == MOST_FIELDS) return bad(in, at, "more than 16 columns", NULL);
        at += strspn(at, " \t");
        in->fields[in->count++] = at;
        char *comma = strchr(at, ',');
        char *end = comma ? comma : at + strlen(at);
        while (end > at && strchr(" \t", end[-1])) --end;
        at = comma ? comma + 1 : NULL;
        *end = '\0';
    }
    return EXIT_FINE;
}

static int columns_without_header(reader *in)
{
    if (in->count < 2 || in->count > 3) return bad(in, in->text, "a line without a header is x,y or x,y,map", NULL);
    for (int i = 0; i < in->count; ++i) in->columns[i] = (column)i;
    return EXIT_FINE;
}

/* The columns that `cvheatmap decode` prints beside the position are skipped, so that its output is input again. */
static int columns_of_header(reader *in)
{
    static const char *const names[] = {"x", "y", "map", "score", "found", NULL};
    bool seen[COLUMN_SKIPPED + 1] = {false};
    for (int i = 0; i < in->count; ++i) {
        int name = 0;
        while (names[name] && strcmp(names[name], in->fields[i])) ++name;
        if (!names[name]) return bad(in, in->fields[i], "a header holds x, y, map, score, found; not", in->fields[i]);
        in->columns[i] = name < COLUMN_SKIPPED ? (column)name : COLUMN_SKIPPED;
        if (seen[in->columns[i]] && in->columns[i] != COLUMN_SKIPPED)
            return bad(in, in->fields[i], "a second column", in->fields[i]);
        seen[in->columns[i]] = true;
    }
    return seen[COLUMN_X] && seen[COLUMN_Y] ? EXIT_FINE : bad(in, in->text, "the header lacks x or y", NULL);
}

static int read_point(const reader *in, cvh_keypoint *point)
{
    if (in->count != in->expected) return bad(in, in->text, "this line has not as many columns as the first", NULL);
    int64_t map = 0;
    for (int i = 0; i < in->count; ++i) {
        const char *field = in->fields[i];
        if (in->columns[i] == COLUMN_X && !parse_real(field, &point->x))
            return bad(in, field, "x must be a number, not", field);
        if (in->columns[i] == COLUMN_Y && !parse_real(field, &point->y))
            return bad(in, field, "y must be a number, not", field);
        if (in->columns[i] == COLUMN_MAP && !parse_whole(field, 0, CVH_MAX_COUNT - 1, &map))
            return bad(in, field, "map must be a whole number 0..268435455, not", field);
    }
    point->map = (int)map;
    return EXIT_FINE;
}

/* The first line that is not blank is a header where it does not begin with a number. */
static int read_first(reader *in, bool *header)
{
    double number;
    *header = !parse_real(in->fields[0], &number);
    in->expected = in->count;
    return *header ? columns_of_header(in) : columns_without_header(in);
}

static int read_lines(reader *in, keypoints *list)
{
    const size_t before = list->count;
    for (bool more = true, first = true; more;) {
        if (read_line(in, &more)) return EXIT_TROUBLE;
        if (first && !strncmp(in->text, "\xef\xbb\xbf", 3)) memmove(in->text, in->text + 3, strlen(in->text + 3) + 1);
        if (!in->text[0]) continue;
        bool header = false;
        cvh_keypoint point = {0};
        if (split_line(in) || (first && read_first(in, &header))) return EXIT_TROUBLE;
        if (!header && (read_point(in, &point) || keypoints_add(list, &point))) return EXIT_TROUBLE;
        first = false;
    }
    if (list->count == before) return trouble("%s:%lld: the file holds no keypoints", in->path, (long long)in->line);
    return EXIT_FINE;
}

int keypoints_read_csv(keypoints *list, const char *path)
{
    reader in = {.path = path, .file = fopen(path, "r")};
    if (!in.file) return trouble("cannot read %s: %s", path, strerror(errno));
    const int status = read_lines(&in, list);
    fclose(in.file);
    return status;
}
