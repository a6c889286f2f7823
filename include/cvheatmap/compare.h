/* SPDX-License-Identifier: Apache-2.0
 *
 * cvheatmap, whether two maps, or two methods, agree. */
#ifndef CVHEATMAP_COMPARE_H
#define CVHEATMAP_COMPARE_H

#include "crop.h"
#include "decode.h"
#include "encode.h"
#include "simcc.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -------------------------------------------------------------------------------------------------------------- comparing */

/* All 0: exact equality. */
typedef struct cvh_tolerance {
    double absolute, relative; /* 0 or more, and finite */
    uint64_t ulps;             /* steps between neighbouring samples of the expected view, as it stores them */
} cvh_tolerance;

/* The slips that codes like these part by, each a rule from an expected position (x, y) to the actual one. */
typedef enum cvh_slip {
    CVH_SLIP_NONE = 0,   /* no one rule explains the differences */
    CVH_SLIP_HALF_PIXEL, /* (x + a, y + b), a and b each 0, 1/2 or -1/2 */
    CVH_SLIP_SHIFT,      /* (x + a, y + b) */
    CVH_SLIP_EXCHANGED,  /* (y, x) */
    CVH_SLIP_SCALE,      /* (a x, b y); of peaks alone */
    CVH_SLIP_LINE        /* of maps alone: on each, one row or column is missing, or too many */
} cvh_slip;

typedef struct cvh_report {
    uint64_t compared, differing; /* samples; how many do not agree */

    /* The largest |e-a|, and the root of the mean (e-a)^2, over all samples; INFINITY for NaN against a number. */
    double max_abs, rmse;
    uint64_t max_ulps; /* UINT64_MAX for NaN against a number */

    /* The worst sample: the first with |e-a| = max_abs, in order of map, row and column; and its values. */
    int map, row, col;
    double expected, actual;

    /* Of the samples that differ, over all maps: the box [row_lo, row_hi) x [col_lo, col_hi) around them, empty where there are
     * none; how many are 0 where expected is not, and how many are not where expected is 0. */
    int row_lo, row_hi, col_lo, col_hi;
    uint64_t missing, extra;

    /* What explains at least 3, and at least three quarters, of 128 of them that were looked at. A shift of whole pixels and an
     * exchange are seen in any maps, half a pixel in maps of peaks. slip_x and slip_y: its a and b, in samples; 0 for NONE,
     * EXCHANGED and LINE. */
    cvh_slip slip;
    double slip_x, slip_y;
} cvh_report;

/* Compares two views of the same count, rows and cols, each of any depth, scale and steps; both are read. Values are compared,
 * in double.
 *
 * A sample agrees if |e-a| <= absolute, or |e-a| <= relative * |e|, or e and a are within `ulps` steps of each other, or they
 * are equal (+0 = -0), or both are NaN. NaN against a number never agrees, nor does an infinite |e-a| but within `ulps`. Where
 * the views store their values in two ways, the steps are those between the expected sample and the one nearest to the actual
 * value, 1 at least where the values differ.
 *   tolerance   NULL: exact
 * CVH_OK also when they differ: report->differing says so. Errors: CVH_ERR_ARGUMENT; *report is then untouched. */
CVH_API cvh_status cvh_compare(const cvh_maps *expected, const cvh_maps *actual, const cvh_tolerance *tolerance,
                               cvh_report *report);

/* Draws the same keypoints by two methods into scratch maps of `shape` (its count, rows, cols and depth alone are read) and
 * compares them. cvh_crosscheck_into draws into maps of yours, of one size and depth, which hold what was drawn afterwards.
 * Both methods get the convention as it is, `user` included, but where one of them is cvh_blur both get CVH_ARITHMETIC_OPENCV.
 *
 * Where the two are cvh_blur and cvh_patch, every setting that they take in two ways (border METHOD, norm NONE, ksize 0 with
 * window METHOD, overlap MAX where windows meet) or that one of them does not have is CVH_ERR_ARGUMENT: one message names all
 * of them, each with the nearest setting that means the same to both. A method of your own is given any.
 *
 * Errors: those of the methods and of cvh_compare, and CVH_ERR_MEMORY; *report is then untouched. */
