/* SPDX-License-Identifier: Apache-2.0
 * An RGB image in memory: rectangles, text, the HOT ramp, and a PNG file of it. */
#ifndef CVHEATMAP_TOOL_CANVAS_H
#define CVHEATMAP_TOOL_CANVAS_H

#include "tool.h"

typedef struct colour {
    unsigned char red, green, blue;
} colour;

typedef struct canvas {
    int width, height;
    colour *pixels;
} canvas;

/* A part of share 0..1 as black, red, yellow, white; NaN is a blue that the ramp does not hold. */
colour hot(double share);

int canvas_open(canvas *image, int width, int height, colour background);
void canvas_close(canvas *image);

/* Parts off the canvas are left out. */
void canvas_fill(canvas *image, int x, int y, int width, int height, colour ink);
void canvas_frame(canvas *image, int x, int y, int width, int height, colour ink); /* one pixel, around the rectangle */

/* Text whose top left corner is at x, y, each pixel of the font `scale` wide. Returns its width. */
int canvas_text(canvas *image, int x, int y, int scale, colour ink, const char *text);
int text_width(int scale, const char *text);

int canvas_save(const canvas *image, const char *path);

#endif
