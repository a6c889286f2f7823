/* SPDX-License-Identifier: Apache-2.0 */
#include "crop.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../support/unknown.h"
#include "cvheatmap.h"
#include "report.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const double reals[] = {0,         -0.0,    1,       -1,        0.5,     1e9,           -1e9,          1.0000001e9,
                               1e15,      1e16,    1e300,   DBL_MAX,   DBL_MIN, 5e-324,        NAN,           (double)INFINITY,
                               -INFINITY, INT_MAX, INT_MIN, -1000.125, 1e-9,    4294967296.25, -2147483649.0, 32766.5};
static const int integers[] = {0, 1, 2, 3, 7, 8, 32765, 32766, 32767, 32768, 32769, INT_MAX, INT_MAX - 1, -1, -2, INT_MIN};

/* A refused call leaves its outputs as they were, and says what was wrong; so does one that OpenCV's arithmetic declines. */
static void check(const char *function, const char *what, double value, cvh_status status, bool must, const void *out,
                  const void *before, size_t size)
{
    if (must && status != CVH_ERR_ARGUMENT) failed("%s, %s = %g: status %d", function, what, value, (int)status);
    bool declined = opencv_is_unknown(status);
    if (status != CVH_OK && status != CVH_ERR_ARGUMENT && !declined)
        failed("%s, %s = %g: status %d", function, what, value, (int)status);
    if (status != CVH_OK && memcmp(out, before, size) != 0) failed("%s, %s = %g: refused, but wrote", function, what, value);
    if (status != CVH_OK && !declined && !strstr(cvh_last_error(), what))
        failed("%s, %s = %g: the message is \"%s\"", function, what, value, cvh_last_error());
    if (strlen(cvh_last_error()) > 511) failed("%s, %s = %g: a message too long", function, what, value);
}

/* ------------------------------------------------------------------------------------------------------------------ affine */

void abuse_cvh_affine_invert(void)
{
    cvh_affine out = {.xx = 7}, same = out;
    const cvh_affine plain = {2, 0.5, 3, -0.25, 2, 1};
    for (int number = 0; number < 6; number++)
        for (size_t i = 0; i < COUNT_OF(reals); i++) {
            double numbers[6];
            memcpy(numbers, &plain, sizeof numbers);
            numbers[number] = reals[i];
            cvh_affine spoiled;
            memcpy(&spoiled, numbers, sizeof spoiled);
            out = same;
            check("cvh_affine_invert", "affine", reals[i], cvh_affine_invert(&spoiled, &out), !(fabs(reals[i]) <= 1e15), &out,
                  &same, sizeof out);
        }
    out = same;
    const cvh_affine singular = {1, 2, 0, 2, 4, 0};
    check("cvh_affine_invert", "singular", 0, cvh_affine_invert(&singular, &out), true, &out, &same, sizeof out);
    check("cvh_affine_invert", "affine is NULL", 0, cvh_affine_invert(NULL, &out), true, &out, &same, sizeof out);
    check("cvh_affine_invert", "inverse is NULL", 0, cvh_affine_invert(&plain, NULL), true, &out, &same, sizeof out);
}

/* ------------------------------------------------------------------------------------------------------------------- names */

void abuse_cvh_crop_name(void)
{
    int known = 0;
    while (cvh_crop_name(known)) known++;
    if (known == 0) failed("cvh_crop_name(0) is NULL");
    for (size_t i = 0; i < COUNT_OF(integers); i++)
        if ((integers[i] < 0 || integers[i] >= known) && cvh_crop_name(integers[i]))
            failed("cvh_crop_name(%d) is not NULL", integers[i]);
}

void abuse_cvh_crop_find(void)
{
    static char endless[100000];
    memset(endless, 'a', sizeof endless - 1);
    const char *const strange[] = {NULL, "", " ", "HRNET!", "%s%n%s%n", "a\nb\r\x1b[31m", "\xff\xfe", endless};
    cvh_crop_rule out = {.padding = 7}, same = out;
    for (size_t i = 0; i < COUNT_OF(strange); i++)
        check("cvh_crop_find", strange[i] ? "crop rule is named" : "name is NULL", (double)i, cvh_crop_find(strange[i], &out),
              true, &out, &same, sizeof out);
    check("cvh_crop_find", "out is NULL", 0, cvh_crop_find("hrnet", NULL), true, &out, &same, sizeof out);
}

