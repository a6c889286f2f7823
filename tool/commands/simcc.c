/* SPDX-License-Identifier: Apache-2.0
 * encode and decode of SimCC's vectors. */
#include "commands/simcc.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "base/progress.h"
#include "input/coco.h"
#include "output/json.h"
#include "output/maps_file.h"
#include "output/npy.h"
#include "output/output.h"
#include "output/peaks.h"
#include "output/results.h"

bool is_simcc(const char *name)
{
    cvh_convention of_maps;
    cvh_simcc of_vectors;
    return !strncmp(name, "simcc", 5) || (cvh_convention_find(name, &of_maps) && !cvh_simcc_find(name, &of_vectors));
}

/* --------------------------------------------------------------------------------------------------------------- reading */

/* Bins a pixel of the input; 0 is the library's 2. */
static double ratio_of(const cvh_simcc *simcc)
{
    return simcc->ratio != 0 ? simcc->ratio : 2;
}

/* The vectors of one image: [keypoints][bins], or [images][keypoints][bins], as maps of one row. */
static cvh_maps vectors_of(const cvh_maps *loaded, int image)
{
    cvh_maps made = *loaded;
    made.data = (char *)loaded->data + (size_t)image * loaded->map_step;
    made.count = loaded->rows;
    made.rows = 1;
    made.map_step = loaded->row_step;
    return made;
}

/* One run of decode. */
typedef struct reader {
    cvh_simcc simcc;
    framing *where;
    const char *path; /* of COCO results, or NULL */
    json_t *results;
    peak_list found;
} reader;

static int decode_image(reader *run, const cvh_maps *x, const cvh_maps *y, int image)
{
    const cvh_maps along_x = vectors_of(x, image), along_y = vectors_of(y, image);
    const size_t count = (size_t)along_x.count, first = run->found.count;
    cvh_simcc *simcc = &run->simcc;
    cvh_peak *peaks = peaks_room(&run->found, count);
    if (!peaks) return EXIT_TROUBLE;
    if (framing_is_given(run->where)) {
        if (framing_next(run->where, simcc->input_rows, simcc->input_cols)) return EXIT_TROUBLE;
        simcc->crop = &run->where->crop;
    }
    if (cvh_simcc_decode(&along_x, &along_y, simcc, peaks)) return library_trouble();
    peaks_keep(&run->found, count, image);
    const source *people = run->where->people;
    return run->results
               ? results_add(run->results, coco_image_id(people), coco_category_id(people), run->found.peaks + first, count)
               : EXIT_FINE;
}

static int decode_images(reader *run, const cvh_maps *x, const cvh_maps *y)
{
    const source *people = run->where->people;
    if (people && people->groups != x->count)
        return trouble("there are %lld %s, and vectors of %d images", (long long)people->groups, people->what, x->count);
    for (int image = 0; image < x->count; ++image)
        if (decode_image(run, x, y, image)) return EXIT_TROUBLE;
    return EXIT_FINE;
}

/* The input's size, which a crop has to have, from the vectors where it was not given. */
static void find_input(cvh_simcc *simcc, const decoding *how, const cvh_maps *x, const cvh_maps *y)
{
    const double ratio = ratio_of(simcc);
    simcc->input_rows = how->input_rows ? how->input_rows : (int)rint(y->cols / ratio);
    simcc->input_cols = how->input_cols ? how->input_cols : (int)rint(x->cols / ratio);
}

static int open_results(reader *run)
{
    if (!run->path) return EXIT_FINE;
    if (!has_extension(run->path, ".json") || !run->where->coco)
        return trouble("-o is '%s'; of SimCC's vectors it is OUT.json, COCO results of --coco", run->path);
    run->results = json_array();
    return run->results ? EXIT_FINE : trouble("no memory for the results");
}

static int report(const reader *run, bool json, bool batched)
{
    const char *group = !batched ? NULL : run->where->people ? "instance" : "image";
    if (run->results && results_save(run->results, run->path)) return EXIT_TROUBLE;
    const cvh_simcc *simcc = &run->simcc;
    if (json
        && json_print(
            json_pack("{s:s, s:f, s:f, s:f, s:o, s:s?, s:o}", "convention", simcc->name, "ratio", ratio_of(simcc), "sigma_x",
                      simcc->sigma_x, "sigma_y", simcc->sigma_y, "threshold", json_of_real(simcc->threshold), "crop",
                      framing_is_given(run->where) ? run->where->rule.name : NULL, "peaks", peaks_json(&run->found, group))))
        return EXIT_TROUBLE;
    if (!json && !run->results) peaks_print(&run->found, group);
    return finish_stdout(EXIT_FINE);
}

