/* SPDX-License-Identifier: Apache-2.0
 * Keypoints out of a table: a row a keypoint, or a row an instance with all its keypoints. */
#ifndef CVHEATMAP_TOOL_TABLE_H
#define CVHEATMAP_TOOL_TABLE_H

#include "input/list.h"

/* Reads a table of a row a keypoint into `points`, and leaves *own alone. *own is made instead, a source that reads on as it is
 * asked, of a table of a row an instance; and, where the table is `alone` and a file, of one whose rows stand sorted by what
 * they belong to. path "-" is standard input. */
int table_read(const char *path, const reading *how, bool alone, list *points, source **own);

#endif
