/* SPDX-License-Identifier: Apache-2.0
 * What a patch shows of a keypoint's copies beyond the edges, on small maps, exhaustively. The oracle walks cv::BorderTypes
 * step by step and sums as the header of painter.h tells: along x with k ascending, along y from the centre outwards in pairs,
 * each product and each sum rounded, or fused where the kind of sums says so. It needs no OpenCV, so the bits of
 * CVH_ARITHMETIC_PORTABLE, and of every OpenCV that is known, are pinned on every machine. */
#include <math.h>
#include <stdlib.h>

#include "base/border.h"
#include "encode/painter.h"
#include "support/support.h"

enum { LONGEST = 13, WIDEST = 41 };

/* Where the extended coordinate q lies on a line of `length`; -1: beyond a constant border. */
static int extended(cvh_border border, int length, int q)
{
    while (q < 0 || q >= length) {
        if (border == CVH_BORDER_CONSTANT) return -1;
        if (border == CVH_BORDER_REPLICATE) return q < 0 ? 0 : length - 1;
        if (border == CVH_BORDER_REFLECT)
            q = q < 0 ? -1 - q : 2 * length - 1 - q;
        else if (length == 1)
            q = 0;
        else
            q = q < 0 ? -q : 2 * length - 2 - q;
    }
    return q;
}

/* Arithmetic in the depth, carried in doubles: a product or sum of two floats is exact enough there that rounding it to float
 * once more is the float operation. */
static double rounded(cvh_depth depth, double value)
{
    return depth == CVH_32F ? (double)(float)value : value;
}

static double times(cvh_depth depth, double a, double b)
{
    return rounded(depth, a * b);
}

static double plus(cvh_depth depth, double a, double b)
{
    return rounded(depth, a + b);
}

static double multiply_add(cvh_depth depth, bool fused, double a, double b, double c)
{
    if (!fused) return plus(depth, times(depth, a, b), c);
    return depth == CVH_32F ? (double)fmaf((float)a, (float)b, (float)c) : fma(a, b, c);
}

typedef struct line {
    cvh_depth depth;
    cvh_sums sums;
    cvh_border border;
    int length, lit, radius;
    double taps[WIDEST]; /* taps[radius] is the centre */
} line;

static line line_of(cvh_depth depth, cvh_sums sums, cvh_border border, int length, int lit, int ksize, double sigma)
{
    line made = {.depth = depth, .sums = sums, .border = border, .length = length, .lit = lit, .radius = ksize / 2};
    if (length == 1 && border != CVH_BORDER_CONSTANT) made.radius = 0; /* as cv::GaussianBlur does */
    float taps_32f[WIDEST];
    int taps = 2 * made.radius + 1;
    ck_assert_int_eq(cvh_gaussian_kernel(taps, sigma, depth, depth == CVH_32F ? (void *)taps_32f : (void *)made.taps), CVH_OK);
    for (int i = 0; i < taps && depth == CVH_32F; i++) made.taps[i] = (double)taps_32f[i];
    return made;
}

static bool shows(const line *along, int q)
{
    return extended(along->border, along->length, q) == along->lit;
}

/* What is left over by vectors of eight, or by the loop over two columns of 3 and 5 floats, is plain. */
static bool fused_along_row(const line *along, int x)
{
    if (along->sums != CVH_SUMS_FUSED_VECTORS) return along->sums == CVH_SUMS_FUSED;
    return along->radius <= 2 ? x != along->length - 1 || along->length % 2 == 0 : x < along->length / 8 * 8;
}

static bool fused_along_column(const line *along, int x, int cols)
{
    if (along->sums != CVH_SUMS_FUSED_VECTORS) return along->sums == CVH_SUMS_FUSED;
    return along->radius <= 1 || x < cols / 8 * 8;
}

/* OpenCV's row loops for float kernels of 3 and 5 taps add a pair first; the last pixel of an odd row starts at the centre. */
static double small_row(const line *along, int x, double v)
{
    double s[5], k0 = along->taps[along->radius], k1 = along->taps[along->radius - 1];
    for (int k = -2; k <= 2; k++) s[2 + k] = shows(along, x + k) ? v : 0;
    cvh_depth depth = along->depth;
    bool fused = fused_along_row(along, x);
    double sum = x == along->length - 1 && along->length % 2 == 1
                     ? multiply_add(depth, fused, plus(depth, s[1], s[3]), k1, times(depth, k0, s[2]))
                     : multiply_add(depth, fused, s[2], k0, times(depth, plus(depth, s[1], s[3]), k1));
    return along->radius == 2 ? multiply_add(depth, fused, plus(depth, s[0], s[4]), along->taps[0], sum) : sum;
}

static double row_value(const line *along, int x, double v)
{
    if (along->depth == CVH_32F && (along->radius == 1 || along->radius == 2)) return small_row(along, x, v);
    double sum = 0;
    for (int k = -along->radius; k <= along->radius; k++)
        if (shows(along, x + k))
            sum = multiply_add(along->depth, fused_along_row(along, x), v, along->taps[along->radius + k], sum);
    return sum;
}

