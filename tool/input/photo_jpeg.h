/* SPDX-License-Identifier: Apache-2.0
 * JPEG photographs by libjpeg-turbo. */
#ifndef CVHEATMAP_TOOL_PHOTO_JPEG_H
#define CVHEATMAP_TOOL_PHOTO_JPEG_H

#include <stdio.h>

#include "input/photo_pixels.h"

/* The file is read from its start. */
int photo_read_jpeg(const char *path, FILE *file, photo *out);

#endif
