/* SPDX-License-Identifier: Apache-2.0
 * Converting any samples of any depth, layout and scale, against the header's words taken one sample at a time. */
#include "fuzz.h"

#include <math.h>

enum { MOST = 5, ROOM = 8 * 8 * MOST * MOST * MOST * 4, PATTERN = 0x5A };

static double memory[2][ROOM / sizeof(double)];

/* A double rounded to 11 bits, or to a multiple of 2^-24. */
static double as_half(double value)
{
    if (value == 0 || !isfinite(value)) return value;
    int exponent = ilogb(value) < -14 ? -14 : ilogb(value);
    double step = ldexp(1, exponent - 10), rounded = rint(value / step) * step;
    return fabs(rounded) >= 65536 ? copysign((double)INFINITY, value) : rounded;
}

static double stored_at(const cvh_maps *maps, size_t offset)
{
    const unsigned char *at = (const unsigned char *)maps->data + offset;
    uint16_t word = 0;
    if (maps->depth == CVH_16U || maps->depth == CVH_16S || maps->depth == CVH_16F) memcpy(&word, at, sizeof word);
    switch (maps->depth) {
    case CVH_8U: return *at;
    case CVH_8S: return (signed char)*at;
    case CVH_16U: return word;
    case CVH_16S: return (int16_t)word;
    case CVH_16F: return half_value(word);
    case CVH_32F: return (double)*(const float *)(const void *)at;
    case CVH_64F: return *(const double *)(const void *)at;
    }
    return NAN;
}

static double scale_of(const cvh_maps *maps)
{
    return maps->scale == 0 ? 1 : maps->scale;
}

/* The sample that must stand for a value. */
static double expected_of(const cvh_maps *to, double value)
{
    static const double least[] = {0, -128, 0, -32768}, most[] = {255, 127, 65535, 32767};
    double number = value / scale_of(to) + to->zero;
    if (to->depth == CVH_32F) return (double)(float)number;
    if (to->depth == CVH_16F) return as_half(number);
    if (to->depth == CVH_64F) return number;
    if (isnan(number)) number = to->zero;
    number = number < least[to->depth] ? least[to->depth] : number > most[to->depth] ? most[to->depth] : number;
    return rint(number);
}

/* Any order of steps, with a gap now and then; every byte of the memory is one of PATTERN or a sample's. */
static void lay(input *in, cvh_maps *maps)
{
    static const size_t sizes[] = {1, 1, 2, 2, 0, 4, 8, 2};
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    const int *order = orders[take_byte(in) % 6];
    uint8_t gaps = take_byte(in);
    size_t *steps[] = {&maps->col_step, &maps->row_step, &maps->map_step}, extent = sizes[maps->depth];
    const size_t lengths[] = {(size_t)maps->cols, (size_t)maps->rows, (size_t)maps->count};
    for (int i = 0; i < 3; i++) {
        *steps[order[i]] = extent + (gaps >> i & 1 ? sizes[maps->depth] : 0);
        extent = *steps[order[i]] * lengths[order[i]];
    }
    if (gaps >> 6 == 3) maps->col_step = maps->row_step = maps->map_step = 0;
}

static void take_coding(input *in, cvh_maps *maps)
{
    static const cvh_depth depths[] = {CVH_8U, CVH_8S, CVH_16U, CVH_16S, CVH_16F, CVH_32F, CVH_64F};
    static const double scales[] = {0, 1, 1. / 255, 0.5, 3}, zeros[] = {0, 0, -128, 127.5, 1e6};
    maps->depth = depths[take_byte(in) % 7];
    uint8_t kind = take_byte(in);
    maps->scale = kind < 16 ? take_any(in) : scales[kind % 5];
    maps->zero = kind < 8 ? take_any(in) : zeros[kind / 5 % 5];
}

static bool sensible(const cvh_maps *maps)
{
    return maps->scale >= 0 && isfinite(maps->scale) && isfinite(maps->zero);
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static size_t offset_of(const cvh_maps *maps, int map, int row, int col)
{
    static const size_t sizes[] = {1, 1, 2, 2, 0, 4, 8, 2};
    size_t col_step = maps->col_step ? maps->col_step : sizes[maps->depth];
    size_t row_step = maps->row_step ? maps->row_step : (size_t)maps->cols * col_step;
    size_t map_step = maps->map_step ? maps->map_step : (size_t)maps->rows * row_step;
    return (size_t)map * map_step + (size_t)row * row_step + (size_t)col * col_step;
}

static void check_samples(const cvh_maps *from, const cvh_maps *to)
{
    static const size_t sizes[] = {1, 1, 2, 2, 0, 4, 8, 2};
    static unsigned char belongs[ROOM];
    memset(belongs, 0, sizeof belongs);
    bool alike = from->depth == to->depth && scale_of(from) == scale_of(to) && from->zero == to->zero;
    for (int map = 0; map < from->count; map++)
        for (int row = 0; row < from->rows; row++)
            for (int col = 0; col < from->cols; col++) {
                size_t at = offset_of(to, map, row, col);
                double sample = stored_at(from, offset_of(from, map, row, col)), found = stored_at(to, at);
                double expected = alike ? sample : expected_of(to, (sample - from->zero) * scale_of(from));
                REQUIRE(same(expected, found), "%.17g became %.17g, not %.17g; depth %d to %d", sample, found, expected,
                        (int)from->depth, (int)to->depth);
                memset(belongs + at, 1, sizes[to->depth]);
            }
    for (size_t i = 0; i < ROOM; i++)
        REQUIRE(belongs[i] || ((unsigned char *)to->data)[i] == PATTERN, "byte %zu beside the samples", i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size};
    int count = take_int(&in, 1, MOST), rows = take_int(&in, 1, MOST), cols = take_int(&in, 1, 8 * MOST);
    cvh_maps from = cvh_maps_view(memory[0], count, rows, cols, CVH_8U),
             to = cvh_maps_view(memory[1], count, rows, cols, CVH_8U);
    take_coding(&in, &from);
    take_coding(&in, &to);
    lay(&in, &from);
    lay(&in, &to);
    take_bytes(&in, memory[0], sizeof memory[0]);
    memset(memory[1], PATTERN, sizeof memory[1]);
    cvh_status status = cvh_convert(&from, &to);
    bool accepted = sensible(&from) && sensible(&to);
    REQUIRE(status == (accepted ? CVH_OK : CVH_ERR_ARGUMENT), "status %d: %s", (int)status, cvh_last_error());
    if (status)
        for (size_t i = 0; i < sizeof memory[1]; i++)
            REQUIRE(((unsigned char *)memory[1])[i] == PATTERN, "refused, but byte %zu was written", i);
    else
        check_samples(&from, &to);
    return 0;
}
