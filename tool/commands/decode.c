/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap decode: maps back to keypoints, in the map, the network's input or the photograph. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "commands/commands.h"
#include "commands/simcc.h"
#include "input/coco.h"
#include "input/decoding.h"
#include "input/framing.h"
#include "input/mark.h"
#include "input/offsets.h"
#include "input/tensor.h"
#include "output/decoder_text.h"
#include "output/json.h"
#include "output/look.h"
#include "output/output.h"
#include "output/peaks.h"
#include "output/picture.h"
#include "output/results.h"

static const char help[] =
    "usage: cvheatmap decode MAPS.npy [options]\n"
    "       cvheatmap decode X.npy Y.npy --convention simcc_... [options]\n"
    "\n"
    "Reads a keypoint out of each map and prints CSV: map,x,y,score,found,sigma_x,sigma_y; of a batch\n"
    "[images][maps][rows][cols] image,map,... and with --coco instance,map,...; with -o OUT.json nothing.\n"
    "x and y are heatmap pixels, or pixels of the network's input with --input; nan where nothing usable\n"
    "was found, and `found` says why: refined, pixel, pixel_edge, pixel_shape, pixel_value (the pixel\n"
    "alone), plateau, weak, nothing. sigma_x and sigma_y are the fitted widths in heatmap pixels, nan where\n"
    "nothing was fitted. SimCC's vectors are [keypoints][bins] or [images][keypoints][bins].\n"
    "\n"
    "  -o, --output OUT.png  a picture of the maps, the keypoints marked\n"
    "  --offsets DX.npy,DY.npy\n"
    "                        offset maps, one a map or one for all; or one file with both:\n"
    "  --offset-order ORDER  of one file: xy (in turn, the default), yx, xxyy (all x first), yyxx\n"
    "  --json                print JSON instead of CSV, with the decoder that ran and its numbers\n"
    "  --quiet               say nothing on stderr of maps that look otherwise than they are taken\n"
    "  -h, --help            this text\n";

static const struct option options[] = {
    DECODING_OPTIONS,
    TENSOR_OPTIONS,
    FRAMING_OPTIONS,
    LOOK_OPTIONS,
    {"output", required_argument, NULL, OPTION_OUTPUT},
    {"offsets", required_argument, NULL, OPTION_OFFSETS},
    {"offset-order", required_argument, NULL, OPTION_OFFSET_ORDER},
    {"peaks", no_argument, NULL, OPTION_PEAKS},
    {"json", no_argument, NULL, OPTION_JSON},
    COMMON_OPTIONS,
};

/* What there is to say about vectors. */
static const uint64_t simcc_options = OPTION_BIT(OPTION_CONVENTION) | OPTION_BIT(OPTION_DECODER) | OPTION_BIT(OPTION_INPUT)
                                      | OPTION_BIT(OPTION_SIGMA) | OPTION_BIT(OPTION_THRESHOLD) | OPTION_BIT(OPTION_COCO)
                                      | OPTION_BIT(OPTION_BOX) | OPTION_BIT(OPTION_RULE) | OPTION_BIT(OPTION_CATEGORY)
                                      | OPTION_BIT(OPTION_WHOLE_IMAGE) | OPTION_BIT(OPTION_SCALE) | OPTION_BIT(OPTION_ZERO)
                                      | OPTION_BIT(OPTION_JSON);
static const uint64_t refining_options = OPTION_BIT(OPTION_SIGMA) | OPTION_BIT(OPTION_WINDOW) | OPTION_BIT(OPTION_SHIFT);
static const uint64_t peaks_options = OPTION_BIT(OPTION_RADIUS) | OPTION_BIT(OPTION_MARGIN) | OPTION_BIT(OPTION_MAX_PEAKS);

