/* SPDX-License-Identifier: Apache-2.0
 * What the checks of golden_crop share: numbers of two, the fit of a case, and the comparison of pictures. */
#ifndef CVH_TEST_GOLDEN_CROP_H
#define CVH_TEST_GOLDEN_CROP_H

#include "support/golden.h"

typedef struct pair {
    double x, y;
} pair;

pair pair_at(const json_t *entry, const char *key);
pair point_at(const json_t *points, size_t i);
cvh_affine matrix_at(const json_t *entry, const char *key);
pair apply(const cvh_affine *a, pair p);
double tolerance_of(const json_t *entry, const char *key);
void near(golden_verdict *verdict, const char *what, pair expected, pair actual, double tolerance);

/* What a rule of the set is in ours. */
typedef struct subject {
    const char *rule;
    bool fixes_aspect, udp;
} subject;

/* A box and a rule as a case has them; `fit` is false, and the verdict says why, where no crop is fitted. */
cvh_rect box_of(const json_t *entry);
cvh_crop_rule rule_named(const char *name);
bool fit(golden_verdict *verdict, const json_t *entry, const cvh_crop_rule *rule, const cvh_rect *box, pair input,
         cvh_crop *crop);

/* A fitted crop against the case: its centre and size; the size of its input. */
void check_centre(golden_verdict *verdict, const json_t *entry, const subject *s, const cvh_crop *crop);
void check_sizes(golden_verdict *verdict, const json_t *entry, const cvh_crop *crop);

/* Draws the picture of a case into planes, by the crop or, where the project gives its inverse, by that, and compares it.
 * Nearly: 2 % of the samples may differ, by 8 at most. */
void check_picture(golden_verdict *verdict, const json_t *entry, const char *what, const cvh_crop *crop,
                   const cvh_affine *to_photo, bool nearly);

/* The checks, one for each kind of rule. */
void person_case(golden_verdict *verdict, const json_t *entry, const subject *s);
void mpii_case(golden_verdict *verdict, const json_t *entry, const subject *s);
void given_case(golden_verdict *verdict, const json_t *entry, const subject *s);
void photograph_case(golden_verdict *verdict, const json_t *entry, const subject *s);
void letterbox_case(golden_verdict *verdict, const json_t *entry, const subject *s);
void boxrule_case(golden_verdict *verdict, const json_t *entry, const subject *s);
void alphapose_boxes_case(golden_verdict *verdict, const json_t *entry, const subject *s);
void bbox_utils_case(golden_verdict *verdict, const json_t *entry, const subject *s);
void warp_case(golden_verdict *verdict, const json_t *entry, const subject *s);
void resize_case(golden_verdict *verdict, const json_t *entry, const subject *s);

#endif
