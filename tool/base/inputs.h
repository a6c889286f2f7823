/* SPDX-License-Identifier: Apache-2.0
 * Which files are read, so that none of them is written over. */
#ifndef CVHEATMAP_TOOL_INPUTS_H
#define CVHEATMAP_TOOL_INPUTS_H

#include <sys/stat.h>

#include "base/tool.h"

void input_note(const char *path);
bool input_is(const struct stat *status);

#endif