typedef struct decode {
    uint64_t given; /* options */
    decoding how;
    tensor_reading reading;
    framing where;
    look picture;
    offset_files offsets;
    const char *path; /* of -o, or NULL */
    bool peaks, json;
    tensor maps;
    int64_t images; /* that the maps are of: the file's own, or the people's */
    int maps_an_image;
    peak_list found; /* of all images */
    json_t *results; /* for -o OUT.json */
    image seen;      /* for -o OUT.png */
    cvh_keypoint *marks;
    size_t mark_count;
} decode;

/* ------------------------------------------------------------------------------------------------------------- one image */

static cvh_status decode_view(const decode *run, const cvh_maps *maps, const cvh_maps offsets[2], cvh_peak *peaks)
{
    if (!run->offsets.names) return cvh_decode(maps, &run->how.convention, peaks);
    return cvh_decode_offsets(maps, &offsets[0], &offsets[1], &run->how.convention, peaks);
}

static cvh_status find_peaks(const decode *run, const cvh_maps *maps, const cvh_maps offsets[2], cvh_peak *peaks,
                             size_t capacity, size_t *count)
{
    const cvh_convention *convention = &run->how.convention;
    if (!run->offsets.names) return cvh_find_peaks(maps, convention, peaks, capacity, count);
    return cvh_find_peaks_offsets(maps, &offsets[0], &offsets[1], convention, peaks, capacity, count);
}

/* Asks for all peaks, and once more with the room that the first answer asked for. */
static int find_all(decode *run, const cvh_maps *maps, const cvh_maps offsets[2], int64_t index)
{
    size_t capacity = 16 * (size_t)maps->count, count = 0;
    for (;;) {
        cvh_peak *peaks = peaks_room(&run->found, capacity);
        if (!peaks) return EXIT_TROUBLE;
        count = 0;
        const cvh_status status = find_peaks(run, maps, offsets, peaks, capacity, &count);
        if (!status) return peaks_keep(&run->found, count, index), EXIT_FINE;
        if (count <= capacity) return library_trouble();
        capacity = count;
    }
}

static int find_one_a_map(decode *run, const cvh_maps *maps, const cvh_maps offsets[2], int64_t index)
{
    cvh_peak *peaks = peaks_room(&run->found, (size_t)maps->count);
    if (!peaks) return EXIT_TROUBLE;
    if (decode_view(run, maps, offsets, peaks)) return library_trouble();
    peaks_keep(&run->found, (size_t)maps->count, index);
    return EXIT_FINE;
}

static cvh_maps maps_of_image(const decode *run, int64_t index)
{
    if (run->maps.images == run->images) return tensor_image(&run->maps, index);
    cvh_maps maps = run->maps.first; /* a file without a side for the images, packed */
    maps.count = run->maps_an_image;
    maps.data = (char *)maps.data + (size_t)index * (size_t)maps.count * maps.map_step;
    return maps;
}

/* The image's peaks, from `first` on, go into the picture and into the results. */
static int keep_image(decode *run, const cvh_maps *maps, size_t first)
{
    const size_t count = run->found.count - first;
    const source *people = run->where.people;
    if (run->results
        && results_add(run->results, coco_image_id(people), coco_category_id(people), run->found.peaks + first, count))
        return EXIT_TROUBLE;
    if (!run->path || run->results) return EXIT_FINE;
    cvh_keypoint *marks = realloc(run->marks, (run->mark_count + count + 1) * sizeof *marks);
    if (!marks) return trouble("no memory for %zu keypoints", run->mark_count + count);
    run->marks = marks;
    for (size_t i = first; i < run->found.count; ++i) {
        const cvh_keypoint at = {.x = run->found.peaks[i].x, .y = run->found.peaks[i].y};
        marks[run->mark_count++] = mark_of(&run->how.convention, &at);
    }
    return image_add(&run->seen, maps);
}

