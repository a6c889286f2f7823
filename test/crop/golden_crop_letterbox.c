/* SPDX-License-Identifier: Apache-2.0
 * Letterboxes of golden_crop. */
#include "crop/golden_crop.h"

static void check_boxed(golden_verdict *verdict, const json_t *entry, const cvh_crop *crop)
{
    pair resized = {crop->resized_cols, crop->resized_rows};
    near(verdict, "the resized size", pair_at(entry, "resized_size"), resized, 0);
    const json_t *pads = json_object_get(entry, "pad_left_top_right_bottom");
    if (pads)
        near(verdict, "the pad", (pair){golden_item(pads, 0), golden_item(pads, 1)}, (pair){crop->pad_left, crop->pad_top}, 0);
    check_sizes(verdict, entry, crop);
    if (golden_there(entry, "picture")) check_picture(verdict, entry, "the picture", crop, NULL, false);
}

/* Our points are not clipped; the project's are, to 0..W. */
static void check_clipped(golden_verdict *verdict, const json_t *entry, const char *key, const cvh_crop *crop, double tolerance)
{
    const json_t *from = json_object_get(entry, "input_back_points_in"), *to = json_object_get(entry, key);
    pair photo = pair_at(entry, "image_size");
    for (size_t i = 0; i < json_array_size(to); i++) {
        pair p = apply(&crop->to_photo, point_at(from, i));
        if (!golden_says(entry, "rule", "rtmlib_rtmo")) p = (pair){fmin(fmax(p.x, 0), photo.x), fmin(fmax(p.y, 0), photo.y)};
        near(verdict, key, point_at(to, i), p, tolerance);
    }
}

/* Boxes go back by the picture's own pad. */
static void check_boxes(golden_verdict *verdict, const json_t *entry, const cvh_crop *crop)
{
    const json_t *from = json_object_get(entry, "boxes_xyxy_in"), *to = json_object_get(entry, "newer_boxes_xyxy_back");
    pair photo = pair_at(entry, "image_size");
    for (size_t i = 0; i < 2 * json_array_size(to); i++) {
        const json_t *a = json_array_get(from, i / 2), *b = json_array_get(to, i / 2);
        size_t k = i % 2 * 2;
        pair p = apply(&crop->to_photo, (pair){golden_item(a, k), golden_item(a, k + 1)});
        p = (pair){fmin(fmax(p.x, 0), photo.x), fmin(fmax(p.y, 0), photo.y)};
        near(verdict, "a box", (pair){golden_item(b, k), golden_item(b, k + 1)}, p, tolerance_of(entry, "back_px"));
    }
}

/* What the labels of yolov5 are moved by on their way there. */
static void check_there(golden_verdict *verdict, const json_t *entry, const cvh_crop *crop)
{
    if (golden_there(entry, "returned_dw_dh"))
        near(verdict, "the labels' pad", pair_at(entry, "returned_dw_dh"), (pair){crop->to_input.x0, crop->to_input.y0}, 1e-9);
}

void letterbox_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    pair wanted = pair_at(entry, golden_there(entry, "wanted_input_size") ? "wanted_input_size" : "input_size");
    pair photo = pair_at(entry, "image_size");
    cvh_crop_rule rule = rule_named(s->rule), exact = rule_named("yolov5"), placed = rule;
    cvh_crop crop, unrounded, boxes;
    double tolerance = tolerance_of(entry, "back_px");
    if (json_is_true(json_object_get(entry, "auto")) || json_is_true(json_object_get(entry, "scale_fill"))) {
        golden_list(verdict, "auto and scale_fill: not in scope");
        return;
    }
    bool enlarged = wanted.x > photo.x && wanted.y > photo.y;
    if (json_is_false(json_object_get(entry, "center")) || (json_is_false(json_object_get(entry, "scaleup")) && enlarged)) {
        golden_list(verdict, "center or scaleup false, where the project's way back is wrong");
        return;
    }
    placed.pad = CVH_CROP_PAD_PLACED;
    if (!fit(verdict, entry, &rule, NULL, wanted, &crop) || !fit(verdict, entry, &exact, NULL, wanted, &unrounded)
        || !fit(verdict, entry, &placed, NULL, wanted, &boxes))
        return;
    check_boxed(verdict, entry, &crop);
    check_there(verdict, entry, &crop);
    bool newer = !strcmp(s->rule, "letterbox");
    check_clipped(verdict, entry, newer ? "newer_back_points" : "back_points", &crop, tolerance);
    if (newer) check_clipped(verdict, entry, "back_points", &unrounded, tolerance); /* 8.4.6's keypoints */
    check_boxes(verdict, entry, &boxes);
}
