/* SPDX-License-Identifier: Apache-2.0 */
#include "decode/enlarge.h"

#include <stdlib.h>

#include "base/maps.h"
#include "base/status.h"
#include "shim/resize.h"

cvh_status cvh_enlarge_check(const cvh_maps *view, int times)
{
    int longer = view->rows > view->cols ? view->rows : view->cols;
    if (times <= CVH_MAX_SIDE / longer) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "decoder: enlarge is %d; for maps of %dx%d it must be 0..%d, since a side is at most %d",
                    times, view->rows, view->cols, CVH_MAX_SIDE / longer, CVH_MAX_SIDE);
}

cvh_maps cvh_enlarged_size(const cvh_maps *view, int times)
{
    cvh_maps enlarged = *view;
    enlarged.rows *= times;
    enlarged.cols *= times;
    return enlarged;
}

static uint64_t bytes_of(const cvh_maps *packed)
{
    return (uint64_t)packed->rows * packed->row_step;
}

cvh_status cvh_enlarger_start(const cvh_maps *view, int times, cvh_enlarger *enlarger)
{
    const size_t size = sizeof(float);
    *enlarger = (cvh_enlarger){0};
    if (times == 1) return CVH_OK;
    cvh_maps map = cvh_maps_view(NULL, 1, view->rows, view->cols, CVH_32F), enlarged = cvh_enlarged_size(&map, times);
    map.scale = enlarged.scale = 1;
    map.col_step = enlarged.col_step = size;
    map.row_step = (size_t)map.cols * size;
    enlarged.row_step = (size_t)enlarged.cols * size;
    uint64_t bytes = bytes_of(&map) + bytes_of(&enlarged);
    if (bytes <= SIZE_MAX) map.data = malloc((size_t)bytes); /* GCOVR_EXCL_BR_LINE: never beyond where size_t has 64 bits */
    if (!map.data)
        return cvh_fail(CVH_ERR_MEMORY, "decoder: enlarge %d needs a map of %dx%d; out of memory", times, enlarged.rows,
                        enlarged.cols);
    enlarged.data = (unsigned char *)map.data + bytes_of(&map);
    enlarger->map = map;
    enlarger->enlarged = enlarged;
    return CVH_OK;
}

void cvh_enlarger_end(cvh_enlarger *enlarger)
{
    free(enlarger->map.data);
}

static cvh_shim_image image_of(const cvh_maps *packed)
{
    return (cvh_shim_image){packed->data, packed->rows, packed->cols, (int)packed->depth, packed->row_step};
}

cvh_status cvh_enlarge(const cvh_enlarger *enlarger, const cvh_maps *view, int map)
{
    char message[400] = "";
    cvh_maps one = *view;
    one.data = cvh_row_at(view, map, 0);
    one.count = 1;
    if (cvh_convert(&one, &enlarger->map)) /* GCOVR_EXCL_BR_LINE: a checked view, and memory of our own */
        return CVH_ERR_ARGUMENT;           /* GCOVR_EXCL_LINE: as above */
    cvh_shim_image from = image_of(&enlarger->map), to = image_of(&enlarger->enlarged);
    switch (cvh_shim_resize_cubic(&from, &to, message, sizeof message)) {
    case CVH_SHIM_OK: return CVH_OK;
    case CVH_SHIM_MEMORY: return cvh_fail(CVH_ERR_MEMORY, "decoder: enlarge: cv::resize ran out of memory: %s", message);
    case CVH_SHIM_OPENCV:
    case CVH_SHIM_ABSENT: break;
    }
    return cvh_fail(CVH_ERR_OPENCV, "decoder: enlarge: cv::resize: %s", message);
}
