/* SPDX-License-Identifier: Apache-2.0
 * The default refinement: a Gaussian fitted to the samples around the peak. Samples beyond the map do not exist and so pull
 * nothing: there is no border rule. The rule, in the order in which it is gone through:
 *
 *   1. The window's radius follows the width: 2 sigma, within which lies 95 % of what a window could tell about the position.
 *   2. Both axes have one width, unless a width for each explains at least half of what that leaves over.
 *   3. If what is left over is alike between neighbours, the peak is no Gaussian in white noise. A positive background is taken
 *      from the window if it explains at least half of what is left over. Samples that stand above the rest, and make up
 *      15 % of it, are another peak's if none is at the top of this one, and are left out until there are none. If neighbours
 *      are alike still, the map is a network's, where the samples near the top are the ones to be believed: the fit is repeated
 *      within 1.5 sigma, and without samples that rise again on the way out.
 *   4. Samples that share the largest value, three or more of them, are a ceiling: they tell "at least this".
 *
 * Samples that are NaN or -inf are left out. */
#include "decode/refine.h"
#include "decode/refine_fit_outline.h"
#include "decode/refine_fit_rest.h"
#include "decode/refine_fit_strays.h"

#include <stdlib.h>

/* A window's radius in sigmas. Three networks' maps, and the same resampled by 0.34 to 3, are read alike by any NEAR of 1.5 to
 * 1.9 (test_real); peaks with a neighbour or a background the better the less it is. */
static const double WIDE = 2, NEAR = 1.5;
enum { LEAST_RADIUS = 2 };               /* five samples on an axis for its two unknowns */
static const double LEAST_PROOF = 0.5;   /* the part of what is left over that a second width, or a background, must explain */
static const double ALIKE = 2;           /* standard deviations: white noise exceeds them once in forty windows */
static const double UNDONE = 0.4;        /* of what is left over: a step that took more is followed by one that takes some */
static const double ROUNDING = 1e-5;     /* of the amplitude: what is less is the rounding of floats */
static const double BEYOND = 2;          /* pixels off the map that a centre may be */
static const double LEAST_REACH = 2;     /* pixels from its pixel that a centre may be, or one width where that is more */
static const double ROUND = 1.0 / 3;     /* of the width: an outline whose widths differ by less shows no second peak */
static const double NOT_CUT_SHORT = 0.9; /* of the widths, both together: a step that changes them by half may be cut short */
enum { FEWEST_SAMPLES = 8 };             /* for five unknowns, where some are left out */
enum { MOST_WINDOWS = 3, MOST_STEPS = 6, MOST_ROUNDS = 8 };

/* The part of what is left over that another peak's samples make up. Peaks with neighbours are read alike with any part up to
 * this; three networks' maps, where the shape itself leaves samples that stand out, are seldom fitted for nothing. */
static const double LEAST_SHARE = 0.15;

/* How close to its end a fit goes, in pixels: until it is known what comes next; as an answer on networks' maps, whose error is
 * thirty times that and more; as any other. */
static const double ROUGH = 2e-2, FAIR = 3e-3, FINE = 3e-4;

/* As an answer where there is noise alone: this part of its standard deviation, which makes that larger by a fiftieth at most,
 * but no closer than is of use. */
static const double OF_NOISE = 0.15, FINEST = 3e-5;

typedef struct fit_model {
    double x, y, sigma_x, sigma_y; /* the centre relative to the window's origin */
} fit_model;

typedef struct fit_search {
    const cvh_scene *scene;
    cvh_pixel origin; /* the peak, or the middle of its plateau */
    cvh_outline outline;
    bool may_untie;
    bool tied;       /* the last fit */
    double close;    /* how close it went */
    fit_model start; /* with one width for both axes */
    cvh_fit_window window;
} fit_search;

static bool has_ceiling(const cvh_outline *outline)
{
    return outline->ceiling < INFINITY;
}

static void lay_axis(cvh_fit_axis *axis, int at, int radius, int n)
{
    int last = at + radius < n ? radius : n - 1 - at;
    axis->first = at < radius ? -at : -radius;
    axis->count = last - axis->first + 1;
    axis->padded = (axis->count + 3) & ~3;
}

