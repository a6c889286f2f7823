/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap_assert.h: heatmaps in tests, for any test framework. A function compares, says in a text how two sets of maps
 * differ, and saves them; what fails then is the framework's. cvheatmap_check.h has it as assertions for Check. With others:
 *
 *     GoogleTest, Catch2 and the like
 *         char why[CVH_CHECK_TEXT];
 *         EXPECT_TRUE(cvh_check_close(&expected, &actual, 1e-6, 0, __FILE__, __LINE__, why)) << why;
 *         INFO(why); CHECK(...)
 *     plain assert
 *         if (!cvh_check_close(&expected, &actual, 1e-6, 0, __FILE__, __LINE__, why)) fputs(why, stderr), abort();
 *
 * Each returns 1 where they agree, else 0 with the text in why[CVH_CHECK_TEXT] (nothing is written to it where they agree):
 *
 *     cvh_check_close(expected, actual, absolute, relative, file, line, why)   |e-a| <= absolute or |e-a| <= relative * |e|
 *     cvh_check_ulps(expected, actual, ulps, file, line, why)                  at most so many steps of expected's depth apart
 *     cvh_check_maps(expected, actual, tolerance, file, line, why)             any cvh_tolerance; NULL: the same numbers
 *     cvh_check_golden(path, actual, absolute, relative, file, line, why)      against a .npy file
 *     cvh_check_peaks(expected, actual, count, tolerance, why)                 keypoints, at most `tolerance` apart
 *
 *   expected, actual   const cvh_maps *, of one size, of any depth and steps each; peaks: const cvh_peak *
 *   file, line         the place of the assertion, which names what is saved
 *   path               a .npy file, relative to the folder in which the test runs
 *
 * The same numbers: +0 = -0, and NaN agrees with NaN. The text says how many samples differ, names the worst of those (map,
 * row, column, both values, how many ULPs lie between them), the tolerance, the box around all of them, how many are 0 on one
 * side alone, and the slip that explains them where there is one (cvh_slip_text). Three files are left in the folder named by
 * the environment variable CVHEATMAP_CHECK_DIR (else where the test runs), called after the place: <source
 * file>-<line>-expected.npy, -actual.npy, -difference.npy difference is actual - expected in 64F, and 0 where the two are
 * equal. `cvheatmap compare` makes a picture of the first two.
 *
 * With CVHEATMAP_UPDATE_GOLDEN=1 in the environment cvh_check_golden writes `actual` to `path` and returns 1.
 *
 * Header-only, C99 and C++11; link cvheatmap. */
#ifndef CVHEATMAP_ASSERT_H
#define CVHEATMAP_ASSERT_H

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cvheatmap.h"

enum { CVH_CHECK_TEXT = 2048, CVH_CHECK_PATH = 1024 };

static inline int cvh_check_maps(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance,
                                 const char *file, int line, char *text);

/* 1: they agree. 0: they do not, and text[CVH_CHECK_TEXT] says how. */
static inline int cvh_check_close(const cvh_maps *expected, const cvh_maps *actual, double absolute, double relative,
                                  const char *file, int line, char *text)
{
    cvh_tolerance tolerance;
    memset(&tolerance, 0, sizeof tolerance);
    tolerance.absolute = absolute;
    tolerance.relative = relative;
    return cvh_check_maps(expected, actual, &tolerance, file, line, text);
}

static inline int cvh_check_ulps(const cvh_maps *expected, const cvh_maps *actual, uint64_t ulps, const char *file, int line,
                                 char *text)
{
    cvh_tolerance tolerance;
    memset(&tolerance, 0, sizeof tolerance);
    tolerance.ulps = ulps;
    return cvh_check_maps(expected, actual, &tolerance, file, line, text);
}

/* What follows, down to cvh_check_golden, is how; nothing of it is called by a test. */

/* The view of one sample. */
static inline cvh_maps cvh_check_sample(const cvh_maps *maps, int map, int row, int col)
{
    const size_t size = maps->depth == CVH_8U || maps->depth == CVH_8S ? 1
                        : maps->depth == CVH_32F                       ? 4
                        : maps->depth == CVH_64F                       ? 8
                                                                       : 2;
    const size_t col_step = maps->col_step ? maps->col_step : size;
    const size_t row_step = maps->row_step ? maps->row_step : (size_t)maps->cols * col_step;
    const size_t map_step = maps->map_step ? maps->map_step : (size_t)maps->rows * row_step;
    cvh_maps one = *maps;
    one.data = (unsigned char *)maps->data + (size_t)map * map_step + (size_t)row * row_step + (size_t)col * col_step;
    one.count = one.rows = one.cols = 1;
    one.map_step = one.row_step = one.col_step = 0;
    return one;
}

