/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap: draw keypoint heatmaps, read keypoints back out of them, and prove that two heatmap codes agree.
 *
 * Pose and landmark networks are trained on maps with a Gaussian at each keypoint. Two methods draw them:
 *
 *   blur    light the keypoint's pixel, run cv::GaussianBlur over the map, rescale it        (cvh_blur)
 *   patch   write the Gaussian straight into the (2r+1) x (2r+1) window around the keypoint   (cvh_patch)
 *
 * The patch is a native twin of the blur: with an explicit border both give the same bits. A complete program:
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
 *   5. Memory is the caller's, except what cvh_npy_load returns. cvh_patch, cvh_draw, cvh_erase, cvh_decode, cvh_compare
 *      and cvh_encode by patch allocate nothing while a window clipped to its map is at most 1024 pixels wide and high
 *      (cvh_decode: while its decoder does not search a blurred map).
 *   6. Every function may be called from any number of threads at once; the only state is cvh_last_error's text, which
 *      belongs to the thread. Two calls must not write the same memory: cut a batch into slices, one a thread.
 *   7. The same input gives the same bits at any step and alignment and on any machine, OpenCV's own arithmetic
 *      (cvh_blur and cvh_gaussian_blur) aside.
 */
#ifndef CVHEATMAP_H
#define CVHEATMAP_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#define CVH_VERSION_MAJOR 0
#define CVH_VERSION_MINOR 1
#define CVH_VERSION_PATCH 0

#if defined(_WIN32) && defined(CVH_SHARED)
#  ifdef CVH_BUILDING
#    define CVH_API __declspec(dllexport)
#  else
#    define CVH_API __declspec(dllimport)
#  endif
#elif defined(__GNUC__)
#  define CVH_API __attribute__((visibility("default")))
#else
#  define CVH_API
#endif

/* A view is made before its memory is written: compilers need not worry about that. */
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 11
#  define CVH_NOT_READ __attribute__((access(none, 1)))
#else
#  define CVH_NOT_READ
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------------- status and version */

typedef enum cvh_status {
    CVH_OK = 0,
    CVH_ERR_ARGUMENT = 1, /* an argument is outside its documented range; outputs are untouched */
    CVH_ERR_MEMORY = 2,   /* an allocation failed, ours or OpenCV's */
    CVH_ERR_OPENCV = 3,   /* OpenCV raised an exception; cvh_last_error() has its text */
    CVH_ERR_IO = 4,       /* a file cannot be opened, read or written; cvh_last_error() has the path and the reason */
    CVH_ERR_FORMAT = 5    /* a file's contents are not what its format says; cvh_last_error() has the position */
} cvh_status;

/* A constant English text for any int, an unknown one included. Never NULL. */
CVH_API const char *cvh_status_text(int status);

/* This thread's last failure: which argument, which value, which range; "" when nothing failed yet. The text stays valid
 * until this thread's next failing call; a success does not change it. At most 511 bytes; never NULL. */
CVH_API const char *cvh_last_error(void);

/* "major.minor.patch" of the library and of the OpenCV it runs with. Never NULL. */
CVH_API const char *cvh_version(void);
CVH_API const char *cvh_opencv_version(void);

/* ---------------------------------------------------------------------------------------------------------- views of maps */

/* A sample's type, in OpenCV's own numbers. 32F and 64F serve everywhere; 8U serves cvh_compare, cvh_npy_* and
 * cvh_gaussian_blur only (a blurred 8-bit heatmap loses its tails, and with large kernels everything). */
typedef enum cvh_depth { CVH_8U = 0, CVH_32F = 5, CVH_64F = 6 } cvh_depth;

enum {
    CVH_MAX_COUNT = 1 << 28,      /* maps in a view */
    CVH_MAX_SIDE = 1 << 15,       /* rows, and columns, of a map */
    CVH_MAX_KSIZE = (1 << 15) - 1 /* width of a window; cv::GaussianBlur on a tiny map can hang on more */
};

