/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap, conventions: a keypoint, and everything that a project decides when it draws one. */
#ifndef CVHEATMAP_CONVENTION_H
#define CVHEATMAP_CONVENTION_H

#include "gaussian.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --------------------------------------------------------------------------------------------------------------- keypoints */

/* A keypoint. x or y NaN: not labelled (visibility thresholds stay with the caller: one way to say "absent"). Make it with an
 * initialiser ({.x = 3, .y = 4}) or by cvh_keypoints_from, which leave no field undefined: `gaussian` is read.
 *   x, y       in the frame that the convention's scale and offset map to heatmap pixels
 *   map        which map of the view it is drawn on, 0..count-1; many keypoints may share a map
 *   gaussian   NULL: the convention's. Else each of its fields that is not 0 replaces the convention's */
typedef struct cvh_keypoint {
    double x, y;
    int map;
    const cvh_gaussian *gaussian;
} cvh_keypoint;

/* Keypoints from an array [count][3] of x, y and visibility (or score), as COCO files and most loaders have it: each on a map
 * of its own from first_map on, absent (x and y NaN) where the visibility is below visible_min or NaN, gaussian NULL.
 *   xyv           3 * count floats, read; may be NULL when count is 0
 *   count         first_map + count is at most CVH_MAX_COUNT. A batch [N][K][3] on N*K maps is one call with count N*K; people
 *                 who share K maps are a call each, with first_map 0
 *   visible_min   finite; COCO: 1 (0 is not labelled); a score: what still counts
 *   out           `count` keypoints, written
 * Errors: CVH_ERR_ARGUMENT; out is then untouched. */
CVH_API cvh_status cvh_keypoints_from(const float *xyv, size_t count, int first_map, float visible_min, cvh_keypoint *out);

/* ------------------------------------------------------------------------------------------------------------ conventions */

typedef enum cvh_method { CVH_METHOD_PATCH = 0, CVH_METHOD_BLUR = 1 } cvh_method;

/* How a w x h network input lies on a W x H map; what cvh_convention_fit turns into scale and offset. */
typedef enum cvh_geometry {
    CVH_GEOMETRY_STRIDE = 0, /* x * W/w                         HRNet, mmpose, SLEAP, CenterNet, ... */
    CVH_GEOMETRY_HALF_PIXEL, /* (x + 1/2) * W/w - 1/2           OpenPose */
    CVH_GEOMETRY_CORNERS,    /* x * (W-1)/(w-1)                 UDP */
    CVH_GEOMETRY_DEEPLABCUT, /* x * W/w - 1/2                   DeepLabCut */
    CVH_GEOMETRY_HIGHERHRNET /* x * W/w, and sigma = W/64       HigherHRNet */
} cvh_geometry;

/* Which pixel the window is centred on, from the map coordinate u. */
typedef enum cvh_snap {
    CVH_SNAP_NEAREST = 0, /* floor(u + 1/2) */
    CVH_SNAP_HALF_UP,     /* trunc(u + 1/2), the field's int(x + 0.5): (-1.5, -0.5) lands on pixel 0 */
    CVH_SNAP_TRUNC,       /* trunc(u), the field's int(x): (-1, 0) lands on pixel 0 */
    CVH_SNAP_FLOOR,       /* floor(u) */
    CVH_SNAP_NONE         /* u itself: the window is [trunc(u - r), trunc(u + r + 1)), r = (ksize-1)/2 */
} cvh_snap;

/* Where the Gaussian sits in its window. */
typedef enum cvh_centre {
    CVH_CENTRE_SNAPPED = 0, /* on the snapped pixel (on u with CVH_SNAP_NONE) */
    CVH_CENTRE_SUBPIXEL,    /* at u, inside the window of the snapped pixel: UDP */
    CVH_CENTRE_WINDOW       /* at the window's first sample + floor(r + 1/2): pytorch-pose */
} cvh_centre;

/* How keypoints on one map combine, in drawing order. */
typedef enum cvh_overlap {
    CVH_OVERLAP_MAX = 0,  /* patch: the larger value. blur: a pixel is lit once however many keypoints share it */
    CVH_OVERLAP_REPLACE,  /* the later window replaces what was there (patch alone) */
    CVH_OVERLAP_ADD,      /* the sum (blur: a pixel counts its keypoints) */
    CVH_OVERLAP_ADD_CLAMP /* the sum, but at most the keypoint's peak (patch alone) */
} cvh_overlap;

