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

/* Whether a side of two bytes, the high one first, is over 1279. */
static bool is_long(const uint8_t *side)
{
    return side[0] > 4;
}

/* PNG: IHDR stands first, with sides of four bytes. */
static bool is_large_png(const uint8_t *data, size_t size)
{
    return size > 24 && data[0] == 0x89
           && (data[16] || data[17] || is_long(data + 18) || data[20] || data[21] || is_long(data + 22));
}

/* JPEG: a frame header, FF C0 to FF CF but for the three that are none (C4 tables, C8 reserved, CC tables), may stand
 * anywhere; its height and width follow the length and the precision. */
static bool is_large_jpeg(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i + 8 < size; i++) {
        const uint8_t marker = data[i + 1];
        const bool frame = data[i] == 0xff && (marker & 0xf0) == 0xc0 && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frame && (is_long(data + i + 5) || is_long(data + i + 7))) return true;
    }
    return false;
}

/* Large announcements are legal, and only slow: 32767x32767 is 3.2 GB, more than libFuzzer lets anyone ask for. */
static bool is_large(const uint8_t *data, size_t size)
{
    return is_large_png(data, size) || is_large_jpeg(data, size);
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
