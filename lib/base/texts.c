/* SPDX-License-Identifier: Apache-2.0
 * What the enumerators of cvheatmap.h mean, in words. Each switch is complete: the compiler warns of an enumerator without. */
#include "cvheatmap.h"

const char *cvh_depth_text(int value)
{
    switch ((cvh_depth)value) {
    case CVH_8U: return "8-bit unsigned";
    case CVH_8S: return "8-bit signed";
    case CVH_16U: return "16-bit unsigned";
    case CVH_16S: return "16-bit signed";
    case CVH_32F: return "float";
    case CVH_64F: return "double";
    case CVH_16F: return "half";
    }
    return "unknown depth";
}

const char *cvh_arithmetic_text(int value)
{
    switch ((cvh_arithmetic)value) {
    case CVH_ARITHMETIC_PORTABLE: return "each product and each sum rounded";
    case CVH_ARITHMETIC_OPENCV: return "as the installed OpenCV sums";
    }
    return "unknown arithmetic";
}

const char *cvh_border_text(int value)
{
    switch ((cvh_border)value) {
    case CVH_BORDER_METHOD: return "as the method does: blur reflects about the edge pixel, patch clips";
    case CVH_BORDER_CONSTANT: return "zeros, 000|abcd|000";
    case CVH_BORDER_REPLICATE: return "the edge repeated, aaa|abcd|ddd";
    case CVH_BORDER_REFLECT: return "reflected with the edge, cba|abcd|dcb";
    case CVH_BORDER_REFLECT_101: return "reflected about the edge pixel, dcb|abcd|cba";
    }
    return "unknown border";
}

const char *cvh_method_text(int value)
{
    switch ((cvh_method)value) {
    case CVH_METHOD_PATCH: return "the Gaussian written into its window";
    case CVH_METHOD_BLUR: return "a lit pixel blurred by cv::GaussianBlur";
    }
    return "unknown method";
}

const char *cvh_geometry_text(int value)
{
    switch ((cvh_geometry)value) {
    case CVH_GEOMETRY_STRIDE: return "x W/w";
    case CVH_GEOMETRY_HALF_PIXEL: return "(x + 1/2) W/w - 1/2";
    case CVH_GEOMETRY_CORNERS: return "x (W-1)/(w-1)";
    case CVH_GEOMETRY_DEEPLABCUT: return "x W/w - 1/2";
    case CVH_GEOMETRY_HIGHERHRNET: return "x W/w, and sigma W/64";
    }
    return "unknown geometry";
}

const char *cvh_snap_text(int value)
{
    switch ((cvh_snap)value) {
    case CVH_SNAP_NEAREST: return "the nearest pixel, floor(u + 1/2)";
    case CVH_SNAP_HALF_UP: return "trunc(u + 1/2)";
    case CVH_SNAP_TRUNC: return "trunc(u)";
    case CVH_SNAP_FLOOR: return "floor(u)";
    case CVH_SNAP_NONE: return "no pixel: u itself";
    }
    return "unknown snap";
}

const char *cvh_centre_text(int value)
{
    switch ((cvh_centre)value) {
    case CVH_CENTRE_SNAPPED: return "on the snapped pixel";
    case CVH_CENTRE_SUBPIXEL: return "at u, between pixels";
    case CVH_CENTRE_WINDOW: return "in the middle of the window";
    }
    return "unknown centre";
}

const char *cvh_overlap_text(int value)
{
    switch ((cvh_overlap)value) {
    case CVH_OVERLAP_MAX: return "the larger value";
    case CVH_OVERLAP_REPLACE: return "the later window";
    case CVH_OVERLAP_ADD: return "the sum";
    case CVH_OVERLAP_ADD_CLAMP: return "the sum, at most the peak";
    }
    return "unknown overlap";
}

const char *cvh_norm_text(int value)
{
    switch ((cvh_norm)value) {
    case CVH_NORM_NONE: return "the value at the centre is the peak";
    case CVH_NORM_MAX: return "the map's maximum is the peak";
    case CVH_NORM_CENTRE: return "the value at the snapped pixel is the peak";
    case CVH_NORM_KERNEL: return "OpenCV's taps, which sum to 1, times the peak";
    case CVH_NORM_SUM: return "what lies on the map sums to the peak";
    }
    return "unknown norm";
}

