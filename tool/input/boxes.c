/* SPDX-License-Identifier: Apache-2.0
 * Detectors' heatmaps: CenterNet's and TTFNet's windows from boxes. */
#include "input/boxes.h"

#include <string.h>

#include "input/mark.h"

/* TTFNet mmdet/models/anchor_heads/ttf_head.py: alpha, and the radius int(side / 2 * alpha) on each axis. */
#define TTFNET_ALPHA 0.54
/* CenterNet src/lib/datasets/sample/ctdet.py: gaussian_radius((ceil(h), ceil(w))), truncated; its min_overlap is 0.7. */
#define CENTERNET_OVERLAP 0.7

static bool is(const cvh_convention *convention, const char *name)
{
    return convention->name && !strcmp(convention->name, name);
}

int boxes_check(const cvh_convention *convention)
{
    if (is(convention, "centernet") || is(convention, "ttfnet")) return EXIT_FINE;
    return trouble("--boxes takes --convention centernet or ttfnet, whose windows follow from boxes");
}

static double clipped(double value, int side)
{
    return fmin(fmax(value, 0), side - 1);
}

/* 2r + 1, r truncated and never negative. */
static double width_of(double radius)
{
    return 2 * floor(fmax(radius, 0)) + 1;
}

/* Both projects clip a box to the map first, and leave out what then has no extent. */
static void box_to_keypoint(const cvh_convention *convention, const cvh_keypoint *box, int rows, int cols, cvh_keypoint *point,
                            cvh_gaussian *window)
{
    const double half_x = box->gaussian->ksize_x / 2, half_y = box->gaussian->ksize_y / 2;
    const cvh_keypoint corners[2] = {{.x = box->x - half_x, .y = box->y - half_y},
                                     {.x = box->x + half_x, .y = box->y + half_y}};
    const cvh_keypoint first = mark_of(convention, &corners[0]), last = mark_of(convention, &corners[1]);
    const double left = clipped(first.x, cols), right = clipped(last.x, cols), top = clipped(first.y, rows),
                 bottom = clipped(last.y, rows);
    const double width = right - left, height = bottom - top;
    const bool there = width > 0 && height > 0;
    *point = (cvh_keypoint){
        .x = there ? (left + right) / 2 : first.x - 1e6, .y = there ? (top + bottom) / 2 : first.y - 1e6, .map = box->map};
    *window = (cvh_gaussian){.ksize_x = 1, .ksize_y = 1}; /* of what is not drawn, too: the convention has none */
    point->gaussian = window;
    if (!there) return;
    const double radius = cvh_radius_centernet(ceil(height), ceil(width), CENTERNET_OVERLAP);
    const bool ttfnet = is(convention, "ttfnet");
    window->ksize_x = width_of(ttfnet ? width / 2 * TTFNET_ALPHA : radius);
    window->ksize_y = width_of(ttfnet ? height / 2 * TTFNET_ALPHA : radius);
}

void boxes_to_keypoints(cvh_convention *convention, const cvh_keypoint *boxes, size_t count, int rows, int cols,
                        cvh_keypoint *points, cvh_gaussian *windows)
{
    for (size_t i = 0; i < count; ++i) box_to_keypoint(convention, &boxes[i], rows, cols, &points[i], &windows[i]);
    convention->scale_x = convention->scale_y = 1;
    convention->offset_x = convention->offset_y = 0;
    convention->crop = NULL;
}
