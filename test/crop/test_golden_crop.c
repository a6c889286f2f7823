/* SPDX-License-Identifier: Apache-2.0
 * Crops as the projects' own code made them: centre, size, matrix, points there and back, box rules, pictures. Each case
 * matches within its own tolerance, or is listed with the reason. */
#include <math.h>

#include "crop/warp.h"
#include "support/golden_set.h"

static golden_set set;

typedef struct pair {
    double x, y;
} pair;

static pair pair_at(const json_t *entry, const char *key)
{
    const json_t *value = json_object_get(entry, key);
    if (json_is_number(value)) return (pair){json_number_value(value), json_number_value(value)};
    return (pair){item_of(value, 0), item_of(value, 1)};
}

static pair point_at(const json_t *points, size_t i)
{
    const json_t *point = json_array_get(points, i);
    return (pair){item_of(point, 0), item_of(point, 1)};
}

static cvh_affine matrix_at(const json_t *entry, const char *key)
{
    const json_t *matrix = json_object_get(entry, key), *x = json_array_get(matrix, 0), *y = json_array_get(matrix, 1);
    return (cvh_affine){item_of(x, 0), item_of(x, 1), item_of(x, 2), item_of(y, 0), item_of(y, 1), item_of(y, 2)};
}

static pair apply(const cvh_affine *a, pair p)
{
    cvh_position q = cvh_affine_apply(a, p.x, p.y);
    return (pair){q.x, q.y};
}

static double tolerance_of(const json_t *entry, const char *key)
{
    return number_of(json_object_get(entry, "tolerance"), key);
}

static void near(golden_verdict *verdict, const char *what, pair expected, pair actual, double tolerance)
{
    if (fabs(expected.x - actual.x) <= tolerance && fabs(expected.y - actual.y) <= tolerance) return;
    golden_fail(verdict, "%s is %.9g,%.9g; it should be %.9g,%.9g within %g", what, actual.x, actual.y, expected.x, expected.y,
                tolerance);
}

/* --------------------------------------------------------------------------------------------------------------- pictures */

typedef struct photograph {
    cvh_maps maps;
    void *memory;
} photograph;

/* image(rows,cols,channels), of bytes, or imagef(rows,cols), of floats: the formula of the set's README. */
static photograph photograph_of(const char *source)
{
    int rows = 0, cols = 0, channels = 1;
    bool single = !strncmp(source, "imagef", 6);
    if (single)
        ck_assert_int_eq(sscanf(source, "imagef(%d,%d)", &rows, &cols), 2);
    else
        ck_assert_int_eq(sscanf(source, "image(%d,%d,%d)", &rows, &cols, &channels), 3);
    size_t count = (size_t)rows * (size_t)cols * (size_t)channels;
    void *memory = malloc(count * sizeof(float));
    ck_assert_ptr_nonnull(memory);
    size_t i = 0;
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < cols; x++)
            for (int c = 0; c < channels; c++, i++) {
                int value = (3 * x * x + 5 * y * y + 7 * x * y + 40 * c + 13 * x) >> 3 & 255;
                if (single)
                    ((float *)memory)[i] = (float)value / 16 - 4;
                else
                    ((unsigned char *)memory)[i] = (unsigned char)value;
            }
    return (photograph){cvh_maps_interleaved(memory, channels, rows, cols, single ? CVH_32F : CVH_8U, 0), memory};
}

/* The golden picture as channels; `loaded` owns the memory. */
static cvh_maps golden_picture(const json_t *entry, int channels, int rows, int cols, cvh_maps *loaded)
{
    *loaded = golden_set_load(&set, text_of(entry, "picture"));
    size_t samples = (size_t)loaded->count * (size_t)loaded->rows * (size_t)loaded->cols;
    ck_assert_uint_eq(samples, (size_t)channels * (size_t)rows * (size_t)cols);
    return cvh_maps_interleaved(loaded->data, channels, rows, cols, loaded->depth, 0);
}

