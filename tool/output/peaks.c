/* SPDX-License-Identifier: Apache-2.0
 * The peaks that were found, as CSV and as JSON. */
#include "output/peaks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "output/json.h"

cvh_peak *peaks_room(peak_list *list, size_t more)
{
    const size_t wanted = list->count + more;
    if (wanted > list->capacity) {
        const size_t capacity = wanted > 2 * list->capacity ? wanted : 2 * list->capacity;
        cvh_peak *peaks = realloc(list->peaks, capacity * sizeof *peaks);
        if (peaks) list->peaks = peaks;
        int *images = peaks ? realloc(list->images, capacity * sizeof *images) : NULL;
        if (!images) {
            trouble("no memory for %zu peaks", capacity);
            return NULL;
        }
        list->images = images;
        list->capacity = capacity;
    }
    return list->peaks + list->count;
}

void peaks_keep(peak_list *list, size_t count, int64_t image)
{
    for (size_t i = 0; i < count; ++i) list->images[list->count + i] = (int)image;
    list->count += count;
}

void peaks_free(peak_list *list)
{
    free(list->peaks);
    free(list->images);
    memset(list, 0, sizeof *list);
}

void peaks_print(const peak_list *list, const char *group)
{
    printf("%s%smap,x,y,score,found,sigma_x,sigma_y\n", group ? group : "", group ? "," : "");
    for (size_t i = 0; i < list->count; ++i) {
        const cvh_peak *peak = &list->peaks[i];
        if (group) printf("%d,", list->images[i]);
        printf("%d,%s,%s,%s,%s,%s,%s\n", peak->map, number_shortest(peak->x).text, number_shortest(peak->y).text,
               number_shortest(peak->score).text, name_of(found_names, (unsigned)peak->found),
               number_shortest(peak->sigma_x).text, number_shortest(peak->sigma_y).text);
    }
}

static json_t *peak_json(const cvh_peak *peak)
{
    return json_pack("{s:i, s:o, s:o, s:o, s:s, s:o, s:o}", "map", peak->map, "x", json_of_real(peak->x), "y",
                     json_of_real(peak->y), "score", json_of_real(peak->score), "found",
                     name_of(found_names, (unsigned)peak->found), "sigma_x", json_of_real(peak->sigma_x), "sigma_y",
                     json_of_real(peak->sigma_y));
}

json_t *peaks_json(const peak_list *all, const char *group)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < all->count; ++i) {
        json_t *entry = peak_json(&all->peaks[i]);
        const bool failed = group && json_object_set_new(entry, group, json_integer(all->images[i]));
        if (failed) json_decref(entry);
        if (failed || json_array_append_new(list, entry)) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}
