/* SPDX-License-Identifier: Apache-2.0
 * A box, a rule and the input's size become a crop. The formulas are cvheatmap/crop.h's, with its symbols: c the centre, S the
 * size, W x H the photograph (or the part that counts as one), w x h the input. */
#include <math.h>
#include <stdbool.h>

#include "base/status.h"
#include "crop/affine.h"
#include "crop/rule.h"

/* Where the person is, and how large the input. */
typedef struct placing {
    cvh_position c, S;
    double w, h;
} placing;

/* A rule for whole photographs: a box is one of its own. */
static bool is_whole(const cvh_crop_rule *rule)
{
    return rule->family >= CVH_CROP_LETTERBOX || rule->size >= CVH_CROP_SIZE_LONGER;
}

/* ------------------------------------------------------------------------------------------------------- centre and size */

/* HRNet lib/dataset/coco.py _xywh2cs; mmpose GetBBoxCenterScale and TopdownAffine; MPII's shift and offset. */
static void place_box(const cvh_crop_rule *rule, const cvh_rect *box, placing *p)
{
    p->c = (cvh_position){box->x + box->width / 2, box->y + box->height / 2};
    p->S = (cvh_position){box->width, box->height};
    double aspect = p->w / p->h;
    if (rule->size == CVH_CROP_SIZE_ASPECT) {
        if (p->S.x > aspect * p->S.y)
            p->S.y = p->S.x / aspect;
        else
            p->S.x = p->S.y * aspect;
    } else if (rule->size == CVH_CROP_SIZE_LONGER) {
        p->S.x = p->S.y = fmax(p->S.x, p->S.y);
    }
    if (!rule->unpadded_at_minus_one || (float)p->c.x != -1) {
        double padding = rule->padding == 0 ? 1 : rule->padding;
        p->c.y += rule->shift_y * box->height;
        p->S = (cvh_position){p->S.x * padding, p->S.y * padding};
    }
    p->c = (cvh_position){p->c.x + rule->offset, p->c.y + rule->offset};
}

/* CenterNet src/lib/detectors/base_detector.py, pre_process with opt.keep_res: (n | pad) + 1. */
static void place_keep(int multiple, int cols, int rows, placing *p)
{
    const int whole_x = cols / multiple, whole_y = rows / multiple, middle_x = cols / 2, middle_y = rows / 2;
    p->w = (whole_x + 1) * multiple;
    p->h = (whole_y + 1) * multiple;
    p->c = (cvh_position){middle_x, middle_y};
    p->S = (cvh_position){p->w, p->h};
}

/* HigherHRNet lib/utils/transforms.py, get_multi_scale_size at scale 1: the long side in multiples of 64, and its size. */
static double long_side(double multiple, int shorter, int longer)
{
    return floor((multiple / shorter * longer + 63) / 64) * 64;
}

static void place_short_side(int cols, int rows, placing *p)
{
    double multiple = floor((fmin(p->w, p->h) + 63) / 64) * 64;
    p->c = (cvh_position){floor(cols / 2.0 + 0.5), floor(rows / 2.0 + 0.5)};
    if (cols < rows) {
        p->w = multiple;
        p->h = long_side(multiple, cols, rows);
        p->S = (cvh_position){cols, p->h / p->w * cols};
    } else {
        p->h = multiple;
        p->w = long_side(multiple, rows, cols);
        p->S = (cvh_position){p->w / p->h * rows, rows};
    }
}

/* mmpose datasets/transforms/bottomup_transforms.py, BottomupResize: the photograph is a x b pixels in the padded input. */
static void place_bottomup(cvh_crop_size size, int cols, int rows, placing *p)
{
    double ratio = (double)cols / rows;
    bool by_width = (ratio > p->w / p->h) == (size == CVH_CROP_SIZE_FIT);
    double a = by_width ? p->w : p->h * ratio, b = by_width ? p->w / ratio : p->h;
    if (size == CVH_CROP_SIZE_EXPAND) {
        p->w = ceil(a / 32) * 32;
        p->h = ceil(b / 32) * 32;
    }
    p->c = (cvh_position){cols / 2.0, rows / 2.0};
    p->S = (cvh_position){cols * p->w / a, rows * p->h / b};
}

