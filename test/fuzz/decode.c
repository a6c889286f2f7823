/* SPDX-License-Identifier: Apache-2.0
 * Decoding. Of any samples at all: the peak is the first largest sample, refined by at most what was allowed, or `found` says
 * why there is none. And what was drawn is found again. */
#include "fuzz.h"

#include <math.h>

enum { MOST_SIDE = 14, MOST_PEAKS = MOST_SIDE * MOST_SIDE };

static double memory[MOST_SIDE * MOST_SIDE];

static double at(const cvh_maps *maps, int row, int col)
{
    size_t i = (size_t)row * (size_t)maps->cols + (size_t)col;
    return maps->depth == CVH_32F ? (double)((const float *)maps->data)[i] : ((const double *)maps->data)[i];
}

/* Random bytes as samples are seldom near each other: two of three inputs are grey levels. */
static cvh_maps take_maps(input *in)
{
    int rows = take_int(in, 1, MOST_SIDE), cols = take_int(in, 1, MOST_SIDE);
    cvh_maps maps = cvh_maps_view(memory, 1, rows, cols, take_byte(in) % 2 ? CVH_32F : CVH_64F);
    uint8_t kind = take_byte(in);
    for (int i = 0; i < rows * cols; i++) {
        uint8_t level = kind % 3 ? take_byte(in) : 0;
        double value = kind % 3 == 0   ? take_any(in)
                       : level == 0xFF ? (double)NAN
                       : level == 0xFE ? (double)INFINITY
                       : level == 0xFD ? (double)-INFINITY
                                       : level / 64.0 - 0.5;
        if (maps.depth == CVH_32F)
            ((float *)memory)[i] = value > 3e38 ? (float)INFINITY : value < -3e38 ? (float)-INFINITY : (float)value;
        else
            memory[i] = value;
    }
    return maps;
}

static cvh_decoder take_decoder(input *in)
{
    cvh_decoder decoder = {.threshold = take_byte(in) % 2 ? (double)-INFINITY : take_real(in, -1, 4)};
    decoder.refine = (cvh_refine)(take_byte(in) % (CVH_REFINE_SOFT_ARGMAX + 1));
    decoder.guard = (cvh_guard)(take_byte(in) % (CVH_GUARD_MMPOSE + 1));
    decoder.outside = (cvh_border)(take_byte(in) % (CVH_BORDER_REFLECT_101 + 1));
    decoder.window = take_byte(in) % 9;
    decoder.radius = take_byte(in) % 5;
    decoder.margin = take_byte(in) % 3;
    decoder.ties = (cvh_ties)(take_byte(in) % 2);
    decoder.order = (cvh_order)(take_byte(in) % 2);
    decoder.max_peaks = take_byte(in) % 4;
    decoder.gain = take_real(in, 0, 50);
    uint8_t blur = take_byte(in), step = take_byte(in);
    if (blur % 4 == 0) decoder.blur_ksize = 2 * (blur / 4 % 8) + 1, decoder.blur_border = (cvh_border)(blur / 32 % 5);
    decoder.blur_search = blur % 8 == 0;
    decoder.step = step % 3 == 0 ? CVH_STEP_PUBLISHED : CVH_STEP_CHECKED;
    decoder.max_step = step % 3 == 2 ? take_real(in, 0.01, 3) : 0;
    return decoder;
}

static bool largest(const cvh_maps *maps, int *row, int *col)
{
    bool found = false;
    for (int r = 0; r < maps->rows; r++)
        for (int c = 0; c < maps->cols; c++) {
            double value = at(maps, r, c);
            if (isnan(value) || value == (double)-INFINITY || (found && value <= at(maps, *row, *col))) continue;
            found = true;
            *row = r, *col = c;
        }
    return found;
}

static bool fits(const cvh_decoder *decoder)
{
    return decoder->refine == CVH_REFINE_FIT || decoder->refine == CVH_REFINE_FIT_TIED;
}

/* How far from the pixel a sample of its value is: a plateau's middle, from which FIT starts, may be as far. Blurring may tie
 * any samples of the map: two by two are all alike after one that is wide enough. */
static double reach_of_ties(const cvh_maps *maps, const cvh_decoder *decoder, int row, int col)
{
    double farthest = 0;
    if (decoder->blur_ksize > 1) return hypot(maps->rows - 1, maps->cols - 1);
    for (int r = 0; r < maps->rows; r++)
        for (int c = 0; c < maps->cols; c++)
            if (at(maps, r, c) == at(maps, row, col)) farthest = fmax(farthest, hypot(r - row, c - col));
    return farthest;
}

/* SIGN and SECOND_PEAK move 0.25 an axis whatever max_step is; SOFT_ARGMAX is a mean over the map, and has no bound but the
 * map where none is given. FIT moves as far as it is wide. */
