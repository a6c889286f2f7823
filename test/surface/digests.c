/* SPDX-License-Identifier: Apache-2.0 */
#define _DEFAULT_SOURCE
#include "surface/digests.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abuse/declared.h"

/* ----------------------------------------------------------------------------------------------------------- a fixed input */

cvh_keypoint points[POINTS];
static cvh_gaussian wide = {.sigma_x = 4.5, .sigma_y = 3.25, .ksize_x = 21, .ksize_y = 13, .peak = 7};

void make_points(void)
{
    random_state random = {0xB175};
    for (int i = 0; i < POINTS; i++) {
        points[i] = (cvh_keypoint){.x = random_real(&random) * (COLS + 6) - 3,
                                   .y = random_real(&random) * (ROWS + 6) - 3,
                                   .map = i % MAPS,
                                   .gaussian = i % 4 == 3 ? &wide : NULL};
        if (i % 3 == 1) points[i].x = i % 2 ? random_real(&random) * 7 : COLS - 1 - random_real(&random) * 7;
        if (i % 3 == 2) points[i].y = i % 2 ? random_real(&random) * 7 : ROWS - 1 - random_real(&random) * 7;
    }
}

const drawing drawings[DRAWINGS] = {
    {"plain", {.gaussian = {.sigma_x = 2}}},
    {"reflected", {.gaussian = {.sigma_x = 2.5, .ksize_x = 15}, .border = CVH_BORDER_REFLECT, .overlap = CVH_OVERLAP_ADD}},
    {"reflected 101", {.gaussian = {.ksize_x = 5}, .border = CVH_BORDER_REFLECT_101, .norm = CVH_NORM_KERNEL}},
    {"replicated",
     {.gaussian = {.sigma_x = 3, .sigma_y = 1}, .border = CVH_BORDER_REPLICATE, .overlap = CVH_OVERLAP_ADD_CLAMP}},
    {"sub-pixel", {.gaussian = {.sigma_x = 1.7, .ksize_x = 13}, .centre = CVH_CENTRE_SUBPIXEL}},
    {"between pixels", {.gaussian = {.sigma_x = 2.2, .ksize_x = CVH_WHOLE_MAP}, .snap = CVH_SNAP_NONE, .max_exponent = 4.6052}},
    {"summed to 1", {.gaussian = {.sigma_x = 2, .ksize_x = 11}, .norm = CVH_NORM_SUM, .overlap = CVH_OVERLAP_REPLACE}},
};
enum { SUBPIXEL = 4 };

static const cvh_depth depths[] = {CVH_32F, CVH_64F};
enum { DEPTHS = sizeof depths / sizeof *depths };

static double memory[MAPS * ROWS * COLS];

static cvh_maps maps_of(cvh_depth depth)
{
    return cvh_maps_view(memory, MAPS, ROWS, COLS, depth);
}

/* ----------------------------------------------------------------------------------------------- a digest for each function */

void digest_value(uint64_t *digest, double value)
{
    uint64_t bits;
    if (isnan(value)) value = (double)NAN;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 64; i += 8) *digest = (*digest ^ (bits >> i & 0xFF)) * UINT64_C(0x100000001b3);
}

void digest_values(uint64_t *digest, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) digest_value(digest, values[i]);
}

void digest_maps(uint64_t *digest, const cvh_maps *maps)
{
    for (int map = 0; map < maps->count; map++)
        for (int row = 0; row < maps->rows; row++)
            for (int col = 0; col < maps->cols; col++) digest_value(digest, sample(maps, map, row, col));
}

void digest_peaks(uint64_t *digest, const cvh_peak *peaks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const cvh_peak *p = &peaks[i];
        const double values[] = {p->x, p->y, p->score, p->map, p->found, p->sigma_x, p->sigma_y};
        digest_values(digest, values, sizeof values / sizeof *values);
    }
}

void must(cvh_status status)
{
    if (!status) return;
    fprintf(stderr, "%s\n", cvh_last_error());
    exit(EXIT_FAILURE);
}

