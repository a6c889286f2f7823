/* SPDX-License-Identifier: Apache-2.0
 * Where a keypoint's Gaussian and its window lie on a map: scale and offset, snapping, the window's corners, dropping. */
#ifndef CVH_LIB_PLACE_H
#define CVH_LIB_PLACE_H

#include <stdbool.h>

#include "base/box.h"
#include "base/frame.h"
#include "cvheatmap.h"
#include "gaussian/shape.h"

/* From CVH_FATE_EMPTY on the weight is 1. */
typedef enum cvh_fate {
    CVH_FATE_ABSENT,  /* not labelled */
    CVH_FATE_DROPPED, /* by the convention's `drop` */
    CVH_FATE_EMPTY,   /* nothing of it lies on the map */
    CVH_FATE_DRAWN
} cvh_fate;

typedef struct cvh_span {
    double centre; /* of the Gaussian */
    int pixel;     /* that the window is centred on, on the map or off it */
    int lo, hi;    /* the window's samples on the map, [lo, hi) */
} cvh_span;

typedef struct cvh_placement {
    cvh_span x, y;
} cvh_placement;

static inline cvh_box cvh_placement_box(const cvh_placement *placement)
{
    return (cvh_box){placement->y.lo, placement->y.hi, placement->x.lo, placement->x.hi};
}

/* What placing one keypoint after the other needs, worked out once a Gaussian. */
typedef struct cvh_axis_placer {
    double bias;      /* that a snap adds to u before it cuts the fraction off */
    int radius, size; /* of the window, where it is snapped and finite; of the map */
    int least, most;  /* pixels outside least..most-1 are dropped, if the drop is a matter of pixels */
    double low, high; /* if the placer is direct, a window meets the map, and is kept, where low <= u + bias < high */
    double ksize, sigma;
} cvh_axis_placer;

typedef struct cvh_placer {
    const cvh_convention *convention;
    bool direct;     /* windows are snapped and finite, nothing but the map clips them, and the drop is a matter of pixels */
    bool everywhere; /* all windows are all of the map, each sample is drawn, and no pixel is asked for */
    bool floors;     /* a snap that rounds down, not towards 0 */
    bool subpixel;   /* the Gaussian's centre is u */
    bool needs_pixel;
    cvh_frame frame; /* that keypoints are given in */
    cvh_axis_placer x, y;
} cvh_placer;

/* `view` gives the size. */
void cvh_placer_start(cvh_placer *placer, const cvh_convention *convention, const cvh_shape *shape, const cvh_maps *view);

/* The spans are set where the fate is CVH_FATE_DRAWN. */
static inline cvh_fate cvh_place(const cvh_placer *placer, const cvh_keypoint *point, cvh_placement *placement);

/* ------------------------------------------------------------------------------- inline: it is run once a keypoint */

/* A keypoint may lie anywhere: beyond CVH_FAR, where no window reaches a map, its pixel is taken to be at CVH_FAR. */
#define CVH_FAR 0x1p24

/* The pixel of a map coordinate plus the bias: its fraction is cut off, or it is rounded down. */
static inline int cvh_pixel_of(bool floors, double biased)
{
    int pixel = (int)biased;
    return floors ? pixel - (pixel > biased) : pixel;
}

static inline int cvh_snapped(const cvh_placer *placer, const cvh_axis_placer *axis, double u)
{
    u = u > -CVH_FAR ? u : -CVH_FAR;
    u = u < CVH_FAR ? u : CVH_FAR;
    return cvh_pixel_of(placer->floors, u + axis->bias);
}

/* Whether a map coordinate plus the bias is drawn, by its own axis; if the placer is direct. NaN is not. */
static inline bool cvh_axis_draws(const cvh_axis_placer *axis, double biased)
{
    return biased >= axis->low && biased < axis->high;
}

/* False where the keypoint is dropped. */
static inline bool cvh_place_axis(const cvh_placer *placer, const cvh_axis_placer *axis, double u, cvh_span *span)
{
    int pixel = cvh_snapped(placer, axis, u), first = pixel - axis->radius, end = pixel + axis->radius + 1;
    span->pixel = pixel;
    span->centre = placer->subpixel ? u : pixel;
    span->lo = first > 0 ? first : 0;
    span->hi = end < axis->size ? end : axis->size;
    return pixel >= axis->least && pixel < axis->most;
}

cvh_fate cvh_place_freely(const cvh_placer *placer, const cvh_keypoint *point, cvh_placement *placement);

/* Where the placer is `direct`. */
static inline cvh_fate cvh_place_directly(const cvh_placer *placer, const cvh_keypoint *point, cvh_placement *placement)
{
    if (isnan(point->x) || isnan(point->y)) return CVH_FATE_ABSENT;
    cvh_position at = cvh_frame_to_map(&placer->frame, point->x, point->y);
    bool kept = cvh_place_axis(placer, &placer->x, at.x, &placement->x);
    kept &= cvh_place_axis(placer, &placer->y, at.y, &placement->y);
    if (!kept) return CVH_FATE_DROPPED;
    bool empty = placement->x.lo >= placement->x.hi || placement->y.lo >= placement->y.hi;
    return empty ? CVH_FATE_EMPTY : CVH_FATE_DRAWN;
}

static inline cvh_fate cvh_place(const cvh_placer *placer, const cvh_keypoint *point, cvh_placement *placement)
{
    return placer->direct ? cvh_place_directly(placer, point, placement) : cvh_place_freely(placer, point, placement);
}

#endif
