/* SPDX-License-Identifier: Apache-2.0
 * The library's side of the shim: cv::GaussianBlur on one map, its outcome as a status. */
#ifndef CVH_LIB_FILTER_H
#define CVH_LIB_FILTER_H

#include "base/maps.h"
#include "cvheatmap.h"
#include "shim/shim.h"

/* True where OpenCV can take a map of the view as it lies: samples of a row side by side. The view is checked: its rows do
 * not overlap then. */
bool cvh_filter_takes(const cvh_maps *view);

/* One map of a checked view that OpenCV can take, or packed scratch memory of the view's size and depth. */
cvh_shim_image cvh_filter_image(const cvh_maps *view, int map);
cvh_shim_image cvh_filter_scratch(const cvh_maps *view, void *samples);

/* Copies a box of a map into packed scratch memory, or back. */
typedef enum cvh_move { CVH_MOVE_IN, CVH_MOVE_OUT } cvh_move;

void cvh_filter_move(const cvh_maps *view, int map, const cvh_box *box, void *scratch, cvh_move move);

/* cv::BorderTypes; METHOD is REFLECT_101, cv::GaussianBlur's default. */
int cvh_filter_border(cvh_border border);

/* What the shim's outcome is as a status; the message is OpenCV's. */
enum { CVH_FILTER_MESSAGE = 400 };
cvh_status cvh_filter_outcome(cvh_shim_result result, const char *message);

cvh_status cvh_filter(const cvh_shim_image *source, const cvh_shim_image *target, const cvh_shim_blur *blur);

#endif
