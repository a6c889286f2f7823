/* SPDX-License-Identifier: Apache-2.0
 * A fixed input, and a digest of what each function that promises the same bits on every machine makes of it. */
#ifndef CVH_TEST_DIGESTS_H
#define CVH_TEST_DIGESTS_H

#include <stdio.h>

#include "support/support.h"

enum { MAPS = 3, ROWS = 33, COLS = 29, POINTS = 30, DRAWINGS = 7 };

/* Of three keypoints, two lie near an edge. */
extern cvh_keypoint points[POINTS];
void make_points(void);

typedef struct drawing {
    const char *name;
    cvh_convention convention;
} drawing;

extern const drawing drawings[DRAWINGS];

/* Outside a test there is no Check: ends the program unless status is CVH_OK. */
void must(cvh_status status);

/* FNV-1a, of the values' bits, the sign of zero included; every NaN is the same. */
void digest_value(uint64_t *digest, double value);
void digest_values(uint64_t *digest, const double *values, size_t count);
void digest_maps(uint64_t *digest, const cvh_maps *maps);
void digest_peaks(uint64_t *digest, const cvh_peak *peaks, size_t count);

void of_compare(uint64_t *digest);
void of_compare_peaks(uint64_t *digest);
void of_crosscheck(uint64_t *digest);
void of_crosscheck_into(uint64_t *digest);
void of_crosscheck_decode(uint64_t *digest);
void of_crosscheck_simcc(uint64_t *digest);
void of_crosscheck_simcc_decode(uint64_t *digest);
void of_affine_invert(uint64_t *digest);
void of_crop_clean(uint64_t *digest);
void of_crop_fit(uint64_t *digest);
void of_crop_image(uint64_t *digest);
void of_convention_find(uint64_t *digest);
void of_convention_comparable(uint64_t *digest);
void of_decoder_find(uint64_t *digest);
void of_crop_find(uint64_t *digest);
void of_simcc_find(uint64_t *digest);

/* A line each: what two processes, machines, compilers are compared by. */
void print_digests(FILE *to);

/* How many public functions of `header` have neither a digest nor a reason to have none; says on stderr which. */
int digests_missing(const char *header);

#endif
