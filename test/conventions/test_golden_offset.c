/* SPDX-License-Identifier: Apache-2.0
 * Offset maps against what mmpose's, UDP-Pose's, CenterNet's, DeepLabCut's and tfjs PoseNet's own code drew and read. The
 * folders are $CVHEATMAP_GOLDEN_OFFSET and $CVHEATMAP_GOLDEN_DECODE, else ../shared/golden_offset and ../shared/golden_decode
 * beside the source tree; where the first is not there the test is skipped. Quirks, matters of taste and ties are told with
 * what is answered here. */
#include <float.h>

#include "support/golden_arrays.h"

static golden_tally tally;

enum { MOST_MAPS = 64, MOST_PEAKS = 1024 };

/* ----------------------------------------------------------------------------------------------------------------- views */

/* An array of planes as floats: `planes` of them from `first` on, every `every`-th. */
typedef struct planes {
    float *samples;
    int count, rows, cols;
} planes;

static planes planes_of(const golden_array *array)
{
    int rows = array->dims[array->rank - 2], cols = array->dims[array->rank - 1];
    planes p = {malloc((array->size + 1) * sizeof(float)), (int)array->size / (rows * cols), rows, cols};
    ck_assert_ptr_nonnull(p.samples);
    for (size_t i = 0; i < array->size; i++) p.samples[i] = (float)array->values[i];
    return p;
}

static planes input_planes(const json_t *entry, const char *name)
{
    golden_array array = golden_input(entry, name);
    ck_assert_msg(array.size > 0, "%s: no %s", golden_word(entry, "name"), name);
    planes p = planes_of(&array);
    free(array.values);
    return p;
}

static cvh_maps every(const planes *p, int first, int step)
{
    size_t plane = (size_t)p->rows * (size_t)p->cols;
    cvh_maps maps =
        cvh_maps_view(p->samples + (size_t)first * plane, (p->count - first + step - 1) / step, p->rows, p->cols, CVH_32F);
    maps.map_step = (size_t)step * plane * sizeof(float);
    return maps;
}

/* The same of an array [rows][cols][channels]: `count` channels from `first` on. */
static cvh_maps channels(const planes *p, int first, int count)
{
    int all = p->cols, cols = p->rows, rows = p->count;
    cvh_maps maps = cvh_maps_view(p->samples + first, count, rows, cols, CVH_32F);
    maps.map_step = sizeof(float);
    maps.col_step = (size_t)all * sizeof(float);
    maps.row_step = (size_t)cols * maps.col_step;
    return maps;
}

static cvh_convention convention_of(const char *name)
{
    cvh_convention convention;
    ck_assert_msg(cvh_convention_find(name, &convention) == CVH_OK, "%s", cvh_last_error());
    return convention;
}

static cvh_decoder decoder_of(const char *name)
{
    cvh_decoder decoder;
    ck_assert_msg(cvh_decoder_find(name, &decoder) == CVH_OK, "%s", cvh_last_error());
    return decoder;
}

static void must(const json_t *entry, cvh_status status)
{
    ck_assert_msg(status == CVH_OK, "%s: %s", golden_word(entry, "name"), cvh_last_error());
}

/* ---------------------------------------------------------------------------------------------------------------- encode */

/* Three planes a joint: class, x, y. Whole joints are compared. */
static void compare_joints(const json_t *entry, const char *output, const planes *ours, const float *our_weights, int first)
{
    golden_array expected = golden_output(entry, output), weights = golden_output(entry, "weights");
    golden_array visible = golden_input(entry, "visible");
    size_t joint = 3 * (size_t)ours->rows * (size_t)ours->cols;
    for (int i = 0; i < ours->count / 3; i++) {
        double worst = 0, seen = visible.values[first + i];
        for (size_t k = 0; k < joint; k++) {
            double e = expected.values[(size_t)i * joint + k], a = (double)ours->samples[(size_t)i * joint + k];
            worst = fmax(worst, isnan(e) || isnan(a) ? (isnan(e) && isnan(a) ? 0 : (double)INFINITY) : fabs(e - a));
        }
        bool weighs = seen == 0 || seen == 1;
        bool agrees =
            worst <= golden_tolerance(output) && (!weighs || (double)our_weights[first + i] == weights.values[first + i]);
        char answer[160];
        snprintf(answer, sizeof answer, "joint %d: off by %.3g, weight expected %g, here %g", i, worst,
                 weights.values[first + i], (double)our_weights[first + i]);
        golden_count(&tally, entry, golden_flag(entry, i), agrees, answer);
    }
    free(expected.values), free(weights.values), free(visible.values);
}

