/* SPDX-License-Identifier: Apache-2.0
 * The projects' SimCC by name, a row a project; the sizes of the network's input are what the vectors' lengths say. */
#include "base/status.h"
#include "conventions/names.h"

static const cvh_simcc rows[] = {
    /* RTMPose (Jiang et al., 2023), after SimCC (Li et al., ECCV 2022): mmpose mmpose/codecs/simcc_label.py, SimCCLabel with
     * smoothing_type gaussian, as 84 of its 89 configurations have it. DWPose, RTMW and RTMO's students are the same row. */
    {.name = "simcc_mmpose", .whole_bins = 1, .refine = CVH_REFINE_NONE},
    /* The same with use_dark. */
    {.name = "simcc_mmpose_dark", .whole_bins = 1, .refine = CVH_REFINE_DARK},
    /* The same with smoothing_type standard; label_smooth_weight is `smoothing`, 0 in the project. */
    {.name = "simcc_mmpose_one_hot", .label = CVH_SIMCC_ONE_HOT, .refine = CVH_REFINE_NONE},
    /* mmdeploy's demo and the C++ examples that come with RTMPose: mmpose projects/rtmpose/examples. */
    {.name = "simcc_mmpose_cpp", .whole_bins = 1, .refine = CVH_REFINE_NONE, .score = CVH_SIMCC_SCORE_MAX},
    /* rtmlib rtmlib/tools/pose_estimation/post_processings.py, get_simcc_maximum. */
    {.name = "simcc_rtmlib", .whole_bins = 1, .refine = CVH_REFINE_NONE, .score = CVH_SIMCC_SCORE_MEAN},
    /* DeepLabCut 3 deeplabcut/pose_estimation_pytorch/models/target_generators/sim_cc.py, SimCCGenerator, and
     * predictors/sim_cc.py, SimCCPredictor with apply_softmax. */
    {.name = "simcc_deeplabcut", .whole_bins = 1, .normalize = 1, .refine = CVH_REFINE_NONE, .beta = 150},
};
enum { ROWS = sizeof rows / sizeof *rows };

const char *cvh_simcc_name(int index)
{
    return index >= 0 && index < ROWS ? rows[index].name : NULL;
}

/* The projects are found by their own names too, and their networks by theirs. */
cvh_status cvh_simcc_find(const char *name, cvh_simcc *out)
{
    static const cvh_alias aliases[] = {
        {"mmpose", "simcc_mmpose"},
        {"rtmpose", "simcc_mmpose"},
        {"dwpose", "simcc_mmpose"},
        {"rtmw", "simcc_mmpose"},
        {"rtmlib", "simcc_rtmlib"},
        {"deeplabcut", "simcc_deeplabcut"},
        {NULL, NULL},
    };
    static const cvh_names names = {"SimCC", cvh_simcc_name, aliases};
    int row = cvh_names_find(&names, name);
    if (row < 0) return CVH_ERR_ARGUMENT;
    if (!out) return cvh_fail(CVH_ERR_ARGUMENT, "out is NULL; it must point to a cvh_simcc");
    *out = rows[row];
    return CVH_OK;
}
