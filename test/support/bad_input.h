/* SPDX-License-Identifier: Apache-2.0
 * What each of the drawing, kernel and blur functions must refuse: one table a function, a line a way to spoil a valid call. */
#ifndef CVH_TEST_BAD_INPUT_H
#define CVH_TEST_BAD_INPUT_H

#include <limits.h>
#include <math.h>
#include <stddef.h>

#include "cvheatmap.h"

enum { POINTS = 3, ROWS = 6, COLS = 5, TAPS = 9, MOST_SPOILED = 3 };

/* Everything that any of the functions takes; a case spoils fields of it by their offset. */
typedef struct call {
    cvh_maps maps, dst;
    const cvh_maps *maps_given, *dst_given;
    cvh_convention convention;
    const cvh_convention *convention_given;
    cvh_gaussian own;
    cvh_keypoint points[POINTS];
    const cvh_keypoint *points_given;
    size_t count;
    cvh_gaussian gaussian;
    const cvh_gaussian *gaussian_given;
    cvh_border border;
    double ksize, sigma;
    cvh_depth depth;
    void *taps_given;
    float weights[POINTS];
} call;

typedef cvh_status (*call_fn)(call *);

typedef enum kind { UNUSED, INT, REAL, SIZE, NOTHING, SHIFTED } kind;

typedef struct spoiled {
    size_t offset;
    kind kind;
    double value;
} spoiled;

typedef struct bad_case {
    const char *argument, *range;
    spoiled fields[MOST_SPOILED];
    const char *value; /* NULL: that of fields[0] */
} bad_case;

#define AT(field) offsetof(call, field)
#define IS_INT(field, number)                                                                                                  \
  {                                                                                                                            \
    AT(field), INT, number                                                                                                     \
  }
#define IS_REAL(field, number)                                                                                                 \
  {                                                                                                                            \
    AT(field), REAL, number                                                                                                    \
  }
#define IS_SIZE(field, number)                                                                                                 \
  {                                                                                                                            \
    AT(field), SIZE, number                                                                                                    \
  }
#define IS_NULL(field)                                                                                                         \
  {                                                                                                                            \
    AT(field), NOTHING, 0                                                                                                      \
  }
#define IS_SHIFTED(field)                                                                                                      \
  {                                                                                                                            \
    AT(field), SHIFTED, 0                                                                                                      \
  } /* by a byte: not aligned */

#define COUNTS "1..268435456"
#define SIDES "1..32768"
#define SIGMAS "1e-06..1e+06"
#define WIDTHS "1..32767"
#define PEAKS "1e-30..1e+30"
#define HUGE_SIZE 0x1p64

