/* SPDX-License-Identifier: Apache-2.0
 * A photograph: which of the two formats it is. */
#include "input/photo.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int photo_room(const char *path, uint64_t rows, uint64_t cols, photo *out)
{
    if (rows < 1 || cols < 1 || rows > CVH_MAX_SIDE || cols > CVH_MAX_SIDE)
        return trouble("%s is %llux%llu; each side must be 1..%d", path, (unsigned long long)rows, (unsigned long long)cols,
                       CVH_MAX_SIDE);
    *out = (photo){(int)rows, (int)cols, malloc((size_t)rows * (size_t)cols * 3)};
    return out->pixels ? EXIT_FINE : trouble("no memory for a photograph of %dx%d", out->rows, out->cols);
}

int photo_read(const char *path, photo *out)
{
    unsigned char first[8] = {0};
    FILE *file = fopen(path, "rb");
    *out = (photo){0};
    if (!file) return trouble("cannot read %s: %s", path, strerror(errno));
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

void photo_free(photo *seen)
{
    free(seen->pixels);
    memset(seen, 0, sizeof *seen);
}
