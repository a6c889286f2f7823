/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap decode: maps back to keypoints. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "input/decoding.h"
#include "input/names.h"
#include "input/tensor.h"
#include "output/decoder_text.h"
#include "output/json.h"
#include "output/peaks.h"

static const char help[] =
    "usage: cvheatmap decode MAPS.npy [options]\n"
    "\n"
    "Reads a keypoint out of each map and prints CSV: map,x,y,score,found; of a batch [images][maps][rows][cols]\n"
    "image,map,... x and y are heatmap pixels, or pixels of the network's input with --input; nan where\n"
    "nothing usable was found, and `found` says why: refined, pixel, pixel_edge, pixel_shape, pixel_value\n"
    "(the pixel alone), weak, nothing.\n"
    "\n"
    "  --json                print JSON instead of CSV, with the decoder that ran and its numbers\n"
    "  --quiet               say nothing on stderr of maps that look otherwise than they are taken\n"
    "  -h, --help            this text\n";

static const struct option options[] = {
    DECODING_OPTIONS, TENSOR_OPTIONS, {"peaks", no_argument, NULL, OPTION_PEAKS}, {"json", no_argument, NULL, OPTION_JSON},
    COMMON_OPTIONS,
};

typedef struct decode {
    decoding how;
    tensor_reading reading;
    bool peaks, json;
    tensor maps;
    peak_list found; /* of all images */
} decode;

/* Asks for all peaks, and once more with the room that the first answer asked for. */
static int find_all(decode *run, const cvh_maps *maps, int64_t image)
{
    size_t capacity = 16 * (size_t)maps->count, count = 0;
    for (;;) {
        cvh_peak *peaks = peaks_room(&run->found, capacity);
        if (!peaks) return EXIT_TROUBLE;
        count = 0;
        const cvh_status status = cvh_find_peaks(maps, &run->how.convention, peaks, capacity, &count);
        if (!status) return peaks_keep(&run->found, count, image), EXIT_FINE;
        if (count <= capacity) return library_trouble();
        capacity = count;
    }
}

static int find_one_a_map(decode *run, const cvh_maps *maps, int64_t image)
{
    cvh_peak *peaks = peaks_room(&run->found, (size_t)maps->count);
    if (!peaks) return EXIT_TROUBLE;
    if (cvh_decode(maps, &run->how.convention, peaks)) return library_trouble();
    peaks_keep(&run->found, (size_t)maps->count, image);
    return EXIT_FINE;
}

/* Raw scores of a network end as peaks without a shape, or as negative ones. */
static void remark_logits(const decode *run)
{
    size_t weak = 0, negative = 0;
    for (size_t i = 0; i < run->found.count; ++i) {
        const cvh_peak *peak = &run->found.peaks[i];
        const bool shapeless = peak->found == CVH_FOUND_PIXEL_SHAPE || peak->found == CVH_FOUND_WEAK;
        weak += shapeless;
        negative += shapeless && peak->score < 0;
    }
    if (run->found.count == 0 || 2 * negative <= run->found.count) return;
    remark("%zu of %zu peaks are negative and have no shape: do the maps hold a network's scores before the sigmoid?", negative,
           run->found.count);
}

static json_t *decode_json(const decode *run)
{
    json_t *decoder = decoder_json(run->how.name, &run->how.decoder), *peaks = peaks_json(&run->found, run->maps.batched);
    const cvh_gaussian *gaussian = &run->how.convention.gaussian;
    return json_pack("{s:s?, s:o, s:f, s:f, s:o}", "convention", run->how.convention.name, "decoder", decoder, "sigma_x",
                     gaussian->sigma_x, "sigma_y", gaussian->sigma_y != 0 ? gaussian->sigma_y : gaussian->sigma_x, "peaks",
                     peaks);
}

static int decode_images(decode *run)
{
    const cvh_maps *first = &run->maps.first;
    if (decoding_ready(&run->how, first->rows, first->cols)) return EXIT_TROUBLE;
    for (int64_t image = 0; image < run->maps.images; ++image) {
        const cvh_maps maps = tensor_image(&run->maps, image);
        if (run->peaks ? find_all(run, &maps, image) : find_one_a_map(run, &maps, image)) return EXIT_TROUBLE;
    }
    remark_logits(run);
    if (run->json && json_print(decode_json(run))) return EXIT_TROUBLE;
    if (!run->json) peaks_print(&run->found, run->maps.batched);
    return finish_stdout(EXIT_FINE);
}

static int decode_file(decode *run, const char *path)
{
    int status = tensor_load(path, &run->reading, &run->maps);
    if (!status) status = decode_images(run);
    tensor_free(&run->maps);
    peaks_free(&run->found);
    return status;
}

static int take_option(decode *run, int option, const char *value)
{
    switch (option) {
    case '?': return EXIT_TROUBLE;
    case OPTION_PEAKS: run->peaks = true; return EXIT_FINE;
    case OPTION_JSON: run->json = true; return EXIT_FINE;
    case OPTION_LAYOUT:
    case OPTION_SCALE:
    case OPTION_ZERO:
    case OPTION_SIGMOID: return tensor_option(&run->reading, option, value);
    default: return decoding_option(&run->how, option, value);
    }
}

int decode_command(int argc, char **argv)
{
    decode run = {0};
    int status = EXIT_FINE, option;
    while (!status && (option = next_option(argc, argv, options)) != -1) {
        if (option == OPTION_HELP) return print_help((const char *const[]){help, decoding_help, tensor_help, NULL});
        status = take_option(&run, option, optarg);
    }
    if (!status && argc - optind != 1)
        status = trouble("decode takes one file, MAPS.npy, not %d; see cvheatmap decode --help", argc - optind);
    return status ? status : decode_file(&run, argv[optind]);
}
