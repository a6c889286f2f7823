/* SPDX-License-Identifier: Apache-2.0
 * Every named convention as the formula that its project's code amounts to, in long double. Nothing here is shared with the
 * library, so that the two cannot make one mistake. */
#ifndef CVH_TEST_CLOSED_FORM_H
#define CVH_TEST_CLOSED_FORM_H

#include <math.h>
#include <stdbool.h>

#include "cvheatmap.h"

/* -------------------------------------------------------------------------------------------------------------- the formulas
 *
 * A formula gives the value of pixel (p, q) for a keypoint at heatmap coordinates (x, y), or UNTOUCHED outside its window. G is
 * exp(-d^2 / 2 sigma^2). Nothing here is shared with the library. */

#define UNTOUCHED (-1.0L)

typedef struct map_size {
    int rows, cols;
} map_size;

typedef long double (*formula)(map_size map, int p, int q, double x, double y);
typedef bool (*keeps)(map_size map, double x, double y);

static inline long double gaussian(long double dx, long double dy, long double sigma)
{
    return expl(-(dx * dx + dy * dy) / (2 * sigma * sigma));
}

static inline bool within(double p, double m, double radius)
{
    return fabs(p - m) <= radius;
}

static inline bool on_map(map_size map, double m, double n)
{
    return m >= 0 && m < map.cols && n >= 0 && n < map.rows;
}

/* dcb|abcd|cba */
static inline int reflected_101(int at, int size)
{
    if (size == 1) return 0;
    while (at < 0 || at >= size) at = at < 0 ? -at : 2 * (size - 1) - at;
    return at;
}

/* What a blur by the `n` taps of a Gaussian leaves at p of a pixel lit at c: b(p) = sum of k(p-j) over every j that reflects
 * onto c. */
static inline long double blurred(int size, int p, int c, int n, long double sigma)
{
    long double sum = 0, value = 0;
    for (int i = -(n / 2); i <= n / 2; i++) {
        long double tap = gaussian(i, 0, sigma);
        sum += tap;
        if (reflected_101(p + i, size) == c) value += tap;
    }
    return value / sum;
}

static inline long double blurred_pixel(map_size map, int p, int q, double m, double n, int ksize, long double sigma)
{
    if (!on_map(map, m, n)) return UNTOUCHED;
    return blurred(map.cols, p, (int)m, ksize, sigma) * blurred(map.rows, q, (int)n, ksize, sigma);
}

/* Ours rounds to the nearest pixel; the tutorial takes integers only. */
static inline long double tutorial_blur(map_size map, int p, int q, double x, double y)
{
    return blurred_pixel(map, p, q, floor(x + 0.5), floor(y + 0.5), 15, 2);
}

/* 0.3 ((15-1)/2 - 1) + 0.8 = 2.6 */
static inline long double megvii(map_size map, int p, int q, double x, double y)
{
    return blurred_pixel(map, p, q, trunc(x), trunc(y), 15, 2.6L);
}

static inline long double tutorial_patch(map_size map, int p, int q, double x, double y)
{
    (void)map;
    double m = floor(x + 0.5), n = floor(y + 0.5);
    return within(p, m, 6) && within(q, n, 6) ? gaussian(p - m, q - n, 2) : UNTOUCHED;
}

static inline long double msra(map_size map, int p, int q, double x, double y)
{
    (void)map;
    double m = trunc(x + 0.5), n = trunc(y + 0.5);
    return within(p, m, 6) && within(q, n, 6) ? gaussian(p - m, q - n, 2) : UNTOUCHED;
}

static inline long double udp(map_size map, int p, int q, double x, double y)
{
    (void)map;
    return within(p, trunc(x + 0.5), 6) && within(q, trunc(y + 0.5), 6) ? gaussian(p - (long double)x, q - (long double)y, 2)
                                                                        : UNTOUCHED;
}

static inline long double dark(map_size map, int p, int q, double x, double y)
{
    (void)map;
    return gaussian(p - (long double)x, q - (long double)y, 2);
}

