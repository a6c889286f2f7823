/* SPDX-License-Identifier: Apache-2.0 */
#include "arena.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { PATTERN = 0xA5 };

/* Two maps with a peak each; the same bytes read as 32F or 64F are finite. */
static void draw_bumps(double *samples)
{
    cvh_maps maps = cvh_maps_view(samples, ARENA_MAPS, ARENA_ROWS, ARENA_COLS, CVH_32F);
    cvh_keypoint points[] = {{.x = 2, .y = 3}, {.x = 2.4, .y = 1.7, .map = 1}};
    cvh_convention convention = {.gaussian = {.sigma_x = 1}};
    memset(samples, 0, ARENA_SAMPLES * sizeof *samples);
    (void)cvh_patch(&maps, points, 2, &convention);
}

static void point_at_everything(arena *a)
{
    arena_inputs *in = &a->in;
    in->maps_pointer = &in->maps;
    in->other_pointer = &in->other;
    in->shape_pointer = &in->shape;
    in->points_pointer = in->points;
    in->gaussian_pointer = &in->gaussian;
    in->convention_pointer = &in->convention;
    in->tolerance_pointer = &in->tolerance;
    in->weights = a->out.weights;
    in->peaks = a->out.peaks;
    in->found = &a->out.found;
    in->report = &a->out.report;
    in->taps = a->out.taps;
    in->convention.decoder = &in->decoder;
    in->points[1].gaussian = &in->own;
}

/* cvh_crosscheck takes any setting where one of the methods is the caller's own. */
static cvh_status blur_as_asked(const cvh_maps *maps, const cvh_keypoint *points, size_t count,
                                const cvh_convention *convention)
{
    return cvh_blur(maps, points, count, convention);
}

void arena_valid(arena *a)
{
    memset(&a->in, 0, sizeof a->in);
    memset(&a->out, PATTERN, sizeof a->out);
    draw_bumps(a->out.samples);
    draw_bumps(a->out.others);
    arena_inputs *in = &a->in;
    in->maps = cvh_maps_view(a->out.samples, ARENA_MAPS, ARENA_ROWS, ARENA_COLS, CVH_32F);
    in->other = cvh_maps_view(a->out.others, ARENA_MAPS, ARENA_ROWS, ARENA_COLS, CVH_32F);
    in->shape = cvh_maps_view(NULL, ARENA_MAPS, ARENA_ROWS, ARENA_COLS, CVH_32F);
    in->points[0] = (cvh_keypoint){.x = 2, .y = 3};
    in->points[1] = (cvh_keypoint){.x = 1, .y = 1, .map = 1};
    in->points[2] = (cvh_keypoint){.x = 4, .y = 5, .map = 0};
    in->count = ARENA_POINTS;
    in->capacity = ARENA_PEAKS;
    in->own = (cvh_gaussian){.sigma_x = 1, .sigma_y = 1, .ksize_x = 3, .ksize_y = 3, .peak = 1};
    in->gaussian = (cvh_gaussian){.sigma_x = 1, .sigma_y = 1, .ksize_x = 3, .ksize_y = 3, .peak = 1};
    in->convention = (cvh_convention){.gaussian = {.sigma_x = 1, .sigma_y = 1, .ksize_x = 3, .ksize_y = 3, .peak = 1}};
    in->ksize = 9;
    in->sigma = 2;
    in->depth = CVH_64F;
    in->input_rows = 24, in->input_cols = 20, in->map_rows = ARENA_ROWS, in->map_cols = ARENA_COLS;
    in->expected = blur_as_asked;
    in->actual = cvh_patch;
    point_at_everything(a);
}

static bool all_pattern(const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bytes[i] != PATTERN) return false;
    return true;
}

bool arena_guards_intact(const arena *a)
{
    const arena_outputs *out = &a->out;
    const unsigned char *guards[] = {out->behind_samples, out->behind_others, out->behind_weights, out->behind_peaks,
                                     out->behind_found,   out->behind_report, out->behind_taps};
    for (size_t i = 0; i < sizeof guards / sizeof *guards; i++)
        if (!all_pattern(guards[i], ARENA_GUARD)) return false;
    return all_pattern(&out->guards[0][0], sizeof out->guards);
}

/* ------------------------------------------------------------------------------------------------------------- the fields */

typedef enum kind {
    POINTER,   /* NULL */
    UNALIGNED, /* a pointer one byte off */
    METHOD,    /* NULL */
    NO_POINTS, /* points NULL with count SIZE_MAX */
    INTEGER,   /* any int, enumerators included */
    EXTENT,    /* an int that must not promise memory that is not there */
    SIZE,
    STEP,
    REAL
} kind;

