/* SPDX-License-Identifier: Apache-2.0
 * In place of drawing.cpp in a build without OpenCV: nothing is drawn, and the program says why. */
#include "output/drawing.h"

const char *const colormap_names[] = {"grey", NULL};

static const char without[] =
    "this cvheatmap was built without OpenCV, which draws its pictures; encode -o OUT.png takes --raw";

bool board_available(void)
{
    return false;
}

int board_open(board **made, int width, int height, colour background)
{
    (void)width, (void)height, (void)background;
    *made = NULL;
    return trouble("%s", without);
}

void board_close(board *on)
{
    (void)on;
}

void board_fill(board *on, int x, int y, int width, int height, colour ink)
{
    (void)on, (void)x, (void)y, (void)width, (void)height, (void)ink;
}

void board_frame(board *on, int x, int y, int width, int height, colour ink)
{
    (void)on, (void)x, (void)y, (void)width, (void)height, (void)ink;
}

void board_line(board *on, int x0, int y0, int x1, int y1, int thickness, colour ink)
{
    (void)on, (void)x0, (void)y0, (void)x1, (void)y1, (void)thickness, (void)ink;
}

void board_text(board *on, int x, int y, text_size size, colour ink, const char *text)
{
    (void)on, (void)x, (void)y, (void)size, (void)ink, (void)text;
}

int board_text_width(text_size size, const char *text)
{
    (void)size, (void)text;
    return 0;
}

void board_map(board *on, int x, int y, int width, int height, const double *shares, int rows, int cols, const char *map)
{
    (void)on, (void)x, (void)y, (void)width, (void)height, (void)shares, (void)rows, (void)cols, (void)map;
}

void board_photo(board *on, int x, int y, int width, int height, const unsigned char *photo, int rows, int cols)
{
    (void)on, (void)x, (void)y, (void)width, (void)height, (void)photo, (void)rows, (void)cols;
}

void board_over(board *on, int x, int y, int width, int height, const double *shares, int rows, int cols, const cvh_affine *to,
                const char *map, double alpha)
{
    (void)on, (void)x, (void)y, (void)width, (void)height, (void)shares, (void)rows, (void)cols, (void)to, (void)map,
        (void)alpha;
}

const unsigned char *board_pixels(const board *on, int *width, int *height)
{
    (void)on;
    *width = *height = 0;
    return NULL;
}

int board_status(const board *on)
{
    (void)on;
    return trouble("%s", without);
}

int colours_of(const unsigned char *grey, size_t count, const char *map, unsigned char *rgb)
{
    (void)grey, (void)count, (void)map, (void)rgb;
    return trouble("%s", without);
}