/* Whole maps of a usual size, and of one strip more, a keypoint each: AVX2 has a path of its own where the columns are a
 * multiple of 8 and enough keypoints share a Gaussian. */
static void of_whole_maps(uint64_t *digest)
{
    enum { WHOLE_ROWS = 64, WHOLE_COLS = 48, STRIP = 8 };
    static const char *const names[] = {"darkpose", "sleap"};
    static float whole[POINTS * WHOLE_ROWS * (WHOLE_COLS + STRIP)];
    cvh_keypoint spread[POINTS];
    for (int i = 0; i < POINTS; i++) spread[i] = (cvh_keypoint){.x = points[i].x * 6, .y = points[i].y * 7, .map = i};
    for (int i = 0; i < 4; i++) {
        const int cols = WHOLE_COLS + i % 2 * STRIP;
        cvh_maps maps = cvh_maps_view(whole, POINTS, WHOLE_ROWS, cols, CVH_32F);
        cvh_convention convention;
        must(cvh_convention_find(names[i / 2], &convention));
        must(cvh_convention_fit(&convention, 4 * WHOLE_ROWS, 4 * cols, WHOLE_ROWS, cols));
        must(cvh_patch(&maps, spread, POINTS, &convention));
        digest_maps(digest, &maps);
    }
}

static void of_patch(uint64_t *digest)
{
    of_whole_maps(digest);
    for (int i = 0; i < DRAWINGS * DEPTHS; i++) {
        cvh_maps maps = maps_of(depths[i % DEPTHS]);
        must(cvh_patch(&maps, points, POINTS, &drawings[i / DEPTHS].convention));
        digest_maps(digest, &maps);
    }
}

/* Every rule for what is left out, which the weights tell. */
static void of_encode(uint64_t *digest)
{
    float weights[POINTS];
    for (int drop = CVH_DROP_NONE; drop <= CVH_DROP_THREE_SIGMA_TRUNC; drop++)
        for (int snap = CVH_SNAP_NEAREST; snap <= CVH_SNAP_NONE; snap++) {
            cvh_maps maps = maps_of(depths[snap % DEPTHS]);
            cvh_convention convention = {.gaussian = {.sigma_x = 1.25}, .snap = (cvh_snap)snap, .drop = (cvh_drop)drop};
            must(cvh_encode(&maps, points, POINTS, &convention, weights));
            digest_maps(digest, &maps);
            for (int i = 0; i < POINTS; i++) digest_value(digest, (double)weights[i]);
        }
}

static void of_draw(uint64_t *digest)
{
    cvh_maps maps = maps_of(CVH_32F);
    memset(memory, 0, sizeof memory);
    for (int i = 0; i < DRAWINGS; i++) must(cvh_draw(&maps, points + 2 * i, 2, &drawings[i].convention));
    digest_maps(digest, &maps);
}

static void of_erase(uint64_t *digest)
{
    cvh_maps maps = maps_of(CVH_64F);
    must(cvh_patch(&maps, points, POINTS, &drawings[1].convention));
    must(cvh_erase(&maps, points + 1, 2, &drawings[1].convention));
    digest_maps(digest, &maps);
}

static void of_decode(uint64_t *digest)
{
    for (int r = CVH_REFINE_FIT; r <= CVH_REFINE_SOFT_ARGMAX; r++)
        for (int d = 0; d < DEPTHS; d++) {
            cvh_maps maps = maps_of(depths[d]);
            bool blurs = r == CVH_REFINE_DARK || r == CVH_REFINE_UDP;
            cvh_decoder decoder = {.refine = (cvh_refine)r, .blur_ksize = blurs ? 11 : 0};
            cvh_convention convention = drawings[SUBPIXEL].convention;
            cvh_peak peaks[MAPS];
            convention.decoder = &decoder;
            must(cvh_patch(&maps, points, POINTS, &convention));
            must(cvh_decode(&maps, &convention, peaks));
            digest_peaks(digest, peaks, MAPS);
        }
}

