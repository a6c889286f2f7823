/* SPDX-License-Identifier: Apache-2.0
 * Which part of which photograph each image of a tensor was cut from. */
#ifndef CVHEATMAP_TOOL_FRAMING_H
#define CVHEATMAP_TOOL_FRAMING_H

#include "base/arguments.h"
#include "input/source.h"

/* clang-format off */
#define FRAMING_OPTIONS                                   \
    {"coco", required_argument, NULL, OPTION_COCO},       \
    {"box", required_argument, NULL, OPTION_BOX},         \
    {"rule", required_argument, NULL, OPTION_RULE},       \
    {"category", required_argument, NULL, OPTION_CATEGORY}, \
    {"whole-image", no_argument, NULL, OPTION_WHOLE_IMAGE}
/* clang-format on */

extern const char framing_help[];

typedef struct framing {
    const char *coco, *box_text, *rule_name; /* as given, or NULL */
    reading how;
    cvh_crop_rule rule;
    source *people; /* of --coco */
    /* of the image that is read */
    keypoint_group now;
    cvh_crop crop;
} framing;

framing framing_start(void);
int framing_option(framing *where, int option, const char *value);

/* True where photographs were named: peaks are then told in their pixels. */
bool framing_is_given(const framing *where);

/* Opens what was named; the rule is the convention's own where none was given. */
int framing_open(framing *where, const char *convention);

/* The crop of the next image. */
int framing_next(framing *where, int input_rows, int input_cols);

void framing_close(framing *where);

/* X,Y,WIDTH,HEIGHT */
int parse_box(const char *text, cvh_rect *box);

#endif