const char *cvh_drop_text(int value)
{
    switch ((cvh_drop)value) {
    case CVH_DROP_NONE: return "none is left out";
    case CVH_DROP_CENTRE: return "left out where the snapped pixel is off the map";
    case CVH_DROP_WINDOW: return "left out where the window is off the map";
    case CVH_DROP_THREE_SIGMA: return "left out where u and 3 sigma around it are off the map";
    case CVH_DROP_THREE_SIGMA_TRUNC: return "the same, both ends truncated";
    }
    return "unknown drop";
}

const char *cvh_window_text(int value)
{
    switch ((cvh_window)value) {
    case CVH_WINDOW_METHOD: return "ksize by the method: blur 4 sigma, patch 3 sigma each way";
    case CVH_WINDOW_THREE_SIGMA_1: return "3 sigma and a pixel each way";
    case CVH_WINDOW_SIX_SIGMA: return "sigma is a sixth of ksize";
    }
    return "unknown window";
}

const char *cvh_refine_text(int value)
{
    switch ((cvh_refine)value) {
    case CVH_REFINE_FIT: return "a least-squares Gaussian with a width an axis";
    case CVH_REFINE_FIT_TIED: return "a least-squares Gaussian with one width";
    case CVH_REFINE_NONE: return "the pixel";
    case CVH_REFINE_SIGN: return "a quarter pixel towards the larger neighbour";
    case CVH_REFINE_DARK: return "a Newton step on the logarithm, second derivatives at step 2";
    case CVH_REFINE_UDP: return "a Newton step on the logarithm, second derivatives at step 1";
    case CVH_REFINE_CENTROID: return "the centre of mass of the window";
    case CVH_REFINE_CENTROID_POSITIVE: return "the centre of mass of the window's positive samples";
    case CVH_REFINE_SECOND_PEAK: return "a quarter pixel towards the second largest sample";
    case CVH_REFINE_SOFT_ARGMAX: return "the mean position under the map's softmax";
    }
    return "unknown refinement";
}

const char *cvh_guard_text(int value)
{
    switch ((cvh_guard)value) {
    case CVH_GUARD_NONE: return "refined everywhere";
    case CVH_GUARD_DARK: return "refined at 2..n-3";
    case CVH_GUARD_HRNET: return "refined at 2..n-2";
    case CVH_GUARD_MMPOSE: return "refined at 2..n-2 of its axis, 1 and more of the other";
    }
    return "unknown guard";
}

const char *cvh_step_text(int value)
{
    switch ((cvh_step)value) {
    case CVH_STEP_CHECKED: return "steps towards a maximum, of a limited length";
    case CVH_STEP_PUBLISHED: return "any step, as published";
    }
    return "unknown kind of step";
}

const char *cvh_ties_text(int value)
{
    switch ((cvh_ties)value) {
    case CVH_TIES_KEEP: return "equal samples are peaks";
    case CVH_TIES_DROP: return "equal samples are no peaks";
    }
    return "unknown ties";
}

const char *cvh_order_text(int value)
{
    switch ((cvh_order)value) {
    case CVH_ORDER_SCORE: return "by descending value";
    case CVH_ORDER_RASTER: return "by row and column";
    }
    return "unknown order";
}

const char *cvh_score_text(int value)
{
    switch ((cvh_score)value) {
    case CVH_SCORE_PEAK: return "the value at the peak's pixel";
    case CVH_SCORE_MAXIMUM: return "the map's largest value";
    case CVH_SCORE_ROUNDED: return "the value at the refined position, rounded";
    case CVH_SCORE_SEARCHED: return "the value at the peak's pixel, as it was searched";
    }
    return "unknown score";
}

const char *cvh_activation_text(int value)
{
    switch ((cvh_activation)value) {
    case CVH_ACTIVATION_NONE: return "samples are values";
    case CVH_ACTIVATION_SIGMOID: return "samples are logits of values";
    }
    return "unknown activation";
}

const char *cvh_offset_unit_text(int value)
{
    switch ((cvh_offset_unit)value) {
    case CVH_OFFSET_PIXELS: return "heatmap pixels";
    case CVH_OFFSET_INPUT: return "pixels of the network's input";
    case CVH_OFFSET_SIDES: return "the map's longer side";
    }
    return "unknown unit";
}

const char *cvh_offset_area_text(int value)
{
    switch ((cvh_offset_area)value) {
    case CVH_OFFSET_EVERYWHERE: return "on the whole map";
    case CVH_OFFSET_DISC: return "in a disc about the keypoint";
    case CVH_OFFSET_CELL: return "at the keypoint's pixel";
    }
    return "unknown area";
}