/* What `peak` is the value of. "OpenCV's taps" sum to 1 on each axis: the values of cv::getGaussianKernel. */
typedef enum cvh_norm {
    CVH_NORM_NONE = 0, /* patch: peak * exp(-d^2 / 2 sigma^2). blur: as KERNEL */
    CVH_NORM_MAX,      /* the map's maximum becomes `peak`: OpenCV's taps are drawn, and then every sample is divided by
                          (maximum / peak) in the map's own depth, as the tutorial does. It hits `peak` to 1 ULP where the
                          maximum was a normal number; an empty map stays 0. Keypoints of different peaks are each drawn with
                          their own, and the maximum becomes the largest of those drawn on the map. Whether peaks differ is
                          asked of a whole call: where they do, slices of it may differ from it in their last bits */
    CVH_NORM_CENTRE,   /* the same with the value at the keypoint's snapped pixel in place of the maximum. The map is left as
                          drawn where that value is so faint that another would exceed the depth. One keypoint a map, none
                          off the map */
    CVH_NORM_KERNEL,   /* OpenCV's taps times peak: what cv::GaussianBlur gives for a pixel of value `peak` */
    CVH_NORM_SUM       /* what lies on the keypoint's own map sums to `peak` (patch alone). A tail so faint that the factor to
                          that end would exceed the depth is not drawn */
} cvh_norm;

/* Which keypoints are left out, with weight 0. [lo, hi) is the window before clipping, size the map's; R is 3 sigma. The
 * tests are the field's own: hi < 0 where hi <= 0 is meant, so a window ending just at 0 keeps weight 1. */
typedef enum cvh_drop {
    CVH_DROP_NONE = 0,
    CVH_DROP_CENTRE,           /* the snapped pixel is off the map */
    CVH_DROP_WINDOW,           /* lo >= size or hi < 0 on an axis */
    CVH_DROP_THREE_SIGMA,      /* u - R >= size or u + R + 1 < 0: DARK in mmpose */
    CVH_DROP_THREE_SIGMA_TRUNC /* the same, both truncated: DARK as published */
} cvh_drop;

/* How ksize and sigma follow from each other where one is 0. */
typedef enum cvh_window {
    CVH_WINDOW_METHOD = 0,    /* as cvh_gaussian says */
    CVH_WINDOW_THREE_SIGMA_1, /* ksize = 2 * (ceil(3 sigma) + 1) + 1: HigherHRNet */
    CVH_WINDOW_SIX_SIGMA      /* sigma = ksize / 6: CornerNet, CenterNet, TTFNet; ksize = 2 * ceil(3 sigma - 1/2) + 1 */
} cvh_window;

struct cvh_decoder;
struct cvh_crop;

/* What the lengths of cvh_offsets are in. */
typedef enum cvh_offset_unit {
    CVH_OFFSET_PIXELS = 0, /* heatmap pixels */
    CVH_OFFSET_INPUT,      /* pixels of the network's input, which scale turns into heatmap pixels */
    CVH_OFFSET_SIDES       /* the map's longer side */
} cvh_offset_unit;

/* Where offsets are drawn; 0 elsewhere. */
typedef enum cvh_offset_area {
    CVH_OFFSET_EVERYWHERE = 0, /* on the keypoint's whole map */
    CVH_OFFSET_DISC,           /* within `disc` of it */
    CVH_OFFSET_CELL            /* at its pixel, as `snap` has it (NONE: the nearest) */
} cvh_offset_area;

/* What a project's offset maps hold: at each cell where the keypoint is from there, on each axis
 *     offset = (keypoint - cell) / length                      and, read at a peak,   keypoint = cell + length * offset
 * Only cvh_encode_offsets, cvh_decode_offsets and cvh_find_peaks_offsets look at it. */
