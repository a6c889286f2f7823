/* SPDX-License-Identifier: Apache-2.0
 * The abuse of SimCC's functions. */
#ifndef CVH_TEST_ABUSE_SIMCC_H
#define CVH_TEST_ABUSE_SIMCC_H

void abuse_cvh_simcc_find(void);
void abuse_cvh_simcc_name(void);
void abuse_cvh_simcc_encode(void);
void abuse_cvh_simcc_decode(void);
void abuse_cvh_crosscheck_simcc(void);
void abuse_cvh_crosscheck_simcc_decode(void);

#endif
