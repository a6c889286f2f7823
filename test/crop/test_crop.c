/* SPDX-License-Identifier: Apache-2.0
 * Affine maps, crop rules and box rules against the formulas written out again, and against numbers worked out by hand. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "crop/affine.h"
#include "support/support.h"

typedef struct pair {
    double x, y;
} pair;

static pair apply(const cvh_affine *a, double x, double y)
{
    return (pair){a->xx * x + a->xy * y + a->x0, a->yx * x + a->yy * y + a->y0};
}

static void assert_near(const char *what, pair expected, pair actual, double tolerance)
{
    ck_assert_msg(fabs(expected.x - actual.x) <= tolerance && fabs(expected.y - actual.y) <= tolerance,
                  "%s: %.12g,%.12g, not %.12g,%.12g", what, actual.x, actual.y, expected.x, expected.y);
}

static cvh_crop_rule rule_of(const char *name)
{
    cvh_crop_rule rule;
    ck_assert_msg(!cvh_crop_find(name, &rule), "%s", cvh_last_error());
    return rule;
}

static cvh_crop fitted(const char *name, const cvh_rect *box, int photo_rows, int photo_cols, int input_rows, int input_cols,
                       double rotation)
{
    cvh_crop_rule rule = rule_of(name);
    cvh_crop crop;
    ck_assert_msg(!cvh_crop_fit(&rule, box, photo_rows, photo_cols, input_rows, input_cols, rotation, &crop), "%s: %s", name,
                  cvh_last_error());
    return crop;
}

/* ------------------------------------------------------------------------------------------------------------ affine maps */

START_TEST(inverse_there_and_back)
{
    random_state random = random_start(3);
    for (int i = 0; i < 2000; i++) {
        uint64_t state = random.state;
        double n[6];
        for (int k = 0; k < 6; k++) n[k] = (random_real(&random) - 0.5) * 20;
        cvh_affine a = {n[0], n[1], n[2], n[3], n[4], n[5]}, inverse = a;
        if (fabs(a.xx * a.yy - a.xy * a.yx) < 0.01) continue;
        ck_assert_msg(!cvh_affine_invert(&inverse, &inverse), "%s", cvh_last_error());
        pair p = apply(&a, 3.5, -7.25), back = apply(&inverse, p.x, p.y);
        ck_assert_msg(hypot(back.x - 3.5, back.y + 7.25) < 1e-9, "%g,%g (state %llu)", back.x, back.y,
                      (unsigned long long)state);
    }
}
END_TEST

START_TEST(singular_maps_are_refused)
{
    cvh_affine out = {.xx = 9}, same = out, flat = {1, 2, 3, 2, 4, 5}, tiny = {1e-9, 0, 0, 0, 1e-9, 0};
    assert_refused("singular", cvh_affine_invert(&flat, &out), "no inverse");
    ck_assert_mem_eq(&out, &same, sizeof out);
    tiny.x0 = 1e14;
    assert_refused("too far", cvh_affine_invert(&tiny, &out), "leaves the range");
    ck_assert_mem_eq(&out, &same, sizeof out);
}
END_TEST

