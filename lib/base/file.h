/* SPDX-License-Identifier: Apache-2.0
 * What saving and loading ask of the operating system. file.c is the only source that includes its headers. */
#ifndef CVH_LIB_FILE_H
#define CVH_LIB_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "cvheatmap.h"

/* "PATH: WHAT: the reason", where `error` is an errno, or 0 for one that nobody named. ENOMEM is CVH_ERR_MEMORY, since the C
 * library allocates for a stream; every other is CVH_ERR_IO. */
cvh_status cvh_file_error(const char *path, const char *what, int error);

/* The path's end, where all of it would push the reason out of cvh_last_error(). */
const char *cvh_file_shown(const char *path);

/* Whether the file's length is known before it is read, and which it is. Pipes and devices have none. Returns 0 or an errno. */
int cvh_file_length(FILE *file, bool *known, uint64_t *length);

/* Has `write` write a file: beside `path` first, which is then replaced, so that `path` is the whole new file or what it was.
 * A link stays, and the file that it names is replaced; a device or a pipe is written to directly. `write` returns 0 or an
 * errno, and leaves the file open. */
typedef int (*cvh_file_write_fn)(FILE *file, const void *what);
cvh_status cvh_file_save(const char *path, cvh_file_write_fn write, const void *what);

#endif
