/* SPDX-License-Identifier: Apache-2.0
 * What norms MAX and CENTRE do to what was drawn. */
#ifndef CVH_LIB_RESCALE_H
#define CVH_LIB_RESCALE_H

#include "base/maps.h"

/* Divides the samples of a box by (their maximum / peak), or by (the sample at row, col / peak), in the map's depth; leaves
 * them as they are where that is not positive or makes one of them infinite. */
void cvh_rescale_maximum(const cvh_maps *view, int map, const cvh_box *box, double peak);

void cvh_rescale_sample(const cvh_maps *view, int map, const cvh_box *box, int row, int col, double peak);

#endif