static void load(fit_search *search)
{
    cvh_fit_window *window = &search->window;
    cvh_fit_axis *x = &window->x, *y = &window->y;
    int row = search->origin.row + y->first, col = search->origin.col + x->first;
    if (!search->scene->blurred) {
        cvh_plane_block(search->scene->plane, row, col, y->count, x->count, CVH_BORDER_METHOD, window->samples);
    } else {
        for (int j = 0; j < y->count; j++)
            for (int i = 0; i < x->count; i++) window->samples[j][i] = cvh_scene_at(search->scene, row + j, col + i);
    }
    for (int j = 0; j < y->count; j++)
        for (int i = 0; i < CVH_FIT_PADDING; i++) window->samples[j][x->count + i] = 0;
}

/* Which samples count, and which do not. */
typedef enum sample_say { SAYS_ITSELF = 0, SAYS_AT_LEAST, SAYS_NOTHING } sample_say;
typedef sample_say say_of_window[CVH_FIT_SIDE][CVH_FIT_SIDE];

/* What is finite minus itself is 0. */
static bool all_finite(const cvh_fit_window *window)
{
    double left[4] = {0, 0, 0, 0};
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.padded; i += 4)
            for (int l = 0; l < 4; l++) left[l] += window->samples[j][i + l] - window->samples[j][i + l];
    return left[0] + left[1] + left[2] + left[3] == 0;
}

/* On the way out from the origin each sample has one before it: a row further in, unless it lies more than twice as far beside
 * as above or below; a column further in likewise. True where a sample of this row is larger than the one before it, on
 * whichever side; the nine samples about the origin are not asked, since the peak may be between them. Where there is a list,
 * such samples are left out, and what lies behind one that is. */
static bool row_rises(const cvh_fit_window *window, int down, say_of_window say)
{
    const cvh_fit_axis *x = &window->x;
    int j = down - window->y.first, inner = down > 0 ? j - 1 : down < 0 ? j + 1 : j, away = abs(down);
    for (int side = -1; side <= 1; side += 2) {
        int end = side > 0 ? x->first + x->count : 1 - x->first;
        for (int beside = away > 1 ? 0 : 2; beside < end; beside++) {
            int row = 2 * away > beside ? inner : j, i = side * beside - x->first, col = 2 * beside > away ? i - side : i;
            bool rises = window->samples[j][i] > window->samples[row][col];
            if (rises && !say) return true;
            if (say && (rises || say[row][col] == SAYS_NOTHING)) say[j][i] = SAYS_NOTHING;
        }
    }
    return false;
}

static bool any_rise(const cvh_fit_window *window)
{
    for (int j = 0; j < window->y.count; j++)
        if (row_rises(window, j + window->y.first, NULL)) return true;
    return false;
}

/* Row by row outwards, so that what is before a sample is sorted before it. */
static void leave_out_rising(const cvh_fit_window *window, say_of_window say)
{
    const cvh_fit_axis *y = &window->y;
    for (int away = 0; away < y->count; away++) {
        if (away < y->first + y->count) row_rises(window, away, say);
        if (away > 0 && away <= -y->first) row_rises(window, -away, say);
    }
}

/* False where a sample is +inf. */
static bool sort_samples(const cvh_fit_window *window, say_of_window say)
{
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) {
            double value = window->samples[j][i];
            if (value == INFINITY) return false;
            say[j][i] = !isfinite(value) ? SAYS_NOTHING : value >= window->ceiling ? SAYS_AT_LEAST : SAYS_ITSELF;
        }
    return true;
}

/* Lists the samples that do not count as they stand; false where too few do. */
static bool list_exceptions(cvh_fit_window *window, say_of_window say)
{
    for (int j = 0; j < window->y.count; j++)
        for (int i = 0; i < window->x.count; i++) {
            if (say[j][i] == SAYS_ITSELF) continue; /* NOLINT(*UndefinedBinaryOperatorResult): sort_samples wrote it */
            window->exceptions[window->exception_count++] =
                (cvh_fit_exception){(unsigned char)j, (unsigned char)i, say[j][i] == SAYS_AT_LEAST};
            window->samples[j][i] = 0;
        }
    return window->x.count * window->y.count - window->exception_count >= FEWEST_SAMPLES;
}

