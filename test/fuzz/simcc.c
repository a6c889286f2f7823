/* SPDX-License-Identifier: Apache-2.0
 * SimCC and offset maps. Of any samples at all: an answer is finite and near its largest bin or pixel, or `found` says why
 * there is none. And what was drawn is found again. */
#include "fuzz.h"

enum { MOST_BINS = 80, MOST_SIDE = 9 };

static double memory_x[MOST_BINS], memory_y[MOST_BINS];

static void take_samples(input *in, cvh_maps *maps)
{
    uint8_t kind = take_byte(in);
    for (int i = 0; i < maps->rows * maps->cols; i++) {
        uint8_t level = kind % 3 ? take_byte(in) : 0;
        double value = kind % 3 == 0   ? take_any(in)
                       : level == 0xFF ? (double)NAN
                       : level == 0xFE ? (double)INFINITY
                       : level == 0xFD ? (double)-INFINITY
                                       : level / 64.0 - 0.5;
        if (maps->depth == CVH_32F)
            ((float *)maps->data)[i] = value > 3e38 ? (float)INFINITY : value < -3e38 ? -(float)INFINITY : (float)value;
        else
            ((double *)maps->data)[i] = value;
    }
}

static double at(const cvh_maps *maps, int i)
{
    return maps->depth == CVH_32F ? (double)((const float *)maps->data)[i] : ((const double *)maps->data)[i];
}

/* The first largest sample that is a number or +inf; -1 where there is none. */
static int largest(const cvh_maps *maps)
{
    int best = -1;
    for (int i = 0; i < maps->rows * maps->cols; i++) {
        double value = at(maps, i);
        if (isnan(value) || value == (double)-INFINITY) continue;
        if (best < 0 || value > at(maps, best)) best = i;
    }
    return best;
}

static cvh_maps take_view(input *in, double *memory)
{
    return cvh_maps_view(memory, 1, 1, take_int(in, 1, MOST_BINS), take_byte(in) % 2 ? CVH_32F : CVH_64F);
}

/* FIT keeps within 1.5 sigma of the largest bin. */
static void check_axis(const char *which, double bin, int top, double sigma, cvh_refine refine, cvh_found found)
{
    double most = found != CVH_FOUND_REFINED && refine != CVH_REFINE_FIT ? 0 : fmax(2, 1.5 * fmax(sigma, 0.25)) * (1 + 1e-9);
    REQUIRE(isfinite(bin), "%s is %g", which, bin);
    if (refine != CVH_REFINE_DARK)
        REQUIRE(fabs(bin - top) <= most, "%s is %g, its largest bin %d, sigma %g", which, bin, top, sigma);
}

static void any_vectors(input *in)
{
    static const cvh_refine refines[] = {CVH_REFINE_FIT, CVH_REFINE_NONE, CVH_REFINE_DARK};
    cvh_maps x = take_view(in, memory_x), y = take_view(in, memory_y);
    cvh_simcc simcc = {.ratio = 1, .refine = refines[take_byte(in) % 3], .score = (cvh_simcc_score)(take_byte(in) % 3)};
    simcc.sigma_x = take_real(in, 0.8, 19);
    simcc.sigma_y = simcc.refine == CVH_REFINE_DARK ? take_real(in, 0.8, 19) : take_real(in, 1e-3, 60);
    simcc.threshold = take_byte(in) % 2 ? (double)-INFINITY : take_real(in, -1, 4);
    simcc.beta = take_byte(in) % 2 ? take_real(in, 0, 200) : 0;
    take_samples(in, &x);
    take_samples(in, &y);
    cvh_peak peak;
    REQUIRE(cvh_simcc_decode(&x, &y, &simcc, &peak) == CVH_OK, "%s", cvh_last_error());
    cvh_peak_report same;
    REQUIRE(cvh_crosscheck_simcc_decode(cvh_simcc_decode, cvh_simcc_decode, &x, &y, &simcc, 0, &same) == CVH_OK, "%s",
            cvh_last_error());
    REQUIRE(same.differing == 0, "read twice, and %g apart", same.max_distance);
    int top_x = largest(&x), top_y = largest(&y);
    REQUIRE((peak.found == CVH_FOUND_NOTHING) == (top_x < 0 || top_y < 0), "found %d", (int)peak.found);
    REQUIRE(isnan(peak.score) == (peak.found == CVH_FOUND_NOTHING), "score %g, found %d", peak.score, (int)peak.found);
    if (peak.found < CVH_FOUND_PIXEL) {
        REQUIRE(isnan(peak.x) && isnan(peak.y), "(%g, %g), found %d", peak.x, peak.y, (int)peak.found);
        return;
    }
    if (simcc.beta > 0) REQUIRE(peak.score > 0 && peak.score <= 1, "a probability of %g", peak.score);
    check_axis("x", peak.x, top_x, simcc.sigma_x, simcc.refine, peak.found);
    check_axis("y", peak.y, top_y, simcc.sigma_y, simcc.refine, peak.found);
    REQUIRE(isnan(peak.sigma_x) || peak.sigma_x > 0, "sigma_x %g", peak.sigma_x);
}

