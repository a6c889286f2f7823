/* SPDX-License-Identifier: Apache-2.0
 * The drawing of cvheatmap encode, a slice of groups at a time, so that a file of any number of people needs no more memory
 * than its keypoints. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/layout.h"
#include "base/names.h"
#include "base/progress.h"
#include "commands/encoding.h"
#include "output/background.h"
#include "output/output.h"

/* Small enough for a second-level cache: a slice is cleared, drawn and copied to the file while it is there. */
enum { SLICE_BYTES = 1 << 20 };

static int reserve_weights(encoding *run, size_t count)
{
    if (count <= run->weights_capacity) return EXIT_FINE;
    float *weights = realloc(run->weights, 2 * count * sizeof *weights);
    if (!weights) return trouble("no memory for %zu weights", 2 * count);
    run->weights = weights;
    run->weights_capacity = 2 * count;
    return EXIT_FINE;
}

/* A name as a field of CSV. */
static void list_name(const encoding *run, const char *name, char end)
{
    const bool quoted = name[strcspn(name, ",\"\r\n")];
    if (quoted) putc('"', run->list);
    for (; *name; ++name) {
        if (*name == '"') putc('"', run->list);
        putc(*name, run->list);
    }
    if (quoted) putc('"', run->list);
    putc(end, run->list);
}

/* Lists the maps of a group: its name, or its number, and the keypoints' names, or their numbers. */
static void list_maps(const encoding *run, const placed *group, int64_t index)
{
    const source *from = run->draw.from;
    for (int map = 0; run->list && map < run->maps_a_group; ++map) {
        fprintf(run->list, "%" PRId64 ",", index * run->maps_a_group + map);
        if (group->from.name)
            list_name(run, group->from.name, ',');
        else
            fprintf(run->list, "%" PRId64 ",", index);
        if (map == from->maps)
            fputs("background\n", run->list);
        else if (from->names)
            list_name(run, from->names[from->loose ? index : map], '\n');
        else
            fprintf(run->list, "%d\n", map);
    }
}

/* Where group `index` is drawn: its place in the slice, or the room for one group. */
static cvh_maps drawn_view(const encoding *run, int64_t index)
{
    const drawing *draw = &run->draw;
    if (run->drawn_maps) return cvh_maps_view(run->drawn_maps, run->maps_a_group, draw->rows, draw->cols, draw->depth);
    return layout_view((layout)run->store.order, run->maps, run->groups, index - run->first, run->maps_a_group, draw->rows,
                       draw->cols, draw->depth);
}

/* What is stored is what was drawn, through the logit, in another depth and scale. */
static int store_group(encoding *run, int64_t index, const cvh_maps *drawn)
{
    if (!run->drawn_maps) return EXIT_FINE;
    cvh_maps to = layout_view((layout)run->store.order, run->maps, run->groups, index - run->first, run->maps_a_group,
                              drawn->rows, drawn->cols, run->stored);
    to.scale = run->store.scale;
    to.zero = run->store.zero;
    const size_t samples = (size_t)drawn->count * (size_t)drawn->rows * (size_t)drawn->cols;
    if (run->store.sigmoid) values_logit(drawn->data, samples);
    stored_count(&run->lost, drawn->data, drawn->depth, samples, &to);
    return cvh_convert(drawn, &to) ? library_trouble() : EXIT_FINE;
}

static int open_output(encoding *run)
{
    if (run->offsets.names && offsets_file_open(&run->offsets, &run->draw, (layout)run->store.order, run->files.one_group))
        return EXIT_TROUBLE;
    if (run->kind == OUTPUT_PNG) return sheet_open(&run->drawn, &run->draw, run->how.raw || run->how.over);
    return maps_file_open(&run->files, run->path, &run->draw, (layout)run->store.order, run->maps_a_group, run->stored);
}

static int show_group(encoding *run, int64_t index, const cvh_maps *maps, const placed *group)
{
    run->crop = group->crop;
    run->convention = group->convention;
    if (run->convention.crop) run->convention.crop = &run->crop;
    return sheet_add(&run->drawn, maps, index, group);
}

static cvh_status encode_group(encoding *run, const cvh_maps *maps, int64_t index, const placed *group)
{
    if (!run->offsets.names) return cvh_encode(maps, group->points, group->count, &group->convention, run->weights);
    const layout order = (layout)run->store.order;
    const int rows = maps->rows, cols = maps->cols;
    const cvh_maps dx =
        layout_view(order, run->offsets.x, run->groups, index - run->first, maps->count, rows, cols, maps->depth);
    const cvh_maps dy =
        layout_view(order, run->offsets.y, run->groups, index - run->first, maps->count, rows, cols, maps->depth);
    return cvh_encode_offsets(maps, &dx, &dy, group->points, group->count, &group->convention, run->weights);
}

