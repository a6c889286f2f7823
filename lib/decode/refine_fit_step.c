/* SPDX-License-Identifier: Apache-2.0
 * The Gaussian A exp(-(x-a)^2 / 2 sx^2 - (y-b)^2 / 2 sy^2) that fits samples best in the sense of least squares.
 *
 * The model is g = gx(x) gy(y). With u = (x-a)/sx and v = (y-b)/sy its derivatives by a, b, log sx, log sy are g u / sx,
 * g v / sy, g u^2, g v^2, so that a Gauss-Newton step is the linear fit of the samples f by
 *
 *     g * (A + c1 u + c2 v + c3 u^2 + c4 v^2),   with   da = sx c1 / A,   db = sy c2 / A,   d log s = c3 / A, c4 / A
 *
 * and A the best height of the model as it is, sum f g / sum g^2. Over a full window every sum of g^2 u^k v^l is a product of
 * two sums along the axes. Samples that are left out are subtracted from those, one by one; a sample that is only known to
 * reach the ceiling is left out where the model is above it, and else counts as the ceiling. */
#include "decode/refine_fit_step.h"

#include "gaussian/kernel.h"

static const double NARROWEST = 0.25;     /* width in pixels: one pixel, or a plateau of two, has no width of its own */
static const double WIDEST = 1.5;         /* width in units of the window's reach: a peak is flat in it */
static const double LONGEST_STEP = 1;     /* pixels, or half a width where that is more */
static const double LARGEST_RATIO = 0.5;  /* of a width's change to the width */
static const double STEADY = 10;          /* of a width's change, in units of what is left of the centre's way */
static const double FIRST_LEAVES = 0.25;  /* of its way: a first step from a good start at most */
static const double SHORTEST_STEP = 1e-6; /* pixels: it is there */
static const double FARTHEST = 2;         /* a centre, in units of the window's side: lost */
enum { MOST_STEPS = 12 };

/* g at neighbouring pixels differs by a factor that itself changes by a constant factor, so that two exponentials serve the
 * whole axis; g is 1 at the pixel nearest to the centre, as its scale does not matter. */
static void profile(cvh_fit_axis *axis)
{
    double *g = axis->weight[0], inverse = 1 / axis->sigma, half = 0.5 * inverse * inverse;
    int nearest = (int)floor(axis->centre + 0.5) - axis->first;
    nearest = nearest < 0 ? 0 : nearest >= axis->count ? axis->count - 1 : nearest;
    double distance = axis->first + nearest - axis->centre;
    double change = cvh_exp(-2 * half), up = cvh_exp(-(2 * distance + 1) * half), down = change / up;
    g[nearest] = 1;
    for (int i = nearest + 1; i < axis->count; i++) {
        g[i] = g[i - 1] * up;
        up *= change;
    }
    for (int i = nearest - 1; i >= 0; i--) {
        g[i] = g[i + 1] * down;
        down *= change;
    }
    for (int i = 0; i < CVH_FIT_PADDING; i++) g[axis->count + i] = 0;
}

/* Multiplies g by u and u^2 and takes the moments, of both axes at once, each in its lane of a vector. */
static void take_moments(cvh_fit_axis *x, cvh_fit_axis *y)
{
    double sum[5][2] = {{0}}, inverse[2] = {1 / x->sigma, 1 / y->sigma};
    double u[2] = {(x->first - x->centre) * inverse[0], (y->first - y->centre) * inverse[1]};
    for (int i = x->count; i < y->count; i++) x->weight[0][i] = 0;
    for (int i = y->count; i < x->count; i++) y->weight[0][i] = 0;
    for (int i = 0; i < x->count || i < y->count; i++) {
        double g[2] = {x->weight[0][i], y->weight[0][i]}, gu[2], guu[2];
        for (int l = 0; l < 2; l++) gu[l] = g[l] * u[l];
        for (int l = 0; l < 2; l++) guu[l] = gu[l] * u[l];
        for (int l = 0; l < 2; l++) sum[0][l] += g[l] * g[l];
        for (int l = 0; l < 2; l++) sum[1][l] += g[l] * gu[l];
        for (int l = 0; l < 2; l++) sum[2][l] += gu[l] * gu[l];
        for (int l = 0; l < 2; l++) sum[3][l] += gu[l] * guu[l];
        for (int l = 0; l < 2; l++) sum[4][l] += guu[l] * guu[l];
        for (int l = 0; l < 2; l++) u[l] += inverse[l];
        x->weight[1][i] = gu[0];
        y->weight[1][i] = gu[1];
        x->weight[2][i] = guu[0];
        y->weight[2][i] = guu[1];
    }
    for (int k = 0; k < 5; k++) {
        x->moment[k] = sum[k][0];
        y->moment[k] = sum[k][1];
    }
    for (int k = 1; k < 3; k++)
        for (int i = 0; i < CVH_FIT_PADDING; i++) x->weight[k][x->count + i] = y->weight[k][y->count + i] = 0;
}

