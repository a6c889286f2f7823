/* SPDX-License-Identifier: Apache-2.0
 * A progress bar on a terminal, and silence elsewhere. */
#include "base/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

progress progress_start(const char *what)
{
    progress bar = {.what = what, .terminal = isatty(STDERR_FILENO)};
    if (bar.terminal) bar.next = now() + 0.2; /* a short run shows nothing */
    return bar;
}

void progress_show(progress *bar, int64_t done, int64_t all)
{
    if (!bar->terminal || now() < bar->next) return;
    bar->next = now() + 0.1;
    bar->shown = true;
    enum { WIDTH = 32 };
    static const char full[] = "################################", empty[] = "................................";
    const double share = all > 0 ? (double)done / (double)all : 1;
    const int part = (int)(share * WIDTH);
    fprintf(stderr, "\r%.*s%.*s %3d%%  %" PRId64 " of %" PRId64 " %s", part, full, WIDTH - part, empty, (int)(share * 100),
            done, all, bar->what);
    fflush(stderr);
}

void progress_end(progress *bar)
{
    if (bar->shown) fputs("\r\x1b[K", stderr);
    bar->shown = false;
}
