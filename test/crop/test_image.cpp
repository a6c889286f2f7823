/* SPDX-License-Identifier: Apache-2.0
 * cvh_crop_image against what the projects call: cv::resize and a border, cv::warpAffine of a part. */
#include <cstdio>
#include <cstring>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "support/layouts.h"
#include "support/unknown.h"

namespace
{

/* A photograph of noise, and its view. */
cv::Mat noise(random_state *random, int rows, int cols, int channels)
{
    cv::Mat photo(rows, cols, CV_8UC(channels));
    for (int row = 0; row < rows; row++)
        for (int i = 0; i < cols * channels; i++) photo.ptr(row)[i] = static_cast<unsigned char>(random_bits(random) >> 33);
    return photo;
}

cvh_maps view(const cv::Mat &photo)
{
    return cvh_maps_interleaved(photo.data, photo.channels(), photo.rows, photo.cols, CVH_8U, photo.step);
}

void compare(const char *what, uint64_t state, const cv::Mat &expected, const cvh_maps &actual)
{
    for (int row = 0; row < expected.rows; row++)
        for (int col = 0; col < expected.cols; col++)
            for (int map = 0; map < actual.count; map++) {
                int e = expected.ptr(row, col)[map], a = static_cast<int>(sample(&actual, map, row, col));
                ck_assert_msg(e == a, "%s (state %llu): row %d, column %d, channel %d: %d, not %d", what,
                              static_cast<unsigned long long>(state), row, col, map, a, e);
            }
}

/* OpenCV 5 resizes by the same sums. */
START_TEST(letterboxes_and_stretches)
{
    random_state random = random_start(21 + static_cast<uint64_t>(_i));
    const char *const names[] = {"letterbox", "yolov5", "rtmo", "stretch"};
    for (int i = 0; i < 250; i++) {
        uint64_t state = random.state;
        cvh_crop_rule rule;
        cvh_crop crop;
        cv::Mat photo = noise(&random, random_int(&random, 1, 70), random_int(&random, 1, 70), random_int(&random, 1, 4));
        int rows = random_int(&random, 1, 90), cols = random_int(&random, 1, 90);
        if (i % 10 == 0) rows = photo.rows, cols = photo.cols;
        if (i % 10 == 1 && photo.rows > 1 && photo.cols > 1)
            photo = photo(cv::Rect(0, 0, photo.cols & ~1, photo.rows & ~1)), rows = photo.rows / 2, cols = photo.cols / 2;
        ck_assert_int_eq(cvh_crop_find(names[i % 4], &rule), CVH_OK);
        if (cvh_crop_fit(&rule, nullptr, photo.rows, photo.cols, rows, cols, 0, &crop)) continue; /* too narrow */
        cv::Mat resized, expected(rows, cols, photo.type(), cv::Scalar::all(114));
        cv::resize(photo, resized, cv::Size(crop.resized_cols, crop.resized_rows), 0, 0, cv::INTER_LINEAR);
        resized.copyTo(expected(cv::Rect(crop.pad_left, crop.pad_top, resized.cols, resized.rows)));
        laid_out input =
            laid_out_new(static_cast<layout>(random_int(&random, 0, LAYOUTS - 1)), photo.channels(), rows, cols, CVH_8U);
        cvh_maps from = view(photo);
        ck_assert_msg(!cvh_crop_image(&crop, &from, &input.maps), "%s: %s", names[i % 4], cvh_last_error());
        compare(names[i % 4], state, expected, input.maps);
        ck_assert(laid_out_gaps_intact(&input));
        laid_out_free(&input);
    }
}
END_TEST

/* A box is a photograph of its own: what is beside it is not seen. */
START_TEST(parts)
{
    random_state random = random_start(5);
    const char *const names[] = {"letterbox", "centernet", "stretch", "higherhrnet"};
    for (const char *name : names) {
        cv::Mat photo = noise(&random, 60, 80, 3), part = photo(cv::Rect(12, 7, 51, 31)).clone();
        const cvh_rect box = {12.3, 7.9, 50.2, 30};
        cvh_crop_rule rule;
        cvh_crop crop, own;
        ck_assert_int_eq(cvh_crop_find(name, &rule), CVH_OK);
        ck_assert_int_eq(cvh_crop_fit(&rule, &box, 60, 80, 64, 64, 0, &crop), CVH_OK);
        ck_assert_int_eq(cvh_crop_fit(&rule, nullptr, 31, 51, 64, 64, 0, &own), CVH_OK);
        guarded_maps a = guarded_new(3, crop.input_rows, crop.input_cols, CVH_8U);
        guarded_maps b = guarded_new(3, crop.input_rows, crop.input_cols, CVH_8U);
        cvh_maps whole = view(photo), cut = view(part);
        ck_assert_msg(!cvh_crop_image(&crop, &whole, &a.maps), "%s", cvh_last_error());
        ck_assert_msg(!cvh_crop_image(&own, &cut, &b.maps), "%s", cvh_last_error());
        assert_maps_agree(name, &b.maps, &a.maps, nullptr);
        guarded_free(&a);
        guarded_free(&b);
    }
}
END_TEST

/* How far PORTABLE is from an OpenCV of no known kind. */
void report_portable(const cvh_maps &expected, const cvh_maps &portable)
{
    cvh_report report;
    std::printf("%s\n", cvh_last_error());
    ck_assert_msg(!cvh_compare(&expected, &portable, nullptr, &report), "%s", cvh_last_error());
    std::printf("portable: %llu of %llu samples differ, by at most %g\n", static_cast<unsigned long long>(report.differing),
                static_cast<unsigned long long>(report.compared), report.max_abs);
}

/* PORTABLE is OpenCV 4's arithmetic; OPENCV that of the installed one. */
START_TEST(arithmetics)
{
    random_state random = random_start(6);
    cv::Mat photo = noise(&random, 90, 70, 3), warped;
    cvh_crop_rule rule;
    cvh_crop crop;
    ck_assert_int_eq(cvh_crop_find("mmpose", &rule), CVH_OK);
    ck_assert_int_eq(cvh_crop_fit(&rule, nullptr, 90, 70, 64, 48, 21, &crop), CVH_OK);
    const cvh_affine &m = crop.to_input;
    double numbers[6] = {m.xx, m.xy, m.x0, m.yx, m.yy, m.y0};
    cv::warpAffine(photo, warped, cv::Mat(2, 3, CV_64F, numbers), cv::Size(48, 64));
    guarded_maps installed = guarded_new(3, 64, 48, CVH_8U), portable = guarded_new(3, 64, 48, CVH_8U);
    cvh_maps from = view(photo);
    ck_assert_int_eq(cvh_crop_image(&crop, &from, &portable.maps), CVH_OK);
    crop.arithmetic = CVH_ARITHMETIC_OPENCV;
    cvh_status status = cvh_crop_image(&crop, &from, &installed.maps);
    if (opencv_is_unknown(status)) {
        report_portable(view(warped), portable.maps);
        ck_assert(guarded_untouched(&installed));
    } else {
        ck_assert_msg(!status, "%s", cvh_last_error());
        compare("the installed OpenCV's", 0, warped, installed.maps);
        cvh_tolerance grey = {};
        grey.absolute = CV_VERSION_MAJOR < 5 ? 0 : 8;
        assert_maps_agree("portable", &installed.maps, &portable.maps, &grey);
    }
    guarded_free(&installed);
    guarded_free(&portable);
}
END_TEST

START_TEST(refused)
{
    cv::Mat photo(20, 30, CV_8UC3, cv::Scalar::all(7));
    cvh_crop_rule rule;
    cvh_crop crop;
    ck_assert_int_eq(cvh_crop_find("hrnet", &rule), CVH_OK);
    ck_assert_int_eq(cvh_crop_fit(&rule, nullptr, 20, 30, 16, 12, 0, &crop), CVH_OK);
    guarded_maps input = guarded_new(3, 16, 12, CVH_8U);
    cvh_maps from = view(photo), other = from, small = input.maps;
    other.cols--;
    small.rows--;
    assert_refused("photo", cvh_crop_image(&crop, &other, &input.maps), "photo is 20x29; it must be 20x30");
    assert_refused("input", cvh_crop_image(&crop, &from, &small), "input is 15x12; it must be 16x12");
    small = input.maps;
    small.count = 2;
    assert_refused("channels", cvh_crop_image(&crop, &from, &small), "input has 2 channels");
    crop.outside = NAN;
    assert_refused("outside", cvh_crop_image(&crop, &from, &input.maps), "outside is nan");
    ck_assert_int_eq(cvh_crop_find("letterbox", &rule), CVH_OK);
    ck_assert_int_eq(cvh_crop_fit(&rule, nullptr, 20, 30, 16, 12, 0, &crop), CVH_OK);
    crop.pad_top = 9;
    assert_refused("pad", cvh_crop_image(&crop, &from, &input.maps), "do not lie in the input");
    crop.pad_top = 0;
    crop.pad_left = -1;
    assert_refused("pad", cvh_crop_image(&crop, &from, &input.maps), "do not lie in the input");
    crop.pad_left = 0;
    small = input.maps;
    small.count = 2;
    assert_refused("channels", cvh_crop_image(&crop, &from, &small), "input has 2 channels; it must have photo's 3");
    std::vector<float> reals(20 * 30 * 3);
    cvh_maps real_photo = cvh_maps_view(reals.data(), 3, 20, 30, CVH_32F);
    cvh_maps real_input = cvh_maps_view(reals.data(), 3, 16, 12, CVH_32F);
    assert_refused("depth", cvh_crop_image(&crop, &real_photo, &input.maps), "photo's depth is 5 and input's 0");
    assert_refused("depth", cvh_crop_image(&crop, &from, &real_input), "photo's depth is 0 and input's 5");
    cvh_maps within = cvh_maps_view(photo.data + 5, 3, 16, 12, CVH_8U);
    assert_refused("memory", cvh_crop_image(&crop, &from, &within), "input overlaps photo");
    assert_refused("crop", cvh_crop_image(nullptr, &from, &input.maps), "crop is NULL");
    other = from;
    other.rows--;
    assert_refused("photo", cvh_crop_image(&crop, &other, &input.maps), "photo is 19x30; it must be 20x30");
    crop.photo_rows = 0;
    small = input.maps;
    small.cols--;
    assert_refused("input", cvh_crop_image(&crop, &from, &small), "input is 16x11; it must be 16x12");
    crop.part_rows = 5, crop.part_cols = 31;
    assert_refused("part", cvh_crop_image(&crop, &from, &input.maps), "the part is 5x31");
    crop.part_row = -1, crop.part_cols = 5;
    assert_refused("part", cvh_crop_image(&crop, &from, &input.maps), "the part is 5x5 from row -1");
    ck_assert(guarded_untouched(&input));
    guarded_free(&input);
}
END_TEST

Suite *suite()
{
    Suite *suite = suite_create("image");
    TCase *tcase = tcase_create("image");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, letterboxes_and_stretches, 0, 4);
    tcase_add_test(tcase, parts);
    tcase_add_test(tcase, arithmetics);
    tcase_add_test(tcase, refused);
    suite_add_tcase(suite, tcase);
    return suite;
}

} // namespace

int main()
{
    return run_suite(suite());
}