/* Compares what `make` writes, into planes, with the golden picture. */
static void check_picture(golden_verdict *verdict, const json_t *entry, const char *what, const cvh_crop *crop,
                          const cvh_affine *to_photo, bool nearly)
{
    photograph photo = photograph_of(text_of(entry, "source"));
    int channels = photo.maps.count;
    guarded_maps made = guarded_new(channels, crop->input_rows, crop->input_cols, photo.maps.depth);
    cvh_maps loaded, expected = golden_picture(entry, channels, crop->input_rows, crop->input_cols, &loaded);
    if (to_photo) { /* the project gives the inverse: what lies behind cvh_crop_image takes it as it is */
        static const cvh_affine identity = {.xx = 1, .yy = 1};
        cvh_warp_job job;
        ck_assert_msg(!cvh_warp_check(&photo.maps, &made.maps, &identity, crop->outside, &job), "%s", cvh_last_error());
        job.to_photo = *to_photo;
        ck_assert_int_eq(cvh_warp_as(&job, CVH_ARITHMETIC_PORTABLE), CVH_OK);
    } else {
        cvh_crop any = *crop;
        any.photo_rows = any.photo_cols = 0;
        ck_assert_msg(!cvh_crop_image(&any, &photo.maps, &made.maps), "%s: %s", text_of(entry, "name"), cvh_last_error());
    }
    cvh_report report;
    ck_assert_msg(!cvh_compare(&expected, &made.maps, NULL, &report), "%s", cvh_last_error());
    double most = nearly ? 0.02 * (double)report.compared : 0;
    if ((double)report.differing > most || (nearly && report.max_abs > 8))
        golden_fail(verdict, "%s: %llu of %llu samples differ, by %g at most", what, (unsigned long long)report.differing,
                    (unsigned long long)report.compared, report.max_abs);
    ck_assert(guarded_intact(&made));
    guarded_free(&made);
    cvh_npy_free(&loaded);
    free(photo.memory);
}

/* --------------------------------------------------------------------------------------------------------- a fitted crop */

/* What a rule of the set is in ours. */
typedef struct subject {
    const char *rule;
    bool fixes_aspect, udp;
} subject;

static bool gives_inverse(const json_t *entry)
{
    return !strncmp(text_of(entry, "matrix_direction"), "input", 5);
}

static void check_centre(golden_verdict *verdict, const json_t *entry, const subject *s, const cvh_crop *crop)
{
    pair scale = pair_at(entry, "scale");
    double unit = !strncmp(text_of(entry, "scale_unit"), "200", 3) ? 200 : 1, less = s->udp ? 1 : 0;
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
    if (!is_there(entry, "picture")) return;
    if (strstr(text_of(entry, "picture_note"), "scipy")) return; /* another picture, and not in scope */
    if (is_there(entry, "border")) crop->outside = pair_at(entry, "border").x;
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

static void check_sizes(golden_verdict *verdict, const json_t *entry, const cvh_crop *crop)
{
    pair actual = {crop->input_cols, crop->input_rows};
    near(verdict, "the input's size", pair_at(entry, "input_size"), actual, 0);
}

static void check_crop(golden_verdict *verdict, const json_t *entry, const subject *s, cvh_crop *crop)
{
    check_sizes(verdict, entry, crop);
    if (verdict->failed) return;
    check_centre(verdict, entry, s, crop);
    if (is_there(entry, "matrix")) check_matrix(verdict, entry, crop);
    check_forward(verdict, entry, crop);
    check_back(verdict, entry, s, crop);
    check_crop_picture(verdict, entry, crop);
}

/* ------------------------------------------------------------------------------------------------------------ a rule's way */

static cvh_rect box_of(const json_t *entry)
{
    const json_t *xywh = json_object_get(entry, "box_xywh"), *xyxy = json_object_get(entry, "box_xyxy");
    if (xywh) return (cvh_rect){item_of(xywh, 0), item_of(xywh, 1), item_of(xywh, 2), item_of(xywh, 3)};
    return (cvh_rect){item_of(xyxy, 0), item_of(xyxy, 1), item_of(xyxy, 2) - item_of(xyxy, 0),
                      item_of(xyxy, 3) - item_of(xyxy, 1)};
}

static cvh_crop_rule rule_named(const char *name)
{
    cvh_crop_rule rule;
    ck_assert_msg(!cvh_crop_find(name, &rule), "%s", cvh_last_error());
    return rule;
}

static bool fit(golden_verdict *verdict, const json_t *entry, const cvh_crop_rule *rule, const cvh_rect *box, pair input,
                cvh_crop *crop)
{
    pair photo = pair_at(entry, "image_size");
    if (!cvh_crop_fit(rule, box, (int)photo.y, (int)photo.x, (int)input.y, (int)input.x, number_of(entry, "rotation_deg"),
                      crop))
        return true;
    golden_fail(verdict, "%s", cvh_last_error());
    return false;
}

/* A person's box, cleaned first where the case has the cleaned one too. */
static void person_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    cvh_crop_rule rule = rule_named(s->rule);
    cvh_rect box = box_of(entry);
    cvh_crop crop;
    if (is_there(entry, "padding")) rule.padding = number_of(entry, "padding");
    const json_t *clean = json_object_get(entry, "clean_box_xywh");
    if (clean) {
        int kept = 0;
        pair photo = pair_at(entry, "image_size");
        ck_assert_msg(!cvh_crop_clean(&rule, &box, (int)photo.y, (int)photo.x, &box, &kept), "%s", cvh_last_error());
        if (!kept) golden_fail(verdict, "the box is dropped");
        near(verdict, "the cleaned box", (pair){item_of(clean, 0), item_of(clean, 1)}, (pair){box.x, box.y}, 1e-9);
        near(verdict, "its size", (pair){item_of(clean, 2), item_of(clean, 3)}, (pair){box.width, box.height}, 1e-9);
    }
    if (fit(verdict, entry, &rule, &box, pair_at(entry, "input_size"), &crop)) check_crop(verdict, entry, s, &crop);
}

