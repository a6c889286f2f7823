/* SPDX-License-Identifier: Apache-2.0
 * What a comparison needs beside its maps. */
#ifndef CVH_LIB_COMPARE_H
#define CVH_LIB_COMPARE_H

#include "cvheatmap.h"

/* Checks a tolerance (NULL: exact) and a report as cvh_compare takes them. */
cvh_status cvh_compare_check(const cvh_tolerance *tolerance, const cvh_report *report);

#endif
