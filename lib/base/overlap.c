/* SPDX-License-Identifier: Apache-2.0 */
#include "base/overlap.h"

#include "base/maps.h"

static uintptr_t end_of(const cvh_maps *view)
{
    return (uintptr_t)cvh_sample_at(view, view->count - 1, view->rows - 1, view->cols - 1) + cvh_sample_size(view);
}

bool cvh_maps_same(const cvh_maps *a, const cvh_maps *b)
{
    return a->data == b->data && a->map_step == b->map_step && a->row_step == b->row_step && a->col_step == b->col_step;
}

bool cvh_maps_apart(const cvh_maps *a, const cvh_maps *b)
{
    return end_of(a) <= (uintptr_t)b->data || end_of(b) <= (uintptr_t)a->data;
}