/* MPII: a square of 200 s about the annotated centre. */
static void mpii_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    cvh_crop_rule rule = rule_named(s->rule);
    pair centre = pair_at(entry, "annotation_center");
    double side = 200 * number_of(entry, "annotation_scale");
    cvh_rect box = {centre.x - side / 2, centre.y - side / 2, side, side};
    cvh_crop crop;
    if (fit(verdict, entry, &rule, &box, pair_at(entry, "input_size"), &crop)) check_crop(verdict, entry, s, &crop);
}

/* Centre, size, rotation and shift as they are given. The way back is the inverse of the matrix. */
static void given_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    const json_t *fixed = json_object_get(entry, "fix_aspect_ratio");
    cvh_crop_rule rule = {.family = s->udp ? CVH_CROP_UDP : CVH_CROP_AFFINE,
                          .size = json_is_false(fixed) ? CVH_CROP_SIZE_AXES : CVH_CROP_SIZE_WIDTH};
    double unit = !strncmp(text_of(entry, "scale_unit"), "200", 3) ? 200 : 1;
    pair c = pair_at(entry, "center"), scale = pair_at(entry, "scale"), size = {scale.x * unit, scale.y * unit};
    pair shift = is_there(entry, "shift") ? pair_at(entry, "shift") : (pair){0, 0};
    cvh_rect box = {c.x + shift.x * size.x - size.x / 2, c.y + shift.y * size.y - size.y / 2, size.x, size.y};
    cvh_crop crop;
    if (!fit(verdict, entry, &rule, &box, pair_at(entry, "input_size"), &crop)) return;
    check_matrix(verdict, entry, &crop);
    check_forward(verdict, entry, &crop);
    if (is_there(entry, "matrix_inv")) {
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
static void photograph_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    const char *mode = text_of(entry, "resize_mode");
    cvh_crop_rule rule = rule_named(!strcmp(mode, "fit") ? "mmpose_bottomup_fit" : s->rule);
    if (is_there(entry, "test_scale") && number_of(entry, "test_scale") != 1) {
        golden_list(verdict, "a test scale other than 1: not in scope (with fix_res the project scales c and not S)");
        return;
    }
    if (is_there(entry, "current_scale") && (number_of(entry, "current_scale") != 1 || number_of(entry, "min_scale") != 1)) {
        golden_list(verdict, "several test scales: not in scope");
        return;
    }
    if (is_there(entry, "pad")) rule.multiple = (int)number_of(entry, "pad") + 1;
    pair input = is_there(entry, "wanted_input_size")     ? pair_at(entry, "wanted_input_size")
                 : is_there(entry, "input_size_argument") ? pair_at(entry, "input_size_argument")
                                                          : pair_at(entry, "input_size");
    cvh_crop crop;
    if (fit(verdict, entry, &rule, NULL, input, &crop)) check_crop(verdict, entry, s, &crop);
}

/* -------------------------------------------------------------------------------------------------------------- letterbox */

static void check_boxed(golden_verdict *verdict, const json_t *entry, const cvh_crop *crop)
{
    pair resized = {crop->resized_cols, crop->resized_rows};
    near(verdict, "the resized size", pair_at(entry, "resized_size"), resized, 0);
    const json_t *pads = json_object_get(entry, "pad_left_top_right_bottom");
    if (pads) near(verdict, "the pad", (pair){item_of(pads, 0), item_of(pads, 1)}, (pair){crop->pad_left, crop->pad_top}, 0);
    check_sizes(verdict, entry, crop);
    if (is_there(entry, "picture")) check_picture(verdict, entry, "the picture", crop, NULL, false);
}

