/* SPDX-License-Identifier: Apache-2.0
 * A convention with a crop: keypoints go in, and peaks come out, in pixels of the photograph. */
#include <math.h>
#include <string.h>

#include "support/support.h"

enum { PHOTO_ROWS = 480, PHOTO_COLS = 640, INPUT_ROWS = 256, INPUT_COLS = 192, MAP_ROWS = 64, MAP_COLS = 48 };

static cvh_crop crop_of(const char *rule, double rotation)
{
    cvh_crop_rule found;
    cvh_crop crop;
    const cvh_rect box = {211.5, 87.25, 140, 301};
    ck_assert_msg(!cvh_crop_find(rule, &found), "%s", cvh_last_error());
    ck_assert_msg(!cvh_crop_fit(&found, &box, PHOTO_ROWS, PHOTO_COLS, INPUT_ROWS, INPUT_COLS, rotation, &crop), "%s: %s", rule,
                  cvh_last_error());
    return crop;
}

/* A convention without a drop rule, so that weights say NaN alone. */
static cvh_convention fitted(cvh_geometry geometry, const cvh_crop *crop)
{
    cvh_convention convention = {
        .geometry = geometry, .gaussian = {.sigma_x = 2}, .snap = CVH_SNAP_NONE, .centre = CVH_CENTRE_SUBPIXEL, .crop = crop};
    ck_assert_msg(!cvh_convention_fit(&convention, INPUT_ROWS, INPUT_COLS, MAP_ROWS, MAP_COLS), "%s", cvh_last_error());
    return convention;
}

static const struct {
    const char *rule;
    cvh_geometry geometry;
} pairs[] = {{"hrnet", CVH_GEOMETRY_STRIDE},        {"mmpose", CVH_GEOMETRY_STRIDE},  {"udp", CVH_GEOMETRY_CORNERS},
             {"letterbox", CVH_GEOMETRY_STRIDE},    {"rtmo", CVH_GEOMETRY_STRIDE},    {"mmpose_udp", CVH_GEOMETRY_CORNERS},
             {"centernet", CVH_GEOMETRY_STRIDE},    {"stretch", CVH_GEOMETRY_STRIDE}, {"hrnet", CVH_GEOMETRY_HALF_PIXEL},
             {"alphapose", CVH_GEOMETRY_DEEPLABCUT}};

START_TEST(from_photograph_to_photograph)
{
    static float data[3 * MAP_ROWS * MAP_COLS];
    cvh_crop crop = crop_of(pairs[_i].rule, 0);
    cvh_convention convention = fitted(pairs[_i].geometry, &crop);
    cvh_maps maps = cvh_maps_view(data, 3, MAP_ROWS, MAP_COLS, CVH_32F);
    const cvh_keypoint points[3] = {{.x = 270.3, .y = 199.8}, {.x = NAN, .y = 3, .map = 1}, {.x = 299, .y = 250.5, .map = 2}};
    float weights[3];
    cvh_peak peaks[3];
    ck_assert_msg(!cvh_encode(&maps, points, 3, &convention, weights), "%s", cvh_last_error());
    ck_assert_msg(!cvh_decode(&maps, &convention, peaks), "%s", cvh_last_error());
    ck_assert_msg(weights[0] == 1 && weights[1] == 0 && weights[2] == 1, "%s", pairs[_i].rule);
    for (int i = 0; i < 3; i += 2)
        ck_assert_msg(hypot(peaks[i].x - points[i].x, peaks[i].y - points[i].y) < 1e-3, "%s: %g,%g comes back at %.6f,%.6f",
                      pairs[_i].rule, points[i].x, points[i].y, peaks[i].x, peaks[i].y);
    ck_assert_msg(isnan(peaks[1].x) && isnan(peaks[1].y), "an absent keypoint comes back at %g,%g", peaks[1].x, peaks[1].y);
}
END_TEST

/* The place on the map is the crop's matrix and then the convention's scale: written out here. */
START_TEST(rotated_as_the_project_turns)
{
    static float data[MAP_ROWS * MAP_COLS];
    const char *rule = _i ? "udp" : "hrnet";
    cvh_crop crop = crop_of(rule, 25);
    cvh_convention convention = fitted(_i ? CVH_GEOMETRY_CORNERS : CVH_GEOMETRY_STRIDE, &crop), plain = convention;
    plain.crop = NULL;
    cvh_maps maps = cvh_maps_view(data, 1, MAP_ROWS, MAP_COLS, CVH_32F);
    const cvh_keypoint point = {.x = 270.3, .y = 199.8};
    cvh_peak peak, back;
    ck_assert_int_eq(cvh_encode(&maps, &point, 1, &convention, NULL), CVH_OK);
    ck_assert_int_eq(cvh_decode(&maps, &plain, &peak), CVH_OK);
    ck_assert_int_eq(cvh_decode(&maps, &convention, &back), CVH_OK);
    double angle = 25 * 3.14159265358979323846 / 180, c = cos(angle), s = sin(angle), cx = 281.5, cy = 237.75;
    double height = 301 * 1.25, width = height * 0.75, dx = point.x - cx, dy = point.y - cy;
    double u = _i ? (c * dx - s * dy) * 191 / width + 95.5 : (c * dx + s * dy) * 192 / width + 96;
    double v = _i ? (s * dx + c * dy) * 255 / height + 127.5 : (-s * dx + c * dy) * 192 / width + 128;
    ck_assert_msg(hypot(peak.x - u, peak.y - v) < 2e-3, "%s: %.5f,%.5f in the input; it should be %.5f,%.5f", rule, peak.x,
                  peak.y, u, v);
    double x = _i ? peak.x * width / 191 + cx - width / 2 : (peak.x - 96) * width / 192 + cx;
    double y = _i ? peak.y * height / 255 + cy - height / 2 : (peak.y - 128) * width / 192 + cy;
    ck_assert_msg(hypot(back.x - x, back.y - y) < 1e-9, "%s goes back without its rotation: %.5f,%.5f, not %.5f,%.5f", rule, x,
                  y, back.x, back.y);
}
END_TEST

