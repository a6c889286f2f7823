/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap encode: keypoints to maps, a slice at a time, so that a file of any number of people needs no more memory than
 * its keypoints. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/names.h"
#include "input/options.h"
#include "output/npy.h"
#include "output/picture.h"
#include "output/progress.h"

static const char help[] =
    "usage: cvheatmap encode [options] -o OUT\n"
    "\n"
    "Draws keypoint heatmaps. OUT.npy is a NumPy array [maps][rows][cols]; OUT.png a picture of them.\n"
    "With --coco OUT.npy is [people*keypoints][rows][cols] in file order, and OUT.weights.npy beside it\n"
    "is float32 [people][keypoints]: 1, or 0 where a keypoint is not labelled or is dropped by the\n"
    "convention. A pipe or device (-o /dev/stdout) takes .npy as it is made, without the weights file.\n"
    "\n"
    "  -o, --output OUT      .npy or .png\n"
    "  --method METHOD       patch (the default) or blur\n"
    "  --arithmetic A        how a patch adds up at a border that reflects: portable (the default), the\n"
    "                        same bits everywhere, or opencv, the bits of the OpenCV that is installed\n"
    "  -h, --help            this text\n";

static const struct option options[] = {
    DRAWING_OPTIONS,
    {"method", required_argument, NULL, OPTION_METHOD},
    {"arithmetic", required_argument, NULL, OPTION_ARITHMETIC},
    COMMON_OPTIONS,
};

/* ---------------------------------------------------------------------------------------------------------- to .npy */

/* OUT.npy and, for people, OUT.weights.npy. */
typedef struct npy_files {
    output maps, weights;
    char weights_path[4096];
} npy_files;

static int open_maps(npy_files *files, const char *path, const drawing *draw)
{
    const uint64_t shape[] = {(uint64_t)draw->points.maps, (uint64_t)draw->rows, (uint64_t)draw->cols};
    if (output_open(&files->maps, path)) return EXIT_TROUBLE;
    return npy_write_header(&files->maps, shape, 3, draw->depth);
}

/* The weights stand beside a named .npy; /dev/stdout has no beside. */
static int open_weights(npy_files *files, const char *path, const drawing *draw)
{
    if (!draw->coco || !has_extension(path, ".npy")) return EXIT_FINE;
    const int stem = (int)(strlen(path) - strlen(".npy"));
    const int length = snprintf(files->weights_path, sizeof files->weights_path, "%.*s.weights.npy", stem, path);
    if (length >= (int)sizeof files->weights_path)
        return trouble("-o is longer than %zu bytes", sizeof files->weights_path - sizeof ".weights");
    const uint64_t shape[] = {(uint64_t)draw->people.count, (uint64_t)draw->people.keypoints};
    if (output_open(&files->weights, files->weights_path)) return EXIT_TROUBLE;
    return npy_write_header(&files->weights, shape, 2, CVH_32F);
}

static int finish_files(npy_files *files)
{
    if (files->weights.path && output_finish(&files->weights)) return EXIT_TROUBLE;
    return output_finish(&files->maps);
}

/* ---------------------------------------------------------------------------------------------------------- to .png */

enum { MOST_PEOPLE_SHOWN = 24 };

/* All maps in one panel; of people, a panel each. */
typedef struct sheet {
    panel *panels;
    char (*titles)[32];
    cvh_keypoint *marks; /* of all panels, in heatmap pixels */
    int count, group;
} sheet;