/* mmpose: in input pixels through UDPHeatmap, in map pixels through generate_offset_heatmap; UDP-Pose through its data set. */
static void check_combined_encode(const json_t *entry)
{
    bool mmpose = golden_says(entry, "project", "mmpose"), fitted = golden_has(entry, "inputs", "keypoints_px");
    const char *output = mmpose ? "heatmaps" : "target";
    golden_array at = golden_input(entry, fitted ? "keypoints_px" : "keypoints_map_px"),
                 visible = golden_input(entry, "visible");
    golden_array expected = golden_output(entry, output);
    planes ours = planes_of(&expected);
    cvh_convention c = convention_of(mmpose ? "mmpose_combined" : "udp_combined");
    c.offsets.length = c.offsets.disc = golden_param(entry, mmpose ? "radius_factor" : "kpd_map_px", 0, 0);
    if (fitted)
        must(entry, cvh_convention_fit(&c, (int)golden_param(entry, "input_size_px", 1, 0),
                                       (int)golden_param(entry, "input_size_px", 0, 0), ours.rows, ours.cols));
    cvh_keypoint points[MOST_MAPS];
    float weights[MOST_MAPS];
    int count = (int)visible.size, joints = ours.count / 3;
    ck_assert_int_le(count, MOST_MAPS);
    for (int i = 0; i < count; i++) {
        bool drawn = mmpose ? visible.values[i] >= 0.5 : visible.values[i] > 0.5;
        points[i] = (cvh_keypoint){.x = drawn ? at.values[2 * i] : (double)NAN, .y = at.values[2 * i + 1], .map = i % joints};
    }
    cvh_maps class = every(&ours, 0, 3), dx = every(&ours, 1, 3), dy = every(&ours, 2, 3);
    must(entry, cvh_encode_offsets(&class, &dx, &dy, points, (size_t)count, &c, weights));
    compare_joints(entry, output, &ours, weights, 0);
    free(at.values), free(visible.values), free(expected.values), free(ours.samples);
}

static double worst_difference(const golden_array *expected, const float *actual)
{
    double worst = 0;
    for (size_t i = 0; i < expected->size; i++) worst = fmax(worst, fabs(expected->values[i] - (double)actual[i]));
    return worst;
}

static void count_worst(const json_t *entry, const char *what, double worst)
{
    char answer[120];
    snprintf(answer, sizeof answer, "%s: off by %.3g", what, worst);
    golden_count(&tally, entry, golden_flag(entry, -1), worst <= golden_tolerance(what), answer);
}

