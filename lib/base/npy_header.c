/* SPDX-License-Identifier: Apache-2.0 */
#include "base/npy_header.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/depth.h"
#include "base/file.h"
#include "base/status.h"

/* --------------------------------------------------------------------------------------------------------------- writing */

/* The text is 62 to 78 bytes; with the room that newer NumPy leaves behind it for a longer first dimension, at most 90. NumPy
 * fills up to a multiple of 64 with spaces and a newline, which is 128 in every case. */
void cvh_npy_write_header(const cvh_maps *view, unsigned char *header)
{
    static const unsigned char prefix[] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, CVH_NPY_WRITTEN - 10, 0};
    memset(header, ' ', CVH_NPY_WRITTEN);
    memcpy(header, prefix, sizeof prefix);
    char text[CVH_NPY_WRITTEN];
    const cvh_depth_row *row = &cvh_depth_rows[view->depth];
    int length = snprintf(text, sizeof text, "{'descr': '%c%s', 'fortran_order': False, 'shape': (%d, %d, %d), }",
                          row->size == 1 ? '|' : '<', row->npy, view->count, view->rows, view->cols);
    memcpy(header + sizeof prefix, text, (size_t)length);
    header[CVH_NPY_WRITTEN - 1] = '\n';
}

/* --------------------------------------------------------------------------------------------------------------- reading */

cvh_status cvh_npy_read_prefix(const char *path, const unsigned char *prefix, int *length_bytes)
{
    static const unsigned char magic[] = {0x93, 'N', 'U', 'M', 'P', 'Y'};
    if (!memcmp(prefix, "PK\3\4", 4))
        return cvh_fail(
            CVH_ERR_FORMAT,
            "%s: byte 0: a zip archive, as numpy.savez writes (.npz); unpack it and read one of the .npy files in it",
            cvh_file_shown(path));
    for (size_t i = 0; i < sizeof magic; i++)
        if (prefix[i] != magic[i])
            return cvh_fail(CVH_ERR_FORMAT, "%s: byte %zu is 0x%02x; a .npy file has 0x%02x there", cvh_file_shown(path), i,
                            (unsigned)prefix[i], (unsigned)magic[i]);
    int major = prefix[6], minor = prefix[7];
    if (major < 1 || major > 3 || minor != 0)
        return cvh_fail(CVH_ERR_FORMAT, "%s: byte 6: the format is %d.%d; it must be 1.0, 2.0 or 3.0", cvh_file_shown(path),
                        major, minor);
    *length_bytes = major == 1 ? 2 : 4;
    return CVH_OK;
}

/* Where the parser is. A dict of three known keys needs no recursion: the text is read once, from left to right. */
typedef struct reader {
    const char *path, *text;
    size_t start, length, at;
} reader;

static cvh_status malformed(const reader *r, size_t at, const char *what)
{
    return cvh_fail(CVH_ERR_FORMAT, "%s: byte %zu: %s", cvh_file_shown(r->path), r->start + at, what);
}

static void skip_space(reader *r)
{
    while (r->at < r->length && strchr(" \t\r\n\f", r->text[r->at]) && r->text[r->at] != '\0') r->at++;
}

/* Skips space, then `expected` if it is there. */
static bool take(reader *r, char expected)
{
    skip_space(r);
    if (r->at == r->length || r->text[r->at] != expected) return false;
    r->at++;
    return true;
}

static bool take_word(reader *r, const char *word)
{
    size_t length = strlen(word);
    skip_space(r);
    if (r->length - r->at < length || memcmp(r->text + r->at, word, length) != 0) return false;
    r->at += length;
    return true;
}

