/* SPDX-License-Identifier: Apache-2.0
 * How to draw: the options of it, and the convention that they make. */
#ifndef CVHEATMAP_TOOL_DRAWING_H
#define CVHEATMAP_TOOL_DRAWING_H

#include "base/arguments.h"
#include "input/sources.h"

/* clang-format off */
#define DRAWING_OPTIONS                                         \
    {"convention", required_argument, NULL, OPTION_CONVENTION}, \
    {"size", required_argument, NULL, OPTION_SIZE},             \
    {"input", required_argument, NULL, OPTION_INPUT},           \
    {"sigma", required_argument, NULL, OPTION_SIGMA},           \
    {"ksize", required_argument, NULL, OPTION_KSIZE},           \
    {"peak", required_argument, NULL, OPTION_PEAK},             \
    {"border", required_argument, NULL, OPTION_BORDER},         \
    {"overlap", required_argument, NULL, OPTION_OVERLAP},       \
    {"norm", required_argument, NULL, OPTION_NORM},             \
    {"depth", required_argument, NULL, OPTION_DEPTH},           \
    {"rule", required_argument, NULL, OPTION_RULE}
/* clang-format on */

/* What the drawing options describe, for --help. */
extern const char drawing_help[];

/* What became of the keypoints. */
typedef struct tally {
    int64_t drawn, dropped, off, unlabelled;
    int64_t exchanged;        /* of those that are off: on the map if the input's rows and columns were exchanged */
    int64_t parts, fractions; /* whose x and y are 0..1, and of those, other than 0 and 1 */
} tally;

typedef struct drawing {
    int rows, cols, input_rows, input_cols; /* input 0: not given */
    cvh_depth depth;
    const char *name, *rule_name; /* of the convention and of the crop rule, where they were given */
    cvh_convention given;         /* the fields that an option set, */
    uint64_t fields;              /* and which they are: bit (option - OPTION_FIRST_DRAWING) */
    sources what;
    /* once it is ready */
    cvh_convention named, convention; /* before and after the options */
    cvh_crop_rule rule;
    source *from;
    tally count;
    cvh_keypoint *points; /* room for boxes that became keypoints */
    cvh_gaussian *windows;
    size_t capacity;
} drawing;

/* A group of keypoints, ready for the library. */
typedef struct placed {
    keypoint_group from;
    const cvh_keypoint *points;
    size_t count;
    cvh_crop crop;
    cvh_convention convention; /* it may refer to the crop: a placed group stays where it is */
} placed;

drawing drawing_start(void);

/* Takes one option of drawing or of what to draw. */
int drawing_option(drawing *draw, int option, const char *value);

bool drawing_given(const drawing *draw, int option);

/* Once all options are read: builds the convention (the named one, or the tutorial's numbers, fitted to the input, and then
 * what the options say) and opens what the keypoints come from. The drawing stays where it is. */
int drawing_ready(drawing *draw);

/* The next group. */
int drawing_next(drawing *draw, placed *out);

/* Counts what became of a group's keypoints; weights NULL: nothing was dropped. */
void drawing_count(drawing *draw, const placed *drawn, const float *weights);

/* Says, for stderr, what was left out, if anything was. */
void drawing_remark(const drawing *draw);

void drawing_free(drawing *draw);

#endif
