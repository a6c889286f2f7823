/* SPDX-License-Identifier: Apache-2.0
 * Offset maps as the projects read them, one peak a map. */
#include "conventions/golden_offset.h"

/* `expected` holds x and y at [stride i], scores at [score_stride i]. */
typedef struct expectation {
    const double *at;
    int stride;
    const double *scores;
    int score_stride;
    double tolerance, score_tolerance;
} expectation;

static void compare_peaks(const json_t *entry, const cvh_peak *peaks, int count, const expectation *expected)
{
    for (int i = 0; i < count; i++) {
        double x = expected->at[i * expected->stride], y = expected->at[i * expected->stride + 1];
        double score = expected->scores[i * expected->score_stride];
        bool agrees = golden_close(x, peaks[i].x, expected->tolerance) && golden_close(y, peaks[i].y, expected->tolerance)
                      && golden_close(score, peaks[i].score, expected->score_tolerance);
        char answer[240];
        snprintf(answer, sizeof answer, "joint %d: expected (%.7g, %.7g) score %.7g, here (%.7g, %.7g) score %.7g found %d", i,
                 x, y, score, peaks[i].x, peaks[i].y, peaks[i].score, (int)peaks[i].found);
        golden_count(&offset_tally, entry, golden_flag(entry, i), agrees, answer);
    }
}

void frame(cvh_convention *c, double scale_x, double scale_y, double offset_x, double offset_y)
{
    c->scale_x = scale_x, c->scale_y = scale_y;
    c->offset_x = offset_x, c->offset_y = offset_y;
}

static void check_mmpose_decode(const json_t *entry)
{
    planes all = input_planes(entry, "heatmaps");
    golden_array at = golden_output(entry, "keypoints_px"), scores = golden_output(entry, "scores");
    cvh_maps class = every(&all, 0, 3), dx = every(&all, 1, 3), dy = every(&all, 2, 3);
    cvh_convention c = convention_of("mmpose_combined");
    cvh_decoder decoder = *c.decoder;
    cvh_peak peaks[MOST_MAPS];
    decoder.blur_ksize = golden_param(entry, "class_blur_kernel_px", 0, 0);
    c.decoder = &decoder;
    c.offsets.length = golden_param(entry, "radius_factor", 0, 0);
    frame(&c, (all.cols - 1) / golden_param(entry, "input_size_px", 0, 0),
          (all.rows - 1) / golden_param(entry, "input_size_px", 1, 0), 0, 0);
    must(entry, cvh_decode_offsets(&class, &dx, &dy, &c, peaks));
    expectation expected = {at.values, 2, scores.values, 1, golden_tolerance("keypoints_px"), golden_tolerance("scores")};
    compare_peaks(entry, peaks, class.count, &expected);
    free(all.samples), free(at.values), free(scores.values);
}

/* In input pixels by fit, and in photograph pixels. */
static void check_udp_decode(const json_t *entry)
{
    planes all = input_planes(entry, "heatmaps");
    golden_array input = golden_output(entry, "preds_in_input_px"), photo = golden_output(entry, "preds_photo_px");
    golden_array scores = golden_output(entry, "scores");
    cvh_maps class = every(&all, 0, 3), dx = every(&all, 1, 3), dy = every(&all, 2, 3);
    cvh_convention c = convention_of("udp_combined");
    cvh_peak peaks[MOST_MAPS];
    c.offsets.length = golden_param(entry, "kpd_map_px", 0, 0);
    must(entry, cvh_convention_fit(&c, 4 * all.rows, 4 * all.cols, all.rows, all.cols));
    must(entry, cvh_decode_offsets(&class, &dx, &dy, &c, peaks));
    expectation in_input = {
        input.values, 2, scores.values, 1, golden_tolerance("preds_in_input_px"), golden_tolerance("scores")};
    compare_peaks(entry, peaks, class.count, &in_input);
    double wide = 200 * golden_param(entry, "scale_photo_px_over_200", 0, 0);
    double high = 200 * golden_param(entry, "scale_photo_px_over_200", 1, 0);
    double sx = (all.cols - 1) / wide, sy = (all.rows - 1) / high;
    frame(&c, sx, sy, -sx * (golden_param(entry, "center_photo_px", 0, 0) - wide / 2),
          -sy * (golden_param(entry, "center_photo_px", 1, 0) - high / 2));
    must(entry, cvh_decode_offsets(&class, &dx, &dy, &c, peaks));
    expectation in_photo = {photo.values, 2, scores.values, 1, golden_tolerance("preds_photo_px"), golden_tolerance("scores")};
    compare_peaks(entry, peaks, class.count, &in_photo);
    free(all.samples), free(input.values), free(photo.values), free(scores.values);
}