static void place(const cvh_crop_rule *rule, const cvh_rect *box, placing *p)
{
    int cols = (int)box->width, rows = (int)box->height; /* whole numbers wherever they are used */
    switch (rule->size) {
    case CVH_CROP_SIZE_KEEP: place_keep(rule->multiple ? rule->multiple : 32, cols, rows, p); return;
    case CVH_CROP_SIZE_SHORT_SIDE: place_short_side(cols, rows, p); return;
    case CVH_CROP_SIZE_FIT:
    case CVH_CROP_SIZE_EXPAND: place_bottomup(rule->size, cols, rows, p); return;
    case CVH_CROP_SIZE_ASPECT:
    case CVH_CROP_SIZE_WIDTH:
    case CVH_CROP_SIZE_AXES:
    case CVH_CROP_SIZE_LONGER: break;
    }
    place_box(rule, box, p);
}

/* ---------------------------------------------------------------------------------------------------- there and back again */

static void fit_affine(const cvh_crop_rule *rule, const placing *p, double rotation, cvh_crop *crop)
{
    double kx = p->w / p->S.x, ky = rule->size == CVH_CROP_SIZE_AXES ? p->h / p->S.y : kx;
    cvh_position turn = cvh_turn(rotation);
    crop->to_input = (cvh_affine){.xx = kx * turn.x, .xy = kx * turn.y, .yx = 0 - ky * turn.y, .yy = ky * turn.x};
    crop->to_input.x0 = p->w / 2 - (crop->to_input.xx * p->c.x + crop->to_input.xy * p->c.y);
    crop->to_input.y0 = p->h / 2 - (crop->to_input.yx * p->c.x + crop->to_input.yy * p->c.y);
    double back_x = p->S.x / p->w, back_y = rule->size == CVH_CROP_SIZE_AXES ? p->S.y / p->h : back_x;
    crop->to_photo =
        (cvh_affine){.xx = back_x, .x0 = p->c.x - p->w / 2 * back_x, .yy = back_y, .y0 = p->c.y - p->h / 2 * back_y};
}

static void fit_udp(const placing *p, double rotation, cvh_crop *crop)
{
    double sx = (p->w - 1) / p->S.x, sy = (p->h - 1) / p->S.y;
    cvh_position turn = cvh_turn(rotation);
    crop->to_input = (cvh_affine){.xx = sx * turn.x, .xy = 0 - sx * turn.y, .yx = sy * turn.y, .yy = sy * turn.x};
    crop->to_input.x0 = (p->w - 1) / 2 - (crop->to_input.xx * p->c.x + crop->to_input.xy * p->c.y);
    crop->to_input.y0 = (p->h - 1) / 2 - (crop->to_input.yx * p->c.x + crop->to_input.yy * p->c.y);
    crop->to_photo = (cvh_affine){
        .xx = p->S.x / (p->w - 1), .x0 = p->c.x - p->S.x / 2, .yy = p->S.y / (p->h - 1), .y0 = p->c.y - p->S.y / 2};
}

/* Ultralytics ultralytics/data/augment.py LetterBox, yolov5 utils/augmentations.py letterbox: the pad before the picture, of
 * what is left on an axis. Python's round is half to even, as rint is. */
static double pad_before(double left)
{
    return rint(left / 2 - 0.1) + 0.0; /* no -0 */
}

