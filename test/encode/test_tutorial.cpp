/* SPDX-License-Identifier: Apache-2.0
 * The tutorial that the library grew from: a 64x48 map, ksize 15, sigma 2, peak 255. Its two methods, and the pipeline as its
 * Python writes it, at every one of the 3072 positions, in both memory orders of rows and columns. */
#include <cstdio>
#include <string>
#include <vector>

#include "support/whole_map.hpp"

namespace
{

struct setting {
    int rows, cols;
    double sigma;
    cvh_border border;
};

/* Loop index -> border (1..4), shape, sigma 2 or by rule. */
setting setting_of(int index)
{
    setting each{64, 48, 2, static_cast<cvh_border>(index % 4 + 1)};
    if (index / 4 % 2) std::swap(each.rows, each.cols);
    if (index / 8) each.sigma = 0;
    return each;
}

enum { SETTINGS = 16 };

std::string described(const setting &setting, int x, int y)
{
    char text[120];
    std::snprintf(text, sizeof text, "%dx%d, sigma %g, border %d, x %d y %d", setting.rows, setting.cols, setting.sigma,
                  static_cast<int>(setting.border), x, y);
    return text;
}

template <typename Sample> void draw(cvh_method_fn method, const setting &setting, int x, int y, std::vector<Sample> *samples)
{
    samples->assign(static_cast<size_t>(setting.rows * setting.cols), Sample(-1));
    cvh_maps maps = cvh_maps_view(samples->data(), 1, setting.rows, setting.cols, depth_of<Sample>);
    cvh_keypoint point{};
    point.x = x;
    point.y = y;
    cvh_convention tutorial{};
    tutorial.gaussian.sigma_x = setting.sigma;
    tutorial.gaussian.ksize_x = 15;
    tutorial.gaussian.peak = 255;
    tutorial.norm = CVH_NORM_MAX;
    tutorial.border = setting.border;
    tutorial.arithmetic = opencv_sums(depth_of<Sample>) == "unknown" ? CVH_ARITHMETIC_PORTABLE : CVH_ARITHMETIC_OPENCV;
    if (method(&maps, &point, 1, &tutorial)) ck_abort_msg("%s: %s", described(setting, x, y).c_str(), cvh_last_error());
}

/* The tutorial's method 1: h[y][x] = 1; h = cv2.GaussianBlur(h, (15, 15), sigma); am = np.amax(h); h /= am / 255. NumPy
 * divides; cv::Mat's own division would multiply by a reciprocal. */
template <typename Sample> cv::Mat as_in_python(const setting &setting, int x, int y)
{
    cv::Mat h = cv::Mat::zeros(setting.rows, setting.cols, depth_of<Sample>);
    h.at<Sample>(y, x) = 1;
    cv::GaussianBlur(h, h, cv::Size(15, 15), setting.sigma, setting.sigma, opencv_border(setting.border));
    double am = 0;
    cv::minMaxLoc(h, nullptr, &am);
    Sample divisor = static_cast<Sample>(am) / Sample(255);
    for (int i = 0; i < setting.rows * setting.cols; i++) h.at<Sample>(i) /= divisor;
    return h;
}

template <typename Sample> void compare_with_python(const setting &setting, int x, int y, const cv::Mat &expected,
                                                    const char *name, const std::vector<Sample> &actual)
{
    for (size_t i = 0; i < actual.size(); i++)
        if (actual[i] != expected.at<Sample>(static_cast<int>(i)))
            ck_abort_msg("%s: sample %zu: %s %.17g, the pipeline %.17g", described(setting, x, y).c_str(), i, name,
                         static_cast<double>(actual[i]), static_cast<double>(expected.at<Sample>(static_cast<int>(i))));
}

/* The largest distance in ULP: 0, but for an OpenCV that is none of the known kinds, which is told. */
template <typename Sample> uint64_t compare_methods(const setting &setting, int x, int y)
{
    std::vector<Sample> blur, patch;
    draw(cvh_blur, setting, x, y, &blur);
    draw(cvh_patch, setting, x, y, &patch);
    uint64_t worst = 0;
    for (size_t i = 0; i < blur.size(); i++) {
        uint64_t ulps = ulps_between(blur[i], patch[i]);
        worst = std::max(worst, ulps);
        if (ulps > 0 && opencv_sums(depth_of<Sample>) != "unknown")
            ck_abort_msg("%s: sample %zu: method 1 %.17g, method 2 %.17g", described(setting, x, y).c_str(), i,
                         static_cast<double>(blur[i]), static_cast<double>(patch[i]));
    }
    compare_with_python(setting, x, y, as_in_python<Sample>(setting, x, y), "blur", blur);
    return worst;
}

template <typename Sample> void compare_everywhere(const setting &setting)
{
    uint64_t worst = 0;
    for (int y = 0; y < setting.rows; y++)
        for (int x = 0; x < setting.cols; x++) worst = std::max(worst, compare_methods<Sample>(setting, x, y));
    if (worst > 0)
        std::printf("%s, border %d: OpenCV adds up in none of the known ways: the methods are up to %llu ULP apart\n",
                    depth_of<Sample> == CVH_32F ? "32F" : "64F", static_cast<int>(setting.border),
                    static_cast<unsigned long long>(worst));
    fail_where_unknown(depth_of<Sample>);
}

/* Both methods and the pipeline are the same bits. */
START_TEST(methods_agree_everywhere)
{
    compare_everywhere<float>(setting_of(_i));
    compare_everywhere<double>(setting_of(_i));
}
END_TEST

/* The tutorial's own method 2 exchanges rows and columns where it clips. Ours has its maximum, 255 to 1 ULP, at the keypoint,
 * and the closed form's value two columns and three rows off, wherever they lie on the map. */
START_TEST(axes_are_not_exchanged)
{
    setting setting = setting_of(_i % 2 * 4);
    setting.border = CVH_BORDER_CONSTANT;
    for (int y = 0; y < setting.rows; y++)
        for (int x = 0; x < setting.cols; x++) {
            std::vector<double> patch;
            draw(cvh_patch, setting, x, y, &patch);
            double at = patch[static_cast<size_t>(y * setting.cols + x)];
            if (ulps_between(at, 255.0) > 1) ck_abort_msg("%s: %.17g", described(setting, x, y).c_str(), at);
            int column = x + 2, row = y + 3;
            if (column >= setting.cols || row >= setting.rows) continue;
            double off = patch[static_cast<size_t>(row * setting.cols + column)], expected = 255 * std::exp(-13 / 8.0);
            if (std::fabs(off - expected) > 1e-12) ck_abort_msg("%s: %.17g", described(setting, x, y).c_str(), off);
        }
}
END_TEST

/* Radius 7 against a 15x15 kernel: the patch as the field draws it (plain exponentials, clipped) is method 1 rescaled, up to
 * the rounding of OpenCV's normalised taps, wherever no border copy is in reach. */
START_TEST(radius_7_is_a_kernel_of_15)
{
    setting setting = setting_of(3);
    for (int y = 8; y < setting.rows - 8; y++)
        for (int x = 8; x < setting.cols - 8; x++) {
            std::vector<double> blur;
            draw(cvh_blur, setting, x, y, &blur);
            for (int dy = -8; dy <= 8; dy++)
                for (int dx = -8; dx <= 8; dx++) {
                    bool inside = std::abs(dx) <= 7 && std::abs(dy) <= 7;
                    double expected = inside ? 255 * std::exp(-(dx * dx + dy * dy) / 8.0) : 0;
                    double actual = blur[static_cast<size_t>((y + dy) * setting.cols + x + dx)];
                    if (std::fabs(actual - expected) > 1e-12)
                        ck_abort_msg("%s: %.17g", described(setting, x, y).c_str(), actual);
                }
        }
}
END_TEST

Suite *suite()
{
    Suite *suite = suite_create("tutorial");
    TCase *tcase = tcase_create("as installed");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, methods_agree_everywhere, 0, SETTINGS);
    tcase_add_loop_test(tcase, axes_are_not_exchanged, 0, 2);
    tcase_add_test(tcase, radius_7_is_a_kernel_of_15);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("setUseOptimized(false)");
    tcase_add_checked_fixture(tcase, unoptimised, as_installed);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, methods_agree_everywhere, 0, SETTINGS / 2); /* sigma 2, as the tutorial has it */
    suite_add_tcase(suite, tcase);
    return suite;
}

} // namespace

int main()
{
    return run_suite(suite());
}
