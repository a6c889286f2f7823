/* SPDX-License-Identifier: Apache-2.0
 * The options that say how to draw, shared by the commands. */
#include "input/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/names.h"
#include "input/parse.h"

const char drawing_help[] = "\nHow to draw (what is left out is the tutorial's, or the named convention's):\n"
                            "  --convention NAME     one of `cvheatmap conventions`\n"
                            "  --size ROWSxCOLS      of a map; default 64x48\n"
                            "  --input ROWSxCOLS     keypoints are in pixels of a network's input of this size\n"
                            "                        (--coco: default 4 times the map)\n"
                            "  --sigma S[,SY]        in heatmap pixels; default 2; 0: from ksize\n"
                            "  --ksize K[,KY]        width of the window, odd; default 15; 0: from sigma\n"
                            "  --peak P              value at the keypoint; default 255\n"
                            "  --border B            method, constant, replicate, reflect, reflect_101\n"
                            "  --overlap O           max, replace, add, add_clamp\n"
                            "  --norm N              none, max (the default), centre, kernel, sum\n"
                            "  --depth D             32f (the default) or 64f\n"
                            "\nWhat to draw (default: the keypoint 24,32):\n"
                            "  --point X,Y[,MAP]     a keypoint; x right, y down, pixel centres at integers; may be repeated\n"
                            "  --points FILE.csv     lines x,y[,map], or a header line that names these columns\n"
                            "  --coco FILE.json      COCO keypoints: a map for each keypoint of each annotation that has a\n"
                            "                        labelled one, cropped as HRNet and mmpose do: box centre, the input's\n"
                            "                        aspect ratio, padding 1.25, no rotation\n";

/* Small enough for a second-level cache: a slice is cleared, drawn and copied to the file while it is there. */
enum { SLICE_BYTES = 1 << 20 };

drawing drawing_start(void)
{
    return (drawing){.rows = 64, .cols = 48, .depth = CVH_32F};
}

/* -o is known where --output is. */
static const char *letters_of(const struct option *options)
{
    for (; options->name; ++options)
        if (options->val == OPTION_OUTPUT) return ":o:h";
    return ":h";
}

int next_option(int argc, char **argv, const struct option *options)
{
    opterr = 0;
    const int option = getopt_long(argc, argv, letters_of(options), options, NULL);
    if (option == ':') trouble("%s: %s needs a value; see cvheatmap %s --help", argv[0], argv[optind - 1], argv[0]);
    if (option == '?') {
        const char letter[] = {'-', (char)optopt, '\0'}, *word = argv[optind - 1];
        trouble("%s: unknown option '%s'; see cvheatmap %s --help", argv[0], strncmp(word, "--", 2) ? letter : word, argv[0]);
    }
    return option == ':' ? '?' : option;
}

static int parse_lengths(const char *option, const char *text, double *first, double *second)
{
    if (parse_pair(text, first, second)) return EXIT_FINE;
    return trouble("%s is '%s'; it must be a number, or two with a comma between", option, text);
}

int parse_sides(const char *option, const char *text, int *rows, int *cols)
{
    if (parse_size(text, rows, cols)) return EXIT_FINE;
    return trouble("%s is '%s'; it must be ROWSxCOLS, each 1..%d", option, text, CVH_MAX_SIDE);
}

static int parse_depth(const char *text, cvh_depth *depth)
{
    static const char *const names[] = {"32f", "64f", NULL};
    int chosen;
    if (parse_name("--depth", names, text, &chosen)) return EXIT_TROUBLE;
    *depth = chosen ? CVH_64F : CVH_32F;
    return EXIT_FINE;
}

static int add_point(keypoints *points, const char *text)
{
    cvh_keypoint point;
    if (parse_point(text, &point)) return keypoints_add(points, &point);
    return trouble("--point is '%s'; it must be X,Y or X,Y,MAP, MAP a whole number 0..%d", text, CVH_MAX_COUNT - 1);
}

static int parse_enumerator(drawing *draw, int option, const char *text)
{
    int chosen = 0, status = EXIT_FINE;
    switch (option) {
    case OPTION_BORDER: status = parse_name("--border", border_names, text, &chosen); break;
    case OPTION_OVERLAP: status = parse_name("--overlap", overlap_names, text, &chosen); break;
    case OPTION_NORM: status = parse_name("--norm", norm_names, text, &chosen); break;
    case OPTION_ARITHMETIC: status = parse_name("--arithmetic", arithmetic_names, text, &chosen); break;
    default: status = parse_name("--method", method_names, text, &chosen);
    }
    if (status) return status;
    if (option == OPTION_METHOD) draw->given.method = (cvh_method)chosen;
    if (option == OPTION_ARITHMETIC) draw->given.arithmetic = (cvh_arithmetic)chosen;
    if (option == OPTION_BORDER) draw->given.border = (cvh_border)chosen;
    if (option == OPTION_OVERLAP) draw->given.overlap = (cvh_overlap)chosen;
    if (option == OPTION_NORM) draw->given.norm = (cvh_norm)chosen;
    return EXIT_FINE;
}

