/* SPDX-License-Identifier: Apache-2.0
 * A photograph: PNG or JPEG. */
#ifndef CVHEATMAP_TOOL_PHOTO_H
#define CVHEATMAP_TOOL_PHOTO_H

#include "tool.h"

/* Red, green, blue, a byte each; rows packed. */
typedef struct photo {
    int rows, cols;
    unsigned char *pixels;
} photo;

/* Reads a file of 8 bits a sample, grey, RGB or RGBA (whose alpha is left out). What would be another picture than the one that
 * is seen is refused: 16 bits, CMYK, an EXIF orientation other than 1, a file that is cut off. */
int photo_read(const char *path, photo *out);
void photo_free(photo *seen);

/* For the two formats: the room for an image of this size, refused where a side is beyond the library's. */
int photo_room(const char *path, uint64_t rows, uint64_t cols, photo *out);

int photo_read_png(const char *path, void *file, photo *out);
int photo_read_jpeg(const char *path, void *file, photo *out);

#endif
