/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap, keypoints as two vectors: SimCC. */
#ifndef CVHEATMAP_SIMCC_H
#define CVHEATMAP_SIMCC_H

#include "crop.h"
#include "decode.h"

#ifdef __cplusplus
extern "C" {
#endif

/* RTMPose, DWPose, RTMW and other SimCC networks give no map but two vectors a keypoint, one an axis, cut finer than pixels:
 *
 *     bin = ratio * pixel of the network's input; both count from 0, and there is no half pixel anywhere
 *
 * A vector is a map of one row. [N][K][bins] from the network is one view of N*K maps for x and one for y:
 *
 *     cvh_maps x = cvh_maps_view(simcc_x, 17, 1, 384, CVH_32F), y = cvh_maps_view(simcc_y, 17, 1, 512, CVH_32F);
 *     cvh_peak peaks[17];
 *     if (cvh_simcc_decode(&x, &y, NULL, peaks)) puts(cvh_last_error());
 *
 * A flip test merges x by CVH_FLIP_BIN and y by CVH_FLIP_PARTNER (cvh_flip_merge). mmpose reverses x as it is, CVH_FLIP_MIRROR:
 * the flipped keypoint then stands one bin to the right, and the mean of both a quarter of a pixel (ratio 2). */

/* What is drawn around a keypoint's bin. */
typedef enum cvh_simcc_label {
    CVH_SIMCC_GAUSSIAN = 0, /* exp(-d^2 / 2 sigma^2), d in bins, as far as a float has it: to 13.2 sigma */
    CVH_SIMCC_ONE_HOT       /* 1 - smoothing at the nearest bin, smoothing / (bins - 1) elsewhere */
} cvh_simcc_label;

/* How the two axes' scores become one. */
typedef enum cvh_simcc_score {
    CVH_SIMCC_SCORE_MIN = 0, /* mmpose, mmdeploy, DeepLabCut, rtmlib's 3-D models */
    CVH_SIMCC_SCORE_MEAN,    /* rtmlib */
    CVH_SIMCC_SCORE_MAX      /* mmpose's C++ examples, and what descends from them */
} cvh_simcc_score;

/* Everything a project decides about its vectors. All 0: unrounded labels, and the decoder that is most accurate. */
typedef struct cvh_simcc {
    const char *name; /* for messages; may be NULL */
    /* both ways. A vector has rint(side * ratio) bins */
    double ratio;   /* bins a pixel, 1e-3..1e3; 0: 2, that of every published model */
    int input_rows; /* the input's height in pixels, 1..CVH_MAX_SIDE; rint(height * ratio) must be y's bins. 0: bins / ratio */
    int input_cols; /* its width, for x */
    double sigma_x; /* in bins, 1e-6..1e6; 0: sqrt(side / 8) to two decimals, as mmpose's configurations have it: 4.9 for 192
                       pixels, 5.66 for 256, 6 for 288, 6.93 for 384 */
    double sigma_y; /* 0: sigma_x where that is given, else the same rule for the height */
    /* encode */
    cvh_simcc_label label;
    int whole_bins;   /* 1: the Gaussian is centred on the nearest bin, half to even: mmpose. 0: on the keypoint itself, which
                         a decoder then finds 0.125 pixels (ratio 2) nearer in the mean. ONE_HOT has whole bins always */
    int normalize;    /* 1: a Gaussian is divided by sigma * sqrt(2 pi), so that its bins sum to about 1 */
    double smoothing; /* ONE_HOT's, 0..1 */
    /* decode */
    cvh_refine refine;     /* FIT: a Gaussian fitted to the bins near the largest; see cvh_simcc_decode. NONE: the largest bin.
                              DARK: mmpose's Newton step on the log of the blurred vector (use_dark); sigma 0.8..19.5.
                              No other */
    cvh_simcc_score score; /* how the axes' scores become one. An axis's is its vector's largest value, or as beta says */
    double beta;           /* > 0: an axis's score is the largest of softmax(beta * sigma * value) over its bins: DeepLabCut,
                              mmpose's visibility. Up to 1e6; 0: not */
    double threshold;      /* a keypoint is found where its score is larger than this; -INFINITY: wherever it has one. 0 with
                              beta: 1 / bins of x, the score of a constant vector */
    /* the photograph */
    const cvh_crop *crop; /* set: keypoints are given, and told, in pixels of the photograph. NULL: of the network's input */
} cvh_simcc;

/* The projects' own, by name: simcc_mmpose (RTMPose, DWPose, RTMW; also found as mmpose, rtmpose, dwpose, rtmw),
 * simcc_mmpose_dark, simcc_mmpose_one_hot, simcc_mmpose_cpp, simcc_rtmlib, simcc_deeplabcut. With refine set to FIT the labels
 * stay theirs and the decoder is ours. Errors and order as for conventions. */
CVH_API cvh_status cvh_simcc_find(const char *name, cvh_simcc *out);
CVH_API const char *cvh_simcc_name(int index);

/* Draws labels.
 *   x, y      written; 32F or 64F, any steps, as many maps in y as in x, 1 row, 1..CVH_MAX_SIDE bins; no samples in common
 *   points    `count` of them, in pixels of the network's input (with `crop`, of the photograph); NULL when count is 0. `map`
 *             is the vector, in x and in y. Several on one vector: the last one's label stands. `gaussian` must be NULL: the
 *             lengths are simcc's
 *   simcc     NULL: all 0
 *   weights   NULL, or `count` floats, written: 1, or 0 where nothing is drawn on either axis: the keypoint is not labelled
 *             (NaN), a Gaussian's centre is more than 3 sigma off one of the vectors, or ONE_HOT's bin is beyond one
 * A vector without a label is 0. A label has the bits of cvh_patch on a map of one row with CVH_WHOLE_MAP, to 13.2 sigma from
 * its centre; of a centre between bins one float in 50,000 is its neighbour. `normalize` multiplies that by
 * 1 / (sigma * sqrt(2 pi)) in the view's depth. Allocates nothing. Errors: CVH_ERR_ARGUMENT. */
CVH_API cvh_status cvh_simcc_encode(const cvh_maps *x, const cvh_maps *y, const cvh_keypoint *points, size_t count,
                                    const cvh_simcc *simcc, float *weights);

/* Reads keypoints.
 *   x, y      read; views as above, but of any depth
 *   simcc     NULL: all 0
 *   peaks     as many as x has vectors, written. x and y in the frame that points have; score as `score` and `beta` say;
 *             found: REFINED, or why an axis stayed at its largest bin (x's reason before y's); WEAK where the score does not
 *             exceed the threshold (x and y are NaN, the score is told); NOTHING where a vector is NaN and -inf throughout
 * FIT: from the largest bin, the first of equals, a Gaussian is fitted by least squares to the bins within 2.5 sigma, in a
 * window that follows its centre. Its width is the labels' sigma; where the vector ends within the window the width is fitted
 * too. A centre further from the largest bin than 1.5 sigma, or 2 bins where that is more, is not taken
 * (CVH_FOUND_PIXEL_SHAPE). NaN and -inf never win and are left out. Allocates nothing. Errors: CVH_ERR_ARGUMENT. */
CVH_API cvh_status cvh_simcc_decode(const cvh_maps *x, const cvh_maps *y, const cvh_simcc *simcc, cvh_peak *peaks);

#ifdef __cplusplus
}
#endif

#endif