/* The project truncates the middle of a cell to whole input pixels, which is half a pixel less at odd strides. */
static void check_deeplabcut_encode(const json_t *entry)
{
    bool plateau = strstr(golden_word(entry, "function"), "Plateau") != NULL;
    golden_array at = golden_input(entry, "keypoints_px_vis"), heatmap = golden_output(entry, "heatmap");
    golden_array locref = golden_output(entry, "locref");
    planes maps = planes_of(&heatmap), offsets = planes_of(&locref);
    int stride = (int)golden_param(entry, "stride_px", 0, 0), joints = maps.count, count = (int)at.size / 3;
    cvh_convention c = convention_of("deeplabcut");
    c.input_sigma = golden_param(entry, "sigma_px", 0, 0);
    must(entry, cvh_convention_fit(&c, maps.rows * stride, maps.cols * stride, maps.rows, maps.cols));
    c.offset_x = c.offset_y = -(double)(stride / 2) / stride;
    if (plateau) c.offsets.disc = golden_param(entry, "pos_dist_thresh_px", 0, 0), c.offsets.area = CVH_OFFSET_DISC;
    cvh_keypoint points[MOST_MAPS];
    ck_assert_int_le(count, MOST_MAPS);
    for (int i = 0; i < count; i++)
        points[i] = (cvh_keypoint){
            .x = at.values[3 * i + 2] > 0 ? at.values[3 * i] : (double)NAN, .y = at.values[3 * i + 1], .map = i % joints};
    cvh_maps heat = every(&maps, 0, 1), dx = every(&offsets, 0, 2), dy = every(&offsets, 1, 2);
    must(entry, cvh_encode_offsets(&heat, &dx, &dy, points, (size_t)count, &c, NULL));
    count_worst(entry, "heatmap", worst_difference(&heatmap, maps.samples));
    count_worst(entry, "locref", worst_difference(&locref, offsets.samples));
    golden_leave_out(&tally, "masks and weights of losses");
    free(at.values), free(heatmap.values), free(locref.values), free(maps.samples), free(offsets.samples);
}

/* A box on the map, as CenterNet's data set clips it: float32 corners. */
typedef struct centre_box {
    float x, y;
    double width, height;
} centre_box;

static float clipped(double value, int size)
{
    return (float)(value < 0 ? 0 : value > size - 1 ? size - 1 : value);
}

static centre_box box_of(const double *box, int rows, int cols)
{
    float x1 = clipped(box[0] / 4, cols), y1 = clipped(box[1] / 4, rows);
    float x2 = clipped((box[0] + box[2]) / 4, cols), y2 = clipped((box[1] + box[3]) / 4, rows);
    return (centre_box){(x1 + x2) / 2, (y1 + y2) / 2, (double)(x2 - x1), (double)(y2 - y1)};
}

static cvh_gaussian gaussian_of(const centre_box *box)
{
    double radius = trunc(cvh_radius_centernet(ceil(box->height), ceil(box->width), 0.7));
    return (cvh_gaussian){.ksize_x = 2 * (radius > 0 ? radius : 0) + 1};
}

/* The offsets at the cells that the project lists, where its mask says that it uses them. */
static void compare_listed(const json_t *entry, const char *name, const char *indices, const char *mask, const cvh_maps *dx,
                           const cvh_maps *dy)
{
    golden_array expected = golden_output(entry, name), at = golden_output(entry, indices), used = golden_output(entry, mask);
    double worst = 0;
    for (size_t i = 0; i < at.size; i++) {
        if (used.values[i] == 0) continue;
        int cell = (int)at.values[i], row = cell / dx->cols, col = cell % dx->cols;
        worst = fmax(worst, fabs(expected.values[2 * i] - sample(dx, 0, row, col)));
        worst = fmax(worst, fabs(expected.values[2 * i + 1] - sample(dy, 0, row, col)));
    }
    count_worst(entry, name, worst);
    free(expected.values), free(at.values), free(used.values);
}

static void draw_centernet(const json_t *entry, const char *name, const char *offset, const char *indices, const char *mask,
                           const cvh_keypoint *points, int count)
{
    golden_array expected = golden_output(entry, name);
    planes ours = planes_of(&expected);
    float *both = malloc(2 * (size_t)ours.rows * (size_t)ours.cols * sizeof *both);
    ck_assert_ptr_nonnull(both);
    planes two = {both, 2, ours.rows, ours.cols};
    cvh_maps maps = every(&ours, 0, 1), dx = every(&two, 0, 2), dy = every(&two, 1, 2);
    cvh_convention c = convention_of("centernet");
    must(entry, cvh_encode_offsets(&maps, &dx, &dy, points, (size_t)count, &c, NULL));
    count_worst(entry, name, worst_difference(&expected, ours.samples));
    compare_listed(entry, offset, indices, mask, &dx, &dy);
    free(expected.values), free(ours.samples), free(both);
}

