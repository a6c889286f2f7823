/* SPDX-License-Identifier: Apache-2.0
 * SimCC against what mmpose's, rtmlib's and DeepLabCut's own code drew and read. The folders are $CVHEATMAP_GOLDEN_SIMCC and
 * $CVHEATMAP_GOLDEN_DECODE, else ../shared/golden_simcc and ../shared/golden_decode beside the source tree; where the first is
 * not there the test is skipped. Quirks, matters of taste and ties are told with what is answered here. */
#include <float.h>

#include "support/golden_arrays.h"

static golden_tally tally;

/* ------------------------------------------------------------------------------------------------------- rows and vectors */

static cvh_simcc row(const char *name)
{
    cvh_simcc simcc;
    ck_assert_msg(cvh_simcc_find(name, &simcc) == CVH_OK, "%s", cvh_last_error());
    return simcc;
}

static cvh_simcc row_of(const json_t *entry)
{
    bool one_hot = golden_says(json_object_get(entry, "params"), "smoothing_type", "standard");
    bool deeplabcut = golden_says(entry, "project", "DeepLabCut"), mean = golden_param(entry, "use_dark", 0, 0) > 0;
    const char *score = golden_word(json_object_get(entry, "params"), "score_rule");
    const char *name = one_hot                  ? "simcc_mmpose_one_hot"
                       : deeplabcut             ? "simcc_deeplabcut"
                       : !strcmp(score, "mean") ? "simcc_rtmlib"
                       : mean                   ? "simcc_mmpose_dark"
                                                : "simcc_mmpose";
    cvh_simcc simcc = row(name);
    simcc.ratio = golden_param(entry, "simcc_split_ratio_bins_per_px", 0, 1);
    simcc.input_cols = (int)golden_param(entry, "input_size_px", 0, 0);
    simcc.input_rows = (int)golden_param(entry, "input_size_px", 1, 0);
    simcc.sigma_x = golden_param(entry, "sigma_bins", 0, 0);
    simcc.sigma_y = golden_param(entry, "sigma_bins", 1, 0);
    simcc.smoothing = golden_param(entry, "label_smooth_weight", 0, 0);
    return simcc;
}

/* Vectors as floats, the leading dimensions folded. */
static cvh_maps vectors_of(const golden_array *array)
{
    int bins = array->dims[array->rank - 1];
    float *samples = malloc((array->size + 1) * sizeof *samples);
    ck_assert_ptr_nonnull(samples);
    for (size_t i = 0; i < array->size; i++) samples[i] = (float)array->values[i];
    return cvh_maps_view(samples, (int)array->size / bins, 1, bins, CVH_32F);
}

static cvh_maps input_vectors(const json_t *entry, const char *name)
{
    golden_array array = golden_input(entry, name);
    cvh_maps vectors = vectors_of(&array);
    free(array.values);
    return vectors;
}

/* ---------------------------------------------------------------------------------------------------------------- encode */

/* The worst difference of a joint's label. */
static double worst_of(const golden_array *expected, const cvh_maps *actual, int joint)
{
    double worst = 0;
    for (int i = 0; i < actual->cols; i++)
        worst =
            fmax(worst, fabs(expected->values[(size_t)joint * (size_t)actual->cols + (size_t)i] - sample(actual, joint, 0, i)));
    return worst;
}

static void check_encode(const json_t *entry)
{
    golden_array at = golden_input(entry, "keypoints_px"), visible = golden_input(entry, "visible");
    golden_array x = golden_output(entry, "x_labels"), y = golden_output(entry, "y_labels");
    golden_array weights = golden_output(entry, "weights");
    cvh_simcc simcc = row_of(entry);
    simcc.normalize = golden_param(entry, "normalize", 0, 0) > 0;
    cvh_maps ours_x = vectors_of(&x), ours_y = vectors_of(&y);
    enum { MOST = 64 };
    cvh_keypoint points[MOST];
    float ours[MOST];
    int count = ours_x.count;
    ck_assert_int_le(count, MOST);
    for (int i = 0; i < count; i++)
        points[i] =
            (cvh_keypoint){.x = visible.values[i] < 0.5 ? (double)NAN : at.values[2 * i], .y = at.values[2 * i + 1], .map = i};
    ck_assert_msg(cvh_simcc_encode(&ours_x, &ours_y, points, (size_t)count, &simcc, ours) == CVH_OK, "%s: %s",
                  golden_word(entry, "name"), cvh_last_error());
    for (int i = 0; i < count; i++) {
        double wrong_x = worst_of(&x, &ours_x, i), wrong_y = worst_of(&y, &ours_y, i), seen = visible.values[i];
        bool weighs = seen == 0 || seen == 1; /* weights between these are the project's own business */
        bool agrees = wrong_x <= golden_tolerance("x_labels") && wrong_y <= golden_tolerance("y_labels")
                      && (!weighs || (double)ours[i] == weights.values[i]);
        char answer[200];
        snprintf(answer, sizeof answer, "joint %d at (%g, %g): labels off by %.3g and %.3g, weight expected %g, here %g", i,
                 at.values[2 * i], at.values[2 * i + 1], wrong_x, wrong_y, weights.values[i], (double)ours[i]);
        golden_count(&tally, entry, golden_flag(entry, i), agrees, answer);
    }
    free(ours_x.data), free(ours_y.data);
    free(at.values), free(visible.values), free(x.values), free(y.values), free(weights.values);
}

