/* SPDX-License-Identifier: Apache-2.0
 * How to read maps. */
#include "input/decoding.h"

#include <math.h>
#include <string.h>

#include "base/layout.h"
#include "base/names.h"
#include "base/parse.h"

const char decoding_help[] =
    "\nHow to read:\n"
    "  --convention NAME     as this project reads its maps (default: the library's own decoder, a\n"
    "                        least-squares fit of a Gaussian)\n"
    "  --input ROWSxCOLS     size of the network's input that the maps belong to\n"
    "  --decoder NAME        one of `cvheatmap decoders`, instead of the convention's; of SimCC's vectors fit\n"
    "  --threshold T         a peak's value, after --sigmoid, is above T; any: every sample will do\n"
    "  --sigma S[,SY]        what the peaks' width is known to be, in heatmap pixels (SimCC: bins): the fit's\n"
    "                        window reaches twice the larger of them to each side\n"
    "  --window W            radius of the window of a fit or a centroid, 1..32\n"
    "  --shift D             added to every position, in pixels of the map that is searched (openpose enlarges\n"
    "                        it 8 times)\n"
    "  --score S             peak: the sample's value; maximum: the map's; rounded: at the refined position\n"
    "  --peaks               every local maximum, not one a map; then also:\n"
    "  --radius R            a peak is the largest of the (2R+1)^2 samples around it, 1..64\n"
    "  --margin M            no peaks closer to the border than M samples\n"
    "  --max-peaks N         at most N a map\n";

enum { BIT_SIGMA = 31, MOST_WINDOW = 32 };

static bool is_given(const decoding *how, int option)
{
    return how->fields >> (option - OPTION_FIRST_DECODER) & 1;
}

static int parse_threshold(const char *text, double *value)
{
    static const char *const any[] = {"any", NULL};
    int chosen;
    if (parse_real(text, value) && *value == *value && *value < INFINITY) return EXIT_FINE;
    *value = -INFINITY;
    return parse_name("--threshold", any, text, &chosen) ? EXIT_TROUBLE : EXIT_FINE;
}

int decoding_option(decoding *how, int option, const char *value)
{
    cvh_decoder *given = &how->given;
    int chosen = 0;
    if (option == OPTION_SIGMA) how->fields |= 1u << BIT_SIGMA;
    if (option >= OPTION_FIRST_DECODER) how->fields |= 1u << (option - OPTION_FIRST_DECODER);
    switch (option) {
    case OPTION_CONVENTION: return set_once("--convention", &how->convention_name, value);
    case OPTION_DECODER: return set_once("--decoder", &how->decoder_name, value);
    case OPTION_INPUT: return parse_sides("--input", value, &how->input_rows, &how->input_cols);
    case OPTION_SIGMA: return parse_lengths("--sigma", value, &how->gaussian.sigma_x, &how->gaussian.sigma_y);
    case OPTION_THRESHOLD: return parse_threshold(value, &given->threshold);
    case OPTION_RADIUS: return parse_count("--radius", value, 1, 64, &given->radius);
    case OPTION_MARGIN: return parse_count("--margin", value, 0, CVH_MAX_SIDE, &given->margin);
    case OPTION_MAX_PEAKS: return parse_count("--max-peaks", value, 0, INT32_MAX, &given->max_peaks);
    case OPTION_WINDOW: return parse_count("--window", value, 1, MOST_WINDOW, &given->window);
    case OPTION_SHIFT: return parse_number("--shift", value, &given->shift);
    default:
        if (parse_name("--score", score_names, value, &chosen)) return EXIT_TROUBLE;
        given->score = (cvh_score)chosen;
        return EXIT_FINE;
    }
}

/* The fit's own rule (its window is 2 widths, and at least 2 pixels) with the width that is told in place of the fitted one. */
static int window_of(double sigma)
{
    return (int)fmax(2, fmin(floor(2 * sigma + 0.5), MOST_WINDOW));
}

