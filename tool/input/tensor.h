/* SPDX-License-Identifier: Apache-2.0
 * Maps out of a .npy file, in whichever order their sides lie. */
#ifndef CVHEATMAP_TOOL_TENSOR_H
#define CVHEATMAP_TOOL_TENSOR_H

#include "base/arguments.h"
#include "base/layout.h"

/* clang-format off */
#define TENSOR_OPTIONS                                  \
    {"layout", required_argument, NULL, OPTION_LAYOUT}, \
    {"scale", required_argument, NULL, OPTION_SCALE},   \
    {"zero", required_argument, NULL, OPTION_ZERO},     \
    {"sigmoid", no_argument, NULL, OPTION_SIGMOID}
/* clang-format on */

extern const char tensor_help[];

/* What the options say about it. */
typedef struct tensor_reading {
    int order; /* layout, where it is given */
    bool given;
    double scale, zero; /* value = (sample - zero) * scale; scale 0: 1 */
    bool sigmoid;       /* the values are scores before the sigmoid */
} tensor_reading;

/* A loaded file: images 0..images-1, each `maps` maps. */
typedef struct tensor {
    cvh_maps loaded, first; /* as the library gave it, and image 0 */
    size_t image_step;
    int64_t images;
    bool batched; /* the file has a side for the images */
    int dimensions;
    int64_t sides[8]; /* of the file's array, the last ones */
} tensor;

int tensor_option(tensor_reading *how, int option, const char *value);

/* Loads a file and lays its sides out; remarks where they look like another order than they are taken for. */
int tensor_load(const char *path, const tensor_reading *how, tensor *out);

/* p = 1 / (1 + exp(-v)) of packed 64F values, in place; and v = ln(p / (1 - p)), p kept 1e-6 from 0 and from 1. */
void values_sigmoid(double *values, size_t count);
void values_logit(double *values, size_t count);

/* The maps of one image. */
cvh_maps tensor_image(const tensor *from, int64_t image);

/* --scale and --zero of two files: where one holds whole numbers and the other floats, they are the former's alone. True where
 * both hold whole numbers, and take the same. */
bool tensors_share_scale(tensor *a, tensor *b);

void tensor_free(tensor *from);

#endif
