/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap_check.h: assertions on heatmaps for test suites that use Check (https://libcheck.github.io/check).
 *
 *     ck_assert_maps_equal(&expected, &actual);
 *     ck_assert_maps_close(&expected, &actual, 1e-6, 0);
 *     ck_assert_maps_ulps(&expected, &actual, 4);
 *     ck_assert_maps_golden("golden/nose.npy", &actual, 0, 1e-5);
 *     ck_assert_peaks_close(expected_peaks, actual_peaks, 17, 0.01);
 *
 * What they take, what a failure says and which files it leaves stands in cvheatmap_assert.h, which has the same for any other
 * test framework. Header-only, C99 and C++11; link cvheatmap and Check. Every argument is evaluated once. */
#ifndef CVHEATMAP_CHECK_H
#define CVHEATMAP_CHECK_H

#include <check.h>

#include "cvheatmap_assert.h"

#define ck_assert_maps_close(expected, actual, absolute, relative)                                                             \
  do {                                                                                                                         \
    char cvh_check_text_[CVH_CHECK_TEXT];                                                                                      \
    if (!cvh_check_close((expected), (actual), (absolute), (relative), __FILE__, __LINE__, cvh_check_text_))                   \
      ck_abort_msg("%s and %s: %s", #expected, #actual, cvh_check_text_);                                                      \
  } while (0)

#define ck_assert_maps_equal(expected, actual)                                                                                 \
  do {                                                                                                                         \
    char cvh_check_text_[CVH_CHECK_TEXT];                                                                                      \
    if (!cvh_check_close((expected), (actual), 0, 0, __FILE__, __LINE__, cvh_check_text_))                                     \
      ck_abort_msg("%s and %s: %s", #expected, #actual, cvh_check_text_);                                                      \
  } while (0)

#define ck_assert_maps_ulps(expected, actual, ulps)                                                                            \
  do {                                                                                                                         \
    char cvh_check_text_[CVH_CHECK_TEXT];                                                                                      \
    if (!cvh_check_ulps((expected), (actual), (ulps), __FILE__, __LINE__, cvh_check_text_))                                    \
      ck_abort_msg("%s and %s: %s", #expected, #actual, cvh_check_text_);                                                      \
  } while (0)

#define ck_assert_maps_golden(path, actual, absolute, relative)                                                                \
  do {                                                                                                                         \
    char cvh_check_text_[CVH_CHECK_TEXT];                                                                                      \
    if (!cvh_check_golden((path), (actual), (absolute), (relative), __FILE__, __LINE__, cvh_check_text_))                      \
      ck_abort_msg("%s and %s: %s", #path, #actual, cvh_check_text_);                                                          \
  } while (0)

#define ck_assert_peaks_close(expected, actual, count, tolerance)                                                              \
  do {                                                                                                                         \
    char cvh_check_text_[CVH_CHECK_TEXT];                                                                                      \
    if (!cvh_check_peaks((expected), (actual), (count), (tolerance), cvh_check_text_))                                         \
      ck_abort_msg("%s and %s: %s", #expected, #actual, cvh_check_text_);                                                      \
  } while (0)

#endif
