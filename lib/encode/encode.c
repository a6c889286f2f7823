/* SPDX-License-Identifier: Apache-2.0 */
#include "base/status.h"
#include "encode/method.h"

cvh_status cvh_encode(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention,
                      float *weights)
{
    if (!convention) return cvh_fail(CVH_ERR_ARGUMENT, "convention is NULL; it must point to one");
    if (convention->method == CVH_METHOD_BLUR) return cvh_blur_weighted(maps, points, count, convention, weights);
    return cvh_patch_weighted(maps, points, count, convention, weights);
}

cvh_status cvh_patch(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    return cvh_patch_weighted(maps, points, count, convention, NULL);
}

cvh_status cvh_blur(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    return cvh_blur_weighted(maps, points, count, convention, NULL);
}
