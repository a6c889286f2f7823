/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap, from maps to keypoints. */
#ifndef CVHEATMAP_DECODE_H
#define CVHEATMAP_DECODE_H

#include "convention.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --------------------------------------------------------------------------------------------------------------- decoding */

/* How a peak's pixel is refined to a position between pixels. FIT, the default, fits a Gaussian to the samples around it by
 * least squares:
 *   - Samples beyond the map, NaN and -inf are not in the sum, so there is no border rule.
 *   - The window reaches 2 widths to each side, which in white noise holds 95 % of what samples tell about the position. The
 *     width is the fitted one; the convention's sigma is not looked at.
 *   - Both axes have one width, unless two would explain at least half of what one leaves over.
 *   - If neighbours are alike in what is left over, by more than 2 standard deviations of white noise, something else is in the
 *     window. A positive background is taken away if it explains at least half of what is left over and the map's edge does not
 *     cut the window. Samples that stand 3.5 standard deviations above the rest, and make up 15 % of it, are another peak's,
 *     and are left out, if none is the peak's pixel or next to it.
 *   - If they are alike still, the map is a network's rather than a Gaussian. The fit is then repeated within 1.5 widths, where
 *     such maps are most like a Gaussian, and without the samples that rise again on the way out.
 *   - Three or more touching samples that share the largest value are a ceiling: they tell "at least this". If no flank around
 *     them tells more, as on a mask, the answer is their middle (CVH_FOUND_PLATEAU).
 *   - An answer more than 2 pixels, or one width where that is more, from the peak is not taken (CVH_FOUND_PIXEL_SHAPE). */
typedef enum cvh_refine {
    CVH_REFINE_FIT = 0,
    CVH_REFINE_FIT_TIED,          /* FIT with one width for both axes in any case */
    CVH_REFINE_NONE,              /* the pixel itself */
    CVH_REFINE_SIGN,              /* 0.25 pixels towards the larger neighbour on each axis: HRNet */
    CVH_REFINE_DARK,              /* a Newton step on the map's logarithm, second derivatives at step 2: DARK */
    CVH_REFINE_UDP,               /* the same with second derivatives at step 1: UDP */
    CVH_REFINE_CENTROID,          /* the window's centre of mass: SLEAP */
    CVH_REFINE_CENTROID_POSITIVE, /* that of its positive samples: OpenPose */
    CVH_REFINE_SECOND_PEAK,       /* 0.25 pixels towards the map's second largest sample, if that is positive: MSPN */
    CVH_REFINE_SOFT_ARGMAX        /* the mean position under softmax(gain * map), -inf weighing nothing: integral regression */
} cvh_refine;

/* Which answers of DARK, UDP, the centroids and SOFT_ARGMAX are taken. */
typedef enum cvh_step {
    CVH_STEP_CHECKED = 0, /* at most max_step away; for DARK and UDP the samples must be positive, and have a maximum there */
    CVH_STEP_PUBLISHED    /* all, as the projects do: DARK's samples are raised to 1e-10, UDP's are held to 1e-3..50 */
} cvh_step;

/* The pixels at which a refinement is tried. `own` is the pixel's place on the axis that is refined, `other` that on the axis
 * across, n the axis's length. SIGN refines each axis that is allowed, the others both or none. */
typedef enum cvh_guard {
    CVH_GUARD_NONE = 0, /* all */
    CVH_GUARD_DARK,     /* own and other in 2..n-3 */
    CVH_GUARD_HRNET,    /* own and other in 2..n-2 */
    CVH_GUARD_MMPOSE    /* own in 2..n-2, other >= 1 */
} cvh_guard;

/* What a peak of a list is to the other samples of its window. */
typedef enum cvh_ties {
    CVH_TIES_KEEP = 0, /* as large as any: every sample of a plateau is a peak */
    CVH_TIES_DROP      /* larger than all: a plateau has no peak */
} cvh_ties;

/* The order of a map's peaks in a list. */
typedef enum cvh_order {
    CVH_ORDER_SCORE = 0, /* the largest first, equal ones in raster order */
    CVH_ORDER_RASTER     /* by row, then by column */
} cvh_order;

/* The value that a peak's score is made of. */
typedef enum cvh_score {
    CVH_SCORE_PEAK = 0, /* the map's at the peak's pixel (SOFT_ARGMAX: the probability of the largest sample) */
    CVH_SCORE_MAXIMUM,  /* the map's largest */
    CVH_SCORE_ROUNDED,  /* the map's at the refined position, rounded half to even */
    CVH_SCORE_SEARCHED  /* what was searched, at the peak's pixel: the blurred map's under blur_search */
} cvh_score;

