/* SPDX-License-Identifier: Apache-2.0
 * Every public function, called with everything that a caller can get wrong: it refuses by a status that names the field,
 * leaves its outputs alone, and neither prints nor aborts. A plain C program, linked without C++. `abuse HEADER` also holds the
 * table against the header's declarations. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "crop.h"
#include "declared.h"
#include "names.h"
#include "offsets.h"
#include "peaks.h"
#include "report.h"
#include "shared.h"
#include "simcc.h"
#include "values.h"

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
    if (status != CVH_ERR_MEMORY && SIZE_MAX > UINT32_MAX) failed("cvh_crosscheck, the largest shape: status %d", (int)status);
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
    ROW(cvh_crosscheck_simcc),
    ROW(cvh_crosscheck_simcc_decode),
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
