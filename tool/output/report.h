/* SPDX-License-Identifier: Apache-2.0
 * A comparison's report as text and as JSON. */
#ifndef CVHEATMAP_TOOL_REPORT_H
#define CVHEATMAP_TOOL_REPORT_H

#include <jansson.h>

#include "output/picture.h"

/* What was compared: the two names, and the shape of both. */
typedef struct compared {
    const char *expected, *actual;
    int64_t maps;
    int rows, cols;
    cvh_depth depth;
    cvh_tolerance tolerance;
    const char *arithmetic; /* of the OpenCV that is installed, which the patch has too; NULL: nobody drew */
    json_t *drawn;          /* for the JSON report, which releases it: with which numbers it was drawn; NULL: nothing was */
} compared;

/* Prints it and returns EXIT_FINE where all samples agree, EXIT_DIFFERENT where one does not. */
int report_print(const compared *what, const cvh_report *report, bool json);

/* Joins the report of a later group, whose maps start at `first`, to that of the groups before. */
void report_join(cvh_report *all, const cvh_report *slice, int64_t first);

/* A picture of both and of their difference, with the verdict below. The images may be one (expected == actual is fine). */
typedef struct report_images {
    image expected, actual, difference;
} report_images;

int report_images_open(report_images *images, int rows, int cols);
int report_images_add(report_images *images, const cvh_maps *expected, const cvh_maps *actual);
void report_images_close(report_images *images);

int report_picture(const compared *what, const cvh_report *report, const report_images *images, const cvh_keypoint *marks,
                   size_t mark_count, const char *heading, const char *details, const char *path);

#endif