/* Of each column its sums downwards: of the samples times g, g v and g v^2. */
typedef struct column_sums {
    double g[CVH_BLOCK_STRIDE], gv[CVH_BLOCK_STRIDE], gvv[CVH_BLOCK_STRIDE];
} column_sums;

/* Four columns; the twelve sums stay in registers. */
static void sum_four_columns(const cvh_fit_window *window, int i, column_sums *sums)
{
    const double *of_g = window->y.weight[0], *of_gv = window->y.weight[1], *of_gvv = window->y.weight[2];
    double a0 = 0, a1 = 0, a2 = 0, a3 = 0, b0 = 0, b1 = 0, b2 = 0, b3 = 0, c0 = 0, c1 = 0, c2 = 0, c3 = 0;
    for (int j = 0; j < window->y.count; j++) {
        const double *row = &window->samples[j][i], g = of_g[j], gv = of_gv[j], gvv = of_gvv[j];
        a0 += g * row[0], a1 += g * row[1], a2 += g * row[2], a3 += g * row[3];
        b0 += gv * row[0], b1 += gv * row[1], b2 += gv * row[2], b3 += gv * row[3];
        c0 += gvv * row[0], c1 += gvv * row[1], c2 += gvv * row[2], c3 += gvv * row[3];
    }
    sums->g[i] = a0, sums->g[i + 1] = a1, sums->g[i + 2] = a2, sums->g[i + 3] = a3;
    sums->gv[i] = b0, sums->gv[i + 1] = b1, sums->gv[i + 2] = b2, sums->gv[i + 3] = b3;
    sums->gvv[i] = c0, sums->gvv[i + 1] = c1, sums->gvv[i + 2] = c2, sums->gvv[i + 3] = c3;
}

/* The last two of four, where the others are padding. */
static void sum_two_columns(const cvh_fit_window *window, int i, column_sums *sums)
{
    const double *of_g = window->y.weight[0], *of_gv = window->y.weight[1], *of_gvv = window->y.weight[2];
    double a0 = 0, a1 = 0, b0 = 0, b1 = 0, c0 = 0, c1 = 0;
    for (int j = 0; j < window->y.count; j++) {
        const double *row = &window->samples[j][i], g = of_g[j], gv = of_gv[j], gvv = of_gvv[j];
        a0 += g * row[0], a1 += g * row[1];
        b0 += gv * row[0], b1 += gv * row[1];
        c0 += gvv * row[0], c1 += gvv * row[1];
    }
    sums->g[i] = a0, sums->g[i + 1] = a1, sums->g[i + 2] = 0, sums->g[i + 3] = 0;
    sums->gv[i] = b0, sums->gv[i + 1] = b1, sums->gv[i + 2] = 0, sums->gv[i + 3] = 0;
    sums->gvv[i] = c0, sums->gvv[i + 1] = c1, sums->gvv[i + 2] = 0, sums->gvv[i + 3] = 0;
}

