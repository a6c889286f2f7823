/* SPDX-License-Identifier: Apache-2.0
 * Maps out of a .npy file. */
#include "input/tensor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/inputs.h"
#include "base/names.h"
#include "base/parse.h"

const char tensor_help[] =
    "\nHow the maps lie in the file:\n"
    "  --layout ORDER        chw: [maps][rows][cols], the default; nchw: images of those, the default of\n"
    "                        four sides; hwc and nhwc: channels last\n"
    "  --scale S, --zero Z   a sample stands for the value (sample - Z) * S; default 1 and 0. Of two files,\n"
    "                        of which one holds whole numbers and one floats, the former's\n"
    "  --sigmoid             the values are a network's scores before the sigmoid\n";

int tensor_option(tensor_reading *how, int option, const char *value)
{
    switch (option) {
    case OPTION_LAYOUT: how->given = true; return parse_name("--layout", layout_names, value, &how->order);
    case OPTION_ZERO:
        if (parse_real(value, &how->zero) && isfinite(how->zero)) return EXIT_FINE;
        return trouble("--zero is '%s'; it must be a finite number", value);
    case OPTION_SCALE:
        if (parse_real(value, &how->scale) && how->scale > 0 && isfinite(how->scale)) return EXIT_FINE;
        return trouble("--scale is '%s'; it must be a number > 0", value);
    default: how->sigmoid = true; return EXIT_FINE;
    }
}

/* ------------------------------------------------------------------------------------------------------------ the sides */

enum { MOST_SIDES = sizeof((tensor *)0)->sides / sizeof *((tensor *)0)->sides };

/* Reads the sides once more out of a header that the library has taken. */
static void read_sides(const char *path, tensor *out)
{
    static const char key[] = "'shape'";
    char header[4096];
    FILE *file = fopen(path, "rb");
    const size_t size = file ? fread(header, 1, sizeof header - 1, file) : 0;
    if (file) fclose(file);
    for (size_t i = 0; i < size; ++i)
        if (!header[i]) header[i] = ' ';
    header[size] = '\0';
    char *at = strstr(header, key);
    at = at ? strchr(at, '(') : NULL;
    if (!at) return;
    for (++at; *at && *at != ')';) {
        char *end;
        const long long side = strtoll(at, &end, 10);
        if (end == at) break;
        if (out->dimensions == MOST_SIDES) memmove(out->sides, out->sides + 1, (MOST_SIDES - 1) * sizeof *out->sides);
        out->sides[out->dimensions < MOST_SIDES ? out->dimensions++ : MOST_SIDES - 1] = side;
        at = end + strspn(end, " ,L");
    }
}

/* Two or three sides are what the library's view has: images, rows, columns become whatever the order says. */
static int lay_out_view(tensor *out, layout order, const char *path)
{
    const cvh_maps *loaded = &out->loaded;
    out->images = 1;
    out->first = *loaded;
    if (order == LAYOUT_NCHW || order == LAYOUT_NHWC)
        return trouble("%s has %d sides; --layout %s takes four", path, out->dimensions, layout_names[order]);
    if (order == LAYOUT_CHW) return EXIT_FINE;
    if (out->dimensions != 3) return trouble("%s has %d sides; --layout hwc takes three", path, out->dimensions);
    if (loaded->count > CVH_MAX_SIDE) return trouble("%s: %d rows are more than %d", path, loaded->count, CVH_MAX_SIDE);
    out->first = (cvh_maps){.data = loaded->data,
                            .count = loaded->cols,
                            .rows = loaded->count,
                            .cols = loaded->rows,
                            .depth = loaded->depth,
                            .map_step = loaded->col_step,
                            .row_step = loaded->map_step,
                            .col_step = loaded->row_step};
    return EXIT_FINE;
}

/* Four sides and more, whose leading ones the library has folded: the images are all but the last three. */
static int lay_out_batch(tensor *out, layout order, const char *path)
{
    const cvh_maps *loaded = &out->loaded;
    const int64_t *last = out->sides + out->dimensions - 3;
    const bool channels_last = order == LAYOUT_NHWC;
    const size_t sample = sample_size(loaded->depth);
    if (order == LAYOUT_HWC)
        return trouble("%s has %d sides; --layout hwc takes three, nhwc takes four", path, out->dimensions);
    const bool packed = loaded->col_step == sample && loaded->row_step == sample * (size_t)loaded->cols
                        && loaded->map_step == loaded->row_step * (size_t)loaded->rows;
    if (!packed)
        return trouble("%s is in Fortran order and has %d sides; numpy.ascontiguousarray makes it readable", path,
                       out->dimensions);
    const int64_t rows = channels_last ? last[0] : last[1], cols = channels_last ? last[1] : last[2];
    const int64_t maps = channels_last ? last[2] : last[0];
    if (rows > CVH_MAX_SIDE) return trouble("%s: %lld rows are more than %d", path, (long long)rows, CVH_MAX_SIDE);
    out->image_step = (size_t)maps * (size_t)rows * (size_t)cols * sample;
    out->images = (int64_t)loaded->count * loaded->rows * loaded->cols / (maps * rows * cols);
    out->batched = true;
    out->first = layout_view(channels_last ? LAYOUT_HWC : LAYOUT_CHW, loaded->data, 1, 0, (int)maps, (int)rows, (int)cols,
                             loaded->depth);
    return EXIT_FINE;
}

