/* SPDX-License-Identifier: Apache-2.0
 * What every suite uses: a main, random numbers that can be repeated, maps between guards, and one assertion a map. */
#ifndef CVH_TEST_SUPPORT_H
#define CVH_TEST_SUPPORT_H

#include <check.h>
#include <stdbool.h>

#include "cvheatmap.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Runs a suite; the exit status is 0 only if tests ran and none failed. A suite's main is: return run_suite(suite()); */
int run_suite(Suite *suite);

/* Exit status by which a test that lacks its data says "skipped" (CTest's SKIP_RETURN_CODE). */
#define TEST_SKIPPED 77

/* xorshift64*: the state is printed with every failure that uses it, and CVHEATMAP_TEST_SEED sets the first one. */
typedef struct random_state {
    uint64_t state;
} random_state;

random_state random_start(uint64_t seed);
uint64_t random_bits(random_state *random);
int random_int(random_state *random, int least, int most); /* both included */
double random_real(random_state *random);                  /* [0, 1) */
double random_normal(random_state *random);

/* Packed maps whose memory is bracketed by a pattern; filled with the pattern, so that a sample nobody wrote shows. */
typedef struct guarded_maps {
    cvh_maps maps;
    unsigned char *block;
    size_t bytes;
} guarded_maps;

guarded_maps guarded_new(int count, int rows, int cols, cvh_depth depth);
bool guarded_intact(const guarded_maps *guarded);    /* nothing written before or behind the maps */
bool guarded_untouched(const guarded_maps *guarded); /* nothing written at all */
void guarded_free(guarded_maps *guarded);

size_t size_of(cvh_depth depth);                                /* of a sample, in bytes */
double half_value(uint16_t half);                               /* of an IEEE half, by the definition */
double sample(const cvh_maps *maps, int map, int row, int col); /* its value; any depth, packed or not */

/* Fails, naming the case, the worst sample and how many differ, unless the maps agree. tolerance NULL: bit for bit but for
 * the sign of zero and the payload of NaN. */
void assert_maps_agree(const char *name, const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance);

/* cvh_crosscheck of cvh_blur and cvh_patch. Where that declines since OpenCV's sums are of no known kind (unknown.h), *known is
 * false and the report is of PORTABLE against OpenCV, printed with its ULPs. */
cvh_status crosscheck_or_report(const char *name, const cvh_maps *shape, const cvh_keypoint *points, size_t count,
                                const cvh_convention *convention, cvh_report *report, bool *known);

/* Whether this build can run the decoder: a map is enlarged by OpenCV. */
bool decoder_runs(const cvh_decoder *decoder);

/* Fails unless status is CVH_ERR_ARGUMENT and cvh_last_error() holds `text`. */
void assert_refused(const char *name, cvh_status status, const char *text);

#ifdef __cplusplus
}
#endif

#endif
