/* SPDX-License-Identifier: Apache-2.0
 * Crops and warps of anything: a status or a picture, nothing beside it; the native warp is OpenCV's; there and back is where
 * one was; flipped twice is as before. */
#include "fuzz.h"

#include <math.h>

#include "../support/unknown.h"

enum { MOST_SIDE = 24, MOST_CHANNELS = 4, GUARD = 64, SAMPLES = MOST_SIDE * MOST_SIDE * MOST_CHANNELS };

static double photo_memory[SAMPLES];
static unsigned char input_memory[2][SAMPLES * sizeof(double) + 2 * GUARD];

static cvh_maps take_photo(input *in)
{
    static const cvh_depth depths[] = {CVH_8U, CVH_8U, CVH_16U, CVH_16S, CVH_32F, CVH_64F};
    cvh_depth depth = depths[take_byte(in) % 6];
    int channels = take_int(in, 1, MOST_CHANNELS), rows = take_int(in, 1, MOST_SIDE), cols = take_int(in, 1, MOST_SIDE);
    for (int i = 0; i < SAMPLES; i++) photo_memory[i] = take_byte(in);
    if (depth == CVH_32F)
        for (int i = 0; i < SAMPLES; i++) ((float *)photo_memory)[i] = take_byte(in);
    return take_byte(in) % 2 ? cvh_maps_view(photo_memory, channels, rows, cols, depth)
                             : cvh_maps_interleaved(photo_memory, channels, rows, cols, depth, 0);
}

static cvh_maps take_input(input *in, const cvh_maps *photo, int rows, int cols, int which)
{
    unsigned char *data = input_memory[which] + GUARD;
    memset(input_memory[which], 0xA5, sizeof input_memory[which]);
    return take_byte(in) % 2 ? cvh_maps_view(data, photo->count, rows, cols, photo->depth)
                             : cvh_maps_interleaved(data, photo->count, rows, cols, photo->depth, 0);
}

static void check_guards(const cvh_maps *view, int which)
{
    static const size_t sizes[] = {1, 1, 2, 2, 0, 4, 8, 2};
    size_t bytes = (size_t)view->count * (size_t)view->rows * (size_t)view->cols * sizes[view->depth];
    for (size_t i = 0; i < sizeof input_memory[which]; i++)
        if (i < GUARD || i >= GUARD + bytes)
            REQUIRE(input_memory[which][i] == 0xA5, "byte %zu of a picture of %zu is written", i, bytes);
}

/* Any numbers at all, or ordinary ones. */
static double take_number(input *in)
{
    return take_byte(in) % 4 == 0 ? take_any(in) : take_real(in, -30, 30);
}

static void any_warp(input *in)
{
    cvh_affine to_input;
    double numbers[6];
    for (int i = 0; i < 6; i++) numbers[i] = take_number(in);
    memcpy(&to_input, numbers, sizeof to_input);
    double outside = take_number(in);
    cvh_maps photo = take_photo(in);
    int rows = take_int(in, 1, MOST_SIDE), cols = take_int(in, 1, MOST_SIDE);
    cvh_maps native = take_input(in, &photo, rows, cols, 0), opencv = take_input(in, &photo, rows, cols, 1);
    cvh_status status = cvh_warp_native(&photo, &native, &to_input, outside);
    if (opencv_is_unknown(status)) { /* the native warp declines by name, and writes nothing */
        for (size_t i = 0; i < sizeof input_memory[0]; i++) REQUIRE(input_memory[0][i] == 0xA5, "byte %zu is written", i);
        return;
    }
    REQUIRE(status == cvh_warp(&photo, &opencv, &to_input, outside), "natively %d", (int)status);
    REQUIRE(status == CVH_OK || status == CVH_ERR_ARGUMENT, "%s", cvh_last_error());
    check_guards(&native, 0);
    check_guards(&opencv, 1);
    cvh_report report;
    if (status == CVH_OK) {
        REQUIRE(!cvh_compare(&opencv, &native, NULL, &report), "%s", cvh_last_error());
        REQUIRE(report.differing == 0, "%llu samples differ", (unsigned long long)report.differing);
    }
}

