/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap decoders: the table of the named decoders, and one of them in full. */
#include <stdio.h>
#include <string.h>

#include "base/arguments.h"
#include "commands/commands.h"
#include "output/decoder_text.h"

static const char help[] = "usage: cvheatmap decoders [NAME]\n"
                           "\n"
                           "Prints the table of named decoders, which `decode --decoder NAME` runs; with a NAME, that one in\n"
                           "full.\n"
                           "\n"
                           "  -h, --help            this text\n";

static const struct option options[] = {COMMON_OPTIONS};

static int print_table(void)
{
    decoder_print_head();
    for (int i = 0; cvh_decoder_name(i); ++i) {
        cvh_decoder decoder;
        /* GCOVR_EXCL_START: each name on the list is found */
        if (cvh_decoder_find(cvh_decoder_name(i), &decoder)) return library_trouble();
        /* GCOVR_EXCL_STOP */
        decoder_print_row(cvh_decoder_name(i), &decoder);
    }
    return finish_stdout(EXIT_FINE);
}

static int print_one(const char *name)
{
    cvh_decoder decoder;
    if (cvh_decoder_find(name, &decoder)) return library_trouble();
    printf("%s\n\n", name);
    decoder_print(&decoder);
    return finish_stdout(EXIT_FINE);
}

int decoders_command(int argc, char **argv)
{
    int option;
    while ((option = next_option(argc, argv, options)) != -1)
        return option == OPTION_HELP ? print_help((const char *const[]){help, NULL}) : EXIT_TROUBLE;
    if (argc - optind > 1) return trouble("decoders takes one NAME or none, not %d", argc - optind);
    return optind < argc ? print_one(argv[optind]) : print_table();
}