/* The largest |e-a| among the samples that differ; cvh_compare's own is the largest of all, which a relative tolerance may
 * allow. One sample at a time is compared by cvh_compare itself, so that this header has no rule of its own. */
static inline cvh_report cvh_check_worst(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance,
                                         const cvh_report *all)
{
    cvh_report worst, one;
    int map, row, col;
    memset(&worst, 0, sizeof worst);
    memset(&one, 0, sizeof one);
    for (map = 0; map < expected->count; map++)
        for (row = all->row_lo; row < all->row_hi; row++)
            for (col = all->col_lo; col < all->col_hi; col++) {
                const cvh_maps e = cvh_check_sample(expected, map, row, col), a = cvh_check_sample(actual, map, row, col);
                if (cvh_compare(&e, &a, tolerance, &one) || !one.differing) continue;
                if (worst.differing && !(one.max_abs > worst.max_abs)) continue;
                worst = one;
                worst.map = map;
                worst.row = row;
                worst.col = col;
            }
    return worst;
}

/* folder/source.c-42-<kind>.npy into path; 0 where it does not fit. */
static inline int cvh_check_path(const char *file, int line, const char *kind, char *path)
{
    const char *folder = getenv("CVHEATMAP_CHECK_DIR");
    const char *name = file, *c;
    int length;
    for (c = file; *c; c++)
        if (*c == '/' || *c == '\\') name = c + 1;
    length = snprintf(path, CVH_CHECK_PATH, "%s/%s-%d-%s.npy", folder && *folder ? folder : ".", name, line, kind);
    return length > 0 && length < CVH_CHECK_PATH;
}

/* Appends to the text, of which `used` bytes are taken; returns how many are then. */
static inline size_t cvh_check_append(char *text, size_t used, const char *before, const char *added)
{
    int length = snprintf(text + used, CVH_CHECK_TEXT - used, "%s%s", before, added);
    used += length > 0 ? (size_t)length : 0;
    return used < CVH_CHECK_TEXT ? used : CVH_CHECK_TEXT - 1;
}

static inline size_t cvh_check_save(const cvh_maps *maps, const char *kind, const char *file, int line, char *text, size_t used)
{
    char path[CVH_CHECK_PATH];
    if (!cvh_check_path(file, line, kind, path))
        return cvh_check_append(text, used, "; not saved: the path is too long: ", kind);
    if (cvh_npy_save(path, maps)) return cvh_check_append(text, used, "; not saved: ", cvh_last_error());
    return cvh_check_append(text, used, "; ", path);
}

static inline size_t cvh_check_save_difference(const cvh_maps *expected, const cvh_maps *actual, const char *file, int line,
                                               char *text, size_t used)
{
    const size_t samples = (size_t)expected->count * (size_t)expected->rows * (size_t)expected->cols;
    double *values = (double *)malloc(2 * samples * sizeof *values);
    cvh_maps e, a;
    size_t i;
    if (!values) return cvh_check_append(text, used, "; ", "not saved: the difference does not fit in memory");
    e = cvh_maps_view(values, expected->count, expected->rows, expected->cols, CVH_64F);
    a = cvh_maps_view(values + samples, expected->count, expected->rows, expected->cols, CVH_64F);
    if (cvh_convert(expected, &e) || cvh_convert(actual, &a)) {
        free(values);
        return cvh_check_append(text, used, "; not saved: ", cvh_last_error());
    }
    for (i = 0; i < samples; i++) {
        const double from = values[i], to = values[samples + i];
        values[i] = from == to || (isnan(from) && isnan(to)) ? 0 : to - from;
    }
    used = cvh_check_save(&e, "difference", file, line, text, used);
    free(values);
    return used;
}

/* "; tolerance absolute 1e-06; rows 3..9, columns 0..4; 5 are 0 where expected is not". */
static inline size_t cvh_check_where(const cvh_tolerance *tolerance, const cvh_report *report, char *text, size_t used)
{
    char part[256];
    if (!tolerance || (tolerance->absolute == 0 && tolerance->relative == 0 && tolerance->ulps == 0))
        snprintf(part, sizeof part, "; no tolerance");
    else
        snprintf(part, sizeof part, "; tolerance absolute %g, relative %g, %" PRIu64 " ULP", tolerance->absolute,
                 tolerance->relative, tolerance->ulps);
    used = cvh_check_append(text, used, "", part);
    snprintf(part, sizeof part, "; all in rows %d..%d, columns %d..%d", report->row_lo, report->row_hi - 1, report->col_lo,
             report->col_hi - 1);
    used = cvh_check_append(text, used, "", part);
    if (report->missing) {
        snprintf(part, sizeof part, "; %" PRIu64 " are 0 where expected is not", report->missing);
        used = cvh_check_append(text, used, "", part);
    }
    if (report->extra) {
        snprintf(part, sizeof part, "; %" PRIu64 " are not 0 where expected is", report->extra);
        used = cvh_check_append(text, used, "", part);
    }
    if (report->slip == CVH_SLIP_NONE) return used;
    if (report->slip_x == 0 && report->slip_y == 0)
        snprintf(part, sizeof part, "; ");
    else
        snprintf(part, sizeof part, "; by (%g, %g): ", report->slip_x, report->slip_y);
    return cvh_check_append(text, used, part, cvh_slip_text((int)report->slip));
}

