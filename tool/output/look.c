/* SPDX-License-Identifier: Apache-2.0
 * Plain pictures of a map, and maps over a photograph. */
#include "output/look.h"

#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "base/parse.h"
#include "input/photo.h"
#include "output/drawing.h"
#include "output/png.h"

const char look_help[] =
    "\nWhat kind of picture OUT.png is (default: a figure with axes and a scale):\n"
    "  --raw                 the map itself, a pixel a sample, 0..peak from black to white; of several maps\n"
    "                        the largest value at each pixel\n"
    "  --bits 8|16           of --raw; default 8\n"
    "  --colormap NAME       grey, hot, jet, viridis, turbo, magma\n"
    "  --over PHOTO          the map and the keypoints over a photograph (PNG or JPEG)\n"
    "  --alpha A             how opaque the map's peak is, 0..1; default 0.6\n";

look look_start(void)
{
    return (look){.bits = 8, .alpha = 0.6, .colormap = -1};
}

int look_option(look *how, int option, const char *value)
{
    switch (option) {
    case OPTION_RAW: how->raw = true; return EXIT_FINE;
    case OPTION_COLORMAP: return parse_name("--colormap", colormap_names, value, &how->colormap);
    case OPTION_OVER: return set_once("--over", &how->over, value);
    case OPTION_BITS:
        how->bits_given = true;
        how->bits = !strcmp(value, "16") ? 16 : 8;
        return !strcmp(value, "16") || !strcmp(value, "8") ? EXIT_FINE : trouble("--bits is '%s'; it must be 8 or 16", value);
    default:
        how->alpha_given = true;
        if (parse_real(value, &how->alpha) && how->alpha >= 0 && how->alpha <= 1) return EXIT_FINE;
        return trouble("--alpha is '%s'; it must be a number 0..1", value);
    }
}

int look_check(const look *how, output_kind kind)
{
    const bool colours = how->colormap > 0;
    if (kind != OUTPUT_PNG && (how->raw || how->over)) return trouble("--%s takes -o OUT.png", how->raw ? "raw" : "over");
    if (how->raw && how->over)
        return trouble("--raw is the map alone, --over the map over a photograph; only one of them can be drawn");
    if (how->bits_given && !how->raw) return trouble("--bits takes --raw");
    if (how->colormap >= 0 && !how->raw && !how->over) return trouble("--colormap takes --raw or --over");
    if (how->alpha_given && !how->over) return trouble("--alpha takes --over");
    if (how->bits == 16 && colours) return trouble("--bits 16 is grey; a colour map has 8 bits");
    if (kind != OUTPUT_PNG || board_available() || (how->raw && !colours)) return EXIT_FINE;
    /* GCOVR_EXCL_START: takes a build without OpenCV, whose tests see it */
    return trouble("this cvheatmap was built without OpenCV, which draws its pictures; encode -o OUT.png takes --raw");
    /* GCOVR_EXCL_STOP */
}

/* ------------------------------------------------------------------------------------------------------------------ plain */

/* NaN is black. */
static unsigned level_of(double value, double peak, unsigned most)
{
    const double share = value / peak;
    return share > 1 ? most : share > 0 ? (unsigned)(share * most + 0.5) : 0;
}

static int save_coloured(const look *how, const image *seen, const unsigned char *grey, const char *path)
{
    const size_t count = (size_t)seen->rows * (size_t)seen->cols;
    unsigned char *rgb = malloc(count * 3);
    if (!rgb) return trouble("no memory for a picture of %dx%d samples", seen->rows, seen->cols);
    int status = EXIT_FINE;
    for (int row = 0; !status && row < seen->rows; ++row) {
        const size_t at = (size_t)row * (size_t)seen->cols;
        status = colours_of(grey + at, (size_t)seen->cols, colormap_names[how->colormap], rgb + 3 * at);
    }
    if (!status) status = png_save(path, rgb, seen->cols, seen->rows, PNG_RGB);
    free(rgb);
    return status;
}

int look_save_raw(const look *how, const image *seen, double peak, const char *path)
{
    const size_t count = (size_t)seen->rows * (size_t)seen->cols;
    uint16_t *wide = malloc(count * sizeof *wide);
    unsigned char *grey = (unsigned char *)wide; /* of one byte a sample, in the same room */
    if (!wide) return trouble("no memory for a picture of %dx%d samples", seen->rows, seen->cols);
    for (size_t i = 0; i < count; ++i)
        if (how->bits == 16)
            wide[i] = (uint16_t)level_of(seen->values[i], peak, 65535);
        else
            grey[i] = (unsigned char)level_of(seen->values[i], peak, 255);
    const int status = how->colormap > 0
                           ? save_coloured(how, seen, grey, path)
                           : png_save(path, wide, seen->cols, seen->rows, how->bits == 16 ? PNG_GREY_16 : PNG_GREY);
    free(wide);
    return status;
}

/* ------------------------------------------------------------------------------------------------------- over a photograph */

