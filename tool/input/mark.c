/* SPDX-License-Identifier: Apache-2.0
 * Where a keypoint lies on the map. */
#include "input/mark.h"

cvh_keypoint mark_of(const cvh_convention *convention, const cvh_keypoint *point)
{
    const double scale_x = convention->scale_x != 0 ? convention->scale_x : 1;
    const double scale_y = convention->scale_y != 0 ? convention->scale_y : 1;
    const cvh_affine same = {1, 0, 0, 0, 1, 0}, *to = convention->crop ? &convention->crop->to_input : &same;
    return (cvh_keypoint){
        .x = scale_x * (to->xx * point->x + to->xy * point->y + to->x0) + convention->offset_x,
        .y = scale_y * (to->yx * point->x + to->yy * point->y + to->y0) + convention->offset_y,
    };
}
