/* SPDX-License-Identifier: Apache-2.0
 * Rows as columns: what turns channels last into channels first, and back. */
#ifndef CVH_LIB_TRANSPOSE_H
#define CVH_LIB_TRANSPOSE_H

#include <stddef.h>

/* Samples of 4 bytes: to[col][row] = from[row][col]. Rows of `from` are from_step bytes apart, those of `to` (its columns)
 * to_step; within a row samples lie side by side on both sides. The two share no memory. */
void cvh_transpose_words(const void *from, size_t from_step, void *to, size_t to_step, size_t rows, size_t cols);

#endif
