/* SPDX-License-Identifier: Apache-2.0
 * The caller's frame: what keypoints are given in, and peaks are told in. */
#ifndef CVH_LIB_FRAME_H
#define CVH_LIB_FRAME_H

#include "base/affine.h"

/* u = scale * p + offset on each axis: the map coordinates of a position in the caller's frame, p. With a crop that frame is
 * the photograph, and p what crop->to_input makes of a position there. */
typedef struct cvh_frame {
    cvh_position scale, offset; /* scale is not 0 */
    const cvh_crop *crop;       /* or NULL */
} cvh_frame;

/* Checks the numbers of the convention's crop. scale and offset are checked where they are used, the input's size by
 * cvh_fit_check. */
cvh_status cvh_frame_check(const cvh_convention *convention);

cvh_frame cvh_frame_of(const cvh_convention *convention);

/* A photograph's position so far off that its numbers overflow is off the map. */
static inline double cvh_frame_off_map(double at)
{
    return isnan(at) ? INFINITY : at;
}

static inline cvh_position cvh_frame_to_map(const cvh_frame *frame, double x, double y)
{
    if (frame->crop) {
        cvh_position input = cvh_affine_apply(&frame->crop->to_input, x, y);
        x = cvh_frame_off_map(input.x);
        y = cvh_frame_off_map(input.y);
    }
    return (cvh_position){frame->scale.x * x + frame->offset.x, frame->scale.y * y + frame->offset.y};
}

static inline cvh_position cvh_frame_from_map(const cvh_frame *frame, double u, double v)
{
    double x = (u - frame->offset.x) / frame->scale.x, y = (v - frame->offset.y) / frame->scale.y;
    return frame->crop ? cvh_affine_apply(&frame->crop->to_photo, x, y) : (cvh_position){x, y};
}

#endif
