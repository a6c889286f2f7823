/* SPDX-License-Identifier: Apache-2.0
 * What data sets do with annotated boxes. */
#include <math.h>
#include <stdbool.h>

#include "base/status.h"
#include "crop/rule.h"

/* One axis of a box: where it begins and ends, in pixels. */
typedef struct edges {
    double low, high;
} edges;

/* Not fmin(fmax(value, 0), most): gcc 12 at -O2 forgets to round its result to float where two such stand side by side. */
static double clip(double value, double most)
{
    if (!(value > 0)) return 0;
    return value < most ? value : most;
}

/* HRNet lib/dataset/coco.py, _load_coco_keypoint_annotation_kernal:
 * x1 = max(0, x); x2 = min(width - 1, x1 + max(0, w - 1)), kept if x2 >= x1. */
static bool clean_hrnet(edges *e, double extent, int side)
{
    e->low = fmax(0, e->low);
    e->high = fmin(side - 1, e->low + fmax(0, extent - 1));
    return e->high >= e->low;
}

/* mmpose datasets/datasets/base/base_coco_style_dataset.py, parse_data_info and _is_valid_instance. */
static bool clean_mmpose(edges *e, double extent, int side)
{
    /* Volatile, since gcc 12 at -O2 makes vectors of both axes and loses the rounding to float. */
    volatile float high = (float)clip(e->low + extent, side - 1), low = (float)clip(e->low, side - 1);
    e->high = (double)high;
    e->low = (double)low;
    return high - low > 0;
}

/* AlphaPose alphapose/utils/bbox.py, bbox_xywh_to_xyxy and bbox_clip_xyxy; datasets/mscoco.py drops what is empty. */
static bool clean_alphapose(edges *e, double extent, int side)
{
    e->high = clip(e->low + fmax(extent - 1, 0), side - 1);
    e->low = clip(e->low, side - 1);
    return e->high > e->low;
}

static bool clean_axis(cvh_crop_boxes boxes, edges *e, double extent, int side)
{
    switch (boxes) {
    case CVH_CROP_BOXES_HRNET: return clean_hrnet(e, extent, side);
    case CVH_CROP_BOXES_MMPOSE: return clean_mmpose(e, extent, side);
    case CVH_CROP_BOXES_ALPHAPOSE: return clean_alphapose(e, extent, side);
    case CVH_CROP_BOXES_ANY: break;
    }
    e->high = e->low + extent;
    return extent > 0;
}

cvh_status cvh_crop_clean(const cvh_crop_rule *rule, const cvh_rect *annotated, int photo_rows, int photo_cols, cvh_rect *box,
                          int *kept)
{
    if (cvh_crop_rule_check(rule)) return CVH_ERR_ARGUMENT;
    if (!annotated) return cvh_fail(CVH_ERR_ARGUMENT, "annotated is NULL; it must point to a box");
    if (!box) return cvh_fail(CVH_ERR_ARGUMENT, "box is NULL; it must point to a cvh_rect");
    if (!kept) return cvh_fail(CVH_ERR_ARGUMENT, "kept is NULL; it must point to an int");
    if (cvh_rect_check("annotated", annotated, -1e9) || cvh_crop_side_check("photo_rows", photo_rows, 1)
        || cvh_crop_side_check("photo_cols", photo_cols, 1))
        return CVH_ERR_ARGUMENT;
    edges x = {annotated->x, 0}, y = {annotated->y, 0};
    bool in_x = clean_axis(rule->boxes, &x, annotated->width, photo_cols);
    bool in_y = clean_axis(rule->boxes, &y, annotated->height, photo_rows);
    *kept = in_x && in_y;
    if (!*kept) return CVH_OK;
    if (rule->boxes == CVH_CROP_BOXES_ANY)
        *box = *annotated;
    else
        *box = (cvh_rect){x.low, y.low, x.high - x.low, y.high - y.low};
    return CVH_OK;
}
