/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap crosscheck: the same keypoints by blur and by patch, compared sample by sample. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "base/progress.h"
#include "commands/commands.h"
#include "input/drawing.h"
#include "input/mark.h"
#include "output/heading.h"
#include "output/npy.h"
#include "output/output.h"
#include "output/report.h"

static const char help[] =
    "usage: cvheatmap crosscheck [options]\n"
    "\n"
    "Draws keypoints by cv::GaussianBlur and by the native patch, compares every sample, and reports.\n"
    "Without options it runs the tutorial's experiment. So that both methods mean the same near the edges,\n"
    "the border is reflect_101, cv::GaussianBlur's own default, unless --border says otherwise; of a named\n"
    "convention, what the two would take in two ways is replaced likewise, and said. Conventions that put\n"
    "keypoints between pixels, which no blur draws, are held against their formula in long double.\n"
    "Exit status: 0 they agree, 1 they differ, 2 failure.\n"
    "\n"
    "  -o, --output OUT.png  expected, actual and difference side by side; of several maps, the\n"
    "                        largest value at each pixel\n"
    "  --keep PREFIX         leave what was drawn in PREFIX-expected.npy and PREFIX-actual.npy\n"
    "  --atol A, --rtol R, --ulps N\n"
    "                        what still counts as equal: |e-a| <= A, or <= R*|e|, or within N steps of\n"
    "                        the depth; default: exact; against the formula 4 steps of 32f, 1e-13 in 64f\n"
    "  --json                print the report as JSON\n"
    "  --quiet               say nothing on stderr of what was left out\n"
    "  -h, --help            this text\n";

static const struct option options[] = {
    DRAWING_OPTIONS,
    SOURCE_OPTIONS,
    TOLERANCE_OPTIONS,
    {"output", required_argument, NULL, OPTION_OUTPUT},
    {"keep", required_argument, NULL, OPTION_KEEP},
    {"json", no_argument, NULL, OPTION_JSON},
    COMMON_OPTIONS,
};

typedef struct crosscheck {
    drawing draw;
    const char *arithmetic; /* of the OpenCV that is installed */
    bool known;             /* the library can add up like that */
    cvh_method_fn expected; /* what the patch is held against, */
    const char *name;       /* and what that is called */
    cvh_tolerance tolerance;
    bool tolerant;           /* an option gave it */
    const char *path, *keep; /* of the picture, and how the files of maps begin; or NULL */
    bool json;
    void *samples[2];
    cvh_maps drawn[2]; /* expected and actual, where they are wanted after the comparison */
    char kept_paths[2][4096];
    output kept[2];
    cvh_report report; /* of all slices */
    report_images images;
    cvh_keypoint *marks; /* in heatmap pixels */
    size_t mark_count;
} crosscheck;

/* cvh_crosscheck gives the bits of the OpenCV that is installed to cvh_blur's partner, and declines where they are unknown; it
 * leaves another method's partner as portable as it is. */
/* GCOVR_EXCL_START: takes an OpenCV that sums in a way of its own */
static cvh_status blur_of_unknown_kind(const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                                       const cvh_convention *convention)
{
    return cvh_blur(maps, points, count, convention);
}
/* GCOVR_EXCL_STOP */

/* ---------------------------------------------------------------------------------------------------- what is compared */

static bool is_between_pixels(const cvh_convention *convention)
{
    return convention->snap == CVH_SNAP_NONE || convention->centre == CVH_CENTRE_SUBPIXEL;
}

/* The formula's rounding, where no option says what is tolerated. */
static void against_formula(crosscheck *run)
{
    const cvh_convention *convention = &run->draw.convention;
    const double peak = convention->gaussian.peak != 0 ? convention->gaussian.peak : 1;
    run->expected = cvh_closed_form;
    run->name = "formula";
    if (run->tolerant) return;
    run->tolerance.absolute = 1e-30 * peak;
    if (run->draw.depth == CVH_64F)
        run->tolerance.relative = 1e-13;
    else
        run->tolerance.ulps = 4;
}

static void say(char *text, size_t size, const char *what, const char *value)
{
    const size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s %s", used ? ", " : "", what, value);
}

