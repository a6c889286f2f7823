/* SPDX-License-Identifier: Apache-2.0
 * The projects' rules for annotated boxes, and their small functions on boxes. */
#include "crop/golden_crop.h"

typedef struct annotation {
    bool crowd, person, has_area;
    double area, keypoints, largest, largest_xy;
    int visible;
    cvh_rect box;
} annotation;

static annotation annotation_of(const json_t *entry)
{
    const json_t *a = json_object_get(entry, "annotation"), *box = json_object_get(a, "bbox");
    const json_t *points = json_object_get(a, "keypoints");
    annotation made = {.crowd = golden_number_or(a, "iscrowd", 0) != 0,
                       .person = golden_number_or(a, "category_id", 0) == 1,
                       .has_area = golden_there(a, "area"),
                       .area = golden_number_or(a, "area", 0),
                       .keypoints = golden_number_or(a, "num_keypoints", 0),
                       .box = {golden_item(box, 0), golden_item(box, 1), golden_item(box, 2), golden_item(box, 3)}};
    for (size_t i = 0; i < json_array_size(points); i++) {
        double value = golden_item(points, i);
        made.largest = fmax(made.largest, value);
        if (i % 3 != 2) made.largest_xy = fmax(made.largest_xy, value);
        made.visible += i % 3 == 2 && value >= 1;
    }
    return made;
}

/* What stays with the caller: crowds, areas, labels. */
static bool caller_keeps(const char *rule, const annotation *a)
{
    if (a->crowd) return false;
    if (!strcmp(rule, "hrnet")) return a->person && a->area > 0 && a->largest > 0;
    if (!strcmp(rule, "mmpose")) return a->keypoints > 0 && a->largest_xy > 0;
    return a->person && a->area > 0 && a->keypoints > 0 && a->visible > 0;
}

void boxrule_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    annotation a = annotation_of(entry);
    if (!a.has_area && golden_there(entry, "note")) {
        golden_list(verdict, "no area: the project's loader stops");
        return;
    }
    pair photo = pair_at(entry, "image_size");
    cvh_crop_rule rule = rule_named(s->rule);
    cvh_rect box;
    int kept = 0;
    ck_assert_msg(!cvh_crop_clean(&rule, &a.box, (int)photo.y, (int)photo.x, &box, &kept), "%s", cvh_last_error());
    bool all = kept && caller_keeps(s->rule, &a);
    if (all != json_is_true(json_object_get(entry, "kept"))) golden_fail(verdict, all ? "it is kept" : "it is dropped");
    if (!all) return;
    const json_t *xywh = json_object_get(entry, "clean_box_xywh"), *xyxy = json_object_get(entry, "box_xyxy");
    const json_t *expected = xywh ? xywh : xyxy;
    pair end = {golden_item(expected, 2), golden_item(expected, 3)};
    if (!xywh) end = (pair){end.x - golden_item(expected, 0), end.y - golden_item(expected, 1)};
    near(verdict, "the box", (pair){golden_item(expected, 0), golden_item(expected, 1)}, (pair){box.x, box.y},
         tolerance_of(entry, "box_px"));
    near(verdict, "its size", end, (pair){box.width, box.height}, tolerance_of(entry, "box_px"));
    if (!golden_there(entry, "scale")) return;
    cvh_crop crop;
    pair input = pair_at(entry, "input_size");
    if (pair_at(entry, "scale").x == 0) { /* a box of 1 x 1 has the size 0, of which the project makes no crop either */
        cvh_status status = cvh_crop_fit(&rule, &box, (int)photo.y, (int)photo.x, (int)input.y, (int)input.x, 0, &crop);
        if (status != CVH_ERR_ARGUMENT) golden_fail(verdict, "a size of 0 is accepted");
        return;
    }
    if (fit(verdict, entry, &rule, &box, input, &crop)) check_centre(verdict, entry, s, &crop);
}

/* AlphaPose's small functions: its cleaning is the first two. */
void alphapose_boxes_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    const json_t *clipped = json_object_get(entry, "clipped_xyxy");
    pair low = {golden_item(clipped, 0), golden_item(clipped, 1)}, high = {golden_item(clipped, 2), golden_item(clipped, 3)};
    pair photo = pair_at(entry, "image_size");
    cvh_crop_rule rule = rule_named(s->rule);
    cvh_rect annotated = box_of(entry), box;
    int kept = 0;
    ck_assert_msg(!cvh_crop_clean(&rule, &annotated, (int)photo.y, (int)photo.x, &box, &kept), "%s", cvh_last_error());
    if ((kept != 0) != (high.x > low.x && high.y > low.y)) golden_fail(verdict, "kept is %d", kept);
    if (!kept) return;
    near(verdict, "the box", low, (pair){box.x, box.y}, tolerance_of(entry, "box_px"));
    near(verdict, "its end", high, (pair){box.x + box.width, box.y + box.height}, tolerance_of(entry, "box_px"));
}

/* mmpose's small functions: centre and size of a padded box. clip_border and flip_bbox serve its augmentation. */
void bbox_utils_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    cvh_crop_rule rule = {.size = CVH_CROP_SIZE_AXES, .padding = golden_number_or(entry, "padding", 0)};
    const json_t *xyxy = json_object_get(entry, "box_xyxy");
    pair low = {golden_item(xyxy, 0), golden_item(xyxy, 1)}, high = {golden_item(xyxy, 2), golden_item(xyxy, 3)};
    cvh_rect box = {low.x, low.y, high.x - low.x, high.y - low.y};
    cvh_crop crop;
    (void)s;
    if (!fit(verdict, entry, &rule, &box, (pair){64, 64}, &crop)) return;
    near(verdict, "the centre", pair_at(entry, "xyxy2cs_center"), apply(&crop.to_photo, (pair){32, 32}),
         tolerance_of(entry, "center_px"));
    near(verdict, "the size", pair_at(entry, "xyxy2cs_scale"), (pair){crop.to_photo.xx * 64, crop.to_photo.yy * 64},
         tolerance_of(entry, "size_px"));
}