static int decode_loaded(reader *run, const decoding *how, bool json, const cvh_maps *x, const cvh_maps *y)
{
    cvh_simcc *simcc = &run->simcc;
    if (cvh_simcc_find(how->convention_name, simcc)) return library_trouble();
    if (x->count != y->count || x->rows != y->rows)
        return trouble("X holds %d vectors of %d images, Y %d of %d", x->rows, x->count, y->rows, y->count);
    if (decoding_simcc(how, simcc)) return EXIT_TROUBLE;
    find_input(simcc, how, x, y);
    if (open_results(run) || framing_open(run->where, "mmpose") || decode_images(run, x, y)) return EXIT_TROUBLE;
    return report(run, json, x->count > 1);
}

int decode_simcc(const decoding *how, const tensor_reading *stored, framing *where, bool json, const char *path, char **files)
{
    reader run = {.where = where, .path = path};
    cvh_maps x = {0}, y = {0};
    int status = EXIT_TROUBLE;
    if (cvh_npy_load(files[0], &x) || cvh_npy_load(files[1], &y))
        library_trouble();
    else {
        cvh_maps along_x = with_steps(x), along_y = with_steps(y);
        along_x.scale = along_y.scale = stored->scale;
        along_x.zero = along_y.zero = stored->zero;
        status = decode_loaded(&run, how, json, &along_x, &along_y);
    }
    peaks_free(&run.found);
    json_decref(run.results);
    cvh_npy_free(&x);
    cvh_npy_free(&y);
    return status;
}

/* --------------------------------------------------------------------------------------------------------------- drawing */

typedef struct labels {
    cvh_simcc simcc;
    int bins_x, bins_y;
    char path_x[4096];
    const char *path_y;
    maps_file files; /* X.npy and its weights */
    output along_y;
    void *x, *y;
    float *weights;
    size_t capacity;
} labels;

static int find_bins(labels *made, const drawing *draw)
{
    const double ratio = ratio_of(&made->simcc);
    const double wide = rint(draw->input_cols * ratio), high = rint(draw->input_rows * ratio);
    if (wide > CVH_MAX_SIDE || high > CVH_MAX_SIDE)
        return trouble("--input is %dx%d; its vectors would have more than %d bins", draw->input_rows, draw->input_cols,
                       CVH_MAX_SIDE);
    made->bins_x = (int)wide;
    made->bins_y = (int)high;
    made->simcc.input_rows = draw->input_rows;
    made->simcc.input_cols = draw->input_cols;
    return EXIT_FINE;
}

static int split_paths(labels *made, const char *paths)
{
    if ((size_t)snprintf(made->path_x, sizeof made->path_x, "%s", paths) >= sizeof made->path_x)
        return trouble("-o is longer than %zu bytes", sizeof made->path_x - 1);
    char *comma = strchr(made->path_x, ',');
    if (comma) *comma = '\0';
    made->path_y = comma ? comma + 1 : "";
    if (strchr(made->path_y, ',') || !has_extension(made->path_x, ".npy") || !has_extension(made->path_y, ".npy"))
        return trouble("-o is '%s'; SimCC's vectors are two files, X.npy,Y.npy", paths);
    return EXIT_FINE;
}

static int open_files(labels *made, const drawing *draw)
{
    const source *from = draw->from;
    const uint64_t groups = (uint64_t)from->groups, maps = (uint64_t)from->maps, x = (uint64_t)made->bins_x,
                   y = (uint64_t)made->bins_y;
    const uint64_t shape_x[] = {groups, maps, x}, shape_y[] = {groups, maps, y}, list_x[] = {groups, x}, list_y[] = {groups, y};
    const int sides = from->loose ? 2 : 3;
    if (maps_file_open_weights(&made->files, made->path_x, from)) return EXIT_TROUBLE;
    if (output_open(&made->files.maps, made->path_x) || output_open(&made->along_y, made->path_y)) return EXIT_TROUBLE;
    return npy_write_header(&made->files.maps, from->loose ? list_x : shape_x, sides, depth_type(draw->depth))
           || npy_write_header(&made->along_y, from->loose ? list_y : shape_y, sides, depth_type(draw->depth));
}