/* Loads the window of these radii. Without a ceiling, a hole or a rise, every sample counts as it stands. */
static cvh_found open_window(fit_search *search, int radius_x, int radius_y, bool without_rising)
{
    cvh_fit_window *window = &search->window;
    lay_axis(&window->x, search->origin.col, radius_x, search->scene->plane->cols);
    lay_axis(&window->y, search->origin.row, radius_y, search->scene->plane->rows);
    if (!cvh_fitted(&window->x) && !cvh_fitted(&window->y)) return CVH_FOUND_PIXEL_EDGE;
    load(search);
    window->exception_count = 0;
    bool rising = without_rising && !has_ceiling(&search->outline) && any_rise(window);
    if (all_finite(window) && !has_ceiling(&search->outline) && !rising) return CVH_FOUND_REFINED;
    say_of_window say;
    if (!sort_samples(window, say)) return CVH_FOUND_PIXEL_VALUE;
    if (rising) leave_out_rising(window, say);
    return list_exceptions(window, say) ? CVH_FOUND_REFINED : CVH_FOUND_PIXEL_VALUE;
}

static fit_model model_of(const cvh_fit_window *window)
{
    return (fit_model){window->x.centre, window->y.centre, window->x.sigma, window->y.sigma};
}

static void set_model(cvh_fit_window *window, fit_model model)
{
    cvh_fit_start(window, model.x, model.y, model.sigma_x, model.sigma_y);
}

static bool on_map(double at, int n)
{
    return at >= -BEYOND && at <= n - 1 + BEYOND;
}

/* Within reach of the peak's pixel, or of the middle of its plateau. */
static bool plausible(const fit_search *search)
{
    const cvh_fit_window *window = &search->window;
    const cvh_plane *plane = search->scene->plane;
    if (!on_map(search->origin.col + window->x.centre, plane->cols)
        || !on_map(search->origin.row + window->y.centre, plane->rows))
        return false;
    double dx = search->origin.col + window->x.centre - search->outline.x;
    double dy = search->origin.row + window->y.centre - search->outline.y;
    double narrow = window->x.sigma < window->y.sigma ? window->x.sigma : window->y.sigma;
    double reach = narrow > LEAST_REACH ? narrow : LEAST_REACH, told = search->scene->decoding->decoder.max_step;
    if (told > 0) reach = told;
    return dx * dx + dy * dy <= reach * reach;
}

static bool go_on(fit_search *search, bool tied, double close)
{
    search->tied = tied;
    search->close = close;
    return cvh_fit(&search->window, tied, close) && plausible(search);
}

static bool fit_from(fit_search *search, fit_model model, bool tied, double close)
{
    set_model(&search->window, model);
    return go_on(search, tied, close);
}

/* As the peak looks, each axis for itself. */
static fit_model free_start(const fit_search *search)
{
    return (fit_model){search->start.x, search->start.y, search->outline.sigma_x, search->outline.sigma_y};
}

/* Whether more is left over than the rounding of floats. */
static bool leaves_something(const cvh_fit_rest *rest)
{
    double least = ROUNDING * rest->amplitude;
    return rest->squares > least * least * rest->count;
}

static bool structured(const cvh_fit_rest *rest)
{
    return rest->likeness > ALIKE && leaves_something(rest);
}

static bool both_fitted(const cvh_fit_window *window)
{
    return cvh_fitted(&window->x) && cvh_fitted(&window->y);
}

/* What the tied fit leaves over; *gain is by how much less two widths would leave, *taken by how much its last step did. */
static cvh_fit_rest look(cvh_fit_window *window, double *gain, double *taken)
{
    cvh_fit_rest rest = cvh_fit_rest_of(window);
    cvh_fit_gain of = cvh_fit_gain_of(window);
    *gain = of.free - of.tied;
    *taken = of.tied;
    return rest;
}

