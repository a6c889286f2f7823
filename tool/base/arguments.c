/* SPDX-License-Identifier: Apache-2.0
 * getopt_long's answers and complaints in our words. */
#include "base/arguments.h"

#include <stdio.h>
#include <string.h>

#include "base/parse.h"

/* -o is known where --output is. */
static const char *letters_of(const struct option *options)
{
    for (; options->name; ++options)
        if (options->val == OPTION_OUTPUT) return ":o:h";
    return ":h";
}

int next_option(int argc, char **argv, const struct option *options)
{
    opterr = 0;
    int option;
    do {
        option = getopt_long(argc, argv, letters_of(options), options, NULL);
        if (option == OPTION_QUIET) remarks_silence();
    } while (option == OPTION_QUIET);
    if (option == ':') trouble("%s: %s needs a value; see cvheatmap %s --help", argv[0], argv[optind - 1], argv[0]);
    if (option == '?') {
        const char letter[] = {'-', (char)optopt, '\0'}, *word = argv[optind - 1];
        trouble("%s: unknown option '%s'; see cvheatmap %s --help", argv[0], strncmp(word, "--", 2) ? letter : word, argv[0]);
    }
    return option == ':' ? '?' : option;
}

void option_add(uint64_t *set, int option)
{
    if (option >= OPTION_FIRST_DRAWING) *set |= OPTION_BIT(option);
}

int options_only(const struct option *options, uint64_t given, uint64_t allowed, const char *where)
{
    for (; options->name; ++options)
        if (options->val >= OPTION_FIRST_DRAWING && (given & ~allowed & OPTION_BIT(options->val)))
            return trouble("--%s has no meaning %s", options->name, where);
    return EXIT_FINE;
}

int set_once(const char *option, const char **place, const char *value)
{
    if (*place) return trouble("%s is given twice: '%s' and '%s'", option, *place, value);
    *place = value;
    return EXIT_FINE;
}

int parse_lengths(const char *option, const char *text, double *first, double *second)
{
    if (parse_pair(text, first, second)) return EXIT_FINE;
    return trouble("%s is '%s'; it must be a number, or two with a comma between", option, text);
}

int parse_number(const char *option, const char *text, double *value)
{
    if (parse_real(text, value) && *value == *value) return EXIT_FINE;
    return trouble("%s is '%s'; it must be a number", option, text);
}

int parse_count(const char *option, const char *text, int least, int most, int *value)
{
    int64_t number;
    if (!parse_whole(text, least, most, &number))
        return trouble("%s is '%s'; it must be a whole number %d..%d", option, text, least, most);
    *value = (int)number;
    return EXIT_FINE;
}

int parse_sides(const char *option, const char *text, int *rows, int *cols)
{
    if (parse_size(text, rows, cols)) return EXIT_FINE;
    return trouble("%s is '%s'; it must be ROWSxCOLS, each 1..%d", option, text, CVH_MAX_SIDE);
}

int tolerance_option(cvh_tolerance *tolerance, int option, const char *value)
{
    int64_t ulps;
    double number;
    if (option == OPTION_ULPS) {
        if (!parse_whole(value, 0, INT64_MAX, &ulps)) return trouble("--ulps is '%s'; it must be a whole number >= 0", value);
        tolerance->ulps = (uint64_t)ulps;
        return EXIT_FINE;
    }
    const char *name = option == OPTION_ATOL ? "--atol" : "--rtol";
    if (!parse_real(value, &number) || !(number >= 0)) return trouble("%s is '%s'; it must be a number >= 0", name, value);
    *(option == OPTION_ATOL ? &tolerance->absolute : &tolerance->relative) = number;
    return EXIT_FINE;
}

int no_arguments(int argc, char **argv)
{
    if (optind >= argc) return EXIT_FINE;
    return trouble("%s: '%s' is no option; see cvheatmap %s --help", argv[0], argv[optind], argv[0]);
}

int print_help(const char *const *texts)
{
    for (; *texts; ++texts) fputs(*texts, stdout);
    return finish_stdout(EXIT_FINE);
}