static int decode_image(decode *run, int64_t index)
{
    const cvh_maps maps = maps_of_image(run, index);
    const size_t first = run->found.count;
    cvh_maps offsets[2];
    if (framing_is_given(&run->where)) {
        if (framing_next(&run->where, run->how.input_rows, run->how.input_cols)) return EXIT_TROUBLE;
        run->how.convention.crop = &run->where.crop;
    }
    if (run->offsets.names && offsets_of(&run->offsets, index, maps.count, &offsets[0], &offsets[1])) return EXIT_TROUBLE;
    if (run->peaks ? find_all(run, &maps, offsets, index) : find_one_a_map(run, &maps, offsets, index)) return EXIT_TROUBLE;
    return keep_image(run, &maps, first);
}

/* -------------------------------------------------------------------------------------------------------------- all images */

/* How many images the maps are of: as many as the file says, or as there are people. */
static int count_images(decode *run, const char *path)
{
    const source *people = run->where.people;
    run->images = run->maps.images;
    run->maps_an_image = run->maps.first.count;
    if (!people || (run->maps.batched && run->maps.images == people->groups)) return EXIT_FINE;
    if (run->maps.batched || run->maps.first.count != people->groups * people->maps)
        return trouble("%s holds %lld maps; the %lld %s of %s want %d each", path,
                       (long long)(run->maps.images * run->maps.first.count), (long long)people->groups, people->what,
                       run->where.coco, people->maps);
    run->images = people->groups;
    run->maps_an_image = people->maps;
    return EXIT_FINE;
}

static int open_output(decode *run)
{
    const bool json = run->path && has_extension(run->path, ".json"), png = run->path && has_extension(run->path, ".png");
    if (run->path && !json && !png) return trouble("-o is '%s'; its name must end in .png, or with --coco in .json", run->path);
    if (json && !run->where.coco) return trouble("-o OUT.json writes COCO results of --coco, which names the people");
    if (json && run->peaks) return trouble("-o OUT.json writes one keypoint a map; --peaks finds any number");
    if (look_check(&run->picture, png ? OUTPUT_PNG : OUTPUT_NPY)) return EXIT_TROUBLE;
    if (json && !(run->results = json_array())) return trouble("no memory for the results");
    return png ? image_open(&run->seen, run->maps.first.rows, run->maps.first.cols) : EXIT_FINE;
}

static int find_least(const decode *run, int64_t images, double *least)
{
    image room;
    int status = image_open(&room, run->maps.first.rows, run->maps.first.cols);
    *least = INFINITY;
    for (int64_t index = 0; !status && index < images; ++index) {
        const cvh_maps maps = maps_of_image(run, index);
        status = image_least(&room, &maps, least);
    }
    image_close(&room);
    return status;
}

/* How many peaks have no shape, and the largest score. */
static size_t count_shapeless(const peak_list *found, double *largest)
{
    size_t shapeless = 0;
    *largest = 0;
    for (size_t i = 0; i < found->count; ++i) {
        const cvh_peak *peak = &found->peaks[i];
        shapeless += peak->found == CVH_FOUND_PIXEL_SHAPE || peak->found == CVH_FOUND_WEAK;
        if (isfinite(peak->score)) *largest = fmax(*largest, peak->score);
    }
    return shapeless;
}

/* Maps whose samples look like no values. Raw scores of a network go far below 0, as a heatmap's noise does not, and often end
 * as peaks without a shape: then all images are looked at, else the first. Scores that went through a sigmoid are above 0;
 * whole numbers below 0 are a quantised tensor's. */
static int remark_values(const decode *run, const char *path)
{
    static const double far_below = -1;
    const tensor_reading *how = &run->reading;
    const cvh_depth depth = run->maps.first.depth;
    const bool coded = (depth == CVH_8S || depth == CVH_16S) && how->scale == 0 && how->zero == 0;
    double least, largest;
    const size_t shapeless = count_shapeless(&run->found, &largest);
    const bool most = run->found.count > 0 && 2 * shapeless >= run->found.count;
    if (find_least(run, most || coded || how->sigmoid ? run->images : 1, &least)) return EXIT_TROUBLE;
    if (coded && least < 0)
        remark("%s holds whole numbers from %g on: is it quantised? --scale and --zero make values of them", path, least);
    else if (how->sigmoid && least >= 0)
        remark("no sample is below 0: have the maps been through a sigmoid before --sigmoid?");
    else if (run->how.decoder.activation || least >= far_below)
        return EXIT_FINE;
    else if (most)
        remark(
            "%zu of %zu peaks have no shape, and samples go down to %.3g: are they a network's scores? --sigmoid reads those",
            shapeless, run->found.count, least);
    else if (run->found.count > 0 && -least > largest)
        remark("samples go from %.3g to %.3g: are they a network's scores? --sigmoid reads those", least, largest);
    return EXIT_FINE;
}

