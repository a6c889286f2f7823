/* SPDX-License-Identifier: Apache-2.0
 * Windows on maps that nothing was drawn on since they were cleared. Such a window may be moved to lie within the map, and be
 * wider than it is, with zeros where it ends: clipped or not, each is the same block of rows and columns, written without a
 * branch. The values are the painter's, bit for bit. */
#ifndef CVH_LIB_STAMP_H
#define CVH_LIB_STAMP_H

#include "encode/painter.h"
#include "encode/points.h"
#include "encode/subpixel.h"

enum { CVH_STAMP_COLS = 32, CVH_STAMP_RADIUS = 15 };

/* The values of a Gaussian on a pixel, with zeros where its window ends. */
enum { CVH_STAMP_TAPS = CVH_TAPS_PAD + 2 * CVH_STAMP_RADIUS + 1 + CVH_TAPS_PAD };

/* An axis: how a keypoint finds its pixel, and where blocks begin. */
typedef struct cvh_stamp_axis {
    double bias;
    double low, high; /* what is drawn and not dropped lies in low <= u + bias < high, u its map coordinate */
    int radius, last; /* of the window; where the last block begins */
} cvh_stamp_axis;

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
    double lit, peak; /* as the painter has them */
    int rows, cols;   /* of the block */
    cvh_stamp_axis x_axis, y_axis;
    cvh_subpixel x_profile, y_profile; /* of a Gaussian between pixels */
    const float *x, *y;                /* the value at the centre of one on a pixel, among its neighbours in: */
    float x_taps[CVH_STAMP_TAPS], y_taps[CVH_STAMP_TAPS];
} cvh_stamp;

/* For what the painter is prepared for, placed by `placer`. The stamp keeps what it needs of the painter. */
void cvh_stamp_start(cvh_stamp *stamp, const cvh_painter *painter, const cvh_placer *placer);

/* Keypoints that are placed: where the block of each begins, on its map and from the centre of its window, and what their
 * profiles are where they lie between pixels. */
enum { CVH_STAMP_BATCH = CVH_STRETCHES };

typedef struct cvh_stamp_batch {
    int count;
    float *corners[CVH_STAMP_BATCH];
    cvh_stretches x, y;
    float x_values[CVH_STAMP_BATCH * CVH_SUBPIXEL_LANES], y_values[CVH_STAMP_BATCH * CVH_SUBPIXEL_LANES];
} cvh_stamp_batch;

/* Places keypoints from `first` on, as long as they are of the painter's shape and lie on ascending maps from *touched up to
 * below `end`; with norm MAX, each alone on its map. Returns the index of the first that is left, with *touched behind the last
 * map in the batch, and sets the weights of those before it. */
size_t cvh_stamp_place(const cvh_stamp *stamp, const cvh_points *points, size_t first, int *touched, int end, float *weights,
                       cvh_stamp_batch *batch);

/* Writes their blocks, to maps that are clear by now. */
void cvh_stamp_write(const cvh_stamp *stamp, const cvh_stamp_batch *batch);

#endif