/* What makes values of the map's samples. */
typedef enum cvh_activation {
    CVH_ACTIVATION_NONE = 0, /* they are values */
    CVH_ACTIVATION_SIGMOID   /* they are logits: a value is 1 / (1 + exp(-sample)) */
} cvh_activation;

/* How to read a map. All zero is the default decoder. A field whose comment begins with names is read by those alone:
 * cvh_find_peaks stands for cvh_find_peaks_offsets too, FIT for FIT_TIED, CENTROID for CENTROID_POSITIVE. */
typedef struct cvh_decoder {
    cvh_activation activation; /* of what is blurred, refined and reported. The search compares samples as stored, so that of
                                  two logits the larger wins (under blur_search: activated ones) */

    /* Find. */
    double threshold; /* a peak's activated value is larger (-INFINITY: any but NaN and -inf); see cvh_decoder_find */
    int radius;       /* cvh_find_peaks: a peak dominates the (2 radius + 1)^2 samples around it; up to 64 (0: 1). Above 8 the
                         call takes memory, 8 bytes a pixel */
    int margin;       /* cvh_find_peaks: samples closer to the border are no peaks */
    cvh_ties ties;    /* cvh_find_peaks */
    cvh_order order;  /* cvh_find_peaks */
    int max_peaks;    /* cvh_find_peaks: of a map, the first in `order` (0: all) */

    /* Smooth. */
    double blur_ksize, blur_sigma; /* the blur through which a refinement sees the map: ksize odd, up to 63 (0: none); sigma 0:
                                      from ksize */
    cvh_border blur_border;        /* METHOD shrinks the kernel within the map; the others are OpenCV's */
    int blur_search;               /* 1: the search sees the blurred map too, which takes memory, 16 bytes a pixel */

    /* Refine. */
    cvh_refine refine;
    int window;         /* FIT, CENTROID: radius of what is read, up to 32 (0: FIT's own rule, else 2) */
    cvh_border outside; /* SIGN, DARK, UDP, CENTROID: what lies beyond the map. METHOD: nothing; SIGN leaves out that axis, DARK
                           and UDP move their samples inside, CENTROID leaves them out */
    cvh_guard guard;    /* all but NONE: the pixels at which they are tried */
    cvh_step step;      /* DARK, UDP, CENTROID, SOFT_ARGMAX: whether an answer is checked or taken as published */
    double max_step;    /* FIT, and those four if checked: how far an answer may lie from the peak's pixel (INFINITY: any; 0:
                           FIT's own rule, SOFT_ARGMAX any, else 1) */
    double gain;        /* SOFT_ARGMAX: what the map is multiplied by (0: 1) */

    /* Report. */
    double shift; /* added to every position: the 0.5 of Megvii and CenterNet (0: for FIT the half pixel that cvh_decode adds
                     under conventions that truncate) */
    cvh_score score;
    double score_scale, score_bias; /* score = value * score_scale + score_bias (score_scale 0: 1) */

    /* Enlarge, as OpenPose does. */
    int enlarge; /* first each map is made so many times as large, up to 64 (0: 1), by cv::resize, bicubic, before activation.
                    The lengths above, shift too, are in enlarged pixels, a cvh_peak in the map's. Takes memory, 4 bytes a pixel
                    of both. A side beyond CVH_MAX_SIDE is CVH_ERR_ARGUMENT; a build without OpenCV, CVH_ERR_OPENCV */
} cvh_decoder;

/* What became of a peak. From CVH_FOUND_PIXEL on it is usable. */
typedef enum cvh_found {
    CVH_FOUND_NOTHING = 0, /* no sample but NaN and -inf */
    CVH_FOUND_WEAK,        /* the largest sample is not above the threshold */
    CVH_FOUND_PIXEL,       /* the pixel, as asked (CVH_REFINE_NONE) */
    CVH_FOUND_PIXEL_EDGE,  /* the pixel: too near the border for the guard or the samples that are needed */
    CVH_FOUND_PIXEL_SHAPE, /* the pixel: flat, no maximum there, or the answer too far away. Most peaks of logits that are read
                              without their activation */
    CVH_FOUND_PIXEL_VALUE, /* the pixel: a sample that the refinement needs is NaN or infinite or has no logarithm */
    CVH_FOUND_PLATEAU,     /* the middle of the samples that share the largest value */
    CVH_FOUND_REFINED
} cvh_found;

