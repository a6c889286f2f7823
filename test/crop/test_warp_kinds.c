/* SPDX-License-Identifier: Apache-2.0
 * The warps of OpenCVs that are not installed: each stands in for cv::warpAffine, is recognised by cvh_warp_native, and is held
 * against what is worked out by hand. */
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "crop/affine.h"
#include "crop/warp.h"
#include "crop/warp_kind.h"
#include "crop/warp_places.h"
#include "shim/warp.h"
#include "support/layouts.h"

static cvh_warp_kind installed; /* what answers, */
static cvh_shim_result answer;  /* or what it says */
static int present, spoiled;
static bool of_doubles; /* those two are of pictures of doubles alone */

int __wrap_cvh_shim_warp_present(void);
cvh_shim_result __wrap_cvh_shim_warp_affine(const cvh_shim_image *source, const cvh_shim_image *target, int channels,
                                            const double matrix[6], double outside, char *message, size_t size);

int __wrap_cvh_shim_warp_present(void)
{
    return present;
}

static cvh_maps view_of(const cvh_shim_image *image, int channels)
{
    return cvh_maps_interleaved(image->data, channels, image->rows, image->cols, (cvh_depth)image->depth, image->step);
}

cvh_shim_result __wrap_cvh_shim_warp_affine(const cvh_shim_image *source, const cvh_shim_image *target, int channels,
                                            const double matrix[6], double outside, char *message, size_t size)
{
    const cvh_affine m = {matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]};
    const cvh_warp_job job = {view_of(source, channels), view_of(target, channels), cvh_affine_inverted(&m), outside};
    const bool concerned = !of_doubles || source->depth == CVH_64F;
    if (concerned && answer != CVH_SHIM_OK) {
        snprintf(message, size, "as it was told");
        return answer;
    }
    if (installed.by_float && cvh_warp_has_float(&job.photo))
        cvh_warp_float(&job, &installed);
    else
        cvh_warp_fixed(&job, &installed);
    if (concerned && spoiled) *(unsigned char *)target->data ^= 1;
    return CVH_SHIM_OK;
}

static void install(cvh_warp_kind kind)
{
    installed = kind;
    answer = CVH_SHIM_OK;
    present = 1;
    spoiled = 0;
    of_doubles = false;
}

static void fill(const cvh_maps *maps, random_state *random)
{
    for (int map = 0; map < maps->count; map++)
        for (int row = 0; row < maps->rows; row++)
            for (int col = 0; col < maps->cols; col++) {
                void *at = layout_at(maps, map, row, col);
                int value = random_int(random, 0, 255);
                switch (maps->depth) {
                case CVH_8U: *(unsigned char *)at = (unsigned char)value; break;
                case CVH_16U: *(uint16_t *)at = (uint16_t)(value * 257); break;
                case CVH_16S: *(int16_t *)at = (int16_t)(value * 257 - 32768); break;
                case CVH_32F: *(float *)at = (float)value / 7; break;
                default: *(double *)at = value / 7.0; break;
                }
            }
}

static const cvh_depth depths[] = {CVH_8U, CVH_16U, CVH_16S, CVH_32F, CVH_64F};

/* ---------------------------------------------------------------------------------------------------------- every kind */

static const cvh_warp_kind kinds[] = {
    {.by_float = false},
    {.by_float = false, .wraps = true},
    {.by_float = false, .fused = true},
    {.by_float = false, .fused = true, .wraps = true},
    {.by_float = true, .fused = true, .block = 16},
    {.by_float = true, .block = 8},
    {.by_float = true, .fused = true, .block = 8},
    {.by_float = true, .fused = true, .block = 32},
    {.by_float = true, .fused = true, .block = 64},
    {.by_float = false, .fused = true, .paired = true},
    {.by_float = false, .fused = true, .paired = true, .wraps = true},
};

/* The last leads beyond 32 bits. */
static const cvh_affine matrices[] = {
    {1.3, 0.4, -5, -0.4, 1.3, 9}, {0.8, 0, 3.3, 0, 0.9, -2.2}, {-1, 0, 40, 0.2, 1, 0}, {1 / 4194305.0, 0, 0, 0, 1, 0}};