/* ---------------------------------------------------------------------------------------------------------------- decode */

/* What a case expects of a joint: its position, the first two of `stride` numbers, and its score. */
typedef struct expectation {
    const double *positions;
    int stride;
    const double *scores;
    int score_stride;
    double tolerance, score_tolerance;
} expectation;

/* -1 is the projects' mark for what is not found, in bins, mapped like a point. */
static void put_mark(const cvh_simcc *simcc, cvh_peak *peak)
{
    if (peak->found >= CVH_FOUND_PIXEL) return;
    double x = -1 / simcc->ratio, y = x;
    if (simcc->crop) x = simcc->crop->to_photo.xx * x + simcc->crop->to_photo.x0;
    if (simcc->crop) y = simcc->crop->to_photo.yy * y + simcc->crop->to_photo.y0;
    peak->x = x;
    peak->y = y;
}

static void check_peaks(const json_t *entry, const cvh_maps *x, const cvh_maps *y, const cvh_simcc *simcc,
                        const expectation *expected)
{
    enum { MOST = 256 };
    static cvh_peak peaks[MOST];
    ck_assert_int_le(x->count, MOST);
    ck_assert_msg(cvh_simcc_decode(x, y, simcc, peaks) == CVH_OK, "%s: %s", golden_word(entry, "name"), cvh_last_error());
    for (int i = 0; i < x->count; i++) {
        cvh_peak peak = peaks[i];
        put_mark(simcc, &peak);
        double ex = NAN, ey = NAN, score = expected->scores[i * expected->score_stride];
        bool agrees = golden_close(score, peak.score, expected->score_tolerance);
        if (expected->positions) {
            ex = expected->positions[i * expected->stride];
            ey = expected->positions[i * expected->stride + 1];
            agrees = agrees && golden_close(ex, peak.x, expected->tolerance) && golden_close(ey, peak.y, expected->tolerance);
        }
        char answer[240];
        snprintf(answer, sizeof answer,
                 "joint %d: expected (%.7g, %.7g) score %.7g, here (%.7g, %.7g) score %.7g found %d (unmarked %g, %g)", i, ex,
                 ey, score, peak.x, peak.y, peak.score, (int)peak.found, peaks[i].x, peaks[i].y);
        golden_count(&tally, entry, golden_flag(entry, i), agrees, answer);
    }
}

/* mmpose's visibility is the score of softmax(beta sigma v), told of every joint. */
static void check_visibility(const json_t *entry, const cvh_maps *x, const cvh_maps *y, cvh_simcc simcc)
{
    golden_array visibility = golden_output(entry, "visibility");
    if (visibility.size) {
        simcc.refine = CVH_REFINE_NONE;
        simcc.beta = golden_param(entry, "decode_beta", 0, 0);
        simcc.threshold = -INFINITY;
        expectation expected = {NULL, 0, visibility.values, 1, 0, golden_tolerance("visibility")};
        check_peaks(entry, x, y, &simcc, &expected);
    }
    free(visibility.values);
}

