/* SPDX-License-Identifier: Apache-2.0
 * How the library reports failure: a status returned, and this thread's text. */
#ifndef CVH_LIB_STATUS_H
#define CVH_LIB_STATUS_H

#include "cvheatmap.h"

#if defined(__MINGW32__) && !defined(__clang__)
#  define CVH_PRINTF(text, values)                                                                                             \
    __attribute__((format(gnu_printf, text, values), cold)) /* as __USE_MINGW_ANSI_STDIO prints */
#elif defined(__GNUC__)
#  define CVH_PRINTF(text, values) __attribute__((format(printf, text, values), cold))
#else
#  define CVH_PRINTF(text, values)
#endif

/* Keeps the formatted text as this thread's cvh_last_error(). Never allocates. */
void cvh_tell(const char *format, ...) CVH_PRINTF(1, 2);

/* Tells, and is `status`, so that a check is one line:
 *     if (!points) return cvh_fail(CVH_ERR_ARGUMENT, "points is NULL; with count %zu it must not be", count);
 * Texts name the argument, its value, the allowed range. A macro, so that who reads a caller sees that it fails. */
#define cvh_fail(status, ...) (cvh_tell(__VA_ARGS__), (status))

#endif
