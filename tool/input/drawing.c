/* SPDX-License-Identifier: Apache-2.0
 * How to draw. */
#include "input/drawing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/layout.h"
#include "base/names.h"
#include "base/parse.h"
#include "input/boxes.h"
#include "input/crops.h"
#include "input/mark.h"

const char drawing_help[] =
    "\nHow to draw (what is left out is the tutorial's, or the named convention's):\n"
    "  --convention NAME     one of `cvheatmap conventions`\n"
    "  --size ROWSxCOLS      of a map; default 64x48\n"
    "  --input ROWSxCOLS     keypoints are in pixels of a network's input of this size\n"
    "                        (--coco: of the crop that becomes it; default 4 times the map)\n"
    "  --rule NAME           how --coco cuts people, and whole images, out of photographs; default:\n"
    "                        the convention's own, HRNet's where it has none\n"
    "  --sigma S[,SY]        in heatmap pixels, of SimCC's vectors in bins; ksize follows unless it is\n"
    "                        given. Default 2; 0: from ksize\n"
    "  --ksize K[,KY]        width of the window, odd; sigma follows unless it is given. Default 15;\n"
    "                        0: from sigma\n"
    "  --peak P              value at the keypoint; default 255\n"
    "  --border B            method, constant, replicate, reflect, reflect_101\n"
    "  --overlap O           max, replace, add, add_clamp\n"
    "  --norm N              none, max (the default), centre, kernel, sum\n"
    "  --depth D             32f (the default) or 64f; encode also 16f, 8u, 8s, 16u, 16s: drawn in 32f and\n"
    "                        rounded once\n";

drawing drawing_start(void)
{
    return (drawing){.rows = 64, .cols = 48, .depth = CVH_32F, .what = sources_start()};
}

/* --------------------------------------------------------------------------------------------------------------- options */

static int parse_depth(const char *text, cvh_depth *depth)
{
    static const char *const names[] = {"32f", "64f", "16f", "8u", "8s", "16u", "16s", NULL};
    static const cvh_depth depths[] = {CVH_32F, CVH_64F, CVH_16F, CVH_8U, CVH_8S, CVH_16U, CVH_16S};
    int chosen;
    if (parse_name("--depth", names, text, &chosen)) return EXIT_TROUBLE;
    *depth = depths[chosen];
    return EXIT_FINE;
}

static int parse_enumerator(drawing *draw, int option, const char *text)
{
    int chosen = 0, status = EXIT_FINE;
    switch (option) {
    case OPTION_BORDER: status = parse_name("--border", border_names, text, &chosen); break;
    case OPTION_OVERLAP: status = parse_name("--overlap", overlap_names, text, &chosen); break;
    case OPTION_NORM: status = parse_name("--norm", norm_names, text, &chosen); break;
    case OPTION_ARITHMETIC: status = parse_name("--arithmetic", arithmetic_names, text, &chosen); break;
    default: status = parse_name("--method", method_names, text, &chosen);
    }
    if (status) return status;
    if (option == OPTION_METHOD) draw->given.method = (cvh_method)chosen;
    if (option == OPTION_ARITHMETIC) draw->given.arithmetic = (cvh_arithmetic)chosen;
    if (option == OPTION_BORDER) draw->given.border = (cvh_border)chosen;
    if (option == OPTION_OVERLAP) draw->given.overlap = (cvh_overlap)chosen;
    if (option == OPTION_NORM) draw->given.norm = (cvh_norm)chosen;
    return EXIT_FINE;
}

int drawing_option(drawing *draw, int option, const char *value)
{
    cvh_gaussian *gaussian = &draw->given.gaussian;
    if (option >= OPTION_FIRST_SOURCE) return sources_option(&draw->what, option, value);
    draw->fields |= (uint64_t)1 << (option - OPTION_FIRST_DRAWING);
    switch (option) {
    case OPTION_CONVENTION: return set_once("--convention", &draw->name, value);
    case OPTION_RULE: return set_once("--rule", &draw->rule_name, value);
    case OPTION_SIZE: return parse_sides("--size", value, &draw->rows, &draw->cols);
    case OPTION_INPUT: return parse_sides("--input", value, &draw->input_rows, &draw->input_cols);
    case OPTION_SIGMA: return parse_lengths("--sigma", value, &gaussian->sigma_x, &gaussian->sigma_y);
    case OPTION_KSIZE: return parse_lengths("--ksize", value, &gaussian->ksize_x, &gaussian->ksize_y);
    case OPTION_DEPTH: return parse_depth(value, &draw->depth);
    case OPTION_PEAK:
        if (parse_real(value, &gaussian->peak) && gaussian->peak > 0) return EXIT_FINE;
        return trouble("--peak is '%s'; it must be a number > 0", value);
    default: return parse_enumerator(draw, option, value);
    }
}

bool drawing_given(const drawing *draw, int option)
{
    return draw->fields >> (option - OPTION_FIRST_DRAWING) & 1;
}

/* ------------------------------------------------------------------------------------------------------------ convention */

