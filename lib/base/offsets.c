/* SPDX-License-Identifier: Apache-2.0 */
#include "base/offsets.h"

#include "base/maps.h"
#include "base/status.h"

static const double MOST_LENGTH = 1e6;
enum { MOST_KSIZE = 31 };

static cvh_status check_integer(const char *field, int value, int most)
{
    if (value >= 0 && value <= most) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "convention: offsets.%s is %d; it must be 0..%d", field, value, most);
}

static cvh_status check_length(const char *field, double value)
{
    if (value >= 0 && value <= MOST_LENGTH) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "convention: offsets.%s is %g; it must be 0..%g", field, value, MOST_LENGTH);
}

cvh_status cvh_offsets_check(const cvh_offsets *offsets)
{
    double ksize = offsets->blur_ksize;
    if (check_integer("unit", (int)offsets->unit, CVH_OFFSET_SIDES) || check_length("length", offsets->length)
        || check_length("disc", offsets->disc) || check_integer("area", (int)offsets->area, CVH_OFFSET_CELL))
        return CVH_ERR_ARGUMENT;
    if (ksize != 0 && !(ksize >= 1 && ksize <= MOST_KSIZE && fmod(ksize, 2) == 1))
        return cvh_fail(CVH_ERR_ARGUMENT, "convention: offsets.blur_ksize is %g; it must be 0 or odd, 1..%d", ksize,
                        MOST_KSIZE);
    if (offsets->area == CVH_OFFSET_DISC && offsets->disc == 0)
        return cvh_fail(CVH_ERR_ARGUMENT, "convention: offsets.disc is 0; with area CVH_OFFSET_DISC it must be a radius");
    return CVH_OK;
}

cvh_status cvh_offset_view_check(const char *argument, const cvh_maps *maps, cvh_depths takers, const cvh_maps *view,
                                 cvh_maps *checked)
{
    if (cvh_maps_check(argument, maps, takers, checked)) return CVH_ERR_ARGUMENT;
    bool fits =
        (checked->count == 1 || checked->count == view->count) && checked->rows == view->rows && checked->cols == view->cols;
    if (fits) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "%s is %d maps of %dx%d; it must be 1 or %d of %dx%d, as maps", argument, checked->count,
                    checked->rows, checked->cols, view->count, view->rows, view->cols);
}

cvh_position cvh_offsets_unit(const cvh_offsets *offsets, const cvh_frame *frame, const cvh_maps *view)
{
    double side = view->rows > view->cols ? view->rows : view->cols;
    switch (offsets->unit) {
    case CVH_OFFSET_INPUT: return frame->scale;
    case CVH_OFFSET_SIDES: return (cvh_position){side, side};
    case CVH_OFFSET_PIXELS: break;
    }
    return (cvh_position){1, 1};
}

cvh_position cvh_offsets_length(const cvh_offsets *offsets, const cvh_frame *frame, const cvh_maps *view)
{
    double length = offsets->length == 0 ? 1 : offsets->length;
    cvh_position unit = cvh_offsets_unit(offsets, frame, view);
    return (cvh_position){length * unit.x, length * unit.y};
}
