/* SPDX-License-Identifier: Apache-2.0
 * Digests of the reports: on maps, on peaks, and of crosschecks, each between two functions of which one is a little off. */
#include "surface/digests.h"

static void digest_report(uint64_t *digest, const cvh_report *r)
{
    const double values[] = {(double)r->compared,
                             (double)r->differing,
                             r->max_abs,
                             r->rmse,
                             r->map,
                             r->row,
                             r->col,
                             r->expected,
                             r->actual,
                             r->row_lo,
                             r->row_hi,
                             r->col_lo,
                             r->col_hi,
                             (double)r->missing,
                             (double)r->extra,
                             r->slip,
                             r->slip_x,
                             r->slip_y,
                             (double)(r->max_ulps >> 12)};
    digest_values(digest, values, sizeof values / sizeof *values);
}

static void digest_peak_report(uint64_t *digest, const cvh_peak_report *r)
{
    const double values[] = {
        (double)r->compared, (double)r->differing, r->max_distance, r->mean_distance, (double)r->index, r->slip, r->slip_x,
        r->slip_y,           (double)r->explained};
    digest_values(digest, values, sizeof values / sizeof *values);
    digest_peaks(digest, &r->expected, 1);
    digest_peaks(digest, &r->actual, 1);
}

static const cvh_depth depths[] = {CVH_32F, CVH_64F};
enum { DEPTHS = sizeof depths / sizeof *depths };
static double drawn[MAPS * ROWS * COLS], other[MAPS * ROWS * COLS];

void of_compare(uint64_t *digest)
{
    for (int d = 0; d < DEPTHS; d++) {
        cvh_report report;
        cvh_maps maps = cvh_maps_view(drawn, MAPS, ROWS, COLS, depths[d]);
        cvh_maps moved = cvh_maps_view(other, MAPS, ROWS, COLS, depths[d]);
        must(cvh_patch(&maps, points, POINTS, &drawings[0].convention));
        must(cvh_patch(&moved, points, POINTS, &drawings[1].convention));
        must(cvh_compare(&maps, &moved, &(cvh_tolerance){.relative = 1e-3}, &report));
        digest_report(digest, &report);
    }
}

/* Scattered, as an exchange of axes and as another scale; one of them absent. */
void of_compare_peaks(uint64_t *digest)
{
    cvh_peak expected[POINTS] = {{0}}, actual[POINTS] = {{0}};
    for (int way = 0; way < 3; way++) {
        cvh_peak_report report;
        for (int i = 0; i < POINTS; i++) {
            const double scattered = points[i].x + 0.01 * points[i].y * points[i].y;
            expected[i].x = points[i].x, expected[i].y = i == 7 ? NAN : points[i].y;
            actual[i].x = way == 1 ? points[i].y : way == 2 ? 1.3 * points[i].x : scattered;
            actual[i].y = i == 7 ? NAN : way == 1 ? points[i].x : way == 2 ? 0.7 * points[i].y : points[i].y;
        }
        must(cvh_compare_peaks(expected, actual, POINTS, 0.25, &report));
        digest_peak_report(digest, &report);
    }
}

/* -------------------------------------------------------------------------------------------------------------- crosschecks */

enum { FIRST = 10 }; /* keypoints, one a vector */

/* As cvh_patch, but a pixel to the right. */
static cvh_status patch_beside(const cvh_maps *maps, const cvh_keypoint *given, size_t count, const cvh_convention *convention)
{
    cvh_convention moved = *convention;
    moved.offset_x += 1;
    return cvh_patch(maps, given, count, &moved);
}

/* As cvh_decode, but with the axes exchanged. */
static cvh_status decode_exchanged(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks)
{
    cvh_status status = cvh_decode(maps, convention, peaks);
    for (int i = 0; status == CVH_OK && i < maps->count; i++) {
        double x = peaks[i].x;
        peaks[i].x = peaks[i].y;
        peaks[i].y = x;
    }
    return status;
}