static void of_find_peaks(uint64_t *digest)
{
    for (int d = 0; d < DEPTHS; d++) {
        enum { MOST = 200 };
        cvh_peak peaks[MOST];
        size_t count;
        cvh_maps maps = maps_of(depths[d]);
        must(cvh_patch(&maps, points, POINTS, &drawings[SUBPIXEL].convention));
        must(cvh_find_peaks(&maps, &drawings[SUBPIXEL].convention, peaks, MOST, &count));
        digest_value(digest, (double)count);
        digest_peaks(digest, peaks, count);
    }
}

static void of_gaussian_kernel(uint64_t *digest)
{
    double taps[63];
    float float_taps[63];
    for (int ksize = 1; ksize <= 63; ksize += 2)
        for (int i = 0; i < 5; i++) {
            must(cvh_gaussian_kernel(ksize, i * 0.77, CVH_64F, taps));
            must(cvh_gaussian_kernel(ksize, i * 0.77, CVH_32F, float_taps));
            for (int k = 0; k < ksize; k++) digest_value(digest, taps[k]);
            for (int k = 0; k < ksize; k++) digest_value(digest, (double)float_taps[k]);
        }
}

#define DIGEST_OF_RULE(name, value)                                                                                            \
  static void of_##name(uint64_t *digest)                                                                                      \
  {                                                                                                                            \
    for (double x = 0.5; x < 200; x *= 1.37) digest_value(digest, value);                                                      \
  }
DIGEST_OF_RULE(sigma_from_ksize, cvh_sigma_from_ksize(x))
DIGEST_OF_RULE(ksize_from_sigma, cvh_ksize_from_sigma(x))
DIGEST_OF_RULE(radius_cornernet, cvh_radius_cornernet(x, 30, 0.7))
DIGEST_OF_RULE(radius_centernet, cvh_radius_centernet(40, x, 0.3))

static void of_convention_fit(uint64_t *digest)
{
    for (int geometry = CVH_GEOMETRY_STRIDE; geometry <= CVH_GEOMETRY_HIGHERHRNET; geometry++) {
        cvh_convention convention = {.geometry = (cvh_geometry)geometry, .input_sigma = 7};
        must(cvh_convention_fit(&convention, 257, 190, 63, 48));
        digest_value(digest, convention.scale_x);
        digest_value(digest, convention.scale_y);
        digest_value(digest, convention.offset_x);
        digest_value(digest, convention.offset_y);
        digest_value(digest, convention.gaussian.sigma_x);
    }
}

/* The bytes of the file, which are little-endian on every machine. */
static void of_npy_save(uint64_t *digest)
{
    char path[] = "/tmp/cvheatmap-bits-XXXXXX";
    int file = mkstemp(path);
    cvh_maps maps = maps_of(CVH_32F);
    if (file < 0 || close(file)) exit(EXIT_FAILURE);
    must(cvh_patch(&maps, points, POINTS, &drawings[0].convention));
    must(cvh_npy_save(path, &maps));
    FILE *saved = fopen(path, "rb");
    if (!saved) exit(EXIT_FAILURE);
    for (int byte; (byte = getc(saved)) != EOF;) digest_value(digest, byte);
    fclose(saved);
    unlink(path);
}