static double column_value(const line *along, int y, double row, bool fused)
{
    cvh_depth depth = along->depth;
    double sum = shows(along, y) ? times(depth, row, along->taps[along->radius]) : 0;
    for (int k = 1; k <= along->radius; k++) {
        double pair = plus(depth, shows(along, y + k) ? row : 0, shows(along, y - k) ? row : 0);
        if (pair > 0) sum = multiply_add(depth, fused, pair, along->taps[along->radius + k], sum);
    }
    return sum;
}

typedef struct border_case {
    int rows, cols, x, y;
    cvh_gaussian gaussian;
} border_case;

/* cvh_patch, whose sums may be of any kind, whatever OpenCV is installed. */
static void draw(const cvh_maps *maps, const cvh_keypoint *point, const cvh_convention *convention, cvh_sums sums)
{
    static cvh_painter painter;
    cvh_maps view;
    cvh_shape shape;
    cvh_placer placer;
    cvh_placement placement;
    if (cvh_maps_check("maps", maps, CVH_DEPTHS_DRAWN, &view)
        || cvh_shape_resolve(convention, CVH_METHOD_PATCH, NULL, -1, &shape))
        ck_abort_msg("%s", cvh_last_error());
    cvh_maps_clear(&view, 0, 1);
    cvh_painter_start(&painter, &view, convention);
    painter.sums = sums;
    cvh_painter_take(&painter, &shape);
    cvh_placer_start(&placer, convention, &shape, &view);
    if (cvh_place(&placer, point, &placement) == CVH_FATE_DRAWN) cvh_painter_paint(&painter, 0, &placement);
}

static void check_case(const border_case *each, cvh_border border, cvh_depth depth, cvh_sums sums)
{
    double data[LONGEST * LONGEST] = {0};
    cvh_maps maps = cvh_maps_view(data, 1, each->rows, each->cols, depth);
    cvh_keypoint point = {.x = each->x, .y = each->y};
    cvh_convention convention = {.gaussian = each->gaussian, .border = border, .norm = CVH_NORM_KERNEL};
    if (sums != CVH_SUMS_PLAIN)
        draw(&maps, &point, &convention, sums);
    else if (cvh_patch(&maps, &point, 1, &convention))
        ck_abort_msg("%s", cvh_last_error());
    line row = line_of(depth, sums, border, each->cols, each->x, (int)each->gaussian.ksize_x, each->gaussian.sigma_x);
    line column = line_of(depth, sums, border, each->rows, each->y, (int)each->gaussian.ksize_y, each->gaussian.sigma_y);
    double v = rounded(depth, each->gaussian.peak);
    for (int x = 0; x < each->cols; x++) {
        double across = row_value(&row, x, v);
        bool fused = fused_along_column(&column, x, each->cols);
        for (int y = 0; y < each->rows; y++) {
            double expected = column_value(&column, y, across, fused), actual = sample(&maps, 0, y, x);
            if (expected == actual) continue;
            ck_abort_msg(
                "depth %d, sums %d, border %d, %dx%d, lit x %d y %d, ksize %gx%g: x %d y %d: expected %.17g, actual %.17g",
                (int)depth, (int)sums, (int)border, each->rows, each->cols, each->x, each->y, each->gaussian.ksize_x,
                each->gaussian.ksize_y, x, y, expected, actual);
        }
    }
}

/* Every pixel of every map up to 6x6, and of some longer ones; every window up to more than three times the map. */
static const int lengths[] = {1, 2, 3, 4, 5, 6, 9, LONGEST}, ksizes[] = {1, 3, 5, 7, 9, 21, WIDEST};
enum { LENGTHS = sizeof lengths / sizeof *lengths, KSIZES = sizeof ksizes / sizeof *ksizes };

static void check_every_pixel(int rows, int cols, cvh_border border, cvh_depth depth)
{
    for (int at = 0; at < rows * cols; at++)
        for (int kernel = 0; kernel < KSIZES * KSIZES; kernel++) {
            int ksize_x = ksizes[kernel % KSIZES], ksize_y = ksizes[kernel / KSIZES];
            border_case each = {rows, cols, at % cols, at / cols, {1.7, 2.3, ksize_x, ksize_y, 0.7}};
            check_case(&each, border, depth, CVH_SUMS_PLAIN);
        }
}

START_TEST(every_copy_is_where_opencv_has_it)
{
    cvh_border border = (cvh_border)(CVH_BORDER_CONSTANT + _i % 4);
    cvh_depth depth = _i / 4 ? CVH_64F : CVH_32F;
    for (int i = 0; i < LENGTHS; i++)
        for (int j = 0; j < LENGTHS; j++)
            if (lengths[i] * lengths[j] <= 60 || i == j) check_every_pixel(lengths[i], lengths[j], border, depth);
}
END_TEST