static void check_centernet_encode(const json_t *entry)
{
    enum { MOST = 64 };
    golden_array boxes = golden_input(entry, "boxes_px"), categories = golden_input(entry, "categories");
    golden_array joints = golden_input(entry, "keypoints_px_vis");
    int cols = (int)golden_param(entry, "heatmap_size_px", 0, 0), rows = (int)golden_param(entry, "heatmap_size_px", 1, 0);
    int objects = (int)categories.size, each = (int)golden_param(entry, "joints", 0, 0), count = 0;
    cvh_keypoint centres[MOST], points[MOST];
    cvh_gaussian shapes[MOST];
    for (int i = 0; i < objects; i++) {
        centre_box box = box_of(&boxes.values[4 * i], rows, cols);
        shapes[i] = gaussian_of(&box);
        centres[i] = (cvh_keypoint){
            .x = (double)box.x, .y = (double)box.y, .map = (int)categories.values[i] - 1, .gaussian = &shapes[i]};
        for (int j = 0; j < each; j++) {
            const double *joint = &joints.values[3 * (i * each + j)];
            float x = (float)(joint[0] / 4), y = (float)(joint[1] / 4);
            bool inside = joint[2] > 0 && x >= 0 && x < (float)cols && y >= 0 && y < (float)rows;
            if (inside) points[count++] = (cvh_keypoint){.x = (double)x, .y = (double)y, .map = j, .gaussian = &shapes[i]};
        }
    }
    draw_centernet(entry, "hm", "reg", "ind", "reg_mask", centres, objects);
    if (each) draw_centernet(entry, "hm_hp", "hp_offset", "hp_ind", "hp_mask", points, count);
    golden_leave_out(&tally, "CenterNet's wh and boxes");
    if (each) golden_leave_out(&tally, "CenterNet's hps, plain and dense");
    free(boxes.values), free(categories.values), free(joints.values);
}

static void check_encode(const json_t *entry)
{
    if (strstr(golden_word(entry, "function"), "displacement")) {
        golden_leave_out(&tally, "SPR: displacements from a root");
        return;
    }
    if (golden_says(entry, "project", "CenterNet"))
        check_centernet_encode(entry);
    else if (golden_says(entry, "project", "DeepLabCut"))
        check_deeplabcut_encode(entry);
    else
        check_combined_encode(entry);
}

/* ------------------------------------------------------------------------------------------------- one peak a map: decode */

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
        golden_count(&tally, entry, golden_flag(entry, i), agrees, answer);
    }
}

/* u = a x + b on each axis as the project maps it back. */
static void frame(cvh_convention *c, double scale_x, double scale_y, double offset_x, double offset_y)
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

static void fit_posenet(const json_t *entry, cvh_convention *c, const cvh_maps *maps)
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
    golden_count(&tally, entry, golden_word(entry, "flag"),
                 golden_close(poses.values[0], sum / joints, golden_tolerance("pose_scores")), answer);
    free(logits.samples), free(offsets.samples), free(at.values), free(poses.values);
}

static void check_decode(const json_t *entry)
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

/* ------------------------------------------------------------------------------------------------------------ peak lists */

static int by_score(const void *a, const void *b)
{
    double one = ((const cvh_peak *)a)->score, two = ((const cvh_peak *)b)->score;
    return one < two ? 1 : one > two ? -1 : 0;
}

/* Peaks of `maps`, the best of all maps first; without dx and dy at p + shift. */
static size_t list_peaks(const json_t *entry, const cvh_maps *maps, const planes *offsets, cvh_decoder decoder, double shift,
                         cvh_peak peaks[MOST_PEAKS])
{
    cvh_convention c = convention_of("centernet");
    size_t count = 0;
    decoder.shift = shift;
    c.decoder = &decoder;
    if (offsets) {
        cvh_maps dx = every(offsets, 0, 2), dy = every(offsets, 1, 2);
        must(entry, cvh_find_peaks_offsets(maps, &dx, &dy, &c, peaks, MOST_PEAKS, &count));
    } else {
        must(entry, cvh_find_peaks(maps, &c, peaks, MOST_PEAKS, &count));
    }
    return count;
}

