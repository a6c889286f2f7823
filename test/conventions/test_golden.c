/* SPDX-License-Identifier: Apache-2.0
 * Every named convention against maps that its project's own code drew. The folder is $CVHEATMAP_GOLDEN, else ../shared/golden
 * beside the source tree; without it the test is skipped. */
#include "support/golden_rows.h"

/* ------------------------------------------------------------------------------------------------------------ the verdict */

typedef struct map_verdict {
    bool matched;
    double worst; /* |difference| / atol */
    char text[512];
} map_verdict;

/* kornia adds 1e-8 to each of its two sums; ours does not, so that in double it is held to 1e-8 of the largest value. */
static bool kornia_in_double(const golden_case *golden)
{
    return strcmp(golden->convention, "kornia_sum1") == 0 && golden->depth == CVH_64F;
}

/* The largest value is 2e5 times the case's atol of 5e-6 or, in double, 1e12 times 1e-12 of it. */
static double tolerance_of(const golden_case *golden)
{
    return kornia_in_double(golden) ? golden->atol * (1e-8 / 1e-12) : golden->atol;
}

static void judge_weights(const golden_case *golden, const float *weights, size_t count, map_verdict *verdict)
{
    for (size_t i = 0; json_is_array(golden->weights) && i < count; i++) {
        double visible = golden_number(json_array_get(golden->points, i), "visible");
        double expected = json_number_value(json_array_get(golden->weights, i)), actual = (double)weights[i] * visible;
        if (actual == expected || !verdict->matched) continue;
        verdict->matched = false;
        snprintf(verdict->text, sizeof verdict->text, "weight of point %zu: expected %.9g, actual %.9g", i, expected, actual);
    }
}

static void judge_maps(const golden_case *golden, const cvh_maps *expected, const cvh_maps *actual, map_verdict *verdict)
{
    cvh_report report;
    cvh_tolerance tolerance = {.absolute = tolerance_of(golden)};
    ck_assert_msg(cvh_compare(expected, actual, &tolerance, &report) == CVH_OK, "%s: %s", golden->name, cvh_last_error());
    verdict->worst = report.max_abs / golden->atol;
    if (report.differing == 0) return;
    verdict->matched = false;
    snprintf(verdict->text, sizeof verdict->text,
             "%llu of %llu samples; worst map %d row %d col %d: expected %.9g, actual %.9g",
             (unsigned long long)report.differing, (unsigned long long)report.compared, report.map, report.row, report.col,
             report.expected, report.actual);
}

static map_verdict judge(const golden_case *golden)
{
    map_verdict verdict = {.matched = true};
    cvh_convention row = row_of(golden);
    cvh_keypoint points[MAX_POINTS];
    cvh_gaussian own[MAX_POINTS];
    float weights[MAX_POINTS];
    size_t count = read_points(golden, &row, points, own);
    if (golden->quirk && quirk_of(golden)->set) quirk_of(golden)->set(&row, points, count);
    cvh_maps expected = golden_load(golden->file);
    guarded_maps actual = guarded_new(golden->channels, golden->rows, golden->cols, golden->depth);
    ck_assert_msg(cvh_encode(&actual.maps, points, count, &row, weights) == CVH_OK, "%s: %s", golden->name, cvh_last_error());
    ck_assert_msg(guarded_intact(&actual), "%s: wrote beyond the maps", golden->name);
    judge_maps(golden, &expected, &actual.maps, &verdict);
    judge_weights(golden, weights, count, &verdict);
    guarded_free(&actual);
    cvh_npy_free(&expected);
    return verdict;
}

/* -------------------------------------------------------------------------------------------------------------- the table */

typedef struct set_tally {
    char projects[256];
    int cases, matched, quirks, quirks_matched;
    double worst;
} set_tally;

static set_tally tallies[SETS];

/* The project is what stands before the file in `produced_by`. */
static void add_project(const char *produced_by, char *projects, size_t size)
{
    char project[64];
    size_t length = strcspn(produced_by, " ");
    snprintf(project, sizeof project, "%.*s", (int)length, produced_by);
    if (strstr(projects, project)) return;
    size_t used = strlen(projects);
    snprintf(projects + used, size - used, "%s%s", used ? ", " : "", project);
}

static void count_verdict(const golden_case *golden, const map_verdict *verdict)
{
    set_tally *tally = &tallies[set_of(golden) - sets];
    add_project(golden->produced_by, tally->projects, sizeof tally->projects);
    if (golden->quirk) {
        tally->quirks++;
        tally->quirks_matched += verdict->matched;
        return;
    }
    tally->cases++;
    tally->matched += verdict->matched;
    if (!kornia_in_double(golden)) tally->worst = fmax(tally->worst, verdict->worst);
}

static void print_tallies(void)
{
    printf("%-16s %-20s %-46s %9s %7s  %s\n", "convention", "set", "project", "matched", "quirks", "worst difference / atol");
    for (int i = 0; i < SETS; i++) {
        const set_tally *tally = &tallies[i];
        printf("%-16s %-20s %-46s %4d/%-4d %3d/%-3d  %.2g\n", sets[i].row, sets[i].set, tally->projects, tally->matched,
               tally->cases, tally->quirks_matched, tally->quirks, tally->worst);
    }
}

static void print_apart(const golden_case *golden, const map_verdict *verdict)
{
    if (kornia_in_double(golden))
        printf("different on purpose: %s: within %.1e of the largest value; kornia adds 1e-8 to its sums, ours does not\n",
               golden->name, verdict->worst * 1e-12);
    if (golden->quirk)
        printf("quirk %s: %s: %s\n", verdict->matched ? "matched" : "listed", golden->name, quirk_of(golden)->reason);
    if (golden->quirk && !verdict->matched) printf("    as the row draws it: %s\n", verdict->text);
}

/* A quirk that is said to be had must match; one that is only listed must not, or its reason is out of date. */
static bool as_it_should(const golden_case *golden, const map_verdict *verdict)
{
    return golden->quirk ? verdict->matched == (quirk_of(golden)->set != NULL) : verdict->matched;
}

START_TEST(every_case_matches)
{
    const json_t *all = json_object_get(golden_index, "cases");
    int cases = (int)json_array_size(all), matched = 0, wrong = 0;
    for (int i = 0; i < cases; i++) {
        golden_case golden = golden_case_of(json_array_get(all, (size_t)i));
        map_verdict verdict = judge(&golden);
        count_verdict(&golden, &verdict);
        print_apart(&golden, &verdict);
        matched += verdict.matched;
        if (as_it_should(&golden, &verdict)) continue;
        wrong++;
        printf("FAILED %s: %s\n", golden.name, verdict.matched ? "a quirk that is listed as not to be had" : verdict.text);
    }
    print_tallies();
    printf("%s: %d cases, %d matched, %d listed with their reason, %d wrong\n", golden_folder, cases, matched,
           cases - matched - wrong, wrong);
    fflush(stdout);
    ck_assert_int_gt(cases, 0);
    ck_assert_msg(wrong == 0, "%d of %d cases are wrong; they are listed above", wrong, cases);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {every_case_matches, NULL};
    return golden_main("CVHEATMAP_GOLDEN", "golden", 120, tests);
}