/* What the maps of one step of the batch belong to; NULL where there is one. */
static const char *group_of(const decode *run)
{
    if (!run->maps.batched && run->images <= 1) return NULL;
    return run->where.people && !strcmp(run->where.people->what, "people") ? "instance" : "image";
}

static json_t *decode_json(const decode *run)
{
    const cvh_gaussian *gaussian = &run->how.convention.gaussian;
    return json_pack("{s:s?, s:o, s:f, s:f, s:s?, s:o}", "convention", run->how.convention.name, "decoder",
                     decoder_json(run->how.name, &run->how.decoder), "sigma_x", gaussian->sigma_x, "sigma_y",
                     gaussian->sigma_y != 0 ? gaussian->sigma_y : gaussian->sigma_x, "crop",
                     framing_is_given(&run->where) ? run->where.rule.name : NULL, "peaks",
                     peaks_json(&run->found, group_of(run)));
}

static int save_picture(const decode *run)
{
    double least, largest;
    char details[256];
    image_range(&run->seen, &least, &largest);
    if (run->picture.raw) return look_save_raw(&run->picture, &run->seen, largest > 0 ? largest : 1, run->path);
    if (run->picture.over)
        return look_save_over(&run->picture, &run->seen, largest > 0 ? largest : 1, &run->how.convention, run->how.input_rows,
                              run->how.input_cols, run->marks, run->mark_count, run->path);
    snprintf(details, sizeof details, "%lld maps of %dx%d %s   decoder %s", (long long)(run->images * run->maps_an_image),
             run->seen.rows, run->seen.cols, depth_name(run->maps.first.depth), run->how.name);
    const panel shown = {.seen = run->seen,
                         .least = least,
                         .largest = largest,
                         .scale = true,
                         .marks = run->marks,
                         .mark_count = run->mark_count};
    const picture made = {.heading = "cvheatmap decode", .details = details, .panels = &shown, .count = 1, .across = 1};
    return picture_save(&made, run->path);
}

static int report(decode *run, const char *path)
{
    if (remark_values(run, path)) return EXIT_TROUBLE;
    if (run->results && results_save(run->results, run->path)) return EXIT_TROUBLE;
    if (run->path && !run->results && save_picture(run)) return EXIT_TROUBLE;
    if (run->json && json_print(decode_json(run))) return EXIT_TROUBLE;
    if (!run->json && !run->results) peaks_print(&run->found, group_of(run));
    return finish_stdout(EXIT_FINE);
}

static int load_offsets(decode *run)
{
    offset_files *offsets = &run->offsets;
    if (offsets_load(offsets, &run->reading)) return EXIT_TROUBLE;
    const bool x = tensors_share_scale(&run->maps, &offsets->x),
               y = offsets->second && tensors_share_scale(&run->maps, &offsets->y);
    if ((x || y) && (run->reading.scale != 0 || run->reading.zero != 0))
        remark("--scale and --zero are taken for the maps and the offsets alike; a quantised network has them for each tensor");
    return EXIT_FINE;
}

