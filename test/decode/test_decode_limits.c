/* SPDX-License-Identifier: Apache-2.0
 * The ends of what the refinements take: the map's edge, numbers that overflow, windows full of holes, windows that outgrow. */
#include <math.h>
#include <stdlib.h>

#include "support/support.h"

enum { SIDE = 80 };

/* A square map of `side`, which each drawing fills. */
typedef struct canvas {
    double at[SIDE][SIDE];
    int side;
} canvas;

static double samples[SIDE * SIDE];

static void draw(canvas *c, double x, double y, double sigma)
{
    for (int row = 0; row < c->side; row++)
        for (int col = 0; col < c->side; col++)
            c->at[row][col] = exp(-((col - x) * (col - x) + (row - y) * (row - y)) / (2 * sigma * sigma));
}

static void fill(canvas *c, double value)
{
    for (int row = 0; row < c->side; row++)
        for (int col = 0; col < c->side; col++) c->at[row][col] = value;
}

static cvh_maps view_of(const canvas *c)
{
    for (int i = 0; i < c->side * c->side; i++) samples[i] = c->at[i / c->side][i % c->side];
    return cvh_maps_view(samples, 1, c->side, c->side, CVH_64F);
}

static void huge(canvas *c)
{
    fill(c, 1e308);
}

static void largest(canvas *c)
{
    fill(c, 1.7976931348623157e308);
}

static void zeros(canvas *c)
{
    fill(c, 0);
}

static void half(canvas *c)
{
    fill(c, 0.5);
}

/* Their sum is finite, but not three times either of them. */
static void huge_in_a_row(canvas *c)
{
    zeros(c);
    c->at[3][3] = c->at[3][6] = 6e307;
}

static void huge_in_a_column(canvas *c)
{
    zeros(c);
    c->at[3][3] = c->at[6][3] = 6e307;
}

static void two_peaks(canvas *c)
{
    zeros(c);
    c->at[4][0] = c->at[4][8] = 1;
}

static void on_the_left(canvas *c)
{
    zeros(c);
    c->at[5][0] = 1, c->at[6][0] = c->at[5][1] = 0.5;
}

static void on_the_right(canvas *c)
{
    zeros(c);
    c->at[5][8] = 1, c->at[6][8] = c->at[5][7] = 0.5;
}

static void on_top(canvas *c)
{
    zeros(c);
    c->at[0][4] = 1, c->at[0][5] = c->at[1][4] = 0.5;
}

static void at_the_bottom(canvas *c)
{
    zeros(c);
    c->at[8][4] = 1, c->at[8][5] = c->at[7][4] = 0.5;
}

static void in_the_second_row(canvas *c)
{
    draw(c, 4, 1, 1);
}

/* Their mean is half a pixel to the right, exactly. */
static void half_from_an_even_column(canvas *c)
{
    zeros(c);
    c->at[4][4] = 1, c->at[4][5] = 0.625, c->at[4][6] = 0.125;
}

static void half_from_an_odd_column(canvas *c)
{
    zeros(c);
    c->at[4][3] = 1, c->at[4][4] = 0.625, c->at[4][5] = 0.125;
}

static void beyond_the_first_column(canvas *c)
{
    draw(c, -1.2, 7.6, 2);
}

static void beyond_the_last_row(canvas *c)
{
    draw(c, 7.6, 16.2, 2);
}

/* 441 numbers in a window of 65x65. */
static void mostly_holes(canvas *c)
{
    draw(c, 40, 40, 5);
    for (int row = 0; row < SIDE; row++)
        for (int col = 0; col < SIDE; col++)
            if (abs(row - 40) > 10 || abs(col - 40) > 10) c->at[row][col] = NAN;
}

/* Many holes, and three strays. */
static void holes_and_strays(canvas *c)
{
    draw(c, 40.3, 39.8, 5);
    for (int i = 0; i < 510; i++) c->at[8 + i / 65][8 + i % 65] = NAN;
    c->at[35][60] = c->at[50][20] = c->at[60][45] = 0.9;
}

/* What is far from the fit for the others, and yet a small part of the peak, stays. */
static void slight_strays(canvas *c)
{
    draw(c, 20.3, 20.4, 2);
    c->at[17][17] += 0.03;
    c->at[23][17] += 0.018;
}