START_TEST(every_kind_is_recognised)
{
    random_state random = random_start(0x317D + (uint64_t)_i);
    install(kinds[_i]);
    for (int i = 0; i < 5 * 4 * 4; i++) {
        const cvh_affine *m = &matrices[i / 20];
        const cvh_depth depth = depths[i % 5];
        const int channels = i / 5 % 4 + 1;
        laid_out photo = laid_out_new(LAYOUT_PACKED, channels, 60, 150, depth);
        laid_out by_opencv = laid_out_new(LAYOUT_INTERLEAVED, channels, 21, 121, depth);
        laid_out native = laid_out_new(LAYOUT_PADDED, channels, 21, 121, depth);
        fill(&photo.maps, &random);
        ck_assert_msg(!cvh_warp(&photo.maps, &by_opencv.maps, m, 114), "%s", cvh_last_error());
        ck_assert_msg(!cvh_warp_native(&photo.maps, &native.maps, m, 114), "%s", cvh_last_error());
        int differing = laid_out_differing(&by_opencv.maps, &native.maps);
        ck_assert_msg(!differing, "matrix %d, %d channels, depth %d: %d samples differ", i / 20, channels, (int)depth,
                      differing);
        ck_assert(laid_out_gaps_intact(&native));
        laid_out_free(&photo);
        laid_out_free(&by_opencv);
        laid_out_free(&native);
    }
}
END_TEST

/* Without OpenCV it is the portable arithmetic, and nobody is asked. */
START_TEST(without_opencv)
{
    random_state random = random_start(4);
    laid_out photo = laid_out_new(LAYOUT_INTERLEAVED, 3, 33, 47, CVH_8U);
    laid_out native = laid_out_new(LAYOUT_PACKED, 3, 21, 61, CVH_8U), portable = laid_out_new(LAYOUT_PACKED, 3, 21, 61, CVH_8U);
    cvh_warp_job job;
    fill(&photo.maps, &random);
    install(kinds[4]);
    present = 0;
    ck_assert_int_eq(cvh_warp_native(&photo.maps, &native.maps, &matrices[0], 0), CVH_OK);
    ck_assert_int_eq(cvh_warp_check(&photo.maps, &portable.maps, &matrices[0], 0, &job), CVH_OK);
    ck_assert_int_eq(cvh_warp_as(&job, CVH_ARITHMETIC_PORTABLE), CVH_OK);
    ck_assert_int_eq(laid_out_differing(&native.maps, &portable.maps), 0);
    laid_out_free(&photo);
    laid_out_free(&native);
    laid_out_free(&portable);
}
END_TEST

/* An OpenCV that fails, and one that calculates as none that is known. */
START_TEST(failures_are_passed_on)
{
    static const struct {
        cvh_shim_result answer;
        cvh_status status;
        const char *said;
    } cases[] = {
        {CVH_SHIM_MEMORY, CVH_ERR_MEMORY, "cv::warpAffine ran out of memory: as it was told"},
        {CVH_SHIM_OPENCV, CVH_ERR_OPENCV, "cv::warpAffine: as it was told"},
        {CVH_SHIM_ABSENT, CVH_ERR_OPENCV, "cv::warpAffine: as it was told"},
    };
    laid_out photo = laid_out_new(LAYOUT_PACKED, 3, 9, 9, CVH_8U);
    guarded_maps input = guarded_new(3, 9, 9, CVH_8U);
    install(kinds[0]);
    for (int i = 0; i < 3; i++)
        for (int native = 0; native < 2; native++) {
            answer = cases[i].answer;
            cvh_warp_fn warp = native ? cvh_warp_native : cvh_warp;
            ck_assert_int_eq(warp(&photo.maps, &input.maps, &matrices[0], 0), cases[i].status);
            ck_assert_str_eq(cvh_last_error(), cases[i].said);
        }
    answer = CVH_SHIM_OK;
    spoiled = 1;
    ck_assert_int_eq(cvh_warp_native(&photo.maps, &input.maps, &matrices[0], 0), CVH_ERR_OPENCV);
    ck_assert_msg(strstr(cvh_last_error(), "in a way that cvh_warp_native does not know"), "%s", cvh_last_error());
    ck_assert(guarded_untouched(&input));
    guarded_free(&input);
    laid_out_free(&photo);
}
END_TEST

