/* SPDX-License-Identifier: Apache-2.0
 * The pixels of a photograph, whichever format they come from. */
#ifndef CVHEATMAP_TOOL_PHOTO_PIXELS_H
#define CVHEATMAP_TOOL_PHOTO_PIXELS_H

#include "base/tool.h"

/* Red, green, blue, a byte each; rows packed. */
typedef struct photo {
    int rows, cols;
    unsigned char *pixels;
} photo;

/* The room for an image of this size; refused where a side is beyond the library's. */
int photo_room(const char *path, uint64_t rows, uint64_t cols, photo *out);
void photo_free(photo *seen);

#endif