static double sum_across(const double *sums, const double *weights, int count)
{
    double lane[4] = {0, 0, 0, 0};
    for (int i = 0; i < count; i += 4)
        for (int l = 0; l < 4; l++) lane[l] += sums[i + l] * weights[i + l];
    return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

/* Sums the samples times g, g u, g v, g u^2 and g v^2: downwards, then across. */
static void take_samples(cvh_fit_window *window)
{
    const cvh_fit_axis *x = &window->x;
    column_sums down;
    for (int i = 0; i < x->padded; i += 4)
        if (x->count - i > 2)
            sum_four_columns(window, i, &down);
        else
            sum_two_columns(window, i, &down);
    window->seen[CVH_FIT_HEIGHT] = sum_across(down.g, x->weight[0], x->padded);
    window->seen[CVH_FIT_X] = sum_across(down.g, x->weight[1], x->padded);
    window->seen[CVH_FIT_Y] = sum_across(down.gv, x->weight[0], x->padded);
    window->seen[CVH_FIT_WIDTH_X] = sum_across(down.g, x->weight[2], x->padded);
    window->seen[CVH_FIT_WIDTH_Y] = sum_across(down.gvv, x->weight[0], x->padded);
}

/* Over a full window the two axes have nothing to do with one another once the height is eliminated: with <p> = sum g^2 p / sum
 * g^2 along the axis and {p} = sum f g p / sum f g over the window, each has a system of its own,
 *
 *     | <u u> - <u><u>      <u u^2> - <u><u^2>     |  | da / s   |     | {u}   - <u>   |
 *     | <u u^2> - <u><u^2>  <u^2 u^2> - <u^2><u^2> |  | d log s  |  =  | {u^2} - <u^2> |
 *
 * here with the centre eliminated from the second line. One width couples the two by a single unknown. */
typedef struct axis_system {
    double m1, m2; /* <u>, <u^2> */
    double c11, c12, r1, c22, r2;
} axis_system;

CVH_DIVIDES_BY_ZERO static axis_system system_of_axis(const cvh_fit_axis *axis, double seen_u, double seen_uu, double seen)
{
    double inverse = 1 / axis->moment[0], per_seen = 1 / seen;
    double m1 = axis->moment[1] * inverse, m2 = axis->moment[2] * inverse, m3 = axis->moment[3] * inverse;
    axis_system s = {.m1 = m1, .m2 = m2, .c11 = m2 - m1 * m1, .c12 = m3 - m1 * m2, .r1 = seen_u * per_seen - m1};
    double slope = s.c12 / s.c11;
    s.c22 = axis->moment[4] * inverse - m2 * m2 - slope * s.c12;
    s.r2 = seen_uu * per_seen - m2 - slope * s.r1;
    return s;
}

static axis_system system_of_x(const cvh_fit_window *window)
{
    const double *seen = window->seen;
    return system_of_axis(&window->x, seen[CVH_FIT_X], seen[CVH_FIT_WIDTH_X], seen[CVH_FIT_HEIGHT]);
}

static axis_system system_of_y(const cvh_fit_window *window)
{
    const double *seen = window->seen;
    return system_of_axis(&window->y, seen[CVH_FIT_Y], seen[CVH_FIT_WIDTH_Y], seen[CVH_FIT_HEIGHT]);
}

/* The centre comes from the width; an axis that is not fitted has neither. Returns what both take from the height. */
CVH_DIVIDES_BY_ZERO static double solve_axis(const axis_system *s, bool fitted, double *centre, double *width)
{
    *width = fitted ? *width : 0;
    *centre = fitted ? (s->r1 - s->c12 * *width) / s->c11 : 0;
    return s->m1 * *centre + s->m2 * *width;
}

CVH_DIVIDES_BY_ZERO static void solve_even(cvh_fit_window *window, bool tied)
{
    cvh_fit_solution *solution = &window->solution;
    axis_system x = system_of_x(window), y = system_of_y(window);
    double centre_x, centre_y, width_x = x.r2 / x.c22, width_y = y.r2 / y.c22;
    if (tied) width_x = width_y = (x.r2 + y.r2) / (x.c22 + y.c22);
    double height = 1 - solve_axis(&x, cvh_fitted(&window->x), &centre_x, &width_x);
    height -= solve_axis(&y, cvh_fitted(&window->y), &centre_y, &width_y);
    solution->height = height;
    solution->centre_x = centre_x;
    solution->centre_y = centre_y;
    solution->width_x = width_x;
    solution->width_y = width_y;
}

/* The powers of u and v that the unknowns are factors of: 1, u, v, u^2, v^2. */
static const signed char POWER_X[CVH_FIT_UNKNOWNS] = {0, 1, 0, 2, 0}, POWER_Y[CVH_FIT_UNKNOWNS] = {0, 0, 1, 0, 2};

/* The sums of a full window; the lower triangle is enough. */
static void take_normal(cvh_fit_window *window)
{
    const double *of_x = window->x.moment, *of_y = window->y.moment;
    for (int i = 0; i < CVH_FIT_UNKNOWNS; i++)
        for (int k = 0; k <= i; k++) window->normal[i][k] = of_x[POWER_X[i] + POWER_X[k]] * of_y[POWER_Y[i] + POWER_Y[k]];
}

static void take_exceptions(cvh_fit_window *window)
{
    const cvh_fit_axis *x = &window->x, *y = &window->y;
    for (int e = 0; e < window->exception_count; e++) {
        const cvh_fit_exception *exception = &window->exceptions[e];
        int i = exception->col, j = exception->row;
        double of[CVH_FIT_UNKNOWNS] = {y->weight[0][j] * x->weight[0][i], y->weight[0][j] * x->weight[1][i],
                                       y->weight[1][j] * x->weight[0][i], y->weight[0][j] * x->weight[2][i],
                                       y->weight[2][j] * x->weight[0][i]};
        if (!cvh_fit_satisfied(window, exception)) {
            for (int a = 0; a < CVH_FIT_UNKNOWNS; a++) window->seen[a] += window->ceiling * of[a];
            continue;
        }
        for (int a = 0; a < CVH_FIT_UNKNOWNS; a++)
            for (int b = 0; b <= a; b++) window->normal[a][b] -= of[a] * of[b];
    }
}

/* The linear system of a window with exceptions: all five unknowns, or four where one width is made of two. */
typedef struct fit_system {
    double matrix[CVH_FIT_UNKNOWNS][CVH_FIT_UNKNOWNS], right[CVH_FIT_UNKNOWNS];
    int count;
} fit_system;

static fit_system system_of(const cvh_fit_window *window, bool tied)
{
    fit_system s = {.count = tied ? CVH_FIT_WIDTH_Y : CVH_FIT_UNKNOWNS};
    for (int i = 0; i < CVH_FIT_UNKNOWNS; i++) {
        for (int k = 0; k <= i; k++) s.matrix[i][k] = window->normal[i][k];
        s.right[i] = window->seen[i];
    }
    if (tied) {
        double *of_width = s.matrix[CVH_FIT_WIDTH_X];
        const double *of_y = window->normal[CVH_FIT_WIDTH_Y];
        for (int k = 0; k < CVH_FIT_WIDTH_X; k++) of_width[k] += of_y[k];
        of_width[CVH_FIT_WIDTH_X] += 2 * of_y[CVH_FIT_WIDTH_X] + of_y[CVH_FIT_WIDTH_Y];
        s.right[CVH_FIT_WIDTH_X] += s.right[CVH_FIT_WIDTH_Y];
    }
    return s;
}

static void take_out(fit_system *s, int unknown)
{
    for (int k = 0; k < unknown; k++) s->matrix[unknown][k] = 0;
    for (int i = unknown + 1; i < s->count; i++) s->matrix[i][unknown] = 0;
    s->matrix[unknown][unknown] = 1;
    s->right[unknown] = 0;
}

/* Solves in place by the factors L D L' of the matrix; returns the part of the sum of squares that the solution explains.
 * Negative where there is none: samples that cannot tell the unknowns apart. */
static double solve_system(fit_system *s)
{
    double explained = 0;
    for (int i = 0; i < s->count; i++) {
        double *row = s->matrix[i], pivot = row[i], least = 1e-13 * row[i];
        for (int k = 0; k < i; k++) {
            const double *upper = s->matrix[k];
            double scaled = row[k]; /* l times d */
            for (int m = 0; m < k; m++) scaled -= row[m] * upper[m] * s->matrix[m][m];
            row[k] = scaled / upper[k];
            pivot -= row[k] * scaled;
            s->right[i] -= row[k] * s->right[k];
        }
        if (!(pivot > least)) return -1;
        row[i] = pivot;
        explained += s->right[i] * s->right[i] / pivot;
    }
    for (int i = s->count - 1; i >= 0; i--) {
        s->right[i] /= s->matrix[i][i];
        for (int k = i + 1; k < s->count; k++) s->right[i] -= s->matrix[k][i] * s->right[k];
    }
    return explained;
}

static double solve_uneven(const cvh_fit_window *window, bool tied, cvh_fit_solution *solution)
{
    fit_system s = system_of(window, tied);
    if (!cvh_fitted(&window->x)) {
        take_out(&s, CVH_FIT_X);
        take_out(&s, CVH_FIT_WIDTH_X);
    }
    if (!cvh_fitted(&window->y)) {
        take_out(&s, CVH_FIT_Y);
        take_out(&s, CVH_FIT_WIDTH_Y);
    }
    double explained = solve_system(&s), per_amplitude = 1 / window->amplitude;
    *solution = (cvh_fit_solution){s.right[CVH_FIT_HEIGHT] * per_amplitude, s.right[CVH_FIT_X] * per_amplitude,
                                   s.right[CVH_FIT_Y] * per_amplitude, s.right[CVH_FIT_WIDTH_X] * per_amplitude,
                                   s.right[tied ? CVH_FIT_WIDTH_X : CVH_FIT_WIDTH_Y] * per_amplitude};
    return explained;
}

CVH_DIVIDES_BY_ZERO static double gain_of_centre(const axis_system *s)
{
    return s->r1 * s->r1 / s->c11;
}

CVH_DIVIDES_BY_ZERO cvh_fit_gain cvh_fit_gain_of(const cvh_fit_window *window)
{
    double height = window->amplitude * window->seen[CVH_FIT_HEIGHT]; /* what the height alone explains */
    if (window->exception_count) {
        cvh_fit_solution ignored;
        double tied = solve_uneven(window, true, &ignored), free = solve_uneven(window, false, &ignored);
        return free >= tied ? (cvh_fit_gain){tied - height, free - height} : (cvh_fit_gain){0, 0};
    }
    axis_system x = system_of_x(window), y = system_of_y(window);
    double centre = gain_of_centre(&x) + gain_of_centre(&y), both = x.r2 + y.r2;
    double free = x.r2 * x.r2 / x.c22 + y.r2 * y.r2 / y.c22, tied = both * both / (x.c22 + y.c22);
    return (cvh_fit_gain){height * (centre + tied), height * (centre + free)};
}

static double sum_of(const double *values, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++) sum += values[i];
    return sum;
}

