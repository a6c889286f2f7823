/* SPDX-License-Identifier: Apache-2.0
 * The patch method: each keypoint's Gaussian straight into its window. Clearing, drawing and rescaling go map by map where the
 * keypoints come in that order, so that a map is still in the cache when its patches arrive. */
#include <stdlib.h>

#include "base/maps.h"
#include "base/status.h"
#include "encode/method.h"
#include "encode/painter.h"
#include "encode/points.h"
#include "encode/rules.h"
#include "encode/stamp.h"

typedef struct patch_job {
    cvh_maps view;
    cvh_points points;
    const cvh_convention *convention;
    cvh_painter painter;
    cvh_placer shared_placer;
    bool painter_has_shared; /* the painter is prepared for the shared shape */
    cvh_stamp stamp;         /* of the shared shape, while the painter is prepared for it */
    int cleared;             /* maps below it are clear, or need not be */
    int touched;             /* nothing was drawn yet on maps from it on */
    cvh_box drawn;           /* by the keypoints of the map in hand; empty: nothing yet */
    void *scratch;           /* profiles wider than the painter's own */
} patch_job;

/* Places keypoint i; *shape is its own Gaussian in *own or the shared one. */
static inline cvh_fate place(const patch_job *job, size_t i, cvh_shape *own, const cvh_shape **shape, cvh_placement *placement)
{
    const cvh_keypoint *point = &job->points.at[i];
    *shape = &job->points.shared;
    if (!point->gaussian) return cvh_place(&job->shared_placer, point, placement);
    *shape = cvh_points_shape(&job->points, i, job->convention, CVH_METHOD_PATCH, own);
    cvh_placer placer;
    cvh_placer_start(&placer, job->convention, own, &job->view);
    return cvh_place(&placer, point, placement);
}

/* The widest window that is left of any keypoint's on its map. */
static int widest_drawn(const patch_job *job)
{
    int width = 0;
    for (size_t i = 0; i < job->points.count; i++) {
        cvh_placement placement;
        cvh_shape own;
        const cvh_shape *shape;
        bool drawn = place(job, i, &own, &shape, &placement) == CVH_FATE_DRAWN;
        if (drawn && placement.x.hi - placement.x.lo > width) width = placement.x.hi - placement.x.lo;
    }
    return width;
}

/* Where copies of a keypoint meet, CVH_ARITHMETIC_OPENCV asks OpenCV how it adds up. */
static cvh_status choose_sums(patch_job *job)
{
    if (job->convention->arithmetic != CVH_ARITHMETIC_OPENCV || job->convention->border <= CVH_BORDER_CONSTANT) return CVH_OK;
    for (size_t i = 0; i < job->points.count; i++) {
        cvh_placement placement;
        cvh_shape own;
        const cvh_shape *shape;
        if (place(job, i, &own, &shape, &placement) == CVH_FATE_DRAWN && cvh_painter_folds(&job->painter, shape, &placement))
            return cvh_sums_ask(job->view.depth, &job->painter.sums);
    }
    return CVH_OK;
}

static cvh_status start(patch_job *job, const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                        const cvh_convention *convention, bool single)
{
    if (cvh_maps_check("maps", maps, CVH_DEPTHS_DRAWN, &job->view) || cvh_rules_check(convention, CVH_METHOD_PATCH)
        || cvh_points_check(points, count, convention, CVH_METHOD_PATCH, &job->view, single, &job->points))
        return CVH_ERR_ARGUMENT;
    job->convention = convention;
    job->cleared = 0;
    job->touched = 0;
    job->stamp.kind = CVH_STAMP_NONE;
    job->drawn = (cvh_box){0};
    job->scratch = NULL;
    job->painter_has_shared = false;
    cvh_placer_start(&job->shared_placer, convention, &job->points.shared, &job->view);
    cvh_painter_start(&job->painter, &job->view, convention);
    cvh_status status = choose_sums(job);
    if (status) return status;
    int width = job->points.width > CVH_STACK_WIDTH ? widest_drawn(job) : 0;
    if (width <= CVH_STACK_WIDTH) return CVH_OK;

    size_t bytes = ((size_t)width + CVH_BELLS) * cvh_sample_size(&job->view);
    job->scratch = malloc(2 * bytes);
    if (!job->scratch)
        return cvh_fail(CVH_ERR_MEMORY, "out of memory: a window %d samples wide needs %zu bytes", width, 2 * bytes);
    job->painter.values = job->scratch;
    job->painter.row = (unsigned char *)job->scratch + bytes;
    return CVH_OK;
}

static void finish(patch_job *job)
{
    free(job->scratch);
}

static void paint(patch_job *job, int map, const cvh_shape *shape, const cvh_placement *placement)
{
    bool shared = shape == &job->points.shared;
    if (!shared || !job->painter_has_shared) cvh_painter_take(&job->painter, shape);
    job->painter_has_shared = shared;
    cvh_painter_paint(&job->painter, map, placement);
}

static cvh_box box_of(const cvh_placement *placement)
{
    return (cvh_box){placement->y.lo, placement->y.hi, placement->x.lo, placement->x.hi};
}

static bool is_empty(const cvh_box *box)
{
    return box->row_lo >= box->row_hi;
}

static void widen(cvh_box *box, const cvh_box *by)
{
    if (is_empty(box)) {
        *box = *by;
        return;
    }
    if (by->row_lo < box->row_lo) box->row_lo = by->row_lo;
    if (by->row_hi > box->row_hi) box->row_hi = by->row_hi;
    if (by->col_lo < box->col_lo) box->col_lo = by->col_lo;
    if (by->col_hi > box->col_hi) box->col_hi = by->col_hi;
}