/* The second picture, which doubles in pairs are asked by, is warped in another way or not at all. */
START_TEST(failures_with_doubles)
{
    laid_out photo = laid_out_new(LAYOUT_PACKED, 3, 9, 9, CVH_64F);
    guarded_maps input = guarded_new(3, 9, 9, CVH_64F);
    install(kinds[2]);
    of_doubles = true;
    answer = CVH_SHIM_MEMORY;
    ck_assert_int_eq(cvh_warp_native(&photo.maps, &input.maps, &matrices[0], 0), CVH_ERR_MEMORY);
    answer = CVH_SHIM_OK;
    spoiled = 1;
    ck_assert_int_eq(cvh_warp_native(&photo.maps, &input.maps, &matrices[0], 0), CVH_ERR_OPENCV);
    ck_assert_msg(strstr(cvh_last_error(), "in a way that cvh_warp_native does not know"), "%s", cvh_last_error());
    ck_assert(guarded_untouched(&input));
    guarded_free(&input);
    laid_out_free(&photo);
}
END_TEST

START_TEST(refused)
{
    guarded_maps photo = guarded_new(3, 9, 9, CVH_16U), input = guarded_new(3, 9, 9, CVH_16U);
    static unsigned char many[513];
    install(kinds[0]);
    for (int native = 0; native < 2; native++) {
        cvh_warp_fn warp = native ? cvh_warp_native : cvh_warp;
        cvh_maps other = input.maps, channels = cvh_maps_view(many, 513, 1, 1, CVH_8U);
        other.count = 2;
        assert_refused("channels", warp(&photo.maps, &other, &matrices[0], 0), "input has 2 channels of depth 2");
        other = input.maps;
        other.depth = CVH_16S;
        assert_refused("depth", warp(&photo.maps, &other, &matrices[0], 0), "input has 3 channels of depth 3");
        other = input.maps;
        other.scale = 2;
        assert_refused("scale", warp(&photo.maps, &other, &matrices[0], 0), "input: scale is 2 and zero 0");
        other = input.maps;
        other.zero = 1;
        assert_refused("zero", warp(&photo.maps, &other, &matrices[0], 0), "input: scale is 1 and zero 1");
        assert_refused("channels", warp(&channels, &input.maps, &matrices[0], 0), "photo: count is 513");
        assert_refused("channels", warp(&photo.maps, &channels, &matrices[0], 0), "input: count is 513");
        assert_refused("memory", warp(&photo.maps, &photo.maps, &matrices[0], 0), "input overlaps photo");
        assert_refused("NULL", warp(NULL, &input.maps, &matrices[0], 0), "photo is NULL");
        assert_refused("NULL", warp(&photo.maps, NULL, &matrices[0], 0), "input is NULL");
        assert_refused("NULL", warp(&photo.maps, &input.maps, NULL, 0), "to_input is NULL");
        assert_refused("outside", warp(&photo.maps, &input.maps, &matrices[0], (double)NAN), "outside is nan");
    }
    ck_assert(guarded_untouched(&input) && guarded_untouched(&photo));
    guarded_free(&photo);
    guarded_free(&input);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------- by hand */

static double at_or_outside(const cvh_maps *photo, int map, int row, int col, double outside)
{
    bool there = row >= 0 && row < photo->rows && col >= 0 && col < photo->cols;
    return there ? sample(photo, map, row, col) : outside;
}

/* In double: exact where the matrix has few bits, as whole samples are. */
static double mean_at(const cvh_maps *photo, int map, double x, double y, double outside)
{
    if (!(fabs(x) < 1e6 && fabs(y) < 1e6)) return outside;
    int col = (int)floor(x), row = (int)floor(y);
    double u = x - col, v = y - row;
    return (1 - v)
               * ((1 - u) * at_or_outside(photo, map, row, col, outside) + u * at_or_outside(photo, map, row, col + 1, outside))
           + v
                 * ((1 - u) * at_or_outside(photo, map, row + 1, col, outside)
                    + u * at_or_outside(photo, map, row + 1, col + 1, outside));
}

static const cvh_affine easy[] = {
    {1, 0, 0.5, 0, 1, 0.25},       {0.5, 0.25, -3, -0.25, 0.5, 2.125}, {2, 0, -9.5, 0, 2, -7.5},
    {1, 0, 4294967296.0, 0, 1, 0}, {1, 0, 0, 0, 1, -4294967296.0},     {-1, 0, 20, 0, -1, 15},
};

/* Matrices of few bits: no arithmetic rounds before the last step, so that every kind gives the exact mean. */
START_TEST(easy_numbers_are_exact)
{
    random_state random = random_start(90);
    static const cvh_depth has[] = {CVH_8U, CVH_16U, CVH_32F};
    for (int i = 0; i < 3 * 6; i++) {
        const cvh_affine *m = &easy[i / 3];
        laid_out photo = laid_out_new(LAYOUT_PACKED, 3, 13, 17, has[i % 3]);
        fill(&photo.maps, &random);
        for (int k = 0; has[i % 3] == CVH_32F && k < 3 * 13 * 17; k++) ((float *)photo.maps.data)[k] = (float)(k * 37 % 256);
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            if (!kinds[k].by_float) continue;
            laid_out input = laid_out_new(LAYOUT_PACKED, 3, 19, 43, has[i % 3]);
            const cvh_warp_job job = {photo.maps, input.maps, *m, 41};
            cvh_warp_float(&job, &kinds[k]);
            for (int row = 0; row < 19; row++)
                for (int col = 0; col < 43; col++) {
                    double x = m->xx * col + m->xy * row + m->x0, y = m->yx * col + m->yy * row + m->y0;
                    double mean = mean_at(&photo.maps, 1, x, y, 41);
                    double expected = has[i % 3] == CVH_32F ? mean : rint(mean), actual = sample(&input.maps, 1, row, col);
                    ck_assert_msg(actual == expected, "kind %d, matrix %d, depth %d, row %d, column %d: %g, not %g", (int)k,
                                  i / 3, (int)has[i % 3], row, col, actual, expected);
                }
            laid_out_free(&input);
        }
        laid_out_free(&photo);
    }
}
END_TEST

