/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/points.h"

#include <limits.h>
#include <string.h>

#include "base/fit.h"
#include "base/status.h"
#include "encode/painter.h"

static bool labelled(const cvh_keypoint *point)
{
    return !isnan(point->x) && !isnan(point->y);
}

/* What depends on a resolved Gaussian and on the convention together. */
static cvh_status check_shape(const cvh_shape *shape, const cvh_convention *convention)
{
    bool whole = isinf(shape->x.ksize) || isinf(shape->y.ksize);
    if (whole && convention->border != CVH_BORDER_METHOD)
        return cvh_fail(CVH_ERR_ARGUMENT, "convention: border is explicit with ksize CVH_WHOLE_MAP; it needs a finite window");
    if (whole && convention->norm == CVH_NORM_KERNEL)
        return cvh_fail(CVH_ERR_ARGUMENT,
                        "convention: norm is CVH_NORM_KERNEL with ksize CVH_WHOLE_MAP; it needs a finite window");
    return CVH_OK;
}

static cvh_status check_point(const cvh_keypoint *point, size_t index, const cvh_maps *view)
{
    if (point->map >= 0 && point->map < view->count) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "points[%zu]: map is %d; the view has maps 0..%d", index, point->map, view->count - 1);
}

static cvh_status refuse_second(size_t index, int map)
{
    return cvh_fail(CVH_ERR_ARGUMENT, "points[%zu]: map %d has a keypoint already; this norm takes one a map", index, map);
}

static cvh_status check_single_sorted(const cvh_points *points)
{
    int last = -1;
    for (size_t i = 0; i < points->count; i++) {
        if (!labelled(&points->at[i])) continue;
        if (points->at[i].map == last) return refuse_second(i, last);
        last = points->at[i].map;
    }
    return CVH_OK;
}

/* One keypoint a map. In any order: a bit for each map, a stretch of maps at a time, so that nothing is allocated. */
static cvh_status check_single(const cvh_points *points, const cvh_maps *view)
{
    enum { STRETCH = 1 << 18 };
    if (points->sorted) return check_single_sorted(points);
    unsigned char seen[STRETCH / CHAR_BIT];
    for (int first = 0; first < view->count; first += STRETCH) {
        memset(seen, 0, sizeof seen);
        for (size_t i = 0; i < points->count; i++) {
            int map = points->at[i].map - first;
            if (map < 0 || map >= STRETCH || !labelled(&points->at[i])) continue;
            unsigned char bit = (unsigned char)(1u << (map % CHAR_BIT));
            if (seen[map / CHAR_BIT] & bit) return refuse_second(i, points->at[i].map);
            seen[map / CHAR_BIT] |= bit;
        }
    }
    return CVH_OK;
}

const cvh_shape *cvh_points_shape(const cvh_points *points, size_t index, const cvh_convention *convention, cvh_method method,
                                  cvh_shape *own)
{
    const cvh_gaussian *gaussian = points->at[index].gaussian;
    if (!gaussian) return &points->shared;
    cvh_shape_resolve(convention, method, gaussian, (long long)index, own);
    return own;
}

/* The Gaussian that speaks for the list: the convention's where a keypoint uses it, else the first keypoint's. With no
 * keypoints, a convention whose Gaussians come with the keypoints needs none. */
static cvh_status resolve_shared(const cvh_convention *convention, cvh_method method, cvh_points *points)
{
    bool used = false;
    for (size_t i = 0; i < points->count && !used; i++) used = !points->at[i].gaussian;
    const cvh_gaussian *shared = &convention->gaussian;
    if (points->count == 0 && shared->sigma_x == 0 && shared->ksize_x == 0) return CVH_OK;
    const cvh_gaussian *own = used || points->count == 0 ? NULL : points->at[0].gaussian;
    return cvh_shape_resolve(convention, method, own, 0, &points->shared);
}

static int wider(int width, const cvh_shape *shape, const cvh_maps *view)
{
    int its = cvh_painter_width(shape, view);
    return its > width ? its : width;
}

cvh_status cvh_points_check(const cvh_keypoint *points, size_t count, const cvh_convention *convention, cvh_method method,
                            const cvh_maps *view, bool single, cvh_points *checked)
{
    if (cvh_fit_check("maps", convention, view)) return CVH_ERR_ARGUMENT;
    if (!points && count) return cvh_fail(CVH_ERR_ARGUMENT, "points is NULL; with count %zu it must point to them", count);
    *checked = (cvh_points){.at = points, .count = count, .sorted = true, .one_peak = true};
    if (resolve_shared(convention, method, checked) || check_shape(&checked->shared, convention)) return CVH_ERR_ARGUMENT;
    checked->width = wider(0, &checked->shared, view);
    for (size_t i = 0; i < count; i++) {
        if (check_point(&points[i], i, view)) return CVH_ERR_ARGUMENT;
        if (i && points[i].map < points[i - 1].map) checked->sorted = false;
        if (!points[i].gaussian) continue;
        cvh_shape own;
        if (cvh_shape_resolve(convention, method, points[i].gaussian, (long long)i, &own) || check_shape(&own, convention))
            return CVH_ERR_ARGUMENT;
        if (own.peak != checked->shared.peak) checked->one_peak = false;
        checked->width = wider(checked->width, &own, view);
    }
    if (convention->norm == CVH_NORM_CENTRE || (single && convention->norm == CVH_NORM_MAX)) return check_single(checked, view);
    return CVH_OK;
}