/* The part of what is left over that two widths must seem to explain before they are fitted and have to. Where the peak looks
 * long, one width fits it so badly that its last step foresees half of that. */
static double worth_fitting(const cvh_outline *outline)
{
    bool is_long = fabs(outline->sigma_x - outline->sigma_y) > outline->sigma;
    return is_long ? LEAST_PROOF / 2 : LEAST_PROOF;
}

/* A width for each axis in place of the tied fit, if it leaves less than half. Where the last step took much, the next may take
 * something too: before that is called a proof, or structure, the fit goes on. */
static void untie(fit_search *search, cvh_fit_rest *rest)
{
    cvh_fit_window *window = &search->window;
    const double least = worth_fitting(&search->outline);
    double gain, taken;
    *rest = look(window, &gain, &taken);
    bool says_something = structured(rest) || gain > least * rest->squares;
    if (says_something && taken > UNDONE * rest->squares && search->close > FINE) {
        fit_model rough = model_of(window);
        /* GCOVR_EXCL_START: of 130,000 maps of all kinds, no fit that came this close did not come closer */
        if (!go_on(search, true, FINE)) {
            set_model(window, rough);
            return;
        }
        /* GCOVR_EXCL_STOP */
        *rest = look(window, &gain, &taken);
    }
    if (!leaves_something(rest) || !(gain > least * rest->squares)) return;
    fit_model tied = model_of(window);
    if (fit_from(search, free_start(search), false, search->close)) {
        cvh_fit_rest free = cvh_fit_rest_of(window);
        if (free.squares < (1 - LEAST_PROOF) * rest->squares) {
            *rest = free;
            return;
        }
    }
    set_model(window, tied);
    search->tied = true;
}

static fit_model tied_model(fit_model model)
{
    if (model.sigma_x != model.sigma_y) model.sigma_x = model.sigma_y = sqrt(model.sigma_x * model.sigma_y);
    return model;
}

/* Both axes keep one width, if there is a fit with one, unless the samples prove otherwise. */
static bool fit_as_proven(fit_search *search, bool tied, double close, cvh_fit_rest *rest)
{
    if (!tied && !(search->may_untie && fit_from(search, free_start(search), false, close))) return false;
    if (tied && search->may_untie && both_fitted(&search->window))
        untie(search, rest);
    else
        *rest = cvh_fit_rest_of(&search->window);
    return true;
}

/* Fits from `model`. */
static bool fit(fit_search *search, fit_model model, double close, cvh_fit_rest *rest)
{
    return fit_as_proven(search, fit_from(search, tied_model(model), true, close), close, rest);
}

/* The same in two parts, from a model that is thought to be good: one step, after which little may be left, and the rest. */
static bool first_step(fit_search *search, fit_model model)
{
    set_model(&search->window, tied_model(model));
    return cvh_fit_first_step(&search->window, true);
}

static bool go_on_as_proven(fit_search *search, double close, cvh_fit_rest *rest)
{
    return fit_as_proven(search, go_on(search, true, close), close, rest);
}

/* The radius of a window on one axis; it goes beyond a plateau, whose flanks are what is seen of the peak. */
static int radius_of(const fit_search *search, double sigmas, double sigma)
{
    int told = search->scene->decoding->decoder.window;
    if (told) return told;
    double radius = floor(sigmas * sigma + 0.5), beyond = ceil(search->outline.radius) + 2;
    if (has_ceiling(&search->outline) && radius < beyond) radius = beyond;
    return radius < LEAST_RADIUS ? LEAST_RADIUS : radius > CVH_DECODE_MAX_WINDOW ? CVH_DECODE_MAX_WINDOW : (int)radius;
}

static bool lopsided(const cvh_fit_axis *axis)
{
    return 2 * axis->first + axis->count != 1;
}

static bool whole(const cvh_fit_window *window)
{
    return !window->exception_count && !lopsided(&window->x) && !lopsided(&window->y);
}

/* Whether a step has shown that a window is wider than its peak asks for, so that what it leaves over need not be looked at.
 * Another peak makes the outline look longer along one axis, and is seen best in the wider window; a step that was cut short
 * has shown too little. */
