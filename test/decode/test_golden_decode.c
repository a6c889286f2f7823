/* SPDX-License-Identifier: Apache-2.0
 * Every decoder of the field against what its project's own code read from the same maps. The folder is
 * $CVHEATMAP_GOLDEN_DECODE, else ../shared/golden_decode beside the source tree; without it the test is skipped. Its README is
 * the exact meaning of every field. Flagged cases are the projects' mistakes and matters of taste: they are listed with what is
 * answered here, and not held against anyone. */
#include "support/golden.h"

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

/* Other data than a keypoint's heatmap. */
static const struct {
    const char *method, *kind;
} LEFT_OUT[] = {{"simcc_argmax", "1-D vectors, which golden_simcc reads"},
                {"simcc_dark", "1-D vectors, which golden_simcc reads"},
                {"codec_udp_combined", "offset maps, which golden_offset reads"},
                {"peaks_centernet_offset", "offset maps, which golden_offset reads"}};

static golden_tally tally;

/* ----------------------------------------------------------------------------------------------------------------- the data */

/* What kind of data the method is left out for; NULL: it is not. */
static const char *left_out(const char *method)
{
    for (size_t i = 0; i < sizeof LEFT_OUT / sizeof *LEFT_OUT; i++)
        if (!strcmp(method, LEFT_OUT[i].method)) return LEFT_OUT[i].kind;
    return NULL;
}

static const golden_method *method_of(const char *name)
{
    for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++)
        if (!strcmp(name, METHODS[i].method)) return &METHODS[i];
    ck_abort_msg("method %s is in the folder, not in this test", name);
    return NULL;
}

/* A case's own parameters go before its method's. */
static double parameter(const json_t *entry, const char *key, double absent)
{
    const json_t *method = json_object_get(json_object_get(golden_index, "methods"), golden_text(entry, "method"));
    double methods = golden_number_or(json_object_get(method, "params"), key, absent);
    return golden_number_or(json_object_get(entry, "params"), key, methods);
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
    snprintf(loaded[i].name, sizeof loaded[i].name, "%s", file);
    loaded[i].maps = golden_load(file);
    return &loaded[i].maps;
}

/* The case's map times its map_scale, in memory that the caller frees. */
static cvh_maps map_of(const json_t *entry)
{
    const cvh_maps *all = load(golden_text(entry, "map"));
    ck_assert_int_eq(all->depth, CVH_32F);
    size_t size = (size_t)all->rows * (size_t)all->cols, k = (size_t)json_integer_value(json_object_get(entry, "k"));
    float scale = (float)golden_number_or(entry, "map_scale", 1), *samples = malloc(size * sizeof *samples);
    for (size_t i = 0; samples && i < size; i++) samples[i] = ((const float *)all->data)[k * size + i] * scale;
    ck_assert_ptr_nonnull(samples);
    return cvh_maps_view(samples, 1, all->rows, all->cols, CVH_32F);
}

/* ----------------------------------------------------------------------------------------------------------- the comparison */

/* The folder's maps are those that are searched, and its lists of OpenPose's rule have the half pixel that OpenPose adds to
 * them (the row leaves it to whoever knows the size of the picture). */
static void search_as_given(cvh_decoder *decoder)
{
    if (decoder->enlarge <= 1) return;
    decoder->enlarge = 1;
    decoder->shift = 0.5;
}

static cvh_decoder decoder_of(const json_t *entry)
{
    const golden_method *method = method_of(golden_text(entry, "method"));
    cvh_decoder decoder;
    ck_assert_msg(cvh_decoder_find(method->decoder, &decoder) == CVH_OK, "%s", cvh_last_error());
    if (method->ksize > 0) decoder.blur_ksize = method->ksize;
    if (method->gain > 0) decoder.gain = method->gain;
    if (method->window > 0) decoder.window = method->window;
    if (method->max_peaks > 0) decoder.max_peaks = method->max_peaks;
    search_as_given(&decoder);
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
    const json_t *method = json_object_get(json_object_get(golden_index, "methods"), golden_text(entry, "method"));
    bool heatmap = golden_says(golden_there(entry, "space") ? entry : method, "space", "heatmap");
    return heatmap ? golden_number_or(method, "tol_xy", golden_tolerance("xy")) : golden_tolerance("xy_input_or_image");
}

