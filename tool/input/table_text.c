/* SPDX-License-Identifier: Apache-2.0
 * A table's text as rows. libcsv takes a row apart into fields; what it does not know is done before it: where a row ends,
 * comments, line ends of all systems, and runs of blanks, which are squeezed to one. */
#include "input/table_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/inputs.h"

int table_trouble(const table_text *table, int64_t line, const char *format, ...)
{
    char text[1024];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    const char *name = !strcmp(table->path, "-") ? "standard input" : table->path;
    return trouble("%s:%lld: %s", name, (long long)line, text);
}

/* -------------------------------------------------------------------------------------------------------------- the file */

/* Fills the block as far as the file goes, so that what it begins with can be seen, whatever a pipe hands out at a time. */
static int fill_block(table_text *table)
{
    table->at = table->end = 0;
    while (!table->ended && table->end < TABLE_BLOCK) {
        const ssize_t got = read(table->file, table->block + table->end, TABLE_BLOCK - table->end);
        if (got < 0) return trouble("cannot read %s: %s", table->path, strerror(errno));
        if (got == 0) table->ended = true;
        table->file_read += got;
        table->end += (size_t)got;
    }
    return EXIT_FINE;
}

static bool begins_with(const table_text *table, const char *bytes, size_t count)
{
    return table->end >= count && !memcmp(table->block, bytes, count);
}

/* UTF-8's byte order mark, which a file may begin with. */
static void skip_mark(table_text *table)
{
    if (begins_with(table, "\xef\xbb\xbf", 3)) table->at = 3;
}