/* find_peaks tells photograph pixels too, and the blur takes them. */
START_TEST(every_way_in_and_out)
{
    static float data[MAP_ROWS * MAP_COLS], other[MAP_ROWS * MAP_COLS];
    cvh_crop crop = crop_of("hrnet", 0);
    cvh_convention convention = {.gaussian = {.sigma_x = 2, .ksize_x = 15}, .border = CVH_BORDER_REFLECT, .crop = &crop};
    ck_assert_int_eq(cvh_convention_fit(&convention, INPUT_ROWS, INPUT_COLS, MAP_ROWS, MAP_COLS), CVH_OK);
    cvh_maps maps = cvh_maps_view(data, 1, MAP_ROWS, MAP_COLS, CVH_32F), blurred = maps;
    blurred.data = other;
    const cvh_keypoint point = {.x = 270.3, .y = 199.8};
    cvh_peak peak, found;
    size_t count;
    convention.norm = CVH_NORM_KERNEL;
    ck_assert_int_eq(cvh_patch(&maps, &point, 1, &convention), CVH_OK);
    ck_assert_msg(!cvh_blur(&blurred, &point, 1, &convention), "%s", cvh_last_error());
    assert_maps_agree("blur and patch of a photograph's keypoint", &blurred, &maps, NULL);
    ck_assert_int_eq(cvh_decode(&maps, &convention, &peak), CVH_OK);
    ck_assert_int_eq(cvh_find_peaks(&maps, &convention, &found, 1, &count), CVH_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert_msg(hypot(peak.x - 270.3, peak.y - 199.8) < 6, "%g,%g", peak.x, peak.y);
    ck_assert_msg(found.x == peak.x && found.y == peak.y, "%g,%g", found.x, found.y);
    ck_assert_int_eq(cvh_erase(&maps, &point, 1, &convention), CVH_OK);
    for (int i = 0; i < MAP_ROWS * MAP_COLS; i++) ck_assert_msg(data[i] == 0, "sample %d is left", i);
}
END_TEST

/* Positions whose numbers overflow on the way are off the map, not on it and not NaN. */
START_TEST(positions_beyond_all_numbers)
{
    static float data[MAP_ROWS * MAP_COLS];
    cvh_crop crop = crop_of("hrnet", 33);
    cvh_convention convention = {.gaussian = {.sigma_x = 2}, .drop = CVH_DROP_WINDOW, .crop = &crop};
    ck_assert_int_eq(cvh_convention_fit(&convention, INPUT_ROWS, INPUT_COLS, MAP_ROWS, MAP_COLS), CVH_OK);
    cvh_maps maps = cvh_maps_view(data, 1, MAP_ROWS, MAP_COLS, CVH_32F);
    const double far[] = {1.7e308, -1.7e308, INFINITY, -INFINITY};
    for (int i = 0; i < 16; i++)
        for (int snap = CVH_SNAP_NEAREST; snap <= CVH_SNAP_NONE; snap++) {
            const cvh_keypoint point = {.x = far[i % 4], .y = far[i / 4]};
            float weight = 7;
            convention.snap = (cvh_snap)snap;
            ck_assert_msg(!cvh_encode(&maps, &point, 1, &convention, &weight), "%s", cvh_last_error());
            ck_assert_msg(weight == 0, "%g,%g, snap %d: weight %g", point.x, point.y, snap, (double)weight);
            for (int k = 0; k < MAP_ROWS * MAP_COLS; k++) ck_assert_msg(data[k] == 0, "%g,%g is drawn", point.x, point.y);
        }
}
END_TEST

START_TEST(refused)
{
    static float data[MAP_ROWS * MAP_COLS];
    cvh_crop crop = crop_of("hrnet", 0);
    cvh_convention convention = {.gaussian = {.sigma_x = 2}, .crop = &crop}, same = convention;
    cvh_maps maps = cvh_maps_view(data, 1, MAP_ROWS, MAP_COLS, CVH_32F);
    const cvh_keypoint point = {.x = 1, .y = 1};
    cvh_peak peak;
    assert_refused("another input", cvh_convention_fit(&convention, 384, 288, MAP_ROWS, MAP_COLS), "256x192");
    ck_assert_mem_eq(&convention, &same, sizeof same);
    crop.to_input.xy = NAN;
    assert_refused("to_input", cvh_encode(&maps, &point, 1, &convention, NULL), "crop's to_input: xy is nan");
    assert_refused("to_input", cvh_decode(&maps, &convention, &peak), "crop's to_input: xy is nan");
    crop.to_input.xy = 0;
    crop.to_photo.y0 = INFINITY;
    assert_refused("to_photo", cvh_draw(&maps, &point, 1, &convention), "crop's to_photo: y0 is inf");
    assert_refused("to_photo", cvh_decode(&maps, &convention, &peak), "crop's to_photo: y0 is inf");
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("crop_frame");
    TCase *tcase = tcase_create("frame");
    tcase_add_loop_test(tcase, from_photograph_to_photograph, 0, sizeof pairs / sizeof *pairs);
    tcase_add_loop_test(tcase, rotated_as_the_project_turns, 0, 2);
    tcase_add_test(tcase, every_way_in_and_out);
    tcase_add_test(tcase, positions_beyond_all_numbers);
    tcase_add_test(tcase, refused);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