/* What a field may be: least..most, and besides (a depth: not OpenCV's number of 32-bit integers, not 8S). A value outside must
 * be refused; one inside may be, for another reason. */
enum { ZERO = 1, INFINITE = 2, MINUS_INFINITE = 4, NOT_A_NUMBER = 8, ODD = 16, NOT_32S = 32, NOT_8S = 64 };

struct arena_field {
    const char *name; /* as the library's message has it */
    size_t offset;
    kind kind;
    unsigned readers;
    double least, most;
    unsigned besides;
};

enum {
    DRAWING = READS_BLUR | READS_PATCH | READS_ENCODE | READS_DRAW | READS_ERASE,
    PATCHING = READS_PATCH | READS_ENCODE | READS_DRAW | READS_ERASE,
    POINTING = DRAWING | READS_CROSSCHECK,
    DECODING = READS_DECODE | READS_PEAKS,
    ANY_DEPTH = DECODING | READS_COMPARE | READS_CONVERT | READS_SAVE,
    PAIRS = READS_COMPARE | READS_CONVERT | READS_GAUSSIAN_BLUR,
    VIEWING = DRAWING | ANY_DEPTH | READS_GAUSSIAN_BLUR
};

#define AT(member) offsetof(arena, in.member)
#define ENUMERATORS(member, last, readers)                                                                                     \
  {                                                                                                                            \
#    member, AT(convention.member), INTEGER, readers, 0, last, 0                                                               \
  }
#define DECODER_INT(member, last)                                                                                              \
  {                                                                                                                            \
#    member, AT(decoder.member), INTEGER, DECODING, 0, last, 0                                                                 \
  }
#define DECODER_REAL(member, least, most, besides)                                                                             \
  {                                                                                                                            \
#    member, AT(decoder.member), REAL, DECODING, least, most, besides                                                          \
  }
#define GAUSSIAN(text, where, readers, blur, patch)                                                                            \
  {text "sigma_x", AT(where.sigma_x), REAL, readers, 1e-6, 1e6, ZERO},                                                         \
      {text "sigma_y", AT(where.sigma_y), REAL, readers, 1e-6, 1e6, ZERO},                                                     \
      {text "ksize_x", AT(where.ksize_x), REAL, blur, 1, CVH_MAX_KSIZE, ZERO | ODD},                                           \
      {text "ksize_y", AT(where.ksize_y), REAL, blur, 1, CVH_MAX_KSIZE, ZERO | ODD},                                           \
      {text "ksize_x", AT(where.ksize_x), REAL, patch, 1, CVH_MAX_KSIZE, ZERO | ODD | INFINITE},                               \
  {                                                                                                                            \
    text "ksize_y", AT(where.ksize_y), REAL, patch, 1, CVH_MAX_KSIZE, ZERO | ODD | INFINITE                                    \
  }
#define VIEW(where, readers, drawn, any, blurred)                                                                              \
  {"data", AT(where.data), POINTER, readers, 1, 0, 0}, {"data", AT(where.data), UNALIGNED, readers, 1, 0, 0},                  \
      {"count", AT(where.count), EXTENT, readers, 1, CVH_MAX_COUNT, 0},                                                        \
      {"rows", AT(where.rows), EXTENT, readers, 1, CVH_MAX_SIDE, 0},                                                           \
      {"cols", AT(where.cols), EXTENT, readers, 1, CVH_MAX_SIDE, 0},                                                           \
      {"depth", AT(where.depth), INTEGER, drawn, CVH_32F, CVH_64F, 0},                                                         \
      {"depth", AT(where.depth), INTEGER, any, CVH_8U, CVH_16F, NOT_32S},                                                      \
      {"depth", AT(where.depth), INTEGER, blurred, CVH_8U, CVH_64F, NOT_8S | NOT_32S},                                         \
      {"scale", AT(where.scale), REAL, drawn, 1, 1, ZERO},                                                                     \
      {"scale", AT(where.scale), REAL, any | (blurred), 0, DBL_MAX, ZERO}, {"zero", AT(where.zero), REAL, drawn, 0, 0, ZERO},  \
      {"zero", AT(where.zero), REAL, any | (blurred), -DBL_MAX, DBL_MAX, ZERO},                                                \
      {"map_step", AT(where.map_step), STEP, readers, 0, 0, ZERO},                                                             \
      {"row_step", AT(where.row_step), STEP, readers, 0, 0, ZERO},                                                             \
  {                                                                                                                            \
    "col_step", AT(where.col_step), STEP, readers, 0, 0, ZERO                                                                  \
  }