/* Ultralytics ultralytics/utils/ops.py scale_coords, yolov5 utils/general.py scale_segments: the way back. */
static void fit_letterbox(const cvh_crop_rule *rule, const cvh_rect *photo, const placing *p, cvh_crop *crop)
{
    double r = fmin(p->w / photo->width, p->h / photo->height);
    double cols = rint(photo->width * r), rows = rint(photo->height * r);
    double left = pad_before(p->w - cols), top = pad_before(p->h - rows);
    cvh_position placed = {left, top}, half = {(p->w - cols) / 2, (p->h - rows) / 2};
    cvh_position exact = {(p->w - photo->width * r) / 2, (p->h - photo->height * r) / 2};
    cvh_position there = rule->pad == CVH_CROP_PAD_EXACT ? half : placed;
    cvh_position back = rule->pad == CVH_CROP_PAD_EXACT ? exact : rule->pad == CVH_CROP_PAD_HALF ? half : placed;
    crop->resized_cols = (int)cols;
    crop->resized_rows = (int)rows;
    crop->pad_left = (int)left;
    crop->pad_top = (int)top;
    crop->to_input = (cvh_affine){.xx = r, .x0 = there.x, .yy = r, .y0 = there.y};
    crop->to_photo = (cvh_affine){.xx = 1 / r, .x0 = -back.x / r, .yy = 1 / r, .y0 = -back.y / r};
}

/* rtmlib rtmlib/tools/pose_estimation/rtmo.py, preprocess and postprocess. */
static void fit_corner(const cvh_rect *photo, const placing *p, cvh_crop *crop)
{
    double r = fmin(p->w / photo->width, p->h / photo->height);
    crop->resized_cols = (int)(photo->width * r);
    crop->resized_rows = (int)(photo->height * r);
    crop->to_input = (cvh_affine){.xx = r, .yy = r};
    crop->to_photo = (cvh_affine){.xx = 1 / r, .yy = 1 / r};
}

/* cv::resize's own grid: pixel centres at half numbers. */
static void fit_stretch(const cvh_rect *photo, const placing *p, cvh_crop *crop)
{
    double kx = p->w / photo->width, ky = p->h / photo->height;
    double back_x = photo->width / p->w, back_y = photo->height / p->h;
    crop->resized_cols = (int)p->w;
    crop->resized_rows = (int)p->h;
    crop->to_input = (cvh_affine){.xx = kx, .x0 = (kx - 1) / 2, .yy = ky, .y0 = (ky - 1) / 2};
    crop->to_photo = (cvh_affine){.xx = back_x, .x0 = (back_x - 1) / 2, .yy = back_y, .y0 = (back_y - 1) / 2};
}

static void fit_family(const cvh_crop_rule *rule, const cvh_rect *box, const placing *p, double rotation, cvh_crop *crop)
{
    switch (rule->family) {
    case CVH_CROP_UDP: fit_udp(p, rotation, crop); return;
    case CVH_CROP_LETTERBOX: fit_letterbox(rule, box, p, crop); return;
    case CVH_CROP_CORNER: fit_corner(box, p, crop); return;
    case CVH_CROP_STRETCH: fit_stretch(box, p, crop); return;
    case CVH_CROP_AFFINE: break;
    }
    fit_affine(rule, p, rotation, crop);
}

/* ----------------------------------------------------------------------------------------------------------------- checks */

static bool resizes(const cvh_crop_rule *rule)
{
    return rule->family >= CVH_CROP_LETTERBOX;
}

static cvh_status check_arguments(const cvh_crop_rule *rule, const cvh_rect *box, int photo_rows, int photo_cols,
                                  int input_rows, int input_cols, double rotation, const cvh_crop *out)
{
    if (cvh_crop_rule_check(rule) || cvh_crop_side_check("photo_rows", photo_rows, 1)
        || cvh_crop_side_check("photo_cols", photo_cols, 1))
        return CVH_ERR_ARGUMENT;
    int least = rule->family == CVH_CROP_UDP ? 2 : 1;
    bool given = rule->size != CVH_CROP_SIZE_KEEP || resizes(rule);
    if (given && (cvh_crop_side_check("input_rows", input_rows, least) || cvh_crop_side_check("input_cols", input_cols, least)))
        return CVH_ERR_ARGUMENT;
    if (box && cvh_rect_check("box", box, 0)) return CVH_ERR_ARGUMENT;
    if (!(fabs(rotation) <= 1e9)) return cvh_fail(CVH_ERR_ARGUMENT, "rotation is %g degrees; it must be -1e9..1e9", rotation);
    if (rotation != 0 && resizes(rule))
        return cvh_fail(CVH_ERR_ARGUMENT, "rotation is %g degrees; it must be 0 where the rule resizes the photograph",
                        rotation);
    if (!out) return cvh_fail(CVH_ERR_ARGUMENT, "out is NULL; it must point to a cvh_crop");
    return CVH_OK;
}