/* What is read of a file of either byte order, whose 24 samples are byte patterns of their own; -0 and NaN are among them. */
static void digest_loaded(uint64_t *digest, char order, int size)
{
    enum { HEADER = 128, SAMPLES = 24 };
    unsigned char bytes[HEADER + SAMPLES * 8];
    char path[] = "/tmp/cvheatmap-bits-XXXXXX";
    memset(bytes, ' ', HEADER);
    memcpy(bytes, "\x93NUMPY\x01\0\x76\0", 10);
    const int length = snprintf((char *)bytes + 10, HEADER - 10,
                                "{'descr': '%cf%d', 'fortran_order': False, 'shape': (2, 3, 4), }", order, size);
    bytes[10 + length] = ' ';
    bytes[HEADER - 1] = '\n';
    for (int i = 0; i < SAMPLES * size; i++) bytes[HEADER + i] = (unsigned char)(i * 89 + 61);
    memset(bytes + HEADER, 0, 2 * (size_t)size);
    memset(bytes + HEADER + 2 * size, 0xFF, (size_t)size);
    bytes[HEADER + (order == '<' ? size - 1 : 0)] = 0x80;
    const size_t whole = HEADER + SAMPLES * (size_t)size;
    const int file = mkstemp(path);
    if (file < 0 || write(file, bytes, whole) != (ssize_t)whole || close(file)) exit(EXIT_FAILURE);
    cvh_maps maps;
    must(cvh_npy_load(path, &maps));
    digest_maps(digest, &maps);
    cvh_npy_free(&maps);
    unlink(path);
}

static void of_npy_load(uint64_t *digest)
{
    for (int size = 2; size <= 8; size *= 2) {
        digest_loaded(digest, '<', size);
        digest_loaded(digest, '>', size);
    }
}

/* ----------------------------------------------------------------------------------------------------- depths, and flips */

/* A drawn map in every depth, with and without a scale, and back in float. */
static void of_convert(uint64_t *digest)
{
    static const cvh_depth every[] = {CVH_8U, CVH_8S, CVH_16U, CVH_16S, CVH_16F, CVH_32F, CVH_64F};
    static double stored[MAPS * ROWS * COLS], back[MAPS * ROWS * COLS];
    cvh_maps drawn = maps_of(CVH_64F);
    must(cvh_patch(&drawn, points, POINTS, &drawings[1].convention));
    for (int d = 0; d < 7; d++)
        for (int scaled = 0; scaled < 2; scaled++) {
            cvh_maps to = cvh_maps_interleaved(stored, MAPS, ROWS, COLS, every[d], 0);
            cvh_maps floats = cvh_maps_view(back, MAPS, ROWS, COLS, CVH_32F);
            if (scaled) to.scale = 1. / 99, to.zero = -7.25;
            must(cvh_convert(&drawn, &to));
            must(cvh_convert(&to, &floats));
            digest_maps(digest, &to);
            digest_maps(digest, &floats);
        }
}

static void of_flip_merge(uint64_t *digest)
{
    static const int partner[MAPS] = {1, 0, 2};
    static double other[MAPS * ROWS * COLS];
    for (int d = 0; d < 2; d++)
        for (int flip = 0; flip <= CVH_FLIP_BIN; flip++) {
            cvh_maps maps = maps_of(d ? CVH_64F : CVH_32F), flipped = maps;
            flipped.data = other;
            must(cvh_patch(&maps, points, POINTS, &drawings[0].convention));
            must(cvh_patch(&flipped, points, POINTS, &drawings[1].convention));
            must(cvh_flip_merge(&maps, &flipped, partner, (cvh_flip)flip, &maps));
            digest_maps(digest, &maps);
        }
}

/* ------------------------------------------------------------------------------------------- SimCC's vectors, offset maps */

enum { BINS = MAPS * ROWS * COLS / 20, VECTORS = 10 };

static double more_memory[MAPS * ROWS * COLS];

/* Ten vectors an axis: the keypoints' labels as simcc has them. */
static void draw_vectors(const cvh_simcc *simcc, cvh_depth depth, cvh_maps *x, cvh_maps *y)
{
    cvh_keypoint along[VECTORS];
    *x = cvh_maps_view(memory, VECTORS, 1, BINS, depth);
    *y = cvh_maps_view(more_memory, VECTORS, 1, BINS - 11, depth);
    for (int i = 0; i < VECTORS; i++) along[i] = (cvh_keypoint){.x = points[i].x * 2, .y = points[i].y * 1.7, .map = i};
    must(cvh_simcc_encode(x, y, along, VECTORS, simcc, NULL));
}

