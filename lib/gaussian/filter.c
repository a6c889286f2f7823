/* SPDX-License-Identifier: Apache-2.0 */
#include "gaussian/filter.h"

#include <string.h>

#include "base/status.h"

bool cvh_filter_takes(const cvh_maps *view)
{
    return view->col_step == cvh_sample_size(view);
}

cvh_shim_image cvh_filter_image(const cvh_maps *view, int map)
{
    size_t packed = (size_t)view->cols * cvh_sample_size(view);
    return (cvh_shim_image){.data = cvh_row_at(view, map, 0),
                            .rows = view->rows,
                            .cols = view->cols,
                            .depth = (int)view->depth,
                            .step = view->rows == 1 ? packed : view->row_step};
}

cvh_shim_image cvh_filter_scratch(const cvh_maps *view, void *samples)
{
    return (cvh_shim_image){.data = samples,
                            .rows = view->rows,
                            .cols = view->cols,
                            .depth = (int)view->depth,
                            .step = (size_t)view->cols * cvh_sample_size(view)};
}

void cvh_filter_move(const cvh_maps *view, int map, const cvh_box *box, void *scratch, cvh_move move)
{
    size_t size = cvh_sample_size(view);
    for (int row = box->row_lo; row < box->row_hi; row++)
        for (int col = box->col_lo; col < box->col_hi; col++) {
            void *packed = (unsigned char *)scratch + ((size_t)row * (size_t)view->cols + (size_t)col) * size;
            void *sample = cvh_sample_at(view, map, row, col);
            memcpy(move == CVH_MOVE_IN ? packed : sample, move == CVH_MOVE_IN ? sample : packed, size);
        }
}

int cvh_filter_border(cvh_border border)
{
    enum { CV_CONSTANT = 0, CV_REPLICATE = 1, CV_REFLECT = 2, CV_REFLECT_101 = 4 };
    switch (border) {
    case CVH_BORDER_CONSTANT: return CV_CONSTANT;
    case CVH_BORDER_REPLICATE: return CV_REPLICATE;
    case CVH_BORDER_REFLECT: return CV_REFLECT;
    case CVH_BORDER_METHOD:
    case CVH_BORDER_REFLECT_101: break;
    }
    return CV_REFLECT_101;
}

cvh_status cvh_filter_outcome(cvh_shim_result result, const char *message)
{
    switch (result) {
    case CVH_SHIM_OK: return CVH_OK;
    case CVH_SHIM_MEMORY: return cvh_fail(CVH_ERR_MEMORY, "cv::GaussianBlur ran out of memory: %s", message);
    case CVH_SHIM_OPENCV:
    case CVH_SHIM_ABSENT: break;
    }
    return cvh_fail(CVH_ERR_OPENCV, "cv::GaussianBlur: %s", message);
}

cvh_status cvh_filter(const cvh_shim_image *source, const cvh_shim_image *target, const cvh_shim_blur *blur)
{
    char message[CVH_FILTER_MESSAGE] = "";
    return cvh_filter_outcome(cvh_shim_gaussian_blur(source, target, blur, message, sizeof message), message);
}