typedef struct candidates {
    cvh_peak peaks[MOST_PEAKS];
    size_t count;
} candidates;

/* A joint of a detection is one of its map's candidates, or the detection's cell plus hps there. */
static bool is_explained(const candidates *among, int joint, double x, double y, double regressed_x, double regressed_y,
                         double tolerance)
{
    for (size_t i = 0; i < among->count; i++) {
        const cvh_peak *peak = &among->peaks[i];
        if (peak->map == joint && fabs(peak->x - x) <= tolerance && fabs(peak->y - y) <= tolerance) return true;
    }
    return fabs(regressed_x - x) <= tolerance && fabs(regressed_y - y) <= tolerance;
}

static void check_joints(const json_t *entry, const golden_array *detections, const cvh_peak *cells, bool sigmoid)
{
    static candidates among;
    int joints = (int)golden_param(entry, "joints", 0, 0), columns = detections->dims[1];
    planes hps = input_planes(entry, "hps");
    cvh_decoder decoder = decoder_of("centernet");
    decoder.activation = sigmoid ? CVH_ACTIVATION_SIGMOID : CVH_ACTIVATION_NONE;
    decoder.max_peaks = (int)golden_param(entry, "K", 0, 0);
    among.count = 0;
    if (golden_has(entry, "inputs", "hm_hp") || golden_has(entry, "inputs", "hm_hp_logits")) {
        planes hm = input_planes(entry, sigmoid ? "hm_hp_logits" : "hm_hp"), offsets = {0};
        cvh_maps maps = every(&hm, 0, 1);
        bool refined = golden_has(entry, "inputs", "hp_offset");
        if (refined) offsets = input_planes(entry, "hp_offset");
        among.count = list_peaks(entry, &maps, refined ? &offsets : NULL, decoder, 0.5, among.peaks);
        free(hm.samples), free(offsets.samples);
    }
    cvh_maps dx = every(&hps, 0, 2), dy = every(&hps, 1, 2);
    for (int i = 0; i < detections->dims[0]; i++)
        for (int j = 0; j < joints; j++) {
            const double *joint = &detections->values[i * columns + 5 + 2 * j];
            int row = (int)cells[i].y, col = (int)cells[i].x;
            bool explained = is_explained(&among, j, joint[0], joint[1], col + sample(&dx, j, row, col),
                                          row + sample(&dy, j, row, col), golden_tolerance("detections"));
            char answer[160];
            snprintf(answer, sizeof answer, "detection %d, joint %d at (%.7g, %.7g) is no candidate and no cell plus hps", i, j,
                     joint[0], joint[1]);
            golden_count(&tally, entry, golden_word(entry, "flag"), explained, answer);
        }
    free(hps.samples);
}

static void check_centernet_list(const json_t *entry)
{
    static cvh_peak peaks[MOST_PEAKS], cells[MOST_PEAKS];
    bool sigmoid = golden_says(json_object_get(entry, "params"), "activation", "sigmoid");
    bool pose = golden_param(entry, "joints", 0, 0) > 0;
    planes heat = input_planes(entry, pose ? (sigmoid ? "hm_logits" : "hm") : sigmoid ? "logits" : "heat"), reg = {0};
    golden_array detections = golden_output(entry, "detections");
    cvh_decoder decoder = decoder_of("centernet");
    cvh_maps maps = every(&heat, 0, 1);
    bool refined = golden_has(entry, "inputs", "reg");
    if (refined) reg = input_planes(entry, "reg");
    decoder.threshold = 0; /* of its K best those with a score above 0 are told */
    decoder.activation = sigmoid ? CVH_ACTIVATION_SIGMOID : CVH_ACTIVATION_NONE;
    size_t count = list_peaks(entry, &maps, refined ? &reg : NULL, decoder, 0.5, peaks);
    size_t same = list_peaks(entry, &maps, NULL, decoder, 0, cells);
    ck_assert_uint_eq(count, same);
    qsort(peaks, count, sizeof *peaks, by_score);
    qsort(cells, count, sizeof *cells, by_score);
    int rows = detections.dims[0], columns = detections.dims[1];
    for (int i = 0; i < rows; i++) {
        const double *d = &detections.values[i * columns];
        cvh_peak peak = (size_t)i < count ? peaks[i] : (cvh_peak){.map = -1};
        double x = (d[0] + d[2]) / 2, y = (d[1] + d[3]) / 2, tolerance = golden_tolerance("detections");
        bool agrees = golden_close(x, peak.x, tolerance) && golden_close(y, peak.y, tolerance)
                      && golden_close(d[4], peak.score, tolerance) && (int)d[columns - 1] == peak.map;
        char answer[240];
        snprintf(answer, sizeof answer,
                 "detection %d: expected the centre (%.7g, %.7g) score %.7g class %g, here (%.7g, %.7g) score %.7g class %d", i,
                 x, y, d[4], d[columns - 1], peak.x, peak.y, peak.score, peak.map);
        golden_count(&tally, entry, golden_word(entry, "flag"), agrees, answer);
    }
    if (pose) check_joints(entry, &detections, cells, sigmoid);
    golden_leave_out(&tally, pose ? "CenterNet's choice between hm_hp and hps" : "CenterNet's wh and boxes");
    free(heat.samples), free(reg.samples), free(detections.values);
}