/* The box's whole pixels within the photograph, which become a photograph of their own. */
static cvh_status cut_part(const cvh_rect *box, int photo_rows, int photo_cols, cvh_crop *crop)
{
    double left = fmax(0, floor(box->x)), right = fmin(photo_cols, ceil(box->x + box->width));
    double top = fmax(0, floor(box->y)), bottom = fmin(photo_rows, ceil(box->y + box->height));
    if (!(left < right && top < bottom))
        return cvh_fail(CVH_ERR_ARGUMENT,
                        "box is %g,%g %gx%g; it must hold a pixel of the photograph, which is %d wide and %d high", box->x,
                        box->y, box->width, box->height, photo_cols, photo_rows);
    crop->part_col = (int)left;
    crop->part_row = (int)top;
    crop->part_cols = (int)(right - left);
    crop->part_rows = (int)(bottom - top);
    return CVH_OK;
}

/* The maps of a part that counts as the photograph, for the photograph itself. */
static void move_to_part(cvh_crop *crop)
{
    double x = crop->part_col, y = crop->part_row;
    crop->to_input.x0 -= crop->to_input.xx * x + crop->to_input.xy * y;
    crop->to_input.y0 -= crop->to_input.yx * x + crop->to_input.yy * y;
    crop->to_photo.x0 += x;
    crop->to_photo.y0 += y;
}

static cvh_status check_placing(const cvh_rect *box, const placing *p)
{
    if (p->w > CVH_MAX_SIDE || p->h > CVH_MAX_SIDE)
        return cvh_fail(CVH_ERR_ARGUMENT, "the rule's input is %.0f wide and %.0f high; it must be 1..%d: give a smaller input",
                        p->w, p->h, CVH_MAX_SIDE);
    if (p->S.x > 0 && p->S.y > 0) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "box is %g wide and %g high, a crop of %g x %g; it must have an extent", box->width,
                    box->height, p->S.x, p->S.y);
}

static cvh_status check_result(const cvh_rect *box, const cvh_crop *crop, bool resized)
{
    if (resized && (crop->resized_cols < 1 || crop->resized_rows < 1))
        return cvh_fail(CVH_ERR_ARGUMENT,
                        "the photograph would be resized to %d wide and %d high; it is too narrow for the input",
                        crop->resized_cols, crop->resized_rows);
    if (!cvh_affine_check("to_input", &crop->to_input) && !cvh_affine_check("to_photo", &crop->to_photo)) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "box is %g wide and %g high; an input of %dx%d would enlarge or reduce it too much",
                    box->width, box->height, crop->input_rows, crop->input_cols);
}

cvh_status cvh_crop_fit(const cvh_crop_rule *rule, const cvh_rect *box, int photo_rows, int photo_cols, int input_rows,
                        int input_cols, double rotation, cvh_crop *out)
{
    if (check_arguments(rule, box, photo_rows, photo_cols, input_rows, input_cols, rotation, out)) return CVH_ERR_ARGUMENT;
    cvh_crop crop = {.outside = rule->outside, .photo_rows = photo_rows, .photo_cols = photo_cols};
    cvh_rect whole = {0, 0, photo_cols, photo_rows};
    if (!box) box = &whole;
    if (is_whole(rule) && box != &whole) {
        if (cut_part(box, photo_rows, photo_cols, &crop)) return CVH_ERR_ARGUMENT;
        whole = (cvh_rect){0, 0, crop.part_cols, crop.part_rows};
        box = &whole;
    }
    placing p = {.w = input_cols, .h = input_rows};
    place(rule, box, &p);
    if (check_placing(box, &p)) return CVH_ERR_ARGUMENT;
    crop.input_cols = (int)p.w;
    crop.input_rows = (int)p.h;
    fit_family(rule, box, &p, rotation, &crop);
    if (check_result(box, &crop, resizes(rule))) return CVH_ERR_ARGUMENT;
    move_to_part(&crop);
    *out = crop;
    return CVH_OK;
}
