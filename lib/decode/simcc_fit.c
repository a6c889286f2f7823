/* SPDX-License-Identifier: Apache-2.0
 * The Gaussian A exp(-(i - a)^2 / 2 s^2) that fits the bins of a window best in the sense of least squares. It is one axis of
 * decode/refine_fit_step.c, whose notation this keeps: with u = (i - a)/s, g = exp(-u^2 / 2), <p> = sum g^2 p / sum g^2 and
 * {p} = sum f g p / sum f g, a Gauss-Newton step with the height eliminated is
 *
 *     | <u u> - <u><u>      <u u^2> - <u><u^2>     |  | da / s   |     | {u}   - <u>   |
 *     | <u u^2> - <u><u^2>  <u^2 u^2> - <u^2><u^2> |  | d log s  |  =  | {u^2} - <u^2> |
 *
 * The width of a label is known, and is kept where the window lies on the vector on both sides: what is symmetric is then found
 * without bias whatever its width is, and what is not is less mistaken than by a width of its own. Where the vector ends within
 * the window a width that is off by a fifth would cost 0.2 pixels, so there it is fitted too. */
#include "decode/simcc_axis.h"
#include "gaussian/kernel.h"

/* Within 2.5 sigma lie 99 % of what a window could tell about the position; farther out there are neighbours. */
static const double WINDOW = 2.5;
enum { MOST_RADIUS = 64, SIDE = 2 * MOST_RADIUS + 1, MOST_STEPS = 40, MOST_MOVES = 8 };
static const double CLOSE = 1e-6, STEADY = 1e-4; /* a step's length in bins, and of the width as a part of it */
static const double LONGEST = 0.5;               /* step, in widths */
static const double NARROWEST = 0.25;            /* width in bins: one bin alone has no width of its own */
static const double WIDEST = 4;                  /* width, in radii: a vector is flat in the window */
static const double FARTHEST = 1.5;              /* from the largest bin, in sigmas, but 2 bins at least */

/* The bins first..first+count-1; those that are no numbers have no say. */
typedef struct fit_window {
    int first, count;
    double bins[SIDE + CVH_BELLS], say[SIDE + CVH_BELLS]; /* 1, or 0 */
} fit_window;

typedef struct fit_model {
    double centre, sigma;
} fit_model;

static int radius_of(double sigma)
{
    double radius = ceil(WINDOW * sigma);
    return radius < 2 ? 2 : radius > MOST_RADIUS ? MOST_RADIUS : (int)radius;
}

static bool reaches_beyond(const cvh_plane *vector, int at, int radius)
{
    return at < radius || at + radius >= vector->cols;
}

/* False where fewer than three bins are numbers. */
static bool load(const cvh_plane *vector, int at, int radius, fit_window *window)
{
    int last = at + radius < vector->cols ? at + radius : vector->cols - 1, numbers = 0;
    window->first = at > radius ? at - radius : 0;
    window->count = last - window->first + 1;
    for (int i = 0; i < window->count; i++) {
        double bin = cvh_plane_at(vector, 0, window->first + i);
        bool is_number = isfinite(bin);
        window->bins[i] = is_number ? bin : 0;
        window->say[i] = is_number ? 1 : 0;
        numbers += is_number;
    }
    return numbers >= 3;
}

/* The sums over a window: of g^2 times powers of u, and of f g times them. */
typedef struct fit_sums {
    double model[5], seen[3];
} fit_sums;

static fit_sums sums_of(const fit_window *window, const fit_model *model)
{
    fit_sums sums = {{0}, {0}};
    double bells[SIDE + CVH_BELLS], c = -0.125 / (model->sigma * model->sigma);
    for (int done = 0; done < window->count; done += CVH_BELLS)
        cvh_bells(c, model->centre, window->first + done, window->count - done, bells + done);
    for (int i = 0; i < window->count; i++) {
        double u = (window->first + i - model->centre) / model->sigma, g = bells[i] * window->say[i];
        double power = g * g, seen = window->bins[i] * g;
        for (int k = 0; k < 5; k++) {
            sums.model[k] += power;
            power *= u;
        }
        for (int k = 0; k < 3; k++) {
            sums.seen[k] += seen;
            seen *= u;
        }
    }
    return sums;
}