CVH_API cvh_status cvh_crosscheck(cvh_method_fn expected, cvh_method_fn actual, const cvh_maps *shape,
                                  const cvh_keypoint *points, size_t count, const cvh_convention *convention,
                                  const cvh_tolerance *tolerance, cvh_report *report);
CVH_API cvh_status cvh_crosscheck_into(cvh_method_fn expected, cvh_method_fn actual, const cvh_maps *expected_maps,
                                       const cvh_maps *actual_maps, const cvh_keypoint *points, size_t count,
                                       const cvh_convention *convention, const cvh_tolerance *tolerance, cvh_report *report);

/* Makes of any convention that snaps keypoints to pixels the nearest one that cvh_blur and cvh_patch draw alike: border METHOD
 * becomes REFLECT_101, norm NONE and SUM become KERNEL, overlap ADD, max_exponent 0, and a ksize of 0 (with window METHOD) or
 * CVH_WHOLE_MAP the width that the convention's own method takes by itself. It draws another map than before: the two methods
 * are checked with it, and nobody trains on it.
 * Errors: CVH_ERR_ARGUMENT where it snaps to no pixel (cvh_closed_form is for those); it is then untouched. */
CVH_API cvh_status cvh_convention_comparable(cvh_convention *convention);

/* A third method: the formulas of these headers in long double, sample by sample, sharing no code with cvh_patch or OpenCV.
 * What cvh_blur cannot draw (keypoints between pixels, overlap REPLACE, norm SUM) is crosschecked against it. It is slow, and
 * exact to one rounding a sample: what cvh_patch draws is within 4 ULP of it in 32F and within 1e-13 of the sample in 64F, down
 * to 1e-30 of the peak. It takes border METHOD (the window is clipped, as patch does) and every norm but KERNEL, and wants a
 * sigma where a keypoint on a pixel has a ksize of at most 9, for those are OpenCV's tables. Under MAX, where patch draws
 * OpenCV's taps, that holds if the keypoints of a map are equally wide and overlap is not ADD_CLAMP.
 * Errors: as cvh_patch, and CVH_ERR_MEMORY. */
CVH_API cvh_status cvh_closed_form(const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                                   const cvh_convention *convention);

/* --------------------------------------------------------------------------------------------------- comparing keypoints */

#define CVH_SLIP_NEAR 0.01 /* a slip explains a pair to this many pixels, or to the tolerance where that is larger */

/* What the slip is and where it usually comes from; a constant English text for any int. Never NULL. */
CVH_API const char *cvh_slip_text(int slip);

/* Distances are in the peaks' own frame. */
typedef struct cvh_peak_report {
    size_t compared, differing; /* pairs; how many are further apart than the tolerance */

    /* The largest distance, and the mean over all pairs; INFINITY where one of a pair is NaN or infinite and the other is not
     * that. */
    double max_distance, mean_distance;

    /* The worst pair: the first with max_distance, and its peaks. index is 0 also where nothing differs; the peaks are zeros
     * where count is 0. */
    size_t index;
    cvh_peak expected, actual;

    /* What explains at least 3, and at least three quarters, of the pairs that differ; its a and b, 0 for NONE and EXCHANGED;
     * and how many of those pairs it explains, 0 for NONE. */
    cvh_slip slip;
    double slip_x, slip_y;
    size_t explained;
} cvh_peak_report;

/* Compares two lists of `count` peaks in the order given, as cvh_decode writes them. A pair agrees if the distance of its
 * positions is at most `tolerance`, or if they are equal, NaN equalling NaN. Scores and `found` are not looked at.
 *   expected, actual   read; may be NULL when count is 0
 *   tolerance          0 or more, and finite
 * CVH_OK also when they differ: report->differing says so. Nothing is allocated.
 * Errors: CVH_ERR_ARGUMENT; *report is then untouched. */