static bool too_wide(const fit_search *search, int radius_x, int radius_y)
{
    const cvh_outline *outline = &search->outline;
    bool round = fabs(outline->sigma_x - outline->sigma_y) < ROUND * outline->sigma;
    return round && search->window.left_ratio < NOT_CUT_SHORT && whole(&search->window)
           && radius_of(search, WIDE, search->window.x.sigma) < radius_x
           && radius_of(search, WIDE, search->window.y.sigma) < radius_y;
}

/* Steps 1 and 2 of the rule, as far as is needed to know whether it is the model that step 3 asks about. */
static cvh_found search_wide(fit_search *search, fit_model *best, cvh_fit_rest *rest)
{
    cvh_found found = CVH_FOUND_PIXEL_SHAPE;
    for (int i = 0; i < MOST_WINDOWS; i++) {
        int radius_x = radius_of(search, WIDE, best->sigma_x), radius_y = radius_of(search, WIDE, best->sigma_y);
        cvh_found opened = open_window(search, radius_x, radius_y, false);
        if (opened != CVH_FOUND_REFINED) return found == CVH_FOUND_REFINED ? found : opened;
        bool stepped = first_step(search, *best);
        if (stepped && i + 1 < MOST_WINDOWS && too_wide(search, radius_x, radius_y)) {
            *best = model_of(&search->window);
            continue;
        }
        if (!go_on_as_proven(search, ROUGH, rest)) break;
        found = CVH_FOUND_REFINED;
        *best = model_of(&search->window);
        if (structured(rest)) break;
        if (radius_of(search, WIDE, best->sigma_x) == radius_x && radius_of(search, WIDE, best->sigma_y) == radius_y) break;
    }
    return found;
}

/* From where the rough fit ended. Where there is noise alone, that may be close enough; else there is a step more. One width
 * for two does not move the centre of a window that is the same on both sides; where the map cuts it, the proof is asked for
 * once more. */
static void finish(fit_search *search, fit_model *best, const cvh_fit_rest *rest, bool white)
{
    cvh_fit_window *window = &search->window;
    double noise = sqrt(rest->squares / rest->count) / rest->amplitude, most = white ? ROUGH : FINE;
    double close = OF_NOISE * noise, rough_step = window->last_step;
    close = close < FINEST ? FINEST : close > most ? most : close;
    if (white)
        cvh_fit_in_white_noise(window, noise);
    else
        window->left = INFINITY;
    if (!go_on(search, search->tied, close)) return;
    bool went_on = window->last_step != rough_step, cut = lopsided(&window->x) || lopsided(&window->y);
    if (went_on && cut && search->tied && search->may_untie && both_fitted(window)) {
        cvh_fit_rest finer;
        untie(search, &finer);
    }
    *best = model_of(window);
}

/* Takes a background from the window where that explains what is left over. The fit before was bent by it, so that one step
 * takes too much or too little, and more follow, which may give some back and need no proof of their own. Where the map cuts
 * the window, a flank and a background are hard to tell apart. False where the fit goes wrong. */
static bool fit_over_background(fit_search *search, fit_model *model, cvh_fit_rest *rest)
{
    cvh_fit_window *window = &search->window;
    double taken = 0;
    if (lopsided(&window->x) || lopsided(&window->y)) return true;
    for (int step = 0; step < MOST_STEPS && structured(rest); step++) {
        cvh_fit_background background = cvh_fit_background_of(window);
        bool proven = step > 0 || background.gain > LEAST_PROOF * rest->squares;
        if (!proven || taken + background.value < 0) return true;
        cvh_fit_take_background(window, background.value);
        taken += background.value;
        if (!fit(search, *model, ROUGH, rest)) return false;
        *model = model_of(window);
    }
    return true;
}

/* Leaves out what stands above the rest until nothing does, which four rounds do not always reach, eight do; true where what is
 * left over then is white. */
