/* SPDX-License-Identifier: Apache-2.0
 * What cvh_compare_peaks and cvh_crosscheck_decode check alike. */
#ifndef CVH_LIB_PEAKS_H
#define CVH_LIB_PEAKS_H

#include "cvheatmap.h"

cvh_status cvh_compare_peaks_check(double tolerance, const cvh_peak_report *report);

#endif
