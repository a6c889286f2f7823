/* SPDX-License-Identifier: Apache-2.0
 * The abuse of the functions that take offset maps. */
#ifndef CVH_TEST_ABUSE_OFFSETS_H
#define CVH_TEST_ABUSE_OFFSETS_H

void abuse_cvh_encode_offsets(void);
void abuse_cvh_decode_offsets(void);
void abuse_cvh_find_peaks_offsets(void);

#endif