/* -------------------------------------------------------------------------------------------------------------- crop rules */

typedef struct crop_call {
    cvh_crop_rule rule;
    cvh_rect box;
    int photo_rows, photo_cols, input_rows, input_cols;
    double rotation;
} crop_call;

static const crop_call valid_call = {.rule = {.padding = 1.25},
                                     .box = {20, 30, 40, 80},
                                     .photo_rows = 480,
                                     .photo_cols = 640,
                                     .input_rows = 256,
                                     .input_cols = 192};

typedef enum kind { INTEGER, REAL } kind;

/* `most`: above that, or below `least`, the call must be refused. `fits`: only cvh_crop_fit reads it. */
typedef struct field {
    const char *name;
    kind kind;
    size_t offset;
    double least, most;
    bool fits;
} field;

static const field fields[] = {
    {"family", INTEGER, offsetof(crop_call, rule.family), 0, CVH_CROP_STRETCH, false},
    {"size", INTEGER, offsetof(crop_call, rule.size), 0, CVH_CROP_SIZE_EXPAND, false},
    {"padding", REAL, offsetof(crop_call, rule.padding), 0, 100, false},
    {"unpadded_at_minus_one", INTEGER, offsetof(crop_call, rule.unpadded_at_minus_one), 0, 1, false},
    {"shift_y", REAL, offsetof(crop_call, rule.shift_y), -10, 10, false},
    {"offset", REAL, offsetof(crop_call, rule.offset), -100, 100, false},
    {"multiple", INTEGER, offsetof(crop_call, rule.multiple), 0, 1024, false},
    {"boxes", INTEGER, offsetof(crop_call, rule.boxes), 0, CVH_CROP_BOXES_ALPHAPOSE, false},
    {"pad", INTEGER, offsetof(crop_call, rule.pad), 0, CVH_CROP_PAD_EXACT, false},
    {"outside", REAL, offsetof(crop_call, rule.outside), -1e300, 1e300, false},
    {"x", REAL, offsetof(crop_call, box.x), -1e9, 1e9, false},
    {"y", REAL, offsetof(crop_call, box.y), -1e9, 1e9, false},
    {"width", REAL, offsetof(crop_call, box.width), -1e9, 1e9, false},
    {"height", REAL, offsetof(crop_call, box.height), -1e9, 1e9, false},
    {"photo_rows", INTEGER, offsetof(crop_call, photo_rows), 1, CVH_MAX_SIDE, false},
    {"photo_cols", INTEGER, offsetof(crop_call, photo_cols), 1, CVH_MAX_SIDE, false},
    {"input_rows", INTEGER, offsetof(crop_call, input_rows), 1, CVH_MAX_SIDE, true},
    {"input_cols", INTEGER, offsetof(crop_call, input_cols), 1, CVH_MAX_SIDE, true},
    {"rotation", REAL, offsetof(crop_call, rotation), -1e9, 1e9, true},
};

static double spoil(crop_call *call, const field *f, size_t i)
{
    unsigned char *at = (unsigned char *)call + f->offset;
    if (f->kind == INTEGER) {
        memcpy(at, &integers[i], sizeof(int));
        return integers[i];
    }
    memcpy(at, &reals[i], sizeof(double));
    return reals[i];
}

static size_t values_of(const field *f)
{
    return f->kind == INTEGER ? COUNT_OF(integers) : COUNT_OF(reals);
}

static cvh_status clean(const crop_call *call, cvh_rect *box, int *kept)
{
    return cvh_crop_clean(&call->rule, &call->box, call->photo_rows, call->photo_cols, box, kept);
}

