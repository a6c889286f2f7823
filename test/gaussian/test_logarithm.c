/* SPDX-License-Identifier: Apache-2.0
 * The library's own logarithm and exponential against the C library's, over all of a double's range. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "gaussian/kernel.h"
#include "gaussian/logarithm.h"
#include "support/support.h"

static void assert_near(double x)
{
    double expected = log(x), actual = cvh_log(x), bound = 4 * DBL_EPSILON * fmax(fabs(expected), DBL_EPSILON);
    ck_assert_msg(fabs(actual - expected) <= bound, "log(%a) is %.17g, expected %.17g", x, actual, expected);
}

START_TEST(logarithm_is_the_c_librarys)
{
    random_state random = random_start(97);
    for (int exponent = -1074; exponent <= 1023; exponent++) {
        assert_near(ldexp(1, exponent));
        for (int i = 0; i < 20; i++) assert_near(ldexp(1 + random_real(&random), exponent));
    }
    ck_assert_double_eq(cvh_log(1), 0);
}
END_TEST

START_TEST(exponential_at_its_ends)
{
    ck_assert_double_nan(cvh_exp(NAN));
    ck_assert_double_eq(cvh_exp(-INFINITY), 0);
    ck_assert_double_eq(cvh_exp(INFINITY), INFINITY);
    ck_assert_double_eq(cvh_exp(0), 1);
}
END_TEST

enum { MANY = 6 * CVH_EXPS };

/* x is scaled before: |x| up to 682. What lies behind `count` is left alone. */
static void assert_alike(const double *x, int count)
{
    double exps[MANY];
    for (int i = 0; i < MANY; i++) exps[i] = i < count ? x[i] * CVH_64_PER_LN2 : -7;
    cvh_exps(exps, count);
    for (int i = 0; i < MANY; i++) {
        double expected = i < count ? cvh_exp(x[i]) : -7;
        if (memcmp(&exps[i], &expected, sizeof expected))
            ck_abort_msg("exp(%a) at %d of %d is %a, expected %a", x[i], i, count, exps[i], expected);
    }
}

/* The ends, around 0, and either side of where the table's next entry begins. */
START_TEST(exponentials_many_at_a_time)
{
    const double edges[MANY] = {-682,        682,          0,         -0.0,       1,         -1,         681.999,  -681.999,
                                DBL_MIN,     -DBL_MIN,     0x1p-1074, -0x1p-1074, 0x1p-1060, -0x1p-1010, 0x1p-960, -0x1p-990,
                                DBL_EPSILON, -DBL_EPSILON, 0x1p-54,   -0x1p-54,   64,        -64,        256,      -256};
    for (int count = 0; count <= MANY; count += CVH_EXPS) assert_alike(edges, count);
    random_state random = random_start(98);
    for (int trial = 0; trial < 20000; trial++) {
        double x[MANY];
        for (int i = 0; i < MANY; i++) x[i] = 682 * (2 * random_real(&random) - 1);
        if (trial % 4 == 1)
            for (int i = 0; i < MANY; i++) x[i] /= 682;
        if (trial % 4 == 2) /* z is halfway between integers, or next to it */
            for (int i = 0; i < MANY; i++)
                x[i] = (random_int(&random, -62900, 62900) + 0.5) * (log(2) / 64) * (1 + (i % 3 - 1) * DBL_EPSILON);
        assert_alike(x, random_int(&random, 0, 6) * CVH_EXPS);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("logarithm");
    TCase *c = tcase_create("logarithm");
    tcase_add_test(c, logarithm_is_the_c_librarys);
    tcase_add_test(c, exponential_at_its_ends);
    tcase_add_test(c, exponentials_many_at_a_time);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
