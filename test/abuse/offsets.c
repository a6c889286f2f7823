/* SPDX-License-Identifier: Apache-2.0 */
#include "offsets.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "cvheatmap.h"
#include "report.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { MAPS = 2, ROWS = 7, COLS = 6, SAMPLES = MAPS * ROWS * COLS, POINTS = 3, PEAKS = 16 };

typedef struct offset_inputs {
    cvh_maps maps, dx, dy;
    cvh_convention convention;
    cvh_keypoint points[POINTS];
} offset_inputs;

typedef struct offset_outputs {
    double maps[SAMPLES], behind_maps, dx[SAMPLES], behind_dx, dy[SAMPLES], behind_dy;
    float weights[POINTS + 1];
    cvh_peak peaks[PEAKS + 1];
    size_t count;
} offset_outputs;

static offset_inputs in;
static offset_outputs out, before;

static void make_valid(void)
{
    memset(&out, 0xA5, sizeof out);
    memset(out.maps, 0, sizeof out.maps);
    memset(out.dx, 0, sizeof out.dx);
    memset(out.dy, 0, sizeof out.dy);
    ((float *)out.maps)[9] = ((float *)out.maps)[ROWS * COLS + 20] = 1;
    ((float *)out.dx)[9] = 0.25F;
    in = (offset_inputs){.maps = cvh_maps_view(out.maps, MAPS, ROWS, COLS, CVH_32F),
                         .dx = cvh_maps_view(out.dx, MAPS, ROWS, COLS, CVH_32F),
                         .dy = cvh_maps_view(out.dy, MAPS, ROWS, COLS, CVH_32F),
                         .convention = {.gaussian = {.sigma_x = 1}, .offsets = {.length = 2, .disc = 2, .blur_ksize = 7}},
                         .points = {{.x = 3, .y = 4}, {.x = 5.2, .y = 2.7, .map = 1}, {.x = NAN, .y = 2}}};
}

static void check(const char *function, const char *what, double value, cvh_status status, bool must)
{
    unsigned char pattern[sizeof(double)];
    memset(pattern, 0xA5, sizeof pattern);
    if (status != CVH_OK && status != CVH_ERR_ARGUMENT) failed("%s, %s = %g: status %d", function, what, value, (int)status);
    if (must && status != CVH_ERR_ARGUMENT) failed("%s, %s = %g: it must be refused", function, what, value);
    if (must && !strstr(cvh_last_error(), what))
        failed("%s, %s = %g: the message is \"%s\"", function, what, value, cvh_last_error());
    if (status && strncmp(cvh_last_error(), "capacity", 8) == 0) out.count = before.count;
    if (status && memcmp(&out, &before, sizeof out) != 0) failed("%s, %s = %g: refused, but wrote", function, what, value);
    if (memcmp(&out.behind_maps, pattern, sizeof pattern) || memcmp(&out.behind_dx, pattern, sizeof pattern)
        || memcmp(&out.behind_dy, pattern, sizeof pattern) || memcmp(&out.weights[POINTS], pattern, sizeof(float))
        || memcmp(&out.peaks[PEAKS], &before.peaks[PEAKS], sizeof(cvh_peak)))
        failed("%s, %s = %g: written beside an output", function, what, value);
    if (strlen(cvh_last_error()) > 511) failed("%s, %s = %g: a message too long", function, what, value);
}

static cvh_status encode(void)
{
    return cvh_encode_offsets(&in.maps, &in.dx, &in.dy, in.points, POINTS, &in.convention, out.weights);
}

static cvh_status decode(void)
{
    return cvh_decode_offsets(&in.maps, &in.dx, &in.dy, &in.convention, out.peaks);
}

static cvh_status find(void)
{
    return cvh_find_peaks_offsets(&in.maps, &in.dx, &in.dy, &in.convention, out.peaks, PEAKS, &out.count);
}

typedef cvh_status (*offset_call)(void);

/* ------------------------------------------------------------------------------------------------------------- the fields */

