// SPDX-License-Identifier: Apache-2.0
// Somebody else's GoogleTest suite, by the installed cvheatmap_assert.h: what agrees passes, what differs fails with the text.
#include <cvheatmap_assert.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <vector>

#define EXPECT_MAPS_CLOSE(expected, actual, absolute, relative)                                                                \
  do {                                                                                                                         \
    char why[CVH_CHECK_TEXT];                                                                                                  \
    EXPECT_TRUE(cvh_check_close((expected), (actual), (absolute), (relative), __FILE__, __LINE__, why)) << why;                \
  } while (0)

namespace
{

// A nose, and the same one column on.
struct Noses : testing::Test {
    std::vector<float> expected_samples = std::vector<float>(64 * 48), actual_samples = std::vector<float>(64 * 48);
    cvh_maps expected = cvh_maps_view(expected_samples.data(), 1, 64, 48, CVH_32F);
    cvh_maps actual = cvh_maps_view(actual_samples.data(), 1, 64, 48, CVH_32F);

    void draw(const cvh_maps &maps, double x)
    {
        cvh_convention hrnet;
        cvh_keypoint nose{};
        nose.x = x;
        nose.y = 32;
        ASSERT_EQ(cvh_convention_find("hrnet", &hrnet), CVH_OK) << cvh_last_error();
        ASSERT_EQ(cvh_encode(&maps, &nose, 1, &hrnet, nullptr), CVH_OK) << cvh_last_error();
    }
};

TEST_F(Noses, AgreeWithThemselves)
{
    draw(expected, 24);
    draw(actual, 24);
    EXPECT_MAPS_CLOSE(&expected, &actual, 0, 0);
}

TEST_F(Noses, DifferWithTheSlipInWords)
{
    draw(expected, 24);
    draw(actual, 25);
    EXPECT_NONFATAL_FAILURE(EXPECT_MAPS_CLOSE(&expected, &actual, 0, 0), "182 of 3072 samples differ");
    EXPECT_NONFATAL_FAILURE(EXPECT_MAPS_CLOSE(&expected, &actual, 0, 0), "all in rows 26..38, columns 18..31");
    EXPECT_NONFATAL_FAILURE(EXPECT_MAPS_CLOSE(&expected, &actual, 0, 0), "by (1, 0): off by one shift");
}

} // namespace