static int sheet_open(sheet *drawn, const drawing *draw)
{
    drawn->group = draw->coco ? draw->points.group : CVH_MAX_COUNT;
    drawn->count = draw->coco ? (int)(draw->points.maps / draw->points.group) : 1;
    drawn->panels = calloc((size_t)drawn->count, sizeof *drawn->panels);
    drawn->titles = calloc((size_t)drawn->count, sizeof *drawn->titles);
    drawn->marks = calloc(draw->coco ? (size_t)draw->points.maps : draw->points.count, sizeof *drawn->marks);
    if (!drawn->panels || !drawn->titles || !drawn->marks) return trouble("no memory for a picture of %d panels", drawn->count);
    for (int i = 0; i < drawn->count; ++i) {
        if (image_open(&drawn->panels[i].seen, draw->rows, draw->cols)) return EXIT_TROUBLE;
        snprintf(drawn->titles[i], sizeof drawn->titles[i], "person %d", i);
        drawn->panels[i].title = draw->coco ? drawn->titles[i] : NULL;
    }
    return EXIT_FINE;
}

static void sheet_close(sheet *drawn)
{
    for (int i = 0; drawn->panels && i < drawn->count; ++i) image_close(&drawn->panels[i].seen);
    free(drawn->panels);
    free(drawn->titles);
    free(drawn->marks);
}

/* Adds a slice; slices hold whole people, so that a panel's points lie one behind the other. */
static void sheet_add(sheet *drawn, const cvh_maps *maps, int64_t first, const cvh_keypoint *points, size_t count,
                      size_t before, const cvh_convention *convention)
{
    for (int map = 0; map < maps->count; ++map) image_add(&drawn->panels[(first + map) / drawn->group].seen, maps, map, 1);
    for (size_t i = 0; i < count; ++i) {
        panel *shown = &drawn->panels[(first + points[i].map) / drawn->group];
        cvh_keypoint *mark = &drawn->marks[before + i];
        *mark = mark_of(convention, &points[i]);
        if (!shown->marks) shown->marks = mark;
        ++shown->mark_count;
    }
}

static void share_range(sheet *drawn)
{
    double least = 0, largest = 0;
    for (int i = 0; i < drawn->count; ++i) {
        double low, high;
        image_range(&drawn->panels[i].seen, &low, &high);
        if (i == 0 || low < least) least = low;
        if (i == 0 || high > largest) largest = high;
    }
    for (int i = 0; i < drawn->count; ++i) {
        drawn->panels[i].least = least;
        drawn->panels[i].largest = largest;
    }
}

/* Never more than there are. */
static int across_of(int count)
{
    return count <= 3 ? count : count <= 8 ? 4 : count <= 15 ? 5 : 8;
}

static int sheet_save(sheet *drawn, const drawing *draw, const cvh_convention *convention, const char *path)
{
    char details[256], heading[128];
    share_range(drawn);
    const int across = across_of(drawn->count);
    drawn->panels[across - 1].scale = true;
    snprintf(heading, sizeof heading, "%s", draw->convention ? draw->convention : "cvheatmap encode");
    describe_drawing(draw, convention, name_of(method_names, convention->method), details, sizeof details);
    const picture shown = {
        .heading = heading, .details = details, .panels = drawn->panels, .count = drawn->count, .across = across};
    return picture_save(&shown, path);
}

/* ------------------------------------------------------------------------------------------------------- both */

/* What becomes of the slices: one of the two is in use. */
typedef struct target {
    const char *path;
    output_kind kind;
    npy_files files;
    sheet drawn;
} target;

/* Called when the first slice is drawn: what the library refuses leaves no trace, and blocks on no fifo. */
static int target_open(target *to, const drawing *draw)
{
    if (to->kind == OUTPUT_PNG) return sheet_open(&to->drawn, draw);
    return open_weights(&to->files, to->path, draw) || open_maps(&to->files, to->path, draw) ? EXIT_TROUBLE : EXIT_FINE;
}

static int write_slice(npy_files *files, const cvh_maps *maps, const float *weights)
{
    const size_t sample = maps->depth == CVH_64F ? 8 : 4;
    const size_t size = (size_t)maps->count * (size_t)maps->rows * (size_t)maps->cols * sample;
    if (files->weights.path && output_write(&files->weights, weights, (size_t)maps->count * sizeof *weights))
        return EXIT_TROUBLE;
    return output_write(&files->maps, maps->data, size);
}

