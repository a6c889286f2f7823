/* SPDX-License-Identifier: Apache-2.0
 * cv::resize with INTER_LINEAR, of 8 bits, in C. */
#ifndef CVH_LIB_RESIZE_H
#define CVH_LIB_RESIZE_H

#include "cvheatmap.h"

/* Checked views of one count, 8U: the whole of `photo` onto the whole of `input`. */
void cvh_resize8u(const cvh_maps *photo, const cvh_maps *input);

#endif
