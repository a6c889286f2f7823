/* SPDX-License-Identifier: Apache-2.0
 * Two ways to cut a person out of the same photograph. */
#include <stdlib.h>

#include "base/maps.h"
#include "base/status.h"
#include "compare/compare.h"
#include "cvheatmap.h"

/* Planes of the shape's size and of the photograph's channels, depth and scale; their data is to come. */
static cvh_status picture_of(const cvh_maps *photo, const cvh_maps *shape, cvh_maps *picture)
{
    static const double nowhere = 0;
    if (!shape) return cvh_fail(CVH_ERR_ARGUMENT, "shape is NULL; it must point to a view");
    cvh_maps view = cvh_maps_view(&nowhere, photo->count, shape->rows, shape->cols, photo->depth);
    view.scale = photo->scale;
    view.zero = photo->zero;
    return cvh_maps_check("shape", &view, CVH_DEPTHS_ALL, picture);
}

static cvh_status check_functions(cvh_warp_fn expected, cvh_warp_fn actual)
{
    if (!expected) return cvh_fail(CVH_ERR_ARGUMENT, "expected is NULL; it must warp a photograph, as cvh_warp does");
    if (!actual) return cvh_fail(CVH_ERR_ARGUMENT, "actual is NULL; it must warp a photograph, as cvh_warp_native does");
    return CVH_OK;
}

/* Both pictures in one zeroed block, which is given to *expected. */
static cvh_status allocate(cvh_maps *expected, cvh_maps *actual)
{
    size_t channels = (size_t)expected->count;
    if (expected->map_step <= SIZE_MAX / 2 / channels) { /* GCOVR_EXCL_BR_LINE: never beyond where size_t has 64 bits */
        size_t bytes = expected->map_step * channels;
        expected->data = calloc(2, bytes);
        if (expected->data) {
            actual->data = (unsigned char *)expected->data + bytes;
            return CVH_OK;
        }
    }
    return cvh_fail(CVH_ERR_MEMORY, "shape: two pictures of %d channels of %dx%d samples do not fit in memory", expected->count,
                    expected->rows, expected->cols);
}

cvh_status cvh_crosscheck_warp(cvh_warp_fn expected, cvh_warp_fn actual, const cvh_maps *photo, const cvh_maps *shape,
                               const cvh_affine *to_input, double outside, const cvh_tolerance *tolerance, cvh_report *report)
{
    cvh_maps view, e;
    if (check_functions(expected, actual) || cvh_maps_check("photo", photo, CVH_DEPTHS_ALL, &view)
        || picture_of(&view, shape, &e) || cvh_compare_check(tolerance, report))
        return CVH_ERR_ARGUMENT;
    cvh_maps a = e;
    cvh_status status = allocate(&e, &a);
    if (status) return status;
    status = expected(photo, &e, to_input, outside);
    if (!status) status = actual(photo, &a, to_input, outside);
    if (!status) status = cvh_compare(&e, &a, tolerance, report);
    free(e.data);
    return status;
}
