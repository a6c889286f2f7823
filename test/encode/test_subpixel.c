/* SPDX-License-Identifier: Apache-2.0
 * Profiles of Gaussians between pixels against (float)cvh_bell, bit for bit, and the bound on their error that this rests on.
 */
#include "encode/subpixel.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gaussian/kernel.h"
#include "support/support.h"

enum { ROOM = CVH_STRETCHES * CVH_SUBPIXEL_LANES };

/* ----------------------------------------------------------------------------------------------------- what is accepted */

/* The least sigma for a window: (r + 3/2)^2 k <= 64 and (3 r + 96) k <= 256 with k = 1 / (2 sigma^2). */
static double narrowest(int radius)
{
    return fmax((radius + 1.5) / sqrt(128), sqrt((3 * radius + 96) / 512.0));
}

START_TEST(what_is_accepted)
{
    const struct {
        const char *name;
        double sigma;
        int radius;
        bool accepted;
    } cases[] = {
        {"sigma 1", 1, 3, true},
        {"sigma 1.5", 1.5, 5, true},
        {"sigma 2", 2, 6, true},
        {"sigma 2.5", 2.5, 8, true},
        {"sigma 3", 3, 9, true},
        {"few lanes at most", 3, 6, true},
        {"all lanes", 3, 7, true},
        {"a pixel", 1, 0, true},
        {"the widest", 5, 15, true},
        {"too wide", 5, 16, false},
        {"far too wide", 1e6, 16383, false},
        {"too narrow at its edge", 1, 12, false},
        {"too narrow for a stretch", 0.4, 0, false},
        {"hardly there", 1e-6, 0, false},
        {"flat", 1e6, 15, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cvh_subpixel axis;
        bool accepted = cvh_subpixel_start(&axis, cases[i].sigma, cases[i].radius);
        ck_assert_msg(accepted == cases[i].accepted, "%s: accepted %d", cases[i].name, accepted);
    }
}
END_TEST

/* The stretches decide up to radius 3, the window's edges from 4 on. */
START_TEST(accepted_up_to_the_edge)
{
    for (int radius = 0; radius <= CVH_SUBPIXEL_RADIUS; radius++) {
        cvh_subpixel axis;
        double sigma = narrowest(radius);
        bool by_edges = (radius + 1.5) / sqrt(128) == sigma;
        ck_assert_msg(by_edges == (radius >= 4), "radius %d", radius);
        ck_assert_msg(cvh_subpixel_start(&axis, sigma * (1 + 1e-14), radius), "radius %d: refused", radius);
        ck_assert_msg(!cvh_subpixel_start(&axis, sigma * (1 - 1e-14), radius), "radius %d: accepted", radius);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ random profiles */

/* The field's, the narrowest, or any other. */
static double random_axis(random_state *random, cvh_subpixel *axis)
{
    static const double usual[] = {1, 1.5, 2, 2.5, 3};
    double sigma = usual[random_int(random, 0, 4)];
    int kind = random_int(random, 0, 3), radius = kind == 0 ? (int)ceil(3 * sigma) : random_int(random, 0, CVH_SUBPIXEL_RADIUS);
    if (kind == 1) sigma = narrowest(radius) * (1 + 1e-14);
    if (kind >= 2) sigma = narrowest(radius) * (1.001 + 2 * random_real(random) * random_real(random));
    if (!cvh_subpixel_start(axis, sigma, radius)) ck_abort_msg("sigma %.17g, radius %d: refused", sigma, radius);
    return sigma;
}

static double random_distance(random_state *random)
{
    static const double particular[] = {0, -0.0, 0.5, -0.5, 1.5, -1.5, 1, -1, 1e-300, -0x1p-53};
    if (random_int(random, 0, 3) == 0) return particular[random_int(random, 0, 9)];
    return (3 * random_real(random) - 1.5) * (random_int(random, 0, 9) ? 1 : 1e-9);
}

static void random_stretch(random_state *random, const cvh_subpixel *axis, cvh_stretches *stretches, int i)
{
    int pixel = random_int(random, 0, 9) ? random_int(random, -15, 80) : random_int(random, -15, (1 << 15) + 15);
    stretches->pixel[i] = pixel;
    stretches->centre[i] = pixel + random_distance(random);
    int least = -axis->radius - (CVH_SUBPIXEL_LANES - 1), kind = random_int(random, 0, 5);
    stretches->first[i] = kind == 0   ? least
                          : kind == 1 ? axis->radius
                          : kind == 2 ? -axis->radius
                                      : random_int(random, least, axis->radius);
}

/* ---------------------------------------------------------------------------------------------------------- comparing */

static int64_t bits_of(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* How far a double lies from the middle between two floats, in units of the last place. */
static int from_middle(double value)
{
    return abs((int)(bits_of(value) & 0x1fffffff) - (1 << 28));
}

static double bell_at(const cvh_subpixel *axis, const cvh_stretches *stretches, int i, int lane)
{
    return cvh_bell(axis->c, stretches->pixel[i] + stretches->first[i] + lane - stretches->centre[i]);
}

static bool in_window(const cvh_subpixel *axis, const cvh_stretches *stretches, int i, int lane)
{
    return abs(stretches->first[i] + lane) <= axis->radius;
}

/* Returns how many values lie within `near` units of a middle. */
static int assert_profiles(const cvh_subpixel *axis, double sigma, const cvh_stretches *stretches, int count, float lit,
                           int near)
{
    float out[ROOM + 1];
    int met = 0;
    for (int i = 0; i <= ROOM; i++) out[i] = -7;
    if (axis->c != -0.125 / (sigma * sigma)) ck_abort_msg("sigma %.17g: c is %.17g", sigma, axis->c);
    cvh_subpixel_profiles(axis, stretches, count, lit, out);
    for (int i = 0; i < count; i++)
        for (int lane = 0; lane < axis->lanes; lane++) {
            double bell = in_window(axis, stretches, i, lane) ? bell_at(axis, stretches, i, lane) : 0;
            float expected = (float)bell * lit, actual = out[i * axis->lanes + lane];
            met += bell > 0 && from_middle(bell) < near;
            if (memcmp(&expected, &actual, sizeof expected))
                ck_abort_msg("sigma %.17g, radius %d, stretch %d of %d: pixel %d, centre %.17g, from %d on, lane %d: %a, "
                             "expected %a, %d from the middle",
                             sigma, axis->radius, i, count, stretches->pixel[i], stretches->centre[i], stretches->first[i],
                             lane, (double)actual, (double)expected, from_middle(bell));
        }
    for (int i = (count + count % 2) * axis->lanes; i <= ROOM; i++) /* they are made in pairs */
        if (out[i] != -7) ck_abort_msg("%d stretches: wrote at %d", count, i);
    return met;
}

static float random_lit(random_state *random)
{
    static const float lits[] = {1, 255, 0.25f, 1e30f};
    return lits[random_int(random, 0, 3)];
}

/* Few values are doubtful, but of so many some are. */
START_TEST(profiles_are_the_bells)
{
    random_state random = random_start(301);
    int doubtful = 0;
    for (int trial = 0; trial < 50000; trial++) {
        cvh_subpixel axis;
        cvh_stretches stretches;
        double sigma = random_axis(&random, &axis);
        int count = random_int(&random, 1, CVH_STRETCHES);
        for (int i = 0; i < count; i++) random_stretch(&random, &axis, &stretches, i);
        doubtful += assert_profiles(&axis, sigma, &stretches, count, random_lit(&random), 8192);
    }
    ck_assert_msg(doubtful >= 20, "%d values are doubtful", doubtful);
}
END_TEST

START_TEST(no_stretches)
{
    cvh_subpixel axis;
    cvh_stretches stretches;
    ck_assert(cvh_subpixel_start(&axis, 2, 6));
    assert_profiles(&axis, 2, &stretches, 0, 1, 0);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- the error's bound */

/* exp(-i^2 k) Q E^(i - f), multiplied as the comment in subpixel.c has it. */
static double recurrence(const cvh_subpixel *axis, const cvh_stretches *stretches, int i, int lane)
{
    double u = stretches->centre[i] - stretches->pixel[i];
    double Q = cvh_exp(u * (2 * stretches->first[i] - u) * axis->k), E = cvh_exp(2 * u * axis->k);
    double E2 = E * E, E4 = E2 * E2, E8 = E4 * E4;
    const double firsts[] = {Q, Q * E, Q * E2, Q * E * E2};
    double power = firsts[lane % 4];
    if (lane & 4) power *= E4;
    if (lane & 8) power *= E8;
    if (lane & 16) power *= E8 * E8;
    return power * cvh_bell(axis->c, stretches->first[i] + lane);
}

/* In units of 2^-52: 1/2 for each of five roundings (the table's entry, its product with S, the polynomial's last coefficient
 * and sum, the product with that), 3 |a| for those of the argument, and what the C library's long double is off by. */
START_TEST(exponentials_are_as_good_as_said)
{
    random_state random = random_start(302);
    for (int trial = 0; trial < 200000; trial++) {
        double a = (2 * random_real(&random) - 1) * (trial % 2 ? 256 : 1);
        long double exact = expl((long double)a), off = fabsl((long double)cvh_exp(a) - exact) / exact * 0x1p52L;
        if (off > 2.5L + 3 * fabsl((long double)a) + LDBL_EPSILON / DBL_EPSILON) ck_abort_msg("exp(%a) is off by %Lg", a, off);
    }
}
END_TEST

/* The two doubles differ by less than 4096 units of the last place, half of what is taken for doubtful. */
START_TEST(recurrence_is_near_the_bells)
{
    random_state random = random_start(303);
    long long worst = 0;
    for (int trial = 0; trial < 300000; trial++) {
        cvh_subpixel axis;
        cvh_stretches stretches;
        double sigma = random_axis(&random, &axis);
        random_stretch(&random, &axis, &stretches, 0);
        for (int lane = 0; lane < axis.lanes; lane++) {
            if (!in_window(&axis, &stretches, 0, lane)) continue;
            long long off =
                llabs(bits_of(recurrence(&axis, &stretches, 0, lane)) - bits_of(bell_at(&axis, &stretches, 0, lane)));
            worst = off > worst ? off : worst;
            if (off >= 4096)
                ck_abort_msg("sigma %.17g, radius %d, pixel %d, centre %.17g, from %d on, lane %d: %lld units", sigma,
                             axis.radius, stretches.pixel[0], stretches.centre[0], stretches.first[0], lane, off);
        }
    }
    ck_assert_msg(worst > 16, "%lld units", worst);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ between two floats */

/* Moves the centre to where the value of a lane in the window lies as near to the middle between two floats as can be found.
 * Returns how near, or -1. */
static int move_to_middle(const cvh_subpixel *axis, cvh_stretches *stretches, int i, int lane)
{
    int at = stretches->pixel[i] + stretches->first[i] + lane;
    float below = (float)bell_at(axis, stretches, i, lane);
    double middle = ((double)below + (double)nextafterf(below, 0)) / 2;
    double distance = copysign(sqrt(-log(middle) / axis->k), at - stretches->centre[i]);
    double centre = at - distance, best = centre;
    int nearest = 1 << 29;
    for (int step = 0; step < 8; step++) centre = nextafter(centre, -INFINITY);
    for (int step = 0; step < 16; step++, centre = nextafter(centre, INFINITY)) {
        stretches->centre[i] = centre;
        int near = from_middle(bell_at(axis, stretches, i, lane));
        if (near < nearest) best = centre, nearest = near;
    }
    stretches->centre[i] = best;
    return fabs(best - stretches->pixel[i]) <= 1.5 ? nearest : -1;
}

/* Values so near to the middle that the recurrence alone rounds many of them to the wrong side, among others. */
START_TEST(profiles_between_two_floats)
{
    random_state random = random_start(304);
    int tried = 0, close = 0, misrounded[2] = {0};
    for (int trial = 0; trial < 100000; trial++) {
        cvh_subpixel axis;
        cvh_stretches stretches;
        double sigma = random_axis(&random, &axis);
        int count = random_int(&random, 1, 3), i = random_int(&random, 0, count - 1);
        for (int k = 0; k < count; k++) random_stretch(&random, &axis, &stretches, k);
        stretches.pixel[i] = random_int(&random, -2, 2);
        stretches.centre[i] = stretches.pixel[i] + random_distance(&random);
        int lane = random_int(&random, -axis.radius, axis.radius) - stretches.first[i];
        if (lane < 0 || lane >= axis.lanes) continue;
        int near = move_to_middle(&axis, &stretches, i, lane);
        if (near < 0) continue;
        tried++;
        close += near <= 8;
        float plain = (float)recurrence(&axis, &stretches, i, lane), bell = (float)bell_at(&axis, &stretches, i, lane);
        misrounded[axis.lanes == CVH_SUBPIXEL_LANES] += plain != bell;
        assert_profiles(&axis, sigma, &stretches, count, random_lit(&random), 0);
    }
    ck_assert_msg(close >= tried / 2 && misrounded[0] >= 500 && misrounded[1] >= 500,
                  "%d of %d are close to a middle, %d and %d beyond it", close, tried, misrounded[0], misrounded[1]);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("subpixel");
    TCase *c = tcase_create("subpixel");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, what_is_accepted);
    tcase_add_test(c, accepted_up_to_the_edge);
    tcase_add_test(c, profiles_are_the_bells);
    tcase_add_test(c, no_stretches);
    tcase_add_test(c, exponentials_are_as_good_as_said);
    tcase_add_test(c, recurrence_is_near_the_bells);
    tcase_add_test(c, profiles_between_two_floats);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