static const arena_field fields[] = {
    {"maps", AT(maps_pointer), POINTER, DRAWING | DECODING | READS_SAVE, 1, 0, 0},
    VIEW(maps, VIEWING, DRAWING, ANY_DEPTH, READS_GAUSSIAN_BLUR),
    {"", AT(maps_pointer), POINTER, PAIRS, 1, 0, 0},
    {"", AT(other_pointer), POINTER, PAIRS, 1, 0, 0},
    VIEW(other, PAIRS, 0, READS_COMPARE | READS_CONVERT, READS_GAUSSIAN_BLUR),
    {"shape", AT(shape_pointer), POINTER, READS_CROSSCHECK, 1, 0, 0},
    {"count", AT(shape.count), EXTENT, READS_CROSSCHECK, 1, CVH_MAX_COUNT, 0},
    {"rows", AT(shape.rows), EXTENT, READS_CROSSCHECK, 1, CVH_MAX_SIDE, 0},
    {"cols", AT(shape.cols), EXTENT, READS_CROSSCHECK, 1, CVH_MAX_SIDE, 0},
    {"depth", AT(shape.depth), INTEGER, READS_CROSSCHECK, CVH_32F, CVH_64F, 0},
    {"expected", AT(expected), METHOD, READS_CROSSCHECK, 1, 0, 0},
    {"actual", AT(actual), METHOD, READS_CROSSCHECK, 1, 0, 0},

    {"points", AT(points_pointer), POINTER, POINTING, 1, 0, 0},
    {"points", AT(points_pointer), NO_POINTS, POINTING, 1, 0, 0},
    {"count", AT(count), SIZE, POINTING, 0, ARENA_POINTS, 0},
    {"x", AT(points[0].x), REAL, POINTING, -DBL_MAX, DBL_MAX, ZERO | INFINITE | MINUS_INFINITE | NOT_A_NUMBER},
    {"y", AT(points[1].y), REAL, POINTING, -DBL_MAX, DBL_MAX, ZERO | INFINITE | MINUS_INFINITE | NOT_A_NUMBER},
    {"map", AT(points[0].map), INTEGER, POINTING, 0, ARENA_MAPS - 1, 0},
    {"map", AT(points[2].map), INTEGER, POINTING, 0, ARENA_MAPS - 1, 0},
    {"gaussian", AT(points[1].gaussian), POINTER, POINTING, 0, 0, 0},
    GAUSSIAN("", own, POINTING, READS_BLUR | READS_CROSSCHECK, PATCHING),
    {"peak", AT(own.peak), REAL, POINTING, 1e-30, 1e30, ZERO},

    {"convention", AT(convention_pointer), POINTER, POINTING | READS_FIT, 1, 0, 0},
    {"convention", AT(convention_pointer), POINTER, DECODING, 0, 0, 0},
    ENUMERATORS(method, CVH_METHOD_BLUR, POINTING),
    ENUMERATORS(geometry, CVH_GEOMETRY_HIGHERHRNET, POINTING | READS_FIT),
    ENUMERATORS(snap, CVH_SNAP_NONE, POINTING),
    ENUMERATORS(centre, CVH_CENTRE_WINDOW, POINTING),
    ENUMERATORS(border, CVH_BORDER_REFLECT_101, POINTING),
    ENUMERATORS(overlap, CVH_OVERLAP_ADD_CLAMP, POINTING),
    ENUMERATORS(norm, CVH_NORM_SUM, POINTING),
    ENUMERATORS(arithmetic, CVH_ARITHMETIC_OPENCV, POINTING),
    ENUMERATORS(drop, CVH_DROP_THREE_SIGMA_TRUNC, POINTING),
    ENUMERATORS(window, CVH_WINDOW_SIX_SIGMA, POINTING),
    {"scale_x", AT(convention.scale_x), REAL, POINTING | DECODING, -DBL_MAX, DBL_MAX, ZERO},
    {"scale_y", AT(convention.scale_y), REAL, POINTING | DECODING, -DBL_MAX, DBL_MAX, ZERO},
    {"offset_x", AT(convention.offset_x), REAL, POINTING | DECODING, -DBL_MAX, DBL_MAX, ZERO},
    {"offset_y", AT(convention.offset_y), REAL, POINTING | DECODING, -DBL_MAX, DBL_MAX, ZERO},
    GAUSSIAN("", convention.gaussian, POINTING, READS_BLUR | READS_CROSSCHECK, PATCHING),
    {"peak", AT(convention.gaussian.peak), REAL, POINTING, 1e-30, 1e30, ZERO},
    {"sigma_x", AT(convention.gaussian.sigma_x), REAL, DECODING, 1e-6, 1e6, ZERO},
    {"max_exponent", AT(convention.max_exponent), REAL, POINTING, 0, DBL_MAX, ZERO},
    {"input_sigma", AT(convention.input_sigma), REAL, READS_FIT, 0, 1e6, ZERO},
    {"convention: input_rows", AT(convention.input_rows), INTEGER, POINTING | DECODING, 0, CVH_MAX_SIDE, 0},
    {"convention: input_cols", AT(convention.input_cols), INTEGER, POINTING | DECODING, 0, CVH_MAX_SIDE, 0},
    {"", AT(convention.map_rows), INTEGER, POINTING | DECODING, ARENA_ROWS, ARENA_ROWS, ZERO},
    {"", AT(convention.map_cols), INTEGER, POINTING | DECODING, ARENA_COLS, ARENA_COLS, ZERO},
    {"input_rows", AT(input_rows), INTEGER, READS_FIT, 1, CVH_MAX_SIDE, 0},
    {"input_cols", AT(input_cols), INTEGER, READS_FIT, 1, CVH_MAX_SIDE, 0},
    {"map_rows", AT(map_rows), INTEGER, READS_FIT, 1, CVH_MAX_SIDE, 0},
    {"map_cols", AT(map_cols), INTEGER, READS_FIT, 1, CVH_MAX_SIDE, 0},

    {"", AT(weights), POINTER, READS_ENCODE, 0, 0, 0},
    {"report", AT(report), POINTER, READS_COMPARE | READS_CROSSCHECK, 1, 0, 0},
    {"", AT(tolerance_pointer), POINTER, READS_COMPARE | READS_CROSSCHECK, 0, 0, 0},
    {"absolute", AT(tolerance.absolute), REAL, READS_COMPARE | READS_CROSSCHECK, 0, DBL_MAX, ZERO},
    {"relative", AT(tolerance.relative), REAL, READS_COMPARE | READS_CROSSCHECK, 0, DBL_MAX, ZERO},

    {"ksize", AT(ksize), REAL, READS_KERNEL, 1, CVH_MAX_KSIZE, ZERO | ODD},
    {"sigma", AT(sigma), REAL, READS_KERNEL, 1e-6, 1e6, ZERO},
    {"depth", AT(depth), INTEGER, READS_KERNEL, CVH_32F, CVH_64F, 0},
    {"taps", AT(taps), POINTER, READS_KERNEL, 1, 0, 0},
    {"taps", AT(taps), UNALIGNED, READS_KERNEL, 1, 0, 0},
    {"gaussian", AT(gaussian_pointer), POINTER, READS_GAUSSIAN_BLUR, 1, 0, 0},
    GAUSSIAN("", gaussian, READS_GAUSSIAN_BLUR, READS_GAUSSIAN_BLUR, 0),
    {"peak", AT(gaussian.peak), REAL, READS_GAUSSIAN_BLUR, 1, 1, ZERO},
    {"border", AT(border), INTEGER, READS_GAUSSIAN_BLUR, 0, CVH_BORDER_REFLECT_101, 0},

    {"peaks", AT(peaks), POINTER, DECODING, 1, 0, 0},
    {"count", AT(found), POINTER, READS_PEAKS, 1, 0, 0},
    {"capacity", AT(capacity), SIZE, READS_PEAKS, 0, DBL_MAX, 0},
    {"", AT(convention.decoder), POINTER, DECODING, 0, 0, 0},
    DECODER_REAL(threshold, -DBL_MAX, DBL_MAX, ZERO | MINUS_INFINITE),
    DECODER_INT(radius, 64),
    DECODER_INT(margin, CVH_MAX_SIDE),
    DECODER_INT(ties, CVH_TIES_DROP),
    DECODER_INT(order, CVH_ORDER_RASTER),
    DECODER_INT(max_peaks, INT_MAX),
    DECODER_REAL(blur_ksize, 1, CVH_MAX_KSIZE, ZERO | ODD),
    DECODER_REAL(blur_sigma, 1e-6, 1e6, ZERO),
    DECODER_INT(blur_border, CVH_BORDER_REFLECT_101),
    DECODER_INT(blur_search, 1),
    DECODER_INT(refine, CVH_REFINE_SOFT_ARGMAX),
    DECODER_INT(window, INT_MAX),
    DECODER_REAL(gain, 0, DBL_MAX, ZERO),
    DECODER_INT(outside, CVH_BORDER_REFLECT_101),
    DECODER_INT(guard, CVH_GUARD_MMPOSE),
    DECODER_INT(step, CVH_STEP_PUBLISHED),
    DECODER_REAL(max_step, 0, DBL_MAX, ZERO | INFINITE),
    DECODER_REAL(shift, -DBL_MAX, DBL_MAX, ZERO),
    DECODER_INT(score, CVH_SCORE_SEARCHED),
    DECODER_REAL(score_scale, -DBL_MAX, DBL_MAX, ZERO),
    DECODER_INT(activation, CVH_ACTIVATION_SIGMOID),
    DECODER_REAL(score_bias, -DBL_MAX, DBL_MAX, ZERO),
    DECODER_INT(enlarge, 64),
};