/* A given sigma makes ksize follow, and a given ksize sigma, by the convention's own rule; a whole map has no end that a sigma
 * could move. --sigma 0 and --ksize 0 ask for the same from the other side. */
static void apply_lengths(const drawing *draw, cvh_gaussian *gaussian)
{
    const cvh_gaussian *given = &draw->given.gaussian;
    const bool sigma = drawing_given(draw, OPTION_SIGMA), ksize = drawing_given(draw, OPTION_KSIZE);
    if (sigma) {
        gaussian->sigma_x = given->sigma_x;
        gaussian->sigma_y = given->sigma_y;
    }
    if (ksize) {
        gaussian->ksize_x = given->ksize_x;
        gaussian->ksize_y = given->ksize_y;
    }
    if (sigma && !ksize && given->sigma_x != 0 && gaussian->ksize_x != CVH_WHOLE_MAP) gaussian->ksize_x = gaussian->ksize_y = 0;
    if (ksize && !sigma && given->ksize_x != 0 && given->ksize_x != CVH_WHOLE_MAP) gaussian->sigma_x = gaussian->sigma_y = 0;
}

/* What an option said replaces what the convention says, after fitting: `--sigma 3` is 3 heatmap pixels. */
static void apply_given(const drawing *draw, cvh_convention *convention)
{
    const cvh_convention *given = &draw->given;
    if (drawing_given(draw, OPTION_METHOD)) convention->method = given->method;
    if (drawing_given(draw, OPTION_ARITHMETIC)) convention->arithmetic = given->arithmetic;
    if (drawing_given(draw, OPTION_BORDER)) convention->border = given->border;
    if (drawing_given(draw, OPTION_OVERLAP)) convention->overlap = given->overlap;
    if (drawing_given(draw, OPTION_NORM)) convention->norm = given->norm;
    if (drawing_given(draw, OPTION_PEAK)) convention->gaussian.peak = given->gaussian.peak;
    apply_lengths(draw, &convention->gaussian);
}

static int make_convention(drawing *draw)
{
    const cvh_convention tutorial = {.gaussian = {.sigma_x = 2, .ksize_x = 15, .peak = 255}, .norm = CVH_NORM_MAX};
    draw->named = tutorial;
    if (draw->name && cvh_convention_find(draw->name, &draw->named)) return library_trouble();
    if (draw->what.coco && !draw->input_rows) {
        draw->input_rows = 4 * draw->rows;
        draw->input_cols = 4 * draw->cols;
        if (draw->input_rows > CVH_MAX_SIDE || draw->input_cols > CVH_MAX_SIDE)
            return trouble("--size is %dx%d; 4 times that is no --input, which must be given", draw->rows, draw->cols);
    }
    if (draw->input_rows && cvh_convention_fit(&draw->named, draw->input_rows, draw->input_cols, draw->rows, draw->cols))
        return library_trouble();
    draw->convention = draw->named;
    apply_given(draw, &draw->convention);
    return EXIT_FINE;
}

/* What an option says and nothing would read. */
static int check_read(const drawing *draw)
{
    if (draw->what.how.boxes && drawing_given(draw, OPTION_KSIZE))
        return trouble("--ksize has no meaning with --boxes, whose sizes make the windows");
    if (draw->convention.method == CVH_METHOD_BLUR && drawing_given(draw, OPTION_ARITHMETIC))
        return trouble("--arithmetic is how a patch adds up; the method is blur, which OpenCV adds up");
    return EXIT_FINE;
}

int drawing_ready(drawing *draw)
{
    reading *how = &draw->what.how;
    if (make_convention(draw) || check_read(draw)) return EXIT_TROUBLE;
    if (how->boxes && boxes_check(&draw->convention)) return EXIT_TROUBLE;
    if (draw->convention.gaussian.peak != 0) how->peak = draw->convention.gaussian.peak;
    if (draw->what.coco) {
        const bool whole = how->whole_image || how->boxes;
        if (crop_rule_wanted(draw->rule_name, draw->name ? draw->convention.name : NULL, whole, &draw->rule))
            return EXIT_TROUBLE;
        how->rule = whole ? NULL : &draw->rule;
    }
    if (draw->rule_name && !draw->what.coco) return trouble("--rule takes --coco");
    if (sources_open(&draw->what, &draw->from)) return EXIT_TROUBLE;
    if (draw->from->has_sigma && !drawing_given(draw, OPTION_KSIZE) && draw->convention.gaussian.ksize_x != CVH_WHOLE_MAP)
        draw->convention.gaussian.ksize_x = draw->convention.gaussian.ksize_y = 0;
    return EXIT_FINE;
}

void drawing_free(drawing *draw)
{
    if (draw->from) draw->from->close(draw->from);
    sources_free(&draw->what);
    free(draw->points);
    free(draw->windows);
}

/* ---------------------------------------------------------------------------------------------------------------- groups */

