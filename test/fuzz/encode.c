/* SPDX-License-Identifier: Apache-2.0
 * Drawing. With an explicit border the patch is cv::GaussianBlur's twin, bit for bit; with any convention nothing is written
 * outside the window that the header describes or between the samples, no sample is NaN, and erasing leaves zeros. */
#include "fuzz.h"

#include <math.h>

enum { MOST_SIDE = 24, MOST_POINTS = 4, PATTERN = 0x5A };

/* Rows are up to three samples longer than the maps' columns. */
static unsigned char memory[2][MOST_POINTS * MOST_SIDE * (MOST_SIDE + 3) * sizeof(double)];

static cvh_gaussian take_gaussian(input *in)
{
    cvh_gaussian gaussian = {.sigma_x = take_real(in, 0, 6), .sigma_y = take_real(in, 0, 6)};
    gaussian.ksize_x = 2 * take_int(in, 0, 15) + 1;
    gaussian.ksize_y = 2 * take_int(in, 0, 15) + 1;
    if (take_byte(in) % 4 == 0) gaussian.ksize_y = 0;
    if (take_byte(in) % 8 == 0) gaussian.sigma_x = gaussian.sigma_y = 0;
    if (take_byte(in) % 2 == 0) gaussian.peak = take_real(in, 0.01, 300);
    if (gaussian.sigma_x < 1e-6) gaussian.sigma_x = 0;
    if (gaussian.sigma_y < 1e-6) gaussian.sigma_y = 0;
    return gaussian;
}

static double take_position(input *in, int size)
{
    uint8_t kind = take_byte(in);
    if (kind >= 250) return take_any(in);
    if (kind >= 128) return take_int(in, -8, size + 8);
    return take_real(in, -8, size + 8);
}

/* Maps with gaps between samples, rows and maps, as the input asks; all bytes are the pattern. */
static cvh_maps take_maps(input *in, int count, int rows, int cols, cvh_depth depth, unsigned char *data)
{
    size_t size = depth == CVH_32F ? 4 : 8;
    cvh_maps maps = cvh_maps_view(data, count, rows, cols, depth);
    uint8_t layout = take_byte(in);
    if (layout % 3 == 1) maps.row_step = ((size_t)cols + layout % 4) * size;
    if (layout % 3 == 2) maps = cvh_maps_interleaved(data, count, rows, cols, depth, 0);
    return maps;
}

static size_t step_or(size_t step, size_t packed)
{
    return step ? step : packed;
}

static size_t offset_of(const cvh_maps *maps, int map, int row, int col)
{
    size_t col_step = step_or(maps->col_step, maps->depth == CVH_32F ? 4 : 8);
    size_t row_step = step_or(maps->row_step, (size_t)maps->cols * col_step);
    size_t map_step = step_or(maps->map_step, (size_t)maps->rows * row_step);
    return (size_t)map * map_step + (size_t)row * row_step + (size_t)col * col_step;
}

static double at(const cvh_maps *maps, int map, int row, int col)
{
    const unsigned char *from = (const unsigned char *)maps->data + offset_of(maps, map, row, col);
    if (maps->depth == CVH_32F) {
        float value;
        memcpy(&value, from, sizeof value);
        return (double)value;
    }
    double value;
    memcpy(&value, from, sizeof value);
    return value;
}

/* One keypoint a map, so that the two methods mean the same; drawn on views that lie differently. */
static void twins(input *in)
{
    int count = take_int(in, 1, MOST_POINTS), rows = take_int(in, 1, MOST_SIDE), cols = take_int(in, 1, MOST_SIDE);
    cvh_depth depth = take_byte(in) % 2 ? CVH_32F : CVH_64F;
    cvh_keypoint points[MOST_POINTS];
    cvh_gaussian own[MOST_POINTS];
    cvh_convention convention = {.gaussian = take_gaussian(in)};
    convention.border = (cvh_border)(CVH_BORDER_CONSTANT + take_byte(in) % 4);
    convention.snap = (cvh_snap)(take_byte(in) % CVH_SNAP_NONE);
    convention.norm = (cvh_norm)(CVH_NORM_MAX + take_byte(in) % 3);
    bool shares = take_byte(in) % 2;
    for (int i = 0; i < count; i++) {
        points[i] = (cvh_keypoint){.x = take_position(in, cols), .y = take_position(in, rows), .map = i};
        if (shares) continue;
        own[i] = take_gaussian(in);
        own[i].peak = 0;
        points[i].gaussian = &own[i];
    }
    /* OpenCV's bits, if it adds up in one of the known ways; else a few ULP where border copies meet in a window. */
    bool known = !strstr(cvh_opencv_arithmetic(), "unknown");
    convention.arithmetic = known ? CVH_ARITHMETIC_OPENCV : CVH_ARITHMETIC_PORTABLE;
    memset(memory, PATTERN, sizeof memory);
    cvh_maps blur = take_maps(in, count, rows, cols, depth, memory[0]);
    cvh_maps patch = take_maps(in, count, rows, cols, depth, memory[1]);
    cvh_status by_blur = cvh_blur(&blur, points, (size_t)count, &convention);
    cvh_status by_patch = cvh_patch(&patch, points, (size_t)count, &convention);
    REQUIRE(by_blur == CVH_OK && by_patch == CVH_OK, "%d and %d: %s", (int)by_blur, (int)by_patch, cvh_last_error());
    cvh_report report;
    cvh_tolerance tolerance = {.ulps = known ? 0 : 16};
    REQUIRE(cvh_compare(&blur, &patch, &tolerance, &report) == CVH_OK, "%s", cvh_last_error());
    REQUIRE(report.differing == 0, "map %d row %d col %d: blur %.17g, patch %.17g", report.map, report.row, report.col,
            report.expected, report.actual);
}

