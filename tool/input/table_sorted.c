/* SPDX-License-Identifier: Apache-2.0
 * A table of a row a keypoint whose groups, or maps, stand one after the other: it is read twice, the second time a group at a
 * time, so that its length is no matter of memory. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "input/table_rows.h"

/* Orders texts with the numbers in them as numbers: frame9 stands before frame10. Texts in rising order are all different. */
static int natural_order(const char *left, const char *right)
{
    for (;;) {
        if (isdigit((unsigned char)*left) && isdigit((unsigned char)*right)) {
            left += strspn(left, "0");
            right += strspn(right, "0");
            const size_t digits = strspn(left, "0123456789"), others = strspn(right, "0123456789");
            const int order = digits == others ? memcmp(left, right, digits) : digits < others ? -1 : 1;
            if (order) return order;
            left += digits;
            right += others;
        } else if (*left != *right)
            return (unsigned char)*left < (unsigned char)*right ? -1 : 1;
        else if (!*left)
            return 0;
        else
            ++left, ++right;
    }
}

/* What the row belongs to becomes the group. */
static void begin_group(table *from)
{
    char *text = from->group;
    const size_t capacity = from->group_capacity;
    from->group = from->owner;
    from->group_capacity = from->owner_capacity;
    from->owner = text;
    from->owner_capacity = capacity;
}

/* Counts the row; *sorted is false where its group, or map, does not follow those before it. */
static int count_row(table *from, bool *sorted)
{
    source *base = &from->base;
    int map, order = 1;
    if (row_map(from, &from->labels, &map) || (from->grouped && row_owner(from))) return EXIT_TROUBLE;
    ++base->points;
    if (from->grouped) {
        if (base->groups) order = !strcmp(from->owner, from->group) ? 0 : natural_order(from->owner, from->group) > 0 ? 1 : -1;
        base->groups += order > 0;
        if (map >= base->maps) base->maps = map + 1;
        if (order > 0) begin_group(from);
    } else {
        order = map + 1 >= base->groups ? 0 : -1;
        base->groups = map + 1;
    }
    *sorted = order >= 0 && base->groups * (base->maps + 1) <= INT32_MAX;
    return EXIT_FINE;
}

static int count_rows(table *from, bool *sorted)
{
    progress bar = progress_start("MB of the table");
    int status = EXIT_FINE;
    for (bool more = true; !status && more && *sorted;) {
        status = count_row(from, sorted) || table_next(&from->text, &from->row, &more);
        progress_show(&bar, from->text.file_read >> 20, from->text.file_size >> 20);
    }
    progress_end(&bar);
    return status;
}

static int reserve(table *from, size_t count)
{
    if (count <= from->capacity) return EXIT_FINE;
    cvh_keypoint *points = realloc(from->points, 2 * count * sizeof *points);
    if (!points) return trouble("no memory for %zu keypoints", 2 * count);
    from->points = points;
    cvh_gaussian *gaussians = rows_have_own(from) ? realloc(from->gaussians, 2 * count * sizeof *gaussians) : NULL;
    if (rows_have_own(from) && !gaussians) return trouble("no memory for %zu keypoints", 2 * count);
    from->gaussians = gaussians;
    from->capacity = 2 * count;
    return EXIT_FINE;
}

/* Makes the waiting row keypoint `index` of the group; *belongs is false, and the row waits on, where it is another group's. */
static int take_row(table *from, size_t index, bool *belongs)
{
    if (row_numbers(from) || (from->grouped && row_owner(from)) || reserve(from, index + 1)) return EXIT_TROUBLE;
    row_point said = row_keypoint(from, 0);
    if (row_label(from, &from->labels, &said.point.map)) return EXIT_TROUBLE;
    *belongs = from->grouped ? !index || !strcmp(from->owner, from->group) : said.point.map == from->next_group;
    if (!*belongs) return EXIT_FINE;
    if (from->grouped && !index) begin_group(from);
    if (!from->grouped) said.point.map = 0;
    from->points[index] = said.point;
    if (from->gaussians) from->gaussians[index] = said.own;
    from->base.below_score += said.below;
    return EXIT_FINE;
}

static int sorted_next(source *base, keypoint_group *out)
{
    table *from = (table *)base;
    size_t count = 0;
    for (bool belongs = true; from->waits; count += belongs) {
        if (take_row(from, count, &belongs)) return EXIT_TROUBLE;
        if (!belongs) break;
        if (table_next(&from->text, &from->row, &from->waits)) return EXIT_TROUBLE;
    }
    for (size_t i = 0; from->gaussians && i < count; ++i) from->points[i].gaussian = &from->gaussians[i];
    *out = (keypoint_group){.points = from->points, .count = count, .name = from->grouped ? from->group : NULL};
    from->rest -= (int64_t)count;
    /* GCOVR_EXCL_START: takes a file that is written to between its two readings */
    if (++from->next_group == base->groups && (from->waits || from->rest))
        return table_trouble(&from->text, from->text.line, "the file changed while it was read");
    /* GCOVR_EXCL_STOP */
    return EXIT_FINE;
}

int table_sort_source(table *from, bool *sorted)
{
    source *base = &from->base;
    const int64_t header = from->text.rows - 1;
    if (count_rows(from, sorted) || table_restart(&from->text, header)) return EXIT_TROUBLE;
    if (table_next(&from->text, &from->row, &from->waits)) return EXIT_TROUBLE;
    if (!from->grouped) base->maps = 1;
    base->loose = !from->grouped;
    base->what = base->loose ? "maps" : "groups";
    if (from->labels.count) base->names = (const char *const *)from->labels.all;
    from->rest = base->points;
    base->next = sorted_next;
    return EXIT_FINE;
}
