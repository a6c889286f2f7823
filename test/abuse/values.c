/* SPDX-License-Identifier: Apache-2.0 */
#include "values.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cvheatmap.h"
#include "report.h"

static const int integers[] = {0, 1, 5, 6, 7, 100, INT_MAX, INT_MAX - 1, -1, INT_MIN};
static const double reals[] = {0,
                               -0.0,
                               1,
                               0.5,
                               -1,
                               3,
                               1e6,
                               1e300,
                               2147483647.0,
                               DBL_MIN,
                               DBL_MAX,
                               5e-324,
                               -5e-324,
                               NAN,
                               (double)INFINITY,
                               (double)-INFINITY};

void abuse_cvh_status_text(void)
{
    FOR_EACH (integers, i)
        if (!cvh_status_text(integers[i]) || !*cvh_status_text(integers[i]))
            failed("cvh_status_text(%d) is empty", integers[i]);
}

#define TEXT(function)                                                                                                         \
  void abuse_##function(void)                                                                                                  \
  {                                                                                                                            \
    FOR_EACH (integers, i)                                                                                                     \
      if (!function(integers[i]) || !*function(integers[i])) failed(#function "(%d) is empty", integers[i]);                   \
  }
TEXT(cvh_depth_text)
TEXT(cvh_arithmetic_text)
TEXT(cvh_border_text)
TEXT(cvh_method_text)
TEXT(cvh_geometry_text)
TEXT(cvh_snap_text)
TEXT(cvh_centre_text)
TEXT(cvh_overlap_text)
TEXT(cvh_norm_text)
TEXT(cvh_drop_text)
TEXT(cvh_window_text)
TEXT(cvh_refine_text)
TEXT(cvh_guard_text)
TEXT(cvh_step_text)
TEXT(cvh_ties_text)
TEXT(cvh_order_text)
TEXT(cvh_score_text)
TEXT(cvh_activation_text)
TEXT(cvh_offset_unit_text)
TEXT(cvh_offset_area_text)
TEXT(cvh_found_text)
TEXT(cvh_crop_family_text)
TEXT(cvh_crop_size_text)
TEXT(cvh_crop_boxes_text)
TEXT(cvh_crop_pad_text)
TEXT(cvh_flip_text)
TEXT(cvh_simcc_label_text)
TEXT(cvh_simcc_score_text)

/* Statuses that are none, no format, and a text that is longer than is kept. */
void abuse_cvh_fail(void)
{
    static char longer[2000];
    memset(longer, 'x', sizeof longer - 1);
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++) {
        const cvh_status given = (cvh_status)integers[i];
        if (cvh_fail(given, NULL) != given || strcmp(cvh_last_error(), cvh_status_text(integers[i])) != 0)
            failed("cvh_fail(%d, NULL): %s", integers[i], cvh_last_error());
        if (cvh_fail(given, "%s", longer) != given || strlen(cvh_last_error()) != 511)
            failed("cvh_fail(%d, 2,000 bytes): %zu are kept", integers[i], strlen(cvh_last_error()));
    }
    if (cvh_fail(CVH_OK, "%s", "") || *cvh_last_error()) failed("cvh_fail of an empty text: %s", cvh_last_error());
}

static void one_list_of_keypoints(float visible_min, int first_map)
{
    float xyv[6];
    cvh_keypoint out[3], same[3];
    memset(out, 0x55, sizeof out);
    memcpy(same, out, sizeof out);
    for (size_t k = 0; k < 6; k++) xyv[k] = (float)reals[k * 3 % (sizeof reals / sizeof *reals)];
    bool good = isfinite(visible_min) && first_map >= 0 && first_map <= CVH_MAX_COUNT - 2;
    cvh_status status = cvh_keypoints_from(xyv, 2, first_map, visible_min, out);
    if (status != (good ? CVH_OK : CVH_ERR_ARGUMENT))
        failed("cvh_keypoints_from(first_map %d, visible_min %g): status %d", first_map, (double)visible_min, (int)status);
    if (memcmp(&out[2], &same[2], sizeof *out) != 0) failed("cvh_keypoints_from: wrote behind its output");
    if (!good && memcmp(out, same, sizeof out) != 0) failed("cvh_keypoints_from: refused, but wrote its output");
}

void abuse_cvh_keypoints_from(void)
{
    const float xyv[3] = {1, 2, 2};
    cvh_keypoint out[1];
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        for (size_t j = 0; j < sizeof integers / sizeof *integers; j++) one_list_of_keypoints((float)reals[i], integers[j]);
    if (cvh_keypoints_from(NULL, 1, 0, 1, out) != CVH_ERR_ARGUMENT) failed("cvh_keypoints_from(NULL) is not refused");
    if (cvh_keypoints_from(xyv, 1, 0, 1, NULL) != CVH_ERR_ARGUMENT) failed("cvh_keypoints_from, out NULL, is not refused");
    if (cvh_keypoints_from(xyv, SIZE_MAX, 0, 1, out) != CVH_ERR_ARGUMENT) failed("cvh_keypoints_from of SIZE_MAX");
    if (cvh_keypoints_from(NULL, 0, 0, 1, NULL)) failed("cvh_keypoints_from of none: %s", cvh_last_error());
}

void abuse_cvh_last_error(void)
{
    if (!cvh_last_error() || *cvh_last_error()) failed("cvh_last_error() before any failure: it must be empty");
    if (cvh_convention_find(NULL, NULL) != CVH_ERR_ARGUMENT || !*cvh_last_error())
        failed("cvh_last_error() after one: it is empty");
}