static void labels_back(input *in)
{
    cvh_maps x = take_view(in, memory_x), y = take_view(in, memory_y);
    double sigma = take_real(in, 1, 6), ratio = take_real(in, 0.5, 4);
    x.cols = x.cols < 12 ? 12 : x.cols, y.cols = y.cols < 12 ? 12 : y.cols;
    double u = take_real(in, 0, x.cols - 1), v = take_real(in, 0, y.cols - 1);
    cvh_simcc simcc = {.ratio = ratio, .sigma_x = sigma};
    cvh_keypoint point = {.x = u / ratio, .y = v / ratio};
    cvh_peak peak;
    float weight;
    REQUIRE(cvh_simcc_encode(&x, &y, &point, 1, &simcc, &weight) == CVH_OK, "%s", cvh_last_error());
    REQUIRE(weight == 1, "weight %g", (double)weight);
    cvh_report of_x, of_y;
    REQUIRE(cvh_crosscheck_simcc(cvh_simcc_encode, cvh_simcc_encode, &x, &y, &point, 1, &simcc, NULL, &of_x, &of_y) == CVH_OK,
            "%s", cvh_last_error());
    REQUIRE(of_x.differing + of_y.differing == 0, "drawn twice, and %g apart", of_x.max_abs);
    for (int i = 0; i < x.cols; i++) REQUIRE(at(&x, i) >= 0 && at(&x, i) <= 1, "bin %d holds %g", i, at(&x, i));
    REQUIRE(cvh_simcc_decode(&x, &y, &simcc, &peak) == CVH_OK, "%s", cvh_last_error());
    REQUIRE(peak.found == CVH_FOUND_REFINED, "found %d", (int)peak.found);
    double error = hypot(peak.x - point.x, peak.y - point.y) * ratio;
    REQUIRE(error < 0.01, "bins (%.9g, %.9g) come back %g bins away, sigma %g, %d and %d bins", u, v, error, sigma, x.cols,
            y.cols);
}

static double maps_memory[3][MOST_SIDE * MOST_SIDE];

static cvh_maps take_map(input *in, int which, int rows, int cols)
{
    cvh_maps maps = cvh_maps_view(maps_memory[which], 1, rows, cols, take_byte(in) % 2 ? CVH_32F : CVH_64F);
    take_samples(in, &maps);
    return maps;
}

static cvh_offsets take_rule(input *in)
{
    cvh_offsets rule = {.unit = (cvh_offset_unit)(take_byte(in) % 3), .length = take_real(in, 0, 9)};
    rule.area = (cvh_offset_area)(take_byte(in) % 3);
    rule.disc = rule.area == CVH_OFFSET_DISC || take_byte(in) % 2 ? take_real(in, 0.5, 9) : 0;
    rule.blur_ksize = take_byte(in) % 4 ? 0 : 2 * (take_byte(in) % 16) + 1;
    return rule;
}

static void any_offsets(input *in)
{
    int rows = take_int(in, 1, MOST_SIDE), cols = take_int(in, 1, MOST_SIDE);
    cvh_decoder decoder = {.threshold = -INFINITY, .activation = (cvh_activation)(take_byte(in) % 2)};
    cvh_convention c = {.scale_x = take_real(in, 0.1, 4), .offsets = take_rule(in), .decoder = &decoder};
    cvh_maps maps = take_map(in, 0, rows, cols), dx = take_map(in, 1, rows, cols), dy = take_map(in, 2, rows, cols);
    cvh_peak peak;
    REQUIRE(cvh_decode_offsets(&maps, &dx, &dy, &c, &peak) == CVH_OK, "%s", cvh_last_error());
    int top = largest(&maps);
    REQUIRE((peak.found == CVH_FOUND_NOTHING) == (top < 0), "found %d", (int)peak.found);
    if (top < 0) return;
    REQUIRE(isfinite(peak.x) && isfinite(peak.y), "(%g, %g), found %d", peak.x, peak.y, (int)peak.found);
    REQUIRE(peak.found == CVH_FOUND_REFINED || peak.found == CVH_FOUND_PIXEL_VALUE, "found %d", (int)peak.found);
    if (peak.found == CVH_FOUND_PIXEL_VALUE)
        REQUIRE(peak.y == top / cols, "%g is not the row of the largest sample, %d", peak.y, top / cols);
}

static void offsets_back(input *in)
{
    int rows = take_int(in, 3, MOST_SIDE), cols = take_int(in, 3, MOST_SIDE);
    cvh_convention c = {.gaussian = {.sigma_x = 1}, .offsets = take_rule(in)};
    cvh_maps maps = take_map(in, 0, rows, cols), dx = take_map(in, 1, rows, cols), dy = take_map(in, 2, rows, cols);
    cvh_keypoint point = {.x = take_real(in, 0, cols - 1), .y = take_real(in, 0, rows - 1)};
    cvh_peak peak;
    c.offsets.blur_ksize = 0;
    if (c.offsets.disc > 0 && c.offsets.unit != CVH_OFFSET_SIDES && c.offsets.disc < 1) c.offsets.disc = 1;
    if (c.offsets.disc > 0 && c.offsets.area == CVH_OFFSET_CELL) c.offsets.disc = 0; /* of a disc the first cell is found */
    REQUIRE(cvh_encode_offsets(&maps, &dx, &dy, &point, 1, &c, NULL) == CVH_OK, "%s", cvh_last_error());
    REQUIRE(cvh_decode_offsets(&maps, &dx, &dy, &c, &peak) == CVH_OK, "%s", cvh_last_error());
    REQUIRE(peak.found == CVH_FOUND_REFINED, "found %d", (int)peak.found);
    double error = hypot(peak.x - point.x, peak.y - point.y);
    REQUIRE(error < 1e-4, "(%.9g, %.9g) comes back %g pixels away", point.x, point.y, error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size};
    switch (take_byte(&in) % 4) {
    case 0: any_vectors(&in); break;
    case 1: labels_back(&in); break;
    case 2: any_offsets(&in); break;
    default: offsets_back(&in); break;
    }
    return 0;
}
