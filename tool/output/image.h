/* SPDX-License-Identifier: Apache-2.0
 * Many maps seen as one: the largest value at each pixel, so that nothing that any map shows can hide. */
#ifndef CVHEATMAP_TOOL_IMAGE_H
#define CVHEATMAP_TOOL_IMAGE_H

#include "base/tool.h"

typedef struct image {
    int rows, cols;
    double *values; /* [rows][cols]; -INFINITY where no map was added, NaN where one is NaN */
    double *room;   /* for the values of two maps */
} image;

int image_open(image *seen, int rows, int cols);
void image_close(image *seen);

/* Adds maps of the image's size, of any depth, layout and scale. */
int image_add(image *seen, const cvh_maps *maps);

/* Adds |actual - expected|: 0 where both are equal or NaN, NaN where one of them is. */
int image_add_difference(image *seen, const cvh_maps *expected, const cvh_maps *actual);

/* The least sample of all the maps, NaN and infinities aside, where it is below *least. */
int image_least(const image *room, const cvh_maps *maps, double *least);

/* The least and the largest finite value; 0 and 0 where there is none. */
void image_range(const image *seen, double *least, double *largest);

#endif
