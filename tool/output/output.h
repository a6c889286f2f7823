/* SPDX-License-Identifier: Apache-2.0
 * Output files that exist under their final name only when they are complete. */
#ifndef CVHEATMAP_TOOL_OUTPUT_H
#define CVHEATMAP_TOOL_OUTPUT_H

#include "base/tool.h"

typedef enum output_kind { OUTPUT_UNKNOWN = 0, OUTPUT_NPY, OUTPUT_PNG } output_kind;

/* By the extension; a pipe or device that has neither extension (/dev/stdout, a fifo) takes .npy. */
output_kind output_kind_of(const char *path);

/* What -o names: .npy or .png; or, for the commands that write nothing else, a picture (path may be NULL). Anything else is
 * reported. */
int output_kind_wanted(const char *path, output_kind *kind);
int picture_wanted(const char *path);

/* True where path ends with `extension`, which includes its dot. */
bool has_extension(const char *path, const char *extension);

/* A file is written under a temporary name beside the final one; pipes and devices are written as they are. */
typedef struct output {
    const char *path;        /* as the user gave it, for messages; must outlive the output */
    char *final, *temporary; /* NULL for pipes and devices */
    int descriptor;
} output;

/* Each of these reports its failure and returns EXIT_TROUBLE; a file that is open under whatever spelling is not opened again.
 * After a failed open there is nothing to discard. */
int output_open(output *out, const char *path);
int output_write(output *out, const void *data, size_t size);
int output_finish(output *out); /* closes, and gives the file its final name; discards on failure */

/* Closes and removes what was written; harmless on one that is zero or finished. */
void output_discard(output *out);

/* From here on SIGINT, SIGTERM and SIGHUP remove the temporary files before they end the program, and a closed pipe or a file
 * beyond the size limit is a failed write. Called once, by main. */
void output_guard_signals(void);

#endif
