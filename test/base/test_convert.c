/* SPDX-License-Identifier: Apache-2.0
 * cvh_convert: every depth, layout and scale into every other, against a reference that rounds by comparing distances. */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/half.h"
#include "support/layouts.h"
#include "support/support.h"

static const cvh_depth depths[] = {CVH_8U, CVH_8S, CVH_16U, CVH_16S, CVH_16F, CVH_32F, CVH_64F};
enum { DEPTHS = sizeof depths / sizeof *depths, HALVES = 65536 };

/* Check writes a line for each assertion that holds, so loops over many samples fail by ck_abort_msg. */
static cvh_maps coded(void *data, int count, int rows, int cols, cvh_depth depth, double scale, double zero)
{
    cvh_maps maps = cvh_maps_view(data, count, rows, cols, depth);
    maps.scale = scale;
    maps.zero = zero;
    return maps;
}

static void convert(const char *name, const cvh_maps *from, const cvh_maps *to)
{
    ck_assert_msg(cvh_convert(from, to) == CVH_OK, "%s: %s", name, cvh_last_error());
}

/* --------------------------------------------------------------------------------------------------------------- halves */

static uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static bool is_nan_half(unsigned half)
{
    return (half & 0x7fff) > 0x7c00;
}

/* A float's bits for a half: the number, or for NaN the payload, shifted, and quiet. */
static uint32_t expected_bits(unsigned half)
{
    if (is_nan_half(half)) return (uint32_t)(half & 0x8000) << 16 | UINT32_C(0x7fc00000) | (uint32_t)(half & 0x3ff) << 13;
    return bits_of((float)half_value((uint16_t)half));
}

static uint16_t halves[HALVES + 1], returned[HALVES + 1];
static float floats[2 * HALVES];
static double doubles[HALVES];

/* RISC-V's own conversions between float and double make one NaN of all. */
static bool machine_keeps_payload(void)
{
    volatile float nan = cvh_float_of_bits(UINT32_C(0x7fc02000));
    volatile double wide = nan;
    volatile float back = (float)wide;
    return bits_of(back) == UINT32_C(0x7fc02000);
}

static void fill_halves(void)
{
    for (unsigned i = 0; i < HALVES; i++) halves[i] = (uint16_t)i;
}

/* Side by side, where a CPU's own instruction may be used, and apart, where it is not; from any place in memory. */
START_TEST(all_halves_become_floats)
{
    const bool alike = !machine_keeps_payload();
    fill_halves();
    for (size_t step = 1; step <= 2; step++)
        for (int from = 0; from <= 9; from += 3) {
            cvh_maps source = cvh_maps_view(halves + from, 1, 1, 32768, CVH_16F), target = source;
            target.data = floats;
            target.depth = CVH_32F;
            target.col_step = step * sizeof(float);
            for (int part = 0; part < 2; part++) {
                unsigned first = part ? HALVES - 32768 : (unsigned)from;
                source.data = halves + first;
                convert("16F to 32F", &source, &target);
                for (unsigned i = 0; i < 32768; i++)
                    if (alike && is_nan_half(first + i) ? !isnan(floats[i * step])
                                                        : bits_of(floats[i * step]) != expected_bits(first + i))
                        ck_abort_msg("half 0x%04x, step %zu: 0x%08" PRIx32 ", not 0x%08" PRIx32, first + i, step,
                                     bits_of(floats[i * step]), expected_bits(first + i));
            }
        }
}
END_TEST

/* Each of the machine's own ways, which a whole library on this machine may leave alone: special halves in any company, ends
 * of any length, from any place in memory. */
