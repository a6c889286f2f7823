/* SPDX-License-Identifier: Apache-2.0 */
#include "simcc.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "cvheatmap.h"
#include "report.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { VECTORS = 2, BINS_X = 24, BINS_Y = 30, POINTS = 3 };

typedef struct simcc_inputs {
    cvh_maps x, y;
    cvh_simcc simcc;
    cvh_crop crop;
    cvh_gaussian own;
    cvh_keypoint points[POINTS];
} simcc_inputs;

typedef struct simcc_outputs {
    double x[VECTORS * BINS_X], behind_x, y[VECTORS * BINS_Y], behind_y;
    float weights[POINTS + 1];
    cvh_peak peaks[VECTORS + 1];
    cvh_report report_x, report_y;
    cvh_peak_report report;
} simcc_outputs;

static simcc_inputs in;
static simcc_outputs out, before;

static void make_valid(void)
{
    memset(&out, 0xA5, sizeof out);
    memset(out.x, 0, sizeof out.x);
    memset(out.y, 0, sizeof out.y);
    ((float *)out.x)[7] = ((float *)out.y)[9] = ((float *)out.x)[BINS_X + 3] = ((float *)out.y)[BINS_Y + 4] = 1;
    in = (simcc_inputs){.x = cvh_maps_view(out.x, VECTORS, 1, BINS_X, CVH_32F),
                        .y = cvh_maps_view(out.y, VECTORS, 1, BINS_Y, CVH_32F),
                        .simcc = {.ratio = 2, .input_rows = BINS_Y / 2, .input_cols = BINS_X / 2, .sigma_x = 2, .sigma_y = 2},
                        .crop = {.to_input = {1, 0, 0, 0, 1, 0},
                                 .to_photo = {1, 0, 0, 0, 1, 0},
                                 .input_rows = BINS_Y / 2,
                                 .input_cols = BINS_X / 2},
                        .own = {.sigma_x = 1},
                        .points = {{.x = 3, .y = 4}, {.x = 5.2, .y = 7.7, .map = 1}, {.x = NAN, .y = 2}}};
    in.simcc.crop = &in.crop;
}

/* What holds after any call. */
static void check(const char *function, const char *what, double value, cvh_status status, bool must)
{
    unsigned char pattern[sizeof(double)];
    memset(pattern, 0xA5, sizeof pattern);
    if (status != CVH_OK && status != CVH_ERR_ARGUMENT) failed("%s, %s = %g: status %d", function, what, value, (int)status);
    if (must && status != CVH_ERR_ARGUMENT) failed("%s, %s = %g: it must be refused", function, what, value);
    if (must && !strstr(cvh_last_error(), what))
        failed("%s, %s = %g: the message is \"%s\"", function, what, value, cvh_last_error());
    if (status && memcmp(&out, &before, sizeof out) != 0) failed("%s, %s = %g: refused, but wrote", function, what, value);
    if (memcmp(&out.behind_x, pattern, sizeof pattern) || memcmp(&out.behind_y, pattern, sizeof pattern)
        || memcmp(&out.weights[POINTS], pattern, sizeof(float))
        || memcmp(&out.peaks[VECTORS], &before.peaks[VECTORS], sizeof(cvh_peak)))
        failed("%s, %s = %g: written beside an output", function, what, value);
    if (strlen(cvh_last_error()) > 511) failed("%s, %s = %g: a message too long", function, what, value);
}

static cvh_status encode(void)
{
    return cvh_simcc_encode(&in.x, &in.y, in.points, POINTS, &in.simcc, out.weights);
}

static cvh_status decode(void)
{
    return cvh_simcc_decode(&in.x, &in.y, &in.simcc, out.peaks);
}

/* What crosschecks write beside their reports is their own. */
static cvh_status crosscheck(void)
{
    return cvh_crosscheck_simcc(cvh_simcc_encode, cvh_simcc_encode, &in.x, &in.y, in.points, POINTS, &in.simcc, NULL,
                                &out.report_x, &out.report_y);
}