/* a after b */
static cvh_affine joined(const cvh_affine *a, const cvh_affine *b)
{
    return (cvh_affine){a->xx * b->xx + a->xy * b->yx, a->xx * b->xy + a->xy * b->yy, a->xx * b->x0 + a->xy * b->y0 + a->x0,
                        a->yx * b->xx + a->yy * b->yx, a->yx * b->xy + a->yy * b->yy, a->yx * b->x0 + a->yy * b->y0 + a->y0};
}

/* From the map's pixels to the photograph's. */
static cvh_affine map_to_photo(const cvh_convention *convention, const image *seen, int input_rows, int input_cols,
                               const photo *taken)
{
    const double scale_x = convention->scale_x != 0 ? convention->scale_x : 1,
                 scale_y = convention->scale_y != 0 ? convention->scale_y : 1;
    const cvh_affine to_input = {1 / scale_x, 0,           -convention->offset_x / scale_x,
                                 0,           1 / scale_y, -convention->offset_y / scale_y};
    if (convention->crop) return joined(&convention->crop->to_photo, &to_input);
    const double wide = (double)taken->cols / (input_cols ? input_cols : seen->cols),
                 high = (double)taken->rows / (input_rows ? input_rows : seen->rows);
    const cvh_affine stretch = {wide, 0, 0, 0, high, 0};
    return joined(&stretch, &to_input);
}

/* A crop is of a photograph of one size; where the file did not say which, input/crops.c takes the largest. Without a crop the
 * maps are laid over the whole, whatever its shape. */
static int check_size(const look *how, const cvh_convention *convention, double rows, double cols, const photo *taken)
{
    const cvh_crop *crop = convention->crop;
    const bool sized = crop && (crop->photo_rows != CVH_MAX_SIDE || crop->photo_cols != CVH_MAX_SIDE);
    if (sized && (crop->photo_rows != taken->rows || crop->photo_cols != taken->cols))
        return trouble("--over %s is %dx%d; the person's or image's photograph is %dx%d", how->over, taken->rows, taken->cols,
                       crop->photo_rows, crop->photo_cols);
    const double shape = rows * taken->cols / (cols * taken->rows);
    if (!crop && (shape < 0.95 || shape > 1.05))
        remark("the maps are stretched over %s, which is %dx%d: they are of %gx%g, another shape", how->over, taken->rows,
               taken->cols, rows, cols);
    return EXIT_FINE;
}

static void draw_marks(board *on, const cvh_affine *to, const image *seen, const cvh_keypoint *marks, size_t count, int longest)
{
    static const colour ink = {64, 216, 255}, shade = {8, 10, 14};
    const int arm = longest / 100 > 4 ? longest / 100 : 4, near = arm / 3, thick = 1 + longest / 600;
    for (size_t i = 0; i < count; ++i) {
        const double u = marks[i].x, v = marks[i].y;
        if (!(u >= -0.5 && v >= -0.5 && u < seen->cols - 0.5 && v < seen->rows - 0.5)) continue;
        const int x = (int)floor(to->xx * u + to->xy * v + to->x0 + 0.5),
                  y = (int)floor(to->yx * u + to->yy * v + to->y0 + 0.5);
        for (int pass = 0; pass < 2; ++pass)
            for (int side = -1; side < 2; side += 2) {
                board_line(on, x + side * near, y, x + side * (near + arm), y, pass ? thick : thick + 2, pass ? ink : shade);
                board_line(on, x, y + side * near, x, y + side * (near + arm), pass ? thick : thick + 2, pass ? ink : shade);
            }
    }
}

int look_save_over(const look *how, const image *seen, double peak, const cvh_convention *convention, int input_rows,
                   int input_cols, const cvh_keypoint *marks, size_t mark_count, const char *path)
{
    photo taken;
    board *on = NULL;
    const size_t count = (size_t)seen->rows * (size_t)seen->cols;
    if (photo_read(how->over, &taken)) return EXIT_TROUBLE;
    if (check_size(how, convention, input_rows ? input_rows : seen->rows, input_cols ? input_cols : seen->cols, &taken)) {
        photo_free(&taken);
        return EXIT_TROUBLE;
    }
    double *shares = malloc(count * sizeof *shares);
    int status = shares ? board_open(&on, taken.cols, taken.rows, (colour){0, 0, 0})
                        : trouble("no memory for a picture of %dx%d samples", seen->rows, seen->cols);
    if (shares && !status) {
        const cvh_affine to = map_to_photo(convention, seen, input_rows, input_cols, &taken);
        for (size_t i = 0; i < count; ++i) shares[i] = seen->values[i] / peak;
        board_photo(on, 0, 0, taken.cols, taken.rows, taken.pixels, taken.rows, taken.cols);
        board_over(on, 0, 0, taken.cols, taken.rows, shares, seen->rows, seen->cols, &to,
                   how->colormap >= 0 ? colormap_names[how->colormap] : "jet", how->alpha);
        draw_marks(on, &to, seen, marks, mark_count, taken.rows > taken.cols ? taken.rows : taken.cols);
        int width, height;
        const unsigned char *pixels = board_pixels(on, &width, &height);
        status = board_status(on) ? EXIT_TROUBLE : png_save(path, pixels, width, height, PNG_BGR);
    }
    board_close(on);
    free(shares);
    photo_free(&taken);
    return status;
}
