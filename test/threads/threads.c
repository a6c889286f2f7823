/* SPDX-License-Identifier: Apache-2.0
 * Every public function from four threads at once, each with memory of its own: every call gives the bytes that it gives alone,
 * and a thread sees its own failures only. Under ThreadSanitizer this is also the proof that nothing is shared. `threads
 * HEADER` holds the table against the header. */
#define _DEFAULT_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../abuse/declared.h"
#include "../oom/world.h"
#include "../support/unknown.h"

enum { THREADS = 4, ROUNDS = 25, CASES = 160 };

static world references[CASES];
static char folder[] = "/tmp/cvheatmap-threads-XXXXXX";
static atomic_int failures;
static pthread_barrier_t start;

static bool is(const world_case *one, const char *function)
{
    return strcmp(one->function, function) == 0;
}

/* A file to read, the same for all; a file to write, one a thread. */
static void fill(world *w, const world_case *one, int thread)
{
    char path[sizeof folder + 40];
    if (is(one, "cvh_npy_load"))
        snprintf(path, sizeof path, "%s/maps.npy", folder);
    else
        snprintf(path, sizeof path, "%s/maps-%d.npy", folder, thread);
    world_fill(w, path);
}

static void fail(const world_case *one, int thread, const char *what)
{
    if (atomic_fetch_add(&failures, 1) < 20)
        fprintf(stderr, "%s %s, thread %d: %s\n", one->function, one->variant, thread, what);
}

/* A failure of this thread's, whose text must still be there after the others have failed too. */
static void fail_on_purpose(int thread, char expected[64])
{
    cvh_convention none;
    char name[32];
    snprintf(name, sizeof name, "thread-%d", thread);
    snprintf(expected, 64, "no convention is named \"%s\"", name);
    (void)cvh_convention_find(name, &none);
}

static void *work(void *argument)
{
    int thread = *(int *)argument, cases = 0;
    while (world_case_at(cases)) cases++;
    world *w = malloc(sizeof *w);
    if (!w) abort();
    pthread_barrier_wait(&start);
    for (int round = 0; round < ROUNDS; round++)
        for (int k = 0; k < cases; k++) {
            int i = (k + thread * cases / THREADS) % cases; /* threads meet in different functions, and in the same */
            const world_case *one = world_case_at(i);
            char expected[64];
            fail_on_purpose(thread, expected);
            fill(w, one, thread);
            if (one->call(w)) fail(one, thread, cvh_last_error());
            if (!world_same(w, &references[i])) fail(one, thread, "another result than alone");
            if (!world_guards_intact(w)) fail(one, thread, "written beside an output");
            bool fails_itself =
                strstr(one->variant, "no such name") != NULL || is(one, "cvh_fail") || opencv_is_unknown(CVH_ERR_OPENCV);
            if (!fails_itself && strncmp(cvh_last_error(), expected, strlen(expected)) != 0)
                fail(one, thread, "another thread's message");
        }
    free(w);
    return NULL;
}

static bool prepare(void)
{
    char path[sizeof folder + 40];
    if (!mkdtemp(folder)) return false;
    snprintf(path, sizeof path, "%s/maps.npy", folder);
    static world w;
    world_fill(&w, path);
    cvh_maps maps = cvh_maps_view(w.samples, 2, 40, 80, CVH_32F);
    if (cvh_npy_save(path, &maps)) return false;
    for (int i = 0; world_case_at(i); i++) {
        fill(&references[i], world_case_at(i), THREADS);
        if (world_case_at(i)->call(&references[i])) return fail(world_case_at(i), THREADS, cvh_last_error()), false;
    }
    return true;
}

static void clean_up(void)
{
    char path[sizeof folder + 40];
    snprintf(path, sizeof path, "%s/maps.npy", folder);
    unlink(path);
    if (rmdir(folder) != 0) fprintf(stderr, "%s: something was left\n", folder), failures++;
}

static int functions_missing(const char *header)
{
    const char *names[DECLARED_MOST + 1] = {NULL};
    int count = 0;
    for (int k = 0; world_case_at(k); k++) {
        const world_case *one = world_case_at(k);
        bool known = false;
        for (int i = 0; i < count; i++) known = known || is(one, names[i]);
        if (!known) names[count++] = one->function;
    }
    return declared_differences(header, names);
}

int main(int argc, char **argv)
{
    pthread_t threads[THREADS];
    int numbers[THREADS];
    if (argc > 1) failures += functions_missing(argv[1]);
    if (!prepare()) return EXIT_FAILURE;
    pthread_barrier_init(&start, NULL, THREADS);
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        if (pthread_create(&threads[i], NULL, work, &numbers[i]) != 0) return EXIT_FAILURE;
    }
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);
    clean_up();
    printf("%d threads, %d rounds, %d failures\n", THREADS, ROUNDS, (int)failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
