/* SPDX-License-Identifier: Apache-2.0
 * Every decoder of one peak a map on the maps that networks drew of photographs: a table, and the bars that the default holds.
 *
 * A set NAME is NAME.npy [keypoints][shifts][rows][cols], NAME.shifts.npy (x, y: by how many map pixels the picture was moved)
 * and NAME.truth.npy (x, y of the annotation in map pixels, NaN where there is none). Two figures:
 *   equi   how well a decoder's answer goes along with the shifts: the root mean square over keypoints and axes of the standard
 *          deviation of (answer - shift), in map pixels
 *   err    the mean distance to the annotation
 * and the part of the peaks that the decoder did not refine. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

static const char *const SETS[] = {"hourglass", "cpm", "posenet"};
enum { SET_COUNT = sizeof SETS / sizeof *SETS, MOST_SHIFTS = 64 };

/* Against the best decoder of the field on the same set; equi as a ratio, its mean over the sets too. */
static const double MOST_RATIO = 1.03, MOST_MEAN_RATIO = 1, MOST_FARTHER = 0.015, MOST_FALLBACKS = 0.01;

/* What decodes lists of peaks, and means over the whole map, are no rivals on one peak a map. */
static const char *const RIVALS[] = {"hrnet",          "mmpose_msra",          "darkpose",   "mmpose_dark",
                                     "mmdeploy_dark",  "paddle_dark",          "mmpose_udp", "mmdeploy_udp",
                                     "sleap_integral", "transformers_vitpose", "trt_pose",   "openpose"};
enum { RIVAL_COUNT = sizeof RIVALS / sizeof *RIVALS };

typedef struct real_set {
    cvh_maps maps, shifts, truth;
} real_set;

typedef struct figures {
    double equi, err, fallbacks;
} figures;

static const char *folder_of_sets(void)
{
    const char *given = getenv("CVHEATMAP_REAL");
    return given && *given ? given : CVHEATMAP_SOURCE_DIR "/../shared/real";
}

static cvh_status load(const char *name, const char *part, cvh_maps *maps)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s%s.npy", folder_of_sets(), name, part);
    return cvh_npy_load(path, maps);
}

static void load_set(const char *name, real_set *set)
{
    ck_assert_msg(load(name, "", &set->maps) == CVH_OK, "%s", cvh_last_error());
    ck_assert_msg(load(name, ".shifts", &set->shifts) == CVH_OK, "%s", cvh_last_error());
    ck_assert_msg(load(name, ".truth", &set->truth) == CVH_OK, "%s", cvh_last_error());
    ck_assert_int_eq(set->shifts.rows * set->truth.rows, set->maps.count);
    ck_assert_int_le(set->shifts.rows, MOST_SHIFTS);
}

static void free_set(real_set *set)
{
    cvh_npy_free(&set->maps);
    cvh_npy_free(&set->shifts);
    cvh_npy_free(&set->truth);
}

static double variance(const double *values, int count)
{
    double mean = 0, sum = 0;
    for (int i = 0; i < count; i++) mean += values[i] / count;
    for (int i = 0; i < count; i++) sum += (values[i] - mean) * (values[i] - mean) / count;
    return sum;
}

static figures figures_of(const real_set *set, const cvh_decoder *decoder)
{
    int shifts = set->shifts.rows, keypoints = set->truth.rows, annotated = 0;
    cvh_peak *peaks = malloc((size_t)set->maps.count * sizeof *peaks);
    cvh_convention convention = {.decoder = decoder};
    ck_assert_msg(cvh_decode(&set->maps, &convention, peaks) == CVH_OK, "%s", cvh_last_error());
    figures f = {0, 0, 0};
    for (int k = 0; k < keypoints; k++) {
        double x[MOST_SHIFTS], y[MOST_SHIFTS], at_x = sample(&set->truth, 0, k, 0), at_y = sample(&set->truth, 0, k, 1);
        for (int s = 0; s < shifts; s++) {
            const cvh_peak *peak = &peaks[k * shifts + s];
            x[s] = peak->x - sample(&set->shifts, 0, s, 0);
            y[s] = peak->y - sample(&set->shifts, 0, s, 1);
            f.fallbacks += peak->found != CVH_FOUND_REFINED;
            if (isnan(at_x)) continue;
            f.err += hypot(x[s] - at_x, y[s] - at_y);
            annotated++;
        }
        f.equi += variance(x, shifts) + variance(y, shifts);
    }
    free(peaks);
    return (figures){sqrt(f.equi / (2 * keypoints)), f.err / annotated, f.fallbacks / set->maps.count};
}

static figures figures_by_name(const real_set *set, const char *name)
{
    cvh_decoder decoder;
    ck_assert_msg(cvh_decoder_find(name, &decoder) == CVH_OK, "%s", cvh_last_error());
    return decoder_runs(&decoder) ? figures_of(set, &decoder) : (figures){NAN, NAN, NAN};
}

/* The least of each figure, whoever has it. NaN, a decoder that refuses a peak, is no answer to compare with. */
static figures best_of_the_field(const real_set *set)
{
    figures best = {INFINITY, INFINITY, 0};
    for (int i = 0; i < RIVAL_COUNT; i++) {
        figures f = figures_by_name(set, RIVALS[i]);
        if (f.equi < best.equi) best.equi = f.equi;
        if (f.err < best.err) best.err = f.err;
    }
    return best;
}

static void print_row(const char *name, const figures *row)
{
    printf("%-22s", name);
    for (int i = 0; i < SET_COUNT; i++) printf("   %6.4f %6.4f %6.2f %%", row[i].equi, row[i].err, 100 * row[i].fallbacks);
    printf("\n");
}

