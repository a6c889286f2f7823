/* SPDX-License-Identifier: Apache-2.0 */
#include "base/suggest.h"

#include <string.h>

enum { LONGEST = 40 };

/* Copies what is compared: at most LONGEST characters, lower case, with '_' for '-' and ' '. Returns how many. */
static int fold(const char *name, char out[LONGEST + 1])
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

bool cvh_name_same(const char *wanted, const char *known)
{
    char a[LONGEST + 1], b[LONGEST + 1];
    fold(wanted, a);
    fold(known, b);
    return !strcmp(a, b);
}

bool cvh_name_near(const char *wanted, const char *known)
{
    char a[LONGEST + 1], b[LONGEST + 1];
    int na = fold(wanted, a), nb = fold(known, b);
    if (na >= 3 && (strstr(b, a) || strstr(a, b))) return true;
    int longer = na > nb ? na : nb;
    int allowed = longer / 3 > 2 ? longer / 3 : 2;
    return na > 0 && edits(a, na, b, nb) <= least(allowed, na - 1);
}

bool cvh_name_begins(const char *name, const char *word)
{
    char a[LONGEST + 1] = {0}, b[LONGEST + 1];
    fold(name, a);
    int length = fold(word, b);
    return !strncmp(a, b, (size_t)length) && (!a[length] || a[length] == '_');
}
