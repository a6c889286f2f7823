/* SPDX-License-Identifier: Apache-2.0
 * The samples of a view in their own order (map, row, column), whatever its steps are. */
#ifndef CVH_LIB_SAMPLES_H
#define CVH_LIB_SAMPLES_H

#include "cvheatmap.h"

/* Views here are checked ones. */

uint64_t cvh_sample_count(const cvh_maps *view);

/* Copies `count` samples of 1, 2, 4 or 8 bytes to other memory. */
void cvh_copy_run(const void *from, size_t from_step, size_t size, size_t count, void *to, size_t to_step);

/* Samples first..first+count-1, side by side: in the view itself where it is packed, else copied to `buffer`, which holds
 * `count` samples and is aligned as they are. */
const void *cvh_samples_in_order(const cvh_maps *view, uint64_t first, size_t count, void *buffer);

#endif
