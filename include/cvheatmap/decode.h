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

/* How the peak is refined to sub-pixel. The default, FIT, fits a Gaussian to the samples around the peak by least squares:
 *   - Samples beyond the map, NaN and -inf are not in the sum, so there is no border rule.
 *   - The window is 2 widths wide on each side, which holds 95 % of what samples in white noise tell about a position. The
 *     width is the fitted one: what the convention tells of sigma is not needed, and not looked at.
 *   - Both axes have one width, unless two would explain at least half of what one leaves over.
 *   - If what is left over is alike between neighbours (beyond 2 standard deviations of what white noise gives), the map is no
 *     Gaussian in white noise, as a network's is not. The fit is then repeated within 1.5 widths, where real maps are the most
 *     like a Gaussian, and without samples that rise again on the way out, since those belong to another peak.
 *   - Three or more touching samples that share the largest value are a ceiling, which tells "at least this". Where no flank
 *     around them tells more, as on a mask, the answer is their middle (CVH_FOUND_PLATEAU).
 *   - The answer is at most 2 pixels from the peak's, or one width where that is more; else it is CVH_FOUND_PIXEL_SHAPE. */
typedef enum cvh_refine {
    CVH_REFINE_FIT = 0,
    CVH_REFINE_FIT_TIED,          /* the same with one width for both axes in any case */
    CVH_REFINE_NONE,              /* the pixel */
    CVH_REFINE_SIGN,              /* 0.25 px towards the larger neighbour: HRNet */
    CVH_REFINE_DARK,              /* Newton step on the log of the blurred map, second derivatives at step 2: DARK */
    CVH_REFINE_UDP,               /* the same at step 1: UDP */
    CVH_REFINE_CENTROID,          /* centre of mass of the window: SLEAP */
    CVH_REFINE_CENTROID_POSITIVE, /* of its positive samples: OpenPose */
    CVH_REFINE_SECOND_PEAK,       /* 0.25 px towards the second largest sample of the map, if that is positive: MSPN */
    CVH_REFINE_SOFT_ARGMAX        /* mean position under softmax(gain * map), -inf weighing nothing: integral regression */
} cvh_refine;

/* Which steps of DARK, UDP and the means are taken. */
typedef enum cvh_step {
    CVH_STEP_CHECKED = 0, /* of at most max_step; DARK and UDP also want positive samples and a maximum there */
    CVH_STEP_PUBLISHED    /* any: DARK clamps samples to 1e-10 or more, UDP to 1e-3..50, whatever the second derivatives are */
} cvh_step;

/* On which pixels a refinement is tried; n is the axis's length, `own` the axis refined, `other` the one across. SIGN refines
 * an axis of its own, the others both or none. */
typedef enum cvh_guard {
    CVH_GUARD_NONE = 0,
    CVH_GUARD_DARK,  /* both 2..n-3 */
    CVH_GUARD_HRNET, /* both 2..n-2 */
    CVH_GUARD_MMPOSE /* own 2..n-2, other >= 1 */
} cvh_guard;

typedef enum cvh_ties { CVH_TIES_KEEP = 0, CVH_TIES_DROP } cvh_ties; /* a peak >= its window's samples, or > all others */
typedef enum cvh_order { CVH_ORDER_SCORE = 0, CVH_ORDER_RASTER } cvh_order; /* descending value (equal: raster), or raster */

typedef enum cvh_score {
    CVH_SCORE_PEAK = 0, /* the map's value at the peak's pixel (SOFT_ARGMAX: the probability of the largest sample) */
    CVH_SCORE_MAXIMUM,  /* the map's largest value */
    CVH_SCORE_ROUNDED,  /* the map's value at the refined position, rounded half to even */
    CVH_SCORE_SEARCHED  /* the value that was searched, at the peak's pixel: the blurred map's under blur_search */
} cvh_score;

/* What makes values of the map's samples. */
typedef enum cvh_activation {
    CVH_ACTIVATION_NONE = 0, /* they are values */
    CVH_ACTIVATION_SIGMOID   /* they are logits: a value is 1 / (1 + exp(-sample)) */
} cvh_activation;

/* How to read a map: what its samples are, which of them is a peak, how the peak is refined, and what is reported. All zero is
 * the default decoder. */
