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

#include <jpeglib.h> /* wants stdio.h before it */

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

/* ------------------------------------------------------------------------------------------------------- arrays of floats */

enum { MOST_HEADER = 192 };

/* An array of little-endian floats [n][rows][cols], or one of the other orders, in a .npy file of format 1.0. */
typedef struct array {
    char header[MOST_HEADER];
    size_t header_size, sides[3], count;
    unsigned char *bytes;
} array;

/* The program's files are little-endian, whatever this machine is. */
static float float_at(const unsigned char *bytes)
{
    const uint32_t bits = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void put_float(unsigned char *bytes, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int k = 0; k < 4; ++k) bytes[k] = (unsigned char)(bits >> 8 * k);
}

static int read_array(const char *path, array *in)
{
    FILE *file = fopen(path, "rb");
    if (!file || fread(in->header, 1, 10, file) != 10) return 2;
    in->header_size = 10 + (size_t)(unsigned char)in->header[8] + 256 * (size_t)(unsigned char)in->header[9];
    if (in->header_size >= MOST_HEADER || fread(in->header + 10, 1, in->header_size - 10, file) != in->header_size - 10)
        return 2;
    const char *shape = strstr(in->header + 10, "'shape': (");
    if (!shape || sscanf(shape, "'shape': (%zu, %zu, %zu", &in->sides[0], &in->sides[1], &in->sides[2]) != 3) return 2;
    in->count = in->sides[0] * in->sides[1] * in->sides[2];
    in->bytes = malloc(4 * in->count);
    const int whole = in->bytes && fread(in->bytes, 4, in->count, file) == in->count;
    fclose(file);
    return whole ? 0 : 2;
}

/* Writes the array with another descr ('<f4' or '>f4') and order ("False" or "True,"), which leave the header's length alone.
 */
static int write_array(const char *path, array *out, char order, const char *fortran)
{
    char *descr = strstr(out->header + 10, "f4'"), *said = strstr(out->header + 10, "_order': ");
    FILE *file = fopen(path, "wb");
    if (!descr || !said || !file) return 2;
    descr[-1] = order;
    memcpy(said + 9, fortran, 5); /* "True,," would be one comma too many: */
    if (fortran[4] == ',') said[14] = ' ';
    fwrite(out->header, 1, out->header_size, file);
    fwrite(out->bytes, 4, out->count, file);
    free(out->bytes);
    return fclose(file) ? 2 : 0;
}

/* big IN OUT: the same floats, most significant byte first. */
static int make_big(const char *from, const char *to)
{
    array in = {0};
    if (read_array(from, &in)) return 2;
    for (size_t i = 0; i < in.count; ++i) {
        unsigned char *at = in.bytes + 4 * i, copy[4];
        memcpy(copy, at, 4);
        for (int k = 0; k < 4; ++k) at[k] = copy[3 - k];
    }
    return write_array(to, &in, '>', "False");
}

/* fortran IN OUT: the same array, its first side the fastest. */
static int make_fortran(const char *from, const char *to)
{
    array in = {0};
    if (read_array(from, &in)) return 2;
    unsigned char *turned = malloc(4 * in.count);
    if (!turned) return 2;
    for (size_t a = 0; a < in.sides[0]; ++a)
        for (size_t b = 0; b < in.sides[1]; ++b)
            for (size_t c = 0; c < in.sides[2]; ++c)
                memcpy(turned + 4 * (a + in.sides[0] * (b + in.sides[1] * c)),
                       in.bytes + 4 * ((a * in.sides[1] + b) * in.sides[2] + c), 4);
    free(in.bytes);
    in.bytes = turned;
    return write_array(to, &in, '<', "True,");
}

/* change WHAT IN OUT NUMBER: each float plus NUMBER ("add"), plus noise of that amplitude ("noise"), NUMBER at most ("clamp"),
 * or 1 where it is above NUMBER, else 0 ("above"). */
static int change_floats(const char *what, const char *from, const char *to, double number)
{
    array in = {0};
    if (read_array(from, &in)) return 2;
    for (size_t i = 0; i < in.count; ++i) {
        float value = float_at(in.bytes + 4 * i);
        if (!strcmp(what, "add")) value += (float)number;
        if (!strcmp(what, "noise")) value += (float)(number * (random_below(2001) - 1000) / 1000);
        if (!strcmp(what, "above")) value = value > (float)number;
        if (!strcmp(what, "clamp") && value > (float)number) value = (float)number;
        put_float(in.bytes + 4 * i, value);
    }
    return write_array(to, &in, '<', "False");
}

