/* SPDX-License-Identifier: Apache-2.0
 * The pixels of a photograph, whichever format they come from. */
#ifndef CVHEATMAP_TOOL_PHOTO_PIXELS_H
#define CVHEATMAP_TOOL_PHOTO_PIXELS_H

#include <stddef.h>

#include "base/tool.h"

/* Red, green, blue, a byte each; rows packed. */
typedef struct photo {
    int rows, cols;
    unsigned char *pixels;
} photo;

/* The room for an image of this size; refused where a side is beyond the library's. */
int photo_room(const char *path, uint64_t rows, uint64_t cols, photo *out);

/* Refuses a photograph whose EXIF block, without the mark that JPEG puts before it, says that it is to be turned. */
int photo_upright(const char *path, const unsigned char *exif, size_t size);

void photo_free(photo *seen);

#endif
