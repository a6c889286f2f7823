/* SPDX-License-Identifier: Apache-2.0
 * What the header promises to allocate nothing: patch, encode by patch, draw, erase, decode, compare and convert, for windows
 * up to 1024 wide and high. The program's malloc is counted while a call runs; wider windows allocate, and give everything
 * back. */
#include <stdlib.h>

#if defined(__has_feature)
#  if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#    define OWN_ALLOCATOR 1
#  endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#  define OWN_ALLOCATOR 1
#endif

#include "support/support.h"

#ifdef OWN_ALLOCATOR

int main(void)
{
    return TEST_SKIPPED; /* a sanitizer's malloc, or a C library without __libc_malloc: nothing can be counted */
}

#else

/* ----------------------------------------------------------------------------------------------------- the counted malloc */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

static bool counting;
static long asked, given_back;

void *malloc(size_t size)
{
    asked += counting;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    asked += counting;
    return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    asked += counting;
    return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    asked += counting;
    return __libc_memalign(alignment, size);
}

void free(void *block)
{
    given_back += counting && block;
    __libc_free(block);
}

/* --------------------------------------------------------------------------------------------------------------- the calls */

typedef struct call {
    cvh_maps maps, other;
    cvh_keypoint points[4];
    cvh_convention convention;
    float weights[4];
    cvh_peak peaks[1];
} call;

typedef cvh_status (*call_fn)(call *);

static cvh_status patch(call *c)
{
    return cvh_patch(&c->maps, c->points, 4, &c->convention);
}

static cvh_status encode(call *c)
{
    return cvh_encode(&c->maps, c->points, 4, &c->convention, c->weights);
}

static cvh_status draw(call *c)
{
    return cvh_draw(&c->maps, c->points, 4, &c->convention);
}

static cvh_status erase(call *c)
{
    return cvh_erase(&c->maps, c->points, 4, &c->convention);
}

static cvh_status decode(call *c)
{
    return cvh_decode(&c->maps, &c->convention, c->peaks);
}

static cvh_status compare(call *c)
{
    cvh_report report;
    return cvh_compare(&c->maps, &c->other, NULL, &report);
}

static cvh_status convert(call *c)
{
    cvh_maps halves = cvh_maps_view(c->other.data, 1, c->other.rows, c->other.cols, CVH_16F);
    return cvh_convert(&c->maps, &halves);
}

static const struct {
    const char *name;
    call_fn function;
} calls[] = {{"patch", patch},   {"encode", encode},   {"draw", draw},      {"erase", erase},
             {"decode", decode}, {"compare", compare}, {"convert", convert}};

enum { DRAWING = 4, CALLS = sizeof calls / sizeof *calls };

static void make_call(call *made, int rows, int cols, cvh_depth depth)
{
    size_t bytes = (size_t)rows * (size_t)cols * sizeof(double);
    *made = (call){.points = {{.x = cols / 2, .y = rows / 2},
                              {.x = 0, .y = 0},
                              {.x = cols - 1, .y = rows - 1},
                              {.x = cols / 3 + 0.25, .y = rows / 3 + 0.25}}};
    made->maps = cvh_maps_view(calloc(1, bytes), 1, rows, cols, depth);
    made->other = cvh_maps_view(calloc(1, bytes), 1, rows, cols, depth);
    ck_assert(made->maps.data && made->other.data);
}

static void free_call(call *made)
{
    free(made->maps.data);
    free(made->other.data);
}

static void count(const char *name, call_fn function, call *made)
{
    asked = given_back = 0;
    counting = true;
    cvh_status status = function(made);
    counting = false;
    ck_assert_msg(status == CVH_OK, "%s: %s", name, cvh_last_error());
    ck_assert_msg(asked == given_back, "%s: %ld blocks asked for, %ld given back", name, asked, given_back);
}

