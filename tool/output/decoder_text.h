/* SPDX-License-Identifier: Apache-2.0
 * A decoder in words, as a row of a table, in full, and as JSON. */
#ifndef CVHEATMAP_TOOL_DECODER_TEXT_H
#define CVHEATMAP_TOOL_DECODER_TEXT_H

#include <jansson.h>

#include "base/tool.h"

/* "none" for 0, "any" for an infinite one, else the number. */
typedef struct length_words {
    char text[64];
} length_words;
length_words length_or(double value, const char *none);

/* What it does, in a few words: "fit", "dark, blur 11". */
length_words decoder_words(const cvh_decoder *decoder);

void decoder_print_head(void);
void decoder_print_row(const char *name, const cvh_decoder *decoder);
void decoder_print(const cvh_decoder *decoder);
json_t *decoder_json(const char *name, const cvh_decoder *decoder);

#endif
