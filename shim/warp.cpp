/* SPDX-License-Identifier: Apache-2.0 */
#include "warp.h"

#include <opencv2/imgproc.hpp>

#include "guard.hpp"

namespace
{

cv::Mat view(const cvh_shim_image &image, int channels)
{
    return cv::Mat(image.rows, image.cols, CV_MAKETYPE(image.depth, channels), image.data, image.step);
}

} // namespace

cvh_shim_result cvh_shim_warp_affine(const cvh_shim_image *source, const cvh_shim_image *target, int channels,
                                     const double matrix[6], double outside, char *message, size_t size) noexcept
{
    return cvh_shim::guarded(message, size, [=] {
        const cv::Mat from = view(*source, channels);
        cv::Mat to = view(*target, channels);
        const void *const expected = to.data;
        const cv::Mat map(2, 3, CV_64F, const_cast<double *>(matrix));
        cv::warpAffine(from, to, map, to.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar::all(outside));
        /* OpenCV reallocates an output of another size or type without a word; ours must not be left behind. */
        CV_Assert(to.data == expected); /* GCOVR_EXCL_BR_LINE: no OpenCV that we know does that here */
    });
}

int cvh_shim_warp_present(void) noexcept
{
    return 1;
}