/* Flat along both axes, not across: a saddle. */
static void cross(canvas *c)
{
    fill(c, 0.5);
    for (int i = 0; i < 3; i++) c->at[1][i] = c->at[i][1] = 1;
}

static void wide(canvas *c)
{
    draw(c, 39.7, 40.2, 18);
}

/* What is masked is -inf. */
static void all_masked_but_one(canvas *c)
{
    fill(c, -INFINITY);
    c->at[4][4] = 1;
}

static void masked_on_the_right(canvas *c)
{
    c->at[4][4] = 1;
    c->at[4][5] = -INFINITY;
}

#define CENTROID .refine = CVH_REFINE_CENTROID
#define SIGN .refine = CVH_REFINE_SIGN
#define FIT .refine = CVH_REFINE_FIT

static const struct {
    const char *name;
    int side;
    void (*draw)(canvas *c);
    cvh_decoder decoder;
    cvh_found found;
    double x, y, score, tolerance;
} cases[] = {
    {"a sum that overflows", 9, huge, {CENTROID}, CVH_FOUND_PIXEL_VALUE, 0, 0, 1e308, 0},
    {"a sum of 0", 9, zeros, {CENTROID, .threshold = -1}, CVH_FOUND_PIXEL_SHAPE, 0, 0, 0, 0},
    {"a moment in x that overflows", 9, huge_in_a_row, {CENTROID, .window = 3}, CVH_FOUND_PIXEL_SHAPE, 3, 3, 6e307, 0},
    {"a moment in y that overflows", 9, huge_in_a_column, {CENTROID, .window = 3}, CVH_FOUND_PIXEL_SHAPE, 3, 3, 6e307, 0},
    {"a blur that overflows",
     9,
     largest,
     {.refine = CVH_REFINE_SECOND_PEAK, .blur_ksize = 11},
     CVH_FOUND_PIXEL_VALUE,
     0,
     0,
     1.7976931348623157e308,
     0},
    {"a mean too far off",
     9,
     two_peaks,
     {.refine = CVH_REFINE_SOFT_ARGMAX, .gain = 20, .max_step = 1},
     CVH_FOUND_PIXEL_SHAPE,
     0,
     4,
     1,
     0},
    {"a mean beside a mask",
     9,
     all_masked_but_one,
     {.refine = CVH_REFINE_SOFT_ARGMAX, .gain = 20},
     CVH_FOUND_REFINED,
     4,
     4,
     1,
     0},
    {"sign beside a mask", 9, masked_on_the_right, {SIGN}, CVH_FOUND_PIXEL_VALUE, 4, 4, 1, 0},
    {"sign in the first column", 9, on_the_left, {SIGN}, CVH_FOUND_REFINED, 0, 5.25, 1, 0},
    {"sign in the last column", 9, on_the_right, {SIGN}, CVH_FOUND_REFINED, 8, 5.25, 1, 0},
    {"sign in the first row", 9, on_top, {SIGN}, CVH_FOUND_REFINED, 4.25, 0, 1, 0},
    {"sign in the last row", 9, at_the_bottom, {SIGN}, CVH_FOUND_REFINED, 4.25, 8, 1, 0},
    {"mmpose's guard in the second row",
     9,
     in_the_second_row,
     {.refine = CVH_REFINE_UDP, .guard = CVH_GUARD_MMPOSE},
     CVH_FOUND_PIXEL_EDGE,
     4,
     1,
     1,
     0},
    {"a flat map by UDP", 9, half, {.refine = CVH_REFINE_UDP, .step = CVH_STEP_PUBLISHED}, CVH_FOUND_PIXEL_SHAPE, 0, 0, 0.5, 0},
    {"a flat map by DARK", 9, half, {.refine = CVH_REFINE_DARK}, CVH_FOUND_PIXEL_SHAPE, 0, 0, 0.5, 0},
    {"half beyond an even column",
     9,
     half_from_an_even_column,
     {CENTROID, .score = CVH_SCORE_ROUNDED},
     CVH_FOUND_REFINED,
     4.5,
     4,
     1,
     0},
    {"half beyond an odd column",
     9,
     half_from_an_odd_column,
     {CENTROID, .score = CVH_SCORE_ROUNDED},
     CVH_FOUND_REFINED,
     3.5,
     4,
     0.625,
     0},
    {"rounded onto the first column",
     16,
     beyond_the_first_column,
     {FIT, .score = CVH_SCORE_ROUNDED},
     CVH_FOUND_REFINED,
     -1.2,
     7.6,
     0.8187307530779818,
     2e-4},
    {"rounded onto the last row",
     16,
     beyond_the_last_row,
     {FIT, .score = CVH_SCORE_ROUNDED},
     CVH_FOUND_REFINED,
     7.6,
     16.2,
     0.8187307530779818,
     2e-4},
    {"more holes than samples", SIDE, mostly_holes, {FIT, .window = 32}, CVH_FOUND_REFINED, 40, 40, 1, 1e-4},
    {"holes and strays", SIDE, holes_and_strays, {FIT, .window = 32}, CVH_FOUND_REFINED, 40.3, 39.8, 1, 0.1},
    {"slight strays", 40, slight_strays, {FIT}, CVH_FOUND_REFINED, 20.3, 20.4, 1, 0.1},
    {"a saddle by UDP", 3, cross, {.refine = CVH_REFINE_UDP}, CVH_FOUND_PIXEL_SHAPE, 1, 0, 1, 0},
    {"wider than the widest window suits", SIDE, wide, {FIT}, CVH_FOUND_REFINED, 39.7, 40.2, 1, 1e-3},
};

