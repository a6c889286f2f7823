/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap, from a photograph to the network's input and back: the box, the crop, the warp, the flip test.
 *
 *     cvh_crop_rule hrnet;
 *     cvh_crop crop;
 *     cvh_rect box = { 412, 96, 180, 420 };
 *     cvh_crop_find("hrnet", &hrnet);
 *     cvh_crop_fit(&hrnet, &box, photo_rows, photo_cols, 256, 192, 0, &crop);
 *     cvh_crop_image(&crop, &photo, &input);      the network's input
 *     convention.crop = &crop;                    cvh_encode takes, cvh_decode returns pixels of the photograph
 *
 * Notation: c is the centre of the person's box, S its size after padding and aspect, W x H the photograph, w x h the network's
 * input, all in pixels, x before y; R(a) = [cos a, -sin a; sin a, cos a]. */
#ifndef CVHEATMAP_CROP_H
#define CVHEATMAP_CROP_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --------------------------------------------------------------------------------------------------------------- geometry */

/* u = xx x + xy y + x0, v = yx x + yy y + y0. Every number is finite, of magnitude 1e15 at most. */
typedef struct cvh_affine {
    double xx, xy, x0, yx, yy, y0;
} cvh_affine;

/* A box in pixels of the photograph: left, top, width, height, as COCO has them. */
typedef struct cvh_rect {
    double x, y, width, height;
} cvh_rect;

/* The inverse in double: D = 1 / (xx yy - xy yx), then yy D, -xy D, -yx D, xx D, and the translation. inverse may be affine.
 * Errors: CVH_ERR_ARGUMENT for a singular matrix, or one whose inverse exceeds cvh_affine's range. */
CVH_API cvh_status cvh_affine_invert(const cvh_affine *affine, cvh_affine *inverse);

/* ------------------------------------------------------------------------------------------------------------- crop rules */

/* How the crop lies in the input, and how a point goes back. to_photo is the project's own way back: it never undoes a
 * rotation, because HRNet's, UDP-Pose's and mmpose's do not; with rotation 0 it inverts to_input.
 * A whole photograph's rule takes a box for a photograph of its own: its whole pixels, floor to ceil, cut at the photograph. */
typedef enum cvh_crop_family {
    CVH_CROP_AFFINE = 0, /* u = k R(-rotation) (X - c) + (w/2, h/2), k = w / S_w: cv::getAffineTransform of three points.
                            Back: X = (u - (w/2, h/2)) / k + c */
    CVH_CROP_UDP,        /* u = diag((w-1)/S_w, (h-1)/S_h) R(+rotation) (X - c) + ((w-1)/2, (h-1)/2): turns the other way.
                            Back: X = u S / (w-1, h-1) + c - S/2 */
    CVH_CROP_LETTERBOX,  /* r = min(w/W, h/H); cv::resize to (W r, H r) rounded half to even, in the middle; the left and upper
                            pad is round(d - 0.1), d half of what is left. Points: u = r X + pad, X = (u - pad) / r, see
                            cvh_crop_pad; the project then clips them to 0..W and 0..H, this library does not */
    CVH_CROP_CORNER,     /* the same, the size truncated, in the upper left corner: u = r X, back X = u / r */
    CVH_CROP_STRETCH     /* cv::resize to w x h, each axis by itself: u = (X + 1/2) w/W - 1/2, and its inverse */
} cvh_crop_family;

