/* SPDX-License-Identifier: Apache-2.0
 * Names looked up in a table: what is said of one that is not there. */
#ifndef CVH_LIB_NAMES_H
#define CVH_LIB_NAMES_H

#include "cvheatmap.h"

/* Fails with CVH_ERR_ARGUMENT and a text that lists the names near `name`, or all that fit in it where none is near:
 *     no decoder is named "darkpos"; near: darkpose, paddle_dark
 * `what` is the kind of thing ("decoder"); list(i) is the i-th name, NULL past the last. Upper and lower case, '-', ' ' and '_'
 * count as equal here. */
cvh_status cvh_name_unknown(const char *what, const char *name, const char *(*list)(int));

#endif
