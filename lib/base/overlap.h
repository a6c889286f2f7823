/* SPDX-License-Identifier: Apache-2.0
 * Whether two views share memory. */
#ifndef CVH_LIB_OVERLAP_H
#define CVH_LIB_OVERLAP_H

#include <stdbool.h>

#include "cvheatmap.h"

/* Of checked views: the same samples in the same places; and no byte between their first and last sample in common. */
bool cvh_maps_same(const cvh_maps *a, const cvh_maps *b);
bool cvh_maps_apart(const cvh_maps *a, const cvh_maps *b);

#endif
