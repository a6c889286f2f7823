/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap encode: keypoints to maps. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "commands/commands.h"
#include "commands/encoding.h"
#include "commands/simcc.h"
#include "output/background.h"
#include "output/heading.h"
#include "output/json.h"
#include "output/output.h"

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
/* ----------------------------------------------------------------------------------------------------------- what is said */

static json_t *encoding_json(const encoding *run)
{
    const tally *count = &run->draw.count;
    const source *from = run->draw.from;
    json_t *how = drawing_json(&run->draw);
    static const char form[] = "{s:s, s:I, s:i, s:i, s:s, s:I, s:I, s:I, s:I, s:I, s:s?}";
    json_t *made = json_pack(form, "output", run->path, "maps", (json_int_t)(from->groups * run->maps_a_group), "rows",
                             run->draw.rows, "cols", run->draw.cols, "depth", depth_name(run->stored), "drawn",
                             (json_int_t)count->drawn, "dropped", (json_int_t)count->dropped, "off_the_map",
                             (json_int_t)count->off, "not_labelled", (json_int_t)count->unlabelled, "skipped",
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
    stored_remark(&run->lost, run->stored);
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

/* A plain picture ends at white; keypoints that were added up may go beyond. */
static void remark_white(const image *seen, double white)
{
    double least, largest;
    image_range(seen, &least, &largest);
    if (largest > white * (1 + 1e-6))
        remark("the largest sample is %.6g; the picture is white from the peak, %.6g, on", largest, white);
}

static int save_picture(encoding *run)
{
    const drawing *draw = &run->draw;
    const image *seen = &run->drawn.panels[0].seen;
    if (run->how.raw) remark_white(seen, white_of(run));
    if (run->how.raw) return look_save_raw(&run->how, seen, white_of(run), run->path);
    if (!run->how.over) return sheet_save(&run->drawn, draw, run->path);
    return look_save_over(&run->how, seen, white_of(run), &run->convention, draw->input_rows, draw->input_cols,
                          run->drawn.marks, run->drawn.mark_count, run->path);
}

static int check_look(const encoding *run)
{
    const source *from = run->draw.from;
    if (look_check(&run->how, run->kind)) return EXIT_TROUBLE;
    if (run->kind == OUTPUT_PNG && (run->background || run->store.given))
        return trouble("--%s is of OUT.npy; a picture shows the keypoints' maps", run->background ? "background" : "layout");
    if (run->how.over && from->in_photo && from->groups > 1)
        return trouble("--over shows one person or image; there are %" PRId64 " %s", from->groups, from->what);
    return run->kind == OUTPUT_PNG && !run->how.raw ? sheet_check(from) : EXIT_FINE;
}

static int check_offsets(const encoding *run)
{
    const bool converted = run->store.sigmoid || run->store.scale != 0 || run->store.zero != 0
                           || (run->draw.depth != CVH_32F && run->draw.depth != CVH_64F);
    if (!run->offsets.names) return EXIT_FINE;
    if (run->kind == OUTPUT_NPY && !run->background && !converted) return EXIT_FINE;
    return trouble("--offsets goes with -o OUT.npy of 32f or 64f, without --background, --scale, --zero and --sigmoid");
}

static int encode(encoding *run)
{
    run->draw.what.how.together = run->background;
    if (drawing_ready(&run->draw)) return EXIT_TROUBLE;
    if (run->background && background_check(&run->draw.convention)) return EXIT_TROUBLE;
    if (check_look(run) || check_offsets(run)) return EXIT_TROUBLE;
    if (encode_groups(run)) return EXIT_TROUBLE;
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
    static const uint64_t others = OPTION_BIT(OPTION_METHOD) | OPTION_BIT(OPTION_SIZE) | OPTION_BIT(OPTION_KSIZE)
                                   | OPTION_BIT(OPTION_PEAK) | OPTION_BIT(OPTION_BORDER) | OPTION_BIT(OPTION_OVERLAP)
                                   | OPTION_BIT(OPTION_NORM) | OPTION_BIT(OPTION_ARITHMETIC) | OPTION_BIT(OPTION_LAYOUT)
                                   | OPTION_BIT(OPTION_SCALE) | OPTION_BIT(OPTION_ZERO) | OPTION_BIT(OPTION_SIGMOID)
                                   | OPTION_BIT(OPTION_RAW) | OPTION_BIT(OPTION_BITS) | OPTION_BIT(OPTION_COLORMAP)
                                   | OPTION_BIT(OPTION_OVER) | OPTION_BIT(OPTION_ALPHA) | OPTION_BIT(OPTION_OFFSETS)
                                   | OPTION_BIT(OPTION_BACKGROUND) | OPTION_BIT(OPTION_PEOPLE) | OPTION_BIT(OPTION_BOXES);
    if (run->draw.name && is_simcc(run->draw.name)) {
        if (options_only(options, run->given, ~others, "for SimCC's vectors")) return EXIT_TROUBLE;
        return encode_simcc(&run->draw, run->path, run->json);
    }
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
        option_add(&run.given, option);
        status = take_option(&run, option, optarg);
    }
    if (!status) status = no_arguments(argc, argv);
    if (!status && !run.path) status = trouble("encode: -o OUT.npy or -o OUT.png is missing; see cvheatmap encode --help");
    if (!status) status = encode_any(&run);
    encoding_free(&run);
    return status;
}