static int decode_file(decode *run, const char *path)
{
    if (tensor_load(path, &run->reading, &run->maps)) return EXIT_TROUBLE;
    const cvh_maps *first = &run->maps.first;
    if (framing_is_given(&run->where) && !run->how.input_rows) {
        run->how.input_rows = 4 * first->rows;
        run->how.input_cols = 4 * first->cols;
    }
    if (decoding_ready(&run->how, first->rows, first->cols)) return EXIT_TROUBLE;
    if (run->reading.sigmoid) run->how.decoder.activation = CVH_ACTIVATION_SIGMOID;
    if (framing_open(&run->where, run->how.convention_name ? run->how.convention.name : NULL)) return EXIT_TROUBLE;
    if (count_images(run, path) || open_output(run)) return EXIT_TROUBLE;
    if (run->picture.over && framing_is_given(&run->where) && run->images > 1)
        return trouble("--over shows one person or image; there are %lld", (long long)run->images);
    if (run->offsets.names && load_offsets(run)) return EXIT_TROUBLE;
    for (int64_t index = 0; index < run->images; ++index)
        if (decode_image(run, index)) return EXIT_TROUBLE;
    return report(run, path);
}

static void decode_free(decode *run)
{
    tensor_free(&run->maps);
    offsets_free(&run->offsets);
    peaks_free(&run->found);
    framing_close(&run->where);
    json_decref(run->results);
    image_close(&run->seen);
    free(run->marks);
}

/* ---------------------------------------------------------------------------------------------------------------- options */

static int take_option(decode *run, int option, const char *value)
{
    if (option >= OPTION_FIRST_TENSOR && option < OPTION_FIRST_DECODER) return tensor_option(&run->reading, option, value);
    if (option >= OPTION_FIRST_PICTURE && option < OPTION_END_PICTURE) return look_option(&run->picture, option, value);
    switch (option) {
    case '?': return EXIT_TROUBLE;
    case OPTION_OUTPUT: return set_once("-o", &run->path, value);
    case OPTION_OFFSETS: return set_once("--offsets", &run->offsets.names, value);
    case OPTION_OFFSET_ORDER: return parse_name("--offset-order", offset_order_names, value, &run->offsets.order);
    case OPTION_PEAKS: run->peaks = true; return EXIT_FINE;
    case OPTION_JSON: run->json = true; return EXIT_FINE;
    case OPTION_COCO:
    case OPTION_BOX:
    case OPTION_RULE:
    case OPTION_CATEGORY:
    case OPTION_WHOLE_IMAGE: return framing_option(&run->where, option, value);
    default: return decoding_option(&run->how, option, value);
    }
}

static int run_decode(decode *run, int count, char **files)
{
    const bool simcc = run->how.convention_name && is_simcc(run->how.convention_name);
    if (count != (simcc ? 2 : 1))
        return trouble("decode takes one file, MAPS.npy, or with a SimCC convention two, X.npy and Y.npy, not %d; see "
                       "cvheatmap decode --help",
                       count);
    if (simcc) {
        if (options_only(options, run->given, simcc_options, "for SimCC's vectors")) return EXIT_TROUBLE;
        return decode_simcc(&run->how, &run->reading, &run->where, run->json, run->path, files);
    }
    if (!run->peaks && options_only(options, run->given, ~peaks_options, "without --peaks")) return EXIT_TROUBLE;
    if (!run->offsets.names && options_only(options, run->given, ~OPTION_BIT(OPTION_OFFSET_ORDER), "without --offsets"))
        return EXIT_TROUBLE;
    if (run->offsets.names && options_only(options, run->given, ~refining_options, "with --offsets, which stand in its place"))
        return EXIT_TROUBLE;
    return decode_file(run, files[0]);
}

int decode_command(int argc, char **argv)
{
    decode run = {.where = framing_start(), .picture = look_start()};
    int status = EXIT_FINE, option;
    while (!status && (option = next_option(argc, argv, options)) != -1) {
        if (option == OPTION_HELP)
            return print_help((const char *const[]){help, decoding_help, tensor_help, framing_help, look_help, NULL});
        option_add(&run.given, option);
        status = take_option(&run, option, optarg);
    }
    if (!status) status = run_decode(&run, argc - optind, argv + optind);
    decode_free(&run);
    return status;
}
