/* SPDX-License-Identifier: Apache-2.0
 * Status texts, each thread's own last error, versions. */
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "support/support.h"

START_TEST(every_status_has_a_text)
{
    static const struct {
        int status;
        const char *text;
    } cases[] = {
        {CVH_OK, "success"},
        {CVH_ERR_ARGUMENT, "invalid argument"},
        {CVH_ERR_MEMORY, "out of memory"},
        {CVH_ERR_OPENCV, "OpenCV raised an exception"},
        {CVH_ERR_IO, "input/output error"},
        {CVH_ERR_FORMAT, "malformed file"},
        {6, "unknown status"},
        {-1, "unknown status"},
        {INT_MAX, "unknown status"},
        {INT_MIN, "unknown status"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) ck_assert_str_eq(cvh_status_text(cases[i].status), cases[i].text);
}
END_TEST

static void fail_with_count(int count)
{
    static const float data[1] = {0};
    cvh_maps maps = cvh_maps_view(data, count, 1, 1, CVH_32F);
    cvh_report report;
    ck_assert_int_eq(cvh_compare(&maps, &maps, NULL, &report), CVH_ERR_ARGUMENT);
}

START_TEST(last_error_stays_until_the_next_failure)
{
    static const float data[1] = {0};
    cvh_maps maps = cvh_maps_view(data, 1, 1, 1, CVH_32F);
    cvh_report report;
    fail_with_count(-5);
    ck_assert_str_eq(cvh_last_error(), "expected: count is -5; it must be 1..268435456");
    ck_assert_int_eq(cvh_compare(&maps, &maps, NULL, &report), CVH_OK);
    ck_assert_str_eq(cvh_last_error(), "expected: count is -5; it must be 1..268435456");
    fail_with_count(-6);
    ck_assert_str_eq(cvh_last_error(), "expected: count is -6; it must be 1..268435456");
}
END_TEST

typedef struct thread_notes {
    int number;
    char before[64], after[512];
} thread_notes;

static void *in_a_thread(void *argument)
{
    thread_notes *notes = argument;
    snprintf(notes->before, sizeof notes->before, "%s", cvh_last_error());
    for (int i = 0; i < 1000; i++) {
        static const float data[1] = {0};
        cvh_maps maps = cvh_maps_view(data, -notes->number, 1, 1, CVH_32F);
        cvh_report report;
        cvh_compare(&maps, &maps, NULL, &report);
    }
    snprintf(notes->after, sizeof notes->after, "%s", cvh_last_error());
    return NULL;
}

START_TEST(each_thread_has_its_own_last_error)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    thread_notes notes[THREADS];
    fail_with_count(-99);
    for (int i = 0; i < THREADS; i++) {
        notes[i] = (thread_notes){.number = i + 1};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, in_a_thread, &notes[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        char expected[64];
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        snprintf(expected, sizeof expected, "expected: count is %d; it must be 1..268435456", -(i + 1));
        ck_assert_str_eq(notes[i].before, "");
        ck_assert_str_eq(notes[i].after, expected);
    }
    ck_assert_str_eq(cvh_last_error(), "expected: count is -99; it must be 1..268435456");
}
END_TEST

/* A text longer than 511 bytes is cut, not overrun. */
START_TEST(long_texts_are_cut)
{
    static char path[4000];
    memset(path, 'n', sizeof path - 1);
    cvh_maps maps;
    ck_assert_int_eq(cvh_npy_load(path, &maps), CVH_ERR_IO);
    ck_assert_uint_le(strlen(cvh_last_error()), 511);
    ck_assert_ptr_nonnull(strstr(cvh_last_error(), "File name too long"));
}
END_TEST

START_TEST(the_version_is_three_numbers)
{
    char expected[32];
    snprintf(expected, sizeof expected, "%d.%d.%d", CVH_VERSION_MAJOR, CVH_VERSION_MINOR, CVH_VERSION_PATCH);
    ck_assert_str_eq(cvh_version(), expected);
}
END_TEST

START_TEST(opencv_s_version_is_three_numbers)
{
    int major = 0, minor = -1, patch = -1;
    ck_assert_int_eq(sscanf(cvh_opencv_version(), "%d.%d.%d", &major, &minor, &patch), 3);
    ck_assert_int_ge(major, 4);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("status");
    TCase *c = tcase_create("status");
    tcase_add_test(c, every_status_has_a_text);
    tcase_add_test(c, last_error_stays_until_the_next_failure);
    tcase_add_test(c, each_thread_has_its_own_last_error);
    tcase_add_test(c, long_texts_are_cut);
    tcase_add_test(c, the_version_is_three_numbers);
    suite_add_tcase(s, c);
    c = tcase_create("opencv");
    tcase_set_tags(c, "opencv");
    tcase_add_test(c, opencv_s_version_is_three_numbers);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
