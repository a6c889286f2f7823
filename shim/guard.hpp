/* SPDX-License-Identifier: Apache-2.0
 * What keeps exceptions on the C++ side. A header of its own, so that the tests can throw through it. */
#ifndef CVH_SHIM_GUARD_HPP
#define CVH_SHIM_GUARD_HPP

#include <cstdio>
#include <exception>
#include <new>

#include <opencv2/core.hpp>

#include "shim.h"

namespace cvh_shim
{

/* The only place that catches. Every entry point that can throw runs its work in here; the text is copied, because
 * what() dies with the exception. */
template <typename Work> cvh_shim_result guarded(char *message, size_t size, Work work) noexcept
{
    try {
        work();
        return CVH_SHIM_OK;
    } catch (const cv::Exception &error) {
        std::snprintf(message, size, "%s", error.what());
        return error.code == cv::Error::StsNoMem ? CVH_SHIM_MEMORY : CVH_SHIM_OPENCV;
    } catch (const std::bad_alloc &) {
        std::snprintf(message, size, "std::bad_alloc");
        return CVH_SHIM_MEMORY;
    } catch (const std::exception &error) {
        std::snprintf(message, size, "%s", error.what());
    } catch (...) {
        std::snprintf(message, size, "an exception that is not a std::exception");
    }
    return CVH_SHIM_OPENCV;
}

} // namespace cvh_shim

#endif
