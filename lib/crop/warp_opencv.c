/* SPDX-License-Identifier: Apache-2.0
 * cv::warpAffine itself, from C. OpenCV takes pixels of interleaved channels; any other layout goes through scratch memory, so
 * that a photograph has the same bits in every layout: OpenCV 5 calculates one way with 1, 3 and 4 channels, another way with
 * any other number. */
#include "crop/warp_opencv.h"

#include <stdlib.h>
#include <string.h>

#include "base/maps.h"
#include "base/status.h"
#include "shim/warp.h"

/* Rows are then no nearer to each other than a row is long, since samples do not overlap. */
static bool is_interleaved(const cvh_maps *view)
{
    size_t size = cvh_sample_size(view), pixel = (size_t)view->count * size;
    return (view->count == 1 || view->map_step == size) && (view->cols == 1 || view->col_step == pixel);
}

/* A view of packed pixels like `view`; its data is to come. */
static cvh_maps packed_like(const cvh_maps *view)
{
    cvh_maps packed = cvh_maps_interleaved(NULL, view->count, view->rows, view->cols, view->depth, 0);
    packed.row_step = (size_t)packed.cols * packed.col_step;
    return packed;
}

static size_t bytes_of(const cvh_maps *packed)
{
    return (size_t)packed->rows * packed->row_step;
}

static void copy(const cvh_maps *from, const cvh_maps *to)
{
    size_t size = cvh_sample_size(from);
    for (int row = 0; row < from->rows; row++)
        for (int map = 0; map < from->count; map++) {
            const unsigned char *source = cvh_row_at(from, map, row);
            unsigned char *target = cvh_row_at(to, map, row);
            for (int col = 0; col < from->cols; col++)
                memcpy(target + (size_t)col * to->col_step, source + (size_t)col * from->col_step, size);
        }
}

static cvh_shim_image image_of(const cvh_maps *view)
{
    size_t packed = (size_t)view->cols * (size_t)view->count * cvh_sample_size(view);
    return (cvh_shim_image){.data = view->data,
                            .rows = view->rows,
                            .cols = view->cols,
                            .depth = (int)view->depth,
                            .step = view->rows == 1 ? packed : view->row_step};
}

/* Both views are interleaved. */
static cvh_status warp_pixels(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside)
{
    char message[400] = "";
    const double matrix[6] = {to_input->xx, to_input->xy, to_input->x0, to_input->yx, to_input->yy, to_input->y0};
    cvh_shim_image from = image_of(photo), to = image_of(input);
    switch (cvh_shim_warp_affine(&from, &to, photo->count, matrix, outside, message, sizeof message)) {
    case CVH_SHIM_OK: return CVH_OK;
    case CVH_SHIM_MEMORY: return cvh_fail(CVH_ERR_MEMORY, "cv::warpAffine ran out of memory: %s", message);
    case CVH_SHIM_OPENCV:
    case CVH_SHIM_ABSENT: break;
    }
    return cvh_fail(CVH_ERR_OPENCV, "cv::warpAffine: %s", message);
}

cvh_status cvh_warp_opencv(const cvh_warp_job *job, const cvh_affine *to_input)
{
    bool from_scratch = !is_interleaved(&job->photo), to_scratch = !is_interleaved(&job->input);
    cvh_maps photo = from_scratch ? packed_like(&job->photo) : job->photo;
    cvh_maps input = to_scratch ? packed_like(&job->input) : job->input;
    size_t before = from_scratch ? bytes_of(&photo) : 0, behind = to_scratch ? bytes_of(&input) : 0;
    unsigned char *scratch = NULL;
    if (before + behind > 0) {
        scratch = malloc(before + behind);
        if (!scratch) return cvh_fail(CVH_ERR_MEMORY, "out of memory: %zu bytes of packed pixels", before + behind);
        if (from_scratch) photo.data = scratch;
        if (to_scratch) input.data = scratch + before;
    }
    if (from_scratch) copy(&job->photo, &photo);
    cvh_status status = warp_pixels(&photo, &input, to_input, job->outside);
    if (!status && to_scratch) copy(&input, &job->input);
    free(scratch);
    return status;
}
