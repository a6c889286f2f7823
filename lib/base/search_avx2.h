/* SPDX-License-Identifier: Apache-2.0
 * The search of floats and halves with the 256-bit instructions of x86, on a CPU that has them: the answers of the loops for
 * every machine (depth_loops.inc). `cvh_decode` of 17 maps of 64x48 takes 0.7 of the time by UDP (gcc 12, 14 and 16), and of
 * halves by the default decoder 0.89 (gcc 12; cvheatmap_bench). */
#ifndef CVH_LIB_SEARCH_AVX2_H
#define CVH_LIB_SEARCH_AVX2_H

#include "base/avx2.h"
#include "base/depth.h"

#ifdef CVH_HAS_AVX2

/* As `largest`, of CVH_STRETCH samples or more, and `first` of cvh_depth_loops; only where cvh_avx2_runs(). */
double cvh_largest_avx2(const void *samples, size_t count, size_t *from);
size_t cvh_first_avx2(const void *samples, size_t count, double number);

/* The largest signed word of CVH_STRETCH or more, and the first stretch that holds it. */
int16_t cvh_largest_word_avx2(const void *samples, size_t count, size_t *from);

/* The first word that is `word`; there is one. */
size_t cvh_first_word_avx2(const void *samples, size_t count, int16_t word);

extern const cvh_depth_loops cvh_loops_16f_avx2, cvh_loops_32f_avx2;
#endif

#endif
