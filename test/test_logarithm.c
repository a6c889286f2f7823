/* SPDX-License-Identifier: Apache-2.0
 * The library's own logarithm and exponential against the C library's, over all of a double's range. */
#include <float.h>
#include <math.h>

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

static Suite *suite(void)
{
    Suite *s = suite_create("logarithm");
    TCase *c = tcase_create("logarithm");
    tcase_add_test(c, logarithm_is_the_c_librarys);
    tcase_add_test(c, exponential_at_its_ends);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
