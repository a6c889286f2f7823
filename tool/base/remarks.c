/* SPDX-License-Identifier: Apache-2.0
 * What a command has to say although it did what was asked. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/tool.h"

enum { MOST = 8, LONGEST = 1024 };

static char remarks[MOST][LONGEST];
static int count;
static bool silent;

void remark(const char *format, ...)
{
    if (count == MOST) return;
    va_list values;
    va_start(values, format);
    vsnprintf(remarks[count++], LONGEST, format, values);
    va_end(values);
}

void remarks_silence(void)
{
    silent = true;
}

int remarks_print(int status)
{
    for (int i = 0; status != EXIT_TROUBLE && !silent && i < count; ++i) trouble("%s", remarks[i]);
    count = 0;
    silent = false;
    return status;
}
