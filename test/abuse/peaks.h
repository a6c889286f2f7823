/* SPDX-License-Identifier: Apache-2.0
 * The functions that compare peaks, abused. */
#ifndef CVH_TEST_ABUSE_PEAKS_H
#define CVH_TEST_ABUSE_PEAKS_H

void abuse_cvh_compare_peaks(void);
void abuse_cvh_crosscheck_decode(void);
void abuse_cvh_slip_text(void);

#endif
