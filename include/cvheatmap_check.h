/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap_check.h: assertions on heatmaps for test suites that use Check (https://libcheck.github.io/check).
 *
 *     ck_assert_maps_equal(&expected, &actual);
 *     ck_assert_maps_close(&expected, &actual, 1e-6, 0);
 *     ck_assert_maps_golden("golden/nose.npy", &actual, 0, 1e-5);
 *     ck_assert_peaks_close(expected_peaks, actual_peaks, 17, 0.01);
 *
 *   expected, actual     const cvh_maps *, of one shape and depth, each with its own steps
 *   absolute, relative   as in cvh_tolerance: a sample agrees if |e-a| <= absolute or |e-a| <= relative * |e|
 *   path                 a .npy file, relative to the folder in which the test runs
 *
 * ck_assert_peaks_close(const cvh_peak *expected, const cvh_peak *actual, size_t count, double tolerance): every pair is at
 * most `tolerance` apart, in the peaks' own frame; NaN agrees with NaN. A failure names the worst pair, and the usual slip that
 * explains the others where there is one: a shift, half a pixel, exchanged axes, a scale.
 *
 * Equal means: the same numbers; +0 = -0, and NaN agrees with NaN.
 *
 * A failure says how many samples differ and, of those, names the one with the largest |e-a|: map, row, column, both values
 * and how many ULPs lie between them. It leaves three files in the folder named by the environment variable
 * CVHEATMAP_CHECK_DIR (else where the test runs), called after the place of the assertion:
 *     <source file>-<line>-expected.npy, -actual.npy, -difference.npy
 * difference is actual - expected in 64F, and 0 where the two are equal. `cvheatmap compare` makes a picture of the first two.
 *
 * With CVHEATMAP_UPDATE_GOLDEN=1 in the environment ck_assert_maps_golden writes `actual` to `path` and passes.
 *
 * Header-only, C99 and C++11; link cvheatmap and Check. Every argument is evaluated once. */
#ifndef CVHEATMAP_CHECK_H
#define CVHEATMAP_CHECK_H

#include <check.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cvheatmap.h"

#define ck_assert_maps_close(expected, actual, absolute, relative)                                                             \
  do {                                                                                                                         \
    char cvh_check_text_[CVH_CHECK_TEXT];                                                                                      \
    if (!cvh_check_close((expected), (actual), (absolute), (relative), __FILE__, __LINE__, cvh_check_text_))                   \
      ck_abort_msg("%s and %s: %s", #expected, #actual, cvh_check_text_);                                                      \
  } while (0)

#define ck_assert_maps_equal(expected, actual)                                                                                 \
  do {                                                                                                                         \
    char cvh_check_text_[CVH_CHECK_TEXT];                                                                                      \
    if (!cvh_check_close((expected), (actual), 0, 0, __FILE__, __LINE__, cvh_check_text_))                                     \
      ck_abort_msg("%s and %s: %s", #expected, #actual, cvh_check_text_);                                                      \
  } while (0)

#define ck_assert_maps_golden(path, actual, absolute, relative)                                                                \
  do {                                                                                                                         \
    char cvh_check_text_[CVH_CHECK_TEXT];                                                                                      \
    if (!cvh_check_golden((path), (actual), (absolute), (relative), __FILE__, __LINE__, cvh_check_text_))                      \
      ck_abort_msg("%s and %s: %s", #path, #actual, cvh_check_text_);                                                          \
  } while (0)

#define ck_assert_peaks_close(expected, actual, count, tolerance)                                                              \
  do {                                                                                                                         \
    char cvh_check_text_[CVH_CHECK_TEXT];                                                                                      \
    if (!cvh_check_peaks((expected), (actual), (count), (tolerance), cvh_check_text_))                                         \
      ck_abort_msg("%s and %s: %s", #expected, #actual, cvh_check_text_);                                                      \
  } while (0)

/* What follows is how; nothing of it is called by a test. */

enum { CVH_CHECK_TEXT = 2048, CVH_CHECK_PATH = 1024 };

static inline double cvh_check_sample(const cvh_maps *maps, int map, int row, int col)
{
    const size_t size = maps->depth == CVH_8U ? 1 : maps->depth == CVH_32F ? sizeof(float) : sizeof(double);
    const size_t col_step = maps->col_step ? maps->col_step : size;
    const size_t row_step = maps->row_step ? maps->row_step : (size_t)maps->cols * col_step;
    const size_t map_step = maps->map_step ? maps->map_step : (size_t)maps->rows * row_step;
    const unsigned char *at =
        (const unsigned char *)maps->data + (size_t)map * map_step + (size_t)row * row_step + (size_t)col * col_step;
    float single;
    double real;
    if (maps->depth == CVH_8U) return *at;
    if (maps->depth == CVH_32F) {
        memcpy(&single, at, sizeof single);
        return (double)single;
    }
    memcpy(&real, at, sizeof real);
    return real;
}

/* One sample of each, compared by cvh_compare itself, so that this header has no rule of its own. */
static inline cvh_report cvh_check_one(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance,
                                       int map, int row, int col)
{
    double e = cvh_check_sample(expected, map, row, col), a = cvh_check_sample(actual, map, row, col);
    float single_e = 0, single_a = 0;
    unsigned char grey_e = 0, grey_a = 0;
    cvh_maps one_e = cvh_maps_view(&e, 1, 1, 1, expected->depth), one_a = cvh_maps_view(&a, 1, 1, 1, expected->depth);
    cvh_report report;
    if (expected->depth == CVH_32F) {
        single_e = (float)e;
        single_a = (float)a;
        one_e.data = &single_e;
        one_a.data = &single_a;
    } else if (expected->depth == CVH_8U) {
        grey_e = (unsigned char)e;
        grey_a = (unsigned char)a;
        one_e.data = &grey_e;
        one_a.data = &grey_a;
    }
    memset(&report, 0, sizeof report);
    cvh_compare(&one_e, &one_a, tolerance, &report);
    report.map = map;
    report.row = row;
    report.col = col;
    return report;
}

/* The largest |e-a| among the samples that differ; cvh_compare's own is the largest of all, which a relative tolerance may
 * allow. */
static inline cvh_report cvh_check_worst(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance)
{
    cvh_report worst, one;
    int map, row, col;
    memset(&worst, 0, sizeof worst);
    for (map = 0; map < expected->count; map++)
        for (row = 0; row < expected->rows; row++)
            for (col = 0; col < expected->cols; col++) {
                one = cvh_check_one(expected, actual, tolerance, map, row, col);
                if (one.differing && (!worst.differing || one.max_abs > worst.max_abs)) worst = one;
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
    double *difference = (double *)malloc(samples * sizeof *difference), *at = difference;
    cvh_maps maps;
    int map, row, col;
    if (!difference) return cvh_check_append(text, used, "; ", "not saved: the difference does not fit in memory");
    for (map = 0; map < expected->count; map++)
        for (row = 0; row < expected->rows; row++)
            for (col = 0; col < expected->cols; col++) {
                const double e = cvh_check_sample(expected, map, row, col), a = cvh_check_sample(actual, map, row, col);
                *at++ = e == a || (isnan(e) && isnan(a)) ? 0 : a - e;
            }
    maps = cvh_maps_view(difference, expected->count, expected->rows, expected->cols, CVH_64F);
    used = cvh_check_save(&maps, "difference", file, line, text, used);
    free(difference);
    return used;
}

static inline size_t cvh_check_describe(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance,
                                        const cvh_report *report, char *text)
{
    const cvh_report worst = cvh_check_worst(expected, actual, tolerance);
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
    return length > 0 ? (size_t)length : 0;
}

/* 1: they agree. 0: they do not, and text[CVH_CHECK_TEXT] says how. */
static inline int cvh_check_close(const cvh_maps *expected, const cvh_maps *actual, double absolute, double relative,
                                  const char *file, int line, char *text)
{
    cvh_tolerance tolerance;
    cvh_report report;
    size_t used;
    memset(&tolerance, 0, sizeof tolerance);
    tolerance.absolute = absolute;
    tolerance.relative = relative;
    if (cvh_compare(expected, actual, &tolerance, &report)) {
        used = cvh_check_append(text, 0, "", cvh_last_error());
        if (expected) used = cvh_check_save(expected, "expected", file, line, text, used);
        if (actual) cvh_check_save(actual, "actual", file, line, text, used);
        return 0;
    }
    if (!report.differing) return 1;
    used = cvh_check_describe(expected, actual, &tolerance, &report, text);
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