/* A quoted string without escapes, copied to out[16]; too long or damaged ones are refused. */
static cvh_status take_string(reader *r, const char *what, char out[16])
{
    skip_space(r);
    size_t from = r->at;
    char quote = from < r->length ? r->text[from] : '\0';
    if (quote != '\'' && quote != '"') return malformed(r, from, what);
    size_t used = 0;
    for (r->at++; r->at < r->length && r->text[r->at] != quote; r->at++) {
        char c = r->text[r->at];
        if (used == 15 || c < ' ' || c > '~' || c == '\\') return malformed(r, from, what);
        out[used++] = c;
    }
    if (r->at == r->length) return malformed(r, from, "a string is not closed");
    r->at++;
    out[used] = '\0';
    return CVH_OK;
}

/* A header in the making. The order and the shape may come in either order, so that steps are known at the end. */
typedef struct entries {
    cvh_npy_header header;
    size_t shape_at;  /* where the shape's text begins */
    int long_leading; /* dimensions before rows and columns that are longer than 1 */
    bool fortran;
} entries;

static const char DESCRS[] = "it must be '<f4' or another of f2, f4, f8, i1, i2, u1, u2, b1";

/* A letter for the byte order, a kind and a size. Byte order means nothing for samples of one byte, and some writers state
 * one; "=" (this machine's order) says nothing in a file. NumPy's bool, of which masks are made, is a byte of 0 or 1. */
static cvh_status read_descr(reader *r, cvh_npy_header *header)
{
    char text[16], what[96];
    skip_space(r);
    size_t from = r->at;
    snprintf(what, sizeof what, "descr is not a short string; %s", DESCRS);
    if (take_string(r, what, text)) return CVH_ERR_FORMAT;
    bool ordered = text[0] == '<' || text[0] == '>', marked = ordered || text[0] == '|' || text[0] == '=';
    const char *kind = strcmp(text + marked, "b1") ? text + marked : "u1";
    for (int depth = 0; depth < CVH_DEPTH_NUMBERS; depth++) {
        const cvh_depth_row *row = &cvh_depth_rows[depth];
        if (!row->name || strcmp(kind, row->npy) != 0 || !(ordered || row->size == 1)) continue;
        header->maps.depth = (cvh_depth)depth;
        header->big_endian = text[0] == '>';
        return CVH_OK;
    }
    return cvh_fail(CVH_ERR_FORMAT, "%s: byte %zu: descr is '%s'; %s", cvh_file_shown(r->path), r->start + from, text, DESCRS);
}

static cvh_status read_order(reader *r, bool *fortran)
{
    *fortran = take_word(r, "True");
    if (*fortran || take_word(r, "False")) return CVH_OK;
    return malformed(r, r->at, "fortran_order is neither False nor True");
}

/* Digits as Python writes them, with no leading zero; a dimension beyond `most` is refused before it can overflow. */
static cvh_status read_dimension(reader *r, int *dimension)
{
    skip_space(r);
    size_t from = r->at;
    int64_t value = 0;
    for (; r->at < r->length && isdigit((unsigned char)r->text[r->at]); r->at++) {
        value = 10 * value + (r->text[r->at] - '0');
        if (value > CVH_MAX_COUNT) return malformed(r, from, "the shape has a dimension beyond 2^28");
    }
    if (r->at == from) return malformed(r, from, "the shape is not a tuple of whole numbers");
    if (value == 0) return malformed(r, from, "the shape has a dimension of 0; there must be samples");
    if (r->text[from] == '0') return malformed(r, from, "the shape has a number with a leading zero");
    *dimension = (int)value;
    return CVH_OK;
}