static bool scores_agree(double expected, double actual)
{
    return golden_close(expected, actual, golden_tolerance("score_relative") * fmax(1, fabs(expected)));
}

/* What a project reports where nothing is found: NaN here, its own mark there, mapped like a point. */
static void put_mark(const json_t *entry, cvh_peak *peak)
{
    double mark = parameter(entry, "invalid_value", NAN);
    if (peak->found >= CVH_FOUND_PIXEL || isnan(mark)) return;
    peak->x = parameter(entry, "map_scale_x", 1) * mark + parameter(entry, "map_post_x", 0);
    peak->y = parameter(entry, "map_scale_y", 1) * mark + parameter(entry, "map_post_y", 0);
}

static void check_keypoint(const json_t *entry)
{
    cvh_decoder decoder = decoder_of(entry);
    cvh_convention frame = frame_of(entry, &decoder);
    cvh_maps map = map_of(entry);
    cvh_peak peak;
    ck_assert_msg(cvh_decode(&map, &frame, &peak) == CVH_OK, "%s: %s", golden_text(entry, "id"), cvh_last_error());
    free(map.data);
    double x = golden_value(json_object_get(entry, "x")), y = golden_value(json_object_get(entry, "y"));
    double score = golden_value(json_object_get(entry, "score")), tolerance = tolerance_of(entry);
    char answer[200];
    snprintf(answer, sizeof answer, "expected (%.6g, %.6g) score %.6g, here (%.6g, %.6g) score %.6g found %d", x, y, score,
             peak.x, peak.y, peak.score, (int)peak.found);
    put_mark(entry, &peak);
    bool agrees = golden_close(x, peak.x, tolerance) && golden_close(y, peak.y, tolerance) && scores_agree(score, peak.score);
    golden_count(&tally, entry, golden_word(entry, "flag"), agrees, answer);
}

static double worst_of_list(const json_t *expected, const cvh_peak *peaks, size_t count, double tolerance)
{
    double worst = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *peak = json_array_get(expected, i);
        double dx = fabs(golden_item(peak, 0) - peaks[i].x), dy = fabs(golden_item(peak, 1) - peaks[i].y);
        bool score = scores_agree(golden_item(peak, 2), peaks[i].score);
        worst = fmax(worst, score ? fmax(dx, dy) / tolerance : INFINITY);
    }
    return worst;
}

static void check_list(const json_t *entry)
{
    enum { CAPACITY = 4096 };
    static cvh_peak peaks[CAPACITY];
    cvh_decoder decoder = decoder_of(entry);
    cvh_convention frame = frame_of(entry, &decoder);
    cvh_maps map = map_of(entry);
    size_t found;
    ck_assert_msg(cvh_find_peaks(&map, &frame, peaks, CAPACITY, &found) == CVH_OK, "%s: %s", golden_text(entry, "id"),
                  cvh_last_error());
    free(map.data);
    const json_t *expected = json_object_get(entry, "peaks");
    char answer[200];
    double worst = found == json_array_size(expected) ? worst_of_list(expected, peaks, found, tolerance_of(entry)) : INFINITY;
    snprintf(answer, sizeof answer, "expected %zu peaks, here %zu, the worst off by %.3g of the tolerance",
             json_array_size(expected), found, worst);
    golden_count(&tally, entry, golden_word(entry, "flag"), worst <= 1, answer);
}

static void check_all(const char *list, void (*check)(const json_t *entry), const char *what)
{
    size_t index;
    json_t *entry;
    memset(&tally, 0, sizeof tally);
    json_array_foreach(json_object_get(golden_index, list), index, entry)
    {
        const char *other = left_out(golden_text(entry, "method"));
        if (other)
            golden_leave_out(&tally, other);
        else
            check(entry);
    }
    golden_finish(&tally, what);
}

START_TEST(test_every_keypoint_is_the_projects_own)
{
    check_all("cases", check_keypoint, "keypoints");
}
END_TEST

START_TEST(test_every_list_is_the_projects_own)
{
    check_all("peak_lists", check_list, "lists");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {test_every_keypoint_is_the_projects_own, test_every_list_is_the_projects_own, NULL};
    return golden_main("CVHEATMAP_GOLDEN_DECODE", "golden_decode", 120, tests);
}
