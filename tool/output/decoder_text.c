/* SPDX-License-Identifier: Apache-2.0
 * A decoder in words. */
#include "output/decoder_text.h"

#include <stdio.h>

#include "base/names.h"
#include "output/json.h"

/* What each refinement does, in cvh_refine's order. */
static const char *const refine_words[] = {
    "a least-squares fit of a Gaussian, a width for each axis",
    "a least-squares fit of a Gaussian, one width for both axes",
    "the pixel of the largest sample",
    "a quarter of a pixel towards the larger neighbour",
    "a Newton step on the logarithm, second derivatives over two pixels",
    "a Newton step on the logarithm, second derivatives over one pixel",
    "the centre of mass of the window",
    "the centre of mass of the window's positive samples",
    "a quarter of a pixel towards the second largest sample",
    "the mean position under softmax",
    NULL,
};

length_words length_or(double value, const char *none)
{
    length_words made;
    snprintf(made.text, sizeof made.text, "%s", value == 0 ? none : number_shortest(value).text);
    return made;
}

static length_words threshold_words(double threshold)
{
    length_words made;
    snprintf(made.text, sizeof made.text, "%s", threshold == -INFINITY ? "any" : number_shortest(threshold).text);
    return made;
}

length_words decoder_words(const cvh_decoder *decoder)
{
    length_words made;
    const char *refine = name_of(refine_names, (unsigned)decoder->refine);
    if (decoder->enlarge > 1)
        snprintf(made.text, sizeof made.text, "%s, x%d", refine, decoder->enlarge);
    else if (decoder->blur_ksize > 0)
        snprintf(made.text, sizeof made.text, "%s, blur %s", refine, number_shortest(decoder->blur_ksize).text);
    else
        snprintf(made.text, sizeof made.text, "%s", refine);
    return made;
}

static const char row_format[] = "%-22s %-23s %-8s %-20s %-7s %-6s %-6s %-9s %-6s %s\n";

void decoder_print_head(void)
{
    printf(row_format, "name", "refine", "guard", "threshold", "radius", "margin", "most", "order", "shift", "score");
}

void decoder_print_row(const char *name, const cvh_decoder *decoder)
{
    char radius[16], margin[16];
    snprintf(radius, sizeof radius, "%d", decoder->radius ? decoder->radius : 1);
    snprintf(margin, sizeof margin, "%d", decoder->margin);
    printf(row_format, name, decoder_words(decoder).text, name_of(guard_names, (unsigned)decoder->guard),
           threshold_words(decoder->threshold).text, radius, margin, length_or(decoder->max_peaks, "all").text,
           name_of(order_names, (unsigned)decoder->order), number_shortest(decoder->shift).text,
           name_of(score_names, (unsigned)decoder->score));
}

void decoder_print(const cvh_decoder *decoder)
{
    printf("    threshold %s, refine %s, guard %s", threshold_words(decoder->threshold).text,
           name_of(refine_names, (unsigned)decoder->refine), name_of(guard_names, (unsigned)decoder->guard));
    if (decoder->blur_ksize > 0)
        printf(", blurred first: ksize %s, sigma %s, border %s", number_shortest(decoder->blur_ksize).text,
               length_or(decoder->blur_sigma, "from ksize").text, name_of(border_names, (unsigned)decoder->blur_border));
    if (decoder->enlarge > 1) printf(", enlarged %d times first, bicubic", decoder->enlarge);
    if (decoder->activation == CVH_ACTIVATION_SIGMOID) printf(", values through the sigmoid");
    printf("\n    position: %s", name_of(refine_words, (unsigned)decoder->refine));
    if (decoder->window) printf(", window %d", decoder->window);
    printf("\n    shift %s, score %s", number_shortest(decoder->shift).text, name_of(score_names, (unsigned)decoder->score));
    printf(" * %s + %s\n", length_or(decoder->score_scale, "1").text, number_shortest(decoder->score_bias).text);
    printf("    with --peaks: radius %d, margin %d, %s a map, in order of %s\n", decoder->radius ? decoder->radius : 1,
           decoder->margin, decoder->max_peaks ? length_or(decoder->max_peaks, "").text : "all",
           name_of(order_names, (unsigned)decoder->order));
}

json_t *decoder_json(const char *name, const cvh_decoder *decoder)
{
    return json_pack(
        "{s:s, s:s, s:o, s:i, s:i, s:i, s:s, s:f, s:f, s:s, s:s, s:i, s:s, s:o, s:f, s:s, s:f, s:f, s:i, s:s, s:s, s:i, s:f, "
        "s:s}",
        "name", name, "refine", name_of(refine_names, (unsigned)decoder->refine), "threshold", json_of_real(decoder->threshold),
        "radius", decoder->radius ? decoder->radius : 1, "margin", decoder->margin, "max_peaks", decoder->max_peaks, "order",
        name_of(order_names, (unsigned)decoder->order), "blur_ksize", decoder->blur_ksize, "blur_sigma", decoder->blur_sigma,
        "blur_border", name_of(border_names, (unsigned)decoder->blur_border), "guard",
        name_of(guard_names, (unsigned)decoder->guard), "window", decoder->window, "step",
        name_of(step_names, (unsigned)decoder->step), "max_step", json_of_real(decoder->max_step), "shift", decoder->shift,
        "score", name_of(score_names, (unsigned)decoder->score), "score_scale",
        decoder->score_scale != 0 ? decoder->score_scale : 1.0, "score_bias", decoder->score_bias, "enlarge",
        decoder->enlarge ? decoder->enlarge : 1, "activation", name_of(activation_names, (unsigned)decoder->activation),
        "outside", name_of(border_names, (unsigned)decoder->outside), "blur_search", decoder->blur_search, "gain",
        decoder->gain, "ties", name_of(ties_names, (unsigned)decoder->ties));
}
