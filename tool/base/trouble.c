/* SPDX-License-Identifier: Apache-2.0
 * One line on stderr for what went wrong, and a check that stdout was written. */
#include "base/tool.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file's name may hold a newline or a terminal's escape sequence; the message stays one harmless line. */
static void print_harmless(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at; ++at) {
        if (*at == '\n')
            fputs("\\n", stderr);
        else if (*at < 0x20 || *at == 0x7f)
            fprintf(stderr, "\\x%02x", *at);
        else
            fputc(*at, stderr);
    }
}

int trouble(const char *format, ...)
{
    char text[4096];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    fputs("cvheatmap: ", stderr);
    print_harmless(text);
    fputc('\n', stderr);
    return EXIT_TROUBLE;
}

int library_trouble(void)
{
    return trouble("%s", cvh_last_error());
}

int finish_stdout(int status)
{
    if (fflush(stdout) || ferror(stdout)) return trouble("cannot write to stdout: %s", strerror(errno));
    return status;
}

number_text number_shortest(double value)
{
    number_text number;
    for (int digits = 15; digits <= 17; ++digits) {
        snprintf(number.text, sizeof number.text, "%.*g", digits, value);
        if (strtod(number.text, NULL) == value) break;
    }
    if (value != value) strcpy(number.text, "nan"); /* its sign says nothing */
    return number;
}
