/* SPDX-License-Identifier: Apache-2.0
 * The enumerators of cvheatmap.h by name. */
#include "input/names.h"

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
const char *const score_names[] = {"peak", "maximum", "rounded", NULL};
const char *const found_names[] = {"nothing", "weak", "pixel", "pixel_edge", "pixel_shape", "pixel_value", "refined", NULL};

const char *depth_name(cvh_depth depth)
{
    return depth == CVH_8U ? "8u" : depth == CVH_32F ? "32f" : "64f";
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
