/* SPDX-License-Identifier: Apache-2.0
 * Stamps: patches on maps that are clear, fast. On a clear map a window may be wider than the Gaussian's, if zeros fill it up,
 * and may lie beside it. So every window becomes a block of the same rows and columns that lies on the map, clipped or not, and
 * is written without a branch. The values are the painter's, bit for bit. */
#ifndef CVH_LIB_STAMP_H
#define CVH_LIB_STAMP_H

#include "encode/painter.h"
#include "encode/points.h"
#include "encode/subpixel.h"

enum { CVH_STAMP_COLS = 32, CVH_STAMP_RADIUS = 15 };

/* The values of a Gaussian on a pixel, with zeros where its window ends. */
enum { CVH_STAMP_TAPS = CVH_TAPS_PAD + 2 * CVH_STAMP_RADIUS + 1 + CVH_TAPS_PAD };

typedef enum cvh_stamp_kind {
    CVH_STAMP_NONE,     /* what the painter is prepared for is not stamped */
    CVH_STAMP_PRODUCT,  /* the products of two profiles */
    CVH_STAMP_RESCALED, /* the same with norm MAX */
    CVH_STAMP_SUBPIXEL  /* with profiles made for each keypoint, which lies between pixels */
} cvh_stamp_kind;

typedef struct cvh_stamp {
    cvh_stamp_kind kind;
    const cvh_maps *view;
    const cvh_placer *placer;
    double lit, peak;                      /* as the painter has them */
    int rows, cols;                        /* of the block */
    cvh_subpixel x_profile, own_y_profile; /* of a Gaussian between pixels */
    const cvh_subpixel *y_profile;         /* own_y_profile, or x_profile where the two are alike */
    const float *x, *y;                    /* the value at the centre of one on a pixel, among its neighbours in: */
    float x_taps[CVH_STAMP_TAPS], y_taps[CVH_STAMP_TAPS];
} cvh_stamp;

/* For what the painter is prepared for, placed by `placer`. The stamp keeps what it needs of the painter. */
void cvh_stamp_start(cvh_stamp *stamp, const cvh_painter *painter, const cvh_placer *placer);

/* Keypoints that are placed. Of each the batch has the corner of its block on its map, where that lies from the centre of the
 * window, and, if the Gaussian sits between pixels, its two profiles. */
enum { CVH_STAMP_BATCH = CVH_STRETCHES };

typedef struct cvh_stamp_batch {
    int count;
    float *corners[CVH_STAMP_BATCH];
    cvh_stretches x, y;
    float x_values[CVH_STAMP_BATCH * CVH_SUBPIXEL_LANES], y_values[CVH_STAMP_BATCH * CVH_SUBPIXEL_LANES];
} cvh_stamp_batch;

/* Places keypoints from `first` on, until one has a Gaussian of its own, or does not lie on a later map than the one before it,
 * from *touched up to below `end`; with norm MAX, until one is not alone on its map. Returns the index of that one, sets the
 * weights of those before it, and leaves *touched behind the last map in the batch. */
size_t cvh_stamp_place(const cvh_stamp *stamp, const cvh_points *points, size_t first, int *touched, int end, float *weights,
                       cvh_stamp_batch *batch);

/* Writes their blocks, to maps that are clear by now. */
void cvh_stamp_write(const cvh_stamp *stamp, const cvh_stamp_batch *batch);

#endif