/* Against libm, and exact at right angles. */
START_TEST(turns)
{
    for (int i = -5000; i <= 5000; i++) {
        double degrees = i * 0.7313, a = fmod(degrees, 360) * 3.14159265358979323846 / 180;
        cvh_position t = cvh_turn(degrees);
        ck_assert_msg(fabs(t.x - cos(a)) < 2e-15 && fabs(t.y - sin(a)) < 2e-15, "%g degrees: %.17g, %.17g", degrees, t.x, t.y);
    }
    const double right[] = {0, 1, 0, -1, 0};
    for (int quarter = -8; quarter < 8; quarter++) {
        cvh_position t = cvh_turn(90.0 * quarter);
        ck_assert_msg(t.x == right[(quarter & 3) + 1] && t.y == right[quarter & 3], "%d: %g, %g", 90 * quarter, t.x, t.y);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- three points' maps */

/* cv::getAffineTransform: the map of three points to three, by Cramer's rule. */
static cvh_affine of_three(const pair from[3], const pair to[3])
{
    double ax = from[1].x - from[0].x, ay = from[1].y - from[0].y, bx = from[2].x - from[0].x, by = from[2].y - from[0].y;
    double ux = to[1].x - to[0].x, uy = to[1].y - to[0].y, vx = to[2].x - to[0].x, vy = to[2].y - to[0].y;
    double d = ax * by - ay * bx;
    cvh_affine m = {.xx = (ux * by - vx * ay) / d,
                    .xy = (vx * ax - ux * bx) / d,
                    .yx = (uy * by - vy * ay) / d,
                    .yy = (vy * ax - uy * bx) / d};
    m.x0 = to[0].x - m.xx * from[0].x - m.xy * from[0].y;
    m.y0 = to[0].y - m.yx * from[0].x - m.yy * from[0].y;
    return m;
}

/* HRNet's get_affine_transform, of centre, size and degrees. */
static cvh_affine three_points(pair c, pair S, double degrees, int w, int h)
{
    double a = degrees * 3.14159265358979323846 / 180;
    pair src[3] = {c}, dst[3] = {{w / 2.0, h / 2.0}, {w / 2.0, h / 2.0 - w / 2.0}};
    src[1] = (pair){c.x + S.x / 2 * sin(a), c.y - S.x / 2 * cos(a)};
    for (int i = 0; i < 2; i++) {
        pair *p = i ? dst : src;
        p[2] = (pair){p[1].x - (p[0].y - p[1].y), p[1].y + (p[0].x - p[1].x)};
    }
    return of_three(src, dst);
}

static void assert_same_map(const char *name, const cvh_affine *expected, const cvh_affine *actual, int w, int h)
{
    cvh_affine back;
    ck_assert_int_eq(cvh_affine_invert(expected, &back), CVH_OK);
    for (int i = 0; i < 4; i++) {
        pair corner = {i % 2 ? w : 0, i / 2 ? h : 0}, photo = apply(&back, corner.x, corner.y);
        assert_near(name, corner, apply(actual, photo.x, photo.y), 1e-8);
    }
}

/* Wide and tall boxes, of every project that cuts by three points; S as each has it. */
START_TEST(by_three_points)
{
    static const cvh_rect boxes[] = {
        {20, 30, 40, 80}, {100, 50, 200, 60}, {-30, -12.5, 77.7, 100}, {3, 4, 0, 50}, {3, 4, 50, 0}};
    static const char *const names[] = {"hrnet", "mmpose", "rtmpose", "alphapose"};
    for (size_t n = 0; n < 4; n++)
        for (size_t i = 0; i < 5; i++)
            for (int turn = -50; turn <= 200; turn += 50) {
                const cvh_rect *b = &boxes[i];
                pair c = {b->x + b->width / 2, b->y + b->height / 2}, S = {b->width, b->height};
                double aspect = 192.0 / 256;
                S = S.x > aspect * S.y ? (pair){S.x * 1.25, S.x / aspect * 1.25} : (pair){S.y * aspect * 1.25, S.y * 1.25};
                cvh_crop crop = fitted(names[n], b, 480, 640, 256, 192, turn);
                cvh_affine expected = three_points(c, S, turn, 192, 256), upright = three_points(c, S, 0, 192, 256);
                assert_same_map(names[n], &expected, &crop.to_input, 192, 256);
                assert_same_map("upright", &upright, &upright, 192, 256);
                pair back = apply(&crop.to_photo, 0, 0), corner = {c.x - S.x / 2, c.y - S.y / 2};
                assert_near("the way back", corner, back, 1e-9);
                assert_near("the way back", (pair){corner.x + S.x, corner.y + S.y}, apply(&crop.to_photo, 192, 256), 1e-9);
            }
}
END_TEST

/* mmpose's get_udp_warp_matrix, as it is written there. */
START_TEST(udp_turns_the_other_way)
{
    const cvh_rect box = {20, 30, 40, 80};
    pair c = {40, 70}, S = {80 * 1.25 * 0.75, 100};
    for (int turn = -40; turn <= 40; turn += 20) {
        double a = turn * 3.14159265358979323846 / 180, sx = 191 / S.x, sy = 255 / S.y;
        cvh_affine m = {cos(a) * sx, -sin(a) * sx, sx * (-c.x * cos(a) + c.y * sin(a) + 0.5 * S.x),
                        sin(a) * sy, cos(a) * sy,  sy * (-c.x * sin(a) - c.y * cos(a) + 0.5 * S.y)};
        for (int i = 0; i < 2; i++) {
            cvh_crop crop = fitted(i ? "udp" : "mmpose_udp", &box, 480, 640, 256, 192, turn);
            assert_same_map("udp", &m, &crop.to_input, 191, 255);
            assert_near("back", (pair){c.x - S.x / 2, c.y - S.y / 2}, apply(&crop.to_photo, 0, 0), 1e-9);
            assert_near("back", (pair){c.x + S.x / 2, c.y + S.y / 2}, apply(&crop.to_photo, 191, 255), 1e-9);
        }
    }
}
END_TEST

/* The mark for "no box", a float32 centre of -1, takes the padding away: of HRNet's kind of rules alone. */
START_TEST(padding_unless_minus_one)
{
    const cvh_rect box = {-9, 20, 16, 32}, near_it = {-8.999, 20, 16, 32};
    const struct {
        const char *name;
        double height;
    } rules[] = {{"hrnet", 32}, {"udp", 32}, {"alphapose", 32}, {"mmpose", 40}, {"rtmpose", 40}, {"vitpose", 40}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        cvh_crop crop = fitted(rules[i].name, &box, 60, 80, 64, 48, 0),
                 padded = fitted(rules[i].name, &near_it, 60, 80, 64, 48, 0);
        double rows = rule_of(rules[i].name).family == CVH_CROP_UDP ? 63 : 64;
        ck_assert_msg(fabs(crop.to_photo.yy * rows - rules[i].height) < 1e-9, "%s: %g", rules[i].name, crop.to_photo.yy * rows);
        ck_assert_msg(fabs(padded.to_photo.yy * rows - 40) < 1e-9, "%s: %g", rules[i].name, padded.to_photo.yy * rows);
    }
}
END_TEST

/* MPII: 15 s down, 1.25 larger, one to the left and up; the width alone counts. */
START_TEST(mpii)
{
    double s = 1.2, side = 200 * s;
    const cvh_rect box = {300 - side / 2, 200 - side / 2, side, side};
    cvh_crop crop = fitted("hrnet_mpii", &box, 720, 1280, 256, 192, 0);
    cvh_affine expected = three_points((pair){299, 200 + 15 * s - 1}, (pair){side * 1.25, side * 1.25}, 0, 192, 256);
    assert_same_map("mpii", &expected, &crop.to_input, 192, 256);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ whole photographs */

typedef struct whole_case {
    const char *rule;
    int rows, cols, input_rows, input_cols; /* the photograph, and what is asked for */
    int rows_out, cols_out, resized_rows, resized_cols, top, left;
    pair to_input_of_origin;
    double scale;
} whole_case;

static const whole_case wholes[] = {
    {"centernet", 1080, 1920, 384, 512, 384, 512, 0, 0, 0, 0, {0, 48}, 512.0 / 1920},
    {"centernet", 100, 50, 64, 64, 64, 64, 0, 0, 0, 0, {16, 0}, 0.64},
    {"centernet_keep", 480, 640, 1, 1, 512, 672, 0, 0, 0, 0, {16, 16}, 1},
    {"centernet_keep", 31, 33, 1, 1, 32, 64, 0, 0, 0, 0, {16, 1}, 1},
    {"higherhrnet", 149, 199, 640, 640, 640, 896, 0, 0, 0, 0, {448 - 100 * 896 / 208.6, 320 - 75 * 896 / 208.6}, 896 / 208.6},
    {"higherhrnet", 160, 100, 60, 300, 128, 64, 0, 0, 0, 0, {0, 64 - 80 * 0.64}, 0.64},
    {"mmpose_bottomup", 1080, 1920, 640, 640, 640, 1152, 0, 0, 0, 0, {64.0 / 9, 0}, 16.0 / 27},
    {"mmpose_bottomup", 1920, 1080, 640, 640, 1152, 640, 0, 0, 0, 0, {0, 64.0 / 9}, 16.0 / 27},
    {"mmpose_bottomup_fit", 60, 80, 64, 64, 64, 64, 0, 0, 0, 0, {0, 8}, 0.8},
    {"letterbox", 1080, 1920, 640, 640, 640, 640, 360, 640, 140, 0, {0, 140}, 1.0 / 3},
    {"letterbox", 131, 97, 64, 64, 64, 64, 64, 47, 0, 8, {8, 0}, 64.0 / 131},
    {"yolov5", 131, 97, 64, 64, 64, 64, 64, 47, 0, 8, {8.5, 0}, 64.0 / 131},
    {"rtmo", 720, 1280, 416, 416, 416, 416, 234, 416, 0, 0, {0, 0}, 0.325},
    {"rtmo", 160, 200, 48, 48, 48, 48, 38, 48, 0, 0, {0, 0}, 0.24},
    {"stretch", 100, 50, 25, 100, 25, 100, 25, 100, 0, 0, {0.5, -0.375}, 2},
};

START_TEST(whole_photographs)
{
    const whole_case *c = &wholes[_i];
    char name[80];
    snprintf(name, sizeof name, "%s of %dx%d", c->rule, c->rows, c->cols);
    cvh_crop crop = fitted(c->rule, NULL, c->rows, c->cols, c->input_rows, c->input_cols, 0);
    ck_assert_msg(crop.input_rows == c->rows_out && crop.input_cols == c->cols_out, "%s: an input of %dx%d", name,
                  crop.input_rows, crop.input_cols);
    ck_assert_msg(crop.resized_rows == c->resized_rows && crop.resized_cols == c->resized_cols, "%s: resized to %dx%d", name,
                  crop.resized_rows, crop.resized_cols);
    ck_assert_msg(crop.pad_top == c->top && crop.pad_left == c->left, "%s: at %d,%d", name, crop.pad_top, crop.pad_left);
    assert_near(name, c->to_input_of_origin, apply(&crop.to_input, 0, 0), 1e-9);
    ck_assert_msg(fabs(crop.to_input.xx - c->scale) < 1e-9, "%s: scale %.9g", name, crop.to_input.xx);
}
END_TEST

/* The way back of a letterbox whose pad is odd: 17 pixels are left of 64, 16.61 if the size had not been rounded. */
START_TEST(letterbox_ways_back)
{
    cvh_crop_rule rule = rule_of("letterbox");
    double r = 64.0 / 131;
    const double pads[] = {8, 8.5, (64 - 97 * r) / 2};
    for (int pad = CVH_CROP_PAD_PLACED; pad <= CVH_CROP_PAD_EXACT; pad++) {
        cvh_crop crop;
        rule.pad = (cvh_crop_pad)pad;
        ck_assert_int_eq(cvh_crop_fit(&rule, NULL, 131, 97, 64, 64, 0, &crop), CVH_OK);
        assert_near("back", (pair){(30 - pads[pad]) / r, 20 / r}, apply(&crop.to_photo, 30, 20), 1e-9);
    }
}
END_TEST

/* A box is a photograph of its own for these rules: as if it had been cut out first. */
START_TEST(a_box_as_a_photograph)
{
    const cvh_rect box = {12.3, 7.9, 50.2, 30};
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) {
        cvh_crop crop = fitted(wholes[i].rule, &box, 100, 90, 64, 96, 0), own = fitted(wholes[i].rule, NULL, 31, 51, 64, 96, 0);
        ck_assert_int_eq(crop.part_col, 12);
        ck_assert_int_eq(crop.part_row, 7);
        ck_assert_int_eq(crop.part_cols, 51);
        ck_assert_int_eq(crop.part_rows, 31);
        ck_assert_int_eq(crop.input_cols, own.input_cols);
        assert_near(wholes[i].rule, apply(&own.to_input, 3, 4), apply(&crop.to_input, 15, 11), 1e-9);
        pair back = apply(&own.to_photo, 3, 4);
        assert_near(wholes[i].rule, (pair){back.x + 12, back.y + 7}, apply(&crop.to_photo, 3, 4), 1e-9);
    }
}
END_TEST

/* -------------------------------------------------------------------------------------------------------------- box rules */

static const struct {
    const char *rule;
    cvh_rect annotated, box;
    int kept;
} cleanings[] = {
    {"hrnet", {10, 5, 20, 8}, {10, 5, 19, 7}, 1},
    {"hrnet", {-10, -3, 20, 8}, {0, 0, 19, 7}, 1}, /* moved, not cut */
    {"hrnet", {-50, 5, 20, 8}, {0, 5, 19, 7}, 1},  /* left of the photograph, and kept */
    {"hrnet", {50, 35, 20, 8}, {50, 35, 9, 4}, 1}, /* cut at the last pixel */
    {"hrnet", {60, 5, 20, 8}, {0, 0, 0, 0}, 0},    /* right of it */
    {"hrnet", {10, 5, -3, 8}, {10, 5, 0, 7}, 1},   /* a negative width is none */
    {"mmpose", {10, 5, 20, 8}, {10, 5, 20, 8}, 1},
    {"mmpose", {-10, -3, 20, 8}, {0, 0, 10, 5}, 1},
    {"mmpose", {-50, 5, 20, 8}, {0, 0, 0, 0}, 0},
    {"mmpose", {50, 35, 20, 8}, {50, 35, 9, 4}, 1},
    {"mmpose", {59, 39, 1, 1}, {0, 0, 0, 0}, 0}, /* the last pixel alone */
    {"mmpose", {10, 5, 0, 8}, {0, 0, 0, 0}, 0},
    {"alphapose", {10, 5, 20, 8}, {10, 5, 19, 7}, 1},
    {"alphapose", {-10, -3, 20, 8}, {0, 0, 9, 4}, 1},
    {"alphapose", {10, 5, 1, 8}, {0, 0, 0, 0}, 0}, /* up to a pixel is nothing */
    {"rtmpose", {-10, -3, 20, 8}, {-10, -3, 20, 8}, 1},
    {"rtmpose", {10, 5, 0, 8}, {0, 0, 0, 0}, 0},
};

START_TEST(box_rules)
{
    cvh_crop_rule rule = rule_of(cleanings[_i].rule);
    cvh_rect box = {-7, -7, -7, -7}, untouched = box;
    int kept = 7;
    ck_assert_int_eq(cvh_crop_clean(&rule, &cleanings[_i].annotated, 40, 60, &box, &kept), CVH_OK);
    ck_assert_msg(kept == cleanings[_i].kept, "%s: kept is %d", cleanings[_i].rule, kept);
    const cvh_rect *expected = kept ? &cleanings[_i].box : &untouched;
    assert_near(cleanings[_i].rule, (pair){expected->x, expected->y}, (pair){box.x, box.y}, 1e-9);
    assert_near(cleanings[_i].rule, (pair){expected->width, expected->height}, (pair){box.width, box.height}, 1e-9);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------------- refusals */

static void refuse_box(const char *name, cvh_rect box, const char *text)
{
    cvh_crop_rule rule = rule_of(name);
    cvh_crop crop, same;
    memset(&same, 0xA5, sizeof same);
    memcpy(&crop, &same, sizeof crop);
    assert_refused(name, cvh_crop_fit(&rule, &box, 480, 640, 256, 192, 0, &crop), text);
    ck_assert_mem_eq(&crop, &same, sizeof same);
}

START_TEST(boxes_that_are_none)
{
    refuse_box("hrnet", (cvh_rect){3, 4, 0, 0}, "must have an extent");
    refuse_box("hrnet", (cvh_rect){3, 4, -1, 5}, "box: width is -1; it must be 0..1e+09");
    refuse_box("mmpose", (cvh_rect){NAN, 4, 5, 5}, "box: x is nan");
    refuse_box("mmpose", (cvh_rect){3, 1e300, 5, 5}, "box: y is 1e+300");
    refuse_box("mmpose", (cvh_rect){3, 4, 5, INFINITY}, "box: height is inf");
    refuse_box("udp", (cvh_rect){3, 4, 1e-300, 1e-300}, "would enlarge or reduce it too much");
    refuse_box("letterbox", (cvh_rect){700, 4, 5, 5}, "must hold a pixel of the photograph");
    refuse_box("centernet", (cvh_rect){-9, 4, 5, 5}, "must hold a pixel of the photograph");
    refuse_box("letterbox", (cvh_rect){3, 4, 5, 0}, "must hold a pixel of the photograph");
    refuse_box("letterbox", (cvh_rect){0, 0, 640, 1}, "too narrow");
}
END_TEST

START_TEST(sizes_that_are_none)
{
    cvh_crop_rule hrnet = rule_of("hrnet"), udp = rule_of("udp"), keep = rule_of("centernet_keep"), box = rule_of("letterbox");
    cvh_crop crop;
    assert_refused("photo", cvh_crop_fit(&hrnet, NULL, 0, 640, 256, 192, 0, &crop), "photo_rows is 0; it must be 1..32768");
    assert_refused("photo", cvh_crop_fit(&hrnet, NULL, 480, 32769, 256, 192, 0, &crop), "photo_cols is 32769");
    assert_refused("input", cvh_crop_fit(&hrnet, NULL, 480, 640, 0, 192, 0, &crop), "input_rows is 0; it must be 1..32768");
    assert_refused("input", cvh_crop_fit(&udp, NULL, 480, 640, 256, 1, 0, &crop), "input_cols is 1; it must be 2..32768");
    assert_refused("input", cvh_crop_fit(&keep, NULL, 32768, 640, 0, 0, 0, &crop), "give a smaller input");
    assert_refused("input", cvh_crop_fit(&keep, NULL, 640, 32768, 0, 0, 0, &crop), "give a smaller input");
    assert_refused("rotation", cvh_crop_fit(&hrnet, NULL, 480, 640, 256, 192, NAN, &crop), "rotation is nan");
    assert_refused("rotation", cvh_crop_fit(&box, NULL, 480, 640, 256, 192, 30, &crop), "must be 0 where the rule resizes");
    const cvh_rect tall = {0, 0, 1, 1e9};
    hrnet.padding = 100;
    assert_refused("reach", cvh_crop_fit(&hrnet, &tall, 480, 640, 1, 32768, 0, &crop), "reduce it too much");
    hrnet.padding = 0.001;
    assert_refused("padding", cvh_crop_fit(&hrnet, NULL, 480, 640, 256, 192, 0, &crop), "padding is 0.001");
    ck_assert_msg(!cvh_crop_fit(&keep, NULL, 480, 640, 0, 0, 0, &crop), "%s", cvh_last_error());
    ck_assert_msg(!cvh_crop_fit(&udp, NULL, 1, 1, 2, 2, 0, &crop), "%s", cvh_last_error());
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("crop");
    TCase *tcase = tcase_create("crop");
    tcase_add_test(tcase, inverse_there_and_back);
    tcase_add_test(tcase, singular_maps_are_refused);
    tcase_add_test(tcase, turns);
    tcase_add_test(tcase, by_three_points);
    tcase_add_test(tcase, udp_turns_the_other_way);
    tcase_add_test(tcase, padding_unless_minus_one);
    tcase_add_test(tcase, mpii);
    tcase_add_loop_test(tcase, whole_photographs, 0, sizeof wholes / sizeof *wholes);
    tcase_add_test(tcase, letterbox_ways_back);
    tcase_add_test(tcase, a_box_as_a_photograph);
    tcase_add_loop_test(tcase, box_rules, 0, sizeof cleanings / sizeof *cleanings);
    tcase_add_test(tcase, boxes_that_are_none);
    tcase_add_test(tcase, sizes_that_are_none);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
