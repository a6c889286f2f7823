/* SPDX-License-Identifier: Apache-2.0
 * The default refinement: a Gaussian fitted to the window's samples. Samples beyond the map do not exist and so pull nothing:
 * there is no border rule. Samples that are NaN or -inf are left out, and so are those that plainly belong to something else.
 */
#include "decode/refine_fit_step.h"

static const double WIDEST = 4; /* width in units of the window's radius + 1: a peak is flat in it */
enum { FEWEST_SAMPLES = 8 };    /* for five unknowns */

/* Among normal noise, one window of 81 samples in 20,000 has one beyond 5 standard deviations. */
static const double STRAY = 5, CUT = 3, LEAST_STRAY = 0.02; /* the last as a part of the amplitude */
enum { MOST_ROUNDS = 8 };

static void lay_axis(cvh_fit_axis *axis, int at, int radius, int n)
{
    int last = at + radius < n ? radius : n - 1 - at;
    axis->first = at < radius ? -at : -radius;
    axis->count = last - axis->first + 1;
    axis->padded = (axis->count + 3) & ~3;
    axis->widest = WIDEST * (radius + 1);
    if (axis->sigma > axis->widest) axis->sigma = axis->widest;
}

static void load(const cvh_scene *scene, cvh_pixel peak, cvh_fit_window *window)
{
    cvh_fit_axis *x = &window->x, *y = &window->y;
    int row = peak.row + y->first, col = peak.col + x->first;
    if (!scene->blurred) {
        cvh_plane_block(scene->plane, row, col, y->count, x->count, CVH_BORDER_METHOD, window->samples);
    } else {
        for (int j = 0; j < y->count; j++)
            for (int i = 0; i < x->count; i++) window->samples[j][i] = cvh_scene_at(scene, row + j, col + i);
    }
    for (int j = 0; j < y->count; j++)
        for (int i = x->count; i < x->padded; i++) window->samples[j][i] = 0;
}

/* False where too few samples are left. */
static bool add_hole(cvh_fit_window *window, int row, int col)
{
    if (window->hole_count == CVH_FIT_MOST_HOLES) return false;
    window->samples[row][col] = 0;
    window->holes[window->hole_count++] = (cvh_fit_hole){(short)row, (short)col};
    return window->x.count * window->y.count - window->hole_count >= FEWEST_SAMPLES;
}

static bool all_finite(const cvh_fit_window *window)
{
    int finite = 1;
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) finite &= fabs(window->samples[j][i]) < INFINITY;
    return finite;
}

/* False where a sample is +inf, or too few are numbers. */
static bool list_holes(cvh_fit_window *window)
{
    window->hole_count = 0;
    if (all_finite(window)) return true;
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) {
            double value = window->samples[j][i];
            if (!isfinite(value) && (value > 0 || !add_hole(window, j, i))) return false;
        }
    return true;
}

/* What the fit leaves over, of the samples that are no holes. */
typedef struct fit_rest {
    double mean_square, largest_square;
} fit_rest;

static double model_at(const cvh_fit_window *window, int row, int col)
{
    return window->amplitude * window->y.weight[0][row] * window->x.weight[0][col];
}

/* Column by column, which makes vector loops; for a window without holes. */
static fit_rest rest_of(const cvh_fit_window *window)
{
    const cvh_fit_axis *x = &window->x, *y = &window->y;
    double sum[CVH_BLOCK_STRIDE], largest[CVH_BLOCK_STRIDE];
    for (int i = 0; i < x->padded; i++) sum[i] = largest[i] = 0;
    for (int j = 0; j < y->count; j++) {
        double factor = window->amplitude * y->weight[0][j];
        for (int i = 0; i < x->padded; i++) {
            double rest = window->samples[j][i] - factor * x->weight[0][i], square = rest * rest;
            sum[i] += square;
            largest[i] = square > largest[i] ? square : largest[i];
        }
    }
    fit_rest rest = {0, 0};
    for (int i = 0; i < x->count; i++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign): padded is at least count */
        rest.mean_square += sum[i];
        rest.largest_square = largest[i] > rest.largest_square ? largest[i] : rest.largest_square;
    }
    rest.mean_square /= x->count * y->count;
    return rest;
}

/* The same, sample by sample, where there are holes. */
static fit_rest rest_around_holes(const cvh_fit_window *window, bool hole[CVH_FIT_SIDE][CVH_FIT_SIDE])
{
    fit_rest rest = {0, 0};
    int count = 0;
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) {
            if (hole[j][i]) continue;
            double left = window->samples[j][i] - model_at(window, j, i), square = left * left;
            rest.mean_square += square;
            rest.largest_square = square > rest.largest_square ? square : rest.largest_square;
            count++;
        }
    rest.mean_square /= count;
    return rest;
}

