/* SPDX-License-Identifier: Apache-2.0
 * What the tool's tests need and a shell does not have. It shares no code with the program: it makes large COCO files and
 * nested ones, measures what parsing and writing alone take, finds how far decoded keypoints are from the annotated ones,
 * and runs a command on a terminal, with signals as an interactive shell leaves them, or bound by a file's mode though root. */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#  include <linux/capability.h>
#  include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KEYPOINTS = 17 };

static uint64_t random_state = 0x9e3779b97f4a7c15u;

static int random_below(int most)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int)(random_state % (uint64_t)most);
}

/* people N: a COCO file of N people, every tenth of them with no labelled keypoint beside them; every third point v = 0. */
static int print_people(int64_t count)
{
    printf("{\"images\": [], \"categories\": [], \"annotations\": [");
    for (int64_t i = 0; i < count; ++i) {
        printf("%s\n{\"id\": %" PRId64 ", \"image_id\": 1, \"bbox\": [%d.25, %d.5, %d.75, %d], \"keypoints\": [", i ? "," : "",
               i, random_below(300), random_below(200), 40 + random_below(200), 60 + random_below(200));
        for (int k = 0; k < KEYPOINTS; ++k)
            printf("%s%d,%d,%d", k ? "," : "", random_below(600), random_below(400), k % 3 == 1 ? 0 : 1 + random_below(2));
        printf("]}");
        if (i % 10 == 9) printf(",\n{\"id\": 0, \"bbox\": [0, 0, 0, 0], \"keypoints\": [0,0,0, 5,5,0]}");
    }
    printf("\n]}\n");
    return ferror(stdout) ? 2 : 0;
}

/* nested N: N opening brackets. nested_objects N: N objects, one in the other, each on a line of its own. */
static int print_nested(int64_t count, const char *opening)
{
    printf("{\"annotations\": ");
    for (int64_t i = 0; i < count; ++i) fputs(opening, stdout);
    return ferror(stdout) ? 2 : 0;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* baseline FILE.json BYTES OUT: the seconds that jansson takes to parse the file and write(2) to write BYTES to OUT. */
static int print_baseline(const char *path, int64_t bytes, const char *out)
{
    const double start = now();
    json_t *tree = json_load_file(path, 0, NULL);
    const double parsed = now();
    if (!tree) return 2;
    static char block[1 << 20];
    memset(block, 1, sizeof block);
    const int file = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (file < 0) return 2;
    for (int64_t left = bytes; left > 0;) {
        const ssize_t written = write(file, block, left < (int64_t)sizeof block ? (size_t)left : sizeof block);
        if (written <= 0) return 2;
        left -= written;
    }
    if (close(file)) return 2;
    const double written = now();
    printf("parse %.3f s, write %.3f s, together %.3f s\n", parsed - start, written - parsed, written - start);
    json_decref(tree);
    return 0;
}

/* The first annotation from *next on that has a labelled keypoint. */
static json_t *next_person(json_t *annotations, size_t *next)
{
    for (;;) {
        json_t *annotation = json_array_get(annotations, (*next)++), *keypoints = json_object_get(annotation, "keypoints");
        if (!annotation) return NULL;
        for (size_t i = 2; i < json_array_size(keypoints); i += 3)
            if (json_number_value(json_array_get(keypoints, i)) > 0) return annotation;
    }
}

static double number(const json_t *array, size_t index)
{
    return json_number_value(json_array_get(array, index));
}

/* A point of the photograph in the pixels of a 256x192 input, by the crop's two ends: the box's centre lands on the input's,
 * and the grown and padded box's right or lower edge on the input's own. */
static double input_of(double value, double first, double extent, double grown, double side)
{
    const double centre = first + 0.5 * extent, edge = centre + 0.5 * 1.25 * grown;
    return side / 2 + (value - centre) / (edge - centre) * (side / 2);
}

/* One decoded line against one annotated keypoint: adds to the sum where the point is labelled and inside the input. */
static int add_error(const char *line, const json_t *person, size_t k, double *sum, int *count)
{
    const json_t *box = json_object_get(person, "bbox"), *points = json_object_get(person, "keypoints");
    const double w = number(box, 2), h = number(box, 3), wide = fmax(w, h * 0.75), high = fmax(h, w / 0.75);
    int map;
    double x, y, score;
    if (sscanf(line, "%d,%lf,%lf,%lf", &map, &x, &y, &score) != 4) return 2;
    const double true_x = input_of(number(points, 3 * k), number(box, 0), w, wide, 192);
    const double true_y = input_of(number(points, 3 * k + 1), number(box, 1), h, high, 256);
    const int labelled = number(points, 3 * k + 2) > 0;
    if (!labelled) return score == 0 ? 0 : 2; /* an empty map has nothing above 0 */
    if (true_x < 0 || true_y < 0 || true_x > 188 || true_y > 252) return 0;
    *sum += hypot(x - true_x, y - true_y);
    ++*count;
    return 0;
}

/* error FILE.json DECODED.csv: the mean distance, in pixels of the 256x192 input, and how many points it is the mean of. */
static int print_error(const char *annotated, const char *decoded)
{
    json_t *tree = json_load_file(annotated, 0, NULL), *annotations = json_object_get(tree, "annotations");
    FILE *lines = fopen(decoded, "r");
    char line[256];
    if (!annotations || !lines || !fgets(line, sizeof line, lines)) return 2;
    double sum = 0;
    int count = 0;
    size_t next = 0;
    for (const json_t *person; (person = next_person(annotations, &next));)
        for (size_t k = 0; k < json_array_size(json_object_get(person, "keypoints")) / 3; ++k)
            if (!fgets(line, sizeof line, lines) || add_error(line, person, k, &sum, &count)) return 2;
    if (fgets(line, sizeof line, lines)) return 2; /* more maps than keypoints */
    printf("%.6f %d\n", sum / count, count);
    fclose(lines);
    json_decref(tree);
    return 0;
}

/* interruptible COMMAND...: a shell's background job ignores SIGINT; this one does not. */
static int run_interruptible(char **command)
{
    signal(SIGINT, SIG_DFL);
    execvp(command[0], command);
    perror(command[0]);
    return 2;
}

/* bound COMMAND...: a file's mode binds it, as it binds everybody but root. 77 where that cannot be had. */
static int run_bound(char **command)
{
    if (geteuid() == 0) {
#ifdef __linux__
        if (prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)) return 77;
#else
        return 77;
#endif
    }
    execvp(command[0], command);
    perror(command[0]);
    return 2;
}

