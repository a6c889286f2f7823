/* SPDX-License-Identifier: Apache-2.0
 * What every command of the program shares: exit statuses, one line for what went wrong, numbers as text. */
#ifndef CVHEATMAP_TOOL_H
#define CVHEATMAP_TOOL_H

#include <cvheatmap.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" { /* output/drawing.cpp reports too */
#endif

enum { EXIT_FINE = 0, EXIT_DIFFERENT = 1, EXIT_TROUBLE = 2 };

#if defined(__GNUC__)
#  define TOOL_PRINTF(text, values) __attribute__((format(printf, text, values), cold))
#else
#  define TOOL_PRINTF(text, values)
#endif

/* Prints "cvheatmap: " and the text as one line on stderr, with control characters shown as \n or \x1b, and returns
 * EXIT_TROUBLE, so that a check is one line. */
int trouble(const char *format, ...) TOOL_PRINTF(1, 2);

/* One line that is printed on stderr once the command has succeeded: what it left out, what looks otherwise than it was taken.
 * --quiet silences them. */
void remark(const char *format, ...) TOOL_PRINTF(1, 2);
void remarks_silence(void);
int remarks_print(int status); /* returns status; prints nothing where it is EXIT_TROUBLE */

/* What the library said about its last failure, for trouble(). */
int library_trouble(void);

/* Returns status, or EXIT_TROUBLE where what was printed did not all reach stdout (a closed pipe, a full disk). */
int finish_stdout(int status);

/* The fewest digits that read back as the same double; "nan", "inf", "-inf". */
typedef struct number_text {
    char text[32];
} number_text;
number_text number_shortest(double value);

#ifdef __cplusplus
}
#endif

#endif