static void check_decode(const json_t *entry)
{
    cvh_maps x = input_vectors(entry, "simcc_x"), y = input_vectors(entry, "simcc_y");
    golden_array at = golden_output(entry, "keypoints_px"), scores = golden_output(entry, "scores");
    golden_array poses = golden_output(entry, "poses_px_score");
    cvh_simcc simcc = row_of(entry);
    if (poses.size) {
        double tolerance = golden_tolerance("poses_px_score");
        expectation expected = {poses.values, 3, poses.values + 2, 3, tolerance, tolerance};
        check_peaks(entry, &x, &y, &simcc, &expected);
    } else {
        expectation expected = {at.values, 2, scores.values, 1, golden_tolerance("keypoints_px"), golden_tolerance("scores")};
        check_peaks(entry, &x, &y, &simcc, &expected);
        check_visibility(entry, &x, &y, simcc);
    }
    free(x.data), free(y.data), free(at.values), free(scores.values), free(poses.values);
}

static void check_maximum(const json_t *entry)
{
    cvh_maps x = input_vectors(entry, "simcc_x"), y = input_vectors(entry, "simcc_y");
    golden_array at = golden_output(entry, "locs_bins"), scores = golden_output(entry, "scores");
    cvh_simcc simcc = row_of(entry);
    if (golden_param(entry, "apply_softmax", 0, 0) > 0) { /* plain softmax, which gives no score that is not positive */
        simcc.sigma_x = simcc.sigma_y = simcc.beta = 1;
        simcc.threshold = -INFINITY;
    }
    expectation expected = {at.values, at.dims[at.rank - 1],          scores.values,
                            1,         golden_tolerance("locs_bins"), golden_tolerance("scores")};
    check_peaks(entry, &x, &y, &simcc, &expected);
    if (at.dims[at.rank - 1] == 3) golden_leave_out(&tally, "z of 3-D SimCC");
    free(x.data), free(y.data), free(at.values), free(scores.values);
}

/* photo = position / (w, h) * scale + center - scale / 2. */
static void check_photo(const json_t *entry)
{
    cvh_maps x = input_vectors(entry, "simcc_x"), y = input_vectors(entry, "simcc_y");
    bool flat = golden_has(entry, "outputs", "keypoints_photo_px");
    const char *name = flat ? "keypoints_photo_px" : "keypoints_2d_photo_px";
    golden_array at = golden_output(entry, name), scores = golden_output(entry, "scores");
    double scale_x = golden_param(entry, "scale_photo_px", 0, 0), scale_y = golden_param(entry, "scale_photo_px", 1, 0);
    cvh_simcc simcc = row_of(entry);
    cvh_crop crop = {.to_input = {1, 0, 0, 0, 1, 0},
                     .to_photo = {.xx = scale_x / simcc.input_cols,
                                  .x0 = golden_param(entry, "center_photo_px", 0, 0) - scale_x / 2,
                                  .yy = scale_y / simcc.input_rows,
                                  .y0 = golden_param(entry, "center_photo_px", 1, 0) - scale_y / 2},
                     .input_rows = simcc.input_rows,
                     .input_cols = simcc.input_cols};
    simcc.crop = &crop;
    expectation expected = {at.values, 2, scores.values, 1, golden_tolerance(name), golden_tolerance("scores")};
    check_peaks(entry, &x, &y, &simcc, &expected);
    if (!flat) golden_leave_out(&tally, "z of 3-D SimCC");
    free(x.data), free(y.data), free(at.values), free(scores.values);
}

/* One axis alone: the other reads the same vector. */
static void check_refinement(const json_t *entry)
{
    cvh_maps vectors = input_vectors(entry, "simcc");
    golden_array at = golden_output(entry, "refined_bins"), locs = golden_input(entry, "locs_bins");
    cvh_simcc simcc = row("simcc_mmpose_dark");
    simcc.ratio = 1;
    simcc.sigma_x = simcc.sigma_y = (3 * golden_param(entry, "blur_kernel_bins", 0, 0) + 8) / 20; /* gives that kernel */
    cvh_peak peaks[16];
    ck_assert_int_le(vectors.count, 16);
    ck_assert_int_eq(cvh_simcc_decode(&vectors, &vectors, &simcc, peaks), CVH_OK);
    for (int i = 0; i < vectors.count; i++) {
        char answer[200];
        snprintf(answer, sizeof answer, "joint %d from bin %g: expected %.7g, here %.7g", i, locs.values[i], at.values[i],
                 peaks[i].x);
        bool agrees = golden_close(at.values[i], peaks[i].x, golden_tolerance("refined_bins")) && peaks[i].x == peaks[i].y;
        golden_count(&tally, entry, golden_flag(entry, i), agrees, answer);
    }
    free(vectors.data), free(at.values), free(locs.values);
}

/* ------------------------------------------------------------------------------------------------------------ flip tests */

