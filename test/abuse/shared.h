/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CVH_TEST_SHARED_H
#define CVH_TEST_SHARED_H

#include "arena.h"

typedef struct shared_call {
    const char *function;
    arena_reader reader;
    cvh_status (*call)(arena_inputs *in);
} shared_call;

/* The call in hand, and its copy from before it was made. */
extern arena before, now;

/* What holds after any call, `before` and `now` compared; `must_refuse`: it is refused, and the message holds `name`. */
void check_call(const shared_call *call, const char *what, cvh_status status, bool must_refuse, const char *name);

/* Every field that the function reads, with every value; then several fields at once. */
void abuse_shared(const char *function);

cvh_status call_crosscheck(arena_inputs *in);

#endif
