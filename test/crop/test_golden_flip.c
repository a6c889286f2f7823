/* SPDX-License-Identifier: Apache-2.0
 * The flip test as the projects' own code averages it, bit for bit. */
#include "support/golden.h"

enum { MOST = 128 };

/* The set's pairs of keypoints, as a permutation of maps: `channels` maps a keypoint. */
static void partners(const json_t *entry, int keypoints, int channels, int partner[MOST])
{
    const json_t *pairs = json_object_get(entry, "flip_pairs");
    ck_assert_int_le(keypoints * channels, MOST);
    for (int i = 0; i < keypoints * channels; i++) partner[i] = i;
    for (size_t i = 0; i < json_array_size(pairs); i++) {
        int a = (int)golden_item(json_array_get(pairs, i), 0), b = (int)golden_item(json_array_get(pairs, i), 1);
        for (int c = 0; c < channels; c++) {
            partner[a * channels + c] = b * channels + c;
            partner[b * channels + c] = a * channels + c;
        }
    }
}

/* A file of [2][channels][rows][cols] as two views, and the expected average. */
typedef struct flip_case {
    cvh_maps in, out, maps, flipped;
} flip_case;

static const char *file_of(const json_t *entry, const char *name, const char *part)
{
    char key[64];
    snprintf(key, sizeof key, "%s%s%s", name, *part ? "_" : "", part);
    return golden_word(json_object_get(entry, "files"), key);
}

static flip_case load(const json_t *entry, const char *part)
{
    flip_case c = {.in = golden_load(file_of(entry, "in", part)), .out = golden_load(file_of(entry, "out", part))};
    c.maps = c.flipped = c.in;
    if (c.in.count == 2) { /* [2][K][n]: rows are keypoints, each a map of one row */
        c.maps.count = c.in.rows;
        c.maps.rows = 1;
        c.out.count = c.out.rows * c.out.count;
        c.out.rows = 1;
        c.flipped = c.maps;
    } else {
        c.maps.count = c.flipped.count = c.in.count / 2;
    }
    size_t half = (size_t)c.maps.count * (size_t)c.maps.rows * (size_t)c.maps.cols;
    c.flipped.data = (float *)c.in.data + half;
    return c;
}

static void unload(flip_case *c)
{
    cvh_npy_free(&c->in);
    cvh_npy_free(&c->out);
}

/* Every `step`-th map from `first` on: one kind of channel. */
static cvh_maps every(const cvh_maps *maps, int first, int step)
{
    cvh_maps view = *maps;
    size_t map = (size_t)maps->rows * (size_t)maps->cols * sizeof(float);
    view.data = (unsigned char *)maps->data + (size_t)first * map;
    view.count = maps->count / step;
    view.map_step = map * (size_t)step;
    return view;
}

/* Merges one kind of channel, in a packed result and in place, and compares. */
static void check_channel(golden_verdict *verdict, const flip_case *c, int first, int step, const int *partner, cvh_flip flip,
                          double tolerance)
{
    cvh_maps maps = every(&c->maps, first, step), flipped = every(&c->flipped, first, step),
             expected = every(&c->out, first, step);
    guarded_maps made = guarded_new(maps.count, maps.rows, maps.cols, CVH_32F);
    cvh_tolerance allowed = {.absolute = tolerance};
    cvh_report report;
    ck_assert_msg(!cvh_flip_merge(&maps, &flipped, partner, flip, &made.maps), "%s", cvh_last_error());
    ck_assert_msg(!cvh_compare(&expected, &made.maps, &allowed, &report), "%s", cvh_last_error());
    if (report.differing)
        golden_fail(verdict, "channel %d of %d: %llu samples differ, by %g at most", first, step,
                    (unsigned long long)report.differing, report.max_abs);
    ck_assert_msg(!cvh_flip_merge(&maps, &flipped, partner, flip, &maps), "%s", cvh_last_error());
    assert_maps_agree("in place", &made.maps, &maps, NULL);
    ck_assert(guarded_intact(&made));
    guarded_free(&made);
}

