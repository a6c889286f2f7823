/* SPDX-License-Identifier: Apache-2.0
 * Reads a folder of golden cases, {"cases": [...]} and arrays in .npy files, and counts by rule what became of each case. */
#ifndef CVH_TEST_GOLDEN_SET_H
#define CVH_TEST_GOLDEN_SET_H

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

typedef struct golden_set {
    const char *folder;
    json_t *index, *cases;
} golden_set;

/* The folder that `variable` names, else ../shared/<fallback> beside the source tree. False, with a line on stderr, where there
 * is no index. */
static inline bool golden_set_open(golden_set *set, const char *variable, const char *fallback)
{
    static char folder[2048];
    char path[4096];
    const char *given = getenv(variable);
    json_error_t error;
    if (given && *given)
        snprintf(folder, sizeof folder, "%s", given);
    else
        snprintf(folder, sizeof folder, "%s/../shared/%s", CVHEATMAP_SOURCE_DIR, fallback);
    snprintf(path, sizeof path, "%s/index.json", folder);
    set->folder = folder;
    set->index = json_load_file(path, 0, &error);
    set->cases = json_object_get(set->index, "cases");
    if (!set->index) fprintf(stderr, "%s: %s\n", path, error.text);
    return set->index != NULL;
}

/* An array of the set, as cvh_npy_load gives it: the leading dimensions folded into count. */
static inline cvh_maps golden_set_load(const golden_set *set, const char *file)
{
    char path[4096];
    cvh_maps maps = {0};
    snprintf(path, sizeof path, "%s/%s", set->folder, file);
    ck_assert_msg(!cvh_npy_load(path, &maps), "%s: %s", path, cvh_last_error());
    return maps;
}

static inline const char *text_of(const json_t *entry, const char *key)
{
    const char *text = json_string_value(json_object_get(entry, key));
    return text ? text : "";
}

static inline double number_of(const json_t *entry, const char *key)
{
    return json_number_value(json_object_get(entry, key));
}

static inline bool is_there(const json_t *entry, const char *key)
{
    const json_t *value = json_object_get(entry, key);
    return value && !json_is_null(value);
}

/* The i-th number of a list. */
static inline double item_of(const json_t *list, size_t i)
{
    return json_number_value(json_array_get(list, i));
}

/* ------------------------------------------------------------------------------------------------------------ what became */

/* Set by the check of a case: listed, with the reason, or failed, with what differs. Neither: it matches. */
typedef struct golden_verdict {
    bool failed, listed;
    char text[500];
} golden_verdict;

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static inline void
golden_fail(golden_verdict *verdict, const char *format, ...)
{
    va_list arguments;
    if (verdict->failed) return; /* the first is told */
    verdict->failed = true;
    va_start(arguments, format);
    vsnprintf(verdict->text, sizeof verdict->text, format, arguments);
    va_end(arguments);
}

static inline void golden_list(golden_verdict *verdict, const char *reason)
{
    verdict->listed = true;
    snprintf(verdict->text, sizeof verdict->text, "%s", reason);
}

enum { GOLDEN_RULES = 64, GOLDEN_REASONS = 12 };

typedef struct golden_count {
    char rule[64];
    int matched, all, reasons, of_reason[GOLDEN_REASONS];
    char reason[GOLDEN_REASONS][500];
} golden_count;

typedef struct golden_tally {
    golden_count rules[GOLDEN_RULES];
    int count, failed;
} golden_tally;

static inline golden_count *golden_rule(golden_tally *tally, const char *rule)
{
    for (int i = 0; i < tally->count; i++)
        if (!strcmp(tally->rules[i].rule, rule)) return &tally->rules[i];
    ck_assert_int_lt(tally->count, GOLDEN_RULES);
    golden_count *made = &tally->rules[tally->count++];
    snprintf(made->rule, sizeof made->rule, "%s", rule);
    return made;
}

static inline void golden_reason(golden_count *rule, const char *reason)
{
    int i = 0;
    while (i < rule->reasons && strcmp(rule->reason[i], reason) != 0) i++;
    ck_assert_int_lt(i, GOLDEN_REASONS);
    if (i == rule->reasons) rule->reasons++;
    snprintf(rule->reason[i], sizeof rule->reason[i], "%s", reason);
    rule->of_reason[i]++;
}

static inline void golden_note(golden_tally *tally, const json_t *entry, const golden_verdict *verdict)
{
    golden_count *rule = golden_rule(tally, text_of(entry, "rule"));
    rule->all++;
    if (verdict->failed) {
        if (tally->failed++ < 20) fprintf(stderr, "%s: %s\n", text_of(entry, "name"), verdict->text);
    } else if (verdict->listed) {
        golden_reason(rule, verdict->text);
    } else {
        rule->matched++;
    }
}

static inline void golden_print(const golden_tally *tally)
{
    int matched = 0, all = 0;
    for (int i = 0; i < tally->count; i++) {
        const golden_count *rule = &tally->rules[i];
        matched += rule->matched;
        all += rule->all;
        printf("%-28s %3d of %3d match\n", rule->rule, rule->matched, rule->all);
        for (int k = 0; k < rule->reasons; k++) printf("%28s %3d: %s\n", "", rule->of_reason[k], rule->reason[k]);
    }
    printf("%-28s %3d of %3d match, %d fail\n", "all", matched, all, tally->failed);
}

#endif