START_TEST(each_end_has_its_answer)
{
    canvas c = {.side = cases[_i].side};
    cvh_convention convention = {.decoder = &cases[_i].decoder};
    cvh_peak peak;
    cases[_i].draw(&c);
    cvh_maps maps = view_of(&c);
    ck_assert_msg(cvh_decode(&maps, &convention, &peak) == CVH_OK, "%s: %s", cases[_i].name, cvh_last_error());
    double off = fmax(fabs(peak.x - cases[_i].x), fabs(peak.y - cases[_i].y)), score = cases[_i].score;
    ck_assert_msg(peak.found == cases[_i].found && off <= cases[_i].tolerance
                      && fabs(peak.score - score) <= cases[_i].tolerance * fabs(score),
                  "%s: (%.9g, %.9g), score %.17g, found %d; expected (%.9g, %.9g), score %.17g, found %d", cases[_i].name,
                  peak.x, peak.y, peak.score, (int)peak.found, cases[_i].x, cases[_i].y, score, (int)cases[_i].found);
}
END_TEST

/* Two peaks, of which one is infinite and in the other one's window. */
START_TEST(infinity_beside_a_peak)
{
    canvas c = {.side = 20};
    cvh_peak peaks[4];
    size_t count = 0;
    draw(&c, 8, 8, 2);
    c.at[8][11] = INFINITY;
    cvh_maps maps = view_of(&c);
    ck_assert_int_eq(cvh_find_peaks(&maps, NULL, peaks, 4, &count), CVH_OK);
    ck_assert_uint_eq(count, 2);
    for (int i = 0; i < 2; i++) {
        ck_assert_msg(peaks[i].found == CVH_FOUND_PIXEL_VALUE, "peak %d: found %d", i, (int)peaks[i].found);
        ck_assert_msg(peaks[i].x == (i ? 8 : 11) && peaks[i].y == 8, "peak %d at (%g, %g)", i, peaks[i].x, peaks[i].y);
    }
}
END_TEST

/* Of a map of 2^28 bytes the blurred one has 2^28 doubles, and as many again to work with: 2^32 bytes, which a size_t of 32
 * bits counts as 0. Nothing is read where memory is refused, so one sample is enough to point to. */
START_TEST(a_blurred_map_beyond_size_t_is_refused)
{
    static const unsigned char nowhere;
    const cvh_decoder searching = {.blur_ksize = 7, .blur_search = 1};
    const cvh_convention convention = {.decoder = &searching};
    const cvh_maps maps = cvh_maps_view(&nowhere, 1, 1 << 14, 1 << 14, CVH_8U);
    cvh_peak peak;
    size_t count;
    if (sizeof(size_t) > 4) return; /* there it fits */
    ck_assert_int_eq(cvh_decode(&maps, &convention, &peak), CVH_ERR_MEMORY);
    ck_assert_int_eq(cvh_find_peaks(&maps, &convention, &peak, 1, &count), CVH_ERR_MEMORY);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("decode_limits");
    TCase *c = tcase_create("decode_limits");
    tcase_add_loop_test(c, each_end_has_its_answer, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(c, infinity_beside_a_peak);
    tcase_add_test(c, a_blurred_map_beyond_size_t_is_refused);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
