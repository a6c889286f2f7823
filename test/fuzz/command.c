/* SPDX-License-Identifier: Apache-2.0
 * The command line: one argument a line of the input. The exit status is 0, 1 or 2; with 2 there is one line on stderr, with 0
 * and 1 whole lines. The files lie in a folder of their own, which holds points.csv, people.json and maps.npy to be read. */
#include "fuzz.h"

#include <ctype.h>
#include <dirent.h>
#include <getopt.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "tool_messages.h"

int tool_main(int argc, char **argv);

static char folder[] = "/tmp/cvheatmap-command-XXXXXX";
static const char *const given[] = {"points.csv", "people.json", "maps.npy"};

static void write_text(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0) abort();
}

static void remove_folder(void)
{
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) unlink(given[i]);
    (void)!chdir("/");
    rmdir(folder);
}

/* The files to be read, and what they are known by: the program never writes into a file, it puts another in its place. */
static ino_t inodes[sizeof given / sizeof *given];

static void give_files(void)
{
    static float samples[2 * 16 * 12];
    cvh_maps maps = cvh_maps_view(samples, 2, 16, 12, CVH_32F);
    cvh_keypoint points[] = {{.x = 3, .y = 4}, {.x = 8.4, .y = 11.3, .map = 1}};
    cvh_convention convention = {.gaussian = {.sigma_x = 2}};
    write_text("points.csv", "x,y,map\n3,4,0\n8.5,11,1\n");
    write_text("people.json",
               "{\"annotations\": [{\"bbox\": [10, 10, 50, 80], \"keypoints\": [20, 20, 2, 30, 60, 1, 0, 0, 0]}]}");
    if (cvh_patch(&maps, points, 2, &convention) || cvh_npy_save("maps.npy", &maps)) abort();
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        struct stat found;
        if (stat(given[i], &found) != 0) abort();
        inodes[i] = found.st_ino;
    }
}

static bool still_given(void)
{
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        struct stat found;
        if (stat(given[i], &found) != 0 || found.st_ino != inodes[i]) return false;
    }
    return true;
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const struct rlimit most = {64 << 20, 64 << 20};
    (void)argc, (void)argv;
    (void)setrlimit(RLIMIT_FSIZE, &most);
    if (!mkdtemp(folder) || chdir(folder) != 0) abort();
    atexit(remove_folder);
    give_files();
    catch_messages();
    return 0;
}

static int longest_number(const char *text)
{
    int longest = 0, digits = 0;
    for (; *text; text++) {
        digits = isdigit((unsigned char)*text) ? digits + 1 : 0;
        if (digits > longest) longest = digits;
    }
    return longest;
}

/* Legal but slow (many large maps, windows of thousands), or reaching out of the folder: not what is tested here. */
static bool left_out(const char *argument)
{
    if (strchr(argument, '/') || strlen(argument) > 100) return true;
    return longest_number(argument) > 2 && strpbrk(argument, "xX,0123456789") && !strchr(argument, '.');
}

/* Removes what the command wrote, and gives again what it replaced. */
static void tidy(void)
{
    DIR *open = opendir(".");
    if (!open) abort();
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
        bool keeps = entry->d_name[0] == '.' && strlen(entry->d_name) <= 2;
        for (size_t i = 0; i < sizeof given / sizeof *given; i++) keeps = keeps || strcmp(entry->d_name, given[i]) == 0;
        if (!keeps) unlink(entry->d_name);
    }
    closedir(open);
    if (!still_given()) give_files();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MOST = 20 };
    static char text[2048];
    char *argv[MOST + 2] = {(char *)"cvheatmap"};
    int argc = 1;
    if (size >= sizeof text || memchr(data, 0, size)) return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    for (char *at = text, *line; argc <= MOST && (line = strsep(&at, "\n")) != NULL;) {
        if (left_out(line)) return 0;
        argv[argc++] = line;
    }
    argv[argc] = NULL;
    forget_messages();
    optind = 0; /* glibc: start afresh */
    int status = tool_main(argc, argv);
    REQUIRE(status >= 0 && status <= 2, "exit status %d", status);
    if (status == 2)
        require_one_message();
    else
        require_remarks();
    tidy();
    return 0;
}
