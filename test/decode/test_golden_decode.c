/* SPDX-License-Identifier: Apache-2.0
 * Every decoder of the field against what its project's own code read from the same maps. The folder is
 * $CVHEATMAP_GOLDEN_DECODE, else ../shared/golden_decode beside the source tree; without it the test is skipped. Its README is
 * the exact meaning of every field. Flagged cases are the projects' mistakes and matters of taste: they are listed with what is
 * answered here, and not held against anyone. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

/* The decoder that stands for a method of the folder, and what the method sets differently. */
typedef struct golden_method {
    const char *method, *decoder;
    double ksize, gain;
    int window, max_peaks;
} golden_method;

static const golden_method METHODS[] = {
    {"argmax_hrnet", "argmax", 0, 0, 0, 0},
    {"argmax_mmpose", "argmax", 0, 0, 0, 0},
    {"centroid3_sleap", "sleap_integral", 0, 0, 1, 0},
    {"centroid5_sleap", "sleap_integral", 0, 0, 0, 0},
    {"centroid7_sleap", "sleap_integral", 0, 0, 3, 0},
    {"codec_msra_dark_k11", "mmpose_dark", 0, 0, 0, 0},
    {"codec_msra_quarter", "mmpose_msra", 0, 0, 0, 0},
    {"codec_udp_k11", "mmpose_udp", 0, 0, 0, 0},
    {"dark_darkpose_k11", "darkpose", 0, 0, 0, 0},
    {"dark_mmdeploy_k11", "mmdeploy_dark", 0, 0, 0, 0},
    {"dark_mmpose_k11", "mmpose_dark", 0, 0, 0, 0},
    {"dark_mmpose_k17", "mmpose_dark", 17, 0, 0, 0},
    {"dark_mmpose_k3", "mmpose_dark", 3, 0, 0, 0},
    {"dark_mmpose_k7", "mmpose_dark", 7, 0, 0, 0},
    {"dark_paddle_k3", "paddle_dark", 0, 0, 0, 0},
    {"image_darkpose_k11", "darkpose", 0, 0, 0, 0},
    {"image_hrnet", "hrnet", 0, 0, 0, 0},
    {"megvii_mmpose_k11", "mmpose_megvii", 0, 0, 0, 0},
    {"megvii_mmpose_k5", "mmpose_megvii", 5, 0, 0, 0},
    {"mspn_k5", "mspn", 0, 0, 0, 0},
    {"mspn_k9", "mspn_mpii", 0, 0, 0, 0},
    {"peaks_centernet_k10", "centernet", 0, 0, 0, 10},
    {"peaks_mmpose_ae_k5x5", "mmpose_ae", 0, 0, 0, 0},
    {"peaks_mmpose_spr", "mmpose_spr", 0, 0, 0, 0},
    {"peaks_openpose_rule", "openpose", 0, 0, 0, 0},
    {"peaks_sleap", "sleap_peaks", 0, 0, 0, 0},
    {"peaks_sleap_centroid5", "sleap_peaks_integral", 0, 0, 0, 0},
    {"peaks_sleap_quarter", "sleap_peaks_local", 0, 0, 0, 0},
    {"peaks_trt_pose", "trt_pose", 0, 0, 0, 0},
    {"quarter_hrnet", "hrnet", 0, 0, 0, 0},
    {"quarter_mmpose", "mmpose_msra", 0, 0, 0, 0},
    {"quarter_sleap", "sleap_local", 0, 0, 0, 0},
    {"softargmax_b1", "soft_argmax", 0, 1, 0, 0},
    {"softargmax_b10", "soft_argmax", 0, 10, 0, 0},
    {"softargmax_b100", "soft_argmax", 0, 100, 0, 0},
    {"udp_mmdeploy_k11", "mmdeploy_udp", 0, 0, 0, 0},
    {"udp_mmpose_k11", "mmpose_udp", 0, 0, 0, 0},
    {"udp_mmpose_k17", "mmpose_udp", 17, 0, 0, 0},
    {"udp_mmpose_k3", "mmpose_udp", 3, 0, 0, 0},
};

/* Other data than a keypoint's heatmap: 1-D vectors, and offset maps. */
static const char *const LEFT_OUT[] = {"simcc_argmax", "simcc_dark", "codec_udp_combined", "peaks_centernet_offset"};

static json_t *golden;
static char folder[2048];

/* ----------------------------------------------------------------------------------------------------------------- the data */

static bool is_left_out(const char *method)
{
    for (size_t i = 0; i < sizeof LEFT_OUT / sizeof *LEFT_OUT; i++)
        if (!strcmp(method, LEFT_OUT[i])) return true;
    return false;
}

static const golden_method *method_of(const char *name)
{
    for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
        if (!strcmp(name, METHODS[i].method)) return &METHODS[i];
    ck_abort_msg("method %s is in the folder, not in this test", name);
    return NULL;
}

static const char *text(const json_t *entry, const char *key)
{
    const char *value = json_string_value(json_object_get(entry, key));
    ck_assert_msg(value, "%s is no string", key);
    return value;
}