static int draw_group(labels *made, drawing *draw, bool first)
{
    placed group;
    const size_t maps = (size_t)draw->from->maps, sample = sample_size(draw->depth);
    const cvh_maps x = cvh_maps_view(made->x, (int)maps, 1, made->bins_x, draw->depth);
    const cvh_maps y = cvh_maps_view(made->y, (int)maps, 1, made->bins_y, draw->depth);
    if (drawing_next(draw, &group)) return EXIT_TROUBLE;
    if (group.count > made->capacity) {
        float *weights = realloc(made->weights, group.count * sizeof *weights);
        if (!weights) return trouble("no memory for %zu weights", group.count);
        made->weights = weights;
        made->capacity = group.count;
    }
    made->simcc.crop = group.convention.crop;
    if (cvh_simcc_encode(&x, &y, group.points, group.count, &made->simcc, made->weights)) return library_trouble();
    drawing_count(draw, &group, made->weights);
    if (first && open_files(made, draw)) return EXIT_TROUBLE;
    if (maps_file_weights(&made->files, &group.from, made->weights)) return EXIT_TROUBLE;
    return maps_file_write(&made->files, made->x, maps * (size_t)made->bins_x * sample, draw->depth)
           || npy_write(&made->along_y, made->y, maps * (size_t)made->bins_y * sample, draw->depth);
}

static int draw_groups(labels *made, drawing *draw)
{
    const source *from = draw->from;
    const size_t maps = (size_t)from->maps, sample = sample_size(draw->depth);
    progress bar = progress_start(from->what);
    made->x = malloc(maps * (size_t)made->bins_x * sample);
    made->y = malloc(maps * (size_t)made->bins_y * sample);
    int status = made->x && made->y ? EXIT_FINE : trouble("no memory for %zu vectors", maps);
    for (int64_t index = 0; !status && index < from->groups; ++index) {
        status = draw_group(made, draw, index == 0);
        progress_show(&bar, index + 1, from->groups);
    }
    progress_end(&bar);
    return status;
}

static int draw_all(labels *made, drawing *draw, const char *paths)
{
    const char *name = draw->name;
    draw->name = NULL; /* no convention of maps */
    if (!draw->rule_name && draw->what.coco) draw->rule_name = "mmpose";
    if (!draw->input_rows) {
        draw->input_rows = 256;
        draw->input_cols = 192;
    }
    draw->rows = draw->input_rows;
    draw->cols = draw->input_cols;
    if (cvh_simcc_find(name, &made->simcc)) return library_trouble();
    if (drawing_given(draw, OPTION_SIGMA)) {
        made->simcc.sigma_x = draw->given.gaussian.sigma_x;
        made->simcc.sigma_y = draw->given.gaussian.sigma_y;
    }
    if (find_bins(made, draw) || split_paths(made, paths) || drawing_ready(draw)) return EXIT_TROUBLE;
    if (draw->depth != CVH_32F && draw->depth != CVH_64F) return trouble("SimCC's vectors are drawn in 32f and 64f");
    if (draw_groups(made, draw)) return EXIT_TROUBLE;
    return output_finish(&made->along_y) || maps_file_finish(&made->files) ? EXIT_TROUBLE : EXIT_FINE;
}

/* 0: the library's rule for the side. */
static json_t *sigma_json(double sigma)
{
    return sigma != 0 ? json_real(sigma) : json_string("from the input's side");
}

static json_t *labels_json(const labels *made, const drawing *draw, const char *paths)
{
    const tally *count = &draw->count;
    const source *from = draw->from;
    const cvh_simcc *simcc = &made->simcc;
    return json_pack("{s:s, s:f, s:o, s:o, s:s?, s:s, s:I, s:i, s:i, s:s, s:I, s:I, s:I, s:I, s:I, s:s?}", "convention",
                     simcc->name, "ratio", ratio_of(simcc), "sigma_x", sigma_json(simcc->sigma_x), "sigma_y",
                     sigma_json(simcc->sigma_y != 0 ? simcc->sigma_y : simcc->sigma_x), "crop",
                     from->in_photo ? draw->rule.name : NULL, "output", paths, "vectors",
                     (json_int_t)(from->groups * from->maps), "bins_x", made->bins_x, "bins_y", made->bins_y, "depth",
                     depth_name(draw->depth), "drawn", (json_int_t)count->drawn, "dropped", (json_int_t)count->dropped,
                     "off_the_input", (json_int_t)count->off, "not_labelled", (json_int_t)count->unlabelled, "skipped",
                     (json_int_t)from->skipped, "reason", from->skipped ? from->reason : NULL);
}

int encode_simcc(drawing *draw, const char *paths, bool json)
{
    labels made = {0};
    int status = draw_all(&made, draw, paths);
    if (!status) drawing_remark(draw);
    if (!status && json) status = json_print(labels_json(&made, draw, paths)) ? EXIT_TROUBLE : finish_stdout(EXIT_FINE);
    output_discard(&made.along_y);
    maps_file_discard(&made.files);
    free(made.x);
    free(made.y);
    free(made.weights);
    return status;
}