/* Channels per keypoint, and which of them has its sign changed; -1: none. */
static void check_maps(golden_verdict *verdict, const json_t *entry, const char *part, int channels, int negated,
                       double tolerance)
{
    int partner[MOST], keypoints = (int)golden_number(entry, "keypoints");
    bool shift = json_is_true(json_object_get(entry, "shift"));
    flip_case c = load(entry, part);
    partners(entry, keypoints, 1, partner);
    for (int k = 0; k < channels; k++) {
        cvh_flip flip = k == negated ? (shift ? CVH_FLIP_NEGATE_SHIFT : CVH_FLIP_NEGATE)
                        : shift      ? CVH_FLIP_SHIFT
                                     : CVH_FLIP_MIRROR;
        check_channel(verdict, &c, k, channels, partner, flip, tolerance);
    }
    unload(&c);
}

/* ------------------------------------------------------------------------------------------------------------------ rules */

static void heatmaps(golden_verdict *verdict, const json_t *entry)
{
    if (golden_says(entry, "flag", "defect")) {
        golden_list(verdict, "the project's shift copies a slice onto itself and smears columns");
        return;
    }
    check_maps(verdict, entry, "", 1, -1, 0);
}

static void class_and_offsets(golden_verdict *verdict, const json_t *entry)
{
    check_maps(verdict, entry, "", 3, 1, 0);
}

static void offsets(golden_verdict *verdict, const json_t *entry)
{
    check_maps(verdict, entry, "", 2, 0, 0);
}

static void simcc(golden_verdict *verdict, const json_t *entry)
{
    int partner[MOST];
    partners(entry, (int)golden_number(entry, "keypoints"), 1, partner);
    const struct {
        const char *part;
        cvh_flip flip;
    } axes[] = {{"x", CVH_FLIP_MIRROR}, {"y", CVH_FLIP_PARTNER}};
    for (int i = 0; i < 2; i++) {
        flip_case c = load(entry, axes[i].part);
        check_channel(verdict, &c, 0, 1, partner, axes[i].flip, 0);
        unload(&c);
    }
}

/* wh and the offsets of a person's keypoints from its centre. hm comes out of the sigmoid. */
static void centernet(golden_verdict *verdict, const json_t *entry)
{
    int partner[MOST];
    flip_case wh = load(entry, "wh"), hps = load(entry, "hps");
    for (int i = 0; i < wh.maps.count; i++) partner[i] = i;
    check_channel(verdict, &wh, 0, 1, partner, CVH_FLIP_MIRROR, 0);
    partners(entry, (int)golden_number(entry, "keypoints"), 1, partner);
    check_channel(verdict, &hps, 0, 2, partner, CVH_FLIP_NEGATE, 0);
    check_channel(verdict, &hps, 1, 2, partner, CVH_FLIP_MIRROR, 0);
    unload(&wh);
    unload(&hps);
}

static void coordinates(golden_verdict *verdict, const json_t *entry)
{
    (void)entry;
    golden_list(verdict, "coordinates, not maps: not in scope");
}

static const struct {
    const char *golden;
    void (*check)(golden_verdict *, const json_t *);
} rules[] = {{"alphapose_flip", heatmaps},
             {"centernet_flip", centernet},
             {"hrnet_flip", heatmaps},
             {"mmpose_flip_coordinates", coordinates},
             {"mmpose_flip_heatmap", heatmaps},
             {"mmpose_flip_offset", offsets},
             {"mmpose_flip_simcc", simcc},
             {"mmpose_flip_udp_combined", class_and_offsets},
             {"udp_flip", heatmaps},
             {"udp_flip_offset", class_and_offsets}};

static void check_case(golden_verdict *verdict, const json_t *entry)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (golden_says(entry, "rule", rules[i].golden)) {
            rules[i].check(verdict, entry);
            return;
        }
    golden_fail(verdict, "no check for the rule %s", golden_word(entry, "rule"));
}

START_TEST(every_case)
{
    golden_each(check_case);
    puts("centernet_flip: wh and hps, bit for bit; hm and hm_hp come out of a sigmoid, reg and hp_offset are not flipped");
    fflush(stdout);
}
END_TEST

int main(void)
{
    return golden_main("CVHEATMAP_GOLDEN_FLIP", "golden_flip", 60, (const TTest *const[]){every_case, NULL});
}
