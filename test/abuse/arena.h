/* SPDX-License-Identifier: Apache-2.0
 * Everything a public function can be given, in one place: a valid call to start from, and the ways to spoil it. */
#ifndef CVH_TEST_ARENA_H
#define CVH_TEST_ARENA_H

#include <stdbool.h>

#include "cvheatmap.h"

enum { ARENA_MAPS = 2, ARENA_ROWS = 6, ARENA_COLS = 5, ARENA_POINTS = 3, ARENA_PEAKS = 64, ARENA_TAPS = 64, ARENA_GUARD = 64 };
enum { ARENA_SAMPLES = ARENA_MAPS * ARENA_ROWS * ARENA_COLS };

typedef struct arena_inputs {
    cvh_maps maps, other, shape;
    cvh_keypoint points[ARENA_POINTS];
    size_t count, capacity;
    cvh_gaussian own, gaussian; /* a keypoint's; the plain blur's */
    cvh_convention convention;
    cvh_decoder decoder;
    cvh_tolerance tolerance;
    cvh_border border;
    double ksize, sigma;
    cvh_depth depth;
    int input_rows, input_cols, map_rows, map_cols;
    cvh_method_fn expected, actual;
    /* as passed, so that each can be NULL */
    const cvh_maps *maps_pointer, *other_pointer, *shape_pointer;
    const cvh_keypoint *points_pointer;
    const cvh_gaussian *gaussian_pointer;
    cvh_convention *convention_pointer;
    cvh_tolerance *tolerance_pointer;
    float *weights;
    cvh_peak *peaks;
    size_t *found;
    cvh_report *report;
    void *taps;
} arena_inputs;

/* What functions write, each between guards that none may touch. */
typedef struct arena_outputs {
    unsigned char guards[7][ARENA_GUARD];
    double samples[ARENA_SAMPLES];
    unsigned char behind_samples[ARENA_GUARD];
    double others[ARENA_SAMPLES];
    unsigned char behind_others[ARENA_GUARD];
    float weights[ARENA_POINTS];
    unsigned char behind_weights[ARENA_GUARD];
    cvh_peak peaks[ARENA_PEAKS];
    unsigned char behind_peaks[ARENA_GUARD];
    size_t found;
    unsigned char behind_found[ARENA_GUARD];
    cvh_report report;
    unsigned char behind_report[ARENA_GUARD];
    _Alignas(8) double taps[ARENA_TAPS]; /* i386 would do with 4 */
    unsigned char behind_taps[ARENA_GUARD];
} arena_outputs;

typedef struct arena {
    arena_inputs in;
    arena_outputs out;
} arena;

/* A call that every function accepts. */
void arena_valid(arena *a);
bool arena_guards_intact(const arena *a);

/* The functions that read a field: those of the table in abuse.c that share an arena. */
typedef enum arena_reader {
    READS_BLUR = 1 << 0,
    READS_PATCH = 1 << 1,
    READS_ENCODE = 1 << 2,
    READS_DRAW = 1 << 3,
    READS_ERASE = 1 << 4,
    READS_COMPARE = 1 << 5,
    READS_CROSSCHECK = 1 << 6,
    READS_KERNEL = 1 << 7,
    READS_GAUSSIAN_BLUR = 1 << 8,
    READS_DECODE = 1 << 9,
    READS_PEAKS = 1 << 10,
    READS_FIT = 1 << 11,
    READS_SAVE = 1 << 12,
    READS_CONVERT = 1 << 13
} arena_reader;

typedef struct arena_field arena_field;

/* How many fields there are, whether a function reads the i-th, its name, and how many values it can be given. */
int arena_field_count(void);
bool arena_field_read(int field, arena_reader reader);
const char *arena_field_name(int field);
int arena_value_count(int field);

/* Gives a field its k-th abusive value; true where a function that reads it must refuse the call. `text` receives the value for
 * messages. */
bool arena_spoil(arena *a, int field, int k, char text[32]);

#endif