/* Norms that rescale: what keypoint i drew (NULL: nothing) is added to its map's box, and the map's last keypoint divides it.
 */
static void rescale_point(patch_job *job, size_t i, const cvh_placement *placement)
{
    const cvh_points *points = &job->points;
    int map = points->at[i].map;
    if (placement) {
        cvh_box box = box_of(placement);
        if (job->convention->norm == CVH_NORM_CENTRE)
            cvh_rescale_sample(&job->view, map, &box, placement->y.pixel, placement->x.pixel, job->painter.shape.peak);
        widen(&job->drawn, &box);
    }
    if (i + 1 < points->count && points->at[i + 1].map == map) return;
    if (job->convention->norm == CVH_NORM_MAX && points->sorted && !is_empty(&job->drawn))
        cvh_rescale_maximum(&job->view, map, &job->drawn, points->shared.peak);
    job->drawn = (cvh_box){0};
}

/* Maps are cleared ahead, this many bytes at a time: one long memset is faster than many short ones, and what it leaves in the
 * cache is still there when the patches come. */
enum { AHEAD = 3 << 18 };

/* Up to where to clear, so that `map` is clear. */
static int clear_end(const patch_job *job, int map)
{
    size_t bytes = (size_t)job->view.rows * (size_t)job->view.cols * cvh_sample_size(&job->view);
    int ahead = (int)(AHEAD / bytes);
    if (map < job->cleared) return job->cleared;
    if (map + 1 - job->cleared >= ahead) return map + 1;
    return job->view.count - job->cleared < ahead ? job->view.count : job->cleared + ahead;
}

static void clear_to(patch_job *job, int end)
{
    if (end > job->cleared) cvh_maps_clear(&job->view, job->cleared, end - job->cleared);
    job->cleared = end;
}

/* Maps that are cleared first take stamps, if the keypoints that share a Gaussian can be stamped with it. */
static void start_stamp(patch_job *job)
{
    if (job->points.count == 0 || (job->convention->norm == CVH_NORM_MAX && !job->points.sorted)) return;
    cvh_painter_take(&job->painter, &job->points.shared);
    job->painter_has_shared = true;
    cvh_stamp_start(&job->stamp, &job->painter, &job->shared_placer);
}

static void draw_point(patch_job *job, size_t i, float *weights)
{
    int map = job->points.at[i].map;
    cvh_norm norm = job->convention->norm;
    cvh_placement placement;
    cvh_shape own;
    const cvh_shape *shape;
    cvh_fate fate = place(job, i, &own, &shape, &placement);
    if (fate == CVH_FATE_DRAWN) {
        paint(job, map, shape, &placement);
        if (map >= job->touched) job->touched = map + 1;
    }
    if (norm == CVH_NORM_MAX || norm == CVH_NORM_CENTRE) rescale_point(job, i, fate == CVH_FATE_DRAWN ? &placement : NULL);
    if (weights) weights[i] = fate >= CVH_FATE_EMPTY ? 1 : 0;
}

/* Stamps are placed before their maps are cleared, and written after. */
static void draw_points(patch_job *job, float *weights)
{
    const cvh_points *points = &job->points;
    cvh_stamp_batch batch;
    for (size_t i = 0; i < points->count;) {
        int end = clear_end(job, points->at[i].map);
        size_t next = i;
        if (job->stamp.kind && job->painter_has_shared)
            next = cvh_stamp_place(&job->stamp, points, i, &job->touched, end, weights, &batch);
        clear_to(job, end);
        if (next > i)
            cvh_stamp_write(&job->stamp, &batch);
        else
            draw_point(job, next++, weights);
        i = next;
    }
}

/* Where a map's keypoints are scattered over the list, its maximum is known at the end only. */
static void rescale_all(const patch_job *job)
{
    const cvh_maps *view = &job->view;
    cvh_box whole = {0, view->rows, 0, view->cols};
    for (int map = 0; map < view->count; map++) cvh_rescale_maximum(view, map, &whole, job->points.shared.peak);
}

static void draw_cleared(patch_job *job, float *weights)
{
    int maps = job->view.count;
    start_stamp(job);
    if (!cvh_maps_planar(&job->view)) clear_to(job, maps);
    draw_points(job, weights);
    if (job->cleared < maps) clear_to(job, maps);
    if (!job->points.sorted && job->convention->norm == CVH_NORM_MAX) rescale_all(job);
}

cvh_status cvh_patch_weighted(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention,
                              float *weights)
{
    patch_job job;
    cvh_status status = start(&job, maps, points, count, convention, false);
    if (status) return status;
    draw_cleared(&job, weights);
    finish(&job);
    return CVH_OK;
}

cvh_status cvh_draw(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    patch_job job;
    cvh_status status = start(&job, maps, points, count, convention, true);
    if (status) return status;
    job.points.sorted = true; /* a map to rescale has one keypoint */
    job.cleared = job.view.count;
    draw_points(&job, NULL);
    finish(&job);
    return CVH_OK;
}

cvh_status cvh_erase(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    patch_job job;
    cvh_status status = start(&job, maps, points, count, convention, true);
    if (status) return status;
    for (size_t i = 0; i < count; i++) {
        cvh_placement placement;
        cvh_shape own;
        const cvh_shape *shape;
        if (place(&job, i, &own, &shape, &placement) != CVH_FATE_DRAWN) continue;
        if (convention->max_exponent > 0) cvh_painter_take(&job.painter, shape); /* the cut depends on sigma */
        cvh_painter_wipe(&job.painter, points[i].map, &placement);
    }
    finish(&job);
    return CVH_OK;
}
