/* SPDX-License-Identifier: Apache-2.0
 * The program cvheatmap: finds the command and runs it. */
#include <stdio.h>
#include <string.h>

#include "base/tool.h"
#include "commands/commands.h"
#include "output/output.h"

static const char help[] = "usage: cvheatmap COMMAND [options]\n"
                           "\n"
                           "  encode        draw heatmaps of keypoints: from the command line, a table or a COCO file\n"
                           "  decode        read keypoints back out of maps\n"
                           "  crop          the network's input out of a photograph\n"
                           "  crosscheck    draw by cv::GaussianBlur and by the patch, and compare\n"
                           "  compare       compare two .npy files of maps\n"
                           "  conventions   the named conventions of the field\n"
                           "  decoders      the named decoders of the field\n"
                           "\n"
                           "  help COMMAND     what it takes; COMMAND --help prints the same\n"
                           "  --version        of cvheatmap and of the OpenCV it runs with, and how that adds up\n"
                           "\n"
                           "Exit status: 0 fine, or the maps agree; 1 they differ; 2 usage or failure.\n";

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"crop", crop_command},         {"encode", encode_command},
    {"decode", decode_command},     {"crosscheck", crosscheck_command},
    {"compare", compare_command},   {"conventions", conventions_command},
    {"decoders", decoders_command},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

#define TEXT_OF(value) #value
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

/* The structs of cvheatmap.h may have grown between two versions: a mixture must not run. */
static int check_version(void)
{
    const char *built = VERSION_TEXT(CVH_VERSION_MAJOR, CVH_VERSION_MINOR, CVH_VERSION_PATCH);
    if (!strcmp(built, cvh_version())) return EXIT_FINE; /* GCOVR_EXCL_BR_LINE: takes a library of another version */
    /* GCOVR_EXCL_START: takes a library of another version */
    return trouble("built for version %s of the library, but it runs with %s", built, cvh_version());
    /* GCOVR_EXCL_STOP */
}

static int refuse_command(const char *name)
{
    char list[256] = "";
    for (size_t i = 0; i < COMMANDS; ++i) snprintf(list + strlen(list), sizeof list - strlen(list), "%s, ", commands[i].name);
    return trouble("'%s' is no command; it is one of %shelp", name, list);
}

static int run_command(int argc, char **argv)
{
    for (size_t i = 0; i < COMMANDS; ++i)
        if (!strcmp(argv[0], commands[i].name)) return remarks_print(commands[i].run(argc, argv));
    return refuse_command(argv[0]);
}

/* `help COMMAND` is `COMMAND --help`. */
static int help_command(int argc, char **argv)
{
    char dashes[] = "--help", *asked[] = {argc > 1 ? argv[1] : NULL, dashes, NULL};
    if (argc > 2) return trouble("help takes one COMMAND or none, not %d", argc - 1);
    if (argc == 2 && strcmp(argv[1], "help")) return run_command(2, asked);
    fputs(help, stdout);
    return finish_stdout(EXIT_FINE);
}

int main(int argc, char **argv)
{
    if (check_version()) return EXIT_TROUBLE; /* GCOVR_EXCL_BR_LINE: takes a library of another version */
    output_guard_signals();
    if (argc < 2) return trouble("no command; see cvheatmap --help");
    const char *name = argv[1];
    if (!strcmp(name, "help")) return help_command(argc - 1, argv + 1);
    if (!strcmp(name, "--help") || !strcmp(name, "-h")) return help_command(1, argv + 1);
    if (!strcmp(name, "--version")) {
        printf("cvheatmap %s, OpenCV %s (%s)\n", cvh_version(), cvh_opencv_version(), cvh_opencv_arithmetic());
        return finish_stdout(EXIT_FINE);
    }
    return run_command(argc - 1, argv + 1);
}
