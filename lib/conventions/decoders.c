/* SPDX-License-Identifier: Apache-2.0
 * The decoders of the field by name, each as the project's own code reads its maps. Peers compare floats: where a project takes
 * values at its threshold too, the threshold is the real number just below the float. */
#include "conventions/decoders.h"

#include <math.h>

#include "base/status.h"
#include "conventions/names.h"

#define ANY ((double)-INFINITY)
#define AS_PUBLISHED .step = CVH_STEP_PUBLISHED
#define DARK_STEP .refine = CVH_REFINE_DARK, .guard = CVH_GUARD_DARK, AS_PUBLISHED
#define UDP_STEP .refine = CVH_REFINE_UDP, .outside = CVH_BORDER_REPLICATE, AS_PUBLISHED
#define CENTROID(rule, radius) .refine = CVH_REFINE_##rule, .window = (radius), AS_PUBLISHED
#define SIGN_STEP .refine = CVH_REFINE_SIGN, .outside = CVH_BORDER_CONSTANT
#define GREY_SCORE .score_scale = 1.0 / 255, .score_bias = 0.5
#define MSPN_STEP                                                                                                              \
  .threshold = ANY, .blur_border = CVH_BORDER_CONSTANT, .blur_search = 1, .refine = CVH_REFINE_SECOND_PEAK,                    \
  .score = CVH_SCORE_ROUNDED, GREY_SCORE
#define BLURRED_CLASS                                                                                                          \
  .blur_border = CVH_BORDER_REFLECT_101, .blur_search = 1, .refine = CVH_REFINE_NONE, .score = CVH_SCORE_SEARCHED
#define SLEAP_PEAKS .threshold = (double)0.2f, .ties = CVH_TIES_DROP, .order = CVH_ORDER_RASTER