void abuse_cvh_crop_clean(void)
{
    struct {
        cvh_rect box;
        int kept;
    } out, same;
    memset(&same, 0xA5, sizeof same);
    for (size_t f = 0; f < COUNT_OF(fields); f++)
        for (size_t i = 0; i < values_of(&fields[f]) && !fields[f].fits; i++)
            for (int boxes = 0; boxes <= CVH_CROP_BOXES_ALPHAPOSE; boxes++) {
                crop_call call = valid_call;
                call.rule.boxes = (cvh_crop_boxes)boxes;
                double value = spoil(&call, &fields[f], i);
                memcpy(&out, &same, sizeof out);
                check("cvh_crop_clean", fields[f].name, value, clean(&call, &out.box, &out.kept),
                      !(value >= fields[f].least && value <= fields[f].most), &out, &same, sizeof out);
                if (out.kept == 1 && !(isfinite(out.box.x + out.box.y) && out.box.width >= 0 && out.box.height >= 0))
                    failed("cvh_crop_clean, %s = %g: kept a box that is none", fields[f].name, value);
            }
    memcpy(&out, &same, sizeof out);
    crop_call c = valid_call;
    check("cvh_crop_clean", "rule is NULL", 0, cvh_crop_clean(NULL, &c.box, 9, 9, &out.box, &out.kept), true, &out, &same,
          sizeof out);
    check("cvh_crop_clean", "annotated is NULL", 0, cvh_crop_clean(&c.rule, NULL, 9, 9, &out.box, &out.kept), true, &out, &same,
          sizeof out);
    check("cvh_crop_clean", "box is NULL", 0, cvh_crop_clean(&c.rule, &c.box, 9, 9, NULL, &out.kept), true, &out, &same,
          sizeof out);
    check("cvh_crop_clean", "kept is NULL", 0, cvh_crop_clean(&c.rule, &c.box, 9, 9, &out.box, NULL), true, &out, &same,
          sizeof out);
}

static bool all_finite(const cvh_affine *a)
{
    return isfinite(a->xx) && isfinite(a->xy) && isfinite(a->x0) && isfinite(a->yx) && isfinite(a->yy) && isfinite(a->y0);
}

static bool sensible(const cvh_crop *crop)
{
    return all_finite(&crop->to_input) && all_finite(&crop->to_photo) && crop->input_rows >= 1
           && crop->input_rows <= CVH_MAX_SIDE && crop->input_cols >= 1 && crop->input_cols <= CVH_MAX_SIDE
           && crop->part_row >= 0 && crop->part_col >= 0 && crop->pad_top >= 0 && crop->pad_left >= 0
           && crop->pad_top + crop->resized_rows <= crop->input_rows && crop->pad_left + crop->resized_cols <= crop->input_cols;
}

static cvh_status fit(const crop_call *c, cvh_crop *out)
{
    return cvh_crop_fit(&c->rule, &c->box, c->photo_rows, c->photo_cols, c->input_rows, c->input_cols, c->rotation, out);
}

static void abuse_fit_field(const field *f, size_t i, int name)
{
    crop_call call = valid_call;
    cvh_crop out, same;
    if (cvh_crop_find(cvh_crop_name(name), &call.rule)) failed("%s", cvh_last_error());
    double value = spoil(&call, f, i);
    bool unread = call.rule.size == CVH_CROP_SIZE_KEEP && strncmp(f->name, "input", 5) == 0;
    double least = strcmp(f->name, "width") == 0 || strcmp(f->name, "height") == 0 ? 0 : f->least;
    memset(&same, 0xA5, sizeof same);
    memcpy(&out, &same, sizeof out);
    cvh_status status = fit(&call, &out);
    if (!(value >= least && value <= f->most) && !unread) {
        check("cvh_crop_fit", f->name, value, status, true, &out, &same, sizeof out);
    } else if (status == CVH_OK) {
        if (!sensible(&out)) failed("cvh_crop_fit, %s, %s = %g: no crop", cvh_crop_name(name), f->name, value);
    } else {
        check("cvh_crop_fit", "", value, status, true, &out, &same, sizeof out);
    }
}