static int reserve(drawing *draw, size_t count)
{
    if (count <= draw->capacity) return EXIT_FINE;
    cvh_keypoint *points = realloc(draw->points, 2 * count * sizeof *points);
    if (points) draw->points = points;
    cvh_gaussian *windows = points ? realloc(draw->windows, 2 * count * sizeof *windows) : NULL;
    if (!windows) return trouble("no memory for %zu boxes", count);
    draw->windows = windows;
    draw->capacity = 2 * count;
    return EXIT_FINE;
}

int drawing_next(drawing *draw, placed *out)
{
    if (draw->from->next(draw->from, &out->from)) return EXIT_TROUBLE;
    out->points = out->from.points;
    out->count = out->from.count;
    out->convention = draw->convention;
    if (draw->from->in_photo) {
        if (crop_of_group(&draw->rule, &out->from, draw->input_rows, draw->input_cols, &out->crop)) return EXIT_TROUBLE;
        out->convention.crop = &out->crop;
    }
    if (!draw->from->boxes) return EXIT_FINE;
    if (reserve(draw, out->count)) return EXIT_TROUBLE;
    boxes_to_keypoints(&out->convention, out->points, out->count, draw->rows, draw->cols, draw->points, draw->windows);
    out->points = draw->points;
    return EXIT_FINE;
}

/* ----------------------------------------------------------------------------------------------------- what was left out */

static bool is_on(double x, double y, double rows, double cols)
{
    return x >= -0.5 && y >= -0.5 && x < cols - 0.5 && y < rows - 0.5;
}

void drawing_count(drawing *draw, const placed *drawn, const float *weights)
{
    tally *count = &draw->count;
    for (size_t i = 0; i < drawn->count; ++i) {
        const cvh_keypoint *point = &drawn->points[i], mark = mark_of(&drawn->convention, point);
        const bool labelled = point->x == point->x && point->y == point->y, on = is_on(mark.x, mark.y, draw->rows, draw->cols);
        count->unlabelled += !labelled;
        if (!labelled) continue;
        count->dropped += on && weights && weights[i] == 0;
        count->drawn += on && !(weights && weights[i] == 0);
        count->off += !on;
        const bool part = point->x >= 0 && point->x <= 1 && point->y >= 0 && point->y <= 1;
        count->parts += part;
        count->fractions += part && (point->x != floor(point->x) || point->y != floor(point->y));
        count->exchanged += !on && draw->input_rows && is_on(point->x, point->y, draw->input_cols, draw->input_rows);
    }
}

static void append(char *text, size_t size, int64_t count, const char *what)
{
    const size_t length = strlen(text);
    if (count) snprintf(text + length, size - length, "%s%lld %s", length ? ", " : "", (long long)count, what);
}

static void remark_exchanged(const drawing *draw)
{
    const tally *count = &draw->count;
    if (count->off && !count->drawn && !count->dropped && 2 * count->exchanged > count->off)
        remark("every keypoint is off the map: --input is ROWSxCOLS, height first; is %dx%d meant to be %dx%d?",
               draw->input_rows, draw->input_cols, draw->input_cols, draw->input_rows);
    else if (layout_lies_across(draw->input_rows, draw->input_cols, draw->rows, draw->cols))
        remark("--input is ROWSxCOLS, height first, and maps of %dx%d are another shape: is %dx%d meant to be %dx%d?",
               draw->rows, draw->cols, draw->input_rows, draw->input_cols, draw->input_cols, draw->input_rows);
}

/* MediaPipe and YOLO give parts of the width and the height, which all lie in the map's first corner. */
static void remark_parts(const drawing *draw)
{
    const tally *count = &draw->count;
    if (count->fractions < 2 || count->parts != count->drawn + count->dropped + count->off) return;
    remark("every keypoint lies within 0..1: are they parts of the width and the height? x and y are wanted in pixels");
}

void drawing_remark(const drawing *draw)
{
    const tally *count = &draw->count;
    const source *from = draw->from;
    const int64_t below = from->below_score < count->unlabelled ? from->below_score : count->unlabelled;
    char text[256] = "";
    append(text, sizeof text, count->dropped, "dropped by the convention");
    append(text, sizeof text, count->off, "off the map");
    append(text, sizeof text, below, "below --min-score");
    append(text, sizeof text, count->unlabelled - below, "not labelled");
    const int64_t all = count->drawn + count->dropped + count->off + count->unlabelled;
    if (text[0] || from->skipped) {
        char skipped[320] = "";
        if (from->skipped)
            snprintf(skipped, sizeof skipped, "; %lld annotation%s skipped: %s%s", (long long)from->skipped,
                     from->skipped > 1 ? "s" : "", from->reason, from->skipped > 1 ? ", ..." : "");
        remark("%lld of %lld %s drawn%s%s%s", (long long)count->drawn, (long long)all, from->boxes ? "boxes" : "keypoints",
               text[0] ? "; " : "", text, skipped);
    }
    if (from->uncut)
        remark("%lld box%s taken as annotated: the file does not say how large the photographs are, at whose edges the rule %s "
               "cuts",
               (long long)from->uncut, from->uncut > 1 ? "es are" : " is", draw->rule.name);
    remark_exchanged(draw);
    remark_parts(draw);
}