/* Our points are not clipped; the project's are, to 0..W. */
static void check_clipped(golden_verdict *verdict, const json_t *entry, const char *key, const cvh_crop *crop, double tolerance)
{
    const json_t *from = json_object_get(entry, "input_back_points_in"), *to = json_object_get(entry, key);
    pair photo = pair_at(entry, "image_size");
    for (size_t i = 0; i < json_array_size(to); i++) {
        pair p = apply(&crop->to_photo, point_at(from, i));
        if (strcmp(text_of(entry, "rule"), "rtmlib_rtmo") != 0)
            p = (pair){fmin(fmax(p.x, 0), photo.x), fmin(fmax(p.y, 0), photo.y)};
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
        pair p = apply(&crop->to_photo, (pair){item_of(a, k), item_of(a, k + 1)});
        p = (pair){fmin(fmax(p.x, 0), photo.x), fmin(fmax(p.y, 0), photo.y)};
        near(verdict, "a box", (pair){item_of(b, k), item_of(b, k + 1)}, p, tolerance_of(entry, "back_px"));
    }
}

/* What the labels of yolov5 are moved by on their way there. */
static void check_there(golden_verdict *verdict, const json_t *entry, const cvh_crop *crop)
{
    if (is_there(entry, "returned_dw_dh"))
        near(verdict, "the labels' pad", pair_at(entry, "returned_dw_dh"), (pair){crop->to_input.x0, crop->to_input.y0}, 1e-9);
}

static void letterbox_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    pair wanted = pair_at(entry, is_there(entry, "wanted_input_size") ? "wanted_input_size" : "input_size");
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

/* -------------------------------------------------------------------------------------------------------------- box rules */

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
    annotation made = {.crowd = number_of(a, "iscrowd") != 0,
                       .person = number_of(a, "category_id") == 1,
                       .has_area = is_there(a, "area"),
                       .area = number_of(a, "area"),
                       .keypoints = number_of(a, "num_keypoints"),
                       .box = {item_of(box, 0), item_of(box, 1), item_of(box, 2), item_of(box, 3)}};
    for (size_t i = 0; i < json_array_size(points); i++) {
        double value = item_of(points, i);
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

static void boxrule_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    annotation a = annotation_of(entry);
    if (!a.has_area && is_there(entry, "note")) {
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
    pair end = {item_of(expected, 2), item_of(expected, 3)};
    if (!xywh) end = (pair){end.x - item_of(expected, 0), end.y - item_of(expected, 1)};
    near(verdict, "the box", (pair){item_of(expected, 0), item_of(expected, 1)}, (pair){box.x, box.y},
         tolerance_of(entry, "box_px"));
    near(verdict, "its size", end, (pair){box.width, box.height}, tolerance_of(entry, "box_px"));
    if (!is_there(entry, "scale")) return;
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
static void alphapose_boxes_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    const json_t *clipped = json_object_get(entry, "clipped_xyxy");
    pair low = {item_of(clipped, 0), item_of(clipped, 1)}, high = {item_of(clipped, 2), item_of(clipped, 3)};
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
static void bbox_utils_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    cvh_crop_rule rule = {.size = CVH_CROP_SIZE_AXES, .padding = number_of(entry, "padding")};
    const json_t *xyxy = json_object_get(entry, "box_xyxy");
    pair low = {item_of(xyxy, 0), item_of(xyxy, 1)}, high = {item_of(xyxy, 2), item_of(xyxy, 3)};
    cvh_rect box = {low.x, low.y, high.x - low.x, high.y - low.y};
    cvh_crop crop;
    (void)s;
    if (!fit(verdict, entry, &rule, &box, (pair){64, 64}, &crop)) return;
    near(verdict, "the centre", pair_at(entry, "xyxy2cs_center"), apply(&crop.to_photo, (pair){32, 32}),
         tolerance_of(entry, "center_px"));
    near(verdict, "the size", pair_at(entry, "xyxy2cs_scale"), (pair){crop.to_photo.xx * 64, crop.to_photo.yy * 64},
         tolerance_of(entry, "size_px"));
}

/* ----------------------------------------------------------------------------------------------------------- OpenCV alone */

static void warp_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    cvh_affine matrix = matrix_at(entry, "matrix");
    pair input = pair_at(entry, "input_size");
    cvh_crop crop = {
        .to_input = matrix, .input_rows = (int)input.y, .input_cols = (int)input.x, .outside = pair_at(entry, "border").x};
    (void)s;
    bool inverse = json_is_true(json_object_get(entry, "warp_inverse_map"));
    check_picture(verdict, entry, "the picture", &crop, inverse ? &matrix : NULL, false);
}

