/* SPDX-License-Identifier: Apache-2.0
 * A table's text as rows of fields, whichever separator it has: comma, tab, semicolon or runs of blanks. */
#ifndef CVHEATMAP_TOOL_TABLE_TEXT_H
#define CVHEATMAP_TOOL_TABLE_TEXT_H

#include <csv.h>
#include <sys/types.h>

#include "base/tool.h"

enum { TABLE_BLOCK = 1 << 16, TABLE_LONGEST_ROW = 1 << 26 };

/* A row: its fields without the quotes and blanks around them. */
typedef struct table_row {
    const char *const *fields;
    int count;
    int64_t line; /* of the file, from 1, on which it begins */
} table_row;

typedef struct table_text {
    const char *path; /* "-": standard input */
    int file;
    char separator;
    struct csv_parser parser;
    /* the block of the file that is being read */
    unsigned char block[TABLE_BLOCK];
    size_t at, end;
    bool ended, after_return;
    int64_t file_size, file_read; /* the file's bytes (0: a pipe), and so far */
    off_t file_start;
    int64_t line, rows; /* that have been read with their fields */
    /* the row that is being read: its bytes, then its fields */
    unsigned char *bytes;
    size_t size, capacity;
    char *text; /* the fields, each with a zero behind it */
    size_t text_size, text_capacity;
    size_t *places; /* of the fields in the text */
    const char **fields;
    int count, most;
    bool no_memory;
} table_text;

/* Opens a file and finds its separator; what is no table (a zip, HDF5, JSON, UTF-16) is refused by name. The struct stays
 * where it is until it is closed. */
int table_open(table_text *table, const char *path);

/* Reads a row that is neither empty nor a comment (#). *more is false where there is none. */
int table_next(table_text *table, table_row *row, bool *more);

/* Counts the rows from here to the file's end without reading their fields, and comes back here; a pipe is buffered in a
 * temporary file for that. */
int table_count(table_text *table, int64_t *count);

/* Goes back to the file's start, and over its first `rows` rows; not of a pipe. */
int table_restart(table_text *table, int64_t rows);

/* One line "FILE:LINE: ...", and EXIT_TROUBLE. */
int table_trouble(const table_text *table, int64_t line, const char *format, ...) TOOL_PRINTF(3, 4);

void table_close(table_text *table);

#endif
