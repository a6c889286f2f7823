/* SPDX-License-Identifier: Apache-2.0
 * SimCC's labels: mmpose mmpose/codecs/simcc_label.py, SimCCLabel.encode. A vector is written whole, so that nothing needs to
 * be cleared before. */
#include "gaussian/simcc.h"
#include "base/status.h"
#include "encode/simcc_label.h"

static cvh_status check_points(const cvh_keypoint *points, size_t count, int vectors)
{
    if (!points && count) return cvh_fail(CVH_ERR_ARGUMENT, "points is NULL; with count %zu it must point to them", count);
    for (size_t i = 0; i < count; i++) {
        if (points[i].map < 0 || points[i].map >= vectors)
            return cvh_fail(CVH_ERR_ARGUMENT, "points[%zu]: map is %d; the view has vectors 0..%d", i, points[i].map,
                            vectors - 1);
        if (points[i].gaussian)
            return cvh_fail(CVH_ERR_ARGUMENT, "points[%zu]: gaussian is not NULL; a label's sigma is simcc's, for all", i);
    }
    return CVH_OK;
}

static void clear(const cvh_simcc_pair *pair, int first, int end)
{
    if (end <= first) return;
    cvh_maps_clear(&pair->x, first, end - first);
    cvh_maps_clear(&pair->y, first, end - first);
}

cvh_status cvh_simcc_encode(const cvh_maps *x, const cvh_maps *y, const cvh_keypoint *points, size_t count,
                            const cvh_simcc *simcc, float *weights)
{
    cvh_simcc_pair pair;
    if (cvh_simcc_start(x, y, CVH_DEPTHS_DRAWN, simcc, &pair) || check_points(points, count, pair.x.count))
        return CVH_ERR_ARGUMENT;
    if (pair.x.data == pair.y.data) return cvh_fail(CVH_ERR_ARGUMENT, "y: data is that of x; both are written");
    cvh_label along_x, along_y;
    cvh_label_start(&along_x, &pair.simcc, &pair.x, pair.simcc.sigma_x);
    cvh_label_start(&along_y, &pair.simcc, &pair.y, pair.simcc.sigma_y);
    int done = 0; /* vectors below it hold what they shall */
    for (size_t i = 0; i < count; i++) {
        cvh_position at = cvh_frame_to_map(&pair.frame, points[i].x, points[i].y);
        double centre_x = cvh_label_centre(&along_x, at.x), centre_y = cvh_label_centre(&along_y, at.y);
        bool drawn = cvh_label_draws(&along_x, centre_x) && cvh_label_draws(&along_y, centre_y);
        if (weights) weights[i] = drawn ? 1 : 0;
        if (!drawn) continue;
        int map = points[i].map;
        clear(&pair, done, map);
        cvh_label_write(&along_x, map, centre_x);
        cvh_label_write(&along_y, map, centre_y);
        if (map >= done) done = map + 1;
    }
    clear(&pair, done, pair.x.count);
    return CVH_OK;
}
