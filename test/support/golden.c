/* SPDX-License-Identifier: Apache-2.0 */
#include "support/golden.h"

#include <stdarg.h>

json_t *golden_index;
char golden_folder[2048];

static bool open_folder(const char *variable, const char *name)
{
    const char *given = getenv(variable);
    char path[2200];
    json_error_t error;
    if (given && *given)
        snprintf(golden_folder, sizeof golden_folder, "%s", given);
    else
        snprintf(golden_folder, sizeof golden_folder, "%s/../shared/%s", CVHEATMAP_SOURCE_DIR, name);
    snprintf(path, sizeof path, "%s/index.json", golden_folder);
    golden_index = json_load_file(path, 0, &error);
    if (!golden_index) printf("%s: %s; skipped\n", path, error.text);
    return golden_index != NULL;
}

int golden_main(const char *variable, const char *name, double timeout, const TTest *const tests[])
{
    if (!open_folder(variable, name)) return TEST_SKIPPED;
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    tcase_set_timeout(tcase, timeout);
    for (; *tests; tests++) tcase_add_test(tcase, *tests);
    suite_add_tcase(suite, tcase);
    int status = run_suite(suite);
    json_decref(golden_index);
    return status;
}

void golden_elsewhere(const char *variable, const char *name, void (*check)(void))
{
    json_t *first = golden_index;
    char folder[sizeof golden_folder];
    memcpy(folder, golden_folder, sizeof folder);
    if (open_folder(variable, name)) {
        check();
        json_decref(golden_index);
    }
    golden_index = first;
    memcpy(golden_folder, folder, sizeof folder);
}

cvh_maps golden_load(const char *file)
{
    char path[2400];
    cvh_maps maps;
    snprintf(path, sizeof path, "%s/%s", golden_folder, file);
    ck_assert_msg(cvh_npy_load(path, &maps) == CVH_OK, "%s", cvh_last_error());
    return maps;
}

/* ------------------------------------------------------------------------------------------------------ what a field says */

const char *golden_text(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    ck_assert_msg(json_is_string(value), "%s is not a string", key);
    return json_string_value(value);
}

const char *golden_word(const json_t *object, const char *key)
{
    const char *word = json_string_value(json_object_get(object, key));
    return word ? word : "";
}

bool golden_says(const json_t *object, const char *key, const char *word)
{
    return !strcmp(golden_word(object, key), word);
}

bool golden_there(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return value && !json_is_null(value);
}

double golden_number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    ck_assert_msg(json_is_number(value), "%s is not a number", key);
    return json_number_value(value);
}

double golden_number_or(const json_t *object, const char *key, double absent)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : absent;
}

double golden_item(const json_t *list, size_t i)
{
    return json_number_value(json_array_get(list, i));
}

double golden_value(const json_t *value)
{
    if (json_is_number(value)) return json_number_value(value);
    if (!json_is_string(value)) return NAN;
    return json_string_value(value)[0] == '-' ? -(double)INFINITY : (double)INFINITY;
}

double golden_tolerance(const char *output)
{
    const json_t *tolerance = json_object_get(json_object_get(golden_index, "tolerance"), output);
    ck_assert_msg(tolerance != NULL, "no tolerance for %s", output);
    return json_number_value(tolerance);
}

bool golden_close(double expected, double actual, double tolerance)
{
    return (isnan(expected) && isnan(actual)) || expected == actual || fabs(expected - actual) <= tolerance;
}

/* ------------------------------------------------------------------------------- several answers a case, each held or told */

static const char *name_of(const json_t *entry)
{
    return golden_there(entry, "name") ? golden_word(entry, "name") : golden_word(entry, "id");
}

void golden_count(golden_tally *tally, const json_t *entry, const char *flag, bool agrees, const char *answer)
{
    if (*flag && strcmp(flag, "core") != 0) {
        tally->told++;
        printf("  %s %s: %s%s\n", flag, name_of(entry), answer, agrees ? " (the same)" : "");
        return;
    }
    tally->must++;
    tally->matched += agrees;
    size_t used = strlen(tally->failures);
    if (!agrees && used < sizeof tally->failures - 1)
        snprintf(tally->failures + used, sizeof tally->failures - used, "\n%s: %s", name_of(entry), answer);
}

