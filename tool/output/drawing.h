/* SPDX-License-Identifier: Apache-2.0
 * Pictures by OpenCV's own functions, from C. A board that a call failed on stays as it is; board_status tells, once, at the
 * end. */
#ifndef CVHEATMAP_TOOL_OUTPUT_DRAWING_H
#define CVHEATMAP_TOOL_OUTPUT_DRAWING_H

#include "base/tool.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct colour {
    unsigned char red, green, blue;
} colour;

typedef enum text_size { TEXT_SMALL = 0, TEXT_PLAIN, TEXT_HEADING } text_size;

typedef struct board board;

/* False in a build without OpenCV, where board_open says so and nothing else is called. */
bool board_available(void);

int board_open(board **made, int width, int height, colour background);
void board_close(board *on); /* NULL is fine */

/* Parts off the board are left out. Coordinates are pixels, x right, y down. */
void board_fill(board *on, int x, int y, int width, int height, colour ink);
void board_frame(board *on, int x, int y, int width, int height, colour ink); /* one pixel, around the rectangle */
void board_line(board *on, int x0, int y0, int x1, int y1, int thickness, colour ink);

/* Text whose capital letters begin at y; how wide it becomes. */
void board_text(board *on, int x, int y, text_size size, colour ink, const char *text);
int board_text_width(text_size size, const char *text);

/* rows x cols shares, 0..1 on the colour map (NaN: a blue that none holds), as a picture of this size: each a crisp rectangle.
 */
void board_map(board *on, int x, int y, int width, int height, const double *shares, int rows, int cols, const char *map);

/* A photograph, RGB, scaled to this size; and shares over it, where `to` takes their pixels, each as opaque as alpha * share.
 */
void board_photo(board *on, int x, int y, int width, int height, const unsigned char *photo, int rows, int cols);
void board_over(board *on, int x, int y, int width, int height, const double *shares, int rows, int cols, const cvh_affine *to,
                const char *map, double alpha);

/* Three bytes a pixel, blue first, rows packed. */
const unsigned char *board_pixels(const board *on, int *width, int *height);

/* Reports what failed first, if anything did. */
int board_status(const board *on);

/* `count` grey levels as RGB by a colour map. */
int colours_of(const unsigned char *grey, size_t count, const char *map, unsigned char *rgb);

extern const char *const colormap_names[];

#ifdef __cplusplus
}
#endif

#endif
