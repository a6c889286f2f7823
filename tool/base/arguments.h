/* SPDX-License-Identifier: Apache-2.0
 * getopt_long's answers and complaints in our words, and the arguments that several commands take. */
#ifndef CVHEATMAP_TOOL_ARGUMENTS_H
#define CVHEATMAP_TOOL_ARGUMENTS_H

#include <getopt.h>

#include "base/tool.h"

/* What getopt_long returns for each option; those of one kind lie between two marks. */
enum {
    OPTION_HELP = 'h',
    OPTION_OUTPUT = 'o',
    OPTION_FIRST_DRAWING = 256, /* input/drawing.h */
    OPTION_CONVENTION = OPTION_FIRST_DRAWING,
    OPTION_METHOD,
    OPTION_SIZE,
    OPTION_INPUT,
    OPTION_SIGMA,
    OPTION_KSIZE,
    OPTION_PEAK,
    OPTION_BORDER,
    OPTION_OVERLAP,
    OPTION_NORM,
    OPTION_DEPTH,
    OPTION_ARITHMETIC,
    OPTION_RULE,
    OPTION_FIRST_SOURCE, /* input/sources.h */
    OPTION_POINT = OPTION_FIRST_SOURCE,
    OPTION_POINTS,
    OPTION_COCO,
    OPTION_ABSENT,
    OPTION_MIN_SCORE,
    OPTION_COLUMN_X,
    OPTION_COLUMN_Y,
    OPTION_CATEGORY,
    OPTION_STRICT,
    OPTION_WHOLE_IMAGE,
    OPTION_BOXES,
    OPTION_END_SOURCE,
    OPTION_FIRST_TENSOR = OPTION_END_SOURCE, /* input/tensor.h */
    OPTION_LAYOUT = OPTION_FIRST_TENSOR,
    OPTION_SCALE,
    OPTION_ZERO,
    OPTION_SIGMOID,
    OPTION_FIRST_DECODER, /* input/decoding.h */
    OPTION_DECODER = OPTION_FIRST_DECODER,
    OPTION_THRESHOLD,
    OPTION_RADIUS,
    OPTION_MARGIN,
    OPTION_MAX_PEAKS,
    OPTION_WINDOW,
    OPTION_SHIFT,
    OPTION_SCORE,
    OPTION_FIRST_PICTURE, /* output/look.h */
    OPTION_RAW = OPTION_FIRST_PICTURE,
    OPTION_BITS,
    OPTION_COLORMAP,
    OPTION_OVER,
    OPTION_ALPHA,
    OPTION_END_PICTURE,
    OPTION_ATOL = OPTION_END_PICTURE,
    OPTION_RTOL,
    OPTION_ULPS,
    OPTION_JSON,
    OPTION_PEAKS,
    OPTION_PEOPLE,
    OPTION_BACKGROUND,
    OPTION_QUIET,
    OPTION_BOX,
    OPTION_OFFSETS,
    OPTION_ROTATION,
    OPTION_KEEP,
    OPTION_OFFSET_ORDER,
    OPTION_END
};

/* A set of those that have no letter. */
#define OPTION_BIT(option) ((uint64_t)1 << ((option)-OPTION_FIRST_DRAWING))
_Static_assert(OPTION_END - OPTION_FIRST_DRAWING <= 64, "an option a bit");

/* clang-format off */
#define TOLERANCE_OPTIONS                           \
    {"atol", required_argument, NULL, OPTION_ATOL}, \
    {"rtol", required_argument, NULL, OPTION_RTOL}, \
    {"ulps", required_argument, NULL, OPTION_ULPS}
#define COMMON_OPTIONS                          \
    {"quiet", no_argument, NULL, OPTION_QUIET}, \
    {"help", no_argument, NULL, OPTION_HELP},   \
    {NULL, 0, NULL, 0}
/* clang-format on */

/* The next option as getopt_long returns it; what it does not know is reported and ends as '?'. --quiet is done here. */
int next_option(int argc, char **argv, const struct option *options);

/* Adds what next_option returned to a set; a letter stays out. Refuses the first option of a set that is not in another:
 * "--NAME has no meaning WHERE". */
void option_add(uint64_t *set, int option);
int options_only(const struct option *options, uint64_t given, uint64_t allowed, const char *where);

/* Sets *place, an option's text, unless the option came before. */
int set_once(const char *option, const char **place, const char *value);

/* Takes one of --atol, --rtol, --ulps. */
int tolerance_option(cvh_tolerance *tolerance, int option, const char *value);

/* Refuses arguments that are not options. */
int no_arguments(int argc, char **argv);

/* ROWSxCOLS; a number; a number, or two with a comma between; a whole number: reported where it is something else. */
int parse_sides(const char *option, const char *text, int *rows, int *cols);
int parse_number(const char *option, const char *text, double *value);
int parse_lengths(const char *option, const char *text, double *first, double *second);
int parse_count(const char *option, const char *text, int least, int most, int *value);

/* Prints help texts to stdout, one after the other; the list ends with NULL. */
int print_help(const char *const *texts);

#endif