/* ------------------------------------------------------------------------------------------------------- any convention */

typedef struct window {
    double first, end;
} window;

/* The header's own words: cvh_snap, cvh_gaussian. */
static window window_of(cvh_snap snap, double u, double ksize)
{
    double r = (ksize - 1) / 2;
    double c = snap == CVH_SNAP_NEAREST   ? floor(u + 0.5)
               : snap == CVH_SNAP_HALF_UP ? trunc(u + 0.5)
               : snap == CVH_SNAP_TRUNC   ? trunc(u)
                                          : floor(u);
    if (snap == CVH_SNAP_NONE) return (window){trunc(u - r), trunc(u + r + 1)};
    return (window){c - r, c + r + 1};
}

static bool inside(window w, int coordinate)
{
    return coordinate >= w.first && coordinate < w.end;
}

static cvh_convention take_convention(input *in)
{
    cvh_convention convention = {.gaussian = take_gaussian(in)};
    if (convention.gaussian.ksize_y == 0) convention.gaussian.ksize_y = convention.gaussian.ksize_x;
    convention.snap = (cvh_snap)(take_byte(in) % (CVH_SNAP_NONE + 1));
    convention.centre = (cvh_centre)(take_byte(in) % (CVH_CENTRE_WINDOW + 1));
    convention.border = (cvh_border)(take_byte(in) % (CVH_BORDER_REFLECT_101 + 1));
    convention.overlap = (cvh_overlap)(take_byte(in) % (CVH_OVERLAP_ADD_CLAMP + 1));
    convention.norm = (cvh_norm)(take_byte(in) % (CVH_NORM_SUM + 1));
    convention.drop = (cvh_drop)(take_byte(in) % (CVH_DROP_THREE_SIGMA_TRUNC + 1));
    if (take_byte(in) % 4 == 0) convention.max_exponent = take_real(in, 0, 10);
    if (take_byte(in) % 4 == 0) convention.scale_x = take_real(in, 0.1, 2), convention.offset_y = take_real(in, -2, 2);
    return convention;
}

static bool is_zero_outside(const cvh_maps *maps, const cvh_keypoint *point, const cvh_convention *convention)
{
    double scale = convention->scale_x != 0 ? convention->scale_x : 1;
    window x = window_of(convention->snap, scale * point->x + convention->offset_x, convention->gaussian.ksize_x);
    window y = window_of(convention->snap, point->y + convention->offset_y, convention->gaussian.ksize_y);
    bool absent = isnan(point->x) || isnan(point->y);
    for (int row = 0; row < maps->rows; row++)
        for (int col = 0; col < maps->cols; col++) {
            double value = at(maps, point->map, row, col);
            if (isnan(value) || isinf(value)) return false;
            if ((absent || !inside(x, col) || !inside(y, row)) && value != 0) return false;
        }
    return true;
}

/* With the samples' own bytes set back to the pattern, nothing else is left in the memory. */
static void gaps_are_untouched(const cvh_maps *maps, const unsigned char *block)
{
    static unsigned char copy[sizeof memory[0]];
    size_t size = maps->depth == CVH_32F ? 4 : 8;
    memcpy(copy, block, sizeof copy);
    for (int map = 0; map < maps->count; map++)
        for (int row = 0; row < maps->rows; row++)
            for (int col = 0; col < maps->cols; col++) memset(copy + offset_of(maps, map, row, col), PATTERN, size);
    bool untouched = copy[0] == PATTERN && memcmp(copy, copy + 1, sizeof copy - 1) == 0;
    REQUIRE(untouched, "a byte that is no sample was written");
}