static cvh_status simcc_wider(const cvh_maps *x, const cvh_maps *y, const cvh_keypoint *given, size_t count,
                              const cvh_simcc *simcc, float *weights)
{
    cvh_simcc wider = *simcc;
    wider.sigma_x += 0.5;
    return cvh_simcc_encode(x, y, given, count, &wider, weights);
}

static cvh_status simcc_unrefined(const cvh_maps *x, const cvh_maps *y, const cvh_simcc *simcc, cvh_peak *peaks)
{
    cvh_simcc unrefined = *simcc;
    unrefined.refine = CVH_REFINE_NONE;
    return cvh_simcc_decode(x, y, &unrefined, peaks);
}

void of_crosscheck(uint64_t *digest)
{
    for (int i = 0; i < DRAWINGS * DEPTHS; i++) {
        cvh_report report;
        cvh_maps shape = cvh_maps_view(NULL, MAPS, ROWS, COLS, depths[i % DEPTHS]);
        must(cvh_crosscheck(cvh_patch, patch_beside, &shape, points, POINTS, &drawings[i / DEPTHS].convention, NULL, &report));
        digest_report(digest, &report);
    }
}

void of_crosscheck_into(uint64_t *digest)
{
    cvh_report report;
    cvh_maps expected = cvh_maps_view(drawn, MAPS, ROWS, COLS, CVH_32F);
    cvh_maps actual = cvh_maps_view(other, MAPS, ROWS, COLS, CVH_32F);
    must(cvh_crosscheck_into(cvh_patch, patch_beside, &expected, &actual, points, POINTS, &drawings[0].convention, NULL,
                             &report));
    digest_report(digest, &report);
    digest_maps(digest, &expected);
    digest_maps(digest, &actual);
}

void of_crosscheck_decode(uint64_t *digest)
{
    for (int i = 0; i < DRAWINGS; i++) {
        cvh_peak_report report;
        cvh_maps maps = cvh_maps_view(drawn, MAPS, ROWS, COLS, CVH_32F);
        must(cvh_patch(&maps, points, POINTS, &drawings[i].convention));
        must(cvh_crosscheck_decode(cvh_decode, decode_exchanged, &maps, NULL, 0, &report));
        digest_peak_report(digest, &report);
    }
}

/* Labels, one keypoint a vector, in memory of the caller's. */
static cvh_simcc label(cvh_maps *x, cvh_maps *y, cvh_keypoint along[FIRST])
{
    *x = cvh_maps_view(drawn, FIRST, 1, 2 * COLS, CVH_32F);
    *y = cvh_maps_view(other, FIRST, 1, 2 * ROWS, CVH_32F);
    for (int i = 0; i < FIRST; i++) along[i] = (cvh_keypoint){.x = points[i].x, .y = points[i].y, .map = i};
    return (cvh_simcc){.sigma_x = 3.3};
}

void of_crosscheck_simcc(uint64_t *digest)
{
    cvh_maps x, y;
    cvh_keypoint along[FIRST];
    cvh_report of_x, of_y;
    const cvh_simcc simcc = label(&x, &y, along);
    must(cvh_crosscheck_simcc(cvh_simcc_encode, simcc_wider, &x, &y, along, FIRST, &simcc, NULL, &of_x, &of_y));
    digest_report(digest, &of_x);
    digest_report(digest, &of_y);
}

void of_crosscheck_simcc_decode(uint64_t *digest)
{
    cvh_maps x, y;
    cvh_keypoint along[FIRST];
    cvh_peak_report report;
    const cvh_simcc simcc = label(&x, &y, along);
    must(cvh_simcc_encode(&x, &y, along, FIRST, &simcc, NULL));
    must(cvh_crosscheck_simcc_decode(cvh_simcc_decode, simcc_unrefined, &x, &y, &simcc, 0, &report));
    digest_peak_report(digest, &report);
}