int set_once(const char *option, const char **place, const char *value)
{
    if (*place) return trouble("%s is given twice: '%s' and '%s'", option, *place, value);
    *place = value;
    return EXIT_FINE;
}

int drawing_option(drawing *draw, int option, const char *value)
{
    cvh_gaussian *gaussian = &draw->given.gaussian;
    draw->fields |= 1u << (option - OPTION_FIRST_DRAWING);
    switch (option) {
    case OPTION_CONVENTION: return set_once("--convention", &draw->convention, value);
    case OPTION_COCO: return set_once("--coco", &draw->coco, value);
    case OPTION_SIZE: return parse_sides("--size", value, &draw->rows, &draw->cols);
    case OPTION_INPUT: return parse_sides("--input", value, &draw->input_rows, &draw->input_cols);
    case OPTION_SIGMA: return parse_lengths("--sigma", value, &gaussian->sigma_x, &gaussian->sigma_y);
    case OPTION_KSIZE: return parse_lengths("--ksize", value, &gaussian->ksize_x, &gaussian->ksize_y);
    case OPTION_DEPTH: return parse_depth(value, &draw->depth);
    case OPTION_POINT: return add_point(&draw->points, value);
    case OPTION_POINTS: return keypoints_read_csv(&draw->points, value);
    case OPTION_PEAK:
        if (parse_real(value, &gaussian->peak) && gaussian->peak > 0) return EXIT_FINE;
        return trouble("--peak is '%s'; it must be a number > 0", value);
    default: return parse_enumerator(draw, option, value);
    }
}

int tolerance_option(cvh_tolerance *tolerance, int option, const char *value)
{
    int64_t ulps;
    double number;
    if (option == OPTION_ULPS) {
        if (!parse_whole(value, 0, INT64_MAX, &ulps)) return trouble("--ulps is '%s'; it must be a whole number >= 0", value);
        tolerance->ulps = (uint64_t)ulps;
        return EXIT_FINE;
    }
    const char *name = option == OPTION_ATOL ? "--atol" : "--rtol";
    if (!parse_real(value, &number) || !(number >= 0)) return trouble("%s is '%s'; it must be a number >= 0", name, value);
    *(option == OPTION_ATOL ? &tolerance->absolute : &tolerance->relative) = number;
    return EXIT_FINE;
}

bool drawing_given(const drawing *draw, int option)
{
    return draw->fields >> (option - OPTION_FIRST_DRAWING) & 1;
}

/* What an option said replaces what the convention says, after fitting: `--sigma 3` is 3 heatmap pixels. */
static void apply_given(const drawing *draw, cvh_convention *convention)
{
    const cvh_convention *given = &draw->given;
    if (drawing_given(draw, OPTION_METHOD)) convention->method = given->method;
    if (drawing_given(draw, OPTION_ARITHMETIC)) convention->arithmetic = given->arithmetic;
    if (drawing_given(draw, OPTION_BORDER)) convention->border = given->border;
    if (drawing_given(draw, OPTION_OVERLAP)) convention->overlap = given->overlap;
    if (drawing_given(draw, OPTION_NORM)) convention->norm = given->norm;
    if (drawing_given(draw, OPTION_PEAK)) convention->gaussian.peak = given->gaussian.peak;
    if (drawing_given(draw, OPTION_SIGMA)) {
        convention->gaussian.sigma_x = given->gaussian.sigma_x;
        convention->gaussian.sigma_y = given->gaussian.sigma_y;
    }
    if (drawing_given(draw, OPTION_KSIZE)) {
        convention->gaussian.ksize_x = given->gaussian.ksize_x;
        convention->gaussian.ksize_y = given->gaussian.ksize_y;
    }
}

