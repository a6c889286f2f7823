/* SPDX-License-Identifier: Apache-2.0
 * Photographs. Of any bytes, after PNG's or JPEG's first ones as the first byte chooses: an image of the size that was
 * announced, all of whose bytes can be read, or one line that says what is wrong. */
#include "input/photo.h"

#include "fuzz.h"
#include "tool_messages.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    catch_messages();
    return 0;
}

/* Large announcements are legal, and only slow. */
static bool is_large(const uint8_t *data, size_t size)
{
    return size > 24 && data[0] == 0x89 && (data[16] || data[17] || data[18] > 4 || data[20] || data[21] || data[22] > 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    photo seen;
    forget_messages();
    if (is_large(data, size)) return 0;
    if (photo_read(file_of(data, size), &seen)) {
        require_one_message();
        REQUIRE(!seen.pixels, "pixels of a photograph that was refused");
        return 0;
    }
    require_no_message();
    REQUIRE(seen.rows > 0 && seen.cols > 0 && seen.rows <= CVH_MAX_SIDE && seen.cols <= CVH_MAX_SIDE, "%d x %d", seen.rows,
            seen.cols);
    size_t sum = 0;
    for (size_t i = 0; i < (size_t)seen.rows * (size_t)seen.cols * 3; i++) sum += seen.pixels[i];
    REQUIRE(sum <= (size_t)seen.rows * (size_t)seen.cols * 3 * 255, "%zu", sum);
    photo_free(&seen);
    return 0;
}