/* A view of `count` heatmaps of one size. It owns nothing. Steps are in BYTES; a step of 0 means packed:
 *     col_step 0: the sample's size;  row_step 0: cols * col_step;  map_step 0: rows * row_step.
 * Sample (map, row, col) is at data + map * map_step + row * row_step + col * col_step. CHW and HWC tensors, a padded
 * cv::Mat, a slice of either: all one thing.
 *   data    aligned to the sample's size. A view does not carry const: each function says whether it reads or writes
 *   count   1..CVH_MAX_COUNT;  rows, cols  1..CVH_MAX_SIDE
 *   steps   multiples of the sample's size; sorted by size, each at least the extent of what the smaller ones span, so
 *           that samples never overlap (the step of a dimension of length 1 is not used) */
typedef struct cvh_maps {
    void *data;
    int count, rows, cols;
    cvh_depth depth;
    size_t map_step, row_step, col_step;
} cvh_maps;

/* Packed [count][rows][cols]. Nothing is checked here; the functions that take the view check it. */
CVH_API CVH_NOT_READ cvh_maps cvh_maps_view(const void *data, int count, int rows, int cols, cvh_depth depth);

/* An image of `channels` interleaved channels, one map a channel, with rows `row_step` bytes apart (0: packed):
 *     cv::Mat m      cvh_maps_interleaved(m.data, m.channels(), m.rows, m.cols, (cvh_depth)m.depth(), m.step)
 *     CvMat *m       cvh_maps_interleaved(m->data.ptr, channels, m->rows, m->cols, (cvh_depth)(m->type & 7), (size_t)m->step)
 *     IplImage *i    cvh_maps_interleaved(i->imageData, i->nChannels, i->height, i->width,
 *                                         i->depth == 32 ? CVH_32F : i->depth == 64 ? CVH_64F : CVH_8U, (size_t)i->widthStep)
 *                    (8-bit unsigned, float and double images, dataOrder 0, no roi)
 * C++ callers find checked converters in cvheatmap.hpp. */
CVH_API CVH_NOT_READ cvh_maps cvh_maps_interleaved(const void *data, int channels, int rows, int cols, cvh_depth depth,
                                                   size_t row_step);

/* --------------------------------------------------------------------------------------------------- Gaussians, keypoints */

#define CVH_WHOLE_MAP ((double)INFINITY)

/* The shape of a Gaussian. Lengths in heatmap pixels.
 *   sigma_x, sigma_y   1e-6..1e6. sigma_x 0: from ksize by OpenCV's rule, its fixed tables for ksize 1, 3, 5, 7, 9 included
 *                      (or as the convention's `window` says). sigma_y 0: as sigma_x
 *   ksize_x, ksize_y   the window's width 2r+1, odd, 1..CVH_MAX_KSIZE. ksize_x 0: from sigma, blur by cvh_ksize_from_sigma,
 *                      patch 2*ceil(3 sigma)+1 (or as the convention's `window` says). ksize_y 0: as ksize_x, or from
 *                      sigma_y where ksize_x is 0 too. Patch alone also takes CVH_WHOLE_MAP, and with CVH_SNAP_NONE any
 *                      real width >= 1; there ksize 0 means 6 sigma + 1
 *   peak               the value at the keypoint, as `norm` says, 1e-30..1e30. 0: 1 */
typedef struct cvh_gaussian {
    double sigma_x, sigma_y;
    double ksize_x, ksize_y;
    double peak;
} cvh_gaussian;

/* A keypoint. x or y NaN: not labelled (visibility thresholds stay with the caller: one way to say "absent").
 *   x, y       in the frame that the convention's scale and offset map to heatmap pixels
 *   map        which map of the view it is drawn on, 0..count-1; many keypoints may share a map
 *   gaussian   NULL: the convention's. Else each of its fields that is not 0 replaces the convention's */
typedef struct cvh_keypoint {
    double x, y;
    int map;
    const cvh_gaussian *gaussian;
} cvh_keypoint;

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

/* What lies outside the map. Explicit borders are OpenCV's, mean the same to both methods, need a snapped keypoint and a
 * finite window, and light nothing for a keypoint whose pixel is off the map. */