START_TEST(every_decoder_in_a_table)
{
    real_set sets[SET_COUNT];
    figures row[SET_COUNT];
    printf("%-22s", "equi, err, fallbacks");
    for (int i = 0; i < SET_COUNT; i++) {
        load_set(SETS[i], &sets[i]);
        printf("   %-22s", SETS[i]);
    }
    printf("\n");
    for (int d = 0; cvh_decoder_name(d); d++) {
        for (int i = 0; i < SET_COUNT; i++) row[i] = figures_by_name(&sets[i], cvh_decoder_name(d));
        print_row(cvh_decoder_name(d), row);
    }
    for (int i = 0; i < SET_COUNT; i++) free_set(&sets[i]);
}
END_TEST

START_TEST(the_default_is_no_worse_than_the_best_of_the_field)
{
    double mean = 0;
    for (int i = 0; i < SET_COUNT; i++) {
        real_set set;
        load_set(SETS[i], &set);
        figures best = best_of_the_field(&set), ours = figures_by_name(&set, "fit");
        free_set(&set);
        double ratio = ours.equi / best.equi;
        mean += ratio / SET_COUNT;
        printf("%s: equi %.4f, %.3f of the best; err %.4f, the best %.4f; fallbacks %.2f %%\n", SETS[i], ours.equi, ratio,
               ours.err, best.err, 100 * ours.fallbacks);
        ck_assert_msg(ratio <= MOST_RATIO, "%s: equi %g is %g of the best, %g", SETS[i], ours.equi, ratio, best.equi);
        ck_assert_msg(ours.err <= best.err + MOST_FARTHER, "%s: err %g; the best %g", SETS[i], ours.err, best.err);
        ck_assert_msg(ours.fallbacks <= MOST_FALLBACKS, "%s: fallbacks %g", SETS[i], ours.fallbacks);
    }
    ck_assert_msg(mean <= MOST_MEAN_RATIO, "the mean of the ratios is %g", mean);
}
END_TEST

/* The threshold that decode.h names for lists keeps the peak of every keypoint. */
START_TEST(a_tenth_keeps_every_keypoint)
{
    enum { CAPACITY = 20000 };
    static cvh_peak peaks[CAPACITY];
    for (int i = 0; i < SET_COUNT; i++) {
        real_set set;
        cvh_decoder decoder = {.threshold = 0.1};
        cvh_convention convention = {.decoder = &decoder};
        size_t count;
        int maps = 0;
        load_set(SETS[i], &set);
        ck_assert_msg(cvh_find_peaks(&set.maps, &convention, peaks, CAPACITY, &count) == CVH_OK, "%s", cvh_last_error());
        for (size_t k = 0; k < count; k++) maps += k == 0 || peaks[k].map != peaks[k - 1].map;
        printf("%s: threshold 0.1 leaves %.2f peaks a map\n", SETS[i], (double)count / set.maps.count);
        ck_assert_int_eq(maps, set.maps.count);
        ck_assert_msg((double)count < 3 * set.maps.count, "%s: %zu peaks", SETS[i], count);
        free_set(&set);
    }
}
END_TEST

/* The logits of a set whose samples went through a sigmoid in floats: where that gave 1, the largest that does not. */
static void make_logits(const cvh_maps *maps)
{
    float *samples = maps->data;
    size_t count = (size_t)maps->count * (size_t)maps->rows * (size_t)maps->cols;
    for (size_t i = 0; i < count; i++) {
        double p = fmin(fmax((double)samples[i], 1e-30), 1 - 0x1p-24);
        samples[i] = (float)log(p / (1 - p));
    }
}

/* PoseNet's maps before their sigmoid. Without the activation most are no Gaussians, which `found` says. */
START_TEST(raw_logits_are_refined_through_their_activation)
{
    real_set set;
    load_set("posenet", &set);
    figures activated = figures_by_name(&set, "fit");
    make_logits(&set.maps);
    cvh_decoder decoder = {.activation = CVH_ACTIVATION_SIGMOID}, plain = {.threshold = -INFINITY};
    figures logits = figures_of(&set, &decoder), untold = figures_of(&set, &plain);
    free_set(&set);
    printf("posenet as logits, activation SIGMOID: equi %.4f, err %.4f, fallbacks %.2f %%; without: equi %.4f, err %.4f, "
           "fallbacks %.2f %%\n",
           logits.equi, logits.err, 100 * logits.fallbacks, untold.equi, untold.err, 100 * untold.fallbacks);
    ck_assert_msg(logits.fallbacks == 0, "fallbacks %g", logits.fallbacks);
    ck_assert_msg(fabs(logits.equi - activated.equi) < 0.001 && fabs(logits.err - activated.err) < 0.001,
                  "equi %g, err %g; activated beforehand %g, %g", logits.equi, logits.err, activated.equi, activated.err);
    ck_assert_msg(untold.fallbacks > 0.75, "without the activation: fallbacks %g", untold.fallbacks);
}
END_TEST

int main(void)
{
    cvh_maps maps;
    if (load(SETS[0], "", &maps)) {
        printf("skipped: %s; CVHEATMAP_REAL names the folder of the sets\n", cvh_last_error());
        return TEST_SKIPPED;
    }
    cvh_npy_free(&maps);
    Suite *suite = suite_create("real");
    TCase *tests = tcase_create("real");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, every_decoder_in_a_table);
    tcase_add_test(tests, the_default_is_no_worse_than_the_best_of_the_field);
    tcase_add_test(tests, a_tenth_keeps_every_keypoint);
    tcase_add_test(tests, raw_logits_are_refined_through_their_activation);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
