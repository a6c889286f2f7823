/* SPDX-License-Identifier: Apache-2.0
 * Offset maps beside maps. */
#include "input/offsets.h"

#include <stdio.h>
#include <string.h>

#include "base/names.h"

/* x and y in turn, x or y first; or all x, then all y, or the other way. */
const char *const offset_order_names[] = {"xy", "yx", "xxyy", "yyxx", NULL};
enum { ORDER_XY, ORDER_YX, ORDER_XXYY, ORDER_YYXX };

int offsets_load(offset_files *from, const tensor_reading *how)
{
    tensor_reading plain = *how;
    plain.sigmoid = false;
    if ((size_t)snprintf(from->first, sizeof from->first, "%s", from->names) >= sizeof from->first)
        return trouble("--offsets is longer than %zu bytes", sizeof from->first - 1);
    char *comma = strchr(from->first, ',');
    if (comma) *comma = '\0';
    from->second = comma ? comma + 1 : NULL;
    if (tensor_load(from->first, &plain, &from->x)) return EXIT_TROUBLE;
    return from->second ? tensor_load(from->second, &plain, &from->y) : EXIT_FINE;
}

/* Every `stride`-th map of `all` from `first` on. */
static cvh_maps part(const cvh_maps *all, int first, int stride, int count)
{
    cvh_maps made = *all;
    made.data = (char *)made.data + (size_t)first * all->map_step;
    made.map_step = (size_t)stride * all->map_step;
    made.count = count;
    return made;
}

/* The maps of image `image`, where the file's own sides do not tell images apart: so many maps for each. */
static int image_of(const tensor *from, int64_t image, int maps, const char *name, cvh_maps *out)
{
    if (from->batched) {
        if (image >= from->images)
            return trouble("%s holds %lld images of offsets; there are more images of maps", name, (long long)from->images);
        *out = tensor_image(from, image);
        return EXIT_FINE;
    }
    if ((image + 1) * maps > from->first.count)
        return trouble("%s holds %d maps of offsets; %lld are wanted", name, from->first.count,
                       (long long)((image + 1) * maps));
    *out = part(&from->first, (int)(image * maps), 1, maps);
    return EXIT_FINE;
}

int offsets_of(const offset_files *from, int64_t image, int maps, cvh_maps *dx, cvh_maps *dy)
{
    cvh_maps all = {0};
    if (from->second) {
        const int x = from->x.first.count == 1 ? 1 : maps, y = from->y.first.count == 1 ? 1 : maps;
        return image_of(&from->x, image, x, from->first, dx) || image_of(&from->y, image, y, from->second, dy) ? EXIT_TROUBLE
                                                                                                               : EXIT_FINE;
    }
    const int pairs = from->x.first.count == 2 ? 1 : maps;
    if (image_of(&from->x, image, 2 * pairs, from->first, &all)) return EXIT_TROUBLE;
    if (all.count != 2 * pairs)
        return trouble("%s holds %d maps of offsets an image; 2 or %d are wanted", from->first, all.count, 2 * maps);
    const bool turns = from->order <= ORDER_YX, swapped = from->order == ORDER_YX || from->order == ORDER_YYXX;
    *(swapped ? dy : dx) = part(&all, 0, turns ? 2 : 1, pairs);
    *(swapped ? dx : dy) = part(&all, turns ? 1 : pairs, turns ? 2 : 1, pairs);
    return EXIT_FINE;
}

void offsets_free(offset_files *from)
{
    tensor_free(&from->x);
    tensor_free(&from->y);
}
