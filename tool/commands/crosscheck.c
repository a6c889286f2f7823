/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap crosscheck: the same keypoints by blur and by patch, compared sample by sample. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "input/drawing.h"
#include "input/names.h"
#include "output/heading.h"
#include "output/progress.h"
#include "output/report.h"

static const char help[] =
    "usage: cvheatmap crosscheck [options]\n"
    "\n"
    "Draws keypoints by cv::GaussianBlur and by the native patch, compares every sample, and reports.\n"
    "Without options it runs the tutorial's experiment. So that both methods mean the same near the edges,\n"
    "the border is reflect_101, cv::GaussianBlur's own default, unless --border says otherwise.\n"
    "Exit status: 0 they agree, 1 they differ, 2 failure.\n"
    "\n"
    "  -o, --output OUT.png  expected, actual and difference side by side; of several maps, the\n"
    "                        largest value at each pixel\n"
    "  --atol A, --rtol R, --ulps N\n"
    "                        what still counts as equal: |e-a| <= A, or <= R*|e|, or within N steps of\n"
    "                        the depth; default: exact\n"
    "  --json                print the report as JSON\n"
    "  --quiet               say nothing on stderr of what was left out\n"
    "  -h, --help            this text\n";

static const struct option options[] = {
    DRAWING_OPTIONS,
    SOURCE_OPTIONS,
    TOLERANCE_OPTIONS,
    {"output", required_argument, NULL, OPTION_OUTPUT},
    {"json", no_argument, NULL, OPTION_JSON},
    COMMON_OPTIONS,
};

typedef struct crosscheck {
    drawing draw;
    const char *arithmetic; /* of the OpenCV that is installed */
    bool known;             /* the library can add up like that */
    cvh_tolerance tolerance;
    const char *path; /* of the picture, or NULL */
    bool json;
    cvh_report report; /* of all slices */
    report_images images;
    cvh_keypoint *marks; /* in heatmap pixels */
    size_t mark_count;
} crosscheck;

/* cvh_crosscheck gives the bits of the OpenCV that is installed to cvh_blur's partner; it leaves another method's arithmetic as
 * it is. */
static cvh_status blur_of_unknown_kind(const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                                       const cvh_convention *convention)
{
    return cvh_blur(maps, points, count, convention);
}

/* Draws a group once more, by each method, for the picture. */
static int picture_group(crosscheck *run, const cvh_maps *shape, const placed *group)
{
    const size_t size = (size_t)shape->count * (size_t)shape->rows * (size_t)shape->cols * sample_size(shape->depth);
    cvh_maps expected = *shape, actual = *shape;
    expected.data = malloc(size);
    actual.data = malloc(size);
    int status = EXIT_FINE;
    if (!expected.data || !actual.data)
        status = trouble("no memory for %d maps of %dx%d", shape->count, shape->rows, shape->cols);
    else if (cvh_blur(&expected, group->points, group->count, &group->convention)
             || cvh_patch(&actual, group->points, group->count, &group->convention))
        status = library_trouble();
    else
        status = report_images_add(&run->images, &expected, &actual);
    free(expected.data);
    free(actual.data);
    return status;
}

static int open_picture(crosscheck *run)
{
    const size_t most = (size_t)run->draw.from->points;
    run->marks = calloc(most + 1, sizeof *run->marks);
    if (!run->marks) return trouble("no memory for %zu keypoints", most);
    return report_images_open(&run->images, run->draw.rows, run->draw.cols);
}

static void add_marks(crosscheck *run, const placed *group)
{
    for (size_t i = 0; i < group->count; ++i) run->marks[run->mark_count++] = mark_of(&group->convention, &group->points[i]);
}

