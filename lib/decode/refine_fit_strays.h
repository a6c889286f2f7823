/* SPDX-License-Identifier: Apache-2.0
 * Samples of a window that belong to something else than the peak. */
#ifndef CVH_LIB_REFINE_FIT_STRAYS_H
#define CVH_LIB_REFINE_FIT_STRAYS_H

#include "decode/refine_fit_rest.h"

/* Leaves out of the window what stands above the `rest` that its fit leaves over; returns how many samples that were. None
 * where some stand as far below, as those of another shape do. Of windows without a ceiling. */
int cvh_fit_leave_out_strays(cvh_fit_window *window, const cvh_fit_rest *rest);

#endif