static int draw_group(encoding *run, int64_t index, placed *group)
{
    drawing *draw = &run->draw;
    const cvh_maps all = drawn_view(run, index);
    cvh_maps maps = all;
    maps.count = draw->from->maps;
    if (drawing_next(draw, group) || reserve_weights(run, group->count)) return EXIT_TROUBLE;
    if (encode_group(run, &maps, index, group)) return library_trouble();
    if (run->background) draw_background(&all);
    drawing_count(draw, group, run->weights);
    list_maps(run, group, index);
    if (index == 0 && open_output(run)) return EXIT_TROUBLE;
    if (run->kind == OUTPUT_PNG) return show_group(run, index, &maps, group);
    return store_group(run, index, &all) || maps_file_weights(&run->files, &group->from, run->weights) ? EXIT_TROUBLE
                                                                                                       : EXIT_FINE;
}

/* ------------------------------------------------------------------------------------------------------------- all groups */

static size_t bytes_of(const encoding *run, int64_t groups)
{
    const size_t map = (size_t)run->draw.rows * (size_t)run->draw.cols * sample_size(run->stored);
    return (size_t)groups * (size_t)run->maps_a_group * map;
}

/* A list's maps are one group for the layouts that have groups. */
static void settle_layout(encoding *run)
{
    const source *from = run->draw.from;
    if (run->kind == OUTPUT_PNG) run->store.order = LAYOUT_CHW;
    if (from->loose && run->store.order == LAYOUT_NCHW) run->files.one_group = true;
    if (from->loose && run->store.order == LAYOUT_NHWC) {
        run->files.one_group = true;
        run->store.order = LAYOUT_HWC;
    }
}

/* What is drawn in 32F or 64F, and what is stored. */
static int settle_depth(encoding *run)
{
    drawing *draw = &run->draw;
    const bool converted = run->store.sigmoid || run->store.scale != 0 || run->store.zero != 0
                           || (draw->depth != CVH_32F && draw->depth != CVH_64F);
    run->stored = draw->depth;
    if (!converted) return EXIT_FINE;
    if (run->kind == OUTPUT_PNG)
        return trouble("a picture shows what is drawn, in 32f or 64f; --depth %s, --scale, --zero and --sigmoid are of OUT.npy",
                       depth_name(draw->depth));
    if (run->store.sigmoid && draw->convention.gaussian.peak > 1)
        return trouble("--sigmoid writes the scores of maps up to 1; --peak is %s",
                       number_shortest(draw->convention.gaussian.peak).text);
    draw->depth = run->store.sigmoid ? CVH_64F : draw->depth == CVH_64F ? CVH_64F : CVH_32F;
    run->drawn_maps = malloc((size_t)run->maps_a_group * (size_t)draw->rows * (size_t)draw->cols * sample_size(draw->depth));
    return run->drawn_maps ? EXIT_FINE : trouble("no memory for %d maps of %dx%d", run->maps_a_group, draw->rows, draw->cols);
}

static int open_slice(encoding *run)
{
    const source *from = run->draw.from;
    settle_layout(run);
    run->maps_a_group = from->maps + run->background;
    if (settle_depth(run)) return EXIT_TROUBLE;
    const int64_t fit = (int64_t)(SLICE_BYTES / bytes_of(run, 1));
    run->groups = layout_interleaves((layout)run->store.order, from->groups) || from->groups < fit ? from->groups
                  : fit > 1                                                                        ? fit
                                                                                                   : 1;
    run->maps = malloc(bytes_of(run, run->groups));
    if (!run->maps)
        return trouble("no memory for %" PRId64 " maps of %dx%d", run->groups * run->maps_a_group, run->draw.rows,
                       run->draw.cols);
    if (run->offsets.names && offsets_file_room(&run->offsets, &run->draw, run->groups)) return EXIT_TROUBLE;
    if (!run->people) return EXIT_FINE;
    run->list = open_memstream(&run->listing, &run->listing_size);
    return run->list ? EXIT_FINE : trouble("no memory for the list of people");
}

static int draw_slices(encoding *run)
{
    const int64_t all = run->draw.from->groups;
    progress bar = progress_start(run->draw.from->what);
    int status = EXIT_FINE;
    for (int64_t index = 0; !status && index < all; ++index) {
        placed group;
        status = draw_group(run, index, &group);
        const int64_t filled = index + 1 - run->first;
        if (status || (filled < run->groups && index + 1 < all)) continue;
        if (run->kind == OUTPUT_NPY) status = maps_file_write(&run->files, run->maps, bytes_of(run, filled), run->stored);
        if (!status && run->offsets.names) status = offsets_file_write(&run->offsets, filled);
        run->first = index + 1;
        progress_show(&bar, index + 1, all);
    }
    progress_end(&bar);
    return status;
}

int encode_groups(encoding *run)
{
    return open_slice(run) || draw_slices(run) ? EXIT_TROUBLE : EXIT_FINE;
}
