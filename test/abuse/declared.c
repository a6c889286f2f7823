/* SPDX-License-Identifier: Apache-2.0 */
#include "declared.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool is_name(int letter)
{
    return isalnum(letter) || letter == '_';
}

/* `CVH_API type name(`: the name before the first parenthesis. A macro's definition of CVH_API has none. */
static void take_name(const char *line, declared *found)
{
    static const char mark[] = "CVH_API ";
    if (strncmp(line, mark, sizeof mark - 1) != 0) return;
    const char *end = strchr(line, '(');
    if (!end || found->count == DECLARED_MOST) return;
    const char *start = end;
    while (start > line && is_name((unsigned char)start[-1])) start--;
    snprintf(found->names[found->count++], DECLARED_NAME, "%.*s", (int)(end - start), start);
}

declared declared_functions(const char *header)
{
    declared found = {0};
    char line[512];
    FILE *file = fopen(header, "r");
    if (!file) return found;
    while (fgets(line, sizeof line, file)) take_name(line, &found);
    fclose(file);
    return found;
}

static int occurrences(const char *name, const char *const *names)
{
    int count = 0;
    for (; *names; names++) count += strcmp(*names, name) == 0;
    return count;
}

int declared_differences(const char *header, const char *const *names)
{
    declared found = declared_functions(header);
    int differences = 0, entries = 0;
    if (found.count == 0) {
        fprintf(stderr, "%s: no function found\n", header);
        return 1;
    }
    for (int i = 0; i < found.count; i++) {
        int times = occurrences(found.names[i], names);
        if (times != 1) fprintf(stderr, "%s is declared, and stands %d times in the table\n", found.names[i], times);
        differences += times != 1;
    }
    while (names[entries]) entries++;
    if (differences == 0 && entries != found.count) {
        fprintf(stderr, "the table has %d entries, the header %d functions\n", entries, found.count);
        differences = 1;
    }
    return differences;
}
