/* SPDX-License-Identifier: Apache-2.0 */
#include "peaks.h"

#include <float.h>
#include <limits.h>
#include <string.h>

#include "cvheatmap.h"
#include "report.h"

enum { PEAKS = 4 };

static const double strange[] = {0, -0.0, 1, -1, 1e300, DBL_MAX, -DBL_MAX, 5e-324, NAN, (double)INFINITY, (double)-INFINITY};

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static void refused(const char *what, cvh_status status, const char *name, const cvh_peak_report *report)
{
    static const cvh_peak_report untouched;
    if (status != CVH_ERR_ARGUMENT) failed("%s: status %d", what, (int)status);
    if (!strstr(cvh_last_error(), name)) failed("%s: the message does not name %s: %s", what, name, cvh_last_error());
    if (memcmp(report, &untouched, sizeof untouched) != 0) failed("%s: refused, but wrote the report", what);
}

static void refuse_tolerances(const cvh_peak *peaks, cvh_peak_report *report)
{
    static const double refusable[] = {NAN, (double)INFINITY, (double)-INFINITY, -1, -5e-324};
    for (int i = 0; i < COUNT(refusable); i++)
        refused("cvh_compare_peaks", cvh_compare_peaks(peaks, peaks, PEAKS, refusable[i], report), "tolerance", report);
}

/* Positions of any value, on either side: compared, never refused, and what is told is told of these peaks. */
static void strange_positions(void)
{
    for (int i = 0; i < COUNT(strange); i++)
        for (int j = 0; j < COUNT(strange); j++) {
            cvh_peak expected[PEAKS] = {{0}}, actual[PEAKS] = {{0}};
            cvh_peak_report report;
            for (int k = 0; k < PEAKS; k++) {
                expected[k].x = strange[i], expected[k].y = strange[(i + k) % COUNT(strange)];
                actual[k].x = strange[j], actual[k].y = strange[(j + 2 * k) % COUNT(strange)];
            }
            cvh_status status = cvh_compare_peaks(expected, actual, PEAKS, 0.5, &report);
            if (status) failed("cvh_compare_peaks(%g, %g): status %d", strange[i], strange[j], (int)status);
            if (report.differing > PEAKS || report.explained > report.differing || report.index >= PEAKS)
                failed("cvh_compare_peaks(%g, %g): tells of %zu peaks", strange[i], strange[j], report.differing);
            if (!(report.max_distance >= 0)) failed("cvh_compare_peaks(%g, %g): a distance of NaN", strange[i], strange[j]);
        }
}

void abuse_cvh_compare_peaks(void)
{
    cvh_peak peaks[PEAKS] = {{0}};
    cvh_peak_report report;
    memset(&report, 0, sizeof report);
    refused("cvh_compare_peaks", cvh_compare_peaks(NULL, peaks, PEAKS, 1, &report), "expected", &report);
    refused("cvh_compare_peaks", cvh_compare_peaks(peaks, NULL, PEAKS, 1, &report), "actual", &report);
    refused("cvh_compare_peaks", cvh_compare_peaks(peaks, peaks, PEAKS, 1, NULL), "report", &report);
    refuse_tolerances(peaks, &report);
    if (cvh_compare_peaks(NULL, NULL, 0, 0, &report)) failed("cvh_compare_peaks of no peaks: %s", cvh_last_error());
    strange_positions();
}

static cvh_status strange_decoder(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks)
{
    (void)maps, (void)convention, (void)peaks;
    return CVH_ERR_IO;
}

void abuse_cvh_crosscheck_decode(void)
{
    float samples[2 * 5 * 4] = {0};
    cvh_maps maps = cvh_maps_view(samples, 2, 5, 4, CVH_32F), bad = maps;
    cvh_peak_report report;
    memset(&report, 0, sizeof report);
    bad.rows = INT_MIN;
    refused("cvh_crosscheck_decode", cvh_crosscheck_decode(NULL, cvh_decode, &maps, NULL, 1, &report), "expected", &report);
    refused("cvh_crosscheck_decode", cvh_crosscheck_decode(cvh_decode, NULL, &maps, NULL, 1, &report), "actual", &report);
    refused("cvh_crosscheck_decode", cvh_crosscheck_decode(cvh_decode, cvh_decode, NULL, NULL, 1, &report), "maps", &report);
    refused("cvh_crosscheck_decode", cvh_crosscheck_decode(cvh_decode, cvh_decode, &bad, NULL, 1, &report), "rows", &report);
    refused("cvh_crosscheck_decode", cvh_crosscheck_decode(cvh_decode, cvh_decode, &maps, NULL, NAN, &report), "tolerance",
            &report);
    refused("cvh_crosscheck_decode", cvh_crosscheck_decode(cvh_decode, cvh_decode, &maps, NULL, 1, NULL), "report", &report);
    if (cvh_crosscheck_decode(cvh_decode, strange_decoder, &maps, NULL, 1, &report) != CVH_ERR_IO)
        failed("cvh_crosscheck_decode: the status of a function that fails is lost");
}

void abuse_cvh_slip_text(void)
{
    static const int slips[] = {INT_MIN, -1, 0, 1, 2, 3, 4, 5, 100, INT_MAX};
    for (int i = 0; i < COUNT(slips); i++)
        if (!cvh_slip_text(slips[i]) || !*cvh_slip_text(slips[i])) failed("cvh_slip_text(%d) is empty", slips[i]);
}