/* The candidates are ours, the tree that joins them is not: the best of them all is a keypoint of the first pose. */
static void check_posenet_list(const json_t *entry)
{
    planes logits = input_planes(entry, "logits"), offsets = input_planes(entry, "offsets");
    golden_array at = golden_output(entry, "keypoints_input_px_score");
    static cvh_peak peaks[MOST_PEAKS];
    size_t count = 0;
    golden_leave_out(&tally, "PoseNet's displacements, which join keypoints to persons");
    if (at.size && golden_says(entry, "flag", "core")) {
        int joints = logits.cols;
        cvh_maps maps = channels(&logits, 0, joints), dy = channels(&offsets, 0, joints),
                 dx = channels(&offsets, joints, joints);
        cvh_convention c = convention_of("posenet");
        cvh_decoder decoder = decoder_of("posenet_peaks");
        c.decoder = &decoder;
        fit_posenet(entry, &c, &maps);
        must(entry, cvh_find_peaks_offsets(&maps, &dx, &dy, &c, peaks, MOST_PEAKS, &count));
        qsort(peaks, count, sizeof *peaks, by_score);
        bool found = false;
        double tolerance = golden_tolerance("keypoints_input_px_score");
        for (int i = 0; count && i < joints; i++) {
            const double *joint = &at.values[3 * i];
            found |= peaks[0].map == i && golden_close(joint[0], peaks[0].x, tolerance)
                     && golden_close(joint[1], peaks[0].y, tolerance) && golden_close(joint[2], peaks[0].score, tolerance);
        }
        golden_count(&tally, entry, "core", found, "the best candidate is no keypoint of the first pose");
    }
    free(logits.samples), free(offsets.samples), free(at.values);
}

static void check_list(const json_t *entry)
{
    const char *function = golden_word(entry, "function");
    if (golden_param(entry, "flip_test", 0, 0) > 0)
        golden_leave_out(&tally, "CenterNet's flip test, the mean after the sigmoid");
    else if (strstr(function, "DEKR"))
        golden_leave_out(&tally, "DEKR: offsets from a centre, and pose NMS");
    else if (strstr(function, "SPR"))
        golden_leave_out(&tally, "SPR: displacements from a root");
    else if (golden_says(entry, "project", "CenterNet"))
        check_centernet_list(entry);
    else
        check_posenet_list(entry);
}

/* ------------------------------------------------------------------------------------------------------------------ flips */

