/* SPDX-License-Identifier: Apache-2.0
 * Offset maps as the projects draw them. */
#include "conventions/golden_offset.h"

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
        golden_count(&offset_tally, entry, golden_flag(entry, i), agrees, answer);
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
    golden_count(&offset_tally, entry, golden_flag(entry, -1), worst <= golden_tolerance(what), answer);
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
    golden_leave_out(&offset_tally, "masks and weights of losses");
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
    golden_leave_out(&offset_tally, "CenterNet's wh and boxes");
    if (each) golden_leave_out(&offset_tally, "CenterNet's hps, plain and dense");
    free(boxes.values), free(categories.values), free(joints.values);
}

void check_encode(const json_t *entry)
{
    if (strstr(golden_word(entry, "function"), "displacement")) {
        golden_leave_out(&offset_tally, "SPR: displacements from a root");
        return;
    }
    if (golden_says(entry, "project", "CenterNet"))
        check_centernet_encode(entry);
    else if (golden_says(entry, "project", "DeepLabCut"))
        check_deeplabcut_encode(entry);
    else
        check_combined_encode(entry);
}
