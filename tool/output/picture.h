/* SPDX-License-Identifier: Apache-2.0
 * A picture of heatmaps: titled panels with axes, the keypoints marked, scales of values, a verdict below. */
#ifndef CVHEATMAP_TOOL_PICTURE_H
#define CVHEATMAP_TOOL_PICTURE_H

#include "output/image.h"

/* One image on the HOT ramp, from black at `least` to white at `largest`. */
typedef struct panel {
    const char *title;
    image seen;
    double least, largest;
    bool scale;                /* show the values beside it */
    const char *note;          /* across the panel, or NULL */
    const cvh_keypoint *marks; /* in heatmap pixels */
    size_t mark_count;
} panel;

typedef struct picture {
    const char *heading, *details; /* above */
    const panel *panels;           /* all of one size */
    int count, across;             /* panels, and how many of them stand in a row */
    const char *text;              /* the verdict, below; NULL: none */
    bool agree;                    /* which one it is */
} picture;

int picture_save(const picture *shown, const char *path);

#endif
