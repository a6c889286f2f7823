/* SPDX-License-Identifier: Apache-2.0
 * The functions that take a name or a path, abused. */
#ifndef CVH_TEST_ABUSE_NAMES_H
#define CVH_TEST_ABUSE_NAMES_H

void abuse_cvh_convention_find(void);
void abuse_cvh_decoder_find(void);
void abuse_cvh_npy_load(void);
void abuse_cvh_npy_save(void);
void abuse_cvh_npy_free(void);

#endif