static inline long double sleap(map_size map, int p, int q, double x, double y)
{
    (void)map;
    return gaussian(p - (long double)x, q - (long double)y, 5);
}

static inline long double deeplabcut(map_size map, int p, int q, double x, double y)
{
    (void)map;
    return gaussian(p - (long double)x, q - (long double)y, 17.0L / 12);
}

/* The keypoint's radius is 3, or (4, 2). */
static inline long double umich(int p, int q, double x, double y, int rx, int ry)
{
    long double dx = p - truncl(x), dy = q - truncl(y), wx = 2 * rx + 1, wy = 2 * ry + 1;
    if (fabsl(dx) > rx || fabsl(dy) > ry) return UNTOUCHED;
    return expl(-18 * dx * dx / (wx * wx) - 18 * dy * dy / (wy * wy));
}

static inline long double centernet(map_size map, int p, int q, double x, double y)
{
    (void)map;
    return umich(p, q, x, y, 3, 3);
}

static inline long double ttfnet(map_size map, int p, int q, double x, double y)
{
    (void)map;
    return umich(p, q, x, y, 4, 2);
}

static inline long double higherhrnet(map_size map, int p, int q, double x, double y)
{
    (void)map;
    double m = trunc(x), n = trunc(y);
    return within(p, m, 7) && within(q, n, 7) ? gaussian(p - m, q - n, 2) : UNTOUCHED;
}

/* Window [trunc(u - 3), trunc(u + 4)), Gaussian at its corner + 3. */
static inline long double pytorch_pose(map_size map, int p, int q, double x, double y)
{
    (void)map;
    double left = trunc(x - 3), top = trunc(y - 3);
    if (p < left || p >= trunc(x + 4) || q < top || q >= trunc(y + 4)) return UNTOUCHED;
    return gaussian(p - left - 3, q - top - 3, 1);
}

static inline long double openpose(map_size map, int p, int q, double x, double y)
{
    (void)map;
    long double dx = p - (long double)x, dy = q - (long double)y, sigma = 0.875L;
    long double exponent = (dx * dx + dy * dy) / (2 * sigma * sigma);
    return exponent <= 4.6052L ? expl(-exponent) : UNTOUCHED;
}

/* Window [trunc(u - 1.8), trunc(u + 2.8)), the score being 0.75. */
static inline long double posec3d(map_size map, int p, int q, double x, double y)
{
    (void)map;
    if (p < trunc(x - 1.8) || p >= trunc(x + 2.8) || q < trunc(y - 1.8) || q >= trunc(y + 2.8)) return UNTOUCHED;
    return 0.75L * gaussian(p - (long double)x, q - (long double)y, 0.6L);
}

/* One axis of a Gaussian whose part inside [first, last] sums to 1. */
static inline long double shared_axis(int p, double u, long double sigma, int first, int last)
{
    long double sum = 0;
    for (int i = first; i <= last; i++) sum += gaussian(i - (long double)u, 0, sigma);
    return gaussian(p - (long double)u, 0, sigma) / sum;
}

static inline long double kornia(map_size map, int p, int q, double x, double y)
{
    return shared_axis(p, x, 1.5L, 0, map.cols - 1) * shared_axis(q, y, 2.5L, 0, map.rows - 1);
}

static inline int larger(int a, int b)
{
    return a > b ? a : b;
}

static inline int smaller(int a, int b)
{
    return a < b ? a : b;
}

static inline long double density(map_size map, int p, int q, double x, double y)
{
    int m = (int)floor(x), n = (int)floor(y);
    if (!within(p, m, 7) || !within(q, n, 7)) return UNTOUCHED;
    return shared_axis(p, m, 4, larger(0, m - 7), smaller(map.cols - 1, m + 7))
           * shared_axis(q, n, 4, larger(0, n - 7), smaller(map.rows - 1, n + 7));
}

/* ------------------------------------------------------------------------------------------------------ which are left out */

static inline bool keeps_all(map_size map, double x, double y)
{
    (void)map, (void)x, (void)y;
    return true;
}

static inline bool keeps_truncated_inside(map_size map, double x, double y)
{
    return on_map(map, trunc(x), trunc(y));
}

