/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap_coco_speed: the time that `cvheatmap encode --coco` takes beside that of parsing the same JSON and writing as many
 * bytes with write(2) to the same place, in turn. The bar is 1.2. */
#include <fcntl.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { JOINTS = 17, MAP_BYTES = 64 * 48 * 4, HEADER_BYTES = 128, PIECE = 1 << 20 };

typedef struct job {
    const char *tool, *out; /* out NULL: a pipe */
    char json[4096];
    int64_t bytes;
    bool parses_only; /* the other side */
} job;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* ---------------------------------------------------------------------------------------------------------- the people */

static double next_random(void)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) * 0x1p-53;
}

/* An annotation as COCO has them; two joints in three are labelled, the first one always. */
static void write_person(FILE *file, int id)
{
    double width = 40 + 300 * next_random(), height = 60 + 400 * next_random();
    double left = 640 * next_random() - width / 2, top = 480 * next_random() - height / 2;
    fprintf(file,
            "%s\n{\"id\":%d,\"image_id\":%d,\"category_id\":1,\"iscrowd\":0,\"area\":%.2f,\"bbox\":[%.2f,%.2f,%.2f,%.2f],",
            id ? "," : "", id, id / 2, width * height / 2, left, top, width, height);
    fprintf(file, "\"num_keypoints\":%d,\"keypoints\":[", JOINTS);
    for (int joint = 0; joint < JOINTS; joint++) {
        bool labelled = joint == 0 || next_random() < 2.0 / 3;
        int x = (int)(left + width * next_random()), y = (int)(top + height * next_random());
        fprintf(file, "%s%d,%d,%d", joint ? "," : "", labelled ? x : 0, labelled ? y : 0, labelled ? 2 : 0);
    }
    fputs("]}", file);
}

static void write_people(const char *path, int people)
{
    FILE *file = fopen(path, "w");
    if (!file) fail(path);
    fputs("{\"images\":[],\"categories\":[{\"id\":1,\"name\":\"person\"}],\"annotations\":[", file);
    for (int id = 0; id < people; id++) write_person(file, id);
    fputs("]}\n", file);
    if (fclose(file)) fail(path);
}

/* ------------------------------------------------------------------------------------------------------------- two sides */

static void write_bytes(int to, int64_t bytes)
{
    static unsigned char piece[PIECE];
    memset(piece, 0x5a, sizeof piece);
    while (bytes > 0) {
        ssize_t written = write(to, piece, bytes < PIECE ? (size_t)bytes : PIECE);
        if (written < 0) fail("write");
        bytes -= written;
    }
}

static void parse_and_write(const job *work)
{
    json_error_t error;
    json_t *tree = json_load_file(work->json, 0, &error);
    if (!tree) {
        fprintf(stderr, "%s: %s\n", work->json, error.text);
        _exit(1);
    }
    int to = work->out ? open(work->out, O_WRONLY | O_CREAT | O_TRUNC, 0666) : STDOUT_FILENO;
    if (to < 0) fail(work->out);
    write_bytes(to, work->bytes);
    if (close(to)) fail("close");
    json_decref(tree);
    _exit(0);
}

static void run_side(const job *work)
{
    if (work->parses_only) parse_and_write(work);
    execl(work->tool, work->tool, "encode", "--convention", "hrnet", "--coco", work->json, "-o",
          work->out ? work->out : "/dev/stdout", (char *)NULL);
    fail(work->tool);
}

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

/* Reads what comes out of the pipe; a file gives nothing. */
static int64_t drain(int from)
{
    static unsigned char piece[PIECE];
    int64_t total = 0;
    for (ssize_t got; (got = read(from, piece, sizeof piece)) > 0;) total += got;
    return total;
}

static double time_side(const job *work)
{
    int ends[2], status;
    if (pipe(ends)) fail("pipe");
    double start = now();
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        run_side(work);
    }
    close(ends[1]);
    int64_t drained = drain(ends[0]);
    close(ends[0]);
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status)) fail("a side failed");
    double seconds = now() - start;
    if (!work->out && drained != work->bytes)
        fprintf(stderr, "%lld bytes came, %lld were expected\n", (long long)drained, (long long)work->bytes);
    return seconds;
}

/* The file, and the weights that encode writes beside it. */
static void remove_output(const job *work)
{
    char weights[4096];
    if (!work->out) return;
    unlink(work->out);
    snprintf(weights, sizeof weights, "%.*s.weights.npy", (int)(strlen(work->out) - strlen(".npy")), work->out);
    unlink(weights);
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 5) {
        fputs("usage: cvheatmap_coco_speed TOOL [PEOPLE [ROUNDS [OUT.npy]]]\n"
              "40000 people and 5 rounds, through a pipe, without these.\n",
              stderr);
        return 2;
    }
    enum { MOST_ROUNDS = 99 };
    double ours[MOST_ROUNDS], theirs[MOST_ROUNDS];
    int people = argc > 2 ? atoi(argv[2]) : 40000, rounds = argc > 3 ? atoi(argv[3]) : 5;
    if (argc > 4 && strlen(argv[4]) < sizeof ".npy") return 2;
    if (people < 1 || rounds < 1 || rounds > MOST_ROUNDS) return 2;
    const char *folder = getenv("TMPDIR");
    job work = {
        .tool = argv[1], .out = argc > 4 ? argv[4] : NULL, .bytes = HEADER_BYTES + (int64_t)people * JOINTS * MAP_BYTES};
    snprintf(work.json, sizeof work.json, "%s/cvheatmap-people-%ld.json", folder ? folder : "/tmp", (long)getpid());
    write_people(work.json, people);
    for (int round = -1; round < rounds; round++) { /* the first one warms up */
        double seconds[2];
        for (int side = 0; side < 2; side++) {
            work.parses_only = side == 1;
            seconds[side] = time_side(&work);
            remove_output(&work);
        }
        if (round < 0) continue;
        ours[round] = seconds[0];
        theirs[round] = seconds[1];
    }
    unlink(work.json);
    qsort(ours, (size_t)rounds, sizeof *ours, by_size);
    qsort(theirs, (size_t)rounds, sizeof *theirs, by_size);
    double a = ours[rounds / 2], b = theirs[rounds / 2];
    printf("encode --coco, %d people to %s: %.2f s; JSON parsing and write(2): %.2f s; ratio %.3f, bar 1.2 %s\n", people,
           work.out ? work.out : "a pipe", a, b, a / b, a <= 1.2 * b ? "met" : "missed");
    return 0;
}
