/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap conventions: the table of the named conventions, and one of them in full. */
#include <stdio.h>
#include <string.h>

#include "base/arguments.h"
#include "base/names.h"
#include "commands/commands.h"
#include "commands/simcc.h"
#include "output/decoder_text.h"

static const char help[] = "usage: cvheatmap conventions [NAME]\n"
                           "\n"
                           "Prints the table of named conventions; with a NAME, that one in full with its formula.\n"
                           "\n"
                           "  -h, --help            this text\n";

static const struct option options[] = {
    COMMON_OPTIONS,
};

/* What each enumerator means, in cvh_ order. */
static const char *const geometry_formulas[] = {
    "u = x * W/w,  v = y * H/h",
    "u = (x + 1/2) * W/w - 1/2,  v = (y + 1/2) * H/h - 1/2",
    "u = x * (W-1)/(w-1),  v = y * (H-1)/(h-1)",
    "u = x * W/w - 1/2,  v = y * H/h - 1/2",
    "u = x * W/w,  v = y * H/h,  sigma = W/64",
    NULL,
};
static const char *const snap_formulas[] = {
    "cx = floor(u + 1/2),  cy = floor(v + 1/2)",
    "cx = trunc(u + 1/2),  cy = trunc(v + 1/2)",
    "cx = trunc(u),  cy = trunc(v)",
    "cx = floor(u),  cy = floor(v)",
    "the window is cut around u, v themselves: trunc(u - r) <= i < trunc(u + r + 1)",
    NULL,
};
static const char *const centre_formulas[] = {
    "mx = cx,  my = cy",
    "mx = u,  my = v: sub-pixel, inside the window of cx, cy",
    "mx, my = the window's first sample + floor(r + 1/2)",
    NULL,
};
static const char *const norm_formulas[] = {
    "value = peak * g",
    "value = g / (the map's maximum / peak)",
    "value = g / (the value at cx, cy / peak)",
    "value = peak * cv::getGaussianKernel(i) * cv::getGaussianKernel(j)",
    "value = peak * g / (the sum of g on the map)",
    NULL,
};
static const char *const overlap_formulas[] = {
    "where windows overlap the larger value stays",
    "where windows overlap the later keypoint replaces the earlier",
    "where windows overlap values add",
    "where windows overlap values add, up to peak",
    NULL,
};
static const char *const drop_formulas[] = {
    "no keypoint is dropped",
    "dropped, weight 0, where cx, cy is off the map",
    "dropped, weight 0, where the window starts behind the map or ends before it (end < 0)",
    "dropped, weight 0, where u - 3 sigma >= size or u + 3 sigma + 1 < 0",
    "dropped, weight 0, where trunc(u - 3 sigma) >= size or trunc(u + 3 sigma + 1) < 0",
    NULL,
};

/* ------------------------------------------------------------------------------------------------------------- the table */

typedef struct field_text {
    char text[64];
} field_text;

static field_text length_text(double value, const char *none)
{
    field_text field;
    snprintf(field.text, sizeof field.text, "%s",
             value == 0               ? none
             : value == CVH_WHOLE_MAP ? "whole map"
                                      : number_shortest(value).text);
    return field;
}

static field_text sigma_text(const cvh_convention *convention)
{
    field_text field;
    if (convention->geometry == CVH_GEOMETRY_HIGHERHRNET)
        snprintf(field.text, sizeof field.text, "W/64");
    else if (convention->input_sigma > 0)
        snprintf(field.text, sizeof field.text, "%.4g input", convention->input_sigma);
    else if (convention->gaussian.ksize_x > 0 && convention->gaussian.ksize_x != CVH_WHOLE_MAP)
        field = length_text(convention->gaussian.sigma_x, "from ksize");
    else
        field = length_text(convention->gaussian.sigma_x, "--sigma");
    return field;
}

static const char table_format[] = "%-16s %-7s %-12s %-12s %-5s %-7s %-8s %-9s %-10s %-18s %-12s %s\n";