const char *cvh_found_text(int value)
{
    switch ((cvh_found)value) {
    case CVH_FOUND_NOTHING: return "nothing: no sample but NaN and -inf";
    case CVH_FOUND_WEAK: return "nothing: the largest sample is not above the threshold";
    case CVH_FOUND_PIXEL: return "the pixel, as asked";
    case CVH_FOUND_PIXEL_EDGE: return "the pixel: too near the border to be refined";
    case CVH_FOUND_PIXEL_SHAPE: return "the pixel: flat, no maximum there, or the step was too long";
    case CVH_FOUND_PIXEL_VALUE: return "the pixel: a sample beside it is NaN, infinite or has no logarithm";
    case CVH_FOUND_PLATEAU: return "the middle of the samples that share the largest value";
    case CVH_FOUND_REFINED: return "refined";
    }
    return "unknown outcome";
}

const char *cvh_crop_family_text(int value)
{
    switch ((cvh_crop_family)value) {
    case CVH_CROP_AFFINE: return "an affine map of three points";
    case CVH_CROP_UDP: return "an affine map of corners, (w-1)/S";
    case CVH_CROP_LETTERBOX: return "resized, with bars around it";
    case CVH_CROP_CORNER: return "resized, in the upper left corner";
    case CVH_CROP_STRETCH: return "resized, each axis by itself";
    }
    return "unknown crop family";
}

const char *cvh_crop_size_text(int value)
{
    switch ((cvh_crop_size)value) {
    case CVH_CROP_SIZE_ASPECT: return "grown to the input's aspect";
    case CVH_CROP_SIZE_WIDTH: return "as it is, by its width";
    case CVH_CROP_SIZE_AXES: return "as it is, each axis by itself";
    case CVH_CROP_SIZE_LONGER: return "the longer side, for both";
    case CVH_CROP_SIZE_KEEP: return "the photograph, in an input of its own size";
    case CVH_CROP_SIZE_SHORT_SIDE: return "the photograph, by its shorter side";
    case CVH_CROP_SIZE_FIT: return "the photograph, fitted into the input";
    case CVH_CROP_SIZE_EXPAND: return "the photograph, covering the input, which grows";
    }
    return "unknown crop size";
}

const char *cvh_crop_boxes_text(int value)
{
    switch ((cvh_crop_boxes)value) {
    case CVH_CROP_BOXES_ANY: return "as annotated";
    case CVH_CROP_BOXES_HRNET: return "cut at the photograph as HRNet does";
    case CVH_CROP_BOXES_MMPOSE: return "cut at the photograph as mmpose does";
    case CVH_CROP_BOXES_ALPHAPOSE: return "cut at the photograph as AlphaPose does";
    }
    return "unknown box rule";
}

const char *cvh_crop_pad_text(int value)
{
    switch ((cvh_crop_pad)value) {
    case CVH_CROP_PAD_PLACED: return "the picture's own pad, there and back";
    case CVH_CROP_PAD_HALF: return "the picture's own pad there, half of what is left back, as Ultralytics";
    case CVH_CROP_PAD_EXACT: return "half of what is left there, before any rounding back, as yolov5";
    }
    return "unknown pad";
}

const char *cvh_flip_text(int value)
{
    switch ((cvh_flip)value) {
    case CVH_FLIP_MIRROR: return "mirrored";
    case CVH_FLIP_SHIFT: return "mirrored and a column on";
    case CVH_FLIP_NEGATE: return "mirrored and negated";
    case CVH_FLIP_NEGATE_SHIFT: return "mirrored, negated and a column on";
    case CVH_FLIP_PARTNER: return "not mirrored";
    case CVH_FLIP_BIN: return "mirrored, one bin back";
    }
    return "unknown flip";
}

const char *cvh_simcc_label_text(int value)
{
    switch ((cvh_simcc_label)value) {
    case CVH_SIMCC_GAUSSIAN: return "a Gaussian";
    case CVH_SIMCC_ONE_HOT: return "one bin, smoothed";
    }
    return "unknown label";
}

const char *cvh_simcc_score_text(int value)
{
    switch ((cvh_simcc_score)value) {
    case CVH_SIMCC_SCORE_MIN: return "the smaller of the two";
    case CVH_SIMCC_SCORE_MEAN: return "their mean";
    case CVH_SIMCC_SCORE_MAX: return "the larger of the two";
    }
    return "unknown score";
}