static void of_simcc_encode(uint64_t *digest)
{
    static const cvh_simcc simccs[] = {{.sigma_x = 4.9},
                                       {.whole_bins = 1},
                                       {.sigma_x = 0.7, .normalize = 1},
                                       {.sigma_x = 30},
                                       {.label = CVH_SIMCC_ONE_HOT, .smoothing = 0.1}};
    for (size_t i = 0; i < sizeof simccs / sizeof *simccs; i++)
        for (int d = 0; d < 2; d++) {
            cvh_maps x, y;
            draw_vectors(&simccs[i], d ? CVH_64F : CVH_32F, &x, &y);
            digest_maps(digest, &x);
            digest_maps(digest, &y);
        }
}

static void of_simcc_decode(uint64_t *digest)
{
    static const cvh_refine refines[] = {CVH_REFINE_FIT, CVH_REFINE_DARK, CVH_REFINE_NONE};
    for (int i = 0; i < 6; i++) {
        cvh_simcc simcc = {.sigma_x = 3.3, .refine = refines[i % 3], .beta = i % 2};
        cvh_peak peaks[VECTORS];
        cvh_maps x, y;
        draw_vectors(&simcc, CVH_32F, &x, &y);
        for (int k = 0; k < VECTORS * BINS; k++) ((float *)memory)[k] += (float)(k * 7919 % 101) / 2048;
        must(cvh_simcc_decode(&x, &y, &simcc, peaks));
        digest_peaks(digest, peaks, VECTORS);
    }
}

/* One of the projects' ways to draw offsets, with a map of them for each map, in memory of their own. */
static cvh_convention draw_offsets(int way, cvh_maps *maps, cvh_maps *dx, cvh_maps *dy)
{
    static const char *const names[] = {"centernet", "udp_combined", "mmpose_combined", "deeplabcut"};
    static double offsets[2 * MAPS * ROWS * COLS];
    static const cvh_gaussian shape = {.ksize_x = 9};
    cvh_convention convention;
    cvh_keypoint shaped[POINTS];
    must(cvh_convention_find(names[way], &convention));
    memcpy(shaped, points, sizeof shaped);
    for (int i = 0; i < POINTS; i++) shaped[i].gaussian = way == 0 ? &shape : NULL;
    *maps = maps_of(CVH_32F);
    *dx = cvh_maps_view(offsets, MAPS, ROWS, COLS, CVH_32F);
    *dy = cvh_maps_view(offsets + MAPS * ROWS * COLS, MAPS, ROWS, COLS, CVH_64F);
    must(cvh_encode_offsets(maps, dx, dy, shaped, POINTS, &convention, NULL));
    return convention;
}

static void of_encode_offsets(uint64_t *digest)
{
    for (int way = 0; way < 4; way++) {
        cvh_maps maps, dx, dy;
        (void)draw_offsets(way, &maps, &dx, &dy);
        digest_maps(digest, &maps);
        digest_maps(digest, &dx);
        digest_maps(digest, &dy);
    }
}

static void of_decode_offsets(uint64_t *digest)
{
    for (int way = 0; way < 4; way++) {
        cvh_maps maps, dx, dy;
        cvh_peak peaks[MAPS];
        cvh_convention convention = draw_offsets(way, &maps, &dx, &dy);
        must(cvh_decode_offsets(&maps, &dx, &dy, &convention, peaks));
        digest_peaks(digest, peaks, MAPS);
    }
}

static void of_find_peaks_offsets(uint64_t *digest)
{
    enum { MOST = 400 };
    for (int way = 0; way < 4; way++) {
        static cvh_peak peaks[MOST];
        cvh_maps maps, dx, dy;
        size_t count;
        cvh_convention convention = draw_offsets(way, &maps, &dx, &dy);
        must(cvh_find_peaks_offsets(&maps, &dx, &dy, &convention, peaks, MOST, &count));
        digest_value(digest, (double)count);
        digest_peaks(digest, peaks, count);
    }
}

/* ------------------------------------------------------------------------------------------------------ keypoints and words */