/* Boxes of no extent, and those that a whole photograph's rule cannot cut. */
static void abuse_extents(void)
{
    static const cvh_rect boxes[] = {{5, 5, 0, 0}, {-50, -50, 20, 20}, {700, 20, 10, 10}, {10, 10, 1e-300, 1e-300}};
    for (int name = 0; cvh_crop_name(name); name++)
        for (size_t i = 0; i < COUNT_OF(boxes); i++) {
            crop_call call = valid_call;
            cvh_crop out, same;
            if (cvh_crop_find(cvh_crop_name(name), &call.rule)) failed("%s", cvh_last_error());
            call.box = boxes[i];
            memset(&same, 0xA5, sizeof same);
            memcpy(&out, &same, sizeof out);
            cvh_status status = fit(&call, &out);
            check("cvh_crop_fit", "box", boxes[i].x, status, i == 0, &out, &same, sizeof out);
            if (status == CVH_OK && !sensible(&out)) failed("cvh_crop_fit, %s, box %zu: no crop", cvh_crop_name(name), i);
        }
}

void abuse_cvh_crop_fit(void)
{
    for (size_t f = 0; f < COUNT_OF(fields); f++)
        for (size_t i = 0; i < values_of(&fields[f]); i++)
            for (int name = 0; cvh_crop_name(name); name++) abuse_fit_field(&fields[f], i, name);
    abuse_extents();
    crop_call c = valid_call;
    cvh_crop out, same;
    memset(&same, 0xA5, sizeof same);
    memcpy(&out, &same, sizeof out);
    check("cvh_crop_fit", "rule is NULL", 0, cvh_crop_fit(NULL, &c.box, 9, 9, 9, 9, 0, &out), true, &out, &same, sizeof out);
    check("cvh_crop_fit", "out is NULL", 0, cvh_crop_fit(&c.rule, &c.box, 9, 9, 9, 9, 0, NULL), true, &out, &same, sizeof out);
    if (cvh_crop_fit(&c.rule, NULL, 9, 9, 9, 9, 0, &out)) failed("cvh_crop_fit, box NULL: %s", cvh_last_error());
}

/* --------------------------------------------------------------------------------------------------------------- flip test */

enum { MAPS = 3, ROWS = 2, COLS = 4, SAMPLES = MAPS * ROWS * COLS };

static _Alignas(8) float maps_samples[SAMPLES], flipped_samples[SAMPLES], out_samples[SAMPLES]; /* read as doubles, too */

static cvh_maps flip_view(const float *samples)
{
    return cvh_maps_view(samples, MAPS, ROWS, COLS, CVH_32F);
}

static void refuse_flip(const char *what, cvh_maps maps, cvh_maps flipped, const int *partner, int flip, cvh_maps out)
{
    static float same[SAMPLES];
    memset(out_samples, 0xA5, sizeof out_samples);
    memcpy(same, out_samples, sizeof same);
    check("cvh_flip_merge", what, 0, cvh_flip_merge(&maps, &flipped, partner, (cvh_flip)flip, &out), true, out_samples, same,
          sizeof same);
}

void abuse_cvh_flip_merge(void)
{
    static const int partner[MAPS] = {1, 0, 2};
    cvh_maps m = flip_view(maps_samples), f = flip_view(flipped_samples), o = flip_view(out_samples);
    if (cvh_flip_merge(&m, &f, partner, CVH_FLIP_SHIFT, &o)) failed("cvh_flip_merge: %s", cvh_last_error());
    for (size_t i = 0; i < COUNT_OF(integers); i++) {
        if (integers[i] >= 0 && integers[i] <= CVH_FLIP_BIN) continue;
        refuse_flip("flip", m, f, partner, integers[i], o);
    }
    const struct {
        const char *what;
        int partner[MAPS];
    } wrong[] = {{"partner[0]", {3, 1, 2}},       {"partner[2]", {0, 1, -1}},      {"partner[0]", {1, 2, 0}},
                 {"partner[1]", {1, INT_MAX, 2}}, {"partner[1]", {0, INT_MIN, 2}}, {"partner[0]", {1, 1, 2}}};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) refuse_flip(wrong[i].what, m, f, wrong[i].partner, 0, o);
    refuse_flip("partner is NULL", m, f, NULL, 0, o);
    refuse_flip("out overlaps flipped", m, o, partner, 0, o);
    cvh_maps smaller = flip_view(flipped_samples), other = smaller, narrow = o;
    smaller.rows = narrow.rows = 1;
    narrow.cols = COLS - 1;
    refuse_flip("flipped is", m, smaller, partner, 0, o);
    refuse_flip("out is", m, f, partner, 0, narrow);
    other.depth = CVH_64F;
    other.rows = 1;
    refuse_flip("flipped is", m, other, partner, 0, o);
    other = m;
    other.data = out_samples;
    cvh_maps late = o;
    late.row_step = COLS * sizeof(float) * MAPS;
    late.map_step = COLS * sizeof(float);
    refuse_flip("out overlaps maps", other, f, partner, 0, late);
    m.depth = f.depth = o.depth = CVH_8U;
    refuse_flip("maps", m, f, partner, 0, o);
    if (cvh_flip_merge(NULL, NULL, NULL, CVH_FLIP_MIRROR, NULL) != CVH_ERR_ARGUMENT) failed("cvh_flip_merge of nothing");
}

