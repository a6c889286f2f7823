/* SPDX-License-Identifier: Apache-2.0 */
#include "support/support.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unknown.h"

int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int run = srunner_ntests_run(runner), failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return run > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

random_state random_start(uint64_t seed)
{
    const char *given = getenv("CVHEATMAP_TEST_SEED");
    if (given) seed = strtoull(given, NULL, 0);
    return (random_state){seed ? seed : 1};
}

uint64_t random_bits(random_state *random)
{
    uint64_t x = random->state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    random->state = x;
    return x * UINT64_C(2685821657736338717);
}

int random_int(random_state *random, int least, int most)
{
    return least + (int)((random_bits(random) >> 32) % ((uint64_t)((int64_t)most - least) + 1));
}

double random_real(random_state *random)
{
    return (double)(random_bits(random) >> 11) * 0x1p-53;
}

double random_normal(random_state *random)
{
    double u = 1 - random_real(random), v = random_real(random);
    return sqrt(-2 * log(u)) * cos(2 * 3.14159265358979323846 * v);
}

enum { GUARD = 256, PATTERN = 0xA5 };

size_t size_of(cvh_depth depth)
{
    switch (depth) {
    case CVH_8U:
    case CVH_8S: return 1;
    case CVH_16U:
    case CVH_16S:
    case CVH_16F: return 2;
    case CVH_32F: return 4;
    case CVH_64F: return 8;
    }
    ck_abort_msg("depth %d", (int)depth);
    return 0;
}

guarded_maps guarded_new(int count, int rows, int cols, cvh_depth depth)
{
    guarded_maps guarded = {.bytes = (size_t)count * (size_t)rows * (size_t)cols * size_of(depth)};
    guarded.block = malloc(guarded.bytes + 2 * GUARD);
    ck_assert_ptr_nonnull(guarded.block);
    memset(guarded.block, PATTERN, guarded.bytes + 2 * GUARD);
    guarded.maps = cvh_maps_view(guarded.block + GUARD, count, rows, cols, depth);
    return guarded;
}

static bool all_pattern(const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bytes[i] != PATTERN) return false;
    return true;
}

bool guarded_intact(const guarded_maps *guarded)
{
    return all_pattern(guarded->block, GUARD) && all_pattern(guarded->block + GUARD + guarded->bytes, GUARD);
}

bool guarded_untouched(const guarded_maps *guarded)
{
    return all_pattern(guarded->block, guarded->bytes + 2 * GUARD);
}

void guarded_free(guarded_maps *guarded)
{
    free(guarded->block);
    *guarded = (guarded_maps){0};
}

double half_value(uint16_t half)
{
    int exponent = half >> 10 & 31, fraction = half & 1023;
    double magnitude = exponent == 31 ? fraction ? NAN : INFINITY
                       : exponent     ? ldexp(1024 + fraction, exponent - 25)
                                      : ldexp(fraction, -24);
    return half & 0x8000 ? -magnitude : magnitude;
}

#define STORED(type, value_of)                                                                                                 \
  do {                                                                                                                         \
    type stored_sample;                                                                                                        \
    memcpy(&stored_sample, at, sizeof stored_sample);                                                                          \
    return (double)value_of(stored_sample);                                                                                    \
  } while (0)

static double stored(cvh_depth depth, const unsigned char *at)
{
    switch (depth) {
    case CVH_8U: STORED(uint8_t, );
    case CVH_8S: STORED(int8_t, );
    case CVH_16U: STORED(uint16_t, );
    case CVH_16S: STORED(int16_t, );
    case CVH_16F: STORED(uint16_t, half_value);
    case CVH_32F: STORED(float, );
    case CVH_64F: STORED(double, );
    }
    return NAN;
}

double sample(const cvh_maps *maps, int map, int row, int col)
{
    size_t col_step = maps->col_step ? maps->col_step : size_of(maps->depth);
    size_t row_step = maps->row_step ? maps->row_step : (size_t)maps->cols * col_step;
    size_t map_step = maps->map_step ? maps->map_step : (size_t)maps->rows * row_step;
    const unsigned char *data = maps->data;
    double number = stored(maps->depth, data + (size_t)map * map_step + (size_t)row * row_step + (size_t)col * col_step);
    return (number - maps->zero) * (maps->scale != 0 ? maps->scale : 1);
}

void assert_maps_agree(const char *name, const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance)
{
    cvh_report report;
    ck_assert_msg(cvh_compare(expected, actual, tolerance, &report) == CVH_OK, "%s: %s", name, cvh_last_error());
    ck_assert_msg(report.differing == 0,
                  "%s: %" PRIu64 " of %" PRIu64 " samples differ; worst at map %d row %d col %d: expected %.17g, actual %.17g "
                  "(|difference| %g, at most %" PRIu64 " ULP)",
                  name, report.differing, report.compared, report.map, report.row, report.col, report.expected, report.actual,
                  report.max_abs, report.max_ulps);
}

void assert_refused(const char *name, cvh_status status, const char *text)
{
    ck_assert_msg(status == CVH_ERR_ARGUMENT, "%s: status %d (%s), expected CVH_ERR_ARGUMENT", name, (int)status,
                  cvh_status_text((int)status));
    ck_assert_msg(strstr(cvh_last_error(), text), "%s: the message is \"%s\"; it should hold \"%s\"", name, cvh_last_error(),
                  text);
}

bool decoder_runs(const cvh_decoder *decoder)
{
    return decoder->enlarge <= 1 || strncmp(cvh_opencv_version(), "none", 4) != 0;
}

/* cvh_crosscheck asks for OpenCV's arithmetic; a method that is not the library's may have another. */
static cvh_status portable_patch(const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                                 const cvh_convention *convention)
{
    cvh_convention portable = *convention;
    portable.arithmetic = CVH_ARITHMETIC_PORTABLE;
    return cvh_patch(maps, points, count, &portable);
}

cvh_status crosscheck_or_report(const char *name, const cvh_maps *shape, const cvh_keypoint *points, size_t count,
                                const cvh_convention *convention, cvh_report *report, bool *known)
{
    cvh_report before;
    memset(report, 0x5A, sizeof *report);
    memcpy(&before, report, sizeof before);
    cvh_status status = cvh_crosscheck(cvh_blur, cvh_patch, shape, points, count, convention, NULL, report);
    *known = !opencv_is_unknown(status);
    if (*known) return status;
    ck_assert_msg(memcmp(report, &before, sizeof before) == 0, "%s: declined, but the report is written", name);
    status = cvh_crosscheck(cvh_blur, portable_patch, shape, points, count, convention, NULL, report);
    if (!status)
        printf("%s: OpenCV %s (%s): portable sums differ in %" PRIu64 " of %" PRIu64 " samples, by at most %" PRIu64 " ULP\n",
               name, cvh_opencv_version(), cvh_opencv_arithmetic(), report->differing, report->compared, report->max_ulps);
    return status;
}
