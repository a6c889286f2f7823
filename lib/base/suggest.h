/* SPDX-License-Identifier: Apache-2.0
 * Whether one name may have been meant by another. */
#ifndef CVH_LIB_SUGGEST_H
#define CVH_LIB_SUGGEST_H

#include <stdbool.h>

/* Upper and lower case, '-', ' ' and '_' count as equal in both, and characters beyond the 40th are not looked at. */

/* The same but for what counts as equal. */
bool cvh_name_same(const char *wanted, const char *known);

/* One holds the other, or at most a third of the longer one (or two characters, where that is more) has to change. */
bool cvh_name_near(const char *wanted, const char *known);

/* `name` is `word`, or begins with it and a '_'. */
bool cvh_name_begins(const char *name, const char *word);

#endif
