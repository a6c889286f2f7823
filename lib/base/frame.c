/* SPDX-License-Identifier: Apache-2.0 */
#include "base/frame.h"

/* A scale of 0 is the default, 1. */
static double scale_of(double given)
{
    return given != 0 ? given : 1;
}

cvh_frame cvh_frame_of(const cvh_convention *convention)
{
    return (cvh_frame){.scale = {scale_of(convention->scale_x), scale_of(convention->scale_y)},
                       .offset = {convention->offset_x, convention->offset_y}};
}