typedef struct cvh_offsets {
    cvh_offset_unit unit; /* of length and disc */
    double length;        /* what an offset of 1 is, up to 1e6; 0: 1 */
    double disc; /* > 0, up to 1e6: the map is 1 within this distance of the keypoint (equality in) and 0 beyond, in place of a
                    Gaussian. 0: as cvh_encode draws it */
    cvh_offset_area area;
    double blur_ksize; /* offsets are read through this Gaussian blur, REFLECT_101 and its sigma OpenCV's own: UDP-Pose's 7.
                          Odd, up to 31; 0: not */
} cvh_offsets;

/* Everything a project decides when it draws (and, by `decoder`, reads) its heatmaps. */
typedef struct cvh_convention {
    const char *name;  /* for messages; may be NULL */
    cvh_method method; /* what cvh_encode runs */

    /* Where a keypoint lies: map coordinate u = scale * given + offset, on each axis (scale 0: 1). */
    double scale_x, scale_y, offset_x, offset_y;
    cvh_geometry geometry; /* what cvh_convention_fit applies */
    double input_sigma;    /* sigma in input pixels, 0..1e6; > 0: cvh_convention_fit sets sigma = input_sigma * scale */
    int input_rows, input_cols, map_rows, map_cols; /* what cvh_convention_fit was given; 0: not fitted, and any maps will do.
                                                       Every call refuses maps of another size than map_rows x map_cols */
    const struct cvh_crop *crop; /* set: keypoints are given, and peaks told, in pixels of the photograph that it was cut from.
                                    NULL: in those of the input. It is read at every call; fit, and every call after it, refuses
                                    a crop whose input is of another size */

    /* Which pixel it takes, the Gaussian there, and how far it is drawn. */
    cvh_snap snap;
    cvh_centre centre;
    cvh_gaussian gaussian;
    cvh_window window;   /* how its ksize and sigma follow from each other */
    double max_exponent; /* draw only where d^2 / 2 sigma^2 <= max_exponent, > 0; 0: no limit (patch alone, no reflection) */

    /* What becomes of it on the map. */
    cvh_border border;
    cvh_overlap overlap;
    cvh_norm norm;
    cvh_arithmetic arithmetic; /* of the patch, where an explicit border reflects; the blur's is always OpenCV's own */
    cvh_drop drop;

    const struct cvh_decoder *decoder; /* how the maps are read; NULL: the default decoder */
    void *user;                        /* for a caller's own method; the library never reads it */
    cvh_offsets offsets;               /* what the offset maps hold, where there are some */
} cvh_convention;

/* The named conventions of the field: tutorial_blur, tutorial_patch, hrnet, mmpose_msra, mspn, udp, darkpose, centernet,
 * openpose, ... Each draws the numbers of its project, for keypoints in heatmap pixels until cvh_convention_fit says otherwise.
 * A row is named after its project, with what tells the project's rows apart behind it, and other tables (decoders, crops)
 * have the same name for the same project's rows. Other spellings are found too (msra, simple_baselines, dark, udp_mmpose) and
 * are not listed; out->name is the row's own.
 * Errors: name or out NULL, or no such name (the message lists near ones, of the same project where it is a known one):
 * CVH_ERR_ARGUMENT. */
CVH_API cvh_status cvh_convention_find(const char *name, cvh_convention *out);

/* The index-th name, from 0; NULL past the last and for negative ones. */
CVH_API const char *cvh_convention_name(int index);

/* Sets scale and offset by `geometry` for an input of input_rows x input_cols pixels drawn on maps of map_rows x map_cols
 * (each 1..CVH_MAX_SIDE; CVH_GEOMETRY_CORNERS needs 2), so that keypoints are given, and decoded, in input pixels, and keeps
 * the four sizes. Fit again before other maps are drawn or read. Sigma is set where the project ties it to the input, whatever
 * stood there: to input_sigma * scale where input_sigma > 0, and to map_cols / 64 under CVH_GEOMETRY_HIGHERHRNET. A sigma of
 * your own goes into `gaussian` after fitting, or, in input pixels, into input_sigma before. sigma_y stays 0 (as sigma_x)
 * unless the axes' scales differ. Errors: CVH_ERR_ARGUMENT; the convention is then untouched. */
CVH_API cvh_status cvh_convention_fit(cvh_convention *convention, int input_rows, int input_cols, int map_rows, int map_cols);

#ifdef __cplusplus
}
#endif

#endif