static double number(const json_t *value, double absent)
{
    return json_is_number(value) ? json_number_value(value) : json_is_null(value) ? NAN : absent;
}

/* A case's own parameters go before its method's. */
static double parameter(const json_t *entry, const char *key, double absent)
{
    const json_t *method = json_object_get(json_object_get(golden, "methods"), text(entry, "method"));
    const json_t *own = json_object_get(json_object_get(entry, "params"), key);
    return number(own ? own : json_object_get(json_object_get(method, "params"), key), absent);
}

/* The maps of a file, loaded once. */
static const cvh_maps *load(const char *file)
{
    static struct {
        char name[64];
        cvh_maps maps;
    } loaded[16];
    int i = 0;
    for (; i < 16 && loaded[i].name[0]; i++)
        if (!strcmp(loaded[i].name, file)) return &loaded[i].maps;
    ck_assert_int_lt(i, 16);
    char path[2200];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    snprintf(loaded[i].name, sizeof loaded[i].name, "%s", file);
    ck_assert_msg(cvh_npy_load(path, &loaded[i].maps) == CVH_OK, "%s", cvh_last_error());
    return &loaded[i].maps;
}

/* The case's map times its map_scale, in memory that the caller frees. */
static cvh_maps map_of(const json_t *entry)
{
    const cvh_maps *all = load(text(entry, "map"));
    ck_assert_int_eq(all->depth, CVH_32F);
    size_t size = (size_t)all->rows * (size_t)all->cols, k = (size_t)json_integer_value(json_object_get(entry, "k"));
    float scale = (float)number(json_object_get(entry, "map_scale"), 1), *samples = malloc(size * sizeof *samples);
    for (size_t i = 0; samples && i < size; i++) samples[i] = ((const float *)all->data)[k * size + i] * scale;
    ck_assert_ptr_nonnull(samples);
    return cvh_maps_view(samples, 1, all->rows, all->cols, CVH_32F);
}

/* ----------------------------------------------------------------------------------------------------------- the comparison */

static cvh_decoder decoder_of(const json_t *entry)
{
    const golden_method *method = method_of(text(entry, "method"));
    cvh_decoder decoder;
    ck_assert_msg(cvh_decoder_find(method->decoder, &decoder) == CVH_OK, "%s", cvh_last_error());
    if (method->ksize > 0) decoder.blur_ksize = method->ksize;
    if (method->gain > 0) decoder.gain = method->gain;
    if (method->window > 0) decoder.window = method->window;
    if (method->max_peaks > 0) decoder.max_peaks = method->max_peaks;
    return decoder;
}

/* reported = map_scale * (heatmap + pre) + map_post; pre is the decoder's shift. */
static cvh_convention frame_of(const json_t *entry, const cvh_decoder *decoder)
{
    double sx = parameter(entry, "map_scale_x", 1), sy = parameter(entry, "map_scale_y", 1);
    return (cvh_convention){.scale_x = 1 / sx,
                            .scale_y = 1 / sy,
                            .offset_x = -parameter(entry, "map_post_x", 0) / sx,
                            .offset_y = -parameter(entry, "map_post_y", 0) / sy,
                            .decoder = decoder};
}

static double tolerance_of(const json_t *entry)
{
    const json_t *method = json_object_get(json_object_get(golden, "methods"), text(entry, "method"));
    const json_t *all = json_object_get(golden, "tolerance"), *space = json_object_get(entry, "space");
    if (!space) space = json_object_get(method, "space");
    bool heatmap = !strcmp(json_string_value(space), "heatmap");
    double usual = number(json_object_get(all, heatmap ? "xy" : "xy_input_or_image"), 0);
    return heatmap ? number(json_object_get(method, "tol_xy"), usual) : usual;
}

static bool close_to(double expected, double actual, double tolerance)
{
    return (isnan(expected) && isnan(actual)) || fabs(expected - actual) <= tolerance;
}

static bool scores_agree(double expected, double actual)
{
    double relative = number(json_object_get(json_object_get(golden, "tolerance"), "score_relative"), 0);
    return close_to(expected, actual, relative * fmax(1, fabs(expected)));
}

typedef struct golden_count {
    int matched, cases, flagged, left_out;
} golden_count;

/* Counts a case, and lists it where it is flagged. Returns whether it counts as a failure. */
static bool count_case(const json_t *entry, bool agrees, golden_count *count, const char *answer)
{
    const json_t *flag = json_object_get(entry, "flag");
    if (flag) {
        count->flagged++;
        printf("  %s %s: %s%s\n", json_string_value(flag), text(entry, "id"), answer, agrees ? " (the same)" : "");
        return false;
    }
    count->cases++;
    count->matched += agrees;
    return !agrees;
}

static void print_count(const char *what, const golden_count *count)
{
    printf("%s: %d of %d %s matched, %d flagged ones listed, %d of other data left out\n", folder, count->matched, count->cases,
           what, count->flagged, count->left_out);
}