static double within(double value, double most)
{
    return value < -most ? -most : value > most ? most : value;
}

/* Moves the model; *change is how far, as CLOSE and STEADY measure it. False where the window sees nothing of it. */
CVH_DIVIDES_BY_ZERO static bool step(const fit_window *window, bool width_too, fit_model *model, fit_model *change)
{
    fit_sums sums = sums_of(window, model);
    if (!(sums.seen[0] > 0)) return false;
    double m[5], f[3];
    for (int k = 1; k < 5; k++) m[k] = sums.model[k] / sums.model[0];
    for (int k = 1; k < 3; k++) f[k] = sums.seen[k] / sums.seen[0];
    double c11 = m[2] - m[1] * m[1], c12 = m[3] - m[1] * m[2], c22 = m[4] - m[2] * m[2];
    double r1 = f[1] - m[1], r2 = f[2] - m[2];
    if (!(c11 > 0)) return false; /* one bin alone has weight; NaN: none has */
    double ratio = 0;
    if (width_too) {
        double rest = c22 - c12 / c11 * c12;
        if (!(rest > 0)) return false;
        ratio = within((r2 - c12 / c11 * r1) / rest, LONGEST);
    }
    double move = within((r1 - c12 * ratio) / c11, LONGEST) * model->sigma;
    double sigma = model->sigma + model->sigma * ratio;
    if (width_too && sigma < NARROWEST) sigma = NARROWEST;
    *change = (fit_model){fabs(move), fabs(sigma - model->sigma) / model->sigma};
    *model = (fit_model){model->centre + move, sigma};
    return true;
}

/* False where there is no such Gaussian. `start` is where the search for it began. */
static bool fit(const fit_window *window, bool width_too, int start, double farthest, fit_model *model)
{
    const int radius = window->count / 2;
    double widest = WIDEST * (radius + 1);
    for (int i = 0; i < MOST_STEPS; i++) {
        fit_model change;
        if (!step(window, width_too, model, &change)) return false;
        if (!(fabs(model->centre - start) <= farthest) || (width_too && model->sigma > widest)) return false;
        if (change.centre < CLOSE && change.sigma < STEADY) break;
    }
    return true;
}

/* With the width as told, in a window that follows the centre until it is its middle. False where it meets the vector's end, or
 * there is no fit. */
static bool fit_place(const cvh_plane *vector, int start, int radius, double farthest, fit_window *window, fit_model *model)
{
    int at = start;
    for (int i = 0; i < MOST_MOVES; i++) {
        if (reaches_beyond(vector, at, radius) || !load(vector, at, radius, window)) return false;
        if (!fit(window, false, start, farthest, model)) return false;
        int nearest = (int)floor(model->centre + 0.5);
        if (nearest == at) break;
        at = nearest;
    }
    return true;
}

cvh_found cvh_axis_fit(const cvh_plane *vector, double sigma, cvh_axis_reading *reading)
{
    int start = (int)reading->at, radius = radius_of(sigma);
    double told = sigma < NARROWEST ? NARROWEST : sigma, farthest = FARTHEST * told > 2 ? FARTHEST * told : 2;
    if (vector->cols < 3) return CVH_FOUND_PIXEL_EDGE;
    if (isinf(cvh_plane_at(vector, 0, start))) return CVH_FOUND_PIXEL_VALUE;
    fit_window window;
    fit_model place = {start, told};
    bool placed = fit_place(vector, start, radius, farthest, &window, &place);
    if (!placed && !load(vector, start, radius, &window)) return CVH_FOUND_PIXEL_VALUE;
    fit_model both = placed ? place : (fit_model){start, told};
    bool wide = fit(&window, true, start, farthest, &both);
    if (!placed && wide) place = both;
    if (!placed && !wide) {
        place = (fit_model){start, told};
        if (!fit(&window, false, start, farthest, &place)) return CVH_FOUND_PIXEL_SHAPE;
    }
    reading->at = place.centre;
    reading->sigma = wide ? both.sigma : (double)NAN;
    return CVH_FOUND_REFINED;
}