/* Two dimensions or more: the last two are rows and columns, the others fold into count. */
static cvh_status read_shape(reader *r, entries *found)
{
    skip_space(r);
    size_t from = r->at;
    if (!take(r, '(')) return malformed(r, from, "shape is not a tuple");
    int64_t count = 1;
    int rows = 1, cols = 1, dimensions = 0;
    while (!take(r, ')')) {
        if (dimensions >= 2) {
            count *= rows;
            found->long_leading += rows > 1;
        }
        if (count > CVH_MAX_COUNT) return malformed(r, from, "the shape's leading dimensions fold into more than 2^28 maps");
        rows = cols;
        if (read_dimension(r, &cols)) return CVH_ERR_FORMAT;
        dimensions++;
        skip_space(r);
        if (!take(r, ',') && (r->at == r->length || r->text[r->at] != ')'))
            return malformed(r, r->at, "the shape lacks a comma or its closing parenthesis");
    }
    if (dimensions < 2) return malformed(r, from, "the shape has fewer than two dimensions");
    if (rows > CVH_MAX_SIDE || cols > CVH_MAX_SIDE)
        return cvh_fail(CVH_ERR_FORMAT, "%s: byte %zu: the maps are %dx%d; at most %dx%d can be read", cvh_file_shown(r->path),
                        r->start + from, rows, cols, CVH_MAX_SIDE, CVH_MAX_SIDE);
    found->shape_at = from;
    found->header.maps.count = (int)count;
    found->header.maps.rows = rows;
    found->header.maps.cols = cols;
    return CVH_OK;
}

/* In Fortran order the first dimension is the innermost: a view with other steps. Leading dimensions that fold into one have
 * no common step there. At most 2^28 * 2^15 * 8 bytes: no overflow where a view can be. */
static cvh_status lay_fortran(const reader *r, entries *found)
{
    cvh_maps *maps = &found->header.maps;
    if (found->long_leading > 1)
        return malformed(r, found->shape_at,
                         "fortran_order is True and more than one leading dimension is longer than 1; save it in C order, as "
                         "numpy.ascontiguousarray makes it");
    maps->map_step = cvh_depth_rows[maps->depth].size;
    maps->row_step = maps->map_step * (size_t)maps->count;
    maps->col_step = maps->row_step * (size_t)maps->rows;
    return CVH_OK;
}

enum { DESCR = 1, ORDER = 2, SHAPE = 4, ALL_KEYS = 7 };

/* One `'key': value`; *seen gathers the keys. */
static cvh_status read_entry(reader *r, int *seen, entries *found)
{
    char key[16];
    skip_space(r);
    size_t from = r->at;
    if (take_string(r, "the header lacks a key, or has one beyond descr, fortran_order and shape", key)) return CVH_ERR_FORMAT;
    int which = !strcmp(key, "descr") ? DESCR : !strcmp(key, "fortran_order") ? ORDER : !strcmp(key, "shape") ? SHAPE : 0;
    if (!which) return malformed(r, from, "the header has a key beyond descr, fortran_order and shape");
    if (*seen & which) return malformed(r, from, "the header has a key twice");
    *seen |= which;
    if (!take(r, ':')) return malformed(r, r->at, "the header lacks a colon");
    if (which == DESCR) return read_descr(r, &found->header);
    return which == ORDER ? read_order(r, &found->fortran) : read_shape(r, found);
}

cvh_status cvh_npy_read_text(const char *path, size_t start, const char *text, size_t length, cvh_npy_header *header)
{
    reader r = {path, text, start, length, 0};
    entries found = {0};
    int seen = 0;
    if (!take(&r, '{')) return malformed(&r, r.at, "the header is not a dict");
    while (!take(&r, '}')) {
        if (read_entry(&r, &seen, &found)) return CVH_ERR_FORMAT;
        skip_space(&r);
        if (!take(&r, ',') && (r.at == r.length || r.text[r.at] != '}'))
            return malformed(&r, r.at, "the header lacks a comma or its closing brace");
    }
    if (seen != ALL_KEYS) return malformed(&r, r.at - 1, "the header lacks descr, fortran_order or shape");
    skip_space(&r);
    if (r.at < r.length) return malformed(&r, r.at, "something follows the header's dict");
    if (found.fortran && lay_fortran(&r, &found)) return CVH_ERR_FORMAT;
    *header = found.header;
    return CVH_OK;
}
