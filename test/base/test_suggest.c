/* SPDX-License-Identifier: Apache-2.0
 * What is said of a name that is not in its table, where the table is longer than a message. */
#include <string.h>

#include "base/suggest.h"
#include "support/support.h"

static const char *long_list(int i)
{
    static const char *const names[] = {"a_name_of_thirty_characters_01", "a_name_of_thirty_characters_02"};
    return i < 40 ? names[i % 2] : NULL;
}

START_TEST(a_list_that_is_too_long_is_cut)
{
    const char *given[] = {"a_name_of_thirty_characters_03", "zzz"}, *said[] = {"; near: a_name", "; there are: a_name"};
    for (int i = 0; i < 2; i++) {
        assert_refused(given[i], cvh_name_unknown("thing", given[i], long_list), said[i]);
        const char *text = cvh_last_error();
        ck_assert_msg(strlen(text) < 512, "%s", text);
        ck_assert_msg(!strcmp(text + strlen(text) - 5, ", ..."), "the list has no end: %s", text);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("names");
    TCase *c = tcase_create("names");
    tcase_add_test(c, a_list_that_is_too_long_is_cut);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
