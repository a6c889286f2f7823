/* SPDX-License-Identifier: Apache-2.0
 * How a program without Check says what went wrong: a line each on a stream of its own, so that stdout and stderr stay watched.
 */
#ifndef CVH_TEST_REPORT_H
#define CVH_TEST_REPORT_H

#include <stdio.h>

#if defined(__GNUC__)
#  define REPORT_PRINTF __attribute__((format(printf, 1, 2)))
#else
#  define REPORT_PRINTF
#endif

/* Notes a failure; the first 20 are printed. */
void failed(const char *format, ...) REPORT_PRINTF;
int failures(void);

/* Runs `work` in a process of its own whose stdout and stderr are captured. Returns how many failures it noted; a byte printed,
 * a signal or another exit status is one more. */
int run_quietly(const char *name, void (*work)(void));

/* The process of its own must end within this many seconds. */
enum { QUIET_SECONDS = 60 };

/* Every place of an array. */
#define FOR_EACH(array, i) for (size_t i = 0; i < sizeof(array) / sizeof *(array); i++)

#endif