/* What S is, from the box's padded width and height. The last four choose c or the input's size too, for whole photographs. */
typedef enum cvh_crop_size {
    CVH_CROP_SIZE_ASPECT = 0, /* wider than w/h: the height grows to S_w h/w, else the width to S_h w/h */
    CVH_CROP_SIZE_WIDTH,      /* as it is; CVH_CROP_AFFINE looks at the width alone and cuts S_w h/w high */
    CVH_CROP_SIZE_AXES,       /* as it is, with CVH_CROP_AFFINE too: k_x = w / S_w, k_y = h / S_h */
    CVH_CROP_SIZE_LONGER,     /* the longer side, for both */
    CVH_CROP_SIZE_KEEP,       /* the input is (W / 32 + 1) 32 in whole numbers, c is W / 2 in them, S the input: a shift */
    CVH_CROP_SIZE_SHORT_SIDE, /* the shorter given input side, up to a multiple of 64, holds the photograph's shorter side; the
                                 other follows it in multiples of 64; c is int(W/2 + 1/2) */
    CVH_CROP_SIZE_FIT,        /* the photograph fits into the given input, in the middle */
    CVH_CROP_SIZE_EXPAND      /* the photograph covers the given input, which grows for it, each side to a multiple of 32 */
} cvh_crop_size;

/* The pad of CVH_CROP_LETTERBOX's points on an axis, where w - round(W r) pixels are left. */
typedef enum cvh_crop_pad {
    CVH_CROP_PAD_PLACED = 0, /* the picture's own, there and back: round(left/2 - 0.1) */
    CVH_CROP_PAD_HALF,       /* the picture's own there, left/2 back: Ultralytics' keypoints */
    CVH_CROP_PAD_EXACT /* left/2 there, (w - W r)/2 back: yolov5, and the keypoints of Ultralytics 8.4.6 on their way back */
} cvh_crop_pad;

/* What a data set does with an annotated box; see cvh_crop_clean. */
typedef enum cvh_crop_boxes {
    CVH_CROP_BOXES_ANY = 0, /* as annotated; kept where width and height are > 0 */
    CVH_CROP_BOXES_HRNET,   /* x1 = max(0, x), x2 = min(W - 1, x1 + max(0, w - 1)), and so for y; kept where x2 >= x1. The width
                               counts from the moved left edge: a box left of the photograph is kept, at x = 0 */
    CVH_CROP_BOXES_MMPOSE,  /* both edges into [0, W - 1], in float; kept where both sides are > 0 */
    CVH_CROP_BOXES_ALPHAPOSE /* x2 = x + max(0, w - 1), then both edges into [0, W - 1]; kept where both sides are > 0 */
} cvh_crop_boxes;

/* What a project decides when it cuts a person out of a photograph.
 * Numbers are doubles throughout. Projects round centre, size and points to float32: the way there differs from theirs by
 * 1.5e-7 of the photograph's side, times the enlargement (1e-4 input pixels in a usual crop). */
typedef struct cvh_crop_rule {
    const char *name; /* for messages; may be NULL */
    cvh_crop_family family;
    cvh_crop_size size;
    double padding;            /* of the box about its centre, 0.01..100; 0: 1 */
    int unpadded_at_minus_one; /* 1: no padding (and no shift_y) where float32(c_x) is -1: the mark that HRNet, UDP-Pose and
                                  AlphaPose use for "no box", which hits real boxes too. 0..1 */
    double shift_y; /* c_y moves down by this part of the height, before the padding: 0.075 for MPII, its 15 s. -10..10 */
    double offset;  /* then added to c_x and c_y: -1 for MPII, whose files count from 1. -100..100 */
    int multiple;   /* of CVH_CROP_SIZE_KEEP's input, 1..1024: CenterNet's opt.pad + 1, 128 for Hourglass; 0: 32 */
    cvh_crop_boxes boxes;
    cvh_crop_pad pad; /* of CVH_CROP_LETTERBOX's points */
    double outside;   /* the samples beyond the photograph, a stored value, saturated to the depth */
} cvh_crop_rule;

/* The crop rules of the field by name, with file and function in lib/conventions/crops.c: hrnet, hrnet_mpii, udp, mmpose,
 * mmpose_udp, rtmpose, rtmo, centernet, centernet_keep, higherhrnet, mmpose_bottomup, letterbox, yolov5, alphapose,
 * transformers_vitpose, stretch, ... and other spellings of them (vitpose, simple_baselines).
 * cvh_crop_find: CVH_ERR_ARGUMENT with the names that are near. cvh_crop_name: NULL from the first index past the last on.
 * hrnet, rtmpose, ... serve conventions of geometry STRIDE, udp, mmpose_udp and vitpose those of geometry CORNERS. */
