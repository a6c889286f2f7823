/* SPDX-License-Identifier: Apache-2.0
 * Which crop rule a convention's project cuts its people, and its whole photographs, with. */
#include "input/crops.h"

#include <string.h>

/* Where a project has no rule of its own among the library's, the nearest: HRNet's, which the others were made from, for a
 * person; CenterNet's, the whole photograph in the middle of the input, for an image. */
static const struct {
    const char *convention, *person, *image;
} rules[] = {
    {"mmpose_msra", "mmpose", "mmpose_bottomup_fit"},
    {"mmpose_megvii", "mmpose", "mmpose_bottomup_fit"},
    {"mmpose_dark", "mmpose", "mmpose_bottomup_fit"},
    {"mmpose_udp", "mmpose_udp", "mmpose_bottomup_fit"},
    {"mmpose", "mmpose", "mmpose_bottomup_fit"},
    {"udp", "udp", "centernet"},
    {"higherhrnet", "hrnet", "higherhrnet"},
    {"openpose", "hrnet", "rtmo"},
    {"openpose_add", "hrnet", "rtmo"},
    {NULL, "hrnet", "centernet"},
};

int crop_rule_wanted(const char *asked, const char *convention, bool whole_image, cvh_crop_rule *rule)
{
    size_t row = 0;
    while (rules[row].convention && (!convention || strcmp(rules[row].convention, convention))) ++row;
    const char *own = whole_image ? rules[row].image : rules[row].person;
    return cvh_crop_find(asked ? asked : own, rule) ? library_trouble() : EXIT_FINE;
}

/* A file without images does not say how large the photograph is; a box alone is cut the same way out of any. */
int crop_of_group(const cvh_crop_rule *rule, const keypoint_group *cut, int input_rows, int input_cols, cvh_crop *crop)
{
    const char *name = cut->name && *cut->name ? cut->name : "an image";
    const bool sized = cut->photo_rows && cut->photo_cols;
    if (!sized && !cut->boxed) return trouble("%s: the file does not say how large it is (images[].width and height)", name);
    const int rows = sized ? cut->photo_rows : CVH_MAX_SIDE, cols = sized ? cut->photo_cols : CVH_MAX_SIDE;
    if (cvh_crop_fit(rule, cut->boxed ? &cut->box : NULL, rows, cols, input_rows, input_cols, 0, crop))
        return library_trouble();
    if (crop->input_rows == input_rows && crop->input_cols == input_cols) return EXIT_FINE;
    return trouble("%s is %dx%d: the rule %s makes an input of %dx%d of it, not %dx%d; give that --input, or another --rule",
                   name, rows, cols, rule->name, crop->input_rows, crop->input_cols, input_rows, input_cols);
}
