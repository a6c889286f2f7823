/* SPDX-License-Identifier: Apache-2.0
 * What kind of picture -o OUT.png is: framed, plain, or over a photograph. */
#ifndef CVHEATMAP_TOOL_LOOK_H
#define CVHEATMAP_TOOL_LOOK_H

#include "base/arguments.h"
#include "output/image.h"
#include "output/output.h"

/* clang-format off */
#define LOOK_OPTIONS                                        \
    {"raw", no_argument, NULL, OPTION_RAW},                 \
    {"bits", required_argument, NULL, OPTION_BITS},         \
    {"colormap", required_argument, NULL, OPTION_COLORMAP}, \
    {"over", required_argument, NULL, OPTION_OVER},         \
    {"alpha", required_argument, NULL, OPTION_ALPHA}
/* clang-format on */

extern const char look_help[];

typedef struct look {
    bool raw, bits_given, alpha_given;
    int bits, colormap; /* the latter in colormap_names */
    const char *over;
    double alpha;
} look;

look look_start(void);
int look_option(look *how, int option, const char *value);

/* Refuses what does not go together, and pictures of a build without OpenCV. */
int look_check(const look *how, output_kind kind);

/* Writes the map itself, a pixel a sample: 0..peak is black to white. */
int look_save_raw(const look *how, const image *seen, double peak, const char *path);

/* Lays the map over the photograph, keypoints included. `convention` says how its pixels lie in the network's input, or in the
 * photograph where it has a crop; an input without a crop is the photograph, whatever its size. */
int look_save_over(const look *how, const image *seen, double peak, const cvh_convention *convention, int input_rows,
                   int input_cols, const cvh_keypoint *marks, size_t mark_count, const char *path);

#endif
