/* SPDX-License-Identifier: Apache-2.0
 * The peaks that were found, as CSV and as JSON. */
#ifndef CVHEATMAP_TOOL_PEAKS_H
#define CVHEATMAP_TOOL_PEAKS_H

#include <jansson.h>

#include "base/tool.h"

typedef struct peak_list {
    cvh_peak *peaks;
    int *images; /* whose they are */
    size_t count, capacity;
} peak_list;

/* Room for `more` peaks behind those that are kept; NULL, reported, where there is no memory. */
cvh_peak *peaks_room(peak_list *list, size_t more);

/* Keeps the first `count` of them, which are this image's. */
void peaks_keep(peak_list *list, size_t count, int64_t image);

/* group: what the column is called that says whose map it is ("image", "instance"); NULL without such a column. */
void peaks_print(const peak_list *list, const char *group);
json_t *peaks_json(const peak_list *list, const char *group);

void peaks_free(peak_list *list);

#endif