typedef struct slices {
    void *maps;
    float *weights; /* for people: one point a map */
    int most;       /* maps in a slice */
} slices;

static int draw_slices(drawing *draw, const cvh_convention *convention, slices *buffer, target *to)
{
    progress bar = progress_start(draw->coco ? "people" : "maps");
    int status = EXIT_FINE;
    size_t drawn = 0;
    for (int64_t first = 0; !status && first < draw->points.maps; first += buffer->most) {
        const int64_t left = draw->points.maps - first;
        const int count = left < buffer->most ? (int)left : buffer->most;
        size_t point_count;
        const cvh_keypoint *points = keypoints_slice(&draw->points, first, count, &point_count);
        const cvh_maps maps = cvh_maps_view(buffer->maps, count, draw->rows, draw->cols, draw->depth);
        if (cvh_encode(&maps, points, point_count, convention, buffer->weights)) status = library_trouble();
        if (!status && first == 0) status = target_open(to, draw);
        if (!status && to->kind == OUTPUT_NPY) status = write_slice(&to->files, &maps, buffer->weights);
        if (!status && to->kind == OUTPUT_PNG) sheet_add(&to->drawn, &maps, first, points, point_count, drawn, convention);
        drawn += point_count;
        progress_show(&bar, (first + count) / draw->points.group, draw->points.maps / draw->points.group);
    }
    progress_end(&bar);
    return status;
}

static int draw_all(drawing *draw, const cvh_convention *convention, target *to)
{
    const size_t map = (size_t)draw->rows * (size_t)draw->cols * (draw->depth == CVH_64F ? 8 : 4);
    slices buffer = {.most = drawing_slice(draw)};
    if (draw->points.maps < buffer.most) buffer.most = (int)draw->points.maps;
    buffer.maps = malloc((size_t)buffer.most * map);
    buffer.weights = draw->coco ? malloc((size_t)buffer.most * sizeof *buffer.weights) : NULL;
    int status = EXIT_FINE;
    if (!buffer.maps || (draw->coco && !buffer.weights))
        status = trouble("no memory for %d maps of %dx%d", buffer.most, draw->rows, draw->cols);
    else
        status = draw_slices(draw, convention, &buffer, to);
    free(buffer.maps);
    free(buffer.weights);
    return status;
}

static int encode(drawing *draw, target *to)
{
    cvh_convention convention;
    if (drawing_ready(draw, &convention)) return EXIT_TROUBLE;
    if (to->kind == OUTPUT_PNG && draw->coco && draw->people.count > MOST_PEOPLE_SHOWN)
        return trouble("%s has %" PRId64 " people; a picture shows at most %d, an .npy holds them all", draw->coco,
                       draw->people.count, MOST_PEOPLE_SHOWN);
    int status = draw_all(draw, &convention, to);
    if (!status)
        status = to->kind == OUTPUT_PNG ? sheet_save(&to->drawn, draw, &convention, to->path) : finish_files(&to->files);
    output_discard(&to->files.weights);
    output_discard(&to->files.maps);
    sheet_close(&to->drawn);
    return status;
}

int encode_command(int argc, char **argv)
{
    drawing draw = drawing_start();
    target to = {0};
    int status = EXIT_FINE, option;
    while (!status && (option = next_option(argc, argv, options)) != -1) {
        if (option == OPTION_HELP) {
            drawing_free(&draw);
            return print_help(help, drawing_help);
        }
        if (option == '?')
            status = EXIT_TROUBLE;
        else if (option == OPTION_OUTPUT)
            status = set_once("-o", &to.path, optarg);
        else
            status = drawing_option(&draw, option, optarg);
    }
    if (!status) status = no_arguments(argc, argv);
    if (!status && !to.path) status = trouble("encode: -o OUT.npy or -o OUT.png is missing; see cvheatmap encode --help");
    if (!status) status = output_kind_wanted(to.path, &to.kind);
    if (!status) status = encode(&draw, &to);
    drawing_free(&draw);
    return status;
}