/* --------------------------------------------------------------------------------------------------------------- pictures */

enum { PHOTO_ROWS = 5, PHOTO_COLS = 7, INPUT_ROWS = 4, INPUT_COLS = 3, CHANNELS = 3 };

static unsigned char photo_samples[PHOTO_ROWS * PHOTO_COLS * CHANNELS], input_samples[INPUT_ROWS * INPUT_COLS * CHANNELS];

typedef struct warp_call {
    cvh_maps photo, input;
    cvh_affine to_input;
    double outside;
} warp_call;

static warp_call valid_warp(void)
{
    return (warp_call){cvh_maps_interleaved(photo_samples, CHANNELS, PHOTO_ROWS, PHOTO_COLS, CVH_8U, 0),
                       cvh_maps_view(input_samples, CHANNELS, INPUT_ROWS, INPUT_COLS, CVH_8U),
                       {.xx = 1, .yy = 1},
                       114};
}

static void check_warp(const char *function, cvh_warp_fn warp, const char *what, double value, const warp_call *call, bool must)
{
    unsigned char same[sizeof input_samples];
    memset(input_samples, 0xA5, sizeof input_samples);
    memcpy(same, input_samples, sizeof same);
    cvh_status status = warp(&call->photo, &call->input, &call->to_input, call->outside);
    check(function, what, value, status, must, input_samples, same, sizeof same);
}

static void abuse_warp(const char *function, cvh_warp_fn warp)
{
    static float one;
    warp_call call = valid_warp();
    for (int number = 0; number < 6; number++)
        for (size_t i = 0; i < COUNT_OF(reals); i++) {
            call = valid_warp();
            memcpy((unsigned char *)&call.to_input + (size_t)number * sizeof(double), &reals[i], sizeof(double));
            check_warp(function, warp, "to_input", reals[i], &call, !(fabs(reals[i]) <= 1e15));
        }
    for (size_t i = 0; i < COUNT_OF(reals); i++) {
        call = valid_warp();
        call.outside = reals[i];
        check_warp(function, warp, "outside", reals[i], &call, !(fabs(reals[i]) <= 1e300));
    }
    for (size_t i = 0; i < COUNT_OF(integers); i++) {
        int *const fields_of[] = {&call.photo.rows, &call.photo.cols, &call.photo.count,
                                  &call.input.rows, &call.input.cols, &call.input.count};
        for (int f = 0; f < 6; f++) {
            call = valid_warp();
            *fields_of[f] = integers[i];
            bool invalid = integers[i] < 1 || integers[i] > 32766 || f % 3 == 2; /* all else would read beyond the samples */
            if (invalid && integers[i] != CHANNELS)
                check_warp(function, warp, f < 3 ? (f == 2 && integers[i] >= 1 ? "" : "photo") : "input", integers[i], &call,
                           true);
        }
    }
    call = valid_warp();
    call.input.depth = CVH_32F;
    call.input.count = 1;
    call.input.rows = call.input.cols = 1;
    call.input.data = &one;
    check_warp(function, warp, "input", 0, &call, true);
    call = valid_warp();
    call.input.data = photo_samples;
    check_warp(function, warp, "input overlaps photo", 0, &call, true);
    call = valid_warp();
    check_warp(function, warp, "", 0, &call, false);
    if (warp(NULL, &call.input, &call.to_input, 0) != CVH_ERR_ARGUMENT) failed("%s: photo NULL", function);
    if (warp(&call.photo, NULL, &call.to_input, 0) != CVH_ERR_ARGUMENT) failed("%s: input NULL", function);
    if (warp(&call.photo, &call.input, NULL, 0) != CVH_ERR_ARGUMENT) failed("%s: to_input NULL", function);
}

