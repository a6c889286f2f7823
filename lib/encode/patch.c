/* SPDX-License-Identifier: Apache-2.0
 * The patch method: each keypoint's Gaussian straight into its window. Clearing, drawing and rescaling go map by map if the
 * keypoints come in that order, so that a map is still in the cache when its patches arrive. */
#include <stdlib.h>
#include <string.h>

#include "base/maps.h"
#include "base/status.h"
#include "encode/method.h"
#include "encode/painter.h"
#include "encode/points.h"
#include "encode/rescale.h"
#include "encode/rules.h"
#include "encode/stamp.h"
#include "encode/whole.h"

/* What is drawn: a call's arguments, once they are checked. */
typedef struct request {
    cvh_maps view;
    cvh_points points;
    const cvh_convention *convention;
} request;

/* What it is drawn with. */
typedef struct brush {
    cvh_painter painter;
    cvh_placer placer; /* for the Gaussian that keypoints share */
    cvh_stamp stamp;   /* the same; of no kind unless stamps were asked for */
    int whole_most;    /* the same: maps that it covers at once; 0: it covers none */
    void *scratch;     /* profiles wider than the painter's own */
} brush;

/* When norms MAX and CENTRE rescale. */
typedef enum rescaling {
    RESCALING_NEVER,
    RESCALING_AT_SAMPLE, /* CENTRE: as soon as the map's only keypoint is drawn, by the sample at its pixel */
    RESCALING_WHEN_LEFT, /* MAX, where the keypoints of a map are neighbours: behind the last of them, by the maximum */
    RESCALING_AT_END     /* MAX, where they are scattered over the list: behind the last of all */
} rescaling;

/* How far it is. */
typedef struct progress {
    int cleared; /* maps below it are clear, or need not be */
    int ahead;   /* maps to clear at once */
    int touched; /* nothing was drawn yet on maps from it on */
    cvh_box box; /* drawn by the keypoints of the map in hand; empty: nothing yet */
    double peak; /* the largest of theirs */
    rescaling rescaling;
} progress;

/* ----------------------------------------------------------------------------------------------------------------- place */

/* From more keypoints than these on, what they share is made ready. */
enum { FEW = 4 };

/* A keypoint, where its Gaussian lies, and which it is. */
typedef struct placed {
    cvh_fate fate;
    cvh_placement at; /* where drawn */
    cvh_shape own;    /* what *shape is, unless the keypoint shares one */
    const cvh_shape *shape;
} placed;

static inline void place(const request *asked, const cvh_placer *shared, size_t i, placed *keypoint)
{
    const cvh_keypoint *point = &asked->points.at[i];
    keypoint->shape = &asked->points.shared;
    if (!point->gaussian) {
        keypoint->fate = cvh_place(shared, point, &keypoint->at);
        return;
    }
    cvh_placer placer;
    keypoint->shape = cvh_points_shape(&asked->points, i, asked->convention, CVH_METHOD_PATCH, &keypoint->own);
    cvh_placer_start(&placer, asked->convention, keypoint->shape, &asked->view);
    keypoint->fate = cvh_place(&placer, point, &keypoint->at);
}

/* ----------------------------------------------------------------------------------------------------------------- start */

static cvh_status check(request *asked, const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                        const cvh_convention *convention, bool single)
{
    asked->convention = convention;
    if (cvh_maps_check("maps", maps, CVH_DEPTHS_DRAWN, &asked->view) || cvh_rules_check(convention, CVH_METHOD_PATCH))
        return CVH_ERR_ARGUMENT;
    return cvh_points_check(points, count, convention, CVH_METHOD_PATCH, &asked->view, single, &asked->points);
}

/* Where copies of a keypoint meet, CVH_ARITHMETIC_OPENCV asks OpenCV how it adds up. */
static cvh_status choose_sums(const request *asked, brush *with)
{
    const cvh_convention *convention = asked->convention;
    if (convention->arithmetic != CVH_ARITHMETIC_OPENCV || !cvh_border_reflects(convention->border)) return CVH_OK;
    for (size_t i = 0; i < asked->points.count; i++) {
        placed keypoint;
        place(asked, &with->placer, i, &keypoint);
        if (keypoint.fate == CVH_FATE_DRAWN && cvh_painter_folds(&with->painter, keypoint.shape, &keypoint.at))
            return cvh_sums_ask(asked->view.depth, &with->painter.sums);
    }
    return CVH_OK;
}