static void print_row(const cvh_convention *convention)
{
    printf(table_format, convention->name, name_of(method_names, convention->method), sigma_text(convention).text,
           length_text(convention->gaussian.ksize_x, "from sigma").text, length_text(convention->gaussian.peak, "1").text,
           name_of(norm_names, convention->norm), name_of(snap_names, convention->snap),
           name_of(centre_names, convention->centre), name_of(overlap_names, convention->overlap),
           name_of(drop_names, convention->drop), name_of(geometry_names, convention->geometry),
           convention->decoder ? decoder_words(convention->decoder).text : "default");
}

static const char *bin_text(const cvh_simcc *simcc)
{
    return simcc->refine == CVH_REFINE_NONE ? "the largest bin" : cvh_refine_text((int)simcc->refine);
}

/* The conventions of vectors, whose files are two. */
static void print_simcc_table(void)
{
    printf("\nSimCC: two vectors a keypoint, encode -o X.npy,Y.npy\n");
    for (int i = 0; cvh_simcc_name(i); ++i) {
        cvh_simcc simcc;
        if (cvh_simcc_find(cvh_simcc_name(i), &simcc)) continue; /* GCOVR_EXCL_BR_LINE: each name on the list is found */
        printf("%-21s label: %s%s; decoder: %s; score: %s%s\n", simcc.name, cvh_simcc_label_text((int)simcc.label),
               simcc.normalize ? ", divided by sigma sqrt(2 pi)" : "", bin_text(&simcc), simcc.beta > 0 ? "softmax, " : "",
               cvh_simcc_score_text((int)simcc.score));
    }
}

static int print_table(void)
{
    printf(table_format, "name", "method", "sigma", "ksize", "peak", "norm", "snap", "centre", "overlap", "drop", "geometry",
           "decoder");
    for (int i = 0; cvh_convention_name(i); ++i) {
        cvh_convention convention;
        /* GCOVR_EXCL_START: each name on the list is found */
        if (cvh_convention_find(cvh_convention_name(i), &convention)) return library_trouble();
        /* GCOVR_EXCL_STOP */
        print_row(&convention);
    }
    print_simcc_table();
    return finish_stdout(EXIT_FINE);
}

/* --------------------------------------------------------------------------------------------------------------- in full */

static void print_line(const char *name, const char *value, const char *meaning)
{
    printf(*meaning ? "  %-13s%-19s%s\n" : "  %-13s%s\n", name, value, meaning);
}

static void print_fields(const cvh_convention *convention)
{
    const char *scaled = convention->input_sigma > 0 ? "pixels of the network's input, scaled with it" : "heatmap pixels";
    print_line("method", name_of(method_names, convention->method),
               convention->method == CVH_METHOD_BLUR ? "cv::GaussianBlur of the lit pixel"
                                                     : "a Gaussian written into its window");
    print_line("sigma", sigma_text(convention).text, scaled);
    print_line("ksize", length_text(convention->gaussian.ksize_x, "from sigma").text, "width of the window, 2r + 1");
    print_line("peak", length_text(convention->gaussian.peak, "1").text, "");
    print_line("geometry", name_of(geometry_names, convention->geometry), "from a w x h input to a W x H map, with --input");
    print_line("snap", name_of(snap_names, convention->snap), "");
    print_line("centre", name_of(centre_names, convention->centre), "");
    print_line("border", name_of(border_names, convention->border),
               convention->border   ? "as cv::BorderTypes"
               : convention->method ? "reflect_101, cv::GaussianBlur's default"
                                    : "the window is clipped");
    print_line("norm", name_of(norm_names, convention->norm), "");
    print_line("overlap", name_of(overlap_names, convention->overlap), "");
    print_line("drop", name_of(drop_names, convention->drop), "");
    print_line("window", name_of(window_names, convention->window), "how ksize and sigma follow from each other");
    if (convention->max_exponent > 0) print_line("max_exponent", number_shortest(convention->max_exponent).text, "");
}

