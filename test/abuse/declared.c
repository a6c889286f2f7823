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

/* `#include "cvheatmap/decode.h"`: the path from the header's own folder, in `path` of `size` bytes. */
static bool is_include(const char *header, const char *line, char *path, size_t size)
{
    static const char mark[] = "#include \"";
    if (strncmp(line, mark, sizeof mark - 1) != 0) return false;
    const char *name = line + sizeof mark - 1, *end = strchr(name, '"'), *folder = strrchr(header, '/');
    if (!end) return false;
    snprintf(path, size, "%.*s%.*s", folder ? (int)(folder - header + 1) : 0, header, (int)(end - name), name);
    return true;
}

/* The wings' headers are read where the main header includes them; they include one another, which is not followed. */
static void read_header(const char *header, bool follow, declared *found)
{
    char line[512], path[4096];
    FILE *file = fopen(header, "r");
    if (!file) return;
    while (fgets(line, sizeof line, file)) {
        take_name(line, found);
        if (follow && is_include(header, line, path, sizeof path)) read_header(path, false, found);
    }
    fclose(file);
}

declared declared_functions(const char *header)
{
    declared found = {0};
    read_header(header, true, &found);
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
