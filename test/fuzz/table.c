/* SPDX-License-Identifier: Apache-2.0
 * Keypoints from a table. Of any bytes: groups of keypoints whose maps lie in their group, as many as were announced, and those
 * of a row a keypoint are the same when they are written out and read again, and where the table is read a group at a time; or
 * one line that says where the table is wrong. */
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "input/table.h"
#include "tool_messages.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    catch_messages();
    return 0;
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void there_and_back(const list *points, const reading *how)
{
    static char text[1 << 20];
    size_t length = 0;
    source *wide = NULL;
    list *again = list_new();
    if (!again) abort();
    for (size_t i = 0; i < points->count && length < sizeof text - 100; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%.17g,%.17g,%d\n", points->points[i].x,
                                   points->points[i].y, points->points[i].map);
    REQUIRE(table_read(file_of((const uint8_t *)text, length), how, false, again, &wide) == EXIT_FINE && !wide, "%.100s", text);
    for (size_t i = 0; i < again->count; i++) {
        const cvh_keypoint *a = &points->points[i], *b = &again->points[i];
        REQUIRE(same(a->x, b->x) && same(a->y, b->y) && a->map == b->map, "line %zu: %.17g,%.17g,%d", i + 1, b->x, b->y,
                b->map);
    }
    again->base.close(&again->base);
}

/* Takes all groups; false where the table turns out to be wrong on the way, which only a wide one may. */
static bool take_groups(source *from)
{
    int64_t points = 0;
    for (int64_t i = 0; i < from->groups; i++) {
        keypoint_group out;
        if (from->next(from, &out)) return false;
        points += (int64_t)out.count;
        for (size_t k = 0; k < out.count; k++) {
            const cvh_keypoint *point = &out.points[k];
            REQUIRE(point->map >= 0 && point->map < from->maps, "map %d of %d", point->map, from->maps);
            REQUIRE(!point->gaussian || point->gaussian->sigma_x >= 0, "sigma %g", point->gaussian->sigma_x);
        }
    }
    REQUIRE(points == from->points, "%lld points of %lld", (long long)points, (long long)from->points);
    return true;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

/* The same table alone: where it is a source by itself, its groups are those of the list. `listed` is a copy of the list, whose
 * points this leaves alone. */
static void group_by_group(const char *path, const reading *how, list listed)
{
    source *own = NULL;
    list *unused = list_new();
    if (!unused) abort();
    REQUIRE(table_read(path, how, true, unused, &own) == EXIT_FINE, "alone");
    const source *base = &listed.base;
    size_t number = 0;
    if (own)
        REQUIRE(own->groups == base->groups && own->maps == base->maps && own->points == base->points
                    && own->loose == base->loose,
                "%lld groups of %d maps", (long long)own->groups, own->maps);
    for (int64_t i = 0; own && i < own->groups; i++) {
        keypoint_group group;
        REQUIRE(own->next(own, &group) == EXIT_FINE, "group %lld", (long long)i);
        REQUIRE(same_text(group.name, listed.owners ? listed.groups.all[i] : NULL), "group %lld", (long long)i);
        for (size_t k = 0; k < group.count; k++, number++) { /* in the file's order, which the list keeps in each map */
            size_t at = number;
            for (size_t j = 0; listed.numbers && j < listed.count; j++)
                if (listed.numbers[j] == number) at = j;
            const cvh_keypoint *a = &listed.points[at], *b = &group.points[k];
            REQUIRE(same(a->x, b->x) && same(a->y, b->y) && a->map == b->map + (int)i * own->maps, "keypoint %zu", number);
            REQUIRE(!a->gaussian == !b->gaussian && (!a->gaussian || !memcmp(a->gaussian, b->gaussian, sizeof *a->gaussian)),
                    "keypoint %zu", number);
        }
    }
    REQUIRE(!own || own->below_score == base->below_score, "%lld below", (long long)own->below_score);
    if (own) own->close(own);
    unused->base.close(&unused->base);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const reading how = {.peak = 1, .min_score = NAN, .absent = {{-1, -1}}, .absent_count = 1};
    source *wide = NULL;
    list *points = list_new();
    if (!points) abort();
    forget_messages();
    bool fine = table_read(file_of(data, size), &how, false, points, &wide) == EXIT_FINE;
    if (fine && !wide) there_and_back(points, &how);
    if (fine && !wide) fine = list_ready(points, false) == EXIT_FINE;
    if (fine && !wide && points->base.groups < 1 << 16) group_by_group(file_of(data, size), &how, *points);
    if (fine && (wide || points->base.groups < 1 << 16)) fine = take_groups(wide ? wide : &points->base);
    if (fine)
        require_no_message();
    else
        require_one_message();
    if (wide) wide->close(wide);
    points->base.close(&points->base);
    return 0;
}