/* The keypoints of --coco, or those of --point and --points, or the tutorial's one. */
static int open_points(drawing *draw, const cvh_convention *convention)
{
    keypoints *points = &draw->points;
    if (draw->coco) {
        if (points->count) return trouble("--coco and --point or --points are both given; only one of them can be drawn");
        if (coco_open(&draw->people, draw->coco)) return EXIT_TROUBLE;
        coco_set_input(&draw->people, draw->input_rows, draw->input_cols, convention->geometry);
        points->group = draw->people.keypoints;
        return keypoints_from_people(points, &draw->people, drawing_slice(draw));
    }
    const cvh_keypoint tutorial = {.x = 24, .y = 32};
    if (points->count == 0 && keypoints_add(points, &tutorial)) return EXIT_TROUBLE;
    return keypoints_ready(points);
}

int drawing_ready(drawing *draw, cvh_convention *convention)
{
    const cvh_convention tutorial = {.gaussian = {.sigma_x = 2, .ksize_x = 15, .peak = 255}, .norm = CVH_NORM_MAX};
    *convention = tutorial;
    if (draw->convention && cvh_convention_find(draw->convention, convention)) return library_trouble();
    if (draw->coco && !draw->input_rows) {
        draw->input_rows = 4 * draw->rows;
        draw->input_cols = 4 * draw->cols;
        if (draw->input_rows > CVH_MAX_SIDE || draw->input_cols > CVH_MAX_SIDE)
            return trouble("--size is %dx%d; 4 times that is no --input, which must be given", draw->rows, draw->cols);
    }
    if (draw->input_rows && cvh_convention_fit(convention, draw->input_rows, draw->input_cols, draw->rows, draw->cols))
        return library_trouble();
    apply_given(draw, convention);
    return open_points(draw, convention);
}

void drawing_free(drawing *draw)
{
    coco_close(&draw->people);
    keypoints_free(&draw->points);
}

int drawing_slice(const drawing *draw)
{
    const size_t sample = draw->depth == CVH_64F ? 8 : 4, map = (size_t)draw->rows * (size_t)draw->cols * sample;
    const int group = draw->points.group, groups = (int)(SLICE_BYTES / map) / group;
    return groups > 0 ? groups * group : group;
}

int print_help(const char *text, const char *more)
{
    fputs(text, stdout);
    fputs(more, stdout);
    return finish_stdout(EXIT_FINE);
}

int no_arguments(int argc, char **argv)
{
    if (optind >= argc) return EXIT_FINE;
    return trouble("%s: '%s' is no option; see cvheatmap %s --help", argv[0], argv[optind], argv[0]);
}

int output_kind_wanted(const char *path, output_kind *kind)
{
    *kind = output_kind_of(path);
    return *kind != OUTPUT_UNKNOWN ? EXIT_FINE : trouble("-o is '%s'; its name must end in .npy or .png", path);
}

int picture_wanted(const char *path)
{
    if (!path || has_extension(path, ".png")) return EXIT_FINE;
    return trouble("-o is '%s'; this command writes a picture, whose name must end in .png", path);
}

static void append(char *text, size_t size, const char *name, double first, double second)
{
    const size_t length = strlen(text);
    snprintf(text + length, size - length, "   %s %s%s%s", name, number_shortest(first).text, second != 0 ? "," : "",
             second != 0 ? number_shortest(second).text : "");
}

void describe_drawing(const drawing *draw, const cvh_convention *convention, const char *method, char *text, size_t size)
{
    const cvh_gaussian *gaussian = &convention->gaussian;
    snprintf(text, size, "%dx%d %s   %s", draw->rows, draw->cols, depth_name(draw->depth), method);
    if (draw->points.maps > 1 && !draw->coco)
        snprintf(text + strlen(text), size - strlen(text), "   %lld maps", (long long)draw->points.maps);
    if (gaussian->ksize_x != 0) append(text, size, "ksize", gaussian->ksize_x, gaussian->ksize_y);
    if (gaussian->sigma_x != 0) append(text, size, "sigma", gaussian->sigma_x, gaussian->sigma_y);
    if (gaussian->peak != 0) append(text, size, "peak", gaussian->peak, 0);
    snprintf(text + strlen(text), size - strlen(text), "   norm %s", name_of(norm_names, convention->norm));
    if (convention->border)
        snprintf(text + strlen(text), size - strlen(text), "   border %s", name_of(border_names, convention->border));
}

cvh_keypoint mark_of(const cvh_convention *convention, const cvh_keypoint *point)
{
    const double scale_x = convention->scale_x != 0 ? convention->scale_x : 1;
    const double scale_y = convention->scale_y != 0 ? convention->scale_y : 1;
    return (cvh_keypoint){
        .x = scale_x * point->x + convention->offset_x,
        .y = scale_y * point->y + convention->offset_y,
    };
}