typedef enum cvh_border {
    CVH_BORDER_METHOD = 0, /* what the method does in the field: blur reflects (101), patch clips its window */
    CVH_BORDER_CONSTANT,   /* 000|abcd|000 */
    CVH_BORDER_REPLICATE,  /* aaa|abcd|ddd */
    CVH_BORDER_REFLECT,    /* cba|abcd|dcb */
    CVH_BORDER_REFLECT_101 /* dcb|abcd|cba */
} cvh_border;

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
    CVH_NORM_MAX,      /* OpenCV's taps, then every sample divided by (the map's maximum / peak) in the map's own depth, as
                          the tutorial does: the maximum is `peak` to 1 ULP (if it was a normal number); an empty map stays
                          0. One peak for all */
    CVH_NORM_CENTRE,   /* the same with the value at the keypoint's snapped pixel, left as drawn where that is so faint that
                          another would exceed the depth; one keypoint a map, none off the map */
    CVH_NORM_KERNEL,   /* OpenCV's taps times peak: what cv::GaussianBlur gives for a pixel of value `peak` */
    CVH_NORM_SUM       /* what lies on the keypoint's own map sums to `peak`; nothing is drawn where it is so faint that a
                          factor to that end exceeds the depth (patch alone) */
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

/* Everything a project decides when it draws (and, by `decoder`, reads) its heatmaps. */
typedef struct cvh_convention {
    const char *name;                            /* for messages; may be NULL */
    cvh_method method;                           /* what cvh_encode runs */
    double scale_x, scale_y, offset_x, offset_y; /* map coordinate u = scale * given + offset, per axis; scale 0: 1 */
    cvh_geometry geometry;                       /* what cvh_convention_fit applies */
    double input_sigma;                          /* sigma in input pixels, 0..1e6; > 0: fit sets sigma = input_sigma * scale */
    cvh_snap snap;
    cvh_centre centre;
    cvh_gaussian gaussian;
    double max_exponent; /* draw only where d^2 / 2 sigma^2 <= max_exponent, > 0; 0: no limit (patch alone, no reflection) */
    cvh_border border;
    cvh_overlap overlap;
    cvh_norm norm;
    cvh_drop drop;
    const struct cvh_decoder *decoder; /* NULL: the default decoder */
    void *user;                        /* for a caller's own method; the library never reads it */
    cvh_window window;
} cvh_convention;

/* The named conventions of the field: tutorial_blur, tutorial_patch, msra, megvii, udp, dark, centernet, openpose, ...
 * Each draws the numbers of its project, for keypoints in heatmap pixels until cvh_convention_fit says otherwise.
 * Errors: name or out NULL, or no such name (the message lists near ones): CVH_ERR_ARGUMENT. */
CVH_API cvh_status cvh_convention_find(const char *name, cvh_convention *out);

/* The index-th name, from 0; NULL past the last and for negative ones. */
CVH_API const char *cvh_convention_name(int index);

/* Sets scale and offset by `geometry` for an input of input_rows x input_cols pixels drawn on maps of map_rows x map_cols
 * (each 1..CVH_MAX_SIDE; CVH_GEOMETRY_CORNERS needs 2), so that keypoints are given, and decoded, in input pixels. Where
 * input_sigma > 0, sigma = input_sigma * scale on each axis; under CVH_GEOMETRY_HIGHERHRNET, sigma = map_cols / 64. */
CVH_API cvh_status cvh_convention_fit(cvh_convention *convention, int input_rows, int input_cols, int map_rows, int map_cols);

/* ---------------------------------------------------------------------------------------------------------------- drawing */

/* The type of a method, so that either stands in for the other, and a caller's own beside them. */
typedef cvh_status (*cvh_method_fn)(const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                                    const cvh_convention *convention);

