/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap_hot: runs the hot paths a fixed number of times, for counting instructions. hot_run is where the counting is
 * switched on; a row's first call, which resolves symbols, comes before it. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cvheatmap.h"

enum { PEOPLE = 8, JOINTS = 17, COUNT = PEOPLE * JOINTS, ROWS = 64, COLS = 48, SIDE = 256, WIDE = 1024, TAPS = 15 };

static float batch[COUNT * ROWS * COLS], copy[COUNT * ROWS * COLS], large[SIDE * SIDE], taps[TAPS];
static cvh_keypoint points[COUNT];
static cvh_peak peaks[COUNT];
static cvh_report report;

/* ------------------------------------------------------------------------------------------------------------ fixtures */

static double next_random(void) /* [0, 1), the same on every machine */
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) * 0x1p-53;
}

static void scatter(void)
{
    for (int i = 0; i < COUNT; i++)
        points[i] = (cvh_keypoint){.x = next_random() * (COLS - 1), .y = next_random() * (ROWS - 1), .map = i};
}

static void check(cvh_status status)
{
    if (!status) return;
    fprintf(stderr, "cvheatmap_hot: %s\n", cvh_last_error());
    exit(1);
}

static cvh_maps batch_view(float *samples, int count)
{
    return cvh_maps_view(samples, count, ROWS, COLS, CVH_32F);
}

static cvh_convention found(const char *name)
{
    cvh_convention convention;
    check(cvh_convention_find(name, &convention));
    return convention;
}

static void encode(const char *name, int count)
{
    cvh_maps maps = batch_view(batch, count);
    cvh_convention convention = found(name);
    check(cvh_encode(&maps, points, (size_t)count, &convention, NULL));
}

/* msra's maps with noise to read, and a second stack that differs in 1 sample of 7. */
static void draw_noisy(void)
{
    encode("hrnet", COUNT);
    for (int i = 0; i < COUNT * ROWS * COLS; i++) batch[i] += 0.01f * (float)(next_random() - next_random());
    for (int i = 0; i < COUNT * ROWS * COLS; i++) copy[i] = batch[i] + (i % 7 ? 0 : 0.01f * (float)next_random());
}

/* ---------------------------------------------------------------------------------------------------------------- rows */

static void encode_msra(void)
{
    encode("hrnet", COUNT);
}

static void encode_udp(void)
{
    encode("udp", COUNT);
}

static void encode_dark(void)
{
    encode("darkpose", COUNT);
}

/* Each of 17 maps has a keypoint of each person. */
static void encode_crowd(void)
{
    static cvh_keypoint crowd[COUNT];
    cvh_maps maps = batch_view(batch, JOINTS);
    cvh_convention convention = found("mmpose_msra");
    for (int i = 0; i < COUNT; i++) {
        crowd[i] = points[i];
        crowd[i].map = i / PEOPLE;
    }
    check(cvh_encode(&maps, crowd, COUNT, &convention, NULL));
}

static void tutorial_patch(void)
{
    encode("tutorial_patch", 1);
}

static void draw_and_erase(void)
{
    cvh_maps map = cvh_maps_view(large, 1, SIDE, SIDE, CVH_32F);
    cvh_convention convention = found("hrnet");
    cvh_keypoint point = {.x = 100, .y = 150};
    check(cvh_draw(&map, &point, 1, &convention));
    check(cvh_erase(&map, &point, 1, &convention));
}

static void make_taps(void)
{
    check(cvh_gaussian_kernel(TAPS, 2, CVH_32F, taps));
}

static void decode(const cvh_decoder *decoder)
{
    cvh_maps maps = batch_view(batch, COUNT);
    cvh_convention convention = {.decoder = decoder};
    check(cvh_decode(&maps, &convention, peaks));
}

static void decode_default(void)
{
    decode(NULL);
}

static void decode_udp(void)
{
    decode(&(cvh_decoder){.refine = CVH_REFINE_UDP});
}

