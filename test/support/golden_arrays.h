/* SPDX-License-Identifier: Apache-2.0
 * The arrays of golden cases whose inputs and outputs stand in index.json, small ones in it and large ones beside it:
 * golden_simcc, golden_offset. */
#ifndef CVH_TEST_GOLDEN_ARRAYS_H
#define CVH_TEST_GOLDEN_ARRAYS_H

#include "support/golden.h"

/* An array as doubles, in C order. */
typedef struct golden_array {
    double *values;
    size_t size;
    int dims[5], rank;
} golden_array;

/* An input or output of a case, in memory that the caller frees; size 0 where there is none of that name. */
golden_array golden_input(const json_t *entry, const char *name);
golden_array golden_output(const json_t *entry, const char *name);
bool golden_has(const json_t *entry, const char *which, const char *name); /* which: "inputs" or "outputs" */

/* A parameter, or one of a pair; `absent` where there is none. */
double golden_param(const json_t *entry, const char *key, int index, double absent);

/* The flag that holds for a joint of a case. */
const char *golden_flag(const json_t *entry, int joint);

#endif
