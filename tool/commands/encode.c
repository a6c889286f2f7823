/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap encode: keypoints to maps, a slice at a time, so that a file of any number of people needs no more memory than
 * its keypoints. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/simcc.h"
#include "input/drawing.h"
#include "input/names.h"
#include "input/tensor.h"
#include "output/background.h"
#include "output/heading.h"
#include "output/json.h"
#include "output/layout.h"
#include "output/look.h"
#include "output/maps_file.h"
#include "output/offsets_file.h"
#include "output/progress.h"
#include "output/sheet.h"

static const char help[] =
    "usage: cvheatmap encode [options] -o OUT\n"
    "       cvheatmap encode --convention simcc_... [options] -o X.npy,Y.npy\n"
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
    "  --scale S, --zero Z   a sample of OUT.npy stands for the value (sample - Z) * S; default 1 and 0\n"
    "  --sigmoid             write the scores whose sigmoid the maps are: ln(p / (1 - p)), p from 1e-6 to 1 - 1e-6\n"
    "  --offsets DX.npy,DY.npy\n"
    "                        the offset maps beside the maps, of conventions that train with them (centernet,\n"
    "                        deeplabcut, udp_combined, ...), as large and in the same order as OUT.npy\n"
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
    TENSOR_OPTIONS,
    LOOK_OPTIONS,
    {"offsets", required_argument, NULL, OPTION_OFFSETS},
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
    tensor_reading store; /* how OUT.npy is laid out and scaled */
    look how;
    bool background, people, json;
    cvh_depth stored; /* and its depth */
    /* the slice: some groups' maps and one group's weights */
    void *maps;
    void *drawn_maps; /* of one group, where what is stored is made from what is drawn; else NULL */
    float *weights;
    size_t weights_capacity;
    int64_t first;  /* group of the slice, */
    int64_t groups; /* of which it holds so many */
    int maps_a_group;
    maps_file files;
    offsets_file offsets; /* of --offsets */
    sheet drawn;
    cvh_crop crop; /* of the group that was drawn last, for a photograph */
    cvh_convention convention;
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

/* Where group `index` is drawn: its place in the slice, or the room for one group. */
static cvh_maps drawn_view(const encoding *run, int64_t index)
{
    const drawing *draw = &run->draw;
    if (run->drawn_maps) return cvh_maps_view(run->drawn_maps, run->maps_a_group, draw->rows, draw->cols, draw->depth);
    return layout_view((layout)run->store.order, run->maps, run->groups, index - run->first, run->maps_a_group, draw->rows,
                       draw->cols, draw->depth);
}