/* A view called `name`, in `field`. */
#define BAD_VIEW(name, field)                                                                                                  \
  {name, "must point to a view", {IS_NULL(field##_given)}, NULL},                                                              \
      {name ": data", "must point to the samples", {IS_NULL(field.data)}, NULL},                                               \
      {name ": data", "aligned to the sample's 4 bytes", {IS_SHIFTED(field.data)}, NULL},                                      \
      {name ": count", COUNTS, {IS_INT(field.count, 0)}, NULL}, {name ": count", COUNTS, {IS_INT(field.count, -1)}, NULL},     \
      {name ": count", COUNTS, {IS_INT(field.count, INT_MAX)}, NULL},                                                          \
      {name ": count", COUNTS, {IS_INT(field.count, INT_MIN)}, NULL}, {name ": rows", SIDES, {IS_INT(field.rows, 0)}, NULL},   \
      {name ": rows", SIDES, {IS_INT(field.rows, -6)}, NULL}, {name ": rows", SIDES, {IS_INT(field.rows, INT_MAX)}, NULL},     \
      {name ": rows", SIDES, {IS_INT(field.rows, CVH_MAX_SIDE + 1)}, NULL},                                                    \
      {name ": cols", SIDES, {IS_INT(field.cols, 0)}, NULL}, {name ": cols", SIDES, {IS_INT(field.cols, -5)}, NULL},           \
      {name ": cols", SIDES, {IS_INT(field.cols, INT_MAX)}, NULL},                                                             \
      {name ": cols", SIDES, {IS_INT(field.cols, CVH_MAX_SIDE + 1)}, NULL},                                                    \
      {name ": depth", "CVH_32F (5) or CVH_64F (6)", {IS_INT(field.depth, 1)}, NULL},                                          \
      {name ": depth", "CVH_32F (5) or CVH_64F (6)", {IS_INT(field.depth, 7)}, NULL},                                          \
      {name ": depth", "CVH_32F (5) or CVH_64F (6)", {IS_INT(field.depth, -1)}, NULL},                                         \
      {name ": depth", "CVH_32F (5) or CVH_64F (6)", {IS_INT(field.depth, INT_MAX)}, NULL},                                    \
      {name ": col_step", "multiple of the sample's 4", {IS_SIZE(field.col_step, 6)}, NULL},                                   \
      {name ": col_step", "at least 44", {IS_SIZE(field.col_step, 16), IS_SIZE(field.row_step, 8)}, NULL},                     \
      {name ": row_step", "at least 20", {IS_SIZE(field.row_step, 16)}, NULL},                                                 \
      {name ": row_step", "multiple of the sample's 4", {IS_SIZE(field.row_step, 22)}, NULL},                                  \
      {name ": map_step", "at least 120", {IS_SIZE(field.map_step, 116)}, NULL},                                               \
      {name ": map_step", "multiple of the sample's 4", {IS_SIZE(field.map_step, 121)}, NULL},                                 \
      {name ": col_step", "larger than memory", {IS_SIZE(field.col_step, HUGE_SIZE)}, NULL},                                   \
      {name ": row_step", "larger than memory", {IS_SIZE(field.row_step, HUGE_SIZE)}, NULL},                                   \
  {                                                                                                                            \
    name ": map_step", "larger than memory", {IS_SIZE(field.map_step, HUGE_SIZE)}, NULL                                        \
  }

#define BAD_ENUM(name, field, past, last)                                                                                      \
  {name, last, {IS_INT(field, -1)}, NULL}, {name, last, {IS_INT(field, past)}, NULL},                                          \
      {name, last, {IS_INT(field, INT_MAX)}, NULL},                                                                            \
  {                                                                                                                            \
    name, last, {IS_INT(field, INT_MIN)}, NULL                                                                                 \
  }

#define BAD_SIGMA(name, field)                                                                                                 \
  {name, SIGMAS, {IS_REAL(field, NAN)}, NULL}, {name, SIGMAS, {IS_REAL(field, INFINITY)}, NULL},                               \
      {name, SIGMAS, {IS_REAL(field, -INFINITY)}, NULL}, {name, SIGMAS, {IS_REAL(field, -1)}, NULL},                           \
      {name, SIGMAS, {IS_REAL(field, 1e300)}, NULL}, {name, SIGMAS, {IS_REAL(field, 1e-7)}, NULL},                             \
  {                                                                                                                            \
    name, SIGMAS, {IS_REAL(field, 1000001)}, "1e+06"                                                                           \
  }

#define BAD_KSIZE(name, field)                                                                                                 \
  {name, WIDTHS, {IS_REAL(field, NAN)}, NULL}, {name, WIDTHS, {IS_REAL(field, -INFINITY)}, NULL},                              \
      {name, WIDTHS, {IS_REAL(field, -1)}, NULL}, {name, WIDTHS, {IS_REAL(field, 4)}, NULL},                                   \
      {name, WIDTHS, {IS_REAL(field, 5.5)}, NULL}, {name, WIDTHS, {IS_REAL(field, 0.5)}, NULL},                                \
      {name, WIDTHS, {IS_REAL(field, 32769)}, NULL}, {name, WIDTHS, {IS_REAL(field, 1e9 + 1)}, NULL},                          \
  {                                                                                                                            \
    name, WIDTHS, {IS_REAL(field, 1e300)}, NULL                                                                                \
  }

#define BAD_PEAK(name, field)                                                                                                  \
  {name, PEAKS, {IS_REAL(field, NAN)}, NULL}, {name, PEAKS, {IS_REAL(field, INFINITY)}, NULL},                                 \
      {name, PEAKS, {IS_REAL(field, -1)}, NULL}, {name, PEAKS, {IS_REAL(field, 1e31)}, NULL},                                  \
  {                                                                                                                            \
    name, PEAKS, {IS_REAL(field, 1e-31)}, NULL                                                                                 \
  }

#define BAD_GAUSSIAN(name, field)                                                                                              \
  BAD_SIGMA(name ".sigma_x", field.sigma_x), BAD_SIGMA(name ".sigma_y", field.sigma_y),                                        \
      BAD_KSIZE(name ".ksize_x", field.ksize_x), BAD_KSIZE(name ".ksize_y", field.ksize_y), BAD_PEAK(name ".peak", field.peak)

#define BAD_FINITE(name, field)                                                                                                \
  {name, "finite", {IS_REAL(field, NAN)}, NULL}, {name, "finite", {IS_REAL(field, INFINITY)}, NULL},                           \
  {                                                                                                                            \
    name, "finite", {IS_REAL(field, -INFINITY)}, NULL                                                                          \
  }

/* One of the sizes that a convention was fitted for. */
#define BAD_FITTED(name, field)                                                                                                \
  {name, "0 (not fitted)..32768", {IS_INT(field, -1)}, NULL}, {name, "0 (not fitted)..32768", {IS_INT(field, INT_MIN)}, NULL}, \
      {name, "0 (not fitted)..32768", {IS_INT(field, CVH_MAX_SIDE + 1)}, NULL},                                                \
  {                                                                                                                            \
    name, "0 (not fitted)..32768", {IS_INT(field, INT_MAX)}, NULL                                                              \
  }

/* What every drawing function refuses. */
static const bad_case drawing[] = {
    BAD_VIEW("maps", maps),
    {"maps: depth", "CVH_32F (5) or CVH_64F (6)", {IS_INT(maps.depth, CVH_8U)}, NULL},
    {"points", "must point to them", {IS_NULL(points_given)}, NULL},
    {"convention", "must point to one", {IS_NULL(convention_given)}, NULL},
    BAD_ENUM("convention: method", convention.method, CVH_METHOD_BLUR + 1, "CVH_METHOD_BLUR"),
    BAD_ENUM("convention: geometry", convention.geometry, CVH_GEOMETRY_HIGHERHRNET + 1, "CVH_GEOMETRY_HIGHERHRNET"),
    BAD_ENUM("convention: snap", convention.snap, CVH_SNAP_NONE + 1, "CVH_SNAP_NONE"),
    BAD_ENUM("convention: centre", convention.centre, CVH_CENTRE_WINDOW + 1, "CVH_CENTRE_WINDOW"),
    BAD_ENUM("convention: border", convention.border, CVH_BORDER_REFLECT_101 + 1, "CVH_BORDER_REFLECT_101"),
    BAD_ENUM("convention: overlap", convention.overlap, CVH_OVERLAP_ADD_CLAMP + 1, "CVH_OVERLAP_ADD_CLAMP"),
    BAD_ENUM("convention: norm", convention.norm, CVH_NORM_SUM + 1, "CVH_NORM_SUM"),
    BAD_ENUM("convention: arithmetic", convention.arithmetic, CVH_ARITHMETIC_OPENCV + 1, "CVH_ARITHMETIC_OPENCV"),
    BAD_ENUM("convention: drop", convention.drop, CVH_DROP_THREE_SIGMA_TRUNC + 1, "CVH_DROP_THREE_SIGMA_TRUNC"),
    BAD_ENUM("convention: window", convention.window, CVH_WINDOW_SIX_SIGMA + 1, "CVH_WINDOW_SIX_SIGMA"),
    BAD_FINITE("convention: scale_x", convention.scale_x),
    BAD_FINITE("convention: scale_y", convention.scale_y),
    BAD_FINITE("convention: offset_x", convention.offset_x),
    BAD_FINITE("convention: offset_y", convention.offset_y),
    BAD_FITTED("convention: input_rows", convention.input_rows),
    BAD_FITTED("convention: input_cols", convention.input_cols),
    BAD_FITTED("convention: map_rows", convention.map_rows),
    BAD_FITTED("convention: map_cols", convention.map_cols),
    {"maps is 6x5", "fit it for these", {IS_INT(convention.map_rows, ROWS - 1)}, "maps of 5x"},
    {"maps is 6x5", "fit it for these", {IS_INT(convention.map_cols, COLS + 1)}, "x6 ("},
    BAD_FINITE("convention: max_exponent", convention.max_exponent),
    {"convention: max_exponent", "> 0", {IS_REAL(convention.max_exponent, -1)}, NULL},
    BAD_GAUSSIAN("convention: gaussian", convention.gaussian),
    BAD_GAUSSIAN("points[2]: gaussian", own),
    {"points[1]: map", "0..1", {IS_INT(points[1].map, -1)}, NULL},
    {"points[1]: map", "0..1", {IS_INT(points[1].map, 2)}, NULL},
    {"points[1]: map", "0..1", {IS_INT(points[1].map, INT_MAX)}, NULL},
    {"points[0]: map", "0..1", {IS_INT(points[0].map, INT_MIN)}, NULL},
    {"points[1]: map",
     "0..1",
     {IS_INT(points[1].map, 9), IS_REAL(points[1].x, NAN)},
     NULL}, /* absent, its map is checked still */
    {"sigma_x and ksize_x",
     "one must be set",
     {IS_REAL(convention.gaussian.sigma_x, 0), IS_REAL(convention.gaussian.ksize_x, 0)},
     "both 0"},
    {"sigma_x", "32767", {IS_REAL(convention.gaussian.sigma_x, 6000), IS_REAL(convention.gaussian.ksize_x, 0)}, "6000"},
    {"points[2]: gaussian.sigma_x", "32767", {IS_REAL(own.sigma_x, 6000), IS_REAL(convention.gaussian.ksize_x, 0)}, "6000"},
    {"points[2]: map 1", "one a map", {IS_INT(convention.norm, CVH_NORM_CENTRE)}, "has a keypoint already"},
};

static const bad_case patch_alone[] = {
    {"convention: border",
     "snapped keypoint",
     {IS_INT(convention.snap, CVH_SNAP_NONE), IS_INT(convention.border, CVH_BORDER_REFLECT)},
     "CVH_SNAP_NONE"},
    {"convention: border",
     "finite window",
     {IS_REAL(convention.gaussian.ksize_x, INFINITY), IS_INT(convention.border, CVH_BORDER_CONSTANT)},
     "CVH_WHOLE_MAP"},
    {"convention: border",
     "finite window",
     {IS_REAL(own.ksize_x, INFINITY), IS_INT(convention.border, CVH_BORDER_CONSTANT)},
     "CVH_WHOLE_MAP"},
    {"convention: norm",
     "finite window",
     {IS_REAL(convention.gaussian.ksize_x, INFINITY), IS_INT(convention.norm, CVH_NORM_KERNEL)},
     "CVH_WHOLE_MAP"},
    {"convention: norm",
     "on a pixel",
     {IS_INT(convention.snap, CVH_SNAP_NONE), IS_INT(convention.norm, CVH_NORM_KERNEL)},
     "CVH_NORM_KERNEL"},
    {"convention: norm",
     "on a pixel",
     {IS_INT(convention.centre, CVH_CENTRE_SUBPIXEL), IS_INT(convention.norm, CVH_NORM_KERNEL)},
     "CVH_NORM_KERNEL"},
    {"convention: norm",
     "no max_exponent",
     {IS_REAL(convention.max_exponent, 2), IS_INT(convention.norm, CVH_NORM_KERNEL)},
     "CVH_NORM_KERNEL"},
    {"convention: norm",
     "snapped keypoint",
     {IS_INT(convention.snap, CVH_SNAP_NONE), IS_INT(convention.norm, CVH_NORM_CENTRE)},
     "CVH_NORM_CENTRE"},
    {"convention: max_exponent",
     "_CONSTANT",
     {IS_REAL(convention.max_exponent, 2), IS_INT(convention.border, CVH_BORDER_REPLICATE)},
     "reflects"},
    {"gaussian.sigma_x",
     "no sigma of its own",
     {IS_REAL(convention.gaussian.ksize_x, INFINITY), IS_REAL(convention.gaussian.sigma_x, 0)},
     "ksize_x inf"},
    {"gaussian.ksize_x", WIDTHS, {IS_REAL(convention.gaussian.ksize_x, 32768), IS_INT(convention.snap, CVH_SNAP_NONE)}, NULL},
    {"gaussian.ksize_y", WIDTHS, {IS_REAL(convention.gaussian.ksize_y, 0.5), IS_INT(convention.snap, CVH_SNAP_NONE)}, NULL},
};

static const bad_case draw_alone[] = {
    {"points[2]: map 1", "one a map", {IS_INT(convention.norm, CVH_NORM_MAX)}, "has a keypoint already"},
};

static const bad_case blur_alone[] = {
    {"convention: snap", "takes any other", {IS_INT(convention.snap, CVH_SNAP_NONE)}, "CVH_SNAP_NONE"},
    {"convention: centre", "CVH_CENTRE_SNAPPED", {IS_INT(convention.centre, CVH_CENTRE_SUBPIXEL)}, "CVH_CENTRE_SUBPIXEL"},
    {"convention: overlap",
     "CVH_OVERLAP_MAX or _ADD",
     {IS_INT(convention.overlap, CVH_OVERLAP_REPLACE)},
     "CVH_OVERLAP_REPLACE"},
    {"convention: overlap",
     "CVH_OVERLAP_MAX or _ADD",
     {IS_INT(convention.overlap, CVH_OVERLAP_ADD_CLAMP)},
     "CVH_OVERLAP_ADD_CLAMP"},
    {"convention: norm", "CVH_NORM_NONE, _KERNEL, _MAX or _CENTRE", {IS_INT(convention.norm, CVH_NORM_SUM)}, "CVH_NORM_SUM"},
    {"convention: max_exponent", "blur takes 0", {IS_REAL(convention.max_exponent, 2)}, NULL},
    {"gaussian.ksize_x", WIDTHS, {IS_REAL(convention.gaussian.ksize_x, INFINITY)}, NULL},
    {"gaussian.ksize_y", WIDTHS, {IS_REAL(convention.gaussian.ksize_y, INFINITY)}, NULL},
    {"points[2]: gaussian.ksize_x", WIDTHS, {IS_REAL(own.ksize_x, INFINITY)}, NULL},
    {"points[2]: gaussian", "one a map", {IS_REAL(own.ksize_x, 7)}, "differs"},
    {"points[2]: gaussian", "one a map", {IS_REAL(own.sigma_y, 3)}, "differs"},
};

static const bad_case kernel[] = {
    BAD_SIGMA("sigma", sigma),
    BAD_KSIZE("ksize", ksize),
    {"ksize", WIDTHS, {IS_REAL(ksize, INFINITY)}, NULL},
    {"ksize", "one must be set", {IS_REAL(ksize, 0), IS_REAL(sigma, 0)}, NULL},
    {"ksize", "32767", {IS_REAL(ksize, 0), IS_REAL(sigma, 5000)}, "5000"},
    BAD_ENUM("depth", depth, 7, "CVH_32F (5) or CVH_64F (6)"),
    {"depth", "CVH_32F (5) or CVH_64F (6)", {IS_INT(depth, CVH_8U)}, NULL},
    {"taps", "ksize samples", {IS_NULL(taps_given)}, NULL},
    {"taps", "aligned to 8 bytes", {IS_SHIFTED(taps_given)}, NULL},
};

static const bad_case gaussian_blur[] = {
    BAD_VIEW("src", maps),
    BAD_VIEW("dst", dst),
    {"dst", "as src, 2 of 6x5, depth 5", {IS_INT(dst.count, 1)}, "1 maps of 6x5"},
    {"dst", "as src, 2 of 6x5, depth 5", {IS_INT(dst.rows, 5)}, "2 maps of 5x5"},
    {"dst", "as src, 2 of 6x5, depth 5", {IS_INT(dst.cols, 4)}, "2 maps of 6x4"},
    {"dst", "as src, 2 of 6x5, depth 5", {IS_INT(dst.depth, CVH_8U)}, "depth 0"},
    {"gaussian", "must point to one", {IS_NULL(gaussian_given)}, NULL},
    BAD_SIGMA("sigma_x", gaussian.sigma_x),
    BAD_SIGMA("sigma_y", gaussian.sigma_y),
    BAD_KSIZE("ksize_x", gaussian.ksize_x),
    BAD_KSIZE("ksize_y", gaussian.ksize_y),
    {"ksize_x", WIDTHS, {IS_REAL(gaussian.ksize_x, INFINITY)}, NULL},
    {"ksize_x", "one must be set", {IS_REAL(gaussian.ksize_x, 0), IS_REAL(gaussian.sigma_x, 0)}, NULL},
    {"ksize_x", "at most 32767", {IS_REAL(gaussian.ksize_x, 0), IS_REAL(gaussian.sigma_x, 1e5)}, "100000"},
    {"peak", "0 or 1", {IS_REAL(gaussian.peak, 255)}, NULL},
    {"peak", "0 or 1", {IS_REAL(gaussian.peak, NAN)}, NULL},
    BAD_ENUM("border", border, CVH_BORDER_REFLECT_101 + 1, "CVH_BORDER_REFLECT_101"),
};

#endif
