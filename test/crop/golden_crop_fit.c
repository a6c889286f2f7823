/* SPDX-License-Identifier: Apache-2.0
 * Fitted crops of golden_crop: centre, size, matrix, points there and back, for persons and whole photographs. */
#include "base/affine.h"
#include "crop/golden_crop.h"

pair pair_at(const json_t *entry, const char *key)
{
    const json_t *value = json_object_get(entry, key);
    if (json_is_number(value)) return (pair){json_number_value(value), json_number_value(value)};
    return (pair){golden_item(value, 0), golden_item(value, 1)};
}

pair point_at(const json_t *points, size_t i)
{
    const json_t *point = json_array_get(points, i);
    return (pair){golden_item(point, 0), golden_item(point, 1)};
}

cvh_affine matrix_at(const json_t *entry, const char *key)
{
    const json_t *matrix = json_object_get(entry, key), *x = json_array_get(matrix, 0), *y = json_array_get(matrix, 1);
    return (cvh_affine){golden_item(x, 0), golden_item(x, 1), golden_item(x, 2),
                        golden_item(y, 0), golden_item(y, 1), golden_item(y, 2)};
}

pair apply(const cvh_affine *a, pair p)
{
    cvh_position q = cvh_affine_apply(a, p.x, p.y);
    return (pair){q.x, q.y};
}

double tolerance_of(const json_t *entry, const char *key)
{
    return golden_number_or(json_object_get(entry, "tolerance"), key, 0);
}

void near(golden_verdict *verdict, const char *what, pair expected, pair actual, double tolerance)
{
    if (fabs(expected.x - actual.x) <= tolerance && fabs(expected.y - actual.y) <= tolerance) return;
    golden_fail(verdict, "%s is %.9g,%.9g; it should be %.9g,%.9g within %g", what, actual.x, actual.y, expected.x, expected.y,
                tolerance);
}

/* --------------------------------------------------------------------------------------------------------- a fitted crop */

static bool gives_inverse(const json_t *entry)
{
    return !strncmp(golden_word(entry, "matrix_direction"), "input", 5);
}

void check_centre(golden_verdict *verdict, const json_t *entry, const subject *s, const cvh_crop *crop)
{
    pair scale = pair_at(entry, "scale");
    double unit = !strncmp(golden_word(entry, "scale_unit"), "200", 3) ? 200 : 1, less = s->udp ? 1 : 0;
    pair middle = {(crop->input_cols - less) / 2, (crop->input_rows - less) / 2};
    near(verdict, "the centre", pair_at(entry, "center"), apply(&crop->to_photo, middle), tolerance_of(entry, "center_px"));
    pair size = {crop->to_photo.xx * (crop->input_cols - less), crop->to_photo.yy * (crop->input_rows - less)};
    pair expected = {scale.x * unit, s->fixes_aspect ? scale.y * unit : size.y};
    near(verdict, "the size", expected, size, tolerance_of(entry, "size_px"));
}

/* The matrix by what it does to the photograph's points of the input's corners. */
static void check_matrix(golden_verdict *verdict, const json_t *entry, const cvh_crop *crop)
{
    cvh_affine matrix = matrix_at(entry, "matrix"), inverse = matrix;
    if (!gives_inverse(entry)) ck_assert_msg(!cvh_affine_invert(&matrix, &inverse), "%s", cvh_last_error());
    for (int i = 0; i < 4; i++) {
        pair corner = {i % 2 ? crop->input_cols - 1 : 0, i / 2 ? crop->input_rows - 1 : 0};
        near(verdict, "the matrix at a corner", corner, apply(&crop->to_input, apply(&inverse, corner)),
             tolerance_of(entry, "matrix_corner_px") + 1e-9);
    }
}

static void check_forward(golden_verdict *verdict, const json_t *entry, const cvh_crop *crop)
{
    const json_t *from = json_object_get(entry, "photo_points"), *to = json_object_get(entry, "input_points");
    for (size_t i = 0; to && i < json_array_size(to); i++)
        near(verdict, "a point of the input", point_at(to, i), apply(&crop->to_input, point_at(from, i)),
             tolerance_of(entry, "forward_px"));
}

