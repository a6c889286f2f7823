/* SPDX-License-Identifier: Apache-2.0
 * Reads a folder of golden cases, {"cases": [...]} in an index.json with .npy files beside it, and counts what became of each
 * case. A folder's README is the exact meaning of every field. */
#ifndef CVH_TEST_GOLDEN_H
#define CVH_TEST_GOLDEN_H

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

extern json_t *golden_index;     /* the open folder's index */
extern char golden_folder[2048]; /* and its path */

/* Runs `tests`, NULL behind the last, as a suite of the folder that the environment's `variable` names, else ../shared/`name`
 * beside the source tree. Where it holds no index that is said, and TEST_SKIPPED returned. A test may take `timeout` seconds.
 */
int golden_main(const char *variable, const char *name, double timeout, const TTest *const tests[]);

/* Calls `check` with another folder open, if it is there, and opens the first again. */
void golden_elsewhere(const char *variable, const char *name, void (*check)(void));

/* The maps of a file of the folder: cvh_npy_free is the caller's. */
cvh_maps golden_load(const char *file);

/* ------------------------------------------------------------------------------------------------------ what a field says */

const char *golden_text(const json_t *object, const char *key); /* must be there */
const char *golden_word(const json_t *object, const char *key); /* "" where it is absent */
bool golden_says(const json_t *object, const char *key, const char *word);
bool golden_there(const json_t *object, const char *key);    /* and not null */
double golden_number(const json_t *object, const char *key); /* must be there */
double golden_number_or(const json_t *object, const char *key, double absent);
double golden_item(const json_t *list, size_t i);
double golden_value(const json_t *value);                            /* NaN for null, infinite for "inf" and "-inf" */
double golden_tolerance(const char *output);                         /* the folder's, for an output of that name */
bool golden_close(double expected, double actual, double tolerance); /* NaN is close to NaN */

/* ------------------------------------------------------------------------------- several answers a case, each held or told */

typedef struct golden_tally {
    int matched, must, told, left_out;
    char failures[4000];
} golden_tally;

/* Counts one answer of a case. A flagged one (neither "core" nor "") is told with both answers, and never a failure. */
void golden_count(golden_tally *tally, const json_t *entry, const char *flag, bool agrees, const char *answer);

/* Data of another kind: one line a kind, the first time it is met. */
void golden_leave_out(golden_tally *tally, const char *kind);

/* Prints the counts; fails unless all that must match do, and some must. */
void golden_finish(const golden_tally *tally, const char *what);

/* ------------------------------------------------------------------------------------------- one verdict a case, by rule */

/* Set by the check of a case: listed, with the reason, or failed, with what differs. Neither: it matches. */
typedef struct golden_verdict {
    bool failed, listed;
    char text[500];
} golden_verdict;

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void golden_fail(golden_verdict *verdict, const char *format, ...);
void golden_list(golden_verdict *verdict, const char *reason);

/* Checks every case of the folder, prints by rule what became of them, and fails if one fails. */
void golden_each(void (*check)(golden_verdict *verdict, const json_t *entry));

#endif
