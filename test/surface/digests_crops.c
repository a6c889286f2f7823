/* SPDX-License-Identifier: Apache-2.0
 * Digests of crops: the geometry, and the picture. */
#include "surface/digests.h"

static void digest_affine(uint64_t *digest, const cvh_affine *a)
{
    const double numbers[] = {a->xx, a->xy, a->x0, a->yx, a->yy, a->y0};
    for (int i = 0; i < 6; i++) digest_value(digest, numbers[i]);
}

void of_affine_invert(uint64_t *digest)
{
    cvh_affine affine = {0.731, 0.212, 1.37, -0.187, 0.659, 3.11};
    for (int i = 0; i < 5; i++) {
        must(cvh_affine_invert(&affine, &affine));
        digest_affine(digest, &affine);
        affine.xy *= 1.7;
    }
}

void of_crop_clean(uint64_t *digest)
{
    for (int boxes = 0; boxes <= CVH_CROP_BOXES_ALPHAPOSE; boxes++)
        for (int i = 0; i < 12; i++) {
            const cvh_crop_rule rule = {.boxes = (cvh_crop_boxes)boxes};
            const cvh_rect annotated = {i * 61.7 - 90, 20.3 - i * 7.9, 33.3 + i, 71.9};
            cvh_rect box = {0};
            int kept;
            must(cvh_crop_clean(&rule, &annotated, 120, 160, &box, &kept));
            const double values[] = {kept, box.x, box.y, box.width, box.height};
            for (int k = 0; k < 5; k++) digest_value(digest, values[k]);
        }
}

/* Every rule, upright and, where it turns, by an angle that is no multiple of anything. */
void of_crop_fit(uint64_t *digest)
{
    for (int i = 0; cvh_crop_name(i); i++) {
        const cvh_rect box = {31.7, 12.3, 81.9, 77.1};
        cvh_crop_rule rule;
        cvh_crop crop;
        must(cvh_crop_find(cvh_crop_name(i), &rule));
        for (int turn = 0; turn < (rule.family >= CVH_CROP_LETTERBOX ? 1 : 4); turn++) {
            must(cvh_crop_fit(&rule, turn % 2 ? NULL : &box, 120, 160, 256, 192, turn * 37.3 - 50 * (turn == 3), &crop));
            digest_affine(digest, &crop.to_input);
            digest_affine(digest, &crop.to_photo);
            const int sizes[] = {crop.input_rows,   crop.input_cols, crop.resized_rows,
                                 crop.resized_cols, crop.pad_top,    crop.pad_left};
            for (int k = 0; k < 6; k++) digest_value(digest, sizes[k]);
        }
    }
}

/* A photograph of every depth that is warped; turned, upright, and in a letterbox. */
void of_crop_image(uint64_t *digest)
{
    static const cvh_depth warped[] = {CVH_8U, CVH_16U, CVH_16S, CVH_32F, CVH_64F};
    enum { SIDE = 37, INPUT = 31 };
    static double photo[SIDE * SIDE * MAPS], values[SIDE * SIDE * MAPS], input[INPUT * INPUT * MAPS];
    const char *const names[] = {"hrnet", "hrnet", "udp", "letterbox", "stretch"};
    for (int i = 0; i < SIDE * SIDE * MAPS; i++) values[i] = i * 7919 % 256;
    for (int d = 0; d < 5; d++)
        for (int n = 0; n < (d == 0 ? 5 : 3); n++) {
            cvh_crop_rule rule;
            cvh_crop crop;
            cvh_maps whole = cvh_maps_view(values, MAPS, SIDE, SIDE, CVH_64F);
            cvh_maps from = cvh_maps_interleaved(photo, MAPS, SIDE, SIDE, warped[d], 0);
            cvh_maps to = cvh_maps_view(input, MAPS, INPUT, INPUT, warped[d]);
            must(cvh_convert(&whole, &from));
            must(cvh_crop_find(names[n], &rule));
            must(cvh_crop_fit(&rule, NULL, SIDE, SIDE, INPUT, INPUT, n == 1 ? 0 : n == 3 || n == 4 ? 0 : 23.7, &crop));
            must(cvh_crop_image(&crop, &from, &to));
            digest_maps(digest, &to);
        }
}