/* enlarge IN OUT: each map four times as large, straight lines between the samples, which stand on every fourth pixel. */
static int enlarge(const char *from, const char *to)
{
    enum { TIMES = 4 };
    array in = {0};
    if (read_array(from, &in)) return 2;
    const size_t rows = in.sides[1], cols = in.sides[2];
    unsigned char *large = malloc(4 * in.count * TIMES * TIMES), *out = large;
    if (!large) return 2;
    for (size_t at = 0; at < in.count; at += rows * cols)
        for (size_t y = 0; y < rows * TIMES; ++y)
            for (size_t x = 0; x < cols * TIMES; ++x, out += 4) {
                const size_t top = y / TIMES, left = x / TIMES, bottom = top + 1 < rows ? top + 1 : top,
                             right = left + 1 < cols ? left + 1 : left;
                const float down = (float)(y % TIMES) / TIMES, along = (float)(x % TIMES) / TIMES;
                const float corners[] = {
                    float_at(in.bytes + 4 * (at + top * cols + left)),
                    float_at(in.bytes + 4 * (at + top * cols + right)),
                    float_at(in.bytes + 4 * (at + bottom * cols + left)),
                    float_at(in.bytes + 4 * (at + bottom * cols + right)),
                };
                const float above = corners[0] + along * (corners[1] - corners[0]),
                            below = corners[2] + along * (corners[3] - corners[2]), value = above + down * (below - above);
                put_float(out, value);
            }
    free(in.bytes);
    in.bytes = large;
    in.count *= TIMES * TIMES;
    char *shape = strstr(in.header + 10, "'shape': (");
    const size_t left = in.header_size - (size_t)(shape - in.header) - 1;
    const int length = snprintf(shape, left, "'shape': (%zu, %zu, %zu), }", in.sides[0], rows * TIMES, cols * TIMES);
    memset(shape + length, ' ', left - (size_t)length);
    return write_array(to, &in, '<', "False");
}

/* jpeg OUT KIND: 48 x 32 pixels of grey 128; "wide": 40000 x 1; "cmyk"; or with an EXIF block: "turned" says orientation 6,
 * "little" 8 with the least byte first, "upright" 1, "none" has another entry, "short" ends in its directory, "far" has it
 * beyond the block's end, and "no_exif" is something else. */
static int make_jpeg(const char *path, const char *kind)
{
    static const struct {
        const char *kind;
        unsigned size;
        unsigned char bytes[28];
    } blocks[] = {
        {"turned", 28, "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0"},
        {"little", 28, "Exif\0\0II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0\10\0\0"},
        {"upright", 28, "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\1\0"},
        {"none", 28, "Exif\0\0MM\0*\0\0\0\10\0\1\1\23\0\3\0\0\0\1\0\6\0"},
        {"short", 20, "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3"},
        {"far", 28, "Exif\0\0MM\0*\0\0\1\0\0\1\1\22\0\3\0\0\0\1\0\6\0"},
        {"no_exif", 28, "http:/MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0"},
    };
    struct jpeg_compress_struct image;
    struct jpeg_error_mgr errors;
    static JSAMPLE row[40000 * 3];
    JSAMPROW rows[] = {row};
    const int cmyk = !strcmp(kind, "cmyk");
    FILE *file = fopen(path, "wb");
    if (!file) return 2;
    memset(row, 128, sizeof row);
    image.err = jpeg_std_error(&errors);
    jpeg_create_compress(&image);
    jpeg_stdio_dest(&image, file);
    image.image_width = strcmp(kind, "wide") ? 48 : 40000;
    image.image_height = strcmp(kind, "wide") ? 32 : 1;
    image.input_components = cmyk ? 4 : 3;
    image.in_color_space = cmyk ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&image);
    jpeg_start_compress(&image, TRUE);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; ++i)
        if (!strcmp(kind, blocks[i].kind)) jpeg_write_marker(&image, JPEG_APP0 + 1, blocks[i].bytes, blocks[i].size);
    while (image.next_scanline < image.image_height) jpeg_write_scanlines(&image, rows, 1);
    jpeg_finish_compress(&image);
    jpeg_destroy_compress(&image);
    return fclose(file) ? 2 : 0;
}

/* near EXPECTED ACTUAL MOST: two lists of numbers with commas, as long as each other, none further apart than MOST. */
static int are_near(const char *expected, const char *actual, double most)
{
    for (;;) {
        char *end_e, *end_a;
        const double e = strtod(expected, &end_e), a = strtod(actual, &end_a);
        if (end_e == expected || end_a == actual || !(fabs(e - a) <= most || (e != e && a != a)) || *end_e != *end_a) return 1;
        if (!*end_e) return 0;
        expected = end_e + 1;
        actual = end_a + 1;
    }
}

int main(int argc, char **argv)
{
    if (argc == 4 && !strcmp(argv[1], "jpeg")) return make_jpeg(argv[2], argv[3]);
    if (argc == 4 && !strcmp(argv[1], "big")) return make_big(argv[2], argv[3]);
    if (argc == 4 && !strcmp(argv[1], "fortran")) return make_fortran(argv[2], argv[3]);
    if (argc == 4 && !strcmp(argv[1], "enlarge")) return enlarge(argv[2], argv[3]);
    if (argc == 6 && !strcmp(argv[1], "change")) return change_floats(argv[2], argv[3], argv[4], atof(argv[5]));
    if (argc == 5 && !strcmp(argv[1], "near")) return are_near(argv[2], argv[3], atof(argv[4]));
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
                    "       seconds COMMAND... | big IN OUT | fortran IN OUT | enlarge IN OUT | change WHAT IN OUT NUMBER | "
                    "near LIST LIST MOST |\n"
                    "       jpeg OUT KIND\n");
    return 2;
}