void abuse_cvh_warp(void)
{
    abuse_warp("cvh_warp", cvh_warp);
}

void abuse_cvh_warp_native(void)
{
    abuse_warp("cvh_warp_native", cvh_warp_native);
}

static const field crop_fields[] = {
    {"to_input", REAL, offsetof(cvh_crop, to_input.xy), -1e15, 1e15, false},
    {"input", INTEGER, offsetof(cvh_crop, input_rows), INPUT_ROWS, INPUT_ROWS, false},
    {"input", INTEGER, offsetof(cvh_crop, input_cols), INPUT_COLS, INPUT_COLS, false},
    {"arithmetic", INTEGER, offsetof(cvh_crop, arithmetic), 0, CVH_ARITHMETIC_OPENCV, false},
    {"outside", REAL, offsetof(cvh_crop, outside), -1e300, 1e300, false},
    {"photo", INTEGER, offsetof(cvh_crop, photo_rows), 0, 0, false},
    {"part", INTEGER, offsetof(cvh_crop, part_row), 0, PHOTO_ROWS - 2, false},
    {"part", INTEGER, offsetof(cvh_crop, part_col), 0, PHOTO_COLS - 2, false},
    {"part", INTEGER, offsetof(cvh_crop, part_rows), 0, PHOTO_ROWS - 1, false},
    {"part", INTEGER, offsetof(cvh_crop, part_cols), 1, PHOTO_COLS - 1, false},
    {"resized", INTEGER, offsetof(cvh_crop, resized_rows), 1, INPUT_ROWS - 1, false},
    {"resized", INTEGER, offsetof(cvh_crop, resized_cols), 1, INPUT_COLS - 1, false},
    {"resized", INTEGER, offsetof(cvh_crop, pad_top), 0, INPUT_ROWS - 2, false},
    {"resized", INTEGER, offsetof(cvh_crop, pad_left), 0, INPUT_COLS - 2, false},
};

/* With and without a resize. */
static cvh_crop valid_crop(bool resizes)
{
    cvh_crop crop = {
        .to_input = {.xx = 1, .yy = 1}, .to_photo = {.xx = 1, .yy = 1}, .input_rows = INPUT_ROWS, .input_cols = INPUT_COLS};
    crop.part_row = crop.part_col = 1;
    crop.part_rows = crop.part_cols = 2;
    if (resizes) crop.resized_rows = crop.resized_cols = 2, crop.pad_top = crop.pad_left = 1;
    return crop;
}

static void abuse_crop_field(const field *f, size_t i, bool resizes)
{
    unsigned char same[sizeof input_samples];
    warp_call call = valid_warp();
    cvh_crop crop = valid_crop(resizes);
    memset(input_samples, 0xA5, sizeof input_samples);
    memcpy(same, input_samples, sizeof same);
    double value = f->kind == INTEGER ? integers[i] : reals[i];
    memcpy((unsigned char *)&crop + f->offset, f->kind == INTEGER ? (const void *)&integers[i] : &reals[i],
           f->kind == INTEGER ? sizeof(int) : sizeof(double));
    bool read = resizes || strcmp(f->name, "resized") != 0;
    bool must = read && !(value >= f->least && value <= f->most);
    cvh_status status = cvh_crop_image(&crop, &call.photo, &call.input);
    check("cvh_crop_image", must ? f->name : "", value, status, must, input_samples, same, sizeof same);
}

