/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap encode: keypoints to maps, a slice at a time, so that a file of any number of people needs no more memory than
 * its keypoints. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "input/drawing.h"
#include "input/names.h"
#include "output/background.h"
#include "output/heading.h"
#include "output/json.h"
#include "output/layout.h"
#include "output/maps_file.h"
#include "output/progress.h"
#include "output/sheet.h"

static const char help[] =
    "usage: cvheatmap encode [options] -o OUT\n"
    "\n"
    "Draws keypoint heatmaps. OUT.npy is a NumPy array [maps][rows][cols]; OUT.png a picture of them.\n"
    "Of people, and of tables with an instance a row, OUT.npy is [instances*keypoints][rows][cols] in the\n"
    "file's order. OUT.weights.npy beside it is float32, 1 or, where a keypoint is not labelled or is dropped\n"
    "by the convention, 0: [instances][keypoints], of other tables [keypoints]. A pipe or device\n"
    "(-o /dev/stdout) takes .npy as it is made, without the weights file.\n"
    "\n"
    "  -o, --output OUT      .npy or .png\n"
    "  --method METHOD       patch (the default) or blur\n"
    "  --arithmetic A        how a patch adds up at a border that reflects: portable (the default), the\n"
    "                        same bits everywhere, or opencv, the bits of the OpenCV that is installed\n"
    "  --layout ORDER        of OUT.npy: chw (the default), hwc, nchw, nhwc; n counts people, rows or images\n"
    "  --background          one more map an instance or image: 1 - the largest of its maps\n"
    "  --people              print which map is whose: map,instance,keypoint\n"
    "  --json                print what was drawn, with which numbers, as JSON\n"
    "  --quiet               say nothing on stderr of what was left out\n"
    "  -h, --help            this text\n";

static const struct option options[] = {
    DRAWING_OPTIONS,
    SOURCE_OPTIONS,
    {"output", required_argument, NULL, OPTION_OUTPUT},
    {"method", required_argument, NULL, OPTION_METHOD},
    {"arithmetic", required_argument, NULL, OPTION_ARITHMETIC},
    {"layout", required_argument, NULL, OPTION_LAYOUT},
    {"background", no_argument, NULL, OPTION_BACKGROUND},
    {"people", no_argument, NULL, OPTION_PEOPLE},
    {"json", no_argument, NULL, OPTION_JSON},
    COMMON_OPTIONS,
};

/* Small enough for a second-level cache: a slice is cleared, drawn and copied to the file while it is there. */
enum { SLICE_BYTES = 1 << 20 };

typedef struct encoding {
    drawing draw;
    const char *path;
    output_kind kind;
    int order; /* layout */
    bool background, people, json;
    /* the slice: some groups' maps and one group's weights */
    void *maps;
    float *weights;
    size_t weights_capacity;
    int64_t first;  /* group of the slice, */
    int64_t groups; /* of which it holds so many */
    int maps_a_group;
    maps_file files;
    sheet drawn;
    char *listing; /* of --people */
    size_t listing_size;
    FILE *list;
} encoding;

/* -------------------------------------------------------------------------------------------------------------- one group */

static int reserve_weights(encoding *run, size_t count)
{
    if (count <= run->weights_capacity) return EXIT_FINE;
    float *weights = realloc(run->weights, 2 * count * sizeof *weights);
    if (!weights) return trouble("no memory for %zu weights", 2 * count);
    run->weights = weights;
    run->weights_capacity = 2 * count;
    return EXIT_FINE;
}

/* Lists the maps of a group: its name, or its number, and the keypoints' names, or their numbers. */
static void list_maps(const encoding *run, const placed *group, int64_t index)
{
    const source *from = run->draw.from;
    for (int map = 0; run->list && map < run->maps_a_group; ++map) {
        fprintf(run->list, "%" PRId64 ",", index * run->maps_a_group + map);
        if (group->from.name)
            fprintf(run->list, "%s,", group->from.name);
        else
            fprintf(run->list, "%" PRId64 ",", index);
        if (map == from->maps)
            fputs("background\n", run->list);
        else if (from->names)
            fprintf(run->list, "%s\n", from->names[map]);
        else
            fprintf(run->list, "%d\n", map);
    }
}

/* The parts of a view that hold the group's own maps, and the background's. */
static int draw_group(encoding *run, int64_t index, placed *group)
{
    drawing *draw = &run->draw;
    const cvh_maps all = layout_view((layout)run->order, run->maps, run->groups, index - run->first, run->maps_a_group,
                                     draw->rows, draw->cols, draw->depth);
    cvh_maps maps = all;
    maps.count = draw->from->maps;
    if (drawing_next(draw, group) || reserve_weights(run, group->count)) return EXIT_TROUBLE;
    if (cvh_encode(&maps, group->points, group->count, &group->convention, run->weights)) return library_trouble();
    if (run->background) draw_background(&all);
    drawing_count(draw, group, run->weights);
    list_maps(run, group, index);
    if (index == 0 && run->kind == OUTPUT_PNG && sheet_open(&run->drawn, draw)) return EXIT_TROUBLE;
    if (index == 0 && run->kind == OUTPUT_NPY
        && maps_file_open(&run->files, run->path, draw, (layout)run->order, run->maps_a_group))
        return EXIT_TROUBLE;
    if (run->kind == OUTPUT_PNG) return sheet_add(&run->drawn, &maps, index, group), EXIT_FINE;
    return maps_file_weights(&run->files, &group->from, run->weights);
}