/* Every way to draw that the rules let through, by number. */
static cvh_convention convention_of(int number, double ksize, bool one_a_map)
{
    cvh_convention made = {.gaussian = {.sigma_x = ksize / 6, .ksize_x = ksize}};
    made.norm = (cvh_norm)(number % (CVH_NORM_SUM + 1));
    if (made.norm == CVH_NORM_CENTRE || (one_a_map && made.norm == CVH_NORM_MAX)) made.norm = CVH_NORM_NONE;
    made.border = (cvh_border)(number / 5 % (CVH_BORDER_REFLECT_101 + 1));
    made.overlap = (cvh_overlap)(number % (CVH_OVERLAP_ADD_CLAMP + 1));
    if (made.border == CVH_BORDER_METHOD && made.norm != CVH_NORM_KERNEL && number % 3 == 0) made.centre = CVH_CENTRE_SUBPIXEL;
    return made;
}

enum { CONVENTIONS = 25 };

static const struct {
    int rows, cols;
    double ksize_x, ksize_y;
} narrow[] = {{64, 48, 15, 0},    {5, 1024, 2047, 9}, {1024, 5, 9, 2047}, {3, 3000, 1023, 5},
              {3000, 3, 5, 1023}, {1, 1, 32767, 0},   {40, 1024, 1023, 3}};

START_TEST(narrow_windows_allocate_nothing)
{
    for (size_t i = 0; i < sizeof narrow / sizeof *narrow; i++) {
        call made;
        make_call(&made, narrow[i].rows, narrow[i].cols, _i ? CVH_64F : CVH_32F);
        for (int which = 0; which < CALLS; which++)
            for (int number = 0; number < (which < DRAWING ? CONVENTIONS : 1); number++) {
                bool draws = calls[which].function == draw || calls[which].function == erase;
                made.convention = convention_of(number, narrow[i].ksize_x, draws);
                made.convention.gaussian.ksize_y = narrow[i].ksize_y;
                count(calls[which].name, calls[which].function, &made);
                ck_assert_msg(asked == 0, "%s, %dx%d, ksize %g, convention %d: %ld allocations", calls[which].name,
                              narrow[i].rows, narrow[i].cols, narrow[i].ksize_x, number, asked);
            }
        free_call(&made);
    }
}
END_TEST

/* The whole map as a window, up to 1024, and each keypoint's own Gaussian. */
START_TEST(other_shapes_allocate_nothing)
{
    static const cvh_gaussian own = {.sigma_x = 3};
    call made;
    make_call(&made, 30, 1024, _i ? CVH_64F : CVH_32F);
    made.points[1].gaussian = &own;
    for (int which = 0; which < DRAWING; which++)
        for (int snap = 0; snap <= CVH_SNAP_NONE; snap++) {
            made.convention = (cvh_convention){.snap = (cvh_snap)snap,
                                               .gaussian = {.sigma_x = 40, .ksize_x = CVH_WHOLE_MAP},
                                               .max_exponent = snap % 2 ? 3 : 0};
            count(calls[which].name, calls[which].function, &made);
            ck_assert_msg(asked == 0, "%s, snap %d: %ld allocations", calls[which].name, snap, asked);
        }
    free_call(&made);
}
END_TEST

