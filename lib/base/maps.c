/* SPDX-License-Identifier: Apache-2.0 */
#include "base/maps.h"

#include <string.h>

#include "base/status.h"

cvh_maps cvh_maps_view(const void *data, int count, int rows, int cols, cvh_depth depth)
{
    return (cvh_maps){.data = (void *)data, .count = count, .rows = rows, .cols = cols, .depth = depth};
}

cvh_maps cvh_maps_interleaved(const void *data, int channels, int rows, int cols, cvh_depth depth, size_t row_step)
{
    const cvh_depth_row *row = cvh_depth_find((int)depth);
    size_t size = row ? row->size : 0;
    size_t col_step = channels > 0 ? (size_t)channels * size : 0;
    return (cvh_maps){.data = (void *)data,
                      .count = channels,
                      .rows = rows,
                      .cols = cols,
                      .depth = depth,
                      .map_step = size,
                      .row_step = row_step,
                      .col_step = col_step};
}

/* step * count > most - extent, without a division where the numbers are those of every day: extent is at most step, and count
 * at most CVH_MAX_COUNT. */
static bool beyond_memory(size_t step, size_t count, size_t extent)
{
    bool small = step < (size_t)1 << 31 && sizeof(size_t) > 4;
    return !small && step > (PTRDIFF_MAX - extent) / count;
}

/* One dimension of a view: `count` samples or blocks of samples, `step` bytes apart. */
typedef struct dimension {
    const char *name;
    size_t step, count;
} dimension;

/* The dimensions longer than 1 (the steps of the others are not used), innermost first. */
typedef struct dimensions {
    dimension all[3];
    const dimension *sorted[3];
    int used;
} dimensions;

static void sort_dimensions(const cvh_maps *view, int maps, dimensions *d)
{
    d->all[0] = (dimension){"col_step", view->col_step, (size_t)view->cols};
    d->all[1] = (dimension){"row_step", view->row_step, (size_t)view->rows};
    d->all[2] = (dimension){"map_step", view->map_step, (size_t)maps};
    d->used = 0;
    for (int i = 0; i < 3; i++) {
        if (d->all[i].count == 1) continue;
        int at = d->used++;
        for (; at > 0 && d->sorted[at - 1]->step > d->all[i].step; at--) d->sorted[at] = d->sorted[at - 1];
        d->sorted[at] = &d->all[i];
    }
}

/* True where all samples lie one behind the other, in order. */
static bool is_packed(const cvh_maps *view, size_t size)
{
    return view->col_step == size && view->row_step == (size_t)view->cols * view->col_step
           && view->map_step == (size_t)view->rows * view->row_step;
}

/* Samples do not overlap where each step is at least the extent of all that the smaller steps span. */
static cvh_status check_steps(const char *argument, const cvh_maps *view, size_t size)
{
    bool fits = !beyond_memory(view->map_step, (size_t)view->count, 0);
    if (fits && is_packed(view, size)) return CVH_OK;
    dimensions d;
    sort_dimensions(view, view->count, &d);
    size_t extent = size;
    for (int i = 0; i < d.used; i++) {
        const dimension *each = d.sorted[i];
        if (each->step & (size - 1))
            return cvh_fail(CVH_ERR_ARGUMENT, "%s: %s is %zu bytes; it must be a multiple of the sample's %zu", argument,
                            each->name, each->step, size);
        if (each->step < extent)
            return cvh_fail(CVH_ERR_ARGUMENT, "%s: %s is %zu bytes; at least %zu keep samples from overlapping (0: packed)",
                            argument, each->name, each->step, extent);
        if (beyond_memory(each->step, each->count - 1, extent))
            return cvh_fail(CVH_ERR_ARGUMENT, "%s: %s is %zu bytes; with %zu of them the view is larger than memory", argument,
                            each->name, each->step, each->count);
        extent += each->step * (each->count - 1);
    }
    return CVH_OK;
}

static cvh_status check_range(const char *argument, const char *field, int value, int most)
{
    if (value >= 1 && value <= most) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "%s: %s is %d; it must be 1..%d", argument, field, value, most);
}

static cvh_status check_depth(const char *argument, cvh_depth depth, cvh_depths takers)
{
    char list[CVH_DEPTH_LIST];
    const cvh_depth_row *row = cvh_depth_find((int)depth);
    if (row && row->takers & (unsigned)takers) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "%s: depth is %d%s%s%s; it must be %s%s", argument, (int)depth, row ? " (" : "",
                    row ? row->name : "", row ? ")" : "", cvh_depth_list(takers, list),
                    row ? ", which cvh_convert makes of it" : "");
}

