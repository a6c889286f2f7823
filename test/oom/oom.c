/* SPDX-License-Identifier: Apache-2.0
 * Memory that runs out: for every public function the n-th allocation fails, n = 1, 2, ... until the call no longer notices,
 * once and for good, in a process that has not called OpenCV before and in one that has. The status is CVH_ERR_MEMORY (or the
 * call managed without), nothing is written beside the outputs, the next call gives what it always gives, and nothing is lost.
 * What the header promises to allocate nothing asks for nothing. `oom HEADER FOLDER` holds the table against the header too. */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../abuse/declared.h"
#include "../abuse/report.h"
#include "allocator.h"
#include "world.h"

extern const size_t opencv_block_size;

typedef struct trial {
    const world_case *tested;
    long n; /* 0: nothing fails; this is the reference */
    bool lasting, warm;
} trial;

/* Shared by all processes: what a call gives when nothing fails, and what the last trial met. */
typedef struct shared_state {
    world reference;
    long failures_met, managed_without, lost_by_opencv, waits_of_opencv;
} shared_state;

static shared_state *shared;
static trial current;
static world ours;
static char folder[150], empty_folder[170], path_to_save[200], path_to_load[200];

static const char *name_of(const trial *t)
{
    static char name[160];
    snprintf(name, sizeof name, "%s%s%s, allocation %ld %s, %s", t->tested->function, *t->tested->variant ? " " : "",
             t->tested->variant, t->n, t->lasting ? "and all after it" : "alone", t->warm ? "warm" : "cold");
    return name;
}

static cvh_status call(void)
{
    world_fill(&ours, strcmp(current.tested->function, "cvh_npy_load") == 0 ? path_to_load : path_to_save);
    return current.tested->call(&ours);
}

static void make_reference(void)
{
    cvh_status status = call();
    if (status) failed("%s %s: %s", current.tested->function, current.tested->variant, cvh_last_error());
    memcpy(&shared->reference, &ours, sizeof ours);
}

static int files_in(const char *which)
{
    int count = 0;
    DIR *open = opendir(which);
    if (!open) return -1;
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;)
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    closedir(open);
    return count;
}

/* One call that runs out of memory. Returns how many allocations failed. */
static long run_out(void)
{
    world_fill(&ours, strcmp(current.tested->function, "cvh_npy_load") == 0 ? path_to_load : path_to_save);
    allocator_arm(current.n, current.lasting);
    cvh_status status = current.tested->call(&ours);
    long met = allocator_disarm();
    if (status && !(met && status == CVH_ERR_MEMORY))
        failed("%s: status %d (%s) after %ld failures", name_of(&current), (int)status, cvh_last_error(), met);
    if (status && !*cvh_last_error()) failed("%s: no message", name_of(&current));
    if (!status && !world_same(&ours, &shared->reference)) failed("%s: success, with another result", name_of(&current));
    if (!world_guards_intact(&ours)) failed("%s: written beside an output", name_of(&current));
    shared->managed_without += met && !status;
    return met;
}

/* OpenCV's own loss (opencv_block.cpp) is a block a call and no more; no other is forgiven. */
static void check_losses(long lost)
{
    if (lost == 0 || current.tested->threads) return;
    bool opencv_loses = current.tested->opencv && allocator_refused_size() == opencv_block_size && lost == 3;
    if (opencv_loses)
        shared->lost_by_opencv++;
    else
        failed("%s: %ld blocks lost in three calls", name_of(&current), lost);
}

/* OpenCV 5 starts TBB within its first call. Where memory runs out in the middle of that start, the call waits for ever: an
 * upstream fault, which a program of ten lines without us shows. Such a trial ends here and is counted; a wait is forgiven
 * nowhere else. */
enum { PATIENCE_SECONDS = 5, MOST_WAITS = 8 };

static void waits_for_ever(int signal)
{
    (void)signal;
    shared->waits_of_opencv++;
    shared->failures_met = 1;
    _exit(EXIT_SUCCESS);
}

static void forgive_a_wait(void)
{
    if (!current.tested->opencv || current.warm || atoi(cvh_opencv_version()) < 5) return;
    if (signal(SIGALRM, waits_for_ever) != SIG_ERR) alarm(PATIENCE_SECONDS);
}