/* The widest window that is left of any keypoint's on its map. */
static int widest_drawn(const request *asked, const brush *with)
{
    int width = 0;
    for (size_t i = 0; i < asked->points.count; i++) {
        placed keypoint;
        place(asked, &with->placer, i, &keypoint);
        int its = keypoint.fate == CVH_FATE_DRAWN ? keypoint.at.x.hi - keypoint.at.x.lo : 0;
        if (its > width) width = its;
    }
    return width;
}

static cvh_status make_room(const request *asked, brush *with)
{
    int width = asked->points.width > CVH_STACK_WIDTH ? widest_drawn(asked, with) : 0;
    if (width <= CVH_STACK_WIDTH) return CVH_OK;
    size_t bytes = ((size_t)width + CVH_BELLS) * cvh_sample_size(&asked->view);
    with->scratch = malloc(2 * bytes);
    if (!with->scratch)
        return cvh_fail(CVH_ERR_MEMORY, "out of memory: a window %d samples wide needs %zu bytes", width, 2 * bytes);
    with->painter.values = with->scratch;
    with->painter.row = (unsigned char *)with->scratch + bytes;
    return CVH_OK;
}

static cvh_status start_brush(const request *asked, brush *with)
{
    with->scratch = NULL;
    with->stamp.kind = CVH_STAMP_NONE;
    with->whole_most = 0;
    cvh_placer_start(&with->placer, asked->convention, &asked->points.shared, &asked->view);
    cvh_painter_start(&with->painter, &asked->view, asked->convention);
    with->painter.one_peak = asked->points.one_peak;
    if (asked->points.count > FEW) cvh_painter_share(&with->painter, &asked->points.shared);
    cvh_status status = choose_sums(asked, with);
    return status ? status : make_room(asked, with);
}

static void finish_brush(brush *with)
{
    free(with->scratch);
}

/* Maps are cleared ahead, as many as a batch of stamps draws on where they have the usual 64x48 floats: one long memset is
 * faster than many short ones, and what it leaves in the cache is still there when the patches come. From 384 KB to 3 MB all
 * are alike; all at once is slower, but for 30 MB of large maps with glibc 2.44, which clears so much past the cache. */
enum { AHEAD = CVH_STAMP_BATCH * 64 * 48 * (int)sizeof(float) };

/* `grouped`: the keypoints of a map are neighbours, or there is one. */
static progress start_progress(const request *asked, bool grouped)
{
    const cvh_maps *view = &asked->view;
    size_t bytes = (size_t)view->rows * (size_t)view->cols * cvh_sample_size(view);
    progress so_far = {.ahead = (int)(AHEAD / bytes), .rescaling = RESCALING_NEVER};
    if (asked->convention->norm == CVH_NORM_CENTRE) so_far.rescaling = RESCALING_AT_SAMPLE;
    if (asked->convention->norm == CVH_NORM_MAX) so_far.rescaling = grouped ? RESCALING_WHEN_LEFT : RESCALING_AT_END;
    return so_far;
}

/* --------------------------------------------------------------------------------------------------------------- rescale */

static void rescale_when_left(const request *asked, progress *so_far, size_t i, const placed *keypoint)
{
    const cvh_points *points = &asked->points;
    int map = points->at[i].map;
    if (keypoint->fate == CVH_FATE_DRAWN) {
        const cvh_box box = cvh_placement_box(&keypoint->at);
        cvh_box_widen(&so_far->box, &box);
        if (keypoint->shape->peak > so_far->peak) so_far->peak = keypoint->shape->peak;
    }
    if (i + 1 < points->count && points->at[i + 1].map == map) return;
    if (!cvh_box_empty(&so_far->box)) cvh_rescale_maximum(&asked->view, map, &so_far->box, so_far->peak);
    so_far->box = (cvh_box){0};
    so_far->peak = 0;
}

/* What keypoint i has to do with its map's rescaling, drawn or not. */
static void rescale(const request *asked, progress *so_far, size_t i, const placed *keypoint)
{
    if (so_far->rescaling == RESCALING_WHEN_LEFT) rescale_when_left(asked, so_far, i, keypoint);
    if (so_far->rescaling != RESCALING_AT_SAMPLE || keypoint->fate != CVH_FATE_DRAWN) return;
    const cvh_box box = cvh_placement_box(&keypoint->at);
    cvh_rescale_sample(&asked->view, asked->points.at[i].map, &box, keypoint->at.y.pixel, keypoint->at.x.pixel,
                       keypoint->shape->peak);
}