/* 1/32 between 1 + e and -31 the products cancel: fused, 31/32 e is left; else the first is rounded, and e is left. */
START_TEST(fused_products_are_not_rounded)
{
    float singles[2] = {1 + FLT_EPSILON, -31}, single = 0;
    double doubles[2] = {1 + DBL_EPSILON, -31}, real = 0;
    cvh_warp_job job = {.to_photo = {1, 0, 1 / 32.0, 0, 1, 0}};
    for (int fused = 0; fused < 2; fused++) {
        const cvh_warp_kind kind = {.fused = fused};
        job.photo = cvh_maps_view(singles, 1, 1, 2, CVH_32F);
        job.input = cvh_maps_view(&single, 1, 1, 1, CVH_32F);
        job.photo.col_step = sizeof(float);
        cvh_warp_fixed(&job, &kind);
        ck_assert_double_eq((double)single, fused ? 31 / 32.0 * (double)FLT_EPSILON : (double)FLT_EPSILON);
        job.photo = cvh_maps_view(doubles, 1, 1, 2, CVH_64F);
        job.input = cvh_maps_view(&real, 1, 1, 1, CVH_64F);
        job.photo.col_step = sizeof(double);
        cvh_warp_fixed(&job, &kind);
        ck_assert_double_eq(real, fused ? 31 / 32.0 * DBL_EPSILON : DBL_EPSILON);
    }
}
END_TEST

/* Numbers whose products do not fit a float: a mean, and the place of column 3 within a block and among those left over. */
START_TEST(floats_are_rounded_where_opencv_rounds)
{
    const double e = (double)FLT_EPSILON;
    float ramp[2] = {0, 1}, cancel[2] = {-3 / 64.0F, 1 - 3 / 64.0F + FLT_EPSILON}, to[8] = {0};
    cvh_maps photo = cvh_maps_view(ramp, 1, 1, 2, CVH_32F), input = cvh_maps_view(to, 1, 1, 8, CVH_32F);
    photo.col_step = input.col_step = sizeof(float);
    for (int fused = 0; fused < 2; fused++) {
        const cvh_warp_kind kind = {.by_float = true, .fused = fused, .block = 8};
        cvh_warp_job job = {photo, input, {1 + e, 0, -3, 0, 1, 0}, 0};
        cvh_warp_float(&job, &kind);
        ck_assert_double_eq((double)to[3], fused ? 3 * e : 4 * e);
        job.input.cols = 7;
        cvh_warp_float(&job, &kind);
        ck_assert_double_eq((double)to[3], 4 * e);
        job.photo.data = cancel;
        job.input.cols = 1;
        job.to_photo = (cvh_affine){1, 0, 3 / 64.0, 0, 1, 0};
        cvh_warp_float(&job, &kind);
        ck_assert_double_eq((double)to[0], fused ? 3 / 64.0 * e : 4 / 64.0 * e);
    }
}
END_TEST

