/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap compare: two files of maps, sample by sample. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arguments.h"
#include "base/names.h"
#include "commands/commands.h"
#include "input/tensor.h"
#include "output/output.h"
#include "output/report.h"

static const char help[] =
    "usage: cvheatmap compare EXPECTED.npy ACTUAL.npy [options]\n"
    "\n"
    "Compares two NumPy files of the same shape (u1, i1, u2, i2, f2, f4, f8; two or more dimensions); of\n"
    "different types their values, with tolerances in the expected one's type.\n"
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
    TENSOR_OPTIONS,
    {"json", no_argument, NULL, OPTION_JSON},
    {"output", required_argument, NULL, OPTION_OUTPUT},
    COMMON_OPTIONS,
};

typedef struct comparison {
    cvh_tolerance tolerance;
    tensor_reading reading;
    const char *path; /* of the picture, or NULL */
    bool json;
    tensor expected, actual;
    report_images images;
    cvh_report report; /* of all images */
} comparison;

static int open_images(comparison *run)
{
    return run->path ? report_images_open(&run->images, run->expected.first.rows, run->expected.first.cols) : EXIT_FINE;
}

static int compare_views(comparison *run, const cvh_maps *expected, const cvh_maps *actual, int64_t first)
{
    cvh_report report;
    if (cvh_compare(expected, actual, &run->tolerance, &report)) return library_trouble();
    report_join(&run->report, &report, first);
    return run->path ? report_images_add(&run->images, expected, actual) : EXIT_FINE;
}

/* Both sides through the sigmoid, in double. */
static int compare_activated(comparison *run, const cvh_maps *expected, const cvh_maps *actual, int64_t first)
{
    const cvh_maps *from[2] = {expected, actual};
    double *values[2] = {NULL, NULL};
    cvh_maps to[2];
    int status = EXIT_FINE;
    for (int side = 0; side < 2; ++side) {
        const size_t count = (size_t)from[side]->count * (size_t)from[side]->rows * (size_t)from[side]->cols;
        values[side] = malloc(count * sizeof **values);
        to[side] = cvh_maps_view(values[side], from[side]->count, from[side]->rows, from[side]->cols, CVH_64F);
        if (!values[side]) status = trouble("no memory for %zu samples", count);
        if (!status && cvh_convert(from[side], &to[side])) status = library_trouble();
        if (values[side] && !status) values_sigmoid(values[side], count);
    }
    if (!status) status = compare_views(run, &to[0], &to[1], first);
    free(values[0]);
    free(values[1]);
    return status;
}

static int compare_images(comparison *run, char **paths)
{
    const tensor *expected = &run->expected, *actual = &run->actual;
    int status = EXIT_FINE;
    if (expected->images != actual->images)
        return trouble("%s holds %lld images and %s %lld", paths[0], (long long)expected->images, paths[1],
                       (long long)actual->images);
    for (int64_t i = 0; !status && i < expected->images; ++i) {
        const cvh_maps left = tensor_image(expected, i), right = tensor_image(actual, i);
        const int64_t first = i * left.count;
        status = run->reading.sigmoid ? compare_activated(run, &left, &right, first) : compare_views(run, &left, &right, first);
    }
    return status;
}

static int save_picture(const comparison *run, const compared *what)
{
    char details[128];
    snprintf(details, sizeof details, "%lld maps of %dx%d %s", (long long)what->maps, what->rows, what->cols,
             depth_name(what->depth));
    return report_picture(what, &run->report, &run->images, NULL, 0, "cvheatmap compare", details, run->path);
}

static int compare_files(comparison *run, char **paths)
{
    if (tensor_load(paths[0], &run->reading, &run->expected) || tensor_load(paths[1], &run->reading, &run->actual))
        return EXIT_TROUBLE;
    tensors_share_scale(&run->expected, &run->actual);
    if (open_images(run) || compare_images(run, paths)) return EXIT_TROUBLE;
    const cvh_maps *first = &run->expected.first;
    const compared what = {
        .expected = paths[0],
        .actual = paths[1],
        .maps = run->expected.images * first->count,
        .rows = first->rows,
        .cols = first->cols,
        .depth = run->reading.sigmoid ? CVH_64F : first->depth,
        .tolerance = run->tolerance,
    };
    if (run->path && save_picture(run, &what)) return EXIT_TROUBLE;
    return report_print(&what, &run->report, run->json);
}

static int take_option(comparison *run, int option, const char *value)
{
    switch (option) {
    case '?': return EXIT_TROUBLE;
    case OPTION_OUTPUT: return set_once("-o", &run->path, value);
    case OPTION_JSON: run->json = true; return EXIT_FINE;
    case OPTION_LAYOUT:
    case OPTION_SCALE:
    case OPTION_ZERO:
    case OPTION_SIGMOID: return tensor_option(&run->reading, option, value);
    default: return tolerance_option(&run->tolerance, option, value);
    }
}

int compare_command(int argc, char **argv)
{
    comparison run = {0};
    int status = EXIT_FINE, option;
    while (!status && (option = next_option(argc, argv, options)) != -1) {
        if (option == OPTION_HELP) return print_help((const char *const[]){help, tensor_help, NULL});
        status = take_option(&run, option, optarg);
    }
    if (!status && argc - optind != 2)
        status = trouble("compare takes two files, EXPECTED.npy and ACTUAL.npy, not %d; see cvheatmap compare --help",
                         argc - optind);
    if (!status) status = picture_wanted(run.path);
    if (!status) status = compare_files(&run, argv + optind);
    report_images_close(&run.images);
    tensor_free(&run.expected);
    tensor_free(&run.actual);
    return status;
}