void golden_leave_out(golden_tally *tally, const char *kind)
{
    static const char *seen[40];
    int i = 0;
    tally->left_out++;
    for (; i < 40 && seen[i]; i++)
        if (!strcmp(seen[i], kind)) return;
    if (i < 40) seen[i] = kind;
    printf("  not in scope: %s\n", kind);
}

void golden_finish(const golden_tally *tally, const char *what)
{
    printf("%s: %d of %d %s matched, %d flagged ones told, %d of other kinds left out\n", golden_folder, tally->matched,
           tally->must, what, tally->told, tally->left_out);
    fflush(stdout);
    ck_assert_msg(tally->matched == tally->must && tally->must > 0, "%d of %d differ:%s", tally->must - tally->matched,
                  tally->must, tally->failures);
}

/* ------------------------------------------------------------------------------------------- one verdict a case, by rule */

enum { RULES = 64, REASONS = 12 };

typedef struct rule_count {
    char rule[64];
    int matched, all, reasons, of_reason[REASONS];
    char reason[REASONS][500];
} rule_count;

typedef struct rule_counts {
    rule_count rules[RULES];
    int count, failed;
} rule_counts;

void golden_fail(golden_verdict *verdict, const char *format, ...)
{
    va_list arguments;
    if (verdict->failed) return; /* the first is told */
    verdict->failed = true;
    va_start(arguments, format);
    vsnprintf(verdict->text, sizeof verdict->text, format, arguments);
    va_end(arguments);
}

void golden_list(golden_verdict *verdict, const char *reason)
{
    verdict->listed = true;
    snprintf(verdict->text, sizeof verdict->text, "%s", reason);
}

static rule_count *count_of(rule_counts *counts, const char *rule)
{
    for (int i = 0; i < counts->count; i++)
        if (!strcmp(counts->rules[i].rule, rule)) return &counts->rules[i];
    ck_assert_int_lt(counts->count, RULES);
    rule_count *made = &counts->rules[counts->count++];
    snprintf(made->rule, sizeof made->rule, "%s", rule);
    return made;
}

static void add_reason(rule_count *rule, const char *reason)
{
    int i = 0;
    while (i < rule->reasons && strcmp(rule->reason[i], reason) != 0) i++;
    ck_assert_int_lt(i, REASONS);
    if (i == rule->reasons) rule->reasons++;
    snprintf(rule->reason[i], sizeof rule->reason[i], "%s", reason);
    rule->of_reason[i]++;
}

static void note(rule_counts *counts, const json_t *entry, const golden_verdict *verdict)
{
    rule_count *rule = count_of(counts, golden_word(entry, "rule"));
    rule->all++;
    if (verdict->failed) {
        if (counts->failed++ < 20) fprintf(stderr, "%s: %s\n", name_of(entry), verdict->text);
    } else if (verdict->listed) {
        add_reason(rule, verdict->text);
    } else {
        rule->matched++;
    }
}

static void print_counts(const rule_counts *counts)
{
    int matched = 0, all = 0;
    for (int i = 0; i < counts->count; i++) {
        const rule_count *rule = &counts->rules[i];
        matched += rule->matched;
        all += rule->all;
        printf("%-28s %3d of %3d match\n", rule->rule, rule->matched, rule->all);
        for (int k = 0; k < rule->reasons; k++) printf("%28s %3d: %s\n", "", rule->of_reason[k], rule->reason[k]);
    }
    printf("%-28s %3d of %3d match, %d fail\n", "all", matched, all, counts->failed);
    fflush(stdout);
}

void golden_each(void (*check)(golden_verdict *verdict, const json_t *entry))
{
    static rule_counts counts;
    const json_t *cases = json_object_get(golden_index, "cases");
    memset(&counts, 0, sizeof counts);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        golden_verdict verdict = {0};
        check(&verdict, json_array_get(cases, i));
        note(&counts, json_array_get(cases, i), &verdict);
    }
    print_counts(&counts);
    ck_assert_msg(counts.failed == 0, "%d cases fail", counts.failed);
    ck_assert_int_gt(counts.count, 0);
}