/* The largest peak that was drawn on each of the maps first..first+count-1; 0: none was. */
static void find_peaks(const request *asked, const cvh_placer *placer, int first, int count, double *peaks)
{
    memset(peaks, 0, (size_t)count * sizeof *peaks);
    for (size_t i = 0; i < asked->points.count; i++) {
        placed keypoint;
        int map = asked->points.at[i].map - first;
        if (map < 0 || map >= count) continue;
        place(asked, placer, i, &keypoint);
        if (keypoint.fate == CVH_FATE_DRAWN && keypoint.shape->peak > peaks[map]) peaks[map] = keypoint.shape->peak;
    }
}

/* A stretch of maps at a time, so that nothing is allocated. */
static void rescale_at_end(const request *asked, const cvh_placer *placer)
{
    enum { STRETCH = 4096 };
    const cvh_maps *view = &asked->view;
    const cvh_box whole = {0, view->rows, 0, view->cols};
    for (int first = 0; first < view->count; first += STRETCH) {
        double peaks[STRETCH];
        int count = view->count - first < STRETCH ? view->count - first : STRETCH;
        if (!asked->points.one_peak) find_peaks(asked, placer, first, count, peaks);
        for (int map = 0; map < count; map++) {
            double peak = asked->points.one_peak ? asked->points.shared.peak : peaks[map];
            if (peak > 0) cvh_rescale_maximum(view, first + map, &whole, peak); /* 0: nothing is drawn there */
        }
    }
}

/* ----------------------------------------------------------------------------------------------------------------- clear */

/* Up to where to clear, so that `map` is clear. */
static int clear_end(const cvh_maps *view, const progress *so_far, int map)
{
    if (map < so_far->cleared) return so_far->cleared;
    if (map + 1 - so_far->cleared >= so_far->ahead) return map + 1;
    return view->count - so_far->cleared < so_far->ahead ? view->count : so_far->cleared + so_far->ahead;
}

static void clear_to(const cvh_maps *view, progress *so_far, int end)
{
    if (end > so_far->cleared) cvh_maps_clear(view, so_far->cleared, end - so_far->cleared);
    so_far->cleared = end;
}

/* ------------------------------------------------------------------------------------------------------------------ draw */

/* True where what is drawn is all of a map that is not clear yet, which then needs no clearing: its values are at least 0, so
 * that all overlaps but the clamp would leave them on a clear map. */
static bool covers(const request *asked, const progress *so_far, int map, const placed *keypoint)
{
    const cvh_span *x = &keypoint->at.x, *y = &keypoint->at.y;
    bool whole = x->hi - x->lo == asked->view.cols && y->hi - y->lo == asked->view.rows;
    return whole && map >= so_far->cleared && asked->convention->overlap != CVH_OVERLAP_ADD_CLAMP
           && !(asked->convention->max_exponent > 0) && asked->convention->norm != CVH_NORM_SUM;
}

static void paint(const request *asked, brush *with, progress *so_far, size_t i, const placed *keypoint)
{
    int map = asked->points.at[i].map;
    bool first = covers(asked, so_far, map, keypoint);
    clear_to(&asked->view, so_far, first ? map : clear_end(&asked->view, so_far, map));
    cvh_painter_take(&with->painter, keypoint->shape);
    with->painter.overlap = first ? CVH_OVERLAP_REPLACE : asked->convention->overlap;
    cvh_painter_paint(&with->painter, map, &keypoint->at);
    if (first) so_far->cleared = map + 1;
    if (map >= so_far->touched) so_far->touched = map + 1;
}

static void draw_point(const request *asked, brush *with, progress *so_far, size_t i, float *weights)
{
    placed keypoint;
    place(asked, &with->placer, i, &keypoint);
    if (keypoint.fate == CVH_FATE_DRAWN) paint(asked, with, so_far, i, &keypoint);
    if (so_far->rescaling != RESCALING_NEVER) rescale(asked, so_far, i, &keypoint);
    if (weights) weights[i] = keypoint.fate >= CVH_FATE_EMPTY ? 1 : 0;
}

/* Keypoints from i on that share a Gaussian which covers a map, until one has a Gaussian of its own, or does not lie on a later
 * map than the one before it. Returns the index of that one. */
