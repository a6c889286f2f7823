/* SPDX-License-Identifier: Apache-2.0
 * A small bitmap font for printable ASCII. */
#ifndef CVHEATMAP_TOOL_FONT_H
#define CVHEATMAP_TOOL_FONT_H

#include <stdbool.h>

enum { FONT_WIDTH = 5, FONT_HEIGHT = 9, FONT_BASELINE = 7, FONT_ADVANCE = 6 };

/* Whether the pixel in `row` (0 at the top, FONT_BASELINE rows above the baseline) and `col` of a character is set. */
bool font_pixel(char character, int row, int col);

#endif