static double allowed(const cvh_decoder *decoder, const cvh_peak *peak)
{
    if (peak->found != CVH_FOUND_REFINED) return 0;
    if (decoder->refine == CVH_REFINE_SIGN || decoder->refine == CVH_REFINE_SECOND_PEAK) return hypot(0.25, 0.25);
    if (decoder->step == CVH_STEP_PUBLISHED && !fits(decoder)) return INFINITY;
    if (decoder->max_step != 0) return decoder->max_step;
    if (fits(decoder)) return fmax(2, fmin(peak->sigma_x, peak->sigma_y));
    return decoder->refine == CVH_REFINE_SOFT_ARGMAX ? (double)INFINITY : 1;
}

static void check_usable(const cvh_maps *maps, const cvh_decoder *decoder, const cvh_peak *peak)
{
    REQUIRE(isfinite(peak->x) && isfinite(peak->y), "(%g, %g), found %d", peak->x, peak->y, (int)peak->found);
    double far_x = peak->x < 0 ? -peak->x : peak->x - (maps->cols - 1),
           far_y = peak->y < 0 ? -peak->y : peak->y - (maps->rows - 1), most = allowed(decoder, peak);
    REQUIRE(far_x <= most && far_y <= most, "(%g, %g) is beyond %dx%d, found %d", peak->x, peak->y, maps->rows, maps->cols,
            (int)peak->found);
    bool fitted = peak->found == CVH_FOUND_REFINED && fits(decoder);
    REQUIRE(fitted ? peak->sigma_x > 0 && peak->sigma_y > 0 : isnan(peak->sigma_x) && isnan(peak->sigma_y), "widths %g, %g",
            peak->sigma_x, peak->sigma_y);
    if (peak->found < CVH_FOUND_PLATEAU)
        REQUIRE(peak->x == floor(peak->x) && peak->y == floor(peak->y), "(%g, %g) is no pixel", peak->x, peak->y);
}

static void any_samples(input *in)
{
    cvh_decoder decoder = take_decoder(in);
    cvh_convention convention = {.decoder = &decoder};
    cvh_maps maps = take_maps(in);
    cvh_peak peak;
    int row = 0, col = 0;
    REQUIRE(cvh_decode(&maps, &convention, &peak) == CVH_OK, "%s", cvh_last_error());
    if (peak.found >= CVH_FOUND_PIXEL)
        check_usable(&maps, &decoder, &peak);
    else
        REQUIRE(isnan(peak.x) && isnan(peak.y), "(%g, %g), found %d", peak.x, peak.y, (int)peak.found);
    if (decoder.blur_search) return; /* another map is searched */
    bool there = largest(&maps, &row, &col);
    REQUIRE((peak.found == CVH_FOUND_NOTHING) == !there, "found %d", (int)peak.found);
    if (!there) return;
    double value = at(&maps, row, col);
    REQUIRE((peak.found == CVH_FOUND_WEAK) == !(value > decoder.threshold), "found %d, %g", (int)peak.found, value);
    if (decoder.refine == CVH_REFINE_SOFT_ARGMAX && peak.found == CVH_FOUND_REFINED)
        REQUIRE(!(peak.score < 0 || peak.score > 1), "a probability of %g", peak.score);
    else
        REQUIRE(peak.score == value, "score %g, the largest sample is %g", peak.score, value);
    if (peak.found < CVH_FOUND_PIXEL) return;
    double moved = hypot(peak.x - col, peak.y - row), most = allowed(&decoder, &peak);
    if (fits(&decoder) || peak.found == CVH_FOUND_PLATEAU) most += reach_of_ties(&maps, &decoder, row, col);
    REQUIRE(moved <= most * (1 + 1e-12), "(%g, %g) is %g from pixel (%d, %d)", peak.x, peak.y, moved, col, row);
}

/* Every peak is a sample above the threshold, they come in their order, and no capacity is exceeded. */
static void any_peaks(input *in)
{
    static cvh_peak peaks[MOST_PEAKS + 1], again[MOST_PEAKS];
    cvh_decoder decoder = take_decoder(in);
    cvh_convention convention = {.decoder = &decoder};
    cvh_maps maps = take_maps(in);
    size_t count = SIZE_MAX, needed = SIZE_MAX;
    REQUIRE(cvh_find_peaks(&maps, &convention, peaks, MOST_PEAKS, &count) == CVH_OK, "%s", cvh_last_error());
    REQUIRE(count <= (size_t)maps.rows * (size_t)maps.cols, "%zu peaks", count);
    if (decoder.max_peaks) REQUIRE(count <= (size_t)decoder.max_peaks, "%zu peaks", count);
    for (size_t i = 0; i < count; i++) {
        REQUIRE(peaks[i].found >= CVH_FOUND_PIXEL && peaks[i].map == 0, "found %d", (int)peaks[i].found);
        check_usable(&maps, &decoder, &peaks[i]);
        bool by_value = !decoder.blur_search && decoder.refine != CVH_REFINE_SOFT_ARGMAX;
        if (by_value) REQUIRE(peaks[i].score > decoder.threshold, "score %g", peaks[i].score);
        if (i && decoder.order == CVH_ORDER_SCORE && by_value)
            REQUIRE(peaks[i].score <= peaks[i - 1].score, "%g after %g", peaks[i].score, peaks[i - 1].score);
    }
    if (count == 0) return;
    memset(again, 0x5A, sizeof again);
    cvh_peak before = again[0];
    REQUIRE(cvh_find_peaks(&maps, &convention, again, count - 1, &needed) == CVH_ERR_ARGUMENT, "capacity %zu is enough",
            count - 1);
    REQUIRE(needed == count && memcmp(&before, &again[0], sizeof before) == 0, "%zu needed, %zu found", needed, count);
}

