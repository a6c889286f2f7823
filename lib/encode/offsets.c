/* SPDX-License-Identifier: Apache-2.0
 * Offset targets: mmpose mmpose/codecs/utils/offset_heatmap.py, generate_offset_heatmap; UDP-Pose lib/dataset/JointsDataset.py,
 * generate_target with target_type offset; CenterNet src/lib/datasets/sample/multi_pose.py; DeepLabCut
 * target_generators/heatmap_targets.py. With mu the keypoint and L the length of a value of 1, in heatmap pixels, a cell holds
 *     o = (mu - cell) / L
 * and a disc is the cells with |mu - cell| <= its radius. */
#include "base/offsets.h"
#include "base/maps.h"
#include "base/status.h"
#include "encode/place.h"
#include "encode/points.h"
#include "encode/rules.h"

/* Heatmap pixels. From farther no offset is drawn: decode/offsets.c would not follow it, and soon a float could not hold it. */
static const double FARTHEST = 1e9;

/* One call. */
typedef struct offset_job {
    cvh_maps maps, dx, dy;
    const cvh_convention *convention;
    cvh_convention discs; /* what places keypoints where discs are drawn: a window of one pixel */
    cvh_frame frame;
    cvh_position length, disc; /* in heatmap pixels, on each axis */
    cvh_points points;
    cvh_placer placer; /* of the Gaussian that keypoints share */
} offset_job;

static bool draws_discs(const offset_job *job)
{
    return job->convention->offsets.disc > 0;
}

static cvh_status check_views(const cvh_maps *maps, const cvh_maps *dx, const cvh_maps *dy, offset_job *job)
{
    if (cvh_maps_check("maps", maps, CVH_DEPTHS_DRAWN, &job->maps)
        || cvh_offset_view_check("dx", dx, CVH_DEPTHS_DRAWN, &job->maps, &job->dx)
        || cvh_offset_view_check("dy", dy, CVH_DEPTHS_DRAWN, &job->maps, &job->dy))
        return CVH_ERR_ARGUMENT;
    if (job->dx.data == job->maps.data || job->dx.data == job->dy.data || job->dy.data == job->maps.data)
        return cvh_fail(CVH_ERR_ARGUMENT, "maps, dx and dy are three views of samples of their own; two begin at the same");
    return CVH_OK;
}

static cvh_status check_disc(const offset_job *job)
{
    const cvh_convention *c = job->convention;
    if (c->drop == CVH_DROP_NONE || c->drop == CVH_DROP_CENTRE) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT,
                    "convention: drop is %d with offsets.disc %g; a disc takes CVH_DROP_NONE (%d) or CVH_DROP_CENTRE (%d)",
                    (int)c->drop, c->offsets.disc, CVH_DROP_NONE, CVH_DROP_CENTRE);
}

/* Whatever the convention draws with, a keypoint's cell is found by its snap, and whether it is left out by its drop. */
static cvh_status start(offset_job *job, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    if (!convention) return cvh_fail(CVH_ERR_ARGUMENT, "convention is NULL; it must point to one");
    job->convention = convention;
    if (cvh_offsets_check(&convention->offsets)) return CVH_ERR_ARGUMENT;
    if (draws_discs(job)) {
        if (check_disc(job)) return CVH_ERR_ARGUMENT;
        job->discs = *convention;
        job->discs.method = CVH_METHOD_PATCH;
        job->discs.gaussian = (cvh_gaussian){.sigma_x = 1, .ksize_x = 1};
        job->discs.border = CVH_BORDER_METHOD;
        job->discs.norm = CVH_NORM_NONE;
        convention = &job->discs;
    }
    if (cvh_rules_check(convention, convention->method)
        || cvh_points_check(points, count, convention, convention->method, &job->maps, false, &job->points))
        return CVH_ERR_ARGUMENT;
    job->frame = cvh_frame_of(convention);
    job->length = cvh_offsets_length(&convention->offsets, &job->frame, &job->maps);
    cvh_position unit = cvh_offsets_unit(&convention->offsets, &job->frame, &job->maps);
    job->disc = (cvh_position){convention->offsets.disc * unit.x, convention->offsets.disc * unit.y};
    cvh_placer_start(&job->placer, convention, &job->points.shared, &job->maps);
    return CVH_OK;
}

static void put(const cvh_maps *view, int map, int row, int col, double value)
{
    void *sample = cvh_sample_at(view, map, row, col);
    if (view->depth == CVH_64F)
        *(double *)sample = value;
    else
        *(float *)sample = (float)value;
}

