/* SPDX-License-Identifier: Apache-2.0
 * Two methods, one set of keypoints. */
#include <stdbool.h>
#include <stdlib.h>

#include "base/fit.h"
#include "base/maps.h"
#include "base/status.h"
#include "compare/comparable.h"
#include "compare/compare.h"
#include "cvheatmap.h"

/* A packed view of shape's maps; its data is a place that is never read, for cvh_maps_check to accept. */
static cvh_status check_shape(const cvh_maps *shape, cvh_maps *packed)
{
    static const double nowhere = 0;
    if (!shape) return cvh_fail(CVH_ERR_ARGUMENT, "shape is NULL; it must point to a view");
    cvh_maps view = cvh_maps_view(&nowhere, shape->count, shape->rows, shape->cols, shape->depth);
    return cvh_maps_check("shape", &view, CVH_DEPTHS_DRAWN, packed);
}

static cvh_status check_methods(cvh_method_fn expected, cvh_method_fn actual, const cvh_keypoint *points, size_t count,
                                const cvh_convention *convention)
{
    if (!expected) return cvh_fail(CVH_ERR_ARGUMENT, "expected is NULL; it must be a method, as cvh_blur");
    if (!actual) return cvh_fail(CVH_ERR_ARGUMENT, "actual is NULL; it must be a method, as cvh_patch");
    if (!points && count > 0) return cvh_fail(CVH_ERR_ARGUMENT, "points is NULL; with count %zu it must not be", count);
    if (!convention) return cvh_fail(CVH_ERR_ARGUMENT, "convention is NULL; it must point to a convention");
    return CVH_OK;
}

/* Both sets of maps in one zeroed block, which is given to *expected. The largest shape, 2^58 samples of 8 bytes, twice, is
 * 2^62 bytes: only where size_t is smaller can the size overflow. */
static cvh_status allocate(cvh_maps *expected, cvh_maps *actual)
{
    size_t maps = (size_t)expected->count;
    if (expected->map_step <= SIZE_MAX / 2 / maps) { /* GCOVR_EXCL_BR_LINE: never beyond where size_t has 64 bits */
        size_t bytes = expected->map_step * maps;
        expected->data = calloc(2, bytes);
        if (expected->data) {
            actual->data = (unsigned char *)expected->data + bytes;
            return CVH_OK;
        }
    }
    return cvh_fail(CVH_ERR_MEMORY, "shape: two times %d maps of %dx%d samples do not fit in memory", expected->count,
                    expected->rows, expected->cols);
}

/* What the two draw is compared where both are the library's; a caller's own method takes any setting as it likes. */
static cvh_status check_pair(cvh_method_fn expected, cvh_method_fn actual, const cvh_maps *view, const cvh_keypoint *points,
                             size_t count, const cvh_convention *convention)
{
    bool pair = (expected == cvh_blur && actual == cvh_patch) || (expected == cvh_patch && actual == cvh_blur);
    return pair ? cvh_comparable_check(convention, points, count, view) : CVH_OK;
}

static cvh_status draw_both(cvh_method_fn expected, cvh_method_fn actual, const cvh_maps *e, const cvh_maps *a,
                            const cvh_keypoint *points, size_t count, const cvh_convention *convention,
                            const cvh_tolerance *tolerance, cvh_report *report)
{
    cvh_convention both = *convention;
    bool by_opencv = expected == cvh_blur || actual == cvh_blur;
    if (by_opencv && both.arithmetic == CVH_ARITHMETIC_PORTABLE) both.arithmetic = CVH_ARITHMETIC_OPENCV;
    cvh_status status = expected(e, points, count, &both);
    if (!status) status = actual(a, points, count, &both);
    if (!status) status = cvh_compare(e, a, tolerance, report);
    return status;
}

cvh_status cvh_crosscheck(cvh_method_fn expected, cvh_method_fn actual, const cvh_maps *shape, const cvh_keypoint *points,
                          size_t count, const cvh_convention *convention, const cvh_tolerance *tolerance, cvh_report *report)
{
    cvh_maps e;
    if (check_methods(expected, actual, points, count, convention) || check_shape(shape, &e)
        || cvh_fit_check("shape", convention, &e) || cvh_compare_check(tolerance, report))
        return CVH_ERR_ARGUMENT;
    cvh_maps a = e;
    cvh_status status = check_pair(expected, actual, &e, points, count, convention);
    if (!status) status = allocate(&e, &a);
    if (status) return status;
    status = draw_both(expected, actual, &e, &a, points, count, convention, tolerance, report);
    free(e.data);
    return status;
}

static cvh_status check_same_shape(const cvh_maps *e, const cvh_maps *a)
{
    if (e->count == a->count && e->rows == a->rows && e->cols == a->cols && e->depth == a->depth) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "actual_maps is %d maps of %dx%d, %s; it must be %d maps of %dx%d, %s, as expected_maps",
                    a->count, a->rows, a->cols, cvh_depth_text((int)a->depth), e->count, e->rows, e->cols,
                    cvh_depth_text((int)e->depth));
}

cvh_status cvh_crosscheck_into(cvh_method_fn expected, cvh_method_fn actual, const cvh_maps *expected_maps,
                               const cvh_maps *actual_maps, const cvh_keypoint *points, size_t count,
                               const cvh_convention *convention, const cvh_tolerance *tolerance, cvh_report *report)
{
    cvh_maps e, a;
    if (check_methods(expected, actual, points, count, convention)
        || cvh_maps_check("expected_maps", expected_maps, CVH_DEPTHS_DRAWN, &e)
        || cvh_maps_check("actual_maps", actual_maps, CVH_DEPTHS_DRAWN, &a) || check_same_shape(&e, &a)
        || cvh_fit_check("expected_maps", convention, &e) || cvh_compare_check(tolerance, report))
        return CVH_ERR_ARGUMENT;
    cvh_status status = check_pair(expected, actual, &e, points, count, convention);
    if (status) return status;
    return draw_both(expected, actual, &e, &a, points, count, convention, tolerance, report);
}
