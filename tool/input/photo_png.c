/* SPDX-License-Identifier: Apache-2.0
 * PNG photographs by libpng. */
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "input/photo_png.h"

typedef struct png_source {
    const char *path;
    photo *out;
    png_bytep *rows;
    bool reported;
    char reason[256];
} png_source;

static void keep_reason(png_structp reader, png_const_charp reason)
{
    png_source *from = png_get_error_ptr(reader);
    snprintf(from->reason, sizeof from->reason, "%s", reason);
    png_longjmp(reader, 1);
}

/* GCOVR_EXCL_START: which of these a library calls is its own choice */
static void ignore_warning(png_structp reader, png_const_charp reason)
{
    (void)reader, (void)reason;
}
/* GCOVR_EXCL_STOP */

/* Whatever the file holds, RGB comes out. */
static int ask_for_rgb(png_structp reader, png_infop info, png_source *from)
{
    const int depth = png_get_bit_depth(reader, info), type = png_get_color_type(reader, info);
    if (depth == 16) {
        from->reported = true;
        return trouble("%s has 16 bits a sample; convert it to 8", from->path);
    }
    if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(reader);
    if (type == PNG_COLOR_TYPE_GRAY && depth < 8) png_set_expand_gray_1_2_4_to_8(reader);
    if (type == PNG_COLOR_TYPE_GRAY || type == PNG_COLOR_TYPE_GRAY_ALPHA) png_set_gray_to_rgb(reader);
    png_set_strip_alpha(reader);
    png_set_interlace_handling(reader);
    png_read_update_info(reader, info);
    from->reported = photo_room(from->path, png_get_image_height(reader, info), png_get_image_width(reader, info), from->out);
    return from->reported ? EXIT_TROUBLE : EXIT_FINE;
}

/* The chunk may stand before the pixels or behind them. */
static int check_upright(png_structp reader, png_infop info, png_source *from)
{
    png_uint_32 size = 0;
    png_bytep exif = NULL;
    if (!png_get_eXIf_1(reader, info, &size, &exif)) return EXIT_FINE;
    const int status = photo_upright(from->path, exif, size);
    from->reported = status != EXIT_FINE;
    return status;
}

/* Everything that may jump. Nothing of this frame is used after a jump. */
static int read_png(png_structp reader, png_infop info, png_source *from)
{
    if (setjmp(png_jmpbuf(reader))) return EXIT_TROUBLE;
    png_set_sig_bytes(reader, 8);
    png_read_info(reader, info);
    if (check_upright(reader, info, from) || ask_for_rgb(reader, info, from)) return EXIT_TROUBLE;
    const size_t row = (size_t)from->out->cols * 3;
    if (png_get_rowbytes(reader, info) != row) png_error(reader, "rows of another size than announced");
    from->rows = malloc((size_t)from->out->rows * sizeof *from->rows);
    if (!from->rows) png_error(reader, "no memory");
    for (int y = 0; y < from->out->rows; ++y) from->rows[y] = from->out->pixels + (size_t)y * row;
    png_read_image(reader, from->rows);
    png_read_end(reader, info);
    return check_upright(reader, info, from);
}

int photo_read_png(const char *path, FILE *file, photo *out)
{
    png_source from = {.path = path, .out = out, .reason = "no memory"};
    png_structp reader = png_create_read_struct(PNG_LIBPNG_VER_STRING, &from, keep_reason, ignore_warning);
    png_infop info = reader ? png_create_info_struct(reader) : NULL;
    int status = EXIT_TROUBLE;
    if (info) {
        png_set_user_limits(reader, CVH_MAX_SIDE, CVH_MAX_SIDE);
        png_init_io(reader, file);
        status = read_png(reader, info, &from);
    }
    if (status && !from.reported) trouble("%s: libpng: %s", path, from.reason);
    free(from.rows);
    if (reader) png_destroy_read_struct(&reader, info ? &info : NULL, NULL);
    return status;
}