CVH_API cvh_status cvh_compare_peaks(const cvh_peak *expected, const cvh_peak *actual, size_t count, double tolerance,
                                     cvh_peak_report *report);

/* Warps the same photograph by two functions, as cvh_warp and a port of your own, into scratch pictures, and compares those.
 *   shape                       its rows and cols alone are read: the pictures are packed planes of that size, zero before,
 *                               with the photograph's channels, depth, scale and zero
 *   photo, to_input, outside    handed to both as they are
 * Errors: those of the two functions and of cvh_compare, and CVH_ERR_MEMORY; *report is then untouched. */
CVH_API cvh_status cvh_crosscheck_warp(cvh_warp_fn expected, cvh_warp_fn actual, const cvh_maps *photo, const cvh_maps *shape,
                                       const cvh_affine *to_input, double outside, const cvh_tolerance *tolerance,
                                       cvh_report *report);

/* The type of cvh_decode: a port of your own beside it is crosschecked. It writes one peak a map, x and y NaN where it found
 * none, in the frame that the convention gives. */
typedef cvh_status (*cvh_decode_fn)(const cvh_maps *maps, const cvh_convention *convention, cvh_peak *peaks);

/* Reads the same maps by two functions and compares their peaks.
 *   maps         of any depth, read; handed to both
 *   convention   handed to both as it is, NULL included
 *   tolerance    of cvh_compare_peaks
 * Errors: those of the two functions, CVH_ERR_ARGUMENT and CVH_ERR_MEMORY; *report is then untouched. */
CVH_API cvh_status cvh_crosscheck_decode(cvh_decode_fn expected, cvh_decode_fn actual, const cvh_maps *maps,
                                         const cvh_convention *convention, double tolerance, cvh_peak_report *report);

/* ------------------------------------------------------------------------------------------------------- comparing vectors */

/* The types of cvh_simcc_encode and cvh_simcc_decode: code of your own beside them is crosschecked. */
typedef cvh_status (*cvh_simcc_encode_fn)(const cvh_maps *x, const cvh_maps *y, const cvh_keypoint *points, size_t count,
                                          const cvh_simcc *simcc, float *weights);
typedef cvh_status (*cvh_simcc_decode_fn)(const cvh_maps *x, const cvh_maps *y, const cvh_simcc *simcc, cvh_peak *peaks);

/* Draws the same keypoints' labels by two functions into scratch vectors, and compares those of each axis.
 *   shape_x, shape_y     their count, rows (1), cols and depth (32F or 64F) alone are read: the vectors are packed, and 0
 *                        before
 *   points, simcc        handed to both as they are; simcc as cvh_simcc_encode takes it. weights is NULL
 *   report_x, report_y   written, both or neither
 * Errors: those of the two functions and of cvh_compare, and CVH_ERR_MEMORY; the reports are then untouched. */
CVH_API cvh_status cvh_crosscheck_simcc(cvh_simcc_encode_fn expected, cvh_simcc_encode_fn actual, const cvh_maps *shape_x,
                                        const cvh_maps *shape_y, const cvh_keypoint *points, size_t count,
                                        const cvh_simcc *simcc, const cvh_tolerance *tolerance, cvh_report *report_x,
                                        cvh_report *report_y);

/* Reads the same vectors by two functions and compares their peaks.
 *   x, y, simcc   as cvh_simcc_decode takes them, read; handed to both as they are
 *   tolerance     of cvh_compare_peaks
 * Errors: those of the two functions, CVH_ERR_ARGUMENT and CVH_ERR_MEMORY; *report is then untouched. */
CVH_API cvh_status cvh_crosscheck_simcc_decode(cvh_simcc_decode_fn expected, cvh_simcc_decode_fn actual, const cvh_maps *x,
                                               const cvh_maps *y, const cvh_simcc *simcc, double tolerance,
                                               cvh_peak_report *report);

#ifdef __cplusplus
}
#endif

#endif
