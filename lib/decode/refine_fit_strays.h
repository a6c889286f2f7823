/* SPDX-License-Identifier: Apache-2.0
 * Samples of a window that belong to something else than the peak. */
#ifndef CVH_LIB_REFINE_FIT_STRAYS_H
#define CVH_LIB_REFINE_FIT_STRAYS_H

#include "decode/refine_fit_rest.h"

/* Leaves out of the window what stands above the `rest` that its fit leaves over, if it makes up more than the part `least` of
 * the squares. False where nothing does, or where one of the samples at the peak's own top would be left out. There is no
 * ceiling. */
bool cvh_fit_leave_out_strays(cvh_fit_window *window, const cvh_fit_rest *rest, double least);

#endif