static void resize_case(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    pair size = pair_at(entry, "resized_size");
    (void)s;
    if (strcmp(text_of(entry, "interpolation"), "INTER_LINEAR") != 0) {
        golden_list(verdict, "cubic: not in scope");
        return;
    }
    if (!strncmp(text_of(entry, "sample_type"), "float", 5)) {
        golden_list(verdict, "floats: a crop that resizes takes photographs of 8 bits");
        return;
    }
    cvh_crop crop = {.to_input = {.xx = 1, .yy = 1}};
    crop.input_rows = crop.resized_rows = (int)size.y;
    crop.input_cols = crop.resized_cols = (int)size.x;
    check_picture(verdict, entry, "the picture", &crop, NULL, false);
}

static void left_out(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    (void)entry, (void)s;
    golden_list(verdict, "goes to the actual size and back by the padded one, up to 626 px off; no configuration uses it");
}

/* ------------------------------------------------------------------------------------------------------------------ table */

static const struct {
    const char *golden;
    void (*check)(golden_verdict *, const json_t *, const subject *);
    subject subject;
} rules[] = {
    {"alphapose_boxes", alphapose_boxes_case, {"alphapose", true, false}},
    {"alphapose_boxrules", boxrule_case, {"alphapose", true, false}},
    {"alphapose_test_transform", person_case, {"alphapose", true, false}},
    {"centernet_affine", given_case, {"centernet", false, false}},
    {"centernet_fix_res", photograph_case, {"centernet", false, false}},
    {"centernet_keep_res", photograph_case, {"centernet_keep", true, false}},
    {"cv_resize", resize_case, {"stretch", false, false}},
    {"cv_warpaffine", warp_case, {"", false, false}},
    {"higherhrnet_resize", photograph_case, {"higherhrnet", false, false}},
    {"hrnet_affine", given_case, {"hrnet", false, false}},
    {"hrnet_boxrules", boxrule_case, {"hrnet", true, false}},
    {"hrnet_coco_det", person_case, {"hrnet", true, false}},
    {"hrnet_coco_gt", person_case, {"hrnet", true, false}},
    {"hrnet_mpii", mpii_case, {"hrnet_mpii", false, false}},
    {"mmpose_bbox_utils", bbox_utils_case, {"mmpose", true, false}},
    {"mmpose_bottomup_resize", photograph_case, {"mmpose_bottomup", true, false}},
    {"mmpose_bottomup_resize_udp", left_out, {"", false, true}},
    {"mmpose_boxrules", boxrule_case, {"mmpose", true, false}},
    {"mmpose_topdown", person_case, {"mmpose", true, false}},
    {"mmpose_topdown_udp", person_case, {"mmpose_udp", true, true}},
    {"mmpose_warp_matrix", given_case, {"mmpose", false, false}},
    {"rtmlib_rtmpose", person_case, {"rtmpose", true, false}},
    {"rtmlib_rtmo", letterbox_case, {"rtmo", false, false}},
    {"transformers_vitpose", person_case, {"vitpose", true, true}},
    {"udp_affine", given_case, {"udp", false, true}},
    {"udp_coco_det", person_case, {"udp", true, true}},
    {"udp_coco_gt", person_case, {"udp", true, true}},
    {"ultralytics_letterbox", letterbox_case, {"letterbox", false, false}},
    {"yolov5_letterbox", letterbox_case, {"yolov5", false, false}},
};

static void check_case(const json_t *entry, golden_verdict *verdict)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (!strcmp(text_of(entry, "rule"), rules[i].golden)) {
            rules[i].check(verdict, entry, &rules[i].subject);
            return;
        }
    golden_fail(verdict, "no check for the rule %s", text_of(entry, "rule"));
}

START_TEST(every_case)
{
    static golden_tally tally;
    for (size_t i = 0; i < json_array_size(set.cases); i++) {
        golden_verdict verdict = {0};
        const json_t *entry = json_array_get(set.cases, i);
        check_case(entry, &verdict);
        golden_note(&tally, entry, &verdict);
    }
    golden_print(&tally);
    fflush(stdout);
    ck_assert_msg(tally.failed == 0, "%d cases fail", tally.failed);
    ck_assert_int_gt(tally.count, 0);
}
END_TEST

int main(void)
{
    if (!golden_set_open(&set, "CVHEATMAP_GOLDEN_CROP", "golden_crop")) return TEST_SKIPPED;
    Suite *suite = suite_create("golden_crop");
    TCase *tcase = tcase_create("golden");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, every_case);
    suite_add_tcase(suite, tcase);
    int status = run_suite(suite);
    json_decref(set.index);
    return status;
}