void abuse_cvh_crop_image(void)
{
    for (size_t f = 0; f < COUNT_OF(crop_fields); f++)
        for (size_t i = 0; i < (crop_fields[f].kind == INTEGER ? COUNT_OF(integers) : COUNT_OF(reals)); i++) {
            abuse_crop_field(&crop_fields[f], i, false);
            abuse_crop_field(&crop_fields[f], i, true);
        }
    warp_call call = valid_warp();
    cvh_crop crop = valid_crop(true);
    static double samples[PHOTO_ROWS * PHOTO_COLS * CHANNELS], results[INPUT_ROWS * INPUT_COLS * CHANNELS];
    call.photo = cvh_maps_view(samples, CHANNELS, PHOTO_ROWS, PHOTO_COLS, CVH_32F);
    call.input = cvh_maps_view(results, CHANNELS, INPUT_ROWS, INPUT_COLS, CVH_32F);
    if (cvh_crop_image(&crop, &call.photo, &call.input) != CVH_ERR_ARGUMENT) failed("cvh_crop_image resizes floats");
    if (cvh_crop_image(NULL, &call.photo, &call.input) != CVH_ERR_ARGUMENT) failed("cvh_crop_image, crop NULL");
    crop = valid_crop(false);
    if (cvh_crop_image(&crop, NULL, &call.input) != CVH_ERR_ARGUMENT) failed("cvh_crop_image, photo NULL");
    if (cvh_crop_image(&crop, &call.photo, NULL) != CVH_ERR_ARGUMENT) failed("cvh_crop_image, input NULL");
    if (cvh_crop_image(&crop, &call.photo, &call.input)) failed("cvh_crop_image warps floats: %s", cvh_last_error());
}

static cvh_status strange_warp(const cvh_maps *photo, const cvh_maps *input, const cvh_affine *to_input, double outside)
{
    (void)photo, (void)input, (void)to_input, (void)outside;
    return CVH_ERR_IO;
}

static void refuse_crosscheck(const char *what, cvh_warp_fn expected, cvh_warp_fn actual, const cvh_maps *photo,
                              const cvh_maps *shape, const cvh_affine *to_input, const cvh_tolerance *tolerance)
{
    cvh_report report, same;
    memset(&same, 0xA5, sizeof same);
    memcpy(&report, &same, sizeof same);
    check("cvh_crosscheck_warp", what, 0, cvh_crosscheck_warp(expected, actual, photo, shape, to_input, 0, tolerance, &report),
          true, &report, &same, sizeof same);
}

void abuse_cvh_crosscheck_warp(void)
{
    warp_call call = valid_warp();
    cvh_maps wrong = call.input, *shape = &call.input;
    cvh_tolerance bad = {.relative = NAN};
    cvh_report report;
    refuse_crosscheck("expected", NULL, cvh_warp, &call.photo, shape, &call.to_input, NULL);
    refuse_crosscheck("actual", cvh_warp, NULL, &call.photo, shape, &call.to_input, NULL);
    refuse_crosscheck("photo", cvh_warp, cvh_warp_native, NULL, shape, &call.to_input, NULL);
    refuse_crosscheck("shape", cvh_warp, cvh_warp_native, &call.photo, NULL, &call.to_input, NULL);
    refuse_crosscheck("to_input", cvh_warp_native, cvh_warp, &call.photo, shape, NULL, NULL);
    refuse_crosscheck("relative", cvh_warp_native, cvh_warp, &call.photo, shape, &call.to_input, &bad);
    for (size_t i = 0; i < COUNT_OF(integers); i++) {
        if (integers[i] >= 1 && integers[i] <= CVH_MAX_SIDE) continue;
        wrong.rows = integers[i];
        refuse_crosscheck("shape", cvh_warp_native, cvh_warp, &call.photo, &wrong, &call.to_input, NULL);
    }
    if (cvh_crosscheck_warp(cvh_warp, strange_warp, &call.photo, shape, &call.to_input, 0, NULL, &report) != CVH_ERR_IO)
        failed("cvh_crosscheck_warp, a warp that fails: another status");
}
