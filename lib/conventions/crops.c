/* SPDX-License-Identifier: Apache-2.0
 * The crop rules of the field: one table, one row a rule, with the project, file and function its numbers come from. To add
 * one, add a row here and its golden cases to test/crop/test_golden_crop.c. */
#include "base/status.h"
#include "conventions/names.h"

static const cvh_crop_rule crops[] = {
    /* HRNet and Simple Baselines on COCO: lib/dataset/coco.py, _xywh2cs and _load_coco_keypoint_annotation_kernal;
     * lib/utils/transforms.py, get_affine_transform and transform_preds. */
    {.name = "hrnet", .padding = 1.25, .unpadded_at_minus_one = 1, .boxes = CVH_CROP_BOXES_HRNET},

    /* HRNet on MPII: lib/dataset/mpii.py, _get_db. The box is a square of 200 s about the annotated centre. */
    {
        .name = "hrnet_mpii",
        .size = CVH_CROP_SIZE_WIDTH,
        .padding = 1.25,
        .unpadded_at_minus_one = 1,
        .shift_y = 0.075,
        .offset = -1,
    },

    /* UDP-Pose on COCO: lib/dataset/coco.py; lib/dataset/JointsDataset.py, get_warpmatrix; lib/utils/transforms.py,
     * transform_preds. */
    {
        .name = "udp",
        .family = CVH_CROP_UDP,
        .padding = 1.25,
        .unpadded_at_minus_one = 1,
        .boxes = CVH_CROP_BOXES_HRNET,
    },

    /* mmpose 1.x: datasets/transforms/common_transforms.py, GetBBoxCenterScale; topdown_transforms.py, TopdownAffine;
     * models/pose_estimators/topdown.py, add_pred_to_datasample; datasets/datasets/base/base_coco_style_dataset.py. */
    {.name = "mmpose", .padding = 1.25, .boxes = CVH_CROP_BOXES_MMPOSE},

    /* mmpose 1.x with use_udp=True: structures/bbox/transforms.py, get_udp_warp_matrix. Its way back is for the pixels of its
     * UDP codec, U w / (W-1); ours is for those of geometry CORNERS. */
    {.name = "mmpose_udp", .family = CVH_CROP_UDP, .padding = 1.25, .boxes = CVH_CROP_BOXES_MMPOSE},

    /* RTMPose in rtmlib: rtmlib/tools/pose_estimation/pre_processings.py, bbox_xyxy2cs and top_down_affine; rtmpose.py. */
    {.name = "rtmpose", .padding = 1.25},

    /* RTMO in rtmlib: rtmlib/tools/pose_estimation/rtmo.py, preprocess and postprocess. */
    {.name = "rtmo", .family = CVH_CROP_CORNER, .outside = 114},

    /* CenterNet: src/lib/detectors/base_detector.py, pre_process with opt.fix_res; multi_pose.py, post_process. */
    {.name = "centernet", .size = CVH_CROP_SIZE_LONGER},

    /* CenterNet: the same with opt.keep_res. */
    {.name = "centernet_keep", .size = CVH_CROP_SIZE_KEEP},

    /* HigherHRNet: lib/utils/transforms.py, resize_align_multi_scale and get_final_preds, at scale 1. */
    {.name = "higherhrnet", .size = CVH_CROP_SIZE_SHORT_SIDE},

    /* mmpose 1.x bottom-up: datasets/transforms/bottomup_transforms.py, BottomupResize with resize_mode='expand', as its
     * configurations test; models/pose_estimators/bottomup.py, add_pred_to_datasample. */
    {.name = "mmpose_bottomup", .size = CVH_CROP_SIZE_EXPAND},

    /* The same with resize_mode='fit'. */
    {.name = "mmpose_bottomup_fit", .size = CVH_CROP_SIZE_FIT},

    /* Ultralytics: ultralytics/data/augment.py, LetterBox; ultralytics/utils/ops.py, scale_coords of 2026. Before the project's
     * clip. */
    {.name = "letterbox", .family = CVH_CROP_LETTERBOX, .pad = CVH_CROP_PAD_HALF, .outside = 114},

    /* yolov5: utils/augmentations.py, letterbox; utils/general.py, scale_boxes and scale_segments; Ultralytics 8.4.6's
     * scale_coords goes back the same way. Before the clip. */
    {.name = "yolov5", .family = CVH_CROP_LETTERBOX, .pad = CVH_CROP_PAD_EXACT, .outside = 114},

    /* AlphaPose: alphapose/utils/presets/simple_transform.py, test_transform; utils/bbox.py; utils/transforms.py. */
    {.name = "alphapose", .padding = 1.25, .unpadded_at_minus_one = 1, .boxes = CVH_CROP_BOXES_ALPHAPOSE},

    /* ViTPose in transformers: models/vitpose/image_processing_vitpose.py, box_to_center_and_scale, get_warp_matrix and
     * transform_preds. Its picture is scipy's, whose border does not blend; ours is cv::warpAffine's. */
    {.name = "transformers_vitpose", .family = CVH_CROP_UDP, .padding = 1.25},

    /* cv::resize of the photograph to the input, whatever its aspect, and points on the same grid. */
    {.name = "stretch", .family = CVH_CROP_STRETCH},
};

enum { CROPS = sizeof crops / sizeof crops[0] };

const char *cvh_crop_name(int index)
{
    return index >= 0 && index < CROPS ? crops[index].name : NULL;
}

/* mmpose cuts the same box whichever codec draws, DarkPose as HRNet, whose code it is; letterbox is ultralytics', and rtmlib's
 * is RTMPose's. */
cvh_status cvh_crop_find(const char *name, cvh_crop_rule *out)
{
    static const cvh_alias aliases[] = {
        {"mmpose_msra", "mmpose"}, {"mmpose_megvii", "mmpose"},  {"mmpose_dark", "mmpose"},
        {"darkpose", "hrnet"},     {"ultralytics", "letterbox"}, {"yolov8", "letterbox"},
        {"yolo11", "letterbox"},   {"rtmlib", "rtmpose"},        {NULL, NULL},
    };
    static const cvh_names names = {"crop rule", cvh_crop_name, aliases};
    int row = cvh_names_find(&names, name);
    if (row < 0) return CVH_ERR_ARGUMENT;
    if (!out) return cvh_fail(CVH_ERR_ARGUMENT, "out is NULL; it must point to a cvh_crop_rule");
    *out = crops[row];
    return CVH_OK;
}
