/* SPDX-License-Identifier: Apache-2.0 */
#include "shim.h"

#include <opencv2/imgproc.hpp>

#include "guard.hpp"

namespace
{

cv::Mat view(const cvh_shim_image &image)
{
    return cv::Mat(image.rows, image.cols, CV_MAKETYPE(image.depth, 1), image.data, image.step);
}

} // namespace

cvh_shim_result cvh_shim_gaussian_blur(const cvh_shim_image *source, const cvh_shim_image *target, const cvh_shim_blur *blur,
                                       char *message, size_t size) noexcept
{
    return cvh_shim::guarded(message, size, [=] {
        const cv::Rect region(blur->x, blur->y, blur->width, blur->height);
        const cv::Mat from = view(*source)(region);
        cv::Mat to = view(*target)(region);
        const void *const expected = to.data;
        cv::GaussianBlur(from, to, cv::Size(blur->ksize_x, blur->ksize_y), blur->sigma_x, blur->sigma_y, blur->border
#if CV_VERSION_MAJOR > 4 || (CV_VERSION_MAJOR == 4 && CV_VERSION_MINOR >= 11)
                         ,
                         cv::ALGO_HINT_ACCURATE
#endif
        );
        /* OpenCV reallocates an output of another size or type without a word; ours must not be left behind. */
        CV_Assert(to.data == expected); /* GCOVR_EXCL_BR_LINE: no OpenCV that we know does that here */
    });
}

/* A literal, so that nothing is allocated or kept: the library's soname fixes major and minor, and a revision other than the
 * headers' is told, not hidden. */
const char *cvh_shim_opencv_version(void) noexcept
{
    /* GCOVR_EXCL_BR_START: the tests run with one OpenCV, that of the headers */
    const bool same = cv::getVersionMajor() == CV_VERSION_MAJOR && cv::getVersionMinor() == CV_VERSION_MINOR
                      && cv::getVersionRevision() == CV_VERSION_REVISION;
    /* GCOVR_EXCL_BR_STOP */
    return same ? CV_VERSION : CV_VERSION " (headers; the library is of another release)";
}
