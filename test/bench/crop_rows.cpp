/* SPDX-License-Identifier: Apache-2.0
 * A person cut out of a photograph of 1080p, against cv::warpAffine of the same crop, one thread each. */
#include <cstring>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "bench.hpp"

namespace bench
{
namespace
{

enum { PHOTO_ROWS = 1080, PHOTO_COLS = 1920, INPUT_ROWS = 256, INPUT_COLS = 192 };

struct scene {
    cv::Mat photo, theirs, planes, matrix;
    cvh_crop crop;

    scene(int channels, double rotation)
        : photo(PHOTO_ROWS, PHOTO_COLS, CV_8UC(channels)), planes(channels * INPUT_ROWS, INPUT_COLS, CV_8U),
          matrix(2, 3, CV_64F), crop()
    {
        const cvh_rect box = {860, 300, 190, 480};
        cvh_crop_rule rule;
        cv::randu(photo, 0, 256);
        check(cvh_crop_find("hrnet", &rule));
        check(cvh_crop_fit(&rule, &box, PHOTO_ROWS, PHOTO_COLS, INPUT_ROWS, INPUT_COLS, rotation, &crop));
        const cvh_affine &m = crop.to_input;
        const double numbers[6] = {m.xx, m.xy, m.x0, m.yx, m.yy, m.y0};
        std::memcpy(matrix.data, numbers, sizeof numbers);
    }

    void warp()
    {
        cv::warpAffine(photo, theirs, matrix, cv::Size(INPUT_COLS, INPUT_ROWS));
    }

    cvh_maps from() const
    {
        return cvh_maps_interleaved(photo.data, photo.channels(), photo.rows, photo.cols, CVH_8U, photo.step);
    }

    cvh_maps to() const
    {
        return cvh_maps_view(planes.data, photo.channels(), INPUT_ROWS, INPUT_COLS, CVH_8U);
    }
};

void require_same(const scene &s)
{
    std::vector<cv::Mat> channels;
    cv::split(s.theirs, channels);
    for (size_t i = 0; i < channels.size(); i++) {
        const int first = static_cast<int>(i) * INPUT_ROWS;
        require(cv::countNonZero(channels[i] != s.planes.rowRange(first, first + INPUT_ROWS)) == 0, "the pictures differ");
    }
}

/* ours: cvh_crop_image into planes, or cvh_warp_native, which asks OpenCV first. */
pair cut(int channels, double rotation, bool native)
{
    cv::setNumThreads(1);
    const auto s = std::make_shared<scene>(channels, rotation);
    const auto theirs = [=] { s->warp(); };
    const auto ours = [=] {
        const cvh_maps from = s->from(), to = s->to();
        check(native ? cvh_warp_native(&from, &to, &s->crop.to_input, 0) : cvh_crop_image(&s->crop, &from, &to));
    };
    ours();
    theirs();
    if (CV_VERSION_MAJOR < 5 || native) require_same(*s);
    return {ours, theirs};
}

} // namespace

void add_crop_rows(std::vector<row> &rows)
{
    rows.push_back(plain_row("crop image 192x256x3, planes", "cv::warpAffine", 0.6, 0, [] { return cut(3, 0, false); }));
    rows.push_back(plain_row("crop image 192x256x3 turned, planes", "cv::warpAffine", 1, 0, [] { return cut(3, 17, false); }));
    rows.push_back(plain_row("warp native 192x256x3, planes", "cv::warpAffine", 0.6, 0, [] { return cut(3, 0, true); }));
    rows.push_back(plain_row("warp native 192x256x3 turned, planes", "cv::warpAffine", 1, 0, [] { return cut(3, 17, true); }));
    rows.push_back(plain_row("crop image 192x256 grey", "cv::warpAffine", 0, 1, [] { return cut(1, 0, false); }));
    rows.push_back(plain_row("crop image 192x256 grey, turned", "cv::warpAffine", 0, 1, [] { return cut(1, 17, false); }));
}

} // namespace bench