/* What a constant of 1 sees of the model, as the samples do in take_samples: sums of g times 1, u, v, u^2 + v^2. */
static void take_constant(const cvh_fit_window *window, double of[CVH_FIT_UNKNOWNS])
{
    const cvh_fit_axis *x = &window->x, *y = &window->y;
    double of_x[3], of_y[3];
    for (int k = 0; k < 3; k++) {
        of_x[k] = sum_of(x->weight[k], x->count);
        of_y[k] = sum_of(y->weight[k], y->count);
    }
    for (int a = 0; a < CVH_FIT_UNKNOWNS; a++) of[a] = of_x[POWER_X[a]] * of_y[POWER_Y[a]];
    for (int e = 0; e < window->exception_count; e++) {
        int i = window->exceptions[e].col, j = window->exceptions[e].row;
        for (int a = 0; a < CVH_FIT_UNKNOWNS; a++) of[a] -= x->weight[POWER_X[a]][i] * y->weight[POWER_Y[a]][j];
    }
}

/* With the matrix M and the right side s of the step, q what a constant sees and n samples that sum up to t, the constant is
 * (t - q' M^-1 s) / (n - q' M^-1 q): what the model leaves of the samples by what it leaves of 1. */
cvh_fit_background cvh_fit_background_of(cvh_fit_window *window)
{
    if (!window->exception_count) take_normal(window);
    fit_system samples = system_of(window, true), constant = samples;
    double of[CVH_FIT_UNKNOWNS], total = 0;
    take_constant(window, of);
    of[CVH_FIT_WIDTH_X] += of[CVH_FIT_WIDTH_Y];
    for (int a = 0; a < constant.count; a++) constant.right[a] = of[a];
    for (int j = 0; j < window->y.count; j++) total += sum_of(window->samples[j], window->x.count);
    double seen = solve_system(&constant), left = window->x.count * window->y.count - window->exception_count - seen;
    /* GCOVR_EXCL_BR_START: the step before solved this matrix, and no Gaussian explains a constant wholly */
    if (!(seen >= 0 && left > 0)) return (cvh_fit_background){0, 0};
    /* GCOVR_EXCL_BR_STOP */
    for (int a = 0; a < constant.count; a++) total -= constant.right[a] * samples.right[a];
    return (cvh_fit_background){total / left, total * total / left};
}

