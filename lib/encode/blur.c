/* SPDX-License-Identifier: Apache-2.0
 * The blur method: light the keypoints' pixels, cv::GaussianBlur, rescale. Each map is filtered on the bounding box of its
 * footprints alone, which gives the whole map's bits: the rest of it is zero before and after. */
#include <stdlib.h>
#include <string.h>

#include "base/maps.h"
#include "base/status.h"
#include "encode/method.h"
#include "encode/painter.h"
#include "encode/points.h"
#include "encode/rescale.h"
#include "encode/rules.h"
#include "gaussian/arithmetic.h"
#include "gaussian/filter.h"

/* What is lit on one map. */
typedef struct lit_map {
    cvh_box pixels;  /* bounding box of the lit pixels; empty: none */
    cvh_shape shape; /* its peak: the largest of the keypoints' */
    int row, col;    /* the last lit pixel */
} lit_map;

typedef struct blur_job {
    cvh_maps view;
    cvh_points points;
    cvh_convention convention; /* with the border that METHOD means */
    lit_map *lit;              /* one a map */
    unsigned char *scratch;    /* a packed, cleared map where OpenCV cannot take the view as it lies */
} blur_job;

static cvh_status check(blur_job *job, const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                        const cvh_convention *convention)
{
    if (cvh_maps_check("maps", maps, CVH_DEPTHS_DRAWN, &job->view) || cvh_rules_check(convention, CVH_METHOD_BLUR))
        return CVH_ERR_ARGUMENT;
    job->convention = *convention;
    if (convention->border == CVH_BORDER_METHOD) job->convention.border = CVH_BORDER_REFLECT_101;
    return cvh_points_check(points, count, &job->convention, CVH_METHOD_BLUR, &job->view, false, &job->points);
}

static cvh_status allocate(blur_job *job)
{
    size_t maps = (size_t)job->view.count;
    size_t bytes = (size_t)job->view.rows * (size_t)job->view.cols * cvh_sample_size(&job->view);
    bool direct = cvh_filter_takes(&job->view);
    job->lit = calloc(maps, sizeof *job->lit);
    job->scratch = direct ? NULL : calloc(1, bytes);
    if (job->lit && (direct || job->scratch)) return CVH_OK;
    return cvh_fail(CVH_ERR_MEMORY, "out of memory: %zu bytes for %zu maps, or a packed map of %zu bytes",
                    maps * sizeof *job->lit, maps, bytes);
}

static bool is_lit(const lit_map *lit)
{
    return !cvh_box_empty(&lit->pixels);
}

static void include_pixel(lit_map *lit, int row, int col, double peak)
{
    const cvh_box pixel = {row, row + 1, col, col + 1};
    cvh_box_widen(&lit->pixels, &pixel);
    lit->row = row;
    lit->col = col;
    if (peak > lit->shape.peak) lit->shape.peak = peak;
}

/* One window and sigma a map; the peaks may differ. */
static cvh_status check_window(const lit_map *lit, const cvh_shape *shape, size_t i, const blur_job *job)
{
    cvh_shape same = lit->shape;
    same.peak = shape->peak;
    if (cvh_shape_same(&same, shape)) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT,
                    "points[%zu]: gaussian differs from that of another keypoint on map %d; blur takes one a map", i,
                    job->points.at[i].map);
}

/* Notes where each map is lit, and the weights: before anything is written, because it may find an argument wrong. */
static cvh_status note_pixels(blur_job *job)
{
    for (size_t i = 0; i < job->points.count; i++) {
        cvh_shape own;
        cvh_placement placement;
        const cvh_shape *shape = cvh_points_shape(&job->points, i, &job->convention, CVH_METHOD_BLUR, &own);
        cvh_placer placer;
        cvh_placer_start(&placer, &job->convention, shape, &job->view);
        if (cvh_place(&placer, &job->points.at[i], &placement) != CVH_FATE_DRAWN) continue;
        lit_map *lit = &job->lit[job->points.at[i].map];
        if (is_lit(lit) && check_window(lit, shape, i, job)) return CVH_ERR_ARGUMENT;
        if (!is_lit(lit)) lit->shape = *shape;
        include_pixel(lit, placement.y.pixel, placement.x.pixel, shape->peak);
    }
    return CVH_OK;
}

static void light_sample(const blur_job *job, void *at, double value)
{
    bool counts = job->convention.overlap == CVH_OVERLAP_ADD;
    if (job->view.depth == CVH_32F) {
        float *sample = at, v = (float)value;
        *sample = counts ? *sample + v : v > *sample ? v : *sample;
    } else {
        double *sample = at;
        *sample = counts ? *sample + value : value > *sample ? value : *sample;
    }
}