/* A photograph of any depth into a crop: warped, turned or not, and resized. */
START_TEST(crops_allocate_nothing)
{
    static double photo[3 * 300 * 700], input[3 * 300 * 600];
    static const int partner[3] = {1, 0, 2};
    static const cvh_depth depths[] = {CVH_8U, CVH_16U, CVH_16S, CVH_32F, CVH_64F};
    for (int name = 0; cvh_crop_name(name); name++)
        for (int d = 0; d < 5; d++) {
            cvh_crop_rule rule;
            cvh_crop crop;
            ck_assert_int_eq(cvh_crop_find(cvh_crop_name(name), &rule), CVH_OK);
            if (d > 0 && rule.family >= CVH_CROP_LETTERBOX) continue;
            asked = 0;
            counting = true;
            cvh_status status = cvh_crop_fit(&rule, NULL, 300, 700, 300, 500, 0, &crop);
            cvh_maps from = cvh_maps_interleaved(photo, 3, 300, 700, depths[d], 0);
            cvh_maps to = cvh_maps_view(input, 3, crop.input_rows, crop.input_cols, depths[d]);
            if (crop.input_rows * crop.input_cols > 300 * 600) to.count = from.count = 1;
            bool fits = crop.input_rows * crop.input_cols <= 3 * 300 * 600;
            if (!status && fits) status = cvh_crop_image(&crop, &from, &to);
            crop.to_input.xy = 0.1;
            if (!status && fits) status = cvh_crop_image(&crop, &from, &to);
            counting = false;
            ck_assert_msg(!status, "%s: %s", cvh_crop_name(name), cvh_last_error());
            ck_assert_msg(asked == 0, "%s, depth %d: %ld allocations", cvh_crop_name(name), (int)depths[d], asked);
        }
    cvh_maps maps = cvh_maps_view(photo, 3, 200, 300, CVH_64F), flipped = cvh_maps_view(input, 3, 200, 300, CVH_64F);
    counting = true;
    cvh_status status = cvh_flip_merge(&maps, &flipped, partner, CVH_FLIP_SHIFT, &maps);
    counting = false;
    ck_assert_int_eq(status, CVH_OK);
    ck_assert_int_eq(asked, 0);
}
END_TEST

/* SimCC's vectors of any length and width, and discs and offsets of any size. */
START_TEST(vectors_and_offsets_allocate_nothing)
{
    enum { BINS = 5000, ROWS = 60, COLS = 90 };
    static double memory[4][2 * BINS];
    static const cvh_keypoint points[] = {{.x = 30, .y = 40.3}, {.x = 11.7, .y = 2, .map = 1}};
    static const cvh_refine refines[] = {CVH_REFINE_FIT, CVH_REFINE_NONE, CVH_REFINE_DARK};
    cvh_peak peaks[64];
    size_t count;
    cvh_status status = CVH_OK;
    cvh_maps maps = cvh_maps_view(memory[0], 1, ROWS, COLS, CVH_64F), dx = cvh_maps_view(memory[1], 1, ROWS, COLS, CVH_64F);
    cvh_maps dy = cvh_maps_view(memory[2], 1, ROWS, COLS, CVH_32F);
    asked = 0;
    counting = true;
    for (int i = 0; i < 12 && !status; i++) {
        cvh_depth depth = i % 2 ? CVH_64F : CVH_32F;
        cvh_maps x = cvh_maps_view(memory[0], 2, 1, i < 6 ? BINS : 300, depth), y = cvh_maps_view(memory[1], 2, 1, 200, depth);
        cvh_simcc simcc = {.sigma_x = i % 5 ? 4.9 : 19, .whole_bins = i % 3 == 0, .refine = refines[i % 3], .beta = i % 4};
        status = cvh_simcc_encode(&x, &y, points, 2, &simcc, NULL);
        if (!status) status = cvh_simcc_decode(&x, &y, &simcc, peaks);
    }
    for (int i = 0; i < 6 && !status; i++) {
        cvh_convention convention = {
            .gaussian = {.sigma_x = 2},
            .offsets = {.disc = i % 2 ? 9 : 0, .area = (cvh_offset_area)(i % 2 ? i / 2 : 2), .blur_ksize = 7}};
        status = cvh_encode_offsets(&maps, &dx, &dy, points, 1, &convention, NULL);
        if (!status) status = cvh_decode_offsets(&maps, &dx, &dy, &convention, peaks);
        convention.decoder = &(cvh_decoder){.max_peaks = 64};
        if (!status) status = cvh_find_peaks_offsets(&maps, &dx, &dy, &convention, peaks, 64, &count);
    }
    counting = false;
    ck_assert_msg(!status, "%s", cvh_last_error());
    ck_assert_msg(asked == 0, "%ld allocations", asked);
}
END_TEST

