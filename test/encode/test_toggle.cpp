/* SPDX-License-Identifier: Apache-2.0
 * cv::setUseOptimized switched while the process runs, on, off and on again: each call follows the OpenCV of that moment, and
 * none what an earlier one found. What is remembered between calls shows here alone, since every other suite switches before
 * the first call of a process. */
#include <cstdio>
#include <string>
#include <vector>

#include "support/whole_map.hpp"

namespace
{

enum { ROWS = 33, COLS = 29 };

template <typename Sample> std::vector<Sample> drawn(cvh_method method, cvh_border border, int x, int y)
{
    std::vector<Sample> samples(ROWS * COLS);
    cvh_maps maps = cvh_maps_view(samples.data(), 1, ROWS, COLS, depth_of<Sample>);
    cvh_keypoint point{};
    point.x = x;
    point.y = y;
    cvh_convention convention{};
    convention.method = method;
    convention.gaussian.sigma_x = 6;
    convention.gaussian.ksize_x = 21;
    convention.norm = CVH_NORM_KERNEL;
    convention.border = border;
    convention.arithmetic = CVH_ARITHMETIC_OPENCV;
    if (cvh_encode(&maps, &point, 1, &convention, nullptr))
        ck_abort_msg("%s, method %d: %s", cvh_opencv_arithmetic(), static_cast<int>(method), cvh_last_error());
    return samples;
}

/* Everything that is drawn in one mode, at folds and between them; both methods are the same bits. */
template <typename Sample> std::vector<Sample> drawn_everywhere()
{
    std::vector<Sample> all;
    for (int at = 0; at < ROWS * COLS; at += 3)
        for (int border = CVH_BORDER_CONSTANT; border <= CVH_BORDER_REFLECT_101; border++) {
            const cvh_border each = static_cast<cvh_border>(border);
            std::vector<Sample> blur = drawn<Sample>(CVH_METHOD_BLUR, each, at % COLS, at / COLS);
            std::vector<Sample> patch = drawn<Sample>(CVH_METHOD_PATCH, each, at % COLS, at / COLS);
            for (size_t i = 0; i < blur.size(); i++)
                if (blur[i] != patch[i])
                    ck_abort_msg("OpenCV %s, border %d, x %d y %d, sample %zu: blur %.17g, patch %.17g",
                                 cvh_opencv_arithmetic(), border, at % COLS, at / COLS, i, static_cast<double>(blur[i]),
                                 static_cast<double>(patch[i]));
            all.insert(all.end(), blur.begin(), blur.end());
        }
    return all;
}

/* A mode that the process was in before has its bits and its name again. Two modes that differ in OpenCV's bits have two names,
 * and two of one name the same bits: that is asked of OpenCV's blur and not of the CPU. */
template <typename Sample> void check_toggled()
{
    if (opencv_sums(depth_of<Sample>) == "unknown") {
        fail_where_unknown(depth_of<Sample>);
        return;
    }
    std::string name[2];
    std::vector<Sample> bits[2];
    for (int turn = 0; turn < 5; turn++) {
        const bool optimised = turn % 2 == 0;
        cv::setUseOptimized(optimised);
        const std::string sums = opencv_sums(depth_of<Sample>);
        std::vector<Sample> now = drawn_everywhere<Sample>();
        ck_assert_msg(turn < 2 || sums == name[optimised], "turn %d: \"%s\", before \"%s\"", turn, sums.c_str(),
                      name[optimised].c_str());
        ck_assert_msg(turn < 2 || now == bits[optimised], "turn %d, %s: other bits than before", turn, sums.c_str());
        name[optimised] = sums;
        bits[optimised] = now;
    }
    cv::setUseOptimized(true);
    ck_assert_msg((name[0] == name[1]) == (bits[0] == bits[1]), "\"%s\" off, \"%s\" on, whose bits %s", name[0].c_str(),
                  name[1].c_str(), bits[0] == bits[1] ? "are the same" : "differ");
    std::printf("%s: %s; setUseOptimized(false): %s\n", depth_of<Sample> == CVH_32F ? "32F" : "64F", name[1].c_str(),
                name[0].c_str());
}

START_TEST(each_call_follows_32f)
{
    check_toggled<float>();
}
END_TEST

START_TEST(each_call_follows_64f)
{
    check_toggled<double>();
}
END_TEST

Suite *suite()
{
    Suite *suite = suite_create("toggle");
    TCase *tcase = tcase_create("on, off, on");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, each_call_follows_32f);
    tcase_add_test(tcase, each_call_follows_64f);
    suite_add_tcase(suite, tcase);
    return suite;
}

} // namespace

int main()
{
    return run_suite(suite());
}