static void read_partners(const json_t *entry, int *partner, int count)
{
    for (int i = 0; i < count; i++) partner[i] = (int)golden_param(entry, "flip_indices", i, i);
}

static double largest_difference(const golden_array *expected, const cvh_maps *actual, double factor)
{
    double worst = 0;
    for (int i = 0; i < actual->count; i++)
        for (int j = 0; j < actual->cols; j++)
            worst = fmax(worst, fabs(expected->values[i * actual->cols + j] - factor * sample(actual, i, 0, j)));
    return worst;
}

/* The mean of the two as mmpose has it: x mirrored, y from the partner. */
static void check_flip_mean(const json_t *entry)
{
    static const char *const names[][2] = {{"simcc_x", "simcc_x_mirrored"}, {"simcc_y", "simcc_y_mirrored"}};
    static const cvh_flip flips[] = {CVH_FLIP_MIRROR, CVH_FLIP_PARTNER};
    for (int axis = 0; axis < 2; axis++) {
        cvh_maps own = input_vectors(entry, names[axis][0]), other = input_vectors(entry, names[axis][1]);
        golden_array expected = golden_output(entry, names[axis][0]);
        int partner[16];
        read_partners(entry, partner, own.count);
        ck_assert_int_eq(cvh_flip_merge(&own, &other, partner, flips[axis], &own), CVH_OK);
        char answer[120];
        double worst = largest_difference(&expected, &own, 1);
        snprintf(answer, sizeof answer, "%s: off by %.3g", names[axis][0], worst);
        golden_count(&tally, entry, golden_flag(entry, 0), worst <= golden_tolerance(names[axis][0]), answer);
        free(own.data), free(other.data), free(expected.values);
    }
}

/* mmpose's way back alone, and ours: by BIN, mirrored keypoints come back to the bins of the others. */
static void check_flip_back(const json_t *entry)
{
    cvh_maps x = input_vectors(entry, "simcc_x_mirrored"), y = input_vectors(entry, "simcc_y_mirrored");
    golden_array back_x = golden_output(entry, "x_flipped_back"), back_y = golden_output(entry, "y_flipped_back");
    golden_array unflipped = golden_output(entry, "locs_bins");
    cvh_simcc bins = row("simcc_mmpose");
    cvh_peak peaks[16];
    int partner[16], off = 0;
    read_partners(entry, partner, x.count);
    float *nothing_x = calloc((size_t)x.count * (size_t)x.cols, sizeof *nothing_x);
    float *nothing_y = calloc((size_t)y.count * (size_t)y.cols, sizeof *nothing_y);
    cvh_maps to_x = cvh_maps_view(nothing_x, x.count, 1, x.cols, CVH_32F);
    cvh_maps to_y = cvh_maps_view(nothing_y, y.count, 1, y.cols, CVH_32F);
    ck_assert_int_eq(cvh_flip_merge(&to_x, &x, partner, CVH_FLIP_MIRROR, &to_x), CVH_OK);
    ck_assert_int_eq(cvh_flip_merge(&to_y, &y, partner, CVH_FLIP_PARTNER, &to_y), CVH_OK);
    double worst_x = largest_difference(&back_x, &to_x, 2), worst_y = largest_difference(&back_y, &to_y, 2);
    char answer[160];
    snprintf(answer, sizeof answer, "flipped back as mmpose does: off by %.3g and %.3g", worst_x, worst_y);
    /* Half of a subnormal may be rounded. */
    golden_count(&tally, entry, "core", worst_x < FLT_MIN && worst_y < FLT_MIN, answer);
    memset(nothing_x, 0, (size_t)x.count * (size_t)x.cols * sizeof *nothing_x);
    ck_assert_int_eq(cvh_flip_merge(&to_x, &x, partner, CVH_FLIP_BIN, &to_x), CVH_OK);
    bins.ratio = 1;
    ck_assert_int_eq(cvh_simcc_decode(&to_x, &to_y, &bins, peaks), CVH_OK);
    for (int i = 0; i < x.count; i++) off += peaks[i].x != unflipped.values[2 * i] || peaks[i].y != unflipped.values[2 * i + 1];
    snprintf(answer, sizeof answer, "by CVH_FLIP_BIN %d of %d joints are not in the unflipped one's bin", off, x.count);
    golden_count(&tally, entry, "core", off == 0, answer);
    free(x.data), free(y.data), free(nothing_x), free(nothing_y);
    free(back_x.values), free(back_y.values), free(unflipped.values);
}