/* Back alone: merged with nothing, and doubled. */
static double flip_plane(const planes *from, const golden_array *expected, int first, int step, cvh_flip flip,
                         const int *partner)
{
    planes to = {calloc((size_t)from->count * (size_t)from->rows * (size_t)from->cols, sizeof(float)), from->count, from->rows,
                 from->cols};
    ck_assert_ptr_nonnull(to.samples);
    cvh_maps maps = every(from, first, step), out = every(&to, first, step);
    ck_assert_msg(cvh_flip_merge(&out, &maps, partner, flip, &out) == CVH_OK, "%s", cvh_last_error());
    double worst = 0;
    size_t plane = (size_t)from->rows * (size_t)from->cols;
    for (int k = first; k < from->count; k += step)
        for (size_t i = 0; i < plane; i++)
            worst = fmax(worst, fabs(expected->values[(size_t)k * plane + i] - 2 * (double)to.samples[(size_t)k * plane + i]));
    free(to.samples);
    return worst;
}

static void check_flip(const json_t *entry)
{
    planes all = input_planes(entry, "heatmaps");
    golden_array expected = golden_output(entry, "flipped");
    bool combined = !golden_says(json_object_get(entry, "params"), "flip_mode", "offset");
    bool shift = golden_param(entry, "shift_heatmap", 0, 0) > 0;
    int step = combined ? 3 : 2, joints = all.count / step, partner[MOST_MAPS];
    for (int i = 0; i < joints; i++) partner[i] = (int)golden_param(entry, "flip_indices", i, i == 0 ? 0 : 3 - i);
    cvh_flip plain = shift ? CVH_FLIP_SHIFT : CVH_FLIP_MIRROR, negated = shift ? CVH_FLIP_NEGATE_SHIFT : CVH_FLIP_NEGATE;
    double worst = combined ? flip_plane(&all, &expected, 0, step, plain, partner) : 0;
    worst = fmax(worst, flip_plane(&all, &expected, step - 2, step, negated, partner));
    worst = fmax(worst, flip_plane(&all, &expected, step - 1, step, plain, partner));
    char answer[80];
    snprintf(answer, sizeof answer, "off by %.3g", worst);
    golden_count(&tally, entry, golden_word(entry, "flag"), worst < FLT_MIN, answer); /* half of a subnormal may be rounded */
    free(all.samples), free(expected.values);
}

/* ------------------------------------------------------------------------------------------------------------------ tests */

START_TEST(test_every_case_is_the_projects_own)
{
    static const struct {
        const char *kind;
        void (*check)(const json_t *entry);
    } kinds[] = {{"encode", check_encode}, {"decode", check_decode}, {"decode_list", check_list}, {"flip", check_flip}};
    size_t index;
    json_t *entry;
    memset(&tally, 0, sizeof tally);
    json_array_foreach(json_object_get(golden, "cases"), index, entry)
    {
        size_t i = 0;
        while (i < sizeof kinds / sizeof *kinds && !golden_says(entry, "kind", kinds[i].kind)) i++;
        ck_assert_msg(i < sizeof kinds / sizeof *kinds, "kind %s is in the folder, not in this test",
                      golden_word(entry, "kind"));
        kinds[i].check(entry);
    }
    golden_finish(&tally, "joints, maps and detections");
}
END_TEST

/* The triplets among the maps of golden_decode. */
static void load_triplets(const char *file, planes *all)
{
    char path[2400];
    cvh_maps maps;
    snprintf(path, sizeof path, "%s/%s", golden_folder, file);
    ck_assert_msg(cvh_npy_load(path, &maps) == CVH_OK, "%s", cvh_last_error());
    *all = (planes){maps.data, maps.count, maps.rows, maps.cols};
}

static void one_plane_each(const json_t *entry, const planes *all, cvh_maps *class, cvh_maps *dx, cvh_maps *dy)
{
    const char *const keys[] = {"k", "k_offset_x", "k_offset_y"};
    cvh_maps *const views[] = {class, dx, dy};
    for (int i = 0; i < 3; i++) {
        *views[i] = every(all, (int)json_integer_value(json_object_get(entry, keys[i])), 1);
        views[i]->count = 1;
    }
}