START_TEST(each_way_takes_all_halves)
{
    static size_t (*const ways[])(const uint16_t *, size_t, float *) = {cvh_half_numbers_f16c, cvh_half_numbers_sse2};
    static const char *const names[] = {"F16C", "SSE2"};
    enum { MOST = 700, ODD = 40503 };
    random_state random = random_start(4016);
    for (int stride = 1; stride <= ODD; stride += ODD - 1) { /* in order, and mixed */
        for (unsigned i = 0; i < HALVES; i++) halves[i] = (uint16_t)(i * (unsigned)stride);
        for (unsigned first = 0; first < HALVES;) {
            unsigned left = HALVES - first, count = (unsigned)random_int(&random, 1, MOST);
            if (count > left) count = left;
            size_t done = ways[_i](halves + first, count, floats);
            if (!done && count >= 64) return; /* not on this machine */
            ck_assert_msg(done <= count && count - done < 64, "%s: %zu of %u halves", names[_i], done, count);
            for (unsigned i = 0; i < done; i++)
                if (bits_of(floats[i]) != expected_bits(halves[first + i]))
                    ck_abort_msg("%s: half 0x%04x, %u of %u: 0x%08" PRIx32 ", not 0x%08" PRIx32, names[_i],
                                 (unsigned)halves[first + i], i, count, bits_of(floats[i]), expected_bits(halves[first + i]));
            first += done ? (unsigned)done : count;
        }
    }
}
END_TEST

START_TEST(all_halves_become_doubles)
{
    fill_halves();
    cvh_maps source = cvh_maps_view(halves, 2, 1, 32768, CVH_16F), target = cvh_maps_view(doubles, 2, 1, 32768, CVH_64F);
    convert("16F to 64F", &source, &target);
    for (unsigned i = 0; i < HALVES; i++) {
        double expected = half_value((uint16_t)i);
        bool same = isnan(expected) ? isnan(doubles[i]) : doubles[i] == expected && signbit(doubles[i]) == signbit(expected);
        if (!same) ck_abort_msg("half 0x%04x: %.17g, not %.17g", i, doubles[i], expected);
    }
}
END_TEST

/* From floats and from doubles every half comes back; NaN with its payload and quiet. */
START_TEST(all_halves_come_back)
{
    const bool alike = !machine_keeps_payload();
    fill_halves();
    for (int d = 0; d < 2; d++) {
        cvh_maps source = cvh_maps_view(halves, 2, 1, 32768, CVH_16F), back = cvh_maps_view(returned, 2, 1, 32768, CVH_16F);
        cvh_maps wide = d ? cvh_maps_view(doubles, 2, 1, 32768, CVH_64F) : cvh_maps_view(floats, 2, 1, 32768, CVH_32F);
        convert("from 16F", &source, &wide);
        convert("to 16F", &wide, &back);
        for (unsigned i = 0; i < HALVES; i++) {
            unsigned expected = is_nan_half(i) ? i | 0x200 : i;
            bool same = (d || alike) && is_nan_half(i) ? is_nan_half(returned[i]) : returned[i] == expected;
            if (!same) ck_abort_msg("half 0x%04x through %s: 0x%04x", i, d ? "64F" : "32F", (unsigned)returned[i]);
        }
    }
}
END_TEST

static uint16_t half_of(double value)
{
    static uint16_t half[8];
    static double eight[8];
    for (int i = 0; i < 8; i++) eight[i] = value;
    cvh_maps source = cvh_maps_view(eight, 1, 1, 8, CVH_64F), target = cvh_maps_view(half, 1, 1, 8, CVH_16F);
    convert("64F to 16F", &source, &target);
    for (int i = 1; i < 8; i++)
        if (half[i] != half[0]) ck_abort_msg("%a becomes 0x%04x and 0x%04x", value, (unsigned)half[0], (unsigned)half[i]);
    return half[0];
}

static void assert_half(double value, unsigned expected)
{
    unsigned half = half_of(value), minus = half_of(-value);
    if (half != expected || minus != (expected | 0x8000))
        ck_abort_msg("%a becomes 0x%04x, its negative 0x%04x; expected 0x%04x", value, half, minus, expected);
}

/* Between two halves the nearer one; half-way the even one, which is the one that ends in 0. Of doubles next to half-way a
 * float in between would round twice. */
