/* SPDX-License-Identifier: Apache-2.0
 * Two ways to read the same maps. */
#include <stdlib.h>

#include "base/maps.h"
#include "base/status.h"
#include "compare/peaks.h"

static cvh_status check_functions(cvh_decode_fn expected, cvh_decode_fn actual)
{
    if (!expected) return cvh_fail(CVH_ERR_ARGUMENT, "expected is NULL; it must read maps, as cvh_decode does");
    if (!actual) return cvh_fail(CVH_ERR_ARGUMENT, "actual is NULL; it must read maps, as cvh_decode does");
    return CVH_OK;
}

cvh_status cvh_crosscheck_decode(cvh_decode_fn expected, cvh_decode_fn actual, const cvh_maps *maps,
                                 const cvh_convention *convention, double tolerance, cvh_peak_report *report)
{
    cvh_maps view;
    if (check_functions(expected, actual) || cvh_maps_check("maps", maps, CVH_DEPTHS_ALL, &view)
        || cvh_compare_peaks_check(tolerance, report))
        return CVH_ERR_ARGUMENT;
    size_t count = (size_t)view.count;
    /* A count is at most 2^28, so that only a size_t of 32 bits overflows; calloc sees to that. */
    cvh_peak *peaks = calloc(count, 2 * sizeof *peaks);
    if (!peaks) return cvh_fail(CVH_ERR_MEMORY, "maps: two times %d peaks do not fit in memory", view.count);
    cvh_status status = expected(maps, convention, peaks);
    if (!status) status = actual(maps, convention, peaks + count);
    if (!status) status = cvh_compare_peaks(peaks, peaks + count, count, tolerance, report);
    free(peaks);
    return status;
}
