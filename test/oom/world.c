/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "world.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../support/unknown.h"

enum { PATTERN = 0xA5 };

const cvh_keypoint world_points[WORLD_POINTS] = {
    {.x = 11, .y = 7}, {.x = 3.4, .y = 30.6, .map = 1}, {.x = 38, .y = 39, .map = 1}};

const cvh_convention world_plain = {
    .gaussian = {.sigma_x = 2, .ksize_x = 15, .peak = 255}, .norm = CVH_NORM_MAX, .border = CVH_BORDER_REFLECT_101};
const cvh_convention world_blurred = {
    .method = CVH_METHOD_BLUR, .gaussian = {.sigma_x = 2, .ksize_x = 15, .peak = 255}, .norm = CVH_NORM_MAX};
const cvh_convention world_asking = {.gaussian = {.sigma_x = 3, .ksize_x = 17},
                                     .border = CVH_BORDER_REFLECT,
                                     .norm = CVH_NORM_KERNEL,
                                     .arithmetic = CVH_ARITHMETIC_OPENCV};

cvh_maps world_packed(double *samples, cvh_depth depth)
{
    return cvh_maps_view(samples, 2, 40, 40, depth);
}

cvh_maps world_interleaved(double *samples)
{
    return cvh_maps_interleaved(samples, 2, 40, 40, CVH_32F, 0);
}

void world_fill(world *w, const char *path)
{
    memset(w, PATTERN, sizeof *w);
    memset(w->samples, 0, sizeof w->samples);
    float *samples = (float *)w->samples;
    for (int map = 0; map < 2; map++)
        for (int row = 0; row < 40; row++)
            for (int col = 0; col < 40; col++)
                samples[(map * 40 + row) * 40 + col] =
                    (float)exp(-((row - 9) * (row - 9) + (col - 21 - map) * (col - 21 - map)) / 8.0);
    memset(w->results, 0, sizeof w->results);
    memset(w->wide, 0, sizeof w->wide);
    w->text = NULL;
    snprintf(w->path, sizeof w->path, "%s", path);
}

static bool all_pattern(const unsigned char *bytes)
{
    for (int i = 0; i < WORLD_GUARD; i++)
        if (bytes[i] != PATTERN) return false;
    return true;
}

bool world_guards_intact(const world *w)
{
    return all_pattern(w->before) && all_pattern(w->behind_samples) && all_pattern(w->behind_results)
           && all_pattern(w->behind_wide) && all_pattern(w->behind);
}

bool world_same(const world *a, const world *b)
{
    return memcmp(a, b, offsetof(world, path)) == 0;
}

static bool weights_untouched(const world *w)
{
    const unsigned char *bytes = (const unsigned char *)w->weights;
    for (size_t i = 0; i < sizeof w->weights; i++)
        if (bytes[i] != PATTERN) return false;
    return true;
}

cvh_status world_done_or_untouched(const world *w, cvh_status status)
{
    for (int i = 0; status && i < WORLD_SAMPLES; i++)
        if (w->results[i] != 0) return CVH_ERR_FORMAT;
    if (status && !weights_untouched(w)) return CVH_ERR_FORMAT;
    return opencv_is_unknown(status) ? CVH_OK : status;
}

/* ------------------------------------------------------------------------------------------------------------------ cases */

const world_case *world_case_at(int index)
{
    static const world_case *const tables[] = {world_maps, world_crops, world_texts};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        int count = 0;
        while (tables[i][count].function) count++;
        if (index < count) return &tables[i][index];
        index -= count;
    }
    return NULL;
}
