/* SPDX-License-Identifier: Apache-2.0 */
#include "base/affine.h"

#include "base/status.h"

cvh_status cvh_affine_check(const char *argument, const cvh_affine *affine)
{
    const double most = 1e15;
    if (!affine) return cvh_fail(CVH_ERR_ARGUMENT, "%s is NULL; it must point to a cvh_affine", argument);
    const struct {
        const char *name;
        double value;
    } numbers[] = {{"xx", affine->xx}, {"xy", affine->xy}, {"x0", affine->x0},
                   {"yx", affine->yx}, {"yy", affine->yy}, {"y0", affine->y0}};
    for (int i = 0; i < 6; i++)
        if (!(fabs(numbers[i].value) <= most))
            return cvh_fail(CVH_ERR_ARGUMENT, "%s: %s is %g; it must be %g..%g", argument, numbers[i].name, numbers[i].value,
                            -most, most);
    return CVH_OK;
}
