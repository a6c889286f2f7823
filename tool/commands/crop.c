/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap crop: the network's input out of a photograph. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arguments.h"
#include "commands/commands.h"
#include "input/framing.h"
#include "input/photo.h"
#include "output/json.h"
#include "output/output.h"
#include "output/png.h"

static const char help[] =
    "usage: cvheatmap crop PHOTO --rule NAME --input ROWSxCOLS -o OUT [options]\n"
    "\n"
    "Cuts the network's input out of a photograph (PNG or JPEG; 8 bits, grey, RGB or RGBA) as a project does.\n"
    "OUT.png is the picture, OUT.npy its red, green and blue as uint8 [3][rows][cols].\n"
    "\n"
    "  --box X,Y,W,H         what to cut out, in pixels of the photograph; default: the whole photograph\n"
    "  --rule NAME           hrnet, udp, mmpose, mmpose_udp, rtmpose, letterbox, ...; `--rules` prints all\n"
    "  --input ROWSxCOLS     of the network's input\n"
    "  --rotation DEGREES    in the sense of the project; default 0\n"
    "  -o, --output OUT      .png or .npy\n"
    "  --json                print the two matrices: from the photograph to the input, and back\n"
    "  --rules               print the names of the rules\n"
    "  -h, --help            this text\n";

enum { OPTION_RULES = 1024 };

static const struct option options[] = {
    {"box", required_argument, NULL, OPTION_BOX},       {"rule", required_argument, NULL, OPTION_RULE},
    {"input", required_argument, NULL, OPTION_INPUT},   {"rotation", required_argument, NULL, OPTION_ROTATION},
    {"output", required_argument, NULL, OPTION_OUTPUT}, {"json", no_argument, NULL, OPTION_JSON},
    {"rules", no_argument, NULL, OPTION_RULES},         COMMON_OPTIONS,
};

typedef struct cropping {
    const char *box_text, *rule_name, *path;
    int input_rows, input_cols;
    double rotation;
    output_kind kind;
    bool json, rules;
    cvh_crop_rule rule;
    cvh_crop crop;
} cropping;

static int print_rules(void)
{
    for (int i = 0; cvh_crop_name(i); ++i) puts(cvh_crop_name(i));
    return finish_stdout(EXIT_FINE);
}

static json_t *affine_json(const cvh_affine *affine)
{
    return json_pack("[[f, f, f], [f, f, f]]", affine->xx, affine->xy, affine->x0, affine->yx, affine->yy, affine->y0);
}

static int print_json(const cropping *run)
{
    const int status = json_print(json_pack("{s:s, s:i, s:i, s:o, s:o}", "rule", run->rule.name, "rows", run->crop.input_rows,
                                            "cols", run->crop.input_cols, "to_input", affine_json(&run->crop.to_input),
                                            "to_photo", affine_json(&run->crop.to_photo)));
    return status ? status : finish_stdout(EXIT_FINE);
}

/* Planes for .npy, interleaved for .png: one warp either way. */
static int save(const cropping *run, const cvh_maps *seen, unsigned char *pixels)
{
    const int rows = run->crop.input_rows, cols = run->crop.input_cols;
    const bool planes = run->kind == OUTPUT_NPY;
    const cvh_maps to =
        planes ? cvh_maps_view(pixels, 3, rows, cols, CVH_8U) : cvh_maps_interleaved(pixels, 3, rows, cols, CVH_8U, 0);
    if (cvh_crop_image(&run->crop, seen, &to)) return library_trouble();
    if (!planes) return png_save(run->path, pixels, cols, rows, PNG_RGB);
    return cvh_npy_save(run->path, &to) ? library_trouble() : EXIT_FINE;
}

static int take_box(const cropping *run, const photo *taken, cvh_rect *box)
{
    if (parse_box(run->box_text, box)) return EXIT_TROUBLE;
    const bool beside = box->x >= taken->cols || box->y >= taken->rows || box->x + box->width <= 0 || box->y + box->height <= 0;
    if (!beside) return EXIT_FINE;
    return trouble("--box is '%s'; it lies beside the photograph, which is %d pixels wide and %d high", run->box_text,
                   taken->cols, taken->rows);
}

static int crop_photo(cropping *run, const photo *taken)
{
    cvh_rect box;
    if (run->box_text && take_box(run, taken, &box)) return EXIT_TROUBLE;
    if (cvh_crop_fit(&run->rule, run->box_text ? &box : NULL, taken->rows, taken->cols, run->input_rows, run->input_cols,
                     run->rotation, &run->crop))
        return library_trouble();
    const cvh_maps seen = cvh_maps_interleaved(taken->pixels, 3, taken->rows, taken->cols, CVH_8U, 0);
    unsigned char *pixels = malloc((size_t)run->crop.input_rows * (size_t)run->crop.input_cols * 3);
    if (!pixels) return trouble("no memory for an input of %dx%d", run->crop.input_rows, run->crop.input_cols);
    const int status = save(run, &seen, pixels);
    free(pixels);
    return status || !run->json ? status : print_json(run);
}

static int crop_file(cropping *run, const char *path)
{
    photo taken = {0};
    if (!run->rule_name) return trouble("crop: --rule NAME is missing; see cvheatmap crop --help");
    if (!run->input_rows) return trouble("crop: --input ROWSxCOLS is missing; see cvheatmap crop --help");
    if (!run->path) return trouble("crop: -o OUT.png or -o OUT.npy is missing; see cvheatmap crop --help");
    if (output_kind_wanted(run->path, &run->kind)) return EXIT_TROUBLE;
    if (cvh_crop_find(run->rule_name, &run->rule)) return library_trouble();
    if (photo_read(path, &taken)) return EXIT_TROUBLE;
    const int status = crop_photo(run, &taken);
    photo_free(&taken);
    return status;
}

static int take_option(cropping *run, int option, const char *value)
{
    switch (option) {
    case OPTION_BOX: return set_once("--box", &run->box_text, value);
    case OPTION_RULE: return set_once("--rule", &run->rule_name, value);
    case OPTION_INPUT: return parse_sides("--input", value, &run->input_rows, &run->input_cols);
    case OPTION_ROTATION: return parse_number("--rotation", value, &run->rotation);
    case OPTION_OUTPUT: return set_once("-o", &run->path, value);
    case OPTION_JSON: run->json = true; return EXIT_FINE;
    case OPTION_RULES: run->rules = true; return EXIT_FINE;
    default: return EXIT_TROUBLE;
    }
}

int crop_command(int argc, char **argv)
{
    cropping run = {0};
    int status = EXIT_FINE, option;
    while (!status && (option = next_option(argc, argv, options)) != -1) {
        if (option == OPTION_HELP) return print_help((const char *const[]){help, NULL});
        status = take_option(&run, option, optarg);
    }
    if (!status && run.rules) return print_rules();
    if (!status && argc - optind != 1)
        status = trouble("crop takes one file, PHOTO, not %d; see cvheatmap crop --help", argc - optind);
    return status ? status : crop_file(&run, argv[optind]);
}
