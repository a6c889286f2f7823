/* SPDX-License-Identifier: Apache-2.0 */
#include "base/frame.h"

#include "base/status.h"

/* A scale of 0 is the default, 1. */
static double scale_of(double given)
{
    return given != 0 ? given : 1;
}

cvh_frame cvh_frame_of(const cvh_convention *convention)
{
    return (cvh_frame){.scale = {scale_of(convention->scale_x), scale_of(convention->scale_y)},
                       .offset = {convention->offset_x, convention->offset_y},
                       .crop = convention->crop};
}

cvh_status cvh_frame_check(const cvh_convention *convention)
{
    const cvh_crop *crop = convention->crop;
    if (!crop) return CVH_OK;
    if (cvh_affine_check("convention: crop's to_input", &crop->to_input)
        || cvh_affine_check("convention: crop's to_photo", &crop->to_photo))
        return CVH_ERR_ARGUMENT;
    return CVH_OK;
}
