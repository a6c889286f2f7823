/* SPDX-License-Identifier: Apache-2.0
 * The sizes that a convention was fitted for. */
#ifndef CVH_LIB_FIT_H
#define CVH_LIB_FIT_H

#include "cvheatmap.h"

/* Refuses maps, by the name of the argument, of another size than `convention` was fitted for: its scale, offset and sigma are
 * those of that size. */
cvh_status cvh_fit_check(const char *argument, const cvh_convention *convention, const cvh_maps *view);

#endif
