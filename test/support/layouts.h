/* SPDX-License-Identifier: Apache-2.0
 * Maps in every memory layout that a view can describe, in memory filled with a pattern, so that a byte written between or
 * beside the samples shows. */
#ifndef CVH_TEST_LAYOUTS_H
#define CVH_TEST_LAYOUTS_H

#include <stdlib.h>
#include <string.h>

#include "support/support.h"

typedef enum layout {
    LAYOUT_PACKED,      /* [map][row][col] */
    LAYOUT_PADDED,      /* the same, 3 samples behind each row and 5 behind each map */
    LAYOUT_INTERLEAVED, /* [row][col][map] */
    LAYOUT_TRANSPOSED,  /* [map][col][row] */
    LAYOUT_ROWS_FIRST,  /* [row][map][col] */
    LAYOUT_COLS_FIRST,  /* [col][row][map] */
    LAYOUT_SPARSE,      /* [map][row][col], every second sample */
    LAYOUTS
} layout;

static const char *const layout_names[LAYOUTS] = {"packed",     "padded",        "interleaved", "transposed",
                                                  "rows first", "columns first", "sparse"};

typedef struct laid_out {
    cvh_maps maps;
    unsigned char *block, *samples; /* the memory, and 1 for each byte of it that belongs to a sample */
    size_t bytes;
} laid_out;

enum { LAYOUT_MARGIN = 64, LAYOUT_PATTERN = 0x5A };

static inline void layout_steps(layout kind, cvh_maps *maps, size_t size)
{
    size_t count = (size_t)maps->count, rows = (size_t)maps->rows, cols = (size_t)maps->cols;
    const size_t steps[LAYOUTS][3] = {
        {rows * cols, cols, 1},         {rows * (cols + 3) + 5, cols + 3, 1},
        {1, cols * count, count},       {rows * cols, 1, rows},
        {cols, count * cols, 1},        {1, count, rows * count},
        {2 * rows * cols, 2 * cols, 2},
    };
    maps->map_step = steps[kind][0] * size;
    maps->row_step = steps[kind][1] * size;
    maps->col_step = steps[kind][2] * size;
}

static inline unsigned char *layout_at(const cvh_maps *maps, int map, int row, int col)
{
    return (unsigned char *)maps->data + (size_t)map * maps->map_step + (size_t)row * maps->row_step
           + (size_t)col * maps->col_step;
}

static inline laid_out laid_out_new(layout kind, int count, int rows, int cols, cvh_depth depth)
{
    size_t size = size_of(depth);
    laid_out made;
    made.maps = cvh_maps_view(NULL, count, rows, cols, depth);
    layout_steps(kind, &made.maps, size);
    made.bytes = 2 * LAYOUT_MARGIN
                 + 2 * size * ((size_t)rows * (size_t)(cols + 3) + 5) * (size_t)count; /* the roomiest two, and margins */
    made.block = (unsigned char *)malloc(made.bytes);
    made.samples = (unsigned char *)calloc(1, made.bytes);
    ck_assert_ptr_nonnull(made.block);
    ck_assert_ptr_nonnull(made.samples);
    memset(made.block, LAYOUT_PATTERN, made.bytes);
    made.maps.data = made.block + LAYOUT_MARGIN;
    for (int map = 0; map < count; map++)
        for (int row = 0; row < rows; row++)
            for (int col = 0; col < cols; col++)
                memset(made.samples + (layout_at(&made.maps, map, row, col) - made.block), 1, size);
    return made;
}

/* True if no byte that belongs to no sample was written. */
static inline bool laid_out_gaps_intact(const laid_out *made)
{
    for (size_t i = 0; i < made->bytes; i++)
        if (!made->samples[i] && made->block[i] != LAYOUT_PATTERN) return false;
    return true;
}

/* The number of samples whose bytes differ. */
static inline int laid_out_differing(const cvh_maps *a, const cvh_maps *b)
{
    int differing = 0;
    size_t size = size_of(a->depth);
    for (int map = 0; map < a->count; map++)
        for (int row = 0; row < a->rows; row++)
            for (int col = 0; col < a->cols; col++)
                differing += memcmp(layout_at(a, map, row, col), layout_at(b, map, row, col), size) != 0;
    return differing;
}

static inline void laid_out_free(laid_out *made)
{
    free(made->block);
    free(made->samples);
}

#endif
