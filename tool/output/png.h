/* SPDX-License-Identifier: Apache-2.0
 * PNG files. */
#ifndef CVHEATMAP_TOOL_PNG_H
#define CVHEATMAP_TOOL_PNG_H

#include "base/tool.h"

/* Packed rows: grey levels of a byte, or of two (this machine's order); red, green, blue; blue, green, red. */
typedef enum png_kind { PNG_GREY = 0, PNG_GREY_16, PNG_RGB, PNG_BGR } png_kind;

int png_save(const char *path, const void *pixels, int width, int height, png_kind kind);

#endif
