/* SPDX-License-Identifier: Apache-2.0
 * cvh_compare against an oracle that knows nothing of blocks, lanes or bit tricks, on random maps in every layout. */
#include <float.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

/* ---------------------------------------------------------------------------------------------------------------- oracle */

/* Where a number stands on the number line, counted from 0: 2^(digits-1) numbers lie in each binade wholly below, beyond the
 * subnormals, and in its own as many as its fraction of the next power of two says. All of that is whole. */
static int64_t place(cvh_depth depth, double value)
{
    if (depth == CVH_8U) return (int64_t)value;
    int digits = depth == CVH_32F ? FLT_MANT_DIG : DBL_MANT_DIG;
    int least = depth == CVH_32F ? FLT_MIN_EXP : DBL_MIN_EXP;
    int most = depth == CVH_32F ? FLT_MAX_EXP : DBL_MAX_EXP;
    double size = fabs(value);
    int64_t binade = INT64_C(1) << (digits - 1), numbers;
    if (isinf(value)) {
        numbers = binade * (most - least + 1) + binade;
    } else {
        int exponent = least;
        if (size > 0) (void)frexp(size, &exponent);
        if (exponent < least) exponent = least;
        numbers = binade * (exponent - least) + (int64_t)ldexp(size, digits - exponent);
    }
    return value < 0 ? -numbers : numbers;
}

static uint64_t oracle_ulps(cvh_depth depth, double e, double a)
{
    if (isnan(e) || isnan(a)) return isnan(e) && isnan(a) ? 0 : UINT64_MAX;
    int64_t one = place(depth, e), other = place(depth, a);
    return one > other ? (uint64_t)one - (uint64_t)other : (uint64_t)other - (uint64_t)one;
}

static double oracle_distance(double e, double a)
{
    if (isnan(e) && isnan(a)) return 0;
    if (isnan(e) || isnan(a)) return INFINITY;
    if (isinf(e) || isinf(a)) return e > a || e < a ? INFINITY : 0;
    return fabs(e - a);
}

static bool oracle_agrees(cvh_depth depth, double e, double a, const cvh_tolerance *t)
{
    if (isnan(e) || isnan(a)) return isnan(e) && isnan(a);
    double distance = oracle_distance(e, a);
    if (distance == 0 || oracle_ulps(depth, e, a) <= t->ulps) return true;
    if (isinf(distance)) return false;
    return distance <= t->absolute || distance <= t->relative * fabs(e);
}

/* One pass over the samples; rmse in long double, scaled by the largest difference. */
static cvh_report oracle(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *t)
{
    cvh_report report = {.max_abs = -1};
    for (int pass = 0; pass < 2; pass++) {
        long double sum = 0;
        long double unit = pass && report.max_abs > 0 ? (long double)report.max_abs : 1;
        for (int map = 0; map < expected->count; map++)
            for (int row = 0; row < expected->rows; row++)
                for (int col = 0; col < expected->cols; col++) {
                    double e = sample(expected, map, row, col), a = sample(actual, map, row, col);
                    double distance = oracle_distance(e, a);
                    sum += (distance / unit) * (distance / unit);
                    if (pass) continue;
                    report.compared++;
                    if (!oracle_agrees(expected->depth, e, a, t)) report.differing++;
                    uint64_t ulps = oracle_ulps(expected->depth, e, a);
                    if (ulps > report.max_ulps) report.max_ulps = ulps;
                    if (distance > report.max_abs) {
                        report.max_abs = distance;
                        report.map = map, report.row = row, report.col = col;
                        report.expected = e, report.actual = a;
                    }
                }
        report.rmse = isinf(report.max_abs) ? INFINITY : (double)(unit * sqrtl(sum / (long double)report.compared));
    }
    return report;
}

static bool same_number(double x, double y)
{
    return x == y ? signbit(x) == signbit(y) : isnan(x) && isnan(y);
}