/* Samples that a fit leaves far more of than of the others belong to something else: another peak, a defect. */
static bool strays(const cvh_fit_window *window, fit_rest rest, double times)
{
    double least = LEAST_STRAY * window->amplitude;
    return rest.largest_square > times * times * rest.mean_square && rest.largest_square > least * least;
}

static bool cut_strays(cvh_fit_window *window, fit_rest rest, bool hole[CVH_FIT_SIDE][CVH_FIT_SIDE])
{
    double least = LEAST_STRAY * window->amplitude;
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) {
            double left = window->samples[j][i] - model_at(window, j, i), square = left * left;
            if (hole[j][i] || square <= CUT * CUT * rest.mean_square || square <= least * least) continue;
            if (!add_hole(window, j, i)) return false;
            hole[j][i] = true;
        }
    return true;
}

/* Fits again without the strays, until there are none. What remains of a fit that goes wrong on the way is the first one. */
static void fit_without_strays(cvh_fit_window *window, bool tied)
{
    bool hole[CVH_FIT_SIDE][CVH_FIT_SIDE] = {{false}};
    for (int h = 0; h < window->hole_count; h++) hole[window->holes[h].row][window->holes[h].col] = true;
    cvh_fit_axis x = window->x, y = window->y;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        fit_rest rest = rest_around_holes(window, hole);
        if (!strays(window, rest, CUT)) return;
        if (cut_strays(window, rest, hole) && cvh_fit(window, tied)) continue;
        window->x = x;
        window->y = y;
        return;
    }
}

/* Fits from the widths and the centre that the window holds. */
static cvh_found fit_within(const cvh_scene *scene, cvh_pixel peak, int radius_x, int radius_y, cvh_fit_window *window)
{
    lay_axis(&window->x, peak.col, radius_x, scene->plane->cols);
    lay_axis(&window->y, peak.row, radius_y, scene->plane->rows);
    if (!cvh_fitted(&window->x) && !cvh_fitted(&window->y)) return CVH_FOUND_PIXEL_EDGE;
    load(scene, peak, window);
    if (!list_holes(window)) return CVH_FOUND_PIXEL_VALUE;
    bool tied = scene->decoding->decoder.refine == CVH_REFINE_FIT_TIED;
    if (!cvh_fit(window, tied)) return CVH_FOUND_PIXEL_SHAPE;
    if (window->hole_count || strays(window, rest_of(window), STRAY)) fit_without_strays(window, tied);
    return CVH_FOUND_REFINED;
}

/* The radius that suits a width: 95 % of what a window could tell about the position lie within 2 sigma on each axis; further
 * out there are neighbours and background rather than information. */
static int suitable_radius(const cvh_fit_axis *axis, int radius)
{
    double suitable = ceil(2 * axis->sigma);
    if (!cvh_fitted(axis) || !(suitable > radius + 1)) return radius;
    return suitable < CVH_DECODE_MAX_WINDOW ? (int)suitable : CVH_DECODE_MAX_WINDOW;
}

/* A width told to be less starts here: of far narrower ones a neighbour's weight underflows, and no step leads away. */
static const double LEAST_START = 0.25;

/* Where nobody told the width and it turns out to be larger than the first window suits, once more with one that does. */
cvh_found cvh_refine_fit(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at)
{
    const cvh_decoding *decoding = scene->decoding;
    int rx = decoding->window_x, ry = decoding->window_y;
    cvh_fit_window window;
    window.x.centre = window.y.centre = 0;
    window.x.sigma = fmax(decoding->sigma_x, LEAST_START);
    window.y.sigma = fmax(decoding->sigma_y, LEAST_START);
    cvh_found found = fit_within(scene, peak, rx, ry, &window);
    if (found != CVH_FOUND_REFINED) return found;
    cvh_position refined = {peak.col + window.x.centre, peak.row + window.y.centre};
    int wider_x = suitable_radius(&window.x, rx), wider_y = suitable_radius(&window.y, ry);
    if (decoding->grows && (wider_x > rx || wider_y > ry)
        && fit_within(scene, peak, wider_x, wider_y, &window) == CVH_FOUND_REFINED)
        refined = (cvh_position){peak.col + window.x.centre, peak.row + window.y.centre};
    return cvh_refined(decoding, peak, refined, at);
}
