/* SPDX-License-Identifier: Apache-2.0
 * Paints one placed Gaussian on a map. A Gaussian is the product of two profiles, one an axis; all that a convention or a
 * border does happens in the profiles, so a patch costs one pass of multiplications.
 *
 * The order of sums is that of cv::GaussianBlur for a lit pixel of value v (imgproc, filter.simd.hpp): along x first, R[x] =
 * sum of kx[k] v over the copies that x sees, k ascending; then along y, from the centre outwards, a pair of copies added
 * before its tap multiplies. Where each window sees one copy, that is ky * (kx * v), each product rounded; elsewhere cvh_sums
 * says which sums are fused. */
#ifndef CVH_LIB_PAINTER_H
#define CVH_LIB_PAINTER_H

#include "base/maps.h"
#include "encode/fold.h"
#include "encode/place.h"
#include "encode/subpixel_line.h"
#include "gaussian/arithmetic.h"
#include "gaussian/kernel.h"
#include "gaussian/shape.h"

/* Profiles up to this wide live on the stack, with room for what is computed beside them. */
enum { CVH_STACK_WIDTH = 1024 };

typedef union cvh_profile {
    float f[CVH_STACK_WIDTH + CVH_BELLS];
    double d[CVH_STACK_WIDTH + CVH_BELLS];
} cvh_profile;

/* The cached taps of an axis, with zeros on both sides: what the window has where it ends. */
enum { CVH_TAPS_PAD = 32 };

typedef union cvh_taps {
    float f[CVH_TAPS_PAD + CVH_STACK_WIDTH + CVH_TAPS_PAD];
    double d[CVH_TAPS_PAD + CVH_STACK_WIDTH + CVH_TAPS_PAD];
} cvh_taps;

/* One axis of the Gaussian in hand. */
typedef struct cvh_painter_axis {
    cvh_kernel kernel;             /* where on_grid */
    double c;                      /* -1 / (8 sigma^2) */
    const cvh_subpixel_line *line; /* where not on_grid; NULL: none for this sigma */
    int radius;                    /* of the window; INT_MAX for the whole map */
    bool on_grid;                  /* the Gaussian sits on a pixel and its window is finite: the kernel serves */
    bool cached;                   /* every tap is in `taps`, in the map's depth; x: times the lit value */
    cvh_taps taps;
} cvh_painter_axis;

typedef struct cvh_painter {
    const cvh_maps *view;
    const cvh_convention *convention;
    cvh_overlap overlap; /* the convention's; what is drawn first on a map that was not cleared replaces all of it */
    cvh_sums sums;       /* where copies meet */
    cvh_shape shape;     /* what the axes are prepared for; peak 0: nothing yet */
    bool opencv_taps;
    bool product;  /* of two cached profiles: nothing folds, cuts or rescales it */
    bool lined;    /* the same of two profiles along lines, each short enough for the stack */
    bool one_peak; /* norm MAX: all keypoints of the call have the same */
    double lit;    /* the value of the lit pixel; norm SUM: found per keypoint */
    cvh_painter_axis x, own_y;
    const cvh_painter_axis *y; /* own_y, or x where the two are alike */
    void *values,
        *row; /* view->depth samples, as many as the widest clipped window: a profile along x, and a row in the making */
    cvh_profile stack_values, stack_row;
    cvh_subpixel_line lines[2]; /* for the Gaussian that keypoints share, if it sits between pixels; radius -1: none */
} cvh_painter;

/* The width that `values` and `row` must hold for a shape. */
int cvh_painter_width(const cvh_shape *shape, const cvh_maps *view);

/* Plain sums, until painter->sums says otherwise. */
void cvh_painter_start(cvh_painter *painter, const cvh_maps *view, const cvh_convention *convention);

/* Keypoints that share `shape`, or at least its sigmas, are quicker from here on. */
void cvh_painter_share(cvh_painter *painter, const cvh_shape *shape);

/* True where a window that the placed Gaussian is drawn in sees more than one copy of its keypoint. */
bool cvh_painter_folds(const cvh_painter *painter, const cvh_shape *shape, const cvh_placement *placement);

/* Prepares for a shape; a second call with the same one costs a comparison. */
void cvh_painter_take(cvh_painter *painter, const cvh_shape *shape);

void cvh_painter_paint(cvh_painter *painter, int map, const cvh_placement *placement);

/* Covers a map of floats with the products of two profiles. */
void cvh_painter_cover(cvh_painter *painter, int map, const float *values, const float *factors);

/* Zeroes what cvh_painter_paint wrote. */
void cvh_painter_wipe(const cvh_painter *painter, int map, const cvh_placement *placement);

/* ---------------------------------------------------------------------------- what the file of a depth exports, and needs */

typedef struct cvh_painter_loops {
    /* Fills axis->taps, times factor, with `half`, the taps from the centre on. */
    void (*cache_taps)(cvh_painter_axis *axis, const double *half, double factor);
    void (*paint)(const cvh_painter *painter, int map, const cvh_placement *placement);
    /* At most CVH_STACK_WIDTH rows and columns. */
    void (*wipe)(const cvh_painter *painter, int map, const cvh_placement *placement);
    /* rescale.h; value: the sample that becomes the peak, or NULL for the largest of the box. */
    void (*rescale)(const cvh_maps *view, int map, const cvh_box *box, const void *value, double peak);
} cvh_painter_loops;

/* For CVH_32F and CVH_64F. */
const cvh_painter_loops *cvh_painter_loops_of(cvh_depth depth);

/* The part of a row of the window where the exponent is within max_exponent: all of it where there is no limit. */
cvh_span cvh_drawn_columns(const cvh_painter *painter, const cvh_placement *placement, int y);

static inline cvh_line cvh_row_of(const cvh_painter *painter, const cvh_placement *placement)
{
    return (cvh_line){painter->convention->border, painter->view->cols, &placement->x};
}

static inline cvh_line cvh_column_of(const cvh_painter *painter, const cvh_placement *placement)
{
    return (cvh_line){painter->convention->border, painter->view->rows, &placement->y};
}

#endif
