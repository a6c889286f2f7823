/* SPDX-License-Identifier: Apache-2.0
 * A picture of what was drawn: all maps of a list in one panel; of people, rows or images a panel each. */
#ifndef CVHEATMAP_TOOL_SHEET_H
#define CVHEATMAP_TOOL_SHEET_H

#include "input/drawing.h"
#include "output/picture.h"

typedef struct sheet {
    panel *panels;
    char (*titles)[32];
    cvh_keypoint *marks; /* of all panels, in heatmap pixels */
    size_t mark_count;
    int count;
} sheet;

/* Refuses more panels than a picture shows. */
int sheet_check(const source *from);

/* one: all groups in one panel. */
int sheet_open(sheet *drawn, const drawing *draw, bool one);
int sheet_add(sheet *drawn, const cvh_maps *maps, int64_t index, const placed *group);
int sheet_save(sheet *drawn, const drawing *draw, const char *path);
void sheet_close(sheet *drawn);

#endif
