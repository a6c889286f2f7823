/* SPDX-License-Identifier: Apache-2.0
 * What the readers of keypoints share. */
#include "input/source.h"

#include <stdarg.h>
#include <stdio.h>

bool reading_is_absent(const reading *how, double x, double y)
{
    if (x != x || y != y) return true;
    for (int i = 0; i < how->absent_count; ++i)
        if (how->absent[i].x == x && how->absent[i].y == y) return true;
    return false;
}

void source_skip(source *from, const char *format, ...)
{
    if (from->skipped++ > 0) return;
    va_list values;
    va_start(values, format);
    vsnprintf(from->reason, sizeof from->reason, format, values);
    va_end(values);
}