/* decode(encode(p)) is p. */
static void there_and_back(input *in)
{
    int rows = take_int(in, 8, MOST_SIDE), cols = take_int(in, 8, MOST_SIDE);
    cvh_maps maps = cvh_maps_view(memory, 1, rows, cols, take_byte(in) % 2 ? CVH_32F : CVH_64F);
    double sigma = take_real(in, 1, 3), scale = take_real(in, 0.25, 4);
    cvh_convention convention = {.gaussian = {.sigma_x = sigma, .ksize_x = CVH_WHOLE_MAP}, .centre = CVH_CENTRE_SUBPIXEL};
    double x = take_real(in, 0, cols - 1), y = take_real(in, 0, rows - 1);
    convention.scale_x = convention.scale_y = scale;
    convention.offset_x = take_real(in, -3, 3);
    cvh_keypoint point = {.x = (x - convention.offset_x) / scale, .y = y / scale};
    cvh_peak peak;
    REQUIRE(cvh_encode(&maps, &point, 1, &convention, NULL) == CVH_OK, "%s", cvh_last_error());
    REQUIRE(cvh_decode(&maps, &convention, &peak) == CVH_OK, "%s", cvh_last_error());
    REQUIRE(peak.found == CVH_FOUND_REFINED, "found %d at (%g, %g), sigma %g", (int)peak.found, x, y, sigma);
    double error = scale * hypot(peak.x - point.x, peak.y - point.y);
    REQUIRE(error < 1e-3, "(%.9g, %.9g) comes back %g pixels away, sigma %g, %dx%d", x, y, error, sigma, rows, cols);
}

/* A pixel of the enlarged map is answered where it lies on the map, and whatever is answered is finite. */
static void check_enlarged(const cvh_maps *maps, const cvh_decoder *decoder, const cvh_peak *peak)
{
    bool usable = peak->found >= CVH_FOUND_PIXEL;
    REQUIRE(usable == isfinite(peak->x) && usable == isfinite(peak->y), "(%g, %g), found %d", peak->x, peak->y,
            (int)peak->found);
    if (!usable || peak->found >= CVH_FOUND_PLATEAU) return;
    double col = (peak->x + 0.5) * decoder->enlarge - 0.5, row = (peak->y + 0.5) * decoder->enlarge - 0.5;
    REQUIRE(fabs(col - round(col)) < 1e-9 && fabs(row - round(row)) < 1e-9, "(%g, %g) is no pixel", col, row);
    REQUIRE(round(col) >= 0 && round(row) >= 0 && round(col) < maps->cols * decoder->enlarge
                && round(row) < maps->rows * decoder->enlarge,
            "(%g, %g) is beyond the map", col, row);
}

/* The map is enlarged by OpenCV, where there is one. */
static void any_enlarged(input *in)
{
    enum { MOST_TIMES = 4, FEW_TIMES = 2 }; /* all peaks of a map of 16 times the samples take 10 s */
    static cvh_peak peaks[MOST_PEAKS * FEW_TIMES * FEW_TIMES];
    int times = take_int(in, 0, MOST_TIMES);
    cvh_decoder decoder = take_decoder(in);
    cvh_convention convention = {.decoder = &decoder};
    cvh_maps maps = take_maps(in);
    cvh_peak peak;
    size_t count = SIZE_MAX;
    decoder.enlarge = times;
    cvh_status status = cvh_decode(&maps, &convention, &peak);
    if (status == CVH_ERR_OPENCV && strstr(cvh_last_error(), "built without OpenCV")) return;
    REQUIRE(status == CVH_OK, "%s", cvh_last_error());
    if (times > 0) check_enlarged(&maps, &decoder, &peak);
    if (times > FEW_TIMES) return;
    REQUIRE(cvh_find_peaks(&maps, &convention, peaks, sizeof peaks / sizeof *peaks, &count) == CVH_OK, "%s", cvh_last_error());
    if (times == 0) return;
    for (size_t i = 0; i < count; i++) {
        REQUIRE(peaks[i].found >= CVH_FOUND_PIXEL, "found %d", (int)peaks[i].found);
        check_enlarged(&maps, &decoder, &peaks[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size};
    switch (take_byte(&in) % 4) {
    case 0: any_samples(&in); break;
    case 1: any_peaks(&in); break;
    case 2: there_and_back(&in); break;
    default: any_enlarged(&in); break;
    }
    return 0;
}