/* ------------------------------------------------------------------------------------------------------------------ tests */

static const char *out_of_scope(const json_t *entry)
{
    if (golden_says(entry, "kind", "normalized")) return "get_simcc_normalized: scores brought to 0..1 by division";
    if (golden_param(entry, "normalize_outputs", 0, 0) > 0) return "DeepLabCut's normalize_outputs, the same";
    return NULL;
}

START_TEST(test_every_case_is_the_projects_own)
{
    static const struct {
        const char *kind;
        void (*check)(const json_t *entry);
    } kinds[] = {{"encode", check_encode},     {"decode", check_decode},         {"maximum", check_maximum},
                 {"maximum3d", check_maximum}, {"decode_to_photo", check_photo}, {"refine_dark", check_refinement},
                 {"flip", check_flip_back},    {"flip_mean", check_flip_mean}};
    size_t index;
    json_t *entry;
    memset(&tally, 0, sizeof tally);
    json_array_foreach(json_object_get(golden_index, "cases"), index, entry)
    {
        const char *kind = out_of_scope(entry);
        if (kind) {
            golden_leave_out(&tally, kind);
            continue;
        }
        size_t i = 0;
        while (i < sizeof kinds / sizeof *kinds && !golden_says(entry, "kind", kinds[i].kind)) i++;
        ck_assert_msg(i < sizeof kinds / sizeof *kinds, "kind %s is in the folder, not in this test",
                      golden_word(entry, "kind"));
        kinds[i].check(entry);
    }
    golden_finish(&tally, "joints and vectors");
}
END_TEST

/* The vectors among the heatmaps of golden_decode: two dimensions, one map, whose rows are the vectors. */
static cvh_maps vectors_in(const char *file)
{
    cvh_maps vectors = golden_load(file);
    vectors.count = vectors.rows;
    vectors.rows = 1;
    vectors.map_step = vectors.row_step = 0;
    return vectors;
}

static void check_decode_case(const json_t *entry, const cvh_maps *x, const cvh_maps *y)
{
    enum { MOST = 64 };
    cvh_simcc simcc = row(golden_says(entry, "method", "simcc_dark") ? "simcc_mmpose_dark" : "simcc_mmpose");
    cvh_peak peaks[MOST];
    simcc.input_cols = (int)golden_item(json_object_get(entry, "input_size"), 0);
    simcc.input_rows = (int)golden_item(json_object_get(entry, "input_size"), 1);
    ck_assert_int_le(x->count, MOST);
    ck_assert_msg(cvh_simcc_decode(x, y, &simcc, peaks) == CVH_OK, "%s", cvh_last_error());
    cvh_peak *peak = &peaks[(int)golden_number(entry, "k")];
    put_mark(&(cvh_simcc){.ratio = 2}, peak);
    double ex = golden_value(json_object_get(entry, "x")), ey = golden_value(json_object_get(entry, "y"));
    double score = golden_value(json_object_get(entry, "score")), tolerance = golden_tolerance("xy_input_or_image");
    char answer[240];
    snprintf(answer, sizeof answer, "expected (%.7g, %.7g) score %.7g, here (%.7g, %.7g) score %.7g", ex, ey, score, peak->x,
             peak->y, peak->score);
    bool agrees = golden_close(ex, peak->x, tolerance) && golden_close(ey, peak->y, tolerance)
                  && golden_close(score, peak->score, golden_tolerance("score_relative"));
    golden_count(&tally, entry, golden_word(entry, "flag"), agrees, answer);
}

static void check_golden_decode(void)
{
    cvh_maps x = vectors_in("simcc/x.npy"), y = vectors_in("simcc/y.npy");
    size_t at;
    json_t *entry;
    memset(&tally, 0, sizeof tally);
    json_array_foreach(json_object_get(golden_index, "cases"), at, entry)
    {
        if (!strncmp(golden_word(entry, "method"), "simcc", 5)) check_decode_case(entry, &x, &y);
    }
    golden_finish(&tally, "vectors");
    cvh_npy_free(&x);
    cvh_npy_free(&y);
}

START_TEST(test_the_vectors_of_golden_decode)
{
    golden_elsewhere("CVHEATMAP_GOLDEN_DECODE", "golden_decode", check_golden_decode);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {test_every_case_is_the_projects_own, test_the_vectors_of_golden_decode, NULL};
    return golden_main("CVHEATMAP_GOLDEN_SIMCC", "golden_simcc", 60, tests);
}
