/* SPDX-License-Identifier: Apache-2.0
 * PNG files by libpng. */
#include "output/png.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "output/output.h"

/* Where the bytes go, and what went wrong on the way. */
typedef struct png_target {
    output file;
    bool failed; /* and has been reported */
    char reason[256];
} png_target;

static void write_bytes(png_structp writer, png_bytep bytes, png_size_t size)
{
    png_target *to = png_get_io_ptr(writer);
    to->failed = output_write(&to->file, bytes, size);
    if (to->failed) png_error(writer, "");
}

/* GCOVR_EXCL_START: which of these a library calls is its own choice */
static void flush_nothing(png_structp writer)
{
    (void)writer;
}
/* GCOVR_EXCL_STOP */

static void keep_reason(png_structp writer, png_const_charp reason)
{
    png_target *to = png_get_error_ptr(writer);
    snprintf(to->reason, sizeof to->reason, "%s", reason);
    png_longjmp(writer, 1);
}

/* GCOVR_EXCL_START: which of these a library calls is its own choice */
static void ignore_warning(png_structp writer, png_const_charp reason)
{
    (void)writer, (void)reason;
}
/* GCOVR_EXCL_STOP */

static bool is_little(void)
{
    const uint16_t one = 1;
    return *(const unsigned char *)&one;
}

/* Everything that may jump. Nothing of this frame is used after a jump. */
static int write_png(png_structp writer, png_infop info, const unsigned char *pixels, int width, int height, png_kind kind)
{
    if (setjmp(png_jmpbuf(writer))) return EXIT_TROUBLE;
    const size_t row = (size_t)width * (kind == PNG_GREY ? 1 : kind == PNG_GREY_16 ? 2 : 3);
    png_set_IHDR(writer, info, (png_uint_32)width, (png_uint_32)height, kind == PNG_GREY_16 ? 16 : 8,
                 kind <= PNG_GREY_16 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(writer, info);
    if (kind == PNG_BGR) png_set_bgr(writer);
    if (kind == PNG_GREY_16 && is_little()) png_set_swap(writer);
    for (int y = 0; y < height; ++y) png_write_row(writer, (png_const_bytep)(pixels + (size_t)y * row));
    png_write_end(writer, info);
    return EXIT_FINE;
}

int png_save(const char *path, const void *pixels, int width, int height, png_kind kind)
{
    png_target to = {.reason = "no memory"};
    png_structp writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, &to, keep_reason, ignore_warning);
    png_infop info = writer ? png_create_info_struct(writer) : NULL;
    int status = info ? output_open(&to.file, path) : trouble("no memory to write %s", path);
    if (info && !status) {
        png_set_write_fn(writer, &to, write_bytes, flush_nothing);
        status = write_png(writer, info, pixels, width, height, kind);
        if (status && !to.failed) trouble("%s: libpng: %s", path, to.reason);
        if (status)
            output_discard(&to.file);
        else
            status = output_finish(&to.file);
    }
    if (writer) png_destroy_write_struct(&writer, info ? &info : NULL);
    return status;
}