START_TEST(doubles_are_rounded_once)
{
    for (unsigned low = 0; low < 0x7c00; low++) {
        unsigned high = low + 1, even = low & 1 ? high : low;
        double below = half_value((uint16_t)low), above = high == 0x7c00 ? 65536 : half_value((uint16_t)high);
        double middle = (below + above) / 2;
        assert_half(middle, even);
        assert_half(nextafter(middle, 0), low);
        assert_half(nextafter(middle, INFINITY), high);
        assert_half(nextafter(above, 0), high);
        assert_half(nextafter(below, INFINITY), low);
    }
    assert_half(65536, 0x7c00);
    assert_half(1e300, 0x7c00);
    assert_half(DBL_MAX, 0x7c00);
    assert_half(INFINITY, 0x7c00);
    assert_half(0x1p-1074, 0);
    assert_half(0x1p-25, 0);
    assert_half(0x1.8p-25, 1);
}
END_TEST

/* Floats become halves by the CPU's own instruction where it has one: as the doubles they are. At, and next to, each boundary
 * between two halves, and anywhere. */
START_TEST(floats_are_rounded_as_doubles)
{
    enum { MANY = 2 * HALVES };
    static double same[MANY];
    static uint16_t by_float[MANY], by_double[MANY];
    random_state random = random_start(1616);
    for (int kind = 0; kind < 5; kind++) {
        for (unsigned i = 0; i < MANY; i++) {
            unsigned low = i % 0x7bff;
            float middle = (float)((half_value((uint16_t)low) + half_value((uint16_t)(low + 1))) / 2);
            uint32_t bits = (uint32_t)(random_real(&random) * 0x1p32);
            floats[i] = kind == 0 ? middle : kind == 1 ? nextafterf(middle, 0) : nextafterf(middle, INFINITY);
            if (kind == 3) floats[i] = 65519.99f + (float)i / 256; /* up to, and beyond, the largest half */
            if (kind == 4) memcpy(&floats[i], &bits, sizeof bits); /* NaN among them */
            if (i >= HALVES && kind < 4) floats[i] = -floats[i];
            same[i] = (double)floats[i];
        }
        cvh_maps single = cvh_maps_view(floats, MANY / 8192, 1, 8192, CVH_32F), wide = single, narrow = single;
        wide.data = same, wide.depth = CVH_64F;
        narrow.data = by_float, narrow.depth = CVH_16F;
        convert("32F to 16F", &single, &narrow);
        narrow.data = by_double;
        convert("64F to 16F", &wide, &narrow);
        for (unsigned i = 0; i < MANY; i++)
            if (by_float[i] != by_double[i])
                ck_abort_msg("%a becomes 0x%04x, as a double 0x%04x", (double)floats[i], (unsigned)by_float[i],
                             (unsigned)by_double[i]);
    }
}
END_TEST

/* -------------------------------------------------------------------------------------------------------- any to any */

static double least_of(cvh_depth depth)
{
    return depth == CVH_8S ? -128 : depth == CVH_16S ? -32768 : 0;
}

static double most_of(cvh_depth depth)
{
    return depth == CVH_8U ? 255 : depth == CVH_8S ? 127 : depth == CVH_16U ? 65535 : 32767;
}

static bool is_whole(cvh_depth depth)
{
    return depth == CVH_8U || depth == CVH_8S || depth == CVH_16U || depth == CVH_16S;
}

/* The whole number nearest to x, the even one of two. */
static double nearest_whole(double x)
{
    double low = floor(x), up = x - low, down = low + 1 - x;
    if (up == down) return fmod(low, 2) == 0 ? low : low + 1;
    return up < down ? low : low + 1;
}

