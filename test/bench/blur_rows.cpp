/* SPDX-License-Identifier: Apache-2.0
 * Both methods against what the tutorial does with OpenCV: clear, light a pixel, blur the whole map, find its maximum, scale;
 * and the taps against OpenCV's. */
#include <opencv2/imgproc.hpp>

#include "bench.hpp"

namespace bench
{
namespace
{

constexpr float PEAK = 255;

/* Twice 32 pixels anywhere on the map, so that no branch is learned by heart. */
std::vector<cvh_keypoint> random_pixels(int rows, int cols)
{
    std::mt19937 random(4);
    std::uniform_int_distribution<int> x(0, cols - 1), y(0, rows - 1);
    std::vector<cvh_keypoint> points;
    for (int i = 0; i < 64; i++) points.push_back({static_cast<double>(x(random)), static_cast<double>(y(random)), 0, nullptr});
    return points;
}

struct tutorial {
    cv::Mat lit, blurred;

    tutorial(int rows, int cols) : lit(rows, cols, CV_32F), blurred(rows, cols, CV_32F)
    {
    }

    void draw(const cvh_keypoint &point)
    {
        lit.setTo(0);
        lit.at<float>(static_cast<int>(point.y), static_cast<int>(point.x)) = 1;
        cv::GaussianBlur(lit, blurred, cv::Size(15, 15), 2);
        double maximum;
        cv::minMaxLoc(blurred, nullptr, &maximum);
        const float divisor = static_cast<float>(maximum) / PEAK;
        float *samples = blurred.ptr<float>();
        const size_t count = blurred.total();
        for (size_t i = 0; i < count; i++) samples[i] /= divisor;
        keep(samples);
    }
};

using method = cvh_status (*)(const cvh_maps *, const cvh_keypoint *, size_t, const cvh_convention *);

/* The patch has the bits of the blur where no border reflects; so keypoints near one are compared by the blur alone. */
pair against_tutorial(method draw, const char *name, int rows, int cols)
{
    const auto target = make_stack(1, rows, cols);
    const auto points = random_pixels(rows, cols);
    const auto reference = std::make_shared<tutorial>(rows, cols);
    const auto next = std::make_shared<size_t>(0);
    cvh_convention convention = convention_of(name);
    convention.gaussian.ksize_x = 15;
    convention.border = CVH_BORDER_REFLECT_101;
    convention.arithmetic = CVH_ARITHMETIC_OPENCV;
    for (const cvh_keypoint &point : points) {
        check(draw(&target->maps, &point, 1, &convention));
        reference->draw(point);
        cvh_report report;
        const cvh_maps expected = cvh_maps_view(reference->blurred.data, 1, rows, cols, CVH_32F);
        check(cvh_compare(&expected, &target->maps, nullptr, &report));
        require(report.differing == 0, "the method's bits are not cv::GaussianBlur's");
    }
    convention.border = CVH_BORDER_METHOD;
    convention.arithmetic = CVH_ARITHMETIC_PORTABLE;
    return {[=] {
                check(draw(&target->maps, &points[(*next)++ % points.size()], 1, &convention));
                keep(target->samples.data());
            },
            [=] { reference->draw(points[(*next)++ % points.size()]); }};
}

row blur_row(int rows, int cols, double bar)
{
    return plain_row("blur " + std::to_string(rows) + "x" + std::to_string(cols), "whole-map GaussianBlur", bar, 0,
                     [=] { return against_tutorial(cvh_blur, "tutorial_blur", rows, cols); });
}

pair taps()
{
    const auto ours = std::make_shared<std::vector<float>>(15);
    check(cvh_gaussian_kernel(15, 2, CVH_32F, ours->data()));
    const cv::Mat theirs = cv::getGaussianKernel(15, 2, CV_32F);
    for (int i = 0; i < 15; i++) require(theirs.at<float>(i) == (*ours)[static_cast<size_t>(i)], "the taps are not OpenCV's");
    return {[=] {
                check(cvh_gaussian_kernel(15, 2, CVH_32F, ours->data()));
                keep(ours->data());
            },
            [] {
                const cv::Mat kernel = cv::getGaussianKernel(15, 2, CV_32F);
                keep(kernel.data);
            }};
}

} // namespace

void add_blur_rows(std::vector<row> &rows)
{
    rows.push_back(plain_row("tutorial patch 64x48", "whole-map GaussianBlur", 1.0 / 50, 0,
                             [] { return against_tutorial(cvh_patch, "tutorial_patch", 64, 48); }));
    rows.push_back(blur_row(64, 48, 1 / 1.7));
    rows.push_back(blur_row(128, 128, 1.0 / 5));
    rows.push_back(blur_row(512, 512, 1.0 / 18));
    rows.push_back(blur_row(1024, 1024, 1.0 / 12));
    rows.push_back(plain_row("taps 15", "cv::getGaussianKernel", 1.0 / 12, 0, taps));
}

} // namespace bench
