/* SPDX-License-Identifier: Apache-2.0
 * The taps against cv::getGaussianKernel, bit for bit, and the rules by which ksize and sigma follow from each other. */
#include <vector>

#include "support/whole_map.hpp"

namespace
{

template <typename Sample> int differing_taps(int ksize, double sigma, double given_ksize)
{
    cv::Mat expected = cv::getGaussianKernel(ksize, sigma, depth_of<Sample>);
    std::vector<Sample> taps(static_cast<size_t>(ksize) + 2, Sample(-1));
    ck_assert_msg(cvh_gaussian_kernel(given_ksize, sigma, depth_of<Sample>, &taps[1]) == CVH_OK, "ksize %g sigma %g: %s",
                  given_ksize, sigma, cvh_last_error());
    ck_assert_msg(taps.front() == Sample(-1) && taps.back() == Sample(-1), "ksize %d sigma %g: written beside the taps", ksize,
                  sigma);
    int differing = 0;
    for (int i = 0; i < ksize; i++)
        differing += std::memcmp(&expected.at<Sample>(i), &taps[static_cast<size_t>(i) + 1], sizeof(Sample)) != 0;
    return differing;
}

void both_depths_agree(int ksize, double sigma, double given_ksize)
{
    int in_32f = differing_taps<float>(ksize, sigma, given_ksize), in_64f = differing_taps<double>(ksize, sigma, given_ksize);
    ck_assert_msg(in_32f == 0 && in_64f == 0, "ksize %d sigma %.17g: %d float and %d double taps differ from OpenCV's", ksize,
                  sigma, in_32f, in_64f);
}

/* 500 sigmas, evenly spaced in their logarithm, 1e-3..1e3. */
double sigma_of(int index)
{
    return std::pow(10, -3 + 6.0 * index / 499);
}

START_TEST(every_ksize_and_500_sigmas)
{
    for (int ksize = 1; ksize <= 99; ksize += 2)
        for (int i = 0; i < 500; i++) both_depths_agree(ksize, sigma_of(i), ksize);
}
END_TEST

START_TEST(sigma_0_takes_the_tables_and_the_rule)
{
    for (int ksize = 1; ksize <= 2001; ksize += 2) both_depths_agree(ksize, 0, ksize);
}
END_TEST

START_TEST(sigmas_at_the_ends_of_their_range)
{
    for (double sigma : {1e-6, 1e-5, 1e-4, 0.05, 1e4, 1e5, 1e6})
        for (int ksize : {1, 3, 5, 7, 9, 11, 31, 255}) both_depths_agree(ksize, sigma, ksize);
    both_depths_agree(CVH_MAX_KSIZE, 0, CVH_MAX_KSIZE);
    both_depths_agree(CVH_MAX_KSIZE, 4095, CVH_MAX_KSIZE);
}
END_TEST

/* The window that cv::GaussianBlur itself chooses: as wide as its response to a lit pixel where sigma lets no tap vanish. */
START_TEST(ksize_0_is_opencvs_automatic_window)
{
    for (int i = 0; i < 500; i++) {
        double sigma = 0.3 * std::pow(20 / 0.3, i / 499.0);
        int ksize = static_cast<int>(cvh_ksize_from_sigma(sigma)), size = 2 * ksize + 1;
        cv::Mat lit = cv::Mat::zeros(1, size, CV_64F), blurred;
        lit.at<double>(0, ksize) = 1;
        cv::GaussianBlur(lit, blurred, cv::Size(0, 1), sigma, sigma, cv::BORDER_CONSTANT);
        ck_assert_msg(cv::countNonZero(blurred) == ksize, "sigma %.17g: the rule says %d, OpenCV takes %d", sigma, ksize,
                      cv::countNonZero(blurred));
        both_depths_agree(ksize, sigma, 0);
    }
}
END_TEST

/* OpenCV's source: cvRound(sigma * 4 * 2 + 1) | 1, ties to even. At 8 sigma + 1 = 2.5, 4.5, 5.5, 6.5. */
START_TEST(ksize_rule_rounds_ties_to_even)
{
    const struct {
        double sigma, ksize;
    } cases[] = {{0.1875, 3}, {0.4375, 5}, {0.5625, 7}, {0.6875, 7}, {0.3, 3}, {2, 17}, {3, 25}, {10, 81}, {1e-6, 1}};
    for (const auto &each : cases)
        ck_assert_msg(cvh_ksize_from_sigma(each.sigma) == each.ksize, "sigma %g: %g, expected %g", each.sigma,
                      cvh_ksize_from_sigma(each.sigma), each.ksize);
}
END_TEST

START_TEST(rules_are_nan_out_of_range)
{
    for (double wrong : {0.0, -1.0, -HUGE_VAL, HUGE_VAL, std::nan("")}) {
        ck_assert_msg(std::isnan(cvh_ksize_from_sigma(wrong)), "ksize from sigma %g", wrong);
        ck_assert_msg(std::isnan(cvh_sigma_from_ksize(wrong)), "sigma from ksize %g", wrong);
    }
    for (double wide : {4096.0, 1e6, 1e300}) ck_assert_msg(std::isnan(cvh_ksize_from_sigma(wide)), "ksize from sigma %g", wide);
    for (double wide : {32768.0, 1e9 + 1, 1e300}) ck_assert_msg(std::isnan(cvh_sigma_from_ksize(wide)), "ksize %g", wide);
    ck_assert_double_eq(cvh_ksize_from_sigma(4095), 32761);
    ck_assert_double_eq(cvh_sigma_from_ksize(15), std::fma(15, 0.15, 0.35));
}
END_TEST

Suite *suite()
{
    Suite *suite = suite_create("kernel");
    TCase *tcase = tcase_create("kernel");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, every_ksize_and_500_sigmas);
    tcase_add_test(tcase, sigma_0_takes_the_tables_and_the_rule);
    tcase_add_test(tcase, sigmas_at_the_ends_of_their_range);
    tcase_add_test(tcase, ksize_0_is_opencvs_automatic_window);
    tcase_add_test(tcase, ksize_rule_rounds_ties_to_even);
    tcase_add_test(tcase, rules_are_nan_out_of_range);
    suite_add_tcase(suite, tcase);
    return suite;
}

} // namespace

int main()
{
    return run_suite(suite());
}