/* The two methods. Each clears the maps, draws the keypoints in order, and rescales.
 *   maps        written; 32F or 64F. Bytes between samples are not touched
 *   points      `count` of them; may be NULL when count is 0. Each point's map must be in the view
 *   convention  not NULL. A field left 0 is what that method does in the field (ksize, border, norm and overlap differ
 *               between the two); a field that is set means the same to both
 * cvh_blur calls cv::GaussianBlur on the bounding box of each map's footprints, which gives the whole map's bits. It takes
 * snapped keypoints (no CVH_SNAP_NONE, no CVH_CENTRE_SUBPIXEL), one window and sigma a map (and one peak a map where norm
 * rescales), overlap MAX or ADD, norm NONE, KERNEL, MAX, or CENTRE, finite ksize, no max_exponent.
 * cvh_patch takes all of it; CVH_NORM_KERNEL needs a snapped centre, an odd ksize and no max_exponent, and NORM_MAX with the
 * same uses OpenCV's taps too (with any other it rescales plain exponentials).
 * Errors: CVH_ERR_ARGUMENT naming the field; cvh_blur also CVH_ERR_MEMORY and CVH_ERR_OPENCV; cvh_patch CVH_ERR_MEMORY only for
 * windows beyond rule 5. */
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

/* -------------------------------------------------------------------------------------------------------------- comparing */

typedef struct cvh_tolerance {
    double absolute, relative; /* >= 0 */
    uint64_t ulps;             /* in the maps' own depth; 8U: grey levels */
} cvh_tolerance;               /* all 0: exact equality */

typedef struct cvh_report {
    uint64_t compared, differing; /* samples; how many do not agree */
    double max_abs, rmse; /* largest |e-a| and root of the mean (e-a)^2, over all samples; INFINITY for NaN against a number */
    uint64_t max_ulps;    /* UINT64_MAX for NaN against a number */
    int map, row, col;    /* the worst sample: the first with |e-a| = max_abs, in order of map, row, column */
    double expected, actual; /* its values */
} cvh_report;

/* Compares two views of the same count, rows, cols and depth (8U, 32F, 64F), each with its own steps; both are read. A sample
 * agrees if |e-a| <= absolute, or |e-a| <= relative * |e|, or e and a are within `ulps` steps of each other, or they are
 * equal (+0 = -0), or both are NaN; NaN against a number never agrees, nor an infinite |e-a| but within `ulps`. CVH_OK also
 * when they differ: report->differing says so. tolerance NULL: exact. */
CVH_API cvh_status cvh_compare(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance,
                               cvh_report *report);

/* Draws the same keypoints by two methods into scratch maps of `shape` (its count, rows, cols and depth alone are read) and
 * compares them. The convention's ksize_x must be set: the methods' defaults differ. Errors: those of the methods and of
 * cvh_compare, and CVH_ERR_MEMORY. */
CVH_API cvh_status cvh_crosscheck(cvh_method_fn expected, cvh_method_fn actual, const cvh_maps *shape,
                                  const cvh_keypoint *points, size_t count, const cvh_convention *convention,
                                  const cvh_tolerance *tolerance, cvh_report *report);

/* --------------------------------------------------------------------------------------------- kernels, rules, plain blur */

/* cv::getGaussianKernel's bits, computed natively: `ksize` taps (odd, 1..CVH_MAX_KSIZE) that sum to 1, as floats or doubles.
 *   ksize   0: cvh_ksize_from_sigma(sigma) taps; call that first to size the buffer
 *   sigma   1e-6..1e6, or 0: cvh_sigma_from_ksize, and OpenCV's fixed tables for ksize 1, 3, 5, 7, 9
 *   depth   CVH_32F or CVH_64F */
CVH_API cvh_status cvh_gaussian_kernel(double ksize, double sigma, cvh_depth depth, void *taps);

/* OpenCV's rules (imgproc, smooth.dispatch.cpp): sigma = 0.15 * ksize + 0.35 rounded once, and, for every depth but 8U,
 * ksize = round(8 sigma + 1) | 1, ties to even. NaN where the argument is NaN, infinite or not > 0, or the result is beyond
 * the ranges of cvh_gaussian. */
CVH_API double cvh_sigma_from_ksize(double ksize);
CVH_API double cvh_ksize_from_sigma(double sigma);

