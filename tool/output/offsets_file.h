/* SPDX-License-Identifier: Apache-2.0
 * DX.npy and DY.npy: offset maps beside maps, in the same order. */
#ifndef CVHEATMAP_TOOL_OFFSETS_FILE_H
#define CVHEATMAP_TOOL_OFFSETS_FILE_H

#include "base/layout.h"
#include "input/drawing.h"
#include "output/output.h"

typedef struct offsets_file {
    const char *names; /* "DX.npy,DY.npy", or NULL */
    char path_x[4096];
    const char *path_y; /* in path_x's room */
    output along_x, along_y;
    void *x, *y;        /* a slice of each */
    size_t group_bytes; /* of a group of each */
    cvh_depth depth;
} offsets_file;

/* Room for a slice of so many groups; the names are checked. */
int offsets_file_room(offsets_file *files, const drawing *draw, int64_t groups);

int offsets_file_open(offsets_file *files, const drawing *draw, layout order, bool one_group);
int offsets_file_write(offsets_file *files, int64_t groups);
int offsets_file_finish(offsets_file *files);
void offsets_file_discard(offsets_file *files);

#endif