/* Whole samples at 32nds: the exact mean, rounded half to even, at both ends of the range too. */
START_TEST(sixteen_bits_fused_or_not)
{
    random_state random = random_start(91);
    static const cvh_affine between = {1, 0, -1.40625, 0, 1, -2.21875};
    for (int i = 0; i < 2 * 2 * 4; i++) {
        const cvh_depth depth = i % 2 ? CVH_16S : CVH_16U;
        const cvh_warp_kind kind = {.fused = i / 2 % 2};
        const double ends[] = {depth == CVH_16S ? -32768 : 0, depth == CVH_16S ? 32767 : 65535};
        laid_out photo = laid_out_new(LAYOUT_PACKED, 2, 13, 17, depth), input = laid_out_new(LAYOUT_PACKED, 2, 17, 23, depth);
        fill(&photo.maps, &random);
        if (i >= 8) memset(photo.maps.data, i >= 12 ? 0xFF : 0, 2 * 13 * 17 * 2);
        const cvh_warp_job job = {photo.maps, input.maps, between, ends[i / 4 % 2]};
        cvh_warp_fixed(&job, &kind);
        for (int row = 0; row < 17; row++)
            for (int col = 0; col < 23; col++) {
                double mean = mean_at(&photo.maps, 1, col + between.x0, row + between.y0, job.outside);
                double actual = sample(&input.maps, 1, row, col);
                ck_assert_msg(fabs(actual - mean) <= 0.5 + 1.0 / 64, "case %d, row %d, column %d: %g, not %g", i, row, col,
                              actual, mean);
            }
        laid_out_free(&photo);
        laid_out_free(&input);
    }
}
END_TEST

/* -------------------------------------------------------------------------------------------------------------- places */

/* A term beyond 32 bits: the least int, or what is left of the low bits of one of 64. */
START_TEST(terms_beyond_32_bits)
{
    static const struct {
        double term; /* in 1024ths */
        int32_t cut, wrapped;
    } cases[] = {
        {5, 5, 5},
        {-2147483648.0, INT32_MIN, INT32_MIN},
        {2147483647.0, INT32_MAX, INT32_MAX},
        {2147483648.0, INT32_MIN, INT32_MIN},
        {4294967296.0 + 5, INT32_MIN, 5},
        {-4294967296.0 - 5, INT32_MIN, -5},
        {0x1p62, INT32_MIN, 0},
        {0x1p63, INT32_MIN, -1},
        {-0x1p63, INT32_MIN, 0},
        {-0x1p70, INT32_MIN, 0},
    };
    static cvh_places places;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int wraps = 0; wraps < 2; wraps++) {
            const cvh_affine to_photo = {.xx = cases[i].term / 1024, .yx = 1};
            cvh_places_start(&places, &to_photo, wraps, 1, 1);
            ck_assert_msg(places.along_x[0] == (wraps ? cases[i].wrapped : cases[i].cut), "%g: %d", cases[i].term,
                          (int)places.along_x[0]);
            ck_assert_int_eq(places.along_y[0], 1024);
        }
}
END_TEST

/* Coordinates are in order along a row where no term is near 2^31 / 4, so that no sum of them wraps. */
START_TEST(rows_in_order)
{
    static const double far = 1e6; /* pixels */
    static const struct {
        cvh_affine to_photo;
        int first;
        bool ordered;
    } cases[] = {
        {{1, 0, 0, 0, 1, 0}, 0, true},       {{1, 0, far, 0, 1, 0}, 0, false},    {{1, 0, -far, 0, 1, 0}, 0, false},
        {{1, 0, 0, 0, 1, far}, 0, false},    {{1, 0, 0, 0, 1, -far}, 0, false},   {{far, 0, 0, 0, 1, 0}, 0, false},
        {{-far, 0, 0, 0, 1, 0}, 0, false},   {{1, 0, 0, far, 1, 0}, 0, false},    {{1, 0, 0, -far, 1, 0}, 0, false},
        {{far, 0, 0, 0, 1, 0}, 256, false},  {{-far, 0, 0, 0, 1, 0}, 256, false}, {{1, 0, 0, far, 1, 0}, 256, false},
        {{1, 0, 0, -far, 1, 0}, 256, false}, {{2, 0.5, 9, 0.5, 2, 7}, 256, true},
    };
    static cvh_places places;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int wraps = 0; wraps < 2; wraps++) {
            cvh_places_start(&places, &cases[i].to_photo, wraps, cases[i].first, 8);
            cvh_places_row(&places, &cases[i].to_photo, 0);
            ck_assert_msg(places.ordered == (cases[i].ordered && !wraps), "case %d, wraps %d", (int)i, wraps);
        }
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- the quick ways */

