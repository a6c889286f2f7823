/* SPDX-License-Identifier: Apache-2.0
 * How to read maps: the options that choose a decoder and change its numbers. */
#ifndef CVHEATMAP_TOOL_DECODING_H
#define CVHEATMAP_TOOL_DECODING_H

#include "base/arguments.h"

/* clang-format off */
#define DECODING_OPTIONS                                        \
    {"convention", required_argument, NULL, OPTION_CONVENTION}, \
    {"input", required_argument, NULL, OPTION_INPUT},           \
    {"decoder", required_argument, NULL, OPTION_DECODER},       \
    {"threshold", required_argument, NULL, OPTION_THRESHOLD},   \
    {"radius", required_argument, NULL, OPTION_RADIUS},         \
    {"margin", required_argument, NULL, OPTION_MARGIN},         \
    {"max-peaks", required_argument, NULL, OPTION_MAX_PEAKS},   \
    {"sigma", required_argument, NULL, OPTION_SIGMA},           \
    {"window", required_argument, NULL, OPTION_WINDOW},         \
    {"shift", required_argument, NULL, OPTION_SHIFT},           \
    {"score", required_argument, NULL, OPTION_SCORE}
/* clang-format on */

extern const char decoding_help[];

typedef struct decoding {
    const char *convention_name, *decoder_name; /* as given, or NULL */
    int input_rows, input_cols;                 /* 0: heatmap pixels */
    cvh_decoder given;                          /* the numbers that an option set, */
    cvh_gaussian gaussian;
    unsigned fields; /* and which they are: bit (option - OPTION_FIRST_DECODER); bit 31: sigma */
    /* once it is ready */
    cvh_decoder decoder;
    cvh_convention convention; /* it refers to the decoder: a decoding stays where it is */
    const char *name;          /* of the decoder */
} decoding;

int decoding_option(decoding *how, int option, const char *value);

/* What the options say of SimCC's vectors: sigma, in bins, where it is read, and the threshold. */
int decoding_simcc(const decoding *how, cvh_simcc *simcc);

/* Builds convention and decoder for maps of this size. */
int decoding_ready(decoding *how, int rows, int cols);

#endif