static cvh_status check_coding(const char *argument, const cvh_maps *maps, cvh_depths takers)
{
    if (!(maps->scale >= 0 && maps->scale < INFINITY))
        return cvh_fail(CVH_ERR_ARGUMENT, "%s: scale is %g; it must be above 0 and finite, or 0 for 1", argument, maps->scale);
    if (!isfinite(maps->zero)) return cvh_fail(CVH_ERR_ARGUMENT, "%s: zero is %g; it must be finite", argument, maps->zero);
    if (takers != CVH_DEPTHS_DRAWN || ((maps->scale == 0 || maps->scale == 1) && maps->zero == 0)) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "%s: scale is %g and zero %g; what draws writes values: they must be 0 (or 1) and 0",
                    argument, maps->scale, maps->zero);
}

/* A packed step cannot overflow on its own: a sample is 2^3 bytes at most, a side 2^15; a given one can, unless its dimension
 * has length 1. */
static cvh_status fill_steps(const char *argument, cvh_maps *view, size_t size)
{
    if (!view->col_step) view->col_step = size;
    if (view->cols > 1 && beyond_memory(view->col_step, (size_t)view->cols, 0))
        return cvh_fail(CVH_ERR_ARGUMENT, "%s: col_step is %zu bytes; with %d columns the view is larger than memory", argument,
                        view->col_step, view->cols);
    if (!view->row_step) view->row_step = (size_t)view->cols * view->col_step;
    if (view->rows > 1 && beyond_memory(view->row_step, (size_t)view->rows, 0))
        return cvh_fail(CVH_ERR_ARGUMENT, "%s: row_step is %zu bytes; with %d rows the view is larger than memory", argument,
                        view->row_step, view->rows);
    if (!view->map_step) view->map_step = (size_t)view->rows * view->row_step;
    return CVH_OK;
}

cvh_status cvh_maps_check(const char *argument, const cvh_maps *maps, cvh_depths takers, cvh_maps *view)
{
    if (!maps) return cvh_fail(CVH_ERR_ARGUMENT, "%s is NULL; it must point to a view", argument);
    if (!maps->data) return cvh_fail(CVH_ERR_ARGUMENT, "%s: data is NULL; it must point to the samples", argument);
    if (check_range(argument, "count", maps->count, CVH_MAX_COUNT) || check_range(argument, "rows", maps->rows, CVH_MAX_SIDE)
        || check_range(argument, "cols", maps->cols, CVH_MAX_SIDE) || check_depth(argument, maps->depth, takers)
        || check_coding(argument, maps, takers))
        return CVH_ERR_ARGUMENT;
    size_t size = cvh_sample_size(maps);
    if ((uintptr_t)maps->data & (size - 1))
        return cvh_fail(CVH_ERR_ARGUMENT, "%s: data is %p; it must be aligned to the sample's %zu bytes", argument, maps->data,
                        size);
    *view = *maps;
    if (view->scale == 0) view->scale = 1;
    if (fill_steps(argument, view, size) || check_steps(argument, view, size)) return CVH_ERR_ARGUMENT;
    if (view->cols == 1) view->col_step = size;
    if (view->rows == 1) view->row_step = (size_t)view->cols * view->col_step;
    if (view->count == 1) view->map_step = (size_t)view->rows * view->row_step;
    return CVH_OK;
}

bool cvh_maps_planar(const cvh_maps *view)
{
    if (is_packed(view, cvh_sample_size(view))) return true;
    dimensions d;
    sort_dimensions(view, view->count, &d);
    return view->count == 1 || d.sorted[d.used - 1]->step == view->map_step;
}

/* Dimensions that lie densely are one memset; the others are walked. */
static void clear_walking(const cvh_maps *view, int first, int count)
{
    static const dimension single = {"", 0, 1};
    dimensions d;
    sort_dimensions(view, count, &d);
    size_t block = cvh_sample_size(view);
    int dense = 0;
    while (dense < d.used && d.sorted[dense]->step == block) block *= d.sorted[dense++]->count;
    const dimension *left[3] = {&single, &single, &single};
    for (int i = dense; i < d.used; i++) left[i - dense] = d.sorted[i];

    unsigned char *start = (unsigned char *)view->data + (size_t)first * view->map_step;
    for (size_t k = 0; k < left[2]->count; k++)
        for (size_t j = 0; j < left[1]->count; j++)
            for (size_t i = 0; i < left[0]->count; i++)
                memset(start + k * left[2]->step + j * left[1]->step + i * left[0]->step, 0, block);
}

void cvh_maps_clear(const cvh_maps *view, int first, int count)
{
    if (is_packed(view, cvh_sample_size(view)))
        memset(cvh_row_at(view, first, 0), 0, (size_t)count * view->map_step);
    else
        clear_walking(view, first, count);
}