/* ------------------------------------------------------------------------------------------------------------- the values */

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static const int integers[] = {0, 1, 2, 3, 4, 5, 6, 7, 10, 64, 65, 255, 1 << 20, INT_MAX, -1, -2, INT_MIN};
static const int extents[] = {0, 1, 2, -1, (1 << 28) + 1, INT_MAX, INT_MIN};
static const size_t sizes[] = {0, 1, 2, ARENA_POINTS};
static const size_t capacities[] = {0, 1, ARENA_PEAKS, SIZE_MAX / 2, SIZE_MAX};
static const size_t steps[] = {1, 2, 3, PTRDIFF_MAX, (size_t)PTRDIFF_MAX + 1, SIZE_MAX - 7, SIZE_MAX};
static const double reals[] = {
    0,       -0.0,    1,       3,      0.5,     -1,       2,   2147483647.0,     -2147483648.0,     0x1p63,
    1e6,     1e-6,    1e300,   -1e300, DBL_MIN, -DBL_MIN, NAN, (double)INFINITY, (double)-INFINITY, 5e-324,
    -5e-324, DBL_MAX, -DBL_MAX};

int arena_field_count(void)
{
    return COUNT_OF(fields);
}

bool arena_field_read(int field, arena_reader reader)
{
    return (fields[field].readers & (unsigned)reader) != 0;
}

