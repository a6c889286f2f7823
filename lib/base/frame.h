/* SPDX-License-Identifier: Apache-2.0
 * The caller's frame: what keypoints are given in, and peaks are told in. */
#ifndef CVH_LIB_FRAME_H
#define CVH_LIB_FRAME_H

#include "cvheatmap.h"

typedef struct cvh_position {
    double x, y;
} cvh_position;

/* u = scale * x + offset on each axis: the map coordinates of a position in the caller's frame. */
typedef struct cvh_frame {
    cvh_position scale, offset; /* scale is not 0 */
} cvh_frame;

cvh_frame cvh_frame_of(const cvh_convention *convention);

static inline cvh_position cvh_frame_to_map(const cvh_frame *frame, double x, double y)
{
    return (cvh_position){frame->scale.x * x + frame->offset.x, frame->scale.y * y + frame->offset.y};
}

static inline cvh_position cvh_frame_from_map(const cvh_frame *frame, double u, double v)
{
    return (cvh_position){(u - frame->offset.x) / frame->scale.x, (v - frame->offset.y) / frame->scale.y};
}

#endif
