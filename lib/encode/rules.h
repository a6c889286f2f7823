/* SPDX-License-Identifier: Apache-2.0
 * What a convention may ask of a method. */
#ifndef CVH_LIB_RULES_H
#define CVH_LIB_RULES_H

#include "cvheatmap.h"

/* Checks every field that drawing reads, the Gaussian aside (cvh_shape_resolve), and what the method refuses. */
cvh_status cvh_rules_check(const cvh_convention *convention, cvh_method method);

#endif
