/* SPDX-License-Identifier: Apache-2.0
 * What the checks of golden_offset share: the tally, and views of the arrays' planes. */
#ifndef CVH_TEST_GOLDEN_OFFSET_H
#define CVH_TEST_GOLDEN_OFFSET_H

#include "support/golden_arrays.h"

extern golden_tally offset_tally;

enum { MOST_MAPS = 64, MOST_PEAKS = 1024 };

/* An array of planes as floats. */
typedef struct planes {
    float *samples;
    int count, rows, cols;
} planes;

planes planes_of(const golden_array *array);
planes input_planes(const json_t *entry, const char *name);

/* Its planes from `first` on, every `step`-th. */
cvh_maps every(const planes *p, int first, int step);

/* The same of an array [rows][cols][channels]: `count` channels from `first` on. */
cvh_maps channels(const planes *p, int first, int count);

cvh_convention convention_of(const char *name);
cvh_decoder decoder_of(const char *name);
void must(const json_t *entry, cvh_status status);

/* u = a x + b on each axis as the project maps it back. */
void frame(cvh_convention *c, double scale_x, double scale_y, double offset_x, double offset_y);
void fit_posenet(const json_t *entry, cvh_convention *c, const cvh_maps *maps);

/* The checks, one for each kind of case. */
void check_encode(const json_t *entry);
void check_decode(const json_t *entry);
void check_list(const json_t *entry);

#endif