static inline bool keeps_floor_inside(map_size map, double x, double y)
{
    return on_map(map, floor(x), floor(y));
}

/* The field's test of a window [lo, hi): lo >= size or hi < 0 leaves it out. */
static inline bool overlaps(double lo, double hi, int size)
{
    return !(lo >= size || hi < 0);
}

static inline bool keeps_msra(map_size map, double x, double y)
{
    double m = trunc(x + 0.5), n = trunc(y + 0.5);
    return overlaps(m - 6, m + 7, map.cols) && overlaps(n - 6, n + 7, map.rows);
}

static inline bool keeps_dark(map_size map, double x, double y)
{
    return overlaps(trunc(x - 6), trunc(x + 7), map.cols) && overlaps(trunc(y - 6), trunc(y + 7), map.rows);
}

static inline bool keeps_dark_mmpose(map_size map, double x, double y)
{
    return overlaps(x - 6, x + 7, map.cols) && overlaps(y - 6, y + 7, map.rows);
}

static inline bool keeps_pytorch_pose(map_size map, double x, double y)
{
    return overlaps(trunc(x - 3), trunc(x + 4), map.cols) && overlaps(trunc(y - 3), trunc(y + 4), map.rows);
}

/* -------------------------------------------------------------------------------------------------------------- the table */

typedef enum fold { FOLD_MAX, FOLD_REPLACE, FOLD_ADD, FOLD_ADD_CLAMP, FOLD_LIGHT } fold; /* LIGHT: a pixel is lit once */
typedef enum rescale { AS_IS, TO_MAXIMUM, TO_CENTRE } rescale;                           /* to 255 */

typedef struct closed_form {
    const char *name;
    formula value;
    keeps kept;
    fold overlap;
    rescale norm;
    double (*pixel)(double); /* for FOLD_LIGHT and TO_CENTRE */
    cvh_gaussian own;        /* what a keypoint brings; all 0: nothing */
} closed_form;

static inline double nearest(double u)
{
    return floor(u + 0.5);
}

static const closed_form forms[] = {
    {"tutorial_blur", tutorial_blur, keeps_all, FOLD_LIGHT, TO_MAXIMUM, nearest, {.peak = 0}},
    {"tutorial_patch", tutorial_patch, keeps_all, FOLD_REPLACE, TO_MAXIMUM, NULL, {.peak = 0}},
    {"hrnet", msra, keeps_msra, FOLD_REPLACE, AS_IS, NULL, {.peak = 0}},
    {"mmpose_msra", msra, keeps_msra, FOLD_MAX, AS_IS, NULL, {.peak = 0}},
    {"mspn", megvii, keeps_truncated_inside, FOLD_LIGHT, TO_MAXIMUM, trunc, {.peak = 0}},
    {"mmpose_megvii", megvii, keeps_truncated_inside, FOLD_LIGHT, TO_CENTRE, trunc, {.peak = 0}},
    {"udp", udp, keeps_msra, FOLD_REPLACE, AS_IS, NULL, {.peak = 0}},
    {"mmpose_udp", udp, keeps_msra, FOLD_MAX, AS_IS, NULL, {.peak = 0}},
    {"darkpose", dark, keeps_dark, FOLD_REPLACE, AS_IS, NULL, {.peak = 0}},
    {"mmpose_dark", dark, keeps_dark_mmpose, FOLD_MAX, AS_IS, NULL, {.peak = 0}},
    {"centernet", centernet, keeps_all, FOLD_MAX, AS_IS, NULL, {.ksize_x = 7}},
    {"centernet_msra", msra, keeps_msra, FOLD_MAX, AS_IS, NULL, {.sigma_x = 2}},
    {"ttfnet", ttfnet, keeps_all, FOLD_MAX, AS_IS, NULL, {.ksize_x = 9, .ksize_y = 5}},
    {"higherhrnet", higherhrnet, keeps_truncated_inside, FOLD_MAX, AS_IS, NULL, {.peak = 0}},
    {"pytorch_pose", pytorch_pose, keeps_pytorch_pose, FOLD_REPLACE, AS_IS, NULL, {.peak = 0}},
    {"openpose", openpose, keeps_all, FOLD_MAX, AS_IS, NULL, {.peak = 0}},
    {"openpose_add", openpose, keeps_all, FOLD_ADD_CLAMP, AS_IS, NULL, {.peak = 0}},
    {"sleap", sleap, keeps_all, FOLD_MAX, AS_IS, NULL, {.peak = 0}},
    {"deeplabcut", deeplabcut, keeps_all, FOLD_MAX, AS_IS, NULL, {.peak = 0}},
    {"posec3d", posec3d, keeps_all, FOLD_MAX, AS_IS, NULL, {.peak = 0.75}},
    {"kornia", kornia, keeps_all, FOLD_ADD, AS_IS, NULL, {.sigma_x = 1.5, .sigma_y = 2.5}},
    {"density", density, keeps_floor_inside, FOLD_ADD, AS_IS, NULL, {.peak = 0}},
    {"udp_combined", udp, keeps_all, FOLD_MAX, AS_IS, NULL, {.peak = 0}},
    {"mmpose_combined", udp, keeps_all, FOLD_MAX, AS_IS, NULL, {.peak = 0}},
    {"posenet", msra, keeps_all, FOLD_MAX, AS_IS, NULL, {.sigma_x = 2}},
};

