/* SPDX-License-Identifier: Apache-2.0 */
#include "encode/rescale.h"

#include "encode/painter.h"

void cvh_rescale_maximum(const cvh_maps *view, int map, const cvh_box *box, double peak)
{
    cvh_painter_loops_of(view->depth)->rescale(view, map, box, NULL, peak);
}

void cvh_rescale_sample(const cvh_maps *view, int map, const cvh_box *box, int row, int col, double peak)
{
    cvh_painter_loops_of(view->depth)->rescale(view, map, box, cvh_sample_at(view, map, row, col), peak);
}