/* What a sample of this depth must stand for, once `value` is stored in it. */
static double reference(const cvh_maps *to, double value)
{
    double scale = to->scale != 0 ? to->scale : 1, number = value / scale + to->zero;
    if (is_whole(to->depth)) {
        if (isnan(number)) number = to->zero;
        number = number < least_of(to->depth) ? least_of(to->depth) : number > most_of(to->depth) ? most_of(to->depth) : number;
        number = nearest_whole(number);
    } else if (to->depth == CVH_32F) {
        number = (double)(float)number;
    } else if (to->depth == CVH_16F) {
        number = isnan(number) ? NAN : half_value(half_of(number));
    }
    return (number - to->zero) * scale;
}

static void fill(cvh_maps *maps, random_state *random)
{
    static const double special[] = {0,    -0.0, NAN,   INFINITY, -INFINITY, 0.5,   1.5,  2.5,
                                     -0.5, 1e10, -1e10, 1e-7,     65520,     127.5, 254.5};
    double *values = malloc((size_t)maps->count * (size_t)maps->rows * (size_t)maps->cols * sizeof *values);
    int samples = maps->count * maps->rows * maps->cols;
    for (int i = 0; i < samples; i++)
        values[i] = random_int(random, 0, 3) == 0 ? special[random_int(random, 0, 14)] : 300 * random_real(random) - 100;
    for (int map = 0, i = 0; map < maps->count; map++)
        for (int row = 0; row < maps->rows; row++)
            for (int col = 0; col < maps->cols; col++, i++) {
                unsigned char *at = layout_at(maps, map, row, col);
                double number = values[i];
                if (is_whole(maps->depth)) {
                    long stored = lrint(isfinite(number) ? fmin(fmax(number, least_of(maps->depth)), most_of(maps->depth)) : 7);
                    for (size_t b = 0; b < size_of(maps->depth); b++) at[b] = 0;
                    uint16_t wide = (uint16_t)stored;
                    if (size_of(maps->depth) == 1)
                        *at = (unsigned char)stored;
                    else
                        memcpy(at, &wide, 2);
                } else if (maps->depth == CVH_16F) {
                    uint16_t half = half_of(number);
                    memcpy(at, &half, 2);
                } else if (maps->depth == CVH_32F) {
                    float single = (float)number;
                    memcpy(at, &single, 4);
                } else {
                    memcpy(at, &number, 8);
                }
            }
    free(values);
}

static bool same_value(double e, double a)
{
    return e == a || (isnan(e) && isnan(a));
}

/* Random sizes, layouts, scales; with and without a scale on either side. */
START_TEST(any_depth_layout_and_scale_become_any_other)
{
    static const double scales[] = {0, 0, 1, 0.5, 1. / 255, 0x1p-7, 3, 1e-3}, zeros[] = {0, 0, 0, -128, 128, 3.25, 1000, 0.5};
    random_state random = random_start(1313 + (uint64_t)_i);
    for (int k = 0; k < 400; k++) {
        char name[160];
        uint64_t state = random.state;
        cvh_depth from = depths[_i], to = depths[random_int(&random, 0, DEPTHS - 1)];
        int count = random_int(&random, 1, 5), rows = random_int(&random, 1, 9), cols = random_int(&random, 1, 90);
        layout kind_from = (layout)random_int(&random, 0, LAYOUTS - 1), kind_to = (layout)random_int(&random, 0, LAYOUTS - 1);
        laid_out source = laid_out_new(kind_from, count, rows, cols, from),
                 target = laid_out_new(kind_to, count, rows, cols, to);
        source.maps.scale = scales[random_int(&random, 0, 7)], source.maps.zero = zeros[random_int(&random, 0, 7)];
        target.maps.scale = scales[random_int(&random, 0, 7)], target.maps.zero = zeros[random_int(&random, 0, 7)];
        fill(&source.maps, &random);
        snprintf(name, sizeof name, "case %d, state 0x%" PRIx64 ": depth %d (scale %g zero %g, layout %d) to %d (%g %g, %d)", k,
                 state, (int)from, source.maps.scale, source.maps.zero, (int)kind_from, (int)to, target.maps.scale,
                 target.maps.zero, (int)kind_to);
        convert(name, &source.maps, &target.maps);
        bool copied = from == to && source.maps.zero == target.maps.zero
                      && (source.maps.scale == target.maps.scale || source.maps.scale + target.maps.scale == 1);
        for (int map = 0; map < count; map++)
            for (int row = 0; row < rows; row++)
                for (int col = 0; col < cols; col++) {
                    double value = sample(&source.maps, map, row, col), actual = sample(&target.maps, map, row, col);
                    double expected = copied ? value : reference(&target.maps, value);
                    if (!same_value(expected, actual))
                        ck_abort_msg("%s: map %d row %d col %d: %.17g becomes %.17g, not %.17g", name, map, row, col, value,
                                     actual, expected);
                }
        ck_assert_msg(laid_out_gaps_intact(&target), "%s: written between the samples", name);
        laid_out_free(&source);
        laid_out_free(&target);
    }
}
END_TEST

