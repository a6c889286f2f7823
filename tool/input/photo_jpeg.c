/* SPDX-License-Identifier: Apache-2.0
 * JPEG photographs by libjpeg-turbo. */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "input/photo_jpeg.h"

typedef struct jpeg_source {
    struct jpeg_error_mgr errors; /* the first field: libjpeg knows this one */
    jmp_buf back;
    const char *path;
    photo *out;
    bool reported;
    char reason[JMSG_LENGTH_MAX];
} jpeg_source;

static void keep_reason(j_common_ptr image)
{
    jpeg_source *from = (jpeg_source *)image->err;
    image->err->format_message(image, from->reason);
    longjmp(from->back, 1);
}

/* libjpeg fills what is missing with grey and warns; a picture that nobody took is none. */
static void refuse_warning(j_common_ptr image, int level)
{
    if (level < 0) keep_reason(image);
}

/* GCOVR_EXCL_START: which of these a library calls is its own choice */
static void print_nothing(j_common_ptr image)
{
    (void)image;
}
/* GCOVR_EXCL_STOP */

static int check_kind(struct jpeg_decompress_struct *image, jpeg_source *from)
{
    from->reported = true;
    for (jpeg_saved_marker_ptr marker = image->marker_list; marker; marker = marker->next) {
        const bool exif = marker->data_length > 6 && !memcmp(marker->data, "Exif\0\0", 6);
        if (exif && photo_upright(from->path, marker->data + 6, marker->data_length - 6)) return EXIT_TROUBLE;
    }
    if (image->jpeg_color_space == JCS_CMYK || image->jpeg_color_space == JCS_YCCK)
        return trouble("%s is CMYK; convert it to RGB", from->path);
    image->out_color_space = JCS_RGB;
    if (photo_room(from->path, image->image_height, image->image_width, from->out)) return EXIT_TROUBLE;
    from->reported = false;
    return EXIT_FINE;
}

/* Everything that may jump. Nothing of this frame is used after a jump. */
static int read_jpeg(struct jpeg_decompress_struct *image, jpeg_source *from, FILE *file)
{
    if (setjmp(from->back)) return EXIT_TROUBLE;
    jpeg_create_decompress(image);
    jpeg_stdio_src(image, file);
    jpeg_save_markers(image, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(image, TRUE);
    if (check_kind(image, from)) return EXIT_TROUBLE;
    jpeg_start_decompress(image);
    while (image->output_scanline < image->output_height) {
        JSAMPROW row = from->out->pixels + (size_t)image->output_scanline * (size_t)from->out->cols * 3;
        jpeg_read_scanlines(image, &row, 1);
    }
    jpeg_finish_decompress(image);
    return EXIT_FINE;
}

int photo_read_jpeg(const char *path, FILE *file, photo *out)
{
    struct jpeg_decompress_struct image = {0};
    jpeg_source from = {.path = path, .out = out};
    image.err = jpeg_std_error(&from.errors);
    from.errors.error_exit = keep_reason;
    from.errors.emit_message = refuse_warning;
    from.errors.output_message = print_nothing;
    rewind(file);
    const int status = read_jpeg(&image, &from, file);
    if (status && !from.reported) trouble("%s: libjpeg: %s", path, from.reason);
    jpeg_destroy_decompress(&image);
    return status;
}
