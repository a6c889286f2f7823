/* SPDX-License-Identifier: Apache-2.0
 * A progress bar on a terminal, and silence elsewhere. */
#ifndef CVHEATMAP_TOOL_PROGRESS_H
#define CVHEATMAP_TOOL_PROGRESS_H

#include "base/tool.h"

typedef struct progress {
    const char *what; /* "people", "maps" */
    bool terminal, shown;
    double next; /* seconds of the monotonic clock */
} progress;

progress progress_start(const char *what);
void progress_show(progress *bar, int64_t done, int64_t all); /* draws at most 10 times a second */
void progress_end(progress *bar);                             /* leaves no trace on the terminal */

#endif
