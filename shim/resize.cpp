/* SPDX-License-Identifier: Apache-2.0 */
#include "resize.h"

#include <opencv2/imgproc.hpp>

#include "guard.hpp"

namespace
{

cv::Mat view(const cvh_shim_image &image)
{
    return cv::Mat(image.rows, image.cols, CV_MAKETYPE(image.depth, 1), image.data, image.step);
}

} // namespace

cvh_shim_result cvh_shim_resize_cubic(const cvh_shim_image *source, const cvh_shim_image *target, char *message,
                                      size_t size) noexcept
{
    return cvh_shim::guarded(message, size, [=] {
        const cv::Mat from = view(*source);
        cv::Mat to = view(*target);
        const void *const expected = to.data;
        cv::resize(from, to, to.size(), 0, 0, cv::INTER_CUBIC);
        /* OpenCV reallocates an output of another size or type without a word; ours must not be left behind. */
        CV_Assert(to.data == expected); /* GCOVR_EXCL_BR_LINE: no OpenCV that we know does that here */
    });
}