static void check_deeplabcut_decode(const json_t *entry)
{
    bool sigmoid = golden_says(json_object_get(entry, "params"), "activation", "sigmoid");
    bool refined = golden_param(entry, "location_refinement", 0, 0) > 0;
    planes all = input_planes(entry, sigmoid ? "logits" : "heatmap");
    golden_array poses = golden_output(entry, "poses_px_score");
    int stride = (int)golden_param(entry, "stride_px", 0, 0);
    cvh_convention c = convention_of("deeplabcut");
    cvh_decoder decoder = decoder_of("deeplabcut");
    cvh_peak peaks[MOST_MAPS];
    if (!sigmoid) decoder.activation = CVH_ACTIVATION_NONE;
    c.decoder = &decoder;
    must(entry, cvh_convention_fit(&c, all.rows * stride, all.cols * stride, all.rows, all.cols));
    cvh_maps maps = every(&all, 0, 1);
    if (refined) {
        planes locref = input_planes(entry, "locref");
        cvh_maps dx = every(&locref, 0, 2), dy = every(&locref, 1, 2);
        must(entry, cvh_decode_offsets(&maps, &dx, &dy, &c, peaks));
        free(locref.samples);
    } else {
        must(entry, cvh_decode(&maps, &c, peaks));
    }
    for (int i = 0; i < maps.count && golden_param(entry, "clip_scores", 0, 0) > 0; i++)
        peaks[i].score = fmin(fmax(peaks[i].score, 0), 1);
    double tolerance = golden_tolerance("poses_px_score");
    expectation expected = {poses.values, 3, poses.values + 2, 3, tolerance, tolerance};
    compare_peaks(entry, peaks, maps.count, &expected);
    free(all.samples), free(poses.values);
}

void fit_posenet(const json_t *entry, cvh_convention *c, const cvh_maps *maps)
{
    int stride = (int)golden_param(entry, "output_stride_px", 0, 0);
    must(entry, cvh_convention_fit(c, (maps->rows - 1) * stride + 1, (maps->cols - 1) * stride + 1, maps->rows, maps->cols));
}

/* photo = position * (size + padding) / resolution - padding; mirrored, width - 1 - that. */
static void fit_posenet_photo(const json_t *entry, cvh_convention *c)
{
    double width = golden_param(entry, "image_size_px", 0, 0), height = golden_param(entry, "image_size_px", 1, 0);
    double res_x = golden_param(entry, "input_resolution_px", 0, 0), res_y = golden_param(entry, "input_resolution_px", 1, 0);
    double aspect = res_x / res_y, pad_x = 0, pad_y = 0;
    if (width / height < aspect)
        pad_x = floor(0.5 * (aspect * height - width) + 0.5);
    else
        pad_y = floor(0.5 * (width / aspect - height) + 0.5);
    double per_x = (width + 2 * pad_x) / res_x, per_y = (height + 2 * pad_y) / res_y;
    double sx = c->scale_x / per_x, sy = c->scale_y / per_y;
    frame(c, sx, sy, sx * pad_x, sy * pad_y);
    if (golden_param(entry, "flip_horizontal", 0, 0) > 0) frame(c, -sx, sy, sx * (width - 1 + pad_x), sy * pad_y);
}

static void check_posenet_decode(const json_t *entry)
{
    planes logits = input_planes(entry, "logits"), offsets = input_planes(entry, "offsets");
    bool photo = golden_has(entry, "outputs", "keypoints_photo_px_score");
    const char *name = photo ? "keypoints_photo_px_score" : "keypoints_input_px_score";
    golden_array at = golden_output(entry, name), poses = golden_output(entry, "pose_scores");
    int joints = logits.cols;
    cvh_maps maps = channels(&logits, 0, joints), dy = channels(&offsets, 0, joints), dx = channels(&offsets, joints, joints);
    cvh_convention c = convention_of("posenet");
    cvh_peak peaks[MOST_MAPS];
    fit_posenet(entry, &c, &maps);
    if (photo) fit_posenet_photo(entry, &c);
    if (photo) c.offsets.unit = CVH_OFFSET_PIXELS, c.offsets.length = 1 / golden_param(entry, "output_stride_px", 0, 0);
    must(entry, cvh_decode_offsets(&maps, &dx, &dy, &c, peaks));
    double tolerance = golden_tolerance(name), sum = 0;
    expectation expected = {at.values, 3, at.values + 2, 3, tolerance, tolerance};
    compare_peaks(entry, peaks, joints, &expected);
    for (int i = 0; i < joints; i++) sum += peaks[i].score;
    char answer[100];
    snprintf(answer, sizeof answer, "pose score expected %.9g, mean of ours %.9g", poses.values[0], sum / joints);
    golden_count(&offset_tally, entry, golden_word(entry, "flag"),
                 golden_close(poses.values[0], sum / joints, golden_tolerance("pose_scores")), answer);
    free(logits.samples), free(offsets.samples), free(at.values), free(poses.values);
}

void check_decode(const json_t *entry)
{
    if (golden_says(entry, "project", "mmpose"))
        check_mmpose_decode(entry);
    else if (golden_says(entry, "project", "UDP-Pose"))
        check_udp_decode(entry);
    else if (golden_says(entry, "project", "DeepLabCut"))
        check_deeplabcut_decode(entry);
    else
        check_posenet_decode(entry);
}