static cvh_crop_rule take_rule(input *in)
{
    cvh_crop_rule rule = {.family = (cvh_crop_family)(take_byte(in) % (CVH_CROP_STRETCH + 1)),
                          .size = (cvh_crop_size)(take_byte(in) % (CVH_CROP_SIZE_EXPAND + 1))};
    rule.padding = take_byte(in) % 2 ? 0 : take_number(in);
    rule.unpadded_at_minus_one = take_byte(in) % 2;
    rule.shift_y = take_byte(in) % 2 ? 0 : take_number(in);
    rule.offset = take_byte(in) % 2 ? 0 : take_number(in);
    rule.multiple = take_byte(in);
    rule.boxes = (cvh_crop_boxes)(take_byte(in) % (CVH_CROP_BOXES_ALPHAPOSE + 1));
    rule.pad = (cvh_crop_pad)(take_byte(in) % (CVH_CROP_PAD_EXACT + 1));
    rule.outside = take_number(in);
    return rule;
}

static void there_and_back(const cvh_crop *crop, double rotation)
{
    cvh_affine back;
    if (cvh_affine_invert(&crop->to_input, &back)) return;
    double x = 3, y = 4, u = crop->to_input.xx * x + crop->to_input.xy * y + crop->to_input.x0,
           v = crop->to_input.yx * x + crop->to_input.yy * y + crop->to_input.y0;
    double far = fabs(crop->to_input.x0) + fabs(crop->to_input.y0) + fabs(back.x0) + fabs(back.y0) + 1;
    double error = hypot(back.xx * u + back.xy * v + back.x0 - x, back.yx * u + back.yy * v + back.y0 - y);
    double bound = 1e-9 * far * (1 + fabs(back.xx) + fabs(back.yy) + fabs(back.xy) + fabs(back.yx));
    REQUIRE(error <= bound, "a point comes back %g away, rotation %g", error, rotation);
}

static void any_crop(input *in)
{
    cvh_crop_rule rule = take_rule(in);
    cvh_rect box = {take_number(in), take_number(in), take_number(in), take_number(in)};
    bool whole = take_byte(in) % 4 == 0;
    double rotation = take_byte(in) % 2 ? 0 : take_number(in);
    int kept = 7;
    cvh_maps photo = take_photo(in);
    int rows = take_int(in, 1, MOST_SIDE), cols = take_int(in, 1, MOST_SIDE);
    cvh_crop crop;
    cvh_rect cleaned;
    if (!cvh_crop_clean(&rule, &box, photo.rows, photo.cols, &cleaned, &kept)) {
        REQUIRE(kept == 0 || kept == 1, "kept is %d", kept);
        if (kept) REQUIRE(cleaned.width >= 0 && cleaned.height >= 0, "kept a box of %gx%g", cleaned.width, cleaned.height);
    }
    if (cvh_crop_fit(&rule, whole ? NULL : &box, photo.rows, photo.cols, rows, cols, rotation, &crop)) return;
    there_and_back(&crop, rotation);
    if (crop.input_rows > MOST_SIDE || crop.input_cols > MOST_SIDE) return;
    cvh_maps picture = take_input(in, &photo, crop.input_rows, crop.input_cols, 0);
    cvh_status status = cvh_crop_image(&crop, &photo, &picture);
    bool resizes = rule.family >= CVH_CROP_LETTERBOX;
    REQUIRE(status == CVH_OK || (status == CVH_ERR_ARGUMENT && resizes && photo.depth != CVH_8U), "%s", cvh_last_error());
    check_guards(&picture, 0);
}

/* Mirrored maps of mirrored maps, merged with the maps, are the maps. */
static void any_flip(input *in)
{
    int count = take_int(in, 1, MOST_CHANNELS), rows = take_int(in, 1, MOST_SIDE), cols = take_int(in, 1, MOST_SIDE);
    int partner[MOST_CHANNELS];
    for (int i = 0; i < count; i++) partner[i] = take_byte(in) % 2 ? i : (int)take_byte(in) - 3;
    for (int i = 0; i < SAMPLES; i++) photo_memory[i] = take_byte(in);
    cvh_maps maps = cvh_maps_view(photo_memory, count, rows, cols, CVH_64F), flipped = take_input(in, &maps, rows, cols, 1);
    cvh_maps out = take_input(in, &maps, rows, cols, 0);
    memcpy(flipped.data, maps.data, (size_t)count * (size_t)rows * (size_t)cols * sizeof(double));
    cvh_status status = cvh_flip_merge(&maps, &flipped, partner, (cvh_flip)(take_byte(in) % 8), &out);
    REQUIRE(status == CVH_OK || status == CVH_ERR_ARGUMENT, "status %d", (int)status);
    check_guards(&out, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size};
    switch (take_byte(&in) % 3) {
    case 0: any_warp(&in); break;
    case 1: any_crop(&in); break;
    default: any_flip(&in); break;
    }
    return 0;
}
