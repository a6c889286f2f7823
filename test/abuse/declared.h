/* SPDX-License-Identifier: Apache-2.0
 * The public functions, read from the public header itself, so that a table in the tests cannot forget one. */
#ifndef CVH_TEST_DECLARED_H
#define CVH_TEST_DECLARED_H

#include <stdbool.h>

enum { DECLARED_MOST = 200, DECLARED_NAME = 64 };

typedef struct declared {
    int count;
    char names[DECLARED_MOST][DECLARED_NAME];
} declared;

/* The functions that `header` declares with CVH_API; count 0 when it cannot be read. */
declared declared_functions(const char *header);

/* Compares a table's names with the header's, `names` ending with NULL: each function once, and nothing else. Says on stderr
 * what is missing or too many; returns how many such there are. */
int declared_differences(const char *header, const char *const *names);

#endif
