/* SPDX-License-Identifier: Apache-2.0
 * Offset maps beside maps: in two files, or in one, in whichever order. */
#ifndef CVHEATMAP_TOOL_OFFSETS_H
#define CVHEATMAP_TOOL_OFFSETS_H

#include "input/tensor.h"

extern const char *const offset_order_names[];

typedef struct offset_files {
    const char *names; /* --offsets: DX.npy,DY.npy, or one file; NULL: none */
    int order;         /* of one file */
    char first[4096];
    const char *second; /* in `first`'s room; NULL: one file */
    tensor x, y;
} offset_files;

int offsets_load(offset_files *from, const tensor_reading *how);

/* The views of one image's offsets, which has `maps` maps. */
int offsets_of(const offset_files *from, int64_t image, int maps, cvh_maps *dx, cvh_maps *dy);

void offsets_free(offset_files *from);

#endif