/* What a named convention leaves to the method, or what only one has, as both draw it; an option's value stays for the library
 * to refuse. */
static void against_blur(crosscheck *run)
{
    drawing *draw = &run->draw;
    cvh_convention *own = &draw->convention, made = *own;
    char text[256] = "", width[64];
    run->expected = cvh_blur;
    run->name = "blur";
    const bool comparable = !cvh_convention_comparable(&made);
    if (!draw->name && own->border == CVH_BORDER_METHOD && !drawing_given(draw, OPTION_BORDER))
        own->border = CVH_BORDER_REFLECT_101;
    if (!draw->name && comparable && own->gaussian.ksize_x == 0 && !drawing_given(draw, OPTION_KSIZE)) {
        own->gaussian.ksize_x = made.gaussian.ksize_x;
        own->gaussian.ksize_y = made.gaussian.ksize_y;
    }
    if (!draw->name || !comparable) return;
    if (own->border != made.border && !drawing_given(draw, OPTION_BORDER)) {
        own->border = made.border;
        say(text, sizeof text, "border", border_names[made.border]);
    }
    if (own->norm != made.norm && !drawing_given(draw, OPTION_NORM)) {
        own->norm = made.norm;
        say(text, sizeof text, "norm", norm_names[made.norm]);
    }
    if (own->overlap != made.overlap && !drawing_given(draw, OPTION_OVERLAP)) {
        own->overlap = made.overlap;
        say(text, sizeof text, "overlap", overlap_names[made.overlap]);
    }
    if (own->gaussian.ksize_x != made.gaussian.ksize_x && !drawing_given(draw, OPTION_KSIZE)) {
        own->gaussian.ksize_x = made.gaussian.ksize_x;
        own->gaussian.ksize_y = made.gaussian.ksize_y;
        snprintf(width, sizeof width, "%s", number_shortest(made.gaussian.ksize_x).text);
        say(text, sizeof text, "ksize", width);
    }
    own->max_exponent = made.max_exponent;
    if (text[0]) remark("%s is drawn here with %s, which blur and patch draw alike", draw->name, text);
}

/* ------------------------------------------------------------------------------------------------------- maps and pictures */

static int open_maps(crosscheck *run)
{
    const drawing *draw = &run->draw;
    const uint64_t shape[] = {(uint64_t)(draw->from->groups * draw->from->maps), (uint64_t)draw->rows, (uint64_t)draw->cols};
    const size_t size = (size_t)draw->from->maps * (size_t)draw->rows * (size_t)draw->cols * sample_size(draw->depth);
    for (int side = 0; side < 2; ++side) {
        run->samples[side] = malloc(size);
        if (!run->samples[side]) return trouble("no memory for %d maps of %dx%d", draw->from->maps, draw->rows, draw->cols);
        run->drawn[side] = cvh_maps_view(run->samples[side], draw->from->maps, draw->rows, draw->cols, draw->depth);
        if (!run->keep) continue;
        snprintf(run->kept_paths[side], sizeof run->kept_paths[side], "%s-%s.npy", run->keep, side ? "actual" : "expected");
        if (output_open(&run->kept[side], run->kept_paths[side])
            || npy_write_header(&run->kept[side], shape, 3, draw->depth == CVH_64F ? "f8" : "f4"))
            return EXIT_TROUBLE;
    }
    return EXIT_FINE;
}

