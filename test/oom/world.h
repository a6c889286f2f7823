/* SPDX-License-Identifier: Apache-2.0
 * What the calls under test read and write: the same for each, so that a second call must give the first one's bytes. */
#ifndef CVH_TEST_WORLD_H
#define CVH_TEST_WORLD_H

#include <stdbool.h>

#include "cvheatmap.h"

enum { WORLD_GUARD = 256, WORLD_SAMPLES = 2 * 40 * 40, WORLD_WIDE = 3 * 2048, WORLD_PEAKS = 64, WORLD_POINTS = 3 };

typedef struct world {
    unsigned char before[WORLD_GUARD];
    double samples[WORLD_SAMPLES]; /* the maps that a call reads, or draws on */
    unsigned char behind_samples[WORLD_GUARD];
    double results[WORLD_SAMPLES]; /* the maps that a call writes */
    unsigned char behind_results[WORLD_GUARD];
    float wide[WORLD_WIDE];
    unsigned char behind_wide[WORLD_GUARD];
    cvh_peak peaks[WORLD_PEAKS];
    float weights[8];
    size_t count;
    cvh_report report;
    cvh_peak_report peak_report;
    cvh_report report_y; /* where a call writes two */
    double taps[64];
    cvh_convention convention;
    cvh_decoder decoder;
    cvh_crop_rule rule;
    cvh_crop crop;
    cvh_affine affine;
    cvh_rect box;
    int kept;
    cvh_simcc simcc;
    const void *text;
    unsigned char behind[WORLD_GUARD];
    char path[200]; /* of a file in a folder of its own, which is empty before a call */
} world;

typedef struct world_case {
    const char *function, *variant;
    bool allocates, opencv; /* does it ask for memory; does OpenCV */
    cvh_status (*call)(world *w);
    /* The first 8U blur of a process starts OpenCV's threads. Where memory runs out in that very start, OpenCV 4.6 with TBB was
     * seen to print a warning, to lose blocks, and to wait for ever; running, its threads give blocks back in their own time.
     * Nobody can help that from outside: such a case is tried warm, and its losses are not counted. */
    bool threads;
} world_case;

/* Every public function, in every way that allocates otherwise; NULL behind the last. */
const world_case *world_case_at(int index);

/* Those that draw, read and compare maps; crops, offsets and vectors; and those that only tell something. A NULL function ends
 * each. */
extern const world_case world_maps[], world_crops[], world_texts[];

extern const cvh_keypoint world_points[WORLD_POINTS];
extern const cvh_convention world_plain, world_blurred, world_by_search; /* by_search: of the blurred map */

/* Near edges that reflect: OpenCV is asked how it adds up, and where that fails, nothing has been written. */
extern const cvh_convention world_asking;

cvh_maps world_packed(double *samples, cvh_depth depth);

/* Two interleaved channels of 40x40 floats: no view that OpenCV takes as it lies. */
cvh_maps world_interleaved(double *samples);

/* A call that fails before it writes: neither results nor weights, else CVH_ERR_FORMAT. Where OpenCV's arithmetic is of no
 * known kind (support/unknown.h), declining is what the call always does: that is CVH_OK here. */
cvh_status world_done_or_untouched(const world *w, cvh_status status);

void world_fill(world *w, const char *path);
bool world_guards_intact(const world *w);
bool world_same(const world *a, const world *b); /* but for the path */

#endif
