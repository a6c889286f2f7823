/* SPDX-License-Identifier: Apache-2.0
 * Comparing, against the header's words taken one sample at a time. */
#include "fuzz.h"

#include <math.h>

enum { MOST_SAMPLES = 64 };

static double memory[2][MOST_SAMPLES];

/* A float's place in the order of all floats, the two zeros on one place; likewise a double's. */
static int64_t place(double value, cvh_depth depth)
{
    if (depth <= CVH_16S) return (int64_t)value;
    if (depth == CVH_16F) { /* by bisection among the halves that are not negative */
        int low = 0, high = 0x7c00;
        while (low < high) {
            int middle = (low + high) / 2;
            if (half_value((uint16_t)middle) < fabs(value))
                low = middle + 1;
            else
                high = middle;
        }
        return value < 0 ? -low : low;
    }
    if (depth == CVH_32F) {
        float narrow = (float)value;
        int32_t bits;
        memcpy(&bits, &narrow, sizeof bits);
        return bits < 0 ? -(int64_t)(bits & INT32_MAX) : bits;
    }
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits < 0 ? -(bits & INT64_MAX) : bits;
}

static uint64_t steps_between(double e, double a, cvh_depth depth)
{
    int64_t low = place(e, depth), high = place(a, depth);
    if (low > high) return (uint64_t)low - (uint64_t)high;
    return (uint64_t)high - (uint64_t)low;
}

static double at(const double *samples, size_t i, cvh_depth depth)
{
    switch (depth) {
    case CVH_8U: return ((const unsigned char *)samples)[i];
    case CVH_8S: return ((const signed char *)samples)[i];
    case CVH_16U: return ((const uint16_t *)(const void *)samples)[i];
    case CVH_16S: return ((const int16_t *)(const void *)samples)[i];
    case CVH_16F: return half_value(((const uint16_t *)(const void *)samples)[i]);
    case CVH_32F: return (double)((const float *)(const void *)samples)[i];
    case CVH_64F: break;
    }
    return samples[i];
}

static bool agree(double e, double a, cvh_depth depth, const cvh_tolerance *t)
{
    if (e == a || (isnan(e) && isnan(a))) return true;
    if (isnan(e) || isnan(a)) return false;
    if (isinf(e) || isinf(a)) return steps_between(e, a, depth) <= t->ulps; /* inf <= relative * inf says nothing */
    return fabs(e - a) <= t->absolute || fabs(e - a) <= t->relative * fabs(e) || steps_between(e, a, depth) <= t->ulps;
}

static double distance(double e, double a)
{
    if (e == a || (isnan(e) && isnan(a))) return 0;
    return isnan(e) || isnan(a) ? (double)INFINITY : fabs(e - a);
}

static cvh_report oracle(const cvh_maps *shape, const cvh_tolerance *t)
{
    cvh_report report = {.max_abs = -1};
    size_t count = (size_t)shape->count * (size_t)shape->rows * (size_t)shape->cols;
    for (size_t i = 0; i < count; i++) {
        double e = at(memory[0], i, shape->depth), a = at(memory[1], i, shape->depth), far = distance(e, a);
        bool odd = isnan(e) != isnan(a);
        uint64_t steps = far == 0 ? 0 : odd ? UINT64_MAX : steps_between(e, a, shape->depth);
        report.compared++;
        report.differing += !agree(e, a, shape->depth, t);
        if (steps > report.max_ulps) report.max_ulps = steps;
        if (far <= report.max_abs) continue;
        report.max_abs = far;
        report.col = (int)(i % (size_t)shape->cols);
        report.row = (int)(i / (size_t)shape->cols % (size_t)shape->rows);
        report.map = (int)(i / (size_t)shape->cols / (size_t)shape->rows);
        report.expected = e, report.actual = a;
    }
    return report;
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void fill(input *in, cvh_depth depth)
{
    uint8_t kind = take_byte(in);
    static const size_t sizes[] = {1, 1, 2, 2, 0, 4, 8, 2};
    size_t bytes = sizes[depth] * MOST_SAMPLES;
    take_bytes(in, memory[0], bytes);
    memcpy(memory[1], memory[0], bytes);
    for (int changes = kind % 8; changes > 0; changes--)
        ((unsigned char *)memory[1])[(size_t)take_int(in, 0, 65535) % bytes] ^= take_byte(in);
    if (kind >= 128) take_bytes(in, memory[1], bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const cvh_depth depths[] = {CVH_8U, CVH_32F, CVH_64F, CVH_8S, CVH_16U, CVH_16S, CVH_16F};
    input in = {data, size};
    cvh_depth depth = depths[take_byte(&in) % 7];
    int count = take_int(&in, 1, 4), rows = take_int(&in, 1, 4), cols = take_int(&in, 1, 4);
    cvh_tolerance tolerance = {0};
    uint8_t which = take_byte(&in);
    if (which % 2) tolerance.absolute = take_any(&in);
    if (which % 4 > 1) tolerance.relative = take_any(&in);
    if (which % 8 > 3) take_bytes(&in, &tolerance.ulps, sizeof tolerance.ulps);
    fill(&in, depth);
    cvh_maps expected = cvh_maps_view(memory[0], count, rows, cols, depth),
             actual = cvh_maps_view(memory[1], count, rows, cols, depth);
    cvh_report report;
    memset(&report, 0x5A, sizeof report);
    cvh_report before = report;
    cvh_status status = cvh_compare(&expected, &actual, &tolerance, &report);
    bool sensible =
        tolerance.absolute >= 0 && tolerance.relative >= 0 && isfinite(tolerance.absolute) && isfinite(tolerance.relative);
    REQUIRE(status == (sensible ? CVH_OK : CVH_ERR_ARGUMENT), "status %d", (int)status);
    if (status) {
        REQUIRE(memcmp(&report, &before, sizeof report) == 0, "refused, but the report was written");
        return 0;
    }
    cvh_report right = oracle(&expected, &tolerance);
    REQUIRE(report.compared == right.compared && report.differing == right.differing, "%d of %d, %d expected",
            (int)report.differing, (int)report.compared, (int)right.differing);
    REQUIRE(report.max_abs == right.max_abs && report.max_ulps == right.max_ulps, "%g, %g expected", report.max_abs,
            right.max_abs);
    REQUIRE(report.map == right.map && report.row == right.row && report.col == right.col, "another sample is the worst");
    REQUIRE(same(report.expected, right.expected) && same(report.actual, right.actual), "other values");
    REQUIRE(report.rmse >= 0 && report.rmse <= report.max_abs * (1 + 1e-9), "rmse %g, largest %g", report.rmse, report.max_abs);
    return 0;
}
