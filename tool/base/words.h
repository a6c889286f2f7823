/* SPDX-License-Identifier: Apache-2.0
 * A number for each word, in the order in which words appear first. */
#ifndef CVHEATMAP_TOOL_WORDS_H
#define CVHEATMAP_TOOL_WORDS_H

#include "base/tool.h"

/* Zero is an empty one. */
typedef struct words {
    char **all;
    int count, capacity;
    int *slots; /* a word's number + 1, where its hash leads; 0: free. There are 2 * capacity of them */
} words;

/* Sets *number to the word's, which is a new one where the word has not been seen. */
int words_number(words *seen, const char *word, int *number);

/* The word's number, or -1 where it has not been seen. */
int words_find(const words *seen, const char *word);

void words_free(words *seen);

#endif
