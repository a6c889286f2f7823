/* SPDX-License-Identifier: Apache-2.0
 * encode and decode of SimCC's vectors, two files instead of one. */
#ifndef CVHEATMAP_TOOL_SIMCC_H
#define CVHEATMAP_TOOL_SIMCC_H

#include "input/decoding.h"
#include "input/drawing.h"
#include "input/framing.h"
#include "input/tensor.h"

/* True for the names of SimCC's conventions: they begin with simcc, or are a project's that no convention of maps has. */
bool is_simcc(const char *name);

/* Reads X.npy and Y.npy and prints the keypoints; `path`, or NULL, is that of COCO results beside. */
int decode_simcc(const decoding *how, const tensor_reading *stored, framing *where, bool json, const char *path, char **files);

/* Draws X.npy,Y.npy, whose names stand in `paths`. */
int encode_simcc(drawing *draw, const char *paths, bool json);

#endif