static int keep_group(crosscheck *run)
{
    const cvh_maps *maps = run->drawn;
    const size_t size = (size_t)maps->count * (size_t)maps->rows * (size_t)maps->cols * sample_size(maps->depth);
    for (int side = 0; run->keep && side < 2; ++side)
        if (npy_write(&run->kept[side], maps[side].data, size, maps[side].depth)) return EXIT_TROUBLE;
    return EXIT_FINE;
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

static cvh_status check_by(const crosscheck *run, cvh_method_fn expected, const placed *group, cvh_report *report)
{
    const drawing *draw = &run->draw;
    const cvh_maps shape = cvh_maps_view(NULL, draw->from->maps, draw->rows, draw->cols, draw->depth);
    return run->drawn[0].data ? cvh_crosscheck_into(expected, cvh_patch, &run->drawn[0], &run->drawn[1], group->points,
                                                    group->count, &group->convention, &run->tolerance, report)
                              : cvh_crosscheck(expected, cvh_patch, &shape, group->points, group->count, &group->convention,
                                               &run->tolerance, report);
}

/* Whether the refusal is about the tutorial's overlap, which no option asked for. */
static bool keypoints_meet(const crosscheck *run)
{
    const drawing *draw = &run->draw;
    return !draw->name && !drawing_given(draw, OPTION_OVERLAP) && draw->convention.overlap == CVH_OVERLAP_MAX
           && strstr(cvh_last_error(), "where windows meet");
}

static int check_group(crosscheck *run, int64_t first)
{
    drawing *draw = &run->draw;
    cvh_report report;
    placed group;
    if (drawing_next(draw, &group)) return EXIT_TROUBLE;
    cvh_status status = check_by(run, run->expected, &group, &report);
    if (status == CVH_ERR_OPENCV && !run->known)                       /* GCOVR_EXCL_BR_LINE: as above */
        status = check_by(run, blur_of_unknown_kind, &group, &report); /* GCOVR_EXCL_LINE: as above, i386 */
    if (status && keypoints_meet(run)) {
        group.convention.overlap = draw->convention.overlap = CVH_OVERLAP_ADD;
        remark("keypoints that meet on a map are added up here, by each method in its own order: --ulps 4 and 1 for each 8 "
               "allow that");
        status = check_by(run, run->expected, &group, &report);
    }
    if (status && strstr(cvh_last_error(), "mean two things"))
        return trouble("%s. Here --border, --norm, --overlap and --ksize say it", cvh_last_error());
    if (status) return library_trouble();
    report_join(&run->report, &report, first);
    drawing_count(draw, &group, NULL);
    if (keep_group(run)) return EXIT_TROUBLE;
    if (!run->path) return EXIT_FINE;
    add_marks(run, &group);
    return report_images_add(&run->images, &run->drawn[0], &run->drawn[1]);
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
    char methods[32];
    snprintf(methods, sizeof methods, "%s against patch", run->name);
    describe_drawing(&run->draw, methods, details, sizeof details);
    size_t used = strlen(details);
    snprintf(details + used, sizeof details - used, "   OpenCV %s, %s", cvh_opencv_version(), run->arithmetic);
    return report_picture(what, &run->report, &run->images, run->marks, run->mark_count, "cvheatmap crosscheck", details,
                          run->path);
}

static int check(crosscheck *run)
{
    cvh_convention *convention = &run->draw.convention;
    if (drawing_ready(&run->draw)) return EXIT_TROUBLE;
    if (run->draw.depth != CVH_32F && run->draw.depth != CVH_64F)
        return trouble("--depth is '%s'; crosscheck draws in 32f and 64f", depth_name(run->draw.depth));
    run->arithmetic = cvh_opencv_arithmetic();
    if (strstr(run->arithmetic, "memory")) return trouble("OpenCV ran out of memory when it was asked how it adds up");
    run->known = !strstr(run->arithmetic, "unknown");
    convention->arithmetic = run->known ? CVH_ARITHMETIC_OPENCV : CVH_ARITHMETIC_PORTABLE;
    if (is_between_pixels(convention))
        against_formula(run);
    else
        against_blur(run);
    if (run->path && open_picture(run)) return EXIT_TROUBLE;
    if ((run->path || run->keep) && open_maps(run)) return EXIT_TROUBLE;
    if (check_groups(run)) return EXIT_TROUBLE;
    for (int side = 0; run->keep && side < 2; ++side)
        if (output_finish(&run->kept[side])) return EXIT_TROUBLE;
    drawing_remark(&run->draw);
    const compared what = {
        .expected = run->name,
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
    case OPTION_ULPS: run->tolerant = true; return tolerance_option(&run->tolerance, option, value);
    case OPTION_KEEP: return set_once("--keep", &run->keep, value);
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
    for (int side = 0; side < 2; ++side) {
        output_discard(&run.kept[side]);
        free(run.samples[side]);
    }
    free(run.marks);
    drawing_free(&run.draw);
    return status;
}