static int check_group(crosscheck *run, int64_t first)
{
    drawing *draw = &run->draw;
    const cvh_maps shape = cvh_maps_view(NULL, draw->from->maps, draw->rows, draw->cols, draw->depth);
    cvh_report report;
    placed group;
    if (drawing_next(draw, &group)) return EXIT_TROUBLE;
    if (cvh_crosscheck(run->known ? cvh_blur : blur_of_unknown_kind, cvh_patch, &shape, group.points, group.count,
                       &group.convention, &run->tolerance, &report))
        return library_trouble();
    report_join(&run->report, &report, first);
    drawing_count(draw, &group, NULL);
    if (!run->path) return EXIT_FINE;
    add_marks(run, &group);
    return picture_group(run, &shape, &group);
}

static int check_groups(crosscheck *run)
{
    const source *from = run->draw.from;
    progress bar = progress_start(from->what);
    int status = EXIT_FINE;
    for (int64_t index = 0; !status && index < from->groups; ++index) {
        status = check_group(run, index * from->maps);
        progress_show(&bar, index + 1, from->groups);
    }
    progress_end(&bar);
    return status;
}

static int save_picture(const crosscheck *run, const compared *what)
{
    char details[512];
    describe_drawing(&run->draw, "blur against patch", details, sizeof details);
    return report_picture(what, &run->report, &run->images, run->marks, run->mark_count, "cvheatmap crosscheck", details,
                          run->path);
}

static int check(crosscheck *run)
{
    cvh_convention *convention = &run->draw.convention;
    if (drawing_ready(&run->draw)) return EXIT_TROUBLE;
    if (run->draw.depth != CVH_32F && run->draw.depth != CVH_64F)
        return trouble("--depth is '%s'; crosscheck draws in 32f and 64f", depth_name(run->draw.depth));
    if (convention->border == CVH_BORDER_METHOD && !drawing_given(&run->draw, OPTION_BORDER))
        convention->border = CVH_BORDER_REFLECT_101;
    run->arithmetic = cvh_opencv_arithmetic();
    if (strstr(run->arithmetic, "memory")) return trouble("OpenCV ran out of memory when it was asked how it adds up");
    run->known = !strstr(run->arithmetic, "unknown");
    convention->arithmetic = run->known ? CVH_ARITHMETIC_OPENCV : CVH_ARITHMETIC_PORTABLE;
    if (run->path && open_picture(run)) return EXIT_TROUBLE;
    if (check_groups(run)) return EXIT_TROUBLE;
    drawing_remark(&run->draw);
    const compared what = {
        .expected = "blur",
        .actual = "patch",
        .maps = run->draw.from->groups * run->draw.from->maps,
        .rows = run->draw.rows,
        .cols = run->draw.cols,
        .depth = run->draw.depth,
        .tolerance = run->tolerance,
        .arithmetic = run->arithmetic,
        .drawn = run->json ? drawing_json(&run->draw) : NULL,
    };
    if (run->json && !what.drawn) return trouble("no memory for the report");
    if (run->path && save_picture(run, &what)) return json_decref(what.drawn), EXIT_TROUBLE;
    return report_print(&what, &run->report, run->json);
}

static int take_option(crosscheck *run, int option, const char *value)
{
    switch (option) {
    case '?': return EXIT_TROUBLE;
    case OPTION_OUTPUT: return set_once("-o", &run->path, value);
    case OPTION_JSON: run->json = true; return EXIT_FINE;
    case OPTION_ATOL:
    case OPTION_RTOL:
    case OPTION_ULPS: return tolerance_option(&run->tolerance, option, value);
    default: return drawing_option(&run->draw, option, value);
    }
}

int crosscheck_command(int argc, char **argv)
{
    crosscheck run = {.draw = drawing_start()};
    int status = EXIT_FINE, option;
    while (!status && (option = next_option(argc, argv, options)) != -1) {
        if (option == OPTION_HELP) {
            drawing_free(&run.draw);
            return print_help((const char *const[]){help, drawing_help, sources_help, NULL});
        }
        status = take_option(&run, option, optarg);
    }
    if (!status) status = no_arguments(argc, argv);
    if (!status) status = picture_wanted(run.path);
    if (!status) status = check(&run);
    report_images_close(&run.images);
    free(run.marks);
    drawing_free(&run.draw);
    return status;
}
