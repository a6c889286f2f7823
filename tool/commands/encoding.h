/* SPDX-License-Identifier: Apache-2.0
 * One run of `cvheatmap encode`: what its drawing and its telling share. */
#ifndef CVHEATMAP_TOOL_ENCODING_H
#define CVHEATMAP_TOOL_ENCODING_H

#include <stdio.h>

#include "input/drawing.h"
#include "input/tensor.h"
#include "output/look.h"
#include "output/maps_file.h"
#include "output/offsets_file.h"
#include "output/output.h"
#include "output/sheet.h"
#include "output/stored.h"

typedef struct encoding {
    uint64_t given; /* options */
    drawing draw;
    const char *path;
    output_kind kind;
    tensor_reading store; /* how OUT.npy is laid out and scaled */
    look how;
    bool background, people, json;
    cvh_depth stored;  /* and its depth, */
    stored_tally lost; /* and what that cut off */
    /* the slice: some groups' maps and one group's weights */
    void *maps;
    void *drawn_maps; /* of one group, where what is stored is made from what is drawn; else NULL */
    float *weights;
    size_t weights_capacity;
    int64_t first;  /* group of the slice, */
    int64_t groups; /* of which it holds so many */
    int maps_a_group;
    maps_file files;
    offsets_file offsets; /* of --offsets */
    sheet drawn;
    cvh_crop crop; /* of the group that was drawn last, for a photograph */
    cvh_convention convention;
    char *listing; /* of --people */
    size_t listing_size;
    FILE *list;
} encoding;

/* Draws all groups, a slice at a time; the output is open then, and not finished. */
int encode_groups(encoding *run);

#endif