enum { FORMS = sizeof forms / sizeof forms[0], MAX_POINTS = 8 };

static inline bool needs_own(const closed_form *form)
{
    return form->own.sigma_x != 0 || form->own.ksize_x != 0;
}

static inline const cvh_gaussian *own_of(const closed_form *form)
{
    return needs_own(form) || form->own.peak != 0 ? &form->own : NULL;
}

/* ------------------------------------------------------------------------------------------------- a map by the closed form */

typedef struct place {
    double x, y;
} place;

static inline bool same_pixel(const closed_form *form, place a, place b)
{
    return form->pixel(a.x) == form->pixel(b.x) && form->pixel(a.y) == form->pixel(b.y);
}

static inline bool lit_before(const closed_form *form, const place *places, int index)
{
    for (int i = 0; i < index; i++)
        if (same_pixel(form, places[i], places[index])) return true;
    return false;
}

static inline long double combined(fold overlap, long double before, long double value)
{
    switch (overlap) {
    case FOLD_MAX: return fmaxl(before, value);
    case FOLD_REPLACE: return value;
    case FOLD_ADD_CLAMP: return fminl(before + value, 1);
    case FOLD_ADD:
    case FOLD_LIGHT: break;
    }
    return before + value;
}

static inline bool absent(place at)
{
    return isnan(at.x) || isnan(at.y);
}

static inline long double folded(const closed_form *form, map_size map, int p, int q, const place *places, int count)
{
    long double value = 0;
    for (int i = 0; i < count; i++) {
        place at = places[i];
        if (absent(at) || !form->kept(map, at.x, at.y)) continue;
        if (form->overlap == FOLD_LIGHT && lit_before(form, places, i)) continue;
        long double here = form->value(map, p, q, at.x, at.y);
        if (here != UNTOUCHED) value = combined(form->overlap, value, here);
    }
    return value;
}

static inline long double reference_of(const closed_form *form, map_size map, const long double *values, place at)
{
    if (form->norm == TO_CENTRE) {
        double m = form->pixel(at.x), n = form->pixel(at.y);
        return on_map(map, m, n) ? values[(int)n * map.cols + (int)m] : 0;
    }
    long double most = 0;
    for (int i = 0; i < map.rows * map.cols; i++) most = fmaxl(most, values[i]);
    return most;
}

static inline void expect_map(const closed_form *form, map_size map, const place *places, int count, long double *values)
{
    for (int q = 0; q < map.rows; q++)
        for (int p = 0; p < map.cols; p++) values[q * map.cols + p] = folded(form, map, p, q, places, count);
    if (form->norm == AS_IS) return;
    long double reference = reference_of(form, map, values, places[0]);
    for (int i = 0; reference > 0 && i < map.rows * map.cols; i++) values[i] *= 255 / reference;
}

#endif
