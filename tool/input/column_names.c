/* SPDX-License-Identifier: Apache-2.0
 * What columns are called. */
#include "input/column_names.h"

#include <ctype.h>
#include <string.h>

static const char *const role_names[] = {"x",     "y",     "map",    "visible", "sigma_x",  "sigma_y", "peak", "weight",
                                         "score", "width", "height", "label",   "instance", "frame",   ""};

const char *role_name(role holds)
{
    return role_names[holds];
}

void plain_name(char plain[LONGEST_NAME], const char *name)
{
    size_t length = 0;
    for (; *name && length < LONGEST_NAME - 1; ++name) {
        const unsigned char byte = (unsigned char)*name;
        if (isalnum(byte) || byte >= 0x80)
            plain[length++] = (char)tolower(byte);
        else if (length > 0 && plain[length - 1] != '_')
            plain[length++] = '_';
    }
    while (length > 0 && plain[length - 1] == '_') --length;
    plain[length] = '\0';
}

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; ++list)
        if (!strcmp(name, *list)) return true;
    return false;
}

static const char *const x_names[] = {"x",       "x_coordinate", "x_coord", "x_px",   "x_pos", "x_position",
                                      "coord_x", "pos_x",        "col",     "column", NULL};
static const char *const y_names[] = {"y",          "y_coordinate", "y_coord", "y_px", "y_pos",
                                      "y_position", "coord_y",      "pos_y",   "row",  NULL};
static const char *const map_names[] = {"map", "channel", NULL};
static const char *const visible_names[] = {"visible", "visibility", "vis", "v", NULL};
static const char *const sigma_names[] = {"sigma", "sigma_x", NULL};
static const char *const sigma_y_names[] = {"sigma_y", NULL};
static const char *const peak_names[] = {"peak", "amplitude", NULL};
static const char *const weight_names[] = {"weight", "duration", "count", "dwell_time", "fixation_duration", NULL};
static const char *const score_names_of[] = {"score", "likelihood", "confidence", "conf", "probability", "prob", "p", NULL};
static const char *const width_names[] = {"w", "width", NULL};
static const char *const height_names[] = {"h", "height", NULL};
static const char *const label_names[] = {"keypoint", "joint", "bodypart", "landmark", "part",
                                          "label",    "class", "category", NULL};
static const char *const person_names[] = {"person",     "person_id", "instance", "instance_id",
                                           "individual", "track",     "track_id", NULL};
static const char *const image_names[] = {"frame",    "frame_idx", "frame_index", "frame_number", "frame_id", "image",
                                          "image_id", "img",       "file",        "file_name",    "filename", "image_name",
                                          "path",     NULL};
static const char *const quiet_names[] = {"", "found", "index", "row_names", "instance_score", NULL}; /* known, and of no use */

static const char *const *const names_of_role[] = {
    x_names,      y_names,        map_names,   visible_names, sigma_names, sigma_y_names, peak_names,
    weight_names, score_names_of, width_names, height_names,  label_names, person_names,  image_names,
};

bool is_named(const char *plain, role holds)
{
    return is_one_of(plain, names_of_role[holds]);
}

role role_of(const char *plain)
{
    for (int i = 0; i < ROLE_SKIPPED; ++i)
        if (is_named(plain, (role)i)) return (role)i;
    return ROLE_SKIPPED;
}

bool is_quiet(const char *plain)
{
    return is_one_of(plain, quiet_names) || !strncmp(plain, "unnamed_", 8); /* pandas' name for a column without one */
}
