/* SPDX-License-Identifier: Apache-2.0
 * The library's own logarithm and exponential against the C library's, over all of a double's range. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "kernel.h"
#include "logarithm.h"
#include "support.h"

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

static void assert_alike(const double x[CVH_EXPS])
{
    double exps[CVH_EXPS];
    for (int i = 0; i < CVH_EXPS; i++) exps[i] = x[i] * CVH_64_PER_LN2;
    cvh_exps(exps, CVH_EXPS);
    for (int i = 0; i < CVH_EXPS; i++) {
        double expected = cvh_exp(x[i]);
        if (memcmp(&exps[i], &expected, sizeof expected))
            ck_abort_msg("exp(%a) at %d is %a, expected %a", x[i], i, exps[i], expected);
    }
}

/* The ends, around 0, and either side of where the table's next entry begins. */
START_TEST(exponentials_many_at_a_time)
{
    const double edges[][CVH_EXPS] = {
        {-690, 690, 0, -0.0, 1, -1, 689.999, -689.999},
        {DBL_MIN, -DBL_MIN, 0x1p-1074, -0x1p-1074, DBL_EPSILON, -DBL_EPSILON, 0x1p-54, -0x1p-54},
        {-64, 64, -256, 256, -512, 512, 0x1.5p9, -0x1.5p9},
    };
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) assert_alike(edges[i]);
    random_state random = random_start(98);
    for (int trial = 0; trial < 20000; trial++) {
        double x[CVH_EXPS];
        for (int i = 0; i < CVH_EXPS; i++) x[i] = 690 * (2 * random_real(&random) - 1);
        if (trial % 4 == 1)
            for (int i = 0; i < CVH_EXPS; i++) x[i] /= 690;
        if (trial % 4 == 2) /* z is halfway between integers, or next to it */
            for (int i = 0; i < CVH_EXPS; i++)
                x[i] = (random_int(&random, -63000, 63000) + 0.5) * (log(2) / 64) * (1 + (i % 3 - 1) * DBL_EPSILON);
        assert_alike(x);
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
