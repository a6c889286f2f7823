/* SPDX-License-Identifier: Apache-2.0
 * What columns are called, and what that says. Names are compared without case, with every run of other characters than letters
 * and digits as one '_': "x-coordinate" and "X coordinate" are one name. */
#ifndef CVHEATMAP_TOOL_COLUMN_NAMES_H
#define CVHEATMAP_TOOL_COLUMN_NAMES_H

#include "base/tool.h"

/* What a field says; the first ones are numbers. */
typedef enum role {
    ROLE_X,
    ROLE_Y,
    ROLE_MAP,
    ROLE_VISIBLE,
    ROLE_SIGMA_X,
    ROLE_SIGMA_Y,
    ROLE_PEAK,
    ROLE_WEIGHT,
    ROLE_SCORE,
    ROLE_WIDTH,
    ROLE_HEIGHT,
    ROLE_NUMBERS,              /* how many those are */
    ROLE_LABEL = ROLE_NUMBERS, /* the keypoint's name: a number for each name */
    ROLE_PERSON,               /* with ROLE_IMAGE: which group the row belongs to */
    ROLE_IMAGE,
    ROLE_SKIPPED
} role;

/* What a role is called in messages. */
const char *role_name(role holds);

enum { LONGEST_NAME = 256 };

/* A column's name as names are compared; which role a plain name has by itself; whether it is known and of no use. */
void plain_name(char plain[LONGEST_NAME], const char *name);
role role_of(const char *plain);
bool is_quiet(const char *plain);

/* Whether a plain name is one of a role's. */
bool is_named(const char *plain, role holds);

#endif
