/* SPDX-License-Identifier: Apache-2.0
 * The header of a .npy file, in memory. */
#ifndef CVH_LIB_NPY_HEADER_H
#define CVH_LIB_NPY_HEADER_H

#include <stdbool.h>

#include "cvheatmap.h"

/* numpy/lib/format.py: "\x93NUMPY", major, minor, the length of the text that follows (2 bytes in format 1, 4 in formats 2
 * and 3, little-endian), and that text: a Python dict, spaces, a newline. */
enum {
    CVH_NPY_PREFIX = 8,          /* bytes of magic and version */
    CVH_NPY_WRITTEN = 128,       /* bytes of every header we write, the prefix included */
    CVH_NPY_MAX_TEXT = 64 * 1024 /* bytes of text that we read; NumPy itself stops at 10,000 */
};

/* Writes the CVH_NPY_WRITTEN bytes that numpy.save would write before maps of this shape and depth. */
void cvh_npy_write_header(const cvh_maps *view, unsigned char *header);

/* How many bytes of prefix[8] tell the text's length: 2 or 4; or CVH_ERR_FORMAT. */
cvh_status cvh_npy_read_prefix(const char *path, const unsigned char *prefix, int *length_bytes);

/* What the text says: count, rows, cols and depth of the maps, and for Fortran order their steps too. */
typedef struct cvh_npy_header {
    cvh_maps maps;
    bool big_endian;
} cvh_npy_header;

/* Reads the text, whose first byte is byte `start` of the file. Every failure is CVH_ERR_FORMAT and names the path and the
 * position. */
cvh_status cvh_npy_read_text(const char *path, size_t start, const char *text, size_t length, cvh_npy_header *header);

#endif