/* Transposed pictures are warped sample by sample; the quick ways through the same picture give the same bytes. */
static void quick_as_slow(int channels, int rows, int cols, const cvh_affine *m, layout from, const cvh_maps *quick)
{
    random_state random = random_start(92), same = random;
    laid_out photo = laid_out_new(from, channels, rows, cols, CVH_8U);
    laid_out slow = laid_out_new(LAYOUT_TRANSPOSED, channels, rows, cols, CVH_8U);
    laid_out expected = laid_out_new(LAYOUT_TRANSPOSED, channels, quick->rows, quick->cols, CVH_8U);
    cvh_warp_job job;
    fill(&photo.maps, &random);
    fill(&slow.maps, &same);
    ck_assert_msg(!cvh_warp_check(&photo.maps, quick, m, 9, &job), "%s", cvh_last_error());
    ck_assert_int_eq(cvh_warp_as(&job, CVH_ARITHMETIC_PORTABLE), CVH_OK);
    ck_assert_int_eq(cvh_warp_check(&slow.maps, &expected.maps, m, 9, &job), CVH_OK);
    ck_assert_int_eq(cvh_warp_as(&job, CVH_ARITHMETIC_PORTABLE), CVH_OK);
    int differing = laid_out_differing(&expected.maps, quick);
    ck_assert_msg(!differing, "%d channels, [%g %g; %g %g]: %d samples differ", channels, m->xx, m->xy, m->yx, m->yy,
                  differing);
    laid_out_free(&photo);
    laid_out_free(&slow);
    laid_out_free(&expected);
}

START_TEST(the_quick_ways)
{
    static const cvh_affine ways[] = {
        {1.1, 0, 3, 0, 1.2, 1}, {1.1, 0.2, 3, 0, 1.2, 1}, {1.1, 0, 3, 0.2, 1.2, 1}, {1.1, 0.3, 3, -0.3, 1.1, 9}};
    enum { ROWS = 30, COLS = 41 };
    static unsigned char thirds[3 * 3 * ROWS * COLS];
    cvh_maps apart = cvh_maps_view(thirds, 3, ROWS, COLS, CVH_8U); /* planes of every third byte, no pixels */
    apart.col_step = 3;
    apart.row_step = 3 * COLS;
    apart.map_step = 3 * COLS * ROWS;
    for (int i = 0; i < 4; i++)
        for (int k = 0; k <= LAYOUTS; k++) {
            laid_out input = laid_out_new(k < LAYOUTS ? (layout)k : LAYOUT_PACKED, 3, ROWS, COLS, CVH_8U);
            quick_as_slow(3, 37, 43, &ways[i], LAYOUT_INTERLEAVED, k < LAYOUTS ? &input.maps : &apart);
            quick_as_slow(3, 37, 43, &ways[i], LAYOUT_PACKED, k < LAYOUTS ? &input.maps : &apart);
            ck_assert(laid_out_gaps_intact(&input));
            laid_out_free(&input);
        }
}
END_TEST

/* A row that spans more samples than are mixed at once. */
START_TEST(a_wide_photograph_made_small)
{
    static const cvh_affine small = {0.005, 0, 0, 0, 1, 0.5};
    laid_out input = laid_out_new(LAYOUT_PACKED, 1, 5, 60, CVH_8U);
    quick_as_slow(1, 6, 9000, &small, LAYOUT_PACKED, &input.maps);
    laid_out_free(&input);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("warp_kinds");
    TCase *tcase = tcase_create("warp_kinds");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, every_kind_is_recognised, 0, (int)(sizeof kinds / sizeof *kinds));
    tcase_add_test(tcase, without_opencv);
    tcase_add_test(tcase, failures_are_passed_on);
    tcase_add_test(tcase, failures_with_doubles);
    tcase_add_test(tcase, refused);
    tcase_add_test(tcase, easy_numbers_are_exact);
    tcase_add_test(tcase, fused_products_are_not_rounded);
    tcase_add_test(tcase, floats_are_rounded_where_opencv_rounds);
    tcase_add_test(tcase, sixteen_bits_fused_or_not);
    tcase_add_test(tcase, terms_beyond_32_bits);
    tcase_add_test(tcase, rows_in_order);
    tcase_add_test(tcase, the_quick_ways);
    tcase_add_test(tcase, a_wide_photograph_made_small);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
