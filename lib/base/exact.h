/* SPDX-License-Identifier: Apache-2.0
 * What the compiler must leave alone. The promise of equal bits is that each product and each sum is rounded once, to its own
 * type; a build that cannot keep it stops here instead of drawing maps that are a little wrong. No macro tells that a compiler
 * may fuse a product with a sum, as gcc does unless it is told -ffp-contract=off: who compiles this without CMake tells it. */
#ifndef CVH_LIB_EXACT_H
#define CVH_LIB_EXACT_H

#include <float.h>

/* 16 is 0 but for _Float16, which is not used: what compilers say where the machine computes with that. */
#if FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 16
#  error "FLT_EVAL_METHOD is not 0: sums are kept in wider registers. On 32-bit x86 compile with -msse2 -mfpmath=sse"
#endif
#ifdef __FAST_MATH__
#  error "-ffast-math (or -Ofast) reorders sums: compile with -fno-fast-math behind it"
#endif
#if defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__)
#  error "-funsafe-math-optimizations reorders sums: compile with -fno-unsafe-math-optimizations behind it"
#endif
#if defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__
#  error "-ffinite-math-only denies NaN, which is a value here: compile with -fno-finite-math-only behind it"
#endif

/* A function that may divide by zero and looks at what comes of it, infinite or NaN: to the sanitizer that counts such
 * divisions. */
#if defined(__clang__)
#  define CVH_DIVIDES_BY_ZERO __attribute__((no_sanitize("float-divide-by-zero")))
#else
#  define CVH_DIVIDES_BY_ZERO
#endif

#endif
