/* SPDX-License-Identifier: Apache-2.0
 * Offset maps as the projects read them, peaks of a map by their score. */
#include "conventions/golden_offset.h"

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
            golden_count(&offset_tally, entry, golden_word(entry, "flag"), explained, answer);
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
        golden_count(&offset_tally, entry, golden_word(entry, "flag"), agrees, answer);
    }
    if (pose) check_joints(entry, &detections, cells, sigmoid);
    golden_leave_out(&offset_tally, pose ? "CenterNet's choice between hm_hp and hps" : "CenterNet's wh and boxes");
    free(heat.samples), free(reg.samples), free(detections.values);
}

/* The candidates are ours, the tree that joins them is not: the best of them all is a keypoint of the first pose. */
static void check_posenet_list(const json_t *entry)
{
    planes logits = input_planes(entry, "logits"), offsets = input_planes(entry, "offsets");
    golden_array at = golden_output(entry, "keypoints_input_px_score");
    static cvh_peak peaks[MOST_PEAKS];
    size_t count = 0;
    golden_leave_out(&offset_tally, "PoseNet's displacements, which join keypoints to persons");
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
        golden_count(&offset_tally, entry, "core", found, "the best candidate is no keypoint of the first pose");
    }
    free(logits.samples), free(offsets.samples), free(at.values);
}

void check_list(const json_t *entry)
{
    const char *function = golden_word(entry, "function");
    if (golden_param(entry, "flip_test", 0, 0) > 0)
        golden_leave_out(&offset_tally, "CenterNet's flip test, the mean after the sigmoid");
    else if (strstr(function, "DEKR"))
        golden_leave_out(&offset_tally, "DEKR: offsets from a centre, and pose NMS");
    else if (strstr(function, "SPR"))
        golden_leave_out(&offset_tally, "SPR: displacements from a root");
    else if (golden_says(entry, "project", "CenterNet"))
        check_centernet_list(entry);
    else
        check_posenet_list(entry);
}