static cvh_status crosscheck_decode(void)
{
    return cvh_crosscheck_simcc_decode(cvh_simcc_decode, cvh_simcc_decode, &in.x, &in.y, &in.simcc, 0, &out.report);
}

typedef cvh_status (*simcc_call)(void);

/* ------------------------------------------------------------------------------------------------------------- the fields */

static const double reals[] = {0,
                               -0.0,
                               1,
                               -1,
                               0.5,
                               2,
                               19.6,
                               1e-6,
                               9e-7,
                               1e6,
                               1e7,
                               1e15,
                               1e16,
                               1e300,
                               DBL_MAX,
                               -DBL_MAX,
                               5e-324,
                               NAN,
                               (double)INFINITY,
                               (double)-INFINITY};
static const int integers[] = {0, 1, 2, 3, 4, 5, 6, 7, 12, 15, 24, 30, 32768, 32769, INT_MAX, INT_MIN, -1};
static const size_t steps[] = {1, 2, 3, 4, (size_t)PTRDIFF_MAX, (size_t)PTRDIFF_MAX + 1, SIZE_MAX - 3, SIZE_MAX};

typedef enum kind { REAL, INTEGER, STEP } kind;

/* A value beyond least..most (0 aside, where `zero`) must be refused; one within may be, for the sake of another field. */
typedef struct field {
    const char *name;
    kind kind;
    size_t offset;
    double least, most;
    bool zero;
} field;

