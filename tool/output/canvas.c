/* SPDX-License-Identifier: Apache-2.0
 * An RGB image in memory, and a PNG file of it. */
#include "output/canvas.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "output/font.h"
#include "output/output.h"

static unsigned char channel(double share)
{
    return (unsigned char)(255 * (share < 0 ? 0 : share > 1 ? 1 : share) + 0.5);
}

/* The three channels rise one after the other, each over its part of the ramp: 3/8, 3/8, 2/8. */
colour hot(double share)
{
    if (share != share) return (colour){70, 90, 200};
    return (colour){channel(share / 0.375), channel((share - 0.375) / 0.375), channel((share - 0.75) / 0.25)};
}

int canvas_open(canvas *image, int width, int height, colour background)
{
    *image = (canvas){width, height, malloc((size_t)width * (size_t)height * sizeof(colour))};
    if (!image->pixels) return trouble("no memory for a picture of %d x %d pixels", width, height);
    canvas_fill(image, 0, 0, width, height, background);
    return EXIT_FINE;
}

void canvas_close(canvas *image)
{
    free(image->pixels);
    memset(image, 0, sizeof *image);
}

static int bounded(int value, int most)
{
    return value < 0 ? 0 : value > most ? most : value;
}

void canvas_fill(canvas *image, int x, int y, int width, int height, colour ink)
{
    const int left = bounded(x, image->width), right = bounded(x + width, image->width);
    const int top = bounded(y, image->height), bottom = bounded(y + height, image->height);
    for (int row = top; row < bottom; ++row)
        for (int col = left; col < right; ++col) image->pixels[(size_t)row * (size_t)image->width + (size_t)col] = ink;
}

void canvas_frame(canvas *image, int x, int y, int width, int height, colour ink)
{
    canvas_fill(image, x - 1, y - 1, width + 2, 1, ink);
    canvas_fill(image, x - 1, y + height, width + 2, 1, ink);
    canvas_fill(image, x - 1, y, 1, height, ink);
    canvas_fill(image, x + width, y, 1, height, ink);
}

int text_width(int scale, const char *text)
{
    const int length = (int)strlen(text);
    return length ? scale * (length * FONT_ADVANCE - (FONT_ADVANCE - FONT_WIDTH)) : 0;
}

int canvas_text(canvas *image, int x, int y, int scale, colour ink, const char *text)
{
    for (int i = 0; text[i]; ++i)
        for (int row = 0; row < FONT_HEIGHT; ++row)
            for (int col = 0; col < FONT_WIDTH; ++col)
                if (font_pixel(text[i], row, col))
                    canvas_fill(image, x + scale * (i * FONT_ADVANCE + col), y + scale * row, scale, scale, ink);
    return text_width(scale, text);
}

static int write_png(const canvas *image, void *file, size_t size, output *out)
{
    png_image png = {.version = PNG_IMAGE_VERSION, .format = PNG_FORMAT_RGB};
    png.width = (png_uint_32)image->width;
    png.height = (png_uint_32)image->height;
    if (!png_image_write_to_memory(&png, file, &size, 0, image->pixels, 0, NULL))
        return trouble("%s: libpng: %s", out->path, png.message);
    return output_write(out, file, size);
}

int canvas_save(const canvas *image, const char *path)
{
    /* No PNG is larger than its pixels by more than this: a filter byte a row, and zlib's and the chunks' own bytes. */
    const size_t pixels = ((size_t)image->width * 3 + 1) * (size_t)image->height, most = pixels + pixels / 1000 + 65536;
    void *file = malloc(most);
    if (!file) return trouble("no memory to compress a picture of %d x %d pixels", image->width, image->height);
    output out;
    int status = output_open(&out, path);
    if (!status) {
        status = write_png(image, file, most, &out);
        if (status)
            output_discard(&out);
        else
            status = output_finish(&out);
    }
    free(file);
    return status;
}