/* A batch of two people, a third of them absent or without a number. */
static void of_keypoints_from(uint64_t *digest)
{
    float xyv[3 * POINTS];
    cvh_keypoint made[POINTS];
    for (int i = 0; i < POINTS; i++) {
        xyv[3 * i] = (float)points[i].x;
        xyv[3 * i + 1] = i % 7 == 3 ? NAN : (float)points[i].y;
        xyv[3 * i + 2] = i % 11 == 5 ? NAN : (float)(i % 3);
    }
    for (int least = 0; least < 3; least++) {
        must(cvh_keypoints_from(xyv, POINTS, 5 * least, (float)least, made));
        for (int i = 0; i < POINTS; i++) {
            digest_value(digest, made[i].x);
            digest_value(digest, made[i].y);
            digest_value(digest, made[i].map);
            digest_value(digest, made[i].gaussian != NULL);
        }
    }
}

static const struct {
    const char *function;
    const char *(*text)(int number);
} texts[] = {
    {"cvh_depth_text", cvh_depth_text},
    {"cvh_arithmetic_text", cvh_arithmetic_text},
    {"cvh_border_text", cvh_border_text},
    {"cvh_method_text", cvh_method_text},
    {"cvh_geometry_text", cvh_geometry_text},
    {"cvh_snap_text", cvh_snap_text},
    {"cvh_centre_text", cvh_centre_text},
    {"cvh_overlap_text", cvh_overlap_text},
    {"cvh_norm_text", cvh_norm_text},
    {"cvh_drop_text", cvh_drop_text},
    {"cvh_window_text", cvh_window_text},
    {"cvh_refine_text", cvh_refine_text},
    {"cvh_guard_text", cvh_guard_text},
    {"cvh_step_text", cvh_step_text},
    {"cvh_ties_text", cvh_ties_text},
    {"cvh_order_text", cvh_order_text},
    {"cvh_score_text", cvh_score_text},
    {"cvh_activation_text", cvh_activation_text},
    {"cvh_offset_unit_text", cvh_offset_unit_text},
    {"cvh_offset_area_text", cvh_offset_area_text},
    {"cvh_found_text", cvh_found_text},
    {"cvh_crop_family_text", cvh_crop_family_text},
    {"cvh_crop_size_text", cvh_crop_size_text},
    {"cvh_crop_boxes_text", cvh_crop_boxes_text},
    {"cvh_crop_pad_text", cvh_crop_pad_text},
    {"cvh_flip_text", cvh_flip_text},
    {"cvh_simcc_label_text", cvh_simcc_label_text},
    {"cvh_simcc_score_text", cvh_simcc_score_text},
    {"cvh_status_text", cvh_status_text},
    {"cvh_slip_text", cvh_slip_text},
};
enum { TEXTS = sizeof texts / sizeof *texts };

/* Every text of texts.h, of status and slips, for known enumerators and unknown ones. */
static void of_texts(uint64_t *digest)
{
    for (size_t i = 0; i < TEXTS; i++)
        for (int number = -1; number < 20; number++)
            for (const char *at = texts[i].text(number); *at; at++) digest_value(digest, (unsigned char)*at);
}

