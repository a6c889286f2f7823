/* SPDX-License-Identifier: Apache-2.0
 * The named conventions of the field: one table, one row a convention. To add one, add a row here and its closed form to
 * test/support/closed_form.h. */
#include "base/status.h"
#include "conventions/decoders.h"
#include "conventions/names.h"

/* Every row takes heatmap pixels (scale 1, offset 0) until cvh_convention_fit applies its geometry, and holds its project's
 * default lengths. Where the project takes sigma as an argument or from a box, sigma and ksize are 0, and a keypoint that
 * brings no gaussian of its own is refused. A project that reads its maps in a way of its own has its decoder here. A field
 * that is not named is what cvheatmap.h gives as its default. */
static const cvh_convention conventions[] = {
    /* The two-method tutorial, method 1: cv::GaussianBlur(15 x 15, sigma 2) of the lit pixel, then heatmap /= max / 255. */
    {
        .name = "tutorial_blur",
        .method = CVH_METHOD_BLUR,
        .gaussian = {.sigma_x = 2, .ksize_x = 15, .peak = 255},
        .norm = CVH_NORM_MAX,
    },

    /* The same tutorial, method 2: a window of radius 3 sigma, or of 7 to match method 1. Its rows and columns are exchanged
     * where it clips; ours are not. */
    {
        .name = "tutorial_patch",
        .gaussian = {.sigma_x = 2, .peak = 255},
        .overlap = CVH_OVERLAP_REPLACE,
        .norm = CVH_NORM_MAX,
    },

    /* HRNet (Sun et al., CVPR 2019) and Simple Baselines (Xiao et al., ECCV 2018):
     * lib/dataset/JointsDataset.py, JointsDataset.generate_target. */
    {
        .name = "hrnet",
        .snap = CVH_SNAP_HALF_UP,
        .gaussian = {.sigma_x = 2},
        .overlap = CVH_OVERLAP_REPLACE,
        .drop = CVH_DROP_WINDOW,
        .decoder = &cvh_decoder_table[CVH_DECODER_HRNET].decoder,
    },

    /* mmpose: mmpose/codecs/utils/gaussian_heatmap.py, generate_gaussian_heatmaps. */
    {
        .name = "mmpose_msra",
        .snap = CVH_SNAP_HALF_UP,
        .gaussian = {.sigma_x = 2},
        .overlap = CVH_OVERLAP_MAX,
        .drop = CVH_DROP_WINDOW,
        .decoder = &cvh_decoder_table[CVH_DECODER_MMPOSE_MSRA].decoder,
    },

    /* MSPN (Li et al., 2019), CPN (Chen et al., CVPR 2018), RSN (Cai et al., ECCV 2020): MSPN dataset/JointsDataset.py,
     * JointsDataset.generate_heatmap. One map for each of the kernels 15, 11, 9, 7, 5; sigma is OpenCV's automatic one. */
    {
        .name = "mspn",
        .method = CVH_METHOD_BLUR,
        .snap = CVH_SNAP_TRUNC,
        .gaussian = {.ksize_x = 15, .peak = 255},
        .norm = CVH_NORM_MAX,
        .drop = CVH_DROP_CENTRE,
        .decoder = &cvh_decoder_table[CVH_DECODER_MSPN].decoder,
    },

    /* mmpose: mmpose/codecs/megvii_heatmap.py, MegviiHeatmap.encode. 255 is the value at the keypoint's pixel, so that near a
     * border, where the blur reflects, other pixels exceed it. */
    {
        .name = "mmpose_megvii",
        .method = CVH_METHOD_BLUR,
        .snap = CVH_SNAP_TRUNC,
        .gaussian = {.ksize_x = 15, .peak = 255},
        .norm = CVH_NORM_CENTRE,
        .drop = CVH_DROP_CENTRE,
        .decoder = &cvh_decoder_table[CVH_DECODER_MMPOSE_MEGVII].decoder,
    },

    /* UDP (Huang et al., CVPR 2020): UDP-Pose JointsDataset.generate_target. */
    {
        .name = "udp",
        .geometry = CVH_GEOMETRY_CORNERS,
        .snap = CVH_SNAP_HALF_UP,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.sigma_x = 2},
        .overlap = CVH_OVERLAP_REPLACE,
        .drop = CVH_DROP_WINDOW,
        .decoder = &cvh_decoder_table[CVH_DECODER_MMPOSE_UDP].decoder,
    },

    /* mmpose: mmpose/codecs/utils/gaussian_heatmap.py, generate_udp_gaussian_heatmaps; UDPHeatmap.encode. */
    {
        .name = "mmpose_udp",
        .geometry = CVH_GEOMETRY_CORNERS,
        .snap = CVH_SNAP_HALF_UP,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.sigma_x = 2},
        .overlap = CVH_OVERLAP_MAX,
        .drop = CVH_DROP_WINDOW,
        .decoder = &cvh_decoder_table[CVH_DECODER_MMPOSE_UDP].decoder,
    },

    /* DARK (Zhang et al., CVPR 2020): DarkPose lib/dataset/JointsDataset.py, JointsDataset.generate_target. */
    {
        .name = "darkpose",
        .snap = CVH_SNAP_NONE,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.sigma_x = 2, .ksize_x = CVH_WHOLE_MAP},
        .overlap = CVH_OVERLAP_REPLACE,
        .drop = CVH_DROP_THREE_SIGMA_TRUNC,
        .decoder = &cvh_decoder_table[CVH_DECODER_DARKPOSE].decoder,
    },

    /* mmpose: mmpose/codecs/utils/gaussian_heatmap.py, generate_unbiased_gaussian_heatmaps. */
    {
        .name = "mmpose_dark",
        .snap = CVH_SNAP_NONE,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.sigma_x = 2, .ksize_x = CVH_WHOLE_MAP},
        .overlap = CVH_OVERLAP_MAX,
        .drop = CVH_DROP_THREE_SIGMA,
        .decoder = &cvh_decoder_table[CVH_DECODER_MMPOSE_DARK].decoder,
    },

    /* CenterNet (Zhou et al., 2019): src/lib/utils/image.py, draw_umich_gaussian; CornerNet (Law and Deng, ECCV 2018) and
     * mmdetection draw the same. ksize is 2r+1 with r = trunc(cvh_radius_centernet) of the keypoint's box, or of CornerNet's.
     * Its offsets, reg and hp_offset, are at the keypoint's cell alone. */
    {
        .name = "centernet",
        .snap = CVH_SNAP_TRUNC,
        .overlap = CVH_OVERLAP_MAX,
        .decoder = &cvh_decoder_table[CVH_DECODER_CENTERNET].decoder,
        .window = CVH_WINDOW_SIX_SIGMA,
        .offsets = {.area = CVH_OFFSET_CELL},
    },

    /* CenterNet: src/lib/utils/image.py, draw_msra_gaussian. Its sigma is opt.hm_gauss, which the project does not set. */
    {
        .name = "centernet_msra",
        .snap = CVH_SNAP_HALF_UP,
        .overlap = CVH_OVERLAP_MAX,
        .drop = CVH_DROP_WINDOW,
    },

    /* TTFNet (Liu et al., AAAI 2020): mmdet/models/anchor_heads/ttf_head.py, TTFHead.draw_truncate_gaussian. ksize is 2r+1
     * with r = trunc(0.54 / 2 * the box's width) for x and of its height for y. */
    {
        .name = "ttfnet",
        .snap = CVH_SNAP_TRUNC,
        .overlap = CVH_OVERLAP_MAX,
        .window = CVH_WINDOW_SIX_SIGMA,
    },

    /* HigherHRNet (Cheng et al., CVPR 2020): lib/dataset/target_generators/target_generators.py, HeatmapGenerator and
     * ScaleAwareHeatmapGenerator. Square maps; sigma is 1/64 of the side: 2 on the 128 x 128 of a 512 x 512 input. */
    {
        .name = "higherhrnet",
        .geometry = CVH_GEOMETRY_HIGHERHRNET,
        .snap = CVH_SNAP_TRUNC,
        .gaussian = {.sigma_x = 2},
        .overlap = CVH_OVERLAP_MAX,
        .drop = CVH_DROP_CENTRE,
        .decoder = &cvh_decoder_table[CVH_DECODER_MMPOSE_AE].decoder,
        .window = CVH_WINDOW_THREE_SIGMA_1,
    },

    /* pytorch-pose, after Stacked Hourglass (Newell et al., ECCV 2016): pose/utils/imutils.py, draw_labelmap. */
    {
        .name = "pytorch_pose",
        .snap = CVH_SNAP_NONE,
        .centre = CVH_CENTRE_WINDOW,
        .gaussian = {.sigma_x = 1},
        .overlap = CVH_OVERLAP_REPLACE,
        .drop = CVH_DROP_WINDOW,
    },

    /* OpenPose (Cao et al., TPAMI 2019): openpose_caffe_train src/caffe/openpose/oPDataTransformer.cpp, putGaussianMaps. Sigma
     * is 7 input pixels, 7/8 at its stride of 8; the cut keeps values above 0.01. */
    {
        .name = "openpose",
        .geometry = CVH_GEOMETRY_HALF_PIXEL,
        .input_sigma = 7,
        .snap = CVH_SNAP_NONE,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.sigma_x = 7.0 / 8, .ksize_x = CVH_WHOLE_MAP},
        .max_exponent = 4.6052,
        .overlap = CVH_OVERLAP_MAX,
        .decoder = &cvh_decoder_table[CVH_DECODER_OPENPOSE].decoder,
    },

    /* OpenPose's first version (Cao et al., CVPR 2017) and its PyTorch ports: caffe_rtpose data_transformer.cpp;
     * pytorch_Realtime_Multi-Person_Pose_Estimation lib/datasets/heatmap.py, putGaussianMaps. */
    {
        .name = "openpose_add",
        .geometry = CVH_GEOMETRY_HALF_PIXEL,
        .input_sigma = 7,
        .snap = CVH_SNAP_NONE,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.sigma_x = 7.0 / 8, .ksize_x = CVH_WHOLE_MAP},
        .max_exponent = 4.6052,
        .overlap = CVH_OVERLAP_ADD_CLAMP,
        .decoder = &cvh_decoder_table[CVH_DECODER_OPENPOSE].decoder,
    },

    /* SLEAP (Pereira et al., Nature Methods 2022): sleap/nn/data/confidence_maps.py, make_confmaps, make_multi_confmaps;
     * sleap-nn generate_multiconfmaps. Its configured sigma is multiplied by the output stride: it is in heatmap pixels. */
    {
        .name = "sleap",
        .snap = CVH_SNAP_NONE,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.sigma_x = 5, .ksize_x = CVH_WHOLE_MAP},
        .overlap = CVH_OVERLAP_MAX,
        .decoder = &cvh_decoder_table[CVH_DECODER_SLEAP_INTEGRAL].decoder,
    },

    /* DeepLabCut 3 (Mathis et al., Nature Neuroscience 2018): deeplabcut/pose_estimation_pytorch/models/target_generators/
     * heatmap_targets.py, HeatmapGaussianGenerator.update. Sigma is 2/3 of pos_dist_thresh, 17 input pixels; its stride is 8.
     */
    {
        .name = "deeplabcut",
        .geometry = CVH_GEOMETRY_DEEPLABCUT,
        .input_sigma = 34.0 / 3,
        .snap = CVH_SNAP_NONE,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.sigma_x = 17.0 / 12, .ksize_x = CVH_WHOLE_MAP},
        .overlap = CVH_OVERLAP_MAX,
        .offsets = {.unit = CVH_OFFSET_INPUT, .length = 7.2801},
    },

    /* PoseC3D (Duan et al., CVPR 2022): mmaction2 mmaction/datasets/transforms/pose_transforms.py,
     * GeneratePoseTarget.generate_a_heatmap. The peak is the keypoint's score: give it in the keypoint's gaussian. */
    {
        .name = "posec3d",
        .snap = CVH_SNAP_NONE,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.sigma_x = 0.6},
        .overlap = CVH_OVERLAP_MAX,
    },

    /* kornia: kornia/geometry/subpix/dsnt.py, render_gaussian2d with normalized_coordinates False. Sigma is its argument `std`.
     * Its two divisions each add 1e-8 to the sum; ours do not. */
    {
        .name = "kornia",
        .snap = CVH_SNAP_NONE,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.ksize_x = CVH_WHOLE_MAP},
        .overlap = CVH_OVERLAP_ADD,
        .norm = CVH_NORM_SUM,
    },

    /* Crowd counting, where the map's sum is the count: MCNN (Zhang et al., CVPR 2016), kernel and rounding of crowdcount-mcnn
     * data_preparation/get_density_map_gaussian.m. At a border that code draws a kernel centred in what is left of the window,
     * and moves heads from outside onto the border; here the kernel stays on its head and is rescaled, and such heads are left
     * out. */
    {
        .name = "density",
        .snap = CVH_SNAP_FLOOR,
        .gaussian = {.sigma_x = 4, .ksize_x = 15},
        .overlap = CVH_OVERLAP_ADD,
        .norm = CVH_NORM_SUM,
        .drop = CVH_DROP_CENTRE,
    },

    /* UDP with offset maps (UDP-Pose lib/dataset/JointsDataset.py, generate_target with target_type offset, and
     * lib/core/inference.py): a disc of KPD = 4 heatmap pixels and offsets within it. Its decoder blurs the offsets too, which
     * costs up to 1.5 pixels at the upper and lower edge. */
    {
        .name = "udp_combined",
        .geometry = CVH_GEOMETRY_CORNERS,
        .snap = CVH_SNAP_HALF_UP,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.sigma_x = 2},
        .decoder = &cvh_decoder_table[CVH_DECODER_UDP_COMBINED].decoder,
        .offsets = {.length = 4, .disc = 4, .area = CVH_OFFSET_DISC, .blur_ksize = 7},
    },

    /* mmpose: mmpose/codecs/udp_heatmap.py, UDPHeatmap with heatmap_type combined, and utils/offset_heatmap.py: lengths in
     * radius_factor sides, offsets on the whole map and read as they are. */
    {
        .name = "mmpose_combined",
        .geometry = CVH_GEOMETRY_CORNERS,
        .snap = CVH_SNAP_HALF_UP,
        .centre = CVH_CENTRE_SUBPIXEL,
        .gaussian = {.sigma_x = 2},
        .decoder = &cvh_decoder_table[CVH_DECODER_MMPOSE_COMBINED].decoder,
        .offsets = {.unit = CVH_OFFSET_SIDES, .length = 0.0546875, .disc = 0.0546875},
    },

    /* PoseNet (Papandreou et al., ECCV 2018, section 3.1: discs of 32 pixels and short-range offsets in them); tfjs-models
     * posenet/src/singlePose/decodeSinglePose.ts: input pixel = cell * stride + offset, the input having (cells - 1) * stride +
     * 1 pixels. Its maps are logits, and its offsets come y first. */
    {
        .name = "posenet",
        .geometry = CVH_GEOMETRY_CORNERS,
        .snap = CVH_SNAP_HALF_UP,
        .decoder = &cvh_decoder_table[CVH_DECODER_POSENET].decoder,
        .offsets = {.unit = CVH_OFFSET_INPUT, .disc = 32, .area = CVH_OFFSET_DISC},
    },
};

enum { CONVENTIONS = sizeof conventions / sizeof conventions[0] };

const char *cvh_convention_name(int index)
{
    return index >= 0 && index < CONVENTIONS ? conventions[index].name : NULL;
}

cvh_status cvh_convention_find(const char *name, cvh_convention *out)
{
    static const cvh_alias aliases[] = {
        {"megvii", "mspn"}, {"cpn", "mspn"}, {"rsn", "mspn"}, {"cornernet", "centernet"}, {NULL, NULL},
    };
    static const cvh_names names = {"convention", cvh_convention_name, aliases};
    int row = cvh_names_find(&names, name);
    if (row < 0) return CVH_ERR_ARGUMENT;
    if (!out) return cvh_fail(CVH_ERR_ARGUMENT, "out is NULL; it must point to a cvh_convention");
    *out = conventions[row];
    return CVH_OK;
}