/* ------------------------------------------------------------------------------------------------------------- all groups */

static size_t bytes_of(const encoding *run, int64_t groups)
{
    const size_t map = (size_t)run->draw.rows * (size_t)run->draw.cols * sample_size(run->draw.depth);
    return (size_t)groups * (size_t)run->maps_a_group * map;
}

/* A list's maps are one group for the layouts that have groups. */
static void settle_layout(encoding *run)
{
    const source *from = run->draw.from;
    if (from->loose && run->order == LAYOUT_NCHW) run->files.one_group = true;
    if (from->loose && run->order == LAYOUT_NHWC) {
        run->files.one_group = true;
        run->order = LAYOUT_HWC;
    }
}

static int open_slice(encoding *run)
{
    const source *from = run->draw.from;
    settle_layout(run);
    run->maps_a_group = from->maps + run->background;
    const int64_t fit = (int64_t)(SLICE_BYTES / bytes_of(run, 1));
    run->groups = layout_interleaves((layout)run->order, from->groups) || from->groups < fit ? from->groups : fit > 1 ? fit : 1;
    run->maps = malloc(bytes_of(run, run->groups));
    if (!run->maps)
        return trouble("no memory for %" PRId64 " maps of %dx%d", run->groups * run->maps_a_group, run->draw.rows,
                       run->draw.cols);
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
        if (run->kind == OUTPUT_NPY) status = maps_file_write(&run->files, run->maps, bytes_of(run, filled));
        run->first = index + 1;
        progress_show(&bar, index + 1, all);
    }
    progress_end(&bar);
    return status;
}

/* ----------------------------------------------------------------------------------------------------------- what is said */

static json_t *encoding_json(const encoding *run)
{
    const tally *count = &run->draw.count;
    const source *from = run->draw.from;
    json_t *how = drawing_json(&run->draw);
    json_t *made =
        json_pack("{s:s, s:I, s:i, s:i, s:s, s:I, s:I, s:I, s:I, s:I, s:s?}", "output", run->path, "maps",
                  (json_int_t)(from->groups * run->maps_a_group), "rows", run->draw.rows, "cols", run->draw.cols, "depth",
                  depth_name(run->draw.depth), "drawn", (json_int_t)count->drawn, "dropped", (json_int_t)count->dropped,
                  "off_the_map", (json_int_t)count->off, "not_labelled", (json_int_t)count->unlabelled, "skipped",
                  (json_int_t)from->skipped, "reason", from->skipped ? from->reason : NULL);
    if (!how || !made || json_object_update(how, made)) {
        json_decref(how);
        how = NULL;
    }
    json_decref(made);
    return how;
}

static int say(encoding *run)
{
    drawing_remark(&run->draw);
    if (run->json && json_print(encoding_json(run))) return EXIT_TROUBLE;
    if (!run->list) return run->json ? finish_stdout(EXIT_FINE) : EXIT_FINE;
    const bool whole = !fflush(run->list);
    if (!whole) return trouble("no memory for the list of people");
    printf("map,instance,keypoint\n");
    fwrite(run->listing, 1, run->listing_size, stdout);
    return finish_stdout(EXIT_FINE);
}

/* --------------------------------------------------------------------------------------------------------------- the run */

static int encode(encoding *run)
{
    if (drawing_ready(&run->draw)) return EXIT_TROUBLE;
    if (run->background && background_check(&run->draw.convention)) return EXIT_TROUBLE;
    if (run->kind == OUTPUT_PNG && sheet_check(run->draw.from)) return EXIT_TROUBLE;
    if (open_slice(run) || draw_slices(run)) return EXIT_TROUBLE;
    const int status = run->kind == OUTPUT_PNG ? sheet_save(&run->drawn, &run->draw, run->path) : maps_file_finish(&run->files);
    return status ? status : say(run);
}

static void encoding_free(encoding *run)
{
    if (run->list) fclose(run->list);
    free(run->listing);
    free(run->maps);
    free(run->weights);
    maps_file_discard(&run->files);
    sheet_close(&run->drawn);
    drawing_free(&run->draw);
}

static int take_option(encoding *run, int option, const char *value)
{
    switch (option) {
    case '?': return EXIT_TROUBLE;
    case OPTION_OUTPUT: return set_once("-o", &run->path, value);
    case OPTION_LAYOUT: return parse_name("--layout", layout_names, value, &run->order);
    case OPTION_BACKGROUND: run->background = true; return EXIT_FINE;
    case OPTION_PEOPLE: run->people = true; return EXIT_FINE;
    case OPTION_JSON: run->json = true; return EXIT_FINE;
    default: return drawing_option(&run->draw, option, value);
    }
}

int encode_command(int argc, char **argv)
{
    encoding run = {.draw = drawing_start()};
    int status = EXIT_FINE, option;
    while (!status && (option = next_option(argc, argv, options)) != -1) {
        if (option == OPTION_HELP) {
            drawing_free(&run.draw);
            return print_help((const char *const[]){help, drawing_help, sources_help, NULL});
        }
        status = take_option(&run, option, optarg);
    }
    if (!status) status = no_arguments(argc, argv);
    if (!status && !run.path) status = trouble("encode: -o OUT.npy or -o OUT.png is missing; see cvheatmap encode --help");
    if (!status) status = output_kind_wanted(run.path, &run.kind);
    if (!status) status = encode(&run);
    encoding_free(&run);
    return status;
}