static const double reals[] = {
    0,    -0.0,  1,       -1,       0.5, 2, 3, 31, 33, 1e6, 1.1e6, 1e300, 5e-324, NAN, (double)INFINITY, (double)-INFINITY,
    1e-6, -1e15, DBL_MAX, -DBL_MAX, 7};
static const int integers[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 32768, 32769, INT_MAX, INT_MIN, -1};

typedef enum kind { REAL, INTEGER } kind;

/* A value beyond least..most must be refused; one within may be, for the sake of another field. */
typedef struct field {
    const char *name;
    kind kind;
    size_t offset;
    double least, most;
    bool odd;
} field;

#define RULE(member) offsetof(offset_inputs, convention.offsets.member)

static const field fields[] = {
    {"unit", INTEGER, RULE(unit), 0, CVH_OFFSET_SIDES, false},
    {"length", REAL, RULE(length), 0, 1e6, false},
    {"disc", REAL, RULE(disc), 0, 1e6, false},
    {"area", INTEGER, RULE(area), 0, CVH_OFFSET_CELL, false},
    {"blur_ksize", REAL, RULE(blur_ksize), 0, 31, true},
    {"dx", INTEGER, offsetof(offset_inputs, dx.count), 1, MAPS, false},
    {"dx", INTEGER, offsetof(offset_inputs, dx.rows), ROWS, ROWS, false},
    {"dy", INTEGER, offsetof(offset_inputs, dy.cols), COLS, COLS, false},
    {"dy: depth", INTEGER, offsetof(offset_inputs, dy.depth), 0, 7, false},
    {"scale_x", REAL, offsetof(offset_inputs, convention.scale_x), -DBL_MAX, DBL_MAX, false},
};

static void spoil_fields(const char *function, offset_call call)
{
    for (size_t f = 0; f < COUNT_OF(fields); f++)
        for (size_t i = 0; i < (fields[f].kind == REAL ? COUNT_OF(reals) : COUNT_OF(integers)); i++)
            for (int disc = 0; disc < 2; disc++) {
                make_valid();
                if (!disc) in.convention.offsets.disc = 0;
                unsigned char *at = (unsigned char *)&in + fields[f].offset;
                double value = fields[f].kind == REAL ? reals[i] : integers[i];
                if (fields[f].kind == REAL)
                    memcpy(at, &reals[i], sizeof reals[i]);
                else
                    memcpy(at, &integers[i], sizeof integers[i]);
                bool fits = value >= fields[f].least && value <= fields[f].most;
                if (fits && fields[f].odd && value != 0) fits = fmod(value, 2) == 1;
                memcpy(&before, &out, sizeof out);
                check(function, fields[f].name, value, call(), !fits);
            }
}

static void fresh(void)
{
    make_valid();
    memcpy(&before, &out, sizeof out);
}

static void refuse(const char *function, const char *what, cvh_status status)
{
    check(function, what, 0, status, true);
}

/* ----------------------------------------------------------------------------------------------------------- the functions */

