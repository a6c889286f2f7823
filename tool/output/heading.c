/* SPDX-License-Identifier: Apache-2.0
 * What was drawn, in words. */
#include "output/heading.h"

#include <stdio.h>
#include <string.h>

#include "base/names.h"
#include "output/json.h"

static void append(char *text, size_t size, const char *name, double first, double second)
{
    const size_t length = strlen(text);
    snprintf(text + length, size - length, "   %s %s%s%s", name, number_shortest(first).text, second != 0 ? "," : "",
             second != 0 ? number_shortest(second).text : "");
}

/* ------------------------------------------------------------------------------------------------------- what was replaced */

typedef struct field_text {
    char text[80];
} field_text;

static field_text length_text(double first, double second, const char *none)
{
    field_text made;
    if (first == 0)
        snprintf(made.text, sizeof made.text, "%s", none);
    else
        snprintf(made.text, sizeof made.text, "%s%s%s", number_shortest(first).text, second != 0 && second != first ? "," : "",
                 second != 0 && second != first ? number_shortest(second).text : "");
    return made;
}

static field_text name_text(const char *name)
{
    field_text made;
    snprintf(made.text, sizeof made.text, "%s", name);
    return made;
}

typedef struct override {
    const char *field;
    field_text was, is;
} override;

enum { MOST_OVERRIDES = 8 };

/* What the options replaced in a named convention; the tutorial's numbers are nobody's. */
static int overrides_of(const drawing *draw, override list[MOST_OVERRIDES])
{
    const cvh_convention *was = &draw->named, *is = &draw->convention;
    const cvh_gaussian *before = &was->gaussian, *now = &is->gaussian;
    const override all[MOST_OVERRIDES] = {
        {"method", name_text(name_of(method_names, was->method)), name_text(name_of(method_names, is->method))},
        {"sigma", length_text(before->sigma_x, before->sigma_y, "from ksize"),
         length_text(now->sigma_x, now->sigma_y, "from ksize")},
        {"ksize", length_text(before->ksize_x, before->ksize_y, "from sigma"),
         length_text(now->ksize_x, now->ksize_y, "from sigma")},
        {"peak", length_text(before->peak, 0, "1"), length_text(now->peak, 0, "1")},
        {"border", name_text(name_of(border_names, was->border)), name_text(name_of(border_names, is->border))},
        {"overlap", name_text(name_of(overlap_names, was->overlap)), name_text(name_of(overlap_names, is->overlap))},
        {"norm", name_text(name_of(norm_names, was->norm)), name_text(name_of(norm_names, is->norm))},
        {"arithmetic", name_text(name_of(arithmetic_names, was->arithmetic)),
         name_text(name_of(arithmetic_names, drawing_given(draw, OPTION_ARITHMETIC) ? is->arithmetic : was->arithmetic))},
    };
    int count = 0;
    for (int i = 0; draw->name && i < MOST_OVERRIDES; ++i)
        if (strcmp(all[i].was.text, all[i].is.text)) list[count++] = all[i];
    return count;
}

/* ------------------------------------------------------------------------------------------------------------------- texts */

void describe_drawing(const drawing *draw, const char *method, char *text, size_t size)
{
    const cvh_convention *convention = &draw->convention;
    const cvh_gaussian *gaussian = &convention->gaussian;
    override list[MOST_OVERRIDES];
    snprintf(text, size, "%dx%d %s   %s", draw->rows, draw->cols, depth_name(draw->depth), method);
    if (draw->from->loose && draw->from->groups > 1)
        snprintf(text + strlen(text), size - strlen(text), "   %lld maps", (long long)draw->from->groups);
    if (gaussian->ksize_x != 0) append(text, size, "ksize", gaussian->ksize_x, gaussian->ksize_y);
    if (gaussian->sigma_x != 0) append(text, size, "sigma", gaussian->sigma_x, gaussian->sigma_y);
    if (gaussian->peak != 0) append(text, size, "peak", gaussian->peak, 0);
    snprintf(text + strlen(text), size - strlen(text), "   norm %s", name_of(norm_names, convention->norm));
    if (convention->border)
        snprintf(text + strlen(text), size - strlen(text), "   border %s", name_of(border_names, convention->border));
    if (draw->from->in_photo) snprintf(text + strlen(text), size - strlen(text), "   crop %s", draw->rule.name);
    const int count = overrides_of(draw, list);
    for (int i = 0; i < count; ++i)
        snprintf(text + strlen(text), size - strlen(text), "%s%s %s, not %s", i ? ", " : "   replaced: ", list[i].field,
                 list[i].is.text, list[i].was.text);
}

json_t *drawing_json(const drawing *draw)
{
    override list[MOST_OVERRIDES];
    const cvh_gaussian *gaussian = &draw->convention.gaussian;
    json_t *overrides = json_array();
    const int count = overrides_of(draw, list);
    for (int i = 0; i < count; ++i)
        if (json_array_append_new(overrides, json_sprintf("%s: %s -> %s", list[i].field, list[i].was.text, list[i].is.text))) {
            json_decref(overrides);
            return NULL;
        }
    return json_pack("{s:s?, s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:o}", "convention", draw->name ? draw->convention.name : NULL,
                     "method", name_of(method_names, draw->convention.method), "sigma",
                     length_text(gaussian->sigma_x, gaussian->sigma_y, "from ksize").text, "ksize",
                     length_text(gaussian->ksize_x, gaussian->ksize_y, "from sigma").text, "peak",
                     length_text(gaussian->peak, 0, "1").text, "norm", name_of(norm_names, draw->convention.norm), "border",
                     name_of(border_names, draw->convention.border), "crop",
                     draw->from && draw->from->in_photo ? draw->rule.name : NULL, "overrides", overrides);
}