/* A failing call formats its message and allocates nothing either. */
START_TEST(refusals_allocate_nothing)
{
    call made;
    make_call(&made, 8, 8, CVH_32F);
    made.convention.gaussian.ksize_x = 4;
    asked = 0;
    counting = true;
    cvh_status status = patch(&made);
    counting = false;
    ck_assert_int_eq(status, CVH_ERR_ARGUMENT);
    ck_assert_int_eq(asked, 0);
    free_call(&made);
}
END_TEST

START_TEST(wide_windows_give_back_what_they_take)
{
    for (int number = 0; number < CONVENTIONS; number++) {
        call made;
        make_call(&made, 3, 2500, _i ? CVH_64F : CVH_32F);
        for (int which = 0; which < DRAWING; which++) {
            bool draws = calls[which].function == draw || calls[which].function == erase;
            made.convention = convention_of(number, 1501, draws);
            made.convention.gaussian.ksize_y = 5;
            count(calls[which].name, calls[which].function, &made);
            bool asks = calls[which].function != erase; /* zeros need no room */
            ck_assert_msg((asked > 0) == asks, "%s: %ld were counted", calls[which].name, asked);
        }
        free_call(&made);
    }
}
END_TEST

/* What counts is the window clipped to its map: at an edge, 751 of these 1501 columns are left. */
START_TEST(wide_windows_clipped_at_an_edge_allocate_nothing)
{
    call made;
    make_call(&made, 3, 2500, _i ? CVH_64F : CVH_32F);
    for (size_t i = 0; i < sizeof made.points / sizeof *made.points; i++) made.points[i].x = i % 2 ? 2499 : 0;
    for (int which = 0; which < DRAWING; which++) {
        bool draws = calls[which].function == draw || calls[which].function == erase;
        made.convention = convention_of(0, 1501, draws);
        made.convention.gaussian.ksize_y = 5;
        count(calls[which].name, calls[which].function, &made);
        ck_assert_msg(asked == 0, "%s: %ld allocations", calls[which].name, asked);
    }
    free_call(&made);
}
END_TEST

/* A window beyond the stack's width against OpenCV, by the blur. Only a constant border shows each window one copy here, so
 * that OpenCV's fused and plain code agree. */
START_TEST(wide_windows_have_the_right_bits)
{
    for (int x = 0; x < 1200; x += 111) {
        call made;
        make_call(&made, 3, 1200, _i ? CVH_64F : CVH_32F);
        made.convention = (cvh_convention){.gaussian = {.sigma_x = 200, .ksize_x = 1101, .ksize_y = 3},
                                           .border = CVH_BORDER_CONSTANT,
                                           .norm = CVH_NORM_KERNEL};
        made.points[0].x = x;
        ck_assert_int_eq(cvh_patch(&made.maps, made.points, 1, &made.convention), CVH_OK);
        ck_assert_int_eq(cvh_blur(&made.other, made.points, 1, &made.convention), CVH_OK);
        assert_maps_agree("wide", &made.other, &made.maps, NULL);
        free_call(&made);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("allocation");
    TCase *tcase = tcase_create("allocation");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, narrow_windows_allocate_nothing, 0, 2);
    tcase_add_loop_test(tcase, other_shapes_allocate_nothing, 0, 2);
    tcase_add_test(tcase, crops_allocate_nothing);
    tcase_add_test(tcase, vectors_and_offsets_allocate_nothing);
    tcase_add_test(tcase, refusals_allocate_nothing);
    tcase_add_loop_test(tcase, wide_windows_give_back_what_they_take, 0, 2);
    tcase_add_loop_test(tcase, wide_windows_clipped_at_an_edge_allocate_nothing, 0, 2);
    tcase_add_loop_test(tcase, wide_windows_have_the_right_bits, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}

#endif
