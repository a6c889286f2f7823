/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap, from keypoints to maps. */
#ifndef CVHEATMAP_ENCODE_H
#define CVHEATMAP_ENCODE_H

#include "convention.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------------------------- drawing */

/* The type of a method, so that either stands in for the other, and a caller's own beside them. */
typedef cvh_status (*cvh_method_fn)(const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                                    const cvh_convention *convention);

/* The two methods. Each clears the maps, draws the keypoints in order, and rescales.
 *   maps        written; 32F or 64F. Bytes between samples are not touched
 *   points      `count` of them; may be NULL when count is 0. Each point's map must be in the view
 *   convention  not NULL. A field that is set means the same to both methods. Of those left 0, four mean to each what people do
 *               who draw by it: ksize, border, norm and overlap. cvh_crosscheck names them where they would part the two
 *
 *                cvh_blur                                            cvh_patch
 *   draws by     cv::GaussianBlur of the bounding box of a map's     the formula, in the window of each keypoint
 *                windows, which gives the whole map's bits
 *   takes        keypoints on pixels: no CVH_SNAP_NONE, no           every snap and centre
 *                CVH_CENTRE_SUBPIXEL; one ksize and sigma a map      a Gaussian a keypoint
 *   overlap      MAX, ADD                                            all
 *   norm         NONE, KERNEL, MAX, CENTRE                           all; KERNEL needs a keypoint on a pixel, an odd ksize and
 *                                                                    no max_exponent. MAX draws OpenCV's taps under the same
 *                                                                    conditions, plain exponentials otherwise
 *   else         a finite ksize, no max_exponent
 *
 * Errors: CVH_ERR_ARGUMENT naming the field; cvh_blur also CVH_ERR_MEMORY and CVH_ERR_OPENCV; cvh_patch CVH_ERR_MEMORY for
 * windows beyond rule 5, and under CVH_ARITHMETIC_OPENCV with a border that reflects CVH_ERR_MEMORY and CVH_ERR_OPENCV, the
 * maps being untouched. */
CVH_API cvh_status cvh_blur(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention);
CVH_API cvh_status cvh_patch(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention);

/* The convention's own method, and the keypoints' weights.
 *   weights   NULL, or `count` floats, written: 1, or 0 where the keypoint is NaN or dropped by `drop`
 * [N][K] keypoints onto N*K maps and many people onto K shared maps are both one call; `map` says which. */
CVH_API cvh_status cvh_encode(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention,
                              float *weights);

/* For loaders that reuse a buffer: the cost is the patches', not the map's. cvh_draw is cvh_patch without the clearing, onto
 * maps that are zero outside earlier draws (CVH_NORM_MAX and CVH_NORM_CENTRE: only for a map's only keypoint). cvh_erase
 * zeroes exactly what cvh_draw of the same arguments wrote. */
CVH_API cvh_status cvh_draw(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention);
CVH_API cvh_status cvh_erase(const cvh_maps *maps, const cvh_keypoint *points, size_t count, const cvh_convention *convention);

/* ----------------------------------------------------------------------------------------------------------- offset maps */

/* Draws the maps and the offset maps beside them, as convention->offsets says.
 *   maps      written: by cvh_encode, or discs; 32F or 64F
 *   dx, dy    written, their own depths and steps: one map a map of `maps`, or one for all of them. Any layout is such views:
 *             x first or y first is which pointer is which, interleaved or plane by plane is steps
 *   points    as for cvh_encode. Several on one map, or on offset maps for all: the last one's offsets stand
 *   weights   as for cvh_encode; a keypoint with weight 0, or more than 1e9 pixels off, draws no offsets. Discs know drop NONE
 *             and CENTRE
 * No two of the three views may begin at one sample; none of their samples may be in common.
 * Errors: those of cvh_encode. Discs and offsets allocate nothing. */
CVH_API cvh_status cvh_encode_offsets(const cvh_maps *maps, const cvh_maps *dx, const cvh_maps *dy, const cvh_keypoint *points,
                                      size_t count, const cvh_convention *convention, float *weights);

#ifdef __cplusplus
}
#endif

#endif
