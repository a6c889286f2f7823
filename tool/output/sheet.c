/* SPDX-License-Identifier: Apache-2.0
 * A picture of what was drawn. */
#include "output/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "input/mark.h"
#include "output/heading.h"

enum { MOST_PANELS = 24 };

int sheet_check(const source *from)
{
    if (from->loose || from->groups <= MOST_PANELS) return EXIT_FINE;
    return trouble("there are %lld %s; a picture shows at most %d, an .npy holds them all", (long long)from->groups, from->what,
                   MOST_PANELS);
}

int sheet_open(sheet *drawn, const drawing *draw, bool one)
{
    drawn->count = one || draw->from->loose ? 1 : (int)draw->from->groups;
    drawn->panels = calloc((size_t)drawn->count, sizeof *drawn->panels);
    drawn->titles = calloc((size_t)drawn->count, sizeof *drawn->titles);
    drawn->marks = calloc((size_t)draw->from->points + 1, sizeof *drawn->marks);
    if (!drawn->panels || !drawn->titles || !drawn->marks) return trouble("no memory for a picture of %d panels", drawn->count);
    for (int i = 0; i < drawn->count; ++i) {
        if (image_open(&drawn->panels[i].seen, draw->rows, draw->cols)) return EXIT_TROUBLE;
        drawn->panels[i].title = draw->from->loose ? NULL : drawn->titles[i];
    }
    return EXIT_FINE;
}

void sheet_close(sheet *drawn)
{
    for (int i = 0; drawn->panels && i < drawn->count; ++i) image_close(&drawn->panels[i].seen);
    free(drawn->panels);
    free(drawn->titles);
    free(drawn->marks);
}

/* A group's name, cut at its front where it is long, or its number. */
static void make_title(char title[32], const char *name, int64_t index)
{
    const size_t length = name ? strlen(name) : 0;
    if (length == 0)
        snprintf(title, 32, "%lld", (long long)index);
    else
        snprintf(title, 32, "%s%s", length > 22 ? ".." : "", length > 22 ? name + length - 22 : name);
}

int sheet_add(sheet *drawn, const cvh_maps *maps, int64_t index, const placed *group)
{
    panel *shown = &drawn->panels[drawn->count == 1 ? 0 : index];
    if (!shown->title || !shown->title[0]) make_title(drawn->titles[shown - drawn->panels], group->from.name, index);
    if (image_add(&shown->seen, maps)) return EXIT_TROUBLE;
    if (!shown->marks) shown->marks = drawn->marks + drawn->mark_count;
    for (size_t i = 0; i < group->count; ++i)
        drawn->marks[drawn->mark_count++] = mark_of(&group->convention, &group->points[i]);
    shown->mark_count += group->count;
    return EXIT_FINE;
}

static void share_range(sheet *drawn)
{
    double least = 0, largest = 0;
    for (int i = 0; i < drawn->count; ++i) {
        double low, high;
        image_range(&drawn->panels[i].seen, &low, &high);
        if (i == 0 || low < least) least = low;
        if (i == 0 || high > largest) largest = high;
    }
    for (int i = 0; i < drawn->count; ++i) {
        drawn->panels[i].least = least;
        drawn->panels[i].largest = largest;
    }
}

/* Never more than there are. */
static int across_of(int count)
{
    return count <= 3 ? count : count <= 8 ? 4 : count <= 15 ? 5 : 8;
}

int sheet_save(sheet *drawn, const drawing *draw, const char *path)
{
    char details[512];
    share_range(drawn);
    const int across = across_of(drawn->count);
    drawn->panels[across - 1].scale = true;
    describe_drawing(draw, name_of(method_names, draw->convention.method), details, sizeof details);
    const picture shown = {
        .heading = draw->name ? draw->convention.name : "cvheatmap encode",
        .details = details,
        .panels = drawn->panels,
        .count = drawn->count,
        .across = across,
    };
    return picture_save(&shown, path);
}