static bool in_disc(const offset_job *job, cvh_position mu, int row, int col)
{
    double x = (mu.x - col) / job->disc.x, y = (mu.y - row) / job->disc.y;
    return x * x + y * y <= 1;
}

static void put_offset(const offset_job *job, int map, cvh_position mu, int row, int col)
{
    put(&job->dx, job->dx.count == 1 ? 0 : map, row, col, (mu.x - col) / job->length.x);
    put(&job->dy, job->dy.count == 1 ? 0 : map, row, col, (mu.y - row) / job->length.y);
}

/* The pixels of an axis that a disc may have, [lo, hi). */
static void reach(double mu, double radius, int size, int *lo, int *hi)
{
    double least = ceil(mu - radius - 1), most = floor(mu + radius + 1) + 1; /* one more, whatever is rounded */
    *lo = least > 0 ? least < size ? (int)least : size : 0;
    *hi = most < size ? most > *lo ? (int)most : *lo : size;
}

static void draw_disc(const offset_job *job, int map, cvh_position mu)
{
    int top, bottom, left, right;
    reach(mu.y, fabs(job->disc.y), job->maps.rows, &top, &bottom);
    reach(mu.x, fabs(job->disc.x), job->maps.cols, &left, &right);
    for (int row = top; row < bottom; row++)
        for (int col = left; col < right; col++) {
            if (!in_disc(job, mu, row, col)) continue;
            put(&job->maps, map, row, col, 1);
            if (job->convention->offsets.area == CVH_OFFSET_DISC) put_offset(job, map, mu, row, col);
        }
}

static void draw_everywhere(const offset_job *job, int map, cvh_position mu)
{
    for (int row = 0; row < job->maps.rows; row++)
        for (int col = 0; col < job->maps.cols; col++) put_offset(job, map, mu, row, col);
}

static void draw_cell(const offset_job *job, int map, cvh_position mu)
{
    int col = cvh_snapped(&job->placer, &job->placer.x, mu.x), row = cvh_snapped(&job->placer, &job->placer.y, mu.y);
    bool on_map = row >= 0 && row < job->maps.rows && col >= 0 && col < job->maps.cols;
    if (on_map) put_offset(job, map, mu, row, col);
}

/* Whether the keypoint has weight: cvh_encode's own answer, for its own Gaussian. */
static bool has_weight(const offset_job *job, size_t i)
{
    const cvh_keypoint *point = &job->points.at[i];
    const cvh_convention *convention = job->placer.convention;
    cvh_placement ignored;
    if (!point->gaussian || draws_discs(job)) return cvh_place(&job->placer, point, &ignored) >= CVH_FATE_EMPTY;
    cvh_shape own;
    cvh_placer placer;
    cvh_placer_start(&placer, convention, cvh_points_shape(&job->points, i, convention, convention->method, &own), &job->maps);
    return cvh_place(&placer, point, &ignored) >= CVH_FATE_EMPTY;
}

static void draw_offsets(const offset_job *job, float *weights)
{
    cvh_maps_clear(&job->dx, 0, job->dx.count);
    cvh_maps_clear(&job->dy, 0, job->dy.count);
    if (draws_discs(job)) cvh_maps_clear(&job->maps, 0, job->maps.count);
    for (size_t i = 0; i < job->points.count; i++) {
        const cvh_keypoint *point = &job->points.at[i];
        bool weighs = has_weight(job, i);
        if (weights && draws_discs(job)) weights[i] = weighs ? 1 : 0;
        if (!weighs) continue;
        cvh_position mu = cvh_frame_to_map(&job->frame, point->x, point->y);
        if (!(fabs(mu.x) <= FARTHEST && fabs(mu.y) <= FARTHEST)) continue;
        if (draws_discs(job)) draw_disc(job, point->map, mu);
        if (job->convention->offsets.area == CVH_OFFSET_EVERYWHERE) draw_everywhere(job, point->map, mu);
        if (job->convention->offsets.area == CVH_OFFSET_CELL) draw_cell(job, point->map, mu);
    }
}

cvh_status cvh_encode_offsets(const cvh_maps *maps, const cvh_maps *dx, const cvh_maps *dy, const cvh_keypoint *points,
                              size_t count, const cvh_convention *convention, float *weights)
{
    offset_job job;
    if (check_views(maps, dx, dy, &job) || start(&job, points, count, convention)) return CVH_ERR_ARGUMENT;
    cvh_status status = draws_discs(&job) ? CVH_OK : cvh_encode(maps, points, count, convention, weights);
    if (!status) draw_offsets(&job, weights);
    return status;
}
