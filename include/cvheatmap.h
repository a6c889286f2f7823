/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap: draw keypoint heatmaps, read keypoints back out of them, and prove that two heatmap codes agree.
 *
 * Pose and landmark networks are trained on maps with a Gaussian at each keypoint. Two methods draw them:
 *
 *   blur    light the keypoint's pixel, run cv::GaussianBlur over the map, rescale it        (cvh_blur)
 *   patch   write the Gaussian straight into the (2r+1) x (2r+1) window around the keypoint   (cvh_patch)
 *
 * The patch is a native twin of the blur: with an explicit border both give the same bits under CVH_ARITHMETIC_OPENCV, which
 * crosschecks use. A complete program:
 *
 *     float data[64 * 48];
 *     cvh_maps maps = cvh_maps_view(data, 1, 64, 48, CVH_32F);
 *     cvh_keypoint nose = { .x = 24, .y = 32 };
 *     cvh_convention tutorial = { .gaussian = { .sigma_x = 2, .ksize_x = 15, .peak = 255 }, .norm = CVH_NORM_MAX };
 *     if (cvh_patch(&maps, &nose, 1, &tutorial)) puts(cvh_last_error());
 *
 * What holds everywhere, said once:
 *
 *   1. x runs right, y runs down, pixel centres are at integers: a map covers x = 0..cols-1, y = 0..rows-1.
 *      Sizes are written rows x cols (64x48 is 64 high). Lengths are heatmap pixels where no other unit is named.
 *   2. Every struct is plain, passed by pointer, and zero means default in every field, so that a designated
 *      initialiser is a complete call. A later version adds fields at the end only; initialise by name.
 *   3. A function that can fail returns a cvh_status: 0 is success. After a failure cvh_last_error() tells this thread
 *      which argument was wrong, its value and the allowed range. After CVH_ERR_ARGUMENT every output is untouched;
 *      after CVH_ERR_MEMORY or CVH_ERR_OPENCV from a drawing function the maps' contents are unspecified. No function
 *      writes outside the view, prints, aborts, throws or leaks.
 *   4. NaN and infinite parameters are CVH_ERR_ARGUMENT where a field does not say otherwise. A keypoint that is absent
 *      (x or y NaN) or off the map is no error.
 *   5. Memory is the caller's, except what cvh_npy_load returns. cvh_patch, cvh_draw, cvh_erase, cvh_decode, cvh_compare,
 *      cvh_convert, cvh_crop_image, cvh_flip_merge and cvh_encode by patch allocate nothing while a window clipped to its map
 *      is at most 1024 pixels wide and high (cvh_decode: while its decoder neither searches a blurred map nor enlarges).
 *   6. Every function may be called from any number of threads at once; the only state is cvh_last_error's text, which
 *      belongs to the thread. Two calls must not write the same memory: cut a batch into slices, one a thread.
 *   7. The same input gives the same bits at any step and alignment and on any machine. Aside from that stand OpenCV's own
 *      bits: those of cvh_blur, cvh_gaussian_blur, cvh_warp and decoders that enlarge, and what CVH_ARITHMETIC_OPENCV and
 *      cvh_warp_native reproduce; and cvh_closed_form, which is computed in the machine's own long double. The floating-point
 *      environment must be the default one: round to nearest, subnormals kept. A program that is linked with -ffast-math
 *      changes that for all its threads, and with it the bits.
 *
 * Three words have two meanings each, in two headers that are read apart:
 *   window   what a patch is drawn into; in a decoder, what a refinement looks at (its radius)
 *   peak     the value at a keypoint; in decode.h, a maximum that was found
 *   to fit   a convention to an input's and the maps' sizes (cvh_convention_fit); CVH_REFINE_FIT, a Gaussian to samples
 */
#ifndef CVHEATMAP_H
#define CVHEATMAP_H

#define CVH_VERSION_MAJOR 0
#define CVH_VERSION_MINOR 1
#define CVH_VERSION_PATCH 0

/* One header a subject, each a text of two to ten minutes. The order to read them: base, gaussian, convention, encode, decode,
 * crop, simcc, compare, texts. */
#include "cvheatmap/base.h"
#include "cvheatmap/compare.h"
#include "cvheatmap/convention.h"
#include "cvheatmap/crop.h"
#include "cvheatmap/decode.h"
#include "cvheatmap/encode.h"
#include "cvheatmap/gaussian.h"
#include "cvheatmap/simcc.h"
#include "cvheatmap/texts.h"

#endif
