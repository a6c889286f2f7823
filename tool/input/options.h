/* SPDX-License-Identifier: Apache-2.0
 * The options that say how to draw, shared by the commands, and getopt_long's complaints in our words. */
#ifndef CVHEATMAP_TOOL_OPTIONS_H
#define CVHEATMAP_TOOL_OPTIONS_H

#include <getopt.h>

#include "input/coco.h"
#include "input/keypoints.h"
#include "output/output.h"
#include "tool.h"

/* What getopt_long returns for each option; the drawing options lie between the two marks. */
enum {
    OPTION_HELP = 'h',
    OPTION_OUTPUT = 'o',
    OPTION_FIRST_DRAWING = 256,
    OPTION_CONVENTION = OPTION_FIRST_DRAWING,
    OPTION_METHOD,
    OPTION_ARITHMETIC,
    OPTION_SIZE,
    OPTION_INPUT,
    OPTION_SIGMA,
    OPTION_KSIZE,
    OPTION_PEAK,
    OPTION_BORDER,
    OPTION_OVERLAP,
    OPTION_NORM,
    OPTION_DEPTH,
    OPTION_POINT,
    OPTION_POINTS,
    OPTION_COCO,
    OPTION_END_DRAWING,
    OPTION_ATOL = OPTION_END_DRAWING,
    OPTION_RTOL,
    OPTION_ULPS,
    OPTION_JSON,
    OPTION_PEAKS
};

/* clang-format off */
#define DRAWING_OPTIONS                                   \
    {"convention", required_argument, NULL, OPTION_CONVENTION}, \
    {"size", required_argument, NULL, OPTION_SIZE},       \
    {"input", required_argument, NULL, OPTION_INPUT},     \
    {"sigma", required_argument, NULL, OPTION_SIGMA},     \
    {"ksize", required_argument, NULL, OPTION_KSIZE},     \
    {"peak", required_argument, NULL, OPTION_PEAK},       \
    {"border", required_argument, NULL, OPTION_BORDER},   \
    {"overlap", required_argument, NULL, OPTION_OVERLAP}, \
    {"norm", required_argument, NULL, OPTION_NORM},       \
    {"depth", required_argument, NULL, OPTION_DEPTH},     \
    {"point", required_argument, NULL, OPTION_POINT},     \
    {"points", required_argument, NULL, OPTION_POINTS},   \
    {"coco", required_argument, NULL, OPTION_COCO}
#define TOLERANCE_OPTIONS                           \
    {"atol", required_argument, NULL, OPTION_ATOL}, \
    {"rtol", required_argument, NULL, OPTION_RTOL}, \
    {"ulps", required_argument, NULL, OPTION_ULPS}
#define COMMON_OPTIONS                                \
    {"output", required_argument, NULL, OPTION_OUTPUT}, \
    {"help", no_argument, NULL, OPTION_HELP},         \
    {NULL, 0, NULL, 0}
/* clang-format on */

/* What the drawing options describe, for --help. */
extern const char drawing_help[];

typedef struct drawing {
    int rows, cols, input_rows, input_cols; /* input 0: not given */
    cvh_depth depth;
    const char *convention, *coco;
    cvh_convention given; /* the fields that an option set, */
    unsigned fields;      /* and which they are: bit (option - OPTION_FIRST_DRAWING) */
    keypoints points;
    coco people; /* that --coco opened; points refers to it, so a drawing stays where it is once it is ready */
} drawing;

drawing drawing_start(void);

/* The next option as getopt_long returns it; what it does not know is reported and ends as '?'. */
int next_option(int argc, char **argv, const struct option *options);

/* Sets *place, an option's text, unless the option came before. */
int set_once(const char *option, const char **place, const char *value);

/* Takes one drawing option. */
int drawing_option(drawing *draw, int option, const char *value);

/* Takes one of --atol, --rtol, --ulps. */
int tolerance_option(cvh_tolerance *tolerance, int option, const char *value);

bool drawing_given(const drawing *draw, int option);

/* Once all options are read: opens what the keypoints come from and builds the convention: the named one, or the tutorial's
 * numbers, fitted to the input, and then what the options say. */
int drawing_ready(drawing *draw, cvh_convention *convention);

void drawing_free(drawing *draw);

/* How many maps of these to hold at a time: about a megabyte, whole people. */
int drawing_slice(const drawing *draw);

/* Refuses arguments that are not options. */
int no_arguments(int argc, char **argv);

/* What -o names: .npy or .png; or, for the commands that write nothing else, a picture (path may be NULL). */
int output_kind_wanted(const char *path, output_kind *kind);
int picture_wanted(const char *path);

/* ROWSxCOLS, reported where it is something else. */
int parse_sides(const char *option, const char *text, int *rows, int *cols);

/* A keypoint in heatmap pixels, for a picture. */
cvh_keypoint mark_of(const cvh_convention *convention, const cvh_keypoint *point);

/* Size, method, lengths and rules in one line, for pictures. */
void describe_drawing(const drawing *draw, const cvh_convention *convention, const char *method, char *text, size_t size);

/* Prints a help text to stdout. */
int print_help(const char *text, const char *more);

#endif
