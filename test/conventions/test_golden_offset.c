/* SPDX-License-Identifier: Apache-2.0
 * Offset maps against what mmpose's, UDP-Pose's, CenterNet's, DeepLabCut's and tfjs PoseNet's own code drew and read. The
 * folders are $CVHEATMAP_GOLDEN_OFFSET and $CVHEATMAP_GOLDEN_DECODE, else ../shared/golden_offset and ../shared/golden_decode
 * beside the source tree; where the first is not there the test is skipped. Quirks, matters of taste and ties are told with
 * what is answered here. */
#include <float.h>

#include "conventions/golden_offset.h"

golden_tally offset_tally;

/* ----------------------------------------------------------------------------------------------------------------- views */

planes planes_of(const golden_array *array)
{
    int rows = array->dims[array->rank - 2], cols = array->dims[array->rank - 1];
    planes p = {malloc((array->size + 1) * sizeof(float)), (int)array->size / (rows * cols), rows, cols};
    ck_assert_ptr_nonnull(p.samples);
    for (size_t i = 0; i < array->size; i++) p.samples[i] = (float)array->values[i];
    return p;
}

planes input_planes(const json_t *entry, const char *name)
{
    golden_array array = golden_input(entry, name);
    ck_assert_msg(array.size > 0, "%s: no %s", golden_word(entry, "name"), name);
    planes p = planes_of(&array);
    free(array.values);
    return p;
}

cvh_maps every(const planes *p, int first, int step)
{
    size_t plane = (size_t)p->rows * (size_t)p->cols;
    cvh_maps maps =
        cvh_maps_view(p->samples + (size_t)first * plane, (p->count - first + step - 1) / step, p->rows, p->cols, CVH_32F);
    maps.map_step = (size_t)step * plane * sizeof(float);
    return maps;
}

cvh_maps channels(const planes *p, int first, int count)
{
    int all = p->cols, cols = p->rows, rows = p->count;
    cvh_maps maps = cvh_maps_view(p->samples + first, count, rows, cols, CVH_32F);
    maps.map_step = sizeof(float);
    maps.col_step = (size_t)all * sizeof(float);
    maps.row_step = (size_t)cols * maps.col_step;
    return maps;
}

cvh_convention convention_of(const char *name)
{
    cvh_convention convention;
    ck_assert_msg(cvh_convention_find(name, &convention) == CVH_OK, "%s", cvh_last_error());
    return convention;
}

cvh_decoder decoder_of(const char *name)
{
    cvh_decoder decoder;
    ck_assert_msg(cvh_decoder_find(name, &decoder) == CVH_OK, "%s", cvh_last_error());
    return decoder;
}

void must(const json_t *entry, cvh_status status)
{
    ck_assert_msg(status == CVH_OK, "%s: %s", golden_word(entry, "name"), cvh_last_error());
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
    golden_count(&offset_tally, entry, golden_word(entry, "flag"), worst < FLT_MIN,
                 answer); /* half of a subnormal may be rounded */
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
    memset(&offset_tally, 0, sizeof offset_tally);
    json_array_foreach(json_object_get(golden_index, "cases"), index, entry)
    {
        size_t i = 0;
        while (i < sizeof kinds / sizeof *kinds && !golden_says(entry, "kind", kinds[i].kind)) i++;
        ck_assert_msg(i < sizeof kinds / sizeof *kinds, "kind %s is in the folder, not in this test",
                      golden_word(entry, "kind"));
        kinds[i].check(entry);
    }
    golden_finish(&offset_tally, "joints, maps and detections");
}
END_TEST

/* The triplets among the maps of golden_decode. */
static void load_triplets(const char *file, planes *all)
{
    cvh_maps maps = golden_load(file);
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
    snprintf(answer, sizeof answer, "expected (%.7g, %.7g) score %.7g, here (%.7g, %.7g) score %.7g", x, y, score, peak.x,
             peak.y, peak.score);
    golden_count(&offset_tally, entry, "core",
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
    snprintf(answer, sizeof answer, "expected %zu peaks, here %zu, off by %.3g", wanted, count, worst);
    golden_count(&offset_tally, entry, "core", worst <= golden_tolerance("xy"), answer);
    free(all.samples);
}

static void check_golden_decode(void)
{
    size_t at;
    json_t *entry;
    memset(&offset_tally, 0, sizeof offset_tally);
    json_array_foreach(json_object_get(golden_index, "cases"), at, entry)
    {
        if (golden_says(entry, "method", "codec_udp_combined")) check_decode_case(entry);
    }
    json_array_foreach(json_object_get(golden_index, "peak_lists"), at, entry)
    {
        if (golden_says(entry, "method", "peaks_centernet_offset")) check_decode_list(entry);
    }
    golden_finish(&offset_tally, "keypoints and lists");
}

START_TEST(test_the_triplets_of_golden_decode)
{
    golden_elsewhere("CVHEATMAP_GOLDEN_DECODE", "golden_decode", check_golden_decode);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {test_every_case_is_the_projects_own, test_the_triplets_of_golden_decode, NULL};
    return golden_main("CVHEATMAP_GOLDEN_OFFSET", "golden_offset", 60, tests);
}