static bool alike(int64_t a, int64_t b, int64_t times)
{
    return a <= times * b && b <= times * a;
}

/* 64 maps of 48x17 are rarely meant: the last side is much smaller than the two before it, which are alike. Of four sides,
 * where no list of people's maps is folded into the count, two sides of a square, or two round sides before one that is none,
 * say it as well: a network's maps are round, and its keypoints seldom. */
static bool looks_channels_last(const tensor *from, const int64_t *last)
{
    if (2 * last[2] <= last[0] && 2 * last[2] <= last[1] && alike(last[0], last[1], 4)) return true;
    if (from->dimensions < 4 || last[2] >= 2 * last[0]) return false;
    const bool square = last[0] == last[1] && last[1] != last[2], round = last[0] % 4 == 0 && last[1] % 4 == 0;
    return square || (round && last[2] % 4 && alike(last[0], last[1], 2));
}

/* [maps][rows * cols], or its transpose: one map that is 16 times as long as it is wide is not meant. */
static void remark_matrix(const tensor *from, const char *path)
{
    const long long rows = from->sides[0], cols = from->sides[1];
    const bool by_row = rows > 1 && cols / 16 >= rows, by_column = cols > 1 && rows / 16 >= cols;
    if (by_row || by_column)
        remark(
            "%s is taken for 1 map of %lldx%lld; are they %lld maps, one a %s? numpy.reshape makes [maps][rows][cols] of them",
            path, rows, cols, by_row ? rows : cols, by_row ? "row" : "column");
}

static void remark_order(const tensor *from, const char *path)
{
    if (from->dimensions == 2) remark_matrix(from, path);
    if (from->dimensions < 3) return;
    const int64_t *last = from->sides + from->dimensions - 3;
    if (!looks_channels_last(from, last)) return;
    remark("%s is taken for %lld maps of %lldx%lld; are they %lld map%s of %lldx%lld, --layout %s?", path, (long long)last[0],
           (long long)last[1], (long long)last[2], (long long)last[2], last[2] == 1 ? "" : "s", (long long)last[0],
           (long long)last[1], from->dimensions > 3 ? "nhwc" : "hwc");
}

/* A network for three dimensions gives a volume a keypoint: [keypoints][depth][rows][cols], or its slices as channels. */
static void remark_volume(const tensor *from)
{
    if (!from->batched) return;
    const int64_t *last = from->sides + from->dimensions - 3;
    const bool folded = from->dimensions > 4 && last[-1] > 1;
    const bool sliced = last[1] == last[2] && last[0] % last[1] == 0 && last[0] >= 10 * last[1];
    if (folded || sliced)
        remark("each map of %dx%d is decoded by itself: where they are slices of volumes, the depth is not decoded",
               from->first.rows, from->first.cols);
}

int tensor_load(const char *path, const tensor_reading *how, tensor *out)
{
    memset(out, 0, sizeof *out);
    if (cvh_npy_load(path, &out->loaded)) return library_trouble();
    input_note(path);
    read_sides(path, out);
    out->loaded = with_steps(out->loaded);
    out->loaded.scale = how->scale;
    out->loaded.zero = how->zero;
    const layout order = how->given ? (layout)how->order : out->dimensions > 3 ? LAYOUT_NCHW : LAYOUT_CHW;
    const bool batch = out->dimensions > 3 && order != LAYOUT_CHW;
    if (batch ? lay_out_batch(out, order, path) : lay_out_view(out, order, path)) return EXIT_TROUBLE;
    out->first.scale = how->scale;
    out->first.zero = how->zero;
    if (!how->given) remark_order(out, path);
    remark_volume(out);
    return EXIT_FINE;
}

cvh_maps tensor_image(const tensor *from, int64_t image)
{
    cvh_maps maps = from->first;
    maps.data = (char *)maps.data + (size_t)image * from->image_step;
    return maps;
}

static bool is_whole(const tensor *from)
{
    const cvh_depth depth = from->first.depth;
    return depth != CVH_16F && depth != CVH_32F && depth != CVH_64F;
}

bool tensors_share_scale(tensor *a, tensor *b)
{
    if (is_whole(a) != is_whole(b)) {
        cvh_maps *floats = is_whole(a) ? &b->first : &a->first;
        floats->scale = floats->zero = 0;
    }
    return is_whole(a) && is_whole(b);
}

void values_sigmoid(double *values, size_t count)
{
    for (size_t i = 0; i < count; ++i) values[i] = 1 / (1 + exp(-values[i]));
}

void values_logit(double *values, size_t count)
{
    for (size_t i = 0; i < count; ++i) {
        const double share = fmin(fmax(values[i], 1e-6), 1 - 1e-6);
        values[i] = log(share / (1 - share));
    }
}

void tensor_free(tensor *from)
{
    cvh_npy_free(&from->loaded);
}