static bool fit_without_strays(fit_search *search, fit_model *model, cvh_fit_rest *rest)
{
    for (int round = 0; round < MOST_ROUNDS; round++) {
        if (!cvh_fit_leave_out_strays(&search->window, rest, round ? 0 : LEAST_SHARE)) return !structured(rest);
        if (!fit(search, *model, FINE, rest)) return false;
        *model = model_of(&search->window);
    }
    return false;
}

/* The first half of step 3: whether a background, or another peak, is what was left over. */
static bool search_without_others(fit_search *search, fit_model *best, cvh_fit_rest rest)
{
    bool looked_at = search->window.amplitude < INFINITY; /* else the model was set, and took no step */
    if (has_ceiling(&search->outline) || !both_fitted(&search->window) || !looked_at) return false;
    fit_model model = *best;
    if (!fit_over_background(search, &model, &rest) || !fit_without_strays(search, &model, &rest)) return false;
    *best = model;
    finish(search, best, &rest, false);
    return true;
}

/* The second half, from the model that the wide window gave, or where that gave none from the first look. */
static cvh_found search_near(fit_search *search, cvh_found found, fit_model *best)
{
    fit_model near = found == CVH_FOUND_REFINED ? *best : search->start;
    cvh_fit_rest rest;
    cvh_found opened = open_window(search, radius_of(search, NEAR, near.sigma_x), radius_of(search, NEAR, near.sigma_y), true);
    if (opened == CVH_FOUND_REFINED) (void)first_step(search, near);
    if (opened == CVH_FOUND_REFINED && go_on_as_proven(search, FAIR, &rest))
        *best = model_of(&search->window);
    else if (found != CVH_FOUND_REFINED)
        return opened == CVH_FOUND_PIXEL_VALUE ? opened : CVH_FOUND_PIXEL_SHAPE;
    return CVH_FOUND_REFINED;
}

/* The model that the rule ends with. */
static cvh_found search_model(fit_search *search, fit_model *best)
{
    /* cppcheck-suppress ctuuninitvar ; the caller has set it */
    bool told = search->scene->decoding->decoder.window != 0;
    cvh_fit_rest rest = {0};
    *best = search->start;
    cvh_found found = search_wide(search, best, &rest);
    if (found == CVH_FOUND_REFINED && (told || !structured(&rest))) {
        finish(search, best, &rest, !structured(&rest) && !search->window.exception_count);
        return found;
    }
    if (found != CVH_FOUND_REFINED && found != CVH_FOUND_PIXEL_SHAPE) return found;
    if (found == CVH_FOUND_REFINED && search_without_others(search, best, rest)) return found;
    return search_near(search, found, best);
}

/* A plateau's middle where its flanks tell nothing, as those of a mask's blob do. */
static cvh_found middle_of(const fit_search *search, cvh_found found, cvh_reading *at)
{
    if (!has_ceiling(&search->outline)) return found;
    at->x = search->outline.x;
    at->y = search->outline.y;
    return CVH_FOUND_PLATEAU;
}

cvh_found cvh_refine_fit(const cvh_scene *scene, cvh_pixel peak, cvh_reading *at)
{
    fit_search search;
    search.scene = scene;
    if (!cvh_outline_of(scene, peak, &search.outline)) return CVH_FOUND_PIXEL_SHAPE;
    const cvh_outline *outline = &search.outline;
    search.origin = peak;
    if (has_ceiling(outline)) {
        search.origin.row = (int)floor(outline->y + 0.5);
        search.origin.col = (int)floor(outline->x + 0.5);
    }
    search.may_untie = scene->decoding->decoder.refine == CVH_REFINE_FIT;
    search.start = (fit_model){outline->middle_x - search.origin.col, outline->middle_y - search.origin.row, outline->sigma,
                               outline->sigma};
    search.window.ceiling = outline->ceiling;
    fit_model best;
    cvh_found found = search_model(&search, &best);
    if (found != CVH_FOUND_REFINED) return middle_of(&search, found, at);
    at->x = search.origin.col + best.x;
    at->y = search.origin.row + best.y;
    at->sigma_x = best.sigma_x;
    at->sigma_y = best.sigma_y;
    return CVH_FOUND_REFINED;
}