/* The radius that CornerNet-like detectors draw for a box of rows x cols such that any box within it keeps an overlap (IoU)
 * of min_overlap with it, before truncation. cornernet: the corrected roots of princeton-vl/CornerNet sample/utils.py;
 * centernet: xingyizhou/CenterNet src/lib/utils/image.py gaussian_radius as published (4 * min_overlap times the third root).
 * rows, cols > 0 and finite, min_overlap in (0, 1); else NaN. */
CVH_API double cvh_radius_cornernet(double rows, double cols, double min_overlap);
CVH_API double cvh_radius_centernet(double rows, double cols, double min_overlap);

/* cv::GaussianBlur itself, from C, map by map. src is read, dst written: same count, rows, cols and depth (8U, 32F, 64F); the
 * same view or no memory in common. ksize and sigma as in cvh_gaussian, with OpenCV's rule for ksize 0 (3 sigma for 8U, 4 sigma
 * else); peak must be 0 or 1. border METHOD is OpenCV's default, REFLECT_101. gaussian not NULL.
 * Errors: CVH_ERR_ARGUMENT, CVH_ERR_MEMORY, CVH_ERR_OPENCV. */
CVH_API cvh_status cvh_gaussian_blur(const cvh_maps *src, const cvh_maps *dst, const cvh_gaussian *gaussian, cvh_border border);

/* --------------------------------------------------------------------------------------------------------------- decoding */

/* How the peak is refined to sub-pixel. */
typedef enum cvh_refine {
    CVH_REFINE_FIT = 0,  /* least-squares Gaussian, widths free on each axis: near the Cramer-Rao bound, edges included. NaN and
                            -inf are left out of it, and so are samples that plainly belong to something else */
    CVH_REFINE_FIT_TIED, /* the same with one width for both axes */
    CVH_REFINE_NONE,     /* the pixel */
    CVH_REFINE_SIGN,     /* 0.25 px towards the larger neighbour: HRNet */
    CVH_REFINE_DARK,     /* Newton step on the log of the blurred map, second derivatives at step 2: DARK */
    CVH_REFINE_UDP,      /* the same at step 1: UDP */
    CVH_REFINE_CENTROID, /* centre of mass of the window: SLEAP */
    CVH_REFINE_CENTROID_POSITIVE, /* of its positive samples: OpenPose */
    CVH_REFINE_SECOND_PEAK,       /* 0.25 px towards the second largest sample of the map, if that is positive: MSPN */
    CVH_REFINE_SOFT_ARGMAX        /* mean position under softmax(gain * map), -inf weighing nothing: integral regression */
} cvh_refine;

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
    CVH_SCORE_ROUNDED   /* the map's value at the refined position, rounded half to even */
} cvh_score;

/* How to read a map, in four groups. */
typedef struct cvh_decoder {
    /* find: a peak is a sample > threshold (-INFINITY: any but NaN and -inf). The rest is for cvh_find_peaks: it dominates the
     * (2 radius+1)^2 window around it (radius 0: 1; up to 64), samples closer than `margin` (0..CVH_MAX_SIDE) to the border
     * are no peaks, and at most max_peaks a map are kept, in `order` (0: all) */
    double threshold;
    int radius, margin;
    cvh_ties ties;
    cvh_order order;
    int max_peaks;
    /* smooth: the map as refined is blurred with this kernel (blur_ksize 0: not; odd, up to 63; blur_sigma 0: from it).
     * blur_border METHOD shrinks the kernel so that it never leaves the map; CONSTANT and the others are OpenCV's.
     * blur_search 1: the search sees the blurred map too */
    double blur_ksize, blur_sigma;
    cvh_border blur_border;
    int blur_search;
    /* refine: window is the radius of CENTROID's and FIT's window, up to 32 (0: 2 for CENTROID; for FIT ceil(2 sigma) of the
     * convention's sigma; when that is 0, 4 and then ceil(2 s) where the width s that it finds asks for more); gain is
     * SOFT_ARGMAX's (0: 1). outside: what a stencil or window sees beyond the map; METHOD keeps it inside. max_step bounds
     * how far FIT, DARK, UDP and the means go from the pixel (0: 1; FIT: 2; SOFT_ARGMAX: no bound); DARK and UDP then demand
     * positive samples and a negative definite Hessian. INFINITY: as published, where DARK clamps samples to 1e-10 or more
     * and UDP to 1e-3..50, and any Hessian will do */
    cvh_refine refine;
    int window;
    double gain;
    cvh_border outside;
    cvh_guard guard;
    double max_step;
    /* report: shift is added to every position, refined or not, before it is mapped back (the +0.5 of Megvii, CenterNet,
     * OpenPose); score = value * score_scale + score_bias (score_scale 0: 1) */
    double shift;
    cvh_score score;
    double score_scale, score_bias;
} cvh_decoder;