const char *arena_field_name(int field)
{
    return fields[field].name;
}

static bool is_capacity(const arena_field *field)
{
    return field->offset == AT(capacity);
}

int arena_value_count(int field)
{
    switch (fields[field].kind) {
    case INTEGER: return COUNT_OF(integers);
    case EXTENT: return COUNT_OF(extents);
    case SIZE: return is_capacity(&fields[field]) ? COUNT_OF(capacities) : COUNT_OF(sizes);
    case STEP: return COUNT_OF(steps);
    case REAL: return COUNT_OF(reals);
    default: return 1;
    }
}

static bool fits(const arena_field *field, double value)
{
    if (value == 0 && (field->besides & ZERO)) return true;
    if (isnan(value)) return field->besides & NOT_A_NUMBER;
    if (isinf(value)) return field->besides & (value > 0 ? INFINITE : MINUS_INFINITE);
    if ((field->besides & NOT_32S) && value == 4) return false;
    if ((field->besides & NOT_8S) && value == CVH_8S) return false;
    if ((field->besides & ODD) && fmod(value, 2) != 1) return false;
    return value >= field->least && value <= field->most;
}

static double give_number(void *at, const arena_field *field, int k)
{
    int integer = field->kind == INTEGER ? integers[k] : field->kind == EXTENT ? extents[k] : 0;
    switch (field->kind) {
    case REAL: memcpy(at, &reals[k], sizeof reals[k]); return reals[k];
    case SIZE:
    case STEP: {
        size_t size = field->kind == STEP ? steps[k] : is_capacity(field) ? capacities[k] : sizes[k];
        memcpy(at, &size, sizeof size);
        return (double)size;
    }
    default: memcpy(at, &integer, sizeof integer); return integer;
    }
}

bool arena_spoil(arena *a, int which, int k, char text[32])
{
    const arena_field *field = &fields[which];
    void *at = (unsigned char *)a + field->offset, *pointer = NULL;
    const cvh_method_fn no_method = NULL;
    switch (field->kind) {
    case METHOD: memcpy(at, &no_method, sizeof no_method); break;
    case NO_POINTS: a->in.count = SIZE_MAX; /* fallthrough */
    case POINTER: memcpy(at, &pointer, sizeof pointer); break;
    case UNALIGNED:
        memcpy(&pointer, at, sizeof pointer);
        pointer = pointer ? (unsigned char *)pointer + 1 : NULL;
        memcpy(at, &pointer, sizeof pointer);
        break;
    default: {
        double value = give_number(at, field, k);
        snprintf(text, 32, "%.17g", value);
        return !fits(field, value);
    }
    }
    snprintf(text, 32, "%s", field->kind == UNALIGNED ? "unaligned" : "NULL");
    return field->least > 0;
}