static size_t draw_whole(const request *asked, brush *with, progress *so_far, size_t i, float *weights)
{
    const cvh_points *points = &asked->points;
    cvh_whole_batch batch;
    batch.count = 0;
    cvh_painter_take(&with->painter, &points->shared);
    for (int next = so_far->cleared; i < points->count && batch.count < with->whole_most; i++) {
        placed keypoint;
        int map = points->at[i].map;
        if (points->at[i].gaussian || map < next) break;
        place(asked, &with->placer, i, &keypoint);
        if (weights) weights[i] = keypoint.fate >= CVH_FATE_EMPTY ? 1 : 0;
        if (keypoint.fate != CVH_FATE_DRAWN) continue;
        cvh_whole_add(&batch, &with->painter, map, &keypoint.at);
        next = map + 1;
    }
    for (int k = 0; k < batch.count; k++) {
        clear_to(&asked->view, so_far, batch.map[k]);
        so_far->cleared = batch.map[k] + 1;
    }
    cvh_whole_write(&batch, &with->painter);
    return i;
}

/* Stamps are placed before their maps are cleared, and written after. */
static void draw_points(const request *asked, brush *with, progress *so_far, float *weights)
{
    const cvh_points *points = &asked->points;
    cvh_stamp_batch batch;
    for (size_t i = 0; i < points->count;) {
        size_t next = i;
        bool shares = !points->at[i].gaussian;
        if (shares && with->whole_most > 0 && points->at[i].map >= so_far->cleared) {
            i = draw_whole(asked, with, so_far, i, weights);
            continue;
        }
        if (shares && with->stamp.kind && points->at[i].map >= so_far->touched) {
            int end = clear_end(&asked->view, so_far, points->at[i].map);
            next = cvh_stamp_place(&with->stamp, points, i, &so_far->touched, end, weights, &batch);
            clear_to(&asked->view, so_far, end);
        }
        if (next > i)
            cvh_stamp_write(&with->stamp, &batch);
        else
            draw_point(asked, with, so_far, next++, weights);
        i = next;
    }
}

/* On maps that are cleared first, keypoints that share a Gaussian may be stamped, or cover maps that need no clearing then. */
static void start_shared(const request *asked, brush *with, const progress *so_far)
{
    if (asked->points.count == 0 || so_far->rescaling == RESCALING_AT_END) return;
    cvh_painter_take(&with->painter, &asked->points.shared);
    cvh_stamp_start(&with->stamp, &with->painter, &with->placer);
    if (so_far->rescaling == RESCALING_NEVER) with->whole_most = cvh_whole_most(&with->painter, &with->placer);
}

static void draw_cleared(const request *asked, brush *with, float *weights)
{
    int maps = asked->view.count;
    progress so_far = start_progress(asked, asked->points.sorted);
    start_shared(asked, with, &so_far);
    if (!cvh_maps_planar(&asked->view)) clear_to(&asked->view, &so_far, maps);
    draw_points(asked, with, &so_far, weights);
    if (so_far.cleared < maps) clear_to(&asked->view, &so_far, maps);
    if (so_far.rescaling == RESCALING_AT_END) rescale_at_end(asked, &with->placer);
}

cvh_status cvh_patch_weighted(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention,
                              float *weights)
{
    request asked;
    brush with;
    if (check(&asked, maps, points, count, convention, false)) return CVH_ERR_ARGUMENT;
    cvh_status status = start_brush(&asked, &with);
    if (status) return status;
    draw_cleared(&asked, &with, weights);
    finish_brush(&with);
    return CVH_OK;
}

cvh_status cvh_draw(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    request asked;
    brush with;
    if (check(&asked, maps, points, count, convention, true)) return CVH_ERR_ARGUMENT;
    cvh_status status = start_brush(&asked, &with);
    if (status) return status;
    progress so_far = start_progress(&asked, true);
    so_far.cleared = asked.view.count;
    draw_points(&asked, &with, &so_far, NULL);
    finish_brush(&with);
    return CVH_OK;
}

cvh_status cvh_erase(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention)
{
    request asked;
    brush with;
    if (check(&asked, maps, points, count, convention, true)) return CVH_ERR_ARGUMENT;
    cvh_placer_start(&with.placer, convention, &asked.points.shared, &asked.view);
    cvh_painter_start(&with.painter, &asked.view, convention);
    for (size_t i = 0; i < count; i++) {
        placed keypoint;
        place(&asked, &with.placer, i, &keypoint);
        if (keypoint.fate != CVH_FATE_DRAWN) continue;
        if (convention->max_exponent > 0) cvh_painter_take(&with.painter, keypoint.shape); /* the cut depends on sigma */
        cvh_painter_wipe(&with.painter, points[i].map, &keypoint.at);
    }
    return CVH_OK;
}
