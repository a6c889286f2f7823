/* SPDX-License-Identifier: Apache-2.0
 * A map n times as large on each axis, by cv::resize, bicubic: what OpenPose searches.
 * OpenPose src/openpose/net/resizeAndMergeBase.cpp, resizeAndMergeCpu. */
#ifndef CVH_LIB_ENLARGE_H
#define CVH_LIB_ENLARGE_H

#include "cvheatmap.h"

/* One map before and after, packed floats whatever the view's depth is, as OpenPose has them. */
typedef struct cvh_enlarger {
    cvh_maps map, enlarged; /* map.data is the memory of both; NULL: nothing is enlarged */
} cvh_enlarger;

/* Views are checked ones. */

/* Whether the sides of maps that are enlarged so are sides still. */
cvh_status cvh_enlarge_check(const cvh_maps *view, int times);

/* The sides of `view` times that, for what only asks for a view's size. */
cvh_maps cvh_enlarged_size(const cvh_maps *view, int times);

/* Takes the memory; with times 1, none. */
cvh_status cvh_enlarger_start(const cvh_maps *view, int times, cvh_enlarger *enlarger);
void cvh_enlarger_end(cvh_enlarger *enlarger);

/* Fills enlarger->enlarged with the values of a map of the view, before any activation. */
cvh_status cvh_enlarge(const cvh_enlarger *enlarger, const cvh_maps *view, int map);

/* Sample X of the enlarged map lies at (X + 1/2) / n - 1/2 of the map. */
static inline double cvh_enlarged_back(double at, int times)
{
    return times > 1 ? (at + 0.5) / times - 0.5 : at;
}

#endif