static inline size_t cvh_check_describe(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance,
                                        const cvh_report *report, char *text)
{
    const cvh_report worst = cvh_check_worst(expected, actual, tolerance, report);
    const int digits = expected->depth == CVH_64F ? 17 : 9;
    char ulps[64];
    int length;
    if (worst.max_ulps == UINT64_MAX)
        snprintf(ulps, sizeof ulps, "NaN against a number");
    else
        snprintf(ulps, sizeof ulps, "difference %g, %" PRIu64 " ULP", worst.max_abs, worst.max_ulps);
    length =
        snprintf(text, CVH_CHECK_TEXT,
                 "%" PRIu64 " of %" PRIu64 " samples differ; worst at map %d, row %d, column %d: expected %.*g, actual %.*g "
                 "(%s)",
                 report->differing, report->compared, worst.map, worst.row, worst.col, digits, worst.expected, digits,
                 worst.actual, ulps);
    return cvh_check_where(tolerance, report, text, length > 0 ? (size_t)length : 0);
}

static inline int cvh_check_maps(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance,
                                 const char *file, int line, char *text)
{
    cvh_report report;
    size_t used;
    if (cvh_compare(expected, actual, tolerance, &report)) {
        used = cvh_check_append(text, 0, "", cvh_last_error());
        if (expected) used = cvh_check_save(expected, "expected", file, line, text, used);
        if (actual) cvh_check_save(actual, "actual", file, line, text, used);
        return 0;
    }
    if (!report.differing) return 1;
    used = cvh_check_describe(expected, actual, tolerance, &report, text);
    used = cvh_check_save(expected, "expected", file, line, text, used);
    used = cvh_check_save(actual, "actual", file, line, text, used);
    cvh_check_save_difference(expected, actual, file, line, text, used);
    return 0;
}

static inline int cvh_check_golden(const char *path, const cvh_maps *actual, double absolute, double relative, const char *file,
                                   int line, char *text)
{
    const char *update = getenv("CVHEATMAP_UPDATE_GOLDEN");
    cvh_maps golden;
    size_t used;
    int agree;
    if (update && !strcmp(update, "1")) {
        if (!cvh_npy_save(path, actual)) return 1;
        cvh_check_append(text, 0, "the golden file is not written: ", cvh_last_error());
        return 0;
    }
    if (cvh_npy_load(path, &golden)) {
        used = cvh_check_append(text, 0, "no golden file (CVHEATMAP_UPDATE_GOLDEN=1 writes it): ", cvh_last_error());
        if (actual) cvh_check_save(actual, "actual", file, line, text, used);
        return 0;
    }
    agree = cvh_check_close(&golden, actual, absolute, relative, file, line, text);
    cvh_npy_free(&golden);
    return agree;
}

/* 1: they agree. 0: they do not, and text[CVH_CHECK_TEXT] says how. */
static inline int cvh_check_peaks(const cvh_peak *expected, const cvh_peak *actual, size_t count, double tolerance, char *text)
{
    cvh_peak_report report;
    size_t used;
    int length;
    if (cvh_compare_peaks(expected, actual, count, tolerance, &report)) {
        cvh_check_append(text, 0, "", cvh_last_error());
        return 0;
    }
    if (!report.differing) return 1;
    length =
        snprintf(text, CVH_CHECK_TEXT,
                 "%" PRIu64 " of %" PRIu64 " keypoints are further apart than %g; worst is number %" PRIu64
                 ", map %d: expected %.9g,%.9g, actual %.9g,%.9g, %g apart",
                 (uint64_t)report.differing, (uint64_t)report.compared, tolerance, (uint64_t)report.index, report.expected.map,
                 report.expected.x, report.expected.y, report.actual.x, report.actual.y, report.max_distance);
    used = length > 0 ? (size_t)length : 0;
    if (report.slip == CVH_SLIP_NONE) return 0;
    used += (size_t)snprintf(text + used, CVH_CHECK_TEXT - used,
                             "; %" PRIu64 " of them are explained by (%g, %g): ", (uint64_t)report.explained, report.slip_x,
                             report.slip_y);
    cvh_check_append(text, used, "", cvh_slip_text((int)report.slip));
    return 0;
}

#endif
