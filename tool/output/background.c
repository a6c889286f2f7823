/* SPDX-License-Identifier: Apache-2.0
 * The background's map: OpenPose openpose_caffe_train, src/openpose/oPDataTransformer.cpp, generateLabelMap. */
#include "output/background.h"

int background_check(const cvh_convention *convention)
{
    const double peak = convention->gaussian.peak;
    if (peak == 0 || peak == 1) return EXIT_FINE;
    return trouble("--background is 1 - the largest of the other maps; --peak is %s, it must be 1", number_shortest(peak).text);
}

static double sample_at(const cvh_maps *maps, int map, int row, int col)
{
    const char *at =
        (const char *)maps->data + (size_t)map * maps->map_step + (size_t)row * maps->row_step + (size_t)col * maps->col_step;
    return maps->depth == CVH_32F ? *(const float *)(const void *)at : *(const double *)(const void *)at;
}

static void put_sample(const cvh_maps *maps, int map, int row, int col, double value)
{
    char *at = (char *)maps->data + (size_t)map * maps->map_step + (size_t)row * maps->row_step + (size_t)col * maps->col_step;
    if (maps->depth == CVH_32F)
        *(float *)(void *)at = (float)value;
    else
        *(double *)(void *)at = value;
}

void draw_background(const cvh_maps *maps)
{
    const int last = maps->count - 1;
    for (int row = 0; row < maps->rows; ++row)
        for (int col = 0; col < maps->cols; ++col) {
            double largest = 0;
            for (int map = 0; map < last; ++map) largest = fmax(largest, sample_at(maps, map, row, col));
            put_sample(maps, last, row, col, fmax(0, 1 - largest));
        }
}