/* `from` in our frame: of the map, as cvh_convention_fit leads back to the input, or of the input. */
static void check_back(golden_verdict *verdict, const json_t *entry, const subject *s, const cvh_crop *crop)
{
    const json_t *map = json_object_get(entry, "map_points"), *to = json_object_get(entry, "back_points");
    const json_t *from = map ? map : json_object_get(entry, "input_back_points_in");
    bool single = !to;
    if (single) to = json_object_get(entry, "back_points_float32");
    pair size = pair_at(entry, "map_size"), k = {1, 1};
    if (map && s->udp)
        k = (pair){(crop->input_cols - 1) / (size.x - 1), (crop->input_rows - 1) / (size.y - 1)};
    else if (map)
        k = (pair){crop->input_cols / size.x, crop->input_rows / size.y};
    else if (s->udp) /* mmpose's codec has made U w / (W-1) of a map's U; in our frame that is U (w-1) / (W-1) */
        k = (pair){(crop->input_cols - 1.0) / crop->input_cols, (crop->input_rows - 1.0) / crop->input_rows};
    for (size_t i = 0; to && i < json_array_size(to); i++) {
        pair point = point_at(from, i), expected = point_at(to, i);
        double rounding = single ? 6e-8 * fmax(fabs(expected.x), fabs(expected.y)) : 0;
        near(verdict, "a point of the photograph", expected, apply(&crop->to_photo, (pair){point.x * k.x, point.y * k.y}),
             tolerance_of(entry, "back_px") + rounding);
    }
}

static void check_crop_picture(golden_verdict *verdict, const json_t *entry, cvh_crop *crop)
{
    if (!golden_there(entry, "picture")) return;
    if (strstr(golden_word(entry, "picture_note"), "scipy")) return; /* another picture, and not in scope */
    if (golden_there(entry, "border")) crop->outside = pair_at(entry, "border").x;
    check_picture(verdict, entry, "the picture", crop, NULL, true);
    cvh_affine matrix = matrix_at(entry, "matrix");
    if (gives_inverse(entry)) {
        check_picture(verdict, entry, "the picture by the project's matrix", crop, &matrix, false);
        return;
    }
    cvh_crop own = {
        .to_input = matrix, .input_rows = crop->input_rows, .input_cols = crop->input_cols, .outside = crop->outside};
    check_picture(verdict, entry, "the picture by the project's matrix", &own, NULL, false);
}

void check_sizes(golden_verdict *verdict, const json_t *entry, const cvh_crop *crop)
{
    pair actual = {crop->input_cols, crop->input_rows};
    near(verdict, "the input's size", pair_at(entry, "input_size"), actual, 0);
}

static void check_crop(golden_verdict *verdict, const json_t *entry, const subject *s, cvh_crop *crop)
{
    check_sizes(verdict, entry, crop);
    if (verdict->failed) return;
    check_centre(verdict, entry, s, crop);
    if (golden_there(entry, "matrix")) check_matrix(verdict, entry, crop);
    check_forward(verdict, entry, crop);
    check_back(verdict, entry, s, crop);
    check_crop_picture(verdict, entry, crop);
}

/* ------------------------------------------------------------------------------------------------------------ a rule's way */

cvh_rect box_of(const json_t *entry)
{
    const json_t *xywh = json_object_get(entry, "box_xywh"), *xyxy = json_object_get(entry, "box_xyxy");
    if (xywh) return (cvh_rect){golden_item(xywh, 0), golden_item(xywh, 1), golden_item(xywh, 2), golden_item(xywh, 3)};
    return (cvh_rect){golden_item(xyxy, 0), golden_item(xyxy, 1), golden_item(xyxy, 2) - golden_item(xyxy, 0),
                      golden_item(xyxy, 3) - golden_item(xyxy, 1)};
}

cvh_crop_rule rule_named(const char *name)
{
    cvh_crop_rule rule;
    ck_assert_msg(!cvh_crop_find(name, &rule), "%s", cvh_last_error());
    return rule;
}

bool fit(golden_verdict *verdict, const json_t *entry, const cvh_crop_rule *rule, const cvh_rect *box, pair input,
         cvh_crop *crop)
{
    pair photo = pair_at(entry, "image_size");
    if (!cvh_crop_fit(rule, box, (int)photo.y, (int)photo.x, (int)input.y, (int)input.x,
                      golden_number_or(entry, "rotation_deg", 0), crop))
        return true;
    golden_fail(verdict, "%s", cvh_last_error());
    return false;
}

