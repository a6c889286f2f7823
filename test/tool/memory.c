/* SPDX-License-Identifier: Apache-2.0
 * Linked into the program beside an allocator that can be told to run out: makes the allocation with the number in
 * CVHEATMAP_FAIL_ALLOCATION fail, counted from where main is about to start, and writes how many were asked for into the file
 * CVHEATMAP_COUNT_ALLOCATIONS. */
#include <stdio.h>
#include <stdlib.h>

#include "../oom/allocator.h"

__attribute__((constructor)) static void start(void)
{
    const char *number = getenv("CVHEATMAP_FAIL_ALLOCATION");
    allocator_arm(number ? atol(number) : 0, false);
}

__attribute__((destructor)) static void end(void)
{
    allocator_disarm();
    const char *path = getenv("CVHEATMAP_COUNT_ALLOCATIONS");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "%ld\n", allocator_asked());
    fclose(file);
}
