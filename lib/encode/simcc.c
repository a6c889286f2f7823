/* SPDX-License-Identifier: Apache-2.0
 * SimCC's labels: mmpose mmpose/codecs/simcc_label.py, SimCCLabel.encode. */
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

/* One axis of a call. */
typedef struct simcc_axis {
    const cvh_maps *view;
    cvh_label label;
    cvh_label_batch batch;
    int cleared; /* vectors from it on hold what they held before */
    int touched; /* vectors from it on have no label yet */
    int ahead;   /* how many are cleared at a time */
} simcc_axis;

/* Vectors are cleared ahead, this many bytes at a time, as encode/patch.c does it. */
enum { AHEAD = 3 << 18 };

static void start_axis(simcc_axis *axis, const cvh_simcc *simcc, const cvh_maps *view, double sigma)
{
    axis->view = view;
    axis->batch.count = 0;
    axis->cleared = axis->touched = 0;
    axis->ahead = AHEAD / (int)((size_t)view->cols * sizeof(float));
    cvh_label_start(&axis->label, simcc, view, sigma);
}

static void clear_to(simcc_axis *axis, int end)
{
    if (end <= axis->cleared) return;
    cvh_maps_clear(axis->view, axis->cleared, end - axis->cleared);
    axis->cleared = end;
}

static void write_batch(simcc_axis *axis)
{
    cvh_label_write(&axis->label, &axis->batch);
    axis->batch.count = 0;
}

/* A vector that is written whole needs no clearing, those before it do. Another is clear when it is written: ahead of it where
 * it has no label yet, else anew. */
static void prepare(simcc_axis *axis, int vector)
{
    int count = axis->view->count;
    if (!cvh_label_wants_clear(&axis->label)) {
        clear_to(axis, vector);
        if (axis->cleared == vector) axis->cleared++;
    } else if (vector < axis->touched) {
        write_batch(axis);
        cvh_maps_clear(axis->view, vector, 1);
    } else if (vector >= axis->cleared) {
        int end = vector + 1 - axis->cleared < axis->ahead ? axis->cleared + axis->ahead : vector + 1;
        clear_to(axis, end < count ? end : count);
    }
    if (vector >= axis->touched) axis->touched = vector + 1;
}

static void add(simcc_axis *axis, int vector, double centre)
{
    cvh_label_batch *batch = &axis->batch;
    prepare(axis, vector);
    if (axis->label.kind == CVH_LABEL_READY) {
        cvh_label_copy(&axis->label, vector, centre);
        return;
    }
    batch->vectors[batch->count] = vector;
    batch->centres[batch->count] = centre;
    if (++batch->count == CVH_LABEL_BATCH) write_batch(axis);
}

static void finish(simcc_axis *axis)
{
    write_batch(axis);
    clear_to(axis, axis->view->count);
}

cvh_status cvh_simcc_encode(const cvh_maps *x, const cvh_maps *y, const cvh_keypoint *points, size_t count,
                            const cvh_simcc *simcc, float *weights)
{
    cvh_simcc_pair pair;
    if (cvh_simcc_start(x, y, CVH_DEPTHS_DRAWN, simcc, &pair) || check_points(points, count, pair.x.count))
        return CVH_ERR_ARGUMENT;
    if (pair.x.data == pair.y.data) return cvh_fail(CVH_ERR_ARGUMENT, "y: data is that of x; both are written");
    simcc_axis along_x, along_y;
    start_axis(&along_x, &pair.simcc, &pair.x, pair.simcc.sigma_x);
    start_axis(&along_y, &pair.simcc, &pair.y, pair.simcc.sigma_y);
    for (size_t i = 0; i < count; i++) {
        cvh_position at = cvh_frame_to_map(&pair.frame, points[i].x, points[i].y);
        double centre_x = cvh_label_centre(&along_x.label, at.x), centre_y = cvh_label_centre(&along_y.label, at.y);
        bool drawn = cvh_label_draws(&along_x.label, centre_x) && cvh_label_draws(&along_y.label, centre_y);
        if (weights) weights[i] = drawn ? 1 : 0;
        if (!drawn) continue;
        add(&along_x, points[i].map, centre_x);
        add(&along_y, points[i].map, centre_y);
    }
    finish(&along_x);
    finish(&along_y);
    return CVH_OK;
}
