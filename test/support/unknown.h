/* SPDX-License-Identifier: Apache-2.0
 * An OpenCV whose arithmetic is none of the kinds that the library knows. Debian's for i386 is one: its scalar code computes in
 * x87, whose rounding follows the compiler's choice of what stays in a register. What needs OpenCV's own bits declines there,
 * and the tests report that instead of failing. On any other machine such an OpenCV is a failure. */
#ifndef CVH_TEST_UNKNOWN_H
#define CVH_TEST_UNKNOWN_H

#include <stdbool.h>

#include "cvheatmap.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether it is one of these machines. */
bool opencv_may_be_unknown(void);

/* Whether the call that returned `status` last declined for that reason, by a message that names OpenCV and its arithmetic. */
bool opencv_is_unknown(cvh_status status);

/* Whether cvh_opencv_arithmetic says so of both depths. */
bool sums_are_unknown(void);

#ifdef __cplusplus
}
#endif

#endif