static void decode_dark(void)
{
    cvh_decoder decoder;
    check(cvh_decoder_find("darkpose", &decoder));
    decode(&decoder);
}

static void compare(void)
{
    cvh_maps expected = batch_view(batch, COUNT), actual = batch_view(copy, COUNT);
    check(cvh_compare(&expected, &actual, NULL, &report));
}

/* Lists of peaks are only counted, so that refining them is no part of it. One above the background: a level whose every sample
 * is as large as its neighbours, and steps of such levels. */
static float plateaus[WIDE * WIDE];

static void fill_constant(void)
{
    for (int i = 0; i < WIDE * WIDE; i++) plateaus[i] = 1;
}

static void fill_plateaus(void)
{
    for (int i = 0; i < WIDE * WIDE; i++) plateaus[i] = 1 + (float)((i / WIDE / 7 + i % WIDE / 5) % 3);
}

static void count_peaks(int radius)
{
    cvh_maps maps = cvh_maps_view(plateaus, 1, WIDE, WIDE, CVH_32F);
    cvh_decoder decoder = {.radius = radius};
    cvh_convention convention = {.decoder = &decoder};
    size_t count = 0;
    if (cvh_find_peaks(&maps, &convention, NULL, 0, &count) != CVH_ERR_ARGUMENT || count == 0) check(CVH_ERR_FORMAT);
}

static void count_narrowly(void)
{
    count_peaks(1);
}

static void count_widely(void)
{
    count_peaks(64);
}

typedef struct hot_row {
    const char *name;
    void (*run)(void);
    int calls;
    void (*prepare)(void);
} hot_row;

static const hot_row rows[] = {
    {"encode_msra", encode_msra, 8, scatter},
    {"encode_udp", encode_udp, 8, scatter},
    {"encode_dark", encode_dark, 8, scatter},
    {"encode_crowd", encode_crowd, 8, scatter},
    {"tutorial_patch", tutorial_patch, 500, scatter},
    {"draw_and_erase", draw_and_erase, 500, scatter},
    {"taps", make_taps, 2000, scatter},
    {"decode_default", decode_default, 8, draw_noisy},
    {"decode_udp", decode_udp, 8, draw_noisy},
    {"decode_dark", decode_dark, 8, draw_noisy},
    {"compare", compare, 2, draw_noisy},
    {"constant_radius_1", count_narrowly, 1, fill_constant},
    {"constant_radius_64", count_widely, 1, fill_constant},
    {"plateaus_radius_1", count_narrowly, 1, fill_plateaus},
    {"plateaus_radius_64", count_widely, 1, fill_plateaus},
};

enum { HOT_ROWS = sizeof rows / sizeof rows[0] };

void hot_run(const hot_row *row, int calls);

void hot_run(const hot_row *row, int calls)
{
    for (int i = 0; i < calls; i++) row->run();
}

static int usage(FILE *to)
{
    fputs("usage: cvheatmap_hot [ROW [CALLS]]\n"
          "Without CALLS each row runs as often as its budget says. The rows:\n",
          to);
    for (int i = 0; i < HOT_ROWS; i++) fprintf(to, "  %-18s %d\n", rows[i].name, rows[i].calls);
    return to == stdout ? 0 : 2;
}

int main(int argc, char **argv)
{
    bool any = false;
    if (argc > 1 && !strcmp(argv[1], "--help")) return usage(stdout);
    for (int i = 0; i < HOT_ROWS; i++) {
        if (argc > 1 && strcmp(argv[1], rows[i].name) != 0) continue;
        any = true;
        rows[i].prepare();
        rows[i].run();
        hot_run(&rows[i], argc > 2 ? atoi(argv[2]) : rows[i].calls);
        printf("%s %d\n", rows[i].name, rows[i].calls);
    }
    return any ? 0 : usage(stderr);
}
