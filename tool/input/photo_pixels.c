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

void photo_free(photo *seen)
{
    free(seen->pixels);
    memset(seen, 0, sizeof *seen);
}
