/* SPDX-License-Identifier: Apache-2.0 */
#include "base/suggest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"

enum { LONGEST = 40, LISTED = 380 };

/* Copies what is compared: at most LONGEST characters, lower case, with '_' for '-' and ' '. Returns how many. */
static int plain(const char *name, char out[LONGEST + 1])
{
    int n = 0;
    for (; n < LONGEST && name[n]; n++) {
        char c = name[n];
        out[n] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c == '-' || c == ' ' ? '_' : c);
    }
    out[n] = 0;
    return n;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* How many characters have to be inserted, deleted or replaced to make one of the other (Levenshtein). */
static int edits(const char *a, int na, const char *b, int nb)
{
    int row[LONGEST + 1] = {0};
    for (int j = 0; j <= nb; j++) row[j] = j;
    for (int i = 1; i <= na; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= nb; j++) {
            int replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(replaced, least(row[j - 1], row[j]) + 1);
        }
    }
    return row[nb];
}

/* Near: one holds the other, or at most a third of the longer one (but two characters) has to change. */
static bool near(const char *wanted, const char *known)
{
    char a[LONGEST + 1], b[LONGEST + 1];
    int na = plain(wanted, a), nb = plain(known, b);
    if (na >= 3 && (strstr(b, a) || strstr(a, b))) return true;
    int longer = na > nb ? na : nb;
    int allowed = longer / 3 > 2 ? longer / 3 : 2;
    return na > 0 && edits(a, na, b, nb) <= least(allowed, na - 1);
}

/* Appends the names that are near (or every one) to text[LISTED], as many as fit. Returns how many there were. */
static int append(char *text, const char *wanted, const char *(*list)(int), bool every)
{
    size_t used = 0;
    int found = 0;
    for (int i = 0; list(i); i++) {
        if (!every && !near(wanted, list(i))) continue;
        size_t length = strlen(list(i)) + 2;
        if (used + length + sizeof ", ..." > LISTED) {
            memcpy(text + used, ", ...", sizeof ", ...");
            return found;
        }
        used += (size_t)snprintf(text + used, LISTED - used, "%s%s", found++ ? ", " : "", list(i));
    }
    return found;
}

cvh_status cvh_name_unknown(const char *what, const char *name, const char *(*list)(int))
{
    char text[LISTED] = "";
    const char *which = append(text, name, list, false) ? "near" : "there are";
    if (!text[0]) append(text, name, list, true);
    return cvh_fail(CVH_ERR_ARGUMENT, "no %s is named \"%.40s\"; %s: %s", what, name, which, text);
}
