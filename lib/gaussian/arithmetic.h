/* SPDX-License-Identifier: Apache-2.0
 * How cv::GaussianBlur adds up its products (imgproc, filter.simd.hpp). Where a window sees one copy of a lit pixel there is
 * nothing to add, and every OpenCV has the same bits. Where it sees two, the bits depend on whether the compiler that built
 * OpenCV fused a multiplication and the addition behind it, and in which loops. Three kinds are known:
 *     PLAIN           every product and every sum is rounded: without AVX2, or with cv::setUseOptimized(false)
 *     FUSED           fma everywhere: gcc up to 12 with AVX2, and arm64
 *     FUSED_VECTORS   32F alone: fma in the loops over vectors, plain in the columns that are left over: gcc 13 and newer */
#ifndef CVH_LIB_ARITHMETIC_H
#define CVH_LIB_ARITHMETIC_H

#include <stdbool.h>

#include "base/border.h"

/* Along an axis of length 1 cv::GaussianBlur takes 1 tap, unless what lies beyond it is 0 (imgproc, smooth.dispatch.cpp). */
static inline bool cvh_takes_one_tap(cvh_border border, int length)
{
    return length == 1 && cvh_border_reflects(border);
}

/* The loops for rows of 3 and 5 floats leave over the last column of an odd width. There the sum starts from the centre, which
 * elsewhere comes second. */
static inline bool cvh_starts_at_centre(int x, int cols)
{
    return x == cols - 1 && cols % 2 == 1;
}

/* Widens columns [*lo, *hi) of a map, so that a blur of them alone sums each as a blur of the whole map does: none changes
 * sides between the loops over vectors and what these leave over. */
void cvh_align_columns(int *lo, int *hi, int cols);

typedef enum cvh_sums { CVH_SUMS_PLAIN = 0, CVH_SUMS_FUSED, CVH_SUMS_FUSED_VECTORS, CVH_SUMS_UNKNOWN } cvh_sums;

/* The columns whose sums are fused, [0, result), of a map of `cols` columns: in the filter along a row, and along a column.
 * Vectors hold eight floats; the loop for 3 and 5 taps along a row leaves over the last column of an odd width, and that for 3
 * taps along a column leaves over none. */
int cvh_fused_along_row(cvh_sums sums, int ksize, int cols);
int cvh_fused_along_column(cvh_sums sums, int ksize, int cols);

/* Finds out how the OpenCV that is installed adds up in this depth, 32F or 64F, by blurring small pictures. It may be another
 * kind at the next call, as cv::setUseOptimized says. Fails with CVH_ERR_MEMORY or CVH_ERR_OPENCV; an OpenCV that is none of
 * the kinds is CVH_ERR_OPENCV too. */
cvh_status cvh_sums_ask(cvh_depth depth, cvh_sums *sums);

#endif
