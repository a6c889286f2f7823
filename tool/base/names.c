/* SPDX-License-Identifier: Apache-2.0
 * The enumerators of cvheatmap.h by name. */
#include "base/names.h"

#include <stdio.h>
#include <string.h>

const char *const method_names[] = {"patch", "blur", NULL};
const char *const geometry_names[] = {"stride", "half_pixel", "corners", "deeplabcut", "higherhrnet", NULL};
const char *const snap_names[] = {"nearest", "half_up", "trunc", "floor", "none", NULL};
const char *const centre_names[] = {"snapped", "subpixel", "window", NULL};
const char *const border_names[] = {"method", "constant", "replicate", "reflect", "reflect_101", NULL};
const char *const overlap_names[] = {"max", "replace", "add", "add_clamp", NULL};
const char *const norm_names[] = {"none", "max", "centre", "kernel", "sum", NULL};
const char *const arithmetic_names[] = {"portable", "opencv", NULL};
const char *const drop_names[] = {"none", "centre", "window", "three_sigma", "three_sigma_trunc", NULL};
const char *const window_names[] = {"method", "three_sigma_1", "six_sigma", NULL};
const char *const refine_names[] = {"fit",      "fit_tied",          "none",        "sign",        "dark", "udp",
                                    "centroid", "centroid_positive", "second_peak", "soft_argmax", NULL};
const char *const guard_names[] = {"none", "dark", "hrnet", "mmpose", NULL};
const char *const step_names[] = {"checked", "published", NULL};
const char *const score_names[] = {"peak", "maximum", "rounded", "searched", NULL};
const char *const order_names[] = {"score", "raster", NULL};
const char *const activation_names[] = {"none", "sigmoid", NULL};
const char *const ties_names[] = {"keep", "drop", NULL};
const char *const found_names[] = {"nothing",     "weak",    "pixel",   "pixel_edge", "pixel_shape",
                                   "pixel_value", "plateau", "refined", NULL};

/* By depth number, OpenCV's own. */
static const struct {
    const char *name, *type;
} depths[] = {{"8u", "u1"},  {"8s", "i1"},  {"16u", "u2"}, {"16s", "i2"},
              {"32s", "i4"}, {"32f", "f4"}, {"64f", "f8"}, {"16f", "f2"}};

const char *depth_name(cvh_depth depth)
{
    return depths[depth].name;
}

const char *depth_type(cvh_depth depth)
{
    return depths[depth].type;
}

size_t sample_size(cvh_depth depth)
{
    return (size_t)(depth_type(depth)[1] - '0');
}

const char *name_of(const char *const *names, unsigned value)
{
    for (unsigned i = 0; names[i]; ++i)
        if (i == value) return names[i];
    return "unknown";
}

int parse_name(const char *option, const char *const *names, const char *text, int *value)
{
    char list[256] = "";
    size_t length = 0;
    for (int i = 0; names[i]; ++i) {
        if (!strcmp(names[i], text)) {
            *value = i;
            return EXIT_FINE;
        }
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", i ? ", " : "", names[i]);
    }
    return trouble("%s is '%s'; it must be one of %s", option, text, list);
}
