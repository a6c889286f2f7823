/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap decode: maps back to keypoints. */
#include <stdio.h>
#include <stdlib.h>

#include "input/names.h"
#include "input/options.h"
#include "output/json.h"

static const char help[] =
    "usage: cvheatmap decode MAPS.npy [options]\n"
    "\n"
    "Reads a keypoint out of each map and prints CSV: map,x,y,score,found. x and y are heatmap pixels, or\n"
    "pixels of the network's input with --input; nan where nothing usable was found, and `found` says why:\n"
    "refined, pixel, pixel_edge, pixel_shape, pixel_value (the pixel alone), weak, nothing.\n"
    "\n"
    "  --convention NAME     read as this project reads its maps (default: the library's own decoder, a\n"
    "                        least-squares fit of a Gaussian)\n"
    "  --input ROWSxCOLS     size of the network's input that the maps belong to\n"
    "  --peaks               every local maximum, not one a map\n"
    "  --json                print JSON instead of CSV\n"
    "  -h, --help            this text\n";

static const struct option options[] = {
    {"convention", required_argument, NULL, OPTION_CONVENTION},
    {"input", required_argument, NULL, OPTION_INPUT},
    {"peaks", no_argument, NULL, OPTION_PEAKS},
    {"json", no_argument, NULL, OPTION_JSON},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

typedef struct decoding {
    const char *convention;
    int input_rows, input_cols; /* 0: heatmap pixels */
    bool peaks, json;
} decoding;

static void print_csv(const cvh_peak *peaks, size_t count)
{
    puts("map,x,y,score,found");
    for (size_t i = 0; i < count; ++i) {
        const cvh_peak *peak = &peaks[i];
        printf("%d,%s,%s,%s,%s\n", peak->map, number_shortest(peak->x).text, number_shortest(peak->y).text,
               number_shortest(peak->score).text, name_of(found_names, (unsigned)peak->found));
    }
}

static json_t *peaks_json(const cvh_peak *peaks, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < count; ++i) {
        const cvh_peak *peak = &peaks[i];
        json_t *entry =
            json_pack("{s:i, s:o, s:o, s:o, s:s}", "map", peak->map, "x", json_of_real(peak->x), "y", json_of_real(peak->y),
                      "score", json_of_real(peak->score), "found", name_of(found_names, (unsigned)peak->found));
        if (json_array_append_new(list, entry)) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static int print_peaks(const decoding *run, const cvh_peak *peaks, size_t count)
{
    if (run->json && json_print(peaks_json(peaks, count))) return EXIT_TROUBLE;
    if (!run->json) print_csv(peaks, count);
    return finish_stdout(EXIT_FINE);
}

static int decode_one_a_map(const decoding *run, const cvh_maps *maps, const cvh_convention *convention)
{
    const size_t count = (size_t)maps->count;
    cvh_peak *peaks = malloc(count * sizeof *peaks);
    if (!peaks) return trouble("no memory for %zu peaks", count);
    const int status = cvh_decode(maps, convention, peaks) ? library_trouble() : print_peaks(run, peaks, count);
    free(peaks);
    return status;
}

/* Asks for all peaks, and once more with the room that the first answer asked for. */
static int decode_all_peaks(const decoding *run, const cvh_maps *maps, const cvh_convention *convention)
{
    size_t capacity = 16 * (size_t)maps->count, count = 0;
    for (;;) {
        cvh_peak *peaks = malloc(capacity * sizeof *peaks);
        if (!peaks) return trouble("no memory for %zu peaks", capacity);
        count = 0;
        const cvh_status status = cvh_find_peaks(maps, convention, peaks, capacity, &count);
        const int printed = status ? EXIT_FINE : print_peaks(run, peaks, count);
        free(peaks);
        if (!status) return printed;
        if (count <= capacity) return library_trouble();
        capacity = count;
    }
}

static int decode_maps(const decoding *run, const cvh_maps *maps)
{
    cvh_convention convention = {0};
    if (run->convention && cvh_convention_find(run->convention, &convention)) return library_trouble();
    if (run->input_rows && cvh_convention_fit(&convention, run->input_rows, run->input_cols, maps->rows, maps->cols))
        return library_trouble();
    return run->peaks ? decode_all_peaks(run, maps, &convention) : decode_one_a_map(run, maps, &convention);
}

static int decode_file(const decoding *run, const char *path)
{
    cvh_maps maps = {0};
    if (cvh_npy_load(path, &maps)) return library_trouble();
    const int status =
        maps.depth == CVH_8U ? trouble("%s holds 8-bit samples; decode takes f4 and f8", path) : decode_maps(run, &maps);
    cvh_npy_free(&maps);
    return status;
}

static int take_option(decoding *run, int option, const char *value)
{
    switch (option) {
    case OPTION_CONVENTION: return set_once("--convention", &run->convention, value);
    case OPTION_INPUT: return parse_sides("--input", value, &run->input_rows, &run->input_cols);
    case OPTION_PEAKS: run->peaks = true; return EXIT_FINE;
    case OPTION_JSON: run->json = true; return EXIT_FINE;
    default: return EXIT_TROUBLE;
    }
}

int decode_command(int argc, char **argv)
{
    decoding run = {0};
    int status = EXIT_FINE, option;
    while (!status && (option = next_option(argc, argv, options)) != -1) {
        if (option == OPTION_HELP) return print_help(help, "");
        status = take_option(&run, option, optarg);
    }
    if (!status && argc - optind != 1)
        status = trouble("decode takes one file, MAPS.npy, not %d; see cvheatmap decode --help", argc - optind);
    return status ? status : decode_file(&run, argv[optind]);
}