typedef struct cvh_peak {
    double x, y;  /* in the frame the keypoints were given in: the inverse of scale and offset; NaN when not usable */
    double score; /* NaN when nothing was found */
    int map;
    cvh_found found;
    double sigma_x, sigma_y; /* FIT and FIT_TIED: the fitted widths in heatmap pixels (SimCC: bins), whatever frame x and y are
                                in; NaN where nothing was fitted */
} cvh_peak;

/* One peak a map, the largest sample: `maps` (any depth) is read, peaks[0..count-1] written. The convention gives the caller's
 * frame and the decoder; NULL: heatmap pixels and the default decoder. NaN and -inf never win, +inf does, and is not refined;
 * of equal samples the first in raster order is taken.
 * Half a pixel: a convention that draws at the pixel int(x) (snap TRUNC or FLOOR with centre SNAPPED or WINDOW, snap NONE with
 * centre WINDOW) has its keypoints that far beyond their pixel in the mean. FIT and FIT_TIED add it where the decoder's shift
 * is 0; the projects' own decoders stay as published.
 * Errors: CVH_ERR_ARGUMENT; CVH_ERR_MEMORY where the decoder searches a blurred map or enlarges; CVH_ERR_OPENCV where it
 * enlarges, which a build without OpenCV cannot. A map that could not be enlarged leaves `peaks` unspecified. */
CVH_API cvh_status cvh_decode(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks);

/* Every local maximum above the threshold, grouped by map; unusable peaks are not listed. *count receives how many there are,
 * also when `capacity` is too small: that is CVH_ERR_ARGUMENT, and peaks is untouched. peaks may be NULL when capacity is 0.
 * Other errors, which leave *count untouched: as cvh_decode; CVH_ERR_MEMORY also where the decoder's radius is above 8. */
CVH_API cvh_status cvh_find_peaks(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks, size_t capacity,
                                  size_t *count);

/* The same where the network says by offset maps where in its cell a keypoint lies: the offset at the peak's pixel, read as
 * convention->offsets says, stands in the place of the decoder's refinement and shift. Such a decoder does not enlarge.
 *   dx, dy    read; the size of `maps`, one map a map of it or one for all
 * A peak whose offset is NaN, or leads more than 1e9 pixels away, stays at its pixel (CVH_FOUND_PIXEL_VALUE). Errors: as above.
 */
CVH_API cvh_status cvh_decode_offsets(const cvh_maps *maps, const cvh_maps *dx, const cvh_maps *dy,
                                      const cvh_convention *convention, cvh_peak *peaks);
CVH_API cvh_status cvh_find_peaks_offsets(const cvh_maps *maps, const cvh_maps *dx, const cvh_maps *dy,
                                          const cvh_convention *convention, cvh_peak *peaks, size_t capacity, size_t *count);

/* The decoders of the field by name, as for conventions. Each has its project's threshold:
 *   0           fit, fit_tied, newton (ours), argmax, hrnet, mmpose_msra, mmdeploy_msra, darkpose, mmpose_dark, mmdeploy_dark,
 *               mmpose_udp, mmdeploy_udp, transformers_vitpose, udp_combined, mmpose_combined; mmpose_megvii (maps of 0..255)
 *   -INFINITY   paddle_dark, soft_argmax; deeplabcut, posenet (logits); mspn, mspn_mpii (maps of 0..255)
 *   0.01        mmpose_spr
 *   0.05        openpose
 *   0.1         centernet, mmpose_ae, trt_pose
 *   0.2         sleap_integral, sleap_local, sleap_peaks, sleap_peaks_integral, sleap_peaks_local
 *   0.5         posenet_peaks (logits)
 * 0 and -INFINITY are for one peak a map, of a keypoint that is there. For lists, and where a keypoint may be absent, a tenth
 * of the height that keypoints are drawn with suits those rows: 0.1, or 25 on maps of 0..255. On the maps of three networks it
 * kept the peak of every keypoint and left 1.0 to 2.7 peaks a map, of 2.8 to 38 with 0; 0.2 lost up to 1 % of them, 0.3 up to
 * 12 %. */
CVH_API cvh_status cvh_decoder_find(const char *name, cvh_decoder *out);
CVH_API const char *cvh_decoder_name(int index);

#ifdef __cplusplus
}
#endif

#endif
