/* SPDX-License-Identifier: Apache-2.0 */
#include "crop/rule.h"

#include <math.h>

#include "base/status.h"

#define MOST 1e9 /* of a box's numbers */

static cvh_status check_int(const char *field, int value, int most)
{
    if (value >= 0 && value <= most) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "rule: %s is %d; it must be 0..%d", field, value, most);
}

static cvh_status check_real(const char *field, double value, double most)
{
    if (fabs(value) <= most) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "rule: %s is %g; it must be %g..%g", field, value, -most, most);
}

cvh_status cvh_crop_rule_check(const cvh_crop_rule *rule)
{
    if (!rule) return cvh_fail(CVH_ERR_ARGUMENT, "rule is NULL; it must point to a cvh_crop_rule");
    if (check_int("family", (int)rule->family, CVH_CROP_STRETCH) || check_int("size", (int)rule->size, CVH_CROP_SIZE_EXPAND)
        || check_int("unpadded_at_minus_one", rule->unpadded_at_minus_one, 1) || check_int("multiple", rule->multiple, 1024)
        || check_int("boxes", (int)rule->boxes, CVH_CROP_BOXES_ALPHAPOSE)
        || check_int("pad", (int)rule->pad, CVH_CROP_PAD_EXACT) || check_real("shift_y", rule->shift_y, 10)
        || check_real("offset", rule->offset, 100) || check_real("outside", rule->outside, 1e300))
        return CVH_ERR_ARGUMENT;
    if (rule->padding == 0 || (rule->padding >= 0.01 && rule->padding <= 100)) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "rule: padding is %g; it must be 0 (for 1) or 0.01..100", rule->padding);
}

cvh_status cvh_crop_side_check(const char *argument, int side, int least)
{
    if (side >= least && side <= CVH_MAX_SIDE) return CVH_OK;
    return cvh_fail(CVH_ERR_ARGUMENT, "%s is %d; it must be %d..%d", argument, side, least, CVH_MAX_SIDE);
}

cvh_status cvh_rect_check(const char *argument, const cvh_rect *rect, double least)
{
    const struct {
        const char *name;
        double value, least;
    } fields[] = {{"x", rect->x, -MOST}, {"y", rect->y, -MOST}, {"width", rect->width, least}, {"height", rect->height, least}};
    for (int i = 0; i < 4; i++)
        if (!(fields[i].value >= fields[i].least && fields[i].value <= MOST))
            return cvh_fail(CVH_ERR_ARGUMENT, "%s: %s is %g; it must be %g..%g", argument, fields[i].name, fields[i].value,
                            fields[i].least, MOST);
    return CVH_OK;
}