/* A window is what the fit and the centroids read; of the others nothing would change. */
static int apply_window(decoding *how)
{
    const cvh_refine refine = how->decoder.refine;
    const bool sigma = how->fields >> BIT_SIGMA & 1, window = is_given(how, OPTION_WINDOW);
    const bool fits = refine == CVH_REFINE_FIT || refine == CVH_REFINE_FIT_TIED;
    const bool reads = fits || refine == CVH_REFINE_CENTROID || refine == CVH_REFINE_CENTROID_POSITIVE;
    if (sigma && window) return trouble("--sigma and --window are both given; each says how wide the window is");
    if (sigma && !fits) return trouble("--sigma has no meaning for the decoder %s, which fits no Gaussian", how->name);
    if (window && !reads) return trouble("--window has no meaning for the decoder %s, which has none", how->name);
    if (sigma && how->gaussian.sigma_x == 0) return trouble("--sigma is 0; a peak's width is above it");
    if (window) how->decoder.window = how->given.window;
    if (!sigma) return EXIT_FINE;
    how->convention.gaussian.sigma_x = how->gaussian.sigma_x;
    how->convention.gaussian.sigma_y = how->gaussian.sigma_y;
    how->decoder.window = window_of(fmax(how->gaussian.sigma_x, how->gaussian.sigma_y));
    return EXIT_FINE;
}

static void apply_given(decoding *how)
{
    cvh_decoder *decoder = &how->decoder;
    const cvh_decoder *given = &how->given;
    if (is_given(how, OPTION_THRESHOLD)) decoder->threshold = given->threshold;
    if (is_given(how, OPTION_RADIUS)) decoder->radius = given->radius;
    if (is_given(how, OPTION_MARGIN)) decoder->margin = given->margin;
    if (is_given(how, OPTION_MAX_PEAKS)) decoder->max_peaks = given->max_peaks;
    if (is_given(how, OPTION_SHIFT)) decoder->shift = given->shift;
    if (is_given(how, OPTION_SCORE)) decoder->score = given->score;
}

int decoding_simcc(const decoding *how, cvh_simcc *simcc)
{
    if (is_given(how, OPTION_THRESHOLD)) simcc->threshold = how->given.threshold;
    if (how->decoder_name && strcmp(how->decoder_name, "fit"))
        return trouble("--decoder is '%s'; of SimCC's vectors it is fit, or the convention's own", how->decoder_name);
    if (how->decoder_name) simcc->refine = CVH_REFINE_FIT;
    if (!(how->fields >> BIT_SIGMA & 1)) return EXIT_FINE;
    if (simcc->refine == CVH_REFINE_NONE && !(simcc->beta > 0))
        return trouble("--sigma has no meaning for %s, which reads the largest bin", simcc->name);
    simcc->sigma_x = how->gaussian.sigma_x;
    simcc->sigma_y = how->gaussian.sigma_y;
    return EXIT_FINE;
}

int decoding_ready(decoding *how, int rows, int cols)
{
    cvh_convention *convention = &how->convention;
    *convention = (cvh_convention){0};
    if (how->convention_name && cvh_convention_find(how->convention_name, convention)) return library_trouble();
    if (how->input_rows && cvh_convention_fit(convention, how->input_rows, how->input_cols, rows, cols))
        return library_trouble();
    if (layout_lies_across(how->input_rows, how->input_cols, rows, cols))
        remark("--input is ROWSxCOLS, height first, and maps of %dx%d are another shape: is %dx%d meant to be %dx%d?", rows,
               cols, how->input_rows, how->input_cols, how->input_cols, how->input_rows);
    how->name = how->decoder_name ? how->decoder_name : convention->decoder ? convention->name : "default";
    how->decoder = (cvh_decoder){0};
    if (how->decoder_name) {
        if (cvh_decoder_find(how->decoder_name, &how->decoder)) return library_trouble();
    } else if (convention->decoder) {
        how->decoder = *convention->decoder;
    }
    apply_given(how);
    if (apply_window(how)) return EXIT_TROUBLE;
    convention->decoder = &how->decoder;
    return EXIT_FINE;
}