/* Files that people have and that hold no text. */
static int refuse_other(table_text *table)
{
    static const struct {
        const char *bytes;
        size_t count;
        const char *what;
    } others[] = {
        {"PK\3\4", 4, "a zip archive (.xlsx, .npz?); save the sheet as CSV"},
        {"\x89HDF", 4, "HDF5 (.h5, .slp?); export it as CSV: DeepLabCut writes one beside it, SLEAP by its analysis export"},
        {"\x93NUMPY", 6, "NumPy's; numpy.savetxt writes its numbers as a table"},
        {"\xff\xfe", 2, "UTF-16; save it as UTF-8"},
        {"\xfe\xff", 2, "UTF-16; save it as UTF-8"},
        {"%PDF", 4, "a PDF"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; ++i)
        if (begins_with(table, others[i].bytes, others[i].count))
            return table_trouble(table, 1, "no table: %s", others[i].what);
    skip_mark(table);
    size_t at = table->at;
    while (at < table->end && strchr(" \t\r\n", table->block[at]) && table->block[at]) ++at;
    if (at < table->end && (table->block[at] == '{' || table->block[at] == '['))
        return table_trouble(table, 1, "no table but JSON; --coco reads COCO keypoint files");
    return EXIT_FINE;
}

/* --------------------------------------------------------------------------------------------------------- the separator */

/* Counts `wanted` outside quotes from `at` to the line's end. */
static int count_in_line(const table_text *table, size_t at, unsigned char wanted)
{
    int count = 0;
    bool quoted = false;
    for (; at < table->end && (quoted || (table->block[at] != '\n' && table->block[at] != '\r')); ++at) {
        if (table->block[at] == '"') quoted = !quoted;
        count += !quoted && table->block[at] == wanted;
    }
    return count;
}

/* The first line that says something. */
static size_t first_line(const table_text *table)
{
    for (size_t at = table->at; at < table->end; ++at) {
        const unsigned char byte = table->block[at];
        if (byte == '#')
            while (at < table->end && table->block[at] != '\n' && table->block[at] != '\r') ++at;
        else if (byte != ' ' && byte != '\t' && byte != '\n' && byte != '\r')
            return at;
    }
    return table->end;
}

/* A semicolon stands where the comma is the decimal one. Of tabs and commas the more frequent ones separate: a comma may stand
 * in a name between tabs, and a tab beside a comma. */
static void find_separator(table_text *table)
{
    const size_t at = first_line(table);
    const int commas = count_in_line(table, at, ','), tabs = count_in_line(table, at, '\t');
    const bool blanks = count_in_line(table, at, ' ') > 0;
    table->separator = commas || !blanks ? ',' : ' ';
    if (tabs > 0 && tabs >= commas) table->separator = '\t';
    if (count_in_line(table, at, ';') > 0) table->separator = ';';
}

int table_open(table_text *table, const char *path)
{
    memset(table, 0, sizeof *table);
    table->path = path;
    table->line = 1;
    table->file = !strcmp(path, "-") ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (table->file < 0) return trouble("cannot read %s: %s", path, strerror(errno));
    struct stat status;
    input_note(path);
    if (!fstat(table->file, &status) && S_ISREG(status.st_mode)) table->file_size = status.st_size;
    table->file_start = lseek(table->file, 0, SEEK_CUR);
    csv_init(&table->parser, 0);
    if (!fill_block(table) && !refuse_other(table)) {
        find_separator(table);
        csv_set_delim(&table->parser, (unsigned char)table->separator);
        return EXIT_FINE;
    }
    table_close(table);
    return EXIT_TROUBLE;
}

void table_close(table_text *table)
{
    if (!table->path) return;
    csv_free(&table->parser);
    close(table->file);
    free(table->bytes);
    free(table->text);
    free(table->places);
    free(table->fields);
    memset(table, 0, sizeof *table);
}

/* ----------------------------------------------------------------------------------------------------------------- a row */

/* Where the row's reader stands. */
typedef enum place { LINE_START, COMMENT, FIELD_START, BARE, QUOTED, QUOTE_IN_QUOTED, ROW_END } place;

static bool is_blank(int byte)
{
    return byte == ' ' || byte == '\t';
}

static place step_to(const table_text *table, place now, int byte)
{
    if (now == QUOTED) return byte == '"' ? QUOTE_IN_QUOTED : QUOTED;
    if (now == QUOTE_IN_QUOTED && byte == '"') return QUOTED;
    if (byte == '\n' || byte == '\r') return now == LINE_START || now == COMMENT ? LINE_START : ROW_END;
    if (now == COMMENT || (now == LINE_START && byte == '#')) return COMMENT;
    if (byte == table->separator || (table->separator == ' ' && byte == '\t'))
        return now == LINE_START && is_blank(byte) ? LINE_START : FIELD_START;
    if (now == LINE_START && is_blank(byte)) return LINE_START;
    if (now == FIELD_START && is_blank(byte)) return FIELD_START;
    if (byte == '"' && (now == FIELD_START || now == LINE_START)) return QUOTED;
    return BARE;
}

static int keep_bytes(table_text *table, const unsigned char *bytes, size_t count)
{
    if (table->size + count > table->capacity) {
        const size_t capacity = 2 * (table->size + count) + 1024;
        unsigned char *room = realloc(table->bytes, capacity);
        if (!room) return trouble("no memory for a row of %zu bytes", capacity);
        table->bytes = room;
        table->capacity = capacity;
    }
    memcpy(table->bytes + table->size, bytes, count);
    table->size += count;
    return EXIT_FINE;
}

static int keep_byte(table_text *table, int byte)
{
    const unsigned char one = (unsigned char)byte;
    return keep_bytes(table, &one, 1);
}

/* How many of the next bytes of a bare field mean nothing but themselves: most of a large file. */
static size_t plain_run(const table_text *table)
{
    const unsigned char *at = table->block + table->at, *end = table->block + table->end, *start = at;
    if (table->separator == ' ') return 0;
    while (at<end && * at != (unsigned char)table->separator && * at> '\r') ++at;
    return (size_t)(at - start);
}

/* Blanks that separate: one for a run of them, none at the row's ends. */
static int keep(table_text *table, place before, place now, int byte)
{
    if (table->separator != ' ') return keep_byte(table, byte);
    if (now == FIELD_START) return EXIT_FINE;
    if (before == FIELD_START && table->size > 0 && keep_byte(table, ' ')) return EXIT_TROUBLE;
    return keep_byte(table, byte);
}

/* Reads the bytes of a row; they are kept only where its fields are wanted. */
static int read_row(table_text *table, bool wanted, int64_t *line, bool *more)
{
    place now = LINE_START;
    size_t length = 0;
    table->size = 0;
    while (now != ROW_END) {
        if (table->at == table->end && (table->ended || fill_block(table) || table->at == table->end)) {
            if (!table->ended) return EXIT_TROUBLE;
            break;
        }
        const size_t run = now == BARE ? plain_run(table) : 0;
        if (run) {
            if (wanted && keep_bytes(table, table->block + table->at, run)) return EXIT_TROUBLE;
            table->at += run;
            length += run;
            table->after_return = false;
            continue;
        }
        const int byte = table->block[table->at++];
        if (byte == '\0') return table_trouble(table, table->line, "a zero byte is no text");
        const place before = now;
        now = step_to(table, before, byte);
        if (before <= COMMENT && now > COMMENT) *line = table->line;
        if (byte == '\n' ? !table->after_return : byte == '\r') ++table->line;
        table->after_return = byte == '\r';
        if (now <= COMMENT || now == ROW_END) continue;
        if (++length > TABLE_LONGEST_ROW) return table_trouble(table, *line, "the row is longer than 64 MB; is a quote open?");
        if (wanted && keep(table, before, now, byte)) return EXIT_TROUBLE;
    }
    if (now == QUOTED) return table_trouble(table, *line, "the file ends inside quotes that this row opens");
    *more = now > COMMENT;
    return EXIT_FINE;
}

/* libcsv calls this for each field. */
static void take_field(void *field, size_t size, void *context)
{
    table_text *table = context;
    if (table->no_memory) return;
    if (table->text_size + size + 1 > table->text_capacity) {
        const size_t capacity = 2 * (table->text_size + size + 1);
        char *text = realloc(table->text, capacity);
        table->no_memory = !text;
        if (!text) return;
        table->text = text;
        table->text_capacity = capacity;
    }
    if (table->count == table->most) {
        const int most = table->most ? 2 * table->most : 64;
        size_t *places = realloc(table->places, (size_t)most * sizeof *places);
        if (places) table->places = places;
        const char **fields = places ? realloc(table->fields, (size_t)most * sizeof *fields) : NULL;
        table->no_memory = !fields;
        if (!fields) return;
        table->fields = fields;
        table->most = most;
    }
    table->places[table->count++] = table->text_size;
    if (size) memcpy(table->text + table->text_size, field, size);
    table->text_size += size;
    table->text[table->text_size++] = '\0';
}

int table_next(table_text *table, table_row *row, bool *more)
{
    if (read_row(table, true, &row->line, more)) return EXIT_TROUBLE;
    if (!*more) return EXIT_FINE;
    table->count = 0;
    table->text_size = 0;
    const bool parsed = csv_parse(&table->parser, table->bytes, table->size, take_field, NULL, table) == table->size
                        && !csv_fini(&table->parser, take_field, NULL, table);
    if (!parsed || table->no_memory) return trouble("no memory for a row of %zu bytes", table->size);
    for (int i = 0; i < table->count; ++i) table->fields[i] = table->text + table->places[i];
    row->fields = table->fields;
    row->count = table->count;
    ++table->rows;
    return EXIT_FINE;
}

/* Copies what a pipe still holds to a file without a name, and reads on from there. */
static int spool(table_text *table)
{
    FILE *copy = tmpfile();
    if (!copy) return trouble("cannot buffer %s: %s", table->path, strerror(errno));
    do {
        if (fwrite(table->block + table->at, 1, table->end - table->at, copy) != table->end - table->at) break;
        /* GCOVR_EXCL_START: takes a pipe that cannot be read any more */
        if (fill_block(table)) {
            fclose(copy);
            return EXIT_TROUBLE;
        }
        /* GCOVR_EXCL_STOP */
    } while (table->end > 0);
    const int file = table->end == 0 && !fflush(copy) ? dup(fileno(copy)) : -1;
    const int reason = errno;
    fclose(copy);
    if (file < 0) return trouble("cannot buffer %s: %s", table->path, strerror(reason));
    close(table->file);
    table->file = file;
    table->ended = false;
    return lseek(file, 0, SEEK_SET) ? trouble("cannot buffer %s: %s", table->path, strerror(errno)) : EXIT_FINE;
}

/* Reads on from `at`, as if the file had been read that far. */
static int go_to(table_text *table, off_t at, int64_t line, bool after_return)
{
    table->at = table->end = 0;
    table->ended = false;
    table->line = line;
    table->after_return = after_return;
    return lseek(table->file, at, SEEK_SET) == at ? EXIT_FINE : trouble("cannot read %s: %s", table->path, strerror(errno));
}

static int skip_rows(table_text *table, int64_t most, int64_t *count)
{
    int64_t begins = 0;
    bool more = true;
    for (*count = 0; more && *count < most; *count += more)
        if (read_row(table, false, &begins, &more)) return EXIT_TROUBLE;
    return EXIT_FINE;
}

int table_count(table_text *table, int64_t *count)
{
    if (lseek(table->file, 0, SEEK_CUR) < 0 && spool(table)) return EXIT_TROUBLE;
    const off_t start = lseek(table->file, 0, SEEK_CUR) - (off_t)(table->end - table->at);
    const int64_t line = table->line;
    const bool after_return = table->after_return;
    return skip_rows(table, INT64_MAX, count) || go_to(table, start, line, after_return) ? EXIT_TROUBLE : EXIT_FINE;
}

int table_restart(table_text *table, int64_t rows)
{
    int64_t skipped;
    if (go_to(table, table->file_start, 1, false) || fill_block(table)) return EXIT_TROUBLE;
    table->file_read = (int64_t)table->end;
    skip_mark(table);
    return skip_rows(table, rows, &skipped);
}
