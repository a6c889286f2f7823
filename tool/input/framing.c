/* SPDX-License-Identifier: Apache-2.0
 * Which part of which photograph each image of a tensor was cut from. */
#include "input/framing.h"

#include <stdlib.h>

#include "base/parse.h"
#include "input/coco.h"
#include "input/crops.h"

const char framing_help[] =
    "\nWhere the maps come from; x and y are then pixels of the photograph:\n"
    "  --coco FILE.json      the people of a COCO file, in its order, cut out as encode --coco does\n"
    "  --box X,Y,W,H         one box\n"
    "  --rule NAME           how they were cut out; default: the convention's own, HRNet's where it has none\n"
    "  --category NAME, --whole-image\n"
    "                        of the COCO file, as for encode\n"
    "  -o, --output OUT.json COCO results of --coco: image_id, category_id, keypoints with scores, score\n";

framing framing_start(void)
{
    return (framing){.how = {.peak = 1, .min_score = NAN}};
}

int framing_option(framing *where, int option, const char *value)
{
    switch (option) {
    case OPTION_COCO: return set_once("--coco", &where->coco, value);
    case OPTION_BOX: return set_once("--box", &where->box_text, value);
    case OPTION_RULE: return set_once("--rule", &where->rule_name, value);
    case OPTION_CATEGORY: return set_once("--category", &where->how.category, value);
    default: where->how.whole_image = true; return EXIT_FINE;
    }
}

bool framing_is_given(const framing *where)
{
    return where->coco || where->box_text;
}

int parse_box(const char *text, cvh_rect *box)
{
    double *const numbers[] = {&box->x, &box->y, &box->width, &box->height};
    const char *at = text;
    bool four = true;
    for (int i = 0; four && i < 4; ++i) {
        char *end;
        *numbers[i] = strtod(at, &end);
        four = end != at && *end == (i < 3 ? ',' : '\0');
        at = end + 1;
    }
    const bool finite = four && isfinite(box->x) && isfinite(box->y) && isfinite(box->width) && isfinite(box->height);
    if (finite && box->width >= 0 && box->height >= 0 && fmax(box->width, box->height) > 0) return EXIT_FINE;
    return trouble("--box is '%s'; it must be X,Y,WIDTH,HEIGHT, width and height >= 0, and one of them > 0", text);
}

int framing_open(framing *where, const char *convention)
{
    if (where->coco && where->box_text)
        return trouble("--coco and --box are both given; only one of them says where the maps come from");
    if (!where->coco && (where->how.category || where->how.whole_image))
        return trouble("--%s takes --coco", where->how.category ? "category" : "whole-image");
    if (!framing_is_given(where)) return where->rule_name ? trouble("--rule takes --coco or --box") : EXIT_FINE;
    if (crop_rule_wanted(where->rule_name, convention, where->how.whole_image, &where->rule)) return EXIT_TROUBLE;
    if (where->coco) {
        where->how.rule = where->how.whole_image ? NULL : &where->rule;
        return coco_open(where->coco, &where->how, &where->people);
    }
    where->now.boxed = true;
    return parse_box(where->box_text, &where->now.box);
}

int framing_next(framing *where, int input_rows, int input_cols)
{
    if (where->people && where->people->next(where->people, &where->now)) return EXIT_TROUBLE;
    return crop_of_group(&where->rule, &where->now, input_rows, input_cols, &where->crop);
}

void framing_close(framing *where)
{
    if (where->people) where->people->close(where->people);
    where->people = NULL;
}
