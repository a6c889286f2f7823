/* SPDX-License-Identifier: Apache-2.0
 * Every public function, called with everything that a caller can get wrong: it refuses by a status that names the field,
 * leaves its outputs alone, and neither prints nor aborts. A plain C program, linked without C++. `abuse HEADER` also holds the
 * table against the header's declarations. */
#define _POSIX_C_SOURCE 200809L
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crop.h"
#include "declared.h"
#include "offsets.h"
#include "peaks.h"
#include "report.h"
#include "shared.h"
#include "simcc.h"

#define SHARED(function)                                                                                                       \
  static void abuse_##function(void)                                                                                           \
  {                                                                                                                            \
    abuse_shared(#function);                                                                                                   \
  }
SHARED(cvh_blur)
SHARED(cvh_patch)
SHARED(cvh_closed_form)
SHARED(cvh_encode)
SHARED(cvh_draw)
SHARED(cvh_erase)
SHARED(cvh_compare)
SHARED(cvh_convert)
SHARED(cvh_gaussian_kernel)
SHARED(cvh_gaussian_blur)
SHARED(cvh_decode)
SHARED(cvh_find_peaks)
SHARED(cvh_convention_fit)

/* The sanitizers' allocators print a line where they refuse a request. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#  define SANITIZER_TALKS 1
#elif defined(__has_feature)
#  if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#    define SANITIZER_TALKS 1
#  endif
#endif
#ifndef SANITIZER_TALKS
#  define SANITIZER_TALKS 0
#endif

static cvh_status strange_method(const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                                 const cvh_convention *convention)
{
    (void)maps, (void)points, (void)count, (void)convention;
    return CVH_ERR_IO;
}

/* Besides the fields: a shape of 2^62 bytes, and a method of the caller's that fails. */
static void abuse_cvh_crosscheck(void)
{
    abuse_shared("cvh_crosscheck");
    arena_valid(&now);
    now.in.shape = cvh_maps_view(NULL, CVH_MAX_COUNT, CVH_MAX_SIDE, CVH_MAX_SIDE, CVH_64F);
    cvh_status status = SANITIZER_TALKS ? CVH_ERR_MEMORY : call_crosscheck(&now.in);
    if (status != CVH_ERR_MEMORY) failed("cvh_crosscheck, the largest shape: status %d", (int)status);
    arena_valid(&now);
    now.in.actual = strange_method;
    status = call_crosscheck(&now.in);
    if (status != CVH_ERR_IO) failed("cvh_crosscheck, a method that fails: status %d", (int)status);
}

/* Any number in any field: refused and untouched, or made, and then a second call changes nothing more. */
static void abuse_cvh_convention_comparable(void)
{
    static const double numbers[] = {0, -0.0, 1, 2.5, -1, 1e-6, 1e6, 1e300, 5e-324, NAN, (double)INFINITY, (double)-INFINITY};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (size_t j = 0; j < sizeof numbers / sizeof *numbers; j++)
            for (int k = -1; k < 7; k++) {
                cvh_convention c = {.gaussian = {numbers[i], numbers[j], numbers[j], numbers[i], 1},
                                    .window = (cvh_window)(k / 2)};
                c.norm = (cvh_norm)k, c.border = (cvh_border)k, c.overlap = (cvh_overlap)k;
                cvh_convention first = c, second;
                cvh_status status = cvh_convention_comparable(&first);
                if (status != CVH_OK && status != CVH_ERR_ARGUMENT) failed("cvh_convention_comparable: status %d", (int)status);
                if (status && memcmp(&first, &c, sizeof c) != 0) failed("cvh_convention_comparable: refused, but written");
                second = first;
                if (!status && (cvh_convention_comparable(&second) || memcmp(&second, &first, sizeof first) != 0))
                    failed("cvh_convention_comparable(%g, %g, %d): not done at once", numbers[i], numbers[j], k);
            }
    if (cvh_convention_comparable(NULL) != CVH_ERR_ARGUMENT) failed("cvh_convention_comparable(NULL) is not refused");
}

static void abuse_cvh_crosscheck_into(void)
{
    cvh_report report;
    arena_valid(&now);
    memcpy(&before, &now, sizeof now);
    const cvh_maps *one = &now.in.maps, *other = &now.in.other;
    const cvh_maps shallow = {.data = one->data, .count = 1, .rows = 1, .cols = 1, .depth = (cvh_depth)9};
    const struct {
        cvh_method_fn expected, actual;
        const cvh_maps *e, *a;
        const cvh_keypoint *points;
        const cvh_convention *convention;
        cvh_report *report;
    } calls[] = {
        {NULL, cvh_patch, one, other, now.in.points, &now.in.convention, &report},
        {cvh_patch, NULL, one, other, now.in.points, &now.in.convention, &report},
        {cvh_patch, cvh_patch, NULL, other, now.in.points, &now.in.convention, &report},
        {cvh_patch, cvh_patch, one, NULL, now.in.points, &now.in.convention, &report},
        {cvh_patch, cvh_patch, &shallow, other, now.in.points, &now.in.convention, &report},
        {cvh_patch, cvh_patch, one, &shallow, now.in.points, &now.in.convention, &report},
        {cvh_patch, cvh_patch, one, other, NULL, &now.in.convention, &report},
        {cvh_patch, cvh_patch, one, other, now.in.points, NULL, &report},
        {cvh_patch, cvh_patch, one, other, now.in.points, &now.in.convention, NULL},
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (cvh_crosscheck_into(calls[i].expected, calls[i].actual, calls[i].e, calls[i].a, calls[i].points, ARENA_POINTS,
                                calls[i].convention, NULL, calls[i].report)
            != CVH_ERR_ARGUMENT)
            failed("cvh_crosscheck_into: call %zu is not refused", i);
    if (memcmp(&before, &now, sizeof now) != 0) failed("cvh_crosscheck_into: refused, but wrote its maps");
    if (cvh_crosscheck_into(strange_method, cvh_patch, one, other, now.in.points, ARENA_POINTS, &now.in.convention, NULL,
                            &report)
        != CVH_ERR_IO)
        failed("cvh_crosscheck_into, a method that fails: %s", cvh_last_error());
}

/* ------------------------------------------------------------------------------------------------ functions without a status
 */

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

#define EACH(array, i) (size_t i = 0; i < sizeof(array) / sizeof *(array); i++)

static void abuse_cvh_status_text(void)
{
    for
        EACH(integers, i)
    if (!cvh_status_text(integers[i]) || !*cvh_status_text(integers[i])) failed("cvh_status_text(%d) is empty", integers[i]);
}

#define TEXT(function)                                                                                                         \
  static void abuse_##function(void)                                                                                           \
  {                                                                                                                            \
    for                                                                                                                        \
      EACH(integers, i)                                                                                                        \
    if (!function(integers[i]) || !*function(integers[i])) failed(#function "(%d) is empty", integers[i]);                     \
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
static void abuse_cvh_fail(void)
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

static void abuse_cvh_keypoints_from(void)
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

static void abuse_cvh_last_error(void)
{
    if (!cvh_last_error() || *cvh_last_error()) failed("cvh_last_error() before any failure: it must be empty");
    if (cvh_convention_find(NULL, NULL) != CVH_ERR_ARGUMENT || !*cvh_last_error())
        failed("cvh_last_error() after one: it is empty");
}

static void abuse_cvh_version(void)
{
    char expected[64];
    snprintf(expected, sizeof expected, "%d.%d.%d", CVH_VERSION_MAJOR, CVH_VERSION_MINOR, CVH_VERSION_PATCH);
    if (strcmp(cvh_version(), expected) != 0) failed("cvh_version() is %s; the header says %s", cvh_version(), expected);
}

static void abuse_cvh_opencv_version(void)
{
    if (!cvh_opencv_version() || !strchr(cvh_opencv_version(), '.')) failed("cvh_opencv_version() is no version");
}

static void abuse_cvh_opencv_arithmetic(void)
{
    if (!cvh_opencv_arithmetic() || !*cvh_opencv_arithmetic()) failed("cvh_opencv_arithmetic() says nothing");
}

static void no_name_beyond(const char *function, const char *(*name)(int))
{
    int known = 0;
    while (name(known)) known++;
    if (known == 0) failed("%s(0) is NULL", function);
    for
        EACH(integers, i)
    if ((integers[i] < 0 || integers[i] >= known) && name(integers[i])) failed("%s(%d) is not NULL", function, integers[i]);
}

static void abuse_cvh_convention_name(void)
{
    no_name_beyond("cvh_convention_name", cvh_convention_name);
}

static void abuse_cvh_decoder_name(void)
{
    no_name_beyond("cvh_decoder_name", cvh_decoder_name);
}

static void same_sigma(double argument, double result, bool sensible, const char *function)
{
    if (isnan(result) == sensible || isinf(result)) failed("%s(%g) is %g", function, argument, result);
}

static void abuse_cvh_sigma_from_ksize(void)
{
    for
        EACH(reals, i)
    same_sigma(reals[i], cvh_sigma_from_ksize(reals[i]), reals[i] > 0 && reals[i] <= CVH_MAX_KSIZE, "cvh_sigma_from_ksize");
}

static void abuse_cvh_ksize_from_sigma(void)
{
    for
        EACH(reals, i)
    same_sigma(reals[i], cvh_ksize_from_sigma(reals[i]), reals[i] > 0 && reals[i] * 8 < CVH_MAX_KSIZE, "cvh_ksize_from_sigma");
}

static bool side_of_a_box(double side)
{
    return side > 0 && !isinf(side);
}

/* NaN for all that is no box or no overlap; for a box, a radius or, where the numbers overflow, NaN or infinity: no trap. */
static void radius_of_anything(const char *function, double (*radius)(double, double, double))
{
    for
        EACH(reals, i)
        for
            EACH(reals, j)
            for
                EACH(reals, k)
                {
                    double rows = reals[i], cols = reals[j], overlap = reals[k], result = radius(rows, cols, overlap);
                    bool valid = side_of_a_box(rows) && side_of_a_box(cols) && overlap > 0 && overlap < 1;
                    if (!valid && !isnan(result)) failed("%s(%g, %g, %g) is %g", function, rows, cols, overlap, result);
                    bool ordinary = valid && overlap == 0.5 && rows >= 0.5 && rows <= 1e6 && cols >= 0.5 && cols <= 1e6;
                    if (ordinary && !(result > 0 && result < 2e6))
                        failed("%s(%g, %g, %g) is %g", function, rows, cols, overlap, result);
                }
}

static void abuse_cvh_radius_cornernet(void)
{
    radius_of_anything("cvh_radius_cornernet", cvh_radius_cornernet);
}

static void abuse_cvh_radius_centernet(void)
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

static void abuse_cvh_maps_view(void)
{
    static const double data;
    for
        EACH(integers, i)
        for
            EACH(integers, j)
            {
                refuse_view("cvh_maps_view", cvh_maps_view(NULL, integers[i], integers[j], 1, CVH_32F));
                refuse_view("cvh_maps_view", cvh_maps_view(&data, integers[i], 0, integers[j], CVH_32F));
                refuse_view("cvh_maps_view", cvh_maps_view(&data, -1, integers[i], integers[j], CVH_64F));
                refuse_view("cvh_maps_view", cvh_maps_view(&data, integers[i], integers[j], 1, (cvh_depth)4));
            }
}

static void abuse_cvh_maps_interleaved(void)
{
    static const double data;
    for
        EACH(integers, i)
        for
            EACH(integers, j)
            {
                refuse_view("cvh_maps_interleaved", cvh_maps_interleaved(NULL, integers[i], integers[j], 1, CVH_32F, 0));
                refuse_view("cvh_maps_interleaved", cvh_maps_interleaved(&data, integers[i], 2, 1, CVH_32F, SIZE_MAX));
                refuse_view("cvh_maps_interleaved", cvh_maps_interleaved(&data, INT_MIN, integers[i], integers[j], CVH_64F, 8));
                refuse_view("cvh_maps_interleaved",
                            cvh_maps_interleaved(&data, integers[i], integers[j], 1, (cvh_depth)INT_MAX, 0));
            }
}

/* ------------------------------------------------------------------------------------------------- functions that take a name
 */

static char endless[100000];

static const char *const strange_names[] = {NULL, "", " ", "MSRA", "msra ", "%s%n%s%n", "a\nb\r\x1b[31m", "\xff\xfe", endless};

static void refuse_name(const char *function, cvh_status status, const char *name)
{
    const char *shown = name ? name : "NULL";
    if (status != CVH_ERR_ARGUMENT) failed("%s(%.20s): status %d", function, shown, (int)status);
    if (strlen(cvh_last_error()) > 511) failed("%s(%.20s): a message of %zu bytes", function, shown, strlen(cvh_last_error()));
}

static void abuse_cvh_convention_find(void)
{
    memset(endless, 'a', sizeof endless - 1);
    cvh_convention out = {.input_sigma = 7}, same = out;
    for
        EACH(strange_names, i)
        {
            refuse_name("cvh_convention_find", cvh_convention_find(strange_names[i], &out), strange_names[i]);
            if (memcmp(&out, &same, sizeof out) != 0) failed("cvh_convention_find: refused, but wrote its output");
        }
    refuse_name("cvh_convention_find", cvh_convention_find(cvh_convention_name(0), NULL), "a name, out NULL");
}

static void abuse_cvh_decoder_find(void)
{
    memset(endless, 'a', sizeof endless - 1);
    cvh_decoder out = {.threshold = 7}, same = out;
    for
        EACH(strange_names, i)
        {
            refuse_name("cvh_decoder_find", cvh_decoder_find(strange_names[i], &out), strange_names[i]);
            if (memcmp(&out, &same, sizeof out) != 0) failed("cvh_decoder_find: refused, but wrote its output");
        }
    refuse_name("cvh_decoder_find", cvh_decoder_find(cvh_decoder_name(0), NULL), "a name, out NULL");
}

/* ------------------------------------------------------------------------------------------------------------------- files */

static const char *const strange_paths[] = {"/", ".", "/nonexistent/maps.npy", "/dev/null/maps.npy", "a\n/b", endless};

static void abuse_cvh_npy_load(void)
{
    memset(endless, 'a', sizeof endless - 1);
    cvh_maps maps = {.count = 7}, same = maps;
    const char *const unreadable[] = {"/dev/null", "/proc/self/mem"};
    for
        EACH(strange_paths, i)
    if (cvh_npy_load(strange_paths[i], &maps) != CVH_ERR_IO)
        failed("cvh_npy_load(%.20s): %s", strange_paths[i], cvh_last_error());
    for
        EACH(unreadable, i)
        {
            cvh_status status = cvh_npy_load(unreadable[i], &maps);
            if (status != CVH_ERR_IO && status != CVH_ERR_FORMAT)
                failed("cvh_npy_load(%s): status %d", unreadable[i], (int)status);
        }
    if (cvh_npy_load(NULL, &maps) != CVH_ERR_ARGUMENT) failed("cvh_npy_load(NULL, ...) is not refused");
    if (cvh_npy_load("", &maps) != CVH_ERR_ARGUMENT && cvh_npy_load("", &maps) != CVH_ERR_IO) failed("cvh_npy_load of \"\"");
    if (cvh_npy_load("/dev/null", NULL) != CVH_ERR_ARGUMENT) failed("cvh_npy_load(..., NULL) is not refused");
    if (memcmp(&maps, &same, sizeof maps) != 0) failed("cvh_npy_load failed, but wrote *maps");
}

/* The view's fields in a folder of its own; then the paths. */
static void abuse_cvh_npy_save(void)
{
    static const shared_call call = {"cvh_npy_save", READS_SAVE, NULL};
    memset(endless, 'a', sizeof endless - 1);
    char folder[] = "/tmp/cvheatmap-abuse-XXXXXX", path[sizeof folder + 16];
    if (!mkdtemp(folder)) {
        failed("no temporary folder");
        return;
    }
    snprintf(path, sizeof path, "%s/maps.npy", folder);
    for (int field = 0; field < arena_field_count(); field++)
        for (int k = 0; arena_field_read(field, READS_SAVE) && k < arena_value_count(field); k++) {
            char text[32];
            arena_valid(&now);
            bool must_refuse = arena_spoil(&now, field, k, text);
            memcpy(&before, &now, sizeof now);
            check_call(&call, text, cvh_npy_save(path, now.in.maps_pointer), must_refuse, arena_field_name(field));
            if (must_refuse && access(path, F_OK) == 0) failed("cvh_npy_save, %s: refused, but there is a file", text);
            unlink(path);
        }
    arena_valid(&now);
    for
        EACH(strange_paths, i)
    if (cvh_npy_save(strange_paths[i], &now.in.maps) != CVH_ERR_IO) failed("cvh_npy_save(%.20s)", strange_paths[i]);
    if (cvh_npy_save(NULL, &now.in.maps) != CVH_ERR_ARGUMENT) failed("cvh_npy_save(NULL, ...) is not refused");
    if (rmdir(folder) != 0) failed("cvh_npy_save left something in its folder");
}

static void abuse_cvh_npy_free(void)
{
    cvh_maps zero = {0};
    cvh_npy_free(NULL);
    cvh_npy_free(&zero);
    cvh_npy_free(&zero);
    if (zero.data || zero.count) failed("cvh_npy_free does not leave a zero view");
}

/* ------------------------------------------------------------------------------------------------------------------- table */

typedef struct row {
    const char *function;
    void (*abuse)(void);
} row;

#define ROW(function)                                                                                                          \
  {                                                                                                                            \
#    function, abuse_##function                                                                                                \
  }

static const row table[] = {
    ROW(cvh_status_text),
    ROW(cvh_last_error),
    ROW(cvh_fail),
    ROW(cvh_depth_text),
    ROW(cvh_arithmetic_text),
    ROW(cvh_border_text),
    ROW(cvh_method_text),
    ROW(cvh_geometry_text),
    ROW(cvh_snap_text),
    ROW(cvh_centre_text),
    ROW(cvh_overlap_text),
    ROW(cvh_norm_text),
    ROW(cvh_drop_text),
    ROW(cvh_window_text),
    ROW(cvh_refine_text),
    ROW(cvh_guard_text),
    ROW(cvh_step_text),
    ROW(cvh_ties_text),
    ROW(cvh_order_text),
    ROW(cvh_score_text),
    ROW(cvh_activation_text),
    ROW(cvh_offset_unit_text),
    ROW(cvh_offset_area_text),
    ROW(cvh_found_text),
    ROW(cvh_crop_family_text),
    ROW(cvh_crop_size_text),
    ROW(cvh_crop_boxes_text),
    ROW(cvh_crop_pad_text),
    ROW(cvh_flip_text),
    ROW(cvh_simcc_label_text),
    ROW(cvh_simcc_score_text),
    ROW(cvh_version),
    ROW(cvh_opencv_version),
    ROW(cvh_opencv_arithmetic),
    ROW(cvh_maps_view),
    ROW(cvh_maps_interleaved),
    ROW(cvh_convention_find),
    ROW(cvh_convention_name),
    ROW(cvh_convention_fit),
    ROW(cvh_keypoints_from),
    ROW(cvh_blur),
    ROW(cvh_patch),
    ROW(cvh_closed_form),
    ROW(cvh_encode),
    ROW(cvh_draw),
    ROW(cvh_erase),
    ROW(cvh_compare),
    ROW(cvh_convert),
    ROW(cvh_crosscheck),
    ROW(cvh_crosscheck_into),
    ROW(cvh_convention_comparable),
    ROW(cvh_compare_peaks),
    ROW(cvh_crosscheck_decode),
    ROW(cvh_slip_text),
    ROW(cvh_gaussian_kernel),
    ROW(cvh_sigma_from_ksize),
    ROW(cvh_ksize_from_sigma),
    ROW(cvh_radius_cornernet),
    ROW(cvh_radius_centernet),
    ROW(cvh_gaussian_blur),
    ROW(cvh_decode),
    ROW(cvh_find_peaks),
    ROW(cvh_encode_offsets),
    ROW(cvh_decode_offsets),
    ROW(cvh_find_peaks_offsets),
    ROW(cvh_decoder_find),
    ROW(cvh_decoder_name),
    ROW(cvh_affine_invert),
    ROW(cvh_crop_find),
    ROW(cvh_crop_name),
    ROW(cvh_crop_clean),
    ROW(cvh_crop_fit),
    ROW(cvh_flip_merge),
    ROW(cvh_warp),
    ROW(cvh_warp_native),
    ROW(cvh_crop_image),
    ROW(cvh_crosscheck_warp),
    ROW(cvh_simcc_find),
    ROW(cvh_simcc_name),
    ROW(cvh_simcc_encode),
    ROW(cvh_simcc_decode),
    ROW(cvh_npy_save),
    ROW(cvh_npy_load),
    ROW(cvh_npy_free),
};
enum { ROWS = sizeof table / sizeof *table };

int main(int argc, char **argv)
{
    const char *names[ROWS + 1] = {NULL};
    int count = 0, ran = 0;
    for (int i = 0; i < ROWS; i++) names[i] = table[i].function;
    if (argc > 1) count += declared_differences(argv[1], names);
    for (int i = 0; i < ROWS; i++) {
        if (argc > 2 && strcmp(argv[2], table[i].function) != 0) continue;
        count += run_quietly(table[i].function, table[i].abuse);
        ran++;
    }
    printf("%d functions abused, %d failures\n", ran, count);
    return count == 0 && ran > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
