/* SPDX-License-Identifier: Apache-2.0
 * Random keypoints, conventions and maps, mostly such as are stamped. */
#ifndef CVH_TEST_STAMP_CROWD_H
#define CVH_TEST_STAMP_CROWD_H

#include "support/layouts.h"

enum { MOST = 200 };

typedef struct crowd {
    int count, rows, cols;
    layout maps;
    cvh_convention convention;
    cvh_gaussian own[MOST];
    cvh_keypoint points[MOST];
    size_t size;
    bool alone; /* on its map, each */
    bool weighted;
    uint64_t state;
} crowd;

/* In words, for a failure; the text is overwritten by the next call. */
const char *described(const crowd *made);

void random_crowd(random_state *random, crowd *made);

/* Anywhere on an axis, its edges and the window's reach beyond them, ties, and what is no place at all. */
double random_place(random_state *random, int size);

/* Each keypoint on the next map; some maps skipped, some with several; or in any order. */
void random_maps(random_state *random, crowd *made);

#endif
