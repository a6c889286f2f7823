/* SPDX-License-Identifier: Apache-2.0
 * OUT.npy and OUT.weights.npy, written as they are made. */
#include "output/maps_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "output/npy.h"

static int open_maps(maps_file *files, const char *path, const drawing *draw, layout order, int maps_a_group, cvh_depth depth)
{
    uint64_t shape[4];
    const int sides = layout_sides(order, draw->from->groups, maps_a_group, draw->rows, draw->cols, files->one_group, shape);
    if (output_open(&files->maps, path)) return EXIT_TROUBLE;
    return npy_write_header(&files->maps, shape, sides, depth_type(depth));
}

/* The weights stand beside a named .npy; /dev/stdout has no beside. */
int maps_file_open_weights(maps_file *files, const char *path, const source *from)
{
    if (!has_extension(path, ".npy")) return EXIT_FINE;
    const int stem = (int)(strlen(path) - strlen(".npy"));
    const int length = snprintf(files->weights_path, sizeof files->weights_path, "%.*s.weights.npy", stem, path);
    if (length >= (int)sizeof files->weights_path)
        return trouble("-o is longer than %zu bytes", sizeof files->weights_path - sizeof ".weights");
    files->count = (size_t)from->points;
    if (from->unordered && !(files->all = calloc(files->count, sizeof *files->all)))
        return trouble("no memory for %zu weights", files->count);
    const uint64_t instance = (uint64_t)(from->instance ? from->instance : 1);
    const uint64_t shape[] = {(uint64_t)from->points / instance, instance};
    if (output_open(&files->weights, files->weights_path)) return EXIT_TROUBLE;
    return npy_write_header(&files->weights, shape, from->instance ? 2 : 1, "f4");
}

int maps_file_open(maps_file *files, const char *path, const drawing *draw, layout order, int maps_a_group, cvh_depth depth)
{
    return maps_file_open_weights(files, path, draw->from) || open_maps(files, path, draw, order, maps_a_group, depth)
               ? EXIT_TROUBLE
               : EXIT_FINE;
}

int maps_file_write(maps_file *files, const void *maps, size_t bytes, cvh_depth depth)
{
    return npy_write(&files->maps, maps, bytes, depth);
}

int maps_file_weights(maps_file *files, const keypoint_group *of, const float *weights)
{
    if (!files->weights.path) return EXIT_FINE;
    if (!files->all) return npy_write(&files->weights, weights, of->count * sizeof *weights, CVH_32F);
    for (size_t i = 0; i < of->count; ++i) files->all[of->numbers[i]] = weights[i];
    return EXIT_FINE;
}

int maps_file_finish(maps_file *files)
{
    if (files->all && npy_write(&files->weights, files->all, files->count * sizeof *files->all, CVH_32F)) return EXIT_TROUBLE;
    if (files->weights.path && output_finish(&files->weights)) return EXIT_TROUBLE;
    return output_finish(&files->maps);
}

void maps_file_discard(maps_file *files)
{
    output_discard(&files->weights);
    output_discard(&files->maps);
    free(files->all);
    files->all = NULL;
}