static void any_convention(input *in)
{
    int count = take_int(in, 1, MOST_POINTS), rows = take_int(in, 1, MOST_SIDE), cols = take_int(in, 1, MOST_SIDE);
    cvh_depth depth = take_byte(in) % 2 ? CVH_32F : CVH_64F;
    cvh_convention convention = take_convention(in);
    cvh_keypoint points[MOST_POINTS];
    for (int i = 0; i < count; i++)
        points[i] = (cvh_keypoint){.x = take_position(in, cols), .y = take_position(in, rows), .map = i};
    memset(memory, PATTERN, sizeof memory);
    cvh_maps maps = take_maps(in, count, rows, cols, depth, memory[0]), nothing = maps;
    nothing.data = memory[1];
    float weights[MOST_POINTS + 1] = {7, 7, 7, 7, 7};
    cvh_status status = cvh_encode(&maps, points, (size_t)count, &convention, weights);
    if (status) {
        REQUIRE(status == CVH_ERR_ARGUMENT, "%d: %s", (int)status, cvh_last_error());
        REQUIRE(memcmp(memory[0], memory[1], sizeof memory[0]) == 0 && weights[0] == 7, "refused, but written: %s",
                cvh_last_error());
        return;
    }
    for (int i = 0; i < count; i++) {
        REQUIRE(is_zero_outside(&maps, &points[i], &convention), "keypoint %d", i);
        REQUIRE(weights[i] == 0 || weights[i] == 1, "weight %d is %g", i, (double)weights[i]);
    }
    REQUIRE(weights[count] == 7, "a weight behind the last");
    REQUIRE(cvh_erase(&maps, points, (size_t)count, &convention) == CVH_OK, "%s", cvh_last_error());
    /* Now every sample is 0, as in maps that no keypoint touched, and no byte between them has changed. */
    REQUIRE(cvh_encode(&nothing, NULL, 0, &convention, NULL) == CVH_OK, "%s", cvh_last_error());
    cvh_report report;
    REQUIRE(cvh_compare(&nothing, &maps, NULL, &report) == CVH_OK && report.differing == 0, "erased, but %g is left",
            report.actual);
    gaps_are_untouched(&maps, memory[0]);
}

/* --------------------------------------------------------------------------------------------------------- the closed form */

/* The same by the formula: what it draws lies within the window too, and is the patch's to a few ULP where no norm scales it.
 */
static void formula(input *in)
{
    int count = take_int(in, 1, MOST_POINTS), rows = take_int(in, 1, MOST_SIDE), cols = take_int(in, 1, MOST_SIDE);
    cvh_depth depth = take_byte(in) % 2 ? CVH_32F : CVH_64F;
    cvh_convention convention = take_convention(in);
    if (take_byte(in) % 4) convention.border = CVH_BORDER_METHOD;
    cvh_keypoint points[MOST_POINTS];
    for (int i = 0; i < count; i++)
        points[i] = (cvh_keypoint){.x = take_position(in, cols), .y = take_position(in, rows), .map = i};
    memset(memory, PATTERN, sizeof memory);
    cvh_maps drawn = take_maps(in, count, rows, cols, depth, memory[0]), patch = drawn;
    patch.data = memory[1];
    cvh_status status = cvh_closed_form(&drawn, points, (size_t)count, &convention);
    if (status) {
        REQUIRE(status == CVH_ERR_ARGUMENT, "%d: %s", (int)status, cvh_last_error());
        REQUIRE(memcmp(memory[0], memory[1], sizeof memory[0]) == 0, "refused, but written: %s", cvh_last_error());
        return;
    }
    for (int i = 0; i < count; i++) REQUIRE(is_zero_outside(&drawn, &points[i], &convention), "keypoint %d", i);
    gaps_are_untouched(&drawn, memory[0]);
    if (convention.norm != CVH_NORM_NONE) return;
    double peak = convention.gaussian.peak != 0 ? convention.gaussian.peak : 1;
    cvh_tolerance tolerance = {.absolute = 1e-30 * peak, .relative = 1e-13};
    if (depth == CVH_32F) tolerance = (cvh_tolerance){.absolute = 1e-30 * peak, .ulps = 4};
    cvh_report report;
    REQUIRE(cvh_patch(&patch, points, (size_t)count, &convention) == CVH_OK, "%s", cvh_last_error());
    REQUIRE(cvh_compare(&drawn, &patch, &tolerance, &report) == CVH_OK, "%s", cvh_last_error());
    REQUIRE(report.differing == 0, "map %d row %d col %d: the formula is %.17g, the patch %.17g", report.map, report.row,
            report.col, report.expected, report.actual);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size};
    uint8_t kind = take_byte(&in);
    if (kind >= 0xC0)
        formula(&in);
    else if (kind % 2)
        twins(&in);
    else
        any_convention(&in);
    return 0;
}