typedef struct cvh_decoder {
    cvh_activation activation; /* what is refined, blurred and reported is activated. The search compares samples as they are:
                                  two logits whose sigmoids are both 1 in float32 are not equal here */

    /* Find. */
    double threshold; /* a peak is a larger sample, or activated one (-INFINITY: any but NaN and -inf). On maps of 0..1 lists of
                         peaks want 0.1 to 0.3: with 0 every ripple of the background is a peak */
    int radius;       /* cvh_find_peaks: a peak dominates the (2 radius + 1)^2 window around it; up to 64 (0: 1). Above 8 the
                         call takes memory, 8 bytes a pixel of a map */
    int margin;       /* cvh_find_peaks: samples closer than this to the border are no peaks */
    cvh_ties ties;    /* cvh_find_peaks */
    cvh_order order;  /* cvh_find_peaks */
    int max_peaks;    /* cvh_find_peaks: of a map, the first in `order` (0: all) */

    /* Smooth: the map as refined is blurred. */
    double blur_ksize, blur_sigma; /* ksize odd, up to 63 (0: no blur); sigma 0: from ksize */
    cvh_border blur_border;        /* METHOD shrinks the kernel so that it never leaves the map; the others are OpenCV's */
    int blur_search;               /* 1: the search sees the blurred map too, which takes memory */

    /* Refine. */
    cvh_refine refine;
    int window;         /* radius of FIT's and CENTROID's window, up to 32 (0: FIT's as said above, CENTROID's 2) */
    cvh_border outside; /* what SIGN, DARK, UDP and CENTROID see beyond the map (METHOD: they keep inside it) */
    cvh_guard guard;
    cvh_step step;
    double max_step; /* pixels that a refinement may go (0: FIT as said above, SOFT_ARGMAX any, the others 1; INFINITY: any) */
    double gain;     /* SOFT_ARGMAX's (0: 1) */

    /* Report. */
    double shift; /* added to every position, refined or not, before it is mapped back: Megvii's, CenterNet's, OpenPose's 0.5 */
    cvh_score score;
    double score_scale, score_bias; /* score = value * score_scale + score_bias (score_scale 0: 1) */

    /* Enlarge. */
    int enlarge; /* up to 64. Above 1: every map is first made so many times as large by cv::resize, bicubic, as floats and
                    before its activation; all of the above is of that map, and so are the pixels that radius, margin, blur,
                    window, max_step and shift count. Positions and widths are told as without it. A side of the enlarged map is
                    at most CVH_MAX_SIDE. Takes 4 bytes a pixel of both maps, and what cv::resize takes */
} cvh_decoder;

/* What became of a peak. From CVH_FOUND_PIXEL on it is usable. */
typedef enum cvh_found {
    CVH_FOUND_NOTHING = 0, /* no sample but NaN and -inf */
    CVH_FOUND_WEAK,        /* the largest sample is not above the threshold */
    CVH_FOUND_PIXEL,       /* the pixel, as asked (CVH_REFINE_NONE) */
    CVH_FOUND_PIXEL_EDGE,  /* the pixel: too near the border for the guard or the stencil */
    CVH_FOUND_PIXEL_SHAPE, /* the pixel: flat, no maximum there, or the step was too long */
    CVH_FOUND_PIXEL_VALUE, /* the pixel: a sample that the refinement needs is NaN or infinite or has no logarithm */
    CVH_FOUND_PLATEAU,     /* the middle of the samples that share the largest value: no flank around them tells more */
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

/* One peak a map: `maps` (any depth) is read, peaks[0..count-1] written. The convention gives the caller's frame and the
 * decoder. NULL: heatmap pixels and the default decoder. NaN and -inf never win, +inf does (and has no refinement); ties go to
 * the first in raster order. A convention that draws at the pixel int(x) (snap TRUNC or FLOOR, centre SNAPPED or WINDOW; snap
 * NONE, centre WINDOW) has its keypoints half a pixel beyond it on average: FIT and FIT_TIED add that where the decoder's shift
 * is 0; the projects' own decoders stay as published.
 * Errors: CVH_ERR_ARGUMENT; CVH_ERR_MEMORY where the decoder searches a blurred map or an enlarged one; CVH_ERR_OPENCV where it
 * enlarges, and always in a build without OpenCV. An enlargement that fails leaves `peaks` unspecified. */
CVH_API cvh_status cvh_decode(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks);

/* Every local maximum, grouped by map. *count receives how many there are, also when `capacity` is too small: that is
 * CVH_ERR_ARGUMENT, and peaks is untouched. peaks may be NULL when capacity is 0. Unusable peaks are not listed.
 * Errors: as cvh_decode; CVH_ERR_MEMORY also where the decoder's radius is above 8. */
CVH_API cvh_status cvh_find_peaks(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks, size_t capacity,
                                  size_t *count);

/* The same where the network says by offset maps where in its cell a keypoint lies: the offset at the peak's pixel, read as
 * convention->offsets says, stands in the place of the decoder's refinement and shift.
 *   dx, dy    read; the size of `maps`, one map a map of it or one for all
 * A peak whose offset is NaN, or leads more than 1e9 pixels away, stays at its pixel (CVH_FOUND_PIXEL_VALUE). Errors: as above.
 */
CVH_API cvh_status cvh_decode_offsets(const cvh_maps *maps, const cvh_maps *dx, const cvh_maps *dy,
                                      const cvh_convention *convention, cvh_peak *peaks);
CVH_API cvh_status cvh_find_peaks_offsets(const cvh_maps *maps, const cvh_maps *dx, const cvh_maps *dy,
                                          const cvh_convention *convention, cvh_peak *peaks, size_t capacity, size_t *count);

/* The decoders of the field by name, as for conventions. */
CVH_API cvh_status cvh_decoder_find(const char *name, cvh_decoder *out);
CVH_API const char *cvh_decoder_name(int index);

#ifdef __cplusplus
}
#endif

#endif
