/* SPDX-License-Identifier: Apache-2.0
 * The patch and the blur against cv::GaussianBlur of the whole map, for a lit pixel: 0 differing bits under
 * CVH_ARITHMETIC_OPENCV, whatever the kind of the OpenCV that runs, and for the blur. CVH_ARITHMETIC_PORTABLE has OpenCV's bits
 * where each window sees one copy of the pixel, and everywhere if OpenCV is plain; else 4 ULP are allowed at folds, and the
 * measured ones are told. (4 is no law: 8 are allowed in a million cases, and 7 were seen.) An OpenCV that is none of the known
 * kinds is named, with its ULPs; it fails but on the machines of support/unknown.h. */
#include <cstdio>
#include <vector>

#include "support/whole_map.hpp"

namespace
{

struct lit_pixel {
    int rows, cols, x, y;
    cvh_border border;
    cvh_gaussian gaussian;
};

/* How far the portable patch is from OpenCV. */
struct departures {
    std::string sums;                              /* of the OpenCV that runs */
    uint64_t allowed = 0;                          /* ULP, where a window sees two copies */
    uint64_t samples = 0, differing = 0, ulps = 0; /* samples: where a window sees two copies */
};

lit_pixel random_lit_pixel(random_state *random)
{
    lit_pixel lit{};
    lit.rows = random_side(random);
    lit.cols = random_side(random);
    lit.y = edge_biased(random, lit.rows);
    lit.x = edge_biased(random, lit.cols);
    lit.border = static_cast<cvh_border>(random_int(random, CVH_BORDER_CONSTANT, CVH_BORDER_REFLECT_101));
    lit.gaussian = random_gaussian(random);
    return lit;
}

std::string described(const lit_pixel &lit, uint64_t state)
{
    char text[300];
    std::snprintf(text, sizeof text,
                  "%dx%d, pixel x %d y %d, border %d, ksize %gx%g, sigma %.17g, %.17g, peak %.17g (state %llu)", lit.rows,
                  lit.cols, lit.x, lit.y, static_cast<int>(lit.border), lit.gaussian.ksize_x, lit.gaussian.ksize_y,
                  lit.gaussian.sigma_x, lit.gaussian.sigma_y, lit.gaussian.peak, static_cast<unsigned long long>(state));
    return text;
}

/* For each coordinate: whether the window around it sees more than one copy of `lit`. */
std::vector<bool> sees_two(int length, int lit, double ksize, cvh_border border)
{
    std::vector<bool> two(static_cast<size_t>(length));
    int radius = length == 1 && border != CVH_BORDER_CONSTANT ? 0 : static_cast<int>(ksize) / 2;
    for (int at = 0; at < length; at++) {
        int copies = 0;
        for (int q = at - radius; q <= at + radius; q++)
            copies += cv::borderInterpolate(q, length, opencv_border(border)) == lit;
        two[static_cast<size_t>(at)] = copies > 1;
    }
    return two;
}

/* Assertions of Check cost a write each, success included: none stands in the loops over samples. */
template <typename Sample> void compare_exactly(const lit_pixel &lit, uint64_t state, const cv::Mat &expected,
                                                const std::vector<Sample> &actual, const char *name)
{
    for (size_t i = 0; i < actual.size(); i++) {
        Sample whole = expected.at<Sample>(static_cast<int>(i));
        if (actual[i] == whole) continue;
        ck_abort_msg("%s, OpenCV %s: sample %zu: %s %.17g, whole map %.17g", described(lit, state).c_str(),
                     cvh_opencv_arithmetic(), i, name, static_cast<double>(actual[i]), static_cast<double>(whole));
    }
}

template <typename Sample> void compare_portable(const lit_pixel &lit, uint64_t state, const cv::Mat &expected,
                                                 const std::vector<Sample> &patch, departures *departed)
{
    bool known = departed->sums != "unknown";
    std::vector<bool> two_x = sees_two(lit.cols, lit.x, lit.gaussian.ksize_x, lit.border);
    std::vector<bool> two_y = sees_two(lit.rows, lit.y, lit.gaussian.ksize_y, lit.border);
    for (int y = 0; y < lit.rows; y++)
        for (int x = 0; x < lit.cols; x++) {
            Sample ours = patch[static_cast<size_t>(y * lit.cols + x)], theirs = expected.at<Sample>(y, x);
            uint64_t ulps = ulps_between(ours, theirs);
            bool two = two_x[static_cast<size_t>(x)] || two_y[static_cast<size_t>(y)];
            if (known && ulps > (two ? departed->allowed : 0))
                ck_abort_msg("%s: x %d y %d: portable patch %.17g, OpenCV %.17g, %llu ULP", described(lit, state).c_str(), x, y,
                             static_cast<double>(ours), static_cast<double>(theirs), static_cast<unsigned long long>(ulps));
            departed->samples += two;
            departed->differing += ulps != 0;
            departed->ulps = ulps > departed->ulps ? ulps : departed->ulps;
        }
}

template <typename Sample>
void draw(cvh_method_fn method, const lit_pixel &lit, uint64_t state, cvh_arithmetic arithmetic, std::vector<Sample> *samples)
{
    samples->assign(static_cast<size_t>(lit.rows * lit.cols), Sample(-1));
    cvh_maps maps = cvh_maps_view(samples->data(), 1, lit.rows, lit.cols, depth_of<Sample>);
    cvh_keypoint point{};
    point.x = lit.x;
    point.y = lit.y;
    cvh_convention convention{};
    convention.gaussian = lit.gaussian;
    convention.border = lit.border;
    convention.norm = CVH_NORM_KERNEL;
    convention.arithmetic = arithmetic;
    if (method(&maps, &point, 1, &convention)) ck_abort_msg("%s: %s", described(lit, state).c_str(), cvh_last_error());
}

template <typename Sample> void check_lit_pixel(random_state *random, departures *departed)
{
    uint64_t state = random->state;
    lit_pixel lit = random_lit_pixel(random);
    cv::Mat map = cv::Mat::zeros(lit.rows, lit.cols, depth_of<Sample>);
    map.at<Sample>(lit.y, lit.x) = static_cast<Sample>(lit.gaussian.peak);
    cv::Mat expected = whole_map(map, lit.gaussian, lit.border);

    std::vector<Sample> drawn;
    draw(cvh_blur, lit, state, CVH_ARITHMETIC_PORTABLE, &drawn);
    compare_exactly(lit, state, expected, drawn, "blur");
    draw(cvh_patch, lit, state, CVH_ARITHMETIC_PORTABLE, &drawn);
    compare_portable(lit, state, expected, drawn, departed);
    if (departed->sums == "unknown") return;
    draw(cvh_patch, lit, state, CVH_ARITHMETIC_OPENCV, &drawn);
    compare_exactly(lit, state, expected, drawn, "patch");
}

template <typename Sample> void check_lit_pixels(uint64_t seed, int cases, uint64_t allowed)
{
    random_state random = random_start(seed);
    departures departed;
    departed.sums = opencv_sums(depth_of<Sample>);
    departed.allowed = departed.sums == "plain" ? 0 : allowed;
    for (int i = 0; i < cases; i++) check_lit_pixel<Sample>(&random, &departed);
    std::printf("OpenCV %s, %s %s: portable sums differ in %llu of %llu samples whose window sees two copies, by at most %llu "
                "ULP\n",
                cvh_opencv_version(), depth_of<Sample> == CVH_32F ? "32F" : "64F", departed.sums.c_str(),
                static_cast<unsigned long long>(departed.differing), static_cast<unsigned long long>(departed.samples),
                static_cast<unsigned long long>(departed.ulps));
    fail_where_unknown(depth_of<Sample>);
}

START_TEST(lit_pixel_32f)
{
    check_lit_pixels<float>(1, 20000, 4);
}
END_TEST

START_TEST(lit_pixel_64f)
{
    check_lit_pixels<double>(2, 20000, 4);
}
END_TEST

START_TEST(million_lit_pixels_32f)
{
    check_lit_pixels<float>(3, 1000000, 8);
}
END_TEST

START_TEST(million_lit_pixels_64f)
{
    check_lit_pixels<double>(4, 1000000, 8);
}
END_TEST

/* Several keypoints: the patch adds finished patches, OpenCV filters the sum. The distance is counted in ULP of the largest
 * sample, at most 4 + K/8 for K keypoints, twice that after rescaling. That is so on maps which hold a window, whether the
 * keypoints are spread or crowd 7 x 7 pixels. On maps of a few pixels it is not: 1000 keypoints on one pixel add the same
 * rounding 1000 times (188 ULP measured), and in a 5x5 map under a reflected window of 31 three keypoints are seen 115 times
 * (5 ULP measured). */
template <typename Sample> void check_crowd(random_state *random, cvh_norm norm, int crowd)
{
    uint64_t state = random->state;
    lit_pixel lit = random_lit_pixel(random);
    lit.rows += 31;
    lit.cols += 31;
    bool clustered = random_int(random, 0, 1);
    if (norm == CVH_NORM_KERNEL) lit.gaussian.peak = 1;
    std::vector<cvh_keypoint> points(static_cast<size_t>(crowd));
    for (cvh_keypoint &point : points) {
        point = cvh_keypoint{};
        point.x = clustered ? lit.x + random_int(random, -3, 3) : random_int(random, 0, lit.cols - 1);
        point.y = clustered ? lit.y + random_int(random, -3, 3) : random_int(random, 0, lit.rows - 1);
    }
    std::vector<Sample> samples[2];
    cvh_convention convention{};
    convention.gaussian = lit.gaussian;
    convention.border = lit.border;
    convention.norm = norm;
    convention.overlap = CVH_OVERLAP_ADD;
    const cvh_method_fn methods[2] = {cvh_patch, cvh_blur};
    for (int i = 0; i < 2; i++) {
        samples[i].assign(static_cast<size_t>(lit.rows * lit.cols), Sample(-1));
        cvh_maps maps = cvh_maps_view(samples[i].data(), 1, lit.rows, lit.cols, depth_of<Sample>);
        ck_assert_msg(methods[i](&maps, points.data(), points.size(), &convention) == CVH_OK, "%s", cvh_last_error());
    }
    Sample peak = 0;
    for (Sample each : samples[1]) peak = each > peak ? each : peak;
    double ulp = static_cast<double>(std::nextafter(peak, Sample(HUGE_VAL)) - peak), worst = 0;
    for (size_t i = 0; i < samples[0].size(); i++)
        worst = std::fmax(worst, std::fabs(static_cast<double>(samples[0][i] - samples[1][i])) / ulp);
    double allowed = (4 + crowd / 8.0) * (norm == CVH_NORM_MAX ? 2 : 1);
    if (worst > allowed)
        ck_abort_msg("%d keypoints, norm %d, %s: %g ULP of the peak, %g allowed", crowd, static_cast<int>(norm),
                     described(lit, state).c_str(), worst, allowed);
}

START_TEST(crowds_add_up)
{
    random_state random = random_start(5);
    for (int i = 0; i < 1500; i++) {
        int crowd = i % 3 ? random_int(&random, 2, 30) : random_int(&random, 30, 400);
        check_crowd<float>(&random, CVH_NORM_KERNEL, crowd);
        check_crowd<double>(&random, CVH_NORM_KERNEL, crowd);
        check_crowd<float>(&random, CVH_NORM_MAX, crowd);
        check_crowd<double>(&random, CVH_NORM_MAX, crowd);
    }
}
END_TEST

Suite *suite()
{
    Suite *suite = suite_in_both_modes("twin", 600, {lit_pixel_32f, lit_pixel_64f, crowds_add_up});
    TCase *tcase = tcase_create("a million");
    tcase_set_tags(tcase, "long");
    tcase_set_timeout(tcase, 7200);
    tcase_add_test(tcase, million_lit_pixels_32f);
    tcase_add_test(tcase, million_lit_pixels_64f);
    suite_add_tcase(suite, tcase);
    return suite;
}

} // namespace

int main()
{
    return run_suite(suite());
}
