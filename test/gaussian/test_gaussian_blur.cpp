/* SPDX-License-Identifier: Apache-2.0
 * cvh_gaussian_blur against cv::GaussianBlur: any image of a depth that OpenCV takes, in every memory layout, in place and not.
 */
#include <cstdio>
#include <string>
#include <vector>

#include "support/whole_map.hpp" /* before what includes check.h, which defines fail() */

#include "support/layouts.h"

namespace
{

struct blur_case {
    layout from, to;
    int count, rows, cols;
    cvh_depth depth;
    cvh_gaussian gaussian;
    cvh_border border;
    bool in_place;
};

blur_case random_case(random_state *random)
{
    const cvh_depth depths[] = {CVH_8U, CVH_16U, CVH_16S, CVH_32F, CVH_64F};
    blur_case made{};
    made.from = static_cast<layout>(random_int(random, 0, LAYOUTS - 1));
    made.to = static_cast<layout>(random_int(random, 0, LAYOUTS - 1));
    made.count = random_int(random, 1, 4);
    made.rows = random_int(random, 0, 5) ? random_int(random, 1, 50) : 1;
    made.cols = random_int(random, 0, 5) ? random_int(random, 1, 50) : 1;
    made.depth = depths[random_int(random, 0, 4)];
    made.gaussian = random_gaussian(random);
    made.gaussian.peak = random_int(random, 0, 1);
    made.border = static_cast<cvh_border>(random_int(random, CVH_BORDER_METHOD, CVH_BORDER_REFLECT_101));
    made.in_place = random_int(random, 0, 2) == 0;
    if (random_int(random, 0, 3) == 0) { /* OpenCV's automatic window */
        made.gaussian.ksize_x = made.gaussian.ksize_y = 0;
        made.gaussian.sigma_x = 0.3 + 3 * random_real(random);
    }
    return made;
}

std::string described(const blur_case &each, uint64_t state)
{
    char text[300];
    std::snprintf(text, sizeof text,
                  "%d maps of %dx%d, depth %d, %s to %s%s, border %d, ksize %gx%g, sigma %.17g, %.17g (state %llu)", each.count,
                  each.rows, each.cols, static_cast<int>(each.depth), layout_names[each.from], layout_names[each.to],
                  each.in_place ? " in place" : "", static_cast<int>(each.border), each.gaussian.ksize_x, each.gaussian.ksize_y,
                  each.gaussian.sigma_x, each.gaussian.sigma_y, static_cast<unsigned long long>(state));
    return text;
}

void fill(const laid_out *image, random_state *random)
{
    for (int map = 0; map < image->maps.count; map++)
        for (int row = 0; row < image->maps.rows; row++)
            for (int col = 0; col < image->maps.cols; col++) {
                unsigned char *at = layout_at(&image->maps, map, row, col);
                double value = 200 * random_real(random) - 50;
                float value_32f = static_cast<float>(value);
                const uint16_t word = static_cast<uint16_t>(random_bits(random) >> 48);
                if (image->maps.depth == CVH_16U || image->maps.depth == CVH_16S) std::memcpy(at, &word, sizeof word);
                if (image->maps.depth == CVH_8U) *at = static_cast<unsigned char>(random_bits(random) >> 56);
                if (image->maps.depth == CVH_32F) std::memcpy(at, &value_32f, sizeof value_32f);
                if (image->maps.depth == CVH_64F) std::memcpy(at, &value, sizeof value);
            }
}

/* One map as a user's own cv::Mat. */
cv::Mat packed(const cvh_maps &maps, int map)
{
    cv::Mat image(maps.rows, maps.cols, CV_MAKETYPE(static_cast<int>(maps.depth), 1));
    for (int row = 0; row < maps.rows; row++)
        for (int col = 0; col < maps.cols; col++)
            std::memcpy(image.ptr(row) + static_cast<size_t>(col) * image.elemSize(), layout_at(&maps, map, row, col),
                        image.elemSize());
    return image;
}

void compare_map(const blur_case &each, uint64_t state, const cv::Mat &source, const cvh_maps &actual, int map)
{
    cv::Mat expected = whole_map(source, each.gaussian, each.border), got = packed(actual, map);
    size_t bytes = expected.total() * expected.elemSize();
    if (std::memcmp(expected.data, got.data, bytes) == 0) return;
    if (cv::countNonZero(expected != got) == 0) return; /* the sign of a zero */
    ck_abort_msg("%s: map %d: %d samples differ", described(each, state).c_str(), map, cv::countNonZero(expected != got));
}

void check_case(random_state *random)
{
    uint64_t state = random->state;
    blur_case each = random_case(random);
    laid_out from = laid_out_new(each.from, each.count, each.rows, each.cols, each.depth);
    laid_out to = laid_out_new(each.to, each.count, each.rows, each.cols, each.depth);
    fill(&from, random);
    std::vector<unsigned char> before(from.block, from.block + from.bytes);
    std::vector<cv::Mat> sources;
    for (int map = 0; map < each.count; map++) sources.push_back(packed(from.maps, map));
    laid_out *target = each.in_place ? &from : &to;
    if (cvh_gaussian_blur(&from.maps, &target->maps, &each.gaussian, each.border))
        ck_abort_msg("%s: %s", described(each, state).c_str(), cvh_last_error());
    for (int map = 0; map < each.count; map++) compare_map(each, state, sources[static_cast<size_t>(map)], target->maps, map);
    if (!laid_out_gaps_intact(target)) ck_abort_msg("%s: written between the samples", described(each, state).c_str());
    if (!each.in_place && std::memcmp(before.data(), from.block, from.bytes) != 0)
        ck_abort_msg("%s: the source was written", described(each, state).c_str());
    laid_out_free(&from);
    laid_out_free(&to);
}

START_TEST(any_image)
{
    random_state random = random_start(61);
    for (int i = 0; i < 4000; i++) check_case(&random);
}
END_TEST

/* A cv::Mat by cvh_maps_interleaved, channel by channel. */
START_TEST(image_of_channels)
{
    cv::Mat image(40, 30, CV_32FC3), channels[3];
    cv::randu(image, 0, 1);
    cv::split(image, channels);
    cvh_maps view = cvh_maps_interleaved(image.data, 3, 40, 30, CVH_32F, image.step);
    cvh_gaussian gaussian{};
    gaussian.ksize_x = 7;
    ck_assert_msg(cvh_gaussian_blur(&view, &view, &gaussian, CVH_BORDER_METHOD) == CVH_OK, "%s", cvh_last_error());
    for (int i = 0; i < 3; i++) {
        cv::Mat expected, actual;
        cv::GaussianBlur(channels[i], expected, cv::Size(7, 7), 0);
        cv::extractChannel(image, actual, i);
        ck_assert_msg(cv::countNonZero(expected != actual) == 0, "channel %d differs", i);
    }
}
END_TEST

/* Samples are blurred as they are stored, so the two sides must be stored alike; what OpenCV refuses is refused by name. */
START_TEST(scales_are_alike_and_other_depths_refused)
{
    unsigned char samples[12] = {0, 9, 200, 3, 7, 255, 0, 0, 1, 2, 3, 4}, blurred[12], twin[12];
    cvh_maps from = cvh_maps_view(samples, 1, 3, 4, CVH_8U), to = cvh_maps_view(blurred, 1, 3, 4, CVH_8U), plain = from;
    cvh_gaussian gaussian{};
    gaussian.ksize_x = 3;
    from.scale = to.scale = 0.5;
    from.zero = to.zero = 128;
    ck_assert_msg(cvh_gaussian_blur(&from, &to, &gaussian, CVH_BORDER_METHOD) == CVH_OK, "%s", cvh_last_error());
    cvh_maps other = cvh_maps_view(twin, 1, 3, 4, CVH_8U);
    ck_assert_msg(cvh_gaussian_blur(&plain, &other, &gaussian, CVH_BORDER_METHOD) == CVH_OK, "%s", cvh_last_error());
    ck_assert_mem_eq(blurred, twin, sizeof twin);
    to.scale = 1;
    assert_refused("scale", cvh_gaussian_blur(&from, &to, &gaussian, CVH_BORDER_METHOD),
                   "dst: scale is 1 and zero 128; they must be as in src, 0.5 and 128");
    for (cvh_depth depth : {CVH_8S, CVH_16F}) {
        uint16_t words[12] = {0};
        cvh_maps maps = cvh_maps_view(words, 1, 3, 4, depth);
        assert_refused("depth", cvh_gaussian_blur(&maps, &maps, &gaussian, CVH_BORDER_METHOD), "which cvh_convert makes of it");
    }
}
END_TEST

/* The widest window on the smallest maps: bounded, and quick. */
START_TEST(widest_window)
{
    for (int depth : {CVH_32F, CVH_64F})
        for (int border = CVH_BORDER_METHOD; border <= CVH_BORDER_REFLECT_101; border++) {
            std::vector<double> samples(6, 1);
            cvh_maps maps = cvh_maps_view(samples.data(), 1, 2, 3, static_cast<cvh_depth>(depth));
            cvh_gaussian gaussian{};
            gaussian.ksize_x = CVH_MAX_KSIZE;
            gaussian.ksize_y = 3;
            cv::Mat source(2, 3, depth, samples.data());
            cv::Mat expected = whole_map(source.clone(), gaussian, static_cast<cvh_border>(border));
            ck_assert_msg(cvh_gaussian_blur(&maps, &maps, &gaussian, static_cast<cvh_border>(border)) == CVH_OK, "%s",
                          cvh_last_error());
            ck_assert_msg(cv::countNonZero(expected != source) == 0, "depth %d border %d", depth, border);
        }
}
END_TEST

} // namespace

int main()
{
    return run_suite(suite_in_both_modes(
        "gaussian_blur", 120, {any_image, image_of_channels, scales_are_alike_and_other_depths_refused, widest_window}));
}