static void try_once(void)
{
    forgive_a_wait();
    if (current.warm) (void)call();
    long met = run_out();
    shared->failures_met = met;
    cvh_status status = call();
    if (status) failed("%s: the next call fails: %s", name_of(&current), cvh_last_error());
    if (!world_same(&ours, &shared->reference)) failed("%s: the next call gives another result", name_of(&current));
    (void)run_out();
    long before = allocator_live();
    for (int again = 0; again < 3; again++) (void)run_out();
    check_losses(allocator_live() - before);
    int left = files_in(empty_folder);
    if (left != 0) failed("%s: %d files left behind", name_of(&current), left);
}

static int until_it_succeeds(const world_case *tested, bool lasting, bool warm, long *points)
{
    enum { MOST = 2000 };
    int count = 0;
    *points = 0;
    for (long n = 1; n <= MOST && count < 5; n++) {
        current = (trial){tested, n, lasting, warm};
        shared->failures_met = 0;
        count += run_quietly(name_of(&current), try_once);
        if (shared->failures_met == 0) return count;
        ++*points;
    }
    if (count < 5) fprintf(stderr, "%s: still failing at allocation %d\n", tested->function, MOST), count = 1;
    return count;
}

static int every_allocation(const world_case *tested)
{
    int count = 0;
    long points[4] = {0};
    shared->managed_without = shared->lost_by_opencv = shared->waits_of_opencv = 0;
    for (int lasting = 0; lasting < 2; lasting++)
        for (int warm = tested->threads; warm < 2; warm++)
            count += until_it_succeeds(tested, lasting, warm, &points[2 * lasting + warm]);
    if (count == 0 && points[1] == 0)
        count++, fprintf(stderr, "%s %s: it allocates nothing\n", tested->function, tested->variant);
    if (shared->waits_of_opencv > MOST_WAITS)
        count++, fprintf(stderr, "%s %s: it waits for ever in %ld trials\n", tested->function, tested->variant,
                         shared->waits_of_opencv);
    printf("%-22s %-28s allocations that failed: once %ld cold, %ld warm; for good %ld cold, %ld warm; managed without %ld; "
           "OpenCV lost a "
           "block in %ld, waited for ever in %ld\n",
           tested->function, tested->variant, points[0], points[1], points[2], points[3], shared->managed_without,
           shared->lost_by_opencv, shared->waits_of_opencv);
    return count;
}

static void ask_for_nothing(void)
{
    (void)run_out();
    if (allocator_asked()) failed("%s %s: it asks for memory", current.tested->function, current.tested->variant);
}

static int test_case(const world_case *tested)
{
    current = (trial){.tested = tested};
    int count = run_quietly(tested->function, make_reference);
    if (count) return count;
    if (tested->allocates) return every_allocation(tested);
    current = (trial){tested, 1, true, false};
    return run_quietly(tested->function, ask_for_nothing);
}

/* Each function once, as declared_differences wants them. */
static int functions_missing(const char *header)
{
    const char *names[DECLARED_MOST + 1] = {NULL};
    int count = 0;
    for (int i = 0; world_case_at(i); i++) {
        const world_case *tested = world_case_at(i);
        bool known = false;
        for (int k = 0; k < count; k++) known = known || strcmp(names[k], tested->function) == 0;
        if (!known) names[count++] = tested->function;
    }
    return declared_differences(header, names);
}

static bool prepare_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/cvheatmap-oom-XXXXXX");
    if (!mkdtemp(folder)) return false;
    snprintf(empty_folder, sizeof empty_folder, "%s/empty", folder);
    snprintf(path_to_save, sizeof path_to_save, "%s/maps.npy", empty_folder);
    snprintf(path_to_load, sizeof path_to_load, "%s/maps.npy", folder);
    world_fill(&ours, path_to_load);
    cvh_maps maps = cvh_maps_view(ours.samples, 2, 40, 80, CVH_32F);
    char command[200];
    snprintf(command, sizeof command, "mkdir '%s'", empty_folder);
    return system(command) == 0 && cvh_npy_save(path_to_load, &maps) == CVH_OK;
}

int main(int argc, char **argv)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED || !prepare_folder()) return perror("oom"), EXIT_FAILURE;
    int count = argc > 1 ? functions_missing(argv[1]) : 0, tested = 0;
    for (int i = 0; world_case_at(i); i++) {
        const world_case *one = world_case_at(i);
        if (argc > 2 && strcmp(argv[2], one->function) != 0) continue;
        count += test_case(one);
        tested++;
    }
    unlink(path_to_load);
    rmdir(empty_folder);
    rmdir(folder);
    printf("%d calls, %d failures\n", tested, count);
    return count == 0 && tested > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
