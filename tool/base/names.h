/* SPDX-License-Identifier: Apache-2.0
 * The enumerators of cvheatmap.h by name: each list is in the enum's order and ends with NULL. */
#ifndef CVHEATMAP_TOOL_NAMES_H
#define CVHEATMAP_TOOL_NAMES_H

#include "base/tool.h"

extern const char *const method_names[], *const geometry_names[], *const snap_names[], *const centre_names[];
extern const char *const border_names[], *const overlap_names[], *const norm_names[], *const drop_names[];
extern const char *const arithmetic_names[];
extern const char *const window_names[], *const refine_names[], *const guard_names[], *const step_names[], *const score_names[];
extern const char *const found_names[], *const order_names[], *const activation_names[], *const ties_names[];

/* "32f"; NumPy's "f4"; and how many bytes a sample has. */
const char *depth_name(cvh_depth depth);
const char *depth_type(cvh_depth depth);
size_t sample_size(cvh_depth depth);

/* names[value], or "unknown" beyond the list. */
const char *name_of(const char *const *names, unsigned value);

/* Sets *value to the place of `text` in `names`; else reports what `option` takes. */
int parse_name(const char *option, const char *const *names, const char *text, int *value);

#endif