void cvh_fit_take_background(cvh_fit_window *window, double value)
{
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) window->samples[j][i] -= value;
    for (int e = 0; e < window->exception_count; e++) window->samples[window->exceptions[e].row][window->exceptions[e].col] = 0;
}

static double within(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

static double widest(const cvh_fit_axis *axis)
{
    int before = -axis->first, behind = axis->first + axis->count - 1;
    return WIDEST * (before > behind ? before : behind);
}

/* How long a step was: the centre's in pixels, the width's as a part of the width. */
typedef struct fit_change {
    double centre, ratio;
} fit_change;

/* Moves an axis by its solution, each unknown within its bounds. */
static fit_change move(cvh_fit_axis *axis, double longest, double centre, double ratio)
{
    if (!cvh_fitted(axis)) return (fit_change){0, 0};
    centre = within(centre * axis->sigma, -longest, longest);
    ratio = within(ratio, -LARGEST_RATIO, LARGEST_RATIO);
    double sigma = within(axis->sigma + axis->sigma * ratio, NARROWEST, widest(axis));
    fit_change change = {fabs(centre), fabs(sigma - axis->sigma) / axis->sigma};
    axis->centre += centre;
    axis->sigma = sigma;
    return change;
}

/* NAN where there is no step. */
static fit_change step(cvh_fit_window *window, bool tied)
{
    const fit_change none = {NAN, NAN};
    cvh_fit_axis *x = &window->x, *y = &window->y;
    profile(x);
    profile(y);
    take_moments(x, y);
    take_samples(window);
    double weight = x->moment[0] * y->moment[0];
    if (window->exception_count) {
        take_normal(window);
        take_exceptions(window);
        weight = window->normal[CVH_FIT_HEIGHT][CVH_FIT_HEIGHT];
    }
    if (!(window->seen[CVH_FIT_HEIGHT] > 0 && weight > 0)) return none; /* every sample that the model sees may be left out */
    window->amplitude = window->seen[CVH_FIT_HEIGHT] / weight;
    if (!window->exception_count)
        solve_even(window, tied);
    else if (solve_uneven(window, tied, &window->solution) < 0)
        return none;
    double longest = 0.5 * (x->sigma < y->sigma ? x->sigma : y->sigma);
    longest = longest > LONGEST_STEP ? longest : LONGEST_STEP;
    fit_change of_x = move(x, longest, window->solution.centre_x, window->solution.width_x);
    fit_change of_y = move(y, longest, window->solution.centre_y, window->solution.width_y);
    return (fit_change){of_x.centre + of_y.centre, of_x.ratio + of_y.ratio};
}

static bool within_bounds(const cvh_fit_axis *axis)
{
    return !cvh_fitted(axis) || axis->sigma < widest(axis);
}

static bool lost(const cvh_fit_axis *axis)
{
    return !(fabs(axis->centre) <= FARTHEST * axis->count);
}

static bool both_within_bounds(const cvh_fit_window *window)
{
    return within_bounds(&window->x) && within_bounds(&window->y);
}

/* How far it still is, if each step goes on being shorter than the one before by the same factor. */
static double left_after(double step, double before)
{
    if (step < SHORTEST_STEP) return 0;
    return step < before ? step * step / (before - step) : INFINITY;
}

void cvh_fit_start(cvh_fit_window *window, double centre_x, double centre_y, double sigma_x, double sigma_y)
{
    window->x.centre = centre_x;
    window->y.centre = centre_y;
    window->x.sigma = sigma_x;
    window->y.sigma = sigma_y;
    window->amplitude = INFINITY; /* so that no sample at the ceiling counts at first */
    window->last_step = 0;
    window->left = window->left_ratio = INFINITY;
}

/* What a step leaves is of second order: of its way the part by which it changed the widths, and the noise's part. */
void cvh_fit_in_white_noise(cvh_fit_window *window, double noise)
{
    double part = window->left_ratio + noise, left = window->last_step * part;
    if (!(left < window->left)) return;
    window->left = left;
    window->left_ratio *= part;
}

/* False where there is no step, or the centre is lost. */
static bool take_step(cvh_fit_window *window, bool tied)
{
    if (isnan(window->x.centre + window->y.centre)) return false; /* gone on with after it failed; it would be no index */
    fit_change change = step(window, tied && cvh_fitted(&window->x) && cvh_fitted(&window->y));
    if (!(change.ratio < INFINITY) || lost(&window->x) || lost(&window->y)) return false;
    window->left = left_after(change.centre, window->last_step);
    window->last_step = change.centre;
    window->left_ratio = change.ratio;
    return true;
}

bool cvh_fit_first_step(cvh_fit_window *window, bool tied)
{
    if (!take_step(window, tied) || !both_within_bounds(window)) return false;
    if (!window->exception_count) window->left = FIRST_LEAVES * window->last_step;
    return true;
}

bool cvh_fit(cvh_fit_window *window, bool tied, double close)
{
    for (int i = 0; i <= MOST_STEPS; i++) {
        if (window->left < close && window->left_ratio < STEADY * close) return both_within_bounds(window);
        if (!take_step(window, tied)) return false;
    }
    return false;
}
