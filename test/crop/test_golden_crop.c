/* SPDX-License-Identifier: Apache-2.0
 * Crops as the projects' own code made them: centre, size, matrix, points there and back, box rules, pictures. Each case
 * matches within its own tolerance, or is listed with the reason. */
#include "crop/golden_crop.h"

static void left_out(golden_verdict *verdict, const json_t *entry, const subject *s)
{
    (void)entry, (void)s;
    golden_list(verdict, "goes to the actual size and back by the padded one, up to 626 px off; no configuration uses it");
}

static const struct {
    const char *golden;
    void (*check)(golden_verdict *, const json_t *, const subject *);
    subject subject;
} rules[] = {
    {"alphapose_boxes", alphapose_boxes_case, {"alphapose", true, false}},
    {"alphapose_boxrules", boxrule_case, {"alphapose", true, false}},
    {"alphapose_test_transform", person_case, {"alphapose", true, false}},
    {"centernet_affine", given_case, {"centernet", false, false}},
    {"centernet_fix_res", photograph_case, {"centernet", false, false}},
    {"centernet_keep_res", photograph_case, {"centernet_keep", true, false}},
    {"cv_resize", resize_case, {"stretch", false, false}},
    {"cv_warpaffine", warp_case, {"", false, false}},
    {"higherhrnet_resize", photograph_case, {"higherhrnet", false, false}},
    {"hrnet_affine", given_case, {"hrnet", false, false}},
    {"hrnet_boxrules", boxrule_case, {"hrnet", true, false}},
    {"hrnet_coco_det", person_case, {"hrnet", true, false}},
    {"hrnet_coco_gt", person_case, {"hrnet", true, false}},
    {"hrnet_mpii", mpii_case, {"hrnet_mpii", false, false}},
    {"mmpose_bbox_utils", bbox_utils_case, {"mmpose", true, false}},
    {"mmpose_bottomup_resize", photograph_case, {"mmpose_bottomup", true, false}},
    {"mmpose_bottomup_resize_udp", left_out, {"", false, true}},
    {"mmpose_boxrules", boxrule_case, {"mmpose", true, false}},
    {"mmpose_topdown", person_case, {"mmpose", true, false}},
    {"mmpose_topdown_udp", person_case, {"mmpose_udp", true, true}},
    {"mmpose_warp_matrix", given_case, {"mmpose", false, false}},
    {"rtmlib_rtmpose", person_case, {"rtmpose", true, false}},
    {"rtmlib_rtmo", letterbox_case, {"rtmo", false, false}},
    {"transformers_vitpose", person_case, {"vitpose", true, true}},
    {"udp_affine", given_case, {"udp", false, true}},
    {"udp_coco_det", person_case, {"udp", true, true}},
    {"udp_coco_gt", person_case, {"udp", true, true}},
    {"ultralytics_letterbox", letterbox_case, {"letterbox", false, false}},
    {"yolov5_letterbox", letterbox_case, {"yolov5", false, false}},
};

static void check_case(golden_verdict *verdict, const json_t *entry)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (golden_says(entry, "rule", rules[i].golden)) {
            rules[i].check(verdict, entry, &rules[i].subject);
            return;
        }
    golden_fail(verdict, "no check for the rule %s", golden_word(entry, "rule"));
}

START_TEST(every_case)
{
    golden_each(check_case);
}
END_TEST

int main(void)
{
    return golden_main("CVHEATMAP_GOLDEN_CROP", "golden_crop", 120, (const TTest *const[]){every_case, NULL});
}