/* What is stored is what was drawn, through the logit, in another depth and scale. */
static int store_group(const encoding *run, int64_t index, const cvh_maps *drawn)
{
    if (!run->drawn_maps) return EXIT_FINE;
    cvh_maps to = layout_view((layout)run->store.order, run->maps, run->groups, index - run->first, run->maps_a_group,
                              drawn->rows, drawn->cols, run->stored);
    to.scale = run->store.scale;
    to.zero = run->store.zero;
    if (run->store.sigmoid) values_logit(drawn->data, (size_t)drawn->count * (size_t)drawn->rows * (size_t)drawn->cols);
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
    if (!converted || run->kind == OUTPUT_PNG) return EXIT_FINE;
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
        if (run->kind == OUTPUT_NPY) status = maps_file_write(&run->files, run->maps, bytes_of(run, filled));
        if (!status && run->offsets.names) status = offsets_file_write(&run->offsets, filled);
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
                  depth_name(run->stored), "drawn", (json_int_t)count->drawn, "dropped", (json_int_t)count->dropped,
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

/* What is white in a plain picture: the keypoints' peak, or, where a norm makes the map's values others, the largest of them.
 */
static double white_of(const encoding *run)
{
    const cvh_convention *convention = &run->draw.convention;
    const double peak = run->draw.what.how.peak;
    double least, largest;
    const bool others = convention->norm == CVH_NORM_KERNEL || convention->norm == CVH_NORM_SUM
                        || (convention->method == CVH_METHOD_BLUR && convention->norm == CVH_NORM_NONE);
    image_range(&run->drawn.panels[0].seen, &least, &largest);
    return others && largest > 0 ? largest : peak;
}

static int save_picture(encoding *run)
{
    const drawing *draw = &run->draw;
    const image *seen = &run->drawn.panels[0].seen;
    if (run->how.raw) return look_save_raw(&run->how, seen, white_of(run), run->path);
    if (!run->how.over) return sheet_save(&run->drawn, draw, run->path);
    return look_save_over(&run->how, seen, white_of(run), &run->convention, draw->input_rows, draw->input_cols,
                          run->drawn.marks, run->drawn.mark_count, run->path);
}

static int check_look(const encoding *run)
{
    const source *from = run->draw.from;
    if (look_check(&run->how, run->kind)) return EXIT_TROUBLE;
    if (run->how.over && from->in_photo && from->groups > 1)
        return trouble("--over shows one person or image; there are %" PRId64 " %s", from->groups, from->what);
    return run->kind == OUTPUT_PNG && !run->how.raw ? sheet_check(from) : EXIT_FINE;
}

static int check_offsets(const encoding *run)
{
    const bool converted = run->store.sigmoid || run->store.scale != 0 || run->store.zero != 0
                           || (run->draw.depth != CVH_32F && run->draw.depth != CVH_64F);
    if (!run->offsets.names || (run->kind == OUTPUT_NPY && !run->background && !converted)) return EXIT_FINE;
    return trouble("--offsets goes with -o OUT.npy of 32f or 64f, without --background, --scale, --zero and --sigmoid");
}

static int encode(encoding *run)
{
    run->draw.what.how.together = run->background;
    if (drawing_ready(&run->draw)) return EXIT_TROUBLE;
    if (run->background && background_check(&run->draw.convention)) return EXIT_TROUBLE;
    if (check_look(run) || check_offsets(run)) return EXIT_TROUBLE;
    if (open_slice(run) || draw_slices(run)) return EXIT_TROUBLE;
    if (run->offsets.names && offsets_file_finish(&run->offsets)) return EXIT_TROUBLE;
    const int status = run->kind == OUTPUT_PNG ? save_picture(run) : maps_file_finish(&run->files);
    return status ? status : say(run);
}

static void encoding_free(encoding *run)
{
    if (run->list) fclose(run->list);
    free(run->listing);
    free(run->maps);
    free(run->drawn_maps);
    free(run->weights);
    maps_file_discard(&run->files);
    offsets_file_discard(&run->offsets);
    sheet_close(&run->drawn);
    drawing_free(&run->draw);
}

static int take_option(encoding *run, int option, const char *value)
{
    if (option >= OPTION_FIRST_TENSOR && option < OPTION_FIRST_DECODER) return tensor_option(&run->store, option, value);
    if (option >= OPTION_FIRST_PICTURE && option < OPTION_END_PICTURE) return look_option(&run->how, option, value);
    switch (option) {
    case '?': return EXIT_TROUBLE;
    case OPTION_OUTPUT: return set_once("-o", &run->path, value);
    case OPTION_OFFSETS: return set_once("--offsets", &run->offsets.names, value);
    case OPTION_BACKGROUND: run->background = true; return EXIT_FINE;
    case OPTION_PEOPLE: run->people = true; return EXIT_FINE;
    case OPTION_JSON: run->json = true; return EXIT_FINE;
    default: return drawing_option(&run->draw, option, value);
    }
}

/* SimCC's vectors are another data than maps. */
static int encode_any(encoding *run)
{
    if (run->draw.name && is_simcc(run->draw.name)) return encode_simcc(&run->draw, run->path);
    return output_kind_wanted(run->path, &run->kind) || encode(run) ? EXIT_TROUBLE : EXIT_FINE;
}

int encode_command(int argc, char **argv)
{
    encoding run = {.draw = drawing_start(), .how = look_start()};
    int status = EXIT_FINE, option;
    while (!status && (option = next_option(argc, argv, options)) != -1) {
        if (option == OPTION_HELP) {
            drawing_free(&run.draw);
            return print_help((const char *const[]){help, drawing_help, sources_help, look_help, NULL});
        }
        status = take_option(&run, option, optarg);
    }
    if (!status) status = no_arguments(argc, argv);
    if (!status && !run.path) status = trouble("encode: -o OUT.npy or -o OUT.png is missing; see cvheatmap encode --help");
    if (!status) status = encode_any(&run);
    encoding_free(&run);
    return status;
}
