/* SPDX-License-Identifier: Apache-2.0
 * Radii that detectors derive from a box. */
#include <math.h>
#include <stdbool.h>

#include "cvheatmap.h"

/* A box of h x w may be moved or resized by r at each corner and must keep an overlap (intersection over union) of o with what
 * it was. Three positions are the worst (princeton-vl/CornerNet, sample/utils.py gaussian_radius); each bounds r by a root of
 * a r^2 - b r + c = 0:
 *   moved      (h-r)(w-r) / (2hw - (h-r)(w-r)) >= o    a = 1    b = h + w          c = hw (1-o) / (1+o)   the smaller root
 *   inside it  (h-2r)(w-2r) / hw >= o                  a = 4    b = 2 (h + w)      c = (1-o) hw           the smaller root
 *   around it  hw / ((h+2r)(w+2r)) >= o                a = 4o   b = -2o (h + w)    c = (o-1) hw           the larger root */
typedef struct quadratic {
    double a, b, c;
} quadratic;

/* The operations are in the order of the published code, so that truncating the radius gives the same integer. Rounding
 * can bring a vanishing discriminant (h = w, o near 0) below 0. */
static double root_of_discriminant(quadratic q)
{
    return sqrt(fmax(0, q.b * q.b - 4 * q.a * q.c));
}

typedef struct box_cases {
    quadratic moved, inside, around;
} box_cases;

static box_cases cases_of(double rows, double cols, double overlap)
{
    return (box_cases){
        .moved = {1, rows + cols, cols * rows * (1 - overlap) / (1 + overlap)},
        .inside = {4, 2 * (rows + cols), (1 - overlap) * cols * rows},
        .around = {4 * overlap, -2 * overlap * (rows + cols), (overlap - 1) * cols * rows},
    };
}

static bool valid_box(double rows, double cols, double overlap)
{
    return rows > 0 && cols > 0 && isfinite(rows) && isfinite(cols) && overlap > 0 && overlap < 1;
}

/* A power of two that brings the larger side into [1/2, 1): exact, and squares of sides then stay in range. */
static int scale_exponent(double rows, double cols)
{
    int exponent;
    frexp(fmax(rows, cols), &exponent);
    return exponent;
}

double cvh_radius_cornernet(double rows, double cols, double min_overlap)
{
    if (!valid_box(rows, cols, min_overlap)) return NAN;
    int exponent = scale_exponent(rows, cols);
    box_cases box = cases_of(ldexp(rows, -exponent), ldexp(cols, -exponent), min_overlap);
    double moved = (box.moved.b - root_of_discriminant(box.moved)) / 2;
    double inside = (box.inside.b - root_of_discriminant(box.inside)) / (2 * box.inside.a);
    double around = (box.around.b + root_of_discriminant(box.around)) / (2 * box.around.a);
    return ldexp(fmin(moved, fmin(inside, around)), exponent);
}

/* As published: the larger root of all three, and none divided by its a. The third is then always the smallest. */
double cvh_radius_centernet(double rows, double cols, double min_overlap)
{
    if (!valid_box(rows, cols, min_overlap)) return NAN;
    int exponent = scale_exponent(rows, cols);
    box_cases box = cases_of(ldexp(rows, -exponent), ldexp(cols, -exponent), min_overlap);
    double moved = (box.moved.b + root_of_discriminant(box.moved)) / 2;
    double inside = (box.inside.b + root_of_discriminant(box.inside)) / 2;
    double around = (box.around.b + root_of_discriminant(box.around)) / 2;
    return ldexp(fmin(moved, fmin(inside, around)), exponent);
}