/* Samples that are copied, from every layout to every other: in blocks where that is a transpose, with edges of all sizes. */
START_TEST(layouts_are_exchanged)
{
    random_state random = random_start(99 + (uint64_t)_i);
    for (int pair = 0; pair < LAYOUTS * LAYOUTS; pair++)
        for (int k = 0; k < 6; k++) {
            int count = random_int(&random, 1, 21), rows = random_int(&random, 1, 12),
                cols = random_int(&random, 1, k ? 20 : 300);
            laid_out from = laid_out_new((layout)(pair / LAYOUTS), count, rows, cols, depths[_i]);
            laid_out to = laid_out_new((layout)(pair % LAYOUTS), count, rows, cols, depths[_i]);
            fill(&from.maps, &random);
            convert("layouts", &from.maps, &to.maps);
            if (laid_out_differing(&from.maps, &to.maps) || !laid_out_gaps_intact(&to))
                ck_abort_msg("depth %d, %d maps of %dx%d, %s to %s: %d samples differ", (int)depths[_i], count, rows, cols,
                             layout_names[pair / LAYOUTS], layout_names[pair % LAYOUTS],
                             laid_out_differing(&from.maps, &to.maps));
            laid_out_free(&from);
            laid_out_free(&to);
        }
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------ by name */

typedef struct named_case {
    const char *name;
    cvh_depth depth;
    double scale, zero, value, stored;
} named_case;

static const named_case named[] = {
    {"half to even, down", CVH_8U, 0, 0, 2.5, 2},
    {"half to even, up", CVH_8U, 0, 0, 3.5, 4},
    {"negative half to even", CVH_8S, 0, 0, -2.5, -2},
    {"just above a half", CVH_16S, 0, 0, 2.5000000000000004, 3},
    {"saturated above", CVH_8U, 0, 0, 255.6, 255},
    {"saturated below", CVH_8U, 0, 0, -0.6, 0},
    {"infinite", CVH_8S, 0, 0, INFINITY, 127},
    {"minus infinite", CVH_16S, 0, 0, -INFINITY, -32768},
    {"huge", CVH_16U, 0, 0, 1e300, 65535},
    {"NaN is value 0", CVH_8U, 1. / 255, 128, NAN, 128},
    {"NaN is value 0, to even", CVH_8S, 2, 2.5, NAN, 2},
    {"NaN is value 0, saturated", CVH_8S, 1, -1000, NAN, -128},
    {"quantised", CVH_8S, 1. / 255, -128, 1, 127},
    {"quantised, a step", CVH_16U, 0x1p-16, 0, 0.5, 32768},
    {"beyond a half's range", CVH_16F, 0, 0, 65520, INFINITY},
    {"within a half's range", CVH_16F, 0, 0, 65519.99, 65504},
    {"a half with a scale", CVH_16F, 0.5, 1, 3, 7},
    {"beyond a float's range", CVH_32F, 0, 0, 1e300, INFINITY},
    {"rounded once", CVH_16F, 0, 0, 1 + 0x1p-11 + 0x1p-40, 1 + 0x1p-10},
};

START_TEST(samples_are_rounded_and_saturated)
{
    const named_case *c = &named[_i];
    unsigned char memory[40 * sizeof(double)];
    double values[40];
    for (int i = 0; i < 40; i++) values[i] = c->value;
    cvh_maps from = cvh_maps_view(values, 1, 1, 40, CVH_64F), to = coded(memory, 1, 1, 40, c->depth, c->scale, c->zero);
    convert(c->name, &from, &to);
    to.scale = to.zero = 0;
    for (int i = 0; i < 40; i++)
        ck_assert_msg(sample(&to, 0, 0, i) == c->stored, "%s: %.17g is stored as %.17g, not %.17g", c->name, c->value,
                      sample(&to, 0, 0, i), c->stored);
}
END_TEST

/* In place: samples of one size, the same view. */
START_TEST(a_view_is_converted_in_place)
{
    uint16_t memory[2000];
    for (int i = 0; i < 2000; i++) memory[i] = (uint16_t)i;
    cvh_maps whole = cvh_maps_view(memory, 1, 20, 100, CVH_16U), halved = coded(memory, 1, 20, 100, CVH_16F, 0, 0);
    convert("in place", &whole, &halved);
    for (int i = 0; i < 2000; i++)
        ck_assert_msg(half_value(memory[i]) == i, "sample %d is %g", i, half_value(memory[i])); /* exact up to 2048 */
    convert("onto itself", &halved, &halved);
    for (int i = 0; i < 2000; i++) ck_assert(half_value(memory[i]) == i);
}
END_TEST

START_TEST(bad_pairs_are_refused)
{
    float memory[64] = {0};
    cvh_maps good = cvh_maps_view(memory, 2, 3, 4, CVH_32F), other = cvh_maps_view(memory + 30, 2, 3, 4, CVH_32F), bad = other;
    assert_refused("src", cvh_convert(NULL, &other), "src is NULL");
    assert_refused("dst", cvh_convert(&good, NULL), "dst is NULL");
    bad.rows = 4;
    assert_refused("rows", cvh_convert(&good, &bad), "dst is 2 maps of 4x4; it must be as src, 2 of 3x4");
    bad = other, bad.scale = NAN;
    assert_refused("scale", cvh_convert(&good, &bad), "dst: scale is nan");
    bad = other, bad.data = memory + 1;
    assert_refused("overlap", cvh_convert(&good, &bad), "dst overlaps src");
    bad = good, bad.depth = CVH_16F;
    assert_refused("another size", cvh_convert(&good, &bad),
                   "dst overlaps src; it must be the same view, of samples of one size");
    bad.map_step = 48, bad.row_step = 16, bad.col_step = 4;
    assert_refused("another size, the same steps", cvh_convert(&good, &bad),
                   "dst overlaps src; it must be the same view, of samples of one size");
    bad = good, bad.map_step = 4, bad.row_step = 32, bad.col_step = 8;
    assert_refused("another layout", cvh_convert(&good, &bad), "dst overlaps src");
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("convert");
    TCase *c = tcase_create("halves");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, all_halves_become_floats);
    tcase_add_loop_test(c, each_way_takes_all_halves, 0, 2);
    tcase_add_test(c, all_halves_become_doubles);
    tcase_add_test(c, all_halves_come_back);
    tcase_add_test(c, doubles_are_rounded_once);
    tcase_add_test(c, floats_are_rounded_as_doubles);
    suite_add_tcase(s, c);
    c = tcase_create("any");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, any_depth_layout_and_scale_become_any_other, 0, DEPTHS);
    tcase_add_loop_test(c, layouts_are_exchanged, 0, DEPTHS);
    tcase_add_loop_test(c, samples_are_rounded_and_saturated, 0, (int)(sizeof named / sizeof *named));
    tcase_add_test(c, a_view_is_converted_in_place);
    tcase_add_test(c, bad_pairs_are_refused);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
