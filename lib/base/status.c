/* SPDX-License-Identifier: Apache-2.0 */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

#include "shim/shim.h"

/* The library's only mutable state. */
static _Thread_local char last_error[512];

void cvh_tell(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(last_error, sizeof last_error, format, arguments);
    va_end(arguments);
}

/* In parentheses, since inside the library the name is a macro. */
cvh_status(cvh_fail)(cvh_status status, const char *format, ...)
{
    if (!format) {
        cvh_tell("%s", cvh_status_text((int)status));
        return status;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(last_error, sizeof last_error, format, arguments);
    va_end(arguments);
    return status;
}

const char *cvh_last_error(void)
{
    return last_error;
}

const char *cvh_status_text(int status)
{
    switch (status) {
    case CVH_OK: return "success";
    case CVH_ERR_ARGUMENT: return "invalid argument";
    case CVH_ERR_MEMORY: return "out of memory";
    case CVH_ERR_OPENCV: return "OpenCV raised an exception";
    case CVH_ERR_IO: return "input/output error";
    case CVH_ERR_FORMAT: return "malformed file";
    default: return "unknown status";
    }
}

#define TEXT(number) #number
#define VERSION(major, minor, patch) TEXT(major) "." TEXT(minor) "." TEXT(patch)

const char *cvh_version(void)
{
    return VERSION(CVH_VERSION_MAJOR, CVH_VERSION_MINOR, CVH_VERSION_PATCH);
}

const char *cvh_opencv_version(void)
{
    return cvh_shim_opencv_version();
}
