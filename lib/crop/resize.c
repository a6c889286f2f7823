/* SPDX-License-Identifier: Apache-2.0
 * imgproc/src/resize.cpp of OpenCV 4 and 5. Weights are 2048ths: along a row first, then across, where the sum of a row is cut
 * to a 16th and each product to 2^-16; so a sample is up to 0.75 off the exact mean. */
#include "crop/resize.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/maps.h"

enum { UNIT = 2048, TILE = 256 };

/* Two samples of an axis and their weights. */
typedef struct taps {
    int first, second, w_first, w_second;
} taps;

/* scale = 1 / (n / N); f = (float)((j + 1/2) scale - 1/2), which is from -1/2 to N - 1/2. */
static taps taps_of(int j, int target, int source, bool keeps_part)
{
    double scale = 1 / ((double)target / source);
    float at = (float)((j + 0.5) * scale - 0.5);
    int first = (int)floorf(at);
    float part = at - (float)first;
    if (!keeps_part && (first < 0 || first >= source - 1)) part = 0; /* columns; rows keep it, with both samples at the edge */
    int second = first + 1;
    return (taps){.first = first < 0 ? 0 : first,
                  .second = second < source ? second : source - 1,
                  .w_first = (int)rintf((1 - part) * UNIT),
                  .w_second = (int)rintf(part * UNIT)};
}

/* A byte: weights are not negative, and rounded one by one they sum to 2049 at most, which makes less than 256 of 255s. */
static int across(const taps *y, int above, int under)
{
    return ((y->w_first * (above >> 4) >> 16) + (y->w_second * (under >> 4) >> 16) + 2) >> 2;
}

static void resize_tile(const cvh_maps *photo, const cvh_maps *input, int map, int first, int count)
{
    taps x[TILE];
    for (int i = 0; i < count; i++) x[i] = taps_of(first + i, input->cols, photo->cols, false);
    for (int row = 0; row < input->rows; row++) {
        taps y = taps_of(row, input->rows, photo->rows, true);
        const unsigned char *above = cvh_row_at(photo, map, y.first), *under = cvh_row_at(photo, map, y.second);
        unsigned char *to = cvh_sample_at(input, map, row, first);
        for (int i = 0; i < count; i++) {
            size_t a = (size_t)x[i].first * photo->col_step, b = (size_t)x[i].second * photo->col_step;
            int upper = above[a] * x[i].w_first + above[b] * x[i].w_second;
            int lower = under[a] * x[i].w_first + under[b] * x[i].w_second;
            to[(size_t)i * input->col_step] = (unsigned char)across(&y, upper, lower);
        }
    }
}

/* Exactly half on both axes: the mean of four, rounded half up by OpenCV's vector loop, half to even by its plain one, which
 * serves other numbers of channels than 1, 3 and 4. */
static unsigned char mean_of(int sum, bool half_up)
{
    int down = sum >> 2, part = sum & 3;
    return (unsigned char)(part == 2 && !half_up ? down + (down & 1) : (sum + 2) >> 2);
}

static void halve(const cvh_maps *photo, const cvh_maps *input, int map)
{
    const bool half_up = input->count == 1 || input->count == 3 || input->count == 4;
    size_t step = photo->col_step;
    for (int row = 0; row < input->rows; row++) {
        const unsigned char *above = cvh_row_at(photo, map, 2 * row), *under = cvh_row_at(photo, map, 2 * row + 1);
        unsigned char *to = cvh_row_at(input, map, row);
        for (int col = 0; col < input->cols; col++, above += 2 * step, under += 2 * step)
            to[(size_t)col * input->col_step] = mean_of(above[0] + above[step] + under[0] + under[step], half_up);
    }
}

static void copy(const cvh_maps *photo, const cvh_maps *input, int map)
{
    for (int row = 0; row < input->rows; row++)
        for (int col = 0; col < input->cols; col++)
            *(unsigned char *)cvh_sample_at(input, map, row, col) = *(unsigned char *)cvh_sample_at(photo, map, row, col);
}

void cvh_resize8u(const cvh_maps *photo, const cvh_maps *input)
{
    bool same = photo->rows == input->rows && photo->cols == input->cols;
    bool half = photo->rows == 2 * input->rows && photo->cols == 2 * input->cols;
    for (int map = 0; map < input->count; map++)
        if (same)
            copy(photo, input, map);
        else if (half)
            halve(photo, input, map);
        else
            for (int first = 0; first < input->cols; first += TILE)
                resize_tile(photo, input, map, first, input->cols - first < TILE ? input->cols - first : TILE);
}
