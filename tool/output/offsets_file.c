/* SPDX-License-Identifier: Apache-2.0
 * DX.npy and DY.npy. */
#include "output/offsets_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "output/npy.h"

int offsets_file_room(offsets_file *files, const drawing *draw, int64_t groups)
{
    if ((size_t)snprintf(files->path_x, sizeof files->path_x, "%s", files->names) >= sizeof files->path_x)
        return trouble("--offsets is longer than %zu bytes", sizeof files->path_x - 1);
    char *comma = strchr(files->path_x, ',');
    if (comma) *comma = '\0';
    files->path_y = comma ? comma + 1 : files->path_x;
    if (!strcmp(files->path_x, files->path_y) || strchr(files->path_y, ','))
        return trouble("--offsets is '%s'; it must be two files, DX.npy,DY.npy", files->names);
    files->depth = draw->depth;
    files->group_bytes = (size_t)draw->from->maps * (size_t)draw->rows * (size_t)draw->cols * sample_size(draw->depth);
    files->x = malloc((size_t)groups * files->group_bytes);
    files->y = malloc((size_t)groups * files->group_bytes);
    return files->x && files->y ? EXIT_FINE : trouble("no memory for offset maps of %dx%d", draw->rows, draw->cols);
}

int offsets_file_open(offsets_file *files, const drawing *draw, layout order, bool one_group)
{
    uint64_t shape[4];
    const int sides = layout_sides(order, draw->from->groups, draw->from->maps, draw->rows, draw->cols, one_group, shape);
    if (output_open(&files->along_x, files->path_x) || output_open(&files->along_y, files->path_y)) return EXIT_TROUBLE;
    return npy_write_header(&files->along_x, shape, sides, depth_type(draw->depth))
           || npy_write_header(&files->along_y, shape, sides, depth_type(draw->depth));
}

int offsets_file_write(offsets_file *files, int64_t groups)
{
    const size_t bytes = (size_t)groups * files->group_bytes;
    return npy_write(&files->along_x, files->x, bytes, files->depth)
           || npy_write(&files->along_y, files->y, bytes, files->depth);
}

int offsets_file_finish(offsets_file *files)
{
    return output_finish(&files->along_x) || output_finish(&files->along_y);
}

void offsets_file_discard(offsets_file *files)
{
    output_discard(&files->along_x);
    output_discard(&files->along_y);
    free(files->x);
    free(files->y);
    files->x = files->y = NULL;
}
