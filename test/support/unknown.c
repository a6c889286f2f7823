/* SPDX-License-Identifier: Apache-2.0 */
#include "unknown.h"

#include <string.h>

bool opencv_may_be_unknown(void)
{
#if defined(__i386__)
    return true;
#else
    return false;
#endif
}

bool opencv_is_unknown(cvh_status status)
{
    if (!opencv_may_be_unknown() || status != CVH_ERR_OPENCV) return false;
    const char *said = cvh_last_error();
    bool named = strstr(said, "adds up in none of the known ways; CVH_ARITHMETIC_PORTABLE does not depend on it")
                 || strstr(said, "warps a picture in a way that cvh_warp_native does not know");
    return named && strstr(said, cvh_opencv_version());
}

bool sums_are_unknown(void)
{
    return opencv_may_be_unknown() && strcmp(cvh_opencv_arithmetic(), "unknown") == 0;
}