static void check_decode_case(const json_t *entry)
{
    planes all;
    cvh_maps class, dx, dy;
    cvh_peak peak;
    cvh_convention c = convention_of("mmpose_combined");
    load_triplets(golden_word(entry, "map"), &all);
    one_plane_each(entry, &all, &class, &dx, &dy);
    frame(&c, (all.cols - 1) / json_number_value(json_array_get(json_object_get(entry, "input_size"), 0)),
          (all.rows - 1) / json_number_value(json_array_get(json_object_get(entry, "input_size"), 1)), 0, 0);
    must(entry, cvh_decode_offsets(&class, &dx, &dy, &c, &peak));
    double x = golden_value(json_object_get(entry, "x")), y = golden_value(json_object_get(entry, "y"));
    double score = golden_value(json_object_get(entry, "score")), tolerance = golden_tolerance("xy_input_or_image");
    char answer[240];
    snprintf(answer, sizeof answer, "%s: expected (%.7g, %.7g) score %.7g, here (%.7g, %.7g) score %.7g",
             golden_word(entry, "id"), x, y, score, peak.x, peak.y, peak.score);
    golden_count(&tally, entry, "core",
                 golden_close(x, peak.x, tolerance) && golden_close(y, peak.y, tolerance)
                     && golden_close(score, peak.score, golden_tolerance("score_relative")),
                 answer);
    free(all.samples);
}

static void check_decode_list(const json_t *entry)
{
    static cvh_peak peaks[MOST_PEAKS];
    planes all;
    cvh_maps class, dx, dy;
    size_t count = 0, wanted = json_array_size(json_object_get(entry, "peaks"));
    cvh_convention c = convention_of("centernet");
    cvh_decoder decoder = *c.decoder;
    decoder.max_peaks = 10;
    c.decoder = &decoder;
    load_triplets(golden_word(entry, "map"), &all);
    one_plane_each(entry, &all, &class, &dx, &dy);
    must(entry, cvh_find_peaks_offsets(&class, &dx, &dy, &c, peaks, MOST_PEAKS, &count));
    double worst = count == wanted ? 0 : (double)INFINITY;
    for (size_t i = 0; i < count && i < wanted; i++) {
        const json_t *peak = json_array_get(json_object_get(entry, "peaks"), i);
        worst = fmax(worst, fabs(json_number_value(json_array_get(peak, 0)) - peaks[i].x));
        worst = fmax(worst, fabs(json_number_value(json_array_get(peak, 1)) - peaks[i].y));
        worst = fmax(worst, fabs(json_number_value(json_array_get(peak, 2)) - peaks[i].score));
    }
    char answer[160];
    snprintf(answer, sizeof answer, "%s: expected %zu peaks, here %zu, off by %.3g", golden_word(entry, "id"), wanted, count,
             worst);
    golden_count(&tally, entry, "core", worst <= golden_tolerance("xy"), answer);
    free(all.samples);
}

START_TEST(test_the_triplets_of_golden_decode)
{
    json_t *index = golden, *entry;
    char folder[sizeof golden_folder];
    memcpy(folder, golden_folder, sizeof folder);
    if (golden_open("CVHEATMAP_GOLDEN_DECODE", "golden_decode")) {
        size_t at;
        memset(&tally, 0, sizeof tally);
        json_array_foreach(json_object_get(golden, "cases"), at, entry)
        {
            if (golden_says(entry, "method", "codec_udp_combined")) check_decode_case(entry);
        }
        json_array_foreach(json_object_get(golden, "peak_lists"), at, entry)
        {
            if (golden_says(entry, "method", "peaks_centernet_offset")) check_decode_list(entry);
        }
        golden_finish(&tally, "keypoints and lists");
        json_decref(golden);
    }
    golden = index;
    memcpy(golden_folder, folder, sizeof folder);
}
END_TEST

static Suite *offset_suite(void)
{
    Suite *suite = suite_create("golden_offset");
    TCase *tests = tcase_create("golden_offset");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_every_case_is_the_projects_own);
    tcase_add_test(tests, test_the_triplets_of_golden_decode);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    if (!golden_open("CVHEATMAP_GOLDEN_OFFSET", "golden_offset")) return TEST_SKIPPED;
    int status = run_suite(offset_suite());
    json_decref(golden);
    return status;
}
