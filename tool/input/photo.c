/* SPDX-License-Identifier: Apache-2.0
 * A photograph: which of the two formats it is. */
#include "input/photo.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/inputs.h"
#include "input/photo_jpeg.h"
#include "input/photo_png.h"

int photo_read(const char *path, photo *out)
{
    unsigned char first[8] = {0};
    FILE *file = fopen(path, "rb");
    *out = (photo){0};
    if (!file) return trouble("cannot read %s: %s", path, strerror(errno));
    input_note(path);
    errno = 0;
    const size_t size = fread(first, 1, sizeof first, file);
    int status = EXIT_TROUBLE;
    if (ferror(file))
        trouble("cannot read %s: %s", path, strerror(errno));
    else if (size == 8 && !memcmp(first, "\x89PNG\r\n\x1a\n", 8))
        status = photo_read_png(path, file, out);
    else if (size >= 3 && !memcmp(first, "\xff\xd8\xff", 3))
        status = photo_read_jpeg(path, file, out);
    else
        trouble("%s is neither PNG nor JPEG; convert it to one of them", path);
    fclose(file);
    if (status) photo_free(out);
    return status;
}