/* What a project reports where nothing is found: NaN here, its own mark there, mapped like a point. */
static void put_mark(const json_t *entry, cvh_peak *peak)
{
    double mark = parameter(entry, "invalid_value", NAN);
    if (peak->found >= CVH_FOUND_PIXEL || isnan(mark)) return;
    peak->x = parameter(entry, "map_scale_x", 1) * mark + parameter(entry, "map_post_x", 0);
    peak->y = parameter(entry, "map_scale_y", 1) * mark + parameter(entry, "map_post_y", 0);
}

START_TEST(test_every_keypoint_is_the_projects_own)
{
    golden_count count = {0, 0, 0, 0};
    char failures[2000] = "";
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(golden, "cases"), index, entry)
    {
        if (is_left_out(text(entry, "method"))) {
            count.left_out++;
            continue;
        }
        cvh_decoder decoder = decoder_of(entry);
        cvh_convention frame = frame_of(entry, &decoder);
        cvh_maps map = map_of(entry);
        cvh_peak peak;
        ck_assert_msg(cvh_decode(&map, &frame, &peak) == CVH_OK, "%s: %s", text(entry, "id"), cvh_last_error());
        free(map.data);
        double x = number(json_object_get(entry, "x"), NAN), y = number(json_object_get(entry, "y"), NAN);
        double score = number(json_object_get(entry, "score"), NAN), tolerance = tolerance_of(entry);
        char answer[200];
        snprintf(answer, sizeof answer, "expected (%.6g, %.6g) score %.6g, here (%.6g, %.6g) score %.6g found %d", x, y, score,
                 peak.x, peak.y, peak.score, (int)peak.found);
        put_mark(entry, &peak);
        bool agrees = close_to(x, peak.x, tolerance) && close_to(y, peak.y, tolerance) && scores_agree(score, peak.score);
        size_t used = strlen(failures);
        if (count_case(entry, agrees, &count, answer) && used < sizeof failures - 1)
            snprintf(failures + used, sizeof failures - used, "\n%s: %s", text(entry, "id"), answer);
    }
    print_count("keypoints", &count);
    ck_assert_msg(count.matched == count.cases && count.cases > 0, "%d of %d differ:%s", count.cases - count.matched,
                  count.cases, failures);
}
END_TEST

static double worst_of_list(const json_t *expected, const cvh_peak *peaks, size_t count, double tolerance)
{
    double worst = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *peak = json_array_get(expected, i);
        double dx = fabs(json_number_value(json_array_get(peak, 0)) - peaks[i].x);
        double dy = fabs(json_number_value(json_array_get(peak, 1)) - peaks[i].y);
        bool score = scores_agree(json_number_value(json_array_get(peak, 2)), peaks[i].score);
        worst = fmax(worst, score ? fmax(dx, dy) / tolerance : INFINITY);
    }
    return worst;
}

START_TEST(test_every_list_is_the_projects_own)
{
    enum { CAPACITY = 4096 };
    static cvh_peak peaks[CAPACITY];
    golden_count count = {0, 0, 0, 0};
    char failures[2000] = "";
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(golden, "peak_lists"), index, entry)
    {
        if (is_left_out(text(entry, "method"))) {
            count.left_out++;
            continue;
        }
        cvh_decoder decoder = decoder_of(entry);
        cvh_convention frame = frame_of(entry, &decoder);
        cvh_maps map = map_of(entry);
        size_t found;
        ck_assert_msg(cvh_find_peaks(&map, &frame, peaks, CAPACITY, &found) == CVH_OK, "%s: %s", text(entry, "id"),
                      cvh_last_error());
        free(map.data);
        const json_t *expected = json_object_get(entry, "peaks");
        char answer[200];
        double worst =
            found == json_array_size(expected) ? worst_of_list(expected, peaks, found, tolerance_of(entry)) : INFINITY;
        snprintf(answer, sizeof answer, "expected %zu peaks, here %zu, the worst off by %.3g of the tolerance",
                 json_array_size(expected), found, worst);
        size_t used = strlen(failures);
        if (count_case(entry, worst <= 1, &count, answer) && used < sizeof failures - 1)
            snprintf(failures + used, sizeof failures - used, "\n%s: %s", text(entry, "id"), answer);
    }
    print_count("lists", &count);
    ck_assert_msg(count.matched == count.cases && count.cases > 0, "%d of %d differ:%s", count.cases - count.matched,
                  count.cases, failures);
}
END_TEST

static Suite *golden_suite(void)
{
    Suite *suite = suite_create("golden_decode");
    TCase *tests = tcase_create("golden_decode");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, test_every_keypoint_is_the_projects_own);
    tcase_add_test(tests, test_every_list_is_the_projects_own);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    const char *given = getenv("CVHEATMAP_GOLDEN_DECODE");
    snprintf(folder, sizeof folder, "%s", given ? given : CVHEATMAP_SOURCE_DIR "/../shared/golden_decode");
    char path[2200];
    snprintf(path, sizeof path, "%s/index.json", folder);
    json_error_t error;
    golden = json_load_file(path, 0, &error);
    if (!golden) {
        printf("%s: %s; skipped\n", path, error.text);
        return TEST_SKIPPED;
    }
    int status = run_suite(golden_suite());
    json_decref(golden);
    return status;
}
