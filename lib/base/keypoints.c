/* SPDX-License-Identifier: Apache-2.0
 * Keypoints from the arrays that data sets and networks have. */
#include <stdbool.h>

#include "base/status.h"

cvh_status cvh_keypoints_from(const float *xyv, size_t count, int first_map, float visible_min, cvh_keypoint *out)
{
    if (!xyv && count) return cvh_fail(CVH_ERR_ARGUMENT, "xyv is NULL; with count %zu it must not be", count);
    if (first_map < 0 || first_map >= CVH_MAX_COUNT)
        return cvh_fail(CVH_ERR_ARGUMENT, "first_map is %d; it must be 0..%d", first_map, CVH_MAX_COUNT - 1);
    if (count > (size_t)(CVH_MAX_COUNT - first_map))
        return cvh_fail(CVH_ERR_ARGUMENT, "count is %zu; from first_map %d on it must be at most %d, one map each", count,
                        first_map, CVH_MAX_COUNT - first_map);
    if (!isfinite(visible_min)) return cvh_fail(CVH_ERR_ARGUMENT, "visible_min is %g; it must be finite", (double)visible_min);
    if (!out && count) return cvh_fail(CVH_ERR_ARGUMENT, "out is NULL; it must have room for %zu keypoints", count);
    for (size_t i = 0; i < count; i++) {
        float x = xyv[3 * i], y = xyv[3 * i + 1], v = xyv[3 * i + 2];
        bool visible = v >= visible_min;
        out[i] = (cvh_keypoint){
            .x = visible ? (double)x : (double)NAN, .y = visible ? (double)y : (double)NAN, .map = first_map + (int)i};
    }
    return CVH_OK;
}
