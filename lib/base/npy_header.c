/* SPDX-License-Identifier: Apache-2.0 */
#include "base/npy_header.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/status.h"

/* --------------------------------------------------------------------------------------------------------------- writing */

static const char *descr(cvh_depth depth)
{
    return depth == CVH_8U ? "|u1" : depth == CVH_32F ? "<f4" : "<f8";
}

/* The text is 62 to 78 bytes; with the room that newer NumPy leaves behind it for a longer first dimension, at most 90. NumPy
 * fills up to a multiple of 64 with spaces and a newline, which is 128 in every case. */
void cvh_npy_write_header(const cvh_maps *view, unsigned char *header)
{
    static const unsigned char prefix[] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, CVH_NPY_WRITTEN - 10, 0};
    memset(header, ' ', CVH_NPY_WRITTEN);
    memcpy(header, prefix, sizeof prefix);
    char text[CVH_NPY_WRITTEN];
    int length = snprintf(text, sizeof text, "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d, %d), }",
                          descr(view->depth), view->count, view->rows, view->cols);
    memcpy(header + sizeof prefix, text, (size_t)length);
    header[CVH_NPY_WRITTEN - 1] = '\n';
}

/* --------------------------------------------------------------------------------------------------------------- reading */

cvh_status cvh_npy_read_prefix(const char *path, const unsigned char *prefix, int *length_bytes)
{
    static const unsigned char magic[] = {0x93, 'N', 'U', 'M', 'P', 'Y'};
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

/* Byte order means nothing for u1, and some writers state one. "=" (this machine's order) says nothing in a file. */
static cvh_status read_descr(reader *r, cvh_maps *maps)
{
    static const struct {
        const char *text;
        cvh_depth depth;
    } known[] = {{"<f4", CVH_32F}, {"<f8", CVH_64F}, {"|u1", CVH_8U}, {"<u1", CVH_8U}, {"u1", CVH_8U}};
    char text[16];
    skip_space(r);
    size_t from = r->at;
    if (take_string(r, "descr is not a short string; it must be '<f4', '<f8' or '|u1'", text)) return CVH_ERR_FORMAT;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(text, known[i].text)) {
            maps->depth = known[i].depth;
            return CVH_OK;
        }
    return cvh_fail(CVH_ERR_FORMAT, "%s: byte %zu: descr is '%s'%s; it must be '<f4', '<f8' or '|u1'", cvh_file_shown(r->path),
                    r->start + from, text, text[0] == '>' ? ", big-endian" : "");
}

static cvh_status read_order(reader *r)
{
    if (take_word(r, "False")) return CVH_OK;
    if (take_word(r, "True")) return malformed(r, r->at - 4, "fortran_order is True; only C order is read");
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
static cvh_status read_shape(reader *r, cvh_maps *maps)
{
    skip_space(r);
    size_t from = r->at;
    if (!take(r, '(')) return malformed(r, from, "shape is not a tuple");
    int64_t count = 1;
    int rows = 1, cols = 1, dimensions = 0;
    while (!take(r, ')')) {
        if (dimensions >= 2) count *= rows;
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
    *maps = (cvh_maps){.count = (int)count, .rows = rows, .cols = cols, .depth = maps->depth};
    return CVH_OK;
}

enum { DESCR = 1, ORDER = 2, SHAPE = 4, ALL_KEYS = 7 };

/* One `'key': value`; *seen gathers the keys. */
static cvh_status read_entry(reader *r, int *seen, cvh_maps *maps)
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
    return which == DESCR ? read_descr(r, maps) : which == ORDER ? read_order(r) : read_shape(r, maps);
}

cvh_status cvh_npy_read_text(const char *path, size_t start, const char *text, size_t length, cvh_maps *maps)
{
    reader r = {path, text, start, length, 0};
    cvh_maps found = {0};
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
    *maps = found;
    return CVH_OK;
}
