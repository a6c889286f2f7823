/* SPDX-License-Identifier: Apache-2.0
 * NumPy files, for arrays that are written slice by slice and never held. */
#ifndef CVHEATMAP_TOOL_NPY_H
#define CVHEATMAP_TOOL_NPY_H

#include "output/output.h"

/* Writes the .npy header, format 1.0, of an array of 1 to 4 dimensions in C order, little-endian as cvh_npy_save writes it;
 * the samples follow by npy_write. `type` is NumPy's: f4, f8, u1, ... */
int npy_write_header(output *out, const uint64_t *shape, int dimensions, const char *type);

/* Writes samples of that depth, little-endian whatever this machine's order is. */
int npy_write(output *out, const void *samples, size_t bytes, cvh_depth depth);

#endif