CVH_API cvh_status cvh_crop_find(const char *name, cvh_crop_rule *out);
CVH_API const char *cvh_crop_name(int index);

/* The data set's rule for a ground-truth box: cut, moved or dropped as rule->boxes says. Crowds, areas and labels stay with the
 * caller. Detections are not cleaned by any project.
 *   annotated   finite, magnitudes 1e9 at most; negative widths and heights are for the rule to judge
 *   box         written if the box is kept; may be annotated's
 *   kept        1 or 0 */
CVH_API cvh_status cvh_crop_clean(const cvh_crop_rule *rule, const cvh_rect *annotated, int photo_rows, int photo_cols,
                                  cvh_rect *box, int *kept);

/* A crop of one photograph, ready for any number of points. A caller's own is one too: to_input, to_photo and the input's size
 * are enough, every other field may be 0. */
typedef struct cvh_crop {
    cvh_affine to_input;        /* pixels of the photograph -> pixels of the input, in the frame of cvh_convention_fit */
    cvh_affine to_photo;        /* those back, as the project does it: not always the inverse */
    int input_rows, input_cols; /* as given, or as the rule chose */
    cvh_arithmetic arithmetic;  /* of cvh_crop_image. PORTABLE: as amd64's OpenCV 4, anywhere; OPENCV: of the installed one */
    double outside;             /* the samples beyond the photograph */
    int photo_rows, photo_cols; /* the photograph that it was fitted for; 0: any */
    int part_row, part_col, part_rows, part_cols; /* the part that is the picture's source; part_rows 0: the whole photograph */
    int resized_rows, resized_cols; /* CVH_CROP_LETTERBOX and its kind: what the part is resized to. 0: the picture is a warp */
    int pad_top, pad_left;          /* where that lies in the input */
} cvh_crop;

/* The crop of a box.
 *   box                       NULL: the whole photograph. Finite, x and y of magnitude 1e9 at most, width and height 0..1e9, of
 *                             which one may be 0 where the size follows from the other; it may lie beside the photograph
 *   photo_rows, photo_cols    1..CVH_MAX_SIDE
 *   input_rows, input_cols    1..CVH_MAX_SIDE (CVH_CROP_UDP: from 2). CVH_CROP_SIZE_KEEP does not look at them
 *   rotation                  degrees, in the sense of the project: see cvh_crop_family. 0 where the picture is resized
 * Errors: CVH_ERR_ARGUMENT, also for a box of no extent, a box beside the photograph with a rule for whole photographs, and a
 * rule's own input size beyond CVH_MAX_SIDE. */
CVH_API cvh_status cvh_crop_fit(const cvh_crop_rule *rule, const cvh_rect *box, int photo_rows, int photo_cols, int input_rows,
                                int input_cols, double rotation, cvh_crop *out);

/* --------------------------------------------------------------------------------------------------------------- pictures */

/* cv::warpAffine with INTER_LINEAR and BORDER_CONSTANT.
 *   photo      is read: 8U, 16U, 16S, 32F, 64F; a map a channel, any steps (an image of channels: cvh_maps_interleaved); count
 *              1..512 and sides 1..32766, both OpenCV's limits
 *   input      is written: photo's count, depth, scale and zero, sides 1..32766, any steps: planes out of interleaved channels
 *              cost no second pass. No memory in common with photo
 *   to_input   photograph -> input; it is inverted as OpenCV inverts it: a singular one shows the photograph's sample (0, 0)
 *              everywhere
 *   outside    a stored value, rounded half to even and saturated as OpenCV does; finite
 *
 * cvh_warp calls OpenCV. cvh_warp_native is its twin in C, with the bits of the installed OpenCV: it has a picture of a few
 * samples warped first, to see how that calculates (4.x: coordinates in 1/32 pixels, by whole numbers; 5.x: float coordinates
 * for 1, 3 and 4 channels of 8U, 16U and 32F), and may fail as OpenCV does then. Without OpenCV its arithmetic is 4.x's.
 * Errors: CVH_ERR_ARGUMENT, CVH_ERR_MEMORY, CVH_ERR_OPENCV. */
