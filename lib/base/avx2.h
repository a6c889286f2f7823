/* SPDX-License-Identifier: Apache-2.0
 * Functions for AVX2: whether there are any, and whether this CPU runs them. Each stands beside a loop for every machine that
 * gives the same bits, and is called only where cvh_avx2_runs(). */
#ifndef CVH_LIB_AVX2_H
#define CVH_LIB_AVX2_H

#include <stdbool.h>

/* gcc for Windows does not align its stack for vectors of 32 bytes (GCC bug 54412). */
#if defined(CVH_AVX2) && defined(__GNUC__) && (defined(__x86_64__) || defined(__i386__)) && !defined(_WIN32)
#  define CVH_HAS_AVX2
#  define CVH_FOR_AVX2 __attribute__((target("avx2")))
#endif

static inline bool cvh_avx2_runs(void)
{
#ifdef CVH_HAS_AVX2
    return __builtin_cpu_supports("avx2"); /* GCOVR_EXCL_BR_LINE: a CPU has the instructions or has them not */
#else
    return false;
#endif
}

#endif
