/* SPDX-License-Identifier: Apache-2.0
 * The largest sample around every pixel of a map. */
#ifndef CVH_LIB_LARGEST_AROUND_H
#define CVH_LIB_LARGEST_AROUND_H

#include "decode/plane.h"

enum { CVH_LARGEST_COLUMNS = 8 };

/* largest[row * cols + col] of the stored samples in the (2 radius + 1)^2 window around (row, col), as far as it lies on the
 * map; NaN counts as -INFINITY. `line` has room for CVH_LARGEST_COLUMNS times the map's longer side. The cost per pixel grows
 * with the logarithm of the radius. */
void cvh_largest_around(const cvh_plane *plane, int radius, double *largest, double *line);

#endif
