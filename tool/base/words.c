/* SPDX-License-Identifier: Apache-2.0
 * A number for each word: an open hash table of the words' FNV-1a hashes, half full at most. */
#include "base/words.h"

#include <stdlib.h>
#include <string.h>

static size_t hash_of(const char *word)
{
    uint32_t hash = 2166136261u;
    for (; *word; ++word) hash = (hash ^ (unsigned char)*word) * 16777619u;
    return hash;
}

/* The slot that holds the word, or the free one where it belongs. */
static size_t slot_of(const words *seen, const char *word)
{
    const size_t mask = 2 * (size_t)seen->capacity - 1;
    size_t slot = hash_of(word) & mask;
    while (seen->slots[slot] && strcmp(seen->all[seen->slots[slot] - 1], word)) slot = (slot + 1) & mask;
    return slot;
}

static int grow(words *seen)
{
    if (seen->capacity >= CVH_MAX_COUNT) return trouble("more than %d different names", CVH_MAX_COUNT);
    const int capacity = seen->capacity ? 2 * seen->capacity : 64;
    char **all = realloc(seen->all, (size_t)capacity * sizeof *all);
    if (all) seen->all = all;
    int *slots = all ? calloc(2 * (size_t)capacity, sizeof *slots) : NULL;
    if (!slots) return trouble("no memory for %d names", capacity);
    free(seen->slots);
    seen->slots = slots;
    seen->capacity = capacity;
    for (int i = 0; i < seen->count; ++i) seen->slots[slot_of(seen, seen->all[i])] = i + 1;
    return EXIT_FINE;
}

int words_number(words *seen, const char *word, int *number)
{
    if (seen->count == seen->capacity && grow(seen)) return EXIT_TROUBLE;
    const size_t slot = slot_of(seen, word);
    if (!seen->slots[slot]) {
        char *copy = strdup(word);
        if (!copy) return trouble("no memory for a name");
        seen->all[seen->count] = copy;
        seen->slots[slot] = ++seen->count;
    }
    *number = seen->slots[slot] - 1;
    return EXIT_FINE;
}

int words_find(const words *seen, const char *word)
{
    return seen->capacity ? seen->slots[slot_of(seen, word)] - 1 : -1;
}

void words_free(words *seen)
{
    for (int i = 0; i < seen->count; ++i) free(seen->all[i]);
    free(seen->all);
    free(seen->slots);
    memset(seen, 0, sizeof *seen);
}