/* Runs a command to its end; true where it succeeded. */
static int succeeds(char **command)
{
    const pid_t child = fork();
    if (child == 0) {
        execvp(command[0], command);
        _exit(2);
    }
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* peak COMMAND...: prints the most memory that it held, in kB. */
static int print_peak(char **command)
{
    struct rusage used;
    if (!succeeds(command) || getrusage(RUSAGE_CHILDREN, &used)) return 2;
    printf("%ld\n", used.ru_maxrss);
    return 0;
}

/* seconds COMMAND...: prints how long it took. */
static int print_seconds(char **command)
{
    const double start = now();
    if (!succeeds(command)) return 2;
    printf("%.3f\n", now() - start);
    return 0;
}

/* Copies what comes out of a terminal to stdout, until its other side is closed. */
static void copy_terminal(int terminal)
{
    char text[4096];
    for (;;) {
        const ssize_t got = read(terminal, text, sizeof text);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return;
        fwrite(text, 1, (size_t)got, stdout);
    }
}

/* terminal COMMAND...: its stderr is a terminal, whose text is printed; its exit status is ours. */
static int run_on_terminal(char **command)
{
    const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) || unlockpt(terminal)) return 2;
    const int other = open(ptsname(terminal), O_RDWR | O_NOCTTY);
    const pid_t child = fork();
    if (other < 0 || child < 0) return 2;
    if (child == 0) {
        dup2(other, STDERR_FILENO);
        close(other);
        close(terminal);
        execvp(command[0], command);
        _exit(2);
    }
    close(other);
    copy_terminal(terminal);
    int status;
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status)) return 2;
    return WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
    if (argc > 2 && !strcmp(argv[1], "interruptible")) return run_interruptible(argv + 2);
    if (argc > 2 && !strcmp(argv[1], "bound")) return run_bound(argv + 2);
    if (argc > 2 && !strcmp(argv[1], "terminal")) return run_on_terminal(argv + 2);
    if (argc > 2 && !strcmp(argv[1], "peak")) return print_peak(argv + 2);
    if (argc > 2 && !strcmp(argv[1], "seconds")) return print_seconds(argv + 2);
    if (argc == 3 && !strcmp(argv[1], "people")) return print_people(atoll(argv[2]));
    if (argc == 3 && !strcmp(argv[1], "nested")) return print_nested(atoll(argv[2]), "[");
    if (argc == 3 && !strcmp(argv[1], "nested_objects")) return print_nested(atoll(argv[2]), "{\"annotations\":\n");
    if (argc == 5 && !strcmp(argv[1], "baseline")) return print_baseline(argv[2], atoll(argv[3]), argv[4]);
    if (argc == 4 && !strcmp(argv[1], "error")) return print_error(argv[2], argv[3]);
    fprintf(stderr, "usage: helper people N | nested N | nested_objects N | baseline FILE.json BYTES OUT |\n"
                    "       error FILE.json DECODED.csv | interruptible COMMAND... | bound COMMAND... | terminal COMMAND... | "
                    "peak COMMAND... |\n"
                    "       seconds COMMAND...\n");
    return 2;
}
