/* SPDX-License-Identifier: Apache-2.0 */
#include "unknown.h"

#include <string.h>

#if defined(__i386__)
enum { MAY_BE_UNKNOWN = 1 };
#else
enum { MAY_BE_UNKNOWN = 0 };
#endif

bool opencv_is_unknown(cvh_status status)
{
    if (!MAY_BE_UNKNOWN || status != CVH_ERR_OPENCV) return false;
    const char *said = cvh_last_error();
    bool named = strstr(said, "adds up in none of the known ways; CVH_ARITHMETIC_PORTABLE does not depend on it")
                 || strstr(said, "warps a picture in a way that cvh_warp_native does not know");
    return named && strstr(said, cvh_opencv_version());
}

bool sums_are_unknown(void)
{
    return MAY_BE_UNKNOWN && strcmp(cvh_opencv_arithmetic(), "unknown") == 0;
}
