/* SPDX-License-Identifier: Apache-2.0
 * A picture of heatmaps. Small maps are enlarged by whole numbers, each sample a crisp square; a large one is reduced, and
 * shows the largest sample of each block. */
#include "output/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/drawing.h"
#include "output/png.h"

enum { MARGIN = 36, GAP = 44, LINE = 18, BAR = 18, LARGEST_PANEL = 1024, LARGEST_FACTOR = 48 };

static const colour background = {18, 20, 26}, bright = {236, 238, 242}, dim = {138, 146, 160}, line = {72, 78, 92};
static const colour mark_ink = {64, 216, 255}, shade = {8, 10, 14}, good = {110, 220, 140}, bad = {255, 180, 84};

/* Where things are, in pixels; all cells have one size. */
typedef struct layout {
    int factor, block;           /* a sample is factor wide, or a pixel shows block samples */
    int width, height;           /* of a panel's image */
    int axis_left, axis_below;   /* room for the ticks' numbers */
    int title;                   /* height of the line above */
    int scale;                   /* room for the scale, where a panel has one */
    int cell_width, cell_height; /* without the scale */
    int top, canvas_width, canvas_height;
    double *shares; /* room for a panel's */
} layout;

/* Saves what has been drawn, unless some of it failed. */
static int board_save(const board *sheet, const char *path)
{
    int width, height;
    const unsigned char *pixels = board_pixels(sheet, &width, &height);
    return board_status(sheet) ? EXIT_TROUBLE : png_save(path, pixels, width, height, PNG_BGR);
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static void scale_text(char text[32], const panel *shown, int step)
{
    snprintf(text, 32, "%.5g", shown->least + (shown->largest - shown->least) * step / 4);
}

static int scale_width(const panel *shown)
{
    int width = 0;
    char text[32];
    for (int step = 0; step <= 4; ++step) {
        scale_text(text, shown, step);
        width = larger(width, board_text_width(TEXT_PLAIN, text));
    }
    return 14 + BAR + 12 + width;
}

/* A panel's image is about as large as `side` pixels; an enlarged one never exceeds it. */
static void size_panels(layout *place, const picture *shown)
{
    const image *seen = &shown->panels[0].seen;
    const int longest = larger(seen->rows, seen->cols), side = shown->count == 1 ? 512 : shown->across <= 3 ? 384 : 224;
    place->block = (longest + LARGEST_PANEL - 1) / LARGEST_PANEL;
    place->factor = larger(1, side / longest);
    if (place->factor > LARGEST_FACTOR) place->factor = LARGEST_FACTOR;
    place->width = (seen->cols + place->block - 1) / place->block * place->factor;
    place->height = (seen->rows + place->block - 1) / place->block * place->factor;
}

static bool has_axes(const picture *shown)
{
    return shown->across <= 3;
}

static void size_axes(layout *place, const picture *shown)
{
    char text[32];
    snprintf(text, sizeof text, "%d", shown->panels[0].seen.rows - 1);
    place->axis_left = has_axes(shown) ? board_text_width(TEXT_PLAIN, text) + 14 : 0;
    place->axis_below = has_axes(shown) ? 12 + LINE : 0;
}

static int text_lines_width(const picture *shown)
{
    int width = larger(board_text_width(TEXT_HEADING, shown->heading), board_text_width(TEXT_PLAIN, shown->details));
    if (shown->text) width = larger(width, board_text_width(TEXT_PLAIN, shown->text) + 28);
    return width;
}

static layout layout_of(const picture *shown)
{
    layout place = {.title = shown->panels[0].title ? LINE + 10 : 0};
    size_panels(&place, shown);
    size_axes(&place, shown);
    int widest = place.width, scales = 0;
    for (int i = 0; i < shown->count; ++i) {
        if (shown->panels[i].title) widest = larger(widest, board_text_width(TEXT_PLAIN, shown->panels[i].title));
        if (shown->panels[i].scale) place.scale = larger(place.scale, scale_width(&shown->panels[i]));
        scales += shown->panels[i].scale;
    }
    if (shown->count > shown->across) scales = 1; /* in a grid the scale stands at its right */
    place.cell_width = place.axis_left + widest;
    place.cell_height = place.title + larger(place.height, 5 * (LINE + 4)) + place.axis_below;
    place.top = MARGIN + 27 + 12 + LINE + 26;
    const int rows = (shown->count + shown->across - 1) / shown->across;
    const int cells = shown->across * place.cell_width + (shown->across - 1) * GAP + scales * place.scale;
    place.canvas_width = 2 * MARGIN + larger(cells, text_lines_width(shown));
    place.canvas_height = place.top + rows * place.cell_height + (rows - 1) * 24 + (shown->text ? 28 + LINE : 0) + MARGIN;
    return place;
}

/* The largest sample of a block; 1x1 where the map is not reduced. */
static double block_value(const image *seen, int row, int col, int block)
{
    double largest = -INFINITY;
    for (int y = row * block; y < (row + 1) * block && y < seen->rows; ++y)
        for (int x = col * block; x < (col + 1) * block && x < seen->cols; ++x) {
            const double value = seen->values[(size_t)y * (size_t)seen->cols + (size_t)x];
            if (value != value) return value;
            if (value > largest) largest = value;
        }
    return largest;
}

static double share_of(const panel *shown, double value)
{
    const double range = shown->largest - shown->least;
    return value != value ? value : range > 0 ? (value - shown->least) / range : 0;
}

static void draw_samples(board *sheet, const layout *place, const panel *shown, int x, int y)
{
    const int rows = place->height / place->factor, cols = place->width / place->factor;
    for (int row = 0; row < rows; ++row)
        for (int col = 0; col < cols; ++col)
            place->shares[(size_t)row * (size_t)cols + (size_t)col] =
                share_of(shown, block_value(&shown->seen, row, col, place->block));
    board_map(sheet, x, y, place->width, place->height, place->shares, rows, cols, "hot");
    board_frame(sheet, x, y, place->width, place->height, line);
}

/* The least power of two of samples that keeps `room` pixels between ticks. */
static int tick_step(const layout *place, int room)
{
    int step = 1;
    while (step * place->factor / place->block < room) step *= 2;
    return step;
}

/* Where a sample's centre is, from the image's edge. */
static int sample_place(const layout *place, double sample)
{
    return (int)((sample + 0.5) * place->factor / place->block);
}

static void draw_axes(board *sheet, const layout *place, const image *seen, int x, int y)
{
    char text[32];
    const int step_x = tick_step(place, 80), step_y = tick_step(place, 48);
    for (int row = 0; row < seen->rows; row += step_y) {
        const int at = y + sample_place(place, row);
        snprintf(text, sizeof text, "%d", row);
        board_fill(sheet, x - 7, at, 6, 1, dim);
        board_text(sheet, x - 12 - board_text_width(TEXT_PLAIN, text), at - 7, TEXT_PLAIN, dim, text);
    }
    for (int col = 0; col < seen->cols; col += step_x) {
        const int at = x + sample_place(place, col);
        snprintf(text, sizeof text, "%d", col);
        board_fill(sheet, at, y + place->height + 1, 1, 6, dim);
        board_text(sheet, at - board_text_width(TEXT_PLAIN, text) / 2, y + place->height + 12, TEXT_PLAIN, dim, text);
    }
}

/* Four arms that leave the keypoint's own sample to be seen; `fine` ones where many share a panel. */
static void draw_mark(board *sheet, const layout *place, const cvh_keypoint *mark, int x, int y, bool fine)
{
    const int centre_x = x + sample_place(place, mark->x), centre_y = y + sample_place(place, mark->y);
    const int near = place->factor / 2 + (fine ? 2 : 3), arm = fine ? 4 : 8, thick = fine ? 1 : 2;
    const struct {
        int x0, y0, x1, y1;
    } arms[] = {
        {-near - arm + 1, 0, -near, 0},
        {near, 0, near + arm - 1, 0},
        {0, -near - arm + 1, 0, -near},
        {0, near, 0, near + arm - 1},
    };
    for (int pass = 0; pass < 2; ++pass) /* a dark edge first, so that the arms are seen on any colour */
        for (int i = 0; i < 4; ++i)
            board_line(sheet, centre_x + arms[i].x0, centre_y + arms[i].y0, centre_x + arms[i].x1, centre_y + arms[i].y1,
                       pass ? thick : thick + 2, pass ? mark_ink : shade);
}

static void draw_marks(board *sheet, const layout *place, const panel *shown, int x, int y)
{
    for (size_t i = 0; i < shown->mark_count; ++i) {
        const cvh_keypoint *mark = &shown->marks[i];
        const bool on_map =
            mark->x >= -0.5 && mark->x < shown->seen.cols - 0.5 && mark->y >= -0.5 && mark->y < shown->seen.rows - 0.5;
        if (on_map) draw_mark(sheet, place, mark, x, y, shown->mark_count > 4);
    }
}

static void draw_scale(board *sheet, const panel *shown, int x, int y, int height)
{
    double ramp[256];
    for (int level = 0; level < 256; ++level) ramp[level] = 1 - level / 255.0;
    board_map(sheet, x, y, BAR, height, ramp, 256, 1, "hot");
    board_frame(sheet, x, y, BAR, height, line);
    const bool flat = !(shown->largest > shown->least);
    for (int step = 0; step <= 4; step += flat ? 4 : 1) {
        char text[32];
        scale_text(text, shown, step);
        const int at = y + (height - 1) * (4 - step) / 4;
        board_fill(sheet, x + BAR + 1, at, 5, 1, dim);
        board_text(sheet, x + BAR + 12, at - 7, TEXT_PLAIN, dim, text);
        if (flat) break; /* one value alone: the scale has nothing else to say */
    }
}

static void draw_note(board *sheet, const layout *place, const char *note, int x, int y)
{
    const text_size size = board_text_width(TEXT_PLAIN, note) + 8 <= place->width ? TEXT_PLAIN : TEXT_SMALL;
    const int width = board_text_width(size, note);
    if (width > place->width) return; /* "no difference" on a map of a pixel: the verdict below says it too */
    board_text(sheet, x + (place->width - width) / 2, y + (place->height > 64 ? 24 : (place->height - 10) / 2), size, dim,
               note);
}

static void draw_panel(board *sheet, const layout *place, const picture *shown, const panel *drawn, int x, int y)
{
    const int image_x = x + place->axis_left, image_y = y + place->title;
    if (drawn->title) board_text(sheet, image_x, y, TEXT_PLAIN, bright, drawn->title);
    draw_samples(sheet, place, drawn, image_x, image_y);
    if (has_axes(shown)) draw_axes(sheet, place, &drawn->seen, image_x, image_y);
    if (drawn->note) draw_note(sheet, place, drawn->note, image_x, image_y);
    draw_marks(sheet, place, drawn, image_x, image_y);
    if (drawn->scale) draw_scale(sheet, drawn, image_x + place->width + 14, image_y, larger(place->height, 4 * (LINE + 4)));
}

static void draw_text(board *sheet, const picture *shown, int height)
{
    board_text(sheet, MARGIN, MARGIN, TEXT_HEADING, bright, shown->heading);
    board_text(sheet, MARGIN, MARGIN + 27 + 12, TEXT_PLAIN, dim, shown->details);
    if (!shown->text) return;
    const colour ink = shown->agree ? good : bad;
    const int y = height - MARGIN - LINE;
    board_fill(sheet, MARGIN, y, 14, 14, ink);
    board_text(sheet, MARGIN + 28, y, TEXT_PLAIN, ink, shown->text);
}

static void draw_panels(board *sheet, const layout *place, const picture *shown)
{
    int x = MARGIN, y = place->top;
    for (int i = 0; i < shown->count; ++i) {
        if (i > 0 && i % shown->across == 0) {
            x = MARGIN;
            y += place->cell_height + 24;
        }
        draw_panel(sheet, place, shown, &shown->panels[i], x, y);
        x += place->cell_width + GAP + (shown->panels[i].scale ? place->scale : 0);
    }
}

int picture_save(const picture *shown, const char *path)
{
    board *sheet = NULL;
    layout place = layout_of(shown);
    place.shares = malloc((size_t)place.height * (size_t)place.width * sizeof *place.shares);
    int status = place.shares ? board_open(&sheet, place.canvas_width, place.canvas_height, background)
                              : trouble("no memory for a picture of %d x %d pixels", place.canvas_width, place.canvas_height);
    if (!status) {
        draw_text(sheet, shown, place.canvas_height);
        draw_panels(sheet, &place, shown);
        status = board_save(sheet, path);
    }
    board_close(sheet);
    free(place.shares);
    return status;
}