#define SIMCC(member) offsetof(simcc_inputs, simcc.member)
#define VIEW(axis)                                                                                                             \
  {"count", INTEGER, offsetof(simcc_inputs, axis.count), VECTORS, VECTORS, false},                                             \
      {#axis ": rows", INTEGER, offsetof(simcc_inputs, axis.rows), 1, 1, false},                                               \
      {"cols", INTEGER, offsetof(simcc_inputs, axis.cols), 1, CVH_MAX_SIDE, false},                                            \
      {#axis ": depth", INTEGER, offsetof(simcc_inputs, axis.depth), 0, 7, true},                                              \
      {#axis ": col_step", STEP, offsetof(simcc_inputs, axis.col_step), 4, 4, true},                                           \
  {                                                                                                                            \
#    axis ": map_step", STEP, offsetof(simcc_inputs, axis.map_step), 0, 0, true                                                \
  }

static const field fields[] = {
    VIEW(x),
    VIEW(y),
    {"ratio", REAL, SIMCC(ratio), 1e-3, 1e3, true},
    {"input_rows", INTEGER, SIMCC(input_rows), BINS_Y / 2, BINS_Y / 2, true},
    {"input_cols", INTEGER, SIMCC(input_cols), BINS_X / 2, BINS_X / 2, true},
    {"sigma_x", REAL, SIMCC(sigma_x), 1e-6, 1e6, true},
    {"sigma_y", REAL, SIMCC(sigma_y), 1e-6, 1e6, true},
    {"label", INTEGER, SIMCC(label), 0, CVH_SIMCC_ONE_HOT, false},
    {"whole_bins", INTEGER, SIMCC(whole_bins), 0, 1, false},
    {"normalize", INTEGER, SIMCC(normalize), 0, 1, false},
    {"smoothing", REAL, SIMCC(smoothing), 0, 1, false},
    {"refine", INTEGER, SIMCC(refine), 0, CVH_REFINE_DARK, false},
    {"score", INTEGER, SIMCC(score), 0, CVH_SIMCC_SCORE_MAX, false},
    {"beta", REAL, SIMCC(beta), 0, 1e6, false},
    {"threshold", REAL, SIMCC(threshold), -INFINITY, 1e300, false},
    {"to_input", REAL, offsetof(simcc_inputs, crop.to_input.xy), -1e15, 1e15, true},
    {"to_photo", REAL, offsetof(simcc_inputs, crop.to_photo.y0), -1e15, 1e15, true},
    {"input_cols", INTEGER, offsetof(simcc_inputs, crop.input_cols), BINS_X / 2, BINS_X / 2, false},
    {"input_rows", INTEGER, offsetof(simcc_inputs, crop.input_rows), BINS_Y / 2, BINS_Y / 2, false},
};

static size_t values_of(const field *f)
{
    return f->kind == REAL ? COUNT_OF(reals) : f->kind == INTEGER ? COUNT_OF(integers) : COUNT_OF(steps);
}

static double spoil(const field *f, size_t i)
{
    unsigned char *at = (unsigned char *)&in + f->offset;
    if (f->kind == REAL) return memcpy(at, &reals[i], sizeof reals[i]), reals[i];
    if (f->kind == STEP) return memcpy(at, &steps[i], sizeof steps[i]), (double)steps[i];
    return memcpy(at, &integers[i], sizeof integers[i]), integers[i];
}

/* A view that promises more memory than there is must be refused before it is touched: only such extents are tried. */
static bool lies(const field *f, double value)
{
    bool extent = f->offset == offsetof(simcc_inputs, x.cols) || f->offset == offsetof(simcc_inputs, y.cols);
    return extent && value > BINS_X && value <= CVH_MAX_SIDE;
}

static void spoil_field(const char *function, const field *f, simcc_call call)
{
    for (size_t i = 0; i < values_of(f); i++) {
        make_valid();
        double value = spoil(f, i);
        bool fits = (value >= f->least && value <= f->most) || (value == 0 && f->zero);
        if (lies(f, value)) continue;
        memcpy(&before, &out, sizeof out);
        check(function, f->name, value, call(), !fits);
    }
}

static void spoil_fields(const char *function, simcc_call call)
{
    for (size_t f = 0; f < COUNT_OF(fields); f++) spoil_field(function, &fields[f], call);
}

static void refuse(const char *function, const char *what, cvh_status status)
{
    check(function, what, 0, status, true);
}

static void fresh(void)
{
    make_valid();
    memcpy(&before, &out, sizeof out);
}

/* ----------------------------------------------------------------------------------------------------------- the functions */

void abuse_cvh_simcc_encode(void)
{
    static const char name[] = "cvh_simcc_encode";
    spoil_fields(name, encode);
    for (size_t i = 0; i < COUNT_OF(integers); i++) {
        fresh();
        in.points[1].map = integers[i];
        check(name, "points[1]: map", integers[i], encode(), integers[i] < 0 || integers[i] >= VECTORS);
    }
    for (size_t i = 0; i < COUNT_OF(reals); i++) {
        fresh();
        in.points[0].x = in.points[1].y = reals[i];
        check(name, "points", reals[i], encode(), false);
        fresh();
        in.simcc.crop = NULL;
        in.simcc.sigma_x = reals[i];
        in.simcc.sigma_y = reals[COUNT_OF(reals) - 1 - i];
        check(name, "sigma", reals[i], encode(), false);
    }
    fresh();
    in.points[2].gaussian = &in.own;
    refuse(name, "points[2]: gaussian", encode());
    fresh();
    refuse(name, "points is NULL", cvh_simcc_encode(&in.x, &in.y, NULL, SIZE_MAX, &in.simcc, out.weights));
    refuse(name, "x is NULL", cvh_simcc_encode(NULL, &in.y, in.points, POINTS, &in.simcc, out.weights));
    refuse(name, "y is NULL", cvh_simcc_encode(&in.x, NULL, in.points, POINTS, &in.simcc, out.weights));
    in.y.data = in.x.data;
    refuse(name, "y: data", encode());
    fresh();
    if (cvh_simcc_encode(&in.x, &in.y, NULL, 0, NULL, NULL)) failed("%s of nothing: %s", name, cvh_last_error());
}

void abuse_cvh_simcc_decode(void)
{
    static const char name[] = "cvh_simcc_decode";
    spoil_fields(name, decode);
    static const cvh_refine refines[] = {CVH_REFINE_FIT, CVH_REFINE_NONE, CVH_REFINE_DARK};
    for (size_t i = 0; i < COUNT_OF(reals); i++)
        for (size_t k = 0; k < COUNT_OF(refines); k++) { /* strange samples are no error */
            fresh();
            in.simcc.refine = refines[k];
            ((float *)out.x)[6] = (float)reals[i];
            for (int j = 0; j < BINS_Y; j++) ((float *)out.y)[j] = (float)reals[(i + (size_t)j % 2) % COUNT_OF(reals)];
            memcpy(&before, &out, sizeof out);
            check(name, "a sample", reals[i], decode(), false);
            if (out.peaks[0].found >= CVH_FOUND_PIXEL && !(isfinite(out.peaks[0].x) && isfinite(out.peaks[0].y)))
                failed("%s, a sample = %g: found nowhere", name, reals[i]);
            fresh();
            in.simcc.refine = refines[k];
            in.simcc.sigma_x = reals[i];
            check(name, "sigma_x", reals[i], decode(), false);
        }
    fresh();
    in.simcc.refine = CVH_REFINE_DARK;
    in.simcc.sigma_y = 0.7;
    refuse(name, "sigma_y", decode());
    fresh();
    refuse(name, "peaks is NULL", cvh_simcc_decode(&in.x, &in.y, &in.simcc, NULL));
    refuse(name, "x is NULL", cvh_simcc_decode(NULL, &in.y, &in.simcc, out.peaks));
    if (cvh_simcc_decode(&in.x, &in.x, NULL, out.peaks)) failed("%s of one view twice: %s", name, cvh_last_error());
}

static cvh_status strange_encoder(const cvh_maps *x, const cvh_maps *y, const cvh_keypoint *points, size_t count,
                                  const cvh_simcc *simcc, float *weights)
{
    (void)x, (void)y, (void)points, (void)count, (void)simcc, (void)weights;
    return CVH_ERR_IO;
}

static cvh_status strange_decoder(const cvh_maps *x, const cvh_maps *y, const cvh_simcc *simcc, cvh_peak *peaks)
{
    (void)x, (void)y, (void)simcc, (void)peaks;
    return CVH_ERR_FORMAT;
}

void abuse_cvh_crosscheck_simcc(void)
{
    static const char name[] = "cvh_crosscheck_simcc";
    const cvh_simcc_encode_fn own = cvh_simcc_encode;
    const cvh_tolerance bad = {.relative = NAN};
    cvh_report *rx = &out.report_x, *ry = &out.report_y;
    for (size_t f = 0; f < COUNT_OF(fields); f++) /* of a shape no step is read */
        if (fields[f].kind != STEP) spoil_field(name, &fields[f], crosscheck);
    fresh();
    refuse(name, "expected", cvh_crosscheck_simcc(NULL, own, &in.x, &in.y, in.points, POINTS, &in.simcc, NULL, rx, ry));
    refuse(name, "actual", cvh_crosscheck_simcc(own, NULL, &in.x, &in.y, in.points, POINTS, &in.simcc, NULL, rx, ry));
    refuse(name, "shape_x", cvh_crosscheck_simcc(own, own, NULL, &in.y, in.points, POINTS, &in.simcc, NULL, rx, ry));
    refuse(name, "shape_y", cvh_crosscheck_simcc(own, own, &in.x, NULL, in.points, POINTS, &in.simcc, NULL, rx, ry));
    refuse(name, "points", cvh_crosscheck_simcc(own, own, &in.x, &in.y, NULL, SIZE_MAX, &in.simcc, NULL, rx, ry));
    refuse(name, "relative", cvh_crosscheck_simcc(own, own, &in.x, &in.y, in.points, POINTS, &in.simcc, &bad, rx, ry));
    refuse(name, "report", cvh_crosscheck_simcc(own, own, &in.x, &in.y, in.points, POINTS, &in.simcc, NULL, NULL, ry));
    refuse(name, "report", cvh_crosscheck_simcc(own, own, &in.x, &in.y, in.points, POINTS, &in.simcc, NULL, rx, NULL));
    if (cvh_crosscheck_simcc(own, strange_encoder, &in.x, &in.y, in.points, POINTS, NULL, NULL, rx, ry) != CVH_ERR_IO)
        failed("%s, an encoder that fails: another status", name);
    if (memcmp(&out, &before, sizeof out) != 0) failed("%s, an encoder that fails: the reports are written", name);
    if (cvh_crosscheck_simcc(own, own, &in.x, &in.y, NULL, 0, NULL, NULL, rx, ry)) failed("%s: %s", name, cvh_last_error());
}

void abuse_cvh_crosscheck_simcc_decode(void)
{
    static const char name[] = "cvh_crosscheck_simcc_decode";
    const cvh_simcc_decode_fn own = cvh_simcc_decode;
    spoil_fields(name, crosscheck_decode);
    fresh();
    refuse(name, "expected", cvh_crosscheck_simcc_decode(NULL, own, &in.x, &in.y, &in.simcc, 0, &out.report));
    refuse(name, "actual", cvh_crosscheck_simcc_decode(own, NULL, &in.x, &in.y, &in.simcc, 0, &out.report));
    refuse(name, "x is NULL", cvh_crosscheck_simcc_decode(own, own, NULL, &in.y, &in.simcc, 0, &out.report));
    refuse(name, "y is NULL", cvh_crosscheck_simcc_decode(own, own, &in.x, NULL, &in.simcc, 0, &out.report));
    refuse(name, "tolerance", cvh_crosscheck_simcc_decode(own, own, &in.x, &in.y, &in.simcc, NAN, &out.report));
    refuse(name, "report", cvh_crosscheck_simcc_decode(own, own, &in.x, &in.y, &in.simcc, 0, NULL));
    if (cvh_crosscheck_simcc_decode(strange_decoder, own, &in.x, &in.y, NULL, 0, &out.report) != CVH_ERR_FORMAT)
        failed("%s, a decoder that fails: another status", name);
    if (memcmp(&out, &before, sizeof out) != 0) failed("%s, a decoder that fails: the report is written", name);
}

void abuse_cvh_simcc_name(void)
{
    int known = 0;
    while (cvh_simcc_name(known)) known++;
    if (known == 0) failed("cvh_simcc_name(0) is NULL");
    for (size_t i = 0; i < COUNT_OF(integers); i++)
        if ((integers[i] < 0 || integers[i] >= known) && cvh_simcc_name(integers[i]))
            failed("cvh_simcc_name(%d) is not NULL", integers[i]);
}

void abuse_cvh_simcc_find(void)
{
    static char endless[100000];
    memset(endless, 'a', sizeof endless - 1);
    const char *const strange[] = {NULL, "", " ", "SIMCC!", "%s%n%s%n", "a\nb\r\x1b[31m", "\xff\xfe", endless};
    cvh_simcc found = {.ratio = 7}, same = found;
    for (size_t i = 0; i < COUNT_OF(strange); i++) {
        if (cvh_simcc_find(strange[i], &found) != CVH_ERR_ARGUMENT) failed("cvh_simcc_find, name %zu is found", i);
        if (memcmp(&found, &same, sizeof found) != 0) failed("cvh_simcc_find, name %zu: refused, but wrote", i);
        if (strlen(cvh_last_error()) > 511) failed("cvh_simcc_find, name %zu: a message too long", i);
    }
    if (cvh_simcc_find("simcc_mmpose", NULL) != CVH_ERR_ARGUMENT) failed("cvh_simcc_find, out NULL");
}
