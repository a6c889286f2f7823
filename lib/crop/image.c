/* SPDX-License-Identifier: Apache-2.0
 * The network's input of a crop: the photograph warped, or resized and padded. */
#include <math.h>
#include <stdbool.h>

#include "base/maps.h"
#include "base/overlap.h"
#include "base/status.h"
#include "crop/resize.h"
#include "crop/warp.h"

/* A rectangle of a view, as a view. */
static cvh_maps part_of_view(const cvh_maps *view, int row, int col, int rows, int cols)
{
    cvh_maps part = *view;
    part.data = cvh_sample_at(view, 0, row, col);
    part.rows = rows;
    part.cols = cols;
    return part;
}

static bool is_within(int first, int count, int most)
{
    return first >= 0 && count >= 1 && first <= most - count;
}

static cvh_status check_crop(const cvh_crop *crop)
{
    if (!crop) return cvh_fail(CVH_ERR_ARGUMENT, "crop is NULL; it must point to a cvh_crop");
    if ((int)crop->arithmetic < CVH_ARITHMETIC_PORTABLE || crop->arithmetic > CVH_ARITHMETIC_OPENCV)
        return cvh_fail(CVH_ERR_ARGUMENT, "crop: arithmetic is %d; it must be %d or %d", (int)crop->arithmetic,
                        CVH_ARITHMETIC_PORTABLE, CVH_ARITHMETIC_OPENCV);
    if (!(fabs(crop->outside) <= 1e300))
        return cvh_fail(CVH_ERR_ARGUMENT, "crop: outside is %g; it must be finite, -1e300..1e300", crop->outside);
    return cvh_affine_check("crop: to_input", &crop->to_input);
}

/* The sizes that a crop names, against the views. */
static cvh_status check_sizes(const cvh_crop *crop, const cvh_maps *photo, const cvh_maps *input)
{
    if (crop->photo_rows != 0 && (photo->rows != crop->photo_rows || photo->cols != crop->photo_cols))
        return cvh_fail(CVH_ERR_ARGUMENT, "photo is %dx%d; it must be %dx%d, as the crop was fitted", photo->rows, photo->cols,
                        crop->photo_rows, crop->photo_cols);
    if (input->rows != crop->input_rows || input->cols != crop->input_cols)
        return cvh_fail(CVH_ERR_ARGUMENT, "input is %dx%d; it must be %dx%d, as the crop is", input->rows, input->cols,
                        crop->input_rows, crop->input_cols);
    if (crop->part_rows != 0
        && !(is_within(crop->part_row, crop->part_rows, photo->rows)
             && is_within(crop->part_col, crop->part_cols, photo->cols)))
        return cvh_fail(CVH_ERR_ARGUMENT, "crop: the part is %dx%d from row %d, column %d; the photograph is %dx%d",
                        crop->part_rows, crop->part_cols, crop->part_row, crop->part_col, photo->rows, photo->cols);
    return CVH_OK;
}

/* The part that is the source, and the crop's map for its own pixels. */
static cvh_maps take_part(const cvh_crop *crop, const cvh_maps *photo, cvh_affine *to_input)
{
    *to_input = crop->to_input;
    if (crop->part_rows == 0) return *photo;
    double x = crop->part_col, y = crop->part_row;
    to_input->x0 += to_input->xx * x + to_input->xy * y;
    to_input->y0 += to_input->yx * x + to_input->yy * y;
    return part_of_view(photo, crop->part_row, crop->part_col, crop->part_rows, crop->part_cols);
}

/* ------------------------------------------------------------------------------------------------------ resized and padded */

static cvh_status check_resized(const cvh_crop *crop, const cvh_maps *photo, const cvh_maps *input)
{
    if (photo->depth != CVH_8U || input->depth != CVH_8U)
        return cvh_fail(CVH_ERR_ARGUMENT, "photo's depth is %d and input's %d; a crop that resizes takes CVH_8U (0)",
                        (int)photo->depth, (int)input->depth);
    if (photo->count != input->count)
        return cvh_fail(CVH_ERR_ARGUMENT, "input has %d channels; it must have photo's %d", input->count, photo->count);
    if (!cvh_maps_apart(photo, input)) return cvh_fail(CVH_ERR_ARGUMENT, "input overlaps photo; they must share no memory");
    if (is_within(crop->pad_top, crop->resized_rows, input->rows) && is_within(crop->pad_left, crop->resized_cols, input->cols))
        return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "crop: %dx%d resized pixels from row %d, column %d do not lie in the input of %dx%d",
                    crop->resized_rows, crop->resized_cols, crop->pad_top, crop->pad_left, input->rows, input->cols);
}

static void fill(const cvh_maps *input, double outside)
{
    double whole = rint(outside);
    unsigned char value = (unsigned char)(whole < 0 ? 0 : whole > 255 ? 255 : whole);
    for (int map = 0; map < input->count; map++)
        for (int row = 0; row < input->rows; row++)
            for (int col = 0; col < input->cols; col++) *(unsigned char *)cvh_sample_at(input, map, row, col) = value;
}

static cvh_status resize(const cvh_crop *crop, const cvh_maps *photo, const cvh_maps *input)
{
    if (check_resized(crop, photo, input)) return CVH_ERR_ARGUMENT;
    cvh_maps inner = part_of_view(input, crop->pad_top, crop->pad_left, crop->resized_rows, crop->resized_cols);
    if (inner.rows < input->rows || inner.cols < input->cols) fill(input, crop->outside);
    cvh_resize8u(photo, &inner);
    return CVH_OK;
}

cvh_status cvh_crop_image(const cvh_crop *crop, const cvh_maps *photo, const cvh_maps *input)
{
    cvh_maps from, to;
    if (check_crop(crop) || cvh_maps_check("photo", photo, CVH_DEPTHS_OPENCV, &from)
        || cvh_maps_check("input", input, CVH_DEPTHS_OPENCV, &to) || check_sizes(crop, &from, &to))
        return CVH_ERR_ARGUMENT;
    cvh_affine to_input;
    cvh_maps part = take_part(crop, &from, &to_input);
    if (crop->resized_rows != 0 || crop->resized_cols != 0) return resize(crop, &part, &to);
    cvh_warp_job job;
    cvh_status status = cvh_warp_check(&part, &to, &to_input, crop->outside, &job);
    return status ? status : cvh_warp_as(&job, crop->arithmetic);
}