void abuse_cvh_encode_offsets(void)
{
    static const char name[] = "cvh_encode_offsets";
    spoil_fields(name, encode);
    for (size_t i = 0; i < COUNT_OF(reals); i++)
        for (int area = 0; area <= CVH_OFFSET_CELL; area++) {
            fresh();
            in.convention.offsets.area = (cvh_offset_area)area;
            in.points[0].x = in.points[1].y = reals[i];
            check(name, "points", reals[i], encode(), false);
        }
    for (size_t i = 0; i < COUNT_OF(integers); i++) {
        fresh();
        in.points[1].map = integers[i];
        check(name, "points[1]: map", integers[i], encode(), integers[i] < 0 || integers[i] >= MAPS);
    }
    fresh();
    in.convention.drop = CVH_DROP_WINDOW;
    refuse(name, "drop", encode());
    in.convention.drop = CVH_DROP_NONE;
    in.convention.offsets.disc = 0;
    in.convention.offsets.area = CVH_OFFSET_DISC;
    refuse(name, "offsets.disc", encode());
    fresh();
    refuse(name, "maps is NULL", cvh_encode_offsets(NULL, &in.dx, &in.dy, in.points, POINTS, &in.convention, NULL));
    refuse(name, "dx is NULL", cvh_encode_offsets(&in.maps, NULL, &in.dy, in.points, POINTS, &in.convention, NULL));
    refuse(name, "dy is NULL", cvh_encode_offsets(&in.maps, &in.dx, NULL, in.points, POINTS, &in.convention, NULL));
    refuse(name, "points is NULL", cvh_encode_offsets(&in.maps, &in.dx, &in.dy, NULL, 1, &in.convention, NULL));
    refuse(name, "convention is NULL", cvh_encode_offsets(&in.maps, &in.dx, &in.dy, in.points, POINTS, NULL, NULL));
    in.dy.data = in.dx.data;
    refuse(name, "begin at the same", encode());
    in.dy = in.maps;
    refuse(name, "begin at the same", encode());
    fresh();
    if (cvh_encode_offsets(&in.maps, &in.dx, &in.dy, NULL, 0, &in.convention, NULL)) failed("%s of nothing", name);
}

/* Strange samples are no error, and offsets that are no numbers leave the pixel. */
static void strange_samples(const char *name, offset_call call)
{
    for (size_t i = 0; i < COUNT_OF(reals); i++)
        for (int sigmoid = 0; sigmoid < 2; sigmoid++) {
            cvh_decoder decoder = {.activation = (cvh_activation)sigmoid, .threshold = -INFINITY};
            make_valid();
            in.convention.decoder = &decoder;
            ((float *)out.dx)[9] = (float)reals[i];
            ((float *)out.maps)[10] = (float)reals[i];
            memcpy(&before, &out, sizeof out);
            check(name, "a sample", reals[i], call(), false);
            if (out.peaks[0].found >= CVH_FOUND_PIXEL && !(isfinite(out.peaks[0].x) && isfinite(out.peaks[0].y)))
                failed("%s, a sample = %g: found nowhere", name, reals[i]);
        }
}

void abuse_cvh_decode_offsets(void)
{
    static const char name[] = "cvh_decode_offsets";
    spoil_fields(name, decode);
    strange_samples(name, decode);
    fresh();
    refuse(name, "maps is NULL", cvh_decode_offsets(NULL, &in.dx, &in.dy, NULL, out.peaks));
    refuse(name, "dx is NULL", cvh_decode_offsets(&in.maps, NULL, &in.dy, NULL, out.peaks));
    refuse(name, "dy is NULL", cvh_decode_offsets(&in.maps, &in.dx, NULL, NULL, out.peaks));
    refuse(name, "peaks is NULL", cvh_decode_offsets(&in.maps, &in.dx, &in.dy, NULL, NULL));
    if (cvh_decode_offsets(&in.maps, &in.dx, &in.dx, NULL, out.peaks)) failed("%s: %s", name, cvh_last_error());
}

void abuse_cvh_find_peaks_offsets(void)
{
    static const char name[] = "cvh_find_peaks_offsets";
    spoil_fields(name, find);
    fresh();
    refuse(name, "dx is NULL", cvh_find_peaks_offsets(&in.maps, NULL, &in.dy, NULL, out.peaks, PEAKS, &out.count));
    refuse(name, "dy is NULL", cvh_find_peaks_offsets(&in.maps, &in.dx, NULL, NULL, out.peaks, PEAKS, &out.count));
    refuse(name, "peaks is NULL", cvh_find_peaks_offsets(&in.maps, &in.dx, &in.dy, NULL, NULL, PEAKS, &out.count));
    refuse(name, "count is NULL", cvh_find_peaks_offsets(&in.maps, &in.dx, &in.dy, NULL, out.peaks, PEAKS, NULL));
    refuse(name, "capacity", cvh_find_peaks_offsets(&in.maps, &in.dx, &in.dy, NULL, out.peaks, 1, &out.count));
}
