/* SPDX-License-Identifier: Apache-2.0
 * Numbers out of text: all of the text or nothing, in range or nothing. */
#include "base/parse.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool parse_real(const char *text, double *value)
{
    if (!*text || isspace((unsigned char)*text)) return false;
    char *end;
    errno = 0;
    const double number = strtod(text, &end);
    const bool overflow = errno == ERANGE && (number > 1 || number < -1); /* an underflow rounds to a denormal or 0 */
    if (*end || overflow) return false;
    *value = number;
    return true;
}

static bool parse_word(const char *text, double *value)
{
    static const char *const unknown[] = {"", "na", "n/a", "null", "none", "-"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; ++i)
        if (!strcasecmp(text, unknown[i])) {
            *value = NAN;
            return true;
        }
    const bool yes = !strcasecmp(text, "true"), no = !strcasecmp(text, "false");
    if (yes || no) *value = yes;
    return yes || no;
}

bool parse_field(const char *text, double *value)
{
    if (parse_real(text, value) || parse_word(text, value)) return true;
    char copy[64], *comma;
    if (strlen(text) >= sizeof copy || strchr(text, '.')) return false;
    strcpy(copy, text);
    comma = strchr(copy, ',');
    if (!comma) return false;
    *comma = '.';
    return parse_real(copy, value);
}

bool parse_whole(const char *text, int64_t least, int64_t most, int64_t *value)
{
    if (!isdigit((unsigned char)*text) && *text != '-') return false;
    char *end;
    errno = 0;
    const long long number = strtoll(text, &end, 10);
    if (end == text || *end || errno || number < least || number > most) return false;
    *value = number;
    return true;
}

/* Copies `text` and cuts it at `separator` into at most `most` fields; 0 where it holds more, or is too long. */
static int split(const char *text, char separator, char *copy, size_t capacity, char **fields, int most)
{
    if (strlen(text) >= capacity) return 0;
    strcpy(copy, text);
    int count = 0;
    for (char *at = copy; at; ++count) {
        if (count == most) return 0;
        fields[count] = at;
        at = strchr(at, separator);
        if (at) *at++ = '\0';
    }
    return count;
}

bool parse_point(const char *text, cvh_keypoint *point)
{
    char copy[256], *fields[3];
    const int count = split(text, ',', copy, sizeof copy, fields, 3);
    cvh_keypoint parsed = {0};
    int64_t map = 0;
    if (count < 2 || !parse_real(fields[0], &parsed.x) || !parse_real(fields[1], &parsed.y)) return false;
    if (count == 3 && !parse_whole(fields[2], 0, CVH_MAX_COUNT - 1, &map)) return false;
    parsed.map = (int)map;
    *point = parsed;
    return true;
}

bool parse_pair(const char *text, double *first, double *second)
{
    char copy[256], *fields[2];
    double values[2];
    const int count = split(text, ',', copy, sizeof copy, fields, 2);
    for (int i = 0; i < count; ++i)
        if (!parse_real(fields[i], &values[i])) return false;
    if (count == 0) return false;
    *first = values[0];
    if (count == 2) *second = values[1];
    return true;
}

bool parse_size(const char *text, int *rows, int *cols)
{
    char copy[256], *fields[2];
    int64_t sides[2];
    if (split(text, 'x', copy, sizeof copy, fields, 2) != 2) return false;
    for (int i = 0; i < 2; ++i)
        if (!parse_whole(fields[i], 1, CVH_MAX_SIDE, &sides[i])) return false;
    *rows = (int)sides[0];
    *cols = (int)sides[1];
    return true;
}
