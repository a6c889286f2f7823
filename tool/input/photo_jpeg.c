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

static unsigned number_at(const unsigned char *at, int bytes, bool little)
{
    unsigned value = 0;
    for (int i = 0; i < bytes; ++i) value = value << 8 | at[little ? bytes - 1 - i : i];
    return value;
}

/* The orientation in an EXIF block (TIFF 6.0: byte order, offset of the first directory, entries of 12 bytes; tag 0x0112); 1
 * where it says none. */
static unsigned orientation_in(const unsigned char *exif, size_t size)
{
    if (size < 14 || memcmp(exif, "Exif\0\0", 6)) return 1;
    const unsigned char *tiff = exif + 6;
    const size_t length = size - 6;
    const bool little = tiff[0] == 'I';
    const size_t directory = number_at(tiff + 4, 4, little);
    if (directory > length - 2) return 1;
    const unsigned entries = number_at(tiff + directory, 2, little);
    for (size_t i = 0; i < entries && directory + 2 + 12 * (i + 1) <= length; ++i) {
        const unsigned char *entry = tiff + directory + 2 + 12 * i;
        if (number_at(entry, 2, little) == 0x0112) return number_at(entry + 8, 2, little);
    }
    return 1;
}

static int check_kind(struct jpeg_decompress_struct *image, jpeg_source *from)
{
    from->reported = true;
    for (jpeg_saved_marker_ptr marker = image->marker_list; marker; marker = marker->next) {
        const unsigned orientation = orientation_in(marker->data, marker->data_length);
        if (orientation > 1)
            return trouble("%s is to be turned before it is seen (EXIF orientation %u); save it upright", from->path,
                           orientation);
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
