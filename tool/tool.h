/* SPDX-License-Identifier: Apache-2.0
 * What every command of the program shares: exit statuses, one line for what went wrong, numbers as text. */
#ifndef CVHEATMAP_TOOL_H
#define CVHEATMAP_TOOL_H

#include <cvheatmap.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EXIT_FINE = 0, EXIT_DIFFERENT = 1, EXIT_TROUBLE = 2 };

#if defined(__GNUC__)
#  define TOOL_PRINTF(text, values) __attribute__((format(printf, text, values), cold))
#else
#  define TOOL_PRINTF(text, values)
#endif

/* Prints "cvheatmap: " and the text as one line on stderr, with control characters shown as \n or \x1b, and returns
 * EXIT_TROUBLE, so that a check is one line. */
int trouble(const char *format, ...) TOOL_PRINTF(1, 2);

/* What the library said about its last failure, for trouble(). */
int library_trouble(void);

/* Returns status, or EXIT_TROUBLE where what was printed did not all reach stdout (a closed pipe, a full disk). */
int finish_stdout(int status);

/* The fewest digits that read back as the same double; "nan", "inf", "-inf". */
typedef struct number_text {
    char text[32];
} number_text;
number_text number_shortest(double value);

/* The commands: argv[0] is the command's name. */
int encode_command(int argc, char **argv);
int crosscheck_command(int argc, char **argv);
int compare_command(int argc, char **argv);
int decode_command(int argc, char **argv);
int conventions_command(int argc, char **argv);

#endif
