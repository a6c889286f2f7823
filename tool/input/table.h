/* SPDX-License-Identifier: Apache-2.0
 * Keypoints out of a table: a row a keypoint, or a row an instance with all its keypoints. */
#ifndef CVHEATMAP_TOOL_TABLE_H
#define CVHEATMAP_TOOL_TABLE_H

#include "input/list.h"

/* Reads a table of a row a keypoint into `points`, and leaves *wide alone; of a table of a row an instance it makes *wide,
 * which reads a row at a time. path "-" is standard input. */
int table_read(const char *path, const reading *how, list *points, source **wide);

#endif
