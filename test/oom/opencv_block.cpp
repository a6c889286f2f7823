/* SPDX-License-Identifier: Apache-2.0 */
#include <opencv2/core.hpp>

/* cv::Mat::create allocates the samples, then this; OpenCV (4.6, StdMatAllocator::allocate) loses the first where the second
 * fails. A constant: no C++ runtime comes with it. */
extern "C" const size_t opencv_block_size;
const size_t opencv_block_size = sizeof(cv::UMatData);
