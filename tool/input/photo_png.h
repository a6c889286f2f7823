/* SPDX-License-Identifier: Apache-2.0
 * PNG photographs by libpng. */
#ifndef CVHEATMAP_TOOL_PHOTO_PNG_H
#define CVHEATMAP_TOOL_PHOTO_PNG_H

#include <stdio.h>

#include "input/photo_pixels.h"

/* The file stands behind the 8 bytes that say what it is. */
int photo_read_png(const char *path, FILE *file, photo *out);

#endif