/* What became of a peak. From CVH_FOUND_PIXEL on it is usable. */
typedef enum cvh_found {
    CVH_FOUND_NOTHING = 0, /* no sample but NaN and -inf */
    CVH_FOUND_WEAK,        /* the largest sample is not above the threshold */
    CVH_FOUND_PIXEL,       /* the pixel, as asked (CVH_REFINE_NONE) */
    CVH_FOUND_PIXEL_EDGE,  /* the pixel: too near the border for the guard or the stencil */
    CVH_FOUND_PIXEL_SHAPE, /* the pixel: flat, no maximum there, or the step was too long */
    CVH_FOUND_PIXEL_VALUE, /* the pixel: a sample that the refinement needs is NaN or infinite or has no logarithm */
    CVH_FOUND_REFINED
} cvh_found;

typedef struct cvh_peak {
    double x, y;  /* in the frame the keypoints were given in: the inverse of scale and offset; NaN when not usable */
    double score; /* NaN when nothing was found */
    int map;
    cvh_found found;
} cvh_peak;

/* One peak a map: `maps` (32F, 64F) is read, peaks[0..count-1] written. The convention gives scale, offset, sigma and the
 * decoder; its other fields are not looked at. NULL: heatmap pixels and the default decoder. NaN and -inf never win, +inf does
 * (and has no refinement); ties go to the first in raster order.
 * Errors: CVH_ERR_ARGUMENT; CVH_ERR_MEMORY where the decoder searches a blurred map. */
CVH_API cvh_status cvh_decode(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks);

/* Every local maximum, grouped by map. *count receives how many there are, also when `capacity` is too small: that is
 * CVH_ERR_ARGUMENT, and peaks is untouched. peaks may be NULL when capacity is 0. Unusable peaks are not listed.
 * Errors: as cvh_decode. */
CVH_API cvh_status cvh_find_peaks(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks, size_t capacity,
                                  size_t *count);

/* The decoders of the field by name, as for conventions. */
CVH_API cvh_status cvh_decoder_find(const char *name, cvh_decoder *out);
CVH_API const char *cvh_decoder_name(int index);

/* ------------------------------------------------------------------------------------------------------------- .npy files */

/* NumPy .npy. cvh_npy_save writes [count][rows][cols], little-endian, C order, format 1.0, from a view with any steps
 * (8U, 32F, 64F); a failed write leaves no file under `path`. cvh_npy_load reads u1, f4 and f8, formats 1, 2 and 3, C order,
 * little-endian, two or more dimensions: the leading ones fold into count. It sets *maps to a packed view of memory that
 * cvh_npy_free releases (and zeroes the view; NULL and a zero view are fine).
 * Errors: CVH_ERR_ARGUMENT, CVH_ERR_IO, CVH_ERR_FORMAT (with the position), CVH_ERR_MEMORY; *maps is then untouched. */
CVH_API cvh_status cvh_npy_save(const char *path, const cvh_maps *maps);
CVH_API cvh_status cvh_npy_load(const char *path, cvh_maps *maps);
CVH_API void cvh_npy_free(cvh_maps *maps);

#ifdef __cplusplus
}
#endif

#endif
