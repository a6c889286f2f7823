/* SPDX-License-Identifier: Apache-2.0
 * The reference of the twin: cv::GaussianBlur of a whole map, called as a user of OpenCV would; and the modes it runs in. */
#ifndef CVH_TEST_WHOLE_MAP_HPP
#define CVH_TEST_WHOLE_MAP_HPP

#include <cmath>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>

#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

#include "support/support.h"
#include "support/unknown.h"

inline int opencv_border(cvh_border border)
{
    static const int borders[] = {cv::BORDER_DEFAULT, cv::BORDER_CONSTANT, cv::BORDER_REPLICATE, cv::BORDER_REFLECT,
                                  cv::BORDER_REFLECT_101};
    return borders[border];
}

/* `border` explicit, ksize finite or 0 for OpenCV's rule. */
inline cv::Mat whole_map(const cv::Mat &lit, const cvh_gaussian &gaussian, cvh_border border)
{
    cv::Mat blurred;
    double ksize_y = gaussian.ksize_y != 0 ? gaussian.ksize_y : gaussian.ksize_x;
    cv::GaussianBlur(lit, blurred, cv::Size(static_cast<int>(gaussian.ksize_x), static_cast<int>(ksize_y)), gaussian.sigma_x,
                     gaussian.sigma_y, opencv_border(border));
    return blurred;
}

/* How the OpenCV that runs adds up in a depth: "plain", "fused", "fused, its tails plain" or "unknown". */
inline std::string opencv_sums(cvh_depth depth)
{
    std::string both = cvh_opencv_arithmetic();
    size_t middle = both.find("; ");
    if (middle == std::string::npos) return both;
    return depth == CVH_32F ? both.substr(4, middle - 4) : both.substr(middle + 6);
}

/* What is known to come in a known kind fails by that name, after what was measured is told. */
inline void fail_where_unknown(cvh_depth depth)
{
    if (opencv_sums(depth) == "unknown" && !opencv_may_be_unknown())
        ck_abort_msg("OpenCV %s adds up in none of the known ways in %s", cvh_opencv_version(), cvh_depth_text(depth));
}

/* Fixtures for a case that runs OpenCV's plain code. */
inline void unoptimised()
{
    cv::setUseOptimized(false);
}

inline void as_installed()
{
    cv::setUseOptimized(true);
}

/* A suite that runs its tests in both modes; `timeout` in seconds, of a test. */
inline Suite *suite_in_both_modes(const char *name, double timeout, std::initializer_list<const TTest *> tests)
{
    Suite *suite = suite_create(name);
    for (bool optimised : {true, false}) {
        TCase *tcase = tcase_create(optimised ? "as installed" : "setUseOptimized(false)");
        if (!optimised) tcase_add_checked_fixture(tcase, unoptimised, as_installed);
        tcase_set_timeout(tcase, timeout);
        for (const TTest *test : tests) tcase_add_test(tcase, test);
        suite_add_tcase(suite, tcase);
    }
    return suite;
}

/* Steps from a to b; 0 for equal values, +0 and -0 included. */
inline uint64_t ulps_between(float a, float b)
{
    int32_t bits[2];
    const float values[2] = {a, b};
    std::memcpy(bits, values, sizeof bits);
    for (int32_t &each : bits) each = each < 0 ? INT32_MIN - each : each;
    return static_cast<uint64_t>(std::llabs(static_cast<long long>(bits[0]) - bits[1]));
}

inline uint64_t ulps_between(double a, double b)
{
    int64_t bits[2];
    const double values[2] = {a, b};
    std::memcpy(bits, values, sizeof bits);
    for (int64_t &each : bits) each = each < 0 ? INT64_MIN - each : each;
    return bits[0] > bits[1] ? static_cast<uint64_t>(bits[0]) - static_cast<uint64_t>(bits[1])
                             : static_cast<uint64_t>(bits[1]) - static_cast<uint64_t>(bits[0]);
}

template <typename Sample> constexpr cvh_depth depth_of = sizeof(Sample) == sizeof(float) ? CVH_32F : CVH_64F;

/* A coordinate 0..size-1, within 8 of an edge two times in three. */
inline int edge_biased(random_state *random, int size)
{
    int from_edge = random_int(random, 0, 8), side = random_int(random, 0, 2);
    int at = side == 0 ? from_edge : side == 1 ? size - 1 - from_edge : random_int(random, 0, size - 1);
    return at < 0 ? 0 : at >= size ? size - 1 : at;
}

/* 1..90, small one time in four, so that maps smaller than their kernel are common. */
inline int random_side(random_state *random)
{
    return random_int(random, 1, random_int(random, 0, 3) ? 90 : 6);
}

/* ksize 1..41, sigma by rule or e^-1..e^3, each different on the two axes. */
inline cvh_gaussian random_gaussian(random_state *random)
{
    cvh_gaussian gaussian{};
    gaussian.ksize_x = 2 * random_int(random, 0, 20) + 1;
    gaussian.ksize_y = 2 * random_int(random, 0, 20) + 1;
    gaussian.sigma_x = random_int(random, 0, 5) ? std::exp(4 * random_real(random) - 1) : 0;
    gaussian.sigma_y = random_int(random, 0, 5) ? std::exp(4 * random_real(random) - 1) : 0;
    gaussian.peak = random_int(random, 0, 2) ? 1 : std::exp(20 * random_real(random) - 10);
    return gaussian;
}

#endif
