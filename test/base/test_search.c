/* SPDX-License-Identifier: Apache-2.0
 * The searches of every depth, those that only some CPUs run included, against the plainest loop. */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/depth.h"
#include "support/support.h"

/* Numbers that a search may stumble over. */
typedef enum contents { NOISE, FALLING, RISING, FEW, NANS, INFINITE, ZEROS, TINY, NOTHING, CONTENTS } contents;
static const char *const contents_names[CONTENTS] = {"noise",
                                                     "falling",
                                                     "rising",
                                                     "few numbers",
                                                     "NaN among them",
                                                     "infinite ones",
                                                     "zeros of both signs",
                                                     "subnormal",
                                                     "nothing but NaN and -inf"};

static double any_of(random_state *random, const double *choice, int count)
{
    return choice[random_int(random, 0, count - 1)];
}

static double content(contents kind, size_t i, random_state *random)
{
    static const double infinite[] = {INFINITY, -INFINITY, FLT_MAX, -FLT_MAX, 1, -1}, zeros[] = {0., -0., -1},
                        nothing[] = {NAN, -INFINITY};
    double real = 2 * random_real(random) - 1;
    switch (kind) {
    case FALLING: return 50 - (double)i / 16;
    case RISING: return -50 + (double)i / 16;
    case FEW: return random_int(random, -3, 3);
    case NANS: return random_int(random, 0, 2) ? copysign(NAN, real) : 100 * real;
    case INFINITE: return any_of(random, infinite, random_int(random, 0, 9) ? 6 : 1);
    case ZEROS: return any_of(random, zeros, 3);
    case TINY: return real * 0x1p-130;
    case NOTHING: return any_of(random, nothing, 2);
    default: return 120 * real;
    }
}

/* The first of the largest numbers, `count` if there is but NaN and -inf. */
static size_t plainest(const cvh_depth_row *row, const unsigned char *samples, size_t count, double *largest)
{
    size_t at = count;
    *largest = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        double number = row->loops->number(samples + i * row->size);
        if (number > *largest) *largest = number, at = i;
    }
    return at;
}

static void assert_found(const cvh_depth_row *row, const cvh_depth_loops *loops, const unsigned char *samples, size_t count,
                         const char *name)
{
    double expected;
    size_t at = plainest(row, samples, count, &expected), from = SIZE_MAX;
    double actual = loops->largest(samples, count, &from);
    ck_assert_msg(actual == expected, "%s: the largest is %g, found %g", name, expected, actual);
    if (at == count) return;
    ck_assert_msg(from <= at && at - from < CVH_STRETCH, "%s: it is at %zu, to be sought from %zu on", name, at, from);
    size_t found = from + loops->first(samples + from * row->size, count - from, actual);
    ck_assert_msg(found == at, "%s: it is at %zu, found at %zu", name, at, found);
}

/* Memory of exactly `count` samples begins `lead` samples behind its beginning, so that sanitizers see a step too far, and any
 * alignment that a map may have occurs. */
static void try_both(cvh_depth depth, contents kind, size_t lead, size_t count, random_state *random)
{
    const cvh_depth_row *row = &cvh_depth_rows[depth];
    const cvh_depth_loops *searches[] = {row->loops, cvh_depth_search(depth)};
    uint64_t state = random->state;
    unsigned char *memory = malloc((lead + count) * row->size), *samples = memory + lead * row->size;
    double most = 127;
    row->loops->store(&most, 0, memory, row->size, 1);
    for (size_t i = 0; i < count; i++) {
        double number = content(kind, i, random);
        row->loops->store(&number, 0, samples + i * row->size, row->size, 1);
    }
    for (int k = 0; k < 2; k++) {
        char name[160];
        snprintf(name, sizeof name, "%s, %s, %zu samples, %zu in front, state 0x%" PRIx64 ", %s search", row->name,
                 contents_names[kind], count, lead, state, k ? "this CPU's" : "any CPU's");
        assert_found(row, searches[k], samples, count, name);
    }
    free(memory);
}

START_TEST(found_as_by_the_plainest_loop)
{
    cvh_depth depth = (cvh_depth)_i;
    if (!cvh_depth_rows[depth].name) return;
    random_state random = random_start(311 + (uint64_t)_i);
    for (contents kind = NOISE; kind < CONTENTS; kind++) {
        for (size_t count = 1; count < 2 * CVH_STRETCH + 70; count++)
            try_both(depth, kind, (size_t)random_int(&random, 1, 8), count, &random);
        for (int k = 0; k < 30; k++)
            try_both(depth, kind, (size_t)random_int(&random, 1, 8), (size_t)random_int(&random, 600, 7000), &random);
    }
}
END_TEST

/* One larger number, and its like further on, at every place of three stretches and a bit. */
START_TEST(found_wherever_it_is)
{
    enum { COUNT = 3 * CVH_STRETCH + 37 };
    static float samples[COUNT];
    const cvh_depth_row *row = &cvh_depth_rows[CVH_32F];
    const cvh_depth_loops *searches[] = {row->loops, cvh_depth_search(CVH_32F)};
    for (size_t at = 0; at < COUNT; at++) {
        char name[40];
        snprintf(name, sizeof name, "one at %zu, search %d", at, _i);
        samples[at] = samples[COUNT - 1] = 0x1p-149F;
        assert_found(row, searches[_i], (const unsigned char *)samples, COUNT, name);
        samples[at] = 0;
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("search");
    TCase *c = tcase_create("search");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, found_as_by_the_plainest_loop, 0, CVH_DEPTH_NUMBERS);
    tcase_add_loop_test(c, found_wherever_it_is, 0, 2);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