static void assert_reports(const char *name, const cvh_report *expected, const cvh_report *actual)
{
    ck_assert_msg(actual->compared == expected->compared, "%s: compared %" PRIu64 ", oracle %" PRIu64, name, actual->compared,
                  expected->compared);
    ck_assert_msg(actual->differing == expected->differing, "%s: differing %" PRIu64 ", oracle %" PRIu64, name,
                  actual->differing, expected->differing);
    ck_assert_msg(actual->max_abs == expected->max_abs, "%s: max_abs %.17g, oracle %.17g", name, actual->max_abs,
                  expected->max_abs);
    ck_assert_msg(actual->max_ulps == expected->max_ulps, "%s: max_ulps %" PRIu64 ", oracle %" PRIu64, name, actual->max_ulps,
                  expected->max_ulps);
    ck_assert_msg(actual->map == expected->map && actual->row == expected->row && actual->col == expected->col,
                  "%s: worst at %d %d %d, oracle %d %d %d", name, actual->map, actual->row, actual->col, expected->map,
                  expected->row, expected->col);
    ck_assert_msg(same_number(actual->expected, expected->expected) && same_number(actual->actual, expected->actual),
                  "%s: worst values %.17g %.17g, oracle %.17g %.17g", name, actual->expected, actual->actual,
                  expected->expected, expected->actual);
    /* n additions in double, each rounded once, beside the oracle's 64-bit ones */
    bool close = actual->rmse == expected->rmse || fabs(actual->rmse - expected->rmse) <= 1e-13 * expected->rmse + DBL_TRUE_MIN;
    ck_assert_msg(close, "%s: rmse %.17g, oracle %.17g", name, actual->rmse, expected->rmse);
}

/* ---------------------------------------------------------------------------------------------------------------- layouts */

typedef enum layout { PACKED, PADDED, INTERLEAVED, TRANSPOSED, SPREAD, LAYOUTS } layout;

/* A view of other memory with the same samples; the steps' gaps hold a pattern. */
static cvh_maps lay_out(const cvh_maps *packed, layout how, unsigned char **memory)
{
    size_t size = size_of(packed->depth);
    size_t count = (size_t)packed->count, rows = (size_t)packed->rows, cols = (size_t)packed->cols;
    cvh_maps view = *packed;
    size_t bytes = count * rows * cols * size;
    switch (how) {
    case PADDED:
        view.row_step = (cols + 3) * size;
        view.map_step = (rows + 1) * view.row_step;
        bytes = count * view.map_step;
        break;
    case INTERLEAVED:
        view.map_step = size;
        view.col_step = count * size;
        view.row_step = cols * view.col_step;
        break;
    case TRANSPOSED:
        view.row_step = size;
        view.col_step = rows * size;
        view.map_step = rows * cols * size;
        break;
    case SPREAD:
        view.col_step = 3 * size;
        view.row_step = cols * view.col_step + 5 * size;
        view.map_step = rows * view.row_step + 7 * size;
        bytes = count * view.map_step;
        break;
    default: break;
    }
    *memory = malloc(bytes + 64);
    memset(*memory, 0x7F, bytes + 64);
    view.data = *memory + size; /* aligned to the sample, to nothing more */
    for (size_t i = 0; i < count * rows * cols; i++) {
        size_t map = i / (rows * cols), row = i / cols % rows, col = i % cols;
        size_t col_step = view.col_step ? view.col_step : size, row_step = view.row_step ? view.row_step : cols * col_step;
        size_t map_step = view.map_step ? view.map_step : rows * row_step;
        memcpy((unsigned char *)view.data + map * map_step + row * row_step + col * col_step,
               (unsigned char *)packed->data + i * size, size);
    }
    return view;
}

/* ----------------------------------------------------------------------------------------------------------------- random */

static void store(const cvh_maps *maps, size_t i, double value)
{
    if (maps->depth == CVH_8U)
        ((unsigned char *)maps->data)[i] = (unsigned char)value;
    else if (maps->depth == CVH_32F)
        ((float *)maps->data)[i] = (float)value;
    else
        ((double *)maps->data)[i] = value;
}

static double any_bits(random_state *random, cvh_depth depth)
{
    uint64_t bits = random_bits(random);
    if (depth == CVH_64F) {
        double value;
        memcpy(&value, &bits, sizeof value);
        return value;
    }
    uint32_t low = (uint32_t)(bits >> 16);
    float value;
    memcpy(&value, &low, sizeof value);
    return (double)value;
}

enum { HEATMAP, SIGNED, STEPS, SPECIAL, ANY_BITS, HUGE, TINY, KINDS };

