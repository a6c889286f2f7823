/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap compare: two files of maps, sample by sample. */
#include <stdio.h>

#include "commands/commands.h"
#include "input/arguments.h"
#include "input/names.h"
#include "output/report.h"

static const char help[] = "usage: cvheatmap compare EXPECTED.npy ACTUAL.npy [options]\n"
                           "\n"
                           "Compares two NumPy files of the same shape and type (u1, f4 or f8, two or more dimensions).\n"
                           "Exit status: 0 they agree, 1 they differ, 2 failure.\n"
                           "\n"
                           "  --atol A, --rtol R, --ulps N\n"
                           "                        what still counts as equal: |e-a| <= A, or <= R*|e|, or within N steps of\n"
                           "                        the depth (grey levels of u1); default: exact. NaN equals NaN\n"
                           "  -o, --output OUT.png  expected, actual and difference side by side; of several maps, the\n"
                           "                        largest value at each pixel\n"
                           "  --json                print the report as JSON\n"
                           "  -h, --help            this text\n";

static const struct option options[] = {
    TOLERANCE_OPTIONS,
    {"json", no_argument, NULL, OPTION_JSON},
    {"output", required_argument, NULL, OPTION_OUTPUT},
    COMMON_OPTIONS,
};

typedef struct comparison {
    cvh_tolerance tolerance;
    const char *path; /* of the picture, or NULL */
    bool json;
} comparison;

static int save_picture(const comparison *run, const compared *what, const cvh_report *report, const cvh_maps *expected,
                        const cvh_maps *actual)
{
    report_images images;
    char details[128];
    if (report_images_open(&images, what->rows, what->cols)) return EXIT_TROUBLE;
    image_add(&images.expected, expected, 0, expected->count);
    image_add(&images.actual, actual, 0, actual->count);
    image_add_difference(&images.difference, expected, actual);
    snprintf(details, sizeof details, "%lld maps of %dx%d %s", (long long)what->maps, what->rows, what->cols,
             depth_name(what->depth));
    const int status = report_picture(what, report, &images, NULL, 0, "cvheatmap compare", details, run->path);
    report_images_close(&images);
    return status;
}

static int compare_maps(const comparison *run, char **paths, const cvh_maps *expected, const cvh_maps *actual)
{
    cvh_report report;
    if (cvh_compare(expected, actual, &run->tolerance, &report)) return library_trouble();
    const compared what = {
        .expected = paths[0],
        .actual = paths[1],
        .maps = expected->count,
        .rows = expected->rows,
        .cols = expected->cols,
        .depth = expected->depth,
        .tolerance = run->tolerance,
    };
    if (run->path && save_picture(run, &what, &report, expected, actual)) return EXIT_TROUBLE;
    return report_print(&what, &report, run->json);
}

static int compare_files(const comparison *run, char **paths)
{
    cvh_maps expected = {0}, actual = {0};
    int status = EXIT_FINE;
    if (cvh_npy_load(paths[0], &expected) || cvh_npy_load(paths[1], &actual))
        status = library_trouble();
    else
        status = compare_maps(run, paths, &expected, &actual);
    cvh_npy_free(&expected);
    cvh_npy_free(&actual);
    return status;
}

static int take_option(comparison *run, int option, const char *value)
{
    switch (option) {
    case '?': return EXIT_TROUBLE;
    case OPTION_OUTPUT: return set_once("-o", &run->path, value);
    case OPTION_JSON: run->json = true; return EXIT_FINE;
    default: return tolerance_option(&run->tolerance, option, value);
    }
}

int compare_command(int argc, char **argv)
{
    comparison run = {0};
    int status = EXIT_FINE, option;
    while (!status && (option = next_option(argc, argv, options)) != -1) {
        if (option == OPTION_HELP) return print_help((const char *const[]){help, NULL});
        status = take_option(&run, option, optarg);
    }
    if (!status && argc - optind != 2)
        status = trouble("compare takes two files, EXPECTED.npy and ACTUAL.npy, not %d; see cvheatmap compare --help",
                         argc - optind);
    if (!status) status = picture_wanted(run.path);
    return status ? status : compare_files(&run, argv + optind);
}
