/* SPDX-License-Identifier: Apache-2.0
 * Profiles along a whole line of a map against (float)cvh_bell, bit for bit; and maps that are drawn as a whole. */
#include "encode/subpixel_line.h"

#include <math.h>
#include <string.h>

#include "gaussian/kernel.h"
#include "support/support.h"

enum { LONGEST = 700, ROOM = LONGEST + CVH_LINE_LANES };

START_TEST(what_is_served)
{
    const struct {
        double sigma;
        int radius;
    } cases[] = {{1, 16}, {17.0 / 12, 22}, {2, 31}, {5, 74}, {17.5, 255}, {17.6, -1}, {0.99, -1}, {1e6, -1}, {1e-6, -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_subpixel_line line;
        cvh_subpixel_line_start(&line, cases[i].sigma);
        ck_assert_msg(line.radius == cases[i].radius, "sigma %g: radius %d", cases[i].sigma, line.radius);
    }
}
END_TEST

static double random_sigma(random_state *random)
{
    static const double usual[] = {1, 17.0 / 12, 2, 5, 17.5};
    return random_int(random, 0, 1) ? usual[random_int(random, 0, 4)] : 1 + 16.5 * random_real(random) * random_real(random);
}

static double random_centre(random_state *random, int length)
{
    static const double particular[] = {0, -0.0, 0.5, -0.5, 0x1.fffffffffffffp-2, 1e-300, -0x1p-53, 30, 30.5};
    int kind = random_int(random, 0, 9);
    if (kind == 0) return particular[random_int(random, 0, 8)];
    if (kind == 1) return (random_real(random) - 0.5) * 4e4;
    return (2 * random_real(random) - 0.5) * length;
}

static void assert_profile(const cvh_line_stretch *stretch)
{
    double c = -0.125 / (stretch->line->sigma * stretch->line->sigma);
    const float *out = stretch->out;
    for (int i = 0; i < stretch->count; i++) {
        float expected = (float)cvh_bell(c, stretch->first + i - stretch->centre) * stretch->factor;
        if (memcmp(&expected, &out[i], sizeof expected))
            ck_abort_msg("sigma %.17g, centre %.17g, pixel %d of %d from %d on: %a, expected %a", stretch->line->sigma,
                         stretch->centre, i, stretch->count, stretch->first, (double)out[i], (double)expected);
    }
    for (int i = stretch->count + CVH_LINE_LANES; i <= ROOM; i++)
        if (out[i] != -7) ck_abort_msg("%d values: wrote at %d", stretch->count, i);
}

/* Returns how many the line left to the exponential. */
static int assert_profiles(cvh_line_stretch *stretches, int count)
{
    static float out[CVH_LINE_STRETCHES][ROOM + 1];
    for (int i = 0; i < count; i++) {
        stretches[i].out = out[i];
        for (int j = 0; j <= ROOM; j++) out[i][j] = -7;
    }
    int left = cvh_subpixel_line_profiles(stretches, count);
    for (int i = 0; i < count; i++) assert_profile(&stretches[i]);
    return left;
}

static cvh_line_stretch random_stretch(random_state *random, const cvh_subpixel_line *line)
{
    int count = random_int(random, 0, random_int(random, 0, 9) ? 100 : LONGEST), first = random_int(random, -40, 40);
    float factor = random_int(random, 0, 1) ? 1 : random_int(random, 0, 1) ? 255 : 1e30f;
    return (cvh_line_stretch){line, random_centre(random, count + 1), first, count, factor, NULL};
}

/* Few profiles are left to the exponential, but of so many some are. */
START_TEST(profiles_are_the_bells)
{
    enum { TRIALS = 20000 };
    random_state random = random_start(311);
    int left = 0, made = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        cvh_subpixel_line x, y;
        cvh_line_stretch stretches[CVH_LINE_STRETCHES];
        int count = random_int(&random, 0, CVH_LINE_STRETCHES);
        cvh_subpixel_line_start(&x, random_sigma(&random));
        cvh_subpixel_line_start(&y, random_sigma(&random));
        for (int i = 0; i < count; i++) stretches[i] = random_stretch(&random, i % 2 ? &y : &x);
        left += assert_profiles(stretches, count);
        made += count;
    }
    ck_assert_msg(left >= 100 && left < made / 50, "%d of %d profiles are left", left, made);
}
END_TEST

START_TEST(centres_out_of_reach)
{
    static const double far[] = {0x1p26, -0x1p26, 1e300, INFINITY, -INFINITY, NAN};
    cvh_subpixel_line line;
    cvh_subpixel_line_start(&line, 2);
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        cvh_line_stretch stretches[] = {{&line, 3, 0, 16, 1, NULL}, {&line, far[i], 0, 17, 1, NULL}};
        ck_assert_int_eq(assert_profiles(stretches, 1), 0);
        ck_assert_int_eq(assert_profiles(stretches, 2), 1);
        ck_assert_int_eq(assert_profiles(stretches + 1, 1), 1);
    }
    cvh_subpixel_line_start(&line, 100);
    ck_assert_int_eq(assert_profiles(&(cvh_line_stretch){&line, 3, 0, 16, 1, NULL}, 1), 1);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ between two floats */

/* A centre as near as can be found to where the value at `pixel` lies in the middle between two floats. */
static double between_floats(double sigma, double centre, int pixel)
{
    double c = -0.125 / (sigma * sigma);
    float below = (float)cvh_bell(c, pixel - centre);
    double middle = ((double)below + (double)nextafterf(below, 0)) / 2, best = centre, nearest = INFINITY;
    double at = pixel - copysign(sqrt(-log(middle) * 2) * sigma, pixel - centre);
    for (int step = 0; step < 8; step++) at = nextafter(at, -INFINITY);
    for (int step = 0; step < 16; step++, at = nextafter(at, INFINITY)) {
        double off = fabs(cvh_bell(c, pixel - at) - middle);
        if (off < nearest) best = at, nearest = off;
    }
    return best;
}

/* Values so near to a middle that products alone would round some of them to the wrong side; subnormal ones among them. */
START_TEST(profiles_between_two_floats)
{
    random_state random = random_start(312);
    int left = 0, told = 0;
    for (int trial = 0; trial < 200000; trial++) {
        cvh_subpixel_line line;
        double sigma = random_sigma(&random), centre = 40 * random_real(&random);
        int pixel = (int)(centre + (2 * random_real(&random) - 1) * 14.3 * sigma);
        if (pixel == (int)centre || (float)cvh_bell(-0.125 / (sigma * sigma), pixel - centre) == 0) continue;
        cvh_subpixel_line_start(&line, sigma);
        centre = between_floats(sigma, centre, pixel) * (1 + (random_int(&random, 0, 3) ? 0 : 1e-11 * random_real(&random)));
        cvh_line_stretch stretch = {&line, centre, pixel - random_int(&random, 0, 50), 64, 1, NULL};
        if (assert_profiles(&stretch, 1) > 0)
            left++;
        else
            told++;
    }
    ck_assert_msg(left > 100000 && told > 1000, "%d left, %d told", left, told);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("subpixel_line");
    TCase *c = tcase_create("subpixel_line");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, what_is_served);
    tcase_add_test(c, profiles_are_the_bells);
    tcase_add_test(c, centres_out_of_reach);
    tcase_add_test(c, profiles_between_two_floats);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