/* A person's box, cleaned first where the case has the cleaned one too. */
void person_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    cvh_crop_rule rule = rule_named(s->rule);
    cvh_rect box = box_of(entry);
    cvh_crop crop;
    if (golden_there(entry, "padding")) rule.padding = golden_number_or(entry, "padding", 0);
    const json_t *clean = json_object_get(entry, "clean_box_xywh");
    if (clean) {
        int kept = 0;
        pair photo = pair_at(entry, "image_size");
        ck_assert_msg(!cvh_crop_clean(&rule, &box, (int)photo.y, (int)photo.x, &box, &kept), "%s", cvh_last_error());
        if (!kept) golden_fail(verdict, "the box is dropped");
        near(verdict, "the cleaned box", (pair){golden_item(clean, 0), golden_item(clean, 1)}, (pair){box.x, box.y}, 1e-9);
        near(verdict, "its size", (pair){golden_item(clean, 2), golden_item(clean, 3)}, (pair){box.width, box.height}, 1e-9);
    }
    if (fit(verdict, entry, &rule, &box, pair_at(entry, "input_size"), &crop)) check_crop(verdict, entry, s, &crop);
}

/* MPII: a square of 200 s about the annotated centre. */
void mpii_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    cvh_crop_rule rule = rule_named(s->rule);
    pair centre = pair_at(entry, "annotation_center");
    double side = 200 * golden_number_or(entry, "annotation_scale", 0);
    cvh_rect box = {centre.x - side / 2, centre.y - side / 2, side, side};
    cvh_crop crop;
    if (fit(verdict, entry, &rule, &box, pair_at(entry, "input_size"), &crop)) check_crop(verdict, entry, s, &crop);
}

/* Centre, size, rotation and shift as they are given. The way back is the inverse of the matrix. */
void given_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    const json_t *fixed = json_object_get(entry, "fix_aspect_ratio");
    cvh_crop_rule rule = {.family = s->udp ? CVH_CROP_UDP : CVH_CROP_AFFINE,
                          .size = json_is_false(fixed) ? CVH_CROP_SIZE_AXES : CVH_CROP_SIZE_WIDTH};
    double unit = !strncmp(golden_word(entry, "scale_unit"), "200", 3) ? 200 : 1;
    pair c = pair_at(entry, "center"), scale = pair_at(entry, "scale"), size = {scale.x * unit, scale.y * unit};
    pair shift = golden_there(entry, "shift") ? pair_at(entry, "shift") : (pair){0, 0};
    cvh_rect box = {c.x + shift.x * size.x - size.x / 2, c.y + shift.y * size.y - size.y / 2, size.x, size.y};
    cvh_crop crop;
    if (!fit(verdict, entry, &rule, &box, pair_at(entry, "input_size"), &crop)) return;
    check_matrix(verdict, entry, &crop);
    check_forward(verdict, entry, &crop);
    if (golden_there(entry, "matrix_inv")) {
        cvh_affine theirs = matrix_at(entry, "matrix_inv");
        ck_assert_msg(!cvh_affine_invert(&crop.to_input, &crop.to_photo), "%s", cvh_last_error());
        for (int i = 0; i < 4; i++) {
            pair corner = {i % 2 ? crop.input_cols - 1 : 0, i / 2 ? crop.input_rows - 1 : 0};
            near(verdict, "the inverse at a corner", apply(&theirs, corner), apply(&crop.to_photo, corner),
                 tolerance_of(entry, "back_px"));
        }
    }
    check_back(verdict, entry, s, &crop);
    check_crop_picture(verdict, entry, &crop);
}

/* A whole photograph. */
void photograph_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    const char *mode = golden_word(entry, "resize_mode");
    cvh_crop_rule rule = rule_named(!strcmp(mode, "fit") ? "mmpose_bottomup_fit" : s->rule);
    if (golden_there(entry, "test_scale") && golden_number_or(entry, "test_scale", 0) != 1) {
        golden_list(verdict, "a test scale other than 1: not in scope (with fix_res the project scales c and not S)");
        return;
    }
    if (golden_there(entry, "current_scale")
        && (golden_number_or(entry, "current_scale", 0) != 1 || golden_number_or(entry, "min_scale", 0) != 1)) {
        golden_list(verdict, "several test scales: not in scope");
        return;
    }
    if (golden_there(entry, "pad")) rule.multiple = (int)golden_number_or(entry, "pad", 0) + 1;
    pair input = golden_there(entry, "wanted_input_size")     ? pair_at(entry, "wanted_input_size")
                 : golden_there(entry, "input_size_argument") ? pair_at(entry, "input_size_argument")
                                                              : pair_at(entry, "input_size");
    cvh_crop crop;
    if (fit(verdict, entry, &rule, NULL, input, &crop)) check_crop(verdict, entry, s, &crop);
}