/* The value of a keypoint's pixel. What is rescaled to one peak is lit by 1. */
static double lit_value(const blur_job *job, const cvh_shape *shape)
{
    cvh_norm norm = job->convention.norm;
    return norm == CVH_NORM_CENTRE || (norm == CVH_NORM_MAX && job->points.one_peak) ? 1 : shape->peak;
}

static void light_pixels(blur_job *job, float *weights)
{
    for (size_t i = 0; i < job->points.count; i++) {
        const cvh_keypoint *point = &job->points.at[i];
        cvh_shape own;
        cvh_placement placement;
        const cvh_shape *shape = cvh_points_shape(&job->points, i, &job->convention, CVH_METHOD_BLUR, &own);
        cvh_placer placer;
        cvh_placer_start(&placer, &job->convention, shape, &job->view);
        cvh_fate fate = cvh_place(&placer, point, &placement);
        if (fate == CVH_FATE_DRAWN)
            light_sample(job, cvh_sample_at(&job->view, point->map, placement.y.pixel, placement.x.pixel),
                         lit_value(job, shape));
        if (weights) weights[i] = fate >= CVH_FATE_EMPTY ? 1 : 0;
    }
}

static int clamped(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

/* The footprints' bounding box. */
static cvh_box footprint(const blur_job *job, const lit_map *lit, const cvh_shim_blur *blur)
{
    int rx = blur->ksize_x / 2, ry = blur->ksize_y / 2, rows = job->view.rows, cols = job->view.cols;
    cvh_box box = {clamped(lit->pixels.row_lo - ry, 0, rows), clamped(lit->pixels.row_hi + ry, 0, rows),
                   clamped(lit->pixels.col_lo - rx, 0, cols), clamped(lit->pixels.col_hi + rx, 0, cols)};
    cvh_align_columns(&box.col_lo, &box.col_hi, cols);
    return box;
}

/* What a call on the whole map takes: on a region of it OpenCV would take all taps along an axis of length 1. */
static cvh_shim_blur blur_of(const blur_job *job, const cvh_shape *shape)
{
    cvh_border border = job->convention.border;
    return (cvh_shim_blur){.ksize_x = cvh_takes_one_tap(border, job->view.cols) ? 1 : (int)shape->x.ksize,
                           .ksize_y = cvh_takes_one_tap(border, job->view.rows) ? 1 : (int)shape->y.ksize,
                           .sigma_x = shape->x.kernel_sigma,
                           .sigma_y = shape->y.kernel_sigma,
                           .border = cvh_filter_border(border)};
}

static void clear_scratch(const blur_job *job, const cvh_box *box)
{
    size_t size = cvh_sample_size(&job->view), width = (size_t)(box->col_hi - box->col_lo);
    for (int row = box->row_lo; row < box->row_hi; row++)
        memset(job->scratch + ((size_t)row * (size_t)job->view.cols + (size_t)box->col_lo) * size, 0, width * size);
}

static cvh_status blur_map(blur_job *job, int map)
{
    const lit_map *lit = &job->lit[map];
    cvh_shim_blur blur = blur_of(job, &lit->shape);
    cvh_box box = footprint(job, lit, &blur);
    blur.x = box.col_lo;
    blur.y = box.row_lo;
    blur.width = box.col_hi - box.col_lo;
    blur.height = box.row_hi - box.row_lo;
    cvh_shim_image image = job->scratch ? cvh_filter_scratch(&job->view, job->scratch) : cvh_filter_image(&job->view, map);
    if (job->scratch) cvh_filter_move(&job->view, map, &box, job->scratch, CVH_MOVE_IN);
    cvh_status status = cvh_filter(&image, &image, &blur);
    if (status) return status;
    if (job->scratch) {
        cvh_filter_move(&job->view, map, &box, job->scratch, CVH_MOVE_OUT);
        clear_scratch(job, &box);
    }
    if (job->convention.norm == CVH_NORM_MAX) cvh_rescale_maximum(&job->view, map, &box, lit->shape.peak);
    if (job->convention.norm == CVH_NORM_CENTRE) cvh_rescale_sample(&job->view, map, &box, lit->row, lit->col, lit->shape.peak);
    return CVH_OK;
}

static cvh_status run(blur_job *job, float *weights)
{
    cvh_status status = allocate(job);
    if (!status) status = note_pixels(job);
    if (status) return status;
    cvh_maps_clear(&job->view, 0, job->view.count);
    light_pixels(job, weights);
    for (int map = 0; map < job->view.count && !status; map++)
        if (is_lit(&job->lit[map])) status = blur_map(job, map);
    return status;
}

cvh_status cvh_blur_weighted(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention,
                             float *weights)
{
    blur_job job = {0};
    if (check(&job, maps, points, count, convention)) return CVH_ERR_ARGUMENT;
    cvh_status status = run(&job, weights);
    free(job.lit);
    free(job.scratch);
    return status;
}
