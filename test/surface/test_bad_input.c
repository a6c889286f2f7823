/* SPDX-License-Identifier: Apache-2.0
 * What the drawing, kernel and blur functions refuse. One table a function: each case spoils a valid call, which must then
 * return CVH_ERR_ARGUMENT with a message that names the argument, its value and the range, write nothing and print nothing. */
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/support.h"

#include "support/bad_input.h"

/* ---------------------------------------------------------------------------------------------------------------- a call */

typedef struct outputs {
    guarded_maps maps, dst;
    unsigned char taps[TAPS * sizeof(double)];
} outputs;

static void make_call(call *made, outputs *out)
{
    out->maps = guarded_new(2, ROWS, COLS, CVH_32F);
    out->dst = guarded_new(2, ROWS, COLS, CVH_32F);
    memset(out->taps, 0xA5, sizeof out->taps);
    *made = (call){.maps = out->maps.maps,
                   .dst = out->dst.maps,
                   .convention = {.gaussian = {.sigma_x = 2, .ksize_x = 5}},
                   .points = {{.x = 2, .y = 3}, {.x = 1, .y = 1, .map = 1}, {.x = 3, .y = 3, .map = 1}},
                   .count = POINTS,
                   .gaussian = {.sigma_x = 2, .ksize_x = 5},
                   .ksize = TAPS,
                   .sigma = 2,
                   .depth = CVH_64F,
                   .taps_given = out->taps,
                   .weights = {-1, -1, -1}};
    made->maps_given = &made->maps;
    made->dst_given = &made->dst;
    made->convention_given = &made->convention;
    made->points_given = made->points;
    made->gaussian_given = &made->gaussian;
    made->points[2].gaussian = &made->own;
}

static void spoil(call *made, const spoiled *field)
{
    unsigned char *at = (unsigned char *)made + field->offset;
    int number = (int)(field->kind == INT ? field->value : 0);
    size_t size = field->kind != SIZE ? 0 : field->value >= 0x1p63 ? SIZE_MAX - 7 : (size_t)field->value;
    void *pointer = NULL;
    switch (field->kind) {
    case UNUSED: return;
    case INT: memcpy(at, &number, sizeof number); return;
    case REAL: memcpy(at, &field->value, sizeof field->value); return;
    case SIZE: memcpy(at, &size, sizeof size); return;
    case NOTHING: memcpy(at, &pointer, sizeof pointer); return;
    case SHIFTED:
        memcpy(&pointer, at, sizeof pointer);
        pointer = (unsigned char *)pointer + 1;
        memcpy(at, &pointer, sizeof pointer);
        return;
    }
}

/* Runs the call with stdout and stderr sent to a file; true if it stayed empty. */
static bool silent(call_fn function, call *made, cvh_status *status)
{
    FILE *caught = tmpfile();
    ck_assert_ptr_nonnull(caught);
    fflush(NULL);
    int out = dup(STDOUT_FILENO), err = dup(STDERR_FILENO);
    dup2(fileno(caught), STDOUT_FILENO);
    dup2(fileno(caught), STDERR_FILENO);
    *status = function(made);
    fflush(NULL);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    close(out);
    close(err);
    bool empty = lseek(fileno(caught), 0, SEEK_END) == 0;
    fclose(caught);
    return empty;
}

static bool untouched(const call *made, const outputs *out)
{
    for (size_t i = 0; i < sizeof out->taps; i++)
        if (out->taps[i] != 0xA5) return false;
    for (int i = 0; i < POINTS; i++)
        if (made->weights[i] != -1) return false;
    return guarded_untouched(&out->maps) && guarded_untouched(&out->dst);
}

static bool message_holds_value(const bad_case *each)
{
    char text[2][64] = {"", ""};
    const spoiled *field = &each->fields[0];
    if (each->value) return strstr(cvh_last_error(), each->value) != NULL;
    switch (field->kind) {
    case INT: snprintf(text[0], sizeof *text, " is %d", (int)field->value); break;
    case SIZE: snprintf(text[0], sizeof *text, " is %zu", field->value >= 0x1p63 ? SIZE_MAX - 7 : (size_t)field->value); break;
    case REAL:
        snprintf(text[0], sizeof *text, " is %g", field->value);
        snprintf(text[1], sizeof *text, " is %.17g", field->value);
        break;
    case NOTHING: return strstr(cvh_last_error(), " is NULL") != NULL;
    case SHIFTED:
    case UNUSED: return true;
    }
    return strstr(cvh_last_error(), text[0]) || (*text[1] && strstr(cvh_last_error(), text[1]));
}

