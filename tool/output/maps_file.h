/* SPDX-License-Identifier: Apache-2.0
 * OUT.npy and OUT.weights.npy, written as they are made. */
#ifndef CVHEATMAP_TOOL_MAPS_FILE_H
#define CVHEATMAP_TOOL_MAPS_FILE_H

#include "base/layout.h"
#include "input/drawing.h"
#include "output/output.h"

typedef struct maps_file {
    output maps, weights;
    char weights_path[4096];
    bool one_group; /* a list's maps stand as one group, N = 1 */
    float *all;     /* the weights of a source that is unordered, for its file's order; NULL: they are written as they come */
    size_t count;
} maps_file;

int maps_file_open(maps_file *files, const char *path, const drawing *draw, layout order, int maps_a_group, cvh_depth depth);
/* The weights alone, beside `path`. */
int maps_file_open_weights(maps_file *files, const char *path, const source *from);
int maps_file_write(maps_file *files, const void *maps, size_t bytes, cvh_depth depth);
int maps_file_weights(maps_file *files, const keypoint_group *of, const float *weights);
int maps_file_finish(maps_file *files);
void maps_file_discard(maps_file *files);

#endif
