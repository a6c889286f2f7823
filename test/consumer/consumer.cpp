// SPDX-License-Identifier: Apache-2.0
// A C++ program that uses OpenCV itself, by the installed cvheatmap.hpp.
#include <cvheatmap.hpp>

int main()
{
    cv::Mat heatmap(64, 48, CV_32F);
    const cvh_maps maps = cvh::maps_of(heatmap);
    cvh_keypoint point = {};
    point.x = 24, point.y = 32;
    cvh_convention convention = {};
    convention.gaussian.sigma_x = 2;
    return cvh_patch(&maps, &point, 1, &convention) == CVH_OK && heatmap.at<float>(32, 24) == 1 ? 0 : 1;
}
