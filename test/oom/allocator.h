/* SPDX-License-Identifier: Apache-2.0
 * The program's malloc: glibc's own, which can be told to run out. Being the program's, it serves OpenCV and the C++ runtime
 * too. */
#ifndef CVH_TEST_ALLOCATOR_H
#define CVH_TEST_ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>

/* From here on the n-th allocation fails (1: the first), and with `lasting` every one after it. */
void allocator_arm(long n, bool lasting);

/* Allocations succeed again. Returns how many failed. */
long allocator_disarm(void);

/* The size of the request that failed first. */
size_t allocator_refused_size(void);

/* How many were asked for since allocator_arm, and how many blocks are not yet given back. */
long allocator_asked(void);
long allocator_live(void);

#endif
