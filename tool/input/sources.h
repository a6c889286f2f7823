/* SPDX-License-Identifier: Apache-2.0
 * What to draw: the options that name keypoints, and the source that they make. */
#ifndef CVHEATMAP_TOOL_SOURCES_H
#define CVHEATMAP_TOOL_SOURCES_H

#include "base/arguments.h"
#include "input/source.h"

/* clang-format off */
#define SOURCE_OPTIONS                                            \
    {"point", required_argument, NULL, OPTION_POINT},             \
    {"points", required_argument, NULL, OPTION_POINTS},           \
    {"coco", required_argument, NULL, OPTION_COCO},               \
    {"absent", required_argument, NULL, OPTION_ABSENT},           \
    {"min-score", required_argument, NULL, OPTION_MIN_SCORE},     \
    {"column-x", required_argument, NULL, OPTION_COLUMN_X},       \
    {"column-y", required_argument, NULL, OPTION_COLUMN_Y},       \
    {"category", required_argument, NULL, OPTION_CATEGORY},       \
    {"strict", no_argument, NULL, OPTION_STRICT},                 \
    {"whole-image", no_argument, NULL, OPTION_WHOLE_IMAGE},       \
    {"boxes", no_argument, NULL, OPTION_BOXES}
/* clang-format on */

extern const char sources_help[];

/* One --point or --points, in the order of the command line. */
typedef struct named_points {
    const char *path; /* NULL: a point */
    cvh_keypoint point;
} named_points;

typedef struct sources {
    named_points *given;
    size_t count;
    const char *coco;
    reading how;
} sources;

sources sources_start(void);
int sources_option(sources *what, int option, const char *value);

/* Opens what the options named; the tutorial's keypoint where they named nothing. `what` stays while *out is in use. */
int sources_open(sources *what, source **out);

void sources_free(sources *what);

#endif