/* The Gaussian with the convention's own numbers. */
static void print_gaussian(const cvh_convention *convention)
{
    const cvh_gaussian *gaussian = &convention->gaussian;
    char sigma[40] = "sigma", limit[96] = "";
    const bool own = gaussian->sigma_x != 0 && convention->input_sigma == 0 && convention->geometry != CVH_GEOMETRY_HIGHERHRNET;
    if (own) snprintf(sigma, sizeof sigma, "%s", number_shortest(gaussian->sigma_x).text);
    if (gaussian->ksize_x == CVH_WHOLE_MAP)
        snprintf(limit, sizeof limit, " on the whole map");
    else if (gaussian->ksize_x > 0)
        snprintf(limit, sizeof limit, " for |i - cx|, |j - cy| <= %s", number_shortest((gaussian->ksize_x - 1) / 2).text);
    else
        snprintf(limit, sizeof limit, " for |i - cx|, |j - cy| <= r");
    printf("    g(i, j) = exp(-((i - mx)^2 + (j - my)^2) / (2 * %s^2))%s\n", sigma, limit);
    if (convention->max_exponent > 0)
        printf("    only where the exponent is at most %s\n", number_shortest(convention->max_exponent).text);
}

static void print_blur(const cvh_convention *convention)
{
    const char *sigma = convention->gaussian.sigma_x != 0 ? number_shortest(convention->gaussian.sigma_x).text : "from ksize";
    printf("    g = cv::GaussianBlur of a map that is 1 at cx, cy and 0 elsewhere, ksize %s, sigma %s\n",
           length_text(convention->gaussian.ksize_x, "from sigma").text, sigma);
}

static void print_formula(const cvh_convention *convention)
{
    printf("\n  formula (keypoint x, y; sample i, j; u, v = x, y without --input)\n");
    printf("    %s\n", name_of(geometry_formulas, convention->geometry));
    if (convention->gaussian.ksize_x != CVH_WHOLE_MAP) printf("    %s\n", name_of(snap_formulas, convention->snap));
    if (convention->method == CVH_METHOD_BLUR) {
        print_blur(convention);
    } else {
        if (convention->snap != CVH_SNAP_NONE)
            printf("    %s\n", name_of(centre_formulas, convention->centre));
        else
            printf("    mx = u,  my = v\n");
        print_gaussian(convention);
    }
    printf("    %s\n",
           convention->method && !convention->norm ? norm_formulas[CVH_NORM_KERNEL] : name_of(norm_formulas, convention->norm));
    printf("    %s\n", name_of(overlap_formulas, convention->overlap));
    printf("    %s\n", name_of(drop_formulas, convention->drop));
}

static void print_decoder(const cvh_decoder *decoder)
{
    printf("\n  decoder\n");
    if (decoder)
        decoder_print(decoder);
    else
        printf("    the library's default: a least-squares fit of a Gaussian around the largest sample\n");
}

static int print_simcc(const char *name)
{
    cvh_simcc simcc;
    if (cvh_simcc_find(name, &simcc)) return library_trouble();
    printf("%s\n\n", simcc.name);
    print_line("vectors", "X.npy, Y.npy", "a keypoint's bins along x, and along y");
    print_line("ratio", length_text(simcc.ratio, "2").text, "bins a pixel of the network's input; bin = ratio * x");
    print_line("sigma", length_text(simcc.sigma_x, "by the side").text, "in bins; sqrt(side / 8) where it is not given");
    print_line("label", cvh_simcc_label_text((int)simcc.label), "centred on the nearest bin");
    print_line("normalised", simcc.normalize ? "yes" : "no", "divided by sigma sqrt(2 pi)");
    print_line("decoder", name_of(refine_names, simcc.refine), bin_text(&simcc));
    print_line("score", simcc.beta > 0 ? "softmax" : "largest value", cvh_simcc_score_text((int)simcc.score));
    return finish_stdout(EXIT_FINE);
}

static int print_one(const char *name)
{
    cvh_convention convention;
    if (is_simcc(name)) return print_simcc(name);
    if (cvh_convention_find(name, &convention)) return library_trouble();
    printf("%s\n\n", convention.name);
    print_fields(&convention);
    print_formula(&convention);
    print_decoder(convention.decoder);
    return finish_stdout(EXIT_FINE);
}

int conventions_command(int argc, char **argv)
{
    int option;
    while ((option = next_option(argc, argv, options)) != -1) {
        if (option == OPTION_HELP) return print_help((const char *const[]){help, NULL});
        return EXIT_TROUBLE;
    }
    if (argc - optind > 1) return trouble("conventions takes one NAME or none, not %d", argc - optind);
    return optind < argc ? print_one(argv[optind]) : print_table();
}