typedef cvh_status (*cvh_warp_fn)(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside);
CVH_API cvh_status cvh_warp(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside);
CVH_API cvh_status cvh_warp_native(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside);

/* The picture of a crop, natively: warped, or resized (8U, INTER_LINEAR) and padded. photo and input as for cvh_warp, of the
 * sizes that the crop names; a crop that resizes takes 8U alone. With CVH_ARITHMETIC_PORTABLE it asks OpenCV nothing, allocates
 * nothing and has the same bits on every machine.
 * A resized picture lies on cv::resize's half-pixel grid, points go by the project's r and pad: (1 - r) / 2 input pixels apart.
 * Errors: as cvh_warp. */
CVH_API cvh_status cvh_crop_image(const cvh_crop *crop, const cvh_maps *photo, const cvh_maps *input);

/* --------------------------------------------------------------------------------------------------------------- flip test */

/* How the maps of the mirrored photograph come back: column j is column cols-1-j of the partner's map, then, in this order, the
 * sign is changed and the columns are shifted. Which convention wants which:
 *
 *   STRIDE (hrnet, mmpose_msra, darkpose)   SHIFT as HRNet is configured, MIRROR as mmpose's heads are. A mirrored keypoint
 *                                           comes back (stride - 1)/stride pixels of the map to the left; one column to the
 *                                           right leaves 1/stride
 *   HALF_PIXEL, CORNERS (openpose, udp)     MIRROR: it comes back exactly. SHIFT costs a whole pixel
 *   offset maps                             NEGATE along x, MIRROR along y
 *   SimCC                                   BIN along x, PARTNER along y; mmpose's own is MIRROR along x
 *
 * What a wrong shift costs, measured with HRNet's own code (pose_hrnet_w32 256x192 on COCO val2017; issue 22 of
 * leoxiaobin/deep-high-resolution-net.pytorch, 2019): AP 0.720 without the shift, 0.740 with it, 0.674 with two columns. */
typedef enum cvh_flip {
    CVH_FLIP_MIRROR = 0,
    CVH_FLIP_SHIFT,        /* then columns 1.. take columns 0..cols-2 of the mirrored map; column 0 keeps itself */
    CVH_FLIP_NEGATE,       /* offsets along x */
    CVH_FLIP_NEGATE_SHIFT, /* both */
    CVH_FLIP_PARTNER,      /* not mirrored: SimCC's y, and offsets' labels without an x */
    CVH_FLIP_BIN           /* SimCC's x: bin b of the mirrored photograph is bin cols-2-b; the last bin keeps maps' own value */
} cvh_flip;

/* out = (maps + flipped as it comes back) / 2, in the maps' depth, each operation rounded.
 *   maps, flipped   32F or 64F, one count, size and depth: from the photograph, and from the mirrored photograph
 *   partner         an entry a map of the view: the map that it changes places with, itself where there is none; each names
 *                   the other. Offsets: per map, so a keypoint's x offset has the partner keypoint's x offset
 *   out             the same size and depth: maps itself (the same view), or no memory in common with either
 * Allocates nothing. Errors: CVH_ERR_ARGUMENT. */
CVH_API cvh_status cvh_flip_merge(const cvh_maps *maps, const cvh_maps *flipped, const int *partner, cvh_flip flip,
                                  const cvh_maps *out);

#ifdef __cplusplus
}
#endif

#endif