const cvh_named_decoder cvh_decoder_table[CVH_DECODER_COUNT] = {
    /* Ours: the least-squares Gaussian, the same with one width, and DARK's step with a stencil and a blur that stay on the
       map. */
    [CVH_DECODER_FIT] = {"fit", {.refine = CVH_REFINE_FIT}},
    [CVH_DECODER_FIT_TIED] = {"fit_tied", {.refine = CVH_REFINE_FIT_TIED}},
    [CVH_DECODER_NEWTON] = {"newton", {.blur_ksize = 11, .refine = CVH_REFINE_UDP, .max_step = 2}},

    /* mmpose get_heatmap_maximum, HRNet get_max_preds. */
    [CVH_DECODER_ARGMAX] = {"argmax", {.refine = CVH_REFINE_NONE}},
    /* HRNet (Sun et al., CVPR 2019) core/inference.py get_final_preds; Simple Baselines (Xiao et al., ECCV 2018). */
    [CVH_DECODER_HRNET] = {"hrnet", {SIGN_STEP, .guard = CVH_GUARD_HRNET}},
    /* mmpose MSRAHeatmap.decode, refine_keypoints; mmdeploy's C++ head. */
    [CVH_DECODER_MMPOSE_MSRA] = {"mmpose_msra", {SIGN_STEP, .guard = CVH_GUARD_MMPOSE}},
    [CVH_DECODER_MMDEPLOY_MSRA] = {"mmdeploy_msra", {SIGN_STEP, .guard = CVH_GUARD_HRNET}},

    /* DARK (Zhang et al., CVPR 2020): DarkPose get_final_preds; mmpose refine_keypoints_dark; mmdeploy; PaddleDetection
     * deploy/cpp get_final_preds. */
    [CVH_DECODER_DARKPOSE] = {"darkpose", {.blur_ksize = 11, .blur_border = CVH_BORDER_CONSTANT, DARK_STEP}},
    [CVH_DECODER_MMPOSE_DARK] = {"mmpose_dark", {.blur_ksize = 11, .blur_border = CVH_BORDER_CONSTANT, DARK_STEP}},
    [CVH_DECODER_MMDEPLOY_DARK] = {"mmdeploy_dark", {.blur_ksize = 11, .blur_border = CVH_BORDER_CONSTANT, DARK_STEP}},
    [CVH_DECODER_PADDLE_DARK] = {"paddle_dark",
                                 {.threshold = ANY, .blur_ksize = 3, .blur_border = CVH_BORDER_REFLECT_101, DARK_STEP}},

    /* UDP (Huang et al., CVPR 2020): mmpose refine_keypoints_dark_udp; mmdeploy; transformers' ViTPose, whose blur always has
     * sigma 0.8. */
    [CVH_DECODER_MMPOSE_UDP] = {"mmpose_udp", {.blur_ksize = 11, .blur_border = CVH_BORDER_CONSTANT, UDP_STEP}},
    [CVH_DECODER_MMDEPLOY_UDP] = {"mmdeploy_udp", {.blur_ksize = 11, .blur_border = CVH_BORDER_REFLECT_101, UDP_STEP}},
    [CVH_DECODER_TRANSFORMERS_VITPOSE] = {"transformers_vitpose",
                                          {.blur_ksize = 11, .blur_sigma = 0.8, .blur_border = CVH_BORDER_REFLECT, UDP_STEP}},

    /* mmpose MegviiHeatmap.decode and MSPN (Li et al., 2019) exps/.../test.py get_results, for COCO and MPII: maps of 0..255.
     */
    [CVH_DECODER_MMPOSE_MEGVII] = {"mmpose_megvii",
                                   {.blur_ksize = 11,
                                    .blur_border = CVH_BORDER_CONSTANT,
                                    .blur_search = 1,
                                    SIGN_STEP,
                                    .guard = CVH_GUARD_HRNET,
                                    .shift = 0.5,
                                    .score = CVH_SCORE_MAXIMUM,
                                    GREY_SCORE}},
    [CVH_DECODER_MSPN] = {"mspn", {.blur_ksize = 5, MSPN_STEP}},
    [CVH_DECODER_MSPN_MPII] = {"mspn_mpii", {.blur_ksize = 9, MSPN_STEP}},

    /* SLEAP (Pereira et al., 2022) nn/peak_finding.py find_global_peaks (>= 0.2) and find_local_peaks (> 0.2), refinement
     * "integral" with crop size 5, "local", or none. */
    [CVH_DECODER_SLEAP_INTEGRAL] = {"sleap_integral", {.threshold = 0.2, CENTROID(CENTROID, 2)}},
    [CVH_DECODER_SLEAP_LOCAL] = {"sleap_local", {.threshold = 0.2, SIGN_STEP}},
    [CVH_DECODER_SLEAP_PEAKS] = {"sleap_peaks", {SLEAP_PEAKS, .refine = CVH_REFINE_NONE}},
    [CVH_DECODER_SLEAP_PEAKS_INTEGRAL] = {"sleap_peaks_integral", {SLEAP_PEAKS, CENTROID(CENTROID, 2)}},
    [CVH_DECODER_SLEAP_PEAKS_LOCAL] = {"sleap_peaks_local", {SLEAP_PEAKS, SIGN_STEP}},

    /* CenterNet (Zhou et al., 2019) models/decode.py _nms, _topk_channel with K = 100, without offset maps. */
    [CVH_DECODER_CENTERNET] = {"centernet",
                               {.threshold = (double)0.1f, .max_peaks = 100, .refine = CVH_REFINE_NONE, .shift = 0.5}},
    /* mmpose AssociativeEmbedding and SPR: batch_heatmap_nms 5x5, top 30. */
    [CVH_DECODER_MMPOSE_AE] = {"mmpose_ae",
                               {.threshold = (double)0.1f, .radius = 2, .max_peaks = 30, .refine = CVH_REFINE_NONE}},
    [CVH_DECODER_MMPOSE_SPR] = {"mmpose_spr",
                                {.threshold = (double)0.01f, .radius = 2, .max_peaks = 30, .refine = CVH_REFINE_NONE}},
    /* trt_pose plugins find_peaks and refine_peaks (>= 0.1), window 5. */
    [CVH_DECODER_TRT_POSE] = {"trt_pose",
                              {.threshold = 0.1,
                               .radius = 2,
                               .order = CVH_ORDER_RASTER,
                               .max_peaks = 100,
                               CENTROID(CENTROID, 2),
                               .outside = CVH_BORDER_REFLECT_101}},
    /* OpenPose (Cao et al., 2019): maps enlarged to the input's size, from its stride of 8, by resizeAndMergeBase.cpp's
     * resizeAndMergeCpu; nmsBase on the GPU. The half pixel that it adds is one of the picture that it writes on, and left to
     * whoever enlarges to that. */
    [CVH_DECODER_OPENPOSE] = {"openpose",
                              {.threshold = (double)0.05f,
                               .margin = 1,
                               .ties = CVH_TIES_DROP,
                               .order = CVH_ORDER_RASTER,
                               .max_peaks = 127,
                               CENTROID(CENTROID_POSITIVE, 3),
                               .enlarge = 8}},
    /* Integral regression (Sun et al., ECCV 2018): mmpose IntegralRegressionHead with beta 1. */
    [CVH_DECODER_SOFT_ARGMAX] = {"soft_argmax", {.threshold = ANY, .refine = CVH_REFINE_SOFT_ARGMAX, AS_PUBLISHED}},

    /* With offset maps, which stand in the place of a refinement (the conventions of the same names say what they hold).
     * UDP-Pose lib/core/inference.py get_final_preds; mmpose UDPHeatmap.decode, heatmap_type combined, blur_kernel_size 11;
     * DeepLabCut predictors/single_predictor.py HeatmapPredictor, on logits; tfjs-models posenet decodeSinglePose, and the
     * candidates of decodeMultiplePoses, on logits (score >= 0.5). */
    [CVH_DECODER_UDP_COMBINED] = {"udp_combined", {.blur_ksize = 15, BLURRED_CLASS}},
    [CVH_DECODER_MMPOSE_COMBINED] = {"mmpose_combined", {.blur_ksize = 23, BLURRED_CLASS}},
    [CVH_DECODER_DEEPLABCUT] = {"deeplabcut",
                                {.threshold = ANY, .refine = CVH_REFINE_NONE, .activation = CVH_ACTIVATION_SIGMOID}},
    [CVH_DECODER_POSENET] = {"posenet", {.threshold = ANY, .refine = CVH_REFINE_NONE, .activation = CVH_ACTIVATION_SIGMOID}},
    [CVH_DECODER_POSENET_PEAKS] =
        {"posenet_peaks", {.threshold = 0x1.fffffffffffffp-2, .refine = CVH_REFINE_NONE, .activation = CVH_ACTIVATION_SIGMOID}},
};

const char *cvh_decoder_name(int index)
{
    return index >= 0 && index < CVH_DECODER_COUNT ? cvh_decoder_table[index].name : NULL;
}

/* A project's word alone is the decoder that its convention has, where that reads the maps as the project does. "megvii" stood
 * for MSPN's convention and for mmpose's decoder before rows were named after their projects, and still does. */
cvh_status cvh_decoder_find(const char *name, cvh_decoder *out)
{
    static const cvh_alias aliases[] = {
        {"megvii", "mmpose_megvii"}, {"udp", "mmpose_udp"}, {"openpose_add", "openpose"},
        {"sleap", "sleap_integral"}, {NULL, NULL},
    };
    static const cvh_names names = {"decoder", cvh_decoder_name, aliases};
    int row = cvh_names_find(&names, name);
    if (row < 0) return CVH_ERR_ARGUMENT;
    if (!out) return cvh_fail(CVH_ERR_ARGUMENT, "out is NULL; it must point to a cvh_decoder");
    *out = cvh_decoder_table[row].decoder;
    return CVH_OK;
}
