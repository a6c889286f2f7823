/* SPDX-License-Identifier: Apache-2.0
 * Two ways to draw SimCC's labels, and two to read its vectors. */
#include <stdlib.h>

#include "base/status.h"
#include "compare/compare.h"
#include "compare/peaks.h"
#include "gaussian/simcc.h"

/* A view of the shape's size; its data is a place that is never read, for cvh_maps_check to accept. */
static cvh_status shape_of(const char *argument, const cvh_maps *shape, cvh_maps *view)
{
    static const double nowhere = 0;
    if (!shape) return cvh_fail(CVH_ERR_ARGUMENT, "%s is NULL; it must point to a view", argument);
    *view = cvh_maps_view(&nowhere, shape->count, shape->rows, shape->cols, shape->depth);
    return CVH_OK;
}

/* Both axes' vectors, twice, in one zeroed block: x expected and actual, y expected and actual. A vector has at most 2^15
 * samples of 8 bytes, and calloc sees to the product with the count. */
static void *allocate(const cvh_simcc_pair *pair, cvh_maps x[2], cvh_maps y[2])
{
    size_t count = (size_t)pair->x.count, x_bytes = pair->x.map_step, y_bytes = pair->y.map_step;
    unsigned char *block = calloc(count, 2 * (x_bytes + y_bytes));
    if (!block) {
        cvh_tell("shape_x, shape_y: two times %d vectors of %d and %d bins do not fit in memory", pair->x.count, pair->x.cols,
                 pair->y.cols);
        return NULL;
    }
    for (size_t i = 0; i < 2; i++) {
        x[i] = pair->x, x[i].data = block + i * count * x_bytes;
        y[i] = pair->y, y[i].data = block + count * (2 * x_bytes + i * y_bytes);
    }
    return block;
}

cvh_status cvh_crosscheck_simcc(cvh_simcc_encode_fn expected, cvh_simcc_encode_fn actual, const cvh_maps *shape_x,
                                const cvh_maps *shape_y, const cvh_keypoint *points, size_t count, const cvh_simcc *simcc,
                                const cvh_tolerance *tolerance, cvh_report *report_x, cvh_report *report_y)
{
    if (!expected) return cvh_fail(CVH_ERR_ARGUMENT, "expected is NULL; it must draw labels, as cvh_simcc_encode does");
    if (!actual) return cvh_fail(CVH_ERR_ARGUMENT, "actual is NULL; it must draw labels, as cvh_simcc_encode does");
    if (!points && count) return cvh_fail(CVH_ERR_ARGUMENT, "points is NULL; with count %zu it must point to them", count);
    cvh_maps x[2], y[2];
    cvh_simcc_pair pair;
    if (shape_of("shape_x", shape_x, &x[0]) || shape_of("shape_y", shape_y, &y[0])
        || cvh_simcc_start(&x[0], &y[0], CVH_DEPTHS_DRAWN, simcc, &pair) || cvh_compare_check(tolerance, report_x)
        || cvh_compare_check(tolerance, report_y))
        return CVH_ERR_ARGUMENT;
    void *block = allocate(&pair, x, y);
    if (!block) return CVH_ERR_MEMORY;
    cvh_status status = expected(&x[0], &y[0], points, count, simcc, NULL);
    if (!status) status = actual(&x[1], &y[1], points, count, simcc, NULL);
    if (!status) status = cvh_compare(&x[0], &x[1], tolerance, report_x); /* neither has an error left to find */
    if (!status) status = cvh_compare(&y[0], &y[1], tolerance, report_y);
    free(block);
    return status;
}

cvh_status cvh_crosscheck_simcc_decode(cvh_simcc_decode_fn expected, cvh_simcc_decode_fn actual, const cvh_maps *x,
                                       const cvh_maps *y, const cvh_simcc *simcc, double tolerance, cvh_peak_report *report)
{
    cvh_simcc_pair pair;
    if (!expected) return cvh_fail(CVH_ERR_ARGUMENT, "expected is NULL; it must read vectors, as cvh_simcc_decode does");
    if (!actual) return cvh_fail(CVH_ERR_ARGUMENT, "actual is NULL; it must read vectors, as cvh_simcc_decode does");
    if (cvh_simcc_start(x, y, CVH_DEPTHS_ALL, simcc, &pair) || cvh_compare_peaks_check(tolerance, report))
        return CVH_ERR_ARGUMENT;
    size_t count = (size_t)pair.x.count;
    cvh_peak *peaks = calloc(count, 2 * sizeof *peaks);
    if (!peaks) return cvh_fail(CVH_ERR_MEMORY, "x, y: two times %d peaks do not fit in memory", pair.x.count);
    cvh_status status = expected(x, y, simcc, peaks);
    if (!status) status = actual(x, y, simcc, peaks + count);
    if (!status) status = cvh_compare_peaks(peaks, peaks + count, count, tolerance, report);
    free(peaks);
    return status;
}
