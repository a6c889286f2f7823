/* SPDX-License-Identifier: Apache-2.0
 * A photograph: PNG or JPEG. */
#ifndef CVHEATMAP_TOOL_PHOTO_H
#define CVHEATMAP_TOOL_PHOTO_H

#include "input/photo_pixels.h"

/* Reads a file of 8 bits a sample, grey, RGB or RGBA (whose alpha is left out). What would be another picture than the one that
 * is seen is refused: 16 bits, CMYK, an EXIF orientation other than 1, a file that is cut off. */
int photo_read(const char *path, photo *out);

#endif
