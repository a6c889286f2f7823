/* SPDX-License-Identifier: Apache-2.0
 * The pixels of a photograph. */
#include "input/photo_pixels.h"

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

static unsigned number_at(const unsigned char *at, int bytes, bool little)
{
    unsigned value = 0;
    for (int i = 0; i < bytes; ++i) value = value << 8 | at[little ? bytes - 1 - i : i];
    return value;
}

/* The orientation in an EXIF block (TIFF 6.0: byte order, offset of the first directory, entries of 12 bytes; tag 0x0112); 1
 * where it says none. */
static unsigned orientation_in(const unsigned char *tiff, size_t length)
{
    if (length < 8) return 1;
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

int photo_upright(const char *path, const unsigned char *exif, size_t size)
{
    const unsigned orientation = orientation_in(exif, size);
    if (orientation <= 1) return EXIT_FINE;
    return trouble("%s is to be turned before it is seen (EXIF orientation %u); save it upright", path, orientation);
}

void photo_free(photo *seen)
{
    free(seen->pixels);
    memset(seen, 0, sizeof *seen);
}