/* Many taps and values: which order of summation was taken shows in few of them. Windows of 3 and 5 above all. */
START_TEST(random_copies)
{
    random_state random = random_start(71);
    cvh_sums sums = (cvh_sums)_i;
    for (int i = 0; i < 20000; i++) {
        border_case each = {.rows = random_int(&random, 1, LONGEST), .cols = random_int(&random, 1, LONGEST)};
        each.x = random_int(&random, 0, each.cols - 1);
        each.y = random_int(&random, 0, each.rows - 1);
        each.gaussian.ksize_x =
            random_int(&random, 0, 1) ? 2 * random_int(&random, 1, 2) + 1 : 2 * random_int(&random, 0, 20) + 1;
        each.gaussian.ksize_y = 2 * random_int(&random, 0, 20) + 1;
        each.gaussian.sigma_x = 0.4 + 4 * random_real(&random);
        each.gaussian.sigma_y = 0.4 + 4 * random_real(&random);
        each.gaussian.peak = exp(10 * random_real(&random) - 5);
        check_case(&each, (cvh_border)random_int(&random, CVH_BORDER_CONSTANT, CVH_BORDER_REFLECT_101),
                   i % 2 && sums != CVH_SUMS_FUSED_VECTORS ? CVH_64F : CVH_32F, sums);
    }
}
END_TEST

/* METHOD clips: as a constant border for pixels of the map, and a keypoint off the map still shows its tail. */
START_TEST(method_clips)
{
    float clipped[9 * 9] = {0}, constant[9 * 9] = {0};
    cvh_maps with_method = cvh_maps_view(clipped, 1, 9, 9, CVH_32F), with_constant = cvh_maps_view(constant, 1, 9, 9, CVH_32F);
    for (int y = -9; y <= 18; y++)
        for (int x = -9; x <= 18; x++) {
            bool on_map = x >= 0 && x < 9 && y >= 0 && y < 9;
            cvh_keypoint point = {.x = x, .y = y};
            cvh_convention convention = {.gaussian = {.sigma_x = 2, .ksize_x = 7}, .norm = CVH_NORM_KERNEL};
            ck_assert_int_eq(cvh_patch(&with_method, &point, 1, &convention), CVH_OK);
            convention.border = CVH_BORDER_CONSTANT;
            ck_assert_int_eq(cvh_patch(&with_constant, &point, 1, &convention), CVH_OK);
            for (int i = 0; i < 81; i++) {
                bool reached = abs(i % 9 - x) <= 3 && abs(i / 9 - y) <= 3;
                ck_assert_msg((clipped[i] > 0) == reached, "x %d y %d: sample %d", x, y, i);
                ck_assert_msg(on_map ? constant[i] == clipped[i] : constant[i] == 0, "x %d y %d: sample %d", x, y, i);
            }
        }
}
END_TEST

/* A constant border holds no copies: only the keypoint itself is met, from either side. */
START_TEST(constant_has_no_copies)
{
    ck_assert_int_eq(cvh_copy_from(CVH_BORDER_CONSTANT, 9, 4, -20), 4);
    ck_assert_int_eq(cvh_copy_from(CVH_BORDER_CONSTANT, 9, 4, 5), CVH_NO_COPY_ABOVE);
    ck_assert_int_eq(cvh_copy_to(CVH_BORDER_CONSTANT, 9, 4, 20), 4);
    ck_assert_int_eq(cvh_copy_to(CVH_BORDER_CONSTANT, 9, 4, 3), CVH_NO_COPY_BELOW);
}
END_TEST

/* With a border that reflects, an impulse's copies carry all of its weight, wherever it lies: the taps sum to 1. */
START_TEST(reflection_keeps_the_sum)
{
    for (int rows = 1; rows <= 6; rows++)
        for (int cols = 1; cols <= 6; cols++) {
            double total[36] = {0}, data[36] = {0};
            for (int at = 0; at < rows * cols; at++) {
                cvh_maps maps = cvh_maps_view(data, 1, rows, cols, CVH_64F);
                cvh_keypoint point = {.x = at % cols, .y = at / cols};
                cvh_convention convention = {
                    .gaussian = {.sigma_x = 2, .ksize_x = 15}, .border = (cvh_border)_i, .norm = CVH_NORM_KERNEL};
                ck_assert_int_eq(cvh_patch(&maps, &point, 1, &convention), CVH_OK);
                for (int i = 0; i < rows * cols; i++) total[i] += data[i];
            }
            /* a constant image stays constant: at each sample, the shares of all pixels sum to 1 */
            for (int i = 0; i < rows * cols; i++)
                ck_assert_msg(fabs(total[i] - 1) < 1e-14, "border %d, %dx%d: sample %d: %.17g", _i, rows, cols, i, total[i]);
        }
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("border");
    TCase *tcase = tcase_create("border");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, every_copy_is_where_opencv_has_it, 0, 8);
    tcase_add_loop_test(tcase, random_copies, CVH_SUMS_PLAIN, CVH_SUMS_UNKNOWN);
    tcase_add_test(tcase, method_clips);
    tcase_add_test(tcase, constant_has_no_copies);
    tcase_add_loop_test(tcase, reflection_keeps_the_sum, CVH_BORDER_REPLICATE, CVH_BORDER_REFLECT_101 + 1);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