void abuse_cvh_version(void)
{
    char expected[64];
    snprintf(expected, sizeof expected, "%d.%d.%d", CVH_VERSION_MAJOR, CVH_VERSION_MINOR, CVH_VERSION_PATCH);
    if (strcmp(cvh_version(), expected) != 0) failed("cvh_version() is %s; the header says %s", cvh_version(), expected);
}

void abuse_cvh_opencv_version(void)
{
    if (!cvh_opencv_version() || !strchr(cvh_opencv_version(), '.')) failed("cvh_opencv_version() is no version");
}

void abuse_cvh_opencv_arithmetic(void)
{
    if (!cvh_opencv_arithmetic() || !*cvh_opencv_arithmetic()) failed("cvh_opencv_arithmetic() says nothing");
}

static void no_name_beyond(const char *function, const char *(*name)(int))
{
    int known = 0;
    while (name(known)) known++;
    if (known == 0) failed("%s(0) is NULL", function);
    FOR_EACH (integers, i)
        if ((integers[i] < 0 || integers[i] >= known) && name(integers[i])) failed("%s(%d) is not NULL", function, integers[i]);
}

void abuse_cvh_convention_name(void)
{
    no_name_beyond("cvh_convention_name", cvh_convention_name);
}

void abuse_cvh_decoder_name(void)
{
    no_name_beyond("cvh_decoder_name", cvh_decoder_name);
}

static void same_sigma(double argument, double result, bool sensible, const char *function)
{
    if (isnan(result) == sensible || isinf(result)) failed("%s(%g) is %g", function, argument, result);
}

void abuse_cvh_sigma_from_ksize(void)
{
    FOR_EACH (reals, i)
        same_sigma(reals[i], cvh_sigma_from_ksize(reals[i]), reals[i] > 0 && reals[i] <= CVH_MAX_KSIZE, "cvh_sigma_from_ksize");
}

void abuse_cvh_ksize_from_sigma(void)
{
    FOR_EACH (reals, i)
        same_sigma(reals[i], cvh_ksize_from_sigma(reals[i]), reals[i] > 0 && reals[i] * 8 < CVH_MAX_KSIZE,
                   "cvh_ksize_from_sigma");
}

static bool side_of_a_box(double side)
{
    return side > 0 && !isinf(side);
}

/* NaN for all that is no box or no overlap; for a box, a radius or, where the numbers overflow, NaN or infinity: no trap. */
static void radius_of_anything(const char *function, double (*radius)(double, double, double))
{
    FOR_EACH (reals, i)
        FOR_EACH (reals, j)
            FOR_EACH (reals, k) {
                double rows = reals[i], cols = reals[j], overlap = reals[k], result = radius(rows, cols, overlap);
                bool valid = side_of_a_box(rows) && side_of_a_box(cols) && overlap > 0 && overlap < 1;
                if (!valid && !isnan(result)) failed("%s(%g, %g, %g) is %g", function, rows, cols, overlap, result);
                bool ordinary = valid && overlap == 0.5 && rows >= 0.5 && rows <= 1e6 && cols >= 0.5 && cols <= 1e6;
                if (ordinary && !(result > 0 && result < 2e6))
                    failed("%s(%g, %g, %g) is %g", function, rows, cols, overlap, result);
            }
}

void abuse_cvh_radius_cornernet(void)
{
    radius_of_anything("cvh_radius_cornernet", cvh_radius_cornernet);
}

void abuse_cvh_radius_centernet(void)
{
    radius_of_anything("cvh_radius_centernet", cvh_radius_centernet);
}

/* Nothing is checked where a view is made, but whoever takes it checks it: it is refused. */
static void refuse_view(const char *function, cvh_maps view)
{
    cvh_report report;
    if (cvh_compare(&view, &view, NULL, &report) != CVH_ERR_ARGUMENT)
        failed("%s: a view of %d maps of %dx%d, depth %d is accepted", function, view.count, view.rows, view.cols,
               (int)view.depth);
}

void abuse_cvh_maps_view(void)
{
    static const double data;
    FOR_EACH (integers, i)
        FOR_EACH (integers, j) {
            refuse_view("cvh_maps_view", cvh_maps_view(NULL, integers[i], integers[j], 1, CVH_32F));
            refuse_view("cvh_maps_view", cvh_maps_view(&data, integers[i], 0, integers[j], CVH_32F));
            refuse_view("cvh_maps_view", cvh_maps_view(&data, -1, integers[i], integers[j], CVH_64F));
            refuse_view("cvh_maps_view", cvh_maps_view(&data, integers[i], integers[j], 1, (cvh_depth)4));
        }
}

void abuse_cvh_maps_interleaved(void)
{
    static const double data;
    FOR_EACH (integers, i)
        FOR_EACH (integers, j) {
            refuse_view("cvh_maps_interleaved", cvh_maps_interleaved(NULL, integers[i], integers[j], 1, CVH_32F, 0));
            refuse_view("cvh_maps_interleaved", cvh_maps_interleaved(&data, integers[i], 2, 1, CVH_32F, SIZE_MAX));
            refuse_view("cvh_maps_interleaved", cvh_maps_interleaved(&data, INT_MIN, integers[i], integers[j], CVH_64F, 8));
            refuse_view("cvh_maps_interleaved",
                        cvh_maps_interleaved(&data, integers[i], integers[j], 1, (cvh_depth)INT_MAX, 0));
        }
}