static void check_refused(const char *function_name, call_fn function, const bad_case *each)
{
    call made;
    outputs out;
    cvh_status status;
    make_call(&made, &out);
    for (int i = 0; i < MOST_SPOILED; i++) spoil(&made, &each->fields[i]);
    bool quiet = silent(function, &made, &status);
    ck_assert_msg(status == CVH_ERR_ARGUMENT, "%s, %s %g: status %d", function_name, each->argument, each->fields[0].value,
                  (int)status);
    ck_assert_msg(strstr(cvh_last_error(), each->argument) && strstr(cvh_last_error(), each->range)
                      && message_holds_value(each),
                  "%s: \"%s\" should name %s, its value %g and \"%s\"", function_name, cvh_last_error(), each->argument,
                  each->fields[0].value, each->range);
    ck_assert_msg(quiet, "%s, %s: it printed", function_name, each->argument);
    ck_assert_msg(untouched(&made, &out), "%s, %s %g: an output was written", function_name, each->argument,
                  each->fields[0].value);
    guarded_free(&out.maps);
    guarded_free(&out.dst);
}

static void check_table(const char *function_name, call_fn function, const bad_case *table, size_t cases)
{
    for (size_t i = 0; i < cases; i++) check_refused(function_name, function, &table[i]);
}

#define CHECK(name, function, table) check_table(name, function, table, sizeof table / sizeof *table)

/* --------------------------------------------------------------------------------------------------------------- functions */

static cvh_status call_patch(call *c)
{
    return cvh_patch(c->maps_given, c->points_given, c->count, c->convention_given);
}

static cvh_status call_blur(call *c)
{
    return cvh_blur(c->maps_given, c->points_given, c->count, c->convention_given);
}

static cvh_status call_draw(call *c)
{
    return cvh_draw(c->maps_given, c->points_given, c->count, c->convention_given);
}

static cvh_status call_erase(call *c)
{
    return cvh_erase(c->maps_given, c->points_given, c->count, c->convention_given);
}

static cvh_status call_encode(call *c)
{
    return cvh_encode(c->maps_given, c->points_given, c->count, c->convention_given, c->weights);
}

static cvh_status call_encode_by_blur(call *c)
{
    if (c->convention.method == CVH_METHOD_PATCH) c->convention.method = CVH_METHOD_BLUR;
    return call_encode(c);
}

static cvh_status call_kernel(call *c)
{
    return cvh_gaussian_kernel(c->ksize, c->sigma, c->depth, c->taps_given);
}

static cvh_status call_gaussian_blur(call *c)
{
    return cvh_gaussian_blur(c->maps_given, c->dst_given, c->gaussian_given, c->border);
}

START_TEST(patch_refuses)
{
    CHECK("cvh_patch", call_patch, drawing);
    CHECK("cvh_patch", call_patch, patch_alone);
}
END_TEST

START_TEST(blur_refuses)
{
    CHECK("cvh_blur", call_blur, drawing);
    CHECK("cvh_blur", call_blur, blur_alone);
}
END_TEST

START_TEST(encode_refuses)
{
    CHECK("cvh_encode", call_encode, drawing);
    CHECK("cvh_encode", call_encode, patch_alone);
    CHECK("cvh_encode by blur", call_encode_by_blur, drawing);
    CHECK("cvh_encode by blur", call_encode_by_blur, blur_alone);
}
END_TEST

START_TEST(draw_refuses)
{
    CHECK("cvh_draw", call_draw, drawing);
    CHECK("cvh_draw", call_draw, patch_alone);
    CHECK("cvh_draw", call_draw, draw_alone);
}
END_TEST

START_TEST(erase_refuses)
{
    CHECK("cvh_erase", call_erase, drawing);
    CHECK("cvh_erase", call_erase, patch_alone);
    CHECK("cvh_erase", call_erase, draw_alone);
}
END_TEST

START_TEST(kernel_refuses)
{
    CHECK("cvh_gaussian_kernel", call_kernel, kernel);
}
END_TEST

START_TEST(gaussian_blur_refuses)
{
    CHECK("cvh_gaussian_blur", call_gaussian_blur, gaussian_blur);
}
END_TEST

/* src and dst that share memory without being the same view. */
START_TEST(gaussian_blur_refuses_overlap)
{
    float samples[60] = {0};
    cvh_maps src = cvh_maps_view(samples, 1, 6, 5, CVH_32F);
    cvh_gaussian gaussian = {.ksize_x = 3};
    for (int shift = 1; shift <= 30; shift++) {
        cvh_maps dst = cvh_maps_view(samples + shift, 1, 6, 5, CVH_32F);
        cvh_status status = cvh_gaussian_blur(&src, &dst, &gaussian, CVH_BORDER_METHOD);
        ck_assert_msg((status == CVH_OK) == (shift == 30), "shift %d: status %d", shift, (int)status);
        if (status) assert_refused("overlap", status, "dst overlaps src");
    }
    cvh_maps transposed = src;
    transposed.row_step = sizeof(float);
    transposed.col_step = 6 * sizeof(float);
    assert_refused("transposed", cvh_gaussian_blur(&src, &transposed, &gaussian, CVH_BORDER_METHOD), "dst overlaps src");
    src = cvh_maps_view(samples, 2, 3, 2, CVH_32F);
    src.map_step = 30 * sizeof(float);
    src.row_step = 8 * sizeof(float);
    cvh_maps closer_rows = src, wider_columns = src;
    closer_rows.row_step = 6 * sizeof(float);
    wider_columns.col_step = 3 * sizeof(float);
    assert_refused("rows", cvh_gaussian_blur(&src, &closer_rows, &gaussian, CVH_BORDER_METHOD), "dst overlaps src");
    assert_refused("columns", cvh_gaussian_blur(&src, &wider_columns, &gaussian, CVH_BORDER_METHOD), "dst overlaps src");
}
END_TEST

