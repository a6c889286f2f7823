/* SPDX-License-Identifier: Apache-2.0
 * How cv::GaussianBlur adds up its products (imgproc, filter.simd.hpp). Where a window sees one copy of a lit pixel there is
 * nothing to add, and every OpenCV has the same bits. Where it sees two, the bits depend on whether the compiler that built
 * OpenCV fused a multiplication and the addition behind it, and in which loops. Three kinds are known:
 *     PLAIN           every product and every sum is rounded: without AVX2, or with cv::setUseOptimized(false)
 *     FUSED           fma everywhere: gcc up to 12 with AVX2, and arm64
 *     FUSED_VECTORS   32F alone: fma in the loops over vectors, plain in the columns that are left over: gcc 13 and newer */
#ifndef CVH_LIB_ARITHMETIC_H
#define CVH_LIB_ARITHMETIC_H

#include "cvheatmap.h"

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
