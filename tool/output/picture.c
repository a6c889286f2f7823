/* SPDX-License-Identifier: Apache-2.0
 * A picture of heatmaps. Small maps are enlarged by whole numbers, each sample a crisp square; a large one is reduced, and
 * shows the largest sample of each block. */
#include "output/picture.h"

#include <stdio.h>
#include <string.h>

#include "output/canvas.h"

enum { MARGIN = 36, GAP = 44, TEXT = 2, HEADING = 3, LINE = 18, BAR = 18, LARGEST_PANEL = 1024, LARGEST_FACTOR = 48 };

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
    int top, text_width, canvas_width, canvas_height;
} layout;

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
        width = larger(width, text_width(TEXT, text));
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
    place->axis_left = has_axes(shown) ? text_width(TEXT, text) + 14 : 0;
    place->axis_below = has_axes(shown) ? 12 + LINE : 0;
}

static int text_lines_width(const picture *shown)
{
    int width = larger(text_width(HEADING, shown->heading), text_width(TEXT, shown->details));
    if (shown->text) width = larger(width, text_width(TEXT, shown->text) + 28);
    return width;
}

static layout layout_of(const picture *shown)
{
    layout place = {.title = shown->panels[0].title ? LINE + 10 : 0};
    size_panels(&place, shown);
    size_axes(&place, shown);
    int widest = place.width, scales = 0;
    for (int i = 0; i < shown->count; ++i) {
        if (shown->panels[i].title) widest = larger(widest, text_width(TEXT, shown->panels[i].title));
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

static void draw_samples(canvas *sheet, const layout *place, const panel *shown, int x, int y)
{
    const int rows = place->height / place->factor, cols = place->width / place->factor;
    for (int row = 0; row < rows; ++row)
        for (int col = 0; col < cols; ++col) {
            const double value = block_value(&shown->seen, row, col, place->block);
            canvas_fill(sheet, x + col * place->factor, y + row * place->factor, place->factor, place->factor,
                        hot(share_of(shown, value)));
        }
    canvas_frame(sheet, x, y, place->width, place->height, line);
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

static void draw_axes(canvas *sheet, const layout *place, const image *seen, int x, int y)
{
    char text[32];
    const int step_x = tick_step(place, 80), step_y = tick_step(place, 48);
    for (int row = 0; row < seen->rows; row += step_y) {
        const int at = y + sample_place(place, row);
        snprintf(text, sizeof text, "%d", row);
        canvas_fill(sheet, x - 7, at, 6, 1, dim);
        canvas_text(sheet, x - 12 - text_width(TEXT, text), at - 7, TEXT, dim, text);
    }
    for (int col = 0; col < seen->cols; col += step_x) {
        const int at = x + sample_place(place, col);
        snprintf(text, sizeof text, "%d", col);
        canvas_fill(sheet, at, y + place->height + 1, 1, 6, dim);
        canvas_text(sheet, at - text_width(TEXT, text) / 2, y + place->height + 12, TEXT, dim, text);
    }
}

/* Four arms that leave the keypoint's own sample to be seen; `fine` ones where many share a panel. */
static void draw_mark(canvas *sheet, const layout *place, const cvh_keypoint *mark, int x, int y, bool fine)
{
    const int centre_x = x + sample_place(place, mark->x), centre_y = y + sample_place(place, mark->y);
    const int near = place->factor / 2 + (fine ? 2 : 3), arm = fine ? 4 : 8, thick = fine ? 1 : 2, half = thick / 2;
    const struct {
        int x, y, width, height;
    } arms[] = {
        {-near - arm, -half, arm, thick},
        {near, -half, arm, thick},
        {-half, -near - arm, thick, arm},
        {-half, near, thick, arm},
    };
    for (int i = 0; i < 4; ++i)
        canvas_fill(sheet, centre_x + arms[i].x - 1, centre_y + arms[i].y - 1, arms[i].width + 2, arms[i].height + 2, shade);
    for (int i = 0; i < 4; ++i)
        canvas_fill(sheet, centre_x + arms[i].x, centre_y + arms[i].y, arms[i].width, arms[i].height, mark_ink);
}

static void draw_marks(canvas *sheet, const layout *place, const panel *shown, int x, int y)
{
    for (size_t i = 0; i < shown->mark_count; ++i) {
        const cvh_keypoint *mark = &shown->marks[i];
        const bool on_map =
            mark->x >= -0.5 && mark->x < shown->seen.cols - 0.5 && mark->y >= -0.5 && mark->y < shown->seen.rows - 0.5;
        if (on_map) draw_mark(sheet, place, mark, x, y, shown->mark_count > 4);
    }
}

static void draw_scale(canvas *sheet, const panel *shown, int x, int y, int height)
{
    for (int row = 0; row < height; ++row) canvas_fill(sheet, x, y + row, BAR, 1, hot(1 - (double)row / (height - 1)));
    canvas_frame(sheet, x, y, BAR, height, line);
    const bool flat = !(shown->largest > shown->least);
    for (int step = 0; step <= 4; step += flat ? 4 : 1) {
        char text[32];
        scale_text(text, shown, step);
        const int at = y + (height - 1) * (4 - step) / 4;
        canvas_fill(sheet, x + BAR + 1, at, 5, 1, dim);
        canvas_text(sheet, x + BAR + 12, at - 7, TEXT, dim, text);
        if (flat) break; /* one value alone: the scale has nothing else to say */
    }
}

static void draw_note(canvas *sheet, const layout *place, const char *note, int x, int y)
{
    const int scale = text_width(TEXT, note) + 8 <= place->width ? TEXT : 1;
    canvas_text(sheet, x + (place->width - text_width(scale, note)) / 2,
                y + (place->height > 64 ? 24 : (place->height - 7 * scale) / 2), scale, dim, note);
}

static void draw_panel(canvas *sheet, const layout *place, const picture *shown, const panel *drawn, int x, int y)
{
    const int image_x = x + place->axis_left, image_y = y + place->title;
    if (drawn->title) canvas_text(sheet, image_x, y, TEXT, bright, drawn->title);
    draw_samples(sheet, place, drawn, image_x, image_y);
    if (has_axes(shown)) draw_axes(sheet, place, &drawn->seen, image_x, image_y);
    if (drawn->note) draw_note(sheet, place, drawn->note, image_x, image_y);
    draw_marks(sheet, place, drawn, image_x, image_y);
    if (drawn->scale) draw_scale(sheet, drawn, image_x + place->width + 14, image_y, larger(place->height, 4 * (LINE + 4)));
}

static void draw_text(canvas *sheet, const picture *shown)
{
    canvas_text(sheet, MARGIN, MARGIN, HEADING, bright, shown->heading);
    canvas_text(sheet, MARGIN, MARGIN + 27 + 12, TEXT, dim, shown->details);
    if (!shown->text) return;
    const colour ink = shown->agree ? good : bad;
    const int y = sheet->height - MARGIN - LINE;
    canvas_fill(sheet, MARGIN, y, 14, 14, ink);
    canvas_text(sheet, MARGIN + 28, y, TEXT, ink, shown->text);
}

int picture_save(const picture *shown, const char *path)
{
    const layout place = layout_of(shown);
    canvas sheet;
    if (canvas_open(&sheet, place.canvas_width, place.canvas_height, background)) return EXIT_TROUBLE;
    draw_text(&sheet, shown);
    int x = MARGIN, y = place.top;
    for (int i = 0; i < shown->count; ++i) {
        if (i > 0 && i % shown->across == 0) {
            x = MARGIN;
            y += place.cell_height + 24;
        }
        draw_panel(&sheet, &place, shown, &shown->panels[i], x, y);
        x += place.cell_width + GAP + (shown->panels[i].scale ? place.scale : 0);
    }
    const int status = canvas_save(&sheet, path);
    canvas_close(&sheet);
    return status;
}