static double base_value(random_state *random, cvh_depth depth, int kind)
{
    static const double special[] = {0,
                                     -0.0,
                                     1,
                                     INFINITY,
                                     -INFINITY,
                                     NAN,
                                     1.1754943508222875e-38,
                                     1.401298464324817e-45,
                                     3.4028234663852886e38,
                                     -3.4028234663852886e38};
    if (depth == CVH_8U) return random_int(random, 0, 255);
    switch (kind) {
    case SIGNED: return random_normal(random);
    case STEPS: return random_int(random, -2, 2);
    case SPECIAL: return special[random_int(random, 0, 9)];
    case ANY_BITS: return any_bits(random, depth);
    case HUGE: return depth == CVH_64F ? random_normal(random) * 1e307 : random_normal(random) * 1e37;
    case TINY: return depth == CVH_64F ? random_normal(random) * 1e-310 : random_normal(random) * 1e-41;
    default: return random_real(random);
    }
}

static double changed_value(random_state *random, cvh_depth depth, int kind, double value)
{
    if (depth == CVH_8U) return random_int(random, 0, 255);
    switch (random_int(random, 0, 3)) {
    case 0: return base_value(random, depth, kind);
    case 1: return value + value * 1e-6 * random_normal(random);
    case 2: return depth == CVH_32F ? (double)nextafterf((float)value, 1.0F) : nextafter(value, 1);
    default: return -value;
    }
}

static void fill(random_state *random, const cvh_maps *e, const cvh_maps *a)
{
    int kind = random_int(random, 0, KINDS - 1), every = random_int(random, 1, 3) == 1 ? 1 : random_int(random, 2, 400);
    size_t count = (size_t)e->count * (size_t)e->rows * (size_t)e->cols;
    for (size_t i = 0; i < count; i++) {
        double value = base_value(random, e->depth, kind);
        store(e, i, value);
        if (e->depth == CVH_32F) value = (double)(float)value;
        store(a, i, random_int(random, 1, every) == 1 ? changed_value(random, e->depth, kind, value) : value);
    }
}

static cvh_tolerance any_tolerance(random_state *random)
{
    static const double lengths[] = {0, 1e-300, 1e-7, 1e-3, 1, 100, 1e300};
    static const uint64_t ulps[] = {0, 0, 1, 2, 100, UINT64_C(1) << 31, UINT64_C(1) << 62, UINT64_MAX};
    cvh_tolerance t = {0};
    if (random_int(random, 0, 1)) t.absolute = lengths[random_int(random, 0, 6)];
    if (random_int(random, 0, 1)) t.relative = lengths[random_int(random, 0, 6)];
    if (random_int(random, 0, 1)) t.ulps = ulps[random_int(random, 0, 7)];
    return t;
}

static void one_random_case(uint64_t number, random_state *random)
{
    static const cvh_depth depths[] = {CVH_8U, CVH_32F, CVH_64F, CVH_32F};
    char name[160];
    cvh_depth depth = depths[random_int(random, 0, 3)];
    int count = random_int(random, 1, 4), rows = random_int(random, 1, 24), cols = random_int(random, 1, 40);
    snprintf(name, sizeof name, "case %" PRIu64 ", state 0x%" PRIx64 ", depth %d, %dx%dx%d", number, random->state, (int)depth,
             count, rows, cols);
    guarded_maps e = guarded_new(count, rows, cols, depth), a = guarded_new(count, rows, cols, depth);
    fill(random, &e.maps, &a.maps);
    cvh_tolerance tolerance = any_tolerance(random);
    cvh_report expected = oracle(&e.maps, &a.maps, &tolerance), first = {0};
    for (int how = 0; how < LAYOUTS; how++) {
        unsigned char *memory_e, *memory_a;
        cvh_maps view_e = lay_out(&e.maps, (layout)how, &memory_e);
        cvh_maps view_a = lay_out(&a.maps, (layout)random_int(random, 0, LAYOUTS - 1), &memory_a);
        cvh_report report;
        memset(&report, 0x55, sizeof report);
        ck_assert_msg(cvh_compare(&view_e, &view_a, &tolerance, &report) == CVH_OK, "%s: %s", name, cvh_last_error());
        assert_reports(name, &expected, &report);
        if (how == 0) first = report;
        ck_assert_msg(first.rmse == report.rmse, "%s: layout %d: rmse %.17g, packed %.17g", name, how, report.rmse, first.rmse);
        free(memory_e);
        free(memory_a);
    }
    ck_assert_msg(guarded_intact(&e) && guarded_intact(&a), "%s: written beside the maps", name);
    guarded_free(&e);
    guarded_free(&a);
}

START_TEST(random_maps)
{
    random_state random = random_start(UINT64_C(0x5eed0000) + (uint64_t)_i);
    for (uint64_t number = 0; number < 800; number++) one_random_case(number, &random);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("compare_random");
    TCase *c = tcase_create("compare_random");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, random_maps, 0, 8);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