/* What looks wild and is no error: keypoints anywhere, windows wider than the map, no keypoints at all. */
static void check_accepted(const char *name, call_fn function, const spoiled *field)
{
    call made;
    outputs out;
    cvh_status status;
    make_call(&made, &out);
    made.own = made.convention.gaussian;
    spoil(&made, field);
    bool quiet = silent(function, &made, &status);
    ck_assert_msg(status == CVH_OK, "%s, %g: %s", name, field->value, cvh_last_error());
    ck_assert_msg(quiet, "%s, %g: it printed", name, field->value);
    ck_assert_msg(guarded_intact(&out.maps), "%s, %g: written outside", name, field->value);
    for (int i = 0; i < 2 * ROWS * COLS && function != call_draw && function != call_erase; i++) {
        double value = sample(&out.maps.maps, i / (ROWS * COLS), i / COLS % ROWS, i % COLS);
        ck_assert_msg(value >= 0 && value <= 2, "%s, %g: sample %d is %g", name, field->value, i, value);
    }
    guarded_free(&out.maps);
    guarded_free(&out.dst);
}

START_TEST(keypoints_may_lie_anywhere)
{
    const double anywhere[] = {NAN,  INFINITY, -INFINITY, 1e300,         -1e300,   INT_MIN, INT_MAX,  -1,     COLS,
                               ROWS, -0.5,     1e-300,    INT_MAX + 1.0, -DBL_MAX, DBL_MAX, UINT_MAX, 0x1p63, -0.0};
    const call_fn functions[] = {call_patch, call_blur, call_draw, call_erase, call_encode, call_encode_by_blur};
    const char *const names[] = {"patch", "blur", "draw", "erase", "encode", "encode by blur"};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        for (size_t k = 0; k < sizeof anywhere / sizeof *anywhere; k++) {
            spoiled x = IS_REAL(points[0].x, anywhere[k]), y = IS_REAL(points[1].y, anywhere[k]);
            check_accepted(names[i], functions[i], &x);
            check_accepted(names[i], functions[i], &y);
        }
}
END_TEST

START_TEST(wide_windows_and_no_keypoints)
{
    const call_fn functions[] = {call_patch, call_blur, call_draw, call_erase, call_encode, call_encode_by_blur};
    const char *const names[] = {"patch", "blur", "draw", "erase", "encode", "encode by blur"};
    const spoiled fields[] = {IS_SIZE(count, 0), IS_REAL(convention.gaussian.ksize_x, 31),
                              IS_REAL(convention.gaussian.ksize_x, CVH_MAX_KSIZE), IS_REAL(convention.gaussian.sigma_x, 1e6),
                              IS_REAL(convention.gaussian.sigma_x, 1e-6)};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
            call made;
            outputs out;
            make_call(&made, &out);
            if (fields[k].kind == SIZE) made.points_given = NULL;
            spoil(&made, &fields[k]);
            ck_assert_msg(functions[i](&made) == CVH_OK, "%s, case %zu: %s", names[i], k, cvh_last_error());
            ck_assert_msg(guarded_intact(&out.maps), "%s, case %zu: written outside", names[i], k);
            guarded_free(&out.maps);
            guarded_free(&out.dst);
        }
    float none[1];
    call made;
    outputs out;
    make_call(&made, &out);
    ck_assert_int_eq(cvh_encode(&made.maps, NULL, 0, &made.convention, none), CVH_OK);
    guarded_free(&out.maps);
    guarded_free(&out.dst);
}
END_TEST

/* A failure's text stays until the next failure; a success does not change it. */
START_TEST(message_outlives_success)
{
    assert_refused("patch", cvh_patch(NULL, NULL, 0, NULL), "maps is NULL");
    double taps[3] = {0};
    ck_assert_int_eq(cvh_gaussian_kernel(3, 1, CVH_64F, taps), CVH_OK);
    ck_assert_ptr_nonnull(strstr(cvh_last_error(), "maps is NULL"));
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("bad_input");
    TCase *tcase = tcase_create("refused");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, patch_refuses);
    tcase_add_test(tcase, blur_refuses);
    tcase_add_test(tcase, encode_refuses);
    tcase_add_test(tcase, draw_refuses);
    tcase_add_test(tcase, erase_refuses);
    tcase_add_test(tcase, kernel_refuses);
    tcase_add_test(tcase, gaussian_blur_refuses);
    tcase_add_test(tcase, gaussian_blur_refuses_overlap);
    tcase_add_test(tcase, message_outlives_success);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("accepted");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, keypoints_may_lie_anywhere);
    tcase_add_test(tcase, wide_windows_and_no_keypoints);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return run_suite(suite());
}