/* The functions that promise the same bits on every machine. */
static const struct {
    const char *function;
    void (*add)(uint64_t *digest);
} digests[] = {
    {"cvh_patch", of_patch},
    {"cvh_encode", of_encode},
    {"cvh_draw", of_draw},
    {"cvh_erase", of_erase},
    {"cvh_decode", of_decode},
    {"cvh_find_peaks", of_find_peaks},
    {"cvh_compare", of_compare},
    {"cvh_compare_peaks", of_compare_peaks},
    {"cvh_crosscheck", of_crosscheck},
    {"cvh_crosscheck_into", of_crosscheck_into},
    {"cvh_crosscheck_decode", of_crosscheck_decode},
    {"cvh_crosscheck_simcc", of_crosscheck_simcc},
    {"cvh_crosscheck_simcc_decode", of_crosscheck_simcc_decode},
    {"cvh_convert", of_convert},
    {"cvh_gaussian_kernel", of_gaussian_kernel},
    {"cvh_sigma_from_ksize", of_sigma_from_ksize},
    {"cvh_ksize_from_sigma", of_ksize_from_sigma},
    {"cvh_radius_cornernet", of_radius_cornernet},
    {"cvh_radius_centernet", of_radius_centernet},
    {"cvh_convention_find", of_convention_find},
    {"cvh_convention_fit", of_convention_fit},
    {"cvh_convention_comparable", of_convention_comparable},
    {"cvh_decoder_find", of_decoder_find},
    {"cvh_npy_save", of_npy_save},
    {"cvh_npy_load", of_npy_load},
    {"cvh_affine_invert", of_affine_invert},
    {"cvh_crop_find", of_crop_find},
    {"cvh_crop_clean", of_crop_clean},
    {"cvh_crop_fit", of_crop_fit},
    {"cvh_crop_image", of_crop_image},
    {"cvh_flip_merge", of_flip_merge},
    {"cvh_simcc_find", of_simcc_find},
    {"cvh_simcc_encode", of_simcc_encode},
    {"cvh_simcc_decode", of_simcc_decode},
    {"cvh_encode_offsets", of_encode_offsets},
    {"cvh_decode_offsets", of_decode_offsets},
    {"cvh_find_peaks_offsets", of_find_peaks_offsets},
    {"cvh_keypoints_from", of_keypoints_from},
    {"texts", of_texts},
};

enum { DIGESTS = sizeof digests / sizeof *digests };

/* The rest, and why it has none. */
static const struct {
    const char *function, *why;
} exceptions[] = {
    {"cvh_blur", "the installed OpenCV's own bits"},
    {"cvh_gaussian_blur", "the installed OpenCV's own bits"},
    {"cvh_warp", "the installed OpenCV's own bits"},
    {"cvh_warp_native", "follows the installed OpenCV; cvh_crop_image is the same code on any machine"},
    {"cvh_crosscheck_warp", "compares what the caller's two functions draw, by cvh_compare's code"},
    {"cvh_opencv_arithmetic", "tells of the installed OpenCV"},
    {"cvh_opencv_version", "tells of the installed OpenCV"},
    {"cvh_version", "another with each release"},
    {"cvh_closed_form", "long double, which is not the same type on every machine"},
    {"cvh_convention_name", "in cvh_convention_find's digest"},
    {"cvh_decoder_name", "in cvh_decoder_find's digest"},
    {"cvh_crop_name", "in cvh_crop_find's digest"},
    {"cvh_simcc_name", "in cvh_simcc_find's digest"},
    {"cvh_maps_view", "calculates nothing but steps; every digest is of maps that it made"},
    {"cvh_maps_interleaved", "calculates nothing but steps; cvh_convert's digest is of maps that it made"},
    {"cvh_npy_free", "gives memory back"},
    {"cvh_fail", "writes the text that it is given"},
    {"cvh_last_error", "says it again"},
};
enum { EXCEPTIONS = sizeof exceptions / sizeof *exceptions };

int digests_missing(const char *header)
{
    const char *names[DIGESTS + TEXTS + EXCEPTIONS] = {NULL};
    int count = 0;
    for (size_t i = 0; i < DIGESTS - 1; i++) names[count++] = digests[i].function; /* the last is of all texts */
    for (size_t i = 0; i < TEXTS; i++) names[count++] = texts[i].function;
    for (size_t i = 0; i < EXCEPTIONS; i++) names[count++] = exceptions[i].function;
    return declared_differences(header, names);
}

void print_digests(FILE *to)
{
    make_points();
    for (size_t i = 0; i < DIGESTS; i++) {
        uint64_t digest = UINT64_C(0xcbf29ce484222325);
        digests[i].add(&digest);
        fprintf(to, "%s %016llx\n", digests[i].function, (unsigned long long)digest);
    }
}
